"""年度履职: every figure of a year with exactly the records that it counts, and the bureau's assessment."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from db.errors import Problem
from db.performance.queries.figures import Figure, YearRecord
from db.performance.queries.lines import RecordLine
from db.roster.queries.roster import RosterRow
from db.services.rules.services import AssessmentDraft, assessment_problems
from db.words.service import Grade
from gui.forms.draft_dialog import DraftDialog
from gui.look.theme import colour, font
from gui.pages.roster.panel.year_section import figure_words, years
from gui.widgets.basics import button, column, label, line, pane, row, stretch
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.scrolling import stand

FIGURE, CASE, CONSULTATION = (Qt.ItemDataRole.UserRole + n for n in range(3))
SIZE = (980, 700)
FIGURES_WIDTH = 250
GROUPS = {
    "assignment": "案件",
    "service": "服务",
    "consultation_opinion": "会商意见",
    "consultation_member": "会商意见",
    "recommendation": "推荐",
    "rating": "评价",
}
NOT_YET = "（请选择）"


class YearDialog(DraftDialog):
    """Shows a lawyer's year and takes the assessment; ``read`` and ``records`` fetch what is shown."""

    case_asked = Signal(int)
    consultation_asked = Signal(int)
    print_asked = Signal(int)  # the year

    def __init__(
        self,
        lawyer: RosterRow,
        read: Callable[[int, int], YearRecord],
        records: Callable[[Figure], list[RecordLine]],
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__(f"年度履职　{lawyer.name}", "保存考核", parent)
        self.setObjectName("year_dialog")
        self.lawyer, self._today = lawyer, today
        self._read, self._fetch = read, records
        self._record: YearRecord | None = None
        self.year, self.grade = QComboBox(), QComboBox()
        self.figures, self.records = QTreeWidget(), RecordList()
        self.shown = label("", "heading")
        self.print_button = button("打印履职档案", "year_print", "", "printer")
        self.assessed_on, self.assessor, self.opinion = DateField(), QLineEdit(), QPlainTextEdit()
        self._fill_choices()
        self._build()
        self.watch_fields()
        self.figures.currentItemChanged.connect(self._on_figure)
        self.figures.itemActivated.connect(self._on_activated)
        self.records.opened.connect(self._on_case)
        self.records.consultation_opened.connect(self._on_consultation)
        self.year.activated.connect(self._on_year)
        self.print_button.clicked.connect(self._on_print)
        QShortcut(QKeySequence.StandardKey.Print, self).activated.connect(self._on_print)

    def show_year(self, year: int, figure: str = "") -> None:
        """Show a year, with the records of one figure."""
        self._record = record = self._read(self.lawyer.key, year)
        self.year.setCurrentIndex(self.year.findData(year))
        self._show_figures(record.figures, figure)
        self.grade.setCurrentIndex(max(self.grade.findData(record.grade.value if record.grade else None), 0))
        self.assessed_on.set_date(record.assessed_on or self._today)
        self.assessor.setText(record.assessor)
        self.opinion.setPlainText(record.opinion)
        self._is_dirty = False
        self.begin_again()
        self.figures.setFocus()

    def draft(self) -> AssessmentDraft:
        """Return what the fields say now."""
        grade = self.grade.currentData()
        return AssessmentDraft(
            lawyer_id=self.lawyer.key,
            year=self._record.year if self._record else self._today.year,
            grade=Grade(grade) if grade else None,
            opinion=self.opinion.toPlainText(),
            assessed_on=self.assessed_on.day(),
            assessor=self.assessor.text(),
            version=self._record.version if self._record else 0,
        )

    def problems(self) -> Sequence[Problem]:
        return assessment_problems(self.draft(), self._today)

    # -- building --------------------------------------------------------------------------

    def _fill_choices(self) -> None:
        for year in years(self._today):
            self.year.addItem(f"{year} 年度", year)
        self.grade.addItem(NOT_YET, None)
        for grade in Grade:
            self.grade.addItem(grade.value, grade.value)
        self.year.setAccessibleName("年度")
        self.year.setObjectName("year_choice")

    def _build(self) -> None:
        self.figures.setObjectName("year_figures")
        self.figures.setAccessibleName("履职数据")
        self.figures.setColumnCount(2)
        self.figures.setHeaderHidden(True)
        self.figures.setRootIsDecorated(False)
        self.figures.setItemsExpandable(False)
        self.figures.setIndentation(10)
        self.figures.setAllColumnsShowFocus(True)
        self.figures.header().setStretchLastSection(False)
        self.figures.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.figures.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.figures.setProperty("plain", True)
        left = pane("subtle")
        left.setFixedWidth(FIGURES_WIDTH)
        left.setLayout(
            column(
                row(self.year, margins=(12, 12, 12, 0)),
                self.figures,
                row(label("↑↓ 选数据，右侧是计入的记录", "hint"), margins=(12, 0, 0, 0)),
                spacing=8,
                margins=(0, 0, 0, 8),
            )
        )
        stretch(left, 1, 1)
        right = column(
            row(self.shown, None, label("回车打开案件", "hint"), margins=(20, 14, 20, 0)),
            self.records,
            line(),
            column(
                label("年度考核", "heading"), self.strip, self._grid, spacing=10, margins=(20, 12, 20, 14)
            ),
            spacing=8,
        )
        right.setStretch(1, 1)
        self.opinion.setFixedHeight(64)
        self.opinion.setTabChangesFocus(True)
        self.add_field(FieldBox("考核等次", self.grade, "grade", required=True), (0, 0))
        self.add_field(FieldBox("考核日期", self.assessed_on, "assessed_on", required=True), (0, 1))
        self.add_field(FieldBox("考核意见", self.opinion, "opinion", required=True), (1, 0), wide=True)
        self.add_field(FieldBox("考核人", self.assessor, "assessor", optional=True), (2, 0))
        foot = self.foot(has_next=False)
        if isinstance(bar := foot.layout(), QHBoxLayout):
            bar.insertWidget(0, self.print_button)
        stand(self, row(left, line("v"), right, spacing=0), foot, QSize(*SIZE))

    def _show_figures(self, figures: Sequence[Figure], wanted: str) -> None:
        self.figures.blockSignals(True)
        self.figures.clear()
        chosen: QTreeWidgetItem | None = None
        group = ""
        for figure in figures:
            if GROUPS[figure.table] != group:
                group = GROUPS[figure.table]
                head = QTreeWidgetItem([group])
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                head.setFont(0, font(12, bold=True))
                head.setForeground(0, colour("tx2"))
                self.figures.addTopLevelItem(head)
            item = self._figure_item(figure)
            self.figures.addTopLevelItem(item)
            first = chosen is None and figure.count
            chosen = item if figure.key == wanted or (not wanted and first) else chosen
        self.figures.blockSignals(False)
        if present := chosen or self.figures.topLevelItem(1):
            self.figures.setCurrentItem(present)
        self._on_figure(self.figures.currentItem())

    def _figure_item(self, figure: Figure) -> QTreeWidgetItem:
        is_part = figure.key.startswith("result:")
        item = QTreeWidgetItem([f"　{figure.title}" if is_part else figure.title, figure_words(figure)])
        item.setData(0, FIGURE, figure)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, colour("ac_tx" if figure.count else "tx3"))
        item.setFont(1, font(QApplication.font().pixelSize(), bold=bool(figure.count)))
        return item

    # -- slots -----------------------------------------------------------------------------

    def _on_figure(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None = None) -> None:
        figure = item.data(0, FIGURE) if item is not None else None
        if isinstance(figure, Figure):
            self.shown.setText(f"{figure.title}　{figure.count} 条")
            self.records.show_lines(self._fetch(figure))

    def _on_activated(self) -> None:
        self.records.setFocus()

    def _on_year(self, _at: int) -> None:
        wanted = int(self.year.currentData())
        if self._record is None or wanted == self._record.year:
            return
        if self._is_dirty:
            self.year.setCurrentIndex(self.year.findData(self._record.year))
            self.strip.say(
                f"{self._record.year} 年度的考核还没有保存。请先保存，或按 Esc 放弃后再换年度。", "wn"
            )
        else:
            self.show_year(wanted)
            self.year.setFocus()

    def _on_print(self) -> None:
        if self._record is None:
            return
        if self._is_dirty:
            self.strip.say("考核还没有保存。请先保存，再打印履职档案。", "wn")
        else:
            self.print_asked.emit(self._record.year)

    def _on_case(self, case_id: int) -> None:
        if self._may_leave("案件"):
            self.case_asked.emit(case_id)
            self.accept()

    def _on_consultation(self, key: int) -> None:
        if self._may_leave("会商"):
            self.consultation_asked.emit(key)
            self.accept()

    def _may_leave(self, what: str) -> bool:
        if self._is_dirty:
            self.strip.say(f"考核还没有保存。请先保存，再打开{what}。", "wn")
        return not self._is_dirty


class RecordList(QListWidget):
    """The records behind a figure; Enter or double click leads to the case or the consultation."""

    opened = Signal(int)
    consultation_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("year_records")
        self.setAccessibleName("计入的记录")
        self.setProperty("plain", True)
        self.itemDoubleClicked.connect(self._open)

    def show_lines(self, lines: Sequence[RecordLine]) -> None:
        """Show these records."""
        self.clear()
        for one in lines:
            item = QListWidgetItem(f"{one.on}　{one.title}\n{one.caption}")
            item.setData(CASE, one.case_id)
            item.setData(CONSULTATION, one.consultation_id)
            item.setToolTip(one.title)
            self.addItem(item)
        if lines:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open()  # here, since the list would let Enter go on to the dialog
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        item = self.currentItem()
        consultation_id = item.data(CONSULTATION) if item is not None else None
        if consultation_id is not None:
            self.consultation_opened.emit(int(consultation_id))
            return
        case_id = item.data(CASE) if item is not None else None
        if case_id is not None:
            self.opened.emit(int(case_id))
