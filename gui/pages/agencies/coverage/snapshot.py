"""What the page knows of the district: read once in a worker, asked for any day without a statement."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.agencies.queries.agencies import AgencyFilter, AgencyRow, agency_keys, agency_rows
from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.coverage import CoveragePolicy, District, Gap, Trend
from db.coverage.rules.days import Coverage
from db.coverage.rules.remedies import gaps
from gui.pages.agencies.coverage.matrix import Line

if TYPE_CHECKING:
    from db.engine import Database


BIG = 400  # agencies


@dataclass(frozen=True, slots=True)
class View:
    """The district on one day: lines of the matrix, figures, the months before, the gaps."""

    district: District
    trend: Trend
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    policy: CoveragePolicy

    def gap_of(self, key: int) -> Gap | None:
        """Return the gap of an agency, if it has one."""
        return next((gap for gap in self.gaps if gap.agency_key == key), None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the page needs of the database; ``listed`` are cases and sources of today."""

    coverage: Coverage
    listed: dict[int, AgencyRow]
    today: View

    @property
    def is_big(self) -> bool:
        """Whether a day takes so long to reckon that a worker must do it."""
        return len(self.listed) > BIG

    def on(self, day: date) -> View:
        """Return the district on a day."""
        return view_of(self.coverage, self.listed, day)


def view_of(coverage: Coverage, listed: dict[int, AgencyRow], day: date) -> View:
    """Return the district on a day."""
    district = coverage.on(day)
    return View(
        district=district,
        trend=coverage.trend(day),
        lines=tuple(Line(cover, listed.get(cover.key)) for cover in district.rows),
        gaps=gaps(coverage, day),
        policy=coverage.policy,
    )


def read_snapshot(database: "Database", today: date) -> Snapshot:
    """Read everything, in a worker; today's figures are reckoned there too."""
    with database.read() as session:
        coverage = load_coverage(session, today)
        keys = agency_keys(session, AgencyFilter(), today)
        listed = agency_rows(session, keys, today)
    return Snapshot(coverage, listed, view_of(coverage, listed, today))
