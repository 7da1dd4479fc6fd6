"""Numbers of the office's own papers: 柯司聘〔2026〕3号, consecutive in each series and year."""

import re
from dataclasses import dataclass

from db.formats.text import narrow

_BRACKETS = str.maketrans(
    {"[": "〔", "]": "〕", "【": "〔", "】": "〕", "(": "〔", ")": "〕", "（": "〔", "）": "〕"}
)
_NUMBER = re.compile(r"(?P<series>[^〔〕\s\d]{1,20})〔(?P<year>20\d{2})〕第?0*(?P<serial>[1-9]\d{0,8})号")


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A paper's number, taken apart; ``series`` is its 代字."""

    series: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.serial}号"


def parse_paper_number(text: str) -> PaperNumber | None:
    """Take a paper's number apart, whatever brackets it was typed with; ``None`` if it is of another form."""
    match = _NUMBER.fullmatch(re.sub(r"\s", "", narrow(text)).translate(_BRACKETS))
    return PaperNumber(match["series"], int(match["year"]), int(match["serial"])) if match else None


def normalise_paper_number(text: str) -> str:
    """Return a paper's number in its normal form; another form stays as typed, trimmed."""
    parsed = parse_paper_number(text)
    return str(parsed) if parsed else text.strip()
