"""The dialog in which one public lawyer is written down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QWidget

from db.errors import Problem
from db.formats import numbers
from db.registry.rules.public_lawyers import (
    CertificateDraft,
    PostingDraft,
    PublicLawyerDraft,
    YearDraft,
    public_lawyer_problems,
)
from db.words.public_lawyer import AnnualResult, CertificateEnd
from gui.forms.editor import EditorDialog
from gui.widgets.basics import row
from gui.widgets.entries import DayEntry, Entry, Item, NameEntry, NumberEntry, TextEntry
from gui.widgets.fields import FieldBox
from gui.widgets.pickers import TagField
from gui.widgets.rows_field import Kind, LineColumn, RowsField
from gui.widgets.secret_field import SecretField

DAY = 118  # pixels that a date with its calendar takes
POLITICS = ("中共党员", "中共预备党员", "共青团员", "民主党派成员", "无党派人士", "群众")
ISSUERS = ("浙江省司法厅", "衢州市司法局")
SECRETS = {"phone": numbers.mask_phone, "id_number": numbers.mask_id_number}
LICENCE_HINT = "17 位数字，第 10 位为 6；输入时随即显示含义。"
POSTINGS = (
    LineColumn("agency_id", "单位", Kind.PICK, placeholder="单位简称或拼音首字母"),
    LineColumn("department", "内设机构", width=104),
    LineColumn("post", "职务", width=96),
    LineColumn("from_on", "起", Kind.DAY, DAY),
    LineColumn("to_on", "止", Kind.DAY, DAY),
)
CERTIFICATES = (
    LineColumn("from_on", "有效期起", Kind.DAY, DAY),
    LineColumn("to_on", "有效期止", Kind.DAY, DAY),
    LineColumn("issuer", "发证机关"),
    LineColumn(
        "end_kind",
        "终止情形",
        Kind.CHOICE,
        118,
        tuple((kind.value, kind) for kind in CertificateEnd),
        "未终止",
        below=True,
    ),
    LineColumn("ended_on", "终止日期", Kind.DAY, DAY, below=True),
    LineColumn("end_reason", "终止原因", placeholder="终止的原因和依据", below=True),
)
YEARS = (
    LineColumn("year", "年度", Kind.NUMBER, 84),
    LineColumn("result", "考核结果", Kind.CHOICE, 132, tuple((one.value, one) for one in AnnualResult)),
    LineColumn("note", "备注"),
)


@dataclass(frozen=True, slots=True)
class PersonOffers:
    """What the editor offers to choose from; ``capacity`` is the office's own limit of lending."""

    agencies: tuple[Item, ...]
    specialities: tuple[str, ...]
    today: date
    capacity: int = 0


class PublicLawyerEditor(EditorDialog):
    """Edits a public lawyer's draft; ``reveal_asked`` is told with the field whose number the clerk wants to see."""

    reveal_asked = Signal(str)

    def __init__(
        self, draft: PublicLawyerDraft, key: int | None, offers: PersonOffers, parent: QWidget
    ) -> None:
        super().__init__(
            "编辑公职律师" if key else "新增公职律师",
            QSize(900, 720),
            parent,
            next_text="" if key else "保存并新增下一人",
        )
        self.setObjectName("public_lawyer_editor")
        self.key, self._start, self._offers = key, draft, offers
        self.name, self.licence, self.qualification = (TextEntry() for _ in range(3))
        self.phone, self.id_number = SecretField(), SecretField()
        self.politics = NameEntry()
        self.qualified_on = DayEntry()
        self.capacity = NumberEntry(f"{offers.capacity} 个")
        self.sexes = QButtonGroup(self)
        self.specialities = TagField()
        self.postings = RowsField(PostingDraft, POSTINGS, "任职")
        self.certificates = RowsField(CertificateDraft, CERTIFICATES, "有效期")
        self.years = RowsField(YearDraft, YEARS, "年度考核")
        self.note = QPlainTextEdit()
        self.politics.set_items((word, word, ()) for word in POLITICS)
        self.specialities.set_suggestions(offers.specialities)
        self.postings.set_offers("agency_id", offers.agencies)
        self._lay_out()
        self.fill(draft)
        self.licence.textChanged.connect(self._hint_licence)
        self.phone.reveal_asked.connect(self._ask_phone)
        self.id_number.reveal_asked.connect(self._ask_id_number)
        self.watch_fields()
        self.name.setFocus()

    def fill(self, draft: PublicLawyerDraft) -> None:
        """Show a draft; the numbers of one that was read from the registry are hidden."""
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
        for name, lines in self._lists().items():
            lines.set_value(getattr(draft, name))
        self._keep_a_posting()
        self.note.setPlainText(draft.note)
        self._hint_licence()

    def restore(self, draft: PublicLawyerDraft) -> None:
        """Show what was kept before a crash; it is saved over the version that was read now."""
        self.fill(replace(draft, version=self._start.version))

    def draft(self) -> PublicLawyerDraft:
        """Return what the fields say now."""
        chosen = self.sexes.checkedButton()
        said: dict[str, Any] = {name: entry.value() for name, entry in self._entries().items()}
        said |= {name: self._secret(name).value() for name in SECRETS}
        said |= {name: lines.value() for name, lines in self._lists().items()}
        return PublicLawyerDraft(
            **said,
            sex=chosen.text() if chosen else "",
            specialities=self.specialities.tags(),
            note=self.note.toPlainText(),
            version=self._start.version,
        )

    def problems(self) -> Sequence[Problem]:
        return [self._discreet(p) for p in public_lawyer_problems(self.draft(), self._offers.today)]

    def is_right(self) -> bool:
        self._keep_a_posting()  # what is missing must have a place to stand at
        return super().is_right()

    def reveal(self, name: str) -> None:
        """Show the number in the field ``name``, after its showing was written down."""
        self._secret(name).reveal()

    # -- parts -----------------------------------------------------------------------------

    def _entries(self) -> dict[str, Entry]:
        names = ("name", "politics", "licence", "qualification", "qualified_on", "capacity")
        return {name: cast("Entry", getattr(self, name)) for name in names}

    def _lists(self) -> dict[str, RowsField]:
        return {"postings": self.postings, "certificates": self.certificates, "years": self.years}

    def _secret(self, name: str) -> SecretField:
        return self.phone if name == "phone" else self.id_number

    def _keep_a_posting(self) -> None:
        if not self.postings.lines:
            self.postings.set_value([PostingDraft()])

    def _discreet(self, problem: Problem) -> Problem:
        """Leave out of a problem the digits of a number that the screen hides."""
        is_hidden = problem.field in SECRETS and self._secret(problem.field).is_hidden()
        if not is_hidden or not re.search(r"\d{5}", problem.text):
            return problem
        title = self.boxes[problem.field].title
        return replace(problem, text=f"{title}与应有的格式不符，请点“显示”核对，或重新填写。")

    def _lay_out(self) -> None:
        self.add_section("基本信息")
        self.add_field(FieldBox("姓名", self.name, "name", required=True), (0, 0))
        self.add_field(FieldBox("性别", self._sex(), "sex"), (0, 1))
        self.add_field(FieldBox("联系电话", self.phone, "phone"), (1, 0))
        self.add_field(FieldBox("身份证号", self.id_number, "id_number", optional=True), (1, 1))
        self.add_field(FieldBox("政治面貌", self.politics, "politics", optional=True), (2, 0))
        hint = f"同时可统筹到几个单位；留空即按本局上限 {self._offers.capacity} 个。"
        self.add_field(FieldBox("统筹上限", self.capacity, "capacity", optional=True, hint=hint), (2, 1))
        self.add_section("任职单位")
        hint = "一段任职一行，止期留空为在任。调动请用“调动”，会自动接续。"
        self.add_field(FieldBox("任职", self.postings, "postings", hint=hint), (0, 0), wide=True)
        self.add_section("证书")
        self.add_field(FieldBox("公职律师证号", self.licence, "licence", hint=LICENCE_HINT), (0, 0))
        box = FieldBox("法律职业资格证号", self.qualification, "qualification", optional=True)
        self.add_field(box, (0, 1))
        box = FieldBox("取得资格日期", self.qualified_on, "qualified_on", optional=True)
        self.add_field(box, (1, 0))
        hint = "续期一次一行。注销、收回、调离的，在第二行选择情形并填写日期。"
        box = FieldBox("有效期", self.certificates, "certificates", optional=True, hint=hint)
        self.add_field(box, (2, 0), wide=True)
        self.add_section("专长与考核")
        tags = FieldBox("专业领域", self.specialities, "specialities", optional=True, hint="最多 5 项。")
        self.add_field(tags, (0, 0), wide=True)
        hint = "由所在单位考核；连续两年不称职的，应报请收回公职律师证。"
        self.add_field(FieldBox("年度考核", self.years, "years", optional=True, hint=hint), (1, 0), wide=True)
        self.add_section("备注")
        self.note.setFixedHeight(84)
        self.note.setTabChangesFocus(True)
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (0, 0), wide=True)

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

    def _hint_licence(self, *_: object) -> None:
        told = numbers.describe_licence(self.licence.text())
        self.boxes["licence"].set_hint(told or LICENCE_HINT)

    def _ask_phone(self) -> None:
        self.reveal_asked.emit("phone")

    def _ask_id_number(self) -> None:
        self.reveal_asked.emit("id_number")
