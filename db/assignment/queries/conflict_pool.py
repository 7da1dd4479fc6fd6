"""Gathering what is known of the whole pool, whatever the case; a constant number of queries.

Read once, it serves one case or a thousand (``db.assignment.queries.conflict_facts``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import agency_recogniser
from db.assignment.rules.conflicts import Colleague, LawyerFacts, Suit
from db.assignment.rules.ranking import case_weight
from db.formats.recognise.agencies import AgencyRecogniser
from db.formats.recognise.firms import FirmNames, firm_key, same_firm
from db.formats.recognise.match import Match
from db.formats.recognise.people import Known, Named, People
from db.law.hearing_times import Sitting
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, Event, Party, PartyAgent
from db.models.lawyer import Firm, Lawyer
from db.office.queries.fields import load_fields
from db.office.queries.settings import load_settings
from db.office.rules.fields import Fields
from db.office.rules.settings import Settings
from db.registry.queries.adviser_contracts import AdviserContracts, adviser_contracts
from db.roster.queries.appointments import pauses_of, terms_of
from db.roster.queries.firms import firm_names
from db.roster.queries.lawyers import backgrounds
from db.roster.queries.one_person import Person, public_lawyers_among
from db.roster.queries.roster import RosterRow, pause_words, roster, standings
from db.roster.rules.background import Background
from db.roster.rules.lawyers import Pause, Standing, Term, check_due, pause_on, standing_on, term_on
from db.words.assignment import EndKind
from db.words.case import EventKind, Procedure, Side
from db.words.lawyer import UnitKind


@dataclass(frozen=True, slots=True)
class Busy:
    """A hearing of a running case of a lawyer, still to come."""

    case_id: int
    number: str
    sitting: Sitting


@dataclass(frozen=True, slots=True)
class Against:
    """An open case in which somebody acts against an agency of the district."""

    case_id: int
    agency_id: int
    suit: Suit


@dataclass(frozen=True, slots=True)
class Units:
    """The agencies that the pool's lawyers served or advise, by what was written: agency -> words, sure or not."""

    sure: Mapping[int, frozenset[str]]
    perhaps: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pool:
    """The whole pool as of a day, whatever the case: read once, used for many cases.

    ``base`` are the lawyers as the rules see them where no case is looked at; ``suits_of`` the open cases in which a
    lawyer, or somebody of his firm, acts against an agency of the district.
    """

    day: date
    rows: Sequence[RosterRow]
    settings: Settings
    loads: Mapping[int, float]
    last_on: Mapping[int, date]
    fields: Fields
    firms: FirmNames
    agencies: AgencyRecogniser
    people: People
    units: Units
    base: Mapping[int, LawyerFacts]
    suits_of: Mapping[int, tuple[Against, ...]]
    hearings: Mapping[int, tuple[Busy, ...]]
    terms: Mapping[int, Sequence[Term]]
    pauses: Mapping[int, Sequence[Pause]]
    is_counted: bool = True
    absences_on: dict[date, dict[int, str]] = field(default_factory=dict)

    def absences(self, day: date) -> Mapping[int, str]:
        """Return per lawyer who serves now why he will not on a day to come: a leave noted already, a term over."""
        if day not in self.absences_on:
            self.absences_on[day] = {row.key: why for row in self.rows if (why := self._absence(row, day))}
        return self.absences_on[day]

    def _absence(self, row: RosterRow, day: date) -> str:
        terms, pauses = self.terms.get(row.key, ()), self.pauses.get(row.key, ())
        then = standing_on(terms, day, pauses)
        if row.standing is not Standing.SERVING or then is Standing.SERVING:
            return ""
        term = term_on(terms, day)
        pause = pause_words(pause_on(pauses, day)) if then is Standing.SUSPENDED else ""
        why = pause or (f"聘期 {term.to_on} 届满" if term else then.value)
        return f"开庭日 {day} 不能承办：{why}"


def load_pool(session: Session, day: date, *, counted: bool = True) -> Pool:
    """Return the whole pool as of ``day``.

    Without what is ``counted`` from cases (loads, hearings) it neither ranks nor warns of load, but bars all the same.
    """
    firms, agencies = firm_names(session), agency_recogniser(session)
    found = roster(session, day) if counted else standings(session, day)
    rows = [replace(row, firm=firms.present(row.firm)) for row in found]
    keys = [row.key for row in rows]
    contracts = adviser_contracts(session, firms)
    brought = _in_present_names(contracts.join(backgrounds(session)), firms)
    people = people_of(rows, brought, firms)
    loads = weighted_loads(session, day) if counted else {}
    return Pool(
        day=day,
        rows=rows,
        settings=load_settings(session),
        loads=loads,
        last_on=_last_assigned(session, day) if counted else {},
        fields=load_fields(session),
        firms=firms,
        agencies=agencies,
        people=people,
        units=_units(session, agencies, brought.values(), contracts, day),
        base=_base(session, rows, brought, contracts, (day, loads)),
        suits_of=suits_of_lawyers(session, rows, people, firms),
        hearings=_hearings(session, day) if counted else {},
        terms=terms_of(session, keys) if counted else {},
        pauses=pauses_of(session, keys) if counted else {},
        is_counted=counted,
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


def _in_present_names(brought: Mapping[int, Background], firms: FirmNames) -> dict[int, Background]:
    """Return what lawyers bring along, with the firms of before called what they are called now."""
    found = {}
    for key, own in brought.items():
        spells = tuple(replace(spell, firm=firms.present(spell.firm)) for spell in own.former_firms)
        found[key] = replace(own, former_firms=spells) if spells else own
    return found


def people_of(rows: Sequence[RosterRow], brought: Mapping[int, Background], firms: FirmNames) -> People:
    """Return the lawyers of the pool as records may name them."""
    former = {key: background.former_firms for key, background in brought.items()}
    known = ((r.key, Known.of(r.name, r.licence, r.firm, former.get(r.key, ()))) for r in rows)
    return People(known, firms)


def suits_of_lawyers(
    session: Session, rows: Sequence[RosterRow], people: People, firms: FirmNames
) -> dict[int, tuple[Against, ...]]:
    """Return per lawyer the open cases in which he, or somebody of his firm, acts against an agency of the district."""
    by_firm = _by_firm(rows)
    found: defaultdict[int, dict[Against, None]] = defaultdict(dict)
    for one in _suits(session, firms):
        suit = one.suit
        sure = {row.key for row in by_firm.get(firm_key(suit.firm), ()) if same_firm(row.firm, suit.firm)}
        for lawyer, match in people.find(Named(suit.agent, suit.firm, suit.licence, suit.on)):
            is_certain = lawyer in sure or match is Match.CERTAIN
            found[lawyer][one if is_certain else replace(one, suit=replace(suit, is_certain=False))] = None
        for lawyer in sure:
            found[lawyer][one] = None
    return {lawyer: tuple(suits) for lawyer, suits in found.items()}


def _suits(session: Session, firms: FirmNames) -> list[Against]:
    against = (
        select(Party.case_id, Party.agency_id, Party.name)
        .where(Party.side == Side.DEFENDANT, Party.agency_id.is_not(None))
        .subquery()
    )
    p, a = Party, PartyAgent
    query = (
        select(Case.id, against.c.agency_id, Case.number, against.c.name, a.name, a.firm_name, a.licence)
        .add_columns(Case.received_on)
        .join(p, p.id == a.party_id)
        .join(Case, Case.id == p.case_id)
        .join(against, against.c.case_id == Case.id)
        .where(p.side == Side.PLAINTIFF, Case.is_open, Case.removed_at.is_(None))
        .order_by(Case.id, a.id)
    )
    return [
        Against(key, agency, Suit(number or "（未编号）", name, agent, firms.present(firm), licence, on))
        for key, agency, number, name, agent, firm, licence, on in session.execute(query)
    ]


def _by_firm(rows: Iterable[RosterRow]) -> dict[str, list[RosterRow]]:
    found: defaultdict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        if row.firm.strip():
            found[firm_key(row.firm)].append(row)
    return found


def _base(
    session: Session,
    rows: Sequence[RosterRow],
    brought: Mapping[int, Background],
    contracts: AdviserContracts,
    counted: tuple[date, Mapping[int, float]],
) -> dict[int, LawyerFacts]:
    """Return the lawyers as the rules see them, but for what depends on the case."""
    day, loads = counted
    by_firm, nothing = _by_firm(rows), Background()
    areas = {row.id: row.area for row in session.execute(select(Firm.id, Firm.area).where(Firm.area != ""))}
    people = {row.key: Person(row.name, row.phone, row.id_number, row.licence) for row in rows}
    public = public_lawyers_among(session, people, day)
    keeps_checks = any(b.checks for b in brought.values())
    found = {}
    for row in rows:
        own, twin = brought.get(row.key, nothing), public.get(row.key)
        colleagues = [
            r for r in by_firm.get(firm_key(row.firm), ()) if r.key != row.key and same_firm(r.firm, row.firm)
        ]
        found[row.key] = LawyerFacts(
            name=row.name,
            firm=row.firm,
            standing=row.standing,
            term_text=row.pause or (f"{row.term_from} 至 {row.term_to}" if row.term_from else "未登记聘期"),
            running=loads.get(row.key, 0),
            capacity=row.capacity,
            licence=row.licence,
            identity=row.id_number,
            licence_state=row.licence_state,
            is_public_lawyer=bool(twin and twin.is_certain),
            public_office=twin.place if twin and twin.is_certain else "",
            public_namesake=(twin.place or "某单位") if twin and not twin.is_certain else "",
            firm_contracts=contracts.of_firm(row.firm) if row.firm else (),
            background=own,
            colleagues=tuple(Colleague(r.name, brought.get(r.key, nothing)) for r in colleagues),
            firm_area=areas.get(row.firm_id or 0, ""),
            post_areas=tuple(post.area for post in own.posts),
            check_due=check_due(day, row.first_licensed_on, row.licence) if keeps_checks else None,
        )
    return found


def _units(
    session: Session,
    agencies: AgencyRecogniser,
    brought: Iterable[Background],
    contracts: AdviserContracts,
    day: date,
) -> Units:
    """Return the agencies that are meant by what was written of posts and clients.

    What went over into another agency is that one too: it goes on with the work (行政诉讼法第二十六条第六款).
    """
    query = select(Agency.id, Agency.successor_id).where(
        Agency.ended_on <= day, Agency.successor_id.is_not(None)
    )
    into = {row.id: row.successor_id or 0 for row in session.execute(query)}
    sure: defaultdict[int, set[str]] = defaultdict(set)
    perhaps: defaultdict[int, set[str]] = defaultdict(set)
    for written, on in _written(brought, contracts):
        match = agencies.of(written, on)
        for key in match.keys if match.certain is None else (match.certain,):
            found = sure if match.certain is not None else perhaps
            for one in _line(key, into):
                found[one].add(written)
    return Units(_frozen(sure), _frozen(perhaps))


def _frozen(found: Mapping[int, Collection[str]]) -> dict[int, frozenset[str]]:
    return {key: frozenset(words) for key, words in found.items()}


def _line(key: int, into: Mapping[int, int]) -> list[int]:
    """Return an agency and those that go on with its work, one after the other."""
    found = [key]
    while (after := into.get(found[-1])) and after not in found:
        found.append(after)
    return found


def _written(brought: Iterable[Background], contracts: AdviserContracts) -> Iterable[tuple[str, date | None]]:
    for background in brought:
        for post in background.posts:
            if post.unit_kind is UnitKind.AGENCY:
                yield post.unit, post.to_on or post.from_on
        for contract in background.contracts:
            yield contract.client, None
    for of_firm in contracts.of_firms.values():
        for _, contract in of_firm:
            yield contract.client, None


def _last_assigned(session: Session, day: date) -> dict[int, date]:
    query = (
        select(Assignment.lawyer_id, func.max(Assignment.assigned_on))
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.assigned_on <= day, Case.removed_at.is_(None))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .group_by(Assignment.lawyer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _hearings(session: Session, day: date) -> dict[int, tuple[Busy, ...]]:
    """Return per lawyer the hearings of his running cases that are still to come."""
    query = (
        select(Assignment.lawyer_id, Case.id, Case.number, Event.on_date, Event.at_time)
        .join(Case, Case.id == Assignment.case_id)
        .join(Event, Event.case_id == Case.id)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Assignment.ended_on.is_(None), Case.is_open, Case.removed_at.is_(None))
        .where(Event.kind == EventKind.HEARING, Event.on_date >= day, Lawyer.removed_at.is_(None))
        .order_by(Event.on_date, Event.at_time, Event.id)
    )
    found: defaultdict[int, list[Busy]] = defaultdict(list)
    for lawyer_id, case_id, number, on_date, at_time in session.execute(query):
        found[lawyer_id].append(Busy(case_id, number, Sitting(on_date, at_time)))
    return {key: tuple(dict.fromkeys(lines)) for key, lines in found.items()}
