"""Sends 催办函, prints them, and logs what the agencies answered."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.coverage.acts.urging import log_urging_answer, urge
from db.coverage.queries.urging import URGING, UrgingRow, urging_rows
from db.coverage.rules.urging import UrgingAnswerDraft, urging_answer_problems
from db.errors import Problem
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.short_form import ShortForm
from gui.forms.urging import UrgingDialog
from gui.printing.preview import PaperPreview
from gui.widgets.fields import DateField, FieldBox

if TYPE_CHECKING:
    from db.coverage.queries.urging_offers import UrgingOffers
    from db.documents.model import Document


class UrgingAnswerForm(ShortForm):
    """Asks when an agency answered a letter, and what."""

    def __init__(self, letter: UrgingRow, today: date, parent: QWidget) -> None:
        by = f"，要求 {letter.answer_by} 前反馈" if letter.answer_by else ""
        intro = f"{letter.number}，{letter.issued_on} 发往{letter.addressee}{by}。\n{letter.reason}"
        super().__init__("登记反馈", "登记反馈", parent, intro=intro)
        self.setObjectName("urging_answer_form")
        self.letter, self._today = letter, today
        self.answered_on, self.answer = DateField(), QPlainTextEdit()
        self.answer.setTabChangesFocus(True)
        self.answer.setFixedHeight(96)
        self.add_field(FieldBox("收到反馈的日期", self.answered_on, "answered_on", required=True), (0, 0))
        self.add_field(
            FieldBox(
                "反馈内容",
                self.answer,
                "answer",
                required=True,
                hint="办理情况和完成时间；回执原件可在单位的附件中保存。",
            ),
            (1, 0),
            wide=True,
        )
        self.answered_on.set_date(letter.answered_on or today)
        self.answer.setPlainText(letter.answer)
        self.watch_fields()

    def draft(self) -> UrgingAnswerDraft:
        """Return what the fields say now."""
        return UrgingAnswerDraft(self.answered_on.day(), self.answer.toPlainText(), self.letter.version)

    def problems(self) -> Sequence[Problem]:
        return urging_answer_problems(self.draft(), self.letter.issued_on, self._today)


class Urging(QObject):
    """Opens what is asked of it over the page, and carries it out."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def urge(self, day: date | None = None, chosen: Collection[int] | None = None) -> None:
        """Let the clerk write to the agencies that fall short on ``day``; ``chosen`` are ticked, else all that wait for none."""
        context, today = self._context, self._context.today()

        def work() -> "UrgingOffers":
            from db.coverage.queries.urging_offers import urging_offers  # noqa: PLC0415 - brings the reckoning of coverage

            with context.database.read() as session:
                return urging_offers(session, day or today, today)

        context.tasks.run(self, work, partial(self._choose, chosen), context.errors.show)

    def answer(self, key: int) -> None:
        """Ask what came back to a letter."""
        today = self._context.today()
        with self._context.database.read() as session:
            letter = urging_rows(session, [key], today).get(key)
        if letter is not None:
            form = UrgingAnswerForm(letter, today, self._page.window())
            form.submitted.connect(self._on_answer)
            form.open()

    def show(self, keys: Sequence[int]) -> None:
        """Show letters that went out, to be printed or saved."""
        context, today = self._context, self._context.today()
        database = context.database

        def papers() -> "Sequence[Document]":
            from db.catalogue.reports import make  # noqa: PLC0415 - brings every paper
            from db.documents.parameters import Parameters  # noqa: PLC0415 - with the papers

            return make(database, URGING, Parameters(today, today, today, ids=tuple(keys)))

        PaperPreview(context, papers, URGING, self._page.window(), wording=URGING).open()

    # -- slots -----------------------------------------------------------------------------

    def _choose(self, chosen: Collection[int] | None, offers: "UrgingOffers") -> None:
        if not offers.lines:
            self._context.desk.say("没有需要催办的单位：全部单位都已有效覆盖。")
            return
        dialog = UrgingDialog(offers, self._context.today(), self._page.window(), chosen)
        dialog.preview_asked.connect(self._on_preview)
        dialog.submitted.connect(self._on_urge)
        dialog.open()

    def _on_preview(self) -> None:
        dialog = self.sender()
        if not isinstance(dialog, UrgingDialog):
            return
        draft, today, database = dialog.draft(), self._context.today(), self._context.database

        def papers() -> "Sequence[Document]":
            from db.coverage.papers.urging import urging_previews  # noqa: PLC0415 - with the papers

            with database.read() as session:
                return urging_previews(session, draft, today)

        PaperPreview(self._context, papers, "催办函（未发出）", dialog, wording=URGING).open()

    def _on_urge(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, UrgingDialog):
            draft, today = dialog.draft(), self._context.today()

            def act(session: Any) -> list[int]:
                return urge(session, draft, today)

            what = f"发催办函 {len(draft.urged)} 份"
            then, failed = partial(self._urged, dialog, what), partial(self._refused, dialog)
            perform(self._context, dialog, what, act, then, failed)

    def _urged(self, dialog: UrgingDialog, what: str, keys: list[int]) -> None:
        dialog.accept()
        self._context.desk.say(f"已完成：{what}，可用 Ctrl+Z 撤销")
        self.show(keys)

    def _on_answer(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, UrgingAnswerForm):
            letter, draft, today = form.letter, form.draft(), self._context.today()

            def act(session: Any) -> None:
                log_urging_answer(session, letter.key, draft, today)

            what = f"登记反馈：{letter.addressee}，{letter.number}"
            perform(
                self._context,
                form,
                what,
                act,
                partial(self._answered, form, what),
                partial(self._refused, form),
            )

    def _answered(self, form: UrgingAnswerForm, what: str, _: object) -> None:
        form.accept()
        self._context.desk.say(f"已完成：{what}，可用 Ctrl+Z 撤销")

    def _refused(self, form: UrgingDialog | UrgingAnswerForm, error: Exception) -> None:
        if not form.show_refusal(error):
            self._context.errors.show(error, form)
