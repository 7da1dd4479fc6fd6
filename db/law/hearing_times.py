"""When hearings meet: nobody can stand in two courtrooms at one hour."""

from dataclasses import dataclass
from datetime import date

HOUR = 60  # minutes that a hearing takes at least


@dataclass(frozen=True, slots=True)
class Sitting:
    """A hearing on a day; ``at_time`` is HH:MM, or empty where it is not known yet."""

    on: date
    at_time: str = ""

    @property
    def minute(self) -> int | None:
        """Its first minute of the day, if that is known."""
        hours, colon, minutes = self.at_time.partition(":")
        return int(hours) * HOUR + int(minutes) if colon else None

    def text(self) -> str:
        """Return it as a list shows it: 11-27 09:30."""
        return f"{self.on:%m-%d} {self.at_time}".strip()


def clash(one: Sitting, other: Sitting) -> bool:
    """Say whether two hearings meet: they begin less than an hour apart. Where a time is not known, nobody can say."""
    first, second = one.minute, other.minute
    return one.on == other.on and first is not None and second is not None and abs(first - second) < HOUR
