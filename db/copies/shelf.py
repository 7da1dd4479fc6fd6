"""The folder of a database's copies: names, what lies there, one maker at a time, and which copy goes."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from db import backends, places
from db.copies.rotation import Made, Why, standing_for, surplus
from db.copies.sqlite_files import WAIT, Contents, examine, is_whole, trouble

FOLDER = "备份"
ELSEWHERE = "顾问库备份"  # in the second folder, where other things may lie
UNFINISHED = ".正在写"  # in the name of what is not verified yet
LOCK = ".备份锁"
OLD_FOLDERS = {"导入前备份": Why.IMPORT, "升级前备份": Why.UPGRADE}  # where versions before this one put them
_FINAL = "-(?P<at>\\d{8}-\\d{6})-(?P<why>" + "|".join(Why) + ")(?:-(?P<place>\\d+))?\\.db"
_OLD = "-(?:导入前|版本\\d+)-(?P<at>\\d{8}-\\d{6})(?P<why>)(?P<place>)\\..+"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy on the shelf. It was verified before it got its name; ``is_whole`` says whether it still looks it.

    A copy of a version before this one (``is_old``) was never verified.
    """

    path: Path
    made: Made
    size: int
    is_whole: bool
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """The copies of one database in one folder; ``stem`` begins their names."""

    folder: Path
    stem: str

    def copies(self) -> tuple[Copy, ...]:
        """Return what lies there, the newest first; a folder that is not there holds nothing."""
        found = list(self._in(self.folder, _FINAL))
        for name, why in OLD_FOLDERS.items():
            found += self._in(self.folder.parent / name, _OLD, why)
        return tuple(sorted(found, key=lambda copy: copy.made, reverse=True))

    def last_good(self) -> Copy | None:
        """Return the newest copy that is sound, read through; not for the UI thread."""
        return next((copy for copy in self.copies() if copy.is_whole and not trouble(copy.path)), None)

    def free_name(self, why: Why, now: datetime) -> Path:
        """Return the name of a new copy, later than all of this second."""
        second = now.replace(microsecond=0)
        place = 1 + max(
            (at.microsecond for c in self.copies() if (at := c.made.at).replace(microsecond=0) == second),
            default=0,
        )
        return self.folder / f"{self.stem}-{now:%Y%m%d-%H%M%S}-{why}{f'-{place}' if place > 1 else ''}.db"

    def scratch(self, what: str) -> Path:
        """Return the name of a file that is needed for a while; a killed run's is cleared by the next."""
        return self.folder / f".{self.stem}-{what}{UNFINISHED}-{os.getpid()}"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only one who works on this folder; what a killed run left unfinished is cleared first.

        SQLite's own lock on an empty file serves, because it ends with the process on every system.
        """
        make_folder(self.folder)
        lock = self.folder / LOCK
        _make_private(lock)
        with closing(sqlite3.connect(lock, isolation_level=None, timeout=6 * WAIT)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            for left in self.folder.glob(f".*{UNFINISHED}*"):
                with suppress(OSError):
                    left.unlink()
            yield

    def rotate(self, new: Path, spared: Path | None = None) -> Path | None:
        """Let the oldest copy go that no rule keeps, for the ``new`` one that was just finished; return it.

        It takes one at most: never are there fewer good copies than before. It takes none whose place is held by a
        copy that has been damaged since, nor the ``spared`` one. Copies dated after the new one come of a wrong clock: they neither go nor
        push others out.
        """
        whole = {copy.made: copy.path for copy in self.copies() if copy.is_whole and not copy.is_old}
        newest = max(made for made, path in whole.items() if path == new)
        lying = {made: path for made, path in whole.items() if made.at <= newest.at}
        while gone := [one for one in surplus(lying) if spared is None or lying[one] != spared.absolute()]:
            damaged = [one for one in standing_for(gone[0], lying) if trouble(lying[one])]
            if not damaged:
                lying[gone[0]].unlink()
                return lying[gone[0]]
            for one in damaged:
                del lying[one]
        return None

    def made_on(self, now: datetime) -> bool:
        """Say whether there is the daily copy of this day."""
        return any(
            copy.is_whole and copy.made.why is Why.DAILY and copy.made.at.date() == now.date()
            for copy in self.copies()
        )

    def _in(self, folder: Path, shape: str, why: Why | None = None) -> Iterator[Copy]:
        pattern = re.compile(re.escape(self.stem) + shape)
        try:
            names = [path for path in folder.iterdir() if pattern.fullmatch(path.name)]
        except OSError:
            return
        for path in names:
            found = pattern.fullmatch(path.name)
            with suppress(OSError, ValueError):  # gone meanwhile, or no day of the calendar
                if found and path.is_file():
                    at = datetime.strptime(found["at"], "%Y%m%d-%H%M%S").astimezone()
                    at += timedelta(microseconds=int(found["place"] or 1))
                    made = Made(at, why or Why(found["why"]))
                    yield Copy(path, made, path.stat().st_size, is_whole(path), is_old=why is not None)


def shelf_of(url: URL) -> Shelf:
    """Return the shelf of a database: beside a SQLite file; for a server in this PC's own data folder."""
    file = backends.file_of(url)
    if file is not None:
        return Shelf(file.absolute().parent / FOLDER, file.stem if file.suffix == ".db" else file.name)
    options = url.query.get("options", "")
    schema = re.search(
        r"search_path[= ]+\"?(\w+)", options if isinstance(options, str) else " ".join(options)
    )
    parts = [url.host or "本机服务器", url.database or "", schema[1] if schema else ""]
    stem = re.sub(r"[^\w.-]+", "_", "-".join(part for part in parts if part))
    return Shelf(places.data_folder() / FOLDER, stem)


def make_folder(folder: Path) -> None:
    """Make a folder that nobody else on this PC reads; the one above it must be there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(OSError):
        folder.chmod(0o700)


def put(fill: Callable[[Path], Contents], target: Path) -> Contents:
    """Let ``fill`` write a database, and give it the name ``target`` once it is verified and on the disk.

    ``fill`` is given an empty private file and returns what ought to be in it. Whatever goes wrong is raised as it
    comes, and nothing is left; a file of that name is never touched before.
    """
    temporary = target.with_name(f".{target.name}{UNFINISHED}-{os.getpid()}")
    drop(temporary)
    try:
        _make_private(temporary)
        contents = fill(temporary)
        examine(temporary, contents)
        settle(temporary, target)
    finally:
        drop(temporary)
    return contents


def settle(temporary: Path, target: Path) -> None:
    """Give a finished file its final name, content first: also after a power cut there is all of it or nothing."""
    _sync(temporary)
    os.replace(temporary, target)  # noqa: PTH105 - atomic on every platform
    if os.name == "posix":
        _sync(target.parent)


def drop(temporary: Path) -> None:
    """Take an unfinished database away, with all that SQLite put beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            temporary.with_name(temporary.name + ending).unlink(missing_ok=True)


def _make_private(path: Path) -> None:
    """Make an empty file that only its owner reads; one that is there stays."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
