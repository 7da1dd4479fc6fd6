"""A grid that is filled as in Excel: typing, pasting a block, filling down, with what is wrong said at each cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.look.icons import icon
from gui.look.theme import colour
from gui.widgets.pickers import Picker

Offer = tuple[str, object, Iterable[str]]
Index = QModelIndex | QPersistentModelIndex
BLANK_LINES = 8  # lines that wait at the beginning
MOST_LINES = 5_000
NARROWEST = 64  # pixels of a column: a head of four characters
ROW_HEIGHT = 32
LOOKS = {"error": ("circle-alert", "dg", "dg_bg"), "warning": ("triangle-alert", "wn", "wn_bg")}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: its key, its title, its width in pixels; ``flex`` takes the room that is left."""

    key: str
    title: str
    width: int
    flex: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a cell: ``severity`` is error or warning."""

    severity: str
    text: str


class _Delegate(QStyledItemDelegate):
    """Opens a field for a cell, with a list that narrows where the column has words on offer."""

    def __init__(self, grid: "SheetGrid") -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        offers = self._grid.offers_of(index.column())
        if not offers:
            field = QLineEdit(parent)
            field.setFrame(False)
            return field
        picker = Picker(free=True, parent=parent)
        picker.set_items(offers)
        return picker

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data() or "")
        if isinstance(editor, Picker):
            editor.setEditText(text)
            if entry := editor.lineEdit():
                entry.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = editor.currentText() if isinstance(editor, Picker) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        model.setData(index, text.strip())


class SheetGrid(QTableWidget):
    """Lines of words; ``changed`` is told once for whatever changed at once."""

    changed = Signal()

    def __init__(self, columns: Sequence[GridColumn], name: str, title: str) -> None:
        super().__init__(0, len(columns))
        self.columns = tuple(columns)
        self._offers: dict[int, list[Offer]] = {}
        self._is_filling = False
        self._begun: set[tuple[str, ...]] = set()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setHorizontalHeaderLabels([one.title for one in columns])
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setProperty("grid", True)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST)
        for at, one in enumerate(columns):
            self.setColumnWidth(at, one.width)
            if one.flex:
                header.setSectionResizeMode(at, header.ResizeMode.Stretch)
        self._add_lines(BLANK_LINES)
        self.setCurrentCell(0, 0)
        self.itemChanged.connect(self._on_item_changed)

    # -- values ----------------------------------------------------------------------------

    def set_offers(self, key: str, offers: Iterable[Offer]) -> None:
        """Offer words in a column: (text, value, search keys)."""
        self._offers[self._at(key)] = list(offers)

    def offers_of(self, column: int) -> list[Offer]:
        """Return what a column offers."""
        return self._offers.get(column, [])

    def lines(self) -> list[tuple[int, tuple[str, ...]]]:
        """Return the lines in which anything is written, each with its number from 0."""
        found = []
        for at in range(self.rowCount()):
            texts = tuple(self._text(at, column) for column in range(self.columnCount()))
            if any(texts) and texts not in self._begun:
                found.append((at, texts))
        return found

    def begin_with(self, lines: Sequence[Sequence[str]]) -> None:
        """Write the beginnings of lines; each counts as written only once more stands in it."""
        width = self.columnCount()
        begun = [tuple([*line, *[""] * width][:width]) for line in lines]
        self._begun = set(begun)
        self._fill(0, 0, begun)
        self.setCurrentCell(0, next((at for at, text in enumerate(begun[0]) if not text), 0))

    def set_lines(self, lines: Iterable[Sequence[str]]) -> None:
        """Write these lines from the top."""
        self._fill(0, 0, [list(line) for line in lines])

    def paste_text(self, text: str) -> int:
        """Write a block of cells from the current one on; return how many lines it had.

        A first line that repeats the titles of the columns is left out.
        """
        block = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        titles = {one.title for one in self.columns}
        if sum(cell.strip() in titles for cell in block[0]) > 1:
            block = block[1:]
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        self._fill(top, left, block[:MOST_LINES])
        return len(block)

    def remove_line(self) -> None:
        """Take the lines of the selection away."""
        rows = sorted({index.row() for index in self.selectedIndexes()} or {self.currentRow()}, reverse=True)
        self._is_filling = True
        for at in rows:
            self.removeRow(at)
        self._is_filling = False
        if self.rowCount() < BLANK_LINES:
            self._add_lines(BLANK_LINES - self.rowCount())
        self.changed.emit()

    def fill_down(self) -> None:
        """Copy the cell above into each cell of the selection that has one."""
        self._is_filling = True
        for index in sorted(self.selectedIndexes(), key=lambda i: i.row()):
            if index.row() > 0:
                self._write(index.row(), index.column(), self._text(index.row() - 1, index.column()))
        self._is_filling = False
        self.changed.emit()

    # -- problems --------------------------------------------------------------------------

    def mark(self, said: Mapping[tuple[int, str], Said]) -> None:
        """Show problems by (line, column's key); other cells are shown as right."""
        self._is_filling = True
        for at in range(self.rowCount()):
            for place, one in enumerate(self.columns):
                item = self.item(at, place)
                problem = said.get((at, one.key))
                if item is None and problem is None:
                    continue
                item = item or self._write(at, place, "")
                name, token, back = LOOKS[problem.severity] if problem else ("", "tx", "")
                item.setIcon(icon(name, token, 14) if name else QIcon())
                item.setData(Qt.ItemDataRole.BackgroundRole, colour(back) if back else None)
                item.setToolTip(problem.text if problem else "")
        self._is_filling = False

    def go_to(self, line: int, key: str) -> None:
        """Go to a cell."""
        self.setCurrentCell(line, self._at(key))
        self.setFocus()

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the field has let it pass; its own end comes by itself
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_text(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.remove_line()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._clear()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._next_line()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """After Enter go on to the right, as one fills a line."""
        super().closeEditor(editor, hint)
        if hint == QStyledItemDelegate.EndEditHint.SubmitModelCache:
            self._next_cell()

    def finish_editing(self) -> None:
        """Take over what is being typed."""
        if self.state() == QAbstractItemView.State.EditingState and (editor := self._open_editor()):
            self.commitData(editor)
            super().closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _open_editor(self) -> QWidget | None:
        return self.indexWidget(self.currentIndex()) or next(
            (w for w in self.viewport().findChildren(QWidget) if isinstance(w, Picker | QLineEdit)), None
        )

    def _next_cell(self) -> None:
        at, place = self.currentRow(), self.currentColumn()
        if place + 1 < self.columnCount():
            self.setCurrentCell(at, place + 1)
        else:
            self._next_line()

    def _next_line(self) -> None:
        if self.currentRow() + 1 >= self.rowCount():
            self._add_lines(1)
        self.setCurrentCell(self.currentRow() + 1, 0)

    def _copy(self) -> None:
        indexes = self.selectedIndexes()
        if not indexes:
            return
        rows = sorted({i.row() for i in indexes})
        places = sorted({i.column() for i in indexes})
        QGuiApplication.clipboard().setText(
            "\n".join("\t".join(self._text(at, place) for place in places) for at in rows)
        )

    def _clear(self) -> None:
        self._is_filling = True
        for index in self.selectedIndexes():
            self._write(index.row(), index.column(), "")
        self._is_filling = False
        self.changed.emit()

    # -- writing ---------------------------------------------------------------------------

    def _fill(self, top: int, left: int, block: Sequence[Sequence[str]]) -> None:
        self._is_filling = True
        missing = top + len(block) + 1 - self.rowCount()
        if missing > 0:
            self._add_lines(missing)
        for down, line in enumerate(block):
            for right, text in enumerate(line):
                if left + right < self.columnCount():
                    self._write(top + down, left + right, text.strip().strip('"').replace("\n", " "))
        self._is_filling = False
        self.changed.emit()

    def _add_lines(self, count: int) -> None:
        self.setRowCount(self.rowCount() + count)

    def _write(self, at: int, place: int, text: str) -> QTableWidgetItem:
        item = self.item(at, place)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(at, place, item)
        item.setText(text)
        return item

    def _text(self, at: int, place: int) -> str:
        item = self.item(at, place)
        return item.text().strip() if item is not None else ""

    def _at(self, key: str) -> int:
        return next(at for at, one in enumerate(self.columns) if one.key == key)

    def _on_item_changed(self, _item: QTableWidgetItem) -> None:
        if not self._is_filling:
            self.changed.emit()
