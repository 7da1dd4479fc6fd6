"""Registering cases and what happens in them. Every act runs inside its caller's transaction."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.queries.cases import same_number
from db.cases.queries.court import court_problems
from db.cases.rules.cases import (
    CaseDraft,
    EventDraft,
    PartyDraft,
    ResultDraft,
    case_problems,
    event_problems,
    result_problems,
    step_problems,
)
from db.errors import Problem, Severity, UserError
from db.formats import numbers
from db.journal import touch
from db.law.events import RECEIPT_OF
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import AttendancePlan, Case, CaseField, CaseSeries, Event, Party, PartyAgent, PeriodMark
from db.office.acts.common import opened, refuse, remove, replace_all, restore, unchanged
from db.office.acts.warnings import keep_warnings
from db.office.queries.settings import load_settings
from db.words.assignment import EndKind
from db.words.case import EventKind, Outcome, PartyKind, Side


def save_case(session: Session, draft: CaseDraft, today: date, key: int | None = None) -> int:
    """Register a case, or change the one with ``key``; return the key.

    Warnings that the clerk passed over are kept with it, also that its number was registered before. Raises
    ``Invalid`` or ``Conflict``.
    """
    problems = [
        *case_problems(draft, today),
        *number_taken(session, draft.number, key),
        *court_problems(session, draft, today),
    ]
    refuse(problems)
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
    case.difficult_reason = draft.difficult_reason.strip()
    case.act_on, case.act_number = draft.act_on, draft.act_number.strip()
    case.is_compensation = draft.is_compensation or numbers.is_compensation(case.number)
    case.track, case.court_reason = draft.track, draft.court_reason.strip()
    session.flush()
    keep_warnings(session, "case_record", case.id, problems, today)
    _set_fields(session, case, draft.fields)
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
    event = Event(case_id=case_id, kind=draft.kind, on_date=on_date)
    _set_step(session, event, draft)
    session.add(event)
    if draft.outcome is not None:
        case.outcome = draft.outcome
    if draft.kind is EventKind.CLOSED:
        _serve_out(session, case_id, on_date)
    if draft.kind is EventKind.EFFECTIVE:
        case.effective_on = on_date
    session.flush()
    return event.id


def change_event(session: Session, event_id: int, draft: EventDraft, version: int, today: date) -> None:
    """Correct a step that was recorded: its day, its proof, whom it was served on; ``version`` is the case's."""
    refuse(step_problems(draft, today))
    event = session.get(Event, event_id)
    if event is None:
        raise UserError("这一步已被其他人删去。请刷新后再看。")
    case = opened(session, Case, event.case_id, version, "这件案件")
    if draft.kind is not event.kind and EventKind.CLOSED in {draft.kind, event.kind}:
        raise UserError("结案不能改成别的步骤，别的步骤也不能改成结案。请删去这一步，再重新登记。")
    touch(case)
    if event.kind is EventKind.CLOSED:  # what ended with the case ends with it on the other day too
        _reopen_assignments(session, case.id, event.on_date)
        session.flush()
        _serve_out(session, case.id, draft.on_date or event.on_date)
    event.kind, event.on_date = draft.kind, draft.on_date or event.on_date
    _set_step(session, event, draft)
    if draft.kind is EventKind.EFFECTIVE:
        case.effective_on = event.on_date


def record_result(session: Session, case_id: int, draft: ResultDraft, version: int, today: date) -> None:
    """Record how a case ended, also before it is closed: result, when it took effect, what it was lost for."""
    refuse(result_problems(draft, today, load_settings(session).lost_policy()))
    case = opened(session, Case, case_id, version, "这件案件")
    touch(case)
    case.outcome, case.decided_on, case.effective_on = draft.outcome, draft.decided_on, draft.effective_on
    corrected = draft.outcome is Outcome.WITHDRAWN_AFTER_CORRECTION
    case.is_self_corrected, case.loss_cause = draft.is_self_corrected or corrected, draft.loss_cause


def number_taken(session: Session, number: str, but: int | None = None) -> list[Problem]:
    """Warn that other cases carry the number already; they can be linked with ``chains.link_duplicate``."""
    number = numbers.normalise_case_number(number)
    if not same_number(session, number, but):
        return []
    text = f"{number} 已登记过一次。确为另一案的可以继续保存；是同一案的，请关联为重复登记。"
    return [Problem("number", text, Severity.WARNING)]


def remove_event(session: Session, event_id: int, version: int | None = None) -> None:
    """Take a step out of a case; the journal keeps it, and 撤销 brings it back. ``version`` is the case's, as read."""
    event = session.get(Event, event_id)
    case = session.get(Case, event.case_id) if event else None
    if event is None or case is None:
        raise UserError("这一步已被其他人删去。请刷新后再看。")
    unchanged(session, case, version, "这件案件")
    if event.kind is EventKind.CLOSED:
        case.outcome = case.loss_cause = case.decided_on = None
        case.is_self_corrected = False
        _reopen_assignments(session, case.id, event.on_date)
    if event.kind is EventKind.EFFECTIVE and case.effective_on == event.on_date:
        case.effective_on = None
    touch(case)
    _delete_event(session, event)


def remove_cases(session: Session, keys: Iterable[int]) -> None:
    """Move cases to the recycle bin; refused: one with running assignments, or that counts in another's stead."""
    keys = list(keys)
    running = session.scalars(
        select(Case.number)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(Case.id.in_(keys), Assignment.ended_on.is_(None))
        .distinct()
    ).all()
    if running:
        raise UserError(f"{'、'.join(running)}还有承办顾问，不能移入回收站。请先撤销分派或结案。")
    twins = session.scalars(
        select(Case.number).where(
            Case.duplicate_of_id.in_(keys), Case.id.not_in(keys), Case.removed_at.is_(None)
        )
    ).all()
    if twins:
        raise UserError(
            f"{'、'.join(number or '（未编号）' for number in twins)}已标为所选案件的重复登记，移入后两件都不再提醒。"
            "请先取消重复登记的关联，或一并移入回收站。"
        )
    remove(session, Case, keys)


def restore_case(session: Session, key: int) -> None:
    """Bring a case back from the recycle bin, and its series with it."""
    case = restore(session, Case, key)
    if case.series_id is not None:
        restore(session, CaseSeries, case.series_id)


def _set_parties(session: Session, case: Case, drafts: list[PartyDraft]) -> None:
    present = {p.id: p for p in session.scalars(select(Party).where(Party.case_id == case.id))}
    kept = {d.key for d in drafts if d.key in present}
    for key, party in present.items():
        if key not in kept:
            _refuse_if_assigned(session, party)
            for event in session.scalars(select(Event).where(Event.party_id == key)):
                event.party_id = None
            replace_all(session, select(PartyAgent).where(PartyAgent.party_id == key), ())
            replace_all(session, select(PeriodMark).where(PeriodMark.party_id == key), ())
            session.delete(party)
    for place, draft in enumerate(drafts):
        party = present.get(draft.key) or Party(case_id=case.id)
        party.side, party.place, party.kind = draft.side, place, draft.kind
        party.name, party.agency_id = draft.name.strip(), draft.agency_id
        party.role = draft.role if draft.side is Side.DEFENDANT else None
        party.identity = draft.identity.strip().upper()
        party.representative = draft.representative.strip()
        if draft.agency_id and (agency := session.get(Agency, draft.agency_id)):
            party.name, party.kind = agency.called_on(case.received_on).name, PartyKind.AGENCY
        session.add(party)
        session.flush()
        _set_agents(session, party, draft)


def _set_agents(session: Session, party: Party, draft: PartyDraft) -> None:
    wanted = [
        (a.kind, a.name.strip(), a.firm_name.strip(), numbers.normalise_phone(a.phone), a.licence.strip())
        for a in draft.agents
        if a.name.strip()
    ]
    old = select(PartyAgent).where(PartyAgent.party_id == party.id).order_by(PartyAgent.place)
    if [(a.kind, a.name, a.firm_name, a.phone, a.licence) for a in session.scalars(old)] != wanted:
        new = [
            PartyAgent(
                party_id=party.id,
                place=place,
                kind=kind,
                name=name,
                firm_name=firm,
                phone=phone,
                licence=licence,
            )
            for place, (kind, name, firm, phone, licence) in enumerate(wanted)
        ]
        replace_all(session, old, new)


def _set_fields(session: Session, case: Case, names: tuple[str, ...]) -> None:
    old = select(CaseField).where(CaseField.case_id == case.id).order_by(CaseField.place)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if [f.name for f in session.scalars(old)] != wanted:
        new = [CaseField(case_id=case.id, place=place, name=name) for place, name in enumerate(wanted)]
        replace_all(session, old, new)


def _set_step(session: Session, event: Event, draft: EventDraft) -> None:
    event.at_time, event.note = draft.at_time, draft.note.strip()
    event.sent_on, event.send_method, event.evidence = (
        draft.sent_on,
        draft.send_method,
        draft.evidence.strip(),
    )
    if draft.party_id is not None:
        party = session.get(Party, draft.party_id)
        if party is None or party.case_id != event.case_id:
            raise UserError("所选当事人不在本案中。请刷新后再选。")
    event.party_id = draft.party_id
    event.ruling = draft.ruling if draft.kind is EventKind.RULING_SERVED else None


def _delete_event(session: Session, event: Event) -> None:
    for plan in session.scalars(select(AttendancePlan).where(AttendancePlan.event_id == event.id)):
        session.delete(plan)
    session.flush()  # the plan goes before the hearing that it belongs to
    session.delete(event)


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
            _delete_event(session, event)
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
