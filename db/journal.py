"""Keeps the journal, and takes an act back (or does it again) with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Column, Table, delete, event, insert, inspect, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, sessionmaker
from sqlalchemy.orm.attributes import flag_modified

from db.base import Entry, Record, table_named, today
from db.errors import Conflict, UserError
from db.models.journal import Gesture, JournalRow

Values = dict[str, Any]
RESTORED = "从备份恢复"
"""How the label of the act begins that put a copy in place of the database: all that was read before is old."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts: the clerk's name, the PC (``db.places.installation``), the window, and since when it is open."""

    clerk: str
    installation: str
    window: str
    since: datetime


LABEL = 200  # characters that the column holds; a server refuses more


def attach(sessions: sessionmaker[Session]) -> None:
    """Write down every change that sessions of this maker flush.

    A session carries ``info["label"]``, ``info["hand"]``, ``info["undoable"]`` and ``info["touched"]``
    (table name -> keys, filled here); ``info["gesture"]`` is the id of the act once it changed something.
    """
    event.listen(sessions, "before_flush", _remember)
    event.listen(sessions, "after_flush", _write)


def touch(entry: Entry) -> None:
    """Mark an entry as changed because something that belongs to it changed; its version moves on."""
    flag_modified(entry, "removed_at")


def note(session: Session) -> None:
    """Write down that the act took place, though it may change no row (an export of full numbers, say)."""
    info = session.info
    if "gesture" not in info:
        heading = {
            "at": datetime.now(UTC),
            "clerk": info["hand"].clerk,
            "installation": info["hand"].installation,
            "window": info["hand"].window,
            "label": info["label"][:LABEL],
            "undoes": info.get("undoes"),
            "undoable": info["undoable"],
        }
        statement = insert(Gesture).values(heading).returning(Gesture.id)
        info["gesture"] = session.connection().execute(statement).scalar_one()


def forbid_undo(session: Session, acts: Collection[int]) -> None:
    """Let 撤销 pass over these acts from now on."""
    session.execute(update(Gesture).where(Gesture.id.in_(acts)).values(undoable=False))
    session.info.setdefault("reseal", set()).update(acts)


def last_change(session: Session, table: str, key: int | None) -> tuple[str, datetime] | None:
    """Return who changed a row (``None``: any row of the table) last, and when."""
    row_is_meant = [] if key is None else [JournalRow.key == key]
    query = (
        select(Gesture.clerk, Gesture.at)
        .join(JournalRow, JournalRow.gesture_id == Gesture.id)
        .where(JournalRow.table_name == table, *row_is_meant)
        .order_by(Gesture.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return (row.clerk, row.at) if row else None


def conflict(session: Session, record_name: str, table: str, key: int) -> Conflict:
    """Return the refusal of a save over somebody else's newer change, naming who and when."""
    who = who_and_when(session, table, key)
    return Conflict(
        f"{record_name}已由{who}修改，您的改动没有保存。请重新载入后再改，您填写的内容仍在窗口中。"
    )


def who_and_when(session: Session, table: str, key: int | None) -> str:
    """Return who changed a row (``None``: any row of the table) last, and when, as 沈青禾于 2026-11-24 09:30 ."""
    change = last_change(session, table, key)
    return f"{change[0] or '其他人'}于 {_local(change[1])} " if change else "其他人"


def undoable(session: Session, hand: Hand) -> Gesture | None:
    """Return the act of this clerk, done today in this window or here before it was opened, that undo takes back.

    What the clerk's namesake did at another PC, or in another window meanwhile, is not his to take back.
    """
    mine = _plain_acts(hand).where(~Gesture.undone, Gesture.undoable).limit(1)
    return session.scalars(mine).one_or_none()


def redoable(session: Session, hand: Hand) -> Gesture | None:
    """Return the latest taking-back that redo would reverse; a newer act of the same hand forbids it.

    A note in the journal (numbers shown or exported) is no such act.
    """
    original = aliased(Gesture)
    query = (
        select(Gesture)
        .join(original, Gesture.undoes == original.id)
        .where(*_own(hand), ~Gesture.undone, original.undoes.is_(None), original.undoable)
        .order_by(Gesture.id.desc())
        .limit(1)
    )
    taking_back = session.scalars(query).one_or_none()
    newest = undoable(session, hand)
    return None if taking_back is None or (newest and newest.id > taking_back.id) else taking_back


def undo(session: Session) -> str:
    """Take back the clerk's last act of today; return its label."""
    gesture = undoable(session, session.info["hand"])
    if gesture is None:
        raise UserError("没有可以撤销的操作。只能撤销您今天在本机所做的操作。")
    _reverse(session, gesture, f"撤销：{gesture.label}")
    gesture.undone = True
    return gesture.label


def redo(session: Session) -> str:
    """Do again what was last taken back; return its label."""
    taking_back = redoable(session, session.info["hand"])
    original = session.get(Gesture, taking_back.undoes) if taking_back else None
    if taking_back is None or original is None:
        raise UserError("没有可以重做的操作。撤销之后又做了别的操作，就不能再重做。")
    _reverse(session, taking_back, f"重做：{original.label}")
    taking_back.undone = True
    original.undone = False
    return original.label


def _plain_acts(hand: Hand) -> Any:
    return select(Gesture).where(*_own(hand), Gesture.undoes.is_(None)).order_by(Gesture.id.desc())


def _own(hand: Hand) -> tuple[Any, ...]:
    """Return the conditions of what this hand did today."""
    begin = datetime.combine(today(), time()).astimezone()
    return (
        Gesture.at >= begin,
        Gesture.at < begin + timedelta(days=1),
        Gesture.clerk == hand.clerk,
        Gesture.installation == hand.installation,
        or_(Gesture.window == hand.window, Gesture.at < hand.since),
    )


def _reverse(session: Session, gesture: Gesture, label: str) -> None:
    session.info["label"] = label
    session.info["undoes"] = gesture.id
    rows = session.scalars(
        select(JournalRow).where(JournalRow.gesture_id == gesture.id).order_by(JournalRow.id.desc())
    ).all()
    for row in rows:
        _reverse_row(session, table_named(row.table_name), row, gesture.label)
        _enter(session, [(row.table_name, row.key, row.after, row.before)])
    session.expire_all()


def _reverse_row(session: Session, table: Table, row: JournalRow, label: str) -> None:
    run = session.connection().execute
    found = run(select(table).where(table.c.id == row.key)).mappings().one_or_none()
    now = None if found is None else kept_values(table, found)
    if (
        now is not None and row.after is not None
    ):  # columns that an upgrade has added since were not written down
        now = {name: value for name, value in now.items() if name in row.after}
    if now != row.after:
        change = last_change(session, row.table_name, row.key)
        who = f"（{change[0] or '其他人'}，{_local(change[1])}）" if change else ""
        raise Conflict(f"“{label}”涉及的记录之后又被修改{who}，不能撤销。请直接在记录中更正。")
    if row.before is None:
        try:
            run(delete(table).where(table.c.id == row.key))
        except IntegrityError as error:
            text = f"“{label}”新增的记录已被后来登记的内容用到，不能撤销。确实不要的，请移入回收站。"
            raise Conflict(text) from error
        return
    values = {name: _rich(table.c[name], value) for name, value in row.before.items()}
    if found is None:
        run(insert(table).values(values | {"id": row.key, "version": 1}))
    else:
        run(update(table).where(table.c.id == row.key).values(values | {"version": found["version"] + 1}))


def _remember(session: Session, *_: object) -> None:
    before: dict[Record, Values] = session.info.setdefault("before", {})
    for item in (*session.dirty, *session.deleted):
        changed = isinstance(item, Record) and (item in session.deleted or session.is_modified(item))
        if changed and item not in before:
            before[item] = _before(session, item)


def _before(session: Session, item: Record) -> Values:
    """Return the values that the flush is about to change.

    Of an attribute that was set without having been loaded the session knows no old value: then the row is read.
    """
    histories = (inspect(item).attrs[a.key].history for a in inspect(item).mapper.column_attrs)
    if not any(history.added and not history.deleted for history in histories):
        return _record_values(item, old=True)
    table = item.table()
    row = session.connection().execute(select(table).where(table.c.id == item.id)).mappings().one()
    return kept_values(table, row)


def _write(session: Session, *_: object) -> None:
    before: dict[Record, Values] = session.info.pop("before", {})
    entries: list[tuple[str, int, Values | None, Values | None]] = [
        (item.__tablename__, item.id, None, _record_values(item, old=False))
        for item in session.new
        if isinstance(item, Record)
    ]
    entries += [
        (
            item.__tablename__,
            item.id,
            old,
            None if item in session.deleted else _record_values(item, old=False),
        )
        for item, old in before.items()
    ]
    if entries:
        _enter(session, entries)


def _enter(session: Session, entries: list[tuple[str, int, Values | None, Values | None]]) -> None:
    info, run = session.info, session.connection().execute
    note(session)
    rows = [
        {"gesture_id": info["gesture"], "table_name": table, "key": key, "before": before, "after": after}
        for table, key, before, after in entries
    ]
    run(insert(JournalRow), rows)
    for table, key, _, _ in entries:
        info["touched"].setdefault(table, set()).add(key)


def _kept(column: Column[Any]) -> bool:
    return column.name not in {"id", "version"} and not column.info.get("derived")


def _record_values(item: Record, *, old: bool) -> Values:
    state, values = inspect(item), {}
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        if isinstance(column, Column) and _kept(column):
            gone = state.attrs[attribute.key].history.deleted
            value = gone[0] if old and gone else getattr(item, attribute.key)
            values[column.name] = _plain(value)
    return values


def kept_values(table: Table, row: Mapping[Any, Any]) -> Values:
    """Return what the journal keeps of a row, as it keeps it; a column that ``row`` does not give is left out."""
    return {c.name: _plain(row[c.name]) for c in table.c if _kept(c) and c.name in row}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value


def _rich(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(column.type, JSON):
        return value
    kind = column.type.python_type
    if isinstance(value, kind):
        return value
    return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
