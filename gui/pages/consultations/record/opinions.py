"""The opinions of the record: a list of who speaks, and of the chosen one what he says on each question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from db.consultations.rules.consultations import OpinionDraft
from db.words.consultation import Risk, Stance
from gui.widgets.basics import column, label, line, row, stretch
from gui.widgets.growing import GrowingText
from gui.widgets.stances import StepsField

WHOLE = "总体意见"
LIST = 132
Place = tuple[int, int | None]  # member, question


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who gives opinions."""

    key: int
    name: str
    unit: str


class OpinionsField(QWidget):
    """Holds the opinions of all; shows those of one. Ctrl+↓ and Ctrl+↑ go to the next and previous speaker."""

    edited = Signal()

    def __init__(self, speakers: Sequence[Speaker], questions: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._speakers = tuple(speakers)
        self._said: dict[Place, OpinionDraft] = {}
        self._is_showing = False
        self.list = QListWidget()
        self.list.setObjectName("opinion_members")
        self.list.setAccessibleName("发表意见的人")
        self.list.setProperty("plain", True)
        self.list.setFixedWidth(LIST)
        self.name = label("", "person")
        self.count = label("", "caption")
        self.blocks: dict[int | None, Block] = {}
        titles = [
            (None, WHOLE),
            *((key, f"议题 {at}　{text}") for at, (key, text) in enumerate(questions, 1)),
        ]
        parts: list[QWidget] = []
        for key, title in titles:
            block = self.blocks[key] = Block(key, title)
            block.edited.connect(self._on_edited)
            parts += [line(), block] if parts else [block]
        keys = label("1 同意，2 保留，3 不同意；Ctrl+↓ 下一人", "hint")
        right = column(row(self.name, self.count, None, keys), *parts, None, spacing=12)
        self.setLayout(row(self.list, line("v"), right, spacing=12))
        stretch(self, 2, 1)
        for speaker in self._speakers:
            item = QListWidgetItem(speaker.name)
            item.setToolTip(speaker.unit)
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._on_speaker)
        for keys_, slot in (("Ctrl+Down", self.next_speaker), ("Ctrl+Up", self.previous_speaker)):
            shortcut = QShortcut(QKeySequence(keys_), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.list.setCurrentRow(0)

    def fill(self, drafts: Sequence[OpinionDraft]) -> None:
        """Show opinions."""
        self._said = {(draft.member_id, draft.question_id): draft for draft in drafts}
        self._show()
        for at in range(len(self._speakers)):
            self._mark(at)

    def drafts(self) -> tuple[OpinionDraft, ...]:
        """Return what was entered, in the order of the speakers and the questions."""
        places = [(speaker.key, question) for speaker in self._speakers for question in self.blocks]
        found = (self._said[place] for place in places if place in self._said)
        return tuple(draft for draft in found if not draft.is_blank)

    def go_to(self, member: int, question: int | None) -> QWidget | None:
        """Show what a member says on a question, and go there."""
        at = next((i for i, speaker in enumerate(self._speakers) if speaker.key == member), None)
        if at is None or question not in self.blocks:
            return None
        self.list.setCurrentRow(at)
        self.blocks[question].stance.setFocus(Qt.FocusReason.TabFocusReason)
        return self.blocks[question]

    def next_speaker(self) -> None:
        """Go to the next speaker's first opinion."""
        self._step(1)

    def previous_speaker(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        at = self.list.currentRow() + by
        if 0 <= at < len(self._speakers):
            self.list.setCurrentRow(at)
            next(iter(self.blocks.values())).stance.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_speaker(self, _at: int) -> None:
        self._show()

    def _show(self) -> None:
        at = self.list.currentRow()
        if not 0 <= at < len(self._speakers):
            return
        speaker = self._speakers[at]
        self._is_showing = True
        self.name.setText(speaker.name)
        self.count.setText(f"{speaker.unit}　{at + 1} / {len(self._speakers)}")
        for question, block in self.blocks.items():
            block.show_draft(self._said.get((speaker.key, question)) or OpinionDraft(speaker.key, question))
            block.name_after(speaker.name)
        self._is_showing = False

    def _on_edited(self) -> None:
        at = self.list.currentRow()
        if self._is_showing or not 0 <= at < len(self._speakers):
            return
        key = self._speakers[at].key
        for question, block in self.blocks.items():
            self._said[key, question] = block.draft(OpinionDraft(key, question))
        self._mark(at)
        self.edited.emit()

    def _mark(self, at: int) -> None:
        """Say in the list how far a speaker's opinions are entered."""
        speaker = self._speakers[at]
        given = [d.stance for (member, _), d in self._said.items() if member == speaker.key and d.stance]
        gravest = max(given, key=list(Stance).index, default=None)
        self.list.item(at).setText(f"{speaker.name}  {gravest.value if gravest else '—'}")


class Block(QWidget):
    """One opinion: where the member stands, what he says, what he proposes, how he sees the risk."""

    edited = Signal()

    def __init__(self, key: int | None, title: str) -> None:
        super().__init__()
        name = f"opinion_{key or 'whole'}"
        self.setObjectName(name)
        self._title = title.split("　", maxsplit=1)[0]
        self.title = label(title, "heading", wraps=True)
        self.stance = StepsField([(s.value, s) for s in Stance], f"{name}_stance", "意见")
        self.risk = StepsField([(r.value, r) for r in Risk], f"{name}_risk", "败诉风险")
        self.text = GrowingText("意见和理由", least=2)
        self.proposal = GrowingText("建议的处理办法，选填")
        self.text.setObjectName(f"{name}_text")
        self.proposal.setObjectName(f"{name}_proposal")
        head = row(self.stance, 12, label("败诉风险", "second"), self.risk, None)
        self.setLayout(column(self.title, head, self.text, self.proposal, spacing=6))
        for part in (self.stance, self.risk, self.text, self.proposal):
            part.edited.connect(self.edited)

    def name_after(self, who: str) -> None:
        """Tell screen readers whose opinion this is."""
        self.text.setAccessibleName(f"{who} {self._title} 意见和理由")
        self.proposal.setAccessibleName(f"{who} {self._title} 建议")

    def show_draft(self, draft: OpinionDraft) -> None:
        """Show an opinion."""
        self.stance.set_value(draft.stance)
        self.risk.set_value(draft.risk)
        self.text.set_value(draft.text)
        self.proposal.set_value(draft.proposal)

    def draft(self, start: OpinionDraft) -> OpinionDraft:
        """Return what the fields say now."""
        stance, risk = self.stance.value(), self.risk.value()
        return replace(
            start,
            stance=stance if isinstance(stance, Stance) else None,
            risk=risk if isinstance(risk, Risk) else None,
            text=self.text.text(),
            proposal=self.proposal.text(),
        )
