"""The roster: everybody in the pool, found by typing, opened by Return, as of today or a past day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.queries.roster import RosterFilter, RosterRow, firms, roster, roster_rows, specialities_in_use
from db.roster.rules.lawyers import LawyerDraft, Standing
from db.roster.sheets.imported import ROSTER
from db.services.acts.services import reveal
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.exporting import ask_export
from gui.forms.import_source import SHEETS, Source
from gui.forms.importer import SheetImport
from gui.forms.keeping import Keeping
from gui.pages.roster.acts import RosterActs
from gui.pages.roster.acts_menu import ActsMenu
from gui.pages.roster.columns import COLUMNS
from gui.pages.roster.filters import AsOfButton, RosterFilters
from gui.pages.roster.forms.editor import LawyerEditor
from gui.pages.roster.forms.offers import SECRET_TITLES, offers_of
from gui.pages.roster.panel.panel import LawyerPanel
from gui.pages.roster.papers import RosterPapers
from gui.pages.roster.start import StartPanel
from gui.pages.roster.summary import foot_words, head_words
from gui.pages.roster.view_desk import ViewDesk
from gui.tables.list_page import ListPage
from gui.widgets.basics import Strip, button, column, stretch

RENEW = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_R)
BULK = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_B)


class RosterPage(ListPage):
    """Lists lawyers; enters and changes them through ``LawyerEditor``, acts on them through ``RosterActs``."""

    tables = (
        "lawyer",
        "appointment",
        "suspension",
        "membership",
        "speciality",
        "assignment",
        "service",
        "rating",
        "firm",
        "setting",
        "case_record",
        "assessment",
        "declaration",
        "recommendation",
        "attachment",
    )
    name = "roster"
    title = "顾问库"
    hints = (("Enter", "编辑"), ("Ctrl+N", "新增"), ("Ctrl+F", "筛选"), ("Del", "出库"), ("Ctrl+V", "粘贴"))

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS, "name", "在列表中筛选")
        self.import_button = button("导入", "roster_import", "ghost", "file-input")
        self.export_button = button("导出 Excel", "roster_export", "ghost", "sheet")
        self.print_button = button("打印名册", "roster_print", "ghost", "printer")
        self.acts_button = button(
            "办理", "roster_acts", "ghost", "list-checks", "对所选顾问办理续聘、暂停、解聘等"
        )
        self.enter_button = button("新增顾问", "roster_enter", "primary", "plus")
        self.columns_button = button("", "roster_columns", "ghost", "columns-3", "显示哪些列")
        self.filters = RosterFilters(self.find_field, self)
        self.as_of = AsOfButton(context.today())
        self.views = ViewDesk(self)
        self.acts = RosterActs(context, self)
        self.papers = RosterPapers(context, self)
        self.acts_menu = ActsMenu("roster_acts_menu", self)
        self.past, self.past_area = Strip("wn"), QWidget()
        self.to_today = button("回到今天", "roster_to_today", "link")
        self.details = LawyerPanel(context)
        self.start = StartPanel()
        self.body = QStackedWidget()
        self._rows: list[RosterRow] = []
        self._all: list[RosterRow] = []
        self._build_page()
        self._connect_page()

    # -- reading ---------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The day as of which the roster is shown."""
        return self.as_of.day or self.context.today()

    @property
    def is_of_past(self) -> bool:
        """Whether the roster of a past day is shown, which can only be looked at."""
        return self.as_of.day is not None

    def read_keys(self) -> list[int]:
        wanted = self.filters.wanted(of_past=self.is_of_past)
        sort = "strokes" if self.sort == "name" and self.views.name_order == "strokes" else self.sort
        with self.context.database.read() as session:
            self._all = roster(session, self.day, RosterFilter(in_pool_only=self.is_of_past))
            self._rows = roster(session, self.day, wanted, sort, descending=self.descending)
            self.filters.offer(firms(session), specialities_in_use(session))
        return [row.key for row in self._rows]

    def fetch(self, keys: Sequence[int]) -> dict[int, RosterRow]:
        with self.context.database.read() as session:
            return roster_rows(session, keys, self.day)

    def show_summary(self) -> None:
        self.summary.setText(head_words(self._all))
        self.table.set_empty(
            "没有符合条件的顾问" if self.filters.are_set() else "这一天库中还没有顾问",
            filtered=self.filters.are_set(),
        )
        is_empty = not self._all and not self.is_of_past
        self.body.setCurrentWidget(self.start if is_empty else self.table)
        for made in (self.export_button, self.print_button, self.acts_button):
            made.setEnabled(not is_empty)
        for made in (self.import_button, self.enter_button, self.details.edit, self.details.more):
            made.setEnabled(not self.is_of_past)
        self.sums.setVisible(not is_empty)
        self.past_area.setVisible(self.is_of_past)
        self.past.say(_past_words(self.as_of.day) if self.as_of.day else "")
        self.views.show_current()
        self._show_sums()
        self.show_panel()

    def has_panel(self) -> bool:
        return bool(self._all)

    def show_detail(self, key: int | None) -> None:
        self.details.setVisible(self.details.show_key(key, self.day))

    def clear_filters(self) -> None:
        self.filters.clear()

    def remember(self) -> None:
        super().remember()
        self.views.remember()

    # -- acts ------------------------------------------------------------------------------

    def run_act(self, name: str) -> None:
        """Do one of the acts of the menu to the chosen lawyers."""
        keys = self.table.selected_keys()
        if name == "copy":
            self.table.copy()
        elif self._may_change():
            if name == "paste":
                self.paste()
            elif name == "edit":
                self.edit_current()
            elif keys and name == "certificates":
                self.papers.certificates(keys)
            elif keys:
                getattr(self.acts, name)(keys)

    def enter(self) -> None:
        """Open an empty form."""
        if self._may_change():
            self._edit(LawyerDraft(), None)

    def open_key(self, key: int) -> None:
        if not self._may_change():
            return
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
        self.run_act("remove")

    def import_sheet(self) -> None:
        """Choose a workbook and examine it."""
        if self._may_change():
            self.context.files.open_file(self, "选择名册", SHEETS, self.import_file)

    def import_file(self, path: Path) -> None:
        """Examine a workbook in the import dialog."""
        self._examine(SheetImport(self.context, Source.of_file(ROSTER, path), self.window()))

    def paste(self) -> None:
        """Examine what was copied in Excel or WPS in the import dialog."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._examine(SheetImport(self.context, Source.of_clipboard(ROSTER, text), self.window()))
        else:
            self.context.desk.say("剪贴板里没有文字。请先在 Excel 或 WPS 中选中名册并复制，再按 Ctrl+V")

    def export(self) -> None:
        """Export what is shown to Excel, as of the day shown."""
        ask_export(self.context, self, "roster", "顾问名册", self.model.keys, self.day)

    def print_out(self) -> None:
        """Show 顾问名册 of what is shown, as of the day shown, as it will print."""
        if self.model.keys:
            self.papers.roster(self.model.keys, self.as_of.day)

    def save_template(self) -> None:
        """Save an empty sheet to fill in."""
        self.context.files.save_file(
            self, "保存名册模板", "顾问名册模板.xlsx", "Excel 工作簿 (*.xlsx)", self._save_template
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if isinstance(self.focusWidget(), QLineEdit):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.run_act("dismiss")
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.run_act("paste")
        elif event.keyCombination() == RENEW:
            self.run_act("renew")
        elif event.keyCombination() == BULK:
            self.run_act("bulk_edit")
        else:
            super().keyPressEvent(event)

    # -- slots -----------------------------------------------------------------------------

    def _build_page(self) -> None:
        self.panel.setWidget(self.details)
        self.body.addWidget(self.table)
        self.body.addWidget(self.start)
        self.acts_button.setMenu(self.acts_menu)
        self.acts_button.setProperty("hasMenu", "ghost")
        self.columns_button.setProperty("small", True)
        self.past.layout().addWidget(self.to_today)  # type: ignore[union-attr] # a strip has a layout
        self.past.setObjectName("roster_past")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.setToolTip("")
        self.past_area.setLayout(column(self.past, margins=(24, 10, 24, 10)))
        middle = QWidget()
        middle.setLayout(column(self.past_area, self.body, spacing=0))
        stretch(middle, 1, 1)
        self.shown_count.hide()
        filters: list[QWidget | None] = [self.filters.bar(self.as_of), self.views.button, self.columns_button]
        tools = (
            self.import_button,
            self.export_button,
            self.print_button,
            self.acts_button,
            self.enter_button,
        )
        self.build(tools, filters, middle)
        self.views.restore()

    def _connect_page(self) -> None:
        self.import_button.clicked.connect(self.import_sheet)
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_out)
        self.enter_button.clicked.connect(self.enter)
        self.columns_button.clicked.connect(self._show_columns)
        self.filters.changed.connect(self.changed_filter)
        self.as_of.changed.connect(self.refresh)
        self.to_today.clicked.connect(self.as_of.back_to_today)
        self.acts.done.connect(self._say)
        self.papers.done.connect(self._say)
        self.acts_menu.aboutToShow.connect(self._show_acts_state)
        self.acts_menu.asked.connect(self.run_act)
        self.table.customContextMenuRequested.connect(self._show_acts)
        self.table.selectionModel().selectionChanged.connect(self._show_sums)
        self.details.edit_asked.connect(self.edit_current)
        self.details.act_asked.connect(self._act_on_shown)
        self.details.case_asked.connect(self._go_to_case)
        self.details.consultation_asked.connect(self._go_to_consultation)
        self.start.import_asked.connect(self.import_sheet)
        self.start.enter_asked.connect(self.enter)
        self.start.demo_asked.connect(self._load_demo)
        self.start.template_asked.connect(self.save_template)
        self.start.dropped.connect(self.import_file)

    def _act_on_shown(self, name: str) -> None:
        """Do one of the acts to the lawyer in the panel, whoever else is selected."""
        if self.detail_key is not None and self._may_change():
            getattr(self.acts, name)([self.detail_key])

    def _may_change(self) -> bool:
        """Say whether the present roster is shown; else say why nothing can be changed."""
        if self.is_of_past:
            self.context.desk.say(f"现在显示的是 {self.day} 的名册，只能查看。请先点“回到今天”再办理")
        return not self.is_of_past

    def _show_sums(self) -> None:
        chosen = set(self.table.selected_keys())
        self.sums.setText(foot_words(self._rows, len(self._all), [r for r in self._rows if r.key in chosen]))

    def _show_columns(self) -> None:
        self.table.column_menu().popup(
            self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft())
        )

    def _show_acts_state(self) -> None:
        chosen = set(self.table.selected_keys())
        rows = [row for row in self._rows if row.key in chosen]
        paused = sum(row.standing is Standing.SUSPENDED for row in rows)
        self.acts_menu.show_state(len(rows), paused, read_only=self.is_of_past)

    def _show_acts(self, at: QPoint) -> None:
        self.acts_menu.popup(self.table.viewport().mapToGlobal(at))

    def _examine(self, dialog: SheetImport) -> None:
        dialog.imported.connect(self._say)
        dialog.open()

    def _edit(self, draft: LawyerDraft, key: int | None) -> None:
        with self.context.database.read() as session:
            offers = offers_of(session, self.context.today(), key)
        editor = LawyerEditor(draft, key, offers, self.window())
        editor.submitted.connect(self._save)
        editor.reveal_asked.connect(self._reveal)
        place = ("lawyer", key or 0, draft.version)
        Keeping(self.context, editor, place, LawyerDraft, editor.draft, editor.restore)
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

    def _say(self, text: str) -> None:
        self.context.desk.say(f"{text}，可用 Ctrl+Z 撤销")

    def _go_to_case(self, key: int) -> None:
        self.context.desk.go("cases", key)

    def _go_to_consultation(self, key: int) -> None:
        self.context.desk.go("consultations", key)

    def _load_demo(self) -> None:
        self.context.desk.run("load_demo")

    def _save_template(self, path: Path) -> None:
        from db.catalogue.lists import template  # noqa: PLC0415 - brings the workbook writer

        def work() -> None:
            template(path, overwrite=True)

        then = partial(self._saved_template, path.name)
        self.context.tasks.run(self, work, then, self.context.errors.show, act=f"保存 {path.name}")

    def _saved_template(self, name: str, _: object) -> None:
        self.context.desk.say(f"已保存模板 {name}")


def _past_words(day: date) -> str:
    return f"现在显示 {day} 的名册，只能查看。聘期、律所、分派和评价按当日计算，其余为现在的登记。"
