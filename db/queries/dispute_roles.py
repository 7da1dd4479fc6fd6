"""What each lawyer had to do with a dispute before, in any of its instances: what C05, C20 and C22 look at.

Besides what was noted by hand, this follows from the records: an opinion given in a consultation for another agency
or for the 复议机关, and acting for another co-defendant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from db.models.agency import Agency
from db.models.assignment import Assignment, DisputeLink
from db.models.case import Case, Party, PartyAgent
from db.models.consultation import Consultation, ConsultationCase, Member, Opinion
from db.models.lawyer import Lawyer
from db.rules.conflicts import DisputeRole
from db.rules.vocabulary import DefendantRole, EndKind, Procedure, Side

Roles = Mapping[int, tuple[tuple[DisputeRole, str], ...]]


def dispute_roles(
    session: Session,
    case_id: int,
    agency_id: int | None,
    *,
    party_id: int | None = None,
    without: int | None = None,
    with_running: bool = False,
) -> Roles:
    """Return per lawyer his roles in the dispute of a case, as seen from the agency that is served now.

    ``party_id`` is the agency as a defendant; one that is none has no co-defendants. ``without`` is a consultation whose
    own opinions do not count. Those who act for another defendant of this very case at present are left to C21, unless
    ``with_running``.
    """
    ids = _instances(session, case_id)
    found: defaultdict[int, dict[tuple[DisputeRole, str], None]] = defaultdict(dict)
    for key, role, note in (
        *_noted(session, ids),
        *_consulted(session, ids, agency_id, without),
        *_acted(session, ids, party_id, None if with_running else case_id),
    ):
        found[key][role, note] = None
    return {key: tuple(roles) for key, roles in found.items()}


def _instances(session: Session, case_id: int) -> list[int]:
    case = session.get(Case, case_id)
    chained = (Case.dispute_id == case.dispute_id) if case and case.dispute_id else false()
    return list(session.scalars(select(Case.id).where((Case.id == case_id) | chained)))


def _noted(session: Session, ids: list[int]) -> Iterable[tuple[int, DisputeRole, str]]:
    query = select(DisputeLink).where(DisputeLink.case_id.in_(ids)).order_by(DisputeLink.id)
    return [(link.lawyer_id, link.role, link.note) for link in session.scalars(query)]


def _consulted(
    session: Session, ids: list[int], agency_id: int | None, without: int | None
) -> Iterable[tuple[int, DisputeRole, str]]:
    """Yield who gave an opinion on the dispute in a consultation for another agency."""
    about = select(ConsultationCase.consultation_id).where(ConsultationCase.case_id.in_(ids))
    spoke = select(Opinion.member_id)
    query = (
        select(Member.lawyer_id, Consultation.number, Consultation.held_on, Agency.id, Agency.short_name)
        .join(Consultation, Consultation.id == Member.consultation_id)
        .join(Agency, Agency.id == Consultation.agency_id)
        .where(Consultation.id.in_(about), Member.id.in_(spoke), Member.lawyer_id.is_not(None))
        .where(Consultation.removed_at.is_(None), Consultation.cancelled_on.is_(None))
        .order_by(Consultation.held_on, Consultation.id, Member.place)
    )
    if agency_id is not None:
        query = query.where(Consultation.agency_id != agency_id)
    if without is not None:
        query = query.where(Consultation.id != without)
    found = session.execute(query).all()
    reviewers, defendants = _organs(session, ids) if found else (set(), set())
    for lawyer_id, number, held_on, asking, name in found:
        role = DisputeRole.CONSULTED if asking in defendants else DisputeRole.CONSULTED_OTHER
        if asking in reviewers:
            role = DisputeRole.RECONSIDERATION
        if lawyer_id is not None:
            yield lawyer_id, role, "，".join(filter(None, (number, str(held_on or ""), name)))


def _organs(session: Session, ids: list[int]) -> tuple[set[int], set[int]]:
    """Return the agencies that reconsidered the dispute, and those that are or were defendants in it."""
    reviewers: set[int] = set()
    defendants: set[int] = set()
    parties = select(Party.agency_id, Party.role).where(Party.case_id.in_(ids), Party.side == Side.DEFENDANT)
    for agency_id, role in session.execute(parties):
        if agency_id is not None:
            (reviewers if role is DefendantRole.REVIEWER else defendants).add(agency_id)
    organs = select(Case).where(Case.id.in_(ids), Case.procedure == Procedure.RECONSIDERATION)
    names = {case.court.name for case in session.scalars(organs) if case.court}
    reviewers |= set(session.scalars(select(Agency.id).where(Agency.name.in_(names))))
    return reviewers, defendants


def _acted(
    session: Session, ids: list[int], party_id: int | None, this_case: int | None
) -> Iterable[tuple[int, DisputeRole, str]]:
    """Yield who acts or acted for another defendant of the dispute."""
    own = session.get(Party, party_id) if party_id is not None else None
    if own is None:
        return
    others = [Party.case_id.in_(ids), Party.side == Side.DEFENDANT, Party.name != own.name]
    if own.agency_id is not None:
        others.append(or_(Party.agency_id.is_(None), Party.agency_id != own.agency_id))
    assigned = (
        select(Assignment.lawyer_id, Case.id, Case.number, Party.name, Assignment.ended_on)
        .join(Party, Party.id == Assignment.party_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(*others, Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .order_by(Assignment.assigned_on, Assignment.id)
    )
    for lawyer_id, case_id, number, name, ended_on in session.execute(assigned):
        if case_id != this_case or ended_on is not None:
            yield lawyer_id, DisputeRole.CODEFENDANT, f"{number or '本案'}，{name}"
    entered = (
        select(Lawyer.id, Case.number, Party.name)
        .join(PartyAgent, PartyAgent.licence == Lawyer.licence)
        .join(Party, Party.id == PartyAgent.party_id)
        .join(Case, Case.id == Party.case_id)
        .where(*others, PartyAgent.licence != "")
        .order_by(PartyAgent.id)
    )
    for lawyer_id, number, name in session.execute(entered):
        yield lawyer_id, DisputeRole.CODEFENDANT, f"{number or '本案'}，{name}"
