"""Registering cases and what happens in them. Every act runs inside its caller's transaction."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acts.common import opened, refuse, remove, replace_all, restore
from db.errors import UserError
from db.journal import touch
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, Event, Party, PartyAgent
from db.rules import numbers
from db.rules.cases import CaseDraft, EventDraft, PartyDraft, case_problems, event_problems
from db.rules.events import RECEIPT_OF
from db.rules.vocabulary import EndKind, EventKind, PartyKind


def save_case(session: Session, draft: CaseDraft, today: date, key: int | None = None) -> int:
    """Register a case, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    refuse(case_problems(draft, today))
    if key is None:
        case = Case()
        session.add(case)
    else:
        case = opened(session, Case, key, draft.version, f"案件“{draft.number.strip() or '（未编号）'}”")
        touch(case)
    case.number = numbers.normalise_case_number(draft.number)
    case.procedure = draft.procedure
    case.court_id, case.cause_id = draft.court_id, draft.cause_id
    case.cause_text, case.act, case.note = draft.cause_text.strip(), draft.act.strip(), draft.note.strip()
    case.attendance, case.is_difficult = draft.attendance, draft.is_difficult
    session.flush()
    _set_parties(session, case, [p for p in draft.parties if p.is_given])
    _set_event(session, case, EventKind.FILED, draft.filed_on)
    _set_event(session, case, RECEIPT_OF[draft.procedure], draft.received_on)
    _set_event(
        session, case, EventKind.HEARING, draft.hearing_on, draft.hearing_time, draft.hearing_place.strip()
    )
    return case.id


def record_event(session: Session, case_id: int, draft: EventDraft, version: int, today: date) -> int:
    """Record a step of a case; return the event's key. A result or 结案 closes its running assignments."""
    refuse(event_problems(draft, today))
    case = opened(session, Case, case_id, version, "这件案件")
    touch(case)
    on_date = draft.on_date or today
    event = Event(
        case_id=case_id, kind=draft.kind, on_date=on_date, at_time=draft.at_time, note=draft.note.strip()
    )
    session.add(event)
    if draft.outcome is not None:
        case.outcome = draft.outcome
    if draft.kind is EventKind.CLOSED:
        _serve_out(session, case_id, on_date)
    session.flush()
    return event.id


def remove_event(session: Session, event_id: int) -> None:
    """Take a step out of a case; the journal keeps it, and 撤销 brings it back."""
    event = session.get(Event, event_id)
    case = session.get(Case, event.case_id) if event else None
    if event is None or case is None:
        raise UserError("这一步已被其他人删去。请刷新后再看。")
    if event.kind is EventKind.CLOSED:
        case.outcome = None
        _reopen_assignments(session, case.id, event.on_date)
    touch(case)
    session.delete(event)


def remove_cases(session: Session, keys: Iterable[int]) -> None:
    """Move cases to the recycle bin; one with running assignments is refused."""
    keys = list(keys)
    running = session.scalars(
        select(Case.number)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(Case.id.in_(keys), Assignment.ended_on.is_(None))
        .distinct()
    ).all()
    if running:
        raise UserError(f"{'、'.join(running)}还有承办顾问，不能移入回收站。请先撤销分派或结案。")
    remove(session, Case, keys)


def restore_case(session: Session, key: int) -> None:
    """Bring a case back from the recycle bin."""
    restore(session, Case, key)


def _set_parties(session: Session, case: Case, drafts: list[PartyDraft]) -> None:
    present = {p.id: p for p in session.scalars(select(Party).where(Party.case_id == case.id))}
    kept = {d.key for d in drafts if d.key in present}
    for key, party in present.items():
        if key not in kept:
            _refuse_if_assigned(session, party)
            replace_all(session, select(PartyAgent).where(PartyAgent.party_id == key), ())
            session.delete(party)
    for place, draft in enumerate(drafts):
        party = present.get(draft.key) or Party(case_id=case.id)
        party.side, party.place, party.kind = draft.side, place, draft.kind
        party.name, party.agency_id = draft.name.strip(), draft.agency_id
        if draft.agency_id and (agency := session.get(Agency, draft.agency_id)):
            party.name, party.kind = agency.name, PartyKind.AGENCY
        session.add(party)
        session.flush()
        _set_agents(session, party, draft)


def _set_agents(session: Session, party: Party, draft: PartyDraft) -> None:
    wanted = [(a.kind, a.name.strip(), a.firm_name.strip()) for a in draft.agents if a.name.strip()]
    old = select(PartyAgent).where(PartyAgent.party_id == party.id).order_by(PartyAgent.place)
    if [(a.kind, a.name, a.firm_name) for a in session.scalars(old)] != wanted:
        new = [
            PartyAgent(party_id=party.id, place=place, kind=kind, name=name, firm_name=firm)
            for place, (kind, name, firm) in enumerate(wanted)
        ]
        replace_all(session, old, new)


def _refuse_if_assigned(session: Session, party: Party) -> None:
    if session.scalars(select(Assignment.id).where(Assignment.party_id == party.id).limit(1)).first():
        raise UserError(f"“{party.name}”已分派过顾问，不能从案件中删去。请先撤销分派，或保留该单位。")


def _set_event(
    session: Session, case: Case, kind: EventKind, on_date: date | None, at_time: str = "", note: str = ""
) -> None:
    query = (
        select(Event).where(Event.case_id == case.id, Event.kind == kind).order_by(Event.on_date, Event.id)
    )
    events = session.scalars(query).all()
    event = events[-1] if events and kind is EventKind.HEARING else (events[0] if events else None)
    if on_date is None:
        if event is not None:
            session.delete(event)
        return
    if event is None:
        event = Event(case_id=case.id, kind=kind)
        session.add(event)
    event.on_date, event.at_time = on_date, at_time
    event.note = note or event.note or ""
    session.flush()


def _serve_out(session: Session, case_id: int, on_date: date) -> None:
    running = select(Assignment).where(Assignment.case_id == case_id, Assignment.ended_on.is_(None))
    for assignment in session.scalars(running):
        assignment.ended_on = max(on_date, assignment.assigned_on)
        assignment.end_kind = EndKind.SERVED


def _reopen_assignments(session: Session, case_id: int, on_date: date) -> None:
    served = select(Assignment).where(
        Assignment.case_id == case_id, Assignment.end_kind == EndKind.SERVED, Assignment.ended_on >= on_date
    )
    for assignment in session.scalars(served):
        assignment.ended_on = assignment.end_kind = None
