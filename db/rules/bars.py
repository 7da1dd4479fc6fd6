"""What a former post forbids for a time or for good, in words; the case's own check judges each case."""

from dataclasses import dataclass
from datetime import date

from db.rules.background import PostDraft
from db.rules.pool import Leaving, Rank, UnitKind

YEARS = 2  # 律师法第四十一条, 法官法第三十六条, 检察官法第三十七条
LEADER_YEARS = 3  # 公务员法第一百零七条, for leaders at county level and above


@dataclass(frozen=True, slots=True)
class Bar:
    """What a post forbids; ``until`` is the first day on which it no longer does, empty if for good."""

    text: str
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether it still forbids on ``day``."""
        return self.until is None or day < self.until


def bars_of(post: PostDraft) -> tuple[Bar, ...]:
    """Return what follows from a former post, the gravest first; nothing from one in another unit."""
    if post.unit_kind is UnitKind.COURT:
        return _judicial(post, "法官法第三十六条", "不得代理原任职法院审理的案件")
    if post.unit_kind is UnitKind.PROCURATORATE:
        return _judicial(post, "检察官法第三十七条", "不得代理原任职检察院办理的案件")
    if post.unit_kind is UnitKind.AGENCY and post.to_on:
        until = _years_after(post.to_on, LEADER_YEARS if post.rank is Rank.LEADER else YEARS)
        text = f"{until} 前不得从事与原工作业务直接相关的有偿活动（公务员法第一百零七条）"
        return (Bar(text, until),)
    return ()


def _judicial(post: PostDraft, article: str, own: str) -> tuple[Bar, ...]:
    if post.leaving is Leaving.EXPELLED:
        return (Bar(f"被开除，不得担任诉讼代理人（{article}）"),)
    for_good = Bar(f"{own}（{article}）")
    if post.to_on is None:
        return (Bar("未填离任日期，无法核对离任两年的限制（律师法第四十一条）"), for_good)
    until = _years_after(post.to_on, YEARS)
    return (Bar(f"{until} 前不得担任诉讼代理人（律师法第四十一条）", until), for_good)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
