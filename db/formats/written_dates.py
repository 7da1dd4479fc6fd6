"""Dates, times and ranges as people write them: 2026年11月12日, 11月12号, 2026-11-12, 二〇二六年十一月十二日, 下午2:30.

The one reading for all: ``find_`` looks for them in a text, ``read_`` takes a field or cell that holds nothing else.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.formats.storable import year_trouble

WEEKDAYS = "一二三四五六日"
_DIGITS = {
    c: n
    for n, row in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for c in row
}
_CHINESE = "[〇零○一二三四五六七八九十]"
DATE = re.compile(
    r"(?:(?P<year>20\d\d)\s*[年\-/.]\s*)?(?P<month>1[0-2]|0?[1-9])\s*(?P<sign>[月\-/.])\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*(?P<end>[日号])?"
    rf"|(?P<cyear>[二][〇零○][〇零○一二三四五六七八九]{{2}})年(?P<cmonth>{_CHINESE}{{1,2}})月(?P<cday>{_CHINESE}{{1,3}})日"
)
_HOUR, _MINUTE = r"[01]?\d|2[0-3]", r"[0-5]?\d(?=\s*分)|[0-5]\d|半|整|[一三]刻"
TIME = re.compile(
    r"(?P<half>凌晨|早上|上午|下午|中午|晚上|晚)?\s*"
    rf"(?:(?P<hour>{_HOUR})\s*[:点时]\s*(?P<minute>{_MINUTE})?"
    rf"|(?P<chour>[零〇一二三四五六七八九十两]{{1,3}})[点时](?P<cminute>[零〇一二三四五六七八九十]{{1,3}}(?=分)|半|整|[一三]刻)?)\s*分?"
)
_AFTER_BARE = re.compile(
    r"[\s,]*(?:[(]?(?:周|星期)[一二三四五六日天][)]?)?[\s,]*"
    r"(?:(?:凌晨|早上|上午|下午|中午|晚上)|(?:[01]?\d|2[0-3])[:点时]|开庭|收到|签收|送达|立案|听证|庭审|前?(?:答辩|举证|提交))"
)
"""What makes a day of 12.16: a time, or what happens on it; else it may be a price or a paragraph."""
NOON = 12
_PARTS = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}

_SIGN = r"[年./\-]"
_DAY = re.compile(rf"(\d{{4}}){_SIGN}(\d{{1,2}})[月./\-](\d{{1,2}})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(rf"(\d{{4}}){_SIGN}(\d{{1,2}})月?(月?[底末])?")
_MONTH_DAY = re.compile(r"(0?[1-9]|1[0-2])[月./\-](0?[1-9]|[12]\d|3[01])[日号]?")
_FOUR = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_AFTER_DAY = re.compile(
    r"[\sT]*(?:[(]?(?:星期|周)[一二三四五六日天][)]?|[上下]午|\s\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|T[\d:.]+)\s*\Z"
)
"""What cells show after a day: its weekday, or a time, mostly 0:00."""
_TO = re.compile(r"至|到|[—–~]+|-+")
_OPEN = frozenset({"今", "至今", "现在", "目前", "长期", "长期有效", "永久", "无固定期限", "无期限"})
_FORMAL = str.maketrans("零壹贰叁肆伍陆柒捌玖拾", "〇一二三四五六七八九十") | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_NUMERALS = re.compile(
    r"([元〇○Oo0-9一二三四五六七八九十]*[元〇○一二三四五六七八九十][Oo0-9〇○一二三四五六七八九十]*)([年月日号])"
)
_REPUBLIC = re.compile(r"(?:中华)?民国(\d{1,3})年")
_REPUBLIC_BEGAN = 1911


@dataclass(frozen=True, slots=True)
class Written:
    """A date found in a text; ``year`` is ``None`` where none was written."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def on(self, year: int) -> date | None:
        """Return the day in the written year, else in ``year``; ``None`` where the calendar has no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str) -> Iterator[Written]:
    """Yield the dates written in a text (digits in half width)."""
    for match in DATE.finditer(text):
        if match["cyear"]:
            year: int | None = int("".join(str(_DIGITS[c]) for c in match["cyear"]))
            month, day = _number(match["cmonth"]), _number(match["cday"])
        else:
            if match["sign"] != "月" and not match["year"] and not _is_bare_day(text, match):
                continue
            year = int(match["year"]) if match["year"] else None
            month, day = int(match["month"]), int(match["day"])
        if (match["sign"] == "月" and not match["end"]) or not 1 <= month <= 12:  # noqa: PLR2004 - months
            continue
        yield Written(year, month, day, match.start(), match.end())


def _is_bare_day(text: str, match: "re.Match[str]") -> bool:
    """Say whether 12.16 or 12/16 is a day: nothing of a number before it, and a time or an event behind it."""
    before = text[match.start() - 1 : match.start()]
    return (
        match["sign"] in "./-"
        and before not in {*"0123456789./-第〔(["}
        and bool(match["end"] or _AFTER_BARE.match(text, match.end()))
    )


RELATIVE = re.compile(
    r"(?P<week>下下|下个?|本|这个?|上个?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<near>大后天|后天|明天|明日|今天|今日|昨天|昨日|前天)(?!报)"
)
_WEEKS = {"下下": 2, "下": 1, "下个": 1, "本": 0, "这": 0, "这个": 0, "上": -1, "上个": -1}
_NEAR = {
    "大后天": 3,
    "后天": 2,
    "明天": 1,
    "明日": 1,
    "今天": 0,
    "今日": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
}
_BESIDE = 8  # signs: a date written so near says the day itself


def find_days_from(text: str, today: date) -> Iterator[Written]:
    """Yield the days that count from the day on which a message was written: 下周三, 明天; ``today`` stands for that.

    A week begins on Monday. Where the date stands beside it (12月9日，下周三), the date is the one to take.
    """
    written = list(find_dates(text))
    for match in RELATIVE.finditer(text):
        if any(day.start - match.end() < _BESIDE and match.start() - day.end < _BESIDE for day in written):
            continue
        if match["near"]:
            on = today + timedelta(days=_NEAR[match["near"]])
        else:
            weekday = WEEKDAYS.index(match["weekday"].replace("天", "日"))
            on = today + timedelta(days=weekday - today.weekday(), weeks=_WEEKS[match["week"]])
        yield Written(on.year, on.month, on.day, match.start(), match.end())


def find_time(text: str) -> tuple[str, int, int] | None:
    """Return the first time written in a text as (HH:MM, start, end): 9:30, 下午两点半, 九时三十分."""
    match = TIME.search(text)
    if match is None:
        return None
    hour = int(match["hour"]) if match["hour"] else _number(match["chour"].replace("两", "二"))
    if match["half"] in {"下午", "晚上", "晚"} and hour < NOON:
        hour += NOON
    said = match["minute"] or match["cminute"] or "整"
    minute = _PARTS.get(said)
    if minute is None:
        minute = int(said) if said.isdecimal() else _number(said)
    return f"{hour:02}:{minute:02}", match.start(), match.end()


def _number(text: str) -> int:
    """Read 十一, 二十, 二十一, 三十一, 零五."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return (_DIGITS[tens[-1]] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


# -- a field or a cell that holds nothing but a date ---------------------------------------------


def read_day(text: str, *, end: bool = False, whole: bool = False) -> date | None:
    """Return the day that a field or cell holds, ``None`` if it is blank.

    A month alone is its first day, or its last at an ``end``; ``whole`` refuses it. Raises ``ValueError`` when it is
    not understood, ``WrongYear`` when its year must be a slip; it never guesses: 10.7, 25.3.1 and 3/1/2025 may each
    be several days.
    """
    day = _read_day(text, end=end, whole=whole)
    return None if day is None else in_range(day)


def in_range(day: date) -> date:
    """Return a day whose year may be meant. Raises ``WrongYear``."""
    if said := year_trouble(day):
        raise WrongYear(said)
    return day


class WrongYear(ValueError):
    """The year of a date lies outside all that is recorded; the text says so to the clerk."""


def _read_day(text: str, *, end: bool, whole: bool) -> date | None:
    text = _plain(text)
    if not text:
        return None
    if match := _DAY.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, match.groups())
        return date(year, month, day)
    if not whole and (match := _MONTH.fullmatch(text)):
        year, month = int(match[1]), int(match[2])
        last = monthrange(year, month)[1]  # raises a ValueError of its own for a thirteenth month
        return date(year, month, last if end or match[3] else 1)
    raise ValueError(text)


def read_month_day(text: str) -> tuple[int, int] | None:
    """Return month and day where a field holds them without a year: 12.22, 1222, 3月12日; else ``None``."""
    plain = _plain(text)
    match = _MONTH_DAY.fullmatch(plain) or _FOUR.fullmatch(plain)
    return (int(match[1]), int(match[2])) if match else None


def nearest(month: int, day: int, today: date) -> date | None:
    """Return the day of that name nearest to today: 12.22 typed in January is last December's."""
    found = (Written(None, month, day, 0, 0).on(today.year + n) for n in (-1, 0, 1))
    return min((on for on in found if on), key=lambda on: abs(on - today), default=None)


def typed_time(text: str) -> str:
    """Return a time as HH:MM where a field holds nothing else: 0930, 930, 9：30, 下午2点半; else the text as it is."""
    flat = unicodedata.normalize("NFKC", text).strip()
    if match := re.fullmatch(r"([01]?\d|2[0-3])[.]?([0-5]\d)", flat):
        return f"{int(match[1]):02}:{match[2]}"
    found = find_time(flat)
    return found[0] if found and (found[1], found[2]) == (0, len(flat)) else flat


def read_range(text: str) -> tuple[date | None, date | None]:
    """Return both ends of a time in one field: 2025年6月1日至2027年5月31日, 2025.6-2027.5, 2026.4.1-4.3.

    The last day of 2025.3.1至今 is ``None``; a blank has neither. Raises ``ValueError`` when it is not understood.
    """
    flat = unicodedata.normalize("NFKC", text).strip()
    if not flat:
        return None, None
    if flat.endswith("起"):
        return read_day(flat), None
    found = set()
    for sign in _TO.finditer(flat):
        try:
            found.add(_ends(flat[: sign.start()], flat[sign.end() :]))
        except ValueError:
            continue
    if len(found) != 1:
        raise ValueError(text)
    return found.pop()


def is_open_end(text: str) -> bool:
    """Say whether a field says that something has no last day: 长期, 至今."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) in _OPEN


def _ends(left: str, right: str) -> tuple[date | None, date | None]:
    first = read_day(left)
    if first is None or not right:
        raise ValueError(left)
    if is_open_end(right):
        return first, None
    if (short := read_month_day(right)) is not None:
        last: date | None = date(first.year, *short)
    else:
        last = read_day(right, end=True)
    if last is None or (short and last < first):
        raise ValueError(right)
    return first, last


def _plain(text: str) -> str:
    """Return what is written of a day in half width and digits, without weekday, time, 自 and 起."""
    text = unicodedata.normalize("NFKC", text).translate({ord("。"): ".", ord("、"): "."}).strip()
    text = re.sub(r"^[自从]|(?:起|止|为止|截止)$", "", text)
    text = re.sub(r"\s", "", _AFTER_DAY.sub("", text)).rstrip(".")
    text = _NUMERALS.sub(lambda match: _arabic(match[1], match[2]) + match[2], text.translate(_FORMAL))
    return _REPUBLIC.sub(lambda match: f"{_REPUBLIC_BEGAN + int(match[1])}年", text)


def _arabic(numerals: str, unit: str) -> str:
    """Return 二〇二五 before 年 as 2025, 十一 and 元 before 月 as 11 and 1."""
    if numerals == "元":
        return "1"
    if "十" in numerals:
        return str(_number(numerals))
    digits = "".join(c if c.isdecimal() else str(_DIGITS.get(c, 0)) for c in numerals)
    return digits if unit == "年" else digits.lstrip("0") or "0"
