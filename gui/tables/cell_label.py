"""One cell by itself, for panels: the same badges and dots that tables paint."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gui.look.theme import font
from gui.tables.cells import Badge, Cell, Dot, Text, plain
from gui.tables.delegate import Brush, draw

HEIGHT = 23


class CellLabel(QWidget):
    """Shows a cell as wide as it needs to be; screen readers are told its words."""

    def __init__(self, cell: Cell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = cell
        self.setAccessibleName(plain(cell))
        self.setToolTip(plain(cell))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        body = QApplication.font().pixelSize()
        is_badge = isinstance(self.cell, Badge)
        words = QFontMetrics(font(max(12, body - 1) if is_badge else body)).horizontalAdvance(
            plain(self.cell)
        )
        return QSize(words + _lead(self.cell), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        brush = Brush(painter, QApplication.font().pixelSize(), self.devicePixelRatioF(), selected=False)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        draw(brush, self.rect(), self.cell)
        painter.end()


def _lead(cell: Cell) -> int:
    """Return the room that icon, dot and border take beside the words."""
    match cell:
        case Badge():
            return 33 if cell.icon else 14
        case Dot():
            return 14
        case Text():
            return 22 if cell.icon else 2
    return 2
