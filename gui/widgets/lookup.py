"""A field that finds one record among many while one types, and holds its key."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

PAUSE = 100  # milliseconds of rest before what was typed is looked up


class Lookup(QLineEdit):
    """``asked`` tells what was typed; whoever listens offers what was found. A blank field holds nothing."""

    asked = Signal(str)
    edited = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self._chosen: tuple[str, int] | None = None
        self._offered: dict[str, int] = {}
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(self._completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._settle)

    def key(self) -> int | None:
        """Return the key of the record that stands in the field."""
        return self._chosen[1] if self._chosen and self._chosen[0] == self.text() else None

    def set_chosen(self, words: str, key: int | None) -> None:
        """Show a record."""
        self._chosen = (words, key) if key is not None else None
        self.setText(words if key is not None else "")
        self.setCursorPosition(0)

    def offer(self, typed: str, found: Sequence[tuple[str, int]]) -> None:
        """Offer what was found for ``typed``, unless something else stands there by now.

        Where the clerk has left the field without choosing, the only record found is taken.
        """
        if typed != self.text() or self.key() is not None:
            return
        self._offered = dict(found)
        self._words.setStringList(list(self._offered))
        if self.hasFocus() and found:
            self._completer.complete()
        elif len(self._offered) == 1:
            self._take(next(iter(self._offered)))

    def trouble(self) -> str:
        """Say that what stands in the field is no record, or nothing."""
        text = self.text().strip()
        return "" if not text or self.key() is not None else f"没有找到“{text}”，请从列表选择，或清空。"

    def _on_edited(self, _text: str) -> None:
        self._timer.start()
        self.edited.emit()

    def _ask(self) -> None:
        self.asked.emit(self.text())

    def _take(self, words: str) -> None:
        if words in self._offered:
            self.set_chosen(words, self._offered[words])
            self.edited.emit()

    def _settle(self) -> None:
        if self.key() is None and self.text().strip():
            self._timer.stop()
            self._ask()
