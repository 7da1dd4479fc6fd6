"""Small dialogs of the case page: a step of the case, and the end of an assignment."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.assignment.rules.assignments import EndDraft, end_problems
from db.cases.queries.detail import CaseDetail, EventLine
from db.cases.rules.cases import EventDraft, event_problems, step_problems
from db.cases.rules.submissions import proof_hint
from db.errors import Problem
from db.formats.written_dates import typed_time
from db.law.events import EVERYDAY
from db.law.filings import FILINGS, OF_A_PARTY, SERVICES
from db.law.outcomes import RULES, offered
from db.law.rulings import Ruling
from db.law.steps import HEARD, steps_of
from db.words.assignment import EndKind
from db.words.case import EventKind, Outcome, SendMethod
from gui.forms.short_form import ShortForm
from gui.widgets.entries import ChoiceEntry, DayEntry, TextEntry
from gui.widgets.fields import DateField, FieldBox


class EventDialog(ShortForm):
    """Records or corrects a step of a case; what it asks depends on the step."""

    def __init__(
        self,
        detail: CaseDetail,
        proposed: EventKind,
        today: date,
        parent: QWidget,
        event: EventLine | None = None,
    ) -> None:
        number = detail.row.number
        super().__init__(
            "更正进程" if event else "登记进程", "保存更正" if event else "登记进程", parent,
            intro=f"{number}　{detail.row.plaintiffs} 诉 {detail.row.defendants}", width=600,
        )  # fmt: skip
        self.case_id, self.version, self.corrected, self._today = detail.row.key, detail.version, event, today
        self.kind = QComboBox()
        self.on_date, self.sent_on = DayEntry(), DayEntry()
        self.at_time, self.note, self.evidence = TextEntry("09:30"), TextEntry(), TextEntry()
        self.outcome = ChoiceEntry(
            ((o.value, o) for o in offered(detail.row.procedure)), "裁判结果", nothing="（尚无）"
        )
        self.method = ChoiceEntry(((m.value, m) for m in SendMethod), "方式", nothing="（未填）")
        self.party = ChoiceEntry(
            ((f"{p.side.value} {p.name}", p.key) for p in detail.parties), "当事人", nothing="各方相同"
        )
        self.ruling = ChoiceEntry(((r.value, r) for r in Ruling), "裁定种类", nothing="（未填）")
        self._offer_kinds(steps_of(detail.row.procedure), event.kind if event else proposed)
        self._lay_out()
        self._fill(event)
        self._on_kind()
        self.watch_fields()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.outcome.edited.connect(self._on_outcome)
        self.method.edited.connect(self._on_kind)
        self.kind.setFocus()

    def draft(self) -> EventDraft:
        """Return what the fields say now; what is not asked for this step is not in it."""
        outcome, method, party = self.outcome.value(), self.method.value(), self.party.value()
        ruling = self.ruling.value()
        kind = self._kind()
        return EventDraft(
            kind=kind,
            on_date=self.on_date.day(),
            at_time=typed_time(self.at_time.text()) if kind in HEARD else "",
            note=self.note.text(),
            outcome=outcome if isinstance(outcome, Outcome) and kind is EventKind.CLOSED else None,
            sent_on=self.sent_on.day() if self._is_posted() else None,
            send_method=method if isinstance(method, SendMethod) and self._is_sent() else None,
            evidence=self.evidence.text() if self._is_sent() else "",
            party_id=party if isinstance(party, int) and kind in OF_A_PARTY else None,
            ruling=ruling if isinstance(ruling, Ruling) and kind is EventKind.RULING_SERVED else None,
        )

    def problems(self) -> Sequence[Problem]:
        if self.corrected is not None:
            return step_problems(self.draft(), self._today)
        return event_problems(self.draft(), self._today)

    # -- parts -----------------------------------------------------------------------------

    def _kind(self) -> EventKind:
        return EventKind(self.kind.currentText())

    def _is_sent(self) -> bool:
        return self._kind() in FILINGS | SERVICES

    def _is_posted(self) -> bool:
        return self._kind() in FILINGS and self.method.value() is SendMethod.POST

    def _offer_kinds(self, kinds: Sequence[EventKind], chosen: EventKind) -> None:
        usual = [k for k in kinds if k in EVERYDAY]
        self.kind.addItems([k.value for k in usual])
        self.kind.insertSeparator(len(usual))
        self.kind.addItems([k.value for k in kinds if k not in EVERYDAY])
        if self.kind.findText(chosen.value) < 0:
            self.kind.addItem(chosen.value)
        self.kind.setCurrentText(chosen.value)
        self.kind.setMaxVisibleItems(20)

    def _lay_out(self) -> None:
        self.add_field(FieldBox("发生了什么", self.kind, "kind", required=True), (0, 0))
        self.add_field(FieldBox("日期", self.on_date, "on_date", required=True), (0, 1))
        self.add_field(FieldBox("时间", self.at_time, "at_time", optional=True), (1, 0))
        self.add_field(FieldBox("方式", self.method, "send_method"), (2, 0))
        self.add_field(FieldBox("凭据", self.evidence, "evidence"), (2, 1))
        self.add_field(FieldBox("交邮日期", self.sent_on, "sent_on"), (3, 0))
        hint = "各方收到、提交日期不同的，逐方登记，期限分别计算。"
        self.add_field(FieldBox("当事人", self.party, "party_id", hint=hint), (4, 0), wide=True)
        self.add_field(FieldBox("裁定种类", self.ruling, "ruling"), (5, 0), wide=True)
        self.add_field(FieldBox("裁判结果", self.outcome, "outcome", required=True), (6, 0), wide=True)
        self.add_field(FieldBox("说明", self.note, "note", optional=True), (7, 0), wide=True)

    def _fill(self, event: EventLine | None) -> None:
        self.on_date.set_date(event.on_date if event else self._today)
        if event is not None:
            self.at_time.set_value(event.at_time)
            self.note.set_value(event.note)
            self.sent_on.set_date(event.sent_on)
            self.method.set_value(event.send_method)
            self.evidence.set_value(event.evidence)
            self.party.set_value(event.party_id)
            self.ruling.set_value(event.ruling)

    def _on_kind(self, *_: object) -> None:
        """Ask for what belongs to the chosen step, and for nothing else."""
        kind = self._kind()
        shown = {
            "at_time": kind in HEARD,
            "outcome": kind is EventKind.CLOSED and self.corrected is None,
            "send_method": self._is_sent(),
            "sent_on": self._is_posted(),
            "party_id": kind in OF_A_PARTY,
            "ruling": kind is EventKind.RULING_SERVED,
            "evidence": self._is_sent(),
        }
        for name, is_shown in shown.items():
            self.boxes[name].setVisible(is_shown)
        method = self.method.value()
        self.boxes["evidence"].set_hint(proof_hint(method) if isinstance(method, SendMethod) else "")
        self.boxes["note"].set_hint("填写法庭或者地点。" if kind in HEARD else "")
        self.problems_shown()

    def _on_outcome(self) -> None:
        outcome = self.outcome.value()
        if isinstance(outcome, Outcome):
            self.boxes["outcome"].set_hint(f"依据：{RULES[outcome].article}")


class EndDialog(ShortForm):
    """Ends an assignment, with its reason."""

    def __init__(
        self, assignment_id: int, name: str, assigned_on: date, today: date, parent: QWidget
    ) -> None:
        super().__init__(f"结束 {name} 的承办", "结束承办", parent)
        self.assignment_id, self._assigned_on = assignment_id, assigned_on
        self.kind, self.ended_on, self.reason = QComboBox(), DateField(), QLineEdit()
        self.kind.addItems([EndKind.REPLACED.value, EndKind.CANCELLED.value, EndKind.SERVED.value])
        self.ended_on.set_date(today)
        self.add_field(
            FieldBox("方式", self.kind, "kind", hint="更换：换人后历史保留；撤销：不计入分派数。"), (0, 0)
        )
        self.add_field(FieldBox("日期", self.ended_on, "ended_on", required=True), (0, 1))
        self.add_field(
            FieldBox("原因", self.reason, "reason", hint="更换、撤销应写明原因。"), (1, 0), wide=True
        )
        self.watch_fields()

    def draft(self) -> EndDraft:
        """Return what the fields say now."""
        return EndDraft(EndKind(self.kind.currentText()), self.ended_on.day(), self.reason.text())

    def problems(self) -> Sequence[Problem]:
        return end_problems(self.draft(), self._assigned_on)
