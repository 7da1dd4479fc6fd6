"""What is recorded from the panel: services, ratings, declarations, yearly assessments, and showing a number."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.agencies.queries.agencies import agency_choices
from db.assignment.queries.ratings import rating_lines
from db.catalogue.reports import make
from db.catalogue.search import keys_of
from db.documents.parameters import Parameters
from db.performance.papers.pool import ANNUAL
from db.performance.queries.figures import Figure, YearRecord, year_record
from db.performance.queries.lines import RecordLine, figure_records
from db.roster.acts.appointments import declare
from db.roster.queries.roster import RosterRow
from db.services.acts.services import assess, rate, record_services, remove_services, reveal, save_service
from db.services.queries.forms import case_choices, service_draft
from db.services.rules.services import ServiceDraft
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.draft_dialog import DraftDialog
from gui.forms.rating import RatingDialog
from gui.forms.service_dialog import ServiceDialog, ServiceOffers
from gui.pages.roster.panel.dialogs import DeclarationDialog
from gui.pages.roster.panel.overview import MASKS
from gui.pages.roster.panel.year import YearDialog
from gui.printing.preview import PaperPreview


class PanelActs(QObject):
    """Opens the panel's dialogs over the window and carries out what they say."""

    revealed = Signal(int, str, str)  # lawyer, phone or id_number, the number
    case_asked = Signal(int)
    consultation_asked = Signal(int)

    def __init__(self, context: Context, panel: QWidget) -> None:
        super().__init__(panel)
        self.context, self._panel = context, panel

    # -- numbers ---------------------------------------------------------------------------

    def reveal(self, lawyer: RosterRow, what: str) -> None:
        """Show a number in full; the showing is written down."""

        def act(session: Any) -> str:
            return reveal(session, lawyer.key, what)

        label = f"显示 {lawyer.name} 的{MASKS[what][0]}"
        perform(self.context, self, label, act, partial(self._reveal, lawyer.key, what), self._failed)

    def _reveal(self, key: int, what: str, number: str) -> None:
        self.revealed.emit(key, what, number)
        self.context.desk.say(f"已显示完整的{MASKS[what][0]}，并记入操作记录")

    # -- services --------------------------------------------------------------------------

    def enter_services(self, lawyer: RosterRow) -> None:
        """Enter one or several services of a lawyer."""
        draft = ServiceDraft(on_date=self.context.today(), lawyer_id=lawyer.key)
        self._open_service(f"登记服务　{lawyer.name}", draft, None)

    def edit_service(self, key: int) -> None:
        """Change a service."""
        with self.context.database.read() as session:
            draft = service_draft(session, key)
        if draft is not None:
            self._open_service("修改服务记录", draft, key)

    def remove_service(self, key: int, matter: str) -> None:
        """Move a service to the recycle bin, after asking."""
        text = f"把服务记录“{matter}”移入回收站？可以随时从回收站恢复。"
        confirm(self._panel, "移入回收站", text, "移入回收站", partial(self._remove_service, key, matter))

    def _open_service(self, title: str, draft: ServiceDraft, key: int | None) -> None:
        with self.context.database.read() as session:
            keys = keys_of(session, "agency")
            agencies = tuple((name, k, keys.get(k, ())) for k, name, _ in agency_choices(session))
            cases = tuple((text, k, ()) for k, text in case_choices(session, draft.lawyer_id, draft.case_id))
        offers = ServiceOffers(agencies, cases)
        dialog = ServiceDialog(title, draft, key, offers, self.context.today(), self._panel.window())
        dialog.submitted.connect(self._save_services)
        dialog.open()

    def _save_services(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, ServiceDialog):
            drafts, key, today = dialog.drafts(), dialog.key, self.context.today()
            first = drafts[0]
            label = (
                f"{'登记' if key is None else '修改'}{first.kind.value} {first.matter.strip()}"
                if len(drafts) == 1
                else f"登记 {len(drafts)} 条服务"
            )

            def act(session: Any) -> None:
                if key is None:
                    record_services(session, drafts, today)
                else:
                    save_service(session, first, today, key)

            self._carry_out(dialog, label, act)

    def _remove_service(self, key: int, matter: str) -> None:
        def act(session: Any) -> None:
            remove_services(session, [key])

        label = f"移入回收站：{matter}"
        perform(self.context, self, label, act, partial(self._told, label), self._failed)

    # -- ratings and declarations ----------------------------------------------------------

    def rate(self, lawyer: RosterRow, assignment_id: int) -> None:
        """Enter or correct the agency's rating of a served assignment."""
        with self.context.database.read() as session:
            lines = rating_lines(session, lawyer.key)
        line = next((one for one in lines if one.assignment_id == assignment_id), None)
        if line is not None:
            dialog = RatingDialog(line, lawyer.name, self.context.today(), self._panel.window())
            dialog.submitted.connect(self._rate)
            dialog.open()

    def _rate(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, RatingDialog):
            draft, key, today = dialog.draft(), dialog.assignment_id, self.context.today()

            def act(session: Any) -> None:
                rate(session, key, draft, today)

            self._carry_out(dialog, f"{dialog.windowTitle()} {draft.score} 分", act)

    def declare(self, lawyer: RosterRow) -> None:
        """Enter a signed declaration."""
        dialog = DeclarationDialog(lawyer.key, lawyer.name, self.context.today(), self._panel.window())
        dialog.submitted.connect(self._declare)
        dialog.open()

    def _declare(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, DeclarationDialog):
            draft, today = dialog.draft(), self.context.today()

            def act(session: Any) -> None:
                declare(session, draft, today)

            self._carry_out(dialog, dialog.windowTitle(), act)

    # -- the year --------------------------------------------------------------------------

    def open_year(self, lawyer: RosterRow, year: int, figure: str = "") -> None:
        """Show a year's figures with their records, and assess it."""
        dialog = YearDialog(lawyer, self._record, self._records, self.context.today(), self._panel.window())
        dialog.show_year(year, figure)
        dialog.submitted.connect(self._assess)
        dialog.case_asked.connect(self.case_asked)
        dialog.consultation_asked.connect(self.consultation_asked)
        dialog.print_asked.connect(self._print)
        dialog.open()

    def _record(self, lawyer_id: int, year: int) -> YearRecord:
        with self.context.database.read() as session:
            return year_record(session, lawyer_id, year, self.context.today())

    def _records(self, figure: Figure) -> list[RecordLine]:
        with self.context.database.read() as session:
            return figure_records(session, figure)

    def _print(self, year: int) -> None:
        """Show the sheet of a year as it will print."""
        dialog = self.sender()
        if isinstance(dialog, YearDialog):
            wanted = Parameters(
                date(year, 1, 1),
                date(year, 12, 31),
                self.context.today(),
                year=year,
                ids=(dialog.lawyer.key,),
            )
            papers = partial(make, self.context.database, ANNUAL, wanted)
            PaperPreview(self.context, papers, f"{year} 年度履职档案　{dialog.lawyer.name}", dialog).open()

    def _assess(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, YearDialog):
            draft, today = dialog.draft(), self.context.today()
            label = f"{draft.year} 年度考核 {dialog.lawyer.name}"

            def act(session: Any) -> None:
                assess(session, draft, today)

            self._carry_out(dialog, label, act)

    # -- carrying out ----------------------------------------------------------------------

    def _carry_out(self, dialog: DraftDialog, label: str, act: Any) -> None:
        done, refused = partial(self._done, dialog, label), partial(self._refused, dialog)
        perform(self.context, dialog, label, act, done, refused)

    def _done(self, dialog: DraftDialog, label: str, _: object) -> None:
        dialog.accept()
        self._told(label, None)

    def _refused(self, dialog: DraftDialog, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self.context.errors.show(error, dialog)

    def _told(self, label: str, _: object) -> None:
        self.context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")

    def _failed(self, error: Exception) -> None:
        self.context.errors.show(error)
