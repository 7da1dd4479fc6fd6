"""全部指标: every figure of every group of agencies, each with numerator, denominator, definition and what it counts."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from db.coverage.rules.coverage import Count, FigureKey, Figures, FigureSet
from db.formats.figures import Figure
from gui.pages.agencies.coverage.figures import percent
from gui.pages.agencies.coverage.filters import Among
from gui.widgets.basics import button, column, label, line, row
from gui.widgets.scrolling import stand

RATES = tuple(FigureKey)
COUNTS = ("公职律师", "近 12 个月履职")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figure of one cell: of which group, and what it counts."""

    scope: str
    figure: Figure | Count

    @property
    def words(self) -> str:
        """Return what to call the agencies that it counts."""
        return self.figure.title if self.scope == "全部" else f"{self.scope}·{self.figure.title}"


class AllFigures(QDialog):
    """A table of groups and figures; the figure under the cursor is explained below and opens what it counts."""

    agencies_asked = Signal(object)  # Among
    records_asked = Signal(object)  # Chosen

    def __init__(self, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setObjectName("all_figures")
        self.setWindowTitle(f"全部指标（截至 {figures.day}）")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._sets = figures.sets
        self.table = QTableWidget(len(self._sets), 1 + len(RATES) + len(COUNTS))
        self.title = label("", "heading")
        self.numbers = label("", "second")
        self.definition = label("", "second", wraps=True)
        self.counted = button("", "figures_counted", "accent")
        self.missing = button("", "figures_missing")
        self.records = button("打开所计记录", "figures_records")
        self.modes = label("", "second", wraps=True)
        self.shut = button("关闭", "figures_close")
        self._fill()
        self._build()
        self.table.currentCellChanged.connect(self._on_cell)
        self.table.cellDoubleClicked.connect(self._on_double_click)
        self.counted.clicked.connect(self._on_counted)
        self.missing.clicked.connect(self._on_missing)
        self.records.clicked.connect(self._on_records)
        self.shut.clicked.connect(self.accept)
        self.table.setCurrentCell(0, 1)
        self.table.setFocus()

    def chosen(self) -> Chosen | None:
        """Return the figure under the cursor."""
        at, place = self.table.currentRow(), self.table.currentColumn()
        if at < 0 or place < 1:
            return None
        of = self._sets[at]
        if place <= len(RATES):
            return Chosen(of.scope, of.figure(RATES[place - 1]))
        return Chosen(of.scope, (of.persons, of.services)[place - 1 - len(RATES)])

    def choose(self, scope: str, title: str) -> None:
        """Put the cursor on a figure by the name of its group and its own."""
        titles = ["", *(key.value for key in RATES), *COUNTS]
        self.table.setCurrentCell([s.scope for s in self._sets].index(scope), titles.index(title))

    def _fill(self) -> None:
        self.table.setHorizontalHeaderLabels(["单位范围", *(key.value for key in RATES), *COUNTS])
        for at, of in enumerate(self._sets):
            texts = [f"{of.scope}　{len(of.agencies)} 个", *(_cell(of.figure(key)) for key in RATES)]
            texts += [f"{of.persons.number} 人", f"{of.services.number} 次"]
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(at, place, item)

    def _build(self) -> None:
        self.table.setObjectName("figures_table")
        self.table.setAccessibleName("全部指标")
        self.table.setProperty("plain", True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = self.table.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words = column(
            row(self.title, 6, self.numbers, None),
            self.definition,
            self.modes,
            row(self.counted, self.missing, self.records, None),
            spacing=8,
            margins=(24, 14, 24, 14),
        )
        foot = row(label("方向键选择指标，Enter 只看所计单位", "caption"), None, self.shut)
        foot.setContentsMargins(24, 12, 24, 12)
        body = column(self.table, line(), words, spacing=0)
        body.setStretch(0, 1)
        stand(self, body, foot, QSize(960, 560))

    def _show(self) -> None:
        found = self.chosen()
        for part in (self.counted, self.missing, self.records):
            part.setVisible(found is not None)
        if found is None:
            self.title.setText("选一项指标，看它的口径和所计的单位")
            for said in (self.numbers, self.definition, self.modes):
                said.clear()
            return
        figure = found.figure
        self.title.setText(found.words)
        self.definition.setText(figure.definition)
        self.modes.setText(_modes(self._sets[self.table.currentRow()]))
        if isinstance(figure, Figure):
            self.numbers.setText(f"分子 {figure.numerator}，分母 {figure.denominator}，{percent(figure)}")
            self.counted.setText(f"只看所计的 {figure.numerator} 个单位")
            self.missing.setText(f"只看未计入的 {len(figure.missing)} 个单位")
            self.missing.setVisible(bool(figure.missing))
        else:
            self.numbers.setText(f"{figure.number}")
            self.counted.setText(f"只看所涉的 {len(figure.agencies)} 个单位")
            self.missing.hide()

    def _on_cell(self, *_places: int) -> None:
        self._show()

    def _on_double_click(self, _row: int, _column: int) -> None:
        self._on_counted()

    def _on_counted(self) -> None:
        if (found := self.chosen()) is not None:
            self.accept()
            self.agencies_asked.emit(Among(found.words, found.scope, found.figure.key))

    def _on_missing(self) -> None:
        if (found := self.chosen()) is not None:
            self.accept()
            words = f"未计入{found.words}"
            self.agencies_asked.emit(Among(words, found.scope, found.figure.key, missing=True))

    def _on_records(self) -> None:
        if (found := self.chosen()) is not None:
            self.records_asked.emit(found)


def _cell(figure: Figure) -> str:
    return f"{percent(figure)}　{figure.numerator} / {figure.denominator}"


def _modes(of: FigureSet) -> str:
    parts = "，".join(f"{mode.title} {mode.numerator}" for mode in of.modes)
    return f"{of.scope} {len(of.agencies)} 个单位按主要方式分：{parts}。"
