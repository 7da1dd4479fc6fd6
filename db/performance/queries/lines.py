"""The records behind the figures of a year, and the latest ones, as lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from db.consultations.queries.consulted import attended_members
from db.consultations.rules.consultations import gravest_stance, highest_risk
from db.models.assignment import Assignment, Recommendation
from db.models.consultation import Member, Opinion
from db.models.service import Rating, Service
from db.performance.queries.figures import Figure, YearRecord
from db.words.assignment import Answer
from db.words.service import ServiceKind


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record behind a figure, as lists show it; ``case_id`` leads to its case, ``consultation_id`` there.

    ``key`` is that of the row in ``table``.
    """

    key: int
    on: date
    title: str
    caption: str
    case_id: int | None
    table: str = "service"
    consultation_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseOfYear:
    """A case as the yearly sheet lists it."""

    number: str
    parties: str
    role: str
    result: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A lawyer named to the agency of a case, and what became of it; ``answer`` is ``None`` while nobody has said."""

    key: int
    party_id: int
    name: str
    recommended_on: date
    answer: Answer | None
    answered_on: date | None
    reason: str
    version: int = field(default=0, compare=False)


def figure_records(session: Session, figure: Figure) -> list[RecordLine]:
    """Return exactly the records that a figure counts, the latest first."""
    lines = [
        _LINES[table](row)
        for table, keys in ((figure.table, figure.keys), ("consultation_member", figure.members))
        for row in session.scalars(_QUERIES[table](keys))
    ]
    return sorted(lines, key=lambda line: (line.on, line.key), reverse=True)


def consultation_lines(session: Session, lawyer_id: int, limit: int = 50) -> list[RecordLine]:
    """Return the consultations of a lawyer, held here or entered by hand, the latest first."""
    typed = _latest(session, lawyer_id, limit, Service.kind == ServiceKind.CONSULTATION)
    members = session.scalars(_members(attended_members(session, lawyer_id, limit)))
    lines = [*typed, *(_member_line(m) for m in members)]
    return sorted(lines, key=lambda line: (line.on, line.key), reverse=True)[:limit]


def service_lines(session: Session, lawyer_id: int, limit: int = 50) -> list[RecordLine]:
    """Return all other services of a lawyer, the latest first."""
    return _latest(session, lawyer_id, limit, Service.kind != ServiceKind.CONSULTATION)


def recommendation_lines(session: Session, case_id: int) -> list[RecommendationLine]:
    """Return who was recommended in a case, in order, those without an answer first."""
    query = (
        select(Recommendation)
        .where(Recommendation.case_id == case_id)
        .options(selectinload(Recommendation.lawyer))
        .order_by(Recommendation.recommended_on.desc(), Recommendation.place, Recommendation.id)
    )
    lines = [
        RecommendationLine(
            r.id,
            r.party_id,
            r.lawyer.name,
            r.recommended_on,
            r.answer,
            r.answered_on,
            r.answer_reason,
            r.version,
        )
        for r in session.scalars(query)
    ]
    return sorted(lines, key=lambda line: line.answer is not None)


def case_lines(session: Session, record: YearRecord) -> list[CaseOfYear]:
    """Return the cases that a year's record counts as led or assisted, in the order of their assignment."""
    keys = (*record.figure("lead").keys, *record.figure("assist").keys)
    query = _assignments(keys).order_by(Assignment.assigned_on, Assignment.id)
    return [
        CaseOfYear(
            number=a.case.number or "（未编号）",
            parties=f"{a.case.plaintiffs} 诉 {a.case.defendants}",
            role=a.role.value,
            result=a.case.outcome.value if a.case.outcome else "在办",
        )
        for a in session.scalars(query)
    ]


def decline_reasons(session: Session, record: YearRecord) -> list[str]:
    """Return the reasons of a year's declines, one for each."""
    query = select(Recommendation.answer_reason).where(Recommendation.id.in_(record.figure("declined").keys))
    return list(session.scalars(query.order_by(Recommendation.id)))


def _latest(session: Session, lawyer_id: int, limit: int, condition: Any) -> list[RecordLine]:
    query = (
        select(Service)
        .where(Service.lawyer_id == lawyer_id, Service.removed_at.is_(None), condition)
        .options(selectinload(Service.agency))
        .order_by(Service.on_date.desc(), Service.id.desc())
        .limit(limit)
    )
    return [_service_line(s) for s in session.scalars(query)]


def _assignment_line(a: Assignment) -> RecordLine:
    outcome = a.case.outcome.value if a.case.outcome else "在办"
    return RecordLine(
        a.id,
        a.assigned_on,
        f"{a.case.number or '（未编号）'}　{a.case.plaintiffs} 诉 {a.case.defendants}",
        f"{a.role.value}，{a.assigned_on} 分派，{outcome}",
        a.case_id,
        "assignment",
    )


def _service_line(s: Service) -> RecordLine:
    where = s.agency.called_on(s.on_date).short_name if s.agency else ""
    parts = [s.kind.value, where, s.result, f"{s.hours:g} 小时" if s.hours else ""]
    return RecordLine(s.id, s.on_date, s.matter, "，".join(p for p in parts if p), s.case_id)


def _recommendation_line(r: Recommendation) -> RecordLine:
    answer = r.answer.value if r.answer else ""
    return RecordLine(
        r.id,
        r.answered_on or r.recommended_on,
        f"{r.case.number or '（未编号）'}　{r.case.plaintiffs} 诉 {r.case.defendants}",
        f"{answer}：{r.answer_reason}" if r.answer_reason else answer,
        r.case_id,
        "recommendation",
    )


def _rating_line(r: Rating) -> RecordLine:
    a = r.assignment
    return RecordLine(
        r.id,
        r.rated_on,
        f"{a.case.number or '（未编号）'}　{a.party.name}",
        "，".join(p for p in (f"{r.score} 分", r.comment, r.by) if p),
        a.case_id,
        "rating",
    )


def _member_line(m: Member) -> RecordLine:
    c = m.consultation
    stance = gravest_stance(o.stance for o in m.opinions)
    risk = highest_risk(o.risk for o in m.opinions)
    parts = (
        c.number,
        m.origin.value,
        stance.value if stance else "未发表意见",
        f"风险 {risk.value}" if risk else "",
        f"单位{m.adoption.value}" if m.adoption else "",
    )
    return RecordLine(
        m.id,
        c.held_on or date.min,
        c.topic,
        "，".join(part for part in parts if part),
        None,
        "consultation_member",
        c.id,
    )


def _opinion_line(o: Opinion) -> RecordLine:
    c = o.member.consultation
    parts = (c.number, o.question.text if o.question else "总体意见", o.stance.value, o.text)
    caption = "，".join(part for part in parts if part)
    return RecordLine(o.id, c.held_on or date.min, c.topic, caption, None, "consultation_opinion", c.id)


def _assignments(keys: Sequence[int]) -> Select[Any]:
    return select(Assignment).where(Assignment.id.in_(keys)).options(selectinload(Assignment.case))


def _services(keys: Sequence[int]) -> Select[Any]:
    return select(Service).where(Service.id.in_(keys)).options(selectinload(Service.agency))


def _recommendations(keys: Sequence[int]) -> Select[Any]:
    return (
        select(Recommendation).where(Recommendation.id.in_(keys)).options(selectinload(Recommendation.case))
    )


def _rated(keys: Sequence[int]) -> Select[Any]:
    assignment = selectinload(Rating.assignment)
    return (
        select(Rating)
        .where(Rating.id.in_(keys))
        .options(assignment.selectinload(Assignment.case), assignment.selectinload(Assignment.party))
    )


def _members(keys: Sequence[int]) -> Select[Any]:
    options = (selectinload(Member.consultation), selectinload(Member.opinions))
    return select(Member).where(Member.id.in_(keys)).options(*options)


def _opinions(keys: Sequence[int]) -> Select[Any]:
    member = selectinload(Opinion.member).selectinload(Member.consultation)
    return select(Opinion).where(Opinion.id.in_(keys)).options(member, selectinload(Opinion.question))


_QUERIES = {
    "assignment": _assignments,
    "service": _services,
    "recommendation": _recommendations,
    "rating": _rated,
    "consultation_member": _members,
    "consultation_opinion": _opinions,
}


_LINES: dict[str, Any] = {
    "assignment": _assignment_line,
    "service": _service_line,
    "recommendation": _recommendation_line,
    "rating": _rating_line,
    "consultation_member": _member_line,
    "consultation_opinion": _opinion_line,
}
