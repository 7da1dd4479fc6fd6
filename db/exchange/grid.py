"""Sheets as they were read: values by row and column, what was merged, and what nobody sees."""

import re
from dataclasses import dataclass
from datetime import date, datetime

Raw = str | int | float | bool | date | datetime | None

UNCOMPUTED = "（公式没有算出的值）"
"""Stands for a formula that was saved without its result."""
_QUOTED = re.compile(r'="((?:[^"]|"")*)"')
_LOOKS_CUT = re.compile(r"\d{4}\.1")
_BROKEN = re.compile(
    r"#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|FIELD|GETTING_DATA)[!?]?|#{4,}|=[^=\s].*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, rows from the first; ``merged`` holds (top, left, bottom, right), from 0, inclusive.

    ``hidden_rows`` are those that are hidden or filtered away, from 0, as far as the kind of file tells.
    """

    sheet: str
    rows: tuple[tuple[Raw, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_too_large: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(value not in ("", None) for row in self.rows for value in row)


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of a workbook: the names of all its sheets, and those that were read."""

    sheets: tuple[str, ...]
    grids: tuple[Grid, ...]


def cell_of(text: str) -> Raw:
    """Return a cell of a file or block of bare text: ="0570…" and '0570… without their wrapping, 2025.1 as the number it was."""
    if match := _QUOTED.fullmatch(text.strip()):
        return match[1].replace('""', '"')
    if text.startswith("'"):  # by which Excel is told to keep a number as text
        return text[1:]
    return float(text) if _LOOKS_CUT.fullmatch(text.strip()) else text


def is_broken(raw: Raw) -> bool:
    """Say whether a cell shows an error or a formula in place of a value: #REF!, ####, =B2."""
    return isinstance(raw, str) and (raw == UNCOMPUTED or bool(_BROKEN.fullmatch(raw.strip())))
