"""Who is chosen in an assignment: name and role in a box each, with the agency's consent where one is needed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.assignment.queries.candidates import Candidate
from db.assignment.rules.assignments import Choice, ConsentDraft
from db.assignment.rules.conflicts import Finding
from db.words.assignment import Role, Severity
from gui.widgets.basics import button, clear, column, label, row, set_property
from gui.widgets.panels import ElidedLabel


class ConsentEntry(QWidget):
    """Asks for the agency's 知情同意 to one finding: who gave it, and what it says."""

    def __init__(self, lawyer_id: int, finding: Finding) -> None:
        super().__init__()
        self.lawyer_id, self.finding = lawyer_id, finding
        self.person, self.reason = QLineEdit(), QLineEdit()
        for field, name, hint in (
            (self.person, "consent_person", "同意人，如 单位法制科科长"),
            (self.reason, "consent_reason", "同意的内容，如 书面同意其代理"),
        ):
            field.setObjectName(f"{name}_{lawyer_id}_{finding.rule}")
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint.split("，")[0])
            field.setProperty("dense", True)
        need = label(f"须单位知情同意：{finding.sentence}", "caption", wraps=True)
        need.setToolTip(finding.article)
        self.setLayout(column(need, self.person, self.reason, spacing=4))

    def draft(self) -> ConsentDraft:
        """Return what is entered."""
        return ConsentDraft(
            self.lawyer_id, self.finding.rule, reason=self.reason.text(), person=self.person.text()
        )

    def is_typed(self) -> bool:
        """Say whether anything is entered."""
        return bool(self.person.text().strip() or self.reason.text().strip())

    def mark(self) -> QLineEdit | None:
        """Mark what is lacking in red; return the first such field."""
        lacking = [field for field in (self.person, self.reason) if not field.text().strip()]
        for field in (self.person, self.reason):
            set_property(field, "invalid", field in lacking)
        return next(iter(lacking), None)


class ChosenBox(QFrame):
    """One chosen lawyer."""

    role_changed = Signal(int)
    removed = Signal(int)

    def __init__(self, candidate: Candidate, role: Role) -> None:
        super().__init__()
        self.candidate = candidate
        self.setProperty("box", True)
        self.setObjectName(f"chosen_{candidate.lawyer_id}")
        self.role = QComboBox()
        self.role.setObjectName("role")
        self.role.setAccessibleName(f"{candidate.name}的分工")
        self.role.setProperty("small", True)
        self.role.addItems([r.value for r in Role])
        self.role.setCurrentText(role.value)
        self.role.setFixedWidth(70)
        self.remove = button("", "unchoose", "ghost", "x", f"不选{candidate.name}")
        self.remove.setProperty("small", True)
        self.remove.setFixedWidth(28)
        self.consents = [
            ConsentEntry(candidate.lawyer_id, f) for f in candidate.findings if f.severity is Severity.CONSENT
        ]
        firm = ElidedLabel(candidate.firm, "second")
        head = row(label(candidate.name, "heading"), firm, self.role, self.remove, spacing=6)
        head.setStretch(1, 1)
        self.setLayout(column(head, *self.consents, spacing=6, margins=(10, 6, 6, 6)))
        self.role.currentIndexChanged.connect(self._on_role)
        self.remove.clicked.connect(self._on_remove)

    def choice(self) -> Choice:
        """Return the lawyer with his role."""
        return Choice(self.candidate.lawyer_id, Role(self.role.currentText()))

    def set_role(self, role: Role) -> None:
        """Show another role without telling."""
        self.role.blockSignals(True)
        self.role.setCurrentText(role.value)
        self.role.blockSignals(False)

    def _on_role(self, _: int) -> None:
        self.role_changed.emit(self.candidate.lawyer_id)

    def _on_remove(self) -> None:
        self.removed.emit(self.candidate.lawyer_id)


class ChosenSide(QWidget):
    """All who are chosen, in the order of choosing; the first leads, until the clerk says otherwise."""

    changed = Signal()
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[ChosenBox] = []
        self.nobody: QLabel = label("按空格键勾选一至两名，先勾选的为主办。", "second", wraps=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.setLayout(column(self.nobody, self._list, spacing=0))

    def keys(self) -> list[int]:
        """Return who is chosen."""
        return [box.candidate.lawyer_id for box in self.boxes]

    def roles(self) -> dict[int, str]:
        """Return the word of each one's role."""
        return {box.candidate.lawyer_id: box.role.currentText() for box in self.boxes}

    def choices(self) -> tuple[Choice, ...]:
        """Return who is chosen, with the roles."""
        return tuple(box.choice() for box in self.boxes)

    def consents(self) -> list[ConsentEntry]:
        """Return the consents that are asked for."""
        return [entry for box in self.boxes for entry in box.consents]

    def add(self, candidate: Candidate) -> None:
        """Choose one more."""
        has_lead = any(box.choice().role is Role.LEAD for box in self.boxes)
        box = ChosenBox(candidate, Role.ASSISTANT if has_lead else Role.LEAD)
        box.role_changed.connect(self._on_role)
        box.removed.connect(self.removed)
        self.boxes.append(box)
        self._list.addWidget(box)
        self._tell()

    def take(self, key: int) -> None:
        """Choose one no more; who is left alone leads."""
        for box in [b for b in self.boxes if b.candidate.lawyer_id == key]:
            self.boxes.remove(box)
            self._list.removeWidget(box)
            box.hide()
            box.deleteLater()
        if len(self.boxes) == 1:
            self.boxes[0].set_role(Role.LEAD)
        self._tell()

    def keep(self, candidates: Sequence[Candidate]) -> list[str]:
        """Keep those who may still be chosen, as they stand now; return the names of the others."""
        known = {c.lawyer_id: c for c in candidates if not c.is_blocked}
        old, gone = self.boxes, []
        self.boxes = []
        clear(self._list)
        for box in old:
            if fresh := known.get(box.candidate.lawyer_id):
                self.add(fresh)
                self.boxes[-1].set_role(Role(box.role.currentText()))
            else:
                gone.append(box.candidate.name)
        self._tell()
        return gone

    def _on_role(self, key: int) -> None:
        """One leads: who is made lead takes it from the other, who hands it over gives it to the other."""
        others = [box for box in self.boxes if box.candidate.lawyer_id != key]
        own = next(box for box in self.boxes if box.candidate.lawyer_id == key)
        is_lead = own.choice().role is Role.LEAD
        for box in others:
            box.set_role(Role.ASSISTANT if is_lead else Role.LEAD)
        self._tell()

    def _tell(self) -> None:
        self.nobody.setVisible(not self.boxes)
        self.changed.emit()
