"""The load of each lawyer as bars; a bar may be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import colour, font

ROW = 19
NAME, NUMBER = 54, 68
TALL, CHANGED = 22, 92  # of a bar that shows a change


@dataclass(frozen=True, slots=True)
class Load:
    """One bar; ``word`` stands behind the number (已满, 偏满, 未聘任)."""

    key: int
    name: str
    value: int
    maximum: int
    word: str = ""


class LoadChart(QWidget):
    """A bar for each person; click or Enter tells who."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loads: tuple[Load, ...] = ()
        self._at = -1
        self.setObjectName("load_chart")
        self.setAccessibleName("顾问在办负荷")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_loads(self, loads: Sequence[Load]) -> None:
        """Show these bars."""
        self._loads = tuple(loads)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, ROW * len(self._loads))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y()) // ROW
        if 0 <= at < len(self._loads):
            self.chosen.emit(self._loads[at].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = int(event.position().y()) // ROW < len(self._loads)
        self.setCursor(Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._loads:
            self._at = min(max(self._at + step, 0), len(self._loads) - 1)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and 0 <= self._at < len(self._loads):
            self.chosen.emit(self._loads[self._at].key)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, load in enumerate(self._loads):
            self._paint(painter, at * ROW, load, focused=self.hasFocus() and at == max(self._at, 0))

    def _paint(self, painter: QPainter, top: int, load: Load, *, focused: bool) -> None:
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font(13))
        painter.setPen(colour("ac_tx" if focused else "tx"))
        painter.drawText(QRectF(0, top, NAME, ROW), side, load.name)
        track = QRectF(NAME, top + ROW / 2 - 4, self.width() - NAME - NUMBER, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg_sunken"))
        painter.drawRoundedRect(track, 2, 2)
        share = min(load.value / max(load.maximum, 1), 1)
        if share:
            full = load.value >= load.maximum
            painter.setBrush(colour("wn_solid" if full else "bar"))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, 8), 2, 2)
        painter.setFont(font(12))
        x = track.right() + 8
        painter.setPen(colour("tx2"))
        number = f"{load.value} 件" if load.maximum else ""
        painter.drawText(QRectF(x, top, NUMBER, ROW), side, number)
        if load.word:
            painter.setPen(colour("wn" if load.maximum else "tx2"))
            shift = painter.fontMetrics().horizontalAdvance(number + " ") if number else 0
            painter.drawText(QRectF(x + shift, top, NUMBER - shift, ROW), side, load.word)


@dataclass(frozen=True, slots=True)
class Change:
    """A load before and after; ``word`` stands behind the numbers (已满 …)."""

    key: int
    name: str
    before: float
    after: float
    maximum: int
    word: str = ""

    def spoken(self) -> str:
        """Return the change in words."""
        return f"{self.name} {self.numbers()}，上限 {self.maximum} {self.word}".strip()

    def numbers(self) -> str:
        """Return before and after, or the one number where nothing changes."""
        same = self.before == self.after
        return f"{self.before:g}" if same else f"{self.before:g} → {self.after:g}"


class ChangeChart(QWidget):
    """A bar for each person: what he carries, and in another colour what is added, against his cap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes: tuple[Change, ...] = ()
        self.setObjectName("change_chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these bars."""
        self.changes = tuple(changes)
        self.setAccessibleName("分派前后负荷：" + "；".join(change.spoken() for change in changes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, TALL * len(self.changes))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, TALL * len(self.changes))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widest = max((max(c.after, c.maximum) for c in self.changes), default=1)
        for at, change in enumerate(self.changes):
            self._paint(painter, at * TALL, change, widest)
        painter.end()

    def _paint(self, painter: QPainter, top: int, change: Change, widest: float) -> None:
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font(13, bold=change.after > change.before))
        painter.setPen(colour("tx"))
        painter.drawText(QRectF(0, top, NAME, TALL), side, change.name)
        track = QRectF(NAME, top + TALL / 2 - 4, self.width() - NAME - CHANGED, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        for value, token in ((change.maximum, "bg_sunken"), (change.after, "ac"), (change.before, "bar")):
            if value > 0:
                painter.setBrush(colour(token))
                painter.drawRoundedRect(
                    QRectF(track.left(), track.top(), track.width() * value / widest, 8), 2, 2
                )
        painter.setFont(font(12))
        painter.setPen(colour("tx2"))
        numbers = change.numbers()
        x = track.right() + 8
        painter.drawText(QRectF(x, top, CHANGED, TALL), side, numbers)
        if change.word:
            painter.setPen(colour("wn"))
            x += painter.fontMetrics().horizontalAdvance(numbers + " ")
            painter.drawText(QRectF(x, top, CHANGED, TALL), side, change.word)
