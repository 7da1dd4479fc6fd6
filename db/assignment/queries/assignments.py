"""Reading assignments for reports and exports: one row for each lawyer in each case (人次)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.cases.queries.cases import cause_title
from db.cases.queries.disputes import results_of
from db.cases.state import called, case_periods, load_calendar
from db.law.disputes import Dispute, result_for
from db.law.outcomes import ResultGroup
from db.law.periods import Period, answer_period
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case, Party
from db.models.lawyer import Lawyer
from db.words.assignment import EndKind, Mandate, Role
from db.words.case import Attendance, Outcome, Procedure


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One assignment; ``is_running`` as of the day the rows were asked for, ``result`` of one that is over."""

    key: int
    case_id: int
    number: str
    agency: str
    plaintiffs: str
    cause: str
    court: str
    procedure: Procedure
    received_on: date | None
    answer_due_on: date | None
    recommended: tuple[str, ...]
    lawyer: str
    lawyer_order: str
    firm: str
    firm_short: str
    role: Role
    mandate: Mandate
    assigned_on: date
    hearing_on: date | None
    attendance: Attendance
    outcome: Outcome | None
    result: ResultGroup | None
    is_running: bool
    end_kind: EndKind | None
    reason: str


def assignment_rows(session: Session, from_on: date, to_on: date) -> list[AssignmentRow]:
    """Return the assignments made from ``from_on`` to ``to_on``, both included; cancelled ones never count."""
    query = (
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.assigned_on.between(from_on, to_on), Case.removed_at.is_(None))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .options(
            selectinload(Assignment.case).selectinload(Case.events),
            selectinload(Assignment.case).selectinload(Case.court),
            selectinload(Assignment.case).selectinload(Case.cause),
            selectinload(Assignment.party).selectinload(Party.agency),
            selectinload(Assignment.lawyer),
            selectinload(Assignment.firm),
        )
        .order_by(Assignment.assigned_on, Assignment.case_id, Assignment.role, Assignment.id)
    )
    found = list(session.scalars(query))
    named = _recommended(session, [a.case_id for a in found])
    calendar, results = load_calendar(session), results_of(session, {a.case_id for a in found})
    return [
        _row(
            a,
            named[a.party_id],
            answer_period(case_periods(a.case, calendar), a.party_id),
            results[a.case_id],
            to_on,
        )
        for a in found
    ]


def _row(
    a: Assignment, named: list[str], answer: Period | None, dispute: Dispute, day: date
) -> AssignmentRow:
    case = a.case
    is_running = a.ended_on is None or a.ended_on > day
    was_replaced = a.end_kind is EndKind.REPLACED
    return AssignmentRow(
        key=a.id,
        case_id=case.id,
        number=case.number or "（未编号）",
        agency=called(a.party, case),
        plaintiffs=case.plaintiffs,
        cause=cause_title(case),
        court=case.court.short_name if case.court else "",
        procedure=case.procedure,
        received_on=case.received_on,
        answer_due_on=answer.due if answer else None,
        recommended=tuple(dict.fromkeys(named)),
        lawyer=a.lawyer.name,
        lawyer_order=a.lawyer.sort_key,
        firm=a.firm.name if a.firm else "",
        firm_short=a.firm.short_name if a.firm else "",
        role=a.role,
        mandate=a.mandate,
        assigned_on=a.assigned_on,
        hearing_on=case.hearing_on,
        attendance=case.attendance,
        outcome=case.outcome,
        result=None if is_running else result_for(dispute, a.party.role, was_replaced=was_replaced),
        is_running=is_running,
        end_kind=a.end_kind,
        reason=a.reason,
    )


def _recommended(session: Session, case_ids: list[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    query = (
        select(Recommendation.party_id, Lawyer.name)
        .join(Lawyer, Lawyer.id == Recommendation.lawyer_id)
        .where(Recommendation.case_id.in_(case_ids))
        .order_by(Recommendation.id)
    )
    for party_id, name in session.execute(query):
        found[party_id].append(name)
    return found
