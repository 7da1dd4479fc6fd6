"""What can go wrong that is not a bug; anything else is one, and is reported as such.

Every text here is shown to the clerk: it says what happened, why, and what to do next.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs; the values are the words on the screen."""

    ERROR = "错误"  # cannot go on
    WARNING = "提示"  # may go on, and is recorded
    NOTE = "说明"  # was done for the clerk


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about one field of a draft; ``field`` is the draft's attribute name."""

    field: str
    text: str
    severity: Severity = Severity.ERROR


class UserError(Exception):
    """Something the clerk can understand and act on; shown as it stands, never logged as a crash."""


class Invalid(UserError):
    """A draft was refused; ``problems`` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(p.text for p in problems))
        self.problems = tuple(problems)


class Misplaced(UserError):
    """The open database file is no longer at its path: nothing can be saved there, but all of it can be read."""


class Missing(UserError):
    """There is no database at the path, or an empty file: only the window, having asked, and ``demo`` make one."""

    def __init__(self, text: str, *, is_empty: bool = False) -> None:
        super().__init__(text)
        self.is_empty = is_empty


class Damage(UserError):
    """The database file is damaged: it can be read as far as it goes, and is never written."""


class Conflict(UserError):
    """The record was changed or removed by somebody else since it was read; the text says who and when.

    ``problems`` say it value by value, where only some of them were changed on both sides.
    """

    def __init__(self, text: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(text)
        self.problems = tuple(problems)


def errors_only(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems that forbid saving."""
    return [p for p in problems if p.severity is Severity.ERROR]


_WHY = {
    "ENOENT": "没有这个文件或文件夹",
    "EACCES": "没有权限",
    "EPERM": "不允许这样操作",
    "EROFS": "磁盘是只读的",
    "ENOSPC": "磁盘空间不够",
    "EDQUOT": "磁盘配额用完了",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "EEXIST": "已有同名的文件",
    "EIO": "磁盘读写出错",
    "EBUSY": "文件正被占用",
    "ETXTBSY": "文件正被占用",
    "ENAMETOOLONG": "文件名太长",
    "EFBIG": "文件太大",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "EINVAL": "文件名或参数不对",
    "ENODEV": "设备不在了",
    "ENXIO": "设备不在了",
    "ESTALE": "网络文件夹断开了",
    "ETIMEDOUT": "网络没有回应",
    "EHOSTDOWN": "网络上的电脑没有回应",
    "ELOOP": "链接绕成了圈",
}


def reason(error: OSError) -> str:
    """Say in Chinese why a file could not be read or written; what is rare is said by the system's own number."""
    return (
        _WHY.get(errno.errorcode.get(error.errno or 0, ""))
        or f"系统错误 {error.errno or type(error).__name__}"
    )
