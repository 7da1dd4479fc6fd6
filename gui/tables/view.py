"""The table that every list page uses: keyed selection, hover, copy, column chooser."""

import json
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import BODY
from gui.tables.delegate import CellDelegate
from gui.tables.keyed_model import KeyedModel
from gui.widgets.basics import button, label
from gui.widgets.scrolling import BAR

FEWEST = 3  # rows that a table shows, however low the window
DEBOUNCE = 150  # milliseconds until the panel follows the selection


class KeyedTable(QTableView):
    """Shows a ``KeyedModel``; the selection is kept by key when the keys change."""

    opened = Signal(int)
    current_changed = Signal(object)  # key or None, 150 ms after the selection came to rest
    clear_asked = Signal()

    def __init__(self, model: KeyedModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.rows = model
        self.empty_text = label("", "second")
        self.empty_button = button("清除筛选", f"{name}_clear", "link")
        self._filtered = False
        self._sorted = ("", False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._build(model)
        self._connect()

    def minimumSizeHint(self) -> QSize:
        """Head, a few rows and a scroll bar: what stands above gives way first, or the page scrolls."""
        head, rows = self.horizontalHeader().sizeHint().height(), self.verticalHeader().defaultSectionSize()
        return QSize(super().minimumSizeHint().width(), head + FEWEST * rows + BAR)

    def set_keys(self, keys: list[int]) -> None:
        """Show other keys; who was selected stays selected if still there, else the nearest row."""
        key, row = self.current_key(), self.currentIndex().row()
        horizontal = self.horizontalScrollBar().value()
        self.rows.set_keys(keys)
        again = self.rows.row_of(key) if key is not None else None
        if again is None and keys:
            again = min(max(row, 0), len(keys) - 1)
        if again is not None:
            self._select(again)
        self.horizontalScrollBar().setValue(horizontal)
        self._show_empty()
        self._timer.start()

    def current_key(self) -> int | None:
        """Return the key of the current row."""
        row = self.currentIndex().row()
        return self.rows.keys[row] if 0 <= row < len(self.rows.keys) else None

    def selected_keys(self) -> list[int]:
        """Return the keys of all selected rows, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows.keys[row] for row in rows]

    def show_key(self, key: int) -> bool:
        """Select the row with this key and bring it into view; say whether it is there."""
        row = self.rows.row_of(key)
        if row is None:
            return False
        self._select(row)
        self.scrollTo(self.rows.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._timer.start()
        return True

    def set_empty(self, text: str, *, filtered: bool) -> None:
        """Say what to show when there is no row."""
        self.empty_text.setText(text)
        self._filtered = filtered
        self._show_empty()

    def column_state(self) -> str:
        """Return which columns are shown, how wide and in which order, for the preferences."""
        header = self.horizontalHeader()
        columns = self.rows.columns
        order = sorted(range(len(columns)), key=header.visualIndex)
        shown = [
            {"key": columns[at].key, "width": header.sectionSize(at), "hidden": header.isSectionHidden(at)}
            for at in order
        ]
        return json.dumps(shown)

    def restore_columns(self, state: str) -> None:
        """Show the columns as they were; what is not understood is passed over."""
        try:
            wanted = [(str(c["key"]), int(c["width"]), bool(c["hidden"])) for c in json.loads(state)]
        except (ValueError, TypeError, KeyError):
            return
        at_of = {column.key: at for at, column in enumerate(self.rows.columns)}
        header = self.horizontalHeader()
        for place, (key, width, hidden) in enumerate(w for w in wanted if w[0] in at_of):
            at = at_of[key]
            header.moveSection(header.visualIndex(at), place)
            self.setColumnHidden(at, hidden)
            if width > 0:
                self.setColumnWidth(at, width)

    def reset_columns(self) -> None:
        """Show the columns as the program has them."""
        header = self.horizontalHeader()
        scale = QApplication.font().pixelSize() / BODY  # 大字号 needs more room
        for at, column in enumerate(self.rows.columns):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnHidden(at, column.hidden)
            self.setColumnWidth(at, round(column.width * scale) + (16 if at == 0 else 0))
        self.fit()

    def column_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, column in enumerate(self.rows.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.setData(at)
            action.setEnabled(at > 0)
        menu.addSeparator()
        menu.addAction("恢复默认列").triggered.connect(self.reset_columns)
        menu.triggered.connect(self._on_column)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and not event.modifiers():
            if (key := self.current_key()) is not None:
                self.opened.emit(key)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            event.ignore()  # the page shows or hides its panel
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a block that Excel takes."""
        header = self.horizontalHeader()
        shown = sorted(
            (c for c in range(self.rows.columnCount()) if not self.isColumnHidden(c)), key=header.visualIndex
        )
        lines = [
            "\t".join(
                str(self.rows.index(index.row(), c).data()).replace("\t", " ").replace("\n", " ")
                for c in shown
            )
            for index in sorted(self.selectionModel().selectedRows())
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the room that the others leave among the flexible columns, so that nothing is cut at the right."""
        columns = self.rows.columns
        flexible = [i for i, c in enumerate(columns) if c.flex and not self.isColumnHidden(i)]
        least = sum(columns[i].width for i in flexible)
        taken = sum(self.columnWidth(i) for i in range(len(columns)) if i not in flexible)
        spare = max(self.viewport().width() - taken - least, 0)
        for i in flexible:
            self.setColumnWidth(i, columns[i].width + spare * columns[i].width // least)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _build(self, model: KeyedModel[Any]) -> None:
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        self.verticalHeader().setMinimumSectionSize(24)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        self.reset_columns()
        layout = QVBoxLayout(self.viewport())
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.empty_text, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.empty_button, alignment=Qt.AlignmentFlag.AlignHCenter)

    def _connect(self) -> None:
        self.doubleClicked.connect(self._on_double_click)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self._timer.timeout.connect(self._tell_current)
        self.empty_button.clicked.connect(self.clear_asked)
        header = self.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sortIndicatorChanged.connect(self._on_sort)

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted, without asking for it again."""
        self._sorted = (key, descending)
        header = self.horizontalHeader()
        header.blockSignals(True)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        at = next((i for i, c in enumerate(self.rows.columns) if c.key == key), -1)
        header.setSortIndicator(at, order)
        header.blockSignals(False)

    def _on_sort(self, at: int, order: Qt.SortOrder) -> None:
        """Sort, or show again the old order where a column cannot be sorted by."""
        if self.rows.columns[at].sorts:
            self._sorted = (self.rows.columns[at].key, order is Qt.SortOrder.DescendingOrder)
            self.rows.sort(at, order)
        else:
            self.show_sort(self._sorted[0], descending=self._sorted[1])

    def _select(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(row, 0), flags)

    def _hover(self, row: int) -> None:
        if self.property("hovered") != row:
            self.setProperty("hovered", row)
            self.viewport().update()

    def _on_double_click(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.keys[index.row()])

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._timer.start()

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_key())

    def _on_header_menu(self, at: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _on_column(self, action: QAction) -> None:
        if isinstance(action.data(), int):
            self.setColumnHidden(action.data(), not action.isChecked())
            self.fit()

    def _show_empty(self) -> None:
        is_empty = not self.rows.keys
        self.empty_text.setVisible(is_empty)
        self.empty_button.setVisible(is_empty and self._filtered)
