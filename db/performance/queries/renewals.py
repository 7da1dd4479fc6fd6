"""Whose term ends, with what speaks for another: the records of the whole term."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.assignment import Assignment
from db.models.case import Case
from db.models.service import Assessment, Service
from db.office.queries.settings import load_settings
from db.roster.queries.attended import attended_counts
from db.roster.queries.roster import RosterRow, roster
from db.roster.rules.lawyers import Standing
from db.services.rules.services import REVIEWS, renewal_advice
from db.words.assignment import EndKind
from db.words.service import Grade, ServiceKind


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """A lawyer whose term ends soon, with what he did in it; ``grades`` are the latest first."""

    row: RosterRow
    served: int
    consultations: int
    reviews: int
    grades: tuple[tuple[int, Grade], ...]

    @property
    def advice(self) -> str:
        """What the figures suggest; empty where they suggest nothing."""
        return renewal_advice(
            self.grades[0][1] if self.grades else None, self.served + self.consultations + self.reviews
        )


def renewals(session: Session, day: date) -> list[RenewalRow]:
    """Return the lawyers whose terms end within the office's early warning, the first to end first."""
    soon = load_settings(session).term_early_days
    rows = [
        r
        for r in roster(session, day, sort="term_to")
        if r.standing in {Standing.SERVING, Standing.SUSPENDED}
        and r.days_left is not None
        and r.days_left <= soon
    ]
    keys = [row.key for row in rows]
    grades: dict[int, list[tuple[int, Grade]]] = {key: [] for key in keys}
    for a in session.scalars(
        select(Assessment).where(Assessment.lawyer_id.in_(keys)).order_by(Assessment.year.desc())
    ):
        grades[a.lawyer_id].append((a.year, a.grade))
    return [
        RenewalRow(
            row=row,
            served=_assigned_in_term(session, row, day),
            consultations=_services_in_term(session, row, day, frozenset({ServiceKind.CONSULTATION}))
            + attended_counts(session, [row.key], row.term_from or day, day).get(row.key, 0),
            reviews=_services_in_term(session, row, day, REVIEWS),
            grades=tuple(grades[row.key]),
        )
        for row in rows
    ]


def _assigned_in_term(session: Session, row: RosterRow, day: date) -> int:
    query = (
        select(func.count(Assignment.id))
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.lawyer_id == row.key, Case.removed_at.is_(None))
        .where(Assignment.assigned_on.between(row.term_from, day))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
    )
    return session.scalar(query) or 0


def _services_in_term(session: Session, row: RosterRow, day: date, kinds: frozenset[ServiceKind]) -> int:
    query = (
        select(func.count(Service.id))
        .where(Service.lawyer_id == row.key, Service.removed_at.is_(None), Service.kind.in_(kinds))
        .where(Service.on_date.between(row.term_from, day))
    )
    return session.scalar(query) or 0
