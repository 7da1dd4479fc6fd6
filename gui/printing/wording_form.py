"""A dialog in which the bureau words a paper itself: the text, the fields it may use, the shipped text again."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from db.errors import Conflict, Problem
from db.office.acts.wording import keep_wording
from db.office.queries.wording import default_wording, wording
from db.office.rules.wording import FIELDS, wording_problems
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.short_form import ShortForm
from gui.widgets.basics import button, row
from gui.widgets.fields import FieldBox

INTRO = "大括号中的是字段，打印时换成各人的内容；每行为一段。改动对今后打印的文书生效，可用 Ctrl+Z 撤销。"


class WordingForm(ShortForm):
    """Edits the wording of a paper; a field is put in from a list, so that nobody has to know its name."""

    def __init__(self, paper: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(f"修改{paper}用语", "保存用语", parent, intro=INTRO, width=640)
        self.setObjectName("wording_form")
        self.paper, self.read = paper, text
        self.text = QPlainTextEdit(text)
        self.text.setMinimumHeight(180)
        self.text.setTabChangesFocus(True)
        self.field = QComboBox()
        self.field.setObjectName("wording_field")
        self.field.setAccessibleName("字段")
        self.field.addItems(list(FIELDS[paper]))
        self.insert = button("插入字段", "wording_insert", "accent")
        self.default = button("恢复默认用语", "wording_default", "link")
        self.add_field(FieldBox("用语", self.text, "text", required=True), (0, 0), wide=True)
        self._grid.addLayout(row(self.field, self.insert, None, self.default), 1, 0, 1, 2)
        self.insert.clicked.connect(self._on_insert)
        self.default.clicked.connect(self._on_default)
        self.watch_fields()

    def problems(self) -> Sequence[Problem]:
        return wording_problems(self.paper, self.text.toPlainText())

    def _on_insert(self) -> None:
        self.text.insertPlainText(f"{{{self.field.currentText()}}}")
        self.text.setFocus()

    def _on_default(self) -> None:
        self.text.selectAll()
        self.text.insertPlainText(default_wording(self.paper))
        self.text.setFocus()


class WordingEditing:
    """Opens the form over a window and keeps what is written; ``then`` is called after that."""

    def __init__(self, context: Context, owner: QWidget, then: Callable[[], object]) -> None:
        self._context, self._owner, self._then = context, owner, then
        self.form: WordingForm | None = None

    def open(self, paper: str) -> WordingForm:
        """Edit the wording of ``paper``."""
        self.form = WordingForm(paper, self._present(paper), self._owner.window())
        self.form.submitted.connect(self._keep)
        self.form.open()
        return self.form

    def _present(self, paper: str) -> str:
        with self._context.database.read() as session:
            return wording(session, paper)

    def _keep(self, _another: bool) -> None:
        form = self.form
        if form is None:
            return
        paper, text, read = form.paper, form.text.toPlainText(), form.read

        def act(session: Any) -> None:
            keep_wording(session, paper, text, read)

        perform(
            self._context,
            form,
            f"修改{paper}用语",
            act,
            partial(self._kept, form),
            partial(self._failed, form),
        )

    def _kept(self, form: WordingForm, _: object) -> None:
        form.accept()
        self.form = None
        self._context.desk.say(f"已保存{form.paper}用语，可用 Ctrl+Z 撤销")
        self._then()

    def _failed(self, form: WordingForm, error: Exception) -> None:
        if isinstance(error, Conflict):  # said below; who saves again has read it
            form.read = self._present(form.paper)
        if not form.show_refusal(error):
            self._context.errors.show(error)
