"""A whole office for tests and the tour: the real window over a real database; only clock, files and printer are fakes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from db.documents.pdf import Pdf
from db.engine import Database
from gui.bus import ChangeBus
from gui.context import Context
from gui.errors import ErrorDesk
from gui.look.theme import Mode, Theme
from gui.main_window import MainWindow
from gui.tasks import TaskRunner


@dataclass
class FakeFiles:
    """Answers file dialogs at once with the path that the test has put here."""

    path: Path | None = None
    asked: list[str] = field(default_factory=list)

    def open_file(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        self.asked.append(title)
        if self.path is not None:
            then(self.path)

    def save_file(
        self, parent: QWidget, title: str, name: str, kinds: str, then: Callable[[Path], None]
    ) -> None:
        self.asked.append(name)
        if self.path is not None:
            then(self.path)

    def choose_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        self.asked.append(title)
        if self.path is not None:
            then(self.path)


@dataclass
class FakePrinters:
    """Remembers what was printed."""

    printed: list[tuple[str, bytes]] = field(default_factory=list)

    def print_pdf(self, parent: QWidget, pdf: Pdf, title: str) -> None:
        self.printed.append((title, pdf.data))


@dataclass
class FakeTray:
    """Remembers what was said over the tray; ``then`` is what a click on it does."""

    there: bool = False
    said: list[str] = field(default_factory=list)
    then: Callable[[], object] | None = None

    def is_available(self) -> bool:
        return self.there

    def begin(self, then: Callable[[], object]) -> None:
        self.then = then

    def say(self, title: str, text: str) -> None:
        self.said.append(text)

    def end(self) -> None:
        self.then = None


@dataclass
class Office:
    """The running program in a test."""

    window: MainWindow
    context: Context
    theme: Theme
    files: FakeFiles
    printers: FakePrinters
    tray: FakeTray
    tasks: TaskRunner
    database: Database

    def close(self) -> None:
        """Close the window as a clerk does, and wait for what runs."""
        self.window.close()
        while self.tasks.unanswered:
            QApplication.processEvents()
        self.tasks.stop()
        self.window.deleteLater()
        self.database.close()


def build_office(
    app: QApplication,
    database: Database,
    preferences: QSettings,
    today: date,
    tray: FakeTray | None = None,
) -> Office:
    """Wire a whole program over ``database`` as of ``today``."""
    theme = Theme(app)
    theme.apply(Mode.LIGHT)
    tasks = TaskRunner()
    window = MainWindow(preferences, theme)
    files, printers, tray = FakeFiles(), FakePrinters(), tray or FakeTray()
    context = Context(
        database=database,
        bus=ChangeBus(database, tasks, window),
        tasks=tasks,
        errors=ErrorDesk(parent=window),
        theme=theme,
        preferences=preferences,
        files=files,
        printers=printers,
        tray=tray,
        today=lambda: today,
        desk=window,
    )
    window.attach(context)
    return Office(window, context, theme, files, printers, tray, tasks, database)
