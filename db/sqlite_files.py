"""Ways to read a SQLite file that change no byte of it, and what its companions (-wal, -shm) say of lost acts.

A file that is in use, or was when its program died, has the newest acts in its -wal, which SQLite merges when the
file is next opened. Looking must see them without merging:

* no -wal: the file is read as ``immutable``; nothing is locked, nothing is created;
* -wal and -shm: ``readonly_shm`` keeps SQLite's index of the -wal in memory, where nobody else has the file open;
* -wal alone (a copied file): SQLite would make a -shm beside it, so both are copied to a folder of their own;
* a rollback journal: likewise.

These functions read files with ``open``. Closing a file drops all locks that the process holds on it (POSIX), so they
are for a file that this process has not opened through SQLite: before the first connection.

Layouts: https://www.sqlite.org/fileformat2.html#the_write_ahead_log, https://www.sqlite.org/walformat.html
"""

import shutil
import struct
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

WAL_HEADER, FRAME_HEADER, INDEX_HEADER = 32, 24, 48
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # which end of a word the checksums take first
TRIES = 5
LOST = "最近的操作有一部分读不出来（{what}）"


@dataclass(frozen=True, slots=True)
class View:
    """Where SQLite reads from, as a URI; ``folder`` holds a copy and goes with the view.

    ``lost`` says that acts in the -wal can no longer be read; ``has_wal`` that some are there to be merged.
    """

    uri: str
    has_wal: bool
    lost: tuple[str, ...] = ()
    folder: "TemporaryDirectory[str] | None" = None

    def close(self) -> None:
        """Let go of the copy."""
        if self.folder is not None:
            self.folder.cleanup()


def beside(file: Path, what: str) -> Path:
    """Return a companion of a SQLite file: ``-wal``, ``-shm`` or ``-journal``."""
    return file.with_name(file.name + what)


def view_of(file: Path) -> View:
    """Return how to read ``file`` without changing it. Raises ``OSError`` where it cannot be read at all."""
    wal, shm = beside(file, "-wal"), beside(file, "-shm")
    if _size(beside(file, "-journal")):
        return _copied(file, "-journal")
    if not _size(wal):
        newest = _index(shm)
        is_lost = newest is not None and newest.last > newest.merged
        return View(immutable(file), has_wal=False, lost=(LOST.format(what="缺少 -wal 文件"),) * is_lost)
    lost = _lost_while_still(wal, shm)
    if shm.exists():
        return View(_uri(file, "mode=ro&readonly_shm=1"), has_wal=True, lost=lost)
    copied = _copied(file, "-wal")
    return View(copied.uri, has_wal=True, lost=lost, folder=copied.folder)


def immutable(file: Path) -> str:
    """Return the URI that reads the file alone, without its -wal."""
    return _uri(file, "immutable=1")


def _uri(file: Path, how: str) -> str:
    path = file.absolute().as_posix()
    return f"file:{'' if path.startswith('/') else '/'}{quote(path)}?{how}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _copied(file: Path, what: str) -> View:
    folder = TemporaryDirectory(prefix="advisor-pool-", ignore_cleanup_errors=True)
    copy = Path(folder.name) / "copy.db"
    shutil.copyfile(file, copy)
    shutil.copyfile(beside(file, what), beside(copy, what))
    return View(_uri(copy, "mode=rw"), has_wal=True, folder=folder)


@dataclass(frozen=True, slots=True)
class _Index:
    """What a -shm says: the last committed frame, how many frames were merged, and the salts of the -wal."""

    last: int
    merged: int
    salts: bytes


def _index(shm: Path) -> _Index | None:
    """Read a -shm; ``None`` where it is not there or in no good order."""
    try:
        with shm.open("rb") as file:
            raw = file.read(2 * INDEX_HEADER + 4)
    except OSError:
        return None
    header = raw[:INDEX_HEADER]
    if len(raw) < 2 * INDEX_HEADER + 4 or header != raw[INDEX_HEADER : 2 * INDEX_HEADER] or not header[12]:
        return None
    last, merged = struct.unpack_from("=I", header, 16)[0], struct.unpack_from("=I", raw, 2 * INDEX_HEADER)[0]
    return _Index(last, merged, header[32:40])


@dataclass(frozen=True, slots=True)
class _Frames:
    """What a -wal holds: frames up to the last sound commit, and commits that stand behind the first bad frame."""

    salts: bytes
    committed: int
    beyond: int


def _lost_while_still(wal: Path, shm: Path) -> tuple[str, ...]:
    """Look again where another window has written meanwhile."""
    for _ in range(TRIES):
        before = wal.stat()
        lost = _lost(wal, shm)
        after = wal.stat()
        if not lost or (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            break
    return lost


def _lost(wal: Path, shm: Path) -> tuple[str, ...]:
    """Say what of a -wal can no longer be read.

    The -shm knows how many frames were committed: it is exact unless the power failed. Without it, a commit that
    stands behind a frame whose checksum is wrong tells that frames before it were damaged.
    """
    index, frames = _index(shm), _frames(wal)  # in this order: who writes goes on meanwhile
    if frames is None:
        return (LOST.format(what="-wal 文件已损坏"),)
    if index is not None and index.salts == frames.salts:
        is_lost = index.last > max(frames.committed, index.merged)
        return (LOST.format(what=f"-wal 文件缺 {index.last - frames.committed} 页"),) * is_lost
    if index is not None and index.last > index.merged:
        return (LOST.format(what="-wal 文件不是这个数据库的"),)
    return (LOST.format(what="-wal 文件中间已损坏"),) * bool(frames.beyond)


def _frames(wal: Path) -> _Frames | None:
    """Read a -wal frame by frame, as SQLite would; ``None`` if its header is wrong."""
    with wal.open("rb") as file:
        header = file.read(WAL_HEADER)
        if len(header) < WAL_HEADER:
            return None
        magic, _, page, _ = struct.unpack(">4I", header[:16])
        order = MAGIC.get(magic)
        if order is None or page not in {2**n for n in range(9, 17)}:
            return None
        sums = _checksum(order, header[:24], (0, 0))
        if sums != struct.unpack(">2I", header[24:]):
            return None
        salts, at, committed, beyond, is_sound = header[16:24], 0, 0, 0, True
        while len(frame := file.read(FRAME_HEADER + page)) == FRAME_HEADER + page and frame[8:16] == salts:
            at += 1
            pages = struct.unpack_from(">I", frame, 4)[0]  # of the whole file, where the frame ends an act
            if is_sound:
                sums = _checksum(order, frame[FRAME_HEADER:], _checksum(order, frame[:8], sums))
                is_sound = sums == struct.unpack_from(">2I", frame, 16)
            if is_sound and pages:
                committed = at
            beyond += bool(pages and not is_sound)
    return _Frames(salts, committed, beyond)


def _checksum(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two
