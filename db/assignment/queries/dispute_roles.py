"""What each lawyer had to do with a dispute before, in any of its instances: what C05, C20 and C22 look at.

Besides what was noted by hand, this follows from the records: an opinion given in a consultation for another agency
or for the 复议机关, and acting for another co-defendant.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.recognise.match import Match
from db.formats.recognise.people import Named, People
from db.models.agency import Agency
from db.models.assignment import Assignment, DisputeLink
from db.models.case import Case, Party, PartyAgent
from db.models.consultation import Consultation, ConsultationCase, Member, Opinion
from db.models.reference import Court
from db.words.assignment import DisputeRole, EndKind
from db.words.case import DefendantRole, Procedure, Side

Roles = Mapping[int, tuple[tuple[DisputeRole, str], ...]]


@dataclass(frozen=True, slots=True)
class Seat:
    """A case as seen from an agency, which is its party ``party_id``, or none (then it has no co-defendants)."""

    case_id: int
    agency_id: int | None
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Organs:
    """The agencies that reconsidered a dispute, and those that are or were defendants in it."""

    reviewers: frozenset[int]
    defendants: frozenset[int]


def dispute_roles(
    session: Session,
    seats: Sequence[Seat],
    people: People,
    *,
    without: int | None = None,
    with_running: bool = False,
) -> dict[Seat, Roles]:
    """Return per lawyer his roles in the dispute of each case, as seen from the agency that is served now.

    ``without`` is a consultation whose own opinions do not count. Those who act for another defendant of the very case
    at present are left to C21, unless ``with_running``. The same statements for any number of seats.
    """
    disputes = _Disputes(session, {seat.case_id for seat in seats}, people)
    found: dict[Seat, Roles] = {}
    for seat in seats:
        roles: defaultdict[int, dict[tuple[DisputeRole, str], None]] = defaultdict(dict)
        this_case = None if with_running else seat.case_id
        for key, role, note in (
            *disputes.noted(seat),
            *disputes.consulted(seat, without),
            *disputes.acted(seat, this_case),
        ):
            roles[key][role, note] = None
        found[seat] = {key: tuple(lines) for key, lines in roles.items()}
    return found


class _Disputes:
    """What is on record of the disputes of some cases, by instance."""

    def __init__(self, session: Session, wanted: Collection[int], people: People) -> None:
        chained = select(Case.dispute_id).where(Case.id.in_(wanted), Case.dispute_id.is_not(None))
        query = (
            select(Case.id, Case.dispute_id, Case.number, Case.procedure, Case.received_on, Court.name)
            .outerjoin(Court, Court.id == Case.court_id)
            .where(Case.id.in_(wanted) | Case.dispute_id.in_(chained))
            .order_by(Case.id)
        )
        self._cases = {row.id: row for row in session.execute(query)}
        self._by_dispute: defaultdict[int, list[int]] = defaultdict(list)
        for row in self._cases.values():
            if row.dispute_id is not None:
                self._by_dispute[row.dispute_id].append(row.id)
        self._people = people
        links = select(DisputeLink).where(DisputeLink.case_id.in_(self._cases)).order_by(DisputeLink.id)
        self._links = _grouped((link.case_id, link) for link in session.scalars(links))
        p = Party
        parties = select(p.id, p.case_id, p.name, p.agency_id, p.role).where(
            p.case_id.in_(self._cases), p.side == Side.DEFENDANT
        )
        self._parties = _grouped(
            (row.case_id, row) for row in session.execute(parties.order_by(p.place, p.id))
        )
        self._party = {row.id: row for rows in self._parties.values() for row in rows}
        self._opinions = _grouped((row.case_id, row) for row in _opinions(session, self._cases))
        self._assigned = _grouped((row.case_id, row) for row in _assigned(session, self._cases))
        self._entered = _grouped((row.case_id, row) for row in _entered(session, self._cases))
        names = {
            row.name
            for row in self._cases.values()
            if row.procedure is Procedure.RECONSIDERATION and row.name
        }
        found = session.execute(select(Agency.id, Agency.name).where(Agency.name.in_(names)))
        self._reviewers = {row.name: row.id for row in found}

    def noted(self, seat: Seat) -> Iterator[tuple[int, DisputeRole, str]]:
        """Yield what was noted by hand."""
        for key in self._instances(seat):
            for link in self._links.get(key, ()):
                yield link.lawyer_id, link.role, link.note

    def consulted(self, seat: Seat, without: int | None) -> Iterator[tuple[int, DisputeRole, str]]:
        """Yield who gave an opinion on the dispute in a consultation for another agency."""
        instances = self._instances(seat)
        organs = self._organs(instances)
        spoken = {(row.id, row.lawyer_id): row for key in instances for row in self._opinions.get(key, ())}
        for row in sorted(spoken.values(), key=lambda row: (str(row.held_on or ""), row.id, row.place)):
            if row.agency_id == seat.agency_id or row.id == without:
                continue
            role = DisputeRole.CONSULTED_OTHER
            if row.agency_id in organs.defendants:
                role = DisputeRole.CONSULTED
            if row.agency_id in organs.reviewers:
                role = DisputeRole.RECONSIDERATION
            note = "，".join(filter(None, (row.number, str(row.held_on or ""), row.short_name)))
            yield row.lawyer_id, role, note

    def acted(self, seat: Seat, this_case: int | None) -> Iterator[tuple[int, DisputeRole, str]]:
        """Yield who acts or acted for another defendant of the dispute."""
        own = self._party.get(seat.party_id or 0)
        if own is None:
            return
        for key in self._instances(seat):
            case = self._cases[key]
            others = {p.id: p for p in self._parties.get(key, ()) if _is_other(p, own)}
            for row in self._assigned.get(key, ()):
                if row.party_id in others and (key != this_case or row.ended_on is not None):
                    note = f"{case.number or '本案'}，{others[row.party_id].name}"
                    yield row.lawyer_id, DisputeRole.CODEFENDANT, note
            for row in self._entered.get(key, ()):
                if row.party_id not in others:
                    continue
                named = Named(row.agent, row.firm_name, row.licence, case.received_on)
                for lawyer_id, match in self._people.find(named):
                    if match is Match.CERTAIN:
                        note = f"{case.number or '本案'}，{others[row.party_id].name}"
                        yield lawyer_id, DisputeRole.CODEFENDANT, note

    def _instances(self, seat: Seat) -> list[int]:
        case = self._cases.get(seat.case_id)
        if case is None:
            return []
        return self._by_dispute[case.dispute_id] if case.dispute_id is not None else [case.id]

    def _organs(self, instances: Iterable[int]) -> _Organs:
        reviewers: set[int] = set()
        defendants: set[int] = set()
        for key in instances:
            for p in self._parties.get(key, ()):
                if p.agency_id is not None:
                    (reviewers if p.role is DefendantRole.REVIEWER else defendants).add(p.agency_id)
            case = self._cases[key]
            if case.procedure is Procedure.RECONSIDERATION and case.name in self._reviewers:
                reviewers.add(self._reviewers[case.name])
        return _Organs(frozenset(reviewers), frozenset(defendants))


def _is_other(party: Any, own: Any) -> bool:
    """Say whether a defendant is another than the one that is served."""
    same_agency = own.agency_id is not None and party.agency_id == own.agency_id
    return party.name != own.name and not same_agency


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found


def _opinions(session: Session, cases: Collection[int]) -> list[Any]:
    spoke = select(Opinion.member_id)
    query = (
        select(ConsultationCase.case_id, Member.lawyer_id, Member.place, Consultation.id, Consultation.number)
        .add_columns(Consultation.held_on, Consultation.agency_id, Agency.short_name)
        .join(Consultation, Consultation.id == ConsultationCase.consultation_id)
        .join(Member, Member.consultation_id == Consultation.id)
        .join(Agency, Agency.id == Consultation.agency_id)
        .where(ConsultationCase.case_id.in_(cases), Member.id.in_(spoke), Member.lawyer_id.is_not(None))
        .where(Consultation.removed_at.is_(None), Consultation.cancelled_on.is_(None))
    )
    return list(session.execute(query))


def _assigned(session: Session, cases: Collection[int]) -> list[Any]:
    query = (
        select(Assignment.case_id, Assignment.party_id, Assignment.lawyer_id, Assignment.ended_on)
        .where(Assignment.case_id.in_(cases))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .order_by(Assignment.assigned_on, Assignment.id)
    )
    return list(session.execute(query))


def _entered(session: Session, cases: Collection[int]) -> list[Any]:
    a = PartyAgent
    query = (
        select(Party.case_id, a.party_id, a.name.label("agent"), a.firm_name, a.licence)
        .join(Party, Party.id == a.party_id)
        .where(Party.case_id.in_(cases), Party.side == Side.DEFENDANT)
        .order_by(a.id)
    )
    return list(session.execute(query))
