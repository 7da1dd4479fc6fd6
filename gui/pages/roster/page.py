"""The roster: everybody in the pool, found by typing, opened by Return."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from db.acts.lawyers import remove_lawyers, save_lawyer
from db.acts.services import reveal
from db.queries.history import acts_on
from db.queries.lawyers import lawyer_detail, lawyer_draft
from db.queries.roster import (
    RosterFilter,
    RosterRow,
    firms,
    roster,
    roster_rows,
    specialities_in_use,
)
from db.rules.lawyers import LawyerDraft, Standing
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.exporting import ask_export
from gui.pages.roster.columns import COLUMNS, TERM_SOON
from gui.pages.roster.editor import LawyerEditor
from gui.pages.roster.importer import RosterImport
from gui.pages.roster.offers import SECRET_TITLES, offers_of
from gui.pages.roster.panel import LawyerPanel
from gui.pages.roster.start import StartPanel
from gui.tables.list_page import ListPage
from gui.widgets.basics import button
from gui.widgets.fields import FilterButton


class RosterPage(ListPage):
    """Lists lawyers; enters and changes them through ``LawyerEditor``."""

    tables = (
        "lawyer",
        "appointment",
        "membership",
        "speciality",
        "assignment",
        "firm",
        "setting",
        "case_record",
    )
    name = "roster"
    title = "顾问库"
    hints = (("Enter", "编辑"), ("Ctrl+N", "新增"), ("Ctrl+F", "筛选"))

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS, "name", "在列表中筛选")
        self.import_button = button("导入", "roster_import", "ghost", "file-input")
        self.export_button = button("导出 Excel", "roster_export", "ghost", "sheet")
        self.enter_button = button("新增顾问", "roster_enter", "primary", "plus")
        self.standing = FilterButton("状态", "roster_standing", many=True)
        self.speciality = FilterButton("专业领域", "roster_speciality", many=True)
        self.firm = FilterButton("律所", "roster_firm", many=True)
        self.assignable = QCheckBox("只看可承办")
        self.columns_button = button("", "roster_columns", "ghost", "columns-3", "显示哪些列")
        self.details = LawyerPanel()
        self.start = StartPanel()
        self.body = QStackedWidget()
        self._rows: list[RosterRow] = []
        self._all: list[RosterRow] = []
        self._build_page()
        self._connect_page()

    # -- reading ---------------------------------------------------------------------------

    def read_keys(self) -> list[int]:
        wanted = RosterFilter(
            text=self.find_field.text(),
            standings=frozenset(Standing(str(v)) for v in self.standing.values()),
            specialities=frozenset(map(str, self.speciality.values())),
            firms=frozenset(map(str, self.firm.values())),
            assignable_only=self.assignable.isChecked(),
        )
        today = self.context.today()
        with self.context.database.read() as session:
            self._all = roster(session, today)
            self._rows = roster(session, today, wanted, self.sort, descending=self.descending)
            self.firm.set_options((name, name) for name in firms(session))
            self.speciality.set_options((name, name) for name in specialities_in_use(session))
        return [row.key for row in self._rows]

    def fetch(self, keys: Sequence[int]) -> dict[int, RosterRow]:
        with self.context.database.read() as session:
            return roster_rows(session, keys, self.context.today())

    def show_summary(self) -> None:
        serving = [r for r in self._all if r.standing is Standing.SERVING]
        soon = sum(r.days_left is not None and r.days_left <= TERM_SOON for r in serving)
        words = f"{len(self._all)} 人，在聘 {len(serving)}，30 天内到期 {soon}"
        self.summary.setText(words if self._all else "还没有顾问")
        self.shown_count.setText(f"显示 {len(self._rows)} / {len(self._all)}")
        running = sum(r.running for r in self._rows)
        self.sums.setText(f"在办合计 {running} 人次，本年分派 {sum(r.this_year for r in self._rows)} 人次")
        self.table.set_empty("没有符合条件的顾问", filtered=True)
        is_empty = not self._all
        self.body.setCurrentWidget(self.start if is_empty else self.table)
        self.export_button.setEnabled(not is_empty)
        self.sums.setVisible(not is_empty)
        self.show_panel()

    def has_panel(self) -> bool:
        return bool(self._all)

    def show_detail(self, key: int | None) -> None:
        detail = None
        if key is not None:
            with self.context.database.read() as session:
                detail = lawyer_detail(session, key, self.context.today())
                acts = acts_on(session, "lawyer", key)
        self.details.setVisible(detail is not None)
        if detail is not None:
            self.details.show_lawyer(detail, acts)

    def clear_filters(self) -> None:
        self.find_field.blockSignals(True)
        self.find_field.clear()
        self.find_field.blockSignals(False)
        for filter_button in (self.standing, self.speciality, self.firm):
            filter_button.choose()
        self.assignable.setChecked(False)

    # -- acts ------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open an empty form."""
        self._edit(LawyerDraft(), None)

    def open_key(self, key: int) -> None:
        with self.context.database.read() as session:
            draft = lawyer_draft(session, key, self.context.today())
        if draft:
            self._edit(draft, key)

    def edit_current(self) -> None:
        """Open the selected lawyer's form."""
        if (key := self.table.current_key()) is not None:
            self.open_key(key)

    def remove_current(self) -> None:
        """Move the selected lawyers to the recycle bin, after asking."""
        keys = self.table.selected_keys()
        names = [row.name for row in self._rows if row.key in keys]
        if keys:
            text = f"把 {'、'.join(names)} 移入回收站？可以随时从回收站恢复。"
            confirm(self, "移入回收站", text, "移入回收站", partial(self._remove, keys, names))

    def import_sheet(self) -> None:
        """Choose a workbook and examine it."""
        kinds = "表格文件 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"
        self.context.files.open_file(self, "选择名册", kinds, self.import_file)

    def import_file(self, path: Path) -> None:
        """Examine a workbook in the import dialog."""
        dialog = RosterImport(self.context, path, self.window())
        dialog.imported.connect(self._say)
        dialog.open()

    def export(self) -> None:
        """Export what is shown to Excel."""
        ask_export(self.context, self, "roster", "顾问名册", self.model.keys)

    def save_template(self) -> None:
        """Save an empty sheet to fill in."""
        self.context.files.save_file(
            self, "保存名册模板", "顾问名册模板.xlsx", "Excel 工作簿 (*.xlsx)", self._save_template
        )

    # -- slots -----------------------------------------------------------------------------

    def _build_page(self) -> None:
        self.standing.set_options((s.value, s.value) for s in Standing)
        self.assignable.setObjectName("roster_assignable")
        self.panel.setWidget(self.details)
        self.body.addWidget(self.table)
        self.body.addWidget(self.start)
        filters: list[QWidget | None] = [
            self.find_field,
            self.standing,
            self.speciality,
            self.firm,
            self.assignable,
            None,
        ]
        self.find_field.setFixedWidth(176)
        self.build((self.import_button, self.export_button, self.enter_button), filters, self.body)
        self.layout()

    def _connect_page(self) -> None:
        self.import_button.clicked.connect(self.import_sheet)
        self.export_button.clicked.connect(self.export)
        self.enter_button.clicked.connect(self.enter)
        for filter_button in (self.standing, self.speciality, self.firm):
            filter_button.changed.connect(self.changed_filter)
        self.assignable.clicked.connect(self.changed_filter)
        self.details.edit_asked.connect(self.edit_current)
        self.details.remove_asked.connect(self.remove_current)
        self.details.case_asked.connect(self._go_to_case)
        self.start.import_asked.connect(self.import_sheet)
        self.start.enter_asked.connect(self.enter)
        self.start.demo_asked.connect(self._load_demo)
        self.start.template_asked.connect(self.save_template)
        self.start.dropped.connect(self.import_file)

    def _edit(self, draft: LawyerDraft, key: int | None) -> None:
        with self.context.database.read() as session:
            offers = offers_of(session, self.context.today(), key)
        editor = LawyerEditor(draft, key, offers, self.window())
        editor.submitted.connect(self._save)
        editor.reveal_asked.connect(self._reveal)
        editor.open()

    def _save(self, another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, LawyerEditor):
            draft, today, key = editor.draft(), self.context.today(), editor.key
            label = f"{'修改' if key else '新增'}顾问 {draft.name.strip()}"

            def act(session: Any) -> int:
                return save_lawyer(session, draft, today, key)

            then = partial(self._saved, editor, label, another)
            perform(self.context, editor, label, act, then, partial(self._refused, editor))

    def _saved(self, editor: LawyerEditor, label: str, another: bool, key: int) -> None:
        kept = editor.draft()
        editor.accept()
        self._say(f"已保存：{label}")
        self.select(key)
        if another:
            self._edit(
                replace(LawyerDraft(), firm=kept.firm, term_from=kept.term_from, term_to=kept.term_to), None
            )

    def _reveal(self, what: str) -> None:
        """Show a hidden number in the editor; that it was shown is written down first."""
        editor = self.sender()
        if isinstance(editor, LawyerEditor) and editor.key is not None:
            key, name = editor.key, editor.draft().name.strip()

            def act(session: Any) -> str:
                return reveal(session, key, what)

            label = f"查看 {name} 的完整{SECRET_TITLES[what]}"
            then, failed = partial(self._revealed, editor, what), partial(self._refused, editor)
            perform(self.context, editor, label, act, then, failed)

    def _revealed(self, editor: LawyerEditor, what: str, _number: str) -> None:
        editor.reveal(what)

    def _refused(self, editor: LawyerEditor, error: Exception) -> None:
        if not editor.show_refusal(error):
            self.context.errors.show(error, editor)

    def _remove(self, keys: list[int], names: list[str]) -> None:
        def act(session: Any) -> None:
            remove_lawyers(session, keys)

        text = f"移入回收站：{'、'.join(names)}"
        perform(self.context, self, text, act, partial(self._removed, text), self.context.errors.show)

    def _removed(self, text: str, _: object) -> None:
        self._say(text)

    def _say(self, text: str) -> None:
        self.context.desk.say(f"{text}，可用 Ctrl+Z 撤销")

    def _go_to_case(self, key: int) -> None:
        self.context.desk.go("cases", key)

    def _load_demo(self) -> None:
        self.context.desk.run("load_demo")

    def _save_template(self, path: Path) -> None:
        from db.exchange.lists import template  # noqa: PLC0415 - brings the workbook writer

        def work() -> None:
            template(path, overwrite=True)

        self.context.tasks.run(
            self, work, partial(self._removed, f"已保存模板 {path.name}"), self.context.errors.show
        )
