"""What each act changed in a record of a ledger, before and after, in the words of its fields."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.ledger.declare import Book, Choice, Day, Draft, Lines, Link, Links, Spec, fields_of
from db.ledger.queries import captions, owner_column, target_column
from db.ledger.words import NOTHING, word_of
from db.models.journal import JournalRow

D = TypeVar("D", bound=Draft)
Values = Mapping[str, Any]


def changes(session: Session, book: Book[D], key: int, acts: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return for each act (its key) what it changed, as 整改时限：2026-11-01 → 2026-12-01; numbers stay masked.

    The act that entered the record is left out: it changed nothing that was there.
    """
    ledger = book.ledger
    owners = {
        str(child.__tablename__): owner_column(ledger.model, child) for child in ledger.kept_in.values()
    }
    query = (
        select(JournalRow)
        .where(JournalRow.gesture_id.in_(acts), JournalRow.table_name.in_([ledger.table, *owners]))
        .order_by(JournalRow.id)
    )
    rows = [row for row in session.scalars(query) if _concerns(row, ledger.table, owners, key)]
    entered = {row.gesture_id for row in rows if row.table_name == ledger.table and row.before is None}
    called = _called(session, book, rows)
    found: dict[int, tuple[str, ...]] = {}
    for act in dict.fromkeys(row.gesture_id for row in rows):
        if act not in entered:
            own = [row for row in rows if row.gesture_id == act]
            found[act] = tuple(text for spec in ledger.fields for text in _said(book, spec, own, called))
    return found


def _concerns(row: JournalRow, table: str, owners: Mapping[str, str], key: int) -> bool:
    if row.table_name == table:
        return row.key == key
    return any(
        values is not None and values.get(owners[row.table_name]) == key for values in (row.before, row.after)
    )


def _called(session: Session, book: Book[D], rows: Sequence[JournalRow]) -> dict[str, dict[int, str]]:
    """Return what the records are called that the changed links led to, by field."""
    found: dict[str, dict[int, str]] = {}
    for spec in book.ledger.fields:
        if isinstance(spec, Link | Links):
            column = spec.name
            if isinstance(spec, Links):
                column = target_column(book.ledger.model, book.ledger.kept_in[spec.name])
            values = [values for row in rows for values in (row.before, row.after) if values]
            keys = {one for each in values if isinstance(one := each.get(column), int)}
            found[spec.name] = captions(session, book, spec.to, keys) if keys else {}
    return found


def _said(
    book: Book[D], spec: Spec, rows: Sequence[JournalRow], called: Mapping[str, Mapping[int, str]]
) -> list[str]:
    if spec.is_single:
        own = [row for row in rows if row.table_name == book.ledger.table and row.before and row.after]
        pairs = [(_word(spec, row.before or {}, called), _word(spec, row.after or {}, called)) for row in own]
        return [_arrow(spec, before, after) for before, after in pairs if before != after]
    child = book.ledger.kept_in[spec.name]
    own = [row for row in rows if row.table_name == child.__tablename__]
    target = target_column(book.ledger.model, child) if isinstance(spec, Links) else ""
    before, after = (
        "；".join(_part(spec, values, target, called) for values in side if values)
        for side in ([row.before for row in own], [row.after for row in own])
    )
    return [_arrow(spec, before, after)] if before != after else []


def _word(spec: Spec, values: Values, called: Mapping[str, Mapping[int, str]]) -> str:
    value = values.get(spec.name)
    if isinstance(spec, Link):
        return called[spec.name].get(value, "") if isinstance(value, int) else ""
    if isinstance(spec, Day) and isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(spec, Choice) and value is not None:
        return str(value)
    return word_of(spec, value)


def _part(spec: Spec, values: Values, target: str, called: Mapping[str, Mapping[int, str]]) -> str:
    if isinstance(spec, Lines):
        return " ".join(word for one in fields_of(spec.record) if (word := _word(one, values, called)))
    return called[spec.name].get(values[target], "")


def _arrow(spec: Spec, before: str, after: str) -> str:
    return f"{spec.title}：{before or NOTHING} → {after or NOTHING}"
