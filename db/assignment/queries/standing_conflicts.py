"""Reading which running assignments have become conflicts, and since when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.assignment import Assignment
from db.models.case import Case
from db.models.derived import AssignmentConflict
from db.models.lawyer import Lawyer
from db.words.assignment import Severity


@dataclass(frozen=True, slots=True)
class StandingConflict:
    """One thing that speaks against a running assignment by today's facts."""

    assignment_id: int
    case_id: int
    lawyer_id: int
    lawyer: str
    number: str
    parties: str
    rule: str
    severity: Severity
    article: str
    sentence: str
    since: date


def standing_conflicts(session: Session, case_id: int | None = None) -> list[StandingConflict]:
    """Return what speaks against running assignments, of one case or of all, the oldest first."""
    query = (
        select(AssignmentConflict, Assignment, Case, Lawyer.name)
        .join(Assignment, Assignment.id == AssignmentConflict.assignment_id)
        .join(Case, Case.id == Assignment.case_id)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Assignment.ended_on.is_(None), Case.removed_at.is_(None), Case.is_open)
        .order_by(AssignmentConflict.since, AssignmentConflict.id)
    )
    if case_id is not None:
        query = query.where(Case.id == case_id)
    return [
        StandingConflict(
            assignment_id=assignment.id,
            case_id=case.id,
            lawyer_id=assignment.lawyer_id,
            lawyer=lawyer,
            number=case.number or "（未编号）",
            parties=f"{case.plaintiffs} 诉 {case.defendants}",
            rule=conflict.rule,
            severity=conflict.severity,
            article=conflict.article,
            sentence=conflict.sentence,
            since=conflict.since,
        )
        for conflict, assignment, case, lawyer in session.execute(query)
    ]
