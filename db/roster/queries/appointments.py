"""Reading appointments: who stands where, terms and suspensions in full, what ends soon, what is to be filed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db.models.appointment import Appointment, ChangeFiling, Suspension
from db.models.assignment import Assignment
from db.models.background import Declaration, YearlyCheck
from db.models.lawyer import Lawyer
from db.models.office import IssuedNumber
from db.office.queries.settings import load_settings
from db.roster.rules.appointments import PoolFacts, filing_due
from db.roster.rules.lawyers import Pause, Term, standing_on, term_on
from db.words.lawyer import ChangeKind, CheckResult, DismissalKind, SuspensionKind


@dataclass(frozen=True, slots=True)
class TermLine:
    """One appointment in a lawyer's history."""

    key: int
    from_on: date
    to_on: date
    ended_on: date | None
    end_kind: DismissalKind | None
    end_reason: str
    certificate: str
    batch: str
    paper: str


@dataclass(frozen=True, slots=True)
class PauseLine:
    """One suspension in a lawyer's history."""

    key: int
    from_on: date
    until_on: date | None
    lifted_on: date | None
    kind: SuspensionKind
    reason: str


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """One declaration of conflicts and former posts."""

    key: int
    signed_on: date
    content: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class Filing:
    """A change of the pool that waits to be filed."""

    key: int
    kind: ChangeKind
    names: str
    lawyer_id: int | None
    happened_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number of the register of papers; ``is_void`` if no paper carries it any more."""

    text: str
    what: str
    is_void: bool


def terms_of(session: Session, keys: Iterable[int]) -> defaultdict[int, list[Term]]:
    """Return the terms of each lawyer, the oldest first."""
    found: defaultdict[int, list[Term]] = defaultdict(list)
    query = select(Appointment).where(Appointment.lawyer_id.in_(keys)).order_by(Appointment.from_on)
    for a in session.scalars(query):
        found[a.lawyer_id].append(Term(a.from_on, a.to_on, a.ended_on))
    return found


def pauses_of(session: Session, keys: Iterable[int]) -> defaultdict[int, list[Pause]]:
    """Return the suspensions of each lawyer, the oldest first."""
    found: defaultdict[int, list[Pause]] = defaultdict(list)
    query = select(Suspension).where(Suspension.lawyer_id.in_(keys)).order_by(Suspension.from_on)
    for s in session.scalars(query):
        found[s.lawyer_id].append(Pause(s.from_on, s.until_on, s.lifted_on, s.reason or s.kind.value))
    return found


def pool_facts(session: Session, keys: Sequence[int], day: date) -> dict[int, PoolFacts]:
    """Return what is known of each lawyer for judging a change of his appointment."""
    terms, pauses, checks = terms_of(session, keys), pauses_of(session, keys), _last_checks(session, keys)
    counted = (
        select(Assignment.lawyer_id, func.count())
        .where(Assignment.lawyer_id.in_(keys), Assignment.ended_on.is_(None))
        .group_by(Assignment.lawyer_id)
    )
    running = {row[0]: row[1] for row in session.execute(counted)}
    query = select(Lawyer).where(Lawyer.id.in_(keys), Lawyer.removed_at.is_(None))
    return {
        x.id: PoolFacts(
            name=x.name,
            standing=standing_on(terms[x.id], day, pauses[x.id]),
            term=term_on(terms[x.id], day),
            terms=tuple(terms[x.id]),
            licence_state=x.licence_state,
            last_check=checks.get(x.id),
            running_cases=running.get(x.id, 0),
        )
        for x in session.scalars(query)
    }


def term_lines(session: Session, key: int) -> tuple[TermLine, ...]:
    """Return all appointments of a lawyer, the oldest first."""
    query = (
        select(Appointment)
        .where(Appointment.lawyer_id == key)
        .options(selectinload(Appointment.batch))
        .order_by(Appointment.from_on)
    )
    return tuple(
        TermLine(
            key=a.id,
            from_on=a.from_on,
            to_on=a.to_on,
            ended_on=a.ended_on,
            end_kind=a.end_kind,
            end_reason=a.end_reason,
            certificate=a.certificate or "",
            batch=a.batch.name if a.batch else "",
            paper=a.batch.paper if a.batch else "",
        )
        for a in session.scalars(query)
    )


def pause_lines(session: Session, key: int) -> tuple[PauseLine, ...]:
    """Return all suspensions of a lawyer, the oldest first."""
    query = select(Suspension).where(Suspension.lawyer_id == key).order_by(Suspension.from_on)
    return tuple(
        PauseLine(s.id, s.from_on, s.until_on, s.lifted_on, s.kind, s.reason) for s in session.scalars(query)
    )


def declaration_lines(session: Session, key: int) -> tuple[DeclarationLine, ...]:
    """Return all declarations of a lawyer, the newest first."""
    query = (
        select(Declaration)
        .where(Declaration.lawyer_id == key)
        .order_by(Declaration.signed_on.desc(), Declaration.id.desc())
    )
    return tuple(DeclarationLine(d.id, d.signed_on, d.content, d.case_id) for d in session.scalars(query))


def open_filings(session: Session) -> list[Filing]:
    """Return the changes of the pool that wait to be filed, the most urgent first; none if the office asks for none."""
    days = load_settings(session).filing_days
    if days <= 0:
        return []
    query = (
        select(ChangeFiling)
        .outerjoin(Lawyer, Lawyer.id == ChangeFiling.lawyer_id)
        .where(ChangeFiling.filed_on.is_(None), Lawyer.removed_at.is_(None))
        .order_by(ChangeFiling.happened_on, ChangeFiling.id)
    )
    return [
        Filing(f.id, f.kind, f.names, f.lawyer_id, f.happened_on, filing_due(f.happened_on, days))
        for f in session.scalars(query)
    ]


def numbers_issued(session: Session, series: str, year: int) -> list[NumberLine]:
    """Return the register of 聘书 numbers of a year, in order; a number that no 聘书 carries is void."""
    used = set(session.scalars(select(Appointment.certificate).where(Appointment.certificate.is_not(None))))
    query = (
        select(IssuedNumber)
        .where(IssuedNumber.series == series, IssuedNumber.year == year)
        .order_by(IssuedNumber.serial)
    )
    return [NumberLine(n.text, n.what, n.text not in used) for n in session.scalars(query)]


def _last_checks(session: Session, keys: Sequence[int]) -> dict[int, tuple[int, CheckResult]]:
    query = select(YearlyCheck).where(YearlyCheck.lawyer_id.in_(keys)).order_by(YearlyCheck.year)
    return {c.lawyer_id: (c.year, c.result) for c in session.scalars(query)}
