"""答复推荐: what became of a recommendation."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import Problem
from db.performance.queries.lines import RecommendationLine, recommendation_lines
from db.services.acts.services import answer_recommendation
from db.services.rules.services import AnswerDraft, answer_problems
from db.words.assignment import Answer
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox


class AnswerForm(ShortForm):
    """Asks which of the recommended lawyers was chosen, not chosen, or declined."""

    def __init__(self, lines: Sequence[RecommendationLine], today: date, parent: QWidget) -> None:
        intro = "登记单位或顾问对推荐的答复。婉拒、未选的原因计入顾问的年度履职，不影响以后的推荐。"
        super().__init__("答复推荐", "登记答复", parent, intro=intro)
        self.setObjectName("answer_form")
        self._lines, self._today = tuple(lines), today
        self.who, self.answer = QComboBox(), QComboBox()
        self.on, self.reason = DateField(), QLineEdit()
        for line in self._lines:
            known = line.answer.value if line.answer else "尚未答复"
            self.who.addItem(f"{line.name}（{line.recommended_on} 推荐，{known}）", line.key)
        self.answer.addItems([answer.value for answer in Answer])
        self.add_field(FieldBox("推荐的顾问", self.who, "who", required=True), (0, 0), wide=True)
        self.add_field(FieldBox("答复", self.answer, "answer", required=True), (1, 0))
        self.add_field(FieldBox("日期", self.on, "on", required=True), (1, 1))
        self.add_field(
            FieldBox("原因", self.reason, "reason", hint="婉拒、未选应写明原因。"), (2, 0), wide=True
        )
        self._show_line(0)
        self.watch_fields()
        self.who.currentIndexChanged.connect(self._show_line)

    @property
    def line(self) -> RecommendationLine:
        """The recommendation that is answered."""
        return self._lines[self.who.currentIndex()]

    def draft(self) -> AnswerDraft:
        """Return what the fields say now."""
        return AnswerDraft(
            Answer(self.answer.currentText()), self.on.day(), self.reason.text(), self.line.version
        )

    def problems(self) -> Sequence[Problem]:
        return answer_problems(self.draft(), self.line.recommended_on)

    def _show_line(self, at: int) -> None:
        line = self._lines[at]
        self.answer.setCurrentText((line.answer or Answer.DECLINED).value)
        self.on.set_date(line.answered_on or max(self._today, line.recommended_on))
        self.reason.setText(line.reason)


class Answers(QObject):
    """Opens the form for the recommendations of one party, and carries the answer out."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def ask(self, case_id: int, party_id: int) -> None:
        """Ask what became of the lawyers recommended to this party."""
        with self._context.database.read() as session:
            lines = [r for r in recommendation_lines(session, case_id) if r.party_id == party_id]
        if lines:
            form = AnswerForm(lines, self._context.today(), self._page.window())
            form.submitted.connect(self._answer)
            form.open()

    def _answer(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, AnswerForm):
            line, draft = form.line, form.draft()

            def act(session: Any) -> None:
                answer_recommendation(session, line.key, draft)

            label = f"答复推荐 {line.name}：{draft.answer.value}"
            then, failed = partial(self._answered, form, label), partial(self._refused, form)
            perform(self._context, form, label, act, then, failed)

    def _answered(self, form: AnswerForm, label: str, _: object) -> None:
        form.accept()
        self._context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")

    def _refused(self, form: AnswerForm, error: Exception) -> None:
        if not form.show_refusal(error):
            self._context.errors.show(error, form)
