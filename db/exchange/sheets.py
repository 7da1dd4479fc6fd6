"""Which sheets of a workbook are read: those with the same columns together; every other one is named."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db.exchange.foot import texts_of
from db.exchange.grid import Book, Grid
from db.exchange.header import APART, LeftOut, Row, SheetTable, find_table
from db.exchange.sheet import Form

LOOKS_LIKE_DATA = 3  # filled cells in a row: a cover or an explanation has fewer
HALVES = 8  # rows of a sheet may stand side by side; further sheets are numbered beyond


@dataclass(frozen=True, slots=True)
class Chosen:
    """The table to import and the names of the sheets that it was read from."""

    table: SheetTable
    sheets: tuple[str, ...]


def choose(
    book: Book, form: Form, wanted: str = "", header_row: int | None = None, *, hidden: bool = False
) -> Chosen | None:
    """Return the table of the ``wanted`` sheet, or of all sheets with the same columns; ``None`` if there is none.

    What is hidden (sheets, rows) is named and left out unless ``hidden`` or the sheet's own name asks for it.
    """
    grids = [grid for grid in book.grids if not grid.is_empty or grid.is_too_large]
    seen = [grid for grid in grids if hidden or not grid.is_hidden or grid.sheet == wanted]
    found = [
        (grid.sheet, table)
        for grid in seen
        if (table := find_table(grid, form, header_row, hidden=hidden)) is not None
    ]
    first = next((one for one in found if form.covers(one[1].titles) and one[1].rows), None)
    if first is None:
        first = max(found, key=lambda one: len(form.guess(one[1].titles)), default=None)
    if first is None:
        return None
    joined, places = [first], [_columns(first[1].titles, first[1].titles)]
    for one in found[found.index(first) + 1 :]:
        columns = _columns(first[1].titles, one[1].titles)
        if one[1].rows and columns is not None:
            joined.append(one)
            places.append(columns)
    names = tuple(name for name, _ in joined)
    table = _join(joined, places) if len(joined) > 1 else first[1]
    others = tuple(_named(grid, form, hidden=hidden) for grid in grids if grid.sheet not in names)
    return Chosen(replace(table, left_out=(*others, *table.left_out)), names)


def _columns(wanted: Sequence[str], titles: Sequence[str]) -> list[int] | None:
    """Return where each wanted column stands among other titles; ``None`` if these are not the same columns."""
    if Counter(filter(None, wanted)) != Counter(filter(None, titles)):
        return None
    free: dict[str, list[int]] = {}
    for at, title in enumerate(titles):
        free.setdefault(title, []).append(at)
    return [free[title].pop(0) if free.get(title) else -1 for title in wanted]


def _join(tables: Iterable[tuple[str, SheetTable]], places: Sequence[list[int] | None]) -> SheetTable:
    rows: list[Row] = []
    left: list[LeftOut] = []
    first: SheetTable | None = None
    for n, ((name, table), columns) in enumerate(zip(tables, places, strict=True)):
        first = first or table
        for row in table.rows:
            values = tuple(row.values[at] if at >= 0 else None for at in columns or ())
            rows.append(Row(row.number + n * HALVES * APART, values, f"“{name}”{row.words}"))
        left += [replace(one, where=f"“{name}”{one.where}") for one in table.left_out]
    if first is None:
        raise ValueError("nothing to join")
    return replace(first, rows=tuple(rows), left_out=tuple(left))


def _named(grid: Grid, form: Form, *, hidden: bool) -> LeftOut:
    """Say of a sheet that was not read what it is."""
    where = f"工作表“{grid.sheet}”"
    if grid.is_too_large:
        return LeftOut(where, "太大，没有读入。请只保留需要的区域，另存后再导入", is_data=True)
    table = find_table(grid, form, hidden=True)
    is_alike = table is not None and form.covers(table.titles) and bool(table.rows)
    count = f"有 {len(table.rows)} 行，" if table is not None and is_alike else ""
    if grid.is_hidden and not hidden:
        return LeftOut(
            where, f"{count}是隐藏的，没有读入。需要时请选择这张表，或连同隐藏的内容一起读", is_data=True
        )
    if is_alike:
        return LeftOut(where, f"{count}列名与所读的表不同，没有读入。请选择这张表再导入一次", is_data=True)
    if any(len(texts_of(row)) >= LOOKS_LIKE_DATA for row in grid.rows):
        return LeftOut(where, f"认不出{form.title}的列名，没有读入。要导入的话请补上列名", is_data=True)
    return LeftOut(where, f"不是{form.title}，没有读入")
