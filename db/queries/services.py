"""What a lawyer did in a year, computed from the records of work and never typed; each figure knows its records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from db.models.assignment import Assignment, Recommendation
from db.models.case import Case, Party
from db.models.consultation import Member, Opinion
from db.models.service import Assessment, Rating, Service
from db.queries.consulted import Consulted, attended_counts, attended_members, consulted
from db.queries.disputes import results_of
from db.queries.roster import RosterRow, roster
from db.queries.settings import load_settings
from db.rules.consultations import gravest_stance, highest_risk
from db.rules.disputes import result_for
from db.rules.lawyers import Standing
from db.rules.outcomes import ResultGroup
from db.rules.services import REVIEWS, ServiceDraft, renewal_advice
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


def figure_records(session: Session, figure: Figure) -> list[RecordLine]:
    """Return exactly the records that a figure counts, the latest first."""
    lines = [
        _LINES[table](row)
        for table, keys in ((figure.table, figure.keys), ("consultation_member", figure.members))
        for row in session.scalars(_QUERIES[table](keys))
    ]
    return sorted(lines, key=lambda line: (line.on, line.key), reverse=True)


def service_draft(session: Session, key: int) -> ServiceDraft | None:
    """Return a service as its form wants it, or ``None`` if it is gone."""
    s = session.get(Service, key)
    if s is None or s.removed_at is not None:
        return None
    return ServiceDraft(
        kind=s.kind,
        on_date=s.on_date,
        lawyer_id=s.lawyer_id,
        agency_id=s.agency_id,
        case_id=s.case_id,
        matter=s.matter,
        result=s.result,
        hours=s.hours,
        version=s.version,
        public_lawyer_id=s.public_lawyer_id,
        internal_adviser_id=s.internal_adviser_id,
        person=s.person,
    )


def case_choices(
    session: Session, lawyer_id: int | None, case_id: int | None = None
) -> list[tuple[int, str]]:
    """Return id and name of the cases that a service may belong to: the lawyer's own, the latest first, and ``case_id``."""
    own = select(Assignment.case_id).where(Assignment.lawyer_id == lawyer_id)
    query = (
        select(Case.id, Case.number, Case.plaintiffs, Case.defendants)
        .where(Case.removed_at.is_(None), Case.id.in_(own) | (Case.id == case_id))
        .order_by(Case.id.desc())
    )
    return [
        (key, f"{number or '（未编号）'}　{plaintiffs} 诉 {defendants}")
        for key, number, plaintiffs, defendants in session.execute(query)
    ]


def consultation_lines(session: Session, lawyer_id: int, limit: int = 50) -> list[RecordLine]:
    """Return the consultations of a lawyer, held here or entered by hand, the latest first."""
    typed = _latest(session, lawyer_id, limit, Service.kind == ServiceKind.CONSULTATION)
    members = session.scalars(_members(attended_members(session, lawyer_id, limit)))
    lines = [*typed, *(_member_line(m) for m in members)]
    return sorted(lines, key=lambda line: (line.on, line.key), reverse=True)[:limit]


def service_lines(session: Session, lawyer_id: int, limit: int = 50) -> list[RecordLine]:
    """Return all other services of a lawyer, the latest first."""
    return _latest(session, lawyer_id, limit, Service.kind != ServiceKind.CONSULTATION)


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


def _latest(session: Session, lawyer_id: int, limit: int, condition: Any) -> list[RecordLine]:
    query = (
        select(Service)
        .where(Service.lawyer_id == lawyer_id, Service.removed_at.is_(None), condition)
        .options(selectinload(Service.agency))
        .order_by(Service.on_date.desc(), Service.id.desc())
        .limit(limit)
    )
    return [_service_line(s) for s in session.scalars(query)]


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
