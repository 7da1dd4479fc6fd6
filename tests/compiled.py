"""Compile each statement once for all tests: every test opens an engine of its own, and SQLAlchemy keeps one cache for each.

A compiled statement belongs to a dialect, so engines of one kind may share it; here all servers are of one version.
"""

from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

Key = tuple[Any, ...]  # the dialect first


class Shared(LRUCache[Key, Any]):
    """A cache that takes all dialects of one kind for the same."""

    def get(self, key: Key, default: Any = None) -> Any:
        """Return what was compiled for a dialect of this kind."""
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Key, value: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), value)


def share() -> None:
    """Let all engines use one cache from now on."""
    shared = Shared(4000)
    Engine._compiled_cache = property(lambda _self: shared, lambda _self, _own: None)
