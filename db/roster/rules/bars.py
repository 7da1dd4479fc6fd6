"""What a former post forbids for a time or for good, in words; the case's own check judges each case."""

import re
from dataclasses import dataclass
from datetime import date

from db.formats.months import add_months
from db.roster.rules.background import PostDraft
from db.words.lawyer import Leaving, Rank, UnitKind

BENCH_YEARS = 2  # 律师法第四十一条, 法官法第三十六条, 检察官法第三十七条
LONG_YEARS, SHORT_YEARS = 3, 2  # leaders, senior judges; others (公务员法第一百零七条, 61号第四条第二项)
CIRCULAR = "司发通〔2021〕61号"
"""《关于进一步规范法院、检察院离任人员从事律师职业的意见》: 第三条 extends the bars to all who left as civil servants."""
_JUDGES = frozenset({Rank.LEADER, Rank.SENIOR, Rank.JUDGE})
_JUDGE = re.compile(r"法官(?!助理)|检察官(?!助理)|审判员|检察员|审判长|庭长|院长|检察长|审委会|检委会")
_HIRED = re.compile(r"聘用|合同制|编外|劳务|实习")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a post forbids; ``until`` is the last day on which it does, empty if for good."""

    text: str
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether it still forbids on ``day``."""
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Was:
    """What somebody was in a court or procuratorate, in a word, and the articles that bar him (and the expelled)."""

    word: str
    article: str
    expelled: str


def last_day(left_on: date, years: int) -> date:
    """Return the last day of a bar of some years after ``left_on``.

    The day of leaving is not counted, and the last day is the one of the same number, or its month's last
    (民法典第二百零一条、第二百零二条). A bar is no period for an act: a rest day does not move its end.
    """
    return add_months(left_on, 12 * years) if left_on.year + years <= date.max.year else date.max


def was(post: PostDraft) -> Was:
    """Return what somebody was in a court or procuratorate: a judge, a prosecutor, or another member of its staff."""
    is_court = post.unit_kind is UnitKind.COURT
    if post.rank in _JUDGES or (post.rank is None and _JUDGE.search(post.post)):
        article = "法官法第三十六条" if is_court else "检察官法第三十七条"
        return Was("法官" if is_court else "检察官", article, article)
    word = "法院工作人员" if is_court else "检察院工作人员"
    return Was(word, f"{CIRCULAR}第三条", f"{CIRCULAR}第四条第一项")


def was_hired(post: PostDraft) -> bool:
    """Say whether the post says that he was no civil servant: the circular speaks only of those (第二条)."""
    return post.rank not in _JUDGES and bool(_HIRED.search(post.post))


def bars_of(post: PostDraft) -> tuple[Bar, ...]:
    """Return what follows from a former post, the gravest first; nothing from one in another unit."""
    if post.unit_kind in {UnitKind.COURT, UnitKind.PROCURATORATE}:
        return () if was_hired(post) else _judicial(post)
    if post.unit_kind is UnitKind.AGENCY and post.to_on:
        until = last_day(post.to_on, LONG_YEARS if post.rank is Rank.LEADER else SHORT_YEARS)
        text = f"至 {until} 止，不得从事与原工作业务直接相关的有偿活动（公务员法第一百零七条）"
        return (Bar(text, until),)
    return ()


def _judicial(post: PostDraft) -> tuple[Bar, ...]:
    once = was(post)
    if post.leaving is Leaving.EXPELLED:
        return (Bar(f"被开除，不得担任诉讼代理人（{once.expelled}）"),)
    acts = "法院审理的案件" if post.unit_kind is UnitKind.COURT else "检察院办理的案件"
    for_good = Bar(f"不得代理原任职{acts}（{once.article}）")
    two_years = "律师法第四十一条" if once.word in {"法官", "检察官"} else once.article
    if post.to_on is None:
        return (Bar(f"未填离任日期，无法核对离任两年的限制（{two_years}）"), for_good)
    until = last_day(post.to_on, BENCH_YEARS)
    return (Bar(f"至 {until} 止，不得担任诉讼代理人（{two_years}）", until), for_good)
