"""What every page is given, so that nothing has to be fetched from a global."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from gui.bus import ChangeBus
from gui.errors import ErrorDesk
from gui.look.theme import Theme
from gui.tasks import TaskRunner

if TYPE_CHECKING:
    from db.documents.pdf import Pdf
    from db.engine import Database


class FileDialogs(Protocol):
    """Asks for files without blocking; replaced in tests."""

    def open_file(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask for an existing file and call ``then`` with it, unless the clerk cancels."""

    def save_file(
        self, parent: QWidget, title: str, name: str, kinds: str, then: Callable[[Path], None]
    ) -> None:
        """Ask where to save; the dialog itself asks before an existing file is replaced."""

    def choose_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Ask for an existing folder."""


class Printers(Protocol):
    """Sends a PDF to a printer; replaced in tests."""

    def print_pdf(self, parent: QWidget, pdf: "Pdf", title: str) -> None:
        """Ask for the printer and print."""


class Tray(Protocol):
    """Speaks through the system's tray; replaced in tests."""

    def is_available(self) -> bool:
        """Say whether the desktop has a tray."""

    def begin(self, then: Callable[[], object]) -> None:
        """Show the icon; ``then`` is called when it, or a message, is clicked."""

    def say(self, title: str, text: str) -> None:
        """Show a message over the tray."""

    def end(self) -> None:
        """Take the icon away."""


class Desk(Protocol):
    """What a page may ask of the window around it."""

    def say(self, text: str) -> None:
        """Say a success in the status bar for some seconds."""

    def go(self, page: str, key: int | None = None) -> None:
        """Show another page, with this record selected."""

    def run(self, command: str, *given: object) -> None:
        """Run one of the window's commands by name, with what it is given."""


@dataclass(frozen=True)
class Context:
    """The application's long-lived objects."""

    database: "Database"
    bus: ChangeBus
    tasks: TaskRunner
    errors: ErrorDesk
    theme: Theme
    preferences: QSettings
    files: FileDialogs
    printers: Printers
    tray: Tray
    today: Callable[[], date]
    desk: Desk
