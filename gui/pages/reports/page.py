"""The reports: parameters at the right, the very PDF that will be printed in the middle."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from db.documents.model import Document
from db.documents.pdf import Pdf, render_pdf, save_pdf
from db.documents.reports import ASSIGNMENTS, BY, Parameters, make
from db.documents.xlsx import write_xlsx
from db.queries.agencies import agency_choices
from db.queries.roster import firms
from gui.context import Context
from gui.look.theme import colour
from gui.widgets.basics import Strip, button, column, label, line, pane, row, stretch
from gui.widgets.fields import DateField, FieldBox, Segments

PAUSE = 300  # milliseconds of rest before the preview is set again
SPANS = (("month", "本月"), ("quarter", "本季"), ("year", "本年"), ("own", "自定"))


@dataclass(frozen=True, slots=True)
class Made:
    """A report as data and as the PDF of it."""

    document: Document
    pdf: Pdf


class ReportsPage(QWidget):
    """Shows a report as it will be printed; prints it, or saves it as PDF or Excel."""

    filled = Signal()  # the report is there

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("reports_page")
        self.context = context
        self.list = QListWidget()
        self.title = label(ASSIGNMENTS, "heading")
        self.page_number = QSpinBox()
        self.page_count = label("", "second")
        self.previous = button("", "report_previous", "ghost", "chevron-left", "上一页")
        self.next = button("", "report_next", "ghost", "chevron-right", "下一页")
        self.smaller = button("", "report_smaller", "ghost", "zoom-out", "缩小")
        self.larger = button("", "report_larger", "ghost", "zoom-in", "放大")
        self.zoom = label("", "second")
        self.fit = button("适合宽度", "report_fit", "ghost")
        self.preview = QPdfView()
        self.waiting = label("正在排版…", "second")
        self.span = Segments(SPANS, "report_span")
        self.from_on, self.to_on = DateField(), DateField()
        self.by, self.firm, self.agency = QComboBox(), QComboBox(), QComboBox()
        self.with_agencies, self.with_cases = QCheckBox("按被告单位汇总"), QCheckBox("逐案明细")
        self.maker, self.reviewer = QLineEdit(), QLineEdit()
        self.check = Strip("ok")
        self.notes = label("", "caption", wraps=True)
        self.print_button = button("打印", "report_print", "primary", "printer")
        self.pdf_button = button("导出 PDF", "report_pdf")
        self.xlsx_button = button("导出 Excel", "report_xlsx")
        self._document = QPdfDocument(self)
        self._data = QByteArray()
        self._buffer = QBuffer(self)
        self._made: Made | None = None
        self._timer = QTimer(self)
        self._is_stale = True
        self._asked = 0
        self._build()
        self._connect()

    # -- what the window asks --------------------------------------------------------------

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between."""
        return (self.list, self.preview, self.by)

    def shown(self) -> None:
        """Set the report again if something changed while the page was hidden."""
        if self._is_stale:
            self.refresh()
        self.preview.setFocus()

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        """Set the report again, now or when next shown, if the change is about something in it."""
        if changes.touch(
            "assignment", "case_record", "lawyer", "agency", "setting", "case_event", "appointment"
        ):
            self._is_stale = True
            if visible:
                self._timer.start()

    def select(self, _key: int) -> None:
        """Reports have no records to select."""

    def remember(self) -> None:
        """Keep who made and who reviewed for the next start."""
        self.context.preferences.setValue("reports/maker", self.maker.text())
        self.context.preferences.setValue("reports/reviewer", self.reviewer.text())

    def show_assignments(self) -> None:
        """Show 案件分派情况报表."""
        self.list.setCurrentRow(0)

    # -- setting and showing ---------------------------------------------------------------

    def parameters(self) -> Parameters | None:
        """Return what is asked for, or ``None`` if a date is not understood."""
        from_on, to_on = self.from_on.day(), self.to_on.day()
        if from_on is None or to_on is None:
            return None
        return Parameters(
            from_on=from_on,
            to_on=to_on,
            today=self.context.today(),
            by=str(self.by.currentData()),
            firm=str(self.firm.currentData() or ""),
            agency=str(self.agency.currentData() or ""),
            with_agencies=self.with_agencies.isChecked(),
            with_cases=self.with_cases.isChecked(),
            maker=self.maker.text().strip(),
            reviewer=self.reviewer.text().strip(),
        )

    def refresh(self) -> None:
        """Set the report in a worker and show it."""
        self._is_stale = False
        self._fill_choices()
        wanted = self.parameters()
        if wanted is None:
            self.check.say("看不懂统计期间，日期应写成 2026-01-01 的样子。", "dg")
            return
        self._asked += 1
        asked, context = self._asked, self.context
        self.waiting.show()

        def work() -> Made:
            (document,) = make(context.database, ASSIGNMENTS, wanted)
            return Made(document, render_pdf(document))

        context.tasks.run(self, work, partial(self._show, asked), self._failed)

    def _show(self, asked: int, made: Made) -> None:
        if asked != self._asked:
            return
        self.waiting.hide()
        self._made = made
        self.filled.emit()
        self._document.close()
        self._buffer.close()
        self._data = QByteArray(made.pdf.data)
        self._buffer.setData(self._data)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.page_number.setRange(1, max(made.pdf.pages, 1))
        self.page_count.setText(f"/ {made.pdf.pages} 页")
        for check in made.document.checks:
            self.check.say(
                f"勾稽{'相符' if check.is_ok else '不符'}\n{check.text}", "ok" if check.is_ok else "dg"
            )
        self.notes.setText("\n".join(made.pdf.notes))
        for made_button in (self.print_button, self.pdf_button, self.xlsx_button):
            made_button.setEnabled(True)
        self._show_zoom()

    def _paint_desk(self) -> None:
        """Lay the pages on a darker ground, in the colours in force."""
        palette = self.preview.palette()
        palette.setColor(QPalette.ColorRole.Dark, colour("bg_sunken"))
        self.preview.setPalette(palette)

    def _failed(self, error: Exception) -> None:
        self.waiting.hide()
        if type(error).__name__ == "UserError":
            self.check.say(str(error), "dg")
        else:
            self.context.errors.show(error)

    def _fill_choices(self) -> None:
        with self.context.database.read() as session:
            names = firms(session)
            agencies = [short for _, _, short in agency_choices(session)]
        for choice, everything, words in (
            (self.firm, f"全部 {len(names)} 家", names),
            (self.agency, f"全部 {len(agencies)} 个", agencies),
        ):
            kept = choice.currentData()
            choice.blockSignals(True)
            choice.clear()
            choice.addItem(everything, "")
            for word in words:
                choice.addItem(word, word)
            choice.setCurrentIndex(max(choice.findData(kept), 0))
            choice.blockSignals(False)

    # -- acts ------------------------------------------------------------------------------

    def print_out(self) -> None:
        """Send what is shown to a printer."""
        if self._made is not None:
            self.context.printers.print_pdf(self.window(), self._made.pdf.data, ASSIGNMENTS, True)

    def export(self) -> None:
        """Save what is shown as a workbook."""
        self._ask(".xlsx", "Excel 工作簿 (*.xlsx)")

    def export_pdf(self) -> None:
        """Save what is shown as a PDF."""
        self._ask(".pdf", "PDF 文件 (*.pdf)")

    def _ask(self, suffix: str, kinds: str) -> None:
        if self._made is not None:
            name = f"{ASSIGNMENTS}{self.context.today():%Y%m%d}{suffix}"
            self.context.files.save_file(self, f"导出{ASSIGNMENTS}", name, kinds, self._write)

    def _write(self, path: Path) -> None:
        made = self._made
        if made is None:
            return

        def work() -> None:
            if path.suffix.lower() == ".pdf":
                save_pdf(made.pdf, path, overwrite=True)
            else:
                write_xlsx(made.document, path, overwrite=True)

        self.context.tasks.run(self, work, partial(self._written, path), self.context.errors.show)

    def _written(self, path: Path, _: object) -> None:
        self.context.desk.say(f"已保存到 {path}")

    # -- small slots -----------------------------------------------------------------------

    def _on_span(self, key: str) -> None:
        today = self.context.today()
        starts = {
            "month": date(today.year, today.month, 1),
            "quarter": date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
            "year": date(today.year, 1, 1),
        }
        if key in starts:
            self.from_on.set_date(starts[key])
            self.to_on.set_date(today)
            self._timer.start()
        else:
            self.from_on.setFocus()

    def _on_date(self) -> None:
        self.span.choose("own")
        self._timer.start()

    def _on_parameter(self, *_: object) -> None:
        self._timer.start()

    def _on_reset(self) -> None:
        self.span.choose("year")
        self.by.setCurrentIndex(0)
        self.firm.setCurrentIndex(0)
        self.agency.setCurrentIndex(0)
        self.with_agencies.setChecked(True)
        self.with_cases.setChecked(True)
        self._on_span("year")

    def _on_page(self, number: int) -> None:
        self.preview.pageNavigator().jump(number - 1, QPointF(), 0)

    def _step(self, by: int) -> None:
        self.page_number.setValue(self.page_number.value() + by)

    def _on_previous(self) -> None:
        self._step(-1)

    def _on_next(self) -> None:
        self._step(1)

    def _zoom_by(self, factor: float) -> None:
        self.preview.setZoomMode(QPdfView.ZoomMode.Custom)
        self.preview.setZoomFactor(min(max(self.preview.zoomFactor() * factor, 0.3), 3.0))
        self._show_zoom()

    def _on_smaller(self) -> None:
        self._zoom_by(0.8)

    def _on_larger(self) -> None:
        self._zoom_by(1.25)

    def _on_fit(self) -> None:
        self.preview.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._show_zoom()

    def _show_zoom(self) -> None:
        fits = self.preview.zoomMode() is QPdfView.ZoomMode.FitToWidth
        self.zoom.setText("适合" if fits else f"{self.preview.zoomFactor() * 100:.0f}%")

    def _on_current_page(self, page: int) -> None:
        self.page_number.blockSignals(True)
        self.page_number.setValue(page + 1)
        self.page_number.blockSignals(False)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        for name in (ASSIGNMENTS,):
            self.list.addItem(QListWidgetItem(name))
        self.list.setObjectName("report_list")
        self.list.setCurrentRow(0)
        self.list.setProperty("nav", True)
        left = pane("subtle")
        left.setFixedWidth(196)
        left.setLayout(
            column(
                row(label("报表", "page"), margins=(20, 14, 8, 12)),
                line(),
                row(label("分派与办理", "caption"), margins=(20, 12, 8, 4)),
                row(self.list, margins=(10, 0, 10, 0)),
                spacing=0,
            )
        )
        self.page_number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.page_number.setFixedWidth(48)
        self.page_number.setAccessibleName("页码")
        bar = row(
            self.title,
            None,
            self.waiting,
            8,
            self.previous,
            self.page_number,
            self.page_count,
            self.next,
            8,
            self.smaller,
            self.zoom,
            self.larger,
            self.fit,
            spacing=4,
            margins=(16, 11, 16, 11),
        )
        self.preview.setObjectName("report_preview")
        self.preview.setAccessibleName("报表预览")
        self.preview.setFrameShape(QPdfView.Shape.NoFrame)
        self.preview.setDocument(self._document)
        self.preview.setPageMode(QPdfView.PageMode.MultiPage)
        self.preview.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        middle = pane("surface")
        middle.setLayout(column(bar, line(), self.preview, spacing=0))
        stretch(middle, 2, 1)
        self.setLayout(row(left, line("v"), middle, line("v"), self._side(), spacing=0))
        stretch(self, 2, 1)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)

    def _side(self) -> QWidget:
        for key, title in BY.items():
            self.by.addItem(title, key)
        today = self.context.today()
        self.span.choose("year")
        self.from_on.set_date(date(today.year, 1, 1))
        self.to_on.set_date(today)
        self.with_agencies.setChecked(True)
        self.with_cases.setChecked(True)
        preferences = self.context.preferences
        self.maker.setText(str(preferences.value("reports/maker", "")) or self.context.database.clerk)
        self.reviewer.setText(str(preferences.value("reports/reviewer", "")))
        self.from_on.setFixedWidth(112)
        self.to_on.setFixedWidth(112)
        self.from_on.setAccessibleName("统计期间起")
        self.to_on.setAccessibleName("统计期间止")
        self.reset = button("恢复默认", "report_reset", "link")
        inner = pane("subtle")
        inner.setLayout(
            column(
                label("统计期间", "second"),
                self.span,
                row(self.from_on, label("至", "second"), self.to_on, None, spacing=6),
                FieldBox("统计口径", self.by, "report_by"),
                FieldBox("律师事务所", self.firm, "report_firm"),
                FieldBox("被告单位", self.agency, "report_agency"),
                label("附表", "second"),
                self.with_agencies,
                self.with_cases,
                row(
                    FieldBox("制表人", self.maker, "report_maker"),
                    FieldBox("审核人", self.reviewer, "report_reviewer"),
                ),
                self.check,
                self.notes,
                None,
                spacing=10,
                margins=(20, 14, 20, 14),
            )
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        side = pane("subtle")
        side.setFixedWidth(288)
        head = row(label("参数", "person"), None, self.reset, margins=(20, 13, 20, 12))
        foot = column(self.print_button, row(self.pdf_button, self.xlsx_button), margins=(20, 14, 20, 14))
        side.setLayout(column(head, line(), area, line(), foot, spacing=0))
        stretch(side, 2, 1)
        return side

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self.span.chosen.connect(self._on_span)
        for field in (self.from_on, self.to_on):
            field.edited.connect(self._on_date)
        for choice in (self.by, self.firm, self.agency):
            choice.currentIndexChanged.connect(self._on_parameter)
        for box in (self.with_agencies, self.with_cases):
            box.toggled.connect(self._on_parameter)
        for text in (self.maker, self.reviewer):
            text.textEdited.connect(self._on_parameter)
        self.reset.clicked.connect(self._on_reset)
        self.print_button.clicked.connect(self.print_out)
        self.pdf_button.clicked.connect(self.export_pdf)
        self.xlsx_button.clicked.connect(self.export)
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.fit.clicked.connect(self._on_fit)
        self.page_number.valueChanged.connect(self._on_page)
        self.context.theme.changed.connect(self._paint_desk)
        self._paint_desk()
        self.preview.pageNavigator().currentPageChanged.connect(self._on_current_page)
