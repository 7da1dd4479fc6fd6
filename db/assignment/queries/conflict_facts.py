"""Gathering what the conflict rules look at of cases, each seen from one of its agencies.

The number of statements is the same for one case and for a thousand.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.assignment.queries.conflict_pool import Pool
from db.assignment.queries.dispute_roles import Roles, Seat, dispute_roles
from db.assignment.rules.conflicts import CaseFacts, LawyerFacts, OpposingAgent, OpposingParty
from db.formats.recognise.courts import PROCURATORATE, read_bench
from db.formats.recognise.firms import FirmNames
from db.formats.recognise.match import Match
from db.formats.recognise.people import Named
from db.law.hearing_times import Sitting
from db.models.agency import Agency, AgencyName
from db.models.assignment import Assignment
from db.models.background import Declaration
from db.models.case import AttendancePlan, Case, Event, Party, PartyAgent
from db.models.reference import Court
from db.roster.queries.firms import firm_names
from db.roster.queries.roster import RosterRow
from db.words.case import AgentKind, Attends, EventKind, PartyKind, Side

Target = tuple[int, int]
"""A case, and the party of it that is to be served."""


@dataclass(frozen=True, slots=True)
class PoolView:
    """What is known of every lawyer that bears on one case, by id; ``sittings`` are its hearings still to come."""

    pool: Pool
    case_id: int = 0
    acting: frozenset[int] = frozenset()
    other_defendant: Mapping[int, str] = field(default_factory=dict)
    roles: Roles = field(default_factory=dict)
    interests: Mapping[int, str] = field(default_factory=dict)
    sittings: tuple[Sitting, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A case as the rules see it from one of its agencies, with what is known of every lawyer that bears on it."""

    case: CaseFacts
    view: PoolView


def case_facts(session: Session, case_id: int, party_id: int, day: date) -> CaseFacts:
    """Return the case as the rules see it from the agency ``party_id``, as of ``day``, whatever the pool."""
    read = _Read(session, [(case_id, party_id)], firm_names(session))
    return read.facts(case_id, party_id, day)


def look(session: Session, case_id: int, party_id: int, pool: Pool) -> Look:
    """Return one case as seen from one of its agencies."""
    return looks(session, [(case_id, party_id)], pool)[case_id, party_id]


def looks(session: Session, targets: Sequence[Target], pool: Pool) -> dict[Target, Look]:
    """Return cases, each as seen from one of its agencies; the same statements for any number of them."""
    read = _Read(session, targets, pool.firms)
    seats = [Seat(case_id, read.agency_of(party_id), party_id) for case_id, party_id in targets]
    roles = dispute_roles(session, seats, pool.people)
    cases = {case_id for case_id, _ in targets}
    interests = _interests(session, cases)
    sittings = _sittings(session, cases, pool.day) if pool.is_counted else {}
    found = {}
    for (case_id, party_id), seat in zip(targets, seats, strict=True):
        view = PoolView(
            pool=pool,
            case_id=case_id,
            acting=read.acting(case_id, party_id, pool),
            other_defendant=read.other_defendant(case_id, party_id),
            roles=roles[seat],
            interests=interests.get(case_id, {}),
            sittings=tuple(sittings.get(case_id, ())),
        )
        facts = _with_firms(read.facts(case_id, party_id, pool.day), pool)
        found[case_id, party_id] = Look(_written(facts, seat.agency_id or 0, pool), view)
    return found


def lawyer_facts(row: RosterRow, view: PoolView) -> LawyerFacts:
    """Return one lawyer as the rules see him in a case; the lawyer himself where nothing of the case bears on him."""
    pool, key = view.pool, row.key
    changes: dict[str, Any] = {}
    if key in view.acting:
        changes["acts_already"] = True
    if suits := pool.suits_of.get(key):
        changes["suits"] = tuple(x.suit for x in suits if x.case_id != view.case_id)
    if roles := view.roles.get(key):
        changes["roles"] = roles
    if other := view.other_defendant.get(key):
        changes["other_defendant"] = other
    if interest := view.interests.get(key):
        changes["interest"] = interest
    if view.sittings:
        if hearings := _meet(key, view):
            changes["hearings"] = hearings
        days = sorted({s.on for s in view.sittings})
        if absences := tuple(why for day in days if (why := pool.absences(day).get(key))):
            changes["absences"] = absences
    base = pool.base[key]
    return replace(base, **changes) if changes else base


def _meet(key: int, view: PoolView) -> tuple[str, ...]:
    """Return a lawyer's other hearings on the days of this case's hearings still to come."""
    days = {s.on for s in view.sittings}
    lines = (
        f"{busy.sitting.text()} {busy.number}"
        for busy in view.pool.hearings.get(key, ())
        if busy.sitting.on in days and busy.case_id != view.case_id
    )
    return tuple(dict.fromkeys(lines))


@dataclass(frozen=True, slots=True)
class _Side:
    """A party of an instance, with what the rules want to know of it."""

    key: int
    case_id: int
    side: Side
    kind: PartyKind
    name: str
    identity: str
    representative: str
    agency_id: int | None


class _Read:
    """The cases of some targets and of the other instances of their disputes, read at once."""

    def __init__(self, session: Session, targets: Sequence[Target], firms: FirmNames) -> None:
        self._firms = firms
        wanted = {case_id for case_id, _ in targets}
        chained = select(Case.dispute_id).where(Case.id.in_(wanted), Case.dispute_id.is_not(None))
        query = (
            select(Case.id, Case.dispute_id, Case.number, Case.procedure, Case.act_on, Case.received_on)
            .add_columns(Case.removed_at, Court.name.label("court"), Court.short_name.label("court_short"))
            .outerjoin(Court, Court.id == Case.court_id)
            .where(Case.id.in_(wanted) | Case.dispute_id.in_(chained))
        )
        self._cases = {row.id: row for row in session.execute(query)}
        self._disputes: defaultdict[int, list[int]] = defaultdict(list)
        for row in sorted(self._cases.values(), key=lambda row: row.id):
            if row.dispute_id is not None and row.removed_at is None:
                self._disputes[row.dispute_id].append(row.id)
        self._sides: defaultdict[int, list[_Side]] = defaultdict(list)
        p = Party
        parties = (
            select(p.id, p.case_id, p.side, p.kind, p.name, p.identity, p.representative, p.agency_id)
            .where(p.case_id.in_(self._cases))
            .order_by(p.case_id, p.place)
        )
        for side in (_Side(*row) for row in session.execute(parties)):
            self._sides[side.case_id].append(side)
        self._party = {side.key: side for sides in self._sides.values() for side in sides}
        self._agents = _agents(session, self._cases)
        self._assigned = _assigned(session, wanted)
        self._plans = _plans(session, wanted)
        self._names = _agency_names(session, {s.agency_id for s in self._party.values() if s.agency_id})

    def agency_of(self, party_id: int) -> int | None:
        """Return the agency that a party is."""
        side = self._party.get(party_id)
        return side.agency_id if side else None

    def acting(self, case_id: int, party_id: int, pool: Pool) -> frozenset[int]:
        """Return who of the pool acts for the party now: assigned, or entered as its agent."""
        assigned = {row.lawyer_id for row in self._assigned.get(case_id, ()) if row.party_id == party_id}
        entered = {
            lawyer
            for a in self._agents.get(party_id, ())
            if a.kind is AgentKind.LAWYER
            for lawyer, match in pool.people.find(Named(a.name, a.firm_name, a.licence))
            if match is Match.CERTAIN
        }
        return frozenset(assigned | entered)

    def other_defendant(self, case_id: int, party_id: int) -> dict[int, str]:
        """Return for whom else of the defendants each lawyer of the pool acts in the case."""
        return {
            row.lawyer_id: self._party[row.party_id].name
            for row in self._assigned.get(case_id, ())
            if row.party_id != party_id and row.party_id in self._party
        }

    def facts(self, case_id: int, party_id: int, day: date) -> CaseFacts:
        """Return a case as the rules see it from one of its agencies."""
        case, party = self._cases.get(case_id), self._party.get(party_id)
        if case is None or party is None:
            return CaseFacts(day=day)
        own = self._agents.get(party_id, ())
        assigned = sum(row.party_id == party_id for row in self._assigned.get(case_id, ()))
        plan = self._plans.get(case_id)
        opposing = [side for side in self._instances(case) if side.side is not Side.DEFENDANT]
        return CaseFacts(
            opposing_parties=tuple(_party(side) for side in opposing if side.case_id == case_id),
            opposing_agents=tuple(
                self._agent(a, side, case_id) for side in opposing for a in self._agents.get(side.key, ())
            ),
            day=day,
            court=tuple(name for name in (case.court, case.court_short) if name),
            prosecutors=tuple(dict.fromkeys(side.name for side in opposing if _is_procuratorate(side.name))),
            agency=(party.name, *self._names.get(party.agency_id or 0, ())),
            act_on=case.act_on,
            head_absent=plan is not None and plan.attends is Attends.NO,
            acting=assigned + len(own),
            lawyers=assigned + sum(a.kind is AgentKind.LAWYER for a in own),
            staff=sum(a.kind is AgentKind.STAFF for a in own) + bool(plan and plan.staff.strip()),
        )

    def _instances(self, case: Any) -> list[_Side]:
        """Return the parties of a case and of the other instances of its dispute."""
        ids = self._disputes.get(case.dispute_id, []) if case.dispute_id is not None else []
        return [side for key in sorted({case.id, *ids}) for side in self._sides[key]]

    def _agent(self, agent: Any, side: _Side, case_id: int) -> OpposingAgent:
        case = self._cases[side.case_id]
        earlier = "" if side.case_id == case_id else f"{case.number or '前一程序'}（{case.procedure.value}）"
        firm = self._firms.present(agent.firm_name) if agent.firm_name.strip() else ""
        return OpposingAgent(
            agent.name, firm, side.name, side.side.value, agent.licence, earlier, case.received_on
        )


def _party(side: _Side) -> OpposingParty:
    is_person = side.kind is PartyKind.PERSON
    return OpposingParty(side.name, side.side.value, side.identity, side.representative, is_person=is_person)


def _is_procuratorate(name: str) -> bool:
    bench = read_bench(name)
    return bench is not None and bench.kind == PROCURATORATE


def _agents(session: Session, cases: Collection[int]) -> dict[int, list[Any]]:
    """Return the agents that were entered for each party."""
    a = PartyAgent
    query = (
        select(a.party_id, a.kind, a.name, a.firm_name, a.licence)
        .join(Party, Party.id == a.party_id)
        .where(Party.case_id.in_(cases))
        .order_by(a.place, a.id)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row.party_id].append(row)
    return found


def _assigned(session: Session, cases: Collection[int]) -> dict[int, list[Any]]:
    """Return the running assignments of each case."""
    query = select(Assignment.case_id, Assignment.party_id, Assignment.lawyer_id).where(
        Assignment.case_id.in_(cases), Assignment.ended_on.is_(None)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query.order_by(Assignment.id)):
        found[row.case_id].append(row)
    return found


def _plans(session: Session, cases: Collection[int]) -> dict[int, Any]:
    """Return for each case what was reported about the latest hearing."""
    query = (
        select(Event.case_id, AttendancePlan.attends, AttendancePlan.staff)
        .join(Event, AttendancePlan.event_id == Event.id)
        .where(Event.case_id.in_(cases))
        .order_by(Event.on_date, Event.id)
    )
    return {row.case_id: row for row in session.execute(query)}


def _agency_names(session: Session, keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return what each agency is and was called."""
    now = select(Agency.id, Agency.name, Agency.short_name).where(Agency.id.in_(keys))
    before = select(AgencyName.agency_id, AgencyName.name, AgencyName.short_name).where(
        AgencyName.agency_id.in_(keys)
    )
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for key, name, short in (*session.execute(now), *session.execute(before.order_by(AgencyName.to_on))):
        found[key] |= dict.fromkeys(word for word in (name, short) if word)
    return {key: tuple(names) for key, names in found.items()}


def _interests(session: Session, cases: Collection[int]) -> dict[int, dict[int, str]]:
    """Return per case and lawyer the interest that he owned up to; his latest declaration counts."""
    query = select(Declaration).where(Declaration.case_id.in_(cases))
    latest = {
        (d.case_id, d.lawyer_id): d
        for d in session.scalars(query.order_by(Declaration.signed_on, Declaration.id))
    }
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for (case_id, lawyer_id), declared in latest.items():
        if declared.has_interest:
            found[case_id or 0][lawyer_id] = declared.content
    return found


def _sittings(session: Session, cases: Collection[int], day: date) -> dict[int, list[Sitting]]:
    """Return per case its hearings still to come."""
    query = select(Event.case_id, Event.on_date, Event.at_time).where(
        Event.case_id.in_(cases), Event.kind == EventKind.HEARING, Event.on_date >= day
    )
    found: defaultdict[int, list[Sitting]] = defaultdict(list)
    for case_id, on, at_time in session.execute(query.order_by(Event.on_date, Event.at_time, Event.id)):
        found[case_id].append(Sitting(on, at_time))
    return found


def agency_facts(session: Session, agency_id: int | None, pool: Pool) -> CaseFacts:
    """Return the agency alone, where there is no case."""
    key = agency_id or 0
    names = _agency_names(session, [key] if agency_id is not None else [])
    return _written(CaseFacts(day=pool.day, agency=names.get(key, ())), key, pool)


def _written(facts: CaseFacts, agency_id: int, pool: Pool) -> CaseFacts:
    """Add what was written of posts and clients and means the agency."""
    sure, perhaps = pool.units.sure.get(agency_id, ()), pool.units.perhaps.get(agency_id, ())
    return replace(facts, agency=(*facts.agency, *sorted(sure)), perhaps=tuple(sorted(perhaps)))


def _with_firms(facts: CaseFacts, pool: Pool) -> CaseFacts:
    """Add the firms that the other side's papers leave out: of an agent of the pool, of a firm under a former name."""
    agents = tuple(a if a.firm.strip() else _with_firm(a, pool) for a in facts.opposing_agents)
    parties = tuple(
        replace(p, firm=pool.firms.present(p.name)) if "所" in p.name else p for p in facts.opposing_parties
    )
    return replace(facts, opposing_agents=agents, opposing_parties=parties)


def _with_firm(agent: OpposingAgent, pool: Pool) -> OpposingAgent:
    """Return an agent with the firm of the pool's lawyer whose licence he has, or those of his namesakes."""
    meant = pool.people.find(Named(agent.name, "", agent.licence, agent.on))
    sure = [pool.base[key].firm for key, match in meant if match is Match.CERTAIN and key in pool.base]
    if sure:
        return replace(agent, firm=sure[0])
    return replace(
        agent, namesakes=tuple(sorted({pool.base[key].firm for key, _ in meant if key in pool.base}))
    )
