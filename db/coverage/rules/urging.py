"""催办函: the bureau asks agencies that fall short to make it good, and logs what they answer.

No law sets a form or a period for it; series, days and wording are the bureau's own. Agencies are asked, not
ordered: 司法行政机关 guides and supervises public lawyers (公职律师管理办法第四条), each unit appoints its own.
"""

from dataclasses import dataclass
from datetime import date

from db.coverage.rules.coverage import Gap, GapKind, Remedy, RemedyKind
from db.errors import Problem

LONGEST = 500  # characters of a reason, a demand or an answer that a letter still takes


@dataclass(frozen=True, slots=True)
class Urged:
    """An agency to be written to: what it is short of, and what it is asked to do."""

    agency_id: int
    reason: str
    asked: str
    name: str = ""  # of the agency, for what is said about it


@dataclass(frozen=True, slots=True)
class UrgingDraft:
    """Letters to one or many agencies, all with one deadline; without ``issued_on`` they go out today."""

    urged: tuple[Urged, ...] = ()
    answer_by: date | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class UrgingAnswerDraft:
    """What an agency answered to a letter."""

    answered_on: date | None
    answer: str
    version: int


def asked_of(gap: Gap) -> str:
    """Return what an agency with this gap is asked to do, and how the bureau would help; the clerk may change it."""
    help_ = _help(gap.remedy)
    if gap.kind is GapKind.SHORT:
        return (
            f"请组织公职律师、法律顾问参与合法性审查、合同审查、应诉等工作，并向我局报送履职记录，还应不少于 {gap.short} 次。"
            f"{help_}"
        )
    if gap.kind is GapKind.EXPIRED:
        return f"请及时续期、续聘，或者另行明确公职律师、法律顾问人选，并将有关材料报送我局。{help_}"
    return (
        f"请确定符合条件的人员申请公职律师证书；暂无人选的，请书面申请统筹公职律师，或者外聘法律顾问。{help_}"
    )


def _help(remedy: Remedy) -> str:
    """Offer what the bureau found: somebody to lend or to share, or somebody of the pool."""
    match remedy.kind:
        case RemedyKind.LEND if remedy.person:
            return f"需要统筹的，我局可协调{remedy.from_name}公职律师{remedy.person}为你单位服务。"
        case RemedyKind.SHARE if remedy.person:
            return f"也可以与{remedy.from_name}共享法律顾问{remedy.person}。"
        case RemedyKind.CONTRACT:
            return "需要外聘的，我局可从法律顾问团队库中提供参考人选。"
    return ""


def urging_problems(draft: UrgingDraft, today: date) -> list[Problem]:
    """Say what is missing before letters go out."""
    issued_on = draft.issued_on or today
    problems = []
    if not draft.urged:
        problems.append(Problem("urged", "请至少勾选一个单位。"))
    if issued_on > today:
        problems.append(Problem("issued_on", f"发函日期 {issued_on} 晚于今天，请改为今天或之前的日期。"))
    if draft.answer_by is None:
        problems.append(Problem("answer_by", "请填写反馈期限，函件上要写明。"))
    elif draft.answer_by <= issued_on:
        problems.append(
            Problem("answer_by", f"反馈期限 {draft.answer_by} 应晚于发函日期 {issued_on}，单位需要时间办理。")
        )
    for one in draft.urged:
        name = one.name or "有单位"
        if not one.reason.strip():
            problems.append(Problem("urged", f"{name}没有写明催办事由。请补充，或取消勾选。"))
        if not one.asked.strip():
            problems.append(Problem("urged", f"{name}没有写明要求办理的事项。请补充，或取消勾选。"))
        if longest := max(
            (text for text in (one.reason, one.asked) if len(text) > LONGEST), key=len, default=""
        ):
            said = f"{name}的催办事由和要求各不超过 {LONGEST} 字，现为 {len(longest)} 字，请精简。"
            problems.append(Problem("urged", said))
    return problems


def urging_answer_problems(draft: UrgingAnswerDraft, issued_on: date, today: date) -> list[Problem]:
    """Say what is wrong with an answer to a letter of ``issued_on``."""
    problems = []
    if draft.answered_on is None:
        problems.append(Problem("answered_on", "请填写收到反馈的日期。"))
    elif draft.answered_on < issued_on:
        problems.append(
            Problem("answered_on", f"反馈日期 {draft.answered_on} 早于发函日期 {issued_on}，请核对。")
        )
    elif draft.answered_on > today:
        problems.append(Problem("answered_on", f"反馈日期 {draft.answered_on} 晚于今天，请核对。"))
    if not draft.answer.strip():
        problems.append(Problem("answer", "请填写反馈内容，如 已报送两名公职律师人选。"))
    elif len(draft.answer) > LONGEST:
        problems.append(Problem("answer", f"反馈内容不超过 {LONGEST} 字，请精简。"))
    return problems
