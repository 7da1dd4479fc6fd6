"""The first-run data that ships with the program, as rows; read without a database."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from db.law.calendar import Calendar

DATA = Path(__file__).parents[1] / "resources" / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the lists, by column name."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def shipped_calendar() -> Calendar:
    """Return the calendar of days off that ships with the program."""
    days = rows("holidays.csv")
    return Calendar.from_rows((date.fromisoformat(r["date"]), r["kind"], r["name"]) for r in days)
