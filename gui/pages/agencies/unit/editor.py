"""The form of an agency."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.agencies.rules.agencies import AgencyDraft, agency_problems
from db.errors import Problem
from db.words.agency import AgencyKind
from gui.forms.editor import EditorDialog
from gui.widgets.basics import row
from gui.widgets.entries import NumberEntry
from gui.widgets.fields import DateField, FieldBox

TEXTS = ("name", "short_name", "uscc", "head", "contact", "liaison_post", "phone", "address")
DAYS = ("founded_on", "liaison_filed_on")
COUNTS = ("staff_count", "qualified_count")


class AgencyEditor(EditorDialog):
    """Edits an agency's draft; ``fields`` are the fields of administration on offer."""

    def __init__(
        self, draft: AgencyDraft, key: int | None, fields: Sequence[str], today: date, parent: QWidget
    ) -> None:
        super().__init__("编辑单位" if key else "新增单位", QSize(800, 700), parent)
        self.key, self._start, self._today = key, draft, today
        self.name, self.short_name, self.uscc, self.head, self.contact, self.phone, self.address = (
            QLineEdit() for _ in range(7)
        )
        self.liaison_post = QLineEdit()
        self.founded_on, self.liaison_filed_on = DateField(), DateField()
        self.staff_count, self.qualified_count = NumberEntry(), NumberEntry()
        self.kind, self.field = QComboBox(), QComboBox()
        self.kind.addItems([k.value for k in AgencyKind])
        self.field.setEditable(True)
        self.field.addItems(list(fields))
        self.has_enforcement = QCheckBox("有行政执法权")
        self.is_expected = QCheckBox("应配公职律师")
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)
        self._lay_out()
        self.restore(draft)
        self.watch_fields()
        self.name.setFocus()

    def draft(self) -> AgencyDraft:
        """Return what the fields say now."""
        return AgencyDraft(
            name=self.name.text(),
            short_name=self.short_name.text(),
            kind=AgencyKind(self.kind.currentText()),
            has_enforcement=self.has_enforcement.isChecked(),
            uscc=self.uscc.text(),
            head=self.head.text(),
            contact=self.contact.text(),
            phone=self.phone.text(),
            address=self.address.text(),
            note=self.note.toPlainText(),
            field=self.field.currentText(),
            founded_on=self.founded_on.day(),
            is_expected=self.is_expected.isChecked(),
            staff_count=self.staff_count.number(),
            qualified_count=self.qualified_count.number(),
            liaison_post=self.liaison_post.text(),
            liaison_filed_on=self.liaison_filed_on.day(),
            version=self._start.version,
        )

    def problems(self) -> Sequence[Problem]:
        return agency_problems(self.draft(), self._today)

    def restore(self, draft: AgencyDraft) -> None:
        """Put a draft into the fields."""
        for name in TEXTS:
            getattr(self, name).setText(getattr(draft, name))
        for name in DAYS:
            getattr(self, name).set_date(getattr(draft, name))
        for name in COUNTS:
            getattr(self, name).set_value(getattr(draft, name))
        self.kind.setCurrentText(draft.kind.value)
        self.field.setCurrentIndex(self.field.findText(draft.field))
        self.field.setEditText(draft.field)
        self.has_enforcement.setChecked(draft.has_enforcement)
        self.is_expected.setChecked(draft.is_expected)
        self.note.setPlainText(draft.note)

    def _lay_out(self) -> None:
        self.add_section("单位")
        renaming = "机构改革更名请用“更名”，这里只更正错字。" if self.key else ""
        self.add_field(
            FieldBox("单位全称", self.name, "name", required=True, hint=renaming), (0, 0), wide=True
        )
        self.add_field(FieldBox("简称", self.short_name, "short_name", hint="列表和报表中使用。"), (1, 0))
        self.add_field(FieldBox("类型", self.kind, "kind"), (1, 1))
        self.add_field(FieldBox("行政管理领域", self.field, "field", optional=True), (2, 0))
        self.add_field(FieldBox("统一社会信用代码", self.uscc, "uscc", optional=True), (2, 1))
        self.add_field(FieldBox("行政执法", _ticked(self.has_enforcement), "has_enforcement"), (3, 0))
        self.add_field(
            FieldBox("设立日期", self.founded_on, "founded_on", optional=True, hint="机构改革新设的填写。"),
            (3, 1),
        )
        self.add_section("法律力量")
        self.add_field(
            FieldBox("配备要求", _ticked(self.is_expected), "is_expected", hint="计入配备率的分母。"), (0, 0)
        )
        self.add_field(FieldBox("在编人数", self.staff_count, "staff_count", optional=True), (1, 0))
        self.add_field(
            FieldBox("具有法律职业资格人数", self.qualified_count, "qualified_count", optional=True), (1, 1)
        )
        self.add_section("联系")
        self.add_field(FieldBox("法定代表人", self.head, "head", optional=True), (0, 0))
        self.add_field(FieldBox("地址", self.address, "address", optional=True), (0, 1))
        self.add_field(FieldBox("联络员", self.contact, "contact", hint="定人报备的人员。"), (1, 0))
        self.add_field(FieldBox("联络员职务", self.liaison_post, "liaison_post", optional=True), (1, 1))
        self.add_field(FieldBox("联系电话", self.phone, "phone", optional=True), (2, 0))
        self.add_field(
            FieldBox("报备日期", self.liaison_filed_on, "liaison_filed_on", hint="没有报备的不填。"), (2, 1)
        )
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (3, 0), wide=True)


def _ticked(tick: QCheckBox) -> QWidget:
    made = QWidget()
    made.setLayout(row(tick, None))
    made.setFixedHeight(32)
    return made
