"""The workbench: what is to be done, by date; beside it the pool's load, the office's figures, recent acts."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from db.cases.queries.cases import View, week_end
from db.cases.queries.detail import case_draft
from db.catalogue.reports import Parameters, make
from db.coverage.queries.headline import TABLES, CoverageHeadline, coverage_headline
from db.office.queries.history import ActLine, recent_acts
from db.office.todo import Todo, TodoKind
from db.workbench.papers.weekly import WEEKLY
from db.workbench.todos import ForgottenCase, Overview, horizon, overview
from gui.context import Context
from gui.forms.copying import copy_notice
from gui.pages.workbench.done import DoneForm
from gui.pages.workbench.filing import FilingForm
from gui.pages.workbench.items import (
    FILTERS,
    FORGOTTEN,
    forgotten_id,
    forgotten_item,
    id_of,
    item_of,
    lacking,
    step_of,
)
from gui.pages.workbench.side import WorkbenchSide
from gui.printing.preview import PaperPreview
from gui.tables.due import WEEKDAYS
from gui.tables.todo_list import Group, Item, TodoList
from gui.widgets.basics import button, column, key_hints, label, line, pane, row, stretch
from gui.widgets.fields import Segments

AHEAD = 90  # days that the calendar file reaches
ROOMY = 1030  # pixels of the list: from here on there is room for the date, and 本周事项表 has a button of its own
MORE = (
    ("本周应诉事项表…\tCtrl+P", "print_out"),
    ("期限和开庭导出为日历（.ics）…\tCtrl+E", "export"),
    ("粘贴通知登记…\tCtrl+Shift+V", "enter_from_text"),
)
VIEWS = {
    "lawyer": "查看顾问",
    "agency": "查看单位",
    "consultation": "查看会商",
    "public_lawyer": "查看公职律师",
    "sharing": "查看统筹",
    "agency_contract": "查看合同",
}
OPENS = {
    "public_lawyer": "show_list",
    "sharing": "open_sharing",
    "agency_contract": "open_contract",
}
ICS = "日历文件 (*.ics)"
GROUPS = ("今天", FORGOTTEN, "本周", "下周", "以后")


class WorkbenchPage(QWidget):
    """Shows what is to be done; Enter does the next step of the selected thing."""

    filled = Signal()  # the things to do are there

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("workbench_page")
        self.context = context
        self.date = label("", "caption")
        self.filter = Segments([(key, word) for key, (word, _) in FILTERS.items()], "todo_filter")
        self.enter_button = button("登记案件", "workbench_enter", "primary", "plus")
        self.sheet_button = button(
            "本周事项表", "weekly_sheet", "ghost", "printer", "本周应诉事项表（Ctrl+P）"
        )
        self.more_button = button("", "workbench_more", "ghost", "ellipsis", "更多")
        self.todos = TodoList("todos")
        self.todos.folded = {"以后", FORGOTTEN}
        self.empty = label("", "second")
        self.side = WorkbenchSide()
        self._is_stale = self._is_coverage_stale = True
        self._overview: Overview | None = None
        self._todos: dict[str, Todo] = {}
        self._forgotten: dict[str, ForgottenCase] = {}
        self._build()
        self._connect()

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between."""
        return (self.todos, self.side.load)

    # -- what the window asks --------------------------------------------------------------

    def shown(self) -> None:
        """Look again if something changed while the page was hidden."""
        if self._is_stale:
            self.refresh()
        self.todos.setFocus()

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        """Look again, now or when next shown."""
        self._is_stale = True
        self._is_coverage_stale = self._is_coverage_stale or changes.touch(*TABLES)
        if visible:
            self.refresh()

    def select(self, _key: int) -> None:
        """The workbench lists things to do, not records."""

    def remember(self) -> None:
        """Nothing to keep."""

    def refresh(self) -> None:
        """Read again in a worker, since this page gathers from everywhere."""
        self._is_stale = False
        context = self.context

        def work() -> tuple[Overview, Sequence[ActLine]]:
            with context.database.read() as session:
                return overview(session, context.today()), recent_acts(session, 7)

        context.tasks.run(self, work, self._show, context.errors.show)
        if self._is_coverage_stale:
            self._read_coverage()

    def enter(self) -> None:
        """Register a case."""
        self.context.desk.run("cases.enter")

    def print_out(self) -> None:
        """Show the sheet of this week as it will print."""
        today = self.context.today()
        wanted = Parameters(
            from_on=today, to_on=week_end(today), today=today, maker=self.context.database.clerk
        )
        papers = partial(make, self.context.database, WEEKLY, wanted)
        PaperPreview(self.context, papers, WEEKLY, self.window()).open()

    def export(self) -> None:
        """Save deadlines and hearings as a calendar file."""
        name = f"行政应诉日历{self.context.today():%Y%m%d}.ics"
        self.context.files.save_file(self, "导出日历", name, ICS, self._write_calendar)

    def choose(self, todo: Todo) -> None:
        """Select a thing to do, also when its kind was filtered away."""
        self.filter.choose("all")
        self.todos.folded -= {horizon(todo.due_on, self.context.today())}
        self._show_todos()
        self.todos.choose(id_of(todo))
        self.todos.setFocus()

    def _read_coverage(self) -> None:
        """Read what beside the list takes longer in a worker of its own, so that the list need not wait."""
        self._is_coverage_stale = False
        context = self.context

        def work() -> CoverageHeadline:
            with context.database.read() as session:
                return coverage_headline(session, context.today())

        context.tasks.run(self, work, self.side.coverage.show_headline, context.errors.show)

    # -- showing ---------------------------------------------------------------------------

    def _show(self, answer: tuple[Overview, Sequence[ActLine]]) -> None:
        self._overview, acts = answer
        today = self.context.today()
        self.date.setText(f"{today.year}年{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}")
        self._show_todos()
        self.side.show_overview(self._overview)
        self.side.show_acts(acts, today)
        self.filled.emit()

    def _show_todos(self) -> None:
        found, today = self._overview, self.context.today()
        if found is None:
            return
        self._count(found)
        chosen = self.filter.current()
        kinds = FILTERS[chosen][1]
        wanted = [t for t in found.todos if t.kind in kinds]
        self._todos = {id_of(t): t for t in wanted}
        groups: dict[str, list[Item]] = {name: [] for name in GROUPS}
        for todo in self._todos.values():
            groups[horizon(todo.due_on, today)].append(item_of(todo, today))
        more = {
            name: sum(n for (kind, when), n in found.counts.items() if when == name and kind in kinds)
            - len(groups[name])
            for name in GROUPS
        }
        self._forgotten = {}
        if chosen in {"all", "FORGOTTEN"}:
            self._forgotten = {forgotten_id(c): c for c in found.forgotten_cases}
            groups[FORGOTTEN] = [forgotten_item(c) for c in self._forgotten.values()]
            more[FORGOTTEN] = found.forgotten - len(self._forgotten)
        self.todos.show_groups(
            [
                Group(name, _note(name, today), tuple(items), max(more[name], 0))
                for name, items in groups.items()
                if items or more[name] > 0
            ]
        )
        nothing = not wanted and not self._forgotten
        self.empty.setVisible(nothing)
        self.empty.setText("没有待办事项" if chosen == "all" else "没有这一类待办事项")

    def _count(self, found: Overview) -> None:
        for key, (_, kinds) in FILTERS.items():
            count = sum(n for (kind, _), n in found.counts.items() if kind in kinds)
            count = found.forgotten if key == "FORGOTTEN" else count
            self.filter.set_count(key, count or None)

    # -- acts ------------------------------------------------------------------------------

    def _act(self, key: str) -> None:
        """Do the next step of a thing to do."""
        if case := self._forgotten.get(key):
            self._run("cases", case.key, lacking(case)[2])
            return
        todo = self._todos[key]
        if todo.kind is TodoKind.FILING:
            form = FilingForm(self.context, todo, self.window())
            form.filed.connect(self.context.desk.say)
            form.open()
            return
        if todo.kind is TodoKind.EXPIRY:
            self.context.desk.run("act_on_registry", step_of(todo)[1], todo.key)
            return
        self._run(_page_of(todo), todo.key, step_of(todo)[1])

    def _finish(self, key: str) -> None:
        """Note that a period was met; of anything else, do the step that finishes it."""
        todo = self._todos.get(key)
        if todo is None or todo.kind is not TodoKind.DEADLINE:
            self._act(key)
            return
        context = self.context

        def work() -> int | None:
            with context.database.read() as session:
                draft = case_draft(session, todo.key)
            return draft.version if draft else None

        context.tasks.run(self, work, partial(self._ask_proof, todo), context.errors.show)

    def _ask_proof(self, todo: Todo, version: int | None) -> None:
        if version is not None:
            form = DoneForm(self.context, todo, version, self.window())
            form.finished_todo.connect(self.context.desk.say)
            form.open()

    def _run(self, page: str, key: int, command: str) -> None:
        self.context.desk.go(page, key)
        if command:
            name, _, given = command.partition(":")
            self.context.desk.run(name, *filter(None, (given,)))

    def _open(self, key: str) -> None:
        """Show the record that a thing to do is about."""
        if case := self._forgotten.get(key):
            self.context.desk.go("cases", case.key)
        elif (todo := self._todos[key]).kind is TodoKind.EXPIRY:
            self.context.desk.run("act_on_registry", OPENS[todo.table], todo.key)
        elif todo.table != "change_filing":
            self.context.desk.go(_page_of(todo), todo.key)

    def _copy(self, key: str) -> None:
        case, todo = self._forgotten.get(key), self._todos.get(key)
        if case is not None or (todo is not None and todo.table == "case_record"):
            copy_notice(self.context, self, case.key if case else todo.key if todo else 0)

    def _show_menu(self, key: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("todo_menu")
        todo = self._todos.get(key)
        step = step_of(todo)[0] if todo else lacking(self._forgotten[key])[1]
        entries = [("act", f"{step}\tEnter")]
        if todo is None or todo.table != "change_filing":
            entries.append(("open", VIEWS.get(todo.table if todo else "", "查看案件")))
        if todo is not None and todo.kind is TodoKind.DEADLINE:
            entries.append(("finish", "登记办结…\tCtrl+D"))
        if todo is None or todo.table == "case_record":
            entries.append(("copy", "复制通知文字\tCtrl+C"))
        for what, text in entries:
            menu.addAction(text).setData((what, key))
        menu.triggered.connect(self._on_menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _on_menu(self, action: QAction) -> None:
        what, key = action.data()
        {"act": self._act, "open": self._open, "finish": self._finish, "copy": self._copy}[what](key)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("more_menu")
        for text, what in MORE:
            menu.addAction(text).setData(what)
        menu.triggered.connect(self._on_more)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _on_more(self, action: QAction) -> None:
        getattr(self, str(action.data()))()

    def enter_from_text(self) -> None:
        """Register a case from what is on the clipboard."""
        self.context.desk.run("enter_from_text")

    def _on_copy(self) -> None:
        self._copy(self.todos.current_id())

    def _write_calendar(self, path: Path) -> None:
        context, today = self.context, self.context.today()

        def work() -> int:
            from db.workbench.calendar_file import export_calendar  # noqa: PLC0415 - brings the calendar library

            until = today + timedelta(days=AHEAD)
            return export_calendar(context.database, path, today, until, today, overwrite=True)

        context.tasks.run(
            self, work, partial(self._written, path), context.errors.show, act=f"导出 {path.name}"
        )

    def _written(self, path: Path, count: int) -> None:
        self.context.desk.say(f"已导出 {count} 项期限和开庭到 {path}")

    def _on_filter(self, chosen: str) -> None:
        if chosen == "FORGOTTEN":
            self.todos.folded -= {FORGOTTEN}
        self._show_todos()

    def _on_lawyer(self, key: int) -> None:
        self.context.desk.go("roster", key)

    def _on_figure(self, view: str) -> None:
        self.context.desk.run("cases.show_view", View[view])

    def _on_spread(self) -> None:
        self.context.desk.run("reports.show_fairness")

    def _on_all_acts(self) -> None:
        self.context.desk.run("show_history")

    def _on_verify(self) -> None:
        self.context.desk.run("agencies.show_unverified")

    def _on_gaps(self) -> None:
        self.context.desk.run("agencies.show_gaps")

    def _on_coverage(self) -> None:
        self.context.desk.go("agencies")

    def _on_notice(self) -> None:
        self.context.desk.run("show_calendar")

    def _on_cases(self) -> None:
        self.context.desk.go("cases")

    # -- building --------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())
        is_roomy = self.width() - self.side.maximumWidth() >= ROOMY
        self.sheet_button.setVisible(is_roomy)
        self.date.setVisible(is_roomy)  # it stands in the status bar too; the filters need the room

    def _build(self) -> None:
        head = row(
            label("待办", "page"),
            6,
            self.date,
            None,
            self.filter,
            self.sheet_button,
            self.more_button,
            self.enter_button,
            spacing=6,
            margins=(24, 12, 24, 12),
        )
        foot_area = pane("surface")
        foot_area.setFixedHeight(36)
        hints = key_hints(
            ("↑", ""),
            ("↓", "选择"),
            ("Enter", "办理"),
            ("Ctrl+D", "办结"),
            ("Ctrl+C", "复制通知"),
            ("Ctrl+N", "登记案件"),
        )
        foot_area.setLayout(
            row(hints, None, label("期限按法定规则自动推算，遇节假日顺延", "caption"), margins=(24, 0, 24, 0))
        )
        left = pane("surface")
        self.empty.setContentsMargins(24, 24, 24, 24)
        left.setLayout(column(head, line(), self.empty, self.todos, line(), foot_area, spacing=0))
        stretch(left, 3, 1)
        self.empty.hide()
        self.setLayout(row(left, line("v"), self.side, spacing=0))
        stretch(self, 0, 1)

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.enter_button.clicked.connect(self.enter)
        self.sheet_button.clicked.connect(self.print_out)
        self.more_button.clicked.connect(self._show_more)
        self.todos.acted.connect(self._act)
        self.todos.finished.connect(self._finish)
        self.todos.menu_asked.connect(self._show_menu)
        self.side.load.chosen.connect(self._on_lawyer)
        self.side.view_asked.connect(self._on_figure)
        self.side.all_acts.clicked.connect(self._on_all_acts)
        self.side.show_spread.clicked.connect(self._on_spread)
        self.side.all_cases.clicked.connect(self._on_cases)
        self.side.verify.clicked.connect(self._on_verify)
        self.side.coverage.gaps_asked.connect(self._on_gaps)
        self.side.coverage.page_asked.connect(self._on_coverage)
        self.side.enter_notice.clicked.connect(self._on_notice)
        QShortcut(QKeySequence("Ctrl+C"), self.todos).activated.connect(self._on_copy)


def _page_of(todo: Todo) -> str:
    pages = {"lawyer": "roster", "consultation": "consultations", "agency": "agencies"}
    return pages.get(todo.table, "cases")


def _note(group: str, today: date) -> str:
    if group == "本周":
        end = week_end(today)
        return f"至 {end.month}月{end.day}日 周日"
    if group == FORGOTTEN:
        return "没有代理人、答辩期限或出庭安排，或者三十天没有进展"
    return ""
