"""What a report may be asked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BY = {"lawyer": "按顾问", "firm": "按律师事务所", "agency": "按被告单位"}


class Asks(StrEnum):
    """A parameter that a report takes; the page shows the controls for these."""

    PERIOD = "period"  # from_on, to_on
    AS_OF = "as_of"
    YEAR = "year"
    ISSUED_ON = "issued_on"
    BY = "by"
    FIRM = "firm"
    AGENCY = "agency"
    ANNEXES = "annexes"  # with_agencies, with_cases
    SIGNERS = "signers"  # maker, reviewer
    UNMASKED = "unmasked"
    IDS = "ids"
    CASES = "cases"  # ids too, but of cases
    CONSULTATIONS = "consultations"  # ids too, but of consultations
    MEMBERS = "members"


SAMPLE = "示例数据，均为虚构"  # on papers of the demo


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a report is asked for: a period with both days included, and what it shows.

    ``by`` is lawyer, firm or agency. ``firm`` and ``agency`` narrow the report to one of them when given.
    ``ids`` are the records that papers are made for; none means all. ``members`` are those of a consultation whose
    sheets are wanted; none means every one. ``as_of`` and ``year`` are those of
    ``today`` when not given; ``issued_on`` is the date that a 聘书 or 会商通知 carries, where it is another than
    the one kept with its number.
    """

    from_on: date
    to_on: date
    today: date
    by: str = "lawyer"
    firm: str = ""
    agency: str = ""
    with_agencies: bool = True
    with_cases: bool = True
    maker: str = ""
    reviewer: str = ""
    as_of: date | None = None
    year: int | None = None
    issued_on: date | None = None
    ids: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    unmasked: bool = False

    @property
    def day(self) -> date:
        """The day as of which the report is made."""
        return self.as_of or self.today

    @property
    def for_year(self) -> int:
        """The year that the report is about."""
        return self.year or self.today.year
