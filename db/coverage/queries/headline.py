"""The two figures of coverage that the workbench shows: how many agencies, how they moved in a month, how many gaps."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.figures import month_ends
from db.formats.figures import Figure

TABLES = (
    "agency",
    "agency_contract",
    "agency_name",
    "assignment",
    "case_party",
    "case_record",
    "certificate",
    "consultation",
    "internal_adviser",
    "posting",
    "public_lawyer",
    "service",
    "setting",
    "sharing",
)
"""What coverage rests on: who touches one of these may change a figure."""


@dataclass(frozen=True, slots=True)
class CoverageHeadline:
    """Both rates of a day; the changes are in agencies since the end of the month before; ``gaps`` are agencies."""

    formal: Figure
    effective: Figure
    formal_change: int
    effective_change: int
    gaps: int


def coverage_headline(session: Session, today: date) -> CoverageHeadline:
    """Return the headline of today; belongs in a worker, for it reads everything that is dated."""
    coverage = load_coverage(session, today)
    now = coverage.on(today).figures.whole
    before = coverage.on(month_ends(today, 1)[0]).figures.whole
    return CoverageHeadline(
        formal=now.formal,
        effective=now.effective,
        formal_change=now.formal.numerator - before.formal.numerator,
        effective_change=now.effective.numerator - before.effective.numerator,
        gaps=len(now.effective.missing),
    )
