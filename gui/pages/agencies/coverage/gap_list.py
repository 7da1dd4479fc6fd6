"""The list of gaps: which agency falls short, by how much, what helps best, and the link that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.look.theme import colour, font
from gui.tables.cells import Badge
from gui.tables.delegate import Brush

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole + 4
SIDE, TOP, FIRST, LINE, BADGE = 20, 10, 24, 18, 24  # pixels: margins, heights of the lines
MOST_LINES = 3
NOWHERE = QModelIndex()
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class GapItem:
    """One gap: the agency, the badge for what is missing, the remedy in a sentence, and the verb of the link."""

    key: int
    name: str
    badge: Badge
    sentence: str
    action: str
    tip: str = ""


class GapModel(QAbstractListModel):
    """Holds the gaps in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: tuple[GapItem, ...] = ()

    def set_items(self, items: Sequence[GapItem]) -> None:
        """Show these gaps instead of the present ones."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        words = f"{item.name} {item.badge.text}：{item.sentence}"
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{words}。回车：{item.action}"
        return (item.tip or words) if role == Qt.ItemDataRole.ToolTipRole else None


class GapList(QListView):
    """Shows the gaps; ↑ ↓ move, Enter or a click on the link acts, a double click opens the agency."""

    acted = Signal(int)  # the agency's key
    opened = Signal(int)
    current_changed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName("缺口与建议")
        self.setProperty("pane", "subtle")
        self.gaps = GapModel(self)
        self.setModel(self.gaps)
        self.setItemDelegate(_GapDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._is_following = False
        self._is_second_click = False
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double_click)

    def show_gaps(self, items: Sequence[GapItem]) -> None:
        """Show these gaps; the chosen one stays chosen, or what has come into its place is."""
        key, row, top = self.current_key(), self.currentIndex().row(), self.verticalScrollBar().value()
        self.gaps.set_items(items)
        self.doItemsLayout()
        if key is not None and not self.follow(key) and items and row >= 0:
            self.follow(items[min(row, len(items) - 1)].key)
        self.verticalScrollBar().setValue(top)

    def current_key(self) -> int | None:
        """Return whose gap is chosen."""
        row = self.currentIndex().row()
        return self.gaps.items[row].key if 0 <= row < len(self.gaps.items) else None

    def follow(self, key: int | None) -> bool:
        """Choose the gap of this agency without telling; say whether it has one."""
        row = next((at for at, item in enumerate(self.gaps.items) if item.key == key), None)
        self._is_following = True
        if row is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self.gaps.index(row))
            self.scrollTo(self.gaps.index(row))
        self._is_following = False
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and key is not None:
            self.acted.emit(key)
        elif event.key() == Qt.Key.Key_F2 and key is not None:
            self.opened.emit(key)
        elif key is None and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.gaps.items:
            self.setCurrentIndex(self.gaps.index(0))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._is_second_click = True
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not (
            index.isValid() and action_rect(self.visualRect(index), index.data(ITEM).action).contains(at)
        ):
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._is_second_click:  # the first one has acted already; two forms of the same would open
            self._is_second_click = False
            return
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            item = index.data(ITEM)
            if action_rect(self.visualRect(index), item.action).contains(at):
                self.acted.emit(item.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        on_link = index.isValid() and action_rect(self.visualRect(index), index.data(ITEM).action).contains(
            at
        )
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if on_link else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().update()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()  # sentences wrap otherwise now

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_following and now.isValid():
            self.current_changed.emit(now.data(ITEM).key)

    def _on_double_click(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ITEM).key)


def action_rect(row: QRect, action: str) -> QRect:
    """Return where the link of a row is drawn and clicked."""
    width = QFontMetrics(font(QApplication.font().pixelSize(), bold=True)).horizontalAdvance(action) + 20
    return QRect(row.right() - SIDE - width + 10, row.top() + TOP - 2, width, 26)


class _GapDelegate(QStyledItemDelegate):
    """Paints a gap: name, badge and link in the first line, the remedy below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()  # type: ignore[attr-defined,unused-ignore]
        item, body = index.data(ITEM), QApplication.font().pixelSize()
        height = 2 * TOP + FIRST + LINE * lines_of(item.sentence, width, body)
        return QSize(width, height + (0 if fits(item, width, body) else BADGE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, rect, view = index.data(ITEM), option.rect, self.parent()  # type: ignore[attr-defined,unused-ignore]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined,unused-ignore]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined,unused-ignore]
        focused = isinstance(view, QWidget) and view.hasFocus()
        painter.save()
        if selected:
            painter.fillRect(rect, colour("bg_selected" if focused else "bg_hover"))
        elif hovered:
            painter.fillRect(rect, colour("bg_hover"))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("ac_tx"))
        brush = Brush(
            painter, QApplication.font().pixelSize(), painter.device().devicePixelRatioF(), selected=selected
        )
        link = action_rect(rect, item.action)
        if selected:
            brush.box(link, "bg_surface", "ac_tx", 6)
        brush.text(link.adjusted(10, 0, 0, 0), item.action, "ac_tx", brush.body, bold=selected)
        left, top = rect.left() + SIDE, rect.top() + TOP
        room = QRect(left, top, link.left() - left - 4, FIRST)
        x = left + brush.text(room, item.name, "tx", brush.body, bold=True) + 8
        if fits(item, rect.width(), brush.body):
            brush.badge(QRect(x, top, link.left() - x, FIRST), item.badge)
            top += FIRST
        else:
            brush.badge(QRect(left, top + FIRST, rect.width() - 2 * SIDE, FIRST), item.badge)
            top += FIRST + BADGE
        painter.setFont(font(brush.caption))
        painter.setPen(colour("tx2"))
        lines = lines_of(item.sentence, rect.width(), brush.body)
        below = QRect(left, top + 2, rect.width() - 2 * SIDE, LINE * lines)
        painter.drawText(below, _WRAPPED, item.sentence)
        painter.restore()


# A big district has a thousand gaps, and the list is laid out anew for every day: what was measured is kept.


@lru_cache(maxsize=4096)
def lines_of(words: str, width: int, body: int) -> int:
    """Return in how many lines a sentence stands in a list of this width."""
    metrics = QFontMetrics(font(max(12, body - 1)))
    around = metrics.boundingRect(QRect(0, 0, width - 2 * SIDE, 400), _WRAPPED, words)
    return min(max(round(around.height() / metrics.lineSpacing()), 1), MOST_LINES)


def fits(item: GapItem, width: int, body: int) -> bool:
    """Say whether name, badge and link stand in one line."""
    words = (item.name, item.badge.text, item.action)
    name, badge, link = (
        _length(one, size, bold) for one, size, bold in zip(words, (body, body - 1, body), _BOLD, strict=True)
    )
    return SIDE + name + 8 + badge + 31 + 4 + link + 20 + SIDE - 10 <= width


@lru_cache(maxsize=4096)
def _length(words: str, size: int, bold: bool) -> int:
    return QFontMetrics(font(max(12, size), bold=bold)).horizontalAdvance(words)


_BOLD = (True, False, True)  # name, badge, link
