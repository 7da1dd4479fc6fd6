"""The files that SQLite has open in this process, known by what they are (device and file id), not by their name.

Two dangers of one kind end here. POSIX drops all locks of a process on a file when the process closes *any*
descriptor of it (fcntl(2); sqlite.org/howtocorrupt.html, 2.2): a program that opens its own database for a copy, a
digest or an icon lets the next process delete the -wal under it. And a file that was deleted, moved or replaced goes
on to take writes that nobody will find. So nothing but SQLite opens such a file (``refuse_opened``), and each act
first looks whether it is still where it was (``OpenedFile.check``). On Windows ``os.stat`` gives the volume and the
file id, so both hold there too.
"""

import os
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from weakref import WeakSet

from db.errors import Misplaced, UserError, reason

SUFFIXES = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside a file, the file itself first."""


class FileId(NamedTuple):
    """What a file is, whatever it is called."""

    device: int
    number: int


class OpenedFile:
    """A SQLite file as its connections opened it."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock, self._count = Lock(), 0
        self._ids: dict[str, FileId] = {}
        _files.add(self)

    def opened(self) -> None:
        """Take note of one connection more, and of what is open from now on."""
        with self._lock:
            self._count += 1
            for suffix, found in self._present().items():
                if (
                    suffix != "-journal"
                ):  # gone with its transaction: its number is the next new file's, of a photo say
                    self._ids.setdefault(suffix, found)

    def closed(self) -> None:
        """Take note of one connection less; after the last the files are anybody's again."""
        with self._lock:
            self._count -= 1
            if not self._count:
                self._ids.clear()

    def is_one(self, found: FileId) -> bool:
        """Whether this is one of the files that SQLite has open here."""
        with self._lock:
            if not self._count:
                return False
            known = set(self._ids.values())
        return found in known or found in self._present().values()

    def check(self) -> None:
        """Raise ``Misplaced`` if what SQLite has open is no longer what others find at its path."""
        with self._lock:
            if said := self._trouble() or self._log_trouble():
                raise Misplaced(f"{said}\n{WHAT_NOW}")

    def _trouble(self) -> str:
        own = self._ids.get("")
        if own is None:
            return ""
        try:
            found = _id_of(self.path)
        except (FileNotFoundError, NotADirectoryError):
            if self.path.parent.is_dir():
                return f"数据库文件“{self.path}”已被删除、移走或改名，现在不能保存。"
            return f"数据库所在的文件夹 {self.path.parent} 不见了（U 盘已拔出，或者文件夹被移走），现在不能保存。"
        except OSError as error:
            return f"数据库文件“{self.path}”读不到（{reason(error)}），现在不能保存。"
        if found != own:
            return f"“{self.path}”已被换成另一个文件，不再是打开的那一个，现在不能保存。"
        return ""

    def _log_trouble(self) -> str:
        """What SQLite has written to the -wal is in the file only after a checkpoint."""
        log = self._ids.get("-wal")
        if log is not None and self._present().get("-wal") != log:
            return f"数据库旁边的“{self.path.name}-wal”被删除或换掉了，其中有最近保存的内容，现在不能保存。"
        return ""

    def _present(self) -> dict[str, FileId]:
        found = {}
        for suffix in SUFFIXES:
            try:
                found[suffix] = _id_of(Path(f"{self.path}{suffix}"))
            except OSError:
                continue
        return found


WHAT_NOW = "已填写的内容还在窗口里。请把文件放回原处后再试，或者把全部数据另存到别处，接着使用。"

_files: "WeakSet[OpenedFile]" = WeakSet()


def is_opened(path: Path) -> bool:
    """Whether SQLite has this file open here, under this name or any other; looks at no content."""
    try:
        found = _id_of(path)
    except OSError:
        return False
    return any(file.is_one(found) for file in list(_files))


def refuse_opened(path: Path) -> None:
    """Raise ``UserError`` if a file is the open database itself: nothing but SQLite may open or replace it."""
    if is_opened(path):
        raise UserError(f"“{path.name}”是正在使用的数据库，不能在这里选用，没有改动它。请另选文件或文件名。")


def _id_of(path: Path) -> FileId:
    found = os.stat(path)  # noqa: PTH116 - names the call that the docstring is about
    return FileId(found.st_dev, found.st_ino)
