"""Compile each statement once for all tests: every test opens an engine of its own, and SQLAlchemy keeps one cache for each.

A compiled statement belongs to a dialect, so engines of one dialect may share it; here all servers are of one version.
"""

from typing import Any

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

SHARED: LRUCache[Any, Any] = LRUCache(4000)


def share() -> None:
    """Let all engines of one dialect use one cache from now on."""
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__hash__ = lambda self: hash(type(self))
        dialect.__eq__ = lambda self, other: type(self) is type(other)
    Engine._compiled_cache = property(lambda _self: SHARED, lambda _self, _own: None)
