"""Counts as heat: five flat steps, and the key that explains them."""

from bisect import bisect_right

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import colour
from gui.tables.cells import Heat
from gui.widgets.basics import label, row

FIRST_OF_STEP = (1, 6, 15, 30)  # visual.md, section 2: h1 to h4; below the first is h0
WORDS = ("0", "1–5", "6–14", "15–29", "30 以上")


def heat(count: int) -> Heat:
    """Return the cell for a count of a year."""
    return Heat(count, bisect_right(FIRST_OF_STEP, count))


class Swatch(QWidget):
    """The ground of one step."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(19, 13)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour(f"h{self._step}"))
        painter.setPen(QPen(colour("line_strong"), 1) if not self._step else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), 3, 3)
        painter.end()


class HeatKey(QWidget):
    """Says which ground means how many."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"{title}：" + "，".join(WORDS))
        parts: list[QWidget | int] = [label(title, "caption"), 4]
        for step, words in enumerate(WORDS):
            parts += [Swatch(step), label(words, "caption"), 2]
        self.setLayout(row(*parts, spacing=5))
