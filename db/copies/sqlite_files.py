"""Reading and filling SQLite files as wholes: never another way to a database than SQLite's own."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from db import backends
from db.errors import UserError

PAGES = 2_000  # copied between two looks at whether the clerk has cancelled: 8 MB
WAIT = 10.0  # seconds that others are given to let go of a file
HEADER = 100  # bytes: https://www.sqlite.org/fileformat.html#the_database_header
MAGIC = b"SQLite format 3\x00"

Tell = Callable[[int, int], None]
"""Called with how much is done and how much there is in all; may raise to cancel."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


class NotSound(Exception):
    """A file is not a sound copy; the text says in a few Chinese words why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: the revision of its schema and how many rows each table has."""

    revision: str
    counts: dict[str, int]


def connect(file: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open an existing file (``rw`` or ``ro``; it is never made); transactions are begun by the caller."""
    return _connect(file, f"mode={mode}")


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Return what a database holds. Raises ``NotSound`` where it is none of ours."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [name for (name,) in connection.execute(query)]
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != backends.APPLICATION and (application or "alembic_version" not in tables):
        raise NotSound("不是本程序的数据库")
    if "alembic_version" not in tables:
        raise NotSound("文件缺少版本号")
    counts = {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - a table's own name
        for name in tables
    }
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise NotSound("没有写明数据库版本")
    return Contents(str(found[0]), counts)


def examine(file: Path, expected: Contents | None = None) -> Contents:
    """Read a file through and return what it holds. Raises ``NotSound``, also where ``expected`` differs.

    That somebody else has locked it is no damage, and is raised as SQLite says it.
    """
    try:
        with closing(_reader(file)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
            if found:
                raise NotSound("文件已损坏")
            contents = contents_of(connection)
    except (sqlite3.Error, UnicodeError) as error:
        if "locked" in str(error):
            raise
        said = next((words for sign, words in _DAMAGE.items() if sign in str(error)), "文件读不出来")
        raise NotSound(said) from error
    if expected is not None and contents != expected:
        raise NotSound("其中的表或记录数与原来的不一致")
    return contents


_DAMAGE = {"malformed": "文件已损坏", "not a database": "文件头已损坏，或不是数据库文件"}


def trouble(file: Path) -> str | None:
    """Say in a few words why a file is no sound copy, or ``None``; reads it through."""
    try:
        examine(file)
    except NotSound as error:
        return str(error)
    return None


def is_whole(file: Path) -> bool:
    """Say whether a copy (never a database in use) is whole by its header: ours to read, and as long as it says."""
    try:
        with file.open("rb") as opened:
            header = opened.read(HEADER)
        size = file.stat().st_size
    except OSError:
        return False
    if len(header) < HEADER or not header.startswith(MAGIC):
        return False
    page = int.from_bytes(header[16:18], "big")
    return size == int.from_bytes(header[28:32], "big") * (65_536 if page == 1 else page)


def size_of(connection: sqlite3.Connection) -> int:
    """Return how many bytes a copy of the database takes."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def copy_pages(source: sqlite3.Connection, target: Path, tell: Tell = silent) -> Contents:
    """Copy all of ``source`` as it stands at this moment, also while others write; return what that is.

    ``target`` becomes one file by itself, without -wal, that can be read from a read-only medium too.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        tell(total - remaining, total)

    source.execute("BEGIN")  # the counts and the pages are of one snapshot
    try:
        contents = contents_of(source)
        with closing(connect(target)) as made:
            source.backup(made, pages=PAGES, progress=step)
            made.execute("PRAGMA journal_mode=DELETE")
    finally:
        source.execute("ROLLBACK")
    return contents


@contextmanager
def alone(file: Path) -> Iterator[sqlite3.Connection]:
    """Lend a connection while nobody else has the file open, nor can open it. Raises ``UserError``."""
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        give_up = time.monotonic() + WAIT
        while True:
            try:
                connection.execute(
                    "PRAGMA journal_mode=DELETE"
                )  # refused while anybody else has the file open
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                if time.monotonic() > give_up:
                    raise UserError(
                        f"“{file.name}”正被另一个窗口、命令或另一台电脑打开，没有改动它。请关闭其他窗口后再试。"
                    ) from error
                time.sleep(0.05)
        yield connection


def _reader(file: Path) -> sqlite3.Connection:
    """Open a file only to read it; on a read-only medium a file left in WAL mode is read as it stands."""
    connection = connect(file, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        if file.with_name(file.name + "-wal").exists():
            raise
        connection = _connect(file, "immutable=1")
    return connection


def _connect(file: Path, how: str) -> sqlite3.Connection:
    path = quote(file.absolute().as_posix(), safe="/:")
    # to SQLite the //server of a network share is part of the path
    begin = "file://" if path.startswith("/") else "file:///"
    return sqlite3.connect(f"{begin}{path}?{how}", uri=True, isolation_level=None, timeout=WAIT)
