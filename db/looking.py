"""Looks at a SQLite file before anything is written to it: whether it is ours, whole, and of a version we know.

Nothing is written by looking, not even beside the file. ``quick_check`` is done at every start: of a file of 75 MB it took
0.11 seconds (SQLite 3.40, the file in memory), where ``integrity_check``, kept for what a -wal brings in, took 0.5.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db import backends, migrate
from db.errors import Damage, Missing, UserError, reason
from db.formats.record_names import record_name
from db.opened_file import is_opened
from db.schema import missing_parts
from db.sqlite_files import View, beside, immutable, view_of

FAULTS = 5  # as many say enough before the clerk decides
NEWEST = 200  # acts that the file and the file with its -wal must have in common


class State(Enum):
    """What stands at a path."""

    NEW = auto()
    READY = auto()
    OLDER = auto()
    DAMAGED = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file: ``view`` reads it as it is, ``damage`` says what is wrong with it.

    ``revision`` is that of its schema. ``is_readable``: what is sound of it can be read with the present program.
    """

    state: State
    view: View | None = None
    damage: str = ""
    revision: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether the present program can read what is sound of a damaged file."""
        return self.view is not None and self.revision == migrate.head()

    def close(self) -> None:
        """Look no more."""
        if self.view is not None:
            self.view.close()


def look(file: Path) -> Look:
    """Look at the file at a path; one that this process has open already was looked at then.

    Raises ``Missing`` when there is nothing, or an empty file; ``UserError`` when it is not ours, was made by a newer
    program, or cannot be reached.
    """
    if not _is_there(file):
        raise Missing(f"没有数据库文件 {file}。请核对路径，U 盘或共享文件夹是否已连上。")
    if is_opened(file):
        return Look(State.READY)
    if file.stat().st_size == 0 and not beside(file, "-wal").exists():
        raise _empty(file)
    try:
        view = view_of(file)
    except OSError as error:
        raise UserError(f"读不了 {file}：{reason(error)}。请检查权限和磁盘。") from error
    engine = backends.open_view(backends.url_of(file), view.uri)
    try:
        with engine.connect() as connection:
            return _judge(file, view, connection)
    except DBAPIError as error:
        if "not a database" in str(error.orig):
            view.close()
            raise Damage(str(backends.sentence(error, engine.url))) from error
        return _damaged(file, view, [f"SQLite 报告：{error.orig}"])
    except UserError:
        view.close()
        raise
    finally:
        engine.dispose()


def _empty(file: Path) -> Missing:
    return Missing(f"{file} 里没有任何数据。请核对路径，或从备份恢复。", is_empty=True)


def _is_there(file: Path) -> bool:
    try:
        if file.is_dir():
            raise UserError(f"{file} 是文件夹，不是数据库文件。请写到文件名。")
        return file.exists()
    except OSError as error:
        raise UserError(f"读不了 {file}：{reason(error)}。请检查权限和磁盘。") from error


def _judge(file: Path, view: View, connection: Connection) -> Look:
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if not tables and application in {0, backends.APPLICATION} and not view.lost:
        raise _empty(file)
    if application != backends.APPLICATION and not (
        application == 0 and tables & {"alembic_version", "gesture"}
    ):
        raise UserError(f"“{file.name}”不是本程序的数据库，没有改动它。请改选文件，或换一个文件名新建。")
    found = migrate.revision_of(connection) if "alembic_version" in tables else None
    if found is not None and found.isdigit() and found > migrate.head():
        raise migrate.too_new(file.name, found)
    faults = [*view.lost]
    if found not in migrate.revisions():
        faults.append(f"版本号“{found}”不认识" if found else "缺版本号")
    faults += _whole(file, connection, with_wal=view.has_wal)
    if not faults and found == migrate.head():
        faults = missing_parts(connection)
    if faults:
        return _damaged(file, view, faults, found or "")
    return Look(State.READY if found == migrate.head() else State.OLDER, view, revision=found or "")


def _damaged(file: Path, view: View, faults: Iterable[str], revision: str = "") -> Look:
    listed = list(faults)
    more = "等" if len(listed) > FAULTS else ""
    said = f"数据库 {file} 已损坏：{'；'.join(listed[:FAULTS])}{more}。"
    return Look(State.DAMAGED, view, said, revision)


def _whole(file: Path, connection: Connection, *, with_wal: bool) -> list[str]:
    """Return what the engine finds wrong; what a -wal would bring in is looked at more closely, as it may be another's."""
    faults: list[str] = []
    try:
        pragma = "integrity_check" if with_wal else "quick_check"
        said = [row[0] for row in connection.exec_driver_sql(f"PRAGMA {pragma}({FAULTS})")]
        inside = [one for line in said for one in str(line).splitlines() if one not in backends.FINE]
        faults += [f"内部检查没有通过（{'；'.join(inside)}）"] * bool(inside)
        if with_wal:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(FAULTS)
            faults += [f"{record_name(row[0])} {row[1]} 指向不存在的记录" for row in broken]
            if not _has_all_of(connection, _newest_acts(file)):
                faults.append("-wal 文件不是这个数据库的")
    except DBAPIError as error:
        faults.append(f"内部检查没有通过（{error.orig}）")
    return faults


def _newest_acts(file: Path) -> list[tuple[object, ...]]:
    """Return the newest acts of the file without its -wal; nothing where it cannot be read so."""
    query = "SELECT id, at, clerk, label FROM gesture ORDER BY id DESC LIMIT ?"
    with suppress(sqlite3.Error), closing(sqlite3.connect(immutable(file), uri=True)) as alone:
        return alone.execute(query, (NEWEST,)).fetchall()
    return []


def _has_all_of(connection: Connection, acts: list[tuple[object, ...]]) -> bool:
    """Whether what the -wal brings in goes on from the file: every act of the one is in the other."""
    if not acts:
        return True
    query = text("SELECT id, at, clerk, label FROM gesture WHERE id >= :oldest")
    return set(acts) <= {tuple(row) for row in connection.execute(query, {"oldest": acts[-1][0]})}
