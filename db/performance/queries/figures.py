"""What a lawyer did in a year, computed from the records of work and never typed; each figure knows its records."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.queries.disputes import results_of
from db.consultations.queries.consulted import Consulted, consulted
from db.law.disputes import result_for
from db.law.outcomes import ResultGroup
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case, Party
from db.models.service import Assessment, Rating, Service
from db.words.assignment import Answer, EndKind, Role
from db.words.service import Grade, ServiceKind


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a year: the records that it counts are ``keys`` in ``table``; ``mean`` where it is an average.

    ``members`` are counted besides: the members (``consultation_member``) that the lawyer was in consultations.
    """

    key: str
    title: str
    table: str
    keys: tuple[int, ...]
    mean: float | None = None
    members: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self.keys) + len(self.members)


@dataclass(frozen=True, slots=True)
class YearRecord:
    """A lawyer's year: figures by their key, in the order in which the sheet shows them."""

    lawyer_id: int
    year: int
    figures: tuple[Figure, ...]
    grade: Grade | None
    opinion: str
    assessed_on: date | None
    assessor: str
    version: int = field(default=0, compare=False)

    def figure(self, key: str) -> Figure:
        """Return the figure with this key."""
        return next(f for f in self.figures if f.key == key)


def year_record(session: Session, lawyer_id: int, year: int, today: date) -> YearRecord:
    """Return the figures of a lawyer's year and the bureau's assessment of it; a running year counts until today."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), max(today, date(year, 1, 1)))
    assessment = session.scalars(
        select(Assessment).where(Assessment.lawyer_id == lawyer_id, Assessment.year == year)
    ).one_or_none()
    share = consulted(session, lawyer_id, first, last)
    figures = (
        *_case_figures(session, lawyer_id, first, last),
        *_service_figures(session, lawyer_id, first, last, share),
        *_consultation_figures(share),
        *_answer_figures(session, lawyer_id, first, last),
        _rating_figure(session, lawyer_id, first, last),
    )
    return YearRecord(
        lawyer_id=lawyer_id,
        year=year,
        figures=figures,
        grade=assessment.grade if assessment else None,
        opinion=assessment.opinion if assessment else "",
        assessed_on=assessment.assessed_on if assessment else None,
        assessor=assessment.assessor if assessment else "",
        version=assessment.version if assessment else 0,
    )


def _case_figures(session: Session, lawyer_id: int, first: date, last: date) -> list[Figure]:
    query = (
        select(Assignment, Case.closed_on, Party.role)
        .join(Party, Party.id == Assignment.party_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.lawyer_id == lawyer_id, Case.removed_at.is_(None))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .order_by(Assignment.assigned_on, Assignment.id)
    )
    found = session.execute(query).all()
    new = [a for a, _, _ in found if first <= a.assigned_on <= last]
    over = [
        (a, role)
        for a, closed_on, role in found
        if closed_on and first <= closed_on <= last and a.end_kind is not EndKind.REPLACED
    ]
    results = results_of(session, {a.case_id for a, _ in over})
    closed = [(a.id, result_for(results[a.case_id], role)) for a, role in over]
    return [
        Figure("lead", "主办案件", "assignment", tuple(a.id for a in new if a.role is Role.LEAD)),
        Figure("assist", "协办案件", "assignment", tuple(a.id for a in new if a.role is not Role.LEAD)),
        Figure("closed", "办结案件", "assignment", tuple(key for key, _ in closed)),
        *(
            Figure(
                f"result:{group.value}",
                f"办结：{group.value}",
                "assignment",
                tuple(key for key, g in closed if g is group),
            )
            for group in ResultGroup
        ),
    ]


def _service_figures(
    session: Session, lawyer_id: int, first: date, last: date, share: Consulted
) -> list[Figure]:
    query = (
        select(Service.id, Service.kind)
        .where(Service.lawyer_id == lawyer_id, Service.removed_at.is_(None))
        .where(Service.on_date.between(first, last))
        .order_by(Service.on_date, Service.id)
    )
    found = session.execute(query).all()
    return [
        Figure(
            f"service:{kind.value}",
            kind.value,
            "service",
            tuple(key for key, its_kind in found if its_kind is kind),
            members=share.attended if kind is ServiceKind.CONSULTATION else (),
        )
        for kind in ServiceKind
    ]


def _consultation_figures(share: Consulted) -> list[Figure]:
    """What the lawyer said in consultations, what the agencies did with it, and whether the result agreed."""
    return [
        Figure("opinions", "研判意见", "consultation_opinion", share.opinions),
        *(
            Figure(f"adopted:{a.value}", f"意见{a.value}", "consultation_member", keys)
            for a, keys in share.adopted.items()
        ),
        Figure("agreed", "研判与结果相符", "consultation_member", share.agreed),
        Figure("disagreed", "研判与结果不符", "consultation_member", share.disagreed),
    ]


def _answer_figures(session: Session, lawyer_id: int, first: date, last: date) -> list[Figure]:
    query = (
        select(Recommendation.id, Recommendation.answer)
        .join(Case, Case.id == Recommendation.case_id)
        .where(Recommendation.lawyer_id == lawyer_id, Case.removed_at.is_(None))
        .where(Recommendation.answered_on.between(first, last))
        .order_by(Recommendation.answered_on, Recommendation.id)
    )
    found = session.execute(query).all()
    return [
        Figure(key, title, "recommendation", tuple(k for k, answer in found if answer is wanted))
        for key, title, wanted in (
            ("declined", "婉拒", Answer.DECLINED),
            ("not_chosen", "单位未选", Answer.NOT_CHOSEN),
        )
    ]


def _rating_figure(session: Session, lawyer_id: int, first: date, last: date) -> Figure:
    query = (
        select(Rating.id, Rating.score)
        .join(Assignment, Assignment.id == Rating.assignment_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.lawyer_id == lawyer_id, Case.removed_at.is_(None))
        .where(Rating.rated_on.between(first, last))
        .order_by(Rating.rated_on, Rating.id)
    )
    found = session.execute(query).all()
    mean = sum(score for _, score in found) / len(found) if found else None
    return Figure("ratings", "单位评价", "rating", tuple(key for key, _ in found), mean)
