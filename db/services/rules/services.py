"""Services, answers, ratings and yearly assessments as the clerk fills them in, and what is wrong with them."""

from dataclasses import dataclass
from datetime import date

from db.errors import Problem, Severity
from db.services.rules.people import Serving, serving_text
from db.words.assignment import Answer
from db.words.service import Grade, ServiceKind

BEST, WORST = 5, 1
EARLIEST = date(1990, 10, 1)
"""行政诉讼法（1989）第七十五条：自 1990 年 10 月 1 日起施行。An earlier day of a service is a slip: 0206 for 2026."""
REVIEWS = frozenset({ServiceKind.LEGALITY_REVIEW, ServiceKind.CONTRACT_REVIEW, ServiceKind.OPINION})
"""What counts as a review (审查) in a lawyer's yearly record."""


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """One service; ``hours`` is optional. ``version`` is the one that was read.

    Who gave it is one of ``lawyer_id`` (of the pool), ``public_lawyer_id``, ``internal_adviser_id`` and ``person``,
    somebody by name.
    """

    kind: ServiceKind = ServiceKind.LEGALITY_REVIEW
    on_date: date | None = None
    lawyer_id: int | None = None
    agency_id: int | None = None
    case_id: int | None = None
    matter: str = ""
    result: str = ""
    hours: float | None = None
    version: int = 0
    public_lawyer_id: int | None = None
    internal_adviser_id: int | None = None
    person: str = ""

    @property
    def given_by(self) -> tuple[object, ...]:
        """Everybody who is named; more than one is an error."""
        named = (self.lawyer_id, self.public_lawyer_id, self.internal_adviser_id, self.person.strip() or None)
        return tuple(one for one in named if one is not None)


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What became of a recommendation."""

    answer: Answer = Answer.DECLINED
    on: date | None = None
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """An agency's rating of one assignment."""

    score: int | None = None
    rated_on: date | None = None
    by: str = ""
    comment: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """The bureau's grade and opinion of a lawyer's year."""

    lawyer_id: int
    year: int
    grade: Grade | None = None
    opinion: str = ""
    assessed_on: date | None = None
    assessor: str = ""
    version: int | None = None


def service_problems(draft: ServiceDraft, today: date, serving: Serving | None = None) -> list[Problem]:
    """Say what is wrong with a service; ``serving`` is what is known of agency and person on its day."""
    found = []
    if draft.on_date is None:
        found.append(Problem("on_date", "请填写日期。"))
    elif draft.on_date > today:
        found.append(Problem("on_date", f"{draft.on_date} 还没有到。已提供的服务才登记，请核对日期。"))
    elif draft.on_date < EARLIEST:
        found.append(
            Problem("on_date", f"应不早于 {EARLIEST}（行政诉讼法施行），现为 {draft.on_date}。请核对年份。")
        )
    if len(draft.given_by) > 1:
        found.append(Problem("who", "只能写一名提供服务的人。几个人一起办的，请各登记一条。"))
    elif not draft.given_by:
        found.append(Problem("who", "没有写明由谁提供，不计入个人履职。", Severity.WARNING))
    if not draft.matter.strip():
        found.append(Problem("matter", "请写明服务事项。"))
    if draft.hours is not None and not 0 <= draft.hours <= 999:  # noqa: PLR2004 - what fits the form
        found.append(Problem("hours", f"时长应为 0 至 999 小时，现为 {draft.hours:g}。"))
    if draft.agency_id is None and draft.kind is not ServiceKind.TRAINING:
        found.append(Problem("agency_id", "没有选择单位，将不计入单位的服务次数。", Severity.WARNING))
    return found + (serving_problems(draft, serving) if serving else [])


def serving_problems(draft: ServiceDraft, serving: Serving) -> list[Problem]:
    """Say what speaks against this person's serving this agency on that day; the clerk may go on."""
    found = []
    if serving.agency_gone:
        found.append(Problem("agency_id", serving.agency_gone, Severity.WARNING))
    if draft.agency_id and draft.on_date and serving.person:
        text = serving_text(serving.person, draft.agency_id, draft.on_date, serving.agency)
        if text:
            found.append(Problem("who", text, Severity.WARNING))
    return found


def answer_problems(draft: AnswerDraft, recommended_on: date) -> list[Problem]:
    """Say what is wrong with the answer to a recommendation."""
    if draft.on is None:
        return [Problem("on", "请填写日期。")]
    if draft.on < recommended_on:
        return [Problem("on", f"应不早于推荐日期 {recommended_on}，现为 {draft.on}。")]
    if draft.answer is not Answer.CHOSEN and not draft.reason.strip():
        return [Problem("reason", f"{draft.answer.value}应写明原因。")]
    return []


def rating_problems(draft: RatingDraft, today: date) -> list[Problem]:
    """Say what is wrong with a rating."""
    found = []
    if draft.score is None or not WORST <= draft.score <= BEST:
        found.append(Problem("score", f"评分应为 {WORST} 至 {BEST} 分。"))
    if draft.rated_on is None or draft.rated_on > today:
        found.append(Problem("rated_on", "请填写评价日期，不晚于今天。"))
    return found


def assessment_problems(draft: AssessmentDraft, today: date) -> list[Problem]:
    """Say what is wrong with a yearly assessment; a running year may be assessed, with a warning."""
    found = []
    if draft.grade is None:
        found.append(Problem("grade", "请选择考核等次。"))
    if not draft.opinion.strip():
        found.append(Problem("opinion", "请填写考核意见。"))
    if draft.assessed_on is None or draft.assessed_on > today:
        found.append(Problem("assessed_on", "请填写考核日期，不晚于今天。"))
    if draft.year >= today.year:
        text = f"{draft.year} 年还没有结束，履职数据计到今天为止。"
        found.append(Problem("year", text, Severity.WARNING))
    return found


def renewal_advice(latest: Grade | None, done: int) -> str:
    """Say what the figures suggest when a term ends; the bureau decides, so an ordinary record says nothing."""
    if latest is Grade.INCOMPETENT:
        return "上年度考核不称职，建议不再续聘"
    if done == 0:
        return "本届没有履职记录，请核对"
    return ""
