"""The sign-in of the record: one line for each person invited."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.consultations.rules.consultations import SignInDraft
from db.words.consultation import InvitationAnswer
from gui.widgets.basics import button, column, label, row
from gui.widgets.entries import ChoiceEntry, DayEntry, Entry, TextEntry, TickEntry
from gui.widgets.panels import ElidedLabel

HEADS = ("姓名", "单位", "答复", "到场时间", "回避声明", "意见表签署日", "请假理由")
WIDTHS = (76, 0, 92, 72, 72, 112, 128)


class SignInField(QWidget):
    """Who came and when; fixed lines, since nobody is invited here."""

    edited = Signal()

    def __init__(self, people: Sequence[tuple[int, str, str]]) -> None:
        """``people`` are (member, name, unit) in the order of the list."""
        super().__init__()
        self._cells: dict[int, dict[str, Entry]] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for at, head in enumerate(HEADS):
            self._grid.addWidget(label(head, "caption"), 0, at)
        for at, (key, name, unit) in enumerate(people, start=1):
            self._add(at, key, name, unit)
        self.all_came = button("全部到场", "all_came", "link", tip="没有请假的，都记为按时到场、已作回避声明")
        self.all_came.clicked.connect(self._on_all_came)
        self.usual_time = "14:30"
        self.setLayout(column(self._grid, row(self.all_came, None), spacing=6))

    def fill(self, drafts: Sequence[SignInDraft]) -> None:
        """Show what is recorded of each."""
        for draft in drafts:
            if cells := self._cells.get(draft.member_id):
                for name, cell in cells.items():
                    cell.set_value(getattr(draft, name))

    def drafts(self) -> tuple[SignInDraft, ...]:
        """Return what the lines say now."""
        return tuple(
            SignInDraft(
                member_id=key,
                answer=_answer(cells["answer"].value()),
                answer_reason=str(cells["answer_reason"].value() or "").strip(),
                arrived_at=str(cells["arrived_at"].value() or "").strip().replace("：", ":"),
                has_declared=bool(cells["has_declared"].value()),
                signed_on=_day(cells["signed_on"]),
            )
            for key, cells in self._cells.items()
        )

    def trouble(self) -> str:
        """Say which date cannot be read, or nothing."""
        texts = (cells["signed_on"].trouble() for cells in self._cells.values())
        return next((text for text in texts if text), "")

    def _add(self, at: int, key: int, name: str, unit: str) -> None:
        answers = tuple((answer.value, answer) for answer in InvitationAnswer)
        cells: dict[str, QWidget] = {
            "answer": ChoiceEntry(answers, "答复", nothing="未答复"),
            "arrived_at": TextEntry("时:分"),
            "has_declared": TickEntry("无回避"),
            "signed_on": DayEntry(),
            "answer_reason": TextEntry(),
        }
        self._grid.addWidget(label(name), at, 0)
        self._grid.addWidget(ElidedLabel(unit, "second"), at, 1)
        for place, (field, cell) in enumerate(cells.items(), start=2):
            cell.setProperty("dense", True)
            cell.setFixedWidth(WIDTHS[place])
            cell.setObjectName(f"sign_in_{key}_{field}")
            cell.setAccessibleName(f"{name} {HEADS[place]}")
            self._grid.addWidget(cell, at, place)
        self._cells[key] = cells  # type: ignore[assignment] # each of them is an ``Entry``
        for entry in self._cells[key].values():
            entry.edited.connect(self.edited)

    def _on_all_came(self) -> None:
        for cells in self._cells.values():
            if cells["answer"].value() is InvitationAnswer.LEAVE:
                continue
            cells["answer"].set_value(InvitationAnswer.ATTENDS)
            if cells["arrived_at"].is_blank():
                cells["arrived_at"].set_value(self.usual_time)
            cells["has_declared"].set_value(True)
        self.edited.emit()


def _answer(value: object) -> InvitationAnswer | None:
    return value if isinstance(value, InvitationAnswer) else None


def _day(entry: Entry) -> date | None:
    value = entry.value()
    return value if isinstance(value, date) else None
