"""Which case of a pasted text is at hand, where the text speaks of several; and the names typed of its parties."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from db.cases.rules.cases import AgentDraft
from db.formats.recognise.agencies import AgencyRecogniser
from db.intake.rules import Part, read_parts
from db.words.case import AgentKind
from gui.widgets.basics import Strip, column


class PartsBar(QWidget):
    """Names the cases of a text, to be taken one after another; hidden where there is one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("intake_parts")
        self.cases, self.said = QComboBox(), Strip("ok")
        self.cases.setObjectName("intake_part")
        self.cases.setAccessibleName("这段文字里的案件")
        self._parts: Sequence[Part] = read_parts("", date.min)
        self._saved: set[int] = set()
        self.setLayout(column(self.said, self.cases, spacing=8))
        self.cases.currentIndexChanged.connect(self._on_chosen)
        self.hide()

    @property
    def part(self) -> Part:
        """What the text says of the case at hand."""
        return self._parts[max(self.cases.currentIndex(), 0)]

    def read(self, text: str, today: date, known: AgencyRecogniser) -> None:
        """Read a text anew; the first of its cases is at hand."""
        self._parts, self._saved = read_parts(text, today, known), set()
        self._show(0)

    def go_on(self) -> bool:
        """Take the case at hand as saved and go to the next; say whether there is one."""
        self._saved.add(self.cases.currentIndex())
        left = [at for at in range(len(self._parts)) if at not in self._saved]
        if left:
            after = (at for at in left if at > self.cases.currentIndex())
            self._show(next(after, left[0]))
            self.changed.emit()
        return bool(left)

    def left(self) -> int:
        """Return how many cases are still to be saved."""
        return len(self._parts) - len(self._saved)

    def _show(self, at: int) -> None:
        self.cases.blockSignals(True)
        self.cases.clear()
        for number, part in enumerate(self._parts):
            self.cases.addItem(_title(number, part) + ("（已保存）" if number in self._saved else ""))
        self.cases.setCurrentIndex(at)
        self.cases.blockSignals(False)
        self.setVisible(len(self._parts) > 1)
        self._say()

    def _say(self) -> None:
        saved = f"，已保存 {len(self._saved)} 件" if self._saved else ""
        self.said.say(
            f"这段文字里有 {len(self._parts)} 件案件{saved}，请逐件核对、保存，保存一件后接着下一件。", "ok"
        )

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()


def _title(number: int, part: Part) -> str:
    sides = ("、".join(part.read.values(side)[:2]) for side in ("plaintiff", "defendant"))
    named = " 诉 ".join(filter(None, sides))
    return f"第 {number + 1} 件　{part.read.value('number') or '（未编号）'}　{named}".rstrip("　")


def names_in(text: str) -> list[str]:
    """Return the names typed into one field."""
    return [name.strip() for name in re.split(r"[、，,；;\n]", text) if name.strip()]


def agents_of(typed: str, firms_typed: str) -> Iterable[AgentDraft]:
    """Return the plaintiff's agents; a single firm is that of all of them."""
    names, firms = names_in(typed), names_in(firms_typed)
    of = firms * len(names) if len(firms) == 1 else [*firms, *[""] * len(names)]
    return [
        AgentDraft(name, AgentKind.LAWYER if firm else AgentKind.OTHER, firm)
        for name, firm in zip(names, of, strict=False)
    ]
