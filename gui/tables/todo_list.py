"""The list of things to do: groups by date, two lines each, the action at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
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
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do; ``due`` is a badge or dot, ``date`` stands below it, ``action`` is what Enter does.

    ``tip`` says more on hover and to a screen reader: the article, how the day was counted.
    """

    id: str
    icon: str
    word: str
    title: str
    caption: str
    due: Cell
    date: str
    action: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things due in the same stretch of time; ``more`` are as many again that are not listed."""

    title: str
    note: str
    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """The line below a group that is too long to list."""

    text: str


class TodoList(QListView):
    """Shows groups of items; a group folds by a click on its head, by ← and →."""

    acted = Signal(str)  # the item's id
    finished = Signal(str)  # the item's id: the clerk says that it is done
    menu_asked = Signal(str, QPoint)  # the item's id, and where on the screen

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
        """Show these groups; who was selected stays selected, or else what has come into its place."""
        kept, place = self.current_id(), self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self._groups = tuple(groups)
        self._items.clear()
        for group in self._groups:
            self._add_group(group)
        self._select(kept, place)
        self.verticalScrollBar().setValue(top)

    def current_id(self) -> str:
        """Return the id of the selected item, or nothing."""
        data = self.currentIndex().data(ROLE)
        return data.id if isinstance(data, Item) else ""

    def ids(self) -> list[str]:
        """Return the ids of the items that are shown, in their order."""
        data = (self._items.index(at, 0).data(ROLE) for at in range(self._items.rowCount()))
        return [item.id for item in data if isinstance(item, Item)]

    def choose(self, wanted: str) -> None:
        """Select the item with this id, if it is shown."""
        self._select(wanted, self.currentIndex().row())

    def fold(self, title: str, *, folded: bool) -> None:
        """Fold or unfold a group; the head of a folded one can be selected, so that → unfolds it again."""
        self.folded = self.folded | {title} if folded else self.folded - {title}
        self.show_groups(self._groups)
        for at in range(self._items.rowCount()):
            data = self._items.index(at, 0).data(ROLE)
            if isinstance(data, Group) and data.title == title:
                self.setCurrentIndex(self._items.index(at if folded else at + 1, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        data, key = self.currentIndex().data(ROLE), event.key()
        if key == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.current_id():
                self.finished.emit(self.current_id())
        elif key in _ENTER and isinstance(data, Item):
            self.acted.emit(data.id)
        elif key in {*_ENTER, Qt.Key.Key_Right} and isinstance(data, Group):
            self.fold(data.title, folded=False)
        elif key == Qt.Key.Key_Left and isinstance(data, Item):
            self.fold(self._group_of(self.currentIndex().row()), folded=True)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        data = index.data(ROLE)
        if isinstance(data, Item):
            self.setCurrentIndex(index)
            at = event.globalPos() if by_mouse else self.mapToGlobal(self.visualRect(index).center())
            self.menu_asked.emit(data.id, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        data = self.indexAt(event.position().toPoint()).data(ROLE)
        if isinstance(data, Group):
            self.fold(data.title, folded=data.title not in self.folded)
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

    def _add_group(self, group: Group) -> None:
        is_folded = group.title in self.folded
        head = QStandardItem(f"{group.title} {len(group.items) + group.more} 件")
        head.setData(group, ROLE)
        selectable = Qt.ItemFlag.ItemIsSelectable if is_folded else Qt.ItemFlag.NoItemFlags
        head.setFlags(Qt.ItemFlag.ItemIsEnabled | selectable)
        self._items.appendRow(head)
        if is_folded:
            return
        for item in group.items:
            line = QStandardItem(f"{item.word} {item.title} {item.caption}")
            line.setData(item, ROLE)
            line.setEditable(False)
            if item.tip:
                line.setToolTip(f"<p style='white-space:pre-wrap'>{escape(item.tip)}</p>")
                line.setAccessibleDescription(item.tip)
            self._items.appendRow(line)
        if group.more:
            rest = QStandardItem(f"另有 {group.more} 件")
            rest.setData(Rest(f"另有 {group.more} 件没有列出，办理前面的以后依次出现。"), ROLE)
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            self._items.appendRow(rest)

    def _group_of(self, row: int) -> str:
        heads = (self._items.index(at, 0).data(ROLE) for at in range(row, -1, -1))
        return next(data.title for data in heads if isinstance(data, Group))

    def _select(self, wanted: str, place: int) -> None:
        """Select the item ``wanted``, else the one nearest to the row where it was."""
        items = [
            at
            for at in range(self._items.rowCount())
            if isinstance(self._items.index(at, 0).data(ROLE), Item)
        ]
        if not items:
            return
        same = (at for at in items if self._items.index(at, 0).data(ROLE).id == wanted)
        after = next((at for at in items if at >= place), items[-1])
        self.setCurrentIndex(self._items.index(next(same, after), 0))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 54 if isinstance(index.data(ROLE), Item) else 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        data, rect = index.data(ROLE), option.rect  # type: ignore[attr-defined,unused-ignore]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined,unused-ignore]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined,unused-ignore]
        brush = Brush(
            painter, QApplication.font().pixelSize(), painter.device().devicePixelRatioF(), selected=selected
        )
        if isinstance(data, Group):
            self._paint_group(brush, rect, data)
        elif isinstance(data, Rest):
            brush.text(rect.adjusted(140, 0, -24, 0), data.text, "tx2", brush.caption)
        elif isinstance(data, Item):
            self._paint_item(brush, rect, data, hovered=hovered)
        painter.restore()

    def _paint_group(self, brush: Brush, rect: QRect, group: Group) -> None:
        brush.painter.fillRect(rect, colour("bg_selected" if brush.selected else "bg_subtle"))
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
            brush.text(
                QRect(x, rect.top(), 60, rect.height()), str(len(group.items) + group.more), "tx2", brush.body
            )
            + 12
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
        shift = 6 if item.caption.startswith("（") else 0  # the bracket carries its own blank
        below = QRect(left - shift, rect.top() + 28, right - left + shift, 18)
        brush.text(below, item.caption, "tx2", brush.caption)
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
