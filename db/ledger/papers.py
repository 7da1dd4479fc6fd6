"""A ledger as a table: printed as a paper, or left out as a workbook that can come in again."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from db.documents.model import Align, Column, Document, Group, Kind, Table, Value, table_report
from db.ledger.declare import Book, Choice, Day, Draft, Link, Long, Number, Secret, Spec, Tick
from db.ledger.queries import Row, Wanted, keys, rows
from db.ledger.words import word_of

D = TypeVar("D", bound=Draft)
WEIGHTS = {Day: 8, Number: 6, Tick: 4, Choice: 8, Long: 16, Link: 10}
"""How wide the column of a kind is, in characters; any other is as wide as a name."""


def column_of(spec: Spec) -> Column:
    """Return the column of a field in a workbook or on paper."""
    weight = next((w for kind, w in WEIGHTS.items() if isinstance(spec, kind)), 10)
    if isinstance(spec, Secret):
        return Column(spec.title, Kind.ID, 9)
    if isinstance(spec, Day):
        return Column(spec.title, Kind.DATE, weight)
    if isinstance(spec, Number):
        return Column(spec.title, Kind.NUMBER, weight, total=bool(spec.unit))
    return Column(spec.title, weight=weight, align=Align.CENTRE if isinstance(spec, Tick | Choice) else None)


def cell_of(spec: Spec, row: Row, *, masked: bool) -> Value:
    """Return what a record's field says in a workbook or on paper; dates and numbers stay such."""
    value = row.value(spec.name)
    if isinstance(spec, Day | Number):
        return value  # type: ignore[no-any-return] # a date or number field holds nothing else
    return word_of(spec, value, row.names.get(spec.name, ()), masked=masked)


def list_of(
    session: Session, book: Book[D], today: date, wanted: Sequence[int] | None, *, masked: bool
) -> tuple[str, Table]:
    """Return the title and the table of all fields, in order; ``wanted`` are the records, ``None`` for all."""
    specs = book.ledger.fields
    columns = (
        Column("序号", Kind.NUMBER, 4),
        *map(column_of, specs),
        Column("状态", weight=6, align=Align.CENTRE),
    )
    lines: list[list[Value]] = [
        [number, *(cell_of(spec, row, masked=masked) for spec in specs), row.state]
        for number, row in enumerate(_rows(session, book, today, wanted), start=1)
    ]
    return book.ledger.title, Table(columns, lines)


def ledger_paper(
    session: Session, book: Book[D], today: date, office: str, wanted: Sequence[int] | None = None
) -> Document:
    """Return the printed ledger: the fields that its list shows, in groups, with who signs. Numbers stay masked."""
    paper = book.ledger.paper
    if paper is None:
        raise LookupError(f"{book.ledger.name} has no paper")
    found = _rows(session, book, today, wanted)
    specs = [spec for spec in book.ledger.columns if spec.name != paper.groups]
    groups: tuple[Group, ...] = ()
    if paper.groups:
        by = book.ledger.spec(paper.groups)
        labels = {row.key: word_of(by, row.value(by.name), row.names.get(by.name, ())) for row in found}
        found.sort(key=lambda row: labels[row.key])
        order = list(dict.fromkeys(labels[row.key] for row in found))
        groups = tuple(Group(label or "未填写", list(labels.values()).count(label)) for label in order)
        specs = [by, *specs]
    columns = (
        Column("序号", Kind.NUMBER, 4),
        *map(column_of, specs),
        Column("状态", weight=6, align=Align.CENTRE),
    )
    lines: list[list[Value]] = [
        [number, *(cell_of(spec, row, masked=True) for spec in specs), row.state]
        for number, row in enumerate(found, start=1)
    ]
    heading = (f"填报单位：{office}", f"截至 {today}", f"共 {len(found)} {book.ledger.unit}")
    signers = [(signer, "") for signer in paper.signers]
    return table_report(paper.title, heading, [Table(columns, lines, groups=groups)], signers)


def _rows(session: Session, book: Book[D], today: date, wanted: Sequence[int] | None) -> list[Row]:
    order = keys(session, book, Wanted(), today) if wanted is None else list(wanted)
    found = rows(session, book, order, today)
    return [found[key] for key in order if key in found]
