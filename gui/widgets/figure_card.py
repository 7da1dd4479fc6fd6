"""A headline figure: the number, what it is of, how it moved, and a click to what it counts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui.widgets.basics import button, column, label, row, set_property
from gui.widgets.sparkline import Point, Sparkline


class FigureCard(QFrame):
    """A figure to be clicked: the list then shows what it counts; 明细 opens the records behind it."""

    chosen = Signal(str)
    records_asked = Signal(str)

    def __init__(self, key: str, title: str, *, has_trend: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.title_text = key, title
        self.setObjectName(f"figure_{key}")
        self.setProperty("figure", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title = label(title, "caption")
        self.number = label("—", "figure")
        self.share = label("", "second")
        self.change = label("", "caption")
        self.records = button("明细", f"figure_{key}_records", "link", tip=f"打开“{title}”所计的记录")
        self.records.setProperty("small", True)
        self.trend = Sparkline(f"figure_{key}_trend", f"{title}近 24 个月") if has_trend else None
        words = column(
            row(self.title, None, self.records, spacing=6),
            row(self.number, self.share, None, *((self.trend,) if self.trend else ()), spacing=8),
            row(self.change, None),
            spacing=0,
            margins=(24, 8, 20, 10),
        )
        self.setLayout(words)
        self.records.clicked.connect(self._on_records)

    def show_figure(self, number: str, share: str, change: str, tip: str) -> None:
        """Show the figure: ``share`` stands behind the number, ``change`` below it, ``tip`` defines it."""
        self.number.setText(number)
        self.share.setText(share)
        self.change.setText(change)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self.title_text} {number} {share}".strip())
        self.setAccessibleDescription(f"{change}。{tip}".strip("。") if change else tip)

    def show_trend(self, points: Sequence[Point]) -> None:
        """Show the months before."""
        if self.trend is not None:
            self.trend.show_points(points)

    def set_on(self, on: bool) -> None:
        """Show whether the list is narrowed to what this figure counts."""
        set_property(self, "on", on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _on_records(self) -> None:
        self.records_asked.emit(self.key)
