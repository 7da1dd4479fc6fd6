"""Asking before something that is not undone lightly; 取消 is the default."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget


class Confirm(QMessageBox):
    """Names the object and what will happen; calls back when the clerk agrees."""

    def __init__(self, parent: QWidget, title: str, text: str, action: str, then: Callable[[], None]) -> None:
        super().__init__(QMessageBox.Icon.Question, title, text, parent=parent)
        self.setObjectName("confirm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        self.cancel = self.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        self.agree = self.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.cancel)
        self.setEscapeButton(self.cancel)
        self.agree.clicked.connect(self._agreed)

    def _agreed(self) -> None:
        self._then()


def confirm(parent: QWidget, title: str, text: str, action: str, then: Callable[[], None]) -> Confirm:
    """Ask, and call ``then`` if the clerk presses ``action``."""
    box = Confirm(parent.window(), title, text, action, then)
    box.open()
    return box


def ask_discard(dialog: QDialog, text: str, leave: Callable[[], object]) -> None:
    """Ask before what was typed into a dialog is given up; 继续填写 is the default."""
    ask = QMessageBox(QMessageBox.Icon.Question, dialog.windowTitle(), text, parent=dialog)
    ask.setObjectName("discard_box")
    ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    stay = ask.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
    go = ask.addButton("放弃", QMessageBox.ButtonRole.DestructiveRole)
    ask.setDefaultButton(stay)
    ask.setEscapeButton(stay)
    go.clicked.connect(leave)
    ask.open()
