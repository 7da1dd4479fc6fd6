"""Compares every record with its last state in the journal, and the journal with itself.

A record comes in, changes and goes by acts only, and each act writes down the row before and after it. So the last
state in the journal is what the table must hold, each state must begin where the one before it ended, and on SQLite,
where an act that fails gives its numbers back, no number of an act or of a line of the journal may be missing.
(A server's sequence loses the numbers of failed acts, so there, and in a copy of it, a missing one proves nothing.)
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, exists, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, aliased

from db import backends, journal
from db.base import Base, Record
from db.formats.record_names import record_name
from db.models.journal import Gesture, JournalRow
from db.stored import StoredRow, stored_rows

Values = dict[str, Any]
OPENING = 2  # acts with which an older copy is opened (shipped lists, what is derived) before the restoring is noted


def record_troubles(session: Session) -> Iterator[str]:
    """Yield a sentence for each record that is not as the journal left it, and for each broken line of the journal.

    Reads both once, by key, in constant memory; within ``stored.lossless``.
    """
    connection = session.connection()
    for table in _journalled():
        name = record_name(table.name)
        try:
            yield from _compare(connection, table)
        except DBAPIError:
            yield f"{name}表或其操作记录有一部分已损坏，读不下去"


def journal_troubles(session: Session) -> Iterator[str]:
    """Yield a sentence for each gap in the journal, and each line of it that fits no act or record of ours."""
    connection = session.connection()
    if backends.counts_without_gaps(connection):
        for model in (Gesture, JournalRow):
            yield from _gaps(connection, model.table())
    lost = select(JournalRow.id).outerjoin(Gesture).where(Gesture.id.is_(None)).order_by(JournalRow.id)
    yield from (f"操作记录第 {key} 行没有所属操作" for key in session.scalars(lost))
    known = {table.name for table in _journalled()}
    tables = session.scalars(select(JournalRow.table_name).distinct().order_by(JournalRow.table_name))
    yield from (f"操作记录中有不认识的表 {name}" for name in tables if name not in known)
    before = func.lag(JournalRow.gesture_id).over(order_by=JournalRow.id).label("before")
    ordered = select(JournalRow.id, JournalRow.gesture_id, before).subquery()
    back = select(ordered.c.id).where(ordered.c.before > ordered.c.gesture_id).order_by(ordered.c.id)
    yield from (f"操作记录第 {key} 行不在它所属操作的位置" for key in session.scalars(back))
    yield from _wrongly_undone(session)


def _journalled() -> list[Table]:
    return [mapper.class_.table() for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]


def _gaps(connection: Connection, table: Table) -> Iterator[str]:
    """Yield each gap in the numbers; a restore leaves one, since it gives no number again that was given before."""
    is_act = table.name == Gesture.__tablename__
    what, act = ("操作", table.c.id) if is_act else ("操作记录", table.c.gesture_id)
    before = func.lag(table.c.id, 1, 0).over(order_by=table.c.id).label("before")
    since = func.lag(act, 1, 0).over(order_by=table.c.id).label("since")
    ordered = select(table.c.id, before, act.label("act"), since).subquery()
    query = select(ordered).where(ordered.c.id > ordered.c.before + 1).order_by(ordered.c.id)
    restores = list(connection.scalars(select(Gesture.id).where(Gesture.label.startswith(journal.RESTORED))))
    for row in connection.execute(query):
        if not any(row.since < key <= row.act + OPENING for key in restores):
            yield _missing(what, row.before + 1, row.id - 1)
    newest = connection.scalar(select(func.max(table.c.id))) or 0
    latest = connection.scalar(select(func.max(act))) or 0
    given = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :n"), {"n": table.name})
    issued = given.scalar() or 0
    if not isinstance(issued, int):
        yield f"{what}的编号登记为 {issued}，实际已到 {newest}"
    elif issued > newest and not any(key > latest for key in restores):
        yield _missing(what, newest + 1, issued)
    elif issued < newest:
        yield f"{what}的编号登记为 {issued}，实际已到 {newest}"


def _missing(what: str, low: int, high: int) -> str:
    return f"{what}缺第 {low} 号" if low == high else f"{what}缺第 {low} 至 {high} 号"


def _wrongly_undone(session: Session) -> Iterator[str]:
    """An act is undone exactly as long as a taking-back of it stands that was not taken back itself."""
    taking_back = aliased(Gesture)
    standing = exists().where(taking_back.undoes == Gesture.id, ~taking_back.undone)
    query = select(Gesture.id, Gesture.undone).where(Gesture.undone != standing).order_by(Gesture.id)
    for key, undone in session.execute(query):
        yield f"第 {key} 号操作标为{'已撤销，却没有撤销它的操作' if undone else '有效，却已有撤销它的操作'}"


def _compare(connection: Connection, table: Table) -> Iterator[str]:
    """Walk through a table and its lines of the journal side by side, both by key."""
    rows = stored_rows(connection, table)
    states = groupby(_entries(connection, table), attrgetter("key"))
    defaults = _Defaults(connection, table)
    row, state = next(rows, None), next(states, None)
    while row is not None or state is not None:
        if state is None or (row is not None and row.id < state[0]):
            assert row is not None  # noqa: S101 - for the type checker
            yield f"{_called(table, row)}不在操作记录中"
            row = next(rows, None)
            continue
        key, entries = state[0], list(state[1])
        yield from _chain(table, key, entries)
        here = row if row is not None and row.id == key else None
        yield from _last(connection, table, entries, here, defaults)
        state = next(states, None)
        row = next(rows, None) if here else row


class _Entry:
    """One line of the journal."""

    __slots__ = ("after", "before", "gesture", "id", "key", "unreadable")

    def __init__(self, row: StoredRow) -> None:
        self.id, self.unreadable = row.id, row.unreadable
        self.key: int = row.values.get("key", 0)
        self.gesture: int = row.values.get("gesture_id", 0)
        self.before: Values | None = row.values.get("before")
        self.after: Values | None = row.values.get("after")


def _entries(connection: Connection, table: Table) -> Iterator[_Entry]:
    """Yield the journal's lines about a table, by key."""
    lines = JournalRow.table()
    about = stored_rows(connection, lines, lines.c.table_name == table.name, lines.c.key)
    yield from (_Entry(row) for row in about)


def _chain(table: Table, key: int, entries: Sequence[_Entry]) -> Iterator[str]:
    """Each state begins where the one before it ended; an upgrade may have added columns in between."""
    before: Values | None = None
    for entry in entries:
        if entry.unreadable:
            yield f"操作记录第 {entry.id} 行读不出来"
            return
        if (before is None) != (entry.before is None) or _differing(before, entry.before):
            yield f"{record_name(table.name)} {key} 的操作记录在第 {entry.id} 行前后不接"
        before = entry.after


def _last(
    connection: Connection,
    table: Table,
    entries: Sequence[_Entry],
    row: StoredRow | None,
    defaults: "_Defaults",
) -> Iterator[str]:
    """Compare a row with its last state."""
    last = entries[-1]
    if last.unreadable:
        return
    if row is None:
        if last.after is not None:
            yield f"{record_name(table.name)} {last.key} 不见了：操作记录中没有删除它{_by(connection, last)}"
        return
    called = _called(table, row)
    if last.after is None:
        yield f"{called}在操作记录中已删除，表中却还有{_by(connection, last)}"
        return
    now = journal.kept_values(table, row.values)
    wrong = sorted({*_differing(last.after, now), *row.unreadable, *defaults.differing(now, last.after)})
    if wrong:
        yield f"{called}的 {'、'.join(wrong)} 与操作记录不符{_by(connection, last)}"
    elif row.values.get("version") != (counted := _version(entries)):
        yield f"{called}登记为第 {row.values.get('version')} 版，操作记录中为第 {counted} 版"


def _version(entries: Sequence[_Entry]) -> int:
    """Return how often a row was written since it came in: that is its version."""
    begin = max(at for at, entry in enumerate(entries) if at == 0 or entry.before is None)
    return len(entries) - begin


def _differing(one: Values | None, other: Values | None) -> list[str]:
    if one is None or other is None:
        return []
    return [name for name in one.keys() & other.keys() if one[name] != other[name]]


FILLED = {"adviser_contract": {"firm_id"}}
"""Columns that an upgrade filled from other rows: the journal knows them from the next change of the row on."""


class _Defaults:
    """What an upgrade put into the columns that it added: rows not changed since must still hold that."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._known: Values | None = None

    def differing(self, now: Values, journalled: Values) -> list[str]:
        """Return the columns that the journal does not know and that are not as the upgrade left them."""
        added = now.keys() - journalled.keys() - FILLED.get(self._table.name, set())
        if not added:
            return []
        if self._known is None:
            self._known = self._load()
        return [name for name in added if now[name] != self._known.get(name)]

    def _load(self) -> Values:
        found: Values = {}
        for column in inspect(self._connection).get_columns(self._table.name):
            name, default = column["name"], column["default"]
            if default is not None and name in self._table.c:
                said = text(f"SELECT {default}").columns(value=self._table.c[name].type)
                with suppress(SQLAlchemyError, ValueError, LookupError):
                    found[name] = self._connection.execute(said).scalar()
        return journal.kept_values(self._table, found)


def _called(table: Table, row: StoredRow) -> str:
    """Name a row: 顾问 12（汪晓棠）."""
    for name in ("name", "number", "topic", "title", "certificate"):
        if said := row.values.get(name):
            return f"{record_name(table.name)} {row.id}（{str(said)[:30]}）"
    return f"{record_name(table.name)} {row.id} "


def _by(connection: Connection, entry: _Entry) -> str:
    """Say which act wrote the state that was last written down."""
    query = select(Gesture.label, Gesture.clerk, Gesture.at).where(Gesture.id == entry.gesture)
    with suppress(SQLAlchemyError, ValueError):
        if act := connection.execute(query).one_or_none():
            return f"（最后一次登记：{act.at.astimezone():%Y-%m-%d %H:%M} {act.clerk} “{act.label}”）"
    return ""
