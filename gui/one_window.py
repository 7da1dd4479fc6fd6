"""One window for one file on one PC: a second start raises the first and ends.

A lock file says who is first, a local socket takes the request to come up; both lie in the user's own cache folder,
named by what the database is (device and file id; host and name of a server), so that another path to the same file
meets the same window. A killed window's lock names a process that is gone, and counts for nothing.

Another OS user of the same PC cannot be shown this user's window; he gets one of his own, as from another PC: SQLite
takes turns between processes, and whoever comes second to a record is told (``Conflict``).
"""

import os
import sys
from enum import Enum
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from db.places import cache_folder

FOLDER = "窗口"
PATIENCE = 8.0  # seconds that a first window has for its answer; it may be starting, or ending
CONNECT, ANSWER = 1000, 3000  # milliseconds
UP = b"up"


class Arrival(Enum):
    """What a start finds."""

    FIRST = "nobody else has this database open here"
    RAISED = "somebody had, and has come up"
    SILENT = "somebody has, and does not answer"


class OneWindow(QObject):
    """This start's claim to be the only window on a database; ``called`` is told when another start asks for it."""

    called = Signal()

    def __init__(self, place: str, parent: QObject | None = None) -> None:
        """``place`` is a file or a URL."""
        super().__init__(parent)
        self._place = place
        self._locks: dict[str, QLockFile] = {}
        self._servers: list[QLocalServer] = []

    def arrive(self) -> Arrival:
        """Become the first, or raise whoever is."""
        give_up = monotonic() + PATIENCE
        while True:
            name = _name_of(self._place)
            if self._hold(name):
                return Arrival.FIRST
            if _call(name):
                return Arrival.RAISED
            if monotonic() > give_up:
                return Arrival.SILENT
            sleep(0.1)

    def opened(self) -> None:
        """Claim a new file by what it is, too: before it was made only its path was known."""
        self._hold(_name_of(self._place))

    def moved(self, place: str) -> None:
        """Claim another file instead: the window goes on there."""
        self.close()
        self._place = place
        self.opened()

    def close(self) -> None:
        """Let the next start be the first."""
        for server in self._servers:
            server.close()
        for lock in self._locks.values():
            lock.unlock()
        self._servers.clear()
        self._locks.clear()

    def _hold(self, name: str) -> bool:
        """Take the lock of this name and listen; true also where no lock can be written at all."""
        if name in self._locks:
            return True
        try:
            lock = QLockFile(str(cache_folder(FOLDER) / f"{name}.lock"))
        except OSError:
            return True
        lock.setStaleLockTime(0)  # by its process alone, however long the window stays open
        if not lock.tryLock(0):
            return lock.error() is not QLockFile.LockError.LockFailedError
        self._locks[name] = lock
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_called)
        QLocalServer.removeServer(_socket(name))  # of a window that was killed: the lock is ours
        server.listen(_socket(name))
        self._servers.append(server)
        return True

    def _on_called(self) -> None:
        for server in self._servers:
            while (caller := server.nextPendingConnection()) is not None:
                caller.disconnected.connect(caller.deleteLater)
                caller.write(UP)
                caller.flush()
                caller.disconnectFromServer()
                self.called.emit()


def _call(name: str) -> bool:
    """Ask whoever listens under this name to come up; return whether there was an answer."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows alone asks who may come to the front

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
    caller = QLocalSocket()
    caller.connectToServer(_socket(name))
    return caller.waitForConnected(CONNECT) and caller.waitForReadyRead(ANSWER)


def _name_of(place: str) -> str:
    """Return a short name for what the database is, and for this user: pipes of Windows are common to all."""
    try:
        found = Path(place).stat()
        what = f"{found.st_dev}:{found.st_ino}"
    except OSError:
        what = _server_of(place) if "://" in place else os.path.normcase(os.path.realpath(place))
    return sha256(f"{Path.home()}\0{what}".encode()).hexdigest()[:20]


def _server_of(url: str) -> str:
    """Return host and name of a server's database, without user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 5432}{parts.path}"


def _socket(name: str) -> str:
    """Return a pipe's name on Windows, else a path: by a bare name Qt would use the folder that all users share."""
    if sys.platform == "win32":
        return f"advisor-pool-{name}"
    return str(cache_folder(FOLDER) / name)
