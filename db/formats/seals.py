"""The seal of rows: a SHA-256 over their values, the same for a SQLite file and for a server.

It tells that a row was changed by a bad disk or behind the program's back. It is no signature: who rewrites the rows and
knows the program can make the seal anew.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256


def seal_of(rows: Iterable[Sequence[object]]) -> str:
    """Return the seal of rows as the database keeps them, in their order; 64 hexadecimal digits."""
    digest = sha256()
    for row in rows:
        digest.update(repr(tuple(_plain(value) for value in row)).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    """Write a value as SQLite keeps it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    return value.isoformat() if isinstance(value, date) else value
