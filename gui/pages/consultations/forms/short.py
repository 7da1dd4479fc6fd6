"""The small forms of a consultation: an answer, an evidence, an adoption, a cancelling."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QWidget

from db.consultations.queries.consultations import FollowUpRow
from db.consultations.queries.detail import ConsultationDetail, MemberLine
from db.consultations.rules.consultations import AdoptionDraft, AnswerDraft, CancelDraft, DoneDraft
from db.consultations.rules.problems import adoption_problems, answer_problems, cancel_problems, done_problems
from db.errors import Problem
from db.words.consultation import Adoption, InvitationAnswer
from gui.context import Context
from gui.forms.short_form import ShortForm
from gui.widgets.basics import button, label, pane, row
from gui.widgets.entries import TextEntry
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.growing import GrowingText
from gui.widgets.scrolling import TallArea
from gui.widgets.stances import StepsField

ADOPTIONS = [(one.value, one) for one in Adoption]
AT_ONCE = 6  # members shown without scrolling: the form must have room on a screen of 768 lines


class AnswerForm(ShortForm):
    """Enters what somebody answered to the invitation."""

    def __init__(self, member: MemberLine, today: date, parent: QWidget) -> None:
        super().__init__(f"登记答复　{member.name}", "登记答复", parent, width=480)
        self.setObjectName("answer_form")
        self.member_id, self.name, self._today = member.key, member.name, today
        self._version = member.version
        self.answer = StepsField([(one.value, one) for one in InvitationAnswer], "answer", "答复")
        self.answered_on, self.reason = DateField(), TextEntry()
        self.add_field(FieldBox("答复", self.answer, "answer", required=True), (0, 0))
        self.add_field(FieldBox("答复日期", self.answered_on, "answered_on"), (0, 1))
        hint = "请假的写明原因，纪要列入请假人员。"
        self.add_field(FieldBox("原因", self.reason, "reason", hint=hint), (1, 0), wide=True)
        self.answer.set_value(member.answer)
        self.answered_on.set_date(member.answered_on or today)
        self.reason.set_value(member.answer_reason)
        self.watch_fields()

    def draft(self) -> AnswerDraft:
        """Return what the fields say now."""
        answer = self.answer.value()
        return AnswerDraft(
            answer if isinstance(answer, InvitationAnswer) else None,
            self.answered_on.day(),
            self.reason.text(),
            self._version,
        )

    def problems(self) -> Sequence[Problem]:
        return answer_problems(self.draft(), self._today)


class DoneForm(ShortForm):
    """Asks what proves that an agreed task is done; a file of it may be added at once."""

    def __init__(self, context: Context, task: FollowUpRow, held_on: date | None, parent: QWidget) -> None:
        due = f"，期限 {task.due_on}" if task.due_on else ""
        intro = f"{task.task}（{task.unit}{due}）"
        super().__init__("登记办结", "登记办结", parent, intro=intro)
        self.setObjectName("done_form")
        self.task, self._context, self._held_on = task, context, held_on
        self.file: Path | None = None
        self.done_on = DateField()
        self.evidence = GrowingText("如 2026-11-23 石梁镇政府送达回证，EMS 签收单", least=2)
        self.attach = button("选择文件…", "done_attach", icon_name="file-input")
        self.file_name = label("没有附件", "second")
        files = QWidget()
        files.setLayout(row(self.attach, self.file_name, None))
        self.add_field(FieldBox("办结日期", self.done_on, "done_on", required=True), (0, 0))
        self.add_field(FieldBox("办结凭据", self.evidence, "evidence", required=True), (1, 0), wide=True)
        hint = "与会商的材料一起保存，类别为“办结凭据”。"
        self.add_field(FieldBox("附件", files, "files", optional=True, hint=hint), (2, 0), wide=True)
        self.attach.clicked.connect(self._on_attach)
        self.done_on.set_date(context.today())
        self.watch_fields()
        self.evidence.setFocus()

    def draft(self) -> DoneDraft:
        """Return what the fields say now."""
        return DoneDraft(self.done_on.day(), self.evidence.text(), self.task.version)

    def problems(self) -> Sequence[Problem]:
        return done_problems(self.draft(), self._held_on, self._context.today())

    def _on_attach(self) -> None:
        self._context.files.open_file(self, "选择办结凭据", "所有文件 (*)", self._take)

    def _take(self, path: Path) -> None:
        self.file = path
        self.file_name.setText(path.name)
        self.mark_dirty()


class AdoptionForm(ShortForm):
    """Enters what the agency did with the conclusion, and with each opinion."""

    def __init__(self, detail: ConsultationDetail, today: date, parent: QWidget) -> None:
        who = detail.agency_name or "单位"
        super().__init__(
            "登记采纳情况",
            "登记采纳",
            parent,
            intro=f"按{who}的反馈登记。逐人采纳情况用于顾问的履职评价。",
            width=640,
        )
        self.setObjectName("adoption_form")
        self.key, self.topic, self._detail, self._today = detail.row.key, detail.row.topic, detail, today
        self.adoption = StepsField(ADOPTIONS, "adoption", "采纳情况")
        self.adopted_on = DateField()
        self.reason = GrowingText("部分采纳、未采纳的，写明单位的理由", least=2)
        self.members: dict[int, StepsField] = {}
        self.add_field(FieldBox("会商结论", self.adoption, "adoption", required=True), (0, 0), wide=True)
        self.add_field(FieldBox("反馈日期", self.adopted_on, "adopted_on", required=True), (1, 0))
        self.add_field(FieldBox("理由", self.reason, "reason"), (2, 0), wide=True)
        each = self._each(detail)
        hint = "没有单独反馈的可以不填。"
        self.add_field(FieldBox("逐人意见", each, "each", optional=True, hint=hint), (3, 0), wide=True)
        self.adoption.set_value(detail.row.adoption)
        self.adopted_on.set_date(detail.adopted_on or today)
        self.reason.set_value(detail.adoption_reason)
        self.watch_fields()

    def draft(self) -> AdoptionDraft:
        """Return what the fields say now."""
        return AdoptionDraft(
            adoption=_adoption(self.adoption.value()),
            adopted_on=self.adopted_on.day(),
            reason=self.reason.text(),
            members=tuple((key, _adoption(field.value())) for key, field in self.members.items()),
            version=self._detail.version,
        )

    def problems(self) -> Sequence[Problem]:
        return adoption_problems(self.draft(), self._detail.row.held_on, self._today)

    def _each(self, detail: ConsultationDetail) -> QWidget:
        made, grid = pane("surface"), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        for at, member in enumerate(m for m in detail.speakers if m.opinions):
            field = self.members[member.key] = StepsField(
                ADOPTIONS, f"adoption_{member.key}", f"{member.name} 的意见"
            )
            field.set_value(member.adoption)
            grid.addWidget(label(member.name), at, 0)
            grid.addWidget(label(member.stance.value if member.stance else "", "second"), at, 1)
            grid.addWidget(field, at, 2)
        made.setLayout(grid)
        if len(self.members) <= AT_ONCE:
            return made
        area = TallArea(made)
        area.setFixedHeight(made.sizeHint().height() * AT_ONCE // len(self.members))
        return area


class CancelForm(ShortForm):
    """Asks why a consultation is not held after all."""

    def __init__(self, detail: ConsultationDetail, today: date, parent: QWidget) -> None:
        intro = f"“{detail.row.topic}”不再召开。编号保留，列入“已取消”，可用 Ctrl+Z 撤销。"
        super().__init__("取消会商", "取消会商", parent, intro=intro)
        self.setObjectName("cancel_form")
        self.key, self.topic, self._detail, self._today = detail.row.key, detail.row.topic, detail, today
        self.cancelled_on, self.reason = DateField(), GrowingText("如单位已与原告达成和解", least=2)
        self.cancel.setText("不取消")
        self.add_field(FieldBox("取消日期", self.cancelled_on, "cancelled_on"), (0, 0))
        self.add_field(FieldBox("取消的原因", self.reason, "reason", required=True), (1, 0), wide=True)
        self.cancelled_on.set_date(today)
        self.watch_fields()
        self.reason.setFocus()

    def draft(self) -> CancelDraft:
        """Return what the fields say now."""
        return CancelDraft(self.reason.text(), self.cancelled_on.day(), self._detail.version)

    def problems(self) -> Sequence[Problem]:
        return cancel_problems(self.draft(), self._today)


def _adoption(value: object) -> Adoption | None:
    return value if isinstance(value, Adoption) else None
