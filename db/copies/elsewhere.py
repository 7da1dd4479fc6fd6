"""Saving a whole office to another place when its file is gone from where it was opened, and going on there.

SQLite still reads what it has open, also after somebody deleted, moved or replaced it.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from db.copies.making import FAILURES
from db.copies.saying import hindrance, need_room
from db.copies.shelf import put
from db.copies.sqlite_files import Contents, copy_pages, size_of
from db.engine import Database
from db.errors import Misplaced, UserError
from db.office.queries.attachments import attachment_troubles
from db.opened_file import refuse_opened
from db.storage import Store, store_for

SUFFIX = ".db"


def save_elsewhere(database: Database, target: Path) -> str:
    """Copy all that is open to a new file, verify it, and let ``database`` go on there; return what was done.

    Attachments come along as far as their folder is still there. Raises ``UserError`` when the target exists or
    cannot be written, or when the old file cannot be read any more (a stick that was pulled).
    """
    old = store_for(database.url)
    refuse_opened(target)
    if target.exists():
        raise UserError(f"“{target.name}”已存在，没有覆盖它。请换一个文件名。")
    try:
        _copy(database, target)
    except FAILURES as error:
        cause = hindrance(error, target.parent)
        raise UserError(f"没有另存成功：{cause.why}。窗口里的内容都还在，{cause.todo}。") from error
    database.move(target)
    _bring(old, store_for(database.url))
    with database.read() as session:
        lost = len(attachment_troubles(session, database.url))
    said = f"全部数据已另存到 {target}，现在起在那里保存"
    return (
        f"{said}。有 {lost} 个附件没有找到，请把原来的“{old.folder.name}”文件夹复制到它旁边" if lost else said
    )


def _copy(database: Database, target: Path) -> None:
    try:
        opened = database.engine.raw_connection()
    except Misplaced as error:
        raise UserError("已打开的数据正被另一项操作占用，没有另存。请等它结束后再试。") from error

    def fill(temporary: Path) -> Contents:
        source = opened.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise TypeError(source)
        need_room(target.parent, size_of(source))
        return copy_pages(source, temporary)

    try:
        put(fill, target)
    finally:
        opened.close()


def _bring(old: Store, new: Store) -> None:
    """Copy the contents that are still there; what is not is counted afterwards."""
    if old.folder == new.folder or not old.folder.is_dir():
        return
    for content in old.folder.glob("??/*"):
        with suppress(UserError):
            new.keep(content)
