"""The forms of sharing papers, internal advisers and contracts, and of their early end."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.errors import Problem
from db.formats.spans import Span, span_on
from db.ledger.declare import Hand
from db.ledger.rules import problems_of
from db.registry.ledgers import CONTRACTS, INTERNAL_ADVISERS
from db.registry.rules.advisers import AgencyContractDraft, InternalAdviserDraft, Known
from db.registry.rules.sharing import EndDraft, Lending, SharingDraft, end_sharing_problems, sharing_problems
from gui.forms.short_form import ShortForm
from gui.ledger.editor import FieldSet, Ground
from gui.widgets.basics import button, row
from gui.widgets.entries import DayEntry, DecimalEntry, Item, NameEntry, PickEntry, TextEntry
from gui.widgets.fields import FieldBox

NOTE_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class PaperOffers:
    """What the forms offer to choose from.

    ``lendings`` are the public lawyers by id; ``firms`` the roster's firms, ``pool`` its lawyers, ``firm_of`` the firm
    of each of these by id.
    """

    agencies: tuple[Item, ...]
    today: date
    people: tuple[Item, ...] = ()
    lendings: Mapping[int, Lending] = field(default_factory=dict)
    firms: tuple[str, ...] = ()
    pool: tuple[Item, ...] = ()
    firm_of: Mapping[int, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)


class PaperForm(ShortForm):
    """A form of a record that can also be ended or removed; ``act_asked`` is told end or remove."""

    act_asked = Signal(str)

    def __init__(self, title: str, action: str, key: int | None, parent: QWidget) -> None:
        super().__init__(title, action, parent, width=600)
        self.key = key
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.end = button("提前终止…", "form_end", "link", "ban")
        self.remove = button("移入回收站", "form_remove", "link", "trash-2")
        self.end.clicked.connect(self._ask_end)
        self.remove.clicked.connect(self._ask_remove)

    def finish(self, at: int) -> None:
        """Add note and acts in the rows from ``at`` on, and watch the fields."""
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (at, 0), wide=True)
        if self.key is not None:
            acts = QWidget()
            acts.setLayout(row(self.end, 12, self.remove, None))
            self._grid.addWidget(acts, at + 1, 0, 1, 2)
        self.watch_fields()

    def _ask_end(self) -> None:
        self.act_asked.emit("end")

    def _ask_remove(self) -> None:
        self.act_asked.emit("remove")


class SharingForm(PaperForm):
    """Lends a public lawyer to an agency; can be opened filled in from a remedy."""

    def __init__(self, draft: SharingDraft, key: int | None, offers: PaperOffers, parent: QWidget) -> None:
        super().__init__("编辑统筹" if key else "登记统筹", "保存" if key else "登记统筹", key, parent)
        self.setObjectName("sharing_form")
        self._offers, self._version = offers, draft.version
        self.public_lawyer_id = PickEntry("姓名或拼音首字母")
        self.agency_id = PickEntry("单位简称或拼音首字母")
        self.public_lawyer_id.set_items(offers.people)
        self.agency_id.set_items(offers.agencies)
        self.paper, self.from_on, self.to_on, self.hours = TextEntry(), DayEntry(), DayEntry(), DecimalEntry()
        self.paper.setPlaceholderText("留空由程序编号")
        who = FieldBox("公职律师", self.public_lawyer_id, "public_lawyer_id", required=True)
        self.add_field(who, (0, 0), wide=True)
        self.add_field(FieldBox("使用单位", self.agency_id, "agency_id", required=True), (1, 0))
        self.add_field(FieldBox("统筹调配文号", self.paper, "paper"), (1, 1))
        self.add_field(FieldBox("起", self.from_on, "from_on", required=True), (2, 0))
        self.add_field(FieldBox("止", self.to_on, "to_on"), (2, 1))
        self.add_field(FieldBox("约定每年时长（小时）", self.hours, "hours", optional=True), (3, 0))
        self.fill(draft)
        self.finish(4)
        self.public_lawyer_id.editTextChanged.connect(self._hint_person)
        self._hint_person()

    def fill(self, draft: SharingDraft) -> None:
        """Show a draft; it is saved over the version that was read."""
        for name in ("public_lawyer_id", "agency_id", "paper", "from_on", "to_on", "hours"):
            getattr(self, name).set_value(getattr(draft, name))
        self.note.setPlainText(draft.note)

    def draft(self) -> SharingDraft:
        """Return what the fields say now."""
        return SharingDraft(
            self.public_lawyer_id.key(),
            self.agency_id.key(),
            self.paper.text(),
            self.from_on.day(),
            self.to_on.day(),
            self.hours.number(),
            self.note.toPlainText(),
            self._version,
        )

    def problems(self) -> list[Problem]:
        key = self.public_lawyer_id.key()
        return sharing_problems(self.draft(), self._offers.lendings.get(key or 0), self.key)

    def _hint_person(self, *_: object) -> None:
        """Say where he works, until when his certificate runs, and to whom he is lent."""
        lending = self._offers.lendings.get(self.public_lawyer_id.key() or 0)
        box, day = self.boxes["public_lawyer_id"], self._offers.today
        if lending is None:
            box.set_hint("只能统筹持有有效公职律师证、未达统筹上限的人员。")
            return
        home, held = span_on(lending.postings, day), span_on(lending.certificates, day)
        lent = [s.agency for s in lending.sharings if s.runs_on(day) and s.key != self.key]
        said = [
            home.agency if home else "没有登记任职单位",
            f"证书 {held.text()}" if held else "没有登记证书",
            f"已统筹 {len(lent)}/{lending.capacity} 个单位" + (f"（{'、'.join(lent)}）" if lent else ""),
        ]
        box.set_hint("，".join(said))


class InternalAdviserForm(PaperForm):
    """Writes down an internal adviser of an agency."""

    def __init__(
        self, draft: InternalAdviserDraft, key: int | None, offers: PaperOffers, parent: QWidget
    ) -> None:
        title = "编辑内部法律顾问" if key else "登记内部法律顾问"
        super().__init__(title, "保存" if key else "登记", key, parent)
        self.setObjectName("internal_adviser_form")
        self.end.setText("不再担任…")
        self._offers, specs = offers, [s for s in INTERNAL_ADVISERS.fields if s.name != "note"]
        ground = Ground({"agency": offers.agencies}, offers.today, Hand("", facts=offers.known))
        self._fields = FieldSet(INTERNAL_ADVISERS, draft, specs, ground)
        self._fields.place(self, specs)
        self.agency_id, self.name, self.from_on = (
            cast("Any", self._fields.entries[name]) for name in ("agency_id", "name", "from_on")
        )
        self.fill(draft)
        self.finish(len(specs) // 2)

    def fill(self, draft: InternalAdviserDraft) -> None:
        """Show a draft; it is saved over the version that was read."""
        self._fields.show(draft)
        self.note.setPlainText(draft.note)

    def draft(self) -> InternalAdviserDraft:
        """Return what the fields say now."""
        return replace(cast("InternalAdviserDraft", self._fields.draft()), note=self.note.toPlainText())

    def problems(self) -> list[Problem]:
        return problems_of(INTERNAL_ADVISERS, self.draft(), self._offers.known, self._offers.today)


class ContractForm(PaperForm):
    """Writes down an adviser contract; a lawyer of the pool brings his name and firm along."""

    def __init__(
        self, draft: AgencyContractDraft, key: int | None, offers: PaperOffers, parent: QWidget
    ) -> None:
        title = "编辑顾问合同" if key else "登记顾问合同"
        super().__init__(title, "保存" if key else "登记", key, parent)
        self.setObjectName("contract_form")
        self._offers, self._version = offers, draft.version
        self.agency_id, self.lawyer_id = PickEntry("单位简称或拼音首字母"), PickEntry("不是库内顾问的留空")
        self.agency_id.set_items(offers.agencies)
        self.lawyer_id.set_items(offers.pool)
        self.provider = NameEntry("律师事务所全称，或受聘人姓名")
        self.provider.set_items((name, name, ()) for name in offers.firms)
        self.number, self.lawyers = TextEntry(), TextEntry("多人用、隔开")
        self.from_on, self.to_on, self.fee = DayEntry(), DayEntry(), DecimalEntry()
        self.scope = QPlainTextEdit()
        self.scope.setFixedHeight(NOTE_HEIGHT)
        self.scope.setTabChangesFocus(True)
        self.add_field(FieldBox("聘请单位", self.agency_id, "agency_id", required=True), (0, 0))
        self.add_field(FieldBox("合同编号", self.number, "number"), (0, 1))
        hint = "选定后用于核对利益冲突；名册中的律所按名称自动对应。"
        box = FieldBox("库内顾问", self.lawyer_id, "lawyer_id", optional=True, hint=hint)
        self.add_field(box, (1, 0), wide=True)
        self.add_field(FieldBox("受聘方", self.provider, "provider", required=True), (2, 0))
        self.add_field(FieldBox("承办律师", self.lawyers, "lawyers", optional=True), (2, 1))
        self.add_field(FieldBox("聘期起", self.from_on, "from_on", required=True), (3, 0))
        self.add_field(FieldBox("聘期止", self.to_on, "to_on"), (3, 1))
        self.add_field(FieldBox("每年费用（元）", self.fee, "fee", optional=True), (4, 0))
        self.add_field(FieldBox("服务范围", self.scope, "scope", optional=True), (5, 0), wide=True)
        self.fill(draft)
        self.finish(6)
        self.lawyer_id.editTextChanged.connect(self._on_lawyer)

    def fill(self, draft: AgencyContractDraft) -> None:
        """Show a draft; it is saved over the version that was read."""
        for name in self._names():
            getattr(self, name).set_value(getattr(draft, name))
        self.scope.setPlainText(draft.scope)
        self.note.setPlainText(draft.note)

    def draft(self) -> AgencyContractDraft:
        """Return what the fields say now."""
        return AgencyContractDraft(
            self.agency_id.key(),
            self.number.text(),
            self.provider.text(),
            self.lawyers.text(),
            self.lawyer_id.key(),
            self.scope.toPlainText(),
            self.fee.number(),
            self.from_on.day(),
            self.to_on.day(),
            self.note.toPlainText(),
            version=self._version,
        )

    def problems(self) -> list[Problem]:
        return problems_of(CONTRACTS, self.draft(), None, self._offers.today)

    def _names(self) -> tuple[str, ...]:
        return ("agency_id", "number", "provider", "lawyers", "lawyer_id", "from_on", "to_on", "fee")

    def _on_lawyer(self, text: str) -> None:
        """Fill in the firm and the name, where these are blank, when a lawyer of the pool was chosen."""
        firm = self._offers.firm_of.get(self.lawyer_id.key() or 0, "")
        if firm and self.provider.is_blank():
            self.provider.set_value(firm)
        if firm and self.lawyers.is_blank():
            self.lawyers.set_value(text.split("（", maxsplit=1)[0])


class EndForm(ShortForm):
    """Ends a sharing, a contract or an adviser's work early, for a reason."""

    def __init__(
        self, title: str, what: str, span: Span, key: int, version: int, today: date, parent: QWidget
    ) -> None:
        super().__init__(title, "确认终止", parent, intro=f"{what} {span.text()}。终止日期起不再计入覆盖。")
        self.setObjectName("end_form")
        self.key, self._span, self._version, self._what = key, span, version, what
        self.on, self.reason = DayEntry(), TextEntry()
        self.on.set_date(today)
        hint = "从这一天起不再有效。"
        self.add_field(FieldBox("终止日期", self.on, "on", required=True, hint=hint), (0, 0), wide=True)
        self.add_field(FieldBox("原因", self.reason, "reason", required=True), (1, 0), wide=True)
        self.watch_fields()
        self.reason.setFocus()

    def draft(self) -> EndDraft:
        """Return what is asked for."""
        return EndDraft(self.on.day(), self.reason.text(), self._version)

    def problems(self) -> list[Problem]:
        return end_sharing_problems(self.draft(), self._span, self._what)
