"""A sheet as it was read: values by row and column, and which cells were merged."""

from dataclasses import dataclass
from datetime import date, datetime

Raw = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, rows from the first; ``merged`` holds (top, left, bottom, right), from 0, inclusive."""

    sheet: str
    rows: tuple[tuple[Raw, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of a workbook: the names of its sheets, and one of them."""

    sheets: tuple[str, ...]
    grid: Grid
