"""Understanding the State Council's notices on days off (国务院办公厅关于…年部分节假日安排的通知) as pasted.

Only what the text names is taken: a day off is one in a sentence with 放假, 补休 or 调休, a make-up working day one in a
sentence with 上班; 与周末连休 needs no days of its own; what the notice merely encourages (鼓励…休息) is no day off.
Whatever does not add up is said for the clerk to compare with the original before anything is entered. A notice for
one festival (调整…劳动节假期安排, a day of remembrance) changes the days of that festival only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from db.formats.text import narrow
from db.formats.written_dates import WEEKDAYS

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
MAKE_UP = "调休上班"
LONGEST = 15  # days off in one block; a longer range is a slip
SATURDAY = 5

_TITLE = re.compile(r"关于(20\d\d)年.{0,8}节假日(?:放假)?安排")
_YEAR = re.compile(r"(20\d\d)年")
_NUMBER = re.compile(r"(国办发(?:明电)?)[〔\[【(](20\d\d)[〕\]】)]第?0*(\d+)号")
_FESTIVAL = "|".join(rf"(?:国际)?{name[:2]}{'节?' if len(name) > 2 else ''}" for name in FESTIVALS)  # noqa: PLR2004
_HEADING = re.compile(
    rf"((?:{_FESTIVAL})(?:[、和]?(?:{_FESTIVAL}))*)(?:(?:节)?(?:放假|假期|休假|调休|日期|时间|安排|具体)*)?:"
)
_VERB = re.compile(
    r"放假(?:调休|公休)?(?:,与周末连休)?(?:,?共?\d+天)?|(?<!不)调休(?:放假)?(?:一天|\d+天)?(?=[,。;]|$)(?:,?共\d+天)?|"
    r"(?:顺延)?(?:补休|补假|休假|休息)(?:一天|\d+天)?|顺延(?:放假)?(?:一天|\d+天)(?=[,。;]|$)|(?:照常|正常)?(?:上班|补班)"
)
_WORKS = ("上班", "补班")
_FROM_THEN_ON = re.compile(r"起(?:恢复|照常|正常)*$")
"""2月3日起正常上班 is no make-up working day."""
_TOLD = re.compile(r"^.*(?:法定节假日|(?<!放假)公休|调至|调到|调整至)[^,]*,")
"""What notices before 2010 tell of days besides, in one sentence with those that are off or working."""
_LENGTHENED = re.compile(r"延长[^。;]{0,20}假期[^。;]{0,6}至")
_REMEMBERED = "纪念日"
_DATED = re.compile(r"(\d{1,2}月\d{1,2})(?=(?:至|到|-|—+|–|~|～|－)\d{1,2}(?:月|日))")
_DAY = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\((?P<said>[^)]*)\))?"
)
_RANGE = re.compile(r"^(?:至|到|-|—+|–|~|～|－|─+)$")
_SAID = re.compile(r"(?:周|星期)([一二三四五六日天])")
_COUNT = re.compile(r"(?:共|放假)(\d+)天")


class DayKind(StrEnum):
    """What a day is; the values are the words on the screen."""

    OFF = "放假"
    WORK = "调休上班"
    USUAL = "与平常一样"


@dataclass(frozen=True, slots=True, order=True)
class NoticeDay:
    """One day of a notice; ``kind`` is off or work, ``name`` the festival or 调休上班."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as understood. ``number`` is its 发文字号 where given; ``problems`` are sentences to look into.

    ``festivals`` are those it settles: the days of the others stay as they are. ``is_yearly``: by its title it is the
    notice for the whole year.
    """

    year: int | None
    number: str
    days: tuple[NoticeDay, ...]
    problems: tuple[str, ...]
    festivals: tuple[str, ...] = ()
    is_yearly: bool = True

    @property
    def is_whole_year(self) -> bool:
        """Whether it settles every festival of the year."""
        return all(name in self.festivals for name in FESTIVALS)

    @property
    def source(self) -> str:
        """The source to keep with each day."""
        title = f"国务院办公厅关于{self.year}年部分节假日安排的通知"
        if not self.is_yearly:
            title = f"{self.year}年{'、'.join(self.festivals)}放假安排的通知"
        return f"{title}（{self.number}）" if self.number else title

    @property
    def off(self) -> tuple[NoticeDay, ...]:
        """The days off."""
        return tuple(day for day in self.days if day.kind == "off")

    @property
    def work(self) -> tuple[NoticeDay, ...]:
        """The make-up working days."""
        return tuple(day for day in self.days if day.kind == "work")


@dataclass(slots=True)
class _Reading:
    year: int
    days: dict[date, NoticeDay] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def enter(self, day: date, kind: str, name: str) -> None:
        known = self.days.get(day)
        if known and known.kind != kind:
            self.problems.append(f"{_written(day)}既写作放假又写作上班，请核对原文。")
        if not known or known.name == MAKE_UP:
            self.days[day] = NoticeDay(day, kind, name)


def read_notice(text: str) -> Notice:
    """Understand a pasted notice. Never raises: what is not understood is among the problems, or not there."""
    flat = re.sub(r"\s", "", narrow(text)).translate(str.maketrans("（）：，；", "():,;"))
    flat = _DATED.sub(r"\1日", flat)
    year = _year(flat)
    if year is None:
        return Notice(
            None,
            "",
            (),
            ("没有认出是哪一年的通知。请连同标题“国务院办公厅关于……年部分节假日安排的通知”一起粘贴。",),
        )
    reading = _Reading(year)
    is_yearly = _TITLE.search(flat) is not None
    sections = list(_sections(flat)) or list(_only_section(flat))
    for names, body in sections:
        _read_section(reading, names, body)
    named = tuple(dict.fromkeys(name for names, _ in sections for name in names))
    if _LENGTHENED.search(flat):
        reading.problems.append("原文延长了假期而没有写从哪一天起，延长的各日没有采用，请逐日修改。")
    if not reading.days:
        reading.problems.append("没有认出放假日期。请粘贴通知正文，从“一、元旦”开始。")
    elif is_yearly and (missing := [name for name in FESTIVALS if name not in named]):
        reading.problems.append(f"没有找到{'、'.join(missing)}的安排，请核对是否粘贴完整。")
    number = _NUMBER.search(flat)
    said = f"{number[1]}〔{number[2]}〕{number[3]}号" if number else ""
    return Notice(year, said, tuple(sorted(reading.days.values())), tuple(reading.problems), named, is_yearly)


def replaced(known: Iterable[NoticeDay], notice: Notice) -> frozenset[date]:
    """Return the known days of the year that a notice takes the place of: those of the festivals it settles.

    A make-up working day belongs to the festival whose days off are nearest.
    """
    known = [day for day in known if day.day.year == notice.year or notice.is_whole_year]
    if notice.is_whole_year:
        return frozenset(day.day for day in known)
    off = [day for day in known if day.kind == "off"]
    gone = {day.day for day in off if set(day.name.split("、")) & set(notice.festivals)}
    for day in known:
        near = min(off, key=lambda other: abs(other.day - day.day), default=None)
        if day.kind == "work" and near is not None and near.day in gone:
            gone.add(day.day)
    return frozenset(gone)


def _year(flat: str) -> int | None:
    found = _TITLE.search(flat) or _YEAR.search(flat)
    return int(found[1]) if found else None


def _sections(flat: str) -> Iterator[tuple[tuple[str, ...], str]]:
    headings = list(_HEADING.finditer(flat))
    for heading, end in zip(headings, [h.start() for h in headings[1:]] + [len(flat)], strict=False):
        names = tuple(
            sorted((n for n in FESTIVALS if n[:2] in heading[1]), key=lambda n: heading[1].index(n[:2]))
        )
        if names:
            yield names, flat[heading.end() : end]


def _only_section(flat: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the whole text as one section where it settles one festival, or a day of remembrance, in its title."""
    head = flat[:80]
    names = tuple(name for name in FESTIVALS if name[:2] in head)
    if not names and _REMEMBERED in head:
        names = ("抗战胜利纪念日" if "抗日战争" in head else _REMEMBERED,)
    if names:
        yield names, flat


def _read_section(reading: _Reading, names: tuple[str, ...], body: str) -> None:
    off: list[date] = []
    counts: list[int] = []
    for part, kind in _parts(body):
        days = list(_days(reading, part, names))
        if kind == "off":
            off += days
            counts += map(int, _COUNT.findall(part))
        if kind == "work":
            _read_work(reading, days)
    off = list(dict.fromkeys(off))
    for day in off:
        reading.enter(day, "off", "、".join(names))
    joined = _with_weekend(off) if off and "与周末连休" in body else len(off)
    if not off:
        reading.problems.append(f"{'、'.join(names)}没有认出放假日期，请核对原文。")
    elif counts and counts[-1] not in {len(off), joined}:
        reading.problems.append(
            f"{'、'.join(names)}原文写共 {counts[-1]} 天，按日期数是 {len(off)} 天，请核对原文。"
        )


def _read_work(reading: _Reading, days: list[date]) -> None:
    """Enter make-up working days: they lie on weekends, so words that name another day are taken for none of theirs."""
    odd = [day for day in days if day.weekday() < SATURDAY]
    for day in odd:
        text = f"{_written(day)}是周{_weekday(day)}，不是周末，却写作上班，这一句的各日没有采用，请核对原文。"
        reading.problems.append(text)
    for day in days if not odd else ():
        reading.enter(day, "work", MAKE_UP)


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """Split the sentences at their verbs: what stands before 放假 is off, what stands before 上班 is work."""
    for sentence in re.split(r"[。;]", body):
        if "鼓励" in sentence or _LENGTHENED.search(sentence):
            continue
        place = 0
        for verb in _VERB.finditer(sentence):
            part, place = _TOLD.sub("", sentence[place : verb.end()]), verb.end()
            works = verb[0].endswith(_WORKS)
            if not (works and _FROM_THEN_ON.search(part.removesuffix(verb[0]))):
                yield part, "work" if works else "off"


def _days(reading: _Reading, part: str, names: tuple[str, ...]) -> Iterator[date]:
    """Yield the days that a part names, its ranges filled; month and year carry on from day to day."""
    year, month, before, end = None, None, None, 0
    for match in _DAY.finditer(part):
        year = int(match["year"]) if match["year"] else year
        month = int(match["month"]) if match["month"] else month
        is_range = _RANGE.match(part[end : match.start()]) is not None
        if month is None:
            reading.problems.append(f"“{match[0]}”没有写月份，没有采用，请核对原文。")
            continue
        day = _date(
            reading, match, year or _year_of(reading, month, names), month, before if is_range else None
        )
        if day is not None and is_range:
            yield from _between(reading, before, day)
        elif day is not None:
            yield day
        before, end = day, match.end()


def _year_of(reading: _Reading, month: int, names: tuple[str, ...]) -> int:
    """At the turn of the year: 元旦 may begin in the December before."""
    return reading.year - 1 if names == ("元旦",) and month == 12 else reading.year  # noqa: PLR2004 - December


def _date(
    reading: _Reading, match: "re.Match[str]", year: int, month: int, since: date | None
) -> date | None:
    """Return the day written, after ``since`` where it ends a range; a weekday that disagrees is noted."""
    try:
        day = date(year, month, int(match["day"]))
        if since is not None and day < since and not match["year"]:
            day = day.replace(year=year + 1)
    except ValueError:
        reading.problems.append(f"“{match[0]}”不是日历上的日期，没有采用，请核对原文。")
        return None
    said = _SAID.search(match["said"] or "")
    if said and said[1].replace("天", "日") != _weekday(day):
        reading.problems.append(f"{_written(day)}括注为周{said[1]}，按日历是周{_weekday(day)}，请核对原文。")
    return day


def _between(reading: _Reading, first: date | None, last: date) -> Iterator[date]:
    if first is None or not 0 < (last - first).days < LONGEST:
        since = _written(first) if first else "起始日期"
        reading.problems.append(f"{since}至{_written(last)}的起止不合常理，没有采用中间各日，请核对原文。")
        yield last
        return
    for n in range(1, (last - first).days + 1):
        yield first + timedelta(days=n)


def _with_weekend(off: list[date]) -> int:
    """Count the days off together with the weekend days that adjoin them."""
    block = set(off)
    for step in (timedelta(days=1), timedelta(days=-1)):
        day = (max(off) if step.days > 0 else min(off)) + step
        while day.weekday() >= SATURDAY:
            block.add(day)
            day += step
    return len(block)


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
