"""Registering a case, or adding to one, as it was read from a pasted paper or message and confirmed by the clerk."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.acts.cases import change_event, record_event, record_result, save_case
from db.cases.acts.chains import link_previous
from db.cases.acts.marks import fix_period
from db.cases.rules.cases import CaseDraft, EventDraft, ResultDraft, decided_problems
from db.cases.rules.marks import FixDraft
from db.intake.queries.known import HEARD
from db.intake.rules.updating import CaseUpdate, answer_rule, served_as
from db.journal import touch
from db.law.events import RECEIPT_OF
from db.models.case import Case, Event
from db.office.acts.common import opened, refuse
from db.words.case import EventKind, Procedure


def register(
    session: Session,
    draft: CaseDraft,
    answer_due: date | None,
    source: str,
    today: date,
    previous_id: int | None = None,
) -> int:
    """Register a case; a last day to answer that its paper names overrides the counted one. Return the key.

    ``source`` are the words of the paper that name the day; ``previous_id`` is the case whose judgment is appealed
    against. Raises ``Invalid`` as ``save_case`` does.
    """
    key = save_case(session, draft, today)
    rule = answer_rule(draft.procedure, draft.track)
    if answer_due is not None and rule is not None:
        session.flush()
        version = session.get_one(Case, key).version
        fix_period(session, key, rule, FixDraft(answer_due, "文书写明的期限", source), version)
    if previous_id is not None:
        session.flush()
        link_previous(session, key, previous_id, session.get_one(Case, key).version)
    return key


def update(session: Session, case_id: int, given: CaseUpdate, version: int, today: date) -> int:
    """Add to a case what a paper says, all in one act; return the case's key.

    Raises ``Conflict`` if the case was changed since ``version``, ``Invalid`` as the single acts do.
    """
    case = opened(session, Case, case_id, version, "这件案件")
    touch(case)
    if given.track is not None:
        case.track = given.track
    if given.court_id is not None:
        case.court_id = given.court_id
    if given.cause is not None:
        case.cause_text = given.cause.strip()
    session.flush()
    _set_days(session, case, given, today)
    if given.answer_due is not None and (rule := answer_rule(case.procedure, case.track)):
        fix_period(
            session,
            case_id,
            rule,
            FixDraft(given.answer_due, "文书写明的期限", given.answer_source),
            _now(session, case),
        )
    if given.outcome is not None:
        decided = given.judged_on or case.decided_on
        present = ResultDraft(
            given.outcome, case.effective_on, case.is_self_corrected, case.loss_cause, decided
        )
        record_result(session, case_id, present, _now(session, case), today)
    elif given.judged_on is not None:
        refuse(decided_problems(given.judged_on, case.effective_on, today))
        case.decided_on = given.judged_on
    if given.previous_id is not None:
        link_previous(session, case_id, given.previous_id, _now(session, case))
    session.flush()
    return case_id


def _set_days(session: Session, case: Case, given: CaseUpdate, today: date) -> None:
    """Enter the days as steps of the case: the first of its kind is corrected, what is not there yet is added."""
    served = served_as(case.procedure, is_ruling=given.is_ruling)
    steps = [
        (EventKind.FILED, given.filed_on),
        (RECEIPT_OF[case.procedure], given.received_on),
        (served, given.served_on),
        (EventKind.APPEALED, given.appealed_on),
    ]
    for kind, on in steps:
        if on is None:
            continue
        event = _first(session, case, kind)
        draft = (
            EventDraft(kind, on, at_time=event.at_time, note=event.note) if event else EventDraft(kind, on)
        )
        _enter(session, case, event, draft, today)
    if given.hearing_on is not None or given.hearing_time is not None or given.hearing_place is not None:
        event = None if given.adds_hearing else _last_hearing(session, case)
        on = given.hearing_on or (event.on_date if event else None)
        kind = event.kind if event else _heard(case.procedure)
        draft = EventDraft(
            kind,
            on,
            at_time=given.hearing_time if given.hearing_time is not None else event.at_time if event else "",
            note=given.hearing_place if given.hearing_place is not None else event.note if event else "",
        )
        _enter(session, case, event, draft, today)


def _enter(session: Session, case: Case, event: Event | None, draft: EventDraft, today: date) -> None:
    if event is None:
        record_event(session, case.id, draft, _now(session, case), today)
    else:
        kept = replace(
            draft,
            sent_on=event.sent_on,
            send_method=event.send_method,
            evidence=event.evidence,
            party_id=event.party_id,
        )
        change_event(session, event.id, kept, _now(session, case), today)
    session.flush()


def _now(session: Session, case: Case) -> int:
    session.flush()
    return case.version


def _first(session: Session, case: Case, kind: EventKind) -> Event | None:
    query = (
        select(Event)
        .where(Event.case_id == case.id, Event.kind == kind, Event.party_id.is_(None))
        .order_by(Event.on_date, Event.id)
    )
    return session.scalars(query).first()


def _last_hearing(session: Session, case: Case) -> Event | None:
    query = select(Event).where(Event.case_id == case.id, Event.kind.in_(HEARD))
    return session.scalars(query.order_by(Event.on_date.desc(), Event.id.desc())).first()


def _heard(procedure: Procedure) -> EventKind:
    return EventKind.INQUIRY if procedure is Procedure.RECONSIDERATION else EventKind.HEARING
