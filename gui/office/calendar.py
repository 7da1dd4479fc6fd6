"""节假日安排: the years whose notice is entered, their days, and the dialog that takes in a pasted notice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from db.errors import Problem
from db.law.calendar import Calendar
from db.law.notices import Notice, NoticeDay, read_notice
from db.office.acts.calendar import enter_notice
from db.office.queries.calendar import HolidayRow, NoticeRow, holidays, notices, uncovered_years
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.draft_dialog import DraftDialog
from gui.look.icons import icon
from gui.office.calendar_day import DayDialog
from gui.widgets.basics import Strip, button, column, label, line, pane, row, stretch
from gui.widgets.fields import FieldBox
from gui.widgets.scrolling import TallArea, stand
from gui.widgets.year_calendar import DayMark, MarkKey, YearCalendar

PAUSE = 200  # milliseconds of rest before a pasted text is read again
HOW = "国务院办公厅每年第四季度发布下一年的通知。在政府网站复制全文（连同标题），粘贴到左边。"


@dataclass(frozen=True, slots=True)
class CalendarState:
    """What the dialog shows: the notices, the days of each, and the years that deadlines fall in without one."""

    notices: tuple[NoticeRow, ...]
    days: dict[int, tuple[HolidayRow, ...]]
    uncovered: tuple[int, ...]

    def years(self, today: date) -> list[int]:
        """Return the years to list, the latest first; this year and the next stand there even without data."""
        entered = {notice.year for notice in self.notices}
        return sorted(entered | set(self.uncovered) | {today.year, today.year + 1}, reverse=True)


class CalendarDialog(QDialog):
    """Shows the days off of each year with their source; what lacks data says so."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar_dialog")
        self.setWindowTitle("节假日安排")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.context = context
        self.years = QListWidget()
        self.years.setObjectName("calendar_years")
        self.years.setAccessibleName("年份")
        self.title, self.source = label("", "person"), label("", "second", wraps=True, selectable=True)
        self.counts, self.listed = label("", "second"), label("", "second", wraps=True, selectable=True)
        self.strip = Strip("wn")
        self.year = YearCalendar("calendar_year")
        self.day_button = button("修改一天…", "calendar_day", "", "pencil")
        self.enter_button = button("粘贴通知…", "calendar_enter", "primary", "plus")
        self.close_button = button("关闭", "calendar_close")
        self._state: CalendarState | None = None
        self._wanted = context.today().year
        self._build()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the notices again, in a worker."""
        context = self.context

        def work() -> CalendarState:
            with context.database.read() as session:
                found = tuple(notices(session))
                days = {n.year: tuple(holidays(session, n.key)) for n in found}
                return CalendarState(found, days, tuple(uncovered_years(session)))

        context.tasks.run(self, work, self._show, context.errors.show)

    def enter(self) -> None:
        """Open the dialog that takes in a notice."""
        dialog = NoticeDialog(self.context, self._known, self)
        dialog.entered.connect(self._on_entered)
        dialog.open()

    def change_day(self, day: date | None = None) -> None:
        """Open the dialog that changes one day."""
        days = self._state.days if self._state else {}
        known = {row.day: row for rows in days.values() for row in rows}
        dialog = DayDialog(self.context, known, day, self)
        dialog.entered.connect(self._on_entered)
        dialog.open()

    def _known(self, year: int) -> tuple[int, int]:
        """Return how many days of a year are entered, and the version of its notice (0: there is none)."""
        state = self._state
        version = next((n.version for n in state.notices if n.year == year), 0) if state else 0
        return len(state.days.get(year, ())) if state else 0, version

    def _show(self, state: CalendarState) -> None:
        self._state = state
        entered = {n.year: n for n in state.notices}
        years = state.years(self.context.today())
        self.years.blockSignals(True)
        self.years.clear()
        for year in years:
            notice = entered.get(year)
            said = f"放假 {notice.off} 天，调休 {notice.work} 天" if notice else "还没有数据"
            item = QListWidgetItem(f"{year} 年　{said}")
            item.setData(Qt.ItemDataRole.UserRole, year)
            is_whole = notice is not None and Calendar.from_rows(
                (d.day, d.kind) for d in state.days.get(year, ())
            ).covers(year)
            item.setIcon(
                icon("circle-check" if is_whole else "triangle-alert", "ok" if is_whole else "wn", 16)
            )
            self.years.addItem(item)
        self.years.blockSignals(False)
        self.years.setCurrentRow(years.index(self._wanted) if self._wanted in years else 0)
        self._show_year(self.years.currentRow())

    def _show_year(self, at: int) -> None:
        if self._state is None or at < 0:
            return
        year = int(self.years.item(at).data(Qt.ItemDataRole.UserRole))
        self._wanted = year
        notice = next((n for n in self._state.notices if n.year == year), None)
        days = self._state.days.get(year, ())
        self.title.setText(f"{year} 年")
        self.year.show_year(year, marks_of(days))
        self.listed.setText(festivals(days, year))
        self.listed.setVisible(bool(days))
        if notice:
            number = f"（{notice.number}）" if notice.number and notice.number not in notice.source else ""
            entered = f"，{notice.entered_on} 录入" if notice.entered_on else "，随程序附带"
            self.source.setText(f"来源：{notice.source}{number}{entered}。")
            self.counts.setText(f"放假 {notice.off} 天，调休上班 {notice.work} 天")
            self.strip.say("")
        else:
            self.source.setText("")
            self.counts.setText("")
            due = "已有期限落在这一年，" if year in self._state.uncovered else ""
            text = (
                f"{year} 年的放假通知还没有录入。{due}落在这一年的期限只按周六、周日推算，一律标为“日历未覆盖”。"
                "通知发布后请点“粘贴通知”录入，期限会自动重新推算。"
            )
            self.strip.say(text, "wn")

    def _on_entered(self, year: int) -> None:
        self._wanted = year
        self.refresh()

    def _build(self) -> None:
        left = pane("subtle")
        left.setFixedWidth(252)
        self.years.setProperty("nav", "true")
        left.setLayout(column(self.years, spacing=0, margins=(8, 12, 8, 8)))
        inner = pane("surface")
        inner.setLayout(
            column(
                row(self.title, 10, self.counts, None, MarkKey()),
                self.source,
                self.listed,
                self.strip,
                4,
                self.year,
                None,
                spacing=8,
                margins=(24, 18, 24, 18),
            )
        )
        area = TallArea(inner)
        body = row(left, line("v"), area, spacing=0)
        body.setStretch(2, 1)
        foot = pane("subtle", "foot")
        hint = label("期间届满日遇法定休假日顺延；调休上班的周末照常计算（适用解释第四十八条）。", "hint")
        foot.setLayout(
            row(hint, None, self.close_button, self.day_button, self.enter_button, margins=(20, 11, 20, 11))
        )
        stand(self, body, foot, QSize(1060, 800))

    def _connect(self) -> None:
        self.years.currentRowChanged.connect(self._show_year)
        self.enter_button.clicked.connect(self.enter)
        self.day_button.clicked.connect(partial(self.change_day, None))
        self.year.picked.connect(self.change_day)
        self.close_button.clicked.connect(self.reject)


class NoticeDialog(DraftDialog):
    """Takes the pasted text of a notice, shows what was understood, and enters it once confirmed."""

    entered = Signal(int)  # the year

    def __init__(
        self, context: Context, known: Callable[[int], tuple[int, int]], parent: QWidget | None = None
    ) -> None:
        super().__init__("录入放假通知", "确认录入", parent)
        self.setObjectName("notice_dialog")
        self.context, self._known, self._version = context, known, 0
        self.notice: Notice = read_notice("")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("国务院办公厅关于 2027 年部分节假日安排的通知……")
        self.found, self.source = label("粘贴后在这里显示识别结果", "person"), label("", "second", wraps=True)
        self.doubts = Strip("wn")
        self.year = YearCalendar("notice_year")
        self.listed = label("", "second", wraps=True, selectable=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._build()
        self.watch_fields()
        self.text.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._read)
        self.submitted.connect(self._enter)
        self.text.setFocus()

    def problems(self) -> Sequence[Problem]:
        self.notice = read_notice(self.text.toPlainText())
        if not self.text.toPlainText().strip():
            return [Problem("text", "请粘贴通知全文。")]
        if self.notice.year is None or not self.notice.off:
            return [Problem("text", "；".join(self.notice.problems) or "没有认出放假日期。")]
        return []

    def _read(self) -> None:
        """Show what the text is understood to say."""
        notice = self.notice = read_notice(self.text.toPlainText())
        year, has_text = notice.year, bool(self.text.toPlainText().strip())
        if year is None:
            self.found.setText("还没有认出通知" if has_text else "粘贴后在这里显示识别结果")
            self.source.setText("")
        else:
            self.found.setText(f"{year} 年：放假 {len(notice.off)} 天，调休上班 {len(notice.work)} 天")
            known, self._version = self._known(year)
            again = f" 这一年原有 {known} 天的数据，录入后以这份通知为准。" if known else ""
            if not notice.is_whole_year and notice.off:
                again = f" 只改{'、'.join(notice.festivals)}的各日（含相应的调休上班日），其他各日不变。"
            self.source.setText(f"来源记为：{notice.source}。{again}")
        self.doubts.say("\n".join(notice.problems) if has_text else "", "wn")
        days = [HolidayRow(d.day, d.kind, d.name) for d in notice.days]
        self.year.show_year(year or 0, marks_of(days))
        self.listed.setText(festivals(notice.days, year or 0))

    def _enter(self, _another: bool) -> None:
        notice, text, today = self.notice, self.text.toPlainText(), self.context.today()
        read = self._version

        def act(session: Any) -> int:
            return enter_notice(session, notice, text, today, read)

        title = f"录入 {notice.year} 年放假通知"
        perform(self.context, self, title, act, partial(self._done, notice), self._refused)

    def _done(self, notice: Notice, _: object) -> None:
        self.accept()
        self.context.desk.say(
            f"已录入 {notice.year} 年节假日（放假 {len(notice.off)} 天，调休上班 {len(notice.work)} 天），"
            "在办案件的期限已重新推算，可用 Ctrl+Z 撤销"
        )
        self.entered.emit(notice.year or 0)

    def _refused(self, error: Exception) -> None:
        if not self.show_refusal(error):
            self.context.errors.show(error, self)

    def _build(self) -> None:
        box = FieldBox("通知全文", self.text, "text", required=True, hint=HOW)
        self.add_field(box, (0, 0), wide=True)
        stretch(box, 1, 100)  # the text takes what room there is
        self._grid.setRowStretch(0, 1)
        left = QWidget()
        left.setLayout(column(self.strip, self._grid, margins=(24, 20, 20, 20)))
        stretch(left, 1, 1)
        left.setFixedWidth(400)
        inner = pane("subtle")
        inner.setLayout(
            column(
                row(self.found, None, MarkKey()),
                self.source,
                self.listed,
                self.doubts,
                4,
                self.year,
                None,
                spacing=8,
                margins=(24, 18, 24, 18),
            )
        )
        area = TallArea(inner)
        body = row(left, line("v"), area, spacing=0)
        body.setStretch(2, 1)
        stand(self, body, self.foot(has_next=False, hint="核对无误后再录入"), QSize(1220, 800))


def marks_of(days: Sequence[HolidayRow]) -> dict[date, DayMark]:
    """Return the days as the year's calendar paints them."""
    return {d.day: DayMark(d.kind == "off", d.name) for d in days}


def festivals(days: Sequence[HolidayRow] | Sequence[NoticeDay], year: int) -> str:
    """Return the days in words: each festival, then the make-up days."""
    names = list(dict.fromkeys(d.name for d in days if d.kind == "off"))
    lines = [
        f"{name} {_runs([d.day for d in days if d.kind == 'off' and d.name == name], year)}" for name in names
    ]
    if work := [d.day for d in days if d.kind == "work"]:
        lines.append(f"调休上班 {'、'.join(_day(day, year) for day in work)}")
    return "；".join(lines) + "。" if lines else ""


def _runs(days: Sequence[date], year: int) -> str:
    """Return days as 1月1日至3日（3 天）, one stretch after another."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return f"{'、'.join(_stretch(run, year) for run in runs)}（{len(days)} 天）"


def _stretch(run: Sequence[date], year: int) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return _day(first, year)
    is_same_month = (first.year, first.month) == (last.year, last.month)
    return f"{_day(first, year)}至{f'{last.day}日' if is_same_month else _day(last, year)}"


def _day(day: date, year: int) -> str:
    """Return a day as a notice writes it; of the year before, with its year."""
    return f"{day.month}月{day.day}日" if day.year == year else f"{day.year}年{day.month}月{day.day}日"
