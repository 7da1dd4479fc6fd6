"""The list of consultations at the left: by state, two lines each, the date and who, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.look.theme import colour, font
from gui.tables.cells import Badge, Cell, plain
from gui.tables.delegate import Brush, draw

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole + 3
HEAD, ROW, PAD = 30, 55, 20


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group, with how many there are."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """One consultation: its topic, when and how many, and what is due, if anything is."""

    key: int
    title: str
    caption: str
    cell: Cell | None = None
    tip: str = ""


class _Entries(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Head | ListRow] = []

    def set_entries(self, entries: list[Head | ListRow]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ROLE:
            return entry
        if isinstance(entry, Head):
            return f"{entry.title} {entry.count}" if role == Qt.ItemDataRole.DisplayRole else None
        said = f"{entry.title} {entry.caption} {plain(entry.cell) if entry.cell else ''}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.tip
        return said if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_row = index.isValid() and isinstance(self.entries[index.row()], ListRow)
        return Qt.ItemFlag.ItemIsEnabled | (
            Qt.ItemFlag.ItemIsSelectable if is_row else Qt.ItemFlag.NoItemFlags
        )


class ConsultationList(QListView):
    """Shows the groups; keeps the selection by key."""

    current_changed = Signal(object)  # the key, or None
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("consultation_list")
        self.setAccessibleName("会商")
        self.setProperty("pane", "subtle")
        self._model = _Entries(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: int | None = None
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_groups(self, groups: Sequence[tuple[str, Sequence[ListRow]]]) -> None:
        """Show these groups; what was selected stays selected, or else what has come into its place."""
        kept, place = self.current_key(), self.currentIndex().row()
        top = self.verticalScrollBar().value()
        entries: list[Head | ListRow] = []
        for title, rows in groups:
            if rows:
                entries += [Head(title, len(rows)), *rows]
        self.blockSignals(True)
        self._model.set_entries(entries)
        if not (kept is not None and self.show_key(kept)):
            rows_at = [at for at, entry in enumerate(entries) if isinstance(entry, ListRow)]
            if rows_at:
                after = next((at for at in rows_at if at >= place), rows_at[-1])
                self.setCurrentIndex(self._model.index(after, 0))
        self.verticalScrollBar().setValue(top)
        self.blockSignals(False)
        self._tell(self.current_key())

    def show_key(self, key: int) -> bool:
        """Select a consultation, if it is listed."""
        for at, entry in enumerate(self._model.entries):
            if isinstance(entry, ListRow) and entry.key == key:
                self.setCurrentIndex(self._model.index(at, 0))
                self.scrollTo(self._model.index(at, 0))
                return True
        return False

    def current_key(self) -> int | None:
        """Return the key of what is selected."""
        entry = self.currentIndex().data(ROLE)
        return entry.key if isinstance(entry, ListRow) else None

    def keys(self) -> list[int]:
        """Return the keys that are listed, in their order."""
        return [entry.key for entry in self._model.entries if isinstance(entry, ListRow)]

    def texts(self) -> list[str]:
        """Return what is listed, heads and rows, as a screen reader says it."""
        return [str(self._model.index(at, 0).data()) for at in range(self._model.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            if (key := self.current_key()) is not None and not event.modifiers():
                self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry = self.indexAt(event.position().toPoint()).data(ROLE)
        if isinstance(entry, ListRow):
            self.opened.emit(entry.key)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return super().viewportEvent(event)

    def _on_current(self, _new: Index, _old: Index) -> None:
        if not self.signalsBlocked():
            self._tell(self.current_key())

    def _tell(self, key: int | None) -> None:
        """Tell the selection, also when a reading has put another one into its place."""
        self._shown = key
        self.current_changed.emit(key)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW if isinstance(index.data(ROLE), ListRow) else HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        entry, rect = index.data(ROLE), option.rect  # type: ignore[attr-defined,unused-ignore]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined,unused-ignore]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined,unused-ignore]
        brush = Brush(
            painter, QApplication.font().pixelSize(), painter.device().devicePixelRatioF(), selected=selected
        )
        if isinstance(entry, Head):
            self._paint_head(brush, rect, entry)
        elif isinstance(entry, ListRow):
            self._paint_row(brush, rect, entry, hovered=hovered)
        painter.restore()

    def _paint_head(self, brush: Brush, rect: QRect, head: Head) -> None:
        brush.painter.fillRect(rect, colour("bg_window"))
        brush.painter.setPen(colour("line"))
        brush.painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = rect.adjusted(PAD, 0, -PAD, 0)
        width = brush.text(place, head.title, "tx", brush.body, bold=True)
        brush.text(place.adjusted(width + 8, 0, 0, 0), str(head.count), "tx2", brush.body)

    def _paint_row(self, brush: Brush, rect: QRect, entry: ListRow, *, hovered: bool) -> None:
        painter, view = brush.painter, self.parent()
        focused = isinstance(view, QWidget) and view.hasFocus()
        if brush.selected:
            painter.fillRect(rect, colour("bg_selected" if focused else "bg_hover"))
        elif hovered:
            painter.fillRect(rect, colour("bg_hover"))
        painter.setPen(colour("line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if brush.selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("ac_tx"))
        left, right = rect.left() + PAD, rect.right() - 14
        brush.text(QRect(left, rect.top() + 7, right - left, 20), entry.title, "tx", brush.body)
        below = QRect(left, rect.top() + 28, right - left, 20)
        if entry.cell is not None:
            width = _width(brush, entry.cell)
            draw(brush, QRect(right - width, below.top() - 1, width + 2, 22), entry.cell)
            below.setRight(right - width - 8)
        brush.text(below, entry.caption, "tx2", brush.caption)


def _width(brush: Brush, cell: Cell) -> int:
    """Return the room that a badge or dot takes."""
    is_badge = isinstance(cell, Badge)
    words = QFontMetrics(font(brush.caption if is_badge else brush.body)).horizontalAdvance(plain(cell))
    return words + (33 if is_badge else 14)
