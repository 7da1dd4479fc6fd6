"""A number that is not for every passer-by to read: hidden until it is asked for, replaced by typing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.basics import button, set_property

WIDTH = 44  # of the button, with its gap


class SecretField(QLineEdit):
    """Holds a number and shows a masked form of it in the place of a placeholder.

    The mask is never the field's text, so it can be neither edited, copied nor saved. Typing replaces the
    number, and emptying the field again brings the old one back; Backspace in the field with the mask takes
    the number away. ``reveal_asked`` is told when the clerk wants to see it; ``reveal`` then shows it.
    """

    reveal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.show_button = button("显示", "reveal", "link", tip="显示完整号码，会记入操作记录")
        self.show_button.setParent(self)
        self.show_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.show_button.clicked.connect(self.reveal_asked)
        self.textChanged.connect(self._refresh)
        self._refresh()

    def hide_number(self, number: str, masked: str) -> None:
        """Hold ``number`` and show ``masked``."""
        self.clear()
        self._kept = number
        self.setPlaceholderText(masked if number else "")
        self._refresh()

    def value(self) -> str:
        """Return the number: what was typed, else the one that is hidden."""
        return self.text() or self._kept

    def is_hidden(self) -> bool:
        """Say whether the field holds a number that it does not show."""
        return bool(self._kept) and not self.text()

    def reveal(self) -> None:
        """Show the number; from now on the field is like any other."""
        if self.is_hidden():
            number = self._kept
            self._forget()
            self.setText(number)
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_hidden() and event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._forget()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self.show_button.sizeHint()
        self.show_button.setGeometry(
            self.width() - wanted.width() - 6,
            (self.height() - wanted.height()) // 2,
            wanted.width(),
            wanted.height(),
        )

    def _forget(self) -> None:
        self._kept = ""
        self.setPlaceholderText("")
        self._refresh()

    def _refresh(self) -> None:
        hidden = self.is_hidden()
        self.show_button.setVisible(hidden)
        self.show_button.setAccessibleName(f"显示{self.accessibleName()}")
        self.setTextMargins(0, 0, WIDTH if hidden else 0, 0)
        self.setAccessibleDescription(f"号码已隐藏：{self.placeholderText()}" if hidden else "")
        set_property(self, "masked", hidden)
