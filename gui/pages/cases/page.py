"""The cases: nearest deadline first; register, record what happens, assign."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut

from db.acts.assignments import assign, end_assignment
from db.acts.cases import record_event, remove_cases, remove_event, save_case
from db.case_state import load_calendar
from db.queries.agencies import agency_choices
from db.queries.candidates import candidates
from db.queries.case_detail import CaseDetail, case_detail, case_draft
from db.queries.cases import CaseFilter, CaseRow, View, case_counts, case_keys, case_rows, same_number
from db.queries.history import acts_on
from db.queries.reference import cause_choices, court_choices
from db.queries.roster import roster
from db.queries.search import keys_of
from db.rules import events
from db.rules.cases import CaseDraft
from db.rules.vocabulary import EventKind, Procedure
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.exporting import ask_export
from gui.pages.cases.answer_form import Answers
from gui.pages.cases.assign import AssignDialog
from gui.pages.cases.columns import columns
from gui.pages.cases.dialogs import EndDialog, EventDialog
from gui.pages.cases.editor import CaseEditor, Offers
from gui.pages.cases.panel import CasePanel
from gui.tables.list_page import ListPage
from gui.widgets.basics import button
from gui.widgets.fields import FilterButton, Segments

NEXT = {
    "答辩": EventKind.ANSWERED,
    "答复": EventKind.ANSWERED,
    "审理": EventKind.HEARING,
    "开庭": EventKind.JUDGMENT_SERVED,
    "宣判": EventKind.CLOSED,
    "上诉": EventKind.CLOSED,
    "生效": EventKind.CLOSED,
}


class CasesPage(ListPage):
    """Lists cases; registers them, records their steps, assigns lawyers."""

    tables = (
        "case_record",
        "case_party",
        "case_event",
        "assignment",
        "lawyer",
        "agency",
        "holiday",
        "setting",
    )
    name = "cases"
    title = "案件"
    hints = (("Enter", "打开"), ("Ctrl+Enter", "分派"), ("F4", "登记进程"))

    def __init__(self, context: Context) -> None:
        super().__init__(context, columns(context.today), "due", "在列表中筛选")
        self.views = Segments([(v.name, v.value) for v in View], "cases_views")
        self.views.choose(View.OPEN.name)
        self.export_button = button("导出", "cases_export", "ghost", "sheet")
        self.enter_button = button("登记案件", "cases_enter", "primary", "plus")
        self.agency = FilterButton("被告单位", "cases_agency")
        self.procedure = FilterButton("审级", "cases_procedure")
        self.lawyer = FilterButton("承办顾问", "cases_lawyer")
        self.details = CasePanel()
        self.answers = Answers(context, self)
        self._detail: CaseDetail | None = None
        self._build_page()
        self._connect_page()

    # -- reading ---------------------------------------------------------------------------

    def read_keys(self) -> list[int]:
        agency, lawyer, procedure = self.agency.value(), self.lawyer.value(), self.procedure.value()
        wanted = CaseFilter(
            view=View[self.views.current()],
            text=self.find_field.text(),
            agency_id=agency if isinstance(agency, int) else None,
            procedure=Procedure(str(procedure)) if procedure else None,
            lawyer_id=lawyer if isinstance(lawyer, int) else None,
        )
        today = self.context.today()
        with self.context.database.read() as session:
            self._counts = case_counts(session, today)
            self.agency.set_options((short, key) for key, _, short in agency_choices(session))
            self.lawyer.set_options((row.name, row.key) for row in roster(session, today))
            return case_keys(session, wanted, today, self.sort, descending=self.descending)

    def fetch(self, keys: Sequence[int]) -> dict[int, CaseRow]:
        with self.context.database.read() as session:
            return case_rows(session, keys, self.context.today())

    def show_summary(self) -> None:
        for view in View:
            shown = self._counts[view] if view in {View.UNASSIGNED, View.WEEK, View.OPEN} else None
            self.views.set_count(view.name, shown)
        self.shown_count.setText(f"显示 {len(self.model.keys)} / {self._counts[View.ALL]}")
        counts = self._counts
        self.sums.setText(
            f"在办 {counts[View.OPEN]} 件，待分派 {counts[View.UNASSIGNED]} 件，本周到期 {counts[View.WEEK]} 件"
        )
        if counts[View.ALL]:
            self.table.set_empty("没有符合条件的案件", filtered=True)
        else:
            self.table.set_empty("还没有案件。收到起诉状副本后，按 Ctrl+N 登记", filtered=False)

    def show_detail(self, key: int | None) -> None:
        self._detail = None
        if key is not None:
            with self.context.database.read() as session:
                self._detail = case_detail(session, key, self.context.today())
                acts = acts_on(session, "case_record", key)
        self.details.setVisible(self._detail is not None)
        if self._detail is not None:
            self.details.show_case(self._detail, acts, self.context.today())

    def clear_filters(self) -> None:
        self.find_field.blockSignals(True)
        self.find_field.clear()
        self.find_field.blockSignals(False)
        for filter_button in (self.agency, self.procedure, self.lawyer):
            filter_button.choose()
        self.views.choose(View.ALL.name)

    def show_view(self, view: View) -> None:
        """Show one of the saved views, with nothing else filtered."""
        self.clear_filters()
        self.views.choose(view.name)
        self.refresh()

    # -- acts ------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open an empty form."""
        self._edit(CaseDraft(), None)

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
        key = self.table.current_key()
        if key is not None:
            self.show_detail(key)
        detail = self._detail
        if detail is None or not detail.row.is_open:
            return
        dialog = AssignDialog(detail, self.context.today(), self.window())
        if not dialog.defendants:
            return
        dialog.party_changed.connect(self._show_candidates)
        dialog.submitted.connect(self._assign)
        self._fill_candidates(dialog)
        dialog.open()

    def record_current(self) -> None:
        """Record a step of the selected case."""
        detail = self._detail
        if detail is None or not detail.row.is_open:
            return
        proposed = NEXT.get(detail.row.stage, events.RECEIPT_OF[detail.row.procedure])
        dialog = EventDialog(detail.row.key, detail.version, proposed, self.context.today(), self.window())
        dialog.submitted.connect(self._record)
        dialog.open()

    def record_shown(self) -> None:
        """Record a step of the case that was just selected, before the panel has followed."""
        self.show_detail(self.table.current_key())
        self.record_current()

    def remove_current(self) -> None:
        """Move the selected cases to the recycle bin, after asking."""
        keys = self.table.selected_keys()
        if keys and self._detail:
            what = self._detail.row.number if len(keys) == 1 else f"所选 {len(keys)} 件案件"
            text = f"把 {what} 移入回收站？可以随时从回收站恢复。"
            confirm(self, "移入回收站", text, "移入回收站", partial(self._remove, keys, what))

    def export(self) -> None:
        """Export what is shown to Excel."""
        ask_export(self.context, self, "cases", "案件清单", self.model.keys)

    def export_assignments(self) -> None:
        """Export all assignments to Excel."""
        ask_export(self.context, self, "assignments", "分派清单", None)

    # -- slots -----------------------------------------------------------------------------

    def _build_page(self) -> None:
        self.procedure.set_options((p.value, p.value) for p in Procedure)
        self.panel.setWidget(self.details)
        self.find_field.setFixedWidth(176)
        self.build(
            (self.views, self.export_button, self.enter_button),
            (self.find_field, self.agency, self.procedure, self.lawyer, None),
        )

    def _connect_page(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.export_button.clicked.connect(self.export)
        self.enter_button.clicked.connect(self.enter)
        for filter_button in (self.agency, self.procedure, self.lawyer):
            filter_button.changed.connect(self.changed_filter)
        self.details.assign_asked.connect(self.assign_current)
        self.details.event_asked.connect(self.record_current)
        self.details.edit_asked.connect(self.edit_current)
        self.details.remove_asked.connect(self.remove_current)
        self.details.end_asked.connect(self._end)
        self.details.answer_asked.connect(self._answer)
        self.details.event_removal_asked.connect(self._remove_event)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.assign_current)
        QShortcut(QKeySequence("F4"), self).activated.connect(self.record_current)

    def _on_view(self, _: str) -> None:
        self.refresh()

    def _edit(self, draft: CaseDraft, key: int | None) -> None:
        with self.context.database.read() as session:
            keys = keys_of(session, "agency")
            offers = Offers(
                agencies=tuple(
                    (k, name, short, keys.get(k, ())) for k, name, short in agency_choices(session)
                ),
                courts=tuple(court_choices(session)),
                causes=tuple(cause_choices(session)),
                calendar=load_calendar(session),
                today=self.context.today(),
                taken=partial(self._is_taken, key),
            )
        editor = CaseEditor(draft, key, offers, self.window())
        editor.submitted.connect(self._save)
        editor.open()

    def _is_taken(self, key: int | None, number: str) -> bool:
        with self.context.database.read() as session:
            return bool(same_number(session, number, key))

    def _save(self, another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, CaseEditor):
            draft, today, key = editor.draft(), self.context.today(), editor.key
            label = f"{'修改' if key else '登记'}案件 {draft.number.strip() or '（未编号）'}"

            def act(session: Any) -> int:
                return save_case(session, draft, today, key)

            then = partial(self._saved, editor, label, another)
            perform(self.context, editor, label, act, then, partial(self._refused, editor))

    def _saved(self, editor: CaseEditor, label: str, another: bool, key: int) -> None:
        kept = editor.draft()
        editor.accept()
        self._say(f"已保存：{label}")
        self.select(key)
        if another:
            self._edit(replace(CaseDraft(), court_id=kept.court_id, procedure=kept.procedure), None)

    def _refused(self, editor: Any, error: Exception) -> None:
        if not editor.show_refusal(error):
            self.context.errors.show(error, editor)

    def _show_candidates(self, _party: int) -> None:
        dialog = self.sender()
        if isinstance(dialog, AssignDialog):
            dialog.chosen.clear()
            self._fill_candidates(dialog)

    def _fill_candidates(self, dialog: AssignDialog) -> None:
        with self.context.database.read() as session:
            day = dialog.assigned_on.day() or self.context.today()
            found = candidates(session, dialog.detail.row.key, dialog.current_party().key, day)
        dialog.show_candidates(found)

    def _assign(self) -> None:
        dialog = self.sender()
        if isinstance(dialog, AssignDialog):
            draft, today = dialog.draft(), self.context.today()
            label = f"分派 {dialog.detail.row.number}：{dialog.names()}"

            def act(session: Any) -> list[int]:
                return assign(session, draft, today)

            perform(
                self.context,
                dialog,
                label,
                act,
                partial(self._done, dialog, label),
                partial(self._refused, dialog),
            )

    def _record(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, EventDialog):
            draft, today, case_id, version = (
                dialog.draft(),
                self.context.today(),
                dialog.case_id,
                dialog.version,
            )
            label = f"登记{draft.kind.value}"

            def act(session: Any) -> int:
                return record_event(session, case_id, draft, version, today)

            perform(
                self.context,
                dialog,
                label,
                act,
                partial(self._done, dialog, label),
                partial(self._refused, dialog),
            )

    def _answer(self, party_id: int) -> None:
        if self._detail:
            self.answers.ask(self._detail.row.key, party_id)

    def _end(self, assignment_id: int) -> None:
        detail = self._detail
        lines = [a for p in detail.parties for a in p.agents] if detail else []
        agent = next((a for a in lines if a.assignment_id == assignment_id), None)
        if agent is not None and agent.assigned_on is not None:
            dialog = EndDialog(
                assignment_id, agent.name, agent.assigned_on, self.context.today(), self.window()
            )
            dialog.submitted.connect(self._end_it)
            dialog.open()

    def _end_it(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, EndDialog):
            draft, key = dialog.draft(), dialog.assignment_id
            label = dialog.windowTitle()

            def act(session: Any) -> None:
                end_assignment(session, key, draft)

            perform(
                self.context,
                dialog,
                label,
                act,
                partial(self._done, dialog, label),
                partial(self._refused, dialog),
            )

    def _done(self, dialog: Any, label: str, _: object) -> None:
        dialog.accept()
        self._say(f"已完成：{label}")

    def _remove_event(self, event_id: int) -> None:
        def act(session: Any) -> None:
            remove_event(session, event_id)

        label = "删去一条进程"
        perform(self.context, self, label, act, partial(self._told, label), self.context.errors.show)

    def _remove(self, keys: list[int], what: str) -> None:
        def act(session: Any) -> None:
            remove_cases(session, keys)

        label = f"移入回收站：{what}"
        perform(self.context, self, label, act, partial(self._told, label), self.context.errors.show)

    def _told(self, label: str, _: object) -> None:
        self._say(f"已完成：{label}")

    def _say(self, text: str) -> None:
        self.context.desk.say(f"{text}，可用 Ctrl+Z 撤销")
