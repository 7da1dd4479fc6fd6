"""Recording services, answers to recommendations, agencies' ratings and yearly assessments."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import UserError
from db.journal import note, touch
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case
from db.models.lawyer import Lawyer
from db.models.service import Assessment, Rating, Service
from db.office.acts.common import opened, refuse, remove, restore, unchanged
from db.office.acts.warnings import keep_first_warnings, keep_warnings
from db.services.queries.people import servings
from db.services.rules.services import (
    AnswerDraft,
    AssessmentDraft,
    RatingDraft,
    ServiceDraft,
    answer_problems,
    assessment_problems,
    rating_problems,
    service_problems,
)


def record_services(session: Session, drafts: Sequence[ServiceDraft], today: date) -> list[int]:
    """Enter services, many at once if wanted; return their keys. Raises ``Invalid``, then none is entered."""
    judged = [
        service_problems(draft, today, serving)
        for draft, serving in zip(drafts, servings(session, drafts), strict=True)
    ]
    refuse([problem for problems in judged for problem in problems])
    entered = [Service() for _ in drafts]
    for service, draft in zip(entered, drafts, strict=True):
        _fill(service, draft, today)
    session.add_all(entered)
    session.flush()
    keys = [service.id for service in entered]
    keep_first_warnings(session, "service", zip(keys, judged, strict=True), today)
    return keys


def save_service(session: Session, draft: ServiceDraft, today: date, key: int | None = None) -> int:
    """Enter a service, or change the one with ``key``; return the key."""
    if key is None:
        return record_services(session, [draft], today)[0]
    problems = service_problems(draft, today, servings(session, [draft])[0])
    refuse(problems)
    service = opened(session, Service, key, draft.version, "这条服务记录")
    _fill(service, draft, today)
    session.flush()
    keep_warnings(session, "service", service.id, problems, today)
    return service.id


def _fill(service: Service, draft: ServiceDraft, today: date) -> None:
    service.kind, service.on_date = draft.kind, draft.on_date or today
    service.lawyer_id, service.agency_id, service.case_id = draft.lawyer_id, draft.agency_id, draft.case_id
    service.public_lawyer_id = draft.public_lawyer_id
    service.internal_adviser_id = draft.internal_adviser_id
    service.person = draft.person.strip()
    service.matter, service.result, service.hours = draft.matter.strip(), draft.result.strip(), draft.hours


def remove_services(session: Session, keys: Iterable[int]) -> None:
    """Move services to the recycle bin."""
    remove(session, Service, keys)


def restore_service(session: Session, key: int) -> None:
    """Bring a service back from the recycle bin."""
    restore(session, Service, key)


def answer_recommendation(session: Session, key: int, draft: AnswerDraft) -> None:
    """Note what became of a recommendation: declined, not chosen, or chosen. Raises ``Invalid`` or ``Conflict``."""
    recommendation = session.get(Recommendation, key)
    if recommendation is None:
        raise UserError("这项推荐已被撤销。请刷新后再看。")
    refuse(answer_problems(draft, recommendation.recommended_on))
    unchanged(session, recommendation, draft.version, "这项推荐的答复")
    recommendation.answer, recommendation.answered_on = draft.answer, draft.on
    recommendation.answer_reason = draft.reason.strip()
    if case := session.get(Case, recommendation.case_id):
        touch(case)


def rate(session: Session, assignment_id: int, draft: RatingDraft, today: date) -> None:
    """Keep the agency's rating of an assignment; a second one corrects the first. Raises ``Invalid`` or ``Conflict``."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise UserError("这项分派已被撤销。请刷新后再看。")
    refuse(rating_problems(draft, today))
    rating = session.scalars(select(Rating).where(Rating.assignment_id == assignment_id)).one_or_none()
    unchanged(session, rating, draft.version, "这项评价")
    if rating is None:
        rating = Rating(assignment_id=assignment_id)
        session.add(rating)
    rating.score, rating.rated_on = draft.score or 0, draft.rated_on or today
    rating.by, rating.comment = draft.by.strip(), draft.comment.strip()
    if lawyer := session.get(Lawyer, assignment.lawyer_id):
        touch(lawyer)


def assess(session: Session, draft: AssessmentDraft, today: date) -> int:
    """Keep the bureau's grade and opinion of a lawyer's year; a second one corrects the first. Return its key."""
    problems = assessment_problems(draft, today)
    refuse(problems)
    lawyer = session.get(Lawyer, draft.lawyer_id)
    if lawyer is None or draft.grade is None:
        raise UserError("这位顾问已不在名册中。请刷新后再看。")
    query = select(Assessment).where(Assessment.lawyer_id == draft.lawyer_id, Assessment.year == draft.year)
    assessment = session.scalars(query).one_or_none()
    unchanged(session, assessment, draft.version, f"{draft.year} 年度考核")
    if assessment is None:
        assessment = Assessment(lawyer_id=draft.lawyer_id, year=draft.year)
        session.add(assessment)
    assessment.grade, assessment.opinion = draft.grade, draft.opinion.strip()
    assessment.assessed_on, assessment.assessor = draft.assessed_on or today, draft.assessor.strip()
    touch(lawyer)
    session.flush()
    keep_warnings(session, "assessment", assessment.id, problems, today)
    return assessment.id


def reveal(session: Session, key: int, what: str) -> str:
    """Return a lawyer's full phone or id number (``what`` is the field), and write down that it was shown.

    The showing stands in the journal (个人信息保护法: only as far as the work needs) and cannot be undone.
    """
    lawyer = session.get(Lawyer, key)
    if lawyer is None or what not in {"phone", "id_number"}:
        raise UserError("这位顾问已不在名册中。请刷新后再看。")
    session.info["undoable"] = False
    note(session)
    return str(getattr(lawyer, what))
