"""The small form in which a period is noted as met, without leaving the workbench."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from db.cases.acts.marks import mark_done
from db.cases.rules.marks import DoneDraft, done_problems
from db.errors import Problem
from db.office.todo import Todo
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox


class DoneForm(ShortForm):
    """Asks when a period was met, and for the proof; ``version`` is that of the case as it was read."""

    finished_todo = Signal(str)

    def __init__(self, context: Context, todo: Todo, version: int, parent: QWidget | None = None) -> None:
        intro = (
            f"{todo.title}，{todo.word}。登记后这项期限即告办结；在期满前交邮的算按期（适用解释第四十八条）。"
        )
        super().__init__(f"办结：{todo.word}", "登记办结", parent, intro=intro)
        self._context, self._todo, self._version = context, todo, version
        self.on, self.evidence = DateField(), QLineEdit()
        self.add_field(FieldBox("完成日期", self.on, "on", required=True), (0, 0))
        self.add_field(
            FieldBox("凭据", self.evidence, "evidence", hint="邮件号、签收人或者回执，以备日后证明。"), (0, 1)
        )
        self.on.set_date(context.today())
        self.watch_fields()
        self.submitted.connect(self._finish)
        self.evidence.setFocus()

    def draft(self) -> DoneDraft:
        """Return what the fields say now."""
        return DoneDraft(self.on.day(), self.evidence.text())

    def problems(self) -> Sequence[Problem]:
        return done_problems(self.draft(), self._context.today())

    def _finish(self, _another: bool) -> None:
        draft, today, todo, version = self.draft(), self._context.today(), self._todo, self._version

        def act(session: Any) -> None:
            mark_done(session, todo.key, todo.rule, draft, version, today, todo.parties)

        perform(self._context, self, f"办结{todo.word}：{todo.title}", act, self._done, self._refused)

    def _done(self, _: object) -> None:
        self.accept()
        self.finished_todo.emit(f"已办结{self._todo.word}：{self._todo.title}，可用 Ctrl+Z 撤销")

    def _refused(self, error: Exception) -> None:
        if not self.show_refusal(error):
            self._context.errors.show(error, self)
