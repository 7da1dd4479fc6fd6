"""The demo bureau's cases in depth: chains of instances, attendance, a date fixed by the court, a series, proofs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.acts.attendance import acting, save_plan
from db.cases.acts.cases import record_event, record_result, save_case
from db.cases.acts.chains import join_series, link_previous
from db.cases.acts.marks import fix_period
from db.cases.rules.attendance import PlanDraft
from db.cases.rules.cases import CaseDraft, EventDraft, PartyDraft, ResultDraft
from db.cases.rules.marks import FixDraft
from db.law.outcomes import RULES, ResultGroup
from db.models.case import Case, Event
from db.models.reference import Cause, Court, PracticeField
from db.words.case import (
    AbsenceReason,
    Attendance,
    Attends,
    DefendantRole,
    EventKind,
    HeadKind,
    LossCause,
    Outcome,
    PartyKind,
    Procedure,
    SendMethod,
    Side,
)

Data = Mapping[str, Any]
CHAINED = 6  # cases that the chains add to the bureau's
LOSSES = (LossCause.PROCEDURE, LossCause.FACTS, LossCause.LAW)
HEADS = (HeadKind.CHIEF, HeadKind.DEPUTY, HeadKind.DEPUTY_IN_CHARGE)


@dataclass(frozen=True, slots=True)
class _Instance:
    """One instance of a demo chain; days are before today, ``closed`` is empty while it runs."""

    procedure: Procedure
    number: str
    court: str
    filed: int
    closed: int | None = None
    outcome: Outcome | None = None


def proof_of_answer(at: int, on: date) -> EventDraft:
    """Return the step 提交答辩状和证据 of a demo case, every second one posted."""
    if at % 2:
        return EventDraft(
            EventKind.ANSWERED, on, send_method=SendMethod.DIRECT, evidence="法院诉讼服务中心收件回执"
        )
    return EventDraft(
        EventKind.ANSWERED,
        on,
        sent_on=on - timedelta(days=1),
        send_method=SendMethod.POST,
        evidence=f"示例邮件号 EX{1000 + at}",
    )


def fields_of(session: Session, words: str) -> tuple[str, ...]:
    """Return the fields of administration that a matter's words name, at most two."""
    names = session.scalars(select(PracticeField.name).order_by(PracticeField.place))
    return tuple(name for name in names if name[:2] in words)[:2]


def enter_chains(session: Session, data: Data, agencies: Mapping[str, int], today: date) -> None:
    """Enter two disputes: one lost in first instance and won on appeal, one that still runs on appeal."""
    year = today.year
    won = (
        _Instance(
            Procedure.RECONSIDERATION, f"柯政复〔{year - 1}〕12号", "", 420, 370, Outcome.RECONSIDERED_UPHELD
        ),
        _Instance(
            Procedure.FIRST_INSTANCE, f"（{year - 1}）浙0825行初907号", "浙0825", 350, 250, Outcome.REVOKED
        ),
        _Instance(
            Procedure.SECOND_INSTANCE, f"（{year}）浙08行终931号", "浙08", 220, 150, Outcome.WON_ON_APPEAL
        ),
    )
    running = (
        _Instance(
            Procedure.RECONSIDERATION, f"柯政复〔{year}〕7号", "", 260, 205, Outcome.RECONSIDERED_UPHELD
        ),
        _Instance(Procedure.FIRST_INSTANCE, f"（{year}）浙0825行初918号", "浙0825", 190, 40, Outcome.DUTY),
        _Instance(Procedure.SECOND_INSTANCE, f"（{year}）浙08行终944号", "浙08", 9),
    )
    for at, chain in enumerate((won, running)):
        previous: int | None = None
        for instance in chain:
            key = _enter_instance(session, data, agencies, instance, at, today)
            if previous is not None:
                link_previous(session, key, previous, _version(session, key))
            previous = key


def deepen(session: Session, data: Data, today: date) -> None:
    """Give the cases attendance plans, results with their causes, a fixed date and a series."""
    cases = session.scalars(select(Case).where(Case.removed_at.is_(None)).order_by(Case.id)).all()
    events = session.scalars(select(Event).where(Event.kind == EventKind.HEARING)).all()
    hearings = {event.case_id: event for event in events}
    for at, case in enumerate(cases):
        if case.id in hearings:
            _plan(session, case, hearings[case.id], data["heads"][at % len(data["heads"])], today)
        if case.outcome is not None:
            _result(session, case, at, today)
    received = select(Event.case_id).where(
        Event.kind == EventKind.RECEIVED_COMPLAINT,
        Event.on_date >= today - timedelta(days=14),
        Event.on_date <= today - timedelta(days=7),
    )
    fixed = session.scalars(select(Case).where(Case.id.in_(received)).order_by(Case.id.desc())).first()
    draft = FixDraft(today + timedelta(days=9), "人民法院依申请准予延长举证期限", "举证通知书")
    if fixed is not None:
        fix_period(session, fixed.id, "L02", draft, _version(session, fixed.id))
    alike = [case.id for case in cases if "征收" in case.cause_text or "征收" in case.act][:3]
    if len(alike) > 1:
        join_series(session, alike, "花园街道征收补偿系列案（示例）", "同一征收决定引起的案件，一并研判。")


def _enter_instance(
    session: Session, data: Data, agencies: Mapping[str, int], instance: _Instance, at: int, today: date
) -> int:
    in_court = instance.procedure is not Procedure.RECONSIDERATION
    filed = today - timedelta(days=instance.filed)
    defendants = [PartyDraft(Side.DEFENDANT, agency_id=agencies["区综合执法局"], role=DefendantRole.ORIGINAL)]
    if in_court:
        government = agencies["柯城区政府"]
        defendants.append(PartyDraft(Side.DEFENDANT, agency_id=government, role=DefendantRole.REVIEWER))
    draft = CaseDraft(
        number=instance.number,
        procedure=instance.procedure,
        court_id=session.scalar(select(Court.id).where(Court.code == instance.court)),
        cause_id=session.scalar(select(Cause.id).where(Cause.name == "行政处罚")),
        cause_text="违法建设处罚及行政复议" if in_court else "违法建设处罚",
        act="责令限期拆除违法建筑的处罚决定",
        act_on=today - timedelta(days=460 - at * 150),
        act_number=f"示例决字〔{(today - timedelta(days=460 - at * 150)).year}〕{21 + at}号",
        filed_on=filed,
        received_on=filed + timedelta(days=2),
        parties=(PartyDraft(Side.PLAINTIFF, data["plaintiffs"][at + 2], PartyKind.PERSON), *defendants),
        is_difficult=True,
        difficult_reason="复议维持后原机关与复议机关为共同被告，一、二审认识不一。",
        fields=("违建拆除", "行政复议"),
    )
    key = save_case(session, draft, today)
    if instance.closed is None or instance.outcome is None:
        return key
    _happen(session, key, proof_of_answer(at, filed + timedelta(days=11)), today)
    served = EventKind.JUDGMENT_SERVED if in_court else EventKind.DECISION_SERVED
    closed = today - timedelta(days=instance.closed)
    _happen(session, key, EventDraft(served, closed - timedelta(days=16)), today)
    _happen(session, key, EventDraft(EventKind.CLOSED, closed, outcome=instance.outcome), today)
    return key


def _happen(session: Session, key: int, draft: EventDraft, today: date) -> None:
    session.flush()
    record_event(session, key, draft, _version(session, key), today)


def _plan(session: Session, case: Case, hearing: Event, head: Sequence[str], today: date) -> None:
    name, post = head
    lawyers, _ = acting(session, case.id)
    kind = HEADS[hearing.id % len(HEADS)]
    is_over = hearing.on_date < today
    papers_on = min(hearing.on_date, today) - timedelta(days=3)
    if case.attendance is Attendance.PENDING:
        return
    if case.attendance is Attendance.EXCUSED and lawyers < 2:  # noqa: PLR2004 - beside two lawyers no staff can be sent
        plan = PlanDraft(
            Attends.NO,
            absence=AbsenceReason.DUTY,
            absence_note="参加防汛防台指挥调度",
            papers_on=papers_on,
            staff=("叶清扬",),
            attended=False if is_over else None,
        )
    else:
        plan = PlanDraft(
            Attends.YES, name, post, kind, papers_on=papers_on, attended=True if is_over else None
        )
    save_plan(session, hearing.id, plan, _version(session, case.id), today)


def _result(session: Session, case: Case, at: int, today: date) -> None:
    outcome = case.outcome
    if outcome is None:
        return
    is_lost = RULES[outcome].group is ResultGroup.LOST
    draft = ResultDraft(
        outcome,
        effective_on=case_closed_on(session, case.id)
        if case.procedure is not Procedure.RECONSIDERATION
        else None,
        loss_cause=LOSSES[at % len(LOSSES)] if is_lost else None,
    )
    record_result(session, case.id, draft, _version(session, case.id), today)


def case_closed_on(session: Session, case_id: int) -> date | None:
    """Return the day on which a case was closed; the derived column is filled only at the end of the act."""
    return session.scalar(
        select(Event.on_date).where(Event.case_id == case_id, Event.kind == EventKind.CLOSED)
    )


def _version(session: Session, key: int) -> int:
    session.flush()
    return session.get_one(Case, key).version
