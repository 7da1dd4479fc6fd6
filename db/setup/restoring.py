"""从备份恢复: first what would change, then the copy in place of the present database, which is kept aside."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, text

from db import backends, journal, migrate, seals
from db.copies import attachments
from db.copies.comparing import Comparison, compare
from db.copies.making import FAILURES, put_on, snapshot
from db.copies.rotation import Why
from db.copies.saying import NoCopy, hindrance, need_room, no_copy
from db.copies.shelf import UNFINISHED, Shelf, drop, put, settle, shelf_of
from db.copies.sqlite_files import (
    Contents,
    NotSound,
    alone,
    connect,
    contents_of,
    copy_pages,
    examine,
    size_of,
)
from db.engine import Database
from db.errors import UserError
from db.journal import RESTORED
from db.models.office import IssuedNumber
from db.setup.opening import open_office
from db.storage import store_for


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring a copy would do; without ``comparison`` the present database is damaged or not there."""

    copy: Path
    revision: str
    comparison: Comparison | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, where the database that was there before lies now, and what else went wrong."""

    copy: Path
    aside: Path | None
    troubles: tuple[str, ...] = ()


def preview(url: URL, copy: Path) -> Preview:
    """Return what restoring ``copy`` would change; nothing is changed. Raises ``UserError`` if it cannot be restored."""
    _refuse_itself(url, copy)
    revision = _examined(copy).revision
    shelf = shelf_of(url)
    with _answering(shelf, "没有比较"), shelf.held():
        upgraded, present = shelf.scratch("恢复"), shelf.scratch("现有")
        try:
            _upgrade_into(copy, upgraded)
            if trouble := _trouble(url):
                return Preview(copy, revision, None, trouble)
            put(lambda target: snapshot(url, target), present)
            return Preview(copy, revision, compare(present, upgraded))
        finally:
            drop(upgraded)
            drop(present)


def restore(url: URL, copy: Path, clerk: str) -> Restored:
    """Put what ``copy`` holds, of whatever version, in place of the database; that one is kept aside, verified.

    Nobody else may have the file open; a server is filled in one transaction. Numbers that were given to papers
    since stay given. Raises ``UserError``: then all is as it was.
    """
    _refuse_itself(url, copy)
    _examined(copy)
    shelf = shelf_of(url)
    with _answering(shelf, "没有恢复"), shelf.held():
        ready = shelf.scratch("恢复")
        try:
            _upgrade_into(copy, ready)
            store = store_for(url, attachments.shared_folder(ready))
            named = attachments.wanted(ready)
            aside = _put_in_place(url, shelf, ready, copy, clerk)
        finally:
            drop(ready)
    return Restored(copy, aside, tuple(attachments.bring_back(store, named, copy.absolute().parent)))


def restore_office(database: Database, copy: Path) -> Restored:
    """The same in an office that this process has open."""
    with database.let_go():
        done = restore(database.url, copy, database.clerk)
        database.reopen()
    return done


def _put_in_place(url: URL, shelf: Shelf, ready: Path, copy: Path, clerk: str) -> Path | None:
    file, label = backends.file_of(url), f"{RESTORED} {copy.name}"
    if file is None:
        return _into_server(url, shelf, ready, copy, clerk)
    if not file.exists():
        _finish(ready, None, label, clerk)
        settle(ready, file)
        return None
    if _trouble(url):
        return _instead_of_damaged(file, shelf, ready, label, clerk)
    with alone(file) as live:
        aside = _aside(shelf, lambda target: copy_pages(live, target), copy)
        wanted = _finish(ready, aside, label, clerk)
        with closing(connect(ready)) as source:
            need_room(file.parent, size_of(live))  # what SQLite needs to be able to go back
            source.backup(live)  # all or nothing, also when the process is killed
        if contents_of(live) != wanted:
            raise NotSound("恢复后的记录数与备份不符")
    return aside


def _into_server(url: URL, shelf: Shelf, ready: Path, copy: Path, clerk: str) -> Path:
    from db.copies.server import fill_server  # noqa: PLC0415 - only for a server

    engine = backends.open_engine(url)
    try:
        with engine.begin() as server:
            backends.take_time(server)
            server.execute(text("SET LOCAL lock_timeout = '15s'"))
            backends.begin_writing(server)  # from here on no act is written that the copy aside does not hold
            aside = _aside(shelf, lambda target: snapshot(url, target), copy)
            _finish(ready, aside, f"{RESTORED} {copy.name}", clerk)
            fill_server(server, ready)
    finally:
        engine.dispose()
    return aside


def _instead_of_damaged(file: Path, shelf: Shelf, ready: Path, label: str, clerk: str) -> Path:
    """Keep a damaged file as it is, with its -wal, under another name, and put the copy in its place."""
    wanted = _finish(ready, None, label, clerk)
    examine(ready, wanted)
    name = f"{shelf.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}-损坏原件.db"
    aside = shelf.folder / name
    with suppress(OSError):  # where the disk knows no second names, it is moved instead
        os.link(file, aside)
    if not aside.exists():
        file.rename(aside)
    for ending in ("-wal", "-shm", "-journal"):
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    settle(ready, file)
    return aside


def _aside(shelf: Shelf, fill: Callable[[Path], Contents], copy: Path) -> Path:
    try:
        return put_on(shelf, Why.RESTORE, fill, spared=copy)
    except FAILURES as error:
        raise no_copy(error, Why.RESTORE, shelf.folder) from error


def _upgrade_into(copy: Path, target: Path) -> None:
    """Make a scratch copy and bring it to the present version of the schema, with all that an opening brings."""

    def fill(temporary: Path) -> Contents:
        with closing(connect(copy, "ro")) as source:
            need_room(target.parent, 2 * size_of(source))
            return copy_pages(source, temporary)

    put(fill, target)
    open_office(target, copy_first=lambda _url: None).close()


def _finish(ready: Path, aside: Path | None, label: str, clerk: str) -> Contents:
    """Write the restoring into the journal of what is to be restored, after what the present one has given out."""
    with closing(connect(ready)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if aside is not None:
            _carry_numbers(connection, aside)
        connection.execute("COMMIT")
    database = open_office(ready, clerk, copy_first=lambda _url: None)
    try:
        with database.write(label, undoable=False) as session:
            journal.note(session)
            seals.seal_tables(session.connection(), [IssuedNumber])
    finally:
        database.close()
    with closing(connect(ready)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return examine(ready)


PAPER = ("series", "year", "serial", "text", "what", "issued_at", "issued_on")
"""What is known of a number that was given to a paper."""


def _carry_numbers(connection: sqlite3.Connection, aside: Path) -> None:
    """Give no key and no paper's number again that was given out since the copy was made."""
    with closing(connect(aside, "ro")) as present:
        given = present.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
        known = {row[0] for row in present.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        own = {row[1] for row in present.execute("PRAGMA table_info(issued_number)")}
        names = [name for name in PAPER if name in own]
        columns = ", ".join(names)
        papers = (
            present.execute(f"SELECT {columns} FROM issued_number ORDER BY id").fetchall()  # noqa: S608 - our own names
            if "issued_number" in known
            else []
        )
    for name, last in given:
        connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name))
        connection.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? WHERE ? IN (SELECT name FROM sqlite_master)"
            " AND ? NOT IN (SELECT name FROM sqlite_sequence)",
            (name, last, name, name),
        )
    places = ", ".join("?" * len(names))
    insert = f"INSERT OR IGNORE INTO issued_number ({columns}) VALUES ({places})"  # noqa: S608 - the same
    connection.executemany(insert, papers)


def _examined(copy: Path) -> Contents:
    if not copy.is_file():
        raise UserError(f"找不到备份文件“{copy}”。请核对路径。")
    try:
        contents = examine(copy)
    except NotSound as error:
        raise UserError(
            f"“{copy.name}”不能用来恢复：{error}。没有改动任何数据，请改选另一份备份。"
        ) from error
    if contents.revision > migrate.head():
        raise UserError(
            f"“{copy.name}”由更新版本的程序备份（版本 {contents.revision}，本程序支持到 {migrate.head()}），"
            "没有恢复。请升级本程序后再试。"
        )
    return contents


def _trouble(url: URL) -> str:
    """Say why the present database cannot be compared, or nothing: it is damaged, or there is none."""
    file = backends.file_of(url)
    if file is None:
        return ""
    if not file.exists():
        return "现在没有数据库文件"
    if not file.stat().st_size:
        return "现有数据库是空文件"
    try:
        examine(file)
    except NotSound as error:
        if "不是本程序的数据库" in str(error):
            raise UserError(f"“{file.name}”不是本程序的数据库，没有改动它。请改选文件。") from error
        return f"现有数据库的{error}"
    return ""


def _refuse_itself(url: URL, copy: Path) -> None:
    file = backends.file_of(url)
    if file is not None and file.is_dir():
        raise UserError(f"{file} 是文件夹，不是数据库文件，没有改动它。请写到文件名。")
    if file is not None and copy.exists() and file.exists() and copy.samefile(file):
        raise UserError("选中的正是现在使用的数据库，不是备份。请选择备份文件夹中的文件。")
    if UNFINISHED in copy.name:
        raise UserError(f"“{copy.name}”是没有写完的备份，不能用来恢复。请改选另一份备份。")


@contextmanager
def _answering(shelf: Shelf, lead: str) -> Iterator[None]:
    try:
        yield
    except NoCopy:
        raise
    except FAILURES as error:
        cause = hindrance(error, shelf.folder)
        raise UserError(f"{lead}：{cause.why}。现有数据未受影响，{cause.todo}。") from error
