"""The dialog in which one lawyer is written down."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QWidget

from db.errors import Problem
from db.formats import numbers
from db.roster.rules.background import unit_kind_of
from db.roster.rules.lawyers import LawyerDraft, lawyer_problems, practice_years
from db.words.lawyer import LicenceState
from gui.forms.editor import EditorDialog
from gui.pages.roster.forms.background import LISTS
from gui.widgets.basics import row
from gui.widgets.entries import ChoiceEntry, DayEntry, Entry, Item, NameEntry, NumberEntry, TextEntry
from gui.widgets.fields import FieldBox
from gui.widgets.pickers import TagField
from gui.widgets.secret_field import SecretField

POLITICS = ("中共党员", "中共预备党员", "共青团员", "民主党派成员", "无党派人士", "群众")
EDUCATION = ("大专", "本科", "硕士研究生", "博士研究生")
POSITIONS = ("主任", "副主任", "合伙人", "高级合伙人", "专职律师")
SECRETS = {"phone": numbers.mask_phone, "id_number": numbers.mask_id_number}
LICENCE_HINT = "17 位数字，输入时随即显示含义。"


@dataclass(frozen=True, slots=True)
class Offers:
    """What the editor offers to choose from, and what it reckons with; ``capacity`` is the office's own cap.

    ``firms`` are names and their areas, ``colleagues`` are the names of the pool's other lawyers by firm, ``units`` are courts and agencies.
    """

    firms: Mapping[str, str]
    specialities: tuple[str, ...]
    today: date
    colleagues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: tuple[Item, ...] = ()
    capacity: int = 0
    min_years: int = 0


class LawyerEditor(EditorDialog):
    """Edits a lawyer's draft; ``reveal_asked`` is told with the field whose number the clerk wants to see."""

    reveal_asked = Signal(str)

    def __init__(
        self, draft: LawyerDraft, key: int | None, offers: Offers, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "编辑顾问" if key else "新增顾问",
            QSize(900, 740),
            parent,
            next_text="" if key else "保存并新增下一人",
        )
        self.key, self._start, self._offers = key, draft, offers
        self.name, self.email, self.licence, self.certificate = (TextEntry() for _ in range(4))
        self.phone, self.id_number = SecretField(), SecretField()
        self.firm, self.politics, self.education, self.position = (NameEntry() for _ in range(4))
        self.firm_area, self.firm_former = TextEntry(), TextEntry()
        self.firm_since, self.first_licensed_on = DayEntry(), DayEntry()
        self.term_from, self.term_to = DayEntry(), DayEntry()
        self.licence_state = ChoiceEntry(((s.value, s) for s in LicenceState), "执业状态")
        self.capacity = NumberEntry(f"{offers.capacity} 件" if offers.capacity else "")
        self.sexes = QButtonGroup(self)
        self.specialities = TagField()
        self.lists = {name: made.make() for name, made in LISTS.items()}
        self.note = QPlainTextEdit()
        self._offer()
        self._lay_out()
        self.fill(draft)
        self._connect_hints()
        self.watch_fields()
        self.name.setFocus()

    def fill(self, draft: LawyerDraft) -> None:
        """Show a draft; the numbers of one that was read from the roster are hidden."""
        self._start = draft
        for name, entry in self._entries().items():
            entry.set_value(getattr(draft, name))
        for name, mask in SECRETS.items():
            secret, number = self._secret(name), getattr(draft, name)
            if self.key is None:
                secret.setText(number)
            else:
                secret.hide_number(number, mask(number))
        for made in self.sexes.buttons():
            made.setChecked(made.text() == draft.sex)
        self.specialities.set_tags(draft.specialities)
        for name, lines in self.lists.items():
            lines.set_value(getattr(draft, name))
        self.note.setPlainText(draft.note)
        self._hint_all()

    def restore(self, draft: LawyerDraft) -> None:
        """Show what was kept before a crash; it is saved over the version that was read now."""
        self.fill(replace(draft, version=self._start.version))

    def draft(self) -> LawyerDraft:
        """Return what the fields say now."""
        chosen = self.sexes.checkedButton()
        said: dict[str, Any] = {name: entry.value() for name, entry in self._entries().items()}
        said |= {name: self._secret(name).value() for name in SECRETS}
        said |= {name: lines.value() for name, lines in self.lists.items()}
        return LawyerDraft(
            **said,
            sex=chosen.text() if chosen else "",
            specialities=self.specialities.tags(),
            note=self.note.toPlainText(),
            version=self._start.version,
        )

    def problems(self) -> Sequence[Problem]:
        found = lawyer_problems(self.draft(), min_years=self._offers.min_years)
        return [self._discreet(problem) for problem in found]

    def reveal(self, name: str) -> None:
        """Show the number in the field ``name``, after its showing was written down."""
        self._secret(name).reveal()

    # -- parts -----------------------------------------------------------------------------

    def _entries(self) -> dict[str, Entry]:
        """Return the fields that hold one value of the draft as it is, by its name there."""
        names = (
            *(
                "name",
                "email",
                "politics",
                "education",
                "position",
                "firm",
                "firm_area",
                "firm_former",
                "firm_since",
                "licence",
            ),
            *("licence_state", "first_licensed_on", "term_from", "term_to", "certificate", "capacity"),
        )
        return {name: cast("Entry", getattr(self, name)) for name in names}

    def _secret(self, name: str) -> SecretField:
        return self.phone if name == "phone" else self.id_number

    def _discreet(self, problem: Problem) -> Problem:
        """Leave out of a problem the digits of a number that the screen hides."""
        is_hidden = problem.field in SECRETS and self._secret(problem.field).is_hidden()
        if not is_hidden or not re.search(r"\d{5}", problem.text):
            return problem
        title = self.boxes[problem.field].title
        return replace(problem, text=f"{title}与应有的格式不符，请点“显示”核对，或重新填写。")

    def _offer(self) -> None:
        self.firm.set_items((name, name, ()) for name in self._offers.firms)
        for choice, words in (
            (self.politics, POLITICS),
            (self.education, EDUCATION),
            (self.position, POSITIONS),
        ):
            choice.set_items((word, word, ()) for word in words)
        self.specialities.set_suggestions(self._offers.specialities)
        self.lists["former_firms"].set_offers("firm", ((name, name, ()) for name in self._offers.firms))
        for name, column in (("posts", "unit"), ("relatives", "unit"), ("contracts", "client")):
            self.lists[name].set_offers(column, self._offers.units)
        for name in ("posts", "relatives"):
            self.lists[name].set_guess("unit", "unit_kind", unit_kind_of)

    def _lay_out(self) -> None:
        self.add_section("基本信息")
        self.add_field(FieldBox("姓名", self.name, "name", required=True), (0, 0))
        self.add_field(FieldBox("性别", self._sex(), "sex"), (0, 1))
        self.add_field(FieldBox("联系电话", self.phone, "phone"), (1, 0))
        self.email.setPlaceholderText("用于发送材料")
        self.add_field(FieldBox("电子邮箱", self.email, "email", optional=True), (1, 1))
        self.add_field(FieldBox("身份证号", self.id_number, "id_number", optional=True), (2, 0))
        self.add_field(FieldBox("政治面貌", self.politics, "politics", optional=True), (2, 1))
        self.add_field(FieldBox("学历", self.education, "education", optional=True), (3, 0))
        self.add_field(FieldBox("所内职务", self.position, "position", optional=True), (3, 1))
        self._lay_out_practice()
        self._lay_out_term()
        self.add_section("任职与回避")
        for at, name in enumerate(("posts", "relatives", "offices", "contracts")):
            self._add_list(name, at)
        self.add_section("处罚处分")
        self._add_list("disciplines", 0)
        self.add_section("备注")
        self.note.setFixedHeight(84)
        self.note.setTabChangesFocus(True)
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (0, 0), wide=True)

    def _lay_out_practice(self) -> None:
        self.add_section("执业信息")
        self.add_field(FieldBox("律师事务所", self.firm, "firm", required=True), (0, 0))
        self.add_field(FieldBox("执业证号", self.licence, "licence", required=True), (0, 1))
        since = FieldBox(
            "入所日期", self.firm_since, "firm_since", optional=True, hint="换所时填写新所日期。"
        )
        self.add_field(since, (1, 0))
        first = FieldBox("首次执业日期", self.first_licensed_on, "first_licensed_on", optional=True)
        self.add_field(first, (1, 1))
        tags = FieldBox("专业领域", self.specialities, "specialities", hint="最多 5 项，第一项作为主要领域。")
        self.add_field(tags, (2, 0), wide=True)
        self.add_field(FieldBox("执业状态", self.licence_state, "licence_state"), (3, 0))
        area = FieldBox(
            "律所所在地",
            self.firm_area,
            "firm_area",
            optional=True,
            hint="同所律师共用，用于核对原任职单位辖区。",
        )
        self.add_field(area, (3, 1))
        former = FieldBox(
            "律所曾用名",
            self.firm_former,
            "firm_former",
            optional=True,
            hint="同所律师共用，多个用顿号隔开；对方代理人写旧名时也能认出。",
        )
        self.add_field(former, (4, 0), wide=True)
        self._add_list("former_firms", 5)
        self._add_list("checks", 6)

    def _lay_out_term(self) -> None:
        self.add_section("聘期与状态")
        self.add_field(FieldBox("聘期起", self.term_from, "term_from"), (0, 0))
        hint = "与现聘期不重叠的，登记为新的聘期，原聘期保留。"
        self.add_field(FieldBox("聘期止", self.term_to, "term_to", hint=hint), (0, 1))
        self.add_field(FieldBox("聘书编号", self.certificate, "certificate", optional=True), (1, 0))
        hint = f"留空即按本局统一上限 {self._offers.capacity} 件。" if self._offers.capacity else ""
        self.add_field(FieldBox("在办上限", self.capacity, "capacity", optional=True, hint=hint), (1, 1))

    def _add_list(self, name: str, at: int) -> None:
        made = LISTS[name]
        box = FieldBox(made.title, self.lists[name], name, optional=True, hint=made.hint)
        self.add_field(box, (at, 0), wide=True)

    def _sex(self) -> QWidget:
        made = QWidget()
        choices = [QRadioButton("男"), QRadioButton("女")]
        for choice in choices:
            choice.setObjectName(f"sex_{choice.text()}")
            choice.setAccessibleName(f"性别 {choice.text()}")
            self.sexes.addButton(choice)
        made.setLayout(row(*choices, None, spacing=24))
        made.setFixedHeight(32)
        return made

    # -- what is said while one types ------------------------------------------------------

    def _connect_hints(self) -> None:
        self.licence.textChanged.connect(self._hint_licence)
        self.firm.editTextChanged.connect(self._hint_firm)
        self.first_licensed_on.textChanged.connect(self._hint_practice)
        self.phone.reveal_asked.connect(self._ask_phone)
        self.id_number.reveal_asked.connect(self._ask_id_number)

    def _hint_all(self) -> None:
        self._hint_licence()
        self._hint_firm()

    def _hint_licence(self, *_: object) -> None:
        told = numbers.describe_licence(self.licence.text())
        self.boxes["licence"].set_hint(told or LICENCE_HINT)
        self._hint_practice()

    def _hint_firm(self, *_: object) -> None:
        firm = self.firm.text().strip()
        if firm in self._offers.firms and firm != self._start.firm:
            self.firm_area.set_value(self._offers.firms[firm])
        names = self._offers.colleagues.get(firm, ())
        if names:
            text = f"该所已有 {len(names)} 名顾问（{'、'.join(names)}），分派时会核对同所回避。"
            self.boxes["firm"].set_hint(text, "warning")
        else:
            self.boxes["firm"].set_hint("可从列表选择，也可输入新的律所全称。")

    def _hint_practice(self, *_: object) -> None:
        """Say how long the lawyer has practised, by the date or else by the year in the licence number."""
        box, today = self.boxes["first_licensed_on"], self._offers.today
        began, licence = self.first_licensed_on.day(), numbers.parse_licence(self.licence.text())
        if began and began <= today:
            box.set_hint(f"执业年限 {practice_years(began, today)} 年，自动计算。")
        elif not began and licence and licence.year <= today.year:
            years = today.year - licence.year
            box.set_hint(f"按证号 {licence.year} 年首次执业，约 {years} 年；填写日期后自动计算。")
        else:
            box.set_hint("填写后自动计算执业年限。")

    def _ask_phone(self) -> None:
        self.reveal_asked.emit("phone")

    def _ask_id_number(self) -> None:
        self.reveal_asked.emit("id_number")
