"""Small forms about one statutory period: handing in, a date fixed by the court, an extension, a proof."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from db.cases.queries.detail import CaseDetail
from db.cases.rules.marks import (
    DoneDraft,
    ExtendDraft,
    FixDraft,
    done_problems,
    extend_problems,
    fix_problems,
)
from db.cases.rules.submissions import METHODS, SubmitDraft, in_time, proof_hint, submit_problems
from db.errors import Problem
from db.law.period_rules import PeriodRule
from db.law.periods import Period
from db.words.case import SendMethod, Side, Unit
from gui.forms.short_form import ShortForm
from gui.tables.due import short_day
from gui.widgets.entries import ChoiceEntry, DayEntry, NumberEntry, TextEntry
from gui.widgets.fields import FieldBox


class PeriodForm(ShortForm):
    """A form about one period of a case; ``period`` is ``None`` where it has not begun."""

    action, verb = "", ""

    def __init__(
        self, detail: CaseDetail, rule: PeriodRule, period: Period | None, today: date, parent: QWidget
    ) -> None:
        super().__init__(f"{self.verb}　{rule.title}", self.action, parent)
        self.case_id, self.version = detail.row.key, detail.version
        self.rule, self.period, self.today = rule, period, today
        self.intro.setText(self.introduction())
        self.intro.show()
        self.lay_out()
        self._ask_whose(detail)
        self.watch_fields()

    def introduction(self) -> str:
        """Return what is said before anything is asked."""
        if self.period is None:
            return f"{self.rule.title}：{self.rule.effect}（{self.rule.article}）"
        return (
            f"{self.rule.title}：最后一日 {short_day(self.period.due, self.today)}（{self.rule.article}）。"
        )

    def lay_out(self) -> None:
        """Make the fields with what they begin with."""
        raise NotImplementedError

    def parties(self) -> tuple[int, ...]:
        """Return the keys of the co-defendants of whose period this is said; none: of all of them."""
        if self.whose is not None and isinstance(chosen := self.whose.value(), int):
            return (chosen,)
        return self.period.parties if self.period else ()

    def _ask_whose(self, detail: CaseDetail) -> None:
        """Ask which of the co-defendants is meant, where the period is that of several."""
        self.whose: ChoiceEntry | None = None
        of = self.period.parties if self.period else ()
        sued = [p for p in detail.parties if p.side is Side.DEFENDANT and (not of or p.key in of)]
        if len(sued) > 1:
            self.whose = ChoiceEntry(
                ((p.name, p.key) for p in sued), "当事人", nothing="上列各被告" if of else "各被告"
            )
            hint = "各被告的期限分别计算，只涉及其中一个的，请选定。"
            self.add_field(FieldBox("当事人", self.whose, "whose", hint=hint), (9, 0), wide=True)


class SubmitForm(PeriodForm):
    """Asks when and how a paper was handed in, and for the proof; says whether that was in time."""

    action, verb = "登记提交", "登记提交"

    def lay_out(self) -> None:
        self.method = ChoiceEntry(((m.value, m) for m in METHODS), "提交方式")
        self.sent_on, self.arrived_on = DayEntry(), DayEntry()
        self.evidence, self.note = TextEntry(), TextEntry()
        self.method.set_value(SendMethod.POST)
        self.sent_on.set_date(self.today)
        self.add_field(FieldBox("提交方式", self.method, "method", required=True), (0, 0))
        self.add_field(FieldBox("交邮日期", self.sent_on, "sent_on", required=True), (0, 1))
        self.add_field(FieldBox("凭据", self.evidence, "evidence", required=True), (1, 0), wide=True)
        self.add_field(
            FieldBox(
                "送到日期", self.arrived_on, "arrived_on", optional=True, hint="知道时填写，不影响是否按期。"
            ),
            (2, 0),
        )
        self.add_field(FieldBox("说明", self.note, "note", optional=True), (2, 1))
        self.method.edited.connect(self._hint)
        self.sent_on.textChanged.connect(self._hint)
        self._hint()

    def draft(self) -> SubmitDraft:
        """Return what the fields say now."""
        method = self.method.value()
        method = method if isinstance(method, SendMethod) else SendMethod.POST
        return SubmitDraft(
            method=method,
            sent_on=self.sent_on.day(),
            arrived_on=self.arrived_on.day() if method is SendMethod.POST else None,
            evidence=self.evidence.text(),
            note=self.note.text(),
        )

    def problems(self) -> Sequence[Problem]:
        return submit_problems(self.draft(), self.today)

    def _hint(self, *_: object) -> None:
        draft = self.draft()
        is_posted = draft.method is SendMethod.POST
        self.boxes["sent_on"].set_title("交邮日期" if is_posted else "提交日期")
        self.boxes["arrived_on"].setVisible(is_posted)
        self.boxes["evidence"].set_hint(proof_hint(draft.method))
        said = in_time(draft, self.period.due) if self.period else None
        self.boxes["sent_on"].set_hint(said[1] if said else "", "ok" if said and said[0] else "warning")


class FixForm(PeriodForm):
    """Asks for the date that overrides the counted one, and why."""

    action, verb = "改定日期", "改定日期"

    def introduction(self) -> str:
        if self.period is None:
            return super().introduction()
        return f"{self.period.counted_as}\n改定后以所填日期为准，显示“手工改定”，随时可以取消改定。"

    def lay_out(self) -> None:
        self.on = DayEntry()
        self.reason, self.source = TextEntry("如 人民法院指定"), TextEntry("如 举证通知书")
        self.on.set_date(self.period.due if self.period else None)
        self.add_field(FieldBox("改定为", self.on, "on", required=True), (0, 0))
        self.add_field(FieldBox("所据文书", self.source, "source", optional=True), (0, 1))
        self.add_field(FieldBox("理由", self.reason, "reason", required=True), (1, 0), wide=True)

    def draft(self) -> FixDraft:
        """Return what the fields say now."""
        return FixDraft(self.on.day(), self.reason.text(), self.source.text())

    def problems(self) -> Sequence[Problem]:
        return fix_problems(self.draft())


class ExtendForm(PeriodForm):
    """Asks by how much a period was extended, and on what."""

    action, verb = "登记延长", "登记延长"

    def introduction(self) -> str:
        return f"现为：{self.period.counted_as}" if self.period else super().introduction()

    def lay_out(self) -> None:
        self.length = NumberEntry()
        self.unit = ChoiceEntry(((u.value, u) for u in Unit), "单位")
        self.reason = TextEntry("如 经高级人民法院批准")
        self.unit.set_value(self.rule.unit)
        self.add_field(FieldBox("延长", self.length, "length", required=True), (0, 0))
        self.add_field(FieldBox("单位", self.unit, "unit", required=True), (0, 1))
        self.add_field(FieldBox("理由", self.reason, "reason", required=True), (1, 0), wide=True)

    def draft(self) -> ExtendDraft:
        """Return what the fields say now."""
        unit = self.unit.value()
        return ExtendDraft(
            self.length.number() or 0, unit if isinstance(unit, Unit) else Unit.DAY, self.reason.text()
        )

    def problems(self) -> Sequence[Problem]:
        return extend_problems(self.draft())


class DoneForm(PeriodForm):
    """Asks when a period was met and what proves it, where no step of the case says so."""

    action, verb = "标为已完成", "标为已完成"

    def introduction(self) -> str:
        return f"{super().introduction()}没有对应的进程可登记时，在这里标明已完成。"

    def lay_out(self) -> None:
        self.on, self.evidence = DayEntry(), TextEntry()
        self.on.set_date(self.today)
        self.add_field(FieldBox("完成日期", self.on, "on", required=True), (0, 0))
        hint = "邮件号、签收人或回执。"
        self.add_field(FieldBox("凭据", self.evidence, "evidence", hint=hint), (0, 1))

    def draft(self) -> DoneDraft:
        """Return what the fields say now."""
        return DoneDraft(self.on.day(), self.evidence.text())

    def problems(self) -> Sequence[Problem]:
        return done_problems(self.draft(), self.today)
