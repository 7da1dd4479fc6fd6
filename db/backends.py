"""What differs between SQLite and PostgreSQL, behind the same few functions."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Boolean, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from db import places, server
from db.errors import UserError
from db.network_share import share_of
from db.opened_file import OpenedFile

# "APol" in the header of a SQLite file of ours; files of versions 0001 to 0007 have 0
APPLICATION = 0x41506F6C
# user_version of a SQLite file whose rows came from a server, which loses the numbers of acts that fail
FROM_SERVER = 1
HOW = "请写数据库文件的路径，或 postgresql://用户名@服务器/库名。"
WAIT = 30  # seconds that an act waits for another window's
SLICE, BUSY = 500, 5000  # milliseconds that SQLite itself waits: for one try of it, and otherwise
WRITERS = 4_128_601  # the advisory lock that writers of one PostgreSQL database take in turn


class holds(GenericFunction[bool]):  # noqa: N801 - reads as a function in a query
    """Whether the first text holds the second, letter by letter; several times quicker than LIKE."""

    type = Boolean()
    inherit_cache = True


@compiles(holds)
def _strpos(element: holds, compiler: Any, **how: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **how)}) > 0)"


@compiles(holds, "sqlite")
def _instr(element: holds, compiler: Any, **how: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **how)}) > 0)"


def url_of(place: Path | str | URL) -> URL:
    """Return the URL of a path or of a URL; a plain path means a SQLite file."""
    if isinstance(place, URL):
        return place
    text = str(place)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    scheme = text.partition("://")[0].lower()
    try:
        url = make_url(scheme + text[len(scheme) :])
    except (ArgumentError, ValueError):  # of a port, say; the text may hold a password, so it is not shown
        raise UserError(f"数据库地址写得不对。{HOW}") from None
    if scheme == "sqlite" and url.database:
        return url
    if scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise UserError(f"不支持“{scheme}://”这种数据库地址。{HOW}")
    return url.set(drivername="postgresql+psycopg")


def file_of(url: URL) -> Path | None:
    """Return the SQLite file, or ``None`` for a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def title_of(url: URL) -> str:
    """Return what a clerk calls the database: the file's name, or the server's with the database's."""
    file = file_of(url)
    return file.name if file else server.title_of(url)


def open_engine(url: URL) -> Engine:
    """Return an engine whose transactions begin as the program wants them to, and that never waits without limit."""
    if url.get_backend_name() == "sqlite":
        engine, limits = _sqlite(url), server.Limits()
    else:
        engine, limits = server.open_server(url)
    _waits[engine.dialect] = Waits(limits)
    return engine


def waits(of: Engine | Connection) -> "Waits":
    """Return how the connections of an engine wait for other writers and for the server."""
    return _waits[of.dialect]


@dataclass
class Waits:
    """``limits`` say how long; each of ``told`` is called when a wait for another writer begins to show, and ends."""

    limits: server.Limits
    told: list[Callable[[bool], None]] = field(default_factory=list)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Say that this act waits, while it does."""
        for tell in self.told:
            tell(True)
        try:
            yield
        finally:
            for tell in self.told:
                tell(False)


_waits: "WeakKeyDictionary[Dialect, Waits]" = WeakKeyDictionary()


def open_view(url: URL, uri: str) -> Engine:
    """Return an engine that reads the SQLite file of ``url`` by way of ``uri`` and can write nothing."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)

    engine = create_engine(url, creator=connect)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    _waits[engine.dialect] = Waits(server.Limits())
    return engine


def mark_as_ours(connection: Connection) -> None:
    """Write into the header of a SQLite file whose it is; part of the transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")


def counts_without_gaps(connection: Connection) -> bool:
    """Whether rows were numbered by SQLite, where an act that fails gives its numbers back."""
    if connection.dialect.name != "sqlite":
        return False
    return connection.exec_driver_sql("PRAGMA user_version").scalar() != FROM_SERVER


def begin_writing(connection: Connection) -> None:
    """Wait for the other writer; on SQLite ``BEGIN IMMEDIATE`` has done so already."""
    if connection.dialect.name == "postgresql":
        is_free = connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({WRITERS})").scalar()
        if not is_free:
            with waits(connection).shown():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


def take_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need: an upgrade rewrites whole tables."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        driver: Any = connection.connection.driver_connection
        driver.is_patient = True


def integrity(connection: Connection) -> list[str]:
    """Return what the engine itself finds wrong with the stored data; nothing is the normal answer."""
    found: list[str] = []
    if connection.dialect.name != "sqlite":
        return found
    for pragma in ("integrity_check", "foreign_key_check"):
        try:
            for row in connection.exec_driver_sql(f"PRAGMA {pragma}"):
                found += (
                    [str(tuple(row))] if len(row) > 1 else [x for x in row[0].splitlines() if x not in FINE]
                )
        except DBAPIError as error:
            found.append(str(error.orig))
    return found


FINE = {"ok", "*** in database main ***"}
"""What SQLite's checks say besides faults."""


def sentence(error: DBAPIError, url: URL) -> UserError | None:
    """Say in Chinese what the surroundings of the database did not allow; ``None`` if it is our own bug."""
    where = file_of(url)
    if where is None:
        said = server.sentence(error.orig or error, server.title_of(url))
        return UserError(said) if said else None
    text = str(error.orig).lower()
    for sign, said in _SENTENCES.items():
        if sign in text:
            return UserError(said.format(where=where))
    return None


_SENTENCES = {
    "database is locked": f"另一个窗口正在写入，等了 {WAIT} 秒还没有写完，本次没有写入。请稍候再试。",
    "disk is full": "没有写入：磁盘已满。现有数据未受影响，请清理磁盘后再试。",
    "readonly database": "没有写入：{where} 是只读的。请检查该文件和所在文件夹的权限。",
    "unable to open database file": "打不开数据库 {where}。请检查路径是否存在、是否有读写权限。",
    "file is not a database": "{where} 不是本程序的数据库，或已损坏。原文件未被改动，请改选文件或从备份恢复。",
    "disk image is malformed": "数据库 {where} 已损坏。请停止使用，并从最近的备份恢复。",
    "malformed database schema": "数据库 {where} 已损坏。请停止使用，并从最近的备份恢复。",
    "no such table": "数据库 {where} 缺少应有的表，已损坏。请停止使用，并从最近的备份恢复。",
    "unsupported file format": "{where} 不是本程序的数据库，或已损坏。原文件未被改动，请改选文件或从备份恢复。",
    "disk i/o error": "读写 {where} 时磁盘出错。已保存的数据未受影响，请检查磁盘或网络连接后再试。",
}


def opened_file(engine: Engine) -> OpenedFile | None:
    """Return what SQLite has open, to ask whether it is still there; ``None`` for a server."""
    return _opened.get(engine)


_opened: "WeakKeyDictionary[Engine, OpenedFile]" = WeakKeyDictionary()


def _sqlite(url: URL) -> Engine:
    engine, path = create_engine(url, hide_parameters=True), file_of(url)
    is_shared = path is not None and share_of(path) is not None

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        for pragma in ("foreign_keys=ON", f"busy_timeout={BUSY}", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        if is_shared:
            _without_shared_memory(connection, path)
        else:
            connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if mode != "IMMEDIATE" or not _began(connection):
            connection.exec_driver_sql(f"BEGIN {mode}")

    if path is not None:
        _watch(engine, OpenedFile(path))
    return engine


def _began(connection: Connection) -> bool:
    """Wait for the other writer, in slices, so that closing need not wait; say so when it takes more than a moment.

    Nothing is done before the lock is had, so waiting is all that a second try of the act would be. False: not in
    time, or another fault, which the next statement says.
    """
    raw: Any = connection.connection.driver_connection
    waiting = waits(connection)
    raw.execute(f"PRAGMA busy_timeout={SLICE}")
    try:
        if _has_lock(raw):
            return True
        until = monotonic() + WAIT
        with waiting.shown():
            while monotonic() < until and not waiting.limits.given_up.is_set():
                if _has_lock(raw):
                    return True
    except sqlite3.OperationalError:
        return False
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY}")
    if waiting.limits.given_up.is_set():
        raise UserError("窗口要关闭，没有等到另一个窗口写完，这一步没有完成。")
    return False


def _has_lock(raw: Any) -> bool:
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return False
    return True


def _without_shared_memory(connection: sqlite3.Connection, path: Path | None) -> None:
    """Use the rollback journal on a share; see ``network_share``. Raises ``UserError`` while another PC does not."""
    try:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        mode = "wal"
    if mode == "wal":
        raise UserError(
            f"“{path}”在网络共享上，正由存放它的电脑（或旧版程序）打开，两边同时写会损坏数据，所以没有打开。"
            "请先关闭那边的窗口；多台电脑共用请改用数据库服务器，办法见说明书“多台电脑共用”。"
        )


def _make_private(path: Path) -> None:
    """Make a new file its user's own; SQLite gives its -wal and -shm the same mode. What is there keeps its mode."""
    with suppress(OSError):  # SQLite says it, or it is there
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, places.mode_in(path.parent)))


def _watch(engine: Engine, opened: OpenedFile) -> None:
    """Count the connections, and open no further one where another file, or a new empty one, would be meant."""
    _opened[engine] = opened

    @event.listens_for(engine, "do_connect")
    def _before(*_: object) -> None:
        opened.check()
        _make_private(opened.path)

    @event.listens_for(engine, "connect")
    def _after(*_: object) -> None:
        opened.opened()

    @event.listens_for(engine, "close")
    def _closed(*_: object) -> None:
        opened.closed()
