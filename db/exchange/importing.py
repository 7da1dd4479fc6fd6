"""Bringing a clerk's sheet into the database, whatever its kind: examined first, then carried out as one act."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

from sqlalchemy.orm import Session

from db.copies.making import keep_before
from db.copies.rotation import Why
from db.engine import Database
from db.errors import UserError
from db.exchange import pasted, sheets
from db.exchange.grid import Book
from db.exchange.header import SheetTable
from db.exchange.reading import read_book
from db.exchange.sheet import Columns, Form, RowPlan, SheetPlan
from db.office.acts.settings import put
from db.office.queries.settings import load_mapping


@dataclass(frozen=True, slots=True)
class Examined:
    """A workbook (or a pasted block) as it was read, the table found in it, and the mapping to begin with.

    ``sheets`` are those that the table was read from.
    """

    book: Book
    table: SheetTable
    mapping: Columns
    remembered: bool
    sheets: tuple[str, ...] = ()


class Importer(ABC):
    """One kind of sheet: a subclass says what its rows would do, and enters them."""

    form: Form

    @abstractmethod
    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do; nothing is written.

        ``corrections`` put another text in place of a cell: (row number, field key) -> text. ``skipped`` are rows
        that the clerk leaves out.
        """

    @abstractmethod
    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter rows that are ready."""

    def guess_by_content(self, table: SheetTable) -> Columns:
        """Return what the columns of a pasted block without header likely are; a kind that cannot tell refuses."""
        raise UserError(f"复制的内容没有表头，认不出各列。请连同{self.form.title}的表头一起复制后再粘贴。")

    @property
    def verb(self) -> str:
        """What the act is called in the journal."""
        return f"导入{self.form.title}"

    def open_sheet(
        self,
        database: Database,
        path: Path,
        sheet_name: str = "",
        header_row: int | None = None,
        cancel: Event | None = None,
        *,
        hidden: bool = False,
    ) -> Examined:
        """Read a workbook and find its table. Raises ``UserError`` in words that say what to do.

        Sheets with the same columns are read together unless one is named; what is hidden only if asked for.
        """
        book = read_book(path, sheet_name, cancel)
        chosen = sheets.choose(book, self.form, sheet_name, header_row, hidden=hidden)
        if chosen is None:
            names = "、".join(f"“{grid.sheet}”" for grid in book.grids if not grid.is_empty)
            aside = (
                "" if hidden or not any(grid.is_hidden for grid in book.grids) else "（隐藏的工作表没有读入）"
            )
            raise UserError(
                f"“{path.name}”的工作表{names}里找不到表头{aside}。表头应有{self.form.required_words()}等列名。"
            )
        if not chosen.table.rows:
            left = "；".join(f"{one.where}{one.text}" for one in chosen.table.left_out if one.is_data)
            raise UserError(
                f"“{path.name}”只有表头，没有{self.form.noun}。请检查是否选对了工作表。{left and f'{left}。'}"
            )
        return self._examined(database, book, chosen.table, chosen.sheets)

    def open_pasted(self, database: Database, text: str) -> Examined:
        """Read a block of cells copied from Excel or WPS, with or without its header. Raises ``UserError``."""
        grid = pasted.cells_of(text)
        table = pasted.table_of(grid, self.form)
        if not table.rows:
            noun = self.form.noun
            raise UserError(f"复制的内容只有表头，没有{noun}。请连同{noun}所在的行一起复制后再粘贴。")
        book = Book((grid.sheet,), (grid,))
        if not table.last_header:
            return Examined(book, table, self.guess_by_content(table), remembered=False, sheets=(grid.sheet,))
        return self._examined(database, book, table, (grid.sheet,))

    def plan_of(
        self,
        database: Database,
        examined: Examined,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None = None,
        skipped: frozenset[int] = frozenset(),
    ) -> SheetPlan:
        """Return what importing the sheet with this mapping would do; nothing is written."""
        with database.read() as session:
            return self.check(session, examined.table, mapping, today, corrections, skipped)

    def examine(
        self, database: Database, path: Path, sheet_name: str | None, today: date, *, hidden: bool = False
    ) -> SheetPlan:
        """Read a workbook and return what importing it with the likely mapping would do."""
        examined = self.open_sheet(database, path, sheet_name or "", hidden=hidden)
        return self.plan_of(database, examined, examined.mapping, today)

    def carry_out(self, database: Database, plan: SheetPlan, today: date, verb: str = "") -> str:
        """Enter all rows that are ready, as one act that can be taken back; return what was done in words.

        The database is copied first. Raises ``UserError`` if nothing is ready, ``NoCopy`` if it could not be copied.
        """
        if not plan.ready:
            raise UserError(f"没有可以导入的行：{plan.summary()}。没有写入任何内容。")
        keep_before(database.url, Why.IMPORT)
        counts, unit = plan.counts, self.form.unit
        label = f"{verb or self.verb}：新增 {counts.new} {unit}，更新 {counts.update} {unit}"
        with database.write(label) as session:
            self.enter(session, plan.ready, today)
            if plan.table.last_header:  # columns without titles have nothing to be remembered by
                columns = {str(at): key for at, key in plan.mapping.items()}
                put(session, f"mapping:{self.form.fingerprint(plan.table.titles)}", columns)
        return plan.summary()

    def _examined(
        self, database: Database, book: Book, table: SheetTable, names: tuple[str, ...]
    ) -> Examined:
        with database.read() as session:
            kept = load_mapping(session, self.form.fingerprint(table.titles))
        mapping = {int(at): key for at, key in kept.items()} if kept else self.form.choose(table)
        return Examined(book, table, mapping, kept is not None, names)
