"""Choosing what of a workbook is read: which of its sheets, and whether what is hidden in them comes along."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from db.exchange.importing import Examined
from gui.widgets.basics import label, row


class SheetChoice(QWidget):
    """A list of the sheets, first all of them with the same columns; a box for hidden rows and sheets if there are."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = QComboBox()
        self.sheet.setObjectName("sheet")
        self.sheet.setAccessibleName("工作表")
        self.sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.hidden = QCheckBox("连同隐藏的内容")
        self.hidden.setObjectName("hidden")
        self.hidden.setToolTip("把隐藏的工作表、隐藏或筛选掉的行一起读入")
        self.hidden.hide()
        self.setLayout(row(self.hidden, label("工作表", "second"), self.sheet))
        self.sheet.activated.connect(self.chosen)
        self.hidden.clicked.connect(self.chosen)

    def name(self) -> str:
        """Return the sheet to read; nothing for all that have the same columns."""
        return str(self.sheet.currentData() or "")

    def with_hidden(self) -> bool:
        """Say whether what is hidden is to be read."""
        return self.hidden.isChecked()

    def show_read(self, examined: Examined) -> None:
        """Offer the sheets of a workbook that was read."""
        hidden = {grid.sheet for grid in examined.book.grids if grid.is_hidden}
        wanted = self.name()
        if (
            len(examined.book.grids) > 1 or not self.sheet.count()
        ):  # a sheet alone does not tell of the others
            self.sheet.clear()
            if len(examined.sheets) > 1:
                self.sheet.addItem(f"列名相同的 {len(examined.sheets)} 张：{'、'.join(examined.sheets)}", "")
            for name in examined.book.sheets:
                self.sheet.addItem(f"{name}（隐藏）" if name in hidden else name, name)
            wanted = wanted or ("" if len(examined.sheets) > 1 else examined.sheets[0])
        self.sheet.setCurrentIndex(max(self.sheet.findData(wanted), 0))
        rows_hidden = any(grid.hidden_rows for grid in examined.book.grids)
        self.hidden.setVisible(bool(rows_hidden or hidden) or self.hidden.isChecked())
