"""Gathering what the conflict rules look at, for one case and the whole pool; a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db.models.assignment import Assignment
from db.models.background import Declaration
from db.models.case import AttendancePlan, Case, Event, Party, PartyAgent
from db.models.lawyer import Firm, Membership
from db.models.reference import PracticeField
from db.queries.adviser_contracts import AdviserContracts, adviser_contracts
from db.queries.dispute_roles import dispute_roles
from db.queries.lawyers import backgrounds
from db.queries.one_person import Person, Twin, public_lawyers_among
from db.queries.roster import RosterRow, roster, standings
from db.queries.settings import load_settings
from db.rules.background import Background
from db.rules.conflicts import (
    CaseFacts,
    Colleague,
    DisputeRole,
    LawyerFacts,
    OpposingAgent,
    OpposingParty,
    Suit,
    firm_key,
    same_firm,
)
from db.rules.lawyers import Standing
from db.rules.ranking import case_weight
from db.rules.settings import Settings
from db.rules.vocabulary import AgentKind, Attends, EndKind, EventKind, PartyKind, Procedure, Side


@dataclass(frozen=True, slots=True)
class Pool:
    """The whole pool as of a day, whatever the case: read once, used for many cases.

    ``by_firm`` are the rows by ``firm_key``; ``suits`` are the open cases in which somebody of a pool firm acts
    against an agency of the district: the case, the suit, the agent's firm and licence.
    """

    day: date
    rows: Sequence[RosterRow]
    settings: Settings
    backgrounds: Mapping[int, Background]
    areas: Mapping[int, str]  # of firms
    loads: Mapping[int, float]
    last_on: Mapping[int, date]
    field_words: Mapping[str, tuple[str, ...]]
    by_firm: Mapping[str, Sequence[RosterRow]]
    suits: Sequence[tuple[int, Suit, str, str]]
    contracts: AdviserContracts
    public: Mapping[int, Twin]  # who is, or may be, a public lawyer
    is_counted: bool = True
    later: dict[date, dict[int, RosterRow]] = field(default_factory=dict)  # where they stand on days to come


@dataclass(frozen=True, slots=True)
class PoolView:
    """What is known of every lawyer that bears on one case, by id."""

    pool: Pool
    acting: frozenset[int]
    other_defendant: Mapping[int, str]
    hearings: Mapping[int, tuple[str, ...]]
    suits: Sequence[tuple[Suit, str, str]]  # but those of this case
    roles: Mapping[int, tuple[tuple[DisputeRole, str], ...]]
    interests: Mapping[int, str]
    absences: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def load_pool(session: Session, day: date, *, counted: bool = True) -> Pool:
    """Return the whole pool as of ``day``.

    Without what is ``counted`` from cases (loads, hearings) it neither ranks nor warns of load, but bars all the same.
    """
    rows = roster(session, day) if counted else standings(session, day)
    by_firm: defaultdict[str, list[RosterRow]] = defaultdict(list)
    contracts = adviser_contracts(session)
    people = {row.key: Person(row.name, row.phone, row.id_number, row.licence) for row in rows}
    for row in rows:
        if row.firm.strip():
            by_firm[firm_key(row.firm)].append(row)
    return Pool(
        day=day,
        rows=rows,
        settings=load_settings(session),
        backgrounds=contracts.join(backgrounds(session)),
        areas={
            row.id: row.area for row in session.execute(select(Firm.id, Firm.area).where(Firm.area != ""))
        },
        loads=weighted_loads(session, day) if counted else {},
        last_on=_last_assigned(session, day) if counted else {},
        field_words=_field_words(session),
        by_firm=by_firm,
        suits=_suits(session),
        contracts=contracts,
        public=public_lawyers_among(session, people, day),
        is_counted=counted,
    )


def case_facts(session: Session, case_id: int, party_id: int, day: date) -> CaseFacts:
    """Return the case as the rules see it from the agency ``party_id``, as of ``day``."""
    case = session.get(Case, case_id)
    party = session.get(Party, party_id)
    if case is None or party is None:
        return CaseFacts(day=day)
    instances = _instances(session, case)
    here = [p for p in instances if p.case_id == case_id]
    own = list(session.scalars(select(PartyAgent).where(PartyAgent.party_id == party_id)))
    assigned = len(
        session.scalars(
            select(Assignment.id).where(Assignment.party_id == party_id, Assignment.ended_on.is_(None))
        ).all()
    )
    plan = _plan(session, case_id)
    return CaseFacts(
        opposing_parties=tuple(
            OpposingParty(
                p.name, p.side.value, p.identity, p.representative, is_person=p.kind is PartyKind.PERSON
            )
            for p in here
            if p.side is not Side.DEFENDANT
        ),
        opposing_agents=tuple(
            OpposingAgent(
                a.name,
                a.firm_name,
                p.name,
                p.side.value,
                a.licence,
                "" if p.case_id == case_id else _instance(session, p.case_id),
            )
            for p in instances
            if p.side is not Side.DEFENDANT
            for a in p.agents
        ),
        day=day,
        court=tuple(n for n in (case.court.name, case.court.short_name) if n) if case.court else (),
        agency=(party.name, *((party.agency.name, party.agency.short_name) if party.agency else ())),
        act_on=case.act_on,
        head_absent=plan is not None and plan.attends is Attends.NO,
        acting=assigned + len(own),
        lawyers=assigned + sum(a.kind is AgentKind.LAWYER for a in own),
        staff=sum(a.kind is AgentKind.STAFF for a in own) + bool(plan and plan.staff.strip()),
    )


def weighted_loads(session: Session, day: date) -> dict[int, float]:
    """Return per lawyer the weight of the cases that he has running on ``day``."""
    heavy = load_settings(session).difficult_weight
    query = (
        select(Assignment.lawyer_id, Case.is_difficult, Case.procedure)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.assigned_on <= day, Case.removed_at.is_(None))
        .where(Assignment.ended_on.is_(None) | (Assignment.ended_on > day))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
    )
    loads: defaultdict[int, float] = defaultdict(float)
    for lawyer_id, is_difficult, procedure in session.execute(query):
        loads[lawyer_id] += case_weight(
            is_difficult=is_difficult,
            difficult_weight=heavy,
            is_enforcement=procedure is Procedure.ENFORCEMENT,
        )
    return dict(loads)


def pool_view(session: Session, case_id: int, party_id: int, pool: Pool) -> PoolView:
    """Return what is known of every lawyer that bears on this case."""
    here = session.execute(
        select(Assignment.lawyer_id, Assignment.party_id, Party.name)
        .join(Party, Party.id == Assignment.party_id)
        .where(Assignment.case_id == case_id, Assignment.ended_on.is_(None))
    ).all()
    days = _hearing_days(session, case_id, pool.day) if pool.is_counted else ()
    return PoolView(
        pool=pool,
        acting=frozenset(row.lawyer_id for row in here if row.party_id == party_id),
        other_defendant={row.lawyer_id: row.name for row in here if row.party_id != party_id},
        hearings=_hearings(session, case_id, days) if pool.is_counted else {},
        absences=_absences(session, days, pool) if pool.is_counted else {},
        suits=[(suit, firm, licence) for key, suit, firm, licence in pool.suits if key != case_id],
        roles=dispute_roles(session, case_id, _agency_of(session, party_id), party_id=party_id),
        interests=_interests(session, case_id),
    )


def lawyer_facts(row: RosterRow, view: PoolView) -> LawyerFacts:
    """Return one lawyer as the rules see him."""
    pool = view.pool
    background = pool.backgrounds.get(row.key, Background())
    twin = pool.public.get(row.key)
    colleagues = [r for r in pool.by_firm.get(firm_key(row.firm), ()) if r.key != row.key]
    return LawyerFacts(
        name=row.name,
        firm=row.firm,
        standing=row.standing,
        term_text=row.pause or (f"{row.term_from} 至 {row.term_to}" if row.term_from else "未登记聘期"),
        running=pool.loads.get(row.key, 0),
        capacity=row.capacity,
        acts_already=row.key in view.acting,
        licence=row.licence,
        identity=row.id_number,
        licence_state=row.licence_state,
        is_public_lawyer=twin is not None and twin.is_certain,
        public_office=twin.place if twin is not None and twin.is_certain else "",
        public_namesake=(twin.place or "某单位") if twin is not None and not twin.is_certain else "",
        firm_contracts=pool.contracts.of_firms.get(row.firm_id or 0, ()),
        background=background,
        colleagues=tuple(Colleague(r.name, pool.backgrounds.get(r.key, Background())) for r in colleagues),
        suits=tuple(
            suit
            for suit, firm, licence in view.suits
            if same_firm(firm, row.firm) or (licence and licence == row.licence)
        ),
        roles=view.roles.get(row.key, ()),
        other_defendant=view.other_defendant.get(row.key, ""),
        hearings=view.hearings.get(row.key, ()),
        absences=view.absences.get(row.key, ()),
        interest=view.interests.get(row.key, ""),
        firm_area=pool.areas.get(row.firm_id or 0, ""),
        post_areas=tuple(post.area for post in background.posts),
    )


def _last_assigned(session: Session, day: date) -> dict[int, date]:
    query = (
        select(Assignment.lawyer_id, func.max(Assignment.assigned_on))
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.assigned_on <= day, Case.removed_at.is_(None))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .group_by(Assignment.lawyer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _field_words(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the words that tie each field of practice to causes and acts."""
    rows = session.execute(select(PracticeField.name, PracticeField.words))
    return {row.name: tuple(word for word in row.words.split("、") if word) for row in rows}


def _instances(session: Session, case: Case) -> list[Party]:
    """Return the parties of this case and of the earlier instances of its dispute."""
    ids = {case.id}
    if case.dispute_id is not None:
        ids |= set(
            session.scalars(
                select(Case.id).where(Case.dispute_id == case.dispute_id, Case.removed_at.is_(None))
            )
        )
    query = select(Party).where(Party.case_id.in_(ids)).order_by(Party.case_id, Party.place)
    return list(session.scalars(query.options(selectinload(Party.agents))))


def _instance(session: Session, case_id: int) -> str:
    earlier = session.get(Case, case_id)
    return f"{earlier.number or '前一程序'}（{earlier.procedure.value}）" if earlier else "前一程序"


def _agency_of(session: Session, party_id: int) -> int | None:
    party = session.get(Party, party_id)
    return party.agency_id if party else None


def _interests(session: Session, case_id: int) -> dict[int, str]:
    """Return per lawyer the interest that he owned up to for this case; his latest declaration counts."""
    query = select(Declaration).where(Declaration.case_id == case_id)
    latest = {d.lawyer_id: d for d in session.scalars(query.order_by(Declaration.signed_on, Declaration.id))}
    return {key: d.content for key, d in latest.items() if d.has_interest}


def _plan(session: Session, case_id: int) -> AttendancePlan | None:
    query = (
        select(AttendancePlan)
        .join(Event, Event.id == AttendancePlan.event_id)
        .where(Event.case_id == case_id)
        .order_by(Event.on_date.desc(), Event.id.desc())
    )
    return session.scalars(query).first()


def _hearing_days(session: Session, case_id: int, day: date) -> Sequence[date]:
    """Return the days of this case's hearings still to come."""
    query = select(Event.on_date).where(Event.case_id == case_id, Event.kind == EventKind.HEARING)
    return session.scalars(query.where(Event.on_date >= day).order_by(Event.on_date).distinct()).all()


def _absences(session: Session, days: Sequence[date], pool: Pool) -> dict[int, tuple[str, ...]]:
    """Return per lawyer who serves now why he will not on one of these days: a leave noted already, a term over."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for day in days:
        if day not in pool.later:
            pool.later[day] = {row.key: row for row in standings(session, day)}
        for row in pool.rows:
            then = pool.later[day].get(row.key)
            if row.standing is Standing.SERVING and then and then.standing is not Standing.SERVING:
                why = then.pause or (f"聘期 {then.term_to} 届满" if then.term_to else then.standing.value)
                found[row.key].append(f"开庭日 {day} 不能承办：{why}")
    return {key: tuple(lines) for key, lines in found.items()}


def _hearings(session: Session, case_id: int, days: Sequence[date]) -> dict[int, tuple[str, ...]]:
    """Return per lawyer his other hearings on the days of this case's hearings still to come."""
    if not days:
        return {}
    query = (
        select(Assignment.lawyer_id, Case.number, Event.on_date, Event.at_time)
        .join(Case, Case.id == Assignment.case_id)
        .join(Event, Event.case_id == Case.id)
        .where(Assignment.ended_on.is_(None), Case.is_open, Case.removed_at.is_(None), Case.id != case_id)
        .where(Event.kind == EventKind.HEARING, Event.on_date.in_(days))
        .order_by(Event.on_date, Event.at_time)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for lawyer_id, number, on_date, at_time in session.execute(query):
        found[lawyer_id].append(f"{on_date:%m-%d} {at_time} {number}".replace("  ", " "))
    return {key: tuple(dict.fromkeys(lines)) for key, lines in found.items()}


def _suits(session: Session) -> list[tuple[int, Suit, str, str]]:
    """Return the open cases in which somebody of a pool firm acts against an agency of the district."""
    against = (
        select(Party.case_id, Party.name)
        .where(Party.side == Side.DEFENDANT, Party.agency_id.is_not(None))
        .subquery()
    )
    query = (
        select(
            Case.id, Case.number, against.c.name, PartyAgent.name, PartyAgent.firm_name, PartyAgent.licence
        )
        .join(Party, Party.id == PartyAgent.party_id)
        .join(Case, Case.id == Party.case_id)
        .join(against, against.c.case_id == Case.id)
        .where(Party.side == Side.PLAINTIFF, Case.is_open, Case.removed_at.is_(None))
        .where(PartyAgent.firm_name.in_(_pool_firms(session)))
        .order_by(Case.id, PartyAgent.id)
    )
    return [
        (key, Suit(number or "（未编号）", agency, name), firm, licence)
        for key, number, agency, name, firm, licence in session.execute(query)
    ]


def _pool_firms(session: Session) -> list[str]:
    """Return the names, full and short, of the firms in which lawyers of the pool practise now."""
    query = (
        select(Firm.name, Firm.short_name)
        .join(Membership, Membership.firm_id == Firm.id)
        .where(Membership.to_on.is_(None))
        .distinct()
    )
    return [name for names in session.execute(query) for name in names if name]
