"""The one place that turns an exception into what a clerk sees."""

import logging
import os
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from db.errors import Misplaced, UserError
from db.formats.redacting import redacted

log = logging.getLogger("advisor_pool")


class RedactingFormatter(logging.Formatter):
    """Writes no line of the log with what it may not hold, wherever the line comes from."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class PrivateLog(RotatingFileHandler):
    """A log that only its user reads; one that is there already keeps its mode."""

    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class ErrorBox(QMessageBox):
    """Says what happened, why, and what to do; what an engineer needs is behind 复制详情."""

    def __init__(
        self,
        text: str,
        details: str = "",
        parent: QWidget | None = None,
        rescue: Callable[[], object] | None = None,
    ) -> None:
        """``rescue`` is what 另存到别处 does, where saving is what failed."""
        super().__init__(parent)
        self._details = details
        self.setObjectName("error_box")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("没有完成")
        self.setText(text)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.close_button: QPushButton = self.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        if rescue is not None:
            self.rescue_button: QPushButton = self.addButton("另存到别处…", QMessageBox.ButtonRole.ActionRole)
            self.rescue_button.clicked.connect(rescue)
        if details:
            self.copy_button: QPushButton = self.addButton("复制详情", QMessageBox.ButtonRole.ActionRole)
            self.copy_button.clicked.disconnect()
            self.copy_button.clicked.connect(self.copy_details)

    def copy_details(self) -> None:
        """Put the details on the clipboard, and stay open."""
        QApplication.clipboard().setText(f"{self.text()}\n\n{self._details}")


class ErrorDesk(QObject):
    """Shows errors over the window that is in front; a bug is logged in full and said in one sentence."""

    def __init__(self, log_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self.rescue: Callable[[], object] | None = None

    def show(self, error: BaseException, parent: QWidget | None = None) -> ErrorBox:
        """Show ``error`` to the clerk."""
        if isinstance(error, UserError):
            rescue = self.rescue if isinstance(error, Misplaced) else None
            box = ErrorBox(str(error), parent=parent or QApplication.activeWindow(), rescue=rescue)
        else:
            details = redacted("".join(traceback.format_exception(error)))
            log.error("bug: %s", details)
            where = f"，已记入日志 {self._log_file}" if self._log_file else "，已记入日志"
            text = f"程序遇到没有预料到的情况，这一步没有完成{where}。已保存的数据未受影响。请复制详情发给维护人员。"
            box = ErrorBox(text, details, parent or QApplication.activeWindow())
        box.open()
        return box

    def hook(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """Serve as ``sys.excepthook``: an exception that nobody caught ends here, not the program."""
        self.show(error)
