"""The consultations: by state at the left, the record in the middle, its facts at the right."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from db.consultations.papers.meetings import MINUTES, NOTICE
from db.consultations.queries.changes import consultation_changes
from db.consultations.queries.consultations import ConsultationRow, consultations
from db.consultations.queries.detail import ConsultationDetail, consultation_detail
from db.consultations.rules.consultations import State
from db.office.queries.history import ActLine, acts_on
from gui.context import Context
from gui.forms.attachments import AttachmentList
from gui.forms.exporting import ask_export
from gui.pages.consultations.acts import ConsultationActs
from gui.pages.consultations.listing import ConsultationList, ListRow
from gui.pages.consultations.record.pane import RecordPane
from gui.pages.consultations.record.side import SidePane
from gui.pages.consultations.record.words import list_row
from gui.tables.reader import Reader
from gui.widgets.basics import button, column, key_hints, label, line, pane, row, stretch
from gui.widgets.fields import FilterField
from gui.widgets.scrolling import TallArea

KINDS = ("起诉状", "证据材料", "会商材料", "签字的研判意见表", "签到表", "盖章纪要", "办结凭据", "其他")
TABLES = (
    "consultation",
    "consultation_case",
    "consultation_question",
    "consultation_member",
    "consultation_draw",
    "consultation_opinion",
    "consultation_point",
    "consultation_version",
    "follow_up",
    "attachment",
    "case_record",
    "agency",
    "setting",
)
LIST, LEAST_LIST, RECORD, LEAST_RECORD, SIDE, LEAST_SIDE = 268, 232, 700, 460, 308, 252  # widths
ROOMY = 660  # pixels of the record: from here on its head has room for all buttons
EMPTY = "还没有会商。重大疑难案件需要会商研判的，按 Ctrl+N 发起"


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the record and the side show."""

    detail: ConsultationDetail
    acts: tuple[ActLine, ...]
    changes: dict[int, tuple[str, ...]]


class _Area(TallArea):
    resized = Signal(int)  # to this width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(event.size().width())


class ConsultationsPage(QWidget):
    """Lists consultations and shows one; list and record are read in a worker, a later reading overtakes an earlier."""

    filled = Signal()  # the list is there

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("consultations_page")
        self.context = context
        self.enter_button = button("发起会商", "consultations_enter", "primary", "plus")
        self.find_field = FilterField("在列表中筛选", "consultations_find")
        self.list = ConsultationList()
        self.empty = label("", "second", wraps=True)
        self.record = RecordPane()
        self.side = SidePane(AttachmentList(context, "consultation", KINDS, "材料"))
        self.record_area, self.side_area = _Area(least=LEAST_RECORD), TallArea(least=LEAST_SIDE)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.acts = ConsultationActs(context, self)
        self.detail: ConsultationDetail | None = None
        self.reader, self.detail_reader = Reader(context, self), Reader(context, self)
        self._is_stale = True
        self._wanted: int | None = None  # to be selected once the list is there
        self._waiting: list[Any] = []
        self._build()
        self._connect()

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between."""
        return (self.list, self.record_area, self.side_area)

    @property
    def is_ready(self) -> bool:
        """Whether list and record show what was last asked for."""
        return not (self._is_busy or self._waiting)

    @property
    def _is_busy(self) -> bool:
        return self._is_stale or self.reader.is_busy or self.detail_reader.is_busy

    # -- what the window asks --------------------------------------------------------------

    def shown(self) -> None:
        """Look again if something changed while the page was hidden."""
        if self._is_stale:
            self.refresh()
        self.list.setFocus()

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        """Look again, now or when next shown, if the change is about something shown here."""
        if changes.touch(*TABLES):
            self._is_stale = True
            if visible:
                self.refresh()

    def select(self, key: int) -> None:
        """Show this consultation, taking the filter away if it hides it."""
        self._wanted = key
        if not (self.reader.is_busy or self._is_stale):
            self._select_wanted()

    def remember(self) -> None:
        """Keep the widths for the next start."""
        self.context.preferences.setValue("consultations/splitter", self.splitter.saveState())

    def refresh(self) -> None:
        """Read the list in a worker."""
        self._is_stale = False
        today, text = self.context.today(), self.find_field.text()
        self.reader.ask(lambda session: consultations(session, today, text), self._show_list)

    def once_shown(self, act: Any) -> None:
        """Do something with the record once it has been read."""
        if self._is_busy:
            self._waiting.append(act)
        else:
            act()

    def enter(self) -> None:
        """Convene a consultation."""
        self.acts.convene(None)

    def enter_for_case(self, case_id: int) -> None:
        """Convene a consultation about a case."""
        self.acts.convene(int(case_id))

    def run_act(self, command: str) -> None:
        """Do an act on the record that was just selected; the workbench asks for it by name, as ``done:12``."""
        what, _, key = command.rpartition(":")
        is_keyed = key.isdecimal() and bool(what)
        self.once_shown(partial(self.acts.ask, what if is_keyed else command, int(key) if is_keyed else 0))

    def export(self) -> None:
        """Export what is listed to Excel."""
        ask_export(self.context, self, "consultations", "会商清单", self.list.keys())

    def print_out(self) -> None:
        """Show the paper that is due: the notice before the day, the minutes after it."""
        if self.detail is not None:
            is_coming = self.detail.row.state is State.COMING
            self.acts.ask(f"paper:{NOTICE if is_coming else MINUTES}", 0)

    def edit_current(self) -> None:
        """Open the form of the record: what was agreed before the day, the record after it."""
        if self.detail is not None:
            state = self.detail.row.state
            what = {State.COMING: "edit", State.TO_WRITE: "record", State.DONE: "correct"}.get(state)
            if what:
                self.acts.ask(what, 0)
            else:
                self.context.desk.say("这次会商已取消。如仍要召开，请在“更多操作”中恢复召开。")

    def edit_key(self, key: int) -> None:
        """Show a consultation and open its form."""
        self.select(key)
        self.once_shown(self.edit_current)

    def start_filter(self) -> None:
        """Put the cursor into the filter, which is shown from then on."""
        self.find_field.show()
        self.find_field.setFocus()
        self.find_field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus() and self.detail is not None:
            self.acts.ask("remove", 0)
        elif event.key() == Qt.Key.Key_Escape and self.find_field.hasFocus():
            self.find_field.clear()
            self.find_field.hide()
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    # -- showing ---------------------------------------------------------------------------

    def _show_list(self, found: list[ConsultationRow]) -> None:
        today = self.context.today()
        groups: dict[State, list[ListRow]] = {state: [] for state in State}
        for one in found:
            groups[one.state].append(list_row(one, today))
        is_filtered = bool(self.find_field.text().strip())
        self.empty.setText("没有符合条件的会商。按 Esc 清除筛选" if is_filtered else EMPTY)
        self.empty.setVisible(not found)
        wanted, self._wanted = self._wanted, None
        self.list.show_groups([(state.value, rows) for state, rows in groups.items()])
        if wanted is not None:
            self._wanted = wanted
            self._select_wanted()
        self.filled.emit()
        self._go_on()

    def _select_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None or self.list.show_key(wanted):
            return
        if self.find_field.text():
            self._wanted = wanted
            self.find_field.clear()  # which reads the list again

    def _show_detail(self, key: object) -> None:
        """Read the record in a worker and show it."""
        if not isinstance(key, int):
            self.detail_reader.drop()
            self._show_view(None)
            return
        today = self.context.today()

        def read(session: Any) -> View | None:
            detail = consultation_detail(session, key, today)
            acts = tuple(acts_on(session, "consultation", key))
            changes = consultation_changes(session, key, [act.gesture for act in acts])
            return View(detail, acts, changes) if detail else None

        self.detail_reader.ask(read, self._show_read)

    def _show_read(self, view: View | None) -> None:
        self._show_view(view)
        self._go_on()

    def _show_view(self, view: View | None) -> None:
        before = self.detail.row.key if self.detail else None
        self.detail = view.detail if view else None
        for part in (self.record, self.side):
            part.setVisible(view is not None)
        if view is None:
            return
        self.record.show_detail(view.detail, self.context.today())
        self.side.show_detail(view.detail, view.acts, view.changes)
        if before != view.detail.row.key:
            for area in (self.record_area, self.side_area):
                area.verticalScrollBar().setValue(0)

    def _go_on(self) -> None:
        if not self._is_busy:
            waiting, self._waiting = self._waiting, []
            for act in waiting:
                self.once_shown(act)

    def _on_open(self, _key: int) -> None:
        self.once_shown(self.edit_current)

    def _on_record_resized(self, width: int) -> None:
        self.record.set_narrow(narrow=width < ROOMY)

    def _on_theme(self) -> None:
        self._show_detail(self.list.current_key())

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.find_field.hide()
        self.empty.setContentsMargins(20, 16, 20, 16)
        self.empty.hide()
        head = row(label("会商", "page"), None, self.enter_button, margins=(20, 12, 12, 12))
        find = row(self.find_field, margins=(20, 0, 12, 0))
        foot = pane("subtle")
        foot.setFixedHeight(36)
        foot.setLayout(row(key_hints(("Enter", "编辑"), ("Ctrl+E", "导出")), margins=(20, 0, 8, 0)))
        left = pane("subtle", "consultations_left")
        left.setLayout(column(head, find, line(), self.empty, self.list, line(), foot, spacing=0))
        stretch(left, 4, 1)
        left.setMinimumWidth(LEAST_LIST)
        for area, part, name in (
            (self.record_area, self.record, "consultation_record"),
            (self.side_area, self.side, "consultation_side"),
        ):
            area.setObjectName(name)
            area.setWidget(part)
            part.hide()
        self.record_area.setAccessibleName("会商记录")
        self.side_area.setAccessibleName("参会人员、材料、关联案件")
        surface, subtle = pane("surface"), pane("subtle")
        surface.setLayout(column(self.record_area))
        subtle.setLayout(column(self.side_area))
        for at, part_ in enumerate((left, surface, subtle)):
            self.splitter.addWidget(part_)
            self.splitter.setCollapsible(at, False)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LIST, RECORD, SIDE])
        if state := self.context.preferences.value("consultations/splitter"):
            self.splitter.restoreState(state)
        self.setLayout(column(self.splitter))

    def _connect(self) -> None:
        self.enter_button.clicked.connect(self.enter)
        self.find_field.textChanged.connect(self.refresh)
        self.list.current_changed.connect(self._show_detail)
        self.list.opened.connect(self._on_open)
        self.record.asked.connect(self.acts.ask)
        self.record_area.resized.connect(self._on_record_resized)
        self.side.asked.connect(self.acts.ask)
        self.context.theme.changed.connect(self._on_theme)
