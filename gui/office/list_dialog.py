"""A plain list to look at, with one button to close it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.widgets.basics import button, column, label, row
from gui.widgets.scrolling import fit


class ListDialog(QDialog):
    """A plain list to look at."""

    def __init__(self, title: str, heads: tuple[str, ...], rows: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.table = plain_table("list", heads)
        self.close_button = button("关闭", "close", "primary")
        self.close_button.clicked.connect(self.accept)
        self.foot = row(None, self.close_button, margins=(16, 12, 16, 12))
        self.note = label("", "second")
        self.setLayout(column(self.table, row(self.note, margins=(16, 6, 16, 0)), self.foot, spacing=0))
        fit(self, QSize(680, 500))
        self.show_rows(rows)

    def show_rows(self, rows: Any) -> None:
        """Show these rows."""
        lines = list(rows)
        fill(self.table, lines)
        self.note.setVisible(not lines)
        self.note.setText("没有记录")


def plain_table(name: str, heads: Sequence[str]) -> QTableWidget:
    """Return a table of texts that is only looked at, row by row."""
    table = QTableWidget(0, len(heads))
    table.setObjectName(name)
    table.setProperty("plain", True)
    table.setHorizontalHeaderLabels(list(heads))
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    return table


def fill(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    """Show these lines in a plain table."""
    table.setRowCount(len(lines))
    for at, cells in enumerate(lines):
        for place, text in enumerate(cells):
            table.setItem(at, place, QTableWidgetItem(f" {text} "))
