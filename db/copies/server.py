"""A server's database as a SQLite file of the same schema, and back: every row and journal line the same."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, URL, Connection, MetaData, Table, Text, cast, create_engine, insert, select, text

from db import backends, migrate
from db.copies.saying import Hindrance, need_room
from db.copies.sqlite_files import Contents, NotSound, Tell, connect, contents_of, silent
from db.errors import UserError

BATCH = 2_000  # rows read and written at a time
VERSION = "alembic_version"


def copy_server(url: URL, file: Path, tell: Tell = silent) -> Contents:
    """Fill a SQLite file with what the server holds at one moment; return what that is."""
    engine = backends.open_engine(url)
    try:
        with engine.connect() as connection:
            one_moment = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            with one_moment.begin():
                backends.take_time(one_moment)
                need_room(file.parent, one_moment.execute(text(_SIZE)).scalar_one())
                return copy_rows(one_moment, file, tell)
    finally:
        engine.dispose()


def copy_rows(server: Connection, file: Path, tell: Tell = silent) -> Contents:
    """Fill a SQLite file from within a transaction on the server; each row is read back and compared."""
    revision = migrate.revision_of(server)
    if revision is None or revision > migrate.head():
        raise Hindrance(
            "服务器上的数据库不是本程序的，或由更新版本的程序建立", "请核对地址，或升级本程序后再试"
        )
    migrate.build(backends.url_of(file), revision)
    there = _reflected(server)
    with _lite(file) as lite:
        here = _reflected(lite)
        if set(here.tables) != set(there.tables):
            raise NotSound("服务器上的表与程序的不一致")
        total = len(here.sorted_tables)
        for done, table in enumerate(here.sorted_tables):
            tell(done, total)
            if table.name != VERSION:
                lite.execute(table.delete())  # what the migrations themselves entered
                if _pour(server, there.tables[table.name], lite, table) != _digest(lite, table):
                    raise NotSound(f"{table.name} 的记录与服务器上的不同")
        lite.commit()
    with closing(connect(file)) as connection:
        _take_sequences(server, connection)
        connection.execute(f"PRAGMA application_id={backends.APPLICATION}")
        connection.execute(f"PRAGMA user_version={backends.FROM_SERVER}")
        connection.execute("PRAGMA journal_mode=DELETE")
        return contents_of(connection)


def fill_server(server: Connection, file: Path) -> None:
    """Put what a SQLite file of the same schema holds in place of what the server holds, within its transaction."""
    there = _reflected(server)
    with _lite(file) as lite:
        here = _reflected(lite)
        if set(here.tables) != set(there.tables):
            raise UserError("备份的表与服务器上的不一致，没有恢复。请先升级服务器上的数据库。")
        names = [table.name for table in there.sorted_tables if table.name != VERSION]
        server.execute(text(f"TRUNCATE {', '.join(_quoted(name) for name in names)}"))
        cursor = server.connection.cursor()  # COPY is psycopg's own
        for name in names:
            columns = ", ".join(_quoted(column) for column in sorted(here.tables[name].c.keys()))
            with cursor.copy(f"COPY {_quoted(name)} ({columns}) FROM STDIN") as copy:
                for row in _rows(lite, here.tables[name]):
                    copy.write_row(row)
            if _digest(server, there.tables[name]) != _digest(lite, here.tables[name]):
                raise NotSound(f"{name} 的记录与备份不同")
    with closing(connect(file)) as connection:
        for name, last in connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            server.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), greatest(:last, 1), :last > 0)"),
                {"name": _quoted(name), "last": last},
            )


_SIZE = """SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = current_schema()"""


@contextmanager
def _lite(file: Path) -> Iterator[Connection]:
    """Lend a plain connection to a SQLite file: the order in which tables are filled needs no foreign keys."""
    engine = create_engine(backends.url_of(file), hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def _columns(table: Table, names: list[str]) -> list[Any]:
    """Return the columns in one order; JSON as the text that stands there."""
    return [cast(c, Text) if isinstance(c.type, JSON) else c for c in (table.c[name] for name in names)]


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield all rows, by key."""
    query = select(*_columns(table, sorted(table.c.keys()))).order_by(*table.primary_key)
    with connection.execute(query, execution_options={"stream_results": True, "yield_per": BATCH}) as found:
        for row in found:
            yield tuple(row)


def _pour(server: Connection, source: Table, lite: Connection, target: Table) -> str:
    """Copy all rows of a table; return the digest of what was read."""
    names, digest, batch = sorted(source.c.keys()), hashlib.sha256(), list[dict[str, Any]]()
    for column in target.c:
        if isinstance(column.type, JSON):
            column.type = Text()
    for row in _rows(server, source):
        digest.update(repr(row).encode())
        batch.append(dict(zip(names, row, strict=True)))
        if len(batch) == BATCH:
            lite.execute(insert(target), batch)
            batch.clear()
    if batch:
        lite.execute(insert(target), batch)
    return digest.hexdigest()


def _digest(connection: Connection, table: Table) -> str:
    digest = hashlib.sha256()
    for row in _rows(connection, table):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _take_sequences(server: Connection, file: sqlite3.Connection) -> None:
    """Take over which keys were given out: they are never given again."""
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'").fetchall():
        last = server.execute(
            text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)"),
            {"name": _quoted(name)},
        ).scalar()
        file.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        file.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last or 0))


def _quoted(name: str) -> str:
    return f'"{name}"'
