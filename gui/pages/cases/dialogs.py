"""Small dialogs of the case page: a step of the case, and the end of an assignment."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import Problem
from db.rules.assignments import EndDraft, end_problems
from db.rules.cases import EventDraft, event_problems
from db.rules.events import EVERYDAY
from db.rules.outcomes import RULES
from db.rules.vocabulary import EndKind, EventKind, Outcome
from gui.forms.editor import EditorDialog
from gui.widgets.fields import DateField, FieldBox


class EventDialog(EditorDialog):
    """Records a step of a case; 结案 asks for the result."""

    def __init__(self, case_id: int, version: int, proposed: EventKind, today: date, parent: QWidget) -> None:
        super().__init__("登记进程", QSize(620, 420), parent)
        self.case_id, self.version, self._today = case_id, version, today
        self.kind, self.outcome = QComboBox(), QComboBox()
        self.on_date = DateField()
        self.at_time, self.note = QLineEdit(), QLineEdit()
        self.kind.addItems([k.value for k in EVERYDAY])
        self.kind.setCurrentText(proposed.value)
        self.outcome.addItem("（尚无）", None)
        for outcome in (o for o in Outcome if not RULES[o].replaced):
            self.outcome.addItem(outcome.value, outcome)
        self.on_date.set_date(today)
        self.add_section("进程")
        self.add_field(FieldBox("发生了什么", self.kind, "kind", required=True), (0, 0))
        self.add_field(FieldBox("日期", self.on_date, "on_date", required=True), (0, 1))
        self.add_field(
            FieldBox("时间", self.at_time, "at_time", optional=True, hint="开庭填写，如 09:30。"), (1, 0)
        )
        self.add_field(FieldBox("裁判结果", self.outcome, "outcome", hint="结案时必填。"), (1, 1))
        self.add_field(
            FieldBox("说明", self.note, "note", optional=True, hint="如邮寄单号、签收人、法庭。"),
            (2, 0),
            wide=True,
        )
        self.kind.currentIndexChanged.connect(self.mark_dirty)
        self.outcome.currentIndexChanged.connect(self._on_outcome)
        self.on_date.edited.connect(self.mark_dirty)
        self.at_time.textEdited.connect(self.mark_dirty)
        self.note.textEdited.connect(self.mark_dirty)
        self.kind.setFocus()

    def draft(self) -> EventDraft:
        """Return what the fields say now."""
        outcome = self.outcome.currentData()
        return EventDraft(
            kind=EventKind(self.kind.currentText()),
            on_date=self.on_date.day(),
            at_time=self.at_time.text().strip().replace("：", ":"),
            note=self.note.text(),
            outcome=Outcome(outcome) if outcome else None,
        )

    def problems(self) -> Sequence[Problem]:
        return event_problems(self.draft(), self._today)

    def _on_outcome(self, _: int) -> None:
        outcome = self.outcome.currentData()
        self.mark_dirty()
        if outcome:
            self.boxes["outcome"].say(f"依据：{RULES[Outcome(outcome)].article}", "hint")


class EndDialog(EditorDialog):
    """Ends an assignment, with its reason."""

    def __init__(
        self, assignment_id: int, name: str, assigned_on: date, today: date, parent: QWidget
    ) -> None:
        super().__init__(f"结束 {name} 的承办", QSize(560, 340), parent)
        self.assignment_id, self._assigned_on = assignment_id, assigned_on
        self.kind, self.ended_on, self.reason = QComboBox(), DateField(), QLineEdit()
        self.kind.addItems([EndKind.REPLACED.value, EndKind.CANCELLED.value, EndKind.SERVED.value])
        self.ended_on.set_date(today)
        self.add_section("结束承办")
        self.add_field(
            FieldBox("方式", self.kind, "kind", hint="更换：换人后历史保留；撤销：不计入分派数。"), (0, 0)
        )
        self.add_field(FieldBox("日期", self.ended_on, "ended_on", required=True), (0, 1))
        self.add_field(
            FieldBox("原因", self.reason, "reason", hint="更换、撤销应写明原因。"), (1, 0), wide=True
        )
        self.kind.currentIndexChanged.connect(self.mark_dirty)
        self.ended_on.edited.connect(self.mark_dirty)
        self.reason.textEdited.connect(self.mark_dirty)

    def draft(self) -> EndDraft:
        """Return what the fields say now."""
        return EndDraft(EndKind(self.kind.currentText()), self.ended_on.day(), self.reason.text())

    def problems(self) -> Sequence[Problem]:
        return end_problems(self.draft(), self._assigned_on)
