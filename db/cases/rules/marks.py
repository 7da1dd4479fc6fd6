"""What a clerk enters about one period: a date fixed by the court, an extension, a proof that it is done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.errors import Problem, Severity
from db.words.case import Unit


class MarkKind(StrEnum):
    """What is entered; the values are the words on the screen."""

    FIXED = "手工改定"
    EXTENDED = "延长"
    DONE = "已完成"


@dataclass(frozen=True, slots=True)
class FixDraft:
    """A date that overrides the counted one, why, and the paper it stands in (举证通知书 …)."""

    on: date | None = None
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ExtendDraft:
    """An extension that was approved."""

    length: int = 0
    unit: Unit = Unit.DAY
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DoneDraft:
    """When a period was met, and the postal number or receipt that proves it."""

    on: date | None = None
    evidence: str = ""


def fix_problems(draft: FixDraft) -> list[Problem]:
    """Say what is wrong with a fixed date."""
    found = []
    if draft.on is None:
        found.append(Problem("on", "请填写改定后的日期。"))
    if not draft.reason.strip():
        found.append(Problem("reason", "请写明改定的理由，例如人民法院指定。"))
    return found


def extend_problems(draft: ExtendDraft) -> list[Problem]:
    """Say what is wrong with an extension."""
    found = []
    if draft.length < 1:
        found.append(Problem("length", "延长的长度应不少于 1。"))
    if not draft.reason.strip():
        found.append(Problem("reason", "请写明谁批准延长、为什么。"))
    return found


def done_problems(draft: DoneDraft, today: date, since: date | None = None) -> list[Problem]:
    """Say what is wrong with a proof; ``since`` is the day on which the period began."""
    found = []
    if draft.on is None:
        found.append(Problem("on", "请填写完成的日期。"))
    elif draft.on > today:
        found.append(Problem("on", f"{draft.on} 还没有到，请核对。"))
    elif since is not None and draft.on < since:
        found.append(Problem("on", f"{draft.on} 早于这项期限起算的 {since}，请核对。"))
    if not draft.evidence.strip():
        text = "没有填写凭据。请写明邮件号、签收人或回执。"
        found.append(Problem("evidence", text, Severity.WARNING))
    return found
