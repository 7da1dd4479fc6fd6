"""A table model that knows all keys and fetches rows only as they come into view; holds no session."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.tables.cells import Column, plain

BLOCK = 128
CELL = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
NOWHERE = QModelIndex()


class KeyedModel(QAbstractTableModel, Generic[R]):
    """Shows rows of ``R``, fetched in blocks by ``fetch``."""

    sort_asked = Signal(str, bool)  # column key, descending

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch: Callable[[Sequence[int]], dict[int, R]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._keys: list[int] = []
        self._rows: dict[int, R] = {}

    @property
    def keys(self) -> list[int]:
        """The keys shown, in order."""
        return self._keys

    def set_keys(self, keys: Iterable[int]) -> None:
        """Show these keys instead of the present ones."""
        self.beginResetModel()
        self._keys, self._rows = list(keys), {}
        self.endResetModel()

    def row_of(self, key: int) -> int | None:
        """Return the row that shows ``key``, if any."""
        return self._keys.index(key) if key in self._keys else None

    def row(self, number: int) -> R | None:
        """Return what row ``number`` shows; ``None`` if it has vanished meanwhile."""
        key = self._keys[number]
        if key not in self._rows:
            start = number - number % BLOCK
            wanted = [k for k in self._keys[start : start + BLOCK] if k not in self._rows]
            self._rows.update(self._fetch(wanted))
        return self._rows.get(key)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {
            CELL,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        row = self.row(index.row())
        if row is None:
            return None if role == CELL else ""
        column = self.columns[index.column()]
        cell = column.cell(row)
        if role == CELL:
            return cell
        return (column.tip(row) or None) if role == Qt.ItemDataRole.ToolTipRole else plain(cell)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            column = self.columns[section]
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignHCenter if column.centred else side
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sorts:
            self.sort_asked.emit(self.columns[column].key, order is Qt.SortOrder.DescendingOrder)
