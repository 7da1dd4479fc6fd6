"""What clerks type into the fields for a day and a time without its year or its colon; and why a file cannot be read."""

import errno
from datetime import date

import pytest

from db.errors import reason
from db.formats.written_dates import nearest, read_month_day, typed_time


@pytest.mark.parametrize("text", ["12.22", "1222", "12-22", "12/22", "12月22日", "１２２２", "12。22"])
def test_a_day_without_its_year(text):
    assert read_month_day(text) == (12, 22)


@pytest.mark.parametrize("text", ["1322", "1232", "2026", "122", "12", "0930.5", "十二"])
def test_what_is_no_day(text):
    assert read_month_day(text) is None


@pytest.mark.parametrize(
    ("today", "means"),
    [
        (date(2026, 11, 24), date(2026, 12, 22)),
        (date(2027, 1, 4), date(2026, 12, 22)),
        (date(2026, 7, 1), date(2026, 12, 22)),
    ],
)
def test_a_day_is_the_nearest_of_its_name(today, means):
    assert nearest(12, 22, today) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("0930", "09:30"),
        ("930", "09:30"),
        ("1430", "14:30"),
        ("9：30", "09:30"),
        ("9.30", "09:30"),
        ("下午2点半", "14:30"),
        ("九时三十分", "09:30"),
        ("14:30", "14:30"),
        ("2460", "2460"),
        ("上午", "上午"),
        ("", ""),
        ("9:30到11:30", "9:30到11:30"),
    ],
)
def test_a_time_as_it_is_typed(text, means):
    assert typed_time(text) == means


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_reason_is_english(number):
    said = reason(OSError(number, "No such file or directory"))
    assert said
    assert not any(word in said.lower() for word in ("no such", "directory", "permission"))
