"""Agencies as the forms hold them: entered, renamed, ended or merged (机构改革), and what is wrong with that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.errors import Problem, Severity
from db.formats import numbers
from db.words.agency import AgencyKind

MOST_STAFF = 100_000  # more than any agency of a district has: a slip of the keyboard

GOES_ON = "行政诉讼法第二十六条第六款"
"""行政机关被撤销或者职权变更的，继续行使其职权的行政机关是被告。"""


@dataclass(frozen=True, slots=True)
class AgencyDraft:
    """An agency of the district; ``version`` is the one that was read."""

    name: str = ""
    short_name: str = ""
    kind: AgencyKind = AgencyKind.DEPARTMENT
    has_enforcement: bool = True
    uscc: str = ""
    head: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""
    field: str = ""
    founded_on: date | None = None
    is_expected: bool = True
    staff_count: int | None = None
    qualified_count: int | None = None
    liaison_post: str = ""
    liaison_filed_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class RenameDraft:
    """Another name from a day on, by a paper; ``version`` is that of the agency that was read."""

    name: str = ""
    short_name: str = ""
    from_on: date | None = None
    paper: str = ""
    version: int = 0


class AgencyEnd(StrEnum):
    """How an agency came to its end."""

    MERGED = "并入其他单位"
    SPLIT = "分设"
    ABOLISHED = "撤销"


class Tie(StrEnum):
    """What binds people to an agency and has to go somewhere when it ends."""

    POSTING = "公职律师任职"
    SHARING = "统筹共享"
    ADVISER = "内部法律顾问"
    CONTRACT = "外聘合同"


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one tie when the agency ends: it goes on with the successor, or ends."""

    tie: Tie
    key: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class EndDraft:
    """The end of an agency: ``ended_on`` is the first day without it, ``moves`` what becomes of its people."""

    kind: AgencyEnd = AgencyEnd.MERGED
    ended_on: date | None = None
    successor_id: int | None = None
    paper: str = ""
    reason: str = ""
    moves: tuple[Move, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Existing:
    """What the rules must know of an agency that is to be renamed or ended."""

    name: str
    short_name: str
    founded_on: date | None = None
    ended_on: date | None = None
    renamed_on: date | None = None  # since when it bears its present name


def agency_problems(draft: AgencyDraft, today: date) -> list[Problem]:
    """Say everything about an agency's draft that is wrong (错误) or worth a look (提示)."""
    found = []
    if not draft.name.strip():
        found.append(Problem("name", "请填写单位全称。"))
    if draft.uscc.strip() and (trouble := numbers.uscc_problem(draft.uscc)):
        found.append(Problem("uscc", f"统一社会信用代码{trouble.text}。", trouble.severity))
    if draft.phone.strip() and (text := numbers.phone_problem(draft.phone)):
        found.append(Problem("phone", f"联系电话{text}。", Severity.WARNING))
    if draft.founded_on and draft.founded_on > today:
        text = f"{draft.founded_on} 还没有到，在那之前不计入覆盖统计。"
        found.append(Problem("founded_on", text, Severity.WARNING))
    return found + _count_problems(draft) + _liaison_problems(draft, today)


def rename_problems(draft: RenameDraft, now: Existing, today: date) -> list[Problem]:
    """Say what is wrong with a renaming."""
    found = []
    if not draft.name.strip():
        found.append(Problem("name", "请填写新的全称。"))
    elif draft.name.strip() == now.name:
        found.append(Problem("name", f"与现在的全称相同（{now.name}）。只改简称请用“编辑”。"))
    if draft.from_on is None:
        found.append(Problem("from_on", "请填写新名称启用的日期。"))
    elif draft.from_on > today:
        found.append(Problem("from_on", f"{draft.from_on} 还没有到。请到启用新名称的当天再办理。"))
    elif now.renamed_on and draft.from_on <= now.renamed_on:
        found.append(Problem("from_on", f"应晚于上次更名的日期 {now.renamed_on}，现为 {draft.from_on}。"))
    elif now.founded_on and draft.from_on <= now.founded_on:
        found.append(Problem("from_on", f"应晚于设立日期 {now.founded_on}，现为 {draft.from_on}。"))
    elif now.ended_on and draft.from_on >= now.ended_on:
        found.append(Problem("from_on", f"该单位 {now.ended_on} 起已不存在，更名日期应早于这一天。"))
    if not draft.paper.strip():
        found.append(Problem("paper", "没有填写批准更名的文件，日后不便核对。", Severity.WARNING))
    return found


def end_problems(
    draft: EndDraft, now: Existing, key: int | None, successor: Existing | None
) -> list[Problem]:
    """Say what is wrong with the end of the agency ``key``; ``successor`` is the one of ``draft.successor_id``."""
    found = []
    day = draft.ended_on
    if day is None:
        found.append(Problem("ended_on", "请填写从哪一天起不再存在。"))
    elif now.founded_on and day <= now.founded_on:
        found.append(Problem("ended_on", f"应晚于设立日期 {now.founded_on}，现为 {day}。"))
    elif now.renamed_on and day <= now.renamed_on:
        found.append(Problem("ended_on", f"应晚于上次更名的日期 {now.renamed_on}，现为 {day}。"))
    if draft.kind is AgencyEnd.MERGED:
        found += _successor_problems(draft, key, successor)
    if draft.kind is not AgencyEnd.MERGED and not draft.reason.strip():
        found.append(Problem("reason", f"请写明{draft.kind.value}的原因，如职能划归哪些单位。"))
    if draft.kind is not AgencyEnd.MERGED and any(move.goes_on for move in draft.moves):
        found.append(Problem("moves", f"{draft.kind.value}没有承接单位，人员和合同只能终止。"))
    if not draft.paper.strip():
        found.append(Problem("paper", "没有填写批准的文件，日后不便核对。", Severity.WARNING))
    return found


def end_sentence(short_name: str, ended_on: date, successor: str, reason: str) -> str:
    """Say in one sentence how an agency ended."""
    if successor:
        return f"{short_name}自 {ended_on} 起并入{successor}"
    return f"{short_name}自 {ended_on} 起不再存在" + (f"（{reason}）" if reason else "")


def defendant_note(short_name: str, ended_on: date, successor: str) -> str:
    """Say of an open case's defendant that another agency goes on with its work; the record stays as it is."""
    return f"{short_name}自 {ended_on} 起并入{successor}，由{successor}继续行使其职权并作为被告（{GOES_ON}）"


def tie_words(ties: Sequence[Tie]) -> str:
    """Return how many of each kind there are in words: 公职律师任职 2 项、外聘合同 1 项."""
    counts = {tie: ties.count(tie) for tie in Tie}
    return "、".join(f"{tie.value} {count} 项" for tie, count in counts.items() if count)


def missing_liaison(contact: str, filed_on: date | None) -> bool:
    """Say whether an agency still has to file its liaison officer (定人报备)."""
    return not contact.strip() or filed_on is None


def _count_problems(draft: AgencyDraft) -> list[Problem]:
    found = []
    for name, title, count in (
        ("staff_count", "在编人数", draft.staff_count),
        ("qualified_count", "具有法律职业资格的人数", draft.qualified_count),
    ):
        if count is not None and not 0 <= count <= MOST_STAFF:
            found.append(Problem(name, f"{title}应为 0 至 {MOST_STAFF}，现为 {count}。"))
    if not found and draft.staff_count is not None and (draft.qualified_count or 0) > draft.staff_count:
        text = f"不应多于在编人数 {draft.staff_count}，现为 {draft.qualified_count}。"
        found.append(Problem("qualified_count", text))
    return found


def _liaison_problems(draft: AgencyDraft, today: date) -> list[Problem]:
    filed = draft.liaison_filed_on
    if filed is None:
        return []
    found = []
    if filed > today:
        found.append(Problem("liaison_filed_on", f"报备日期 {filed} 还没有到，请核对。"))
    if not draft.contact.strip():
        found.append(Problem("contact", "填了报备日期，请填写报备的联络员是谁。"))
    elif not draft.phone.strip():
        found.append(Problem("phone", "联络员没有联系电话。", Severity.WARNING))
    return found


def _successor_problems(draft: EndDraft, key: int | None, successor: Existing | None) -> list[Problem]:
    day = draft.ended_on
    if draft.successor_id is None or successor is None:
        return [Problem("successor_id", "请选择由哪个单位承接。")]
    if draft.successor_id == key:
        return [Problem("successor_id", "不能并入本单位，请选择另一个单位。")]
    if day and successor.ended_on and successor.ended_on <= day:
        text = f"{successor.short_name}自 {successor.ended_on} 起已不存在，不能承接。"
        return [Problem("successor_id", text)]
    if day and successor.founded_on and successor.founded_on > day:
        text = f"{successor.short_name} {successor.founded_on} 才设立，晚于 {day}，不能承接。"
        return [Problem("successor_id", text)]
    return []
