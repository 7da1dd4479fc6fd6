"""The form of an agency."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.errors import Problem
from db.rules.agencies import AgencyDraft, agency_problems
from db.rules.vocabulary import AgencyKind
from gui.forms.editor import EditorDialog
from gui.widgets.basics import row
from gui.widgets.fields import FieldBox


class AgencyEditor(EditorDialog):
    """Edits an agency's draft."""

    def __init__(self, draft: AgencyDraft, key: int | None, today: date, parent: QWidget) -> None:
        super().__init__("编辑单位" if key else "新增单位", QSize(760, 560), parent)
        self.key, self._start, self._today = key, draft, today
        self.name, self.short_name, self.uscc, self.head, self.contact, self.phone, self.address = (
            QLineEdit() for _ in range(7)
        )
        self.kind = QComboBox()
        self.kind.addItems([k.value for k in AgencyKind])
        self.has_enforcement = QCheckBox("有行政执法权")
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)
        self._lay_out()
        for field in ("name", "short_name", "uscc", "head", "contact", "phone", "address"):
            getattr(self, field).setText(getattr(draft, field))
            getattr(self, field).textEdited.connect(self.mark_dirty)
        self.kind.setCurrentText(draft.kind.value)
        self.has_enforcement.setChecked(draft.has_enforcement)
        self.note.setPlainText(draft.note)
        self.kind.currentIndexChanged.connect(self.mark_dirty)
        self.has_enforcement.toggled.connect(self.mark_dirty)
        self.note.textChanged.connect(self.mark_dirty)
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
            version=self._start.version,
        )

    def problems(self) -> Sequence[Problem]:
        return agency_problems(self.draft(), self._today)

    def _lay_out(self) -> None:
        self.add_section("单位")
        self.add_field(FieldBox("单位全称", self.name, "name", required=True), (0, 0), wide=True)
        self.add_field(FieldBox("简称", self.short_name, "short_name", hint="列表和报表中使用。"), (1, 0))
        self.add_field(FieldBox("类型", self.kind, "kind"), (1, 1))
        self.add_field(FieldBox("统一社会信用代码", self.uscc, "uscc", optional=True), (2, 0))
        self.add_field(FieldBox("行政执法", self._tick(), "has_enforcement"), (2, 1))
        self.add_section("联系")
        self.add_field(FieldBox("法定代表人", self.head, "head", optional=True), (0, 0))
        self.add_field(FieldBox("联系人", self.contact, "contact", optional=True), (0, 1))
        self.add_field(FieldBox("联系电话", self.phone, "phone", optional=True), (1, 0))
        self.add_field(FieldBox("地址", self.address, "address", optional=True), (1, 1))
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (2, 0), wide=True)

    def _tick(self) -> QWidget:
        made = QWidget()
        made.setLayout(row(self.has_enforcement, None))
        made.setFixedHeight(32)
        return made
