"""The formulas of rows that sum up, and of quotients; each is written with the value that it gives."""

from collections.abc import Iterator
from dataclasses import dataclass

from db.documents.model import Subset, Table, Value
from db.formats.rates import LEAST, MOST

SUM_SHOWN = 9  # SUBTOTAL's number for SUM: it passes over other SUBTOTALs, and over rows that a filter hides


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row that sums up the rows of the sheet from ``first`` to ``last``, or those of a ``subset`` among them.

    ``row`` is where it stands; all rows count from 0. ``values`` are what its cells come to.
    """

    row: int
    label: str
    first: int
    last: int
    values: tuple[Value, ...]
    subset: Subset | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of a table stand on its sheet: the data in order, and the rows that sum up."""

    data: tuple[int, ...]
    sums: tuple[SumRow, ...]
    end: int
    """The first row below the table."""
    last_data: int
    """The last row that a filter works on."""


def layout(table: Table, top: int) -> Layout:
    """Lay a table out from row ``top`` on: each group and its sum, then subsets, then the sum of all."""
    data: list[int] = []
    sums: list[SumRow] = []
    row = top
    for group, rows in table.parts():
        data += range(row, row + len(rows))
        first, row = row, row + len(rows) + 1
        sums.append(SumRow(row - 1, group.label, first, row - 2, tuple(table.summed(rows))))
    rest = len(table.rows) - len(data)
    data += range(row, row + rest)
    row += rest
    last = row - 1
    for subset in table.subsets if table.rows else ():
        values = tuple(table.summed(table.chosen(subset)))
        sums.append(SumRow(row, subset.label, top, last, values, subset))
        row += 1
    if table.has_total:
        sums.append(SumRow(row, table.total_label, top, last, tuple(table.totals())))
        row += 1
    return Layout(tuple(data), tuple(sums), row, last)


def formulas(table: Table, line: SumRow) -> Iterator[tuple[int, str]]:
    """Yield the formula of each column in which a row sums up."""
    for at, column in enumerate(table.columns):
        cells = _cells(at, line)
        if column.is_ratio:
            yield at, quotient(table, at, line.row)
        elif line.subset is not None:
            where = f"{_cells(table.place(line.subset.column), line)},{_quoted(line.subset.value)}"
            if column.counts:
                yield at, f"=COUNTIFS({where},{cells},{_quoted(column.counts)})"
            elif column.total:
                yield at, f"=SUMIF({where},{cells})"
        elif column.counts:
            yield at, f"=COUNTIF({cells},{_quoted(column.counts)})"
        elif column.total:
            yield at, f"=SUBTOTAL({SUM_SHOWN},{cells})" if table.groups else f"=SUM({cells})"


def quotient(table: Table, at: int, row: int) -> str:
    """Return the formula of a quotient in ``row``: empty where there is nothing to divide by; see ``written_share``."""
    part, whole = (f"{_name(place)}{row + 1}" for place in table.terms(table.columns[at]))
    found = f"{part}/{whole}"
    within = f"MIN(MAX({found},{LEAST}),{MOST})"
    return f'=IF({whole}=0,"",IF(AND({part}>0,{part}<{whole}),{within},{found}))'


def _cells(at: int, line: SumRow) -> str:
    name = _name(at)
    return f"{name}{line.first + 1}:{name}{line.last + 1}"


def _name(at: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - heavy, and needed only for an export

    return str(xl_col_to_name(at))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
