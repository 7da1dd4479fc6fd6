"""Checking an office's database wherever it is, and in whatever state: nothing is written to it.

A file of an older version is checked on a copy of its own that is upgraded first: the checks ask for what the
present program asks. A server of an older version is left for its own upgrade.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from db import backends, migrate
from db.engine import Database
from db.errors import UserError
from db.looking import Look, State, look
from db.setup.check import Checked, check_all
from db.setup.opening import open_office
from db.sqlite_files import beside

Tell = Callable[[str], None]
TRIES = 3  # another window may save while a file is read


def check_office(place: Path | str, tell: Tell = lambda _: None) -> list[Checked]:
    """Check the database at a path or URL, and return each thing that was checked.

    Raises ``UserError`` when there is none, it is not ours, is of a newer program, or cannot be reached.
    """
    url = backends.url_of(place)
    file = backends.file_of(url)
    if file is None:
        return _check_server(url, tell)
    for _ in range(TRIES):
        before = _stamp(file)
        lines = _check_file(file, look(file), tell)
        if all(line.is_ok for line in lines) or _stamp(file) == before:
            break
    return lines


def _check_file(file: Path, seen: Look, tell: Tell) -> list[Checked]:
    if seen.state is State.OLDER:
        return _check_upgraded(file, seen, tell)
    state = [Checked("数据库文件", seen.damage or "完好", is_ok=not seen.damage)]
    if seen.state is State.DAMAGED and not seen.is_readable:
        seen.close()
        return state
    database = Database(file, look=seen)
    try:
        return state + check_all(database, tell)
    finally:
        database.close()


def _check_upgraded(file: Path, seen: Look, tell: Tell) -> list[Checked]:
    assert seen.view is not None  # noqa: S101 - for the type checker: what was seen can be read
    said = (
        f"由较早版本的程序建立（版本 {seen.revision}，本程序为 {migrate.head()}），以下在升级后的副本上核对"
    )
    with TemporaryDirectory(prefix="advisor-pool-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / file.name
        with (
            closing(sqlite3.connect(seen.view.uri, uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        seen.close()
        database = open_office(copy)
        try:
            return [
                Checked("数据库文件", said, is_ok=True),
                *check_all(database, tell, backends.url_of(file)),
            ]
        finally:
            database.close()


def _check_server(url: URL, tell: Tell) -> list[Checked]:
    database = Database(url)
    try:
        with database.guarded():
            found = migrate.revision(database.engine)
        if found is None:
            raise UserError(f"{url.host}/{url.database} 里没有本程序的数据。请核对地址。")
        if found > migrate.head():
            raise migrate.too_new(url.database, found)
        if found < migrate.head():
            said = f"版本 {found}，本程序为 {migrate.head()}：请先用窗口打开一次，升级后再核对"
            return [Checked("数据库版本", said, is_ok=False, faults=(said,))]
        return check_all(database, tell)
    finally:
        database.close()


def _stamp(file: Path) -> list[tuple[int, int]]:
    found = []
    for path in (file, beside(file, "-wal")):
        try:
            seen = path.stat()
        except OSError:
            continue
        found.append((seen.st_size, seen.st_mtime_ns))
    return found
