"""Months as cells, the darker the more was done, with the number in each."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import colour, font

CELL, CAPTION, GAP = 26, 16, 3
FIRST_OF_STEP = (1, 2, 4, 7)  # services of one month from which on the ground is darker


class MonthHeat(QWidget):
    """Shows how many services fell into each month."""

    def __init__(self, months: Sequence[tuple[date, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = tuple(months)
        self.setAccessibleName("各月履职：" + "，".join(f"{m:%Y-%m} {n} 次" for m, n in self.months))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(276, CELL + CAPTION)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, CELL + CAPTION)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent) and self.months:
            at = min(int(event.pos().x() / self._step()), len(self.months) - 1)
            month, count = self.months[at]
            QToolTip.showText(event.globalPos(), f"{month:%Y-%m} 履职 {count} 次", self)
            return True
        return super().event(event)  # type: ignore[arg-type] # Qt hands over nothing but events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        for at, (month, count) in enumerate(self.months):
            box = QRectF(at * self._step(), 0, self._step() - GAP, CELL)
            step = bisect_right(FIRST_OF_STEP, count)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(f"h{step}"))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(colour("h4_tx" if step == len(FIRST_OF_STEP) else "tx" if step else "tx2"))
            painter.drawText(box, middle, f"{count}")
            painter.setPen(colour("tx2"))
            painter.drawText(QRectF(box.left(), CELL, box.width(), CAPTION), middle, f"{month.month}")
        painter.end()

    def _step(self) -> float:
        return self.width() / max(len(self.months), 1)
