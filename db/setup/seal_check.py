"""What the comparison with the journal cannot tell: the acts themselves, tables outside the journal, given keys.

Every table is one of these, and each has its proof:

* a ``Record``: compared with its last state in the journal (``journal_check``), its version with the number of states;
* an act and its lines: sealed together; whether an act is undone follows from the acts that take it back;
* derived (search keys, texts of cases, deadlines, uses): derived again (``derived.differences``);
* ``seals.OUTSIDE``: sealed as a whole, and the seals themselves are what they are compared with;
* SQLite's own register of given keys: no key may be given again, so it never stands below what was given.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from db import seals
from db.base import Base
from db.formats.record_names import record_name
from db.models.journal import Gesture, JournalRow


def seal_troubles(session: Session) -> Iterator[str]:
    """Yield a sentence for each act and table outside the journal that is not as it was written; within ``lossless``."""
    connection = session.connection()
    labels = select(Gesture.label, Gesture.clerk)
    for key in seals.broken_acts(connection):
        label, clerk = connection.execute(labels.where(Gesture.id == key)).one()
        yield f"第 {key} 号操作（{clerk} “{label}”）或它的操作记录与校验码不符"
    for name in seals.broken_tables(connection):
        yield f"{record_name(name)}表与校验码不符"
    if connection.dialect.name == "sqlite":
        yield from _lowered(connection)


def _given_keys(connection: Connection) -> dict[str, object]:
    """Return SQLite's register of the last key given in each table; a damaged one holds anything."""
    rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {row.name: row.seq for row in rows}


def _lowered(connection: Connection) -> Iterator[str]:
    given = _given_keys(connection)
    journalled = {row.table_name: row.top for row in connection.execute(_JOURNALLED)}
    for table in Base.metadata.sorted_tables:
        last = given.get(table.name, 0)
        top = connection.scalar(select(func.max(table.c.id))) or 0
        top = max(top, journalled.get(table.name, 0))
        if not isinstance(last, int) or last < top:
            yield f"{record_name(table.name)}的编号登记为 {last}，实际已到 {top}"


_JOURNALLED = select(JournalRow.table_name, func.max(JournalRow.key).label("top")).group_by(
    JournalRow.table_name
)
