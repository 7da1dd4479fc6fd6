"""Changes a file of the demo bureau behind the program's back, and asks ``check`` to find each place.

``python -m tests.tampering [COUNT]`` runs COUNT files (200); the suite runs a tenth.
"""

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Boolean, Date, DateTime, Enum, Integer
from sqlalchemy.types import JSON

from db import seals
from db.base import Base, Record
from db.engine import Database
from db.formats.record_names import record_name
from db.models.derived import CaseText, Deadline, Engagement, SearchKey
from db.models.lawyer import Lawyer
from db.setup import derived
from db.setup.journal_check import journal_troubles, record_troubles
from db.setup.seal_check import seal_troubles
from db.stored import lossless

JOURNALLED = {
    m.class_.__tablename__: m.class_.table() for m in Base.registry.mappers if issubclass(m.class_, Record)
}
COUNT = 200


def tamper(connection: sqlite3.Connection, chance: Random) -> str:
    """Do one thing to the file that no act did; return what ``check`` must say of it."""
    connection.execute("PRAGMA foreign_keys=OFF")
    return chance.choice(WAYS)(connection, chance)


def faults_of(file: Path) -> list[str]:
    """Return what ``check`` says of the records and the journal."""
    database = Database(file)
    try:
        with database.read() as session, lossless(session.connection()):
            found = [*record_troubles(session), *journal_troubles(session), *seal_troubles(session)]
            return found or derived.differences(session)
    finally:
        database.close()


def _filled(connection: sqlite3.Connection, chance: Random) -> str:
    tables = [t for t in sorted(JOURNALLED) if connection.execute(f"SELECT 1 FROM {t} LIMIT 1").fetchone()]  # noqa: S608
    return chance.choice(tables)


def _one(connection: sqlite3.Connection, table: str, chance: Random) -> int:
    return chance.choice([key for (key,) in connection.execute(f"SELECT id FROM {table} ORDER BY id")])  # noqa: S608


def _change(connection: sqlite3.Connection, chance: Random) -> str:
    table = _filled(connection, chance)
    key = _one(connection, table, chance)
    columns = [
        c for c in JOURNALLED[table].c if c.name not in {"id", "version"} and not c.info.get("derived")
    ]
    column = chance.choice(columns)
    try:
        _give_another(connection, column, key, chance)
    except sqlite3.IntegrityError:  # a constraint of the table does not let it be so
        return _change(connection, chance)
    return f"{record_name(table)} {key}…{column.name}"


def _give_another(connection: sqlite3.Connection, column, key: int, chance: Random) -> None:
    table, name = column.table.name, column.name
    (old,) = connection.execute(f'SELECT "{name}" FROM {table} WHERE id = ?', (key,)).fetchone()  # noqa: S608
    new = _another(column, old, chance)
    connection.execute(f'UPDATE {table} SET "{name}" = ? WHERE id = ?', (new, key))  # noqa: S608


def _another(column, old, chance: Random):  # noqa: PLR0911 - one line for each kind of value
    kind = column.type
    if isinstance(kind, Boolean):
        return 1 - (old or 0)
    if isinstance(kind, Enum):
        others = [v for v in [*kind.enums, "没有这个值"] if v != old]
        return chance.choice(others)
    if isinstance(kind, Date):
        return str((date.fromisoformat(old) if old else date(2020, 1, 1)) + timedelta(days=1))
    if isinstance(kind, Integer):
        return (old or 0) + 1
    if isinstance(kind, JSON):
        return '{"x": 1}' if chance.random() < 0.5 else '{"x'
    if column.type.python_type.__name__ == "datetime" or isinstance(kind, DateTime):
        return "2020-01-01 00:00:00.000000" if old != "2020-01-01 00:00:00.000000" else None
    return chance.choice([f"{old or ''}1", b"\xff\xfe".decode("latin1"), "" if old else "x"])


def _remove(connection: sqlite3.Connection, chance: Random) -> str:
    table = _filled(connection, chance)
    key = _one(connection, table, chance)
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))  # noqa: S608
    return f"{record_name(table)} {key} 不见了"


def _add(connection: sqlite3.Connection, chance: Random) -> str:
    table = _filled(connection, chance)
    names = [c.name for c in JOURNALLED[table].c if c.name != "id"]
    key = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] + 7  # noqa: S608
    listed = ", ".join(f'"{name}"' for name in names)
    for (index,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%' AND tbl_name = ?",
        (table,),
    ).fetchall():
        connection.execute(f"DROP INDEX {index}")
    try:
        connection.execute(
            f"INSERT INTO {table} (id, {listed}) SELECT ?, {listed} FROM {table} WHERE id = ?",  # noqa: S608
            (key, _one(connection, table, chance)),
        )
    except sqlite3.IntegrityError:  # a constraint of the table itself: somebody else's row cannot be copied
        return _remove(connection, chance)
    return f"{record_name(table)} {key}…不在操作记录中"


def _drop_lines(connection: sqlite3.Connection, chance: Random) -> str:
    key = _one(connection, "journal_row", chance)
    connection.execute("DELETE FROM journal_row WHERE id = ?", (key,))
    return f"操作记录缺第 {key} 号"


def _drop_act(connection: sqlite3.Connection, chance: Random) -> str:
    key = _one(connection, "gesture", chance)
    connection.execute("DELETE FROM journal_row WHERE gesture_id = ?", (key,))
    connection.execute("DELETE FROM gesture WHERE id = ?", (key,))
    return f"操作缺第 {key} 号"


def _drop_newest(connection: sqlite3.Connection, _chance: Random) -> str:
    (key,) = connection.execute("SELECT max(id) FROM journal_row").fetchone()
    connection.execute("DELETE FROM journal_row WHERE id = ?", (key,))
    return f"操作记录缺第 {key} 号"


def _alter_line(connection: sqlite3.Connection, chance: Random) -> str:
    key = _one(connection, "journal_row", chance)
    (after, table, record) = connection.execute(
        "SELECT after, table_name, key FROM journal_row WHERE id = ?", (key,)
    ).fetchone()
    values = json.loads(after) if after and after != "null" else {"note": "x"}
    name = chance.choice(sorted(values))
    values[name] = "改" if values[name] != "改" else "动"
    connection.execute("UPDATE journal_row SET after = ? WHERE id = ?", (json.dumps(values), key))
    return f"{record_name(table)} {record}"


def _number_again(connection: sqlite3.Connection, chance: Random) -> str:
    names = connection.execute("SELECT name FROM sqlite_sequence WHERE seq > 0 ORDER BY name").fetchall()
    (name,) = chance.choice(names)
    connection.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = ?", (name,))
    return f"{record_name(name)}的编号登记为"


def _other_version(connection: sqlite3.Connection, chance: Random) -> str:
    table = _filled(connection, chance)
    key = _one(connection, table, chance)
    step = chance.choice((-1, 1))
    connection.execute(f"UPDATE {table} SET version = version + ? WHERE id = ?", (step, key))  # noqa: S608
    return f"{record_name(table)} {key}…版"


def _alter_act(connection: sqlite3.Connection, chance: Random) -> str:
    key = _one(connection, "gesture", chance)
    change = chance.choice(
        (
            "clerk = clerk || '甲'",
            "label = '别的事'",
            "at = '2026-01-02 03:04:05.000000'",
            "installation = 'x'",
            "\"window\" = 'x'",
            "undoable = 1 - undoable",
            "seal = 'x'",
        )
    )
    connection.execute(f"UPDATE gesture SET {change} WHERE id = ?", (key,))  # noqa: S608
    return f"第 {key} 号操作…与校验码不符"


def _alter_outside(connection: sqlite3.Connection, chance: Random) -> str:
    """Change, remove or add a row of a table that no act goes through the journal for."""
    table = chance.choice([model.table() for model in seals.OUTSIDE])
    if not connection.execute(f"SELECT 1 FROM {table.name}").fetchone():  # noqa: S608
        return _alter_outside(connection, chance)
    key = _one(connection, table.name, chance)
    way = chance.choice(("change", "remove", "seal"))
    column = chance.choice([c for c in table.c if c.name != "id" and not c.foreign_keys])
    if way == "change":
        _give_another(connection, column, key, chance)
    elif way == "remove":
        connection.execute(f"DELETE FROM {table.name} WHERE id = ?", (key,))  # noqa: S608
    else:
        connection.execute("UPDATE table_seal SET seal = 'x' WHERE table_name = ?", (table.name,))
    return f"{record_name(table.name)}表与校验码不符"


def _alter_derived(connection: sqlite3.Connection, chance: Random) -> str:
    """Change or remove what follows from the records: it is made again, and must come out as it stands."""
    column, said = chance.choice(DERIVED_COLUMNS)
    table = column.table.name
    key = _one(connection, table, chance)
    if table in JOURNALLED or chance.random() < 0.5:
        _give_another(connection, column, key, chance)
    else:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))  # noqa: S608
    return said


DERIVED_COLUMNS = [
    *((c, "") for table in JOURNALLED.values() for c in table.c if c.info.get("derived")),
    (SearchKey.table().c.key, "检索词"),
    (CaseText.table().c.text, "检索"),
    *((c, "期限") for c in Deadline.table().c if c.name not in {"id", "case_id"}),
    (Engagement.table().c.on_date, "履职次数"),
]


WAYS = (
    _change,
    _change,
    _remove,
    _add,
    _drop_lines,
    _drop_act,
    _drop_newest,
    _alter_line,
    _number_again,
    _other_version,
    _alter_act,
    _alter_outside,
    _alter_derived,
)


def make(file: Path) -> None:
    """Make the demo bureau, with some acts after it that change, take back and do again."""
    from db.demo.demo import load_demo
    from db.office.acts.kept_drafts import keep
    from db.setup.opening import open_office

    office = open_office(file, "沈青禾")
    load_demo(office, date(2026, 11, 24))
    for at in range(1, 9):
        with office.write(f"修改顾问 {at}") as session:
            session.get_one(Lawyer, at).note = f"第 {at} 次"
    office.undo()
    office.redo()
    office.undo()
    with office.write("暂存") as session:
        keep(session, "case", 1, 1, {"note": "没有保存的话"})
    office.close()


def run(template: Path, folder: Path, count: int, seed: int = 11) -> list[str]:
    """Tamper with ``count`` copies; return what was not found, or was found beside it."""
    assert not faults_of(shutil.copy(template, folder / "whole.db"))
    wrong = []
    for at in range(count):
        file = folder / f"{at}.db"
        shutil.copy(template, file)
        chance = Random(f"{seed}-{at}")
        with closing(sqlite3.connect(file)) as connection:
            wanted = tamper(connection, chance)
            connection.commit()
        found = faults_of(file)
        if not any(all(part in said for part in wanted.split("…")) for said in found):
            wrong.append(f"{at}: {wanted} not in {found[:4]}")
        file.unlink()
    return wrong


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        whole = Path(made) / "demo.db"
        make(whole)
        missed = run(whole, Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    print("\n".join(missed) or "every change was found")
    sys.exit(bool(missed))
