"""Compares the tables, columns, indexes and constraints of a database with those that the models demand."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKeyConstraint,
    Table,
    UniqueConstraint,
    inspect,
    text,
)

from db.base import Base
from db.formats.record_names import record_name

Shape = frozenset[tuple[Any, ...]]


def catalogue_troubles(connection: Connection) -> list[str]:
    """Return a sentence for each part of the present schema that is missing, is another, or is not ours."""
    found = inspect(connection)
    have = set(found.get_table_names())
    tables = [table for table in Base.metadata.sorted_tables if table.name in have]
    missing = sorted(Base.metadata.tables.keys() - have)
    troubles = [f"缺{record_name(name)}表（{name}）" for name in missing]
    for what, wanted, load, shape in _PARTS:
        stored: dict[Any, Any] = dict(getattr(found, load)())
        by_name = {name: parts for (_, name), parts in stored.items()}
        for table in tables:
            is_, should = shape(by_name.get(table.name, ())), wanted(table)
            troubles += [f"{_of(table)}缺{what} {_said(part)}" for part in sorted(should - is_, key=str)]
            troubles += [f"{_of(table)}多出{what} {_said(part)}" for part in sorted(is_ - should, key=str)]
    return troubles + _foreign(connection, have)


def missing_parts(connection: Connection) -> list[str]:
    """Return a sentence for each table, column, index and check that a SQLite file lacks.

    Reads the statements that made them, in a millisecond; what ``catalogue_troubles`` asks of the engine takes 0.15
    seconds, too long for every start.
    """
    made = {name: sql or "" for name, sql in connection.execute(text("SELECT name, sql FROM sqlite_master"))}
    troubles = []
    for table in Base.metadata.sorted_tables:
        if table.name not in made:
            troubles.append(f"缺{record_name(table.name)}表（{table.name}）")
            continue
        words = set(re.findall(r"\w+", made[table.name]))
        parts = [str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)]
        parts += [column.name for column in table.c]
        troubles += [f"{_of(table)}缺 {name}" for name in parts if name not in words]
        for index in table.indexes:
            sql = made.get(str(index.name), "")
            if not sql or index.unique != sql.upper().startswith("CREATE UNIQUE"):
                troubles.append(f"{_of(table)}缺索引 {index.name}")
    return troubles


def _of(table: Table) -> str:
    return f"{record_name(table.name)}表（{table.name}）"


def _said(part: tuple[Any, ...]) -> str:
    name, *more = part
    return f"{name}（{'、'.join(str(x) for x in more)}）" if more else str(name)


def _columns(table: Table) -> Shape:
    return frozenset((c.name, "可空" if c.nullable else "必填") for c in table.c)


def _stored_columns(parts: Iterable[Any]) -> Shape:
    return frozenset((c["name"], "可空" if c["nullable"] else "必填") for c in parts)


def _index(name: str | None, columns: Iterable[str | None], *, unique: bool) -> tuple[Any, ...]:
    return (name, *columns, "唯一") if unique else (name, *columns)


def _indexes(table: Table) -> Shape:
    return frozenset(_index(str(i.name), [c.name for c in i.columns], unique=i.unique) for i in table.indexes)


def _stored_indexes(parts: Iterable[Any]) -> Shape:
    return frozenset(
        _index(i["name"], i["column_names"], unique=bool(i["unique"]))
        for i in parts
        if not i.get("duplicates_constraint")
    )


def _uniques(table: Table) -> Shape:
    return frozenset(
        (c.name, *(x.name for x in c.columns)) for c in table.constraints if isinstance(c, UniqueConstraint)
    )


def _stored_uniques(parts: Iterable[Any]) -> Shape:
    return frozenset((c["name"], *c["column_names"]) for c in parts)


def _keys(table: Table) -> Shape:
    return frozenset(
        (*c.column_keys, f"→ {c.referred_table.name}")
        for c in table.constraints
        if isinstance(c, ForeignKeyConstraint)
    )


def _stored_keys(parts: Iterable[Any]) -> Shape:
    return frozenset((*c["constrained_columns"], f"→ {c['referred_table']}") for c in parts)


def _checks(table: Table) -> Shape:
    return frozenset((str(c.name),) for c in table.constraints if isinstance(c, CheckConstraint))


def _stored_checks(parts: Iterable[Any]) -> Shape:
    return frozenset((c["name"],) for c in parts)


_PARTS: tuple[tuple[str, Callable[[Table], Shape], str, Callable[[Iterable[Any]], Shape]], ...] = (
    ("列", _columns, "get_multi_columns", _stored_columns),
    ("索引", _indexes, "get_multi_indexes", _stored_indexes),
    ("唯一约束", _uniques, "get_multi_unique_constraints", _stored_uniques),
    ("外键", _keys, "get_multi_foreign_keys", _stored_keys),
    ("检查约束", _checks, "get_multi_check_constraints", _stored_checks),
)
"""What a table consists of: the word, what the model has, how it is read, and what was read."""


def _foreign(connection: Connection, have: set[str]) -> list[str]:
    """Return what changes or shows data behind the program's back: tables, views and triggers of others."""
    tables = have - Base.metadata.tables.keys() - {"alembic_version"}
    troubles = [f"有不是本程序的表 {name}" for name in sorted(tables)]
    if connection.dialect.name == "sqlite":
        query = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
        words = {"trigger": "触发器", "view": "视图"}
        troubles += [f"有不是本程序的{words[kind]} {name}" for kind, name in connection.execute(text(query))]
    return troubles
