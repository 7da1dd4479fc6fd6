"""Statutory periods: what starts them, how long they run, and how a court counts them.

Counting: the first day is not counted (适用解释第四十八条第二款); a last day that is a holiday moves to the first
day after it (第四十八条第三款, 民事诉讼法第八十五条); months end on the same day number, or on the month's last day
(民法典第二百零二条). Rest days in the middle count, except in periods of working days (行政复议法第八十八条).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.rules.calendar import Calendar
from db.rules.events import EventKind, Happening, first, last
from db.rules.procedure import Procedure

WEEKDAYS = "一二三四五六日"


class Unit(StrEnum):
    """What a period is counted in; the values are the words on the screen."""

    DAY = "日"
    WORKING_DAY = "个工作日"
    MONTH = "个月"


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A period that an event sets running.

    ``ends`` are the events that fulfil it. A period that ``lapses`` is a window or the court's own limit:
    it is over when its last day is; any other is the agency's duty, and overdue after it.
    """

    id: str
    title: str
    starts: EventKind
    length: int
    unit: Unit
    article: str
    effect: str
    procedures: frozenset[Procedure]
    ends: frozenset[EventKind]
    lapses: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A counted period: its last day by number, the day it falls due, and how that was found."""

    nominal: date
    due: date
    covered: bool
    explanation: str

    @property
    def rolled(self) -> bool:
        """Whether a rest day moved the end."""
        return self.due != self.nominal


@dataclass(frozen=True, slots=True)
class Period:
    """A rule at work in a case; ``done_on`` is set once it was fulfilled."""

    rule: PeriodRule
    started_on: date
    count: Count
    done_on: date | None

    @property
    def due(self) -> date:
        """The last day of the period."""
        return self.count.due


FIRST, SECOND = frozenset({Procedure.FIRST_INSTANCE}), frozenset({Procedure.SECOND_INSTANCE})
RETRIAL, REVIEW = frozenset({Procedure.RETRIAL}), frozenset({Procedure.RECONSIDERATION})
COURT_END = frozenset({EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED, EventKind.CLOSED})
APPEAL_END = frozenset({EventKind.APPEALED, EventKind.EFFECTIVE, EventKind.CLOSED})
ANSWERED = frozenset({EventKind.ANSWERED, EventKind.CLOSED})
ANSWER_RULES = frozenset({"L02", "L14", "L17", "R01"})

RULES = (
    PeriodRule(
        "L02", "答辩举证", EventKind.RECEIVED_COMPLAINT, 15, Unit.DAY, "行政诉讼法第六十七条",
        "逾期不提供或者无正当理由逾期提供证据，视为没有相应证据（行政诉讼法第三十四条）。", FIRST, ANSWERED,
    ),
    PeriodRule(
        "L09", "一审审限", EventKind.FILED, 6, Unit.MONTH, "行政诉讼法第八十一条",
        "人民法院应当在立案之日起六个月内作出第一审判决；公告、鉴定、中止等期间不计。", FIRST, COURT_END, lapses=True,
    ),
    PeriodRule(
        "L12", "判决上诉期", EventKind.JUDGMENT_SERVED, 15, Unit.DAY, "行政诉讼法第八十五条",
        "逾期不上诉的，一审判决发生法律效力。", FIRST, APPEAL_END, lapses=True,
    ),
    PeriodRule(
        "L13", "裁定上诉期", EventKind.RULING_SERVED, 10, Unit.DAY, "行政诉讼法第八十五条",
        "仅不予立案、驳回起诉、管辖异议的裁定可以上诉（适用解释第一百零一条）。", FIRST, APPEAL_END, lapses=True,
    ),
    PeriodRule(
        "L14", "二审答辩", EventKind.RECEIVED_APPEAL, 15, Unit.DAY, "适用解释第一百零八条",
        "被上诉人收到上诉状副本后十五日内提出答辩状。", SECOND, ANSWERED,
    ),
    PeriodRule(
        "L15", "二审审限", EventKind.RECEIVED_APPEAL, 3, Unit.MONTH, "行政诉讼法第八十八条",
        "人民法院应当在收到上诉状之日起三个月内作出终审判决；此处以本机关收到副本之日估算。", SECOND, COURT_END,
        lapses=True,
    ),
    PeriodRule(
        "L17", "再审书面意见", EventKind.RECEIVED_RETRIAL, 15, Unit.DAY, "适用解释第一百一十一条",
        "收到再审申请书副本之日起十五日内提交书面意见。", RETRIAL, ANSWERED,
    ),
    PeriodRule(
        "R01", "复议答复举证", EventKind.RECEIVED_APPLICATION, 10, Unit.WORKING_DAY, "行政复议法第四十八条、第八十八条",
        "不按期提出书面答复、提交证据的，视为没有证据、依据（行政复议法第七十条）；简易程序为五个工作日。",
        REVIEW, ANSWERED,
    ),
)  # fmt: skip


def count_days(start: date, length: int, calendar: Calendar) -> Count:
    """Count calendar days after ``start``; the end moves off a rest day."""
    return _rolled(start, start + timedelta(days=length), f"第 {length} 日", calendar)


def count_months(start: date, months: int, calendar: Calendar) -> Count:
    """Count months after ``start``; the end moves off a rest day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    end = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return _rolled(start, end, f"{months} 个月届满之日", calendar)


def count_working_days(start: date, length: int, calendar: Calendar) -> Count:
    """Count working days after ``start``."""
    day = start
    for _ in range(length):
        day = calendar.next_working_day(day + timedelta(days=1))
    covered = _covered(start, day, calendar)
    words = f"{_day(start)}收到，次日起算，第 {length} 个工作日为 {_full(day)}。"
    return Count(day, day, covered, words + _gap(day, covered))


def count(rule: PeriodRule, start: date, calendar: Calendar) -> Count:
    """Count a rule's period from its starting event."""
    if rule.unit is Unit.DAY:
        return count_days(start, rule.length, calendar)
    if rule.unit is Unit.MONTH:
        return count_months(start, rule.length, calendar)
    return count_working_days(start, rule.length, calendar)


def periods_for(procedure: Procedure, happened: Sequence[Happening], calendar: Calendar) -> list[Period]:
    """Return the periods that a case's events have set running, by the day they fall due."""
    found = []
    for rule in RULES:
        starts_late = rule.starts in {EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED}
        start = (last if starts_late else first)(happened, rule.starts)
        if procedure in rule.procedures and start is not None:
            done = min((h.on for h in happened if h.kind in rule.ends and h.on >= start), default=None)
            found.append(Period(rule, start, count(rule, start, calendar), done))
    return sorted(found, key=lambda p: p.due)


def answer_period(periods: Sequence[Period]) -> Period | None:
    """Return the agency's period to answer, whatever the proceedings."""
    return next((p for p in periods if p.rule.id in ANSWER_RULES), None)


def _rolled(start: date, end: date, ordinal: str, calendar: Calendar) -> Count:
    due = calendar.next_working_day(end)
    covered = _covered(end, due, calendar)
    words = f"{_day(start)}起，次日起算，{ordinal}为 {_full(end)}"
    if due == end:
        kind = "调休工作日" if end in calendar.work else "工作日"
        words += f"，是{kind}，不顺延。"
    else:
        words += f"，逢休息日，顺延至 {_full(due)}。"
    return Count(end, due, covered, words + _gap(due, covered))


def _covered(start: date, end: date, calendar: Calendar) -> bool:
    return all(calendar.covers(date(year, 1, 1)) for year in range(start.year, end.year + 1))


def _gap(due: date, covered: bool) -> str:
    return "" if covered else f"{due.year} 年放假安排尚未录入，只按周末推算，请核对。"


def _day(day: date) -> str:
    return f"{day:%m-%d} "


def _full(day: date) -> str:
    return f"{day:%Y-%m-%d} 周{WEEKDAYS[day.weekday()]}"
