"""What happens to an agent after the assignment: another takes over midway, the agency rates the work."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.assignment.acts.assignments import replace_agent
from db.assignment.queries.assigning import AssignOffer, ratings_of_case, replacement_offer
from db.services.acts.services import rate
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.draft_dialog import DraftDialog
from gui.forms.rating import RatingDialog
from gui.pages.cases.assigning.replace_form import ReplaceForm

if TYPE_CHECKING:
    from gui.pages.cases.page import CasesPage


class AgentChanges(QObject):
    """Opens the forms over the window and carries out what they say."""

    def __init__(self, context: Context, page: "CasesPage") -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def replace(self, assignment_id: int) -> None:
        """Ask who takes over; the candidates are read in a worker."""
        database, today = self._context.database, self._context.today()

        def work() -> AssignOffer | None:
            with database.read() as session:
                return replacement_offer(session, assignment_id, today)

        then = partial(self._ask_replacement, assignment_id)
        self._context.tasks.run(self, work, then, self._failed)

    def rate(self, assignment_id: int) -> None:
        """Enter or correct the agency's rating of a served assignment."""
        if (detail := self._page.detail) is None:
            return
        with self._context.database.read() as session:
            lines = ratings_of_case(session, detail.row.key)
        found = next(((name, line) for name, line in lines if line.assignment_id == assignment_id), None)
        if found is not None:
            dialog = RatingDialog(found[1], found[0], self._context.today(), self._page.window())
            dialog.submitted.connect(self._rate)
            dialog.open()

    def _ask_replacement(self, assignment_id: int, offer: AssignOffer | None) -> None:
        detail = self._page.detail
        agents = [a for p in detail.parties for a in p.agents] if detail else []
        agent = next((a for a in agents if a.assignment_id == assignment_id), None)
        if offer is None or agent is None:
            self._context.desk.say("这项分派已经结束，请刷新后再看")
            return
        form = ReplaceForm(agent, offer, self._context.today(), self._page.window())
        form.submitted.connect(self._replace)
        form.open()

    def _replace(self, _another: bool) -> None:
        form, today = self.sender(), self._context.today()
        if isinstance(form, ReplaceForm):
            draft, key = form.draft(), form.assignment_id

            def act(session: Any) -> int:
                return replace_agent(session, key, draft, today)

            self._confirm(form, f"更换顾问：{form.old_name}改为{form.new_name()}", act)

    def _rate(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, RatingDialog):
            draft, key, today = dialog.draft(), dialog.assignment_id, self._context.today()

            def act(session: Any) -> None:
                rate(session, key, draft, today)

            self._confirm(dialog, f"{dialog.windowTitle()} {draft.score} 分", act)

    def _confirm(self, dialog: DraftDialog, label: str, act: Any) -> None:
        then, failed = partial(self._done, dialog, label), partial(self._refused, dialog)
        perform(self._context, dialog, label, act, then, failed)

    def _done(self, dialog: DraftDialog, label: str, _: object) -> None:
        dialog.accept()
        self._context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")

    def _refused(self, dialog: DraftDialog, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self._context.errors.show(error, dialog)

    def _failed(self, error: Exception) -> None:
        self._context.errors.show(error, self._page.window())
