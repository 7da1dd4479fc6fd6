"""Working days and days off, as far as the State Council's yearly notices have been entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Days off and make-up working days; a year without data is counted by weekends and says so."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[date, str]]) -> "Calendar":
        """Return a calendar of (day, ``off`` or ``work``) rows."""
        rows = list(rows)
        return cls(
            frozenset(day for day, kind in rows if kind == "off"),
            frozenset(day for day, kind in rows if kind == "work"),
        )

    def covers(self, day: date) -> bool:
        """Say whether the notice for the year of ``day`` has been entered (New Year's Day is always off)."""
        return date(day.year, 1, 1) in self.off

    def is_rest_day(self, day: date) -> bool:
        """Say whether ``day`` is a holiday or a weekend that no notice makes a working day."""
        if day in self.work:
            return False
        return day in self.off or day.weekday() >= SATURDAY

    def next_working_day(self, day: date) -> date:
        """Return ``day``, or the first working day after it."""
        while self.is_rest_day(day):
            day += timedelta(days=1)
        return day
