"""Writing a file so that nothing half-written stays, and nothing is overwritten unasked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from db.errors import UserError, reason
from db.opened_file import refuse_opened

_UMASK = os.umask(0o077)
os.umask(_UMASK)  # there is no way to ask but to set


@contextmanager
def safely(path: Path, suffix: str, *, overwrite: bool) -> Iterator[Path]:
    """Lend a temporary file beside ``path``; it takes the place of ``path`` only when all went well.

    Raises ``UserError`` when the suffix is another, the file exists and may not be overwritten, is the open database
    or open in WPS or Excel, or the folder cannot be written.
    """
    if path.suffix.lower() != suffix:
        raise UserError(f"文件名应以 {suffix} 结尾，现为“{path.name}”。请改名后再试。")
    if path.exists() and not overwrite:
        raise UserError(f"“{path.name}”已存在，没有覆盖。请换一个文件名，或选择覆盖。")
    refuse_opened(path)
    if _is_open_elsewhere(path):
        raise UserError(f"“{path.name}”正在 WPS 或 Excel 中打开，没有写入。请先关闭它，再试一次。")
    temporary = _temporary(path, suffix)
    try:
        yield temporary
        _as_others_save(temporary, path)
        os.replace(temporary, path)  # noqa: PTH105 - atomic on every platform
    except PermissionError as error:
        text = (
            f"“{path.name}”写不进去：可能正在 WPS 或 Excel 中打开，或没有写入权限。请关闭它或换个位置再试。"
        )
        raise UserError(text) from error
    except OSError as error:
        raise UserError(f"“{path.name}”没有写成：{reason(error)}。请换个位置再试。") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _as_others_save(temporary: Path, path: Path) -> None:
    """Give a file that is made for others the mode that any program's new file has; a replaced one keeps its own."""
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    elif os.name == "posix":
        temporary.chmod(0o666 & ~_UMASK)


def _temporary(path: Path, suffix: str) -> Path:
    if not path.parent.is_dir():
        raise UserError(f"文件夹 {path.parent} 不存在。请选择已有的文件夹。")
    try:
        handle, name = mkstemp(suffix=suffix, prefix=".", dir=path.parent)
    except OSError as error:
        raise UserError(f"文件夹 {path.parent} 不能写入。请检查权限，或换个位置再试。") from error
    os.close(handle)
    return Path(name)


def _is_open_elsewhere(path: Path) -> bool:
    """WPS and Excel leave ~$名册.xlsx beside a file they hold, LibreOffice .~lock.名册.xlsx#."""
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~{path.name}", f".~lock.{path.name}#")
    return path.exists() and any((path.parent / mark).exists() for mark in marks)
