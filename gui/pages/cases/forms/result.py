"""The form in which the result of a case is recorded, and the case closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from db.cases.queries.detail import CaseDetail
from db.cases.rules.cases import ResultDraft, result_problems
from db.errors import Problem
from db.law.outcomes import RULES, group_of, offered
from db.words.case import LossCause, Outcome
from gui.forms.short_form import ShortForm
from gui.tables.due import short_day
from gui.widgets.entries import ChoiceEntry, DayEntry, TickEntry
from gui.widgets.fields import FieldBox


@dataclass(frozen=True, slots=True)
class Closing:
    """The result as typed, and the day on which the case is closed with it, if it is."""

    result: ResultDraft
    closed_on: date | None


class ResultForm(ShortForm):
    """Asks how a case ended, what it was lost for, when that took effect, and whether it is closed."""

    def __init__(self, detail: CaseDetail, today: date, parent: QWidget) -> None:
        super().__init__("登记裁判结果", "保存结果", parent, intro=_served_words(detail, today), width=600)
        self.case_id, self.version, self._today = detail.row.key, detail.version, today
        self._is_open, self._policy = detail.row.is_open, detail.policy
        choices = offered(detail.row.procedure)
        if detail.row.outcome is not None and detail.row.outcome not in choices:
            choices = (*choices, detail.row.outcome)  # entered before the list was refined
        self.outcome = ChoiceEntry(((o.value, o) for o in choices), "裁判结果", nothing="（请选择）")
        self.loss_cause = ChoiceEntry(((c.value, c) for c in LossCause), "败诉原因", nothing="（未填）")
        self.decided_on, self.effective_on, self.closed_on = DayEntry(), DayEntry(), DayEntry()
        self.is_self_corrected = TickEntry("行政机关已自行纠正")
        self.outcome.setMaxVisibleItems(16)
        self._lay_out()
        self.outcome.set_value(detail.row.outcome)
        self.loss_cause.set_value(detail.row.loss_cause)
        self.decided_on.set_date(detail.decided_on)
        self.effective_on.set_date(detail.row.effective_on)
        self.is_self_corrected.set_value(detail.row.is_self_corrected)
        self._on_outcome()
        self.watch_fields()
        self.outcome.edited.connect(self._on_outcome)

    def draft(self) -> ResultDraft:
        """Return the result that the fields say now."""
        outcome, loss = self.outcome.value(), self.loss_cause.value()
        return ResultDraft(
            outcome=outcome if isinstance(outcome, Outcome) else None,
            effective_on=self.effective_on.day(),
            is_self_corrected=self.is_self_corrected.isChecked(),
            loss_cause=loss if isinstance(loss, LossCause) and self._is_lost() else None,
            decided_on=self.decided_on.day(),
        )

    def closing(self) -> Closing:
        """Return the result and the day of closing."""
        return Closing(self.draft(), self.closed_on.day() if self._is_open else None)

    def problems(self) -> Sequence[Problem]:
        found = list(result_problems(self.draft(), self._today, self._policy))
        closed_on = self.closed_on.day()
        if closed_on and closed_on > self._today:
            found.append(Problem("closed_on", f"结案日期 {closed_on} 还没有到，请核对。"))
        return found

    def _is_lost(self) -> bool:
        outcome = self.outcome.value()
        return isinstance(outcome, Outcome) and self._policy.counts(outcome)

    def _lay_out(self) -> None:
        self.add_field(FieldBox("裁判结果", self.outcome, "outcome", required=True), (0, 0))
        self.add_field(FieldBox("败诉原因", self.loss_cause, "loss_cause"), (0, 1))
        hint = "判决书、裁定书、决定书落款的日期，统计按它归入年度。"
        self.add_field(FieldBox("裁判日期", self.decided_on, "decided_on", optional=True, hint=hint), (1, 0))
        hint = "过了上诉期，或者终审送达之日。"
        self.add_field(
            FieldBox("生效日期", self.effective_on, "effective_on", optional=True, hint=hint), (1, 1)
        )
        hint = "填写后一并结案，承办顾问转为办结。"
        closed = FieldBox("结案日期", self.closed_on, "closed_on", optional=True, hint=hint)
        self.add_field(closed, (2, 0))
        closed.setVisible(self._is_open)
        self.add_field(FieldBox("", self.is_self_corrected, "is_self_corrected"), (3, 0), wide=True)

    def _on_outcome(self) -> None:
        outcome = self.outcome.value()
        self.boxes["loss_cause"].setVisible(self._is_lost())
        if isinstance(outcome, Outcome):
            rule = RULES[outcome]
            counted = group_of(outcome, self._policy).value
            self.boxes["outcome"].set_hint(f"{rule.article}；报表中计入“{counted}”。")
            if outcome is Outcome.WITHDRAWN_AFTER_CORRECTION:
                self.is_self_corrected.setChecked(True)
        self.problems_shown()


def _served_words(detail: CaseDetail, today: date) -> str:
    """Say of each party when the judgment was served on it and until when it may appeal."""
    lines = [
        f"{s.party}：{s.on} 收到{'裁定' if '裁定' in s.kind.value else '判决'}，"
        f"上诉期至 {short_day(s.appeal.due, today)}。"
        for s in detail.services
        if s.appeal
    ]
    if not lines:
        lines = [
            f"{p.rule.title}至 {short_day(p.due, today)}（{p.article}）。"
            for p in detail.periods
            if p.rule.id in {"L12", "L13"}
        ]
    return "\n".join(lines) or "还没有登记裁判文书送达，上诉期登记送达后计算。"
