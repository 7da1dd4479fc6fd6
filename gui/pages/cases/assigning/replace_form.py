"""更换顾问: another lawyer takes over midway, with what is handed over; the one before stays on record."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.assignment.queries.assigning import AssignOffer
from db.assignment.queries.candidates import Candidate
from db.assignment.rules.assignments import ConsentDraft, ReplaceDraft, replace_problems
from db.assignment.rules.conflicts import Finding
from db.cases.queries.detail import AgentLine
from db.errors import Problem
from db.words.assignment import Severity
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox


class ReplaceForm(ShortForm):
    """Asks who takes over, from when, why, and what is handed over. The barred stand last, with their reason."""

    def __init__(self, agent: AgentLine, offer: AssignOffer, today: date, parent: QWidget) -> None:
        intro = f"{agent.name}（{agent.kind}）的分派到更换之日为止，记录保留；接办的顾问沿用分工和授权。"
        super().__init__(f"更换顾问　{agent.name}", "确认更换", parent, intro=intro, width=640)
        self.setObjectName("replace_form")
        self.assignment_id, self.old_name = agent.assignment_id or 0, agent.name
        self._assigned_on = agent.assigned_on or today
        self._candidates = {c.lawyer_id: c for c in offer.candidates}
        self.lawyer, self.on, self.reason = QComboBox(), DateField(), QLineEdit()
        self.handover = QPlainTextEdit()
        self.handover.setFixedHeight(84)
        self.handover.setTabChangesFocus(True)
        self.handover.setPlaceholderText("如：案卷一册、答辩状已于 11-20 提交，待开庭")
        self.person, self.consent = QLineEdit(), QLineEdit()
        self.on.set_date(max(today, self._assigned_on))
        self._offer(offer.candidates)
        self._lay_out()
        self._on_lawyer()
        self.watch_fields()
        self.lawyer.currentIndexChanged.connect(self._on_lawyer)

    def candidate(self) -> Candidate | None:
        """Return who is to take over."""
        return self._candidates.get(self.lawyer.currentData())

    def new_name(self) -> str:
        """Return the name of who is to take over."""
        chosen = self.candidate()
        return chosen.name if chosen else ""

    def draft(self) -> ReplaceDraft:
        """Return what the fields say now."""
        chosen = self.candidate()
        consents = tuple(
            ConsentDraft(chosen.lawyer_id, f.rule, reason=self.consent.text(), person=self.person.text())
            for f in self._to_consent()
            if chosen is not None
        )
        return ReplaceDraft(
            chosen.lawyer_id if chosen else None,
            self.on.day(),
            self.reason.text(),
            self.handover.toPlainText(),
            consents,
        )

    def problems(self) -> Sequence[Problem]:
        found = replace_problems(self.draft(), self._assigned_on)
        if self._to_consent():
            if not self.person.text().strip():
                found.append(Problem("person", "请登记同意人。"))
            if not self.consent.text().strip():
                found.append(Problem("consent", "请登记同意的内容。"))
        return found

    def _to_consent(self) -> list[Finding]:
        chosen = self.candidate()
        return [f for f in chosen.findings if f.severity is Severity.CONSENT] if chosen else []

    def _offer(self, candidates: Sequence[Candidate]) -> None:
        self.lawyer.addItem("请选择", None)
        items = self.lawyer.model()
        for c in candidates:
            word = f"不可选：{c.findings[0].sentence}" if c.is_blocked else f"综合 {c.ranking.total}"
            self.lawyer.addItem(f"{c.name}　{c.firm}　{word}", c.lawyer_id)
            if c.is_blocked and isinstance(items, QStandardItemModel):
                items.item(self.lawyer.count() - 1).setEnabled(False)
        self.lawyer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.lawyer.view().setTextElideMode(Qt.TextElideMode.ElideRight)

    def _lay_out(self) -> None:
        self.add_field(FieldBox("接办的顾问", self.lawyer, "lawyer_id", required=True), (0, 0), wide=True)
        self.add_field(FieldBox("更换日期", self.on, "on", required=True), (1, 0))
        self.add_field(FieldBox("原因", self.reason, "reason", required=True), (1, 1))
        hint = "移交的材料、未了的期限和事项，随分派留存。"
        self.add_field(
            FieldBox("移交情况", self.handover, "handover", required=True, hint=hint), (2, 0), wide=True
        )
        self.add_field(FieldBox("单位同意人", self.person, "person", required=True), (3, 0))
        self.add_field(FieldBox("同意的内容", self.consent, "consent", required=True), (3, 1))

    def _on_lawyer(self, *_: object) -> None:
        chosen = self.candidate()
        for name in ("person", "consent"):
            self.boxes[name].setVisible(bool(self._to_consent()))
        said = [f"{f.severity.value}：{f.sentence}" for f in chosen.findings] if chosen else []
        factors = "；".join(f.sentence for f in chosen.ranking.factors) if chosen else ""
        self.boxes["lawyer_id"].set_hint("；".join(said) or factors, "warning" if said else "hint")
        self.problems_shown()
