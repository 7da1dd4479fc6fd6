"""The whole window over a fresh office; whatever is left behind fails the test."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.exceptions import TimeoutError  # noqa: A004 - pytest-qt's own
from pytestqt.qtbot import QtBot

from gui.look.theme import Mode, Theme
from tests.conftest import TODAY
from tests.office import Office, build_office
from tests.patience import Patience
from tests.typed import let_go


@pytest.fixture(autouse=True, scope="session")
def _dressed(qapp):
    """Show every control in the program's look, also in a test of its own."""
    theme = Theme(qapp)
    theme.apply(Mode.LIGHT)
    return theme


class PatientBot(QtBot):
    """Waits for what must come as long as the program gets on with it, not for a time by the clock."""

    def waitUntil(self, callback, *, timeout=1000):
        """Look as pytest-qt does for a second, again and again."""
        patience = Patience()
        while True:
            try:
                return super().waitUntil(callback, timeout=timeout)
            except TimeoutError:
                if patience.is_out():
                    raise

    def waitSignal(self, signal, *, timeout=None, **how):
        """Without a time of its own: pytest's limit for a test ends a wait that is in vain."""
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp, request) -> QtBot:
    """Return the hand of the clerk."""
    return PatientBot(request)


@pytest.fixture
def desk(qtbot, qapp, office, tmp_path) -> Iterator[Office]:
    """Return the running program over an empty office."""
    running = open_desk(qapp, office, tmp_path)
    yield running
    close_desk(qtbot, running)


@pytest.fixture
def demo_desk(qtbot, qapp, demo_office, tmp_path) -> Iterator[Office]:
    """Return the running program over the demo bureau."""
    running = open_desk(qapp, demo_office, tmp_path)
    yield running
    close_desk(qtbot, running)


def open_desk(app: QApplication, database, folder) -> Office:
    """Open the window as on a clerk's PC."""
    running = build_office(
        app, database, QSettings(str(folder / "个人.ini"), QSettings.Format.IniFormat), TODAY
    )
    running.window.setWindowState(Qt.WindowState.WindowNoState)  # the offscreen screen is smaller than a PC's
    running.window.resize(1440, 868)
    running.window.show()
    return running


def close_desk(qtbot, running: Office) -> None:
    """Close the window; no dialog and no thread may stay."""
    let_go(qtbot)
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible() and isinstance(w, QDialog)]
    running.window.close()
    if not left:  # it waits for what was begun, and then goes
        qtbot.waitUntil(lambda: not running.window.isVisible())
    running.tasks.stop()
    left += [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    running.window.deleteLater()
    qtbot.wait(0)
    assert not left, left
    assert not [t for t in threading.enumerate() if t.name.startswith("work")]
