"""The section 年度履职: one year's figures as numbers that open the records they count."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from db.performance.queries.figures import Figure, YearRecord
from gui.widgets.basics import button, clear, column, label, row

COLUMNS = 3
ALWAYS = frozenset({"lead", "assist", "closed"})  # shown also when there is none


class YearSection(QWidget):
    """Shows the figures that are not nought; asks for another year, or for what is behind a number."""

    year_changed = Signal(int)
    figure_asked = Signal(str)  # the figure's key
    sheet_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.year = QComboBox()
        self.year.setObjectName("panel_year")
        self.year.setAccessibleName("年度")
        self.year.setProperty("small", True)
        self.open = button("考核与明细…", "panel_year_open", "link")
        self.grade = label("", "caption")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1)
        head = row(label("年度履职", "heading"), None, self.year, spacing=8)
        self.setLayout(
            column(head, self._grid, row(self.grade, None, self.open), spacing=8, margins=(20, 14, 20, 14))
        )
        self.year.activated.connect(self._on_year)
        self.open.clicked.connect(self.sheet_asked)

    def show_record(self, record: YearRecord, today: date) -> None:
        """Show a year."""
        if self.year.count() == 0 or self.year.itemData(0) != today.year:
            self.year.clear()
            for year in years(today):
                self.year.addItem(f"{year} 年", year)
        self.year.setCurrentIndex(self.year.findData(record.year))
        clear(self._grid)
        shown = [f for f in record.figures if f.count or f.key in ALWAYS]
        for at, figure in enumerate(shown):
            self._grid.addWidget(self._number(figure), at // COLUMNS, at % COLUMNS)
        self.grade.setText(f"年度考核 {record.grade.value}" if record.grade else "还没有年度考核")

    def _number(self, figure: Figure) -> QWidget:
        words = figure_words(figure)
        link = button(words, f"figure_{figure.key}", "link", tip=f"查看计入的 {figure.count} 条记录")
        link.setAccessibleName(f"{figure.title} {words}")
        link.setProperty("figure", figure.key)
        link.clicked.connect(self._on_figure)
        made = QWidget()
        made.setLayout(row(label(short_title(figure), "caption"), link, None, spacing=2))
        return made

    def _on_year(self, _at: int) -> None:
        self.year_changed.emit(int(self.year.currentData()))

    def _on_figure(self) -> None:
        self.figure_asked.emit(str(self.sender().property("figure")))


def years(today: date) -> list[int]:
    """Return the years to choose from, the present one first."""
    return [today.year - back for back in range(8)]


def figure_words(figure: Figure) -> str:
    """Return a figure as a number; an average says of how many."""
    return f"{figure.count}（均 {figure.mean:.1f}）" if figure.mean is not None else str(figure.count)


def short_title(figure: Figure) -> str:
    """Return a figure's title as a narrow place takes it."""
    return figure.title.replace("案件", "").replace("办结：", "其中")
