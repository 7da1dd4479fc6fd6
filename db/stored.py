"""Reads what is stored value by value, so that one value that cannot be read does not hide the others.

SQLite keeps whatever was written: an enum that does not exist, a date of 13 months, half a JSON, bytes that are no
UTF-8. The mapped classes fail on the first of them; here each is named with its table, row and column.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from traceback import walk_tb
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Enum, Table, TypeDecorator, select, type_coerce
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.types import NullType

from db.base import Base
from db.formats.record_names import record_name

BATCH = 500
SEARCH_FOR = 3.0  # seconds that naming an unreadable value may take; a file of 100 MB is read in about that


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row: its id, its values by column, and the columns whose values cannot be read."""

    id: int
    values: dict[str, Any]
    unreadable: tuple[str, ...] = field(default=())


@contextmanager
def lossless(connection: Connection) -> Iterator[None]:
    """Let texts that are no UTF-8 come through with stand-ins, instead of stopping the reading (SQLite only)."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


def stored_rows(
    connection: Connection, table: Table, where: ColumnElement[bool] | None = None, *first: Column[Any]
) -> Iterator[StoredRow]:
    """Yield the rows of a table by id, or by ``first`` and then id; within ``lossless``.

    Raises ``DBAPIError`` where the file itself is damaged.
    """
    raw_columns = [type_coerce(column, NullType()).label(column.name) for column in table.c]
    query = select(*raw_columns).order_by(*first, table.c.id)
    query = query if where is None else query.where(where)
    readers = [_reader(column.type, connection) for column in table.c]
    names = [column.name for column in table.c]
    at = names.index("id")
    for raw in connection.execute(query, execution_options={"yield_per": BATCH}):
        values, bad = {}, []
        for name, read, value in zip(names, readers, raw, strict=True):
            try:
                values[name] = read(value)
            except (ValueError, LookupError, TypeError, OverflowError, ArithmeticError):
                bad.append(name)
        yield StoredRow(int(raw[at] or 0), values, tuple(bad))


def is_unreadable(error: Exception) -> bool:
    """Whether an exception comes from turning a stored value into ours: it began in SQLAlchemy, or in our own type."""
    if isinstance(error, DBAPIError):
        return "decode to utf-8" in str(error.orig).lower()
    if isinstance(error, SQLAlchemyError) or error.__traceback__ is None:
        return False
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    module = str(frames[-1].f_globals.get("__name__", ""))
    if module.partition(".")[0] == "json":  # called by SQLAlchemy, or by somebody else
        frames = [f for f in frames if not str(f.f_globals.get("__name__", "")).startswith("json")]
        module = str(frames[-1].f_globals.get("__name__", ""))
    return module.startswith("sqlalchemy.") or module == "db.base"


def first_unreadable(connection: Connection) -> str:
    """Name the first value that cannot be read, as 案件 12 的 outcome; empty if there is none, or no time to find it."""
    until = monotonic() + SEARCH_FOR
    with lossless(connection):
        for table in Base.metadata.sorted_tables:
            try:
                for row in stored_rows(connection, table):
                    if row.unreadable:
                        return f"{record_name(table.name)} {row.id} 的 {'、'.join(row.unreadable)}"
                    if monotonic() > until:
                        return ""
            except DBAPIError:
                return f"{record_name(table.name)}表"
    return ""


def _reader(kind: Any, connection: Connection) -> Callable[[Any], Any]:
    """Return what turns a stored value into what the program works with, or refuses it."""
    is_ours = connection.dialect.name == "sqlite" or isinstance(kind, Enum | TypeDecorator)
    found = None
    if is_ours:  # a server keeps no number that is none
        found = kind.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
    wanted = kind.python_type if not hasattr(kind, "none_as_null") else None

    def read(value: Any) -> Any:
        if isinstance(value, str):
            value.encode()  # a stand-in for a byte that is no UTF-8 cannot be written either
        if value is None:
            return None
        if wanted is bool and value not in (0, 1):
            raise ValueError(f"{value!r}")
        value = found(value) if found else value
        if wanted in {int, str} and not isinstance(value, wanted):
            raise TypeError(f"{value!r}")
        return value

    return read
