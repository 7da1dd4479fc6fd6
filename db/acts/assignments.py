"""Assigning pool lawyers to a case, and ending that. Every act runs inside its caller's transaction."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.acts.common import opened, refuse
from db.errors import Invalid, Problem, UserError
from db.journal import touch
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case, PartyAgent
from db.queries.candidates import Candidate, everybody
from db.rules.assignments import AssignmentDraft, EndDraft, assignment_problems, end_problems
from db.rules.conflicts import Severity


def assign(session: Session, draft: AssignmentDraft, today: date) -> list[int]:
    """Record who was recommended and who acts; return the assignments' keys.

    Refused with ``Invalid``: a third agent of one party (行政诉讼法第三十一条), a lawyer whom a rule blocks
    on that day. Refused with ``Conflict``: the case was changed meanwhile.
    """
    case = opened(session, Case, draft.case_id, draft.version, "这件案件")
    refuse(assignment_problems(draft, acting_agents(session, draft.party_id)))
    on_date = draft.assigned_on or today
    by_id = {c.lawyer_id: c for c in everybody(session, draft.case_id, draft.party_id, on_date)}
    if any(choice.lawyer_id not in by_id for choice in draft.choices):
        raise UserError("所选顾问已移入回收站，没有分派。请重新选择。")
    _refuse_blocked([by_id[c.lawyer_id] for c in draft.choices])
    touch(case)
    made = [
        Assignment(
            case_id=draft.case_id,
            party_id=draft.party_id,
            lawyer_id=choice.lawyer_id,
            firm_id=by_id[choice.lawyer_id].firm_id,
            role=choice.role,
            mandate=draft.mandate,
            assigned_on=on_date,
            reason=draft.reason.strip(),
        )
        for choice in draft.choices
    ]
    session.add_all(made)
    _recommend(session, draft, on_date)
    session.flush()
    return [assignment.id for assignment in made]


def end_assignment(session: Session, key: int, draft: EndDraft) -> None:
    """End a running assignment (办结, 更换 or 撤销) with its reason."""
    assignment = session.get(Assignment, key)
    if assignment is None or assignment.ended_on is not None:
        raise UserError("这项分派已经结束。请刷新后再看。")
    refuse(end_problems(draft, assignment.assigned_on))
    assignment.ended_on = draft.ended_on
    assignment.end_kind = draft.kind
    assignment.end_reason = draft.reason.strip()
    if case := session.get(Case, assignment.case_id):
        touch(case)


def acting_agents(session: Session, party_id: int) -> int:
    """Count those who act for a party now: pool lawyers and the party's own agents together."""
    pool = select(func.count()).where(Assignment.party_id == party_id, Assignment.ended_on.is_(None))
    own = select(func.count()).where(PartyAgent.party_id == party_id)
    return (session.scalar(pool) or 0) + (session.scalar(own) or 0)


def _refuse_blocked(chosen: Sequence[Candidate]) -> None:
    problems = [
        Problem("choices", f"{candidate.name}：{finding.sentence}")
        for candidate in chosen
        for finding in candidate.findings
        if finding.severity is Severity.BLOCK
    ]
    if problems:
        raise Invalid(problems)


def _recommend(session: Session, draft: AssignmentDraft, on_date: date) -> None:
    named = [*(c.lawyer_id for c in draft.choices), *draft.alternates]
    for place, lawyer_id in enumerate(dict.fromkeys(named)):
        session.add(
            Recommendation(
                case_id=draft.case_id,
                party_id=draft.party_id,
                lawyer_id=lawyer_id,
                place=place,
                recommended_on=on_date,
            )
        )
