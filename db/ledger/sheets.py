"""A ledger's sheets: a clerk's list in, with a preview; an empty one to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.documents.model import Column, Kind, Table, Value, day_text, table_report
from db.documents.xlsx import write_xlsx
from db.engine import Database
from db.errors import Severity
from db.exchange.cells import CellReader, readers
from db.exchange.header import SheetTable
from db.exchange.importing import Importer
from db.exchange.sheet import (
    Action,
    Columns,
    Field,
    Form,
    RowPlan,
    SheetPlan,
    in_sheet,
    merged,
    missing_columns,
)
from db.formats.text import fold
from db.journal import note
from db.ledger.acts import save, save_many
from db.ledger.cells import Cells
from db.ledger.declare import Book, Draft, Lines, Link, Links, Secret, Spec, Tick
from db.ledger.papers import column_of, list_of
from db.ledger.queries import captions, drafts_of, linked_keys
from db.ledger.rules import problems_of, tidied
from db.ledger.words import word_of
from db.office.queries.settings import load_settings

D = TypeVar("D", bound=Draft)
BLANK_ROWS = 15


class LedgerImporter(Importer, Generic[D]):
    """A sheet with one record in each row; a record is known again by the ledger's identity."""

    def __init__(self, book: Book[D]) -> None:
        self.book = book
        self.form = form_of(book)

    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do."""
        if missing := missing_columns(self.form, mapping):
            return SheetPlan(self.form, table, dict(mapping), (), missing)
        read = readers(self.form, table, mapping, corrections)
        rows = _Rows(session, self.book, self.form, today)
        drafts = [rows.draft(one) for one in read]
        rows.look_up(drafts)
        plans = [
            rows.skipped(one) if one.row.number in skipped else rows.plan(one, draft)
            for one, draft in zip(read, drafts, strict=True)
        ]
        return SheetPlan(self.form, table, dict(mapping), tuple(plans))

    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter the new records, change the others."""
        save_many(session, self.book.ledger, [row.draft for row in rows if row.key is None], today)
        for row in rows:
            if row.key is not None:
                save(session, self.book.ledger, row.draft, today, row.key)


def form_of(book: Book[D]) -> Form:
    """Return the ledger as a kind of sheet; what only steps set, and rows within a record, do not come in."""
    ledger = book.ledger
    identity = ledger.sheet.identity if ledger.sheet else ()
    fields = tuple(
        Field(
            spec.name,
            spec.title,
            spec.aliases,
            required=spec.required or spec.name in identity,
            personal=isinstance(spec, Secret),
            exact=isinstance(spec, Link),
            prose=not isinstance(spec, Secret),
        )
        for spec in _in_sheets(book)
    )
    heads = (ledger.noun, "导入后", "")
    return Form(
        ledger.name,
        ledger.title,
        fields,
        noun=ledger.noun,
        unit=ledger.unit,
        heads=heads,
        prefix=f"{ledger.name}:",
    )


def export(
    database: Database,
    book: Book[D],
    path: Path,
    today: date,
    *,
    wanted: Sequence[int] | None = None,
    masked: bool = True,
    overwrite: bool = False,
) -> int:
    """Write the ledger (``wanted``, or all) to a workbook; return its number of rows. In full it is written down."""
    with database.read() as session:
        title, table = list_of(session, book, today, wanted, masked=masked)
        office = load_settings(session).stamp()
    heading = (
        f"填报单位：{office}",
        f"日期：{day_text(today)}",
        f"共 {len(table.rows)} 行" + ("" if masked else "　内部资料"),
    )
    signers = [(signer, "") for signer in book.ledger.paper.signers] if book.ledger.paper else []
    write_xlsx(table_report(title, heading, (table,), signers), path, overwrite=overwrite)
    if not masked:
        with database.write(f"导出{title}（号码完整显示，{len(table.rows)} 行）", undoable=False) as session:
            note(session)
    return len(table.rows)


def template(book: Book[D], path: Path, *, overwrite: bool = False) -> None:
    """Save an empty sheet with the columns that come in."""
    columns = (Column("序号", Kind.NUMBER, 4), *map(column_of, _in_sheets(book)))
    blank: list[tuple[Value, ...]] = [
        (number, *("" for _ in columns[1:])) for number in range(1, BLANK_ROWS + 1)
    ]
    paper = table_report(book.ledger.title, ("填报单位：", ""), (Table(columns, blank, total_label=""),))
    write_xlsx(paper, path, overwrite=overwrite)


def _in_sheets(book: Book[D]) -> list[Spec]:
    return [spec for spec in book.ledger.fields if not spec.by_steps and not isinstance(spec, Lines)]


@dataclass(frozen=True, slots=True)
class _Known(Generic[D]):
    key: int
    draft: D


class _Rows(Generic[D]):
    """The rows of a sheet while they are looked at."""

    def __init__(self, session: Session, book: Book[D], form: Form, today: date) -> None:
        self.session, self.book, self.form, self.today = session, book, form, today
        self.ledger = book.ledger
        self.specs = _in_sheets(book)
        links = {spec.to for spec in self.specs if isinstance(spec, Link | Links)}
        self.called = {to: captions(session, book, to) for to in links}
        self.cells = Cells(session, book, self.called)
        self.known: dict[tuple[Any, ...], _Known[D]] = {}
        self.seen: dict[tuple[Any, ...], tuple[str, D]] = {}

    def draft(self, read: CellReader) -> D:
        """Return what a row says; an empty cell is an empty field."""
        given = {spec.name: self.cells.value(spec, read) for spec in self.specs}
        return tidied(self.ledger.draft(**{name: v for name, v in given.items() if v is not None}))

    def look_up(self, drafts: Sequence[D]) -> None:
        """Find the records that rows of the sheet are about, by their identity."""
        names = self.ledger.sheet.identity if self.ledger.sheet else ()
        if not names:
            return
        model = self.ledger.model
        wanted = {self._identity(draft) for draft in drafts}
        query = select(model.id, *(getattr(model, name) for name in names)).where(model.removed_at.is_(None))
        found = {
            mark: key
            for key, *parts in self.session.execute(query.order_by(model.id.desc()))
            if (mark := _mark(parts)) in wanted
        }
        whole = drafts_of(self.session, self.ledger, list(found.values()))
        self.known = {mark: _Known(key, whole[key]) for mark, key in found.items()}

    def skipped(self, read: CellReader) -> RowPlan:
        """Return the plan of a row that the clerk leaves out."""
        read.say("", Severity.NOTE, "已选择跳过此行")
        return self._planned(read, Action.SKIP, self.draft(read))

    def plan(self, read: CellReader, draft: D) -> RowPlan:
        """Return what importing a row would do."""
        mark = self._identity(draft)
        known = self.known.get(mark)
        read.tell_masked(known.draft if known else None)
        whole = tidied(merged(known.draft, self._without_ticks(read, known.draft, draft))) if known else draft
        self._judge(read, whole)
        where, above = self.seen.setdefault(mark, (read.row.words, whole))
        if any(mark) and where != read.row.words:
            read.say_repeated(where, f"同一{self.ledger.noun}", is_same=above == whole)
            return self._planned(read, Action.SKIP, whole)
        changes = self._changes(known.draft, whole) if known else ()
        if known:
            called = self.ledger.called(known.draft)
            text = (
                f"库内已有“{called}”，将更新 {len(changes)} 项"
                if changes
                else f"与库内“{called}”完全一致，跳过"
            )
            read.say("", Severity.NOTE, text)
        action = Action.NEW if not known else Action.UPDATE if changes else Action.SKIP
        if read.has_errors:
            action = Action.MEND
        return self._planned(read, action, whole, known.key if known else None, changes)

    def _identity(self, draft: D) -> tuple[Any, ...]:
        names = self.ledger.sheet.identity if self.ledger.sheet else ()
        return _mark([getattr(draft, name) for name in names])

    def _without_ticks(self, read: CellReader, old: D, new: D) -> D:
        """Let a box that the sheet does not speak of stand as it is."""
        silent = {
            spec.name: getattr(old, spec.name)
            for spec in self.specs
            if isinstance(spec, Tick) and not str(read.cells.get(spec.name) or "").strip()
        }
        return replace(new, **silent)

    def _judge(self, read: CellReader, draft: D) -> None:
        facts = self.ledger.facts(self.session, draft) if self.ledger.facts else None
        spoken = read.spoken
        for problem in problems_of(self.ledger, draft, facts, self.today):
            if problem.field not in spoken:
                read.say(problem.field, problem.severity, in_sheet(self.form, problem.field, problem.text))

    def _changes(self, old: D, new: D) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (spec.title, self._word(spec, old), self._word(spec, new))
            for spec in self.specs
            if getattr(old, spec.name) != getattr(new, spec.name)
        )

    def _word(self, spec: Spec, draft: D) -> str:
        names = (
            tuple(self.called[spec.to].get(key, "") for key in linked_keys(spec, draft))
            if isinstance(spec, Link | Links)
            else ()
        )
        return word_of(spec, getattr(draft, spec.name), names)

    def _planned(
        self,
        read: CellReader,
        action: Action,
        draft: D,
        key: int | None = None,
        changes: tuple[tuple[str, str, str], ...] = (),
    ) -> RowPlan:
        words = [self._word(spec, draft) for spec in self.ledger.columns if not isinstance(spec, Lines)]
        return RowPlan(
            number=read.row.number,
            action=action,
            draft=draft,
            key=key,
            changes=changes,
            problems=tuple(read.problems),
            title=self.ledger.called(draft),
            summary="，".join(word for word in words if word),
        )


def _mark(parts: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(fold(part) if isinstance(part, str) else part for part in parts)
