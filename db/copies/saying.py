"""What keeps a copy from being made, in words: what happened, why, and what to do."""

import errno
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from db.copies.rotation import Why, size_words
from db.copies.sqlite_files import NotSound
from db.errors import UserError, reason

MARGIN = 1 << 20  # bytes left over, so that the disk is not filled to the last
LEADS = {
    Why.UPGRADE: "没有打开，也没有升级：升级前的备份没有完成",
    Why.IMPORT: "没有导入：导入前的备份没有完成",
    Why.CLEARING: "没有清除：清除前的备份没有完成",
    Why.RESTORE: "没有恢复：恢复前对现有数据的备份没有完成",
}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
NO_FOLDER = {errno.EEXIST, errno.ENOTDIR}


class NoCopy(UserError):
    """No copy was made; nothing is left of the attempt, and the data are as they were."""


class Hindrance(Exception):
    """Why something could not be written, and what to do about it, as two Chinese clauses without full stop."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(why)
        self.why, self.todo = why, todo


def need_room(folder: Path, size: int) -> None:
    """Raise ``Hindrance`` beforehand if the disk of ``folder`` has no room for ``size`` bytes."""
    free = shutil.disk_usage(folder).free
    if free < size + MARGIN:
        raise Hindrance(
            f"“{folder}”所在的磁盘只剩 {size_words(free)}，需要 {size_words(size + MARGIN)}",
            "请清理磁盘后再试",
        )


def no_copy(error: Exception, why: Why, folder: Path) -> NoCopy:
    """Return the refusal that tells a clerk why no copy was made in ``folder``."""
    cause = hindrance(error, folder)
    lead = LEADS.get(why, "备份没有完成")
    return NoCopy(f"{lead}：{cause.why}。现有数据未受影响，{cause.todo}。")


def hindrance(error: Exception, folder: Path) -> Hindrance:
    """Return in words what the surroundings did not allow."""
    if isinstance(error, Hindrance):
        return error
    if isinstance(error, NotSound):
        return Hindrance(f"备份核对不符，{error}", "请用“main.py check”核对现有数据库，并检查磁盘后再试")
    if isinstance(error, UserError):
        return Hindrance(str(error).rstrip("。"), "请按提示处理后再试")
    if isinstance(error, OSError):
        return _of_the_system(error, folder)
    return _of_the_database(error, folder)


def _of_the_system(error: OSError, folder: Path) -> Hindrance:
    if error.errno in FULL:
        return Hindrance(f"“{folder}”所在的磁盘已满", "请清理磁盘后再试")
    if error.errno in FORBIDDEN:
        return Hindrance(f"没有写入“{folder}”的权限", "请检查该文件夹的权限，或请管理员处理后再试")
    if error.errno in NO_FOLDER:
        return Hindrance(f"“{folder}”的位置上有一个同名的文件，建不了文件夹", "请把这个文件移走或改名后再试")
    if error.errno == errno.ENOENT:
        return Hindrance(f"找不到“{folder}”", "请检查 U 盘是否插好、网络文件夹是否连通后再试")
    return Hindrance(f"写入“{folder}”时磁盘出错（{reason(error)}）", "请检查磁盘、U 盘或网络连接后再试")


def _of_the_database(error: Exception, folder: Path) -> Hindrance:
    text = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, why, todo in _SIGNS:
        if sign in text:
            return Hindrance(why.format(folder=folder), todo)
    if isinstance(error, sqlite3.Error | DBAPIError):
        return Hindrance(f"读写数据库时出错（{text.splitlines()[0]}）", "请稍候再试，仍不行时请联系维护人员")
    raise error


_SIGNS = (
    ("disk is full", "“{folder}”所在的磁盘已满", "请清理磁盘后再试"),
    ("readonly", "没有写入“{folder}”的权限", "请检查该文件夹的权限，或请管理员处理后再试"),
    ("disk i/o error", "读写“{folder}”时磁盘出错", "请检查磁盘、U 盘或网络连接后再试"),
    ("locked", "数据库或备份文件夹正被另一个窗口占用", "请稍候再试"),
    ("malformed", "现有数据库已损坏", "请停止使用，并从备份恢复"),
    ("not a database", "现有文件不是本程序的数据库，或已损坏", "请改选文件，或从备份恢复"),
    ("unable to open", "打不开数据库文件，或“{folder}”不能写入", "请检查文件是否存在、有没有读写权限"),
)
