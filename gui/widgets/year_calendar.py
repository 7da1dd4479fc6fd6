"""A year at a glance: twelve months, days off filled, make-up working days outlined."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import colour, font

CELL, LINE = 24, 20  # a day's width and height
TITLE, HEAD, GAP, BETWEEN = 24, 18, 20, 10
MONTH_WIDTH, MONTH_HEIGHT = 7 * CELL, TITLE + HEAD + 6 * LINE
WEEK = "一二三四五六日"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayMark:
    """What is special about a day: ``is_off`` or a make-up working day, and the festival's name."""

    is_off: bool
    name: str


class YearCalendar(QWidget):
    """Paints a year; a day's name is told on hover. ``picked`` is told the day that was clicked."""

    picked = Signal(date)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.year = 0
        self.marks: dict[date, DayMark] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_year(self, year: int, marks: Mapping[date, DayMark]) -> None:
        """Show a year; a day of the year before that belongs to it is named in the text beside, not here."""
        self.year, self.marks = year, dict(marks)
        off = sum(mark.is_off for mark in self.marks.values())
        self.setAccessibleName(
            f"{year} 年：放假 {off} 天，调休上班 {len(self.marks) - off} 天" if year else ""
        )
        self.updateGeometry()
        self.update()

    def columns(self, width: int) -> int:
        """Return how many months stand side by side."""
        fit = (width + GAP) // (MONTH_WIDTH + GAP)
        return next(count for count in (6, 4, 3, 2, 1) if count <= max(fit, 1))

    def sizeHint(self) -> QSize:
        return QSize(4 * MONTH_WIDTH + 3 * GAP, self.heightForWidth(4 * MONTH_WIDTH + 3 * GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * MONTH_WIDTH + GAP, 120)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-12 // self.columns(width))
        return rows * MONTH_HEIGHT + (rows - 1) * BETWEEN

    def day_at(self, point: QPoint) -> date | None:
        """Return the day under a point."""
        for month in range(1, 13):
            origin = self._origin(month)
            if QRect(*origin, MONTH_WIDTH, MONTH_HEIGHT).contains(point) and self.year:
                column = (point.x() - origin[0]) // CELL
                row = (point.y() - origin[1] - TITLE - HEAD) // LINE
                weeks = Calendar().monthdatescalendar(self.year, month)
                if 0 <= row < len(weeks) and weeks[row][column].month == month:
                    return weeks[row][column]
        return None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            mark = self.marks.get(day) if day else None
            text = f"{day}　{mark.name}{'，放假' if mark.is_off else ''}" if mark else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(day)
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.year:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(painter, month)

    def _origin(self, month: int) -> tuple[int, int]:
        across = self.columns(self.width())
        row, column = divmod(month - 1, across)
        return column * (MONTH_WIDTH + GAP), row * (MONTH_HEIGHT + BETWEEN)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        left, top = self._origin(month)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(font(13, bold=True))
        painter.setPen(colour("tx"))
        painter.drawText(
            QRect(left + 6, top, 80, TITLE),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            f"{month} 月",
        )
        painter.setFont(font(12))
        for at, word in enumerate(WEEK):
            painter.setPen(colour("tx3"))
            painter.drawText(QRect(left + at * CELL, top + TITLE, CELL, HEAD), centre, word)
        for row, week in enumerate(Calendar().monthdatescalendar(self.year, month)):
            for at, day in enumerate(week):
                if day.month == month:
                    box = QRect(left + at * CELL, top + TITLE + HEAD + row * LINE, CELL, LINE)
                    self._paint_day(painter, box, day)

    def _paint_day(self, painter: QPainter, box: QRect, day: date) -> None:
        mark = self.marks.get(day)
        token = "tx3" if day.weekday() >= SATURDAY else "tx"
        if mark:
            token = "dg" if mark.is_off else "ac_tx"
            paint_mark(painter, box, is_off=mark.is_off)
        painter.setFont(font(12, bold=mark is not None))
        painter.setPen(colour(token))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(day.day))


class MarkKey(QWidget):
    """Says beside a calendar what its marks mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("填色为放假，带框为调休上班")
        self.setFixedSize(200, LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for left, is_off, word in ((0, True, "放假"), (84, False, "调休上班")):
            paint_mark(painter, QRect(left, 0, CELL, LINE), is_off=is_off)
            painter.setFont(font(12))
            painter.setPen(colour("tx2"))
            painter.drawText(QRect(left + CELL + 6, 0, 90, LINE), side, word)


def paint_mark(painter: QPainter, box: QRect, *, is_off: bool) -> None:
    """Paint the ground of a day off (filled) or of a make-up working day (outlined)."""
    painter.setPen(Qt.PenStyle.NoPen if is_off else colour("ac_tx"))
    painter.setBrush(colour("dg_bg") if is_off else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
