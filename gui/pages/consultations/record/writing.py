"""What is written down at length: the convening and the record, both kept while one types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.agencies.queries.agencies import agency_choices
from db.cases.queries.detail import CaseDetail, InstanceLine, case_detail, instance_lines
from db.cases.queries.picker import find_cases
from db.catalogue.search import keys_of
from db.consultations.acts.consultations import change, convene
from db.consultations.acts.records import correct, save_record
from db.consultations.queries.detail import (
    ConsultationDetail,
    consultation_detail,
    consultation_draft,
    record_draft,
)
from db.consultations.rules.consultations import ConsultationDraft, CorrectionDraft, RecordDraft
from db.words.case import Side
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.draft_dialog import DraftDialog
from gui.forms.keeping import Keeping
from gui.pages.consultations.forms.convene import ConveneForm, ConveneOffers
from gui.pages.consultations.record.editor import RecordEditor, RecordOffers

if TYPE_CHECKING:
    from gui.pages.consultations.page import ConsultationsPage

Agencies = tuple[tuple[int, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Convening:
    """What the form of a consultation begins with."""

    draft: ConsultationDraft
    key: int | None
    agencies: Agencies
    cases: tuple[InstanceLine, ...]
    is_archived: bool = False


class Writing(QObject):
    """Opens the two long forms and saves them."""

    def __init__(self, context: Context, page: "ConsultationsPage") -> None:
        super().__init__(page)
        self.context, self._page = context, page

    # -- convening -------------------------------------------------------------------------

    def convene(self, case_id: int | None) -> None:
        """Open the form of a new consultation, filled with what is known of a case."""
        database, today, clerk = self.context.database, self.context.today(), self.context.database.clerk

        def work() -> Convening:
            with database.read() as session:
                found = case_detail(session, case_id, today) if case_id is not None else None
                draft = replace(_about(found), recorder=clerk)
                cases = tuple(instance_lines(session, draft.case_ids).values()) if draft.case_ids else ()
                return Convening(draft, None, _agencies(session), cases)

        self.context.tasks.run(self, work, self._open_convening, self._failed)

    def edit(self, key: int) -> None:
        """Open the form of what was agreed; once archived, it is a correction."""
        database, today = self.context.database, self.context.today()

        def work() -> Convening | None:
            with database.read() as session:
                draft, detail = consultation_draft(session, key), consultation_detail(session, key, today)
                if draft is None or detail is None:
                    return None
                lines = instance_lines(session, draft.case_ids) if draft.case_ids else {}
                cases = tuple(lines[case] for case in draft.case_ids if case in lines)
                return Convening(draft, key, _agencies(session), cases, detail.is_archived)

        self.context.tasks.run(self, work, self._open_convening, self._failed)

    def _open_convening(self, found: Convening | None) -> None:
        if found is None:
            return
        form = ConveneForm(
            found.draft,
            found.key,
            ConveneOffers(found.agencies, self._find, found.cases),
            self._page.window(),
            is_correction=found.is_archived,
        )
        place = ("consultation", found.key or 0, found.draft.version)
        Keeping(self.context, form, place, ConsultationDraft, form.draft, partial(self._restore, form))
        form.submitted.connect(self._on_convened)
        form.open()

    def _restore(self, form: ConveneForm, draft: ConsultationDraft) -> None:
        """Put a kept draft back; the words of its cases are read first."""
        form.fill(draft)
        database = self.context.database

        def work() -> list[InstanceLine]:
            with database.read() as session:
                lines = instance_lines(session, draft.case_ids) if draft.case_ids else {}
            return [lines[key] for key in draft.case_ids if key in lines]

        self.context.tasks.run(form, work, form.cases.set_cases, self._failed)

    def _on_convened(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if not isinstance(form, ConveneForm):
            return
        draft, key = form.draft(), form.key
        if key is None:
            self._save(form, f"发起会商：{draft.topic.strip()}", lambda s: convene(s, draft, today))
        elif form.is_correction:
            correction = form.correction()
            self._correct(form, key, correction, draft.version)
        else:
            self._save(form, f"修改会商：{draft.topic.strip()}", lambda s: change(s, key, draft, today))

    # -- the record ------------------------------------------------------------------------

    def record(self, key: int) -> None:
        """Open the record; once archived, it is a correction."""
        database, today = self.context.database, self.context.today()

        def work() -> tuple[ConsultationDetail, RecordDraft, Agencies] | None:
            with database.read() as session:
                detail, draft = consultation_detail(session, key, today), record_draft(session, key)
                return (detail, draft, _agencies(session)) if detail and draft else None

        self.context.tasks.run(self, work, self._open_record, self._failed)

    def _open_record(self, found: tuple[ConsultationDetail, RecordDraft, Agencies] | None) -> None:
        if found is None:
            return
        detail, draft, agencies = found
        offers = RecordOffers(tuple((name, key, keys) for key, name, keys in agencies))
        editor = RecordEditor(detail, draft, offers, self.context.today(), self._page.window())
        place = ("consultation_record", detail.row.key, draft.version)
        Keeping(self.context, editor, place, CorrectionDraft, editor.correction, editor.restore)
        editor.submitted.connect(self._on_recorded)
        editor.open()

    def _on_recorded(self, _another: bool) -> None:
        editor, today = self.sender(), self.context.today()
        if not isinstance(editor, RecordEditor):
            return
        draft, key = editor.draft(), editor.key
        if editor.is_correction:
            self._correct(editor, key, editor.correction(), draft.version)
        else:
            label = f"整理会商记录：{editor.topic}"
            self._save(editor, label, lambda s: save_record(s, key, draft, today))

    # -- saving ----------------------------------------------------------------------------

    def _correct(self, form: DraftDialog, key: int, draft: CorrectionDraft, version: int) -> None:
        today = self.context.today()
        label = f"更正会商：{draft.reason.strip()}"
        self._save(form, label, lambda s: correct(s, key, draft, version, today), undo=False)

    def _save(
        self, form: DraftDialog, label: str, act: Callable[[Any], object], *, undo: bool = True
    ) -> None:
        then, failed = partial(self._saved, form, label, undo), partial(self._refused, form)
        perform(self.context, form, label, act, then, failed)

    def _saved(self, form: DraftDialog, label: str, undo: bool, made: object) -> None:
        form.accept()
        self.context.desk.say(f"已保存：{label}" + ("，可用 Ctrl+Z 撤销" if undo else ""))
        if isinstance(form, ConveneForm) and form.key is None and isinstance(made, int):
            self.context.desk.go("consultations", made)

    def _refused(self, form: DraftDialog, error: Exception) -> None:
        if not form.show_refusal(error):
            self.context.errors.show(error, form)

    def _failed(self, error: Exception) -> None:
        self.context.errors.show(error, self._page.window())

    def _find(self, owner: QObject, typed: str, then: Callable[[Sequence[InstanceLine]], None]) -> None:
        database = self.context.database

        def work() -> list[InstanceLine]:
            with database.read() as session:
                return find_cases(session, typed)

        self.context.tasks.run(owner, work, then, self._failed)


def _agencies(session: Any) -> Agencies:
    keys = keys_of(session, "agency")
    return tuple((key, name, keys.get(key, ())) for key, name, _ in agency_choices(session))


def _about(case: CaseDetail | None) -> ConsultationDraft:
    """Return what a consultation about a case begins with; nothing is saved unconfirmed."""
    if case is None:
        return ConsultationDraft()
    row = case.row
    defendants = [party for party in case.parties if party.side is Side.DEFENDANT]
    agency = next((party.agency_id for party in defendants if party.agency_id is not None), None)
    what = row.cause or "行政"
    return ConsultationDraft(
        topic=f"{row.plaintiffs} 诉 {row.defendants} {what}案会商".replace("  ", " "),
        agency_id=agency,
        grounds=case.difficult_reason,
        facts=_facts_of(case),
        case_ids=(row.key,),
    )


def _facts_of(case: CaseDetail) -> str:
    """Say in a sentence what the case is about, for the clerk to go on from."""
    row = case.row
    number = f"（{row.number}）" if row.number and not row.number.startswith("（") else row.number
    return f"{row.plaintiffs} 诉 {row.defendants}，{row.cause or '案由未填'}，案号 {number}。"
