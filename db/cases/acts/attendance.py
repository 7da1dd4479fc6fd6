"""Arranging who of the agency attends a hearing, and recording who came."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db.cases.rules.attendance import PlanDraft, attendance_of, plan_problems
from db.errors import UserError
from db.journal import touch
from db.models.assignment import Assignment
from db.models.case import AttendancePlan, Case, Event, Party
from db.office.acts.common import opened, refuse
from db.words.case import AgentKind, EventKind, Side


def save_plan(session: Session, event_id: int, draft: PlanDraft, version: int, today: date) -> int:
    """Keep the attendance plan of a hearing (``event_id``); ``version`` is the case's. Return the plan's key.

    Refused with ``Invalid``: lawyers alone (适用解释第一百二十八条), an absence without a reason.
    """
    event = session.get(Event, event_id)
    if event is None or event.kind not in {EventKind.HEARING, EventKind.INQUIRY}:
        raise UserError("这次开庭已被其他人删去。请刷新后再看。")
    case = opened(session, Case, event.case_id, version, "这件案件")
    lawyers, staff = acting(session, case.id)
    refuse(plan_problems(draft, lawyers, staff, event.on_date, today))
    plan = session.scalars(select(AttendancePlan).where(AttendancePlan.event_id == event_id)).one_or_none()
    if plan is None:
        plan = AttendancePlan(event_id=event_id)
        session.add(plan)
    plan.attends, plan.attended = draft.attends, draft.attended
    plan.head, plan.post, plan.head_kind = draft.head.strip(), draft.post.strip(), draft.head_kind
    plan.absence, plan.absence_note = draft.absence, draft.absence_note.strip()
    plan.papers_on, plan.note = draft.papers_on, draft.note.strip()
    plan.staff = "、".join(name.strip() for name in draft.staff if name.strip())
    case.attendance = attendance_of(draft)
    touch(case)
    session.flush()
    return plan.id


def acting(session: Session, case_id: int) -> tuple[int, frozenset[str]]:
    """Return how many lawyers act for the defendant with most of them, and the names of its own staff."""
    found = [(0, frozenset[str]())]
    parties = select(Party).where(Party.case_id == case_id, Party.side == Side.DEFENDANT)
    for party in session.scalars(parties.options(selectinload(Party.agents))):
        pool = select(func.count()).where(Assignment.party_id == party.id, Assignment.ended_on.is_(None))
        own = [a for a in party.agents if a.kind is AgentKind.LAWYER]
        staff = frozenset(a.name for a in party.agents if a.kind is AgentKind.STAFF)
        found.append(((session.scalar(pool) or 0) + len(own), staff))
    return max(found, key=lambda acts: acts[0] + len(acts[1]))
