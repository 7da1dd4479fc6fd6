"""The cause of action: the second level from the list, the third from the list or as typed."""

from collections.abc import Sequence

from db.office.queries.reference import CauseChoice
from gui.widgets.pickers import Picker


class CauseFields:
    """Two pickers; the second offers the causes below the one that stands in the first."""

    def __init__(self, causes: Sequence[CauseChoice]) -> None:
        self._causes = causes
        self.top, self.third = Picker(free=False), Picker(free=True)
        self.top.set_items((c.name, c.key, ()) for c in causes if not c.parent)
        self.follow()

    def fill(self, cause_id: int | None, text: str) -> None:
        """Show a cause; ``text`` is the third level where it was typed."""
        chosen = next((c for c in self._causes if c.key == cause_id), None)
        parent = chosen.parent if chosen else ""
        above = next((c.key for c in self._causes if not c.parent and c.name == parent), None)
        self.top.set_value(above if parent else cause_id)
        self.follow()
        self.third.setEditText(text or (chosen.name if chosen and parent else ""))
        self._kept = (cause_id, self.top.currentText(), text)

    def value(self) -> tuple[int | None, str]:
        """Return the cause on the list, and what was typed beyond it."""
        top, typed = self.top.value(), self.third.currentText().strip()
        top_id = top if isinstance(top, int) else None
        below = next((c for c in self._below() if c.name == typed), None)
        if below is not None:
            return below.key, ""
        cause_id, top_text, text = self._kept
        if typed and (typed, self.top.currentText()) == (text, top_text):
            return cause_id, text  # as it was: a third-level cause under a name of the clerk's own
        return top_id, typed

    def follow(self, *_: object) -> None:
        """Offer what is below the cause in the first picker; all of them while none is chosen."""
        self.third.set_items((c.name, c.key, ()) for c in self._below())

    def _below(self) -> list[CauseChoice]:
        top = self.top.currentText().strip()
        return [c for c in self._causes if c.parent and (c.parent == top or not top)]

    _kept: tuple[int | None, str, str] = (None, "", "")
