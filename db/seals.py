"""Seals what no journal could tell: the acts with their lines, and the tables that are kept outside the journal.

A record is compared with its last state in the journal, and what is derived is derived again. What is left is sealed in
the transaction that wrote it: each act together with its lines, and each of ``OUTSIDE`` as a whole.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Text,
    bindparam,
    cast,
    event,
    insert,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.types import NullType

from db.base import Base
from db.formats.seals import seal_of
from db.models.derived import AssignmentConflict
from db.models.journal import Gesture, JournalRow, TableSeal
from db.models.office import IssuedNumber, KeptDraft

OUTSIDE: tuple[type[Base], ...] = (IssuedNumber, KeptDraft, AssignmentConflict)
"""Tables that are neither journalled nor wholly derived: numbers given out, what is typed, and since when a conflict is known."""

ACT = ("id", "at", "clerk", "installation", "window", "label", "undoes", "undoable")
"""What is sealed of an act: all but ``undone``, which follows from the acts that take it back."""
LINE = ("gesture_id", "id", "table_name", "key", "before", "after")
BATCH = 500


def attach(sessions: sessionmaker[Session]) -> None:
    """Notice which of the tables outside the journal an act of these sessions changes."""
    event.listen(sessions, "after_flush", _on_flush)
    event.listen(sessions, "do_orm_execute", _on_execute)


def seal(session: Session) -> None:
    """Seal what the act wrote; the last thing before its transaction ends, with everything flushed."""
    info, connection = session.info, session.connection()
    acts = info.pop("reseal", set()) | ({info["gesture"]} if "gesture" in info else set())
    if acts:
        seal_acts(connection, Gesture.id.in_(acts))
    changed: set[type[Base]] = info.pop("unsealed", set())
    if "assignment" in info["touched"]:  # its marks go with it
        changed.add(AssignmentConflict)
    seal_tables(connection, changed)


def seal_acts(connection: Connection, which: ColumnElement[bool]) -> None:
    """Seal acts anew, with their lines."""
    seals = [{"act": key, "new": found} for key, _, found in _acts(connection, which)]
    statement = update(Gesture.table()).where(Gesture.id == bindparam("act")).values(seal=bindparam("new"))
    for at in range(0, len(seals), BATCH):
        connection.execute(statement, seals[at : at + BATCH])


def seal_tables(connection: Connection, models: Iterable[type[Base]] = OUTSIDE) -> None:
    """Seal tables outside the journal anew."""
    table = TableSeal.table()
    for model in models:
        name, found = model.__tablename__, _table_seal(connection, model)
        done = connection.execute(update(table).where(table.c.table_name == name).values(seal=found))
        if not done.rowcount:
            connection.execute(insert(table).values(table_name=name, seal=found))


def have_seals(connection: Connection) -> bool:
    """Whether the tables outside the journal were ever sealed."""
    return connection.scalar(select(TableSeal.id).limit(1)) is not None


def broken_acts(connection: Connection) -> Iterator[int]:
    """Yield the acts that are not as they were sealed, or whose lines are not; reads them once, in constant memory."""
    yield from (key for key, sealed, found in _acts(connection, true()) if sealed != found)


def broken_tables(connection: Connection) -> Iterator[str]:
    """Yield the names of tables outside the journal that are not as they were sealed."""
    rows = connection.execute(select(TableSeal.table_name, TableSeal.seal))
    sealed = {row.table_name: row.seal for row in rows}
    for model in OUTSIDE:
        if sealed.pop(model.__tablename__, "") != _table_seal(connection, model):
            yield model.__tablename__
    yield from sealed


def _acts(connection: Connection, which: ColumnElement[bool]) -> Iterator[tuple[int, str, str]]:
    """Yield key, stored seal and present seal of acts, by key."""
    heads = select(*_raw(Gesture, ACT), Gesture.seal).where(which).order_by(Gesture.id)
    lines = select(*_raw(JournalRow, LINE)).order_by(JournalRow.gesture_id, JournalRow.id)
    if which is not true():
        lines = lines.where(JournalRow.gesture_id.in_(select(Gesture.id).where(which)))
    groups = groupby(_stream(connection, lines), lambda line: line[0])
    key, group = next(groups, (None, iter(())))
    for *head, sealed in _stream(connection, heads):
        while key is not None and key < head[0]:  # lines of no act
            key, group = next(groups, (None, iter(())))
        yield head[0], sealed, seal_of(chain((head,), group if key == head[0] else ()))


def _table_seal(connection: Connection, model: type[Base]) -> str:
    columns = _raw(model, sorted(model.table().c.keys()))
    return seal_of(_stream(connection, select(*columns).order_by(model.table().c.id)))


def _stream(connection: Connection, query: Any) -> Iterator[Any]:
    yield from connection.execute(query, execution_options={"yield_per": BATCH})


def _raw(model: type[Base], names: Iterable[str]) -> list[ColumnElement[Any]]:
    """Return columns as they are stored; JSON as the text that stands there."""
    columns = (model.table().c[name] for name in names)
    return [
        cast(column, Text)
        if isinstance(column.type, JSON)
        else type_coerce(column, NullType()).label(column.name)
        for column in columns
    ]


def _on_flush(session: Session, *_: object) -> None:
    changed = {type(item) for item in chain(session.new, session.dirty, session.deleted)}
    session.info.setdefault("unsealed", set()).update(changed.intersection(OUTSIDE))


def _on_execute(state: ORMExecuteState) -> None:
    is_change = state.is_insert or state.is_update or state.is_delete
    if is_change and state.bind_mapper is not None and state.bind_mapper.class_ in OUTSIDE:
        state.session.info.setdefault("unsealed", set()).add(state.bind_mapper.class_)
