"""What to do at the start where there is no database, or none that can be read: back from a copy, a new one, or leave."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

if TYPE_CHECKING:
    from db.copies.shelf import Copy


class WayOn(Enum):
    """What the clerk wants."""

    RESTORE = auto()
    NEW = auto()
    LEAVE = auto()


def last_good_copy(place: str) -> "Copy | None":
    """Return the newest sound copy of the database at a path, read through: for a worker."""
    from db import backends  # noqa: PLC0415 - heavy: after the first paint
    from db.copies.shelf import shelf_of  # noqa: PLC0415

    return shelf_of(backends.url_of(place)).last_good()


def ask_way_on(
    said: str, copy: "Copy | None", parent: QWidget, then: Callable[[WayOn], object], *, may_make: bool
) -> None:
    """Say what is wrong, and ask: a path may be mistyped, a disk not there, a file deleted or broken."""
    text = f"{said}\n\n"
    if copy is not None:
        text += f"旁边有备份，最近一份完好的是 {copy.made.at:%Y-%m-%d %H:%M} 的“{copy.path.name}”。"
        text += "恢复以后，这个时间之后登记的内容需要补登；现有文件不会删除。"
    elif may_make:
        text += "要在这里新建一个空的顾问库吗？"
    box = QMessageBox(QMessageBox.Icon.Question, "没有数据库", text)
    box.setParent(parent, box.windowFlags())
    box.setObjectName("no_database")
    ways: dict[QAbstractButton, WayOn] = {}
    if copy is not None:
        default = box.addButton("恢复最近的备份", QMessageBox.ButtonRole.AcceptRole)
        ways[default] = WayOn.RESTORE
    if may_make:
        words = "新建" if copy is None else "新建空的顾问库"
        ways[box.addButton(words, QMessageBox.ButtonRole.ActionRole)] = WayOn.NEW
    leave = box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    ways[leave] = WayOn.LEAVE
    box.setDefaultButton(leave if copy is None else default)
    box.setEscapeButton(leave)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(lambda _: then(ways.get(box.clickedButton(), WayOn.LEAVE)))
    box.open()
