"""Finding the header and the rows under it in a sheet as clerks keep it.

Above stand a merged title and a line with unit and date; the header has one row or two; a firm may be merged
over its lawyers or stand in a line of its own above them; two halves may stand side by side; below stand totals
and signatures. Row numbers are those that Excel shows.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Protocol

from db.exchange import foot
from db.exchange.grid import Grid, Raw

LOOK_AT = 30  # rows among which the header is looked for
SECTION = "分节标题"
"""The column that holds the line above a section, where a sheet has such lines."""
APART = 10_000_000
"""Lies between the numbers of rows that stand in one row of Excel, or in sheets that were joined."""
LONGEST_SHOWN = 30
_LINE_ORNAMENTS = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d+[、.])|\(共?\d+[人名家个位]?\)$"
)
"""What stands about the name in the line above a section: 一、浙江天浩律师事务所（3人）."""


class Titles(Protocol):
    """What a kind of sheet knows of titles."""

    @property
    def section(self) -> str:
        """The field that a line above a section fills."""

    def knows(self, title: str) -> bool:
        """Say whether a normalised title is one of this kind's."""

    def guess(self, titles: Sequence[str]) -> dict[int, str]:
        """Return which field each column likely is."""

    def heads_section(self, text: str) -> bool:
        """Say whether a text that stands alone in a row is said of all rows below it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: its number, a value for each column, and where it stands, in words.

    The number is Excel's, except in right halves and further sheets: it tells all rows of a table apart.
    """

    number: int
    values: tuple[Raw, ...]
    where: str = ""

    @property
    def words(self) -> str:
        """Where the row stands, as a sentence takes it."""
        return self.where or f"第 {self.number} 行"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was not taken as data, and why; ``is_data`` where it may well be some."""

    where: str
    text: str
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The table found in a sheet; ``first_header`` and ``last_header`` are Excel's row numbers."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    first_header: int
    last_header: int
    left_out: tuple[LeftOut, ...] = ()


def find_table(
    grid: Grid, titles: Titles, header_row: int | None = None, *, hidden: bool = False
) -> SheetTable | None:
    """Return the table in ``grid`` whose header names the most fields, or ``None``.

    ``header_row`` (Excel's number of the first header row) overrides the search. Hidden rows are left out and
    named unless ``hidden`` asks for them.
    """
    filled = _fill_merged(grid)
    starts = [header_row - 1] if header_row else range(min(LOOK_AT, len(filled)))
    best: tuple[int, int, int, tuple[str, ...]] | None = None
    for start in starts:
        for height in (1, 2):
            below = filled[start + 1 : start + height]
            if start + height > len(filled) or any(len(foot.texts_of(row)) == 1 for row in below):
                continue  # a text alone is the line above a section
            found = _titles(filled[start : start + height])
            if not any(titles.knows(title) for title in found):
                continue
            known = len(titles.guess(found))
            if best is None or known > best[0] or _is_tighter(known, start, height, best):
                best = (known, start, height, found)
    if best is None:
        return None
    _, start, height, found = best
    table = _Rows(grid, filled, found, titles, start + height, hidden).table(start + 1, start + height)
    return _halves(table, titles)


def _is_tighter(known: int, start: int, height: int, best: tuple[int, int, int, tuple[str, ...]]) -> bool:
    """Say whether a header ends in the same row and says as much without the line above it (填报单位：…)."""
    return known == best[0] and start + height == best[1] + best[2] and height < best[2]


def normal_title(title: str) -> str:
    """Return a column's title without blanks, brackets and marks: 执业 证号（17位）* as 执业证号; 聘期（起） stays 聘期起."""
    text = unicodedata.normalize("NFKC", title)
    text = re.sub(r"\(((?:起|止|始|终|从|至|自|到)[日期时间]*)\)", r"\1", text)
    return re.sub(r"\([^)]*\)|[\s*:：_\-/]", "", text)


def _fill_merged(grid: Grid) -> list[list[Raw]]:
    width = max((len(row) for row in grid.rows), default=0)
    filled = [list(row) + [None] * (width - len(row)) for row in grid.rows]
    for top, left, bottom, right in grid.merged:
        if top >= len(filled) or left >= width:
            continue
        if right - left >= width - 1 and right > left:
            continue  # a title over the whole table says nothing about its columns
        if filled[top][left] in (None, ""):
            continue  # what stands under an empty one is more than nothing
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


@dataclass
class _Rows:
    """The rows under a header while they are told apart."""

    grid: Grid
    filled: Sequence[Sequence[Raw]]
    titles: tuple[str, ...]
    known: Titles
    start: int
    hidden: bool
    fields: Mapping[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = self.known.guess(self.titles)

    def table(self, first_header: int, last_header: int) -> SheetTable:
        rows: list[Row] = []
        left: list[LeftOut] = []
        section, has_sections = "", False
        end = self._end_of_data()
        for at in range(self.start, len(self.filled)):
            values = self.filled[at]
            if self._is_ghost(values):
                continue
            if at in self.grid.hidden_rows and not self.hidden:
                left.append(_left(at, values, "是隐藏的行，没有导入", is_data=True))
            elif why := self._why_no_data(at, values, is_below=at >= end):
                left.append(_left(at, values, why))
            elif self._heads_section(at, values):
                section, has_sections = _LINE_ORNAMENTS.sub("", foot.texts_of(values)[0]), True
            else:
                rows.append(Row(at + 1, (*values, section)))
        if not has_sections:
            rows = [replace(row, values=row.values[:-1]) for row in rows]
        titles = (*self.titles, SECTION) if has_sections else self.titles
        return SheetTable(titles, tuple(rows), first_header, last_header, tuple(left))

    def _end_of_data(self) -> int:
        """Return the first row below which nothing but signatures and notes stands."""
        for at in range(len(self.filled) - 1, self.start - 1, -1):
            values = self.filled[at]
            is_foot = foot.is_total(values) or foot.is_signature(values) or foot.is_note(values)
            if not is_foot and not self._is_ghost(values) and not self._is_aside(at, values):
                return at + 1
        return self.start

    def _why_no_data(self, at: int, values: Sequence[Raw], *, is_below: bool) -> str:
        if self._repeats(values):
            return "是重复的表头，没有导入"
        if foot.is_total(values):
            return "是合计行，没有导入"
        if is_below and (foot.is_signature(values) or foot.is_note(values)):
            return "是表尾，没有导入"
        if self._is_aside(at, values) and not self._heads_section(at, values):
            return "没有填在各列之下，没有导入"
        return ""

    def _is_aside(self, at: int, values: Sequence[Raw]) -> bool:
        """Say whether a row is one text alone that stands under no title of a field, or across several."""
        if len(foot.texts_of(values)) != 1:
            return False
        places = [column for column, value in enumerate(values) if foot.compact(value)]
        is_across = any(top <= at <= bottom and right > left for top, left, bottom, right in self.grid.merged)
        return is_across or not any(column in self.fields for column in places)

    def _heads_section(self, at: int, values: Sequence[Raw]) -> bool:
        texts = foot.texts_of(values)
        if len(texts) != 1 or not self.known.heads_section(texts[0]):
            return False
        first = next(column for column, value in enumerate(values) if foot.compact(value))
        return self._is_aside(at, values) or (first == 0 and self.known.section not in self.fields.values())

    def _is_ghost(self, values: Sequence[Raw]) -> bool:
        """A row with nothing but a running number is a ghost of a form that was not filled in."""
        given = [(at, foot.compact(value)) for at, value in enumerate(values) if foot.compact(value)]
        return not given or (len(given) == 1 and given[0][0] not in self.fields and given[0][1].isdecimal())

    def _repeats(self, values: Sequence[Raw]) -> bool:
        """Say whether a row is the header again: of the next page, or its second row under titles merged downwards."""
        cells = zip(values, self.titles, strict=True)
        return (
            sum(self.known.knows(title) and normal_title(str(value or "")) == title for value, title in cells)
            > 1
        )


def _left(at: int, values: Sequence[Raw], why: str, *, is_data: bool = False) -> LeftOut:
    shown = " ".join(dict.fromkeys(_shown(value) for value in values if foot.compact(value)))
    text = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
    return LeftOut(f"第 {at + 1} 行", f"“{text}”{why}", is_data)


def _shown(value: Raw) -> str:
    return value.isoformat() if isinstance(value, date) else " ".join(str(value).split())


def _halves(table: SheetTable, known: Titles) -> SheetTable:
    """Return the table with its halves below each other where the same columns stand side by side."""
    has_sections = table.titles[-1] == SECTION
    titles = table.titles[:-1] if has_sections else table.titles
    found = _blocks(titles, known)
    if found is None:
        return table
    begin, step, blocks = found
    rows: list[Row] = []
    left = list(table.left_out)
    for row in table.rows:
        values, section = (row.values[:-1], row.values[-1:]) if has_sections else (row.values, ())
        taken = len(rows)
        for n in range(blocks):
            half = values[begin + n * step : begin + (n + 1) * step]
            half = (*half, *[None] * (step - len(half)))
            if any(
                foot.compact(cell) for cell, title in zip(half, titles[begin:], strict=False) if _names(title)
            ):
                rows.append(Row(row.number + n * APART, (*half, *section), f"{row.words}第 {n + 1} 栏"))
        if len(rows) == taken:
            left.append(_left(row.number - 1, values, "没有填在各列之下，没有导入"))
    named = (*titles[begin : begin + step], *([SECTION] if has_sections else []))
    return replace(table, titles=named, rows=tuple(rows), left_out=tuple(left))


def _blocks(titles: Sequence[str], known: Titles) -> tuple[int, int, int] | None:
    """Return where the first of several like blocks of columns begins, how wide they are, and how many."""
    key = next((title for title in titles if known.knows(title)), "")
    places = [at for at, title in enumerate(titles) if title == key]
    steps = {right - left for left, right in pairwise(places)}
    if len(steps) != 1:
        return None
    step = steps.pop()
    for begin in range(places[0], -1, -1):
        end = begin + step * len(places)
        padded = [*titles, *[""] * (end - len(titles))]
        blocks = [
            {at: title for at, title in enumerate(padded[n : n + step]) if _names(title)}
            for n in range(begin, end, step)
        ]
        outside = [*padded[:begin], *padded[end:]]
        if (
            len(blocks[0]) > 1
            and all(block == blocks[0] for block in blocks)
            and not any(map(_names, outside))
        ):
            return begin, step, len(places)
    return None


def _names(title: str) -> bool:
    """Say whether a title names more than the number of the row."""
    return title not in {"", "序号", "编号"}
