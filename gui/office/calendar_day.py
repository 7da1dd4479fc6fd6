"""One day of the calendar set by hand: off, working, or as any other of its weekday, with the paper that says so."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import Problem
from db.formats.written_dates import WEEKDAYS
from db.law.notices import DayKind
from db.office.acts.calendar import set_day
from db.office.queries.calendar import HolidayRow
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.draft_dialog import DraftDialog
from gui.widgets.basics import column, label
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.scrolling import stand

HOW = "只改这一天，其他各日不变；在办案件的期限随即重新推算。"


class DayDialog(DraftDialog):
    """Changes what one day is."""

    entered = Signal(int)  # the year

    def __init__(
        self,
        context: Context,
        known: Mapping[date, HolidayRow],
        day: date | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改一天", "保存", parent)
        self.setObjectName("day_dialog")
        self.context, self._known = context, known
        self.day, self.kind, self.name, self.source = DateField(), QComboBox(), QLineEdit(), QLineEdit()
        self.kind.addItems([kind.value for kind in DayKind])
        self.name.setPlaceholderText("如 劳动节")
        self.source.setPlaceholderText("如 国办发明电〔2026〕8号，或市政府通知")
        self.now = label("", "second", wraps=True)
        self._build()
        self.day.set_date(day)
        self._show_now()
        self.watch_fields()
        self.day.edited.connect(self._show_now)
        self.day.editingFinished.connect(self._show_now)
        self.kind.currentIndexChanged.connect(self._show_name)
        self.submitted.connect(self._enter)
        (self.kind if day else self.day).setFocus()

    def problems(self) -> Sequence[Problem]:
        found = [] if self.day.day() else [Problem("day", "请填写是哪一天。")]
        if self._kind() is DayKind.OFF and not self.name.text().strip():
            found.append(Problem("name", "请写明是什么假日。"))
        if not self.source.text().strip():
            found.append(Problem("source", "请写明依据，例如文件名称或文号，日后核对要用。"))
        return found

    def _kind(self) -> DayKind:
        return DayKind(self.kind.currentText())

    def _show_now(self) -> None:
        """Say what the day is now, and begin with that."""
        day = self.day.day()
        row = self._known.get(day) if day else None
        if day is None:
            self.now.setText("")
            return
        is_off = row is not None and row.kind == "off"
        said = (
            "没有特别安排，周末休息、平日上班"
            if row is None
            else f"放假（{row.name}）"
            if is_off
            else "调休上班"
        )
        self.now.setText(f"{day.year}年{day.month}月{day.day}日，周{WEEKDAYS[day.weekday()]}，现在：{said}。")
        if not self._is_dirty:
            kind = DayKind.OFF if row is None or is_off else DayKind.WORK
            self.kind.setCurrentText(kind.value)
            self.name.setText(row.name if row is not None and is_off else "")
        self._show_name()

    def _show_name(self, *_: object) -> None:
        self.boxes["name"].setVisible(self._kind() is DayKind.OFF)

    def _enter(self, _another: bool) -> None:
        day, kind, today = self.day.day(), self._kind(), self.context.today()
        name, source = self.name.text(), self.source.text()
        if day is None:
            return
        read = self._known[day].version if day in self._known else 0

        def act(session: Any) -> None:
            set_day(session, day, kind, name, source, today, read)

        title = f"修改 {day} 的放假安排"
        perform(self.context, self, title, act, partial(self._done, day, kind), self._refused)

    def _done(self, day: date, kind: DayKind, _: object) -> None:
        self.accept()
        self.context.desk.say(f"{day} 已改为{kind.value}，在办案件的期限已重新推算，可用 Ctrl+Z 撤销")
        self.entered.emit(day.year)

    def _refused(self, error: Exception) -> None:
        if not self.show_refusal(error):
            self.context.errors.show(error, self)

    def _build(self) -> None:
        self.add_field(FieldBox("日期", self.day, "day", required=True), (0, 0))
        self.add_field(FieldBox("改为", self.kind, "kind", required=True), (0, 1))
        self.add_field(FieldBox("假日名称", self.name, "name", required=True), (1, 0), wide=True)
        self.add_field(FieldBox("依据", self.source, "source", required=True), (2, 0), wide=True)
        inner = QWidget()
        inner.setLayout(
            column(
                self.strip,
                self.now,
                self._grid,
                label(HOW, "hint", wraps=True),
                None,
                margins=(24, 20, 24, 20),
            )
        )
        stand(self, column(inner), self.foot(has_next=False, hint="Ctrl+S 保存，Esc 取消"), QSize(520, 380))
