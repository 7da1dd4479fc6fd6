"""The forms of a ledger: the whole record in sections, and the few fields that a step asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.ledger.declare import Draft, Hand, Ledger, Spec, Step, sections_of
from db.ledger.rules import moved, problems_of, step_problems
from gui.forms.draft_dialog import DraftDialog
from gui.forms.editor import EditorDialog
from gui.forms.short_form import ShortForm
from gui.ledger.entries import LinksEntry, Offers, SecretEntry, entry_of, is_wide, value_of
from gui.widgets.fields import FieldBox

SIZE = QSize(880, 640)
FIRST = "基本信息"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a form stands on: what its links offer, what is read for judging, and the day."""

    offers: Offers
    today: date
    hand: Hand


class FieldSet:
    """The controls of some fields in a form, and the draft that they make."""

    def __init__(self, ledger: Ledger[Any], draft: Draft, specs: Sequence[Spec], ground: Ground) -> None:
        self.ledger, self.specs, self.ground = ledger, specs, ground
        self._draft = draft
        self.entries = {spec.name: entry_of(spec, ground.offers) for spec in specs}

    def place(self, form: DraftDialog, specs: Sequence[Spec]) -> None:
        """Put these fields into the form, two in a row where they are short."""
        at = 0
        for spec in specs:
            entry = self.entries[spec.name]
            box = FieldBox(spec.title, entry, spec.name, required=spec.required, hint=spec.hint)
            wide = is_wide(spec)
            at += at % 2 if wide else 0
            form.add_field(box, (at // 2, at % 2), wide=wide)
            at += 2 if wide else 1

    def show(self, draft: Draft) -> None:
        """Show a draft in the controls."""
        self._draft = draft
        for spec in self.specs:
            self.entries[spec.name].set_value(getattr(draft, spec.name))  # type: ignore[attr-defined] # an ``Entry``

    def draft(self) -> Draft:
        """Return the draft with what stands in the controls."""
        given = {spec.name: value_of(self.entries[spec.name]) for spec in self.specs}
        return replace(self._draft, **given)

    def troubles(self) -> list[Problem]:
        """Say what stands in a field of links that is no record."""
        links = {name: entry for name, entry in self.entries.items() if isinstance(entry, LinksEntry)}
        return [Problem(name, text) for name, entry in links.items() if (text := entry.trouble())]

    def hint(self, form: DraftDialog, hint: Callable[[str, Any], str] | None) -> None:
        """Say below the fields what the subject has to say of what stands in them."""
        if hint:
            draft = self.draft()
            for name in self.entries:
                if said := hint(name, draft):
                    form.boxes[name].set_hint(said)


class LedgerEditor(EditorDialog):
    """Edits a record of a ledger; ``reveal_asked`` is told the field whose number the clerk wants to see."""

    reveal_asked = Signal(str)

    def __init__(
        self, ledger: Ledger[Any], draft: Draft, key: int | None, ground: Ground, parent: QWidget
    ) -> None:
        title = f"{'修改' if key else '登记'}{ledger.noun}"
        super().__init__(title, SIZE, parent, next_text="" if key else "保存并继续登记")
        self.key, self.ledger, self._ground = key, ledger, ground
        specs = [spec for spec in ledger.fields if not spec.by_steps]
        self.fields = FieldSet(ledger, draft, specs, ground)
        for section, own in sections_of(specs):
            self.add_section(section or FIRST)
            self.fields.place(self, own)
        for name, entry in self.fields.entries.items():
            if isinstance(entry, SecretEntry):
                entry.setProperty("field", name)
                entry.reveal_asked.connect(self._on_reveal)
        self.restore(draft)
        self.watch_fields()
        self.typed.connect(self._show_hints)

    def draft(self) -> Draft:
        """Return what stands in the form."""
        return self.fields.draft()

    def restore(self, draft: Draft) -> None:
        """Show a draft."""
        self.fields.show(draft)
        self._show_hints()

    def problems(self) -> list[Problem]:
        found = self.fields.troubles()
        return found + problems_of(self.ledger, self.draft(), self._ground.hand.facts, self._ground.today)

    def reveal(self, name: str) -> None:
        """Show a number in full."""
        entry = self.fields.entries[name]
        if isinstance(entry, SecretEntry):
            entry.reveal()

    def _show_hints(self) -> None:
        self.fields.hint(self, self.ledger.hint)

    def _on_reveal(self) -> None:
        self.reveal_asked.emit(str(self.sender().property("field")))


class StepForm(ShortForm):
    """Asks for what a step needs and says before it is taken why it cannot be."""

    def __init__(
        self, ledger: Ledger[Any], step: Step, draft: Draft, key: int, ground: Ground, parent: QWidget
    ) -> None:
        called = ledger.called(draft)
        super().__init__(step.title, f"确认{step.title}", parent, intro=f"{ledger.noun}：{called}")
        self.key, self.ledger, self.step, self._ground = key, ledger, step, ground
        needed = set(step.needed)
        specs = [
            replace(spec, required=spec.required or spec.name in needed)
            for spec in map(ledger.spec, step.asks)
        ]
        self.fields = FieldSet(ledger, draft, specs, ground)
        self.fields.place(self, specs)
        self.restore(draft)
        self.watch_fields()

    def draft(self) -> Draft:
        """Return the record with what stands in the form."""
        return self.fields.draft()

    def restore(self, draft: Draft) -> None:
        """Show a draft."""
        self.fields.show(draft)

    def problems(self) -> list[Problem]:
        ground = self._ground
        after = moved(self.step, self.draft(), ground.hand.who)
        found = step_problems(self.ledger, self.step, after, ground.hand, ground.today)
        return [*self.fields.troubles(), *found]
