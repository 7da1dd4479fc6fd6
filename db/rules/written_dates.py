"""Dates and times as people write them: 2026年11月12日, 11月12号, 2026-11-12, 二〇二六年十一月十二日, 下午2:30."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
TIME = re.compile(
    r"(?P<half>上午|下午|中午|晚上|晚)?\s*(?P<hour>[01]?\d|2[0-3])\s*[:点时]\s*(?P<minute>[0-5]\d|半|整)?\s*分?"
)
NOON = 12


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
            if match["sign"] != "月" and not match["year"]:
                continue  # 12-3 may be anything
            year = int(match["year"]) if match["year"] else None
            month, day = int(match["month"]), int(match["day"])
        if (match["sign"] == "月" and not match["end"]) or not 1 <= month <= 12:  # noqa: PLR2004 - months
            continue
        yield Written(year, month, day, match.start(), match.end())


def find_time(text: str) -> tuple[str, int, int] | None:
    """Return the first time written in a text as (HH:MM, start, end)."""
    match = TIME.search(text)
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"] in {"下午", "晚上", "晚"} and hour < NOON:
        hour += NOON
    minute = {"半": 30, "整": 0, None: 0}.get(match["minute"])
    return f"{hour:02}:{int(match['minute']) if minute is None else minute:02}", match.start(), match.end()


def _number(text: str) -> int:
    """Read 十一, 二十, 二十一, 三十一."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return (_DIGITS[tens[-1]] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
