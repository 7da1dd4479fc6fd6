"""Opens the assignment of a case, carries it out, and shows the letter that goes to the agency."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.assignment.acts.assignments import LETTER, assign
from db.assignment.queries.assigning import AssignOffer, assign_offer, letter_number
from db.cases.queries.detail import CaseDetail, case_detail
from db.catalogue.reports import REPORTS, Parameters, make
from db.documents.model import Document
from db.words.case import Side
from gui.context import Context
from gui.forms.acting import perform
from gui.pages.cases.assigning.dialog import AssignDialog
from gui.printing.preview import PaperPreview

if TYPE_CHECKING:
    from gui.pages.cases.page import CasesPage

BEARS_ON_IT = ("case_record", "case_party", "lawyer", "firm", "assignment", "setting", "attendance_plan")


class Assigning(QObject):
    """Holds the dialog while it is open; candidates are read in a worker, also anew when the case changes."""

    def __init__(self, context: Context, page: "CasesPage") -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._dialog: AssignDialog | None = None
        self._asked = 0
        context.bus.changed.connect(self._on_changed)

    def open(self, detail: CaseDetail) -> None:
        """Read the candidates of the case's first agency, and open the dialog with them."""
        defendants = [p for p in detail.parties if p.side is Side.DEFENDANT]
        if self._dialog is not None:
            return
        if not defendants:
            self._context.desk.say("这件案件还没有登记被告单位，请先编辑案件补登")
            return
        dialog = self._dialog = AssignDialog(detail, self._context.today(), self._page.window())
        dialog.submitted.connect(self._assign)
        dialog.offer_asked.connect(self._read)
        dialog.edit_asked.connect(self._page.edit_current)
        dialog.finished.connect(self._on_finished)
        self._read()

    # -- reading ---------------------------------------------------------------------------

    def _read(self) -> None:
        dialog = self._dialog
        party = dialog.case_side.current() if dialog else None
        if dialog is None or party is None:
            return
        self._asked += 1
        database, today = self._context.database, self._context.today()
        case_id, day = dialog.detail.row.key, dialog.side.day()

        def work() -> tuple[CaseDetail | None, AssignOffer]:
            with database.read() as session:
                return case_detail(session, case_id, today), assign_offer(session, case_id, party.key, day)

        self._context.tasks.run(self, work, partial(self._show, self._asked), self._failed)

    def _show(self, asked: int, found: tuple[CaseDetail | None, AssignOffer]) -> None:
        dialog = self._dialog
        if asked != self._asked or dialog is None:
            return
        detail, offer = found
        if detail is None:
            self._context.desk.say("这件案件已移入回收站，需要时请先恢复")
            self._let_go()
            return
        dialog.show_case(detail)
        dialog.show_offer(offer)
        if not dialog.isVisible():
            dialog.open()

    def _failed(self, error: Exception) -> None:
        self._context.errors.show(error, self._page.window())
        if self._dialog is not None and not self._dialog.isVisible():
            self._let_go()

    def _let_go(self) -> None:
        """Close the dialog, also one that was never shown."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()

    def _on_changed(self, changes: Any) -> None:
        if self._dialog is not None and self._dialog.save.isEnabled() and changes.touch(*BEARS_ON_IT):
            self._read()

    def _on_finished(self, _result: int) -> None:
        self._dialog = None

    # -- assigning -------------------------------------------------------------------------

    def _assign(self, prints: bool) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        draft, today = dialog.draft(), self._context.today()
        label = f"分派 {dialog.detail.row.number}：{dialog.names()}"

        def act(session: Any) -> str:
            assign(session, draft, today)
            return letter_number(session, draft.case_id) if draft.with_letter else ""

        then = partial(self._assigned, label, draft.case_id, prints)
        perform(self._context, dialog, label, act, then, self._refused)

    def _assigned(self, label: str, case_id: int, prints: bool, number: str) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        told = f"已完成：{label}" + (f"，推荐函 {number}" if number else "")
        self._context.desk.say(f"{told}，可用 Ctrl+Z 撤销")
        if prints:
            self.show_paper(LETTER, case_id)

    def _refused(self, error: Exception) -> None:
        dialog = self._dialog
        if dialog is not None and not dialog.show_refusal(error):
            self._context.errors.show(error, dialog)

    def show_paper(self, name: str, case_id: int) -> None:
        """Show a paper of a case as it will print; of letters, the latest."""
        database, today = self._context.database, self._context.today()

        def papers() -> Sequence[Document]:
            wanted = Parameters(date(today.year, 1, 1), today, today, ids=(case_id,))
            return make(database, name, wanted)

        wording = REPORTS[name].wording
        PaperPreview(self._context, papers, name, self._page.window(), wording=wording).open()
