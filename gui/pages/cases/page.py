"""The cases: nearest deadline first; register, record what happens, assign."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from db.agencies.queries.agencies import agency_choices
from db.assignment.queries.assigning import ratings_of_case
from db.assignment.queries.standing_conflicts import StandingConflict, standing_conflicts
from db.cases.acts.registration import register
from db.cases.queries.cases import CaseRow, View, case_counts, case_keys, case_rows
from db.cases.queries.detail import CaseDetail, case_detail, case_draft
from db.cases.queries.picker import lawyer_choices
from db.cases.rules.cases import CaseDraft
from db.consultations.queries.consultations import consultations_of_case
from db.office.queries.history import acts_on
from db.office.queries.reference import court_choices
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.attachments import AttachmentList
from gui.forms.exporting import ask_export
from gui.forms.keeping import Keeping
from gui.pages.cases.acts import CaseActs
from gui.pages.cases.assigning.answer_form import Answers
from gui.pages.cases.assigning.batching import Batching
from gui.pages.cases.columns import WHY, columns
from gui.pages.cases.filters import CaseFilters, Options
from gui.pages.cases.forms.editor import CaseEditor
from gui.pages.cases.forms.offers import offers_of, ties_of
from gui.pages.cases.panel.panel import CasePanel
from gui.pages.cases.panel.sections import CaseView
from gui.pages.cases.views import CaseViews
from gui.tables.list_page import ListPage
from gui.widgets.basics import button

PAPERS = ("起诉状副本", "应诉通知书", "传票", "证据", "答辩状", "委托手续", "裁判文书", "其他")
OFFERED = ("agency", "lawyer", "assignment", "court")  # tables that the filters offer from


@dataclass(frozen=True, slots=True)
class Listing:
    """What a reading of the list gives; figures and options only where they may have changed."""

    day: date
    keys: list[int]
    counts: dict[View, int] | None
    options: tuple[Options, Options, Options] | None


class CasesPage(ListPage):
    """Lists cases; registers them, records their steps, assigns lawyers.

    Keys and counts are read in a worker; what is asked meanwhile waits until they are there.
    """

    tables = (
        "case_record",
        "case_party",
        "case_event",
        "case_series",
        "period_mark",
        "attendance_plan",
        "consultation",
        "attachment",
        "assignment",
        "lawyer",
        "agency",
        "holiday",
        "setting",
    )
    name = "cases"
    title = "案件"
    hints = (("Enter", "打开"), ("Ctrl+Enter", "分派"), ("F4", "登记进程"), ("Ctrl+D", "登记提交"))

    def __init__(self, context: Context) -> None:
        super().__init__(context, columns(context.today), "due", "在列表中筛选")
        self.filters = CaseFilters(self.find_field, self)
        self.views = self.filters.views
        self.export_button = button("导出", "cases_export", "ghost", "sheet")
        self.enter_button = button("登记案件", "cases_enter", "primary", "plus")
        self.batch_button = button(
            "批量分派", "cases_batch", "ghost", "users", "为全部待分派案件提出最优方案"
        )
        self.columns_button = button("", "cases_columns", "ghost", "columns-3", "显示哪些列")
        self.saved_views = CaseViews(self)
        self.details = CasePanel(AttachmentList(context, "case_record", PAPERS, "文书材料"))
        self.answers = Answers(context, self)
        self.acts = CaseActs(context, self)
        self.batching = Batching(context, self)
        self.detail: CaseDetail | None = None
        self.conflicts: tuple[StandingConflict, ...] = ()
        self._counts: dict[View, int] = dict.fromkeys(View, 0)
        self._counted_on: date | None = None  # the day of the figures, unless something changed since
        self._offers_are_stale = True
        self._aside: list[int] = []  # columns that give way to the reasons of the forgotten ones
        self._build_page()
        self._connect_page()

    # -- reading ---------------------------------------------------------------------------

    def question(self) -> Callable[[Any], Listing]:
        wanted, today = self.filters.wanted(), self.context.today()
        sort, descending, offers = self.sort, self.descending, self._offers_are_stale
        counts = self._counted_on != today

        def read(session: Any) -> Listing:
            return Listing(
                day=today,
                keys=case_keys(session, wanted, today, sort, descending=descending),
                counts=case_counts(session, today) if counts else None,
                options=_options(session) if offers else None,
            )

        return read

    def fetch(self, keys: Sequence[int]) -> dict[int, CaseRow]:
        with self.context.database.read() as session:
            return case_rows(session, keys, self.context.today())

    def show_summary(self) -> None:
        counts, view = self._counts, View[self.views.current()]
        for shown in View:
            self.views.set_count(shown.name, counts[shown])
        self.batch_button.setVisible(view is View.UNASSIGNED and counts[view] > 0)
        self.sums.setText(
            f"在办 {counts[View.OPEN]} 件，待分派 {counts[View.UNASSIGNED]} 件，本周到期 {counts[View.WEEK]} 件，"
            f"被遗忘 {counts[View.FORGOTTEN]} 件"
        )
        self.saved_views.show_current()
        is_filtered = self.filters.are_set()
        if not counts[View.ALL]:
            self.table.set_empty("还没有案件。收到起诉状副本后，按 Ctrl+N 登记", filtered=False)
        elif is_filtered:
            self.table.set_empty("没有符合条件的案件", filtered=True)
        else:
            self.table.set_empty(f"没有{NOTHING[view]}的案件", filtered=False)

    def show_detail(self, key: int | None) -> None:
        if key is None:
            self.detail_reader.drop()
            self._show_case(None)
        else:
            self.detail_reader.ask(partial(self._read_case, key), self._show_case)

    def _read_case(self, key: int, session: Any) -> CaseView | None:
        found = case_detail(session, key, self.context.today())
        return (
            CaseView(
                detail=found,
                acts=tuple(acts_on(session, "case_record", key)),
                conflicts=tuple(standing_conflicts(session, key)),
                ratings=tuple(ratings_of_case(session, key)),
                consultations=tuple(consultations_of_case(session, key, self.context.today())),
            )
            if found
            else None
        )

    def _show_case(self, view: CaseView | None) -> None:
        self.detail = view.detail if view else None
        self.conflicts = view.conflicts if view else ()
        self.details.setVisible(view is not None)
        if view is not None:
            self.details.show_case(view, self.context.today())

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        self._offers_are_stale = self._offers_are_stale or changes.touch(*OFFERED)
        if changes.touch(*self.tables):
            self._counted_on = None
        super().on_changed(changes, visible=visible)

    def clear_filters(self) -> None:
        self.filters.clear()

    def changed_filter(self) -> None:
        """Read again once the clerk rests from typing."""
        self.filters.typed()

    def remember(self) -> None:
        self._show_why(is_shown=False)
        super().remember()

    def show_view(self, view: View) -> None:
        """Show one of the saved views, with nothing else filtered."""
        self.filters.clear(view)
        self.refresh()

    def show_series(self, key: int) -> None:
        """Show the cases of one series, open and closed."""
        self.filters.clear()
        self.filters.series = key
        self.refresh()

    # -- acts ------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open an empty form."""
        self.enter_draft(CaseDraft())

    def enter_draft(self, draft: CaseDraft) -> None:
        """Open the form of a new case with what is known of it; nothing is saved unconfirmed."""
        self._edit(draft, None)

    def open_key(self, key: int) -> None:
        with self.context.database.read() as session:
            draft = case_draft(session, key)
        if draft:
            self._edit(draft, key)

    def edit_current(self) -> None:
        """Open the selected case's form."""
        if (key := self.table.current_key()) is not None:
            self.open_key(key)

    def assign_current(self) -> None:
        """Open the assignment of the selected case."""
        self.once_shown(partial(self._with_current, self.acts.assign))

    def record_current(self) -> None:
        """Record a step of the selected case."""
        self.once_shown(partial(self._with_current, self.acts.record))

    def record_shown(self) -> None:
        """Record a step of the case that was just selected, before the panel has followed."""
        self.record_current()

    def submit_current(self) -> None:
        """Record that the paper of the selected case's nearest period was handed in."""
        self.once_shown(partial(self._with_current, self.acts.submit))

    def attend_current(self) -> None:
        """Arrange who attends the latest hearing of the selected case."""
        self.once_shown(partial(self._with_current, self.acts.attend_latest))

    def result_current(self) -> None:
        """Record how the selected case ended."""
        self.once_shown(partial(self._with_current, self.acts.result))

    def replace_current(self) -> None:
        """Replace the agent of the selected case who has come into a conflict."""
        self.once_shown(partial(self._with_current, self.acts.replace_barred))

    def remove_current(self) -> None:
        """Move the selected cases to the recycle bin, after asking."""
        keys = self.table.selected_keys()
        if keys and self.detail:
            what = self.detail.row.number if len(keys) == 1 else f"所选 {len(keys)} 件案件"
            self.acts.remove(keys, what)

    def export(self) -> None:
        """Export what is shown to Excel."""
        ask_export(self.context, self, "cases", "案件清单", self.model.keys)

    def export_assignments(self) -> None:
        """Export all assignments to Excel."""
        ask_export(self.context, self, "assignments", "分派清单", None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove_current()
        else:
            super().keyPressEvent(event)

    # -- slots -----------------------------------------------------------------------------

    def show_found(self, found: Listing) -> list[int]:
        if found.counts is not None:
            self._counts, self._counted_on = found.counts, found.day
        if found.options is not None:
            self._offers_are_stale = False
            self.filters.offer(*found.options)
        self._show_why(is_shown=self.views.current() == View.FORGOTTEN.name)
        return found.keys

    def _show_why(self, *, is_shown: bool) -> None:
        """Say in a column of its own why a case is forgotten, in the place of some that matter less there."""
        at = {c.key: i for i, c in enumerate(self.model.columns)}
        if self.table.isColumnHidden(at[WHY]) is not is_shown:
            return
        self.table.setColumnHidden(at[WHY], not is_shown)
        if is_shown:
            less = (at["cause"], at["court"], at["attendance"])
            self._aside = [i for i in less if not self.table.isColumnHidden(i)]
        for i in self._aside:
            self.table.setColumnHidden(i, is_shown)
        self.table.fit()

    def _with_current(self, act: Callable[[], object]) -> None:
        key = self.table.current_key()
        if key is not None and (self.detail is None or self.detail.row.key != key):
            self.detail_key = key
            self.detail_reader.drop()
            with self.context.database.read() as session:
                self._show_case(self._read_case(key, session))
        act()

    def _build_page(self) -> None:
        self.panel.setWidget(self.details)
        self.panel.setFocusProxy(self.details.timeline)
        self.columns_button.setProperty("small", True)
        self.shown_count.hide()
        self.summary.hide()
        self.build(
            (self.batch_button, self.export_button, self.enter_button),
            (self.filters.bar(), self.saved_views.button, self.columns_button),
            views=self.views,
        )

    def _connect_page(self) -> None:
        self.filters.changed.connect(self.refresh)
        self.export_button.clicked.connect(self.export)
        self.enter_button.clicked.connect(self.enter)
        self.batch_button.clicked.connect(self.batching.open)
        self.columns_button.clicked.connect(self._show_columns)
        self.details.asked.connect(self.acts.ask)
        self.details.event_asked.connect(self.record_current)
        self.details.submit_asked.connect(self.submit_current)
        self.details.node_asked.connect(self.acts.on_node)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.assign_current)
        QShortcut(QKeySequence("F4"), self).activated.connect(self.record_current)
        QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(self.submit_current)

    def _show_columns(self) -> None:
        at = self.columns_button.rect().bottomLeft()
        self.table.column_menu().popup(self.columns_button.mapToGlobal(at))

    def _edit(self, draft: CaseDraft, key: int | None) -> None:
        with self.context.database.read() as session:
            offers = offers_of(session, self.context, self.acts.find, key)
            ties = ties_of(session, key)
        editor = CaseEditor(draft, ties, key, offers, self.window())
        editor.submitted.connect(self._save)
        editor.other_asked.connect(self.select)
        place = ("case_record", key or 0, draft.version)
        Keeping(self.context, editor, place, CaseDraft, editor.draft, editor.restore)
        editor.open()

    def _save(self, another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, CaseEditor):
            draft, ties, today, key = editor.draft(), editor.ties(), self.context.today(), editor.key
            label = f"{'修改' if key else '登记'}案件 {draft.number.strip() or '（未编号）'}"

            def act(session: Any) -> int:
                return register(session, draft, ties, today, key)

            then = partial(self._saved, editor, label, another)
            perform(self.context, editor, label, act, then, partial(self._refused, editor))

    def _saved(self, editor: CaseEditor, label: str, another: bool, key: int) -> None:
        kept = editor.draft()
        editor.accept()
        self.context.desk.say(f"已保存：{label}，可用 Ctrl+Z 撤销")
        self.select(key)
        if another:
            self._edit(replace(CaseDraft(), procedure=kept.procedure, track=kept.track), None)

    def _refused(self, editor: CaseEditor, error: Exception) -> None:
        if not editor.show_refusal(error):
            self.context.errors.show(error, editor)


NOTHING = {
    View.UNASSIGNED: "待分派",
    View.WEEK: "本周到期",
    View.OPEN: "在办",
    View.CLOSED: "已结",
    View.ALL: "登记",
    View.FORGOTTEN: "被遗忘",
}


def _options(session: Any) -> tuple[Options, Options, Options]:
    return (
        [(short, key) for key, _, short in agency_choices(session)],
        lawyer_choices(session),
        [(court.short_name, court.key) for court in court_choices(session)],
    )
