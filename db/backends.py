"""What differs between SQLite and PostgreSQL, behind the same few functions."""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Boolean, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from db.errors import UserError
from db.opened_file import OpenedFile

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
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def file_of(url: URL) -> Path | None:
    """Return the SQLite file, or ``None`` for a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def open_engine(url: URL) -> Engine:
    """Return an engine whose transactions begin as the program wants them to."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(url, pool_pre_ping=True)


def begin_writing(connection: Connection) -> None:
    """Wait for the other writer; on SQLite ``BEGIN IMMEDIATE`` has done so already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


def integrity(connection: Connection) -> list[str]:
    """Return what the engine itself finds wrong with the stored data; nothing is the normal answer."""
    if connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    return found + [str(tuple(row)) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


def sentence(error: DBAPIError, url: URL) -> UserError | None:
    """Say in Chinese what the surroundings of the database did not allow; ``None`` if it is our own bug."""
    text = str(error.orig).lower()
    where = file_of(url) or f"{url.host}/{url.database}"
    for sign, said in _SENTENCES.items():
        if sign in text:
            return UserError(said.format(where=where))
    return None


_SENTENCES = {
    "database is locked": "数据库正被另一个窗口占用，本次没有写入。请稍候再试。",
    "disk is full": "没有写入：磁盘已满。现有数据未受影响，请清理磁盘后再试。",
    "readonly database": "没有写入：{where} 是只读的。请检查该文件和所在文件夹的权限。",
    "unable to open database file": "打不开数据库 {where}。请检查路径是否存在、是否有读写权限。",
    "file is not a database": "{where} 不是本程序的数据库，或已损坏。原文件未被改动，请改选文件或从备份恢复。",
    "disk image is malformed": "数据库 {where} 已损坏。请停止使用，并从最近的备份恢复。",
    "disk i/o error": "读写 {where} 时磁盘出错。已保存的数据未受影响，请检查磁盘或网络连接后再试。",
    "connection refused": "连接不上数据库服务器 {where}。请检查网络，或请管理员确认服务器已启动。",
    "could not translate host": "找不到数据库服务器 {where}。请检查地址和网络。",
    "failed to resolve host": "找不到数据库服务器 {where}。请检查地址和网络。",
    "password authentication failed": "数据库服务器 {where} 没有接受用户名或密码。请核对后再试。",
    "server closed the connection": "与数据库服务器的连接中断，本次没有写入。请检查网络后再试。",
    "connection timeout": "连接数据库服务器 {where} 超时。请检查网络后再试。",
}


def opened_file(engine: Engine) -> OpenedFile | None:
    """Return what SQLite has open, to ask whether it is still there; ``None`` for a server."""
    return _opened.get(engine)


_opened: "WeakKeyDictionary[Engine, OpenedFile]" = WeakKeyDictionary()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        for pragma in ("foreign_keys=ON", "busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    if (path := file_of(url)) is not None:
        _watch(engine, OpenedFile(path))
    return engine


def _watch(engine: Engine, opened: OpenedFile) -> None:
    """Count the connections, and open no further one where another file, or a new empty one, would be meant."""
    _opened[engine] = opened

    @event.listens_for(engine, "do_connect")
    def _before(*_: object) -> None:
        opened.check()

    @event.listens_for(engine, "connect")
    def _after(*_: object) -> None:
        opened.opened()

    @event.listens_for(engine, "close")
    def _closed(*_: object) -> None:
        opened.closed()
