"""Where the program keeps its files on this PC."""

import os
import platform
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from db.errors import UserError

VARIABLE = "ADVISOR_POOL_DB"


def data_folder() -> Path:
    """Return the folder for the office's data, made if needed."""
    import platformdirs  # noqa: PLC0415 - main.py must answer on a machine that has nothing yet

    folder = Path(platformdirs.user_data_dir("advisor-pool", appauthor=False))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def named(given: str | None) -> str | None:
    """Return what ``--db`` names: a file, an address, or the address in the first line of ``@file``.

    Without it the environment variable ``ADVISOR_POOL_DB`` is asked; ``None`` means this PC's own. So a password need
    not stand in the list of processes. Raises ``UserError`` when the file has no address.
    """
    text = os.environ.get(VARIABLE) or None if given is None else given
    if text is None or not text.startswith("@"):
        return text
    file = Path(text[1:])
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise UserError(f"读不出 {file} 里的数据库地址。请检查路径和读取权限。") from error
    address = next((line.strip() for line in lines if line.strip()), "")
    if not address:
        raise UserError(f"{file} 是空的。请在第一行写数据库地址，如 postgresql://用户:密码@服务器/库名。")
    return address


def mode_in(folder: Path) -> int:
    """Return the mode of a new private file there: its user's alone, or its group's where the folder is the group's."""
    with suppress(OSError):
        if folder.stat().st_mode & stat.S_IWGRP:
            return 0o660
    return 0o600


def default_database() -> Path:
    """Return the database that is opened when none is named."""
    return data_folder() / "顾问库.db"


def cache_folder(name: str) -> Path:
    """Return a folder of this user for what can be made again, made if needed; nobody else on this PC reads it.

    Never the common temporary folder: what one user makes there under a fixed name shuts out the next.
    """
    import platformdirs  # noqa: PLC0415 - main.py must answer on a machine that has nothing yet

    folder = Path(platformdirs.user_cache_dir("advisor-pool", appauthor=False)) / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def opened_folder() -> Path:
    """Return the folder for copies of attachments that were opened."""
    return cache_folder("打开的附件")


def coloured_icons() -> Path:
    """Return the folder for the icons that the style sheet takes from files."""
    return cache_folder("图标")


@cache
def installation() -> str:
    """Return what tells this user's program on this PC from all others: a random word kept here, and the PC's name.

    The name keeps apart PCs that were set up from one disk image, or that share a home folder. Where nothing can be
    kept, the word holds until the program ends.
    """
    word = uuid4().hex
    with suppress(OSError):
        file = data_folder() / "本机标识"
        with suppress(FileExistsError):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as made:
                made.write(word)
        word = file.read_text(encoding="utf-8", errors="replace").strip()[:64] or word
    return f"{word}@{platform.node()}"[:200]


def log_file() -> Path:
    """Return the log of this PC."""
    return data_folder() / "运行日志.log"


def settings_file() -> Path:
    """Return the file of personal preferences: window, columns, theme."""
    return data_folder() / "个人设置.ini"
