"""Asks for files, without blocking; the one home of file dialogs."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QFileInfo, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QStyle, QWidget

from gui.look.qss import ICONS


class NameIcons(QAbstractFileIconProvider):
    """Icons and kinds by the name alone. Qt's own provider opens each file that it lists, the database too.

    See ``db.opened_file`` for what that costs.
    """

    def __init__(self, style: QStyle) -> None:
        super().__init__()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        is_folder = (
            what.isDir()
            if isinstance(what, QFileInfo)
            else what is not QAbstractFileIconProvider.IconType.File
        )
        return self._folder if is_folder else self._file

    def type(self, info: QFileInfo) -> str:
        return "文件夹" if info.isDir() else f"{info.suffix().upper()} 文件".strip()


class FileDialog(QFileDialog):
    """A file dialog that calls back once with the chosen path and opens no file.

    Outside Windows it is Qt's own: the dialogs of a Linux desktop look into the files they list, in our process.
    """

    def __init__(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        # It lists the folder it begins with by Qt's own provider: one where there is nothing to disturb
        super().__init__(parent, title, str(ICONS))
        self._then = then
        self._icons = NameIcons(self.style())  # Qt does not keep it alive
        if sys.platform != "win32":
            self.setOption(QFileDialog.Option.DontUseNativeDialog)
            self.setIconProvider(self._icons)
        self.setNameFilter(kinds)
        self.setDirectory(QDir.homePath())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fileSelected.connect(self._chosen)

    def _chosen(self, path: str) -> None:
        self._then(Path(path))


class QtFileDialogs:
    """The dialogs of Qt and the system."""

    def open_file(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask for an existing file and call ``then`` with it, unless the clerk cancels."""
        dialog = FileDialog(parent, title, kinds, then)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def save_file(
        self, parent: QWidget, title: str, name: str, kinds: str, then: Callable[[Path], None]
    ) -> None:
        """Ask where to save; the dialog itself asks before an existing file is replaced."""
        dialog = FileDialog(parent, title, kinds, then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        dialog.open()

    def choose_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Ask for an existing folder."""
        dialog = FileDialog(parent, title, "", then)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()
