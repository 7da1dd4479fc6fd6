"""Statutory periods, against worked examples with the State Council's calendars of 2021 to 2026."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.acts.setup import DATA
from db.rules import periods
from db.rules.calendar import Calendar
from db.rules.events import EventKind, Happening
from db.rules.procedure import Procedure

with (DATA / "holidays.csv").open(encoding="utf-8") as _file:
    CALENDAR = Calendar.from_rows((date.fromisoformat(r["date"]), r["kind"]) for r in csv.DictReader(_file))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2021-04-16", 15, "2021-05-06"),
        ("2021-09-11", 15, "2021-09-26"),
        ("2021-09-18", 15, "2021-10-08"),
        ("2026-02-03", 15, "2026-02-24"),
        ("2024-09-24", 10, "2024-10-08"),
    ],
)
def test_days_适用解释第四十八条(start, days, due):
    assert periods.count_days(date.fromisoformat(start), days, CALENDAR).due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [("2021-08-31", 6, "2022-02-28"), ("2023-08-30", 6, "2024-02-29"), ("2024-07-01", 3, "2024-10-08")],
)
def test_months_民法典第二百零二条(start, months, due):
    assert periods.count_months(date.fromisoformat(start), months, CALENDAR).due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "days", "due"), [("2024-09-24", 10, "2024-10-12"), ("2024-04-29", 5, "2024-05-09")]
)
def test_working_days_行政复议法第八十八条(start, days, due):
    assert periods.count_working_days(date.fromisoformat(start), days, CALENDAR).due == date.fromisoformat(
        due
    )


@given(st.dates(date(2021, 1, 1), date(2026, 11, 1)), st.integers(1, 60))
def test_a_period_never_ends_on_a_day_off_nor_before_its_last_day(start, days):
    found = periods.count_days(start, days, CALENDAR)
    assert not CALENDAR.is_rest_day(found.due)
    assert found.nominal == start + timedelta(days=days) <= found.due


def test_the_answer_is_due_fifteen_days_after_the_copy_came_行政诉讼法第六十七条():
    happened = [
        Happening(EventKind.FILED, date(2026, 11, 10)),
        Happening(EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12)),
    ]
    found = periods.answer_period(periods.periods_for(Procedure.FIRST_INSTANCE, happened, CALENDAR))
    assert (found.rule.id, found.due, found.done_on) == ("L02", date(2026, 11, 27), None)
    assert "第 15 日为 2026-11-27 周五" in found.count.explanation


def test_a_submitted_answer_fulfils_the_period():
    happened = [
        Happening(EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12)),
        Happening(EventKind.ANSWERED, date(2026, 11, 20)),
    ]
    found = periods.answer_period(periods.periods_for(Procedure.FIRST_INSTANCE, happened, CALENDAR))
    assert found.done_on == date(2026, 11, 20)


def test_a_year_without_a_calendar_says_so():
    found = periods.count_days(date(2026, 12, 20), 15, CALENDAR)
    assert not found.covered
    assert "2027 年放假安排尚未录入" in found.explanation
