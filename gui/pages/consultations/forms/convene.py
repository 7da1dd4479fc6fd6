"""The form in which a consultation is convened, changed, or corrected after it was archived."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from db.cases.queries.detail import InstanceLine
from db.consultations.rules.consultations import ConsultationDraft, CorrectionDraft, QuestionDraft
from db.consultations.rules.problems import convening_problems, correction_problems
from db.errors import Problem
from db.formats.written_dates import typed_time
from db.words.consultation import Secrecy
from gui.forms.editor import EditorDialog
from gui.forms.linked_cases import Find, LinkedCases
from gui.widgets.entries import ChoiceEntry, DayEntry, NameEntry, TextEntry
from gui.widgets.fields import FieldBox
from gui.widgets.growing import GrowingText
from gui.widgets.pickers import Picker
from gui.widgets.rows_field import Kind, LineColumn, RowsField

QUESTIONS = (LineColumn("text", "请会商的问题", Kind.LONG), LineColumn("key", "", Kind.KEY))
TEXTS = ("topic", "number", "at_time", "until_time", "venue", "host", "recorder", "signer")


@dataclass(frozen=True, slots=True)
class ConveneOffers:
    """What the form offers: agencies (key, name, search keys), the linked cases, the number that comes next."""

    agencies: tuple[tuple[int, str, tuple[str, ...]], ...]
    find: Find
    cases: tuple[InstanceLine, ...] = ()
    next_number: str = ""


class ConveneForm(EditorDialog):
    """Edits what a consultation is about, when and where it is held."""

    def __init__(
        self,
        draft: ConsultationDraft,
        key: int | None,
        offers: ConveneOffers,
        parent: QWidget | None = None,
        *,
        is_correction: bool = False,
    ) -> None:
        title = "更正会商信息" if is_correction else "编辑会商信息" if key else "发起会商"
        super().__init__(title, QSize(900, 760), parent)
        self.setObjectName("convene_form")
        self.key, self._start, self._offers, self.is_correction = key, draft, offers, is_correction
        self.reason = GrowingText("随新版一并留存")
        self.topic, self.number, self.signer = TextEntry(), TextEntry(), TextEntry()
        self.at_time, self.until_time = TextEntry("14:30"), TextEntry("16:30")
        self.venue, self.host, self.recorder = NameEntry(), NameEntry(), NameEntry()
        self.held_on = DayEntry()
        self.agency = Picker(free=False)
        self.secrecy = ChoiceEntry(((one.value, one) for one in Secrecy), "密级")
        self.cases = LinkedCases(offers.find, "cases")
        self.grounds, self.facts = GrowingText(least=2), GrowingText(least=3)
        self.questions = RowsField(QuestionDraft, QUESTIONS, "议题")
        self.agency.set_items((name, key, keys) for key, name, keys in offers.agencies)
        self._lay_out()
        self.fill(draft)
        self.cases.set_cases(offers.cases)
        self.watch_fields()
        (self.reason if is_correction else self.topic).setFocus()

    # -- values ----------------------------------------------------------------------------

    def fill(self, draft: ConsultationDraft) -> None:
        """Show a draft, without its cases, which are shown by their words."""
        for name in TEXTS:
            getattr(self, name).set_value(getattr(draft, name))
        self.held_on.set_value(draft.held_on)
        self.agency.set_value(draft.agency_id)
        self.secrecy.set_value(draft.secrecy)
        self.grounds.set_value(draft.grounds)
        self.facts.set_value(draft.facts)
        self.questions.set_value(draft.questions)

    def draft(self) -> ConsultationDraft:
        """Return what the fields say now."""
        texts = {name: str(getattr(self, name).value()) for name in TEXTS}
        texts |= {name: typed_time(texts[name]) for name in ("at_time", "until_time")}
        agency, secrecy = self.agency.value(), self.secrecy.value()
        return ConsultationDraft(
            **texts,
            agency_id=agency if isinstance(agency, int) else None,
            grounds=self.grounds.text(),
            facts=self.facts.text(),
            secrecy=secrecy if isinstance(secrecy, Secrecy) else Secrecy.INTERNAL,
            held_on=self.held_on.day(),
            case_ids=self.cases.keys(),
            questions=self.questions.value(),
            version=self._start.version,
        )

    def correction(self) -> CorrectionDraft:
        """Return the draft with the reason of its correction."""
        return CorrectionDraft(self.reason.text(), convening=self.draft())

    def problems(self) -> Sequence[Problem]:
        found = convening_problems(self.draft())
        typed = self.agency.currentText().strip()
        if typed and self.agency.value() is None:
            found.insert(0, Problem("agency_id", f"列表中没有“{typed}”，请从列表选择。"))
        if text := self.cases.trouble():
            found.append(Problem("case_ids", text))
        if self.is_correction:
            found += correction_problems(self.correction())
        return found

    # -- building --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        if self.is_correction:
            self.add_section("更正")
            self.add_field(FieldBox("更正的理由", self.reason, "reason", required=True), (0, 0), wide=True)
        self.add_section("会商")
        hint = "如“石梁镇土地征收补偿系列案会商”。"
        self.add_field(FieldBox("会商题目", self.topic, "topic", required=True, hint=hint), (0, 0), wide=True)
        self.add_field(FieldBox("提请单位", self.agency, "agency_id"), (1, 0))
        self.add_field(FieldBox("密级", self.secrecy, "secrecy", hint="会商材料均不公开。"), (1, 1))
        hint = f"留空即编为 {self._offers.next_number}。" if self._offers.next_number else "留空即按序编号。"
        number = FieldBox("编号", self.number, "number", optional=True, hint="" if self.key else hint)
        self.add_field(number, (2, 0))
        self.add_section("案件和理由")
        hint = "尚未立案的可以不关联。"
        self.add_field(
            FieldBox("关联案件", self.cases, "case_ids", optional=True, hint=hint), (0, 0), wide=True
        )
        self.add_field(FieldBox("列为重大疑难的理由", self.grounds, "grounds"), (1, 0), wide=True)
        self.add_field(FieldBox("案情", self.facts, "facts", optional=True), (2, 0), wide=True)
        self.add_section("议题")
        hint = "会商通知、研判意见表和纪要都按此列出。"
        self.add_field(FieldBox("议题", self.questions, "questions", hint=hint), (0, 0), wide=True)
        self.add_section("时间、地点、人员")
        self.add_field(FieldBox("会商日期", self.held_on, "held_on"), (0, 0))
        self.add_field(FieldBox("开始时间", self.at_time, "at_time"), (0, 1))
        self.add_field(FieldBox("地点", self.venue, "venue"), (1, 0))
        self.add_field(FieldBox("结束时间", self.until_time, "until_time", optional=True), (1, 1))
        self.add_field(FieldBox("主持", self.host, "host"), (2, 0))
        self.add_field(FieldBox("记录", self.recorder, "recorder"), (2, 1))
        self.add_field(
            FieldBox("签发人", self.signer, "signer", optional=True, hint="纪要的签发人。"), (3, 0)
        )
