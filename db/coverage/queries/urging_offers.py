"""Whom the bureau may write to: the agencies that fall short on a day, with what a letter would say to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.cases.state import load_calendar
from db.coverage.queries.coverage import load_coverage
from db.coverage.queries.urging import UrgingRow, latest_urging
from db.coverage.rules.coverage import Gap
from db.coverage.rules.remedies import gaps
from db.coverage.rules.urging import asked_of
from db.office.queries.settings import load_settings


@dataclass(frozen=True, slots=True)
class UrgingOffer:
    """An agency with a gap; ``latest`` is the last letter that it got."""

    agency_id: int
    name: str
    badge: str
    reason: str
    asked: str
    latest: UrgingRow | None

    @property
    def is_waiting(self) -> bool:
        """Whether a letter is out whose deadline has not come, so that another one would be too early."""
        return self.latest is not None and self.latest.answered_on is None and not self.latest.is_overdue


@dataclass(frozen=True, slots=True)
class UrgingOffers:
    """Everything the clerk chooses from; ``answer_by`` is a working day that gives the time of the office's settings."""

    day: date
    lines: tuple[UrgingOffer, ...]
    answer_by: date
    series: str


def urging_offers(
    session: Session, day: date, today: date, found: Sequence[Gap] | None = None
) -> UrgingOffers:
    """Return the agencies that fall short on ``day``, the worst first. Belongs in a worker, like ``load_coverage``.

    ``found`` are the gaps of that day where they are at hand.
    """
    letters, settings = latest_urging(session, today), load_settings(session)
    lines = tuple(
        UrgingOffer(
            agency_id=gap.agency_key,
            name=gap.name,
            badge=gap.badge,
            reason=gap.reason,
            asked=asked_of(gap),
            latest=letters.get(gap.agency_key),
        )
        for gap in (gaps(load_coverage(session, today), day) if found is None else found)
    )
    answer_by = load_calendar(session).next_working_day(today + timedelta(days=settings.urging_days))
    return UrgingOffers(day, lines, answer_by, settings.urging_series)
