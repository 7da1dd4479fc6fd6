"""Making a copy of an office's database, file or server, that is verified before it is called a copy."""

import platform
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Event

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from db import backends
from db.copies import attachments
from db.copies.rotation import Why
from db.copies.saying import Hindrance, NoCopy, hindrance, need_room, no_copy
from db.copies.shelf import ELSEWHERE, Copy, Shelf, make_folder, put, shelf_of
from db.copies.sqlite_files import Contents, NotSound, Tell, connect, copy_pages, silent, size_of
from db.errors import UserError

FAILURES = (OSError, sqlite3.Error, DBAPIError, NotSound, Hindrance)


@dataclass(frozen=True, slots=True)
class Report:
    """A copy that was made, and what else went wrong, a sentence each: attachments, the second folder."""

    path: Path
    troubles: tuple[str, ...] = ()


def keep_before(url: URL, why: Why) -> Path:
    """Make a copy before an act that changes much. Raises ``NoCopy``: then the act must not be carried out."""
    shelf = shelf_of(url)
    try:
        with shelf.held():
            return put_on(shelf, why, lambda target: snapshot(url, target))
    except FAILURES as error:
        raise no_copy(error, why, shelf.folder) from error


def back_up(
    url: URL, why: Why, second: Path | None = None, tell: Tell = silent, cancel: Event | None = None
) -> Report:
    """Make the day's copy, or one by hand, with the attachments; then the same in a second folder.

    Raises ``NoCopy``. What goes wrong with an attachment or in the second folder is reported and spoils nothing.
    """
    shelf = shelf_of(url)
    told = _cancellable(tell, cancel)
    try:
        with shelf.held():
            path = put_on(shelf, why, lambda target: snapshot(url, target, told))
    except FAILURES as error:
        raise no_copy(error, why, shelf.folder) from error
    thorough = why is Why.BY_HAND
    troubles = attachments.carry(url, path, shelf.folder, cancel, thorough=thorough)
    if second is not None:
        troubles += _also_to(second, shelf, path, cancel)
    return Report(path, tuple(troubles))


def back_up_today(
    url: URL, second: Path | None = None, tell: Tell = silent, cancel: Event | None = None
) -> Report | None:
    """Make the copy of the day unless there is one; raises ``NoCopy``."""
    if shelf_of(url).made_on(_now()):
        return None
    return back_up(url, Why.DAILY, second, tell, cancel)


def write_out(url: URL, target: Path, tell: Tell = silent, cancel: Event | None = None) -> Report:
    """Write a copy to a file that is not there yet, or into a folder under its usual name, attachments beside it.

    Raises ``NoCopy``.
    """
    target = target.absolute()  # a bare "." has no name beside which older copies could lie
    if target.is_dir():
        target = Shelf(target, shelf_of(url).stem).free_name(Why.BY_HAND, _now())
    if target.exists():
        raise NoCopy(f"“{target}”已经存在，没有覆盖它，也没有备份。请换一个文件名，或写一个文件夹。")
    told = _cancellable(tell, cancel)
    try:
        put(lambda temporary: snapshot(url, temporary, told), target)
    except FAILURES as error:
        raise no_copy(error, Why.BY_HAND, target.parent) from error
    return Report(target, tuple(attachments.carry(url, target, target.parent, cancel, thorough=True)))


def put_on(shelf: Shelf, why: Why, fill: Callable[[Path], Contents], spared: Path | None = None) -> Path:
    """Put a new copy on a shelf that is held, and let one go for it, but not the ``spared`` one."""
    target = shelf.free_name(why, _now())
    put(fill, target)
    shelf.rotate(target, spared)
    return target


def snapshot(url: URL, target: Path, tell: Tell = silent) -> Contents:
    """Fill ``target`` with what the database holds at this moment; return what that is."""
    file = backends.file_of(url)
    if file is None:
        from db.copies.server import copy_server  # noqa: PLC0415 - only for a server

        return copy_server(url, target, tell)
    if not file.is_file():
        raise Hindrance(f"找不到数据库“{file}”", "请核对路径")
    with closing(connect(file)) as source:
        need_room(target.parent, size_of(source))
        return copy_pages(source, target, tell)


def last_copy(url: URL) -> Copy | None:
    """Return the newest copy that looks whole, whatever it was made for; only names and headers are read."""
    return next((copy for copy in shelf_of(url).copies() if copy.is_whole and not copy.is_old), None)


def _also_to(second: Path, shelf: Shelf, path: Path, cancel: Event | None) -> list[str]:
    """Put the finished copy into the second folder too; return what went wrong, in sentences."""
    of_this_pc = f"{platform.node() or 'PC'}-{sha256(str(shelf.folder).encode()).hexdigest()[:6]}"
    other = Shelf(second / ELSEWHERE / of_this_pc, shelf.stem)  # other PCs and offices may use the same stick
    try:
        make_folder(other.folder.parent)
        with other.held():

            def fill(temporary: Path) -> Contents:
                with closing(connect(path, "ro")) as source:
                    need_room(other.folder, size_of(source))
                    return copy_pages(source, temporary)

            made = next(copy.made for copy in shelf.copies() if copy.path == path)
            target = other.free_name(made.why, made.at)
            put(fill, target)
            other.rotate(target)
        return attachments.carry_on(path, shelf.folder, other.folder, cancel)
    except FAILURES as error:
        cause = hindrance(error, second)
        return [f"另存到第二个备份文件夹没有完成：{cause.why}。本机的备份已经完成，{cause.todo}。"]


def _cancellable(tell: Tell, cancel: Event | None) -> Tell:
    def told(done: int, total: int) -> None:
        if cancel is not None and cancel.is_set():
            raise UserError("已取消备份，没有留下文件。")
        tell(done, total)

    return told


def _now() -> datetime:
    return datetime.now().astimezone()
