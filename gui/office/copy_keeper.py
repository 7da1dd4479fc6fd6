"""Makes the day's copy of the database, and shows in the status bar how old the last one is."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.copies.making import Report, back_up, back_up_today
from db.copies.rotation import Freshness, Why, age_words, freshness, size_words
from db.copies.shelf import Copy, Shelf, shelf_of
from db.errors import UserError
from gui.context import Context
from gui.look.icons import icon

EVERY = 60_000  # milliseconds between two looks at the clock
SECOND = "second_copies"  # the preference: a stick is plugged into one PC, not into the office


class CopyKeeper(QObject):
    """Keeps the copies of the office that is open; ``status`` is its place in the status bar."""

    shown = Signal()  # the copies were read
    _told = Signal(int, int)

    def __init__(self, context: Context, status: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._status = context, status
        self.copies: tuple[Copy, ...] = ()
        self.failure, self.troubles = "", tuple[str, ...]()
        self.is_busy = False
        self._cancel = Event()
        self._begun: object = None
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self._tick)
        self._told.connect(self._show_progress)
        context.theme.changed.connect(self._show)
        status.setIconSize(QSize(14, 14))

    @property
    def shelf(self) -> Shelf:
        """Where the copies are of the file that is open now; it may have been saved elsewhere meanwhile."""
        return shelf_of(self._context.database.url)

    def second(self) -> Path | None:
        """Return the folder of this PC into which copies go too, if the clerk named one."""
        named = str(self._context.preferences.value(SECOND, "")).strip()
        return Path(named) if named else None

    def refresh(self) -> None:
        """Read which copies there are, in a worker."""
        self._context.tasks.run(self, self.shelf.copies, self._take, self._context.errors.show)

    def begin_day(self) -> None:
        """Make the copy of the day unless there is one; begin to watch the clock, for windows that stay open."""
        self._begun = _now().date()
        self._clock.start()
        self._make(back_up_today)

    def back_up(self) -> None:
        """Make a copy now, and say so."""
        self._make(partial(back_up, why=Why.BY_HAND), act="立即备份")

    def cancel(self) -> None:
        """Give up the copy that is being made; nothing of it stays."""
        self._cancel.set()

    def stop(self) -> None:
        """Be quiet; the window is closing."""
        self._clock.stop()
        self.cancel()

    def _make(self, make: Callable[..., Report | None], act: str = "") -> None:
        """Copy in a worker; with the name of an ``act`` a clerk waits for it."""
        if self.is_busy:
            return
        self.is_busy = True
        self._cancel.clear()
        database, second = self._context.database, self.second()

        def work() -> Report | None:
            database.check_place()  # else what is copied is another's file
            return make(database.url, second=second, tell=self._told.emit, cancel=self._cancel)

        aloud = bool(act)
        self._context.tasks.run(
            self, work, partial(self._made, aloud=aloud), partial(self._failed, aloud=aloud), act=act
        )
        self._show()

    def _made(self, report: Report | None, *, aloud: bool) -> None:
        self.is_busy = False
        if report is not None:
            self.failure, self.troubles = "", report.troubles
            if report.troubles:
                self._complain("数据库已备份并核对，但是：\n" + "\n".join(report.troubles), aloud=aloud)
            elif aloud:
                self._context.desk.say(f"已备份并核对：{report.path.name}")
        self.refresh()

    def _failed(self, error: Exception, *, aloud: bool) -> None:
        self.is_busy = False
        if not isinstance(error, UserError):
            self._context.errors.show(error)
        elif aloud and self._cancel.is_set():
            self._context.desk.say(str(error))
        else:
            self.failure = str(error)
            self._complain(self.failure, aloud=aloud)
        self.refresh()

    def _complain(self, text: str, *, aloud: bool) -> None:
        """Say it over the window to a clerk who waits for it; of the day's copy the status bar tells."""
        if aloud:
            self._context.errors.show(UserError(text), self._status.window())

    def _take(self, copies: tuple[Copy, ...]) -> None:
        self.copies = copies
        self._show()
        self.shown.emit()

    def _tick(self) -> None:
        if self._begun != _now().date():
            self.begin_day()
        else:
            self._show()

    def _show_progress(self, done: int, total: int) -> None:
        if self.is_busy and total:
            self._status.setText(f" 正在备份… {100 * done // total}%")

    def _show(self) -> None:
        if self.is_busy:
            self._status.setText(" 正在备份…")
            return
        last = next((copy for copy in self.copies if copy.is_whole and not copy.is_old), None)
        level = freshness(last.made.at if last else None, _now())
        if self.failure:
            words, level = "备份没有完成", Freshness.OLD
        elif last is None:
            words = "还没有备份"
        else:
            words = f"最近备份 {age_words(last.made.at, _now())}"
            if self.troubles:
                words, level = f"{words}，有问题", max(level, Freshness.AGING)
        self._status.setText(f" {words}")
        self._status.setIcon(icon("dot", f"{level}_solid", 14))
        tip = [self.failure, *self.troubles]
        if last is not None:
            tip.append(f"最近一份：{last.path.name}，{size_words(last.size)}，制作时已核对。")
        tip.append(f"备份在 {self.shelf.folder}，点击查看或恢复。")
        self._status.setToolTip("\n".join(line for line in tip if line))
        self._status.setAccessibleName(f"备份：{words}")


def _now() -> datetime:
    return datetime.now().astimezone()
