"""What happens to an agency in 机构改革: renamed, merged, ended, taken back; and a list of agencies that is imported."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.agencies.acts.changes import end_agency, rename_agency, resume_agency
from db.agencies.queries.agencies import agency_draft, agency_rows
from db.agencies.queries.in_time import TieRow, end_note, existing, names_of, ties
from db.agencies.rules.agencies import Existing
from db.agencies.sheets.imported import AGENCIES
from db.catalogue.search import keys_of
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.draft_dialog import DraftDialog
from gui.forms.importer import ask_import
from gui.pages.agencies.unit.change_forms import EndForm, EndOffers, RenameForm, words_of


class AgencyChanges(QObject):
    """Opens these forms over the page; ``saved`` tells which agency was changed."""

    saved = Signal(int)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def rename(self, key: int) -> None:
        """Open the form that gives an agency another name."""
        now, version = self._now(key)
        if now is not None:
            form = RenameForm(key, now, version, self._context.today(), self._page.window())
            form.submitted.connect(self._rename)
            form.open()

    def end(self, key: int) -> None:
        """Open the form that merges an agency or ends it; one that has ended may be taken back."""
        now, version = self._now(key)
        if now is None:
            return
        if now.ended_on is not None:
            self._ask_to_resume(key, version)
            return
        today = self._context.today()
        with self._context.database.read() as session:
            row = agency_rows(session, [key], today)[key]
            found = keys_of(session, "agency")
            names = names_of(session)
        successors = tuple(
            (called.name, other, found.get(other, ()))
            for other, called in names.present.items()
            if other != key
        )
        offers = EndOffers(successors, partial(self._look, key), row.open_cases)
        form = EndForm(key, now, version, offers, today, self._page.window())
        form.submitted.connect(self._end)
        form.open()

    def import_sheet(self) -> None:
        """Choose a workbook with agencies and examine it."""
        ask_import(self._context, self._page.window(), AGENCIES)

    def _now(self, key: int) -> tuple[Existing | None, int]:
        with self._context.database.read() as session:
            draft = agency_draft(session, key)
            return existing(session, key), draft.version if draft else 0

    def _look(self, key: int, day: date, into: int | None) -> tuple[list[TieRow], Existing | None]:
        with self._context.database.read() as session:
            return ties(session, key, day, into), existing(session, into)

    def _rename(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, RenameForm):
            draft, key, today = form.draft(), form.key, self._context.today()

            def act(session: Any) -> None:
                rename_agency(session, key, draft, today)

            new = draft.short_name.strip() or draft.name.strip()
            self._carry_out(form, f"更名为{new}", act, key)

    def _end(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, EndForm):
            draft, key, today = form.draft(), form.key, self._context.today()
            with self._context.database.read() as session:
                names = names_of(session, {key, draft.successor_id or key})

            def act(session: Any) -> None:
                end_agency(session, key, draft, today)

            text = words_of(draft, names.short(key, None), names.short(draft.successor_id or key, None))
            self._carry_out(form, text, act, key)

    def _ask_to_resume(self, key: int, version: int) -> None:
        with self._context.database.read() as session:
            said = end_note(session, key)
        text = f"{said}。是登记错误、要恢复为存续吗？已转入或终止的人员和合同不随之恢复，请逐项核对。"
        confirm(self._page, "恢复存续", text, "恢复存续", partial(self._resume, key, version))

    def _resume(self, key: int, version: int) -> None:
        def act(session: Any) -> None:
            resume_agency(session, key, version)

        done = partial(self._done, None, "恢复单位存续", key)
        perform(self._context, self, "恢复单位存续", act, done, self._context.errors.show)

    def _carry_out(self, form: DraftDialog, text: str, act: Any, key: int) -> None:
        done = partial(self._done, form, text, key)
        perform(self._context, form, text, act, done, partial(self._refused, form))

    def _done(self, form: DraftDialog | None, text: str, key: int, _: object) -> None:
        if form is not None:
            form.accept()
        self._context.desk.say(f"已办理：{text}，可用 Ctrl+Z 撤销")
        self.saved.emit(key)

    def _refused(self, form: DraftDialog, error: Exception) -> None:
        if not form.show_refusal(error):
            self._context.errors.show(error, form)
