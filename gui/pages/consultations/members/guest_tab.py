"""Experts of outside, people of courts and agencies: entered by hand, one after the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.consultations.rules.consultations import MemberDraft
from db.consultations.rules.problems import member_problems
from db.errors import errors_only
from db.words.consultation import MemberKind, MemberOrigin
from gui.widgets.basics import button, column, label, row
from gui.widgets.entries import ChoiceEntry, TextEntry
from gui.widgets.fields import FieldBox

KINDS = tuple((kind.value, kind) for kind in MemberKind if kind is not MemberKind.ADVISER)
EXPLAINED = "外部专家发表意见，其余人员列席。姓名、单位、职务按当时的写，会商通知、签到表和纪要照此打印。"


class GuestTab(QWidget):
    """Asks for one person; after he is taken in, the fields are empty for the next."""

    entered = Signal(object)  # MemberDraft

    def __init__(self) -> None:
        super().__init__()
        self.kind = ChoiceEntry(KINDS, "身份")
        self.name, self.unit, self.post, self.phone = (TextEntry() for _ in range(4))
        self.boxes = {
            "kind": FieldBox("身份", self.kind, "guest_kind", required=True),
            "name": FieldBox("姓名", self.name, "guest_name", required=True),
            "unit": FieldBox("单位", self.unit, "guest_unit"),
            "post": FieldBox("职务", self.post, "guest_post", optional=True),
            "phone": FieldBox("联系电话", self.phone, "guest_phone", optional=True),
        }
        self.add = button("加入参会人员", "guest_add", "accent")
        boxes = self.boxes
        self.setLayout(
            column(
                label(EXPLAINED, "second", wraps=True),
                row(boxes["kind"], boxes["name"], spacing=16),
                boxes["unit"],
                row(boxes["post"], boxes["phone"], spacing=16),
                row(self.add, None),
                None,
                spacing=12,
                margins=(20, 16, 20, 16),
            )
        )
        self.kind.set_value(MemberKind.EXPERT)
        self.add.clicked.connect(self.enter)
        for field in (self.name, self.unit, self.post, self.phone):
            field.returnPressed.connect(self.enter)

    def draft(self) -> MemberDraft:
        """Return who stands in the fields."""
        kind = self.kind.value()
        is_expert = kind is MemberKind.EXPERT
        return MemberDraft(
            kind=kind if isinstance(kind, MemberKind) else MemberKind.OTHER,
            origin=MemberOrigin.NAMED if is_expert else MemberOrigin.GUEST,
            name=self.name.text().strip(),
            unit=self.unit.text().strip(),
            post=self.post.text().strip(),
            phone=self.phone.text().strip(),
        )

    def is_typed(self) -> bool:
        """Whether somebody stands in the fields who was not taken in yet."""
        return any(field.text().strip() for field in (self.name, self.unit, self.post, self.phone))

    def enter(self) -> None:
        """Take the person in, or say what is missing."""
        found = errors_only(member_problems(self.draft()))
        for name, box in self.boxes.items():
            text = next((problem.text for problem in found if problem.field == name), "")
            box.say(text, "error" if text else "hint")
            if text:
                box.editor.setFocus()
        if not found:
            self.entered.emit(self.draft())

    def begin_again(self) -> None:
        """Empty the fields for the next person."""
        for field in (self.name, self.unit, self.post, self.phone):
            field.clear()
        self.name.setFocus()
