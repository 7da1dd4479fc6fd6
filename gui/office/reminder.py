"""Reminds the clerk: the bell with what is overdue or falls on today, and the tray at start and at set hours."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from db.assignment.acts.reviews import review_all
from db.office.rules.reminders import DEFAULT_TIMES, due_now, parse_times, reminder
from db.office.todo import Todo, TodoKind
from db.workbench.todos import overview
from gui.context import Context
from gui.look.icons import icon

EVERY = 20_000  # milliseconds between two looks at the clock
BEGIN_AFTER = 1500  # milliseconds: the first page comes first
REST = 800  # milliseconds of quiet after a change before the things to do are read again
LISTED = 12  # things in the bell's menu
TITLE = "行政诉讼法律顾问库"


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: how many things are overdue, how many fall on today, and the first of them."""

    overdue: int
    today: int
    first: tuple[Todo, ...]


class Reminder(QObject):
    """Keeps the bell up to date and speaks through the tray; asks the window to come up."""

    opened = Signal(object)  # the thing that was chosen from the bell
    raised = Signal()
    read = Signal()  # the things to do were read

    def __init__(self, context: Context, bell: QToolButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._bell = context, bell
        self._menu = QMenu(bell)
        self._menu.setObjectName("bell_menu")
        self._menu.setToolTipsVisible(True)
        self._last: datetime | None = None
        self._is_first = True
        self._reviewed: date | None = None
        self.due = Due(0, 0, ())
        self._clock, self._rest = QTimer(self), QTimer(self)
        self._clock.setInterval(EVERY)
        self._rest.setSingleShot(True)
        bell.setMenu(self._menu)
        bell.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.triggered.connect(self._on_chosen)
        self._clock.timeout.connect(self._tick)
        self._rest.timeout.connect(self.refresh)
        context.bus.changed.connect(self._on_changed)

    def start(self) -> None:
        """Show the tray's icon if the clerk wants it; soon after, say what is due and begin to watch the clock."""
        self.apply()
        self._rest.start(BEGIN_AFTER)
        self._clock.start()

    def stop(self) -> None:
        """Be quiet; the window is closing."""
        self._clock.stop()
        self._rest.stop()
        self._context.tray.end()

    def is_on(self) -> bool:
        """Say whether this PC reminds through the tray: wherever it has one, unless the clerk said no."""
        wanted = self._context.preferences.value("remind", True, bool)
        return bool(wanted) and self._context.tray.is_available()

    def apply(self) -> None:
        """Look at the preferences again."""
        if self.is_on():
            self._context.tray.begin(self.raised.emit)
        else:
            self._context.tray.end()

    def refresh(self) -> None:
        """Read what is due, in a worker; once a day, first look whether the day has turned an assignment into a conflict."""
        context = self._context
        is_new_day, self._reviewed = self._reviewed != context.today(), context.today()

        def work() -> Due:
            if is_new_day:
                with context.database.write("按当天情况复核分派", undoable=False) as session:
                    review_all(session)
            with context.database.read() as session:
                return due_of(overview(session, context.today()).todos, context.today())

        context.tasks.run(self, work, self._show, self._missed)

    def check(self, now: datetime) -> None:
        """Remind if one of the set hours has come."""
        times = parse_times(str(self._context.preferences.value("remind_at", DEFAULT_TIMES))) or ()
        if self.is_on() and due_now(times, now, self._last):
            self._last = now
            self.say()

    def say(self) -> None:
        """Say through the tray what is due, if anything is."""
        if text := reminder(self.due.overdue, self.due.today):
            hours = [t.at_time for t in self.due.first if t.kind is TodoKind.HEARING and t.at_time]
            courts = f"今天 {'、'.join(hours)} 开庭。" if hours else ""  # no names: others see the screen
            self._context.tray.say(TITLE, f"{text}。{courts}点击打开工作台。")

    def _tick(self) -> None:
        self.apply()  # the clerk may have changed the preferences
        self.check(datetime.now().astimezone())
        if self._reviewed not in {None, self._context.today()}:
            self.refresh()

    def _on_changed(self, _changes: Any) -> None:
        self._rest.start(REST)

    def _show(self, due: Due) -> None:
        self.due = due
        self._fill(due)
        if self._is_first:
            self._is_first = False
            self._last = datetime.now().astimezone()
            if self.is_on():
                self.say()
        self.read.emit()

    def _missed(self, _error: Exception) -> None:
        """A lost server is said when the clerk acts; the bell keeps what it knew."""

    def _fill(self, due: Due) -> None:
        text = reminder(due.overdue, due.today) or "今天没有到期的事项"
        self._bell.setToolTip(text)
        self._bell.setAccessibleName(f"提醒：{text}")
        self._bell.setText(str(due.overdue + due.today) if due.overdue + due.today else "")
        self._menu.clear()
        self._menu.addAction(text).setEnabled(False)
        self._menu.addSeparator()
        for at, todo in enumerate(due.first):
            days = (self._context.today() - todo.due_on).days
            when = f"逾期 {days} 天" if days > 0 and todo.is_duty else f"今天 {todo.at_time}".strip()
            action = self._menu.addAction(f"{when}　{todo.word}　{todo.title}".replace("&", "&&"))
            action.setIcon(icon("circle-alert" if days > 0 else "clock", "dg" if days > 0 else "wn", 16))
            action.setData(at)
            action.setToolTip(todo.caption)
        rest = due.overdue + due.today - len(due.first)
        more = self._menu.addAction(f"另有 {rest} 件，打开工作台" if rest > 0 else "打开工作台")
        more.setData(-1)

    def _on_chosen(self, action: QAction) -> None:
        at = int(action.data())
        self.opened.emit(self.due.first[at] if at >= 0 else None)


def due_of(todos: tuple[Todo, ...], today: date) -> Due:
    """Return what of the things to do is overdue or falls on today; hearings of today stand first."""
    now = [t for t in todos if t.due_on <= today]
    overdue = [t for t in now if t.due_on < today]
    hearings = [t for t in now if t.kind is TodoKind.HEARING]
    order = [*hearings, *(t for t in now if t.kind is not TodoKind.HEARING)]
    return Due(len(overdue), len(now) - len(overdue), tuple(order[:LISTED]))
