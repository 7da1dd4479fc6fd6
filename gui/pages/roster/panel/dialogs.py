"""Small dialogs opened from the panel: a declaration."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.errors import Problem
from db.roster.rules.appointments import DeclarationDraft, declaration_problems
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox


class DeclarationDialog(ShortForm):
    """Enters a signed 利益冲突与任职经历声明."""

    def __init__(self, lawyer_id: int, name: str, today: date, parent: QWidget) -> None:
        intro = "照顾问签署的《利益冲突与任职经历声明》登记。原件可以作为附件添加。"
        super().__init__(f"登记声明　{name}", "登记声明", parent, intro=intro)
        self.setObjectName("declaration_dialog")
        self.lawyer_id, self._today = lawyer_id, today
        self.signed_on, self.content = DateField(), QPlainTextEdit()
        self.content.setFixedHeight(110)
        self.content.setTabChangesFocus(True)
        self.signed_on.set_date(today)
        self.add_field(FieldBox("签署日期", self.signed_on, "signed_on", required=True), (0, 0))
        hint = "没有利益冲突的，填“无”。任职经历、近亲属有变化的，请同时在编辑中改正。"
        self.add_field(
            FieldBox("声明内容", self.content, "content", required=True, hint=hint), (1, 0), wide=True
        )
        self.watch_fields()

    def draft(self) -> DeclarationDraft:
        """Return what the fields say now."""
        return DeclarationDraft(self.lawyer_id, self.signed_on.day(), self.content.toPlainText())

    def problems(self) -> Sequence[Problem]:
        return declaration_problems(self.draft(), self._today)
