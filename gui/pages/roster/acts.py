"""What the clerk can do to the chosen lawyers: each is one form, one act, one undo."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.office.queries.settings import load_settings
from db.roster.acts.appointments import appoint, dismiss, reinstate, suspend
from db.roster.acts.bulk import bulk_edit
from db.roster.acts.lawyers import remove_lawyers
from db.roster.queries.lawyers import lawyer_drafts
from db.roster.queries.new_terms import batch_names, term_facts
from db.roster.queries.roster import firms, specialities_in_use
from db.roster.rules.lawyers import LawyerDraft
from db.roster.rules.new_terms import TermFacts
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.short_form import ShortForm
from gui.pages.roster.forms.bulk import BulkForm
from gui.pages.roster.forms.offers import fields_listed
from gui.pages.roster.forms.terms import DismissForm, ReinstateForm, RenewForm, SuspendForm, in_term, names_of


class RosterActs(QObject):
    """Opens the forms over the page and carries out what they ask for; ``done`` says what was done."""

    done = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def renew(self, keys: Sequence[int]) -> None:
        """Give new terms, after a preview person by person."""
        today = self._context.today()
        with self._context.database.read() as session:
            facts, batches = term_facts(session, keys, today), batch_names(session)
        if facts.lawyers:
            self._open(RenewForm(facts, batches, today, self._page.window()))

    def suspend(self, keys: Sequence[int]) -> None:
        """Pause lawyers, with the reason."""
        if (facts := self._facts(keys)).lawyers:
            self._open(SuspendForm(facts, self._context.today(), self._page.window()))

    def reinstate(self, keys: Sequence[int]) -> None:
        """Bring paused lawyers back."""
        if (facts := self._facts(keys)).lawyers:
            self._open(ReinstateForm(facts, self._context.today(), self._page.window()))

    def dismiss(self, keys: Sequence[int]) -> None:
        """Take lawyers out of the pool with a reason; one who was never appointed can only be a wrong entry."""
        facts = self._facts(keys)
        if in_term(facts):
            self._open(DismissForm(facts, self._context.today(), self._page.window()))
        else:
            self.remove(keys)

    def remove(self, keys: Sequence[int]) -> None:
        """Move wrong entries to the recycle bin, after asking."""
        facts = self._facts(keys)
        if not facts.lawyers:
            return
        who = names_of([one.name for one in facts.lawyers.values()])
        text = (
            f"把 {who} 移入回收站？\n回收站用于登记错误的记录，可以随时恢复。"
            "顾问不再承办的，请用“解聘出库”，以保留聘任经过。"
        )
        then = partial(self._remove, list(facts.lawyers), f"移入回收站：{who}")
        confirm(self._page, "移入回收站", text, "移入回收站", then)

    def bulk_edit(self, keys: Sequence[int]) -> None:
        """Change the same things in many lawyers, after a preview of before and after."""
        context, today, wanted = self._context, self._context.today(), list(keys)

        def work() -> tuple[dict[int, LawyerDraft], tuple[list[str], list[str]], int]:
            with context.database.read() as session:
                drafts = lawyer_drafts(session, wanted, today)
                offers = (
                    firms(session),
                    list(dict.fromkeys((*specialities_in_use(session), *fields_listed()))),
                )
                return drafts, offers, load_settings(session).min_practice_years

        context.tasks.run(self, work, self._open_bulk, context.errors.show)

    def _open_bulk(self, read: tuple[dict[int, LawyerDraft], tuple[list[str], list[str]], int]) -> None:
        drafts, offers, min_years = read
        if drafts:
            self._open(BulkForm(drafts, offers, self._context.today(), min_years, self._page.window()))

    def _facts(self, keys: Sequence[int]) -> TermFacts:
        with self._context.database.read() as session:
            return term_facts(session, keys, self._context.today())

    def _open(self, form: ShortForm) -> None:
        form.submitted.connect(self._on_submitted)
        form.open()

    def _on_submitted(self, _another: bool) -> None:
        form = self.sender()
        if not isinstance(form, ShortForm):
            return
        label, act = self._act_of(form)
        then = partial(self._acted, form, label)
        perform(self._context, form, label, act, then, partial(self._refused, form))

    def _act_of(self, form: ShortForm) -> tuple[str, Callable[[Any], object]]:
        """Return the name of what a form asks for, and the act itself."""
        today = self._context.today()
        match form:
            case RenewForm():
                return f"{form.verb} {form.who}", partial(_call, appoint, form.draft(), today)
            case SuspendForm():
                return f"暂停承办：{form.who}", partial(_call, suspend, form.draft(), today)
            case ReinstateForm():
                return f"恢复承办：{form.who}", partial(_call, reinstate, form.draft(), today)
            case DismissForm():
                return f"解聘 {form.who}", partial(_call, dismiss, form.draft(), today)
            case BulkForm():
                changed = [line.name for line in form.lines() if line.changes]
                change, versions = form.change(), form.versions()
                return f"批量修改 {names_of(changed)}", partial(_bulk, change, versions, today)
        raise TypeError(form)

    def _acted(self, form: ShortForm, label: str, _result: object) -> None:
        form.accept()
        self.done.emit(label)

    def _refused(self, form: ShortForm, error: Exception) -> None:
        if not form.show_refusal(error):
            self._context.errors.show(error, form)

    def _remove(self, keys: list[int], label: str) -> None:
        def act(session: Any) -> None:
            remove_lawyers(session, keys)

        perform(self._context, self, label, act, partial(self._removed, label), self._context.errors.show)

    def _removed(self, label: str, _: object) -> None:
        self.done.emit(label)


def _call(act: Callable[..., object], draft: object, today: object, session: Any) -> object:
    return act(session, draft, today)


def _bulk(change: Any, versions: dict[int, int], today: Any, session: Any) -> int:
    return bulk_edit(session, change, versions, today)
