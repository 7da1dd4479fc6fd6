"""What agencies said of a lawyer's work in an assignment."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.models.assignment import Assignment
from db.models.case import Case
from db.models.service import Rating
from db.words.assignment import EndKind


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One rating, or a served assignment that still has none (``score`` is ``None``)."""

    assignment_id: int
    case_id: int
    number: str
    agency: str
    score: int | None
    rated_on: date | None
    by: str
    comment: str
    version: int = field(default=0, compare=False)


def rating_lines(session: Session, lawyer_id: int) -> list[RatingLine]:
    """Return the ratings of a lawyer, the latest first, after the served assignments that wait for one."""
    query = (
        select(Assignment, Rating)
        .join(Case, Case.id == Assignment.case_id)
        .outerjoin(Rating, Rating.assignment_id == Assignment.id)
        .where(Assignment.lawyer_id == lawyer_id, Case.removed_at.is_(None))
        .where(Rating.id.is_not(None) | (Assignment.end_kind == EndKind.SERVED))
        .options(selectinload(Assignment.case), selectinload(Assignment.party))
        .order_by(Rating.rated_on.desc(), Assignment.ended_on.desc(), Assignment.id.desc())
    )
    lines = [rating_line(a, r) for a, r in session.execute(query)]
    return sorted(lines, key=lambda line: line.score is not None)


def rating_line(a: Assignment, r: Rating | None) -> RatingLine:
    """Return an assignment with its rating, if it has one."""
    return RatingLine(
        assignment_id=a.id,
        case_id=a.case_id,
        number=a.case.number or "（未编号）",
        agency=a.party.name,
        score=r.score if r else None,
        rated_on=r.rated_on if r else None,
        by=r.by if r else "",
        comment=r.comment if r else "",
        version=r.version if r else 0,
    )
