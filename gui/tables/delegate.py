"""Paints every kind of cell: one look for all tables, no widgets in cells."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.look.icons import pixmap
from gui.look.theme import colour, font, tokens
from gui.tables.cells import Badge, Bar, Cell, Chips, Dot, Heat, Number, Text
from gui.tables.keyed_model import CELL

Index = QModelIndex | QPersistentModelIndex
PAD = 8
FIRST_PAD = 24


class Brush:
    """A painter with the few shapes that cells are made of."""

    def __init__(self, painter: QPainter, size: int, ratio: float, *, selected: bool) -> None:
        self.painter, self.ratio, self.selected = painter, ratio, selected
        self.body, self.caption = size, max(12, size - 1)

    def text(
        self, rect: QRect, words: str, token: str, size: int, *, bold: bool = False, right: bool = False
    ) -> int:
        """Write elided ``words`` and return their width."""
        face = font(size, bold=bold)
        metrics = QFontMetrics(face)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.setFont(face)
        self.painter.setPen(colour("tx2" if self.selected and token == "tx3" else token))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown)

    def box(self, rect: QRect, fill: str, edge: str = "", radius: int = 4) -> None:
        """Fill a rounded box, with a border if ``edge`` names a colour."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setBrush(colour(fill))
        self.painter.setPen(QPen(colour(edge), 1) if edge else Qt.PenStyle.NoPen)
        self.painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def icon(self, x: int, middle: int, name: str, token: str, size: int = 13) -> int:
        """Draw an icon and return the space it took."""
        self.painter.drawPixmap(x, middle - size // 2, pixmap(name, token, size, self.ratio))
        return size + 5

    def badge(self, rect: QRect, badge: Badge) -> int:
        """Draw a bordered word with its icon, and return its width."""
        metrics = QFontMetrics(font(self.caption))
        space = 18 if badge.icon else 0
        width = min(metrics.horizontalAdvance(badge.text) + space + 13, rect.width())
        shape = QRect(rect.left(), rect.center().y() - 10, width, 21)
        text, fill, edge = _BADGES[badge.kind]
        self.box(shape, fill, edge)
        x = shape.left() + 6
        if badge.icon:
            x += self.icon(x, shape.center().y(), badge.icon, text)
        self.text(
            QRect(x, shape.top(), shape.right() - x - 4, shape.height()), badge.text, text, self.caption
        )
        return width

    def chips(self, rect: QRect, words: tuple[str, ...]) -> None:
        """Draw at most two chips, then +n."""
        metrics, x = QFontMetrics(font(self.caption)), rect.left()
        for at, word in enumerate(words[:2]):
            width = metrics.horizontalAdvance(word) + 13
            if x + width > rect.right() and at:
                self.text(QRect(x, rect.top(), 30, rect.height()), f"+{len(words) - at}", "tx2", self.caption)
                return
            shape = QRect(x, rect.center().y() - 10, min(width, rect.right() - x), 21)
            self.box(shape, "bg_surface" if self.selected else "chip")
            self.text(shape.adjusted(6, 0, -4, 0), word, "chip_tx", self.caption)
            x += width + 5
        if len(words) > 2:  # noqa: PLR2004 - two are shown
            self.text(QRect(x, rect.top(), 30, rect.height()), f"+{len(words) - 2}", "tx2", self.caption)

    def bar(self, rect: QRect, bar: Bar) -> None:
        """Draw a load bar with its number."""
        track = QRect(rect.left(), rect.center().y() - 2, 46, 6)
        full = bar.value >= bar.maximum
        self.box(track, "track_sel" if self.selected else "bg_sunken", radius=3)
        if bar.value:
            filled = QRect(track)
            filled.setWidth(max(6, round(track.width() * min(bar.value / max(bar.maximum, 1), 1))))
            self.box(filled, "wn_solid" if full else "bar", radius=3)
        x = track.right() + 9
        x += self.text(QRect(x, rect.top(), rect.right() - x, rect.height()), bar.text, "tx", self.body)
        if bar.word:
            self.text(QRect(x + 4, rect.top(), rect.right() - x, rect.height()), bar.word, "wn", self.caption)

    def heat(self, rect: QRect, heat: Heat) -> None:
        """Draw a number in the middle of a ground that is the darker the more there is."""
        shape = rect.adjusted(0, 3, 0, -2)
        self.box(shape, f"h{heat.step}")
        face = font(self.body)
        self.painter.setFont(face)
        self.painter.setPen(colour(_HEAT_TEXT[heat.step]))
        self.painter.drawText(shape, int(Qt.AlignmentFlag.AlignCenter), f"{heat.value}")

    def dot(self, rect: QRect, dot: Dot) -> None:
        """Draw a dot and its word."""
        middle = rect.center().y()
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour(f"{dot.kind}_solid" if f"{dot.kind}_solid" in tokens() else dot.kind))
        self.painter.drawEllipse(QRectF(rect.left(), middle - 2.5, 6, 6))
        self.text(rect.adjusted(12, 0, 0, 0), dot.text, "tx2", self.body)


_BADGES = {
    "dg": ("dg", "dg_bg", "dg_line"),
    "wn": ("wn", "wn_bg", "wn_line"),
    "ok": ("ok", "ok_bg", "ok_line"),
    "ac": ("ac_tx", "ac_tint", "ac_line"),
    "chip": ("chip_tx", "chip", "chip"),
}


_HEAT_TEXT = ("tx2", "tx", "tx", "tx", "h4_tx")


class CellDelegate(QStyledItemDelegate):
    """Paints a row: its ground, the bar of the selection, the line below, and the cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self.parent()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined,unused-ignore]
        hovered = isinstance(table, QTableView) and table.property("hovered") == index.row()
        painter.save()
        rect = option.rect  # type: ignore[attr-defined,unused-ignore]
        self._ground(
            painter, rect, table, selected=selected, hovered=hovered, first=self._is_first(table, index)
        )
        cell = index.data(CELL)
        if cell is not None:
            brush = Brush(
                painter,
                QApplication.font().pixelSize(),
                painter.device().devicePixelRatioF(),
                selected=selected,
            )
            left = FIRST_PAD if self._is_first(table, index) else PAD
            if left == FIRST_PAD and isinstance(cell, Text) and cell.text.startswith("（"):
                left -= 6  # the bracket carries its own blank
            draw(brush, rect.adjusted(left, 0, -PAD, -1), cell)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 36)

    @staticmethod
    def _is_first(table: object, index: Index) -> bool:
        return isinstance(table, QTableView) and table.horizontalHeader().visualIndex(index.column()) == 0

    @staticmethod
    def _ground(
        painter: QPainter, rect: QRect, table: object, *, selected: bool, hovered: bool, first: bool
    ) -> None:
        focused = isinstance(table, QWidget) and table.hasFocus()
        if selected:
            painter.fillRect(rect, colour("bg_selected" if focused else "bg_hover"))
        elif hovered:
            painter.fillRect(rect, colour("bg_hover"))
        painter.setPen(colour("line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and first:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("ac_tx"))


def draw(brush: Brush, rect: QRect, cell: Cell) -> None:
    """Draw a cell into ``rect``."""
    match cell:
        case Text(text="") | Number(value=None) | Chips(words=()):
            brush.text(rect, "—", "tx3", brush.body, right=isinstance(cell, Number))
        case Text():
            left = brush.icon(rect.left(), rect.center().y(), cell.icon, cell.token, 14) if cell.icon else 0
            brush.text(rect.adjusted(left, 0, 0, 0), cell.text, cell.token, brush.body, bold=cell.bold)
        case Number():
            brush.text(rect, f"{cell.value}", "tx", brush.body, right=True)
        case Chips():
            brush.chips(rect, cell.words)
        case Badge():
            brush.badge(rect, cell)
        case Heat():
            brush.heat(rect, cell)
        case Dot():
            brush.dot(rect, cell)
        case Bar():
            brush.bar(rect, cell)
