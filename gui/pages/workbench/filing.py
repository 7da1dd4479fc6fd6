"""The small form in which the filing of a change of the pool (变动备案) is noted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from db.errors import Problem
from db.office.todo import Todo
from db.roster.acts.appointments import file_change
from db.roster.rules.appointments import FilingDraft, filing_problems
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox


class FilingForm(ShortForm):
    """Asks when the change was filed, and for the receipt."""

    filed = Signal(str)

    def __init__(self, context: Context, todo: Todo, parent: QWidget | None = None) -> None:
        super().__init__("登记变动备案", "登记备案", parent, intro=f"{todo.title}，{todo.caption}。")
        self._context, self._todo = context, todo
        self.filed_on, self.receipt = DateField(), QLineEdit()
        self.add_field(FieldBox("备案日期", self.filed_on, "filed_on", required=True), (0, 0))
        self.add_field(
            FieldBox("备案文号或回执", self.receipt, "receipt", required=True, hint="作为已备案的凭证。"),
            (0, 1),
        )
        self.filed_on.set_date(context.today())
        self.watch_fields()
        self.submitted.connect(self._file)

    def draft(self) -> FilingDraft:
        """Return what the fields say now."""
        return FilingDraft(self.filed_on.day(), self.receipt.text())

    def problems(self) -> Sequence[Problem]:
        today = self._context.today()
        return filing_problems(self.draft(), min(self._todo.happened_on or today, today), today)

    def _file(self, _another: bool) -> None:
        draft, today, key = self.draft(), self._context.today(), self._todo.key

        def act(session: Any) -> None:
            file_change(session, key, draft, today)

        perform(self._context, self, f"备案：{self._todo.title}", act, self._done, self._refused)

    def _done(self, _: object) -> None:
        self.accept()
        self.filed.emit(f"已登记备案：{self._todo.title}，可用 Ctrl+Z 撤销")

    def _refused(self, error: Exception) -> None:
        if not self.show_refusal(error):
            self._context.errors.show(error, self)
