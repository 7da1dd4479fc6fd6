"""A report as data: what it says, not how it looks. Renderers turn it into a PDF or a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Value = str | int | float | date | None


class Kind(StrEnum):
    """What a column holds; renderers align and format by it."""

    TEXT = "text"
    ID = "id"  # digits that are no number: licence, phone, case number
    NUMBER = "number"
    DATE = "date"


class Align(StrEnum):
    """Where a cell's content stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what it holds, its share of the width, and the heading it shares with neighbours.

    ``total`` asks for a sum in the last row. ``weight`` is in characters of body text.
    """

    title: str
    kind: Kind = Kind.TEXT
    weight: float = 6
    align: Align | None = None
    group: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``rows`` hold one value for each column."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    total_label: str = "合计"
    notes: tuple[str, ...] = ()

    @property
    def has_total(self) -> bool:
        """Whether a last row sums up; an empty table has none."""
        return bool(self.rows) and any(column.total for column in self.columns)

    def totals(self) -> list[Value]:
        """Return the last row: sums where asked for, else nothing."""
        return [
            sum(row[at] for row in self.rows if isinstance(row[at], int | float)) if column.total else None  # type: ignore[misc] # numbers, by the guard
            for at, column in enumerate(self.columns)
        ]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A sum that must agree (勾稽); one that does not is printed as a note, and does not stop printing."""

    text: str
    is_ok: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A report: title, the line under it, tables, notes, the line of signatures."""

    title: str
    heading: tuple[str, ...]  # 填报单位, 统计期间, 单位: left, middle, right
    tables: tuple[Table, ...]
    signatures: tuple[tuple[str, str], ...] = ()  # label and name; an empty name is a line to sign on
    checks: tuple[CrossCheck, ...] = field(default=())


def shown(value: Value) -> str:
    """Return a value as paper shows it: 0 as 0, nothing as —, a date as 2026-11-24."""
    if value is None or value == "":
        return "—"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)
