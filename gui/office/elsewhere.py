"""When the database's file is no longer where it was opened: say it at once, and offer to go on in another place."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from db.copies.elsewhere import SUFFIX, save_elsewhere
from gui.context import Context
from gui.moved import remember

KINDS = f"数据库 (*{SUFFIX})"


class Elsewhere(QObject):
    """Asks for another place and goes on there; forms that are open stay as they are, and save there."""

    moved = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        context.errors.rescue = self.ask
        context.bus.lost.connect(self._tell)

    def ask(self) -> None:
        """Ask where to save everything."""
        file = self._context.database.file
        if file is not None:
            name = f"{file.stem}-另存{SUFFIX}"
            self._context.files.save_file(self._window, "把全部数据另存到", name, KINDS, self._save)

    def _tell(self, error: Exception) -> None:
        self._context.errors.show(error, QApplication.activeModalWidget() or self._window)

    def _save(self, path: Path) -> None:
        context = self._context
        context.desk.say("正在另存全部数据…")
        if (old := context.database.file) is None:
            return
        work = partial(save_elsewhere, context.database, path)
        then = partial(self._saved, old, path)
        context.tasks.run(self, work, then, context.errors.show, act=f"另存到 {path.name}")

    def _saved(self, old: Path, path: Path, said: str) -> None:
        remember(self._context.preferences, old, path)
        self.moved.emit(str(path.absolute()))
        self._context.desk.say(said)
