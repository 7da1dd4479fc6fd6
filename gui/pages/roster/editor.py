"""The dialog in which one lawyer is written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from db.errors import Problem
from db.rules.lawyers import LawyerDraft, lawyer_problems
from gui.forms.editor import EditorDialog
from gui.widgets.basics import row
from gui.widgets.fields import DateField, FieldBox, Picker, TagField


@dataclass(frozen=True, slots=True)
class Offers:
    """What the editor offers to choose from."""

    firms: tuple[str, ...]
    specialities: tuple[str, ...]


class LawyerEditor(EditorDialog):
    """Edits a lawyer's draft."""

    def __init__(
        self, draft: LawyerDraft, key: int | None, offers: Offers, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "编辑顾问" if key else "新增顾问",
            QSize(840, 740),
            parent,
            next_text="" if key else "保存并新增下一人",
        )
        self.key, self._start = key, draft
        self.name, self.phone, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        self.sexes = QButtonGroup(self)
        self.firm = Picker(free=True)
        self.licence, self.id_number = QLineEdit(), QLineEdit()
        self.specialities = TagField()
        self.first_licensed_on, self.term_from, self.term_to = DateField(), DateField(), DateField()
        self.politics, self.education, self.position = QLineEdit(), QLineEdit(), QLineEdit()
        self.note = QPlainTextEdit()
        self.firm.set_items((name, name, ()) for name in offers.firms)
        self.specialities.set_suggestions(offers.specialities)
        self._lay_out()
        self.fill(draft)
        self._watch()
        self.name.setFocus()

    def fill(self, draft: LawyerDraft) -> None:
        """Show a draft."""
        self._start = draft
        for field in ("name", "phone", "email", "licence", "id_number", "politics", "education", "position"):
            getattr(self, field).setText(getattr(draft, field))
        for field in ("first_licensed_on", "term_from", "term_to"):
            getattr(self, field).set_date(getattr(draft, field))
        for made in self.sexes.buttons():
            made.setChecked(made.text() == draft.sex)
        self.firm.setEditText(draft.firm)
        self.specialities.set_tags(draft.specialities)
        self.note.setPlainText(draft.note)

    def draft(self) -> LawyerDraft:
        """Return what the fields say now."""
        chosen = self.sexes.checkedButton()
        return LawyerDraft(
            name=self.name.text(),
            sex=chosen.text() if chosen else "",
            phone=self.phone.text(),
            email=self.email.text(),
            id_number=self.id_number.text(),
            firm=self.firm.currentText(),
            licence=self.licence.text(),
            first_licensed_on=self.first_licensed_on.day(),
            specialities=self.specialities.tags(),
            term_from=self.term_from.day(),
            term_to=self.term_to.day(),
            politics=self.politics.text(),
            education=self.education.text(),
            position=self.position.text(),
            note=self.note.toPlainText(),
            version=self._start.version,
        )

    def problems(self) -> Sequence[Problem]:
        return lawyer_problems(self.draft())

    def _lay_out(self) -> None:
        self.add_section("基本信息")
        self.add_field(FieldBox("姓名", self.name, "name", required=True), (0, 0))
        self.add_field(FieldBox("性别", self._sex(), "sex"), (0, 1))
        self.add_field(FieldBox("联系电话", self.phone, "phone"), (1, 0))
        self.add_field(FieldBox("电子邮箱", self.email, "email", optional=True), (1, 1))
        self.add_field(FieldBox("身份证号", self.id_number, "id_number", optional=True), (2, 0))
        self.add_field(FieldBox("政治面貌", self.politics, "politics", optional=True), (2, 1))
        self.add_field(FieldBox("学历", self.education, "education", optional=True), (3, 0))
        self.add_field(FieldBox("职务", self.position, "position", optional=True), (3, 1))
        self.add_section("执业信息")
        self.add_field(
            FieldBox(
                "律师事务所", self.firm, "firm", required=True, hint="可从列表选择，也可输入新的律所全称。"
            ),
            (0, 0),
        )
        self.add_field(
            FieldBox("执业证号", self.licence, "licence", required=True, hint="17 位数字。"), (0, 1)
        )
        self.add_field(
            FieldBox("专业领域", self.specialities, "specialities", hint="最多 5 项，第一项作为主要领域。"),
            (1, 0),
            wide=True,
        )
        self.add_field(
            FieldBox("首次执业日期", self.first_licensed_on, "first_licensed_on", optional=True), (2, 0)
        )
        self.add_section("聘期")
        self.add_field(FieldBox("聘期起", self.term_from, "term_from"), (0, 0))
        self.add_field(
            FieldBox(
                "聘期止", self.term_to, "term_to", hint="与现聘期不重叠的，登记为新的聘期，原聘期保留。"
            ),
            (0, 1),
        )
        self.add_section("备注")
        self.note.setFixedHeight(84)
        self.note.setTabChangesFocus(True)
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (0, 0), wide=True)

    def _sex(self) -> QWidget:
        made = QWidget()
        choices = [QRadioButton("男"), QRadioButton("女")]
        for choice in choices:
            choice.setObjectName(f"sex_{choice.text()}")
            self.sexes.addButton(choice)
        made.setLayout(row(*choices, None, spacing=24))
        made.setFixedHeight(32)
        return made

    def _watch(self) -> None:
        for field in (
            self.name,
            self.phone,
            self.email,
            self.licence,
            self.id_number,
            self.politics,
            self.education,
            self.position,
        ):
            field.textEdited.connect(self.mark_dirty)
        for day in (self.first_licensed_on, self.term_from, self.term_to):
            day.edited.connect(self.mark_dirty)
        self.specialities.edited.connect(self.mark_dirty)
        self.firm.editTextChanged.connect(self.mark_dirty)
        self.sexes.buttonClicked.connect(self.mark_dirty)
        self.note.textChanged.connect(self.mark_dirty)
