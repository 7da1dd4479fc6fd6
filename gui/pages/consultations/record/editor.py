"""The record of a consultation in one window: who came, what each said, the points, the conclusion, what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from db.consultations.queries.detail import ConsultationDetail
from db.consultations.rules.consultations import CorrectionDraft, FollowUpDraft, PointDraft, RecordDraft
from db.consultations.rules.problems import correction_problems, record_problems
from db.errors import Problem
from db.words.consultation import PointKind, Risk
from gui.forms.editor import EditorDialog
from gui.pages.consultations.members.sign_in import SignInField
from gui.pages.consultations.record.opinions import OpinionsField, Speaker
from gui.widgets.entries import Item, TextEntry
from gui.widgets.fields import FieldBox
from gui.widgets.growing import GrowingText
from gui.widgets.rows_field import Kind, LineColumn, RowsField
from gui.widgets.stances import StepsField

POINTS = (
    LineColumn("kind", "类别", Kind.CHOICE, 84, tuple((kind.value, kind) for kind in PointKind)),
    LineColumn("text", "焦点和讨论情况", Kind.LONG),
    LineColumn("key", "", Kind.KEY),
)
TASKS = (
    LineColumn("task", "事项", Kind.LONG),
    LineColumn("unit", "责任单位", Kind.NAME, 176),
    LineColumn("due_on", "完成期限", Kind.DAY, 124),
    LineColumn("key", "", Kind.KEY),
)


@dataclass(frozen=True, slots=True)
class RecordOffers:
    """What the form offers: agencies by name, with their search keys."""

    agencies: tuple[tuple[str, int, tuple[str, ...]], ...] = ()

    def agency_id(self, name: str) -> int | None:
        """Return the agency that a unit's name means, if it is one of the list."""
        wanted = name.strip()
        return next((key for text, key, _ in self.agencies if wanted and wanted == text), None)

    def unit_of(self, task: FollowUpDraft) -> str:
        """Return who is to do a task, by name: an agency of the list goes by its own."""
        named = next((text for text, key, _ in self.agencies if key == task.agency_id), "")
        return task.unit or named

    def by_agency(self, task: FollowUpDraft) -> FollowUpDraft:
        """Return a task as it is kept: of an agency of the list the key, of another unit the name."""
        key = self.agency_id(task.unit)
        return replace(task, agency_id=key, unit="" if key is not None else task.unit)

    def items(self) -> list[Item]:
        """Return the names as a picker wants them."""
        return [(text, key, keys) for text, key, keys in self.agencies]


class RecordEditor(EditorDialog):
    """Edits the record; of an archived one it is a correction, whose reason is asked for."""

    def __init__(
        self,
        detail: ConsultationDetail,
        record: RecordDraft,
        offers: RecordOffers,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        title = "更正记录" if detail.is_archived else "整理记录"
        super().__init__(f"{title}　{detail.row.topic}", QSize(1080, 800), parent)
        self.setObjectName("record_editor")
        self.key, self.topic, self._detail, self._start = detail.row.key, detail.row.topic, detail, record
        self._offers, self._today = offers, today
        self.is_correction = detail.is_archived
        self.reason = GrowingText("随新版一并留存，如“漏记王砚秋关于评估报告的意见”")
        self.sign_ins = SignInField([(m.key, m.name, m.unit) for m in detail.members])
        self.sign_ins.usual_time = detail.row.at_time or self.sign_ins.usual_time
        self.until_time = TextEntry("16:10")
        self.opinions = OpinionsField(
            [Speaker(m.key, m.name, m.unit) for m in detail.speakers],
            [(question.key, question.text) for question in detail.questions],
        )
        self.points = RowsField(PointDraft, POINTS, "争议焦点")
        self.conclusion = GrowingText("会商形成的意见", least=4, most=24)
        self.risk = StepsField([(risk.value, risk) for risk in Risk], "risk", "败诉风险")
        self.follow_ups = RowsField(FollowUpDraft, TASKS, "议定事项")
        self.follow_ups.set_offers("unit", offers.items())
        self._lay_out()
        self.fill(record)
        self.watch_fields()
        first = self.reason if self.is_correction else self.sign_ins.all_came
        first.setFocus()

    # -- values ----------------------------------------------------------------------------

    def fill(self, record: RecordDraft) -> None:
        """Show a record."""
        self.until_time.set_value(record.until_time)
        self.sign_ins.fill(record.sign_ins)
        self.opinions.fill(record.opinions)
        self.points.set_value(record.points)
        self.conclusion.set_value(record.conclusion)
        self.risk.set_value(record.risk)
        self.follow_ups.set_value(
            replace(task, unit=self._offers.unit_of(task)) for task in record.follow_ups
        )

    def restore(self, kept: CorrectionDraft) -> None:
        """Show what was kept of this window before a crash."""
        self.reason.set_value(kept.reason)
        if kept.record is not None:
            self.fill(kept.record)

    def draft(self) -> RecordDraft:
        """Return what the fields say now."""
        risk = self.risk.value()
        return RecordDraft(
            until_time=self.until_time.text().strip().replace("：", ":"),
            sign_ins=self.sign_ins.drafts(),
            opinions=self.opinions.drafts(),
            points=self.points.value(),
            conclusion=self.conclusion.text(),
            risk=risk if isinstance(risk, Risk) else None,
            follow_ups=tuple(self._offers.by_agency(task) for task in self.follow_ups.value()),
            version=self._start.version,
        )

    def correction(self) -> CorrectionDraft:
        """Return the record with the reason of its correction; also what is kept while one types."""
        return CorrectionDraft(self.reason.text(), record=self.draft())

    def problems(self) -> Sequence[Problem]:
        detail = self._detail
        questions = [question.key for question in detail.questions]
        found = record_problems(
            self.draft(), detail.member_facts, questions, detail.row.at_time, detail.row.held_on, self._today
        )
        if text := self.sign_ins.trouble():
            found.insert(0, Problem("sign_ins", text))
        if self.is_correction:
            found += correction_problems(self.correction())
        return [_placed(problem) for problem in found]

    def go_to_first(self) -> None:
        """Move to the first error; of an opinion, show whose it is."""
        super().go_to_first()
        first = next((name for name in self.boxes if self.errors_in(name)), "")
        if first != "opinions":
            return
        for at, problem in enumerate(self._opinion_places()):
            if at == 0 and (block := self.opinions.go_to(*problem)):
                self.bring_into_view(block)

    # -- building --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        if self.is_correction:
            self.add_section("更正")
            box = FieldBox("更正的理由", self.reason, "reason", required=True)
            self.add_field(box, (0, 0), wide=True)
        self.add_section("签到")
        self.add_field(FieldBox("到会情况", self.sign_ins, "sign_ins"), (0, 0), wide=True)
        hint = f"{self._detail.row.at_time} 开始。" if self._detail.row.at_time else ""
        self.add_field(FieldBox("结束时间", self.until_time, "until_time", optional=True, hint=hint), (1, 0))
        self.add_section("逐人意见")
        self.add_field(FieldBox("研判意见", self.opinions, "opinions"), (0, 0), wide=True)
        self.add_section("争议焦点")
        hint = "按事实、证据、程序、依据、裁量分列，纪要照此顺序。"
        self.add_field(FieldBox("焦点", self.points, "points", optional=True, hint=hint), (0, 0), wide=True)
        self.add_section("结论")
        self.add_field(FieldBox("会商结论", self.conclusion, "conclusion"), (0, 0), wide=True)
        self.add_field(FieldBox("败诉风险", self.risk, "risk"), (1, 0), wide=True)
        self.add_section("议定事项")
        hint = "归档后列入工作台，办结时登记凭据。"
        self.add_field(
            FieldBox("事项", self.follow_ups, "follow_ups", optional=True, hint=hint), (0, 0), wide=True
        )

    def _opinion_places(self) -> list[tuple[int, int | None]]:
        """Return whose opinions on what are wrong."""
        return [
            (draft.member_id, draft.question_id)
            for draft in self.opinions.drafts()
            if draft.stance is None or (not draft.text.strip() and draft.stance.value != "同意")
        ]


def _placed(problem: Problem) -> Problem:
    """Return a problem of a line that has no cell of its own at the field that shows it."""
    name = problem.field.split(".")[0]
    return replace(problem, field=name) if name in {"opinions", "sign_ins"} else problem
