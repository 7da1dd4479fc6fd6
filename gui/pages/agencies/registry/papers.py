"""What can be done to sharings, internal advisers and contracts: entered, edited, ended, removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from db.catalogue.reports import make
from db.catalogue.search import keys_of
from db.documents.parameters import Parameters
from db.formats.months import add_months
from db.formats.spans import Span, next_term, span_on
from db.ledger.queries import draft_of
from db.registry.acts.advisers import (
    end_contract,
    end_internal_adviser,
    remove_contracts,
    remove_internal_advisers,
    save_contract,
    save_internal_adviser,
)
from db.registry.acts.sharing import end_sharing, remove_sharings, save_sharing
from db.registry.ledgers import CONTRACTS, INTERNAL_ADVISERS
from db.registry.papers.public_lawyers import PUBLIC_LAWYERS
from db.registry.queries.advisers import namesakes
from db.registry.queries.sharing import lendings, sharing_draft
from db.registry.rules.advisers import AgencyContractDraft, InternalAdviserDraft
from db.registry.rules.sharing import SharingDraft
from db.roster.queries.roster import firms, standings
from db.roster.rules.lawyers import Standing
from gui.forms.keeping import Keeping
from gui.pages.agencies.registry.base import agency_items
from gui.pages.agencies.registry.paper_forms import (
    ContractForm,
    EndForm,
    InternalAdviserForm,
    PaperForm,
    PaperOffers,
    SharingForm,
)
from gui.pages.agencies.registry.people import PeopleActs
from gui.printing.preview import PaperPreview

Draft = SharingDraft | InternalAdviserDraft | AgencyContractDraft
SAVE: dict[str, Callable[..., int]] = {
    "sharing": save_sharing,
    "internal_adviser": save_internal_adviser,
    "agency_contract": save_contract,
}
END: dict[str, Callable[..., None]] = {
    "sharing": end_sharing,
    "internal_adviser": end_internal_adviser,
    "agency_contract": end_contract,
}
REMOVE: dict[str, Callable[..., None]] = {
    "sharing": remove_sharings,
    "internal_adviser": remove_internal_advisers,
    "agency_contract": remove_contracts,
}
READ: dict[str, Callable[..., Draft | None]] = {
    "sharing": sharing_draft,
    "internal_adviser": partial(draft_of, ledger=INTERNAL_ADVISERS),
    "agency_contract": partial(draft_of, ledger=CONTRACTS),
}
WORDS = {"sharing": "统筹", "internal_adviser": "内部法律顾问", "agency_contract": "顾问合同"}
END_TITLES = {
    "sharing": "提前终止统筹",
    "internal_adviser": "不再担任内部法律顾问",
    "agency_contract": "提前终止合同",
}
SPANS = {"sharing": "统筹", "internal_adviser": "任职", "agency_contract": "合同"}


class PaperActs(PeopleActs):
    """Opens the forms of sharings, internal advisers and contracts."""

    def enter_sharing(self, draft: SharingDraft | None = None) -> None:
        """Open the form of a new sharing, filled in as far as ``draft`` says: from today, for a year if it says no days."""
        draft = draft or SharingDraft()
        if draft.from_on is None:
            today = self.context.today()
            until = date.fromordinal(add_months(today, 12).toordinal() - 1)
            draft = SharingDraft(
                draft.public_lawyer_id, draft.agency_id, draft.paper, today, until, draft.hours, draft.note
            )
        self._open("sharing", None, draft)

    def enter_adviser(self, agency_id: int | None = None) -> None:
        """Open the form of a new internal adviser."""
        draft = InternalAdviserDraft(agency_id, from_on=self.context.today())
        self._open("internal_adviser", None, draft)

    def enter_contract(self, agency_id: int | None = None, draft: AgencyContractDraft | None = None) -> None:
        """Open the form of a new contract, filled in as far as ``draft`` says."""
        draft = draft or AgencyContractDraft(agency_id, from_on=self.context.today())
        self._open("agency_contract", None, draft)

    def renew_sharing(self, key: int) -> None:
        """Open the form of the sharing that follows one, from the day after it ends, for as long."""
        self._read("sharing", key, self._renew)

    def renew_contract(self, key: int) -> None:
        """Open the form of the contract that follows one."""
        self._read("agency_contract", key, self._renew)

    def open_sharing(self, key: int) -> None:
        """Open a sharing's form, from which it can be ended or removed."""
        self._read("sharing", key, self._open)

    def open_adviser(self, key: int) -> None:
        """Open an internal adviser's form, from which he can be ended or removed."""
        self._read("internal_adviser", key, self._open)

    def open_contract(self, key: int) -> None:
        """Open a contract's form, from which it can be ended or removed."""
        self._read("agency_contract", key, self._open)

    def end_sharing(self, key: int) -> None:
        """End a sharing early."""
        self._read("sharing", key, self._ask_end_paper)

    def end_adviser(self, key: int) -> None:
        """Let an internal adviser's work end."""
        self._read("internal_adviser", key, self._ask_end_paper)

    def end_contract(self, key: int) -> None:
        """End a contract early."""
        self._read("agency_contract", key, self._ask_end_paper)

    def lend(self, key: int) -> None:
        """Lend a public lawyer to an agency that is still to be chosen."""
        self.enter_sharing(SharingDraft(public_lawyer_id=key))

    def print_roll(self, keys: Sequence[int], day: date) -> None:
        """Show 公职律师名册 of some people, as of a day, as it will print."""
        preferences, today = self.context.preferences, self.context.today()
        wanted = Parameters(
            from_on=date(today.year, 1, 1),
            to_on=today,
            today=today,
            as_of=day,
            ids=tuple(keys),
            maker=str(preferences.value("reports/maker", "")),
            reviewer=str(preferences.value("reports/reviewer", "")),
        )
        papers = partial(make, self.context.database, PUBLIC_LAWYERS, wanted)
        PaperPreview(self.context, papers, PUBLIC_LAWYERS, self.window).open()

    # -- forms -----------------------------------------------------------------------------

    def _read(self, table: str, key: int, then: Callable[[str, int, Draft], None]) -> None:
        reading, found = READ[table], partial(self._found, table, key, then)
        self.read(partial(reading, key=key), found)

    def _found(
        self, table: str, key: int, then: Callable[[str, int, Draft], None], draft: Draft | None
    ) -> None:
        if draft is None:
            self.context.desk.say(f"这条{WORDS[table]}已被移入回收站")
        else:
            then(table, key, draft)

    def _open(self, table: str, key: int | None, draft: Draft) -> None:
        self.read(self._paper_offers, partial(self._show, table, key, draft))

    def _show(self, table: str, key: int | None, draft: Draft, offers: PaperOffers) -> None:
        form: PaperForm
        place = (table, key or 0, draft.version)
        if isinstance(draft, SharingDraft):
            form = SharingForm(draft, key, offers, self.window)
            Keeping(self.context, form, place, SharingDraft, form.draft, form.fill)
        elif isinstance(draft, InternalAdviserDraft):
            form = InternalAdviserForm(draft, key, offers, self.window)
            Keeping(self.context, form, place, InternalAdviserDraft, form.draft, form.fill)
        else:
            form = ContractForm(draft, key, offers, self.window)
            Keeping(self.context, form, place, AgencyContractDraft, form.draft, form.fill)
        form.setProperty("table", table)
        form.submitted.connect(self._save_paper)
        form.act_asked.connect(self._on_act)
        form.open()

    def _paper_offers(self, session: Any) -> PaperOffers:
        """Read what the forms offer; whoever may not be lent is not on offer, but known."""
        today = self.context.today()
        lent, keys = lendings(session), keys_of(session, "public_lawyer")
        people = []
        for key, lending in lent.items():
            home = span_on(lending.postings, today)
            people.append(
                (f"{lending.name}（{home.agency if home else '无任职单位'}）", key, keys.get(key, ()))
            )
        pool_keys = keys_of(session, "lawyer")
        pool = [row for row in standings(session, today) if row.standing is not Standing.NONE]
        return PaperOffers(
            agencies=agency_items(session),
            today=today,
            people=tuple(sorted(people)),
            lendings=lent,
            firms=tuple(firms(session)),
            pool=tuple((f"{r.name}（{r.firm_short}）", r.key, pool_keys.get(r.key, ())) for r in pool),
            firm_of={r.key: r.firm for r in pool},
            known=namesakes(session),
        )

    def _save_paper(self, _another: bool) -> None:
        form = self.sender()
        if not isinstance(form, SharingForm | InternalAdviserForm | ContractForm):
            return
        table, key = str(form.property("table")), form.key
        act = partial(SAVE[table], draft=form.draft(), today=self.context.today(), key=key)
        label = f"{'修改' if key else '登记'}{WORDS[table]} {_title(form)}"
        self.carry_out(form, label, act, partial(self.tell, table))

    def _on_act(self, what: str) -> None:
        """End or remove what the form shows; the form closes, since it would be of yesterday."""
        form = self.sender()
        if not isinstance(form, SharingForm | InternalAdviserForm | ContractForm) or form.key is None:
            return
        table, key, title = str(form.property("table")), form.key, _title(form)
        form.accept()
        if what == "end":
            self._read(table, key, self._ask_end_paper)
        else:
            name = f"{WORDS[table]} {title}"
            self.ask_remove(name, f"移入回收站：{name}", partial(REMOVE[table], keys=[key]))

    def _renew(self, table: str, _key: int, draft: Draft) -> None:
        if draft.from_on is not None and draft.to_on is not None:
            begin, end = next_term(draft.from_on, draft.to_on)
            draft = replace(draft, from_on=begin, to_on=end, version=0)
        if isinstance(draft, SharingDraft):
            draft = replace(draft, paper="", note="")
        elif isinstance(draft, AgencyContractDraft):
            draft = replace(draft, number="", note="")
        self._open(table, None, draft)

    def _ask_end_paper(self, table: str, key: int, draft: Draft) -> None:
        span = Span(from_on=draft.from_on, to_on=draft.to_on)
        form = EndForm(
            END_TITLES[table], SPANS[table], span, key, draft.version, self.context.today(), self.window
        )
        form.setProperty("table", table)
        form.submitted.connect(self._end)
        form.open()

    def _end(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, EndForm):
            table, key = str(form.property("table")), form.key
            act = partial(END[table], key=key, draft=form.draft())
            self.carry_out(
                form, f"{END_TITLES[table]}（{form.draft().on} 起）", act, partial(self._ended, table, key)
            )

    def _ended(self, table: str, key: int, _: object) -> None:
        self.tell(table, key)


def _title(form: SharingForm | InternalAdviserForm | ContractForm) -> str:
    agency = form.agency_id.text()
    if isinstance(form, SharingForm):
        return f"{form.public_lawyer_id.text().split('（')[0]} → {agency}"
    if isinstance(form, InternalAdviserForm):
        return f"{form.name.text().strip()}，{agency}"
    return f"{agency}，{form.provider.text().strip()}"
