"""A second reading of the law on periods: a clerk with a wall calendar and a sheet of paper, one day after another.

Written from the law alone, to be compared with the program: nothing here comes from its tables or its counting. What
happened is given in the words of the record (判决书送达 …). Sources: 行政诉讼法, 适用解释 (法释〔2018〕1号), 行政复议法 (2023),
行政强制法 第五十三条至第五十八条、第六十九条, 国家赔偿法, 民法典 第二百零一条至第二百零三条, 民事诉讼法 第八十五条、第八十六条.
"""

import calendar as pages
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE = timedelta(1)
ENDING = frozenset(["不予立案", "驳回起诉", "终结诉讼", "准许撤诉或者按撤诉处理", "移送或者指定管辖"]) | {
    "提审、指令再审或者发回重审",
    "准许或者不准许执行行政行为",
}
"""Rulings that leave this court nothing to try (适用解释第一百零一条第一款)."""

APPEALABLE = frozenset({"不予立案", "驳回起诉", "管辖异议"})
"""适用解释第一百零一条第二款."""

TRIED = "〔审结〕"
"""The case is over before this court: judgment, a ruling that ends it, or 结案."""

COURTS = ("一审", "二审", "再审")

SHEET = """
L01  | 一审 | 立案 | 5日 | 收到起诉状副本 结案 |
L02 | 一审 | 收到起诉状副本 | 15日 | 提交答辩状和证据 结案 |
L03 | 一审 | 收到起诉状副本 | 15日 | 申请延期举证 提交答辩状和证据 结案 |
L03b | 一审 | 延期事由消除 | 15日 | 提交答辩状和证据 结案 |
L03c | 所有 | 耽误期限的障碍消除 | 10日 | 申请顺延期限 | 每次
L04 | 一审 | 收到起诉状副本 | 15日 | 提出管辖异议 结案 |
L05 | 一审 | 收到起诉状副本 | 另定 | 提交答辩状和证据 结案 | 简易 代L02
L06  | 一审 | 原告或第三人提出新理由 | 另定 | 提交补充证据 〔审结〕 |
L07  | 一审 二审 再审 | 开庭 | 前3日 |  | 普通 最近
L08  | 一审 二审 再审 | 开庭 | 前3日 |  | 最近
L09 | 一审 | 立案 | 6月 | 〔审结〕 | 普通
L10 | 一审 | 立案 | 45日 | 〔审结〕 | 简易
L11  | 一审 二审 再审 | 当庭宣判 | 10日 | 判决书送达 |
L12 | 一审 | 判决书送达 | 15日 | 提起上诉 裁判生效 |
L13 | 一审 | 裁定书送达 | 10日 | 提起上诉 裁判生效 | 可上诉 每次
L14 | 二审 | 收到上诉状副本 | 15日 | 提交答辩状和证据 结案 |
L15 | 二审 | 收到上诉状副本 | 3月 | 〔审结〕 |
L16  | 一审 二审 再审 | 裁判生效 | 6月 | 申请再审 |
L16b | 一审 二审 再审 | 知道再审事由 | 6月 | 申请再审 | 每次
L17 | 再审 | 收到再审申请书副本 | 15日 | 提交答辩状和证据 结案 |
L18 | 再审 | 再审申请立案 | 6月 | 驳回再审申请裁定送达 〔审结〕 |
L19 | 再审 | 驳回再审申请裁定送达 | 6月 | 申请检察监督 |
L19b | 再审 | 再审申请审查期限届满 | 6月 | 申请检察监督 |
L19c | 再审 | 判决书送达 | 6月 | 申请检察监督 |
L20 | 一审 二审 再审 | 履行期限届满 | 2年 | 申请执行 履行完毕 |
L20b | 一审 二审 再审 | 判决书送达 | 2年 | 申请执行 履行完毕 |
L21 | 一审 二审 再审 | 裁判生效 | 另定 | 履行完毕 |
L22  | 一审 二审 再审 | 中止诉讼 | 90日 | 恢复审理 〔审结〕 |
L23  | 非诉执行 | 对方起诉期限届满 | 3月 | 申请强制执行 受理强制执行申请 结案 |
L23b | 非诉执行 | 催告书送达 | 10工 | 申请强制执行 受理强制执行申请 结案 |
L23c | 非诉执行 | 申请强制执行 | 5工 | 受理强制执行申请 强制执行裁定 不予受理或不予执行裁定送达 结案 |
L23d | 非诉执行 | 受理强制执行申请 | 7工 | 强制执行裁定 不予受理或不予执行裁定送达 结案 |
L23e | 非诉执行 | 受理强制执行申请 | 30日 | 强制执行裁定 不予受理或不予执行裁定送达 结案 |
L23f | 非诉执行 | 不予受理或不予执行裁定送达 | 15日 |  |
L24  | 一审 | 知道行政行为 | 6月 |  |
L24b | 一审 | 复议决定送达 | 15日 |  |
L24c | 一审 | 收到履行职责申请 | 2月 | 履行完毕 结案 | 每次
L24d | 一审 | 履行职责期限届满 | 6月 |  |
L24e | 一审 | 知道行政行为 | 1年 |  |
L24f | 一审 | 作出行政行为 | 5年 |  |
L24g | 一审 | 作出行政行为 | 20年 |  |
L25  | 所有 | 收到规范性文件司法建议 | 60日 | 回复司法建议 | 每次
L25b | 所有 | 收到司法建议书 | 另定 | 回复司法建议 | 每次
L26  | 所有 | 收到检察建议书 | 2月 | 回复检察建议 | 每次
L26b | 所有 | 收到紧急情形检察建议书 | 15日 | 回复检察建议 | 每次
L27 | 一审 | 知道权益受侵害 | 2年 | 收到赔偿申请 |
L27b | 一审 | 收到赔偿申请 | 2月 | 作出赔偿决定 | 每次
L27c | 一审 | 作出赔偿决定 | 3月 |  |
L27d | 一审 | 赔偿决定期限届满 | 3月 |  |
R01  | 行政复议 | 知道行政行为 | 60日 | 收到复议申请 受理复议申请 复议决定送达 结案 |
R01b | 行政复议 | 知道行政行为 | 1年 | 收到复议申请 受理复议申请 复议决定送达 结案 |
R01c | 行政复议 | 作出行政行为 | 5年 | 收到复议申请 受理复议申请 复议决定送达 结案 |
R01d | 行政复议 | 作出行政行为 | 20年 | 收到复议申请 受理复议申请 复议决定送达 结案 |
R02  | 行政复议 | 收到复议申请 | 5工 | 受理复议申请 发出补正通知 复议决定送达 结案 |
R03  | 行政复议 | 收到复议申请 | 5工 | 受理复议申请 发出补正通知 复议决定送达 结案 |
R03b | 行政复议 | 收到补正通知 | 10工 | 提交补正材料 受理复议申请 复议决定送达 结案 |
R04  | 行政复议 | 受理复议申请 | 7工/3工 | 发送复议申请书副本 收到复议申请书副本 提交答辩状和证据 复议决定送达 结案 |
R05  | 行政复议 | 收到复议申请书副本 | 10工/5工 | 提交答辩状和证据 复议决定送达 结案 |
R06  | 行政复议 | 听证 | 前5工 | 发出听证通知 复议决定送达 结案 | 普通 最近
R07 | 行政复议 | 受理复议申请 | 60日/30日 | 复议决定送达 结案 |
R08  | 行政复议 | 提出附带审查 | 30日 | 附带审查处理完毕 转送附带审查 复议决定送达 结案 |
R08b | 行政复议 | 提出附带审查 | 7工 | 附带审查处理完毕 转送附带审查 复议决定送达 结案 |
R08e | 行政复议 | 因附带审查中止复议 | 3工 | 书面通知制定机关 回复附带审查 附带审查处理完毕 复议决定送达 结案 | 每次
R08c | 行政复议 | 收到附带审查书面通知 | 10工 | 回复附带审查 附带审查处理完毕 复议决定送达 结案 |
R08d | 行政复议 | 收到附带审查转送 | 60日 | 回复附带审查 附带审查处理完毕 复议决定送达 结案 |
R09 | 行政复议 | 收到复议意见书 | 60日 | 报送纠正情况 | 每次
R10 | 行政复议 | 复议决定送达 | 另定 | 履行完毕 |
R10b | 行政复议 | 责令重作的复议决定送达 | 60日 | 重新作出行政行为 履行完毕 | 每次
R11 | 行政复议 | 复议决定送达 | 15日 |  |
"""
"""Number | where | from | how long (普通/简易; 前: before; 工: working days; 另定: fixed case by case) | until | remarks."""

OWN_WORDS = {
    "再审": {"立案": "再审申请立案"},
    "非诉执行": {"立案": "受理强制执行申请"},
    "行政复议": {"立案": "受理复议申请", "开庭": "听证", "判决书送达": "复议决定送达"},
}
"""What a word of court proceedings means in others."""


@dataclass(frozen=True)
class Line:
    """One line of the sheet."""

    number: str
    where: frozenset[str]
    begins: str
    lengths: tuple[str, ...]
    ends: frozenset[str]
    remarks: frozenset[str]


def _read() -> list[Line]:
    found = []
    for text in SHEET.strip().splitlines():
        number, where, begins, lengths, ends, remarks = (cell.strip() for cell in text.split("|"))
        places = (*COURTS, "行政复议", "非诉执行") if where == "所有" else where.split()
        found.append(
            Line(
                number,
                frozenset(places),
                begins,
                tuple(lengths.split("/")),
                frozenset(ends.split()),
                frozenset(remarks.split()),
            )
        )
    return found


LINES = _read()


@dataclass(frozen=True)
class Wall:
    """The calendar on the wall: days printed red that would be black, and black ones that would be red."""

    off: Collection[date]
    work: Collection[date]

    def rests(self, day: date) -> bool:
        """Nobody is at the office."""
        return day not in self.work and (day in self.off or day.strftime("%a") in {"Sat", "Sun"})


@dataclass(frozen=True)
class Fact:
    """On this day this happened; ``ruling`` is the kind of a 裁定, if it is known."""

    on: date
    what: str
    ruling: str | None = None


@dataclass
class Slip:
    """A period on the clerk's pin board; ``until`` is its last day, ``over_on`` the day from which it runs no longer."""

    line: Line
    since: date | None
    until: date
    over_on: date | None = None


@dataclass
class Board:
    """What is known of one party's case, and the slips that are pinned up."""

    where: str
    wall: Wall
    simplified: bool = False
    fixed: Mapping[str, date] = field(default_factory=dict)
    longer: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    met: Mapping[str, date] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    lived: list[Fact] = field(default_factory=list)

    def follow(self, facts: Sequence[Fact]) -> list[Slip]:
        """Live through the facts day by day and return the slips in the order of the sheet."""
        diary = defaultdict(list)
        for fact in facts:
            words = OWN_WORDS.get(self.where, {})
            diary[fact.on].append(Fact(fact.on, words.get(fact.what, fact.what), fact.ruling))
        today, last = min(diary, default=date.max), max(diary, default=date.min)
        while today <= last:
            for fact in diary.get(today, ()):
                self._pin(fact)
            for fact in diary.get(today, ()):
                self._take_note(fact)
            self.lived += diary.get(today, ())
            today += ONE
        self._dates_without_papers(sorted((f for day in diary.values() for f in day), key=lambda f: f.on))
        if any(s.line.number == "L05" for s in self.slips) and "L02" not in self.fixed:
            self.slips = [s for s in self.slips if s.line.number != "L02"]  # 适用解释第一百零四条
        for slip in self.slips:
            self._tick_off(slip)
        return self.slips

    def _tick_off(self, slip: Slip) -> None:
        """A note that it is done ticks off what was pinned up by that day; before a hearing, what is after the last."""
        noted, opened = self.met.get(slip.line.number), slip.since
        if slip.line.lengths[0].startswith("前") and opened is not None:
            before = (f.on for f in self.lived if f.what == slip.line.begins and f.on < opened)
            opened = max((day + ONE for day in before), default=None)
        if noted and slip.over_on is None and (opened is None or opened <= noted):
            slip.over_on = noted

    def _applies(self, line: Line) -> bool:
        if self.where not in line.where:
            return False
        other = "普通" if self.simplified else "简易"
        return other not in line.remarks or line.number in self.fixed

    def _pin(self, fact: Fact) -> None:
        for line in LINES:
            if line.begins != fact.what or not self._applies(line):
                continue
            if "可上诉" in line.remarks and fact.ruling is not None and fact.ruling not in APPEALABLE:
                continue
            if "末次" in line.remarks:  # a hearing that is put off takes the notice of the one before along
                self.slips = [s for s in self.slips if s.line is not line]
            earlier = [s for s in self.slips if s.line is line]
            if "最近" in line.remarks:  # the hearing before was held or put off: only this one is to come
                self.slips = [s for s in self.slips if s.line is not line]
            elif "每次" not in line.remarks and earlier:
                continue
            until = self.fixed.get(line.number) or self._last_day(line, fact.on)
            if until is not None:
                slip = Slip(line, fact.on, until)
                if line.lengths[0].startswith("前"):
                    slip.over_on = self._seen_to_before(line, fact.on, earlier)
                self.slips.append(slip)

    def _seen_to_before(self, line: Line, hearing: date, earlier: list[Slip]) -> date | None:
        """What is due before a hearing is done before it, but after the hearing before that one."""
        last = max((s.since for s in earlier if s.since and s.since < hearing), default=date.min)
        days = (f.on for f in self.lived if last < f.on < hearing and self._meets(line, f))
        return min(days, default=None)

    def _take_note(self, fact: Fact) -> None:
        for slip in self.slips:
            if slip.over_on is None and slip.since is not None and self._meets(slip.line, fact):
                slip.over_on = fact.on

    @staticmethod
    def _meets(line: Line, fact: Fact) -> bool:
        if fact.what in line.ends:
            return True
        goes_on = fact.what == "裁定书送达" and fact.ruling is not None and fact.ruling not in ENDING
        return TRIED in line.ends and fact.what in {"判决书送达", "裁定书送达", "结案"} and not goes_on

    def _dates_without_papers(self, facts: Sequence[Fact]) -> None:
        """A date that the court fixed stands, even while the paper that it counts from is not on file."""
        for line in LINES:
            if line.number in self.fixed and self._applies(line):
                if any(s.line is line for s in self.slips):
                    continue
                over = next((f.on for f in facts if self._meets(line, f)), None)
                self.slips.append(Slip(line, None, self.fixed[line.number], over))

    def _last_day(self, line: Line, start: date) -> date | None:
        length = line.lengths[-1] if self.simplified else line.lengths[0]
        if length == "另定":
            return None
        if length.startswith("前"):
            return self._back(start, length[1:])
        end = self._walk(start, int(length[:-1]), length[-1], self.longer.get(line.number))
        while self.wall.rests(end):
            end += ONE
        return end

    def _walk(self, start: date, length: int, unit: str, more: tuple[int, str] | None) -> date:
        """Walk to the last day before it is moved; a period made longer in its own unit is one longer period."""
        if more and more[1] == unit:
            return self._walk(start, length + more[0], unit, None)
        if more:
            return self._walk(self._walk(start, length, unit, None), *more, None)
        today, left = start, length
        if unit in "月年":
            year, month = start.year, start.month
            for _ in range(length * (12 if unit == "年" else 1)):
                year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            return date(year, month, min(start.day, pages.monthrange(year, month)[1]))
        while left:
            today += ONE
            left -= unit == "日" or not self.wall.rests(today)
        return today

    def _back(self, day: date, length: str) -> date:
        """Count back from a hearing; the day found does not move."""
        left = int(length[:-1])
        while left:
            day -= ONE
            left -= length[-1] == "日" or not self.wall.rests(day)
        return day
