"""Finding the header and the rows under it in a sheet as clerks keep it.

Above stand a merged title and a line with unit and date; the header has one row or two; a firm may be merged
over its lawyers; below stand totals and signatures. Row numbers are those that Excel shows.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from db.exchange.grid import Grid, Raw
from db.rules.text import narrow

LOOK_AT = 30  # rows among which the header is looked for
TAIL = (
    "合计",
    "总计",
    "小计",
    "制表",
    "填表",
    "填报",
    "审核",
    "单位负责人",
    "备注：",
    "备注:",
    "注：",
    "注:",
    "说明：",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: its number in Excel, and a value for each column."""

    number: int
    values: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The table found in a sheet; ``first_header`` and ``last_header`` are Excel's row numbers."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    first_header: int
    last_header: int


def find_table(grid: Grid, knows: Callable[[str], bool], header_row: int | None = None) -> SheetTable | None:
    """Return the table in ``grid`` whose header has the most titles that ``knows`` knows, or ``None``.

    ``header_row`` (Excel's number of the first header row) overrides the search.
    """
    filled = _fill_merged(grid)
    starts = [header_row - 1] if header_row else range(min(LOOK_AT, len(filled)))
    best: tuple[int, int, int, tuple[str, ...]] | None = None
    for start in starts:
        for height in (1, 2):
            if start + height > len(filled):
                continue
            titles = _titles(filled[start : start + height])
            known = len({title for title in titles if knows(title)})
            if known and (best is None or known > best[0] or _is_tighter(known, start, height, best)):
                best = (known, start, height, titles)
    if best is None:
        return None
    _, start, height, titles = best
    rows = [row for row in _rows(filled, start + height) if not _repeats(row.values, titles, knows)]
    return SheetTable(titles, tuple(rows), start + 1, start + height)


def _is_tighter(known: int, start: int, height: int, best: tuple[int, int, int, tuple[str, ...]]) -> bool:
    """Say whether a header ends in the same row and says as much without the line above it (填报单位：…)."""
    return known == best[0] and start + height == best[1] + best[2] and height < best[2]


def normal_title(title: str) -> str:
    """Return a column's title without blanks, brackets and marks: 执业 证号（17位）* as 执业证号."""
    text = unicodedata.normalize("NFKC", title)
    return re.sub(r"\([^)]*\)|[\s*:：_\-/]", "", text)


def _fill_merged(grid: Grid) -> list[list[Raw]]:
    width = max((len(row) for row in grid.rows), default=0)
    filled = [list(row) + [None] * (width - len(row)) for row in grid.rows]
    for top, left, bottom, right in grid.merged:
        if top >= len(filled) or left >= width:
            continue
        if right - left >= width - 1 and right > left:
            continue  # a title over the whole table says nothing about its columns
        for row in range(top, min(bottom, len(filled) - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                filled[row][column] = filled[top][left]
    return filled


def _titles(rows: Sequence[Sequence[Raw]]) -> tuple[str, ...]:
    titles = []
    for cells in zip(*rows, strict=True):
        parts = [normal_title(str(cell)) for cell in cells if cell not in (None, "")]
        titles.append("".join(dict.fromkeys(parts)))
    return tuple(titles)


def _rows(filled: Sequence[Sequence[Raw]], start: int) -> list[Row]:
    return [
        Row(number, tuple(values))
        for number, values in enumerate(filled[start:], start=start + 1)
        if not _is_blank(values) and not _is_tail(values)
    ]


def _repeats(values: Sequence[Raw], titles: Sequence[str], knows: Callable[[str], bool]) -> bool:
    """Say whether a row is the header again: of the next page, or its second row under titles merged downwards."""
    cells = zip(values, titles, strict=True)
    return sum(knows(title) and normal_title(str(value or "")) == title for value, title in cells) > 1


def _is_blank(values: Sequence[Raw]) -> bool:
    """A row with nothing but a running number is a ghost of a form that was not filled in."""
    given = [value for value in values if value not in (None, "") and str(value).strip()]
    return not given or (len(given) == 1 and isinstance(given[0], int | float))


def _is_tail(values: Sequence[Raw]) -> bool:
    given = [narrow(str(v)) for v in values if v not in (None, "") and not isinstance(v, date)]
    words = [re.sub(r"\s", "", text) for text in given[:2]]
    return any(word.startswith(TAIL) for word in words)
