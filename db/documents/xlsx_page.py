"""How a table stands on paper when its workbook is printed: never smaller than 8 point, and no row over the next.

Text is measured in the characters that Excel counts widths by: a half-width one is 1, a Chinese one 2.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from db.documents.model import Column, Kind, Table, Value

SIZE = 11  # points of type, on screen and before a page is fitted to its width
SMALLEST = 8  # points of type on paper
MARGIN = 0.5  # inches at the left and at the right
LINE, AIR, HIGHEST = 15, 4, 409  # points: a line, what a row has besides, the most that Excel takes
WIDTHS = range(30, 11, -2)  # characters: the widest column, before text wraps more
INSET = 2  # characters that the edges of a cell take
A4, A3 = 9, 8  # Excel's numbers of papers
LONG_SIDES = {A4: 297 / 25.4, A3: 420 / 25.4}  # inches
PIXELS, EDGE, DPI = 9.5, 6, 96
"""Pixels of a half-width character in 11 point, and of a column's edges: 宋体 takes 8, what stands in for it more."""


@dataclass(frozen=True, slots=True)
class Page:
    """The widths of columns in characters, the paper, and on how many pages side by side a row stands.

    ``repeated`` columns, which say what a row is about, begin each of those.
    """

    widths: tuple[float, ...]
    paper: int
    across: int = 1
    repeated: int = 0

    def height(self, table: Table, row: Sequence[Value]) -> float:
        """Return how high a row of the table is, in points."""
        texts = (_text(column, value) for column, value in zip(table.columns, row, strict=True))
        return row_height(zip(texts, self.widths, strict=True))


def page_for(table: Table) -> Page:
    """Return the least page on which the columns stand side by side in type that can be read.

    Text wraps more before A3 is asked for, and A3 is before two pages side by side.
    """
    texts = [[_text(column, row[at]) for row in table.rows] for at, column in enumerate(table.columns)]
    for paper in (A4, A3):
        for widest in WIDTHS:
            widths = tuple(_width(c, t, widest) for c, t in zip(table.columns, texts, strict=True))
            if _inches(widths) <= _room(paper):
                return Page(widths, paper)
    widths = tuple(_width(c, t, WIDTHS[0]) for c, t in zip(table.columns, texts, strict=True))
    repeated = min(2, len(widths) - 1)
    head = _inches(widths[:repeated])
    across = ceil((_inches(widths) - head) / max(_room(A3) - head - _inches((WIDTHS[0],)), 1))
    return Page(widths, A3, across, repeated)


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return how high a row is whose cells have these texts and widths, in points: one line at least."""
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return min(LINE * lines + AIR, HIGHEST)


def _lines(text: str, width: float) -> int:
    # A Chinese character that does not fit moves down whole: a line holds one column less than it is wide.
    room = max(width - INSET, 2)
    return sum(max(ceil(_columns(line) / room), 1) for line in text.split("\n"))


def _room(paper: int) -> float:
    """Return how wide columns may be on screen, in inches, so that fitted to ``paper`` they can be read."""
    return (LONG_SIDES[paper] - 2 * MARGIN) * SIZE / SMALLEST


def _inches(widths: Iterable[float]) -> float:
    return sum(width * PIXELS + EDGE for width in widths) / DPI


def _width(column: Column, texts: Sequence[str], widest: int) -> float:
    """Return how wide a column is; digits that belong together are never parted."""
    longest = max((_columns(line) for text in texts for line in text.split("\n")), default=0)
    if column.kind is not Kind.TEXT:
        widest = max(widest, min(longest, WIDTHS[0]))
    title = max(_columns(line) for line in column.title.split("\n"))
    return min(max(longest, min(title + 3, widest)), widest) + INSET


def _text(column: Column, value: Value) -> str:
    if value is None:
        return ""
    return (
        value.isoformat()
        if isinstance(value, date)
        else str(value)
        if column.kind is not Kind.PERCENT
        else "100.0%"
    )


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
