"""Sections, facts and folds of the panels at the right."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.basics import align_top, button, column, label, recolour, row, stretch

CAPTION = 78  # width of a fact's name


def section(title: str, fact: str | QWidget, parts: Sequence[QWidget | QLayout]) -> QVBoxLayout:
    """Return a section of the panel: its heading, one quiet fact or link at the right, and what it shows."""
    at_right = label(fact, "caption") if isinstance(fact, str) else fact
    head = [row(label(title, "heading"), None, at_right)] if title else []
    return column(*head, *parts, spacing=8, margins=(20, 14, 20, 14))


def facts_of(facts: Sequence[tuple[str, str]]) -> list[QWidget]:
    """Return lines of a name and a value that can be copied."""
    return [fact(name, label(value, wraps=True, selectable=True)) for name, value in facts]


def fact(name: str, *values: QWidget) -> QWidget:
    """Return one line of a name and what it is, the first of ``values`` as wide as there is room."""
    made = QWidget()
    caption = label(name, "second")
    caption.setFixedWidth(CAPTION)
    made.setLayout(row(caption, *values, spacing=4))
    stretch(made, 1, 1)
    align_top(made, caption)
    return made


def order_tabs(before: QWidget, page: QWidget) -> None:
    """Let Tab go from ``before`` through ``page`` in reading order, also where parts were built anew."""
    if layout := page.layout():
        for part in _focusable(layout):
            QWidget.setTabOrder(before, part)
            before = part


def _focusable(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if inner := item.layout():
            yield from _focusable(inner)
        elif widget := item.widget():
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            if own := widget.layout():
                yield from _focusable(own)


class ElidedLabel(QLabel):
    """One line of text that gives way at its right; the whole text is its tooltip."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()


class ElidedLink(QPushButton):
    """A link that gives way at its right; the whole text is its tooltip and its name."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setAutoDefault(False)
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 6
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Fold(QWidget):
    """A link that shows and hides what stands below it; folded at first."""

    def __init__(self, title: str, name: str, parts: Sequence[QWidget | QLayout]) -> None:
        super().__init__()
        self.link = button(title, name, "link", "chevron-right")
        self.body = QWidget()
        self.body.setLayout(column(*parts, spacing=6))
        self.body.hide()
        self.setLayout(column(row(self.link, None), self.body, spacing=6))
        self.link.clicked.connect(self.toggle)

    def toggle(self) -> None:
        """Show what is hidden, hide what is shown."""
        self.body.setVisible(self.body.isHidden())
        self.link.setProperty("icon_name", "chevron-right" if self.body.isHidden() else "chevron-down")
        recolour(self.link)
