"""A field whose value was read from a text: below it stand the words it came from, and a way to drop it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gui.widgets.basics import button
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.pickers import Picker

LONGEST = 26  # characters of a quotation below a field


@dataclass(frozen=True, slots=True)
class Quote:
    """A proposed value as the field shows it, the words it came from, their places, and what is doubtful.

    ``spans`` are (start, end) in the text, the first one first.
    """

    value: object
    words: str
    spans: tuple[tuple[int, int], ...]
    note: str = ""


class QuotedBox(FieldBox):
    """Shows where its field's value came from. The value can be typed over, dropped, or taken from elsewhere."""

    changed = Signal()

    def __init__(
        self,
        title: str,
        editor: QWidget,
        name: str,
        *,
        required: bool = False,
        missing: str = "",
    ) -> None:
        """``missing`` stands, in amber, below a field that the text says nothing of."""
        super().__init__(title, editor, name, required=required, hint=missing)
        self._missing = missing
        self._quotes: tuple[Quote, ...] = ()
        self._at = -1
        self.drop = button("不采用", f"{name}_drop", "link")
        self.drop.setProperty("small", True)
        self.drop.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # by keyboard: Tab marks the whole field, Delete empties it
        self.drop.clicked.connect(self._on_drop)
        if layout := self._message_row.layout():
            layout.addWidget(self.drop)
        self._show_quote()

    def propose(self, quotes: Sequence[Quote]) -> None:
        """Fill the field with the first of these, or empty it."""
        self._quotes = tuple(quotes)
        self._at = 0 if quotes else -1
        self._fill()

    def quote(self) -> Quote | None:
        """Return what the field's value was taken from, if it still is what was proposed."""
        if self._at < 0:
            return None
        quote = self._quotes[self._at]
        return quote if _value(self.editor) == _shown(self.editor, quote.value) else None

    def say_source(self) -> None:
        """Say below the field where its value came from, now that it was edited."""
        self._show_quote()

    def _on_drop(self) -> None:
        """Leave this proposal: take the next one, then none, then the first again."""
        self._at = self._at + 1 if self._at + 1 < len(self._quotes) else -1 if self._at >= 0 else 0
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        quote = self._quotes[self._at] if self._at >= 0 else None
        _set_value(self.editor, quote.value if quote else None)
        self._show_quote()

    def _show_quote(self) -> None:
        quote = self.quote()
        self.drop.setVisible(bool(self._quotes))
        if quote is not None:
            words = quote.words if len(quote.words) <= LONGEST else f"{quote.words[:LONGEST]}…"
            note = f"，{quote.note}" if quote.note else ""
            self.set_hint(f"原文“{words}”{note}", "warning" if quote.note else "ok")
            self.drop.setText("换一个" if self._at + 1 < len(self._quotes) else "不采用")
        elif self._quotes:
            self.set_hint(f"没有采用原文“{self._quotes[max(self._at, 0)].words[:LONGEST]}”")
            self.drop.setText("采用")
            self._at = -1
        else:
            self.set_hint("" if _value(self.editor) else self._missing, "warning")


def _set_value(editor: QWidget, value: object) -> None:
    if isinstance(editor, Picker) and isinstance(value, int):
        editor.set_value(value)
    elif isinstance(editor, QComboBox):
        text = "" if value is None else str(value)
        if editor.isEditable():
            editor.setCurrentIndex(editor.findText(text))
            editor.setEditText(text)
        else:
            editor.setCurrentIndex(max(editor.findText(text), 0))
    elif isinstance(editor, QLineEdit):
        editor.setText("" if value is None else str(value))
        editor.setCursorPosition(0)


def _value(editor: QWidget) -> str:
    if isinstance(editor, DateField):
        day = editor.day()
        return day.isoformat() if day else editor.text().strip()
    if isinstance(editor, QComboBox):
        return editor.currentText().strip()
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _shown(editor: QWidget, value: object) -> str:
    if isinstance(editor, Picker) and isinstance(value, int):
        at = next((i for i in range(editor.count()) if editor.itemData(i) == value), -1)
        return editor.itemText(at) if at >= 0 else ""
    return str(value)
