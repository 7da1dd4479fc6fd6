"""Working days and days off, as far as the State Council's yearly notices have been entered.

A year is covered once its notice has been entered. The notice of a year may reach back into the last days of the
year before: 元旦 takes three days at most, 1 January among them, so it begins on 30 December at the earliest, and
the weekend made to work for it lies on 28 or 29 December at the earliest (2018-12-29, by the notice for 2019).
What 28 to 31 December are is therefore known only when the notices of both years have been entered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

SATURDAY = 5
REACHES_BACK_TO = (12, 28)
"""From this month and day on, the notice of the next year may decide what a day is."""

FIXED_FESTIVALS = ((1, 1), (5, 1), (10, 1))
"""Days off in every year (全国年节及纪念日放假办法第二条): all of them entered means that the notice was entered."""


@dataclass(frozen=True)
class Calendar:
    """Days off and make-up working days; ``names`` says which festival a day belongs to, where known."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, compare=False)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[date, str] | tuple[date, str, str]]) -> "Calendar":
        """Return a calendar of (day, ``off`` or ``work``) rows, each with the festival's name or without."""
        rows = list(rows)
        return cls(
            frozenset(row[0] for row in rows if row[1] == "off"),
            frozenset(row[0] for row in rows if row[1] == "work"),
            {row[0]: row[2] for row in rows if len(row) > 2 and row[2]},  # noqa: PLR2004 - the third is the name
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """The years whose notice has been entered; one stray day entered by hand covers no year."""
        return frozenset(
            year
            for year in {day.year for day in self.off}
            if all(date(year, month, day) in self.off for month, day in FIXED_FESTIVALS)
        )

    def covers(self, year: int) -> bool:
        """Say whether the notice for ``year`` has been entered."""
        return year in self.years

    def missing(self, day: date) -> frozenset[int]:
        """Return the years whose notices would have to be entered to know what ``day`` is."""
        needed = {day.year, day.year + 1} if (day.month, day.day) >= REACHES_BACK_TO else {day.year}
        return frozenset(needed) - self.years

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
