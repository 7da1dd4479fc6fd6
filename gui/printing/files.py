"""Asks for files with the system's dialogs, without blocking."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class _Ask(QFileDialog):
    """A file dialog that calls back once with the chosen path."""

    def __init__(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        super().__init__(parent, title, QDir.homePath(), kinds)
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fileSelected.connect(self._chosen)

    def _chosen(self, path: str) -> None:
        self._then(Path(path))


class QtFileDialogs:
    """The dialogs of Qt and the system."""

    def open_file(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask for an existing file and call ``then`` with it, unless the clerk cancels."""
        dialog = _Ask(parent, title, kinds, then)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def save_file(
        self, parent: QWidget, title: str, name: str, kinds: str, then: Callable[[Path], None]
    ) -> None:
        """Ask where to save; the dialog itself asks before an existing file is replaced."""
        dialog = _Ask(parent, title, kinds, then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        dialog.open()
