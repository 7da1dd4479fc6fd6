"""The workbench: what is to be done, by date; beside it the pool's load, the office's figures, recent acts."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from db.queries.cases import week_end
from db.queries.history import recent_acts
from db.queries.workbench import Overview, Todo, TodoKind, horizon, overview
from db.rules.lawyers import Standing
from gui.context import Context
from gui.pages.workbench.filing import FilingForm
from gui.tables.due import WEEKDAYS, due_cell, short_day
from gui.tables.todo_list import Group, Item, TodoList
from gui.widgets.basics import button, clear, column, key_hints, label, line, pane, row, stretch
from gui.widgets.charts import Load, LoadChart
from gui.widgets.fields import Segments

FILTERS = (
    ("all", "全部"),
    *(
        (kind.name, kind.value)
        for kind in (TodoKind.DEADLINE, TodoKind.HEARING, TodoKind.ASSIGN, TodoKind.TERM)
    ),
)
ICONS = {
    TodoKind.DEADLINE: "scale",
    TodoKind.HEARING: "gavel",
    TodoKind.ASSIGN: "user-plus",
    TodoKind.RESULT: "file-pen-line",
    TodoKind.TERM: "calendar-clock",
    TodoKind.FILING: "file-input",
}
ACTIONS = {
    TodoKind.DEADLINE: "登记进程",
    TodoKind.HEARING: "查看案件",
    TodoKind.ASSIGN: "分派顾问",
    TodoKind.RESULT: "登记结果",
    TodoKind.TERM: "查看顾问",
    TodoKind.FILING: "登记备案",
}


class WorkbenchPage(QWidget):
    """Shows what is to be done; Enter does the next step of the selected thing."""

    filled = Signal()  # the things to do are there

    tables = (
        "case_record",
        "case_event",
        "assignment",
        "lawyer",
        "appointment",
        "suspension",
        "change_filing",
        "agency",
        "setting",
        "holiday",
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("workbench_page")
        self.context = context
        self.date = label("", "caption")
        self.filter = Segments(FILTERS, "todo_filter")
        self.enter_button = button("登记案件", "workbench_enter", "primary", "plus")
        self.todos = TodoList("todos")
        self.empty = label("", "second")
        self.load = LoadChart()
        self.cap = label("", "caption")
        self.figures = {name: label("—", "figure") for name in ("在办案件", "待分派")}
        self.agencies = label("", "caption", wraps=True)
        self.verify = button("去核对", "verify_agencies", "link")
        self.acts = column(spacing=8)
        self._is_stale = True
        self._overview: Overview | None = None
        self._by_id: dict[str, Todo] = {}
        self._build()
        self._connect()

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between."""
        return (self.todos, self.load)

    def shown(self) -> None:
        """Look again if something changed while the page was hidden."""
        if self._is_stale:
            self.refresh()
        self.todos.setFocus()

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        """Look again, now or when next shown."""
        self._is_stale = True
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

        def work() -> tuple[Overview, Any]:
            with context.database.read() as session:
                return overview(session, context.today()), recent_acts(session, 7)

        context.tasks.run(self, work, self._show, context.errors.show)

    def enter(self) -> None:
        """Register a case."""
        self.context.desk.run("cases.enter")

    def choose(self, todo: Todo) -> None:
        """Select a thing to do, also when its kind was filtered away."""
        self.filter.choose("all")
        self.todos.folded -= {horizon(todo.due_on, self.context.today())}
        self._show_todos()
        self.todos.choose(_id(todo))
        self.todos.setFocus()

    def _show(self, answer: tuple[Overview, Any]) -> None:
        found, acts = answer
        self._overview = found
        today = self.context.today()
        self.date.setText(f"{today.year}年{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}")
        self._show_todos()
        serving = [r for r in found.load if r.standing is Standing.SERVING]
        others = [r for r in found.load if r.standing is not Standing.SERVING]
        words = {True: "已满", False: ""}
        self.load.show_loads(
            [
                Load(
                    r.key,
                    r.name,
                    r.running,
                    r.capacity,
                    words[r.is_full] or ("偏满" if r.running == r.capacity - 1 else ""),
                )
                for r in serving
            ]
            + [Load(r.key, r.name, 0, 0, r.standing.value) for r in others]
        )
        self.cap.setText(f"每人上限 {found.load[0].capacity} 件" if found.load else "还没有顾问")
        self.figures["在办案件"].setText(str(found.open_cases))
        self.figures["待分派"].setText(str(found.unassigned))
        doubt = found.unverified_agencies
        self.agencies.setText(
            f"{found.agencies} 个单位" + (f"，其中 {doubt} 个的名称待核对" if doubt else "，均已核对")
        )
        self.verify.setVisible(bool(doubt))
        clear(self.acts)
        for act in acts:
            at = act.at.astimezone()
            when = f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d}"
            words_of = f"{act.label}（已撤销）" if act.undone else act.label
            text = label(words_of)
            text.setToolTip(f"{act.clerk}　{at:%Y-%m-%d %H:%M}")
            self.acts.addLayout(row(label(when, "second"), text, None, spacing=10))
        self.filled.emit()

    def _show_todos(self) -> None:
        found, today = self._overview, self.context.today()
        if found is None:
            return
        for key, _ in FILTERS:
            self.filter.set_count(
                key, sum(self._wanted(t, key) for t in found.todos) if key == "all" else None
            )
        wanted = [t for t in found.todos if self._wanted(t, self.filter.current())]
        self._by_id = {_id(t): t for t in wanted}
        groups: dict[str, list[Item]] = {name: [] for name in ("今天", "本周", "下周", "以后")}
        for key, todo in self._by_id.items():
            groups[horizon(todo.due_on, today)].append(self._item(key, todo))
        end = week_end(today)
        notes = {"本周": f"至 {end.month}月{end.day}日 周日"}
        self.todos.show_groups(
            [Group(name, notes.get(name, ""), tuple(items)) for name, items in groups.items() if items]
        )
        self.empty.setVisible(not wanted)
        self.empty.setText("没有待办事项" if self.filter.current() == "all" else "没有这一类待办事项")

    @staticmethod
    def _wanted(todo: Todo, key: str) -> bool:
        also = {TodoKind.RESULT: "DEADLINE", TodoKind.FILING: "TERM"}
        return key in {"all", todo.kind.name, also.get(todo.kind)}

    def _item(self, key: str, todo: Todo) -> Item:
        today = self.context.today()
        due = due_cell(todo.due_on, today, at_time=todo.at_time, duty=todo.is_duty)
        return Item(
            id=key,
            icon=ICONS[todo.kind],
            word=todo.word,
            title=todo.title,
            caption=todo.caption,
            due=due,
            date=short_day(todo.due_on, today),
            action=ACTIONS[todo.kind] if todo.is_duty or todo.kind is not TodoKind.DEADLINE else "查看案件",
        )

    def _act(self, key: str) -> None:
        todo = self._by_id[key]
        if todo.kind is TodoKind.FILING:
            form = FilingForm(self.context, todo, self.window())
            form.filed.connect(self.context.desk.say)
            form.open()
            return
        if todo.table == "lawyer":
            self.context.desk.go("roster", todo.key)
            return
        self.context.desk.go("cases", todo.key)
        if todo.kind is TodoKind.ASSIGN:
            self.context.desk.run("cases.assign_current")
        elif todo.kind is TodoKind.RESULT or (todo.kind is TodoKind.DEADLINE and todo.is_duty):
            self.context.desk.run("cases.record_shown")

    def _on_filter(self, _: str) -> None:
        self._show_todos()

    def _on_lawyer(self, key: int) -> None:
        self.context.desk.go("roster", key)

    def _on_all_acts(self) -> None:
        self.context.desk.run("show_history")

    def _on_verify(self) -> None:
        self.context.desk.go("agencies")

    def _on_cases(self) -> None:
        self.context.desk.go("cases")

    def _build(self) -> None:
        head = row(
            label("待办", "page"),
            6,
            self.date,
            None,
            self.filter,
            8,
            self.enter_button,
            margins=(24, 12, 24, 12),
        )
        foot_area = pane("surface")
        foot_area.setFixedHeight(36)
        hints = key_hints(("↑", ""), ("↓", "选择"), ("Enter", "办理"), ("Ctrl+N", "登记案件"))
        foot_area.setLayout(
            row(hints, None, label("期限按法定规则自动推算，遇节假日顺延", "caption"), margins=(24, 0, 24, 0))
        )
        left = pane("surface")
        self.empty.setContentsMargins(24, 24, 24, 24)
        left.setLayout(column(head, line(), self.empty, self.todos, line(), foot_area, spacing=0))
        stretch(left, 3, 1)
        self.empty.hide()
        self.setLayout(row(left, line("v"), self._side(), spacing=0))
        stretch(self, 0, 1)

    def _side(self) -> QWidget:
        self.all_acts = button("全部记录", "all_acts", "link")
        self.all_cases = button("查看案件", "all_cases", "link")
        figures = row(
            column(
                label("在办案件", "caption"),
                row(self.figures["在办案件"], label("件", "second"), None),
                spacing=2,
            ),
            column(
                label("待分派", "caption"),
                row(self.figures["待分派"], label("件", "second"), None),
                spacing=2,
            ),
            spacing=16,
        )
        inner = pane("subtle")
        inner.setLayout(
            column(
                column(
                    row(label("顾问在办负荷", "heading"), None, self.cap),
                    self.load,
                    spacing=10,
                    margins=(20, 16, 20, 16),
                ),
                line(),
                column(
                    row(label("案件", "heading"), None, self.all_cases),
                    figures,
                    spacing=8,
                    margins=(20, 14, 20, 14),
                ),
                line(),
                column(
                    row(label("单位", "heading"), None, self.verify),
                    self.agencies,
                    spacing=6,
                    margins=(20, 14, 20, 14),
                ),
                line(),
                column(
                    row(label("最近动态", "heading"), None, self.all_acts),
                    self.acts,
                    spacing=8,
                    margins=(20, 14, 20, 14),
                ),
                None,
                spacing=0,
            )
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFixedWidth(352)
        area.setWidget(inner)
        return area

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.enter_button.clicked.connect(self.enter)
        self.todos.acted.connect(self._act)
        self.load.chosen.connect(self._on_lawyer)
        self.all_acts.clicked.connect(self._on_all_acts)
        self.all_cases.clicked.connect(self._on_cases)
        self.verify.clicked.connect(self._on_verify)


def _id(todo: Todo) -> str:
    return f"{todo.kind.name}-{todo.key}-{todo.word}"
