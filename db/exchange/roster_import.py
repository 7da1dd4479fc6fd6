"""Bringing a roster sheet into the database: examined first, then carried out as one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

from sqlalchemy import select

from db import backends
from db.acts.lawyers import save_lawyer
from db.acts.settings import put
from db.engine import Database
from db.errors import UserError
from db.exchange import pasted
from db.exchange import roster_sheet as sheet
from db.exchange.grid import Book
from db.exchange.header import SheetTable, find_table
from db.exchange.reading import read_book
from db.models.lawyer import Lawyer
from db.queries.lawyers import lawyer_drafts
from db.queries.settings import load_mapping

BACKUPS = "导入前备份"


@dataclass(frozen=True, slots=True)
class Examined:
    """A workbook (or a pasted block) as it was read, the table found in it, and the mapping to begin with."""

    book: Book
    table: SheetTable
    mapping: sheet.Columns
    remembered: bool


def open_sheet(
    database: Database,
    path: Path,
    sheet_name: str = "",
    header_row: int | None = None,
    cancel: Event | None = None,
) -> Examined:
    """Read a workbook and find its table. Raises ``UserError`` in words that say what to do."""
    book = read_book(path, sheet_name, cancel)
    table = find_table(book.grid, sheet.knows, header_row)
    if table is None:
        raise UserError(
            f"“{path.name}”的工作表“{book.grid.sheet}”里找不到表头。表头应有“姓名”“律师事务所”“执业证号”等列名。"
        )
    if not table.rows:
        raise UserError(f"“{path.name}”只有表头，没有人员。请检查是否选对了工作表。")
    with database.read() as session:
        kept = load_mapping(session, sheet.fingerprint(table.titles))
    mapping = {int(at): key for at, key in kept.items()} if kept else sheet.guess(table.titles)
    return Examined(book, table, mapping, kept is not None)


def open_pasted(database: Database, text: str) -> Examined:
    """Read a block of cells copied from Excel or WPS, with or without its header. Raises ``UserError``."""
    grid = pasted.cells_of(text)
    table = pasted.table_of(grid)
    if not table.rows:
        raise UserError("复制的内容只有表头，没有人员。请连同人员所在的行一起复制后再粘贴。")
    book = Book((grid.sheet,), grid)
    if not table.last_header:
        return Examined(book, table, pasted.guess_by_content(table), remembered=False)
    with database.read() as session:
        kept = load_mapping(session, sheet.fingerprint(table.titles))
    mapping = {int(at): key for at, key in kept.items()} if kept else sheet.guess(table.titles)
    return Examined(book, table, mapping, kept is not None)


def plan_of(
    database: Database,
    examined: Examined,
    mapping: sheet.Columns,
    today: date,
    corrections: Mapping[tuple[int, str], str] | None = None,
    skipped: frozenset[int] = frozenset(),
) -> sheet.RosterPlan:
    """Return what importing the sheet with this mapping would do; nothing is written."""
    with database.read() as session:
        keys = session.scalars(select(Lawyer.id).where(Lawyer.removed_at.is_(None))).all()
        drafts = lawyer_drafts(session, keys, today)
    known = [sheet.Known(key, draft) for key, draft in drafts.items()]
    return sheet.check(examined.table, mapping, known, corrections, skipped)


def examine(database: Database, path: Path, sheet_name: str | None, today: date) -> sheet.RosterPlan:
    """Read a sheet and return what importing it with the likely mapping would do."""
    examined = open_sheet(database, path, sheet_name or "")
    return plan_of(database, examined, examined.mapping, today)


def carry_out(database: Database, plan: sheet.RosterPlan, today: date, verb: str = "导入名册") -> str:
    """Enter all rows that are ready, as one act that can be taken back; return what was done in words.

    ``verb`` is what the act is called in the journal. A SQLite file is copied first. Raises ``UserError`` if nothing is ready.
    """
    if not plan.ready:
        raise UserError(f"没有可以导入的行：{plan.summary()}。没有写入任何内容。")
    if database.file:
        backends.copy_of(database.url, database.file.parent / BACKUPS, "导入前")
    counts = plan.counts
    with database.write(f"{verb}：新增 {counts.new} 人，更新 {counts.update} 人") as session:
        for row in plan.ready:
            save_lawyer(session, row.draft, today, row.key)
        if plan.table.last_header:  # columns without titles have nothing to be remembered by
            columns = {str(at): key for at, key in plan.mapping.items()}
            put(session, f"mapping:{sheet.fingerprint(plan.table.titles)}", columns)
    return plan.summary()
