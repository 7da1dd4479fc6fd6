"""The system's tray: an icon that says what is due and brings the window up when it is clicked."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from gui.look.icons import icon

SHOWN_FOR = 12_000  # milliseconds


class QtTray(QObject):
    """The tray of the desktop, where it has one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._then: Callable[[], object] | None = None

    def is_available(self) -> bool:
        """Say whether the desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def begin(self, then: Callable[[], object]) -> None:
        """Show the icon; ``then`` is called when it, or a message, is clicked."""
        self._then = then
        if self._icon is None:
            self._icon = QSystemTrayIcon(icon("scale", "ac", 32), self)
            self._icon.activated.connect(self._on_activated)
            self._icon.messageClicked.connect(self._on_clicked)
        self._icon.show()

    def say(self, title: str, text: str) -> None:
        """Show a message over the tray, and keep it as the icon's tooltip."""
        if self._icon is not None:
            self._icon.setToolTip(f"{title}\n{text}")
            self._icon.showMessage(title, text, QSystemTrayIcon.MessageIcon.Information, SHOWN_FOR)

    def end(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()

    def _on_activated(self, _reason: QSystemTrayIcon.ActivationReason) -> None:
        self._on_clicked()

    def _on_clicked(self) -> None:
        if self._then is not None:
            self._then()
