"""The right side of an assignment: who is chosen, why, with what authority, from when, and the letter."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.assignment.queries.assigning import AssignOffer
from db.assignment.rules.assignments import AssignmentDraft
from db.errors import Problem
from db.law.agents import MAX_AGENTS
from db.words.assignment import Mandate
from gui.pages.cases.assigning.chosen import ChosenSide
from gui.widgets.basics import Strip, button, column, label, pane, row
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.scrolling import TallArea

WIDTH = 292


class ChoiceSide(QWidget):
    """Holds the choice and all fields of the assignment."""

    day_changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._today = today
        self._generated = ""
        self._day: date | None = today
        self._wants_no_other = False
        self.chosen = ChosenSide()
        self.limit = label("", "caption")
        self.strip = Strip("dg")
        self.warning = Strip("wn")
        self.alternate = QComboBox()
        self.reason = QPlainTextEdit()
        self.again = button("重新生成", "reason_again", "link", tip="按所选顾问的各项评分重新写")
        self.mandate, self.assigned_on = QComboBox(), DateField()
        self.with_letter = QCheckBox("出具推荐函，供单位选择")
        self.number, self.addressee = QLineEdit(), QLineEdit()
        hint = "一并写入推荐函，供单位选择。"
        self.boxes = {
            "alternate": FieldBox("另推荐", self.alternate, "alternate", hint=hint),
            "reason": FieldBox("推荐理由", self.reason, "reason"),
            "mandate": FieldBox("授权", self.mandate, "mandate"),
            "assigned_on": FieldBox("分派日期", self.assigned_on, "assigned_on"),
            "number": FieldBox("推荐函文号", self.number, "letter_number", hint="确认时编定，不会重号。"),
            "addressee": FieldBox("送达单位", self.addressee, "addressee"),
        }
        self._build()
        self._connect()

    # -- data ------------------------------------------------------------------------------

    def draft(self, case_id: int, party_id: int, version: int) -> AssignmentDraft:
        """Return what the side says now."""
        other = self.alternate.currentData() if self._offers_other() else None
        return AssignmentDraft(
            case_id=case_id,
            party_id=party_id,
            choices=self.chosen.choices(),
            alternates=(other,) if isinstance(other, int) else (),
            mandate=Mandate(self.mandate.currentText()),
            assigned_on=self.assigned_on.day(),
            reason=self.reason.toPlainText(),
            consents=tuple(entry.draft() for entry in self.chosen.consents() if entry.is_typed()),
            with_letter=self.with_letter.isChecked(),
            version=version,
        )

    def day(self) -> date:
        """Return the day of the assignment, today while it is not understood."""
        return self.assigned_on.day() or self._today

    def is_typed(self) -> bool:
        """Say whether something would be lost."""
        written = self.reason.toPlainText().strip() != self._generated.strip()
        return written or any(entry.is_typed() for entry in self.chosen.consents())

    def problems(self) -> list[Problem]:
        """Say what is missing; an amber flag wants words of the clerk's own."""
        found = []
        if text := self.assigned_on.trouble():
            found.append(Problem("assigned_on", text))
        elif self.assigned_on.day() is None:
            found.append(Problem("assigned_on", "请填写分派日期。"))
        if any(entry.mark() for entry in self.chosen.consents()):
            found.append(Problem("consents", "须有单位的知情同意，请登记同意人和内容。"))
        written = self.reason.toPlainText().strip()
        if self._warnings() and written in {"", self._generated.strip()}:
            found.append(Problem("reason", "所选顾问有提示事项，请写明核对的情况。"))
        return found

    # -- showing ---------------------------------------------------------------------------

    def show_offer(self, offer: AssignOffer, party: str) -> None:
        """Show the number that the letter would get, and to whom it goes."""
        self.number.setText(offer.next_number)
        self.addressee.setText(party)
        self.addressee.setCursorPosition(0)

    def show_choice(self, offer: AssignOffer, generated: str) -> None:
        """Follow what is ticked: how many, what is to be looked at, who else may be recommended, and why."""
        taken = offer.case.acting + len(self.chosen.boxes)
        self.limit.setText(f"{taken} / {MAX_AGENTS}" + ("，已满" if taken >= MAX_AGENTS else ""))
        self.warning.say("\n".join(self._warnings()), "wn")
        self._offer_others(offer)
        if self.reason.toPlainText().strip() == self._generated.strip():
            self._write(generated)
        self._generated = generated
        self.again.setVisible(bool(generated))
        self.boxes["reason"].clear()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem where it belongs, and go to the first."""
        for box in self.boxes.values():
            box.clear()
        for problem in problems:
            if problem.field in self.boxes:
                self.boxes[problem.field].say(problem.text, "error")
        rest = [p.text for p in problems if p.field not in self.boxes]
        self.strip.say("；".join(rest), "dg")
        lacking = [field for entry in self.chosen.consents() if (field := entry.mark())]
        if problems and problems[0].field in self.boxes:
            self.boxes[problems[0].field].editor.setFocus()
        elif lacking and any(p.field == "consents" for p in problems):
            lacking[0].setFocus()

    def _warnings(self) -> list[str]:
        return [
            f"{box.candidate.name}：{f.sentence}。"
            for box in self.chosen.boxes
            for f in box.candidate.findings
        ]

    def _offers_other(self) -> bool:
        return len(self.chosen.boxes) == 1

    def _offer_others(self, offer: AssignOffer) -> None:
        kept, keys = self.alternate.currentData(), self.chosen.keys()
        others = [c for c in offer.candidates if not c.is_blocked and c.lawyer_id not in keys]
        self.alternate.clear()
        self.alternate.addItem("（不另推荐）", None)
        for candidate in others:
            self.alternate.addItem(f"{candidate.name}　{candidate.firm}", candidate.lawyer_id)
        if not self._wants_no_other and self.alternate.findData(kept) < 1:
            kept = next((c.lawyer_id for c in others if not c.findings), None)
        self.alternate.setCurrentIndex(max(0, self.alternate.findData(kept)))
        self.boxes["alternate"].setVisible(self._offers_other())

    def _on_other(self, at: int) -> None:
        self._wants_no_other = at == 0

    def _write(self, text: str) -> None:
        """Replace the reason in a way that Ctrl+Z takes back."""
        cursor = self.reason.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def _on_again(self) -> None:
        self._write(self._generated)
        self.reason.setFocus()

    def _on_day(self) -> None:
        day = self.assigned_on.day()
        if day is not None and day != self._day:
            self._day = day
            self.day_changed.emit()

    def _on_reason(self) -> None:
        if self.boxes["reason"].severity:
            self.boxes["reason"].clear()

    def _on_letter(self, is_wanted: bool) -> None:
        for name in ("number", "addressee"):
            self.boxes[name].setVisible(is_wanted)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.mandate.addItems([m.value for m in Mandate])
        self.mandate.setToolTip("特别授权含承认、变更请求，调解、和解，上诉等，须逐项写明。")
        self.assigned_on.set_date(self._today)
        self.reason.setPlaceholderText("写明为什么推荐这几位，留存于分派记录")
        self.reason.setTabChangesFocus(True)
        self.reason.setMinimumHeight(112)
        self.with_letter.setObjectName("with_letter")
        self.with_letter.setChecked(True)
        for field in (self.number, self.addressee):
            field.setReadOnly(True)
            field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.boxes["alternate"].hide()
        pair = row(self.boxes["mandate"], self.boxes["assigned_on"], spacing=10)
        reason = self.boxes["reason"]
        reason.add_beside_title(self.again)
        reason.let_grow()
        inner = pane("subtle")
        inner.setLayout(
            column(
                row(label("已选顾问", "heading"), None, self.limit),
                self.chosen,
                self.strip,
                self.warning,
                self.boxes["alternate"],
                reason,
                pair,
                self.with_letter,
                self.boxes["number"],
                self.boxes["addressee"],
                spacing=10,
                margins=(18, 14, 16, 12),
            )
        )
        if isinstance(layout := inner.layout(), QVBoxLayout):
            layout.setStretchFactor(reason, 1)
        area = TallArea(inner)
        self.setLayout(column(area, spacing=0))

    def _connect(self) -> None:
        self.again.clicked.connect(self._on_again)
        self.alternate.activated.connect(self._on_other)
        self.reason.textChanged.connect(self._on_reason)
        self.assigned_on.editingFinished.connect(self._on_day)
        self.assigned_on.edited.connect(self._on_day)
        self.with_letter.toggled.connect(self._on_letter)
