"""Who of the pool may take part in a consultation, with everything that speaks against each.

The rules of assignment are looked at for each linked case, as seen from the agency that asks; what only concerns
acting in court (number of agents, load) is left out. Whoever is barred is not drawn and cannot be named.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.assignment.queries.conflict_facts import PoolView, agency_facts, lawyer_facts, looks
from db.assignment.queries.conflict_pool import Pool, load_pool
from db.assignment.queries.dispute_roles import Seat, dispute_roles
from db.assignment.rules.conflicts import CaseFacts, Finding, findings, severities_of
from db.models.assignment import Assignment
from db.models.case import Case, Event, Party
from db.models.consultation import Consultation, Draw, Member
from db.roster.queries.roster import RosterRow
from db.roster.rules.lawyers import Standing
from db.words.assignment import Severity
from db.words.case import EventKind, Side

NOT_ASKED = frozenset({"C21", "C24"})
"""Rules about agents in court: C20 says what C21 would, and a consultation takes as many as it likes."""


@dataclass(frozen=True, slots=True)
class MemberCandidate:
    """A lawyer of the pool as a member; ``findings`` speak against him, ``is_member`` if he is one already."""

    lawyer_id: int
    name: str
    firm: str
    position: str
    phone: str
    specialities: tuple[str, ...]
    standing: Standing
    running: int
    consultations: int
    findings: tuple[Finding, ...]
    is_member: bool = False

    @property
    def barred(self) -> str:
        """Why he cannot take part; empty if he can."""
        return "；".join(f.sentence for f in self.findings if f.severity is Severity.BLOCK)

    @property
    def left_out(self) -> str:
        """Why he is not in the pool of a draw; empty if he is."""
        if self.is_member:
            return "已是本次会商成员"
        return self.barred or ("" if self.standing is Standing.SERVING else self.standing.value)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be looked at before he is asked, each with its rule."""
        return tuple(
            f"{f.rule} {f.sentence}" + ("（须有单位的知情同意）" if f.severity is Severity.CONSENT else "")
            for f in self.findings
            if f.severity is not Severity.BLOCK
        )


def member_candidates(session: Session, key: int, today: date, speciality: str = "") -> list[MemberCandidate]:
    """Return everybody of the pool who serves (or pauses) on the day of a consultation, the eligible first.

    The day is the one on which it is held, else ``today``. With ``speciality`` only those who have it.
    """
    c = session.get(Consultation, key)
    if c is None:
        return []
    case_ids = [link.case_id for link in c.cases]
    present = set(session.scalars(select(Member.lawyer_id).where(Member.consultation_id == key)))
    found = candidates_for(session, c.agency_id, case_ids, c.held_on or today, without=key)
    return [
        replace(one, is_member=one.lawyer_id in present)
        for one in found
        if not speciality or speciality in one.specialities
    ]


def next_seed(session: Session, today: date) -> str:
    """Return the seed of a draw for which none is given: the day and its running number (20261119-3)."""
    held = session.scalar(select(func.count()).select_from(Draw).where(Draw.drawn_on == today)) or 0
    return f"{today:%Y%m%d}-{held + 1}"


def candidates_for(
    session: Session, agency_id: int | None, case_ids: Sequence[int], day: date, without: int | None = None
) -> list[MemberCandidate]:
    """Return the same for a consultation that is not convened yet; ``without`` is one whose opinions do not count."""
    pool = load_pool(session, day, counted=True)
    against = _findings(session, pool, agency_id, case_ids, without)
    shown = (row for row in pool.rows if row.standing in {Standing.SERVING, Standing.SUSPENDED})
    found = [_candidate(row, against[row.key]) for row in shown]
    return sorted(found, key=lambda one: bool(one.barred))


def findings_of_members(
    session: Session, c: Consultation, lawyer_ids: Collection[int], today: date
) -> dict[int, MemberCandidate]:
    """Return these lawyers as candidates for a consultation, whatever their standing; who is gone is left out."""
    day, case_ids = c.held_on or today, [link.case_id for link in c.cases]
    pool = load_pool(session, day, counted=True)
    against = _findings(session, pool, c.agency_id, case_ids, c.id)
    return {row.key: _candidate(row, against[row.key]) for row in pool.rows if row.key in lawyer_ids}


def _candidate(row: RosterRow, against: Iterable[Finding]) -> MemberCandidate:
    return MemberCandidate(
        lawyer_id=row.key,
        name=row.name,
        firm=row.firm,
        position=row.position,
        phone=row.phone,
        specialities=row.specialities,
        standing=row.standing,
        running=row.running,
        consultations=row.consultations,
        findings=tuple(against),
    )


def _findings(
    session: Session, pool: Pool, agency_id: int | None, case_ids: Sequence[int], without: int | None
) -> dict[int, list[Finding]]:
    """Return per lawyer what speaks against him in any of the cases, each fact once, the gravest first."""
    found: defaultdict[int, dict[Finding, None]] = defaultdict(dict)
    local, busy = severities_of(pool.settings), _hearings(session, pool.day)
    for facts, view in _sides(session, pool, agency_id, case_ids, without):
        for row in pool.rows:
            hearings = busy.get(row.key, ())
            lawyer = replace(lawyer_facts(row, view), running=0, capacity=1, hearings=hearings)
            spoken = (f for f in findings(lawyer, facts, local) if f.rule not in NOT_ASKED)
            found[row.key] |= dict.fromkeys(spoken)
    order = list(Severity)
    return {row.key: sorted(found[row.key], key=lambda f: order.index(f.severity)) for row in pool.rows}


def _sides(
    session: Session, pool: Pool, agency_id: int | None, case_ids: Sequence[int], without: int | None
) -> Iterable[tuple[CaseFacts, PoolView]]:
    """Yield each linked case as the rules see it from the agency that asks; without a case, the agency alone."""
    parties = _parties(session, agency_id, case_ids)
    seats = {
        (p.case_id, p.id): Seat(
            p.case_id,
            p.agency_id if agency_id is None else agency_id,
            p.id if agency_id in {None, p.agency_id} else None,
        )
        for p in parties
    }
    roles = dispute_roles(session, list(seats.values()), pool.people, without=without, with_running=True)
    for target, seen in looks(session, list(seats), pool).items():
        yield seen.case, replace(seen.view, roles=roles[seats[target]])
    if not parties:
        yield agency_facts(session, agency_id, pool), PoolView(pool)


def _parties(session: Session, agency_id: int | None, case_ids: Sequence[int]) -> list[Party]:
    """Return for each case the defendant from whose side it is seen: the agency that asks, else the first one."""
    query = (
        select(Party)
        .where(Party.case_id.in_(case_ids), Party.side == Side.DEFENDANT)
        .order_by(Party.case_id, Party.place)
    )
    found: dict[int, Party] = {}
    for party in session.scalars(query):
        if party.case_id not in found or (agency_id is not None and party.agency_id == agency_id):
            found[party.case_id] = party
    return list(found.values())


def _hearings(session: Session, day: date) -> dict[int, tuple[str, ...]]:
    """Return per lawyer his hearings on ``day``."""
    query = (
        select(Assignment.lawyer_id, Case.number, Event.at_time)
        .join(Case, Case.id == Assignment.case_id)
        .join(Event, Event.case_id == Case.id)
        .where(Assignment.ended_on.is_(None), Case.is_open, Case.removed_at.is_(None))
        .where(Event.kind == EventKind.HEARING, Event.on_date == day)
        .order_by(Event.at_time, Event.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for lawyer_id, number, at_time in session.execute(query):
        found[lawyer_id].append(f"{at_time} {number}".strip())
    return {key: tuple(dict.fromkeys(lines)) for key, lines in found.items()}
