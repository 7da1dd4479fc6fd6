"""The attachments of all copies: each content once, by its digest, beside the copies, and verified like them."""

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from sqlalchemy import URL

from db.copies.saying import Hindrance, need_room
from db.copies.sqlite_files import connect
from db.errors import UserError, reason
from db.storage import FOLDER, Store, store_for

DAY = 24 * 3600  # seconds
ROUND = 7  # days in which each content is read through once; by hand all are


@dataclass(frozen=True, slots=True)
class Wanted:
    """A content that a copy's records name; ``size`` in bytes."""

    name: str
    digest: str
    size: int


def carry(
    url: URL, copy: Path, folder: Path, cancel: Event | None = None, *, thorough: bool = False
) -> list[str]:
    """Keep beside the copy what its records name, from the office's own store; return a sentence for each trouble."""
    store = store_for(url, shared_folder(copy))
    return _carry(wanted(copy), store, Store(folder / FOLDER), cancel, thorough=thorough)


def carry_on(copy: Path, source: Path, target: Path, cancel: Event | None = None) -> list[str]:
    """The same from the folder of one copy to that of another."""
    return _carry(wanted(copy), Store(source / FOLDER), Store(target / FOLDER), cancel, thorough=False)


def bring_back(store: Store, named: Sequence[Wanted], beside: Path) -> list[str]:
    """Put back into the office's store what a restored database names and the store has lost.

    ``beside`` is the folder with the copies' attachments. Returns a sentence for each that is lost there too.
    """
    return _carry(named, Store(beside / FOLDER), store, None, thorough=True)


def wanted(copy: Path) -> list[Wanted]:
    """Return each content that the records of a copy name, in whatever version it was made."""
    try:
        with closing(connect(copy, "ro")) as connection:
            rows = connection.execute("SELECT min(name), digest, size FROM attachment GROUP BY digest, size")
            return [Wanted(*row) for row in rows]
    except sqlite3.OperationalError:  # the first versions kept no files
        return []


def _carry(
    named: Sequence[Wanted], source: Store, target: Store, cancel: Event | None, *, thorough: bool
) -> list[str]:
    _clear_leftovers(target.folder)
    today = datetime.now().astimezone().weekday()
    missing = [
        one
        for one in named
        if not _lies(target, one)
        or ((thorough or int(one.digest[:8], 16) % ROUND == today) and target.trouble(one.digest, one.size))
    ]
    if not missing:
        return []
    try:
        target.folder.mkdir(mode=0o700, exist_ok=True)
        need_room(target.folder, sum(one.size for one in missing))
    except OSError as error:
        return [f"附件没有备份：文件夹“{target.folder}”不能写入（{reason(error)}）。"]
    except Hindrance as error:
        return [f"附件没有备份：{error.why}。数据库的备份已经完成，{error.todo}。"]
    return [said for one in missing if (said := _keep(one, source, target, cancel))]


def _lies(store: Store, one: Wanted) -> bool:
    try:
        return store.path_of(one.digest).stat().st_size == one.size
    except OSError:
        return False


def _keep(one: Wanted, source: Store, target: Store, cancel: Event | None) -> str | None:
    if cancel is not None and cancel.is_set():
        return f"附件“{one.name}”没有备份：已取消。"
    if found := source.trouble(one.digest, one.size):
        return f"附件“{one.name}”没有备份：{found}（{source.path_of(one.digest)}）。"
    try:
        target.keep(source.path_of(one.digest))
    except UserError as error:
        return f"附件“{one.name}”没有备份：{error}"
    return None


def _clear_leftovers(folder: Path) -> None:
    """Take away what a killed run left unfinished; a younger one may be another's at work."""
    for left in folder.glob(".*"):
        with suppress(OSError):
            if left.is_file() and left.stat().st_mtime < time.time() - DAY:
                left.unlink()


def shared_folder(copy: Path) -> str:
    """Return the office's setting of where several PCs keep their files."""
    with closing(connect(copy, "ro")) as connection:
        row = connection.execute("SELECT value FROM setting WHERE name = 'attachment_folder'").fetchone()
    return str(json.loads(row[0])) if row and row[0] else ""
