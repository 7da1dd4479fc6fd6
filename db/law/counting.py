"""How a court counts a period, and the words that show it.

The first day is not counted (适用解释第四十八条第二款); a last day that is a holiday moves to the first day after it
(第四十八条第三款, 民事诉讼法第八十五条); months and years end on the same day number, or on the month's last day
(民法典第二百零二条). Rest days in the middle count, except in periods of working days (行政复议法第八十八条, 行政强制法
第六十九条). A count is covered when the notices of all the years are entered that decide it: for calendar days the
nominal last day and the days the end moves over, for working days every day that is passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.formats.months import add_months
from db.formats.written_dates import WEEKDAYS
from db.law.calendar import Calendar
from db.words.case import Unit

MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Count:
    """A counted period: its last day by number, the day it falls due, and how that was found, as a sentence.

    ``covered`` is false where a day that decides it lies in a year whose notice is not entered; then ``due`` is
    found by weekends only, and the sentence says so.
    """

    nominal: date
    due: date
    covered: bool
    explanation: str

    @property
    def rolled(self) -> bool:
        """Whether a rest day moved the end."""
        return self.due != self.nominal


def count_period(start: date, length: int, unit: Unit, calendar: Calendar, what: str = "起") -> Count:
    """Count ``length`` units after ``start``; ``what`` says what happened on that day."""
    if unit is Unit.WORKING_DAY:
        return count_working_days(start, length, calendar, what)
    if unit is Unit.DAY:
        return count_days(start, length, calendar, what)
    return count_months(start, length * MONTHS[unit], calendar, what)


def count_days(start: date, length: int, calendar: Calendar, what: str = "起") -> Count:
    """Count calendar days after ``start``; the end moves off a rest day."""
    return _rolled(start, start + timedelta(days=length), f"第 {length} 日", calendar, what)


def count_months(start: date, months: int, calendar: Calendar, what: str = "起") -> Count:
    """Count months after ``start``; the end moves off a rest day."""
    end = add_months(start, months)
    length = f"{months // 12} 年" if months % 12 == 0 else f"{months} 个月"
    ordinal = f"{length}届满之日"
    if end.day != start.day:
        ordinal += "（当月没有相应日，以月末日为准）"
    return _rolled(start, end, ordinal, calendar, what)


def count_working_days(start: date, length: int, calendar: Calendar, what: str = "起") -> Count:
    """Count working days after ``start``."""
    day = start
    for _ in range(length):
        day = calendar.next_working_day(day + timedelta(days=1))
    passed = _days(start + timedelta(days=1), day)
    rest = sum(map(calendar.is_rest_day, passed))
    words = f"{start} {what}，次日起算，第 {length} 个工作日为 {_full(day, calendar)}"
    words += f"，其间 {rest} 个休息日不计。" if rest else "。"
    return _count(day, day, passed, words, calendar)


def count_back(day: date, length: int, unit: Unit, calendar: Calendar, what: str) -> Count:
    """Count days or working days back from ``day``, which is not counted; the end never moves."""
    if unit is Unit.DAY:
        due = day - timedelta(days=length)
        words = f"{day} {what}，当日不计，倒数第 {length} 日为 {_full(due, calendar)}，最迟当日办妥，不因休息日顺延。"
        return Count(due, due, covered=True, explanation=words)
    due = day
    for _ in range(length):
        due -= timedelta(days=1)
        while calendar.is_rest_day(due):
            due -= timedelta(days=1)
    words = f"{day} {what}，当日不计，倒数第 {length} 个工作日为 {_full(due, calendar)}，最迟当日办妥。"
    return _count(due, due, _days(due, day - timedelta(days=1)), words, calendar)


def prefixed(count: Count, words: str) -> Count:
    """Return a count that says ``words`` first."""
    return replace(count, explanation=words + count.explanation)


def _rolled(start: date, end: date, ordinal: str, calendar: Calendar, what: str) -> Count:
    due = calendar.next_working_day(end)
    words = f"{start} {what}，次日起算，{ordinal}为 {_full(end, calendar)}"
    if due == end:
        words += "，不顺延。" if end in calendar.work else "，是工作日，不顺延。"
    else:
        words += f"，逢休息日，顺延至 {_full(due, calendar)}。"
    return _count(end, due, _days(end, due), words, calendar)


def _count(nominal: date, due: date, decisive: Iterable[date], words: str, calendar: Calendar) -> Count:
    missing = sorted(set().union(*(calendar.missing(day) for day in decisive)))
    if missing:
        years = "、".join(map(str, missing))
        words += f"{years} 年放假安排尚未录入，以上只按周末推算（未覆盖），请录入后核对。"
    return Count(nominal, due, covered=not missing, explanation=words)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _full(day: date, calendar: Calendar) -> str:
    text = f"{day} 周{WEEKDAYS[day.weekday()]}"
    if day in calendar.work:
        return f"{text}（调休工作日）"
    name = calendar.names.get(day) if day in calendar.off else None
    return f"{text}（{name}放假）" if name else text
