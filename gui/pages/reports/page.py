"""The reports: a list of them at the left, the very PDF that will be printed, parameters at the right."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from db.agencies.queries.agencies import agency_choices
from db.catalogue.reports import (
    ANNUAL,
    ASSIGNMENTS,
    FAIRNESS,
    GROUPS,
    RENEWALS,
    REPORTS,
    ROSTER,
    Asks,
    Parameters,
    make,
    note_leaving,
    note_unmasked,
)
from db.roster.queries.roster import firms, roster
from gui.context import Context
from gui.look.theme import font
from gui.pages.reports.panel import ParameterPanel
from gui.printing.desk import Made, PaperDesk
from gui.printing.filling import FillLinks
from gui.printing.preview_text import missing_text
from gui.printing.viewer import PaperViewer
from gui.printing.wording_form import WordingEditing
from gui.widgets.basics import Strip, button, column, label, line, pane, row, stretch
from gui.widgets.scrolling import TallArea

SIDE = 288  # pixels
PAUSE = 300  # milliseconds of rest before the preview is set again
TABLES = (
    "assignment",
    "case_record",
    "lawyer",
    "agency",
    "setting",
    "case_event",
    "appointment",
    "public_lawyer",
    "sharing",
    "internal_adviser",
    "agency_contract",
    "service",
    "consultation",
    "letter",
)


class ReportsPage(QWidget):
    """Shows a report as it will be printed; prints it, or saves it as what it can be."""

    filled = Signal()  # the report is there

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("reports_page")
        self.context = context
        self.list = QListWidget()
        self.viewer = PaperViewer(context, "report")
        self.panel = ParameterPanel(context)
        self.desk = PaperDesk(context, self, "report")
        self.check = Strip("ok")
        self.missing = Strip("wn")
        self.fill = FillLinks(context)
        self.notes = label("", "caption", wraps=True)
        self.word = button("修改用语…", "report_wording", "link", "pencil")
        self.wording = WordingEditing(context, self, self.refresh)
        self.reset = button("恢复默认", "report_reset", "link")
        self._timer = QTimer(self)
        self._is_stale = True
        self._build()
        self._connect()
        self._choose(ASSIGNMENTS)

    # -- what the window asks --------------------------------------------------------------

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between."""
        return (self.list, self.viewer.view, self.panel)

    @property
    def name(self) -> str:
        """The name of the report that is shown."""
        return self.desk.title

    def shown(self) -> None:
        """Set the report again if something changed while the page was hidden."""
        if self._is_stale:
            self.refresh()
        self.viewer.view.setFocus()

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        """Set the report again, now or when next shown, if the change is about something in it."""
        if changes.touch(*TABLES):
            self._is_stale = True
            if visible:
                self._timer.start()

    def select(self, _key: int) -> None:
        """Reports have no records to select."""

    def remember(self) -> None:
        """Keep who made and who reviewed for the next start."""
        self.panel.remember()

    def print_out(self) -> None:
        """Send what is shown to a printer."""
        self.desk.print_out()

    def export(self) -> None:
        """Save what is shown as the kind of file that one works on with."""
        suffix = self.desk.current.papers[0].suffixes[-1] if self.desk.current else ".pdf"
        self.desk.save_buttons[suffix].click()

    def show_assignments(self) -> None:
        """Show 案件分派情况报表."""
        self.show_report(ASSIGNMENTS)

    def show_roster(self) -> None:
        """Show 顾问名册."""
        self.show_report(ROSTER)

    def show_annual(self) -> None:
        """Show 年度履职档案."""
        self.show_report(ANNUAL)

    def show_renewals(self) -> None:
        """Show 续聘名单."""
        self.show_report(RENEWALS)

    def show_fairness(self) -> None:
        """Show 分派均衡情况表."""
        self.show_report(FAIRNESS)

    def show_report(self, name: str, ids: Sequence[int] = ()) -> None:
        """Show the report of this name, for these people where it takes people."""
        self._fill_choices()
        self.panel.choose(ids)
        self._choose(name)

    # -- setting and showing ---------------------------------------------------------------

    def parameters(self) -> Parameters | None:
        """Return what is asked for, or ``None`` if a date is not understood."""
        return self.panel.parameters()

    def refresh(self) -> None:
        """Set the report in a worker and show it."""
        self._is_stale = False
        self._fill_choices()
        wanted = self.parameters()
        if wanted is None:
            self.check.say("看不懂日期，应写成 2026-01-01 的样子。", "dg")
            return
        self.viewer.waiting.show()
        self.desk.before_leaving = partial(note_leaving, self.context.database, self.name, wanted)
        self.desk.render(partial(make, self.context.database, self.name, wanted))

    def _show(self, made: Made) -> None:
        self.viewer.show_pdf(made.pdf)
        checks = [check for paper in made.papers for check in paper.checks]
        is_ok = all(check.is_ok for check in checks)
        texts = [check.text for check in checks if check.is_ok == is_ok]
        self.check.say(
            "\n".join([f"勾稽{'相符' if is_ok else '不符'}", *texts]) if texts else "",
            "ok" if is_ok else "dg",
        )
        self.missing.say(missing_text(made.missing), "wn")
        self.fill.show_places(made.papers)
        self.notes.setText("\n".join(made.pdf.notes))
        self.filled.emit()

    def _refuse(self, text: str) -> None:
        self.viewer.waiting.hide()
        self.missing.say("")
        self.fill.show_places(())
        self.check.say(text, "dg")

    def _fill_choices(self) -> None:
        with self.context.database.read() as session:
            people = [(r.key, f"{r.name}　{r.firm_short}") for r in roster(session, self.context.today())]
            agencies = [short for _, _, short in agency_choices(session)]
            self.panel.offer(firms(session), agencies, people)

    def _choose(self, name: str) -> None:
        for at in range(self.list.count()):
            if self.list.item(at).text() == name:
                self.list.setCurrentRow(at)

    def _on_report(self, at: int) -> None:
        item = self.list.item(at)
        if item is None or item.text() not in REPORTS:
            return
        self.desk.title = item.text()
        self.viewer.title.setText(item.text())
        self.panel.ask_for(REPORTS[item.text()].asks)
        self.word.setVisible(bool(REPORTS[item.text()].wording))
        self.reset.setVisible(bool(REPORTS[item.text()].asks - {Asks.SIGNERS}))
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _on_unmasked(self, is_shown: bool) -> None:
        """Note in the journal that full numbers come on the screen."""
        wanted = self.parameters()
        if is_shown and wanted is not None:
            note = partial(note_unmasked, self.context.database, self.name, wanted, "预览")
            self.context.tasks.run(self, note, _done, self.context.errors.show, act="记下显示完整号码")

    def _on_word(self) -> None:
        self.wording.open(REPORTS[self.name].wording)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        for group in GROUPS:
            head = QListWidgetItem(group)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setFont(font(12))
            self.list.addItem(head)
            for name, report in REPORTS.items():
                if report.group == group:
                    self.list.addItem(QListWidgetItem(name))
        self.list.setObjectName("report_list")
        self.list.setAccessibleName("报表")
        self.list.setProperty("nav", True)
        left = pane("subtle")
        left.setFixedWidth(196)
        head_row = row(label("报表", "page"), margins=(20, 14, 8, 12))
        left.setLayout(column(head_row, line(), row(self.list, margins=(10, 6, 10, 0)), spacing=0))
        middle = pane("surface")
        middle.setLayout(column(self.viewer, spacing=0))
        self.setLayout(row(left, line("v"), middle, line("v"), self._side(), spacing=0))
        stretch(self, 2, 1)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)

    def _side(self) -> QWidget:
        inner = pane("subtle")
        inner.setLayout(
            column(
                self.panel,
                self.word,
                self.check,
                self.missing,
                self.fill,
                self.notes,
                None,
                spacing=10,
                margins=(20, 14, 20, 14),
            )
        )
        area = TallArea(inner, SIDE)
        side = pane("subtle")
        head = row(label("参数", "person"), None, self.reset, margins=(20, 13, 20, 12))
        saves = row(*self.desk.save_buttons.values())
        foot = column(self.desk.print_button, saves, margins=(20, 14, 20, 14))
        side.setLayout(column(head, line(), area, line(), foot, spacing=0))
        stretch(side, 2, 1)
        return side

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self.panel.changed.connect(self._timer.start)
        self.list.currentRowChanged.connect(self._on_report)
        self.panel.unmasked.toggled.connect(self._on_unmasked)
        self.word.clicked.connect(self._on_word)
        self.reset.clicked.connect(self.panel.reset)
        self.desk.made.connect(self._show)
        self.desk.refused.connect(self._refuse)


def _done(_: object) -> None:
    """Nothing is said of what only stands in the journal."""
