"""A line over the months, as wide as a word: how a figure came to be what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import colour

WIDE, HIGH = 104, 34
EDGE = 5  # pixels around the line, so that the dot of the last month is whole


@dataclass(frozen=True, slots=True)
class Point:
    """One month: how high the line stands (``None``: nothing is known), and the words for it."""

    value: float | None
    words: str


class Sparkline(QWidget):
    """Draws the points; the last is marked, and each says its month under the pointer."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = title
        self.points: tuple[Point, ...] = ()
        self._at = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDE + 40)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these months, the oldest first."""
        self.points = tuple(points)
        known = [point.words for point in self.points if point.value is not None]
        ends = f"：{known[0]}，到 {known[-1]}" if known else "：还没有数据"
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(f"{self._title}{ends}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, HIGH)

    def words_at(self, x: float) -> str:
        """Return the words of the month that is nearest to ``x``."""
        at = self._nearest(x)
        return self.points[at].words if at >= 0 else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self._nearest(event.position().x()))
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self._mark(-1)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        places = self._places()
        if not places:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("bar"), 1.5))
        painter.drawPolyline(QPolygonF(list(places.values())))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("ac_tx"))
        painter.drawEllipse(places[max(places)], 3, 3)
        if self._at in places and self._at != max(places):
            painter.setBrush(colour("bar"))
            painter.drawEllipse(places[self._at], 3, 3)
        painter.end()

    def _places(self) -> dict[int, QPointF]:
        """Return where each month that is known stands; the line fills the height only where the figure moved."""
        known = {at: point.value for at, point in enumerate(self.points) if point.value is not None}
        if not known:
            return {}
        low, high = min(known.values()), max(known.values())
        step = (self.width() - 2 * EDGE) / max(len(self.points) - 1, 1)
        tall = self.height() - 2 * EDGE
        return {
            at: QPointF(
                EDGE + at * step,
                EDGE + (tall * (high - value) / (high - low) if high > low else tall / 2),
            )
            for at, value in known.items()
        }

    def _nearest(self, x: float) -> int:
        places = self._places()
        return min(places, key=lambda at: abs(places[at].x() - x)) if places else -1

    def _mark(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.update()
