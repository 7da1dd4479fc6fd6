"""A table that shows person by person what an act would do, before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from db.errors import Problem, Severity
from gui.look.icons import icon
from gui.look.theme import colour

LOOKS = {
    Severity.ERROR: ("circle-alert", "dg"),
    Severity.WARNING: ("triangle-alert", "wn"),
    Severity.NOTE: ("info", "tx2"),
}
ROW, HEAD, MOST = 34, 33, 6  # heights in pixels, and how many rows show before one scrolls
PreviewRow = tuple[tuple[str, ...], Problem | None]


def preview_table(name: str, heads: Sequence[str], widths: Sequence[int]) -> QTableWidget:
    """Return an empty table with these columns; the last one takes the room that is left."""
    table = QTableWidget(0, len(heads))
    table.setObjectName(name)
    table.setAccessibleName("办理前核对")
    dress_table(table, heads, widths)
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.setTabKeyNavigation(False)
    return table


def table_height(rows: int) -> int:
    """Return the height that shows this many rows, within what a small screen has."""
    return HEAD + ROW * max(2, min(rows, MOST))


def dress_table(table: QTableWidget, heads: Sequence[str], widths: Sequence[int]) -> None:
    """Give a plain table its columns and its look."""
    table.setHorizontalHeaderLabels(list(heads))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setHighlightSections(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(38)
    table.setShowGrid(False)
    table.setProperty("plain", True)
    table.setWordWrap(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    for at, width in enumerate(widths):
        table.setColumnWidth(at, width)


def fill_preview(table: QTableWidget, rows: Sequence[PreviewRow]) -> None:
    """Show these rows; the last cell carries the icon and colour of what there is to say about the row."""
    table.setRowCount(len(rows))
    for at, (texts, problem) in enumerate(rows):
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(at, place, item)
        last = table.item(at, len(texts) - 1)
        name, token = LOOKS[problem.severity] if problem else ("check", "ok")
        if last is not None:
            last.setIcon(icon(name, token, 14))
            last.setForeground(colour(token))
