"""The list of things to do: groups by date, two lines each, the action at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.look.icons import pixmap
from gui.look.theme import colour, font
from gui.tables.cells import Cell
from gui.tables.delegate import Brush, draw

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole + 3
DUE, ACTION = 218, 96  # widths at the right


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do; ``due`` is a badge or dot, ``date`` stands below it, ``action`` is what Enter does."""

    id: str
    icon: str
    word: str
    title: str
    caption: str
    due: Cell
    date: str
    action: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things due in the same stretch of time."""

    title: str
    note: str
    items: tuple[Item, ...]


class TodoList(QListView):
    """Shows groups of items; a group folds when its head is clicked."""

    acted = Signal(str)  # the item's id

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName("待办")
        self._items = QStandardItemModel(self)
        self._groups: tuple[Group, ...] = ()
        self.folded: set[str] = {"以后"}
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups; who was selected stays selected."""
        kept = self.current_id()
        self._groups = tuple(groups)
        self._items.clear()
        for group in self._groups:
            head = QStandardItem(f"{group.title} {len(group.items)} 件")
            head.setData(group, ROLE)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._items.appendRow(head)
            for item in () if group.title in self.folded else group.items:
                line = QStandardItem(f"{item.word} {item.title} {item.caption}")
                line.setData(item, ROLE)
                line.setEditable(False)
                self._items.appendRow(line)
        self._select(kept)

    def current_id(self) -> str:
        """Return the id of the selected item, or nothing."""
        data = self.currentIndex().data(ROLE)
        return data.id if isinstance(data, Item) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id():
            self.acted.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        data = index.data(ROLE)
        if isinstance(data, Group):
            self.folded ^= {data.title}
            self.show_groups(self._groups)
        elif isinstance(data, Item) and event.position().x() > self.viewport().width() - ACTION - 24:
            self.acted.emit(data.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        data = self.indexAt(event.position().toPoint()).data(ROLE)
        if isinstance(data, Item):
            self.acted.emit(data.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on_action = event.position().x() > self.viewport().width() - ACTION - 24
        on_item = isinstance(self.indexAt(event.position().toPoint()).data(ROLE), Item)
        pointing = on_action and on_item
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        )

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return super().viewportEvent(event)

    def _select(self, wanted: str) -> None:
        first = None
        for at in range(self._items.rowCount()):
            index = self._items.index(at, 0)
            data = index.data(ROLE)
            if isinstance(data, Item):
                first = first or index
                if data.id == wanted:
                    self.setCurrentIndex(index)
                    return
        if first is not None:
            self.setCurrentIndex(first)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 34 if isinstance(index.data(ROLE), Group) else 54)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        data, rect = index.data(ROLE), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        brush = Brush(
            painter, QApplication.font().pixelSize(), painter.device().devicePixelRatioF(), selected=selected
        )
        if isinstance(data, Group):
            self._paint_group(brush, rect, data)
        elif isinstance(data, Item):
            self._paint_item(brush, rect, data, hovered=hovered)
        painter.restore()

    def _paint_group(self, brush: Brush, rect: QRect, group: Group) -> None:
        brush.painter.fillRect(rect, colour("bg_subtle"))
        brush.painter.setPen(colour("line"))
        brush.painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = self.parent()
        folded = isinstance(view, TodoList) and group.title in view.folded
        x = rect.left() + 24
        x += brush.icon(x, rect.center().y(), "chevron-right" if folded else "chevron-down", "tx2", 14) + 2
        x += (
            brush.text(QRect(x, rect.top(), 120, rect.height()), group.title, "tx", brush.body, bold=True) + 8
        )
        x += (
            brush.text(QRect(x, rect.top(), 60, rect.height()), str(len(group.items)), "tx2", brush.body) + 12
        )
        brush.text(QRect(x, rect.top(), 300, rect.height()), group.note, "tx2", brush.caption)

    def _paint_item(self, brush: Brush, rect: QRect, item: Item, *, hovered: bool) -> None:
        painter = brush.painter
        if brush.selected or hovered:
            painter.fillRect(rect, colour("bg_selected" if brush.selected else "bg_hover"))
        painter.setPen(colour("line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if brush.selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("ac_tx"))
        middle = rect.center().y()
        token = "ac_tx" if brush.selected else "tx2"
        painter.drawPixmap(rect.left() + 24, middle - 8, pixmap(item.icon, token, 16, brush.ratio))
        brush.text(QRect(rect.left() + 52, rect.top(), 84, rect.height()), item.word, "tx2", brush.body)
        left, right = rect.left() + 140, rect.right() - DUE - 12
        brush.text(QRect(left, rect.top() + 8, right - left, 20), item.title, "tx", brush.body)
        brush.text(QRect(left, rect.top() + 28, right - left, 18), item.caption, "tx2", brush.caption)
        due = QRect(rect.right() - DUE, rect.top() + 6, DUE - ACTION - 18, 22)
        draw(brush, due, item.due)
        brush.text(QRect(due.left(), rect.top() + 29, due.width(), 18), item.date, "tx2", brush.caption)
        self._paint_action(brush, rect, item)

    def _paint_action(self, brush: Brush, rect: QRect, item: Item) -> None:
        face = font(brush.body, bold=brush.selected)
        width = QFontMetrics(face).horizontalAdvance(item.action)
        box = QRect(rect.right() - 24 - width - 12, rect.center().y() - 13, width + 24, 28)
        if brush.selected:
            brush.box(box, "bg_surface", "ac_tx", 6)
        brush.text(box.adjusted(12, 0, 0, 0), item.action, "ac_tx", brush.body, bold=brush.selected)
