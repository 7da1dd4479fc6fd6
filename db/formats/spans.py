"""Times for which something holds: certificates, postings, sharing papers, contracts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from db.formats.months import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Both days count; ``None`` is open; ``ended_on`` is the first day after an early end."""

    from_on: date | None = None
    to_on: date | None = None
    ended_on: date | None = None

    @property
    def first_on(self) -> date:
        """The first day that counts."""
        return self.from_on or date.min

    @property
    def last_on(self) -> date:
        """The last day that counts; before ``first_on`` if it was ended before it began."""
        last = self.to_on or date.max
        if self.ended_on is None:
            return last
        return min(last, self.ended_on - timedelta(days=1) if self.ended_on > date.min else date.min)

    @property
    def is_void(self) -> bool:
        """Whether it never held."""
        return self.last_on < self.first_on

    def runs_on(self, day: date) -> bool:
        """Say whether it holds on ``day``."""
        return self.first_on <= day <= self.last_on

    def overlaps(self, other: "Span") -> bool:
        """Say whether there is a day on which both hold."""
        return (
            not self.is_void
            and not other.is_void
            and self.first_on <= other.last_on
            and other.first_on <= self.last_on
        )

    def days_left(self, day: date) -> int | None:
        """Return how many days it still holds after ``day``; ``None`` if it has no end."""
        return None if self.last_on == date.max else (self.last_on - day).days

    def text(self) -> str:
        """Return the time as a sentence takes it: 2026-01-01 至 2027-12-31."""
        last = "长期" if self.last_on == date.max else str(self.last_on)
        return f"{self.from_on or '以前'} 至 {last}"


S = TypeVar("S", bound=Span)


def span_on(spans: Iterable[S], day: date) -> S | None:
    """Return the one that counts on ``day``: the running one, else the one that ran last, else the next."""
    spans = list(spans)
    if running := [s for s in spans if s.runs_on(day)]:
        return max(running, key=lambda s: (s.first_on, s.last_on))
    if begun := [s for s in spans if s.first_on <= day]:
        return max(begun, key=lambda s: (s.last_on, s.first_on))
    return min(spans, key=lambda s: (s.is_void, s.first_on), default=None)


def held_until(spans: Iterable[Span], day: date) -> date | None:
    """Return the last day of the unbroken time that holds on ``day``, over renewals; ``None`` if nothing holds."""
    last: date | None = None
    for span in sorted(spans, key=lambda s: s.first_on):
        if last is None:
            last = span.last_on if span.runs_on(day) else None
        elif not span.is_void and last < date.max and span.first_on <= last + timedelta(days=1):
            last = max(last, span.last_on)
    return last


def next_term(from_on: date, to_on: date) -> tuple[date, date]:
    """Return the term of the same length that follows: of whole months where it was of whole months, else of days."""
    begin = to_on + timedelta(days=1)
    months = (begin.year - from_on.year) * 12 + begin.month - from_on.month
    if add_months(from_on, months) == begin:
        return begin, add_months(begin, months) - timedelta(days=1)
    return begin, begin + (to_on - from_on)


def overlapping(spans: Iterable[S]) -> Iterator[tuple[int, S]]:
    """Yield the place of each that begins before an earlier one is over, and that earlier one."""
    ordered = sorted(enumerate(spans), key=lambda pair: pair[1].first_on)
    reaching: S | None = None
    for at, span in ordered:
        if span.is_void:
            continue
        if reaching is not None and span.overlaps(reaching):
            yield at, reaching
        if reaching is None or span.last_on > reaching.last_on:
            reaching = span


def window_first(day: date) -> date:
    """Return the first of the twelve months that end with ``day``."""
    try:
        before = day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        before = date(day.year - 1, 2, 28)
    return before + timedelta(days=1)
