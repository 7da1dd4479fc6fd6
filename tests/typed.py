"""Typing as a clerk does: keys for what is on the keyboard, an input method for 汉字."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_in(qtbot, widget: QWidget, text: str) -> None:
    """Type ``text`` into a widget."""
    if text.isascii():
        qtbot.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(
    qtbot, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    """Press a shortcut in the window that is in front."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, modifier)
    let_go(qtbot)


def let_go(qtbot) -> None:
    """Lift the hand from the keyboard: Qt remembers the modifiers of the last key, also for the next window."""
    shown = next((w for w in QApplication.topLevelWidgets() if w.isVisible()), None)
    if shown is not None:
        qtbot.keyRelease(shown, Qt.Key.Key_Control)
