"""Tells the windows, on their own thread, what a transaction changed, here or on another machine."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import Misplaced
from gui.tasks import TaskRunner

if TYPE_CHECKING:
    from db.engine import Changes, Database

LISTEN_EVERY = 2000  # milliseconds between two looks at what others committed


class ChangeBus(QObject):
    """Turns the database's plain callbacks, and the news from elsewhere, into one Qt signal."""

    changed = Signal(object)  # Changes
    waiting = Signal(bool)  # an act begins to wait for another writer, and no act does any more
    _waits = Signal(int)
    lost = Signal(object)  # Misplaced: told once, until the file is there again

    def __init__(self, database: "Database", tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._tasks = tasks
        self._asking = self._is_lost = False
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN_EVERY)
        self._timer.timeout.connect(self.listen)
        self._waiting = 0
        self._waits.connect(self._count)
        database.listeners.append(self._tell)
        database.waits.told.append(self._on_wait)

    def start(self) -> None:
        """Begin to listen for what other windows and machines do."""
        self.listen()
        self._timer.start()

    def stop(self) -> None:
        """Stop listening; called once, when the window closes."""
        self._timer.stop()
        if self._tell in self._database.listeners:
            self._database.listeners.remove(self._tell)
            self._database.waits.told.remove(self._on_wait)

    def listen(self) -> None:
        """Ask, off the UI thread, for what others committed since the last time."""
        if not self._asking:
            self._asking = True
            self._tasks.run(self, self._database.news, self._deliver, self._missed)

    def _tell(self, changes: "Changes") -> None:
        self.changed.emit(changes)

    def _on_wait(self, begins: bool) -> None:
        """Called in the thread that waits."""
        self._waits.emit(1 if begins else -1)

    def _count(self, more: int) -> None:
        self._waiting += more
        self.waiting.emit(self._waiting > 0)

    def _deliver(self, news: "list[Changes]") -> None:
        self._asking = self._is_lost = False
        for changes in news:
            self.changed.emit(changes)

    def _missed(self, error: Exception) -> None:
        self._asking = False  # the next tick asks again; a lost server is said when the clerk acts
        if isinstance(error, Misplaced) and not self._is_lost:
            self._is_lost = True
            self.lost.emit(error)
