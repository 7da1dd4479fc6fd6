"""The next step for an agency: who serves it, what was done for it, letters to it; each opens a form filled in.

Nothing is written until the clerk saves the form.
"""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from db.catalogue.reports import GAPS, REPORTS, STAFFING, make
from db.coverage.rules.coverage import AgencyCoverage, Gap, Remedy, RemedyKind
from db.coverage.rules.facts import ContractFacts
from db.documents.parameters import Parameters
from db.registry.rules.advisers import AgencyContractDraft
from db.registry.rules.sharing import SharingDraft
from db.roster.queries.lawyers import lawyer_draft
from gui.context import Context
from gui.pages.agencies.coverage.snapshot import Snapshot
from gui.pages.agencies.registry.opening import Registry
from gui.pages.agencies.services.desk import ServiceDesk
from gui.pages.agencies.urging.acts import Urging
from gui.printing.preview import PaperPreview

ENTRIES: tuple[tuple[str, str], ...] = (
    ("enter_agency", "新增单位…"),
    ("import_agencies", "导入单位…"),
    ("", ""),
    ("show_roll", "公职律师名册…"),
    ("enter_public_lawyer", "新增公职律师…"),
    ("enter_sharing", "登记统筹…"),
    ("enter_contract", "登记外聘合同…"),
    ("enter_adviser", "登记内部顾问…"),
    ("", ""),
    ("show_log", "履职记录…"),
    ("import_services", "导入履职记录…"),
    ("", ""),
    ("urge", "发催办函…"),
    ("print_gaps", "打印缺口清单…"),
    ("export_agencies", "导出单位名录…"),
    ("remove", "所选单位移入回收站…"),
)


class CoverageDesk(QObject):
    """Opens what has to do with the people of agencies and their work."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.registry = Registry(context, page)
        self.services = ServiceDesk(context, page)
        self.urging = Urging(context, page)

    def remedy(self, gap: Gap, cover: AgencyCoverage, snapshot: Snapshot, day: date) -> None:
        """Open the form that does what is suggested for a gap, filled in."""
        found = gap.remedy
        if found.kind is RemedyKind.LEND:
            self.registry.enter_sharing(SharingDraft(found.person_key, gap.agency_key))
        elif found.kind in {RemedyKind.CONTRACT, RemedyKind.SHARE}:
            self.registry.enter_contract(draft=self._contract(gap.agency_key, found, snapshot))
        elif found.kind is RemedyKind.SCHEDULE:
            self.services.enter(cover.short_name, self._to_schedule(found, snapshot))
        else:
            self.urging.urge(day, [gap.agency_key])

    def print_table(self, day: date) -> None:
        """Show 公职律师（法律顾问）配备情况统计表 of a day as it will print."""
        self._preview(STAFFING, day)

    def print_gaps(self, day: date) -> None:
        """Show the list of gaps of a day as it will print."""
        self._preview(GAPS, day)

    def urge(self, day: date, chosen: Collection[int] | None = None) -> None:
        """Write to the agencies that fall short on a day."""
        self.urging.urge(day, chosen)

    def run(self, act: str, agency: AgencyCoverage | None, key: int = 0) -> None:
        """Do an act by its name, to an agency if one is meant, to the record ``key`` if one is."""
        whose, name = (agency.key, agency.short_name) if agency else (None, "")
        registry, services, urging = self.registry, self.services, self.urging
        acts: dict[str, Callable[[], object]] = {
            "enter_public_lawyer": partial(registry.enter_public_lawyer, whose),
            "enter_sharing": partial(registry.enter_sharing, SharingDraft(agency_id=whose)),
            "enter_contract": partial(registry.enter_contract, whose),
            "enter_adviser": partial(registry.enter_adviser, whose),
            "open_public_lawyer": partial(registry.open_public_lawyer, key),
            "open_sharing": partial(registry.open_sharing, key),
            "open_contract": partial(registry.open_contract, key),
            "open_adviser": partial(registry.open_adviser, key),
            "show_roll": registry.show_list,
            "log_services": partial(services.enter, name),
            "show_log": partial(services.show_log, whose),
            "open_service": partial(services.edit, key),
            "import_services": services.import_sheet,
            "answer_letter": partial(urging.answer, key),
            "show_letter": partial(urging.show, [key]),
        }
        acts[act]()

    def _preview(self, name: str, day: date) -> None:
        preferences, today = self._context.preferences, self._context.today()
        wanted = Parameters(
            from_on=date(today.year, 1, 1),
            to_on=today,
            today=today,
            as_of=day,
            maker=str(preferences.value("reports/maker", "")),
            reviewer=str(preferences.value("reports/reviewer", "")),
        )
        papers = partial(make, self._context.database, name, wanted)
        PaperPreview(self._context, papers, name, self._page.window(), wording=REPORTS[name].wording).open()

    @staticmethod
    def _to_schedule(remedy: Remedy, snapshot: Snapshot) -> list[tuple[str, str]]:
        """Return kind and person of each service that is suggested."""
        contract = _contract_of(remedy, snapshot)
        person = contract.lawyers.split("、")[0] if contract else remedy.person
        kind = remedy.service_kind.value if remedy.service_kind else ""
        return [(kind, person)] * remedy.times

    def _contract(self, agency_key: int, remedy: Remedy, snapshot: Snapshot) -> AgencyContractDraft:
        """Return a contract like the one that is shared, or with the lawyer who is suggested and his firm."""
        today = self._context.today()
        like = _contract_of(remedy, snapshot)
        if like is not None:
            return AgencyContractDraft(
                agency_key,
                provider=like.provider,
                lawyers=like.lawyers,
                lawyer_id=like.lawyer_id,
                from_on=today,
            )
        firm = ""
        if remedy.lawyer_id is not None:
            with self._context.database.read() as session:
                draft = lawyer_draft(session, remedy.lawyer_id, today)
            firm = draft.firm if draft else ""
        return AgencyContractDraft(
            agency_key, provider=firm, lawyers=remedy.person, lawyer_id=remedy.lawyer_id, from_on=today
        )


def _contract_of(remedy: Remedy, snapshot: Snapshot) -> ContractFacts | None:
    contracts = snapshot.coverage.facts.contracts
    return next((one for one in contracts if one.key == remedy.contract_key), None)


class DeskMenu(QMenu):
    """What can be entered, listed and imported from the page; the chosen act is told by name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("agencies_more_menu")
        for act, text in ENTRIES:
            if act:
                self.addAction(text).setData(act)
            else:
                self.addSeparator()

    def action(self, act: str) -> QAction:
        """Return the entry of an act."""
        return next(one for one in self.actions() if one.data() == act)
