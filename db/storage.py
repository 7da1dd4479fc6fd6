"""Files kept beside the records, by the SHA-256 of their content; the same content is stored once.

A kept file is never changed and never deleted: an undo, or a way back from the recycle bin, always finds it.
"""

import hashlib
import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from sqlalchemy import URL

from db import backends, places
from db.errors import UserError, reason
from db.opened_file import refuse_opened

FOLDER = "附件"
LIMIT = 200 * 1024 * 1024
PIECE = 1024 * 1024
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose content is in the store; ``size`` in bytes."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of contents: ``ab/abcdef…`` by digest."""

    folder: Path

    def path_of(self, digest: str) -> Path:
        """Return where the content of this digest is kept."""
        return self.folder / digest[:2] / digest

    def keep(self, path: Path) -> Kept:
        """Take a copy of a file. Raises ``UserError`` when it is missing, empty, too big or unreadable."""
        refuse_opened(path)
        size = _size(path)
        temporary = self._temporary()
        try:
            digest, size = _copy(path, temporary)
            target = self.path_of(digest)
            if not self._is_sound(digest, size):
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.chmod(places.mode_in(target.parent))
                os.replace(temporary, target)  # noqa: PTH105 - atomic on every platform
        except OSError as error:
            raise UserError(self._not_kept(path, error)) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return Kept(_shortened(path.name), size, digest)

    def trouble(self, digest: str, size: int) -> str | None:
        """Say in a few words what is wrong with a kept content, or ``None``; reads the whole file."""
        path = self.path_of(digest)
        try:
            if not path.is_file():
                return "文件不在附件文件夹中"
            if path.stat().st_size != size or _digest(path) != digest:
                return "文件内容与登记时不同"
        except OSError:
            return "文件读不出来"
        return None

    def copy_to(self, digest: str, target: Path) -> None:
        """Write a kept content to ``target``. Raises ``UserError`` when it is not there or cannot be written."""
        refuse_opened(target)
        source = self.path_of(digest)
        if not source.is_file():
            raise UserError(
                f"附件“{target.name}”的文件不在附件文件夹中（{source}）。请从备份恢复“{FOLDER}”文件夹后再试。"
            )
        try:
            shutil.copyfile(source, target)
        except OSError as error:
            raise UserError(f"“{target.name}”没有写成：{reason(error)}。请换个位置再试。") from error

    def copy_to_open(self, digest: str, name: str) -> Path:
        """Return a read-only copy under its own name, for the program that opens such files.

        What is typed into the copy cannot change what is kept.
        """
        folder = places.opened_folder() / digest[:16]
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / Path(name).name
        if not copy.is_file() or _digest(copy) != digest:
            with suppress(OSError):
                copy.chmod(stat.S_IREAD | stat.S_IWRITE)
            self.copy_to(digest, copy)
        copy.chmod(stat.S_IREAD)
        return copy

    def _is_sound(self, digest: str, size: int) -> bool:
        """Whether the content is there already; a damaged copy is replaced by the good one."""
        path = self.path_of(digest)
        return path.is_file() and path.stat().st_size == size and _digest(path) == digest

    def _temporary(self) -> Path:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = mkstemp(prefix=".", dir=self.folder)
        except OSError as error:
            raise UserError(
                f"附件文件夹 {self.folder} 不能写入。请检查权限，或在设置中另选附件文件夹。"
            ) from error
        os.close(handle)
        return Path(name)

    def _not_kept(self, path: Path, error: OSError) -> str:
        if isinstance(error, PermissionError):
            return f"“{path.name}”读不了：没有读取权限，或正被别的程序占用。请关闭占用它的程序后再试。"
        return f"“{path.name}”没有存入附件文件夹 {self.folder}：{reason(error)}。请检查磁盘后再试。"


def store_for(url: URL, shared_folder: str = "") -> Store:
    """Return the store of a database: beside a SQLite file; for a server the shared folder, else this PC's own."""
    file = backends.file_of(url)
    if file is not None:
        return Store(file.parent / FOLDER)
    return Store(Path(shared_folder) if shared_folder.strip() else places.data_folder() / FOLDER)


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except OSError as error:
        raise UserError(f"找不到文件“{path.name}”。它可能已被移动或改名，请重新选择。") from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError(f"“{path.name}”是文件夹，不能作附件。请选择其中的文件。")
    if not stat.S_ISREG(found.st_mode):
        raise UserError(f"“{path.name}”不是普通文件，不能作附件。请另选文件。")
    if found.st_size == 0:
        raise UserError(f"“{path.name}”是空文件，没有存入。请先打开它看看内容是否还在。")
    if found.st_size > LIMIT:
        raise UserError(
            f"“{path.name}”有 {found.st_size / 1024 / 1024:.0f} MB，单个附件不超过 200 MB。请压缩或拆分后再试。"
        )
    return found.st_size


def _copy(path: Path, target: Path) -> tuple[str, int]:
    """Copy and hash in one reading, so that both are of the same content."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as source, target.open("wb") as out:
        while piece := source.read(PIECE):
            found.update(piece)
            size += len(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return found.hexdigest(), size


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _shortened(name: str) -> str:
    suffix = Path(name).suffix[:20]
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - len(suffix)] + suffix
