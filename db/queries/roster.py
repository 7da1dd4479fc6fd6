"""Reading the roster: who is in the pool, until when, with how much work, as of any day.

A pool has some dozens of lawyers, so filtering and ordering happen here over frozen rows: the rules of
``db.rules.lawyers`` then decide in one place who stands where. The number of queries is constant.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.models.appointment import Appointment
from db.models.assignment import Assignment
from db.models.case import Case
from db.models.lawyer import Firm, Lawyer, Membership, Speciality
from db.queries.search import matching
from db.queries.settings import load_settings
from db.rules.lawyers import LawyerDraft, Standing, Term, standing_on, term_on
from db.rules.vocabulary import EndKind


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of the roster as of a day; counts are of assignments (人次)."""

    key: int
    name: str
    sex: str
    firm: str
    firm_short: str
    licence: str
    phone: str
    specialities: tuple[str, ...]
    term_from: date | None
    term_to: date | None
    days_left: int | None
    standing: Standing
    running: int
    capacity: int
    this_year: int
    total: int
    education: str
    politics: str
    position: str
    email: str
    id_number: str
    first_licensed_on: date | None
    note: str
    sort_key: str

    @property
    def is_full(self) -> bool:
        """Whether the lawyer carries as many running cases as the office allows."""
        return self.running >= self.capacity

    @property
    def may_be_assigned(self) -> bool:
        """Whether the lawyer is in a running appointment and below the cap."""
        return self.standing is Standing.SERVING and not self.is_full


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What the clerk asked for; filters combine with *and*, empty ones do not filter."""

    text: str = ""
    standings: frozenset[Standing] = frozenset()
    specialities: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    assignable_only: bool = False


@dataclass(frozen=True, slots=True)
class TermLine:
    """One appointment in a lawyer's history."""

    from_on: date
    to_on: date
    ended_on: date | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class LawyerDetail:
    """Everything the panel shows of one lawyer."""

    row: RosterRow
    version: int
    firm_history: tuple[tuple[str, date | None, date | None], ...]
    terms: tuple[TermLine, ...]
    colleagues: tuple[str, ...]
    running_cases: tuple["CaseLine", ...] = field(default=())


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A running case of a lawyer."""

    case_id: int
    number: str
    parties: str
    role: str


SORTS: dict[str, Callable[[RosterRow], Any]] = {
    "name": lambda r: r.sort_key,
    "firm": lambda r: (r.firm, r.sort_key),
    "term_to": lambda r: (r.term_to or date.max, r.sort_key),
    "days_left": lambda r: (r.term_to or date.max, r.sort_key),
    "running": lambda r: (r.running, r.sort_key),
    "this_year": lambda r: (r.this_year, r.sort_key),
    "total": lambda r: (r.total, r.sort_key),
    "standing": lambda r: (list(Standing).index(r.standing), r.sort_key),
}


def roster(
    session: Session,
    day: date,
    wanted: RosterFilter | None = None,
    sort: str = "name",
    *,
    descending: bool = False,
) -> list[RosterRow]:
    """Return the rows of the roster as of ``day``, filtered and ordered."""
    wanted = wanted or RosterFilter()
    query = select(Lawyer.id).where(Lawyer.removed_at.is_(None))
    if wanted.text.strip():
        query = query.where(Lawyer.id.in_(matching("lawyer", wanted.text)))
    rows = [row for row in _rows(session, day, query) if _passes(row, wanted)]
    return sorted(rows, key=SORTS[sort], reverse=descending)


def roster_rows(session: Session, keys: Sequence[int], day: date) -> dict[int, RosterRow]:
    """Return a row for each key that still exists, also for those in the recycle bin."""
    return {row.key: row for row in _rows(session, day, select(Lawyer.id).where(Lawyer.id.in_(keys)))}


def lawyer_draft(session: Session, key: int, day: date) -> LawyerDraft | None:
    """Return a lawyer as the editor wants him, or ``None`` if he is gone."""
    row = roster_rows(session, [key], day).get(key)
    lawyer = session.get(Lawyer, key)
    if row is None or lawyer is None or lawyer.removed_at is not None:
        return None
    return LawyerDraft(
        name=row.name,
        sex=row.sex,
        phone=row.phone,
        email=row.email,
        id_number=row.id_number,
        firm=row.firm,
        licence=row.licence,
        first_licensed_on=row.first_licensed_on,
        specialities=row.specialities,
        term_from=row.term_from,
        term_to=row.term_to,
        politics=row.politics,
        education=row.education,
        position=row.position,
        note=row.note,
        version=lawyer.version,
    )


def lawyer_detail(session: Session, key: int, day: date) -> LawyerDetail | None:
    """Return what the panel shows of one lawyer, or ``None`` if he is gone."""
    lawyer = session.get(Lawyer, key)
    row = roster_rows(session, [key], day).get(key)
    if lawyer is None or row is None or lawyer.removed_at is not None:
        return None
    return LawyerDetail(
        row=row,
        version=lawyer.version,
        firm_history=tuple((m.firm.name, m.from_on, m.to_on) for m in lawyer.memberships),
        terms=_term_lines(session, key),
        colleagues=tuple(r.name for r in roster(session, day) if r.firm == row.firm and r.key != key),
        running_cases=_running_cases(session, key),
    )


def firms(session: Session) -> list[str]:
    """Return the names of all firms, by pinyin."""
    query = select(Firm.name).where(Firm.removed_at.is_(None)).order_by(Firm.sort_key)
    return list(session.scalars(query))


def specialities_in_use(session: Session) -> list[str]:
    """Return the specialities that lawyers have, the most frequent first."""
    query = select(Speciality.name).group_by(Speciality.name).order_by(func.count().desc(), Speciality.name)
    return list(session.scalars(query))


def _passes(row: RosterRow, wanted: RosterFilter) -> bool:
    return (
        (not wanted.standings or row.standing in wanted.standings)
        and (not wanted.specialities or bool(wanted.specialities & set(row.specialities)))
        and (not wanted.firms or row.firm in wanted.firms)
        and (not wanted.assignable_only or row.may_be_assigned)
    )


def _rows(session: Session, day: date, ids: Select[int]) -> list[RosterRow]:
    lawyers = session.scalars(select(Lawyer).where(Lawyer.id.in_(ids))).all()
    keys = [lawyer.id for lawyer in lawyers]
    terms, specialities = _terms(session, keys), _specialities(session, keys)
    firm_of, counts = _firms_on(session, keys, day), _counts(session, keys, day)
    capacity = load_settings(session).capacity
    return [
        _row(x, day, terms[x.id], firm_of.get(x.id), specialities[x.id], counts[x.id], capacity)
        for x in lawyers
    ]


def _row(
    lawyer: Lawyer,
    day: date,
    terms: list[Term],
    firm: Firm | None,
    specialities: list[str],
    counts: tuple[int, int, int],
    capacity: int,
) -> RosterRow:
    term = term_on(terms, day)
    standing = standing_on(terms, day)
    return RosterRow(
        key=lawyer.id,
        name=lawyer.name,
        sex=lawyer.sex,
        firm=firm.name if firm else "",
        firm_short=firm.short_name if firm else "",
        licence=lawyer.licence or "",
        phone=lawyer.phone,
        specialities=tuple(specialities),
        term_from=term.from_on if term else None,
        term_to=term.to_on if term else None,
        days_left=(term.to_on - day).days if term and standing is Standing.SERVING else None,
        standing=standing,
        running=counts[0],
        capacity=capacity,
        this_year=counts[1],
        total=counts[2],
        education=lawyer.education,
        politics=lawyer.politics,
        position=lawyer.position,
        email=lawyer.email,
        id_number=lawyer.id_number,
        first_licensed_on=lawyer.first_licensed_on,
        note=lawyer.note,
        sort_key=lawyer.sort_key,
    )


def _terms(session: Session, keys: Iterable[int]) -> defaultdict[int, list[Term]]:
    found: defaultdict[int, list[Term]] = defaultdict(list)
    query = select(Appointment).where(Appointment.lawyer_id.in_(keys)).order_by(Appointment.from_on)
    for a in session.scalars(query):
        found[a.lawyer_id].append(Term(a.from_on, a.to_on, a.ended_on))
    return found


def _specialities(session: Session, keys: Iterable[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    query = select(Speciality).where(Speciality.lawyer_id.in_(keys)).order_by(Speciality.place)
    for speciality in session.scalars(query):
        found[speciality.lawyer_id].append(speciality.name)
    return found


def _firms_on(session: Session, keys: Iterable[int], day: date) -> dict[int, Firm]:
    query = (
        select(Membership.lawyer_id, Firm)
        .join(Firm, Firm.id == Membership.firm_id)
        .where(Membership.lawyer_id.in_(keys))
        .where(Membership.from_on.is_(None) | (Membership.from_on <= day))
        .where(Membership.to_on.is_(None) | (Membership.to_on > day))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _counts(session: Session, keys: Iterable[int], day: date) -> defaultdict[int, tuple[int, int, int]]:
    """Return per lawyer: running on ``day``, assigned in its year, and in all; cancelled ones never count."""
    found: defaultdict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    query = (
        select(Assignment.lawyer_id, Assignment.assigned_on, Assignment.ended_on)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.lawyer_id.in_(keys), Assignment.assigned_on <= day, Case.removed_at.is_(None))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
    )
    for lawyer_id, assigned_on, ended_on in session.execute(query):
        running, this_year, total = found[lawyer_id]
        found[lawyer_id] = (
            running + (ended_on is None or ended_on > day),
            this_year + (assigned_on.year == day.year),
            total + 1,
        )
    return found


def _term_lines(session: Session, key: int) -> tuple[TermLine, ...]:
    query = select(Appointment).where(Appointment.lawyer_id == key).order_by(Appointment.from_on)
    return tuple(TermLine(a.from_on, a.to_on, a.ended_on, a.end_reason) for a in session.scalars(query))


def _running_cases(session: Session, key: int) -> tuple[CaseLine, ...]:
    query = (
        select(Case.id, Case.number, Case.plaintiffs, Case.defendants, Assignment.role)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(Assignment.lawyer_id == key, Assignment.ended_on.is_(None), Case.removed_at.is_(None))
        .order_by(Assignment.assigned_on.desc())
    )
    return tuple(
        CaseLine(case_id, number or "（未编号）", f"{plaintiffs} 诉 {defendants}", role.value)
        for case_id, number, plaintiffs, defendants, role in session.execute(query)
    )
