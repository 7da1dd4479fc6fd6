"""What the panel beside a ledger's list shows of a record: steps, facts by section, files, history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from db.ledger.declare import Book, Link, Links, Spec, sections_of
from db.ledger.queries import Row, linked_keys
from db.ledger.words import NOTHING, word_of
from db.office.queries.history import ActLine
from gui.context import Context
from gui.forms.attachments import AttachmentList
from gui.ledger.cells import state_cell
from gui.tables.cell_label import CellLabel
from gui.widgets.basics import button, clear, column, label, line, row
from gui.widgets.flow import flow
from gui.widgets.panels import ElidedLink, fact, section

FIRST = "登记内容"
STEPS_SHOWN = 3  # as buttons; all of them are in the page's menu


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the panel shows of one record; ``changes`` are those of each act, by its key."""

    row: Row
    acts: tuple[ActLine, ...]
    changes: Mapping[int, tuple[str, ...]]


class LedgerPanel(QWidget):
    """Shows a record; asks by signals for a step, an edit, or another page."""

    step_asked = Signal(str)
    edit_asked = Signal()
    record_asked = Signal(str, int)  # page, key

    def __init__(self, context: Context, book: Book[Any]) -> None:
        super().__init__()
        self._book = book
        self.setObjectName(f"{book.ledger.name}_details")
        self._head, self._facts, self._history = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        kinds = (*book.ledger.files, "其他") if "其他" not in book.ledger.files else book.ledger.files
        self.files = AttachmentList(context, book.ledger.table, kinds)
        self.setLayout(
            column(
                self._head, line(), self._facts, line(), self.files, line(), self._history, None, spacing=0
            )
        )
        self.hide()

    def show_record(self, shown: Shown | None) -> None:
        """Show a record, or nothing."""
        self.setVisible(shown is not None)
        if shown is None:
            return
        for layout in (self._head, self._facts, self._history):
            clear(layout)
        self._head.addLayout(self._title(shown.row))
        for title, specs in sections_of(self._book.ledger.fields):
            facts = [made for spec in specs if (made := self._fact(spec, shown.row))]
            if facts:
                self._facts.addLayout(section(title or FIRST, "", facts))
        self.files.show_record(shown.row.key)
        self._history.addLayout(_history(shown))

    def _title(self, shown: Row) -> QLayout:
        ledger = self._book.ledger
        name = label(ledger.called(shown.draft), "heading", wraps=True, selectable=True)
        buttons: list[QWidget] = []
        for step in ledger.steps:
            if not step.offered or shown.state in step.offered:
                kind = "accent" if not buttons else ""
                tip = f"{step.title}（{step.key}）" if step.key else step.title
                made = button(step.title, f"{ledger.name}_{step.name}", kind, tip=tip)
                made.setProperty("small", True)
                made.setProperty("step", step.name)
                made.clicked.connect(self._on_step)
                buttons.append(made)
        edit = button("修改", f"{ledger.name}_edit", "")
        edit.setProperty("small", True)
        edit.clicked.connect(self.edit_asked)
        acts = flow(*buttons[:STEPS_SHOWN], edit, spacing=6)
        state = row(CellLabel(state_cell(ledger, shown.state)), None)
        return column(state, name, acts, spacing=8, margins=(20, 16, 20, 14))

    def _fact(self, spec: Spec, shown: Row) -> QWidget | None:
        value = shown.value(spec.name)
        if isinstance(spec, Link | Links):
            return self._links(spec, shown)
        words = word_of(spec, value, ())
        if not words and not spec.required:
            return None
        return fact(spec.title, label(words or NOTHING, wraps=True, selectable=True))

    def _links(self, spec: Link | Links, shown: Row) -> QWidget | None:
        page = self._book.resolve(spec.to).page
        parts: list[QWidget] = []
        for key, name in zip(linked_keys(spec, shown.draft), shown.names[spec.name], strict=True):
            if page:
                made = ElidedLink(name, f"{spec.name}_{key}")
                made.setProperty("record", (page, key))
                made.clicked.connect(self._on_link)
                parts.append(made)
            else:
                parts.append(label(name, wraps=True, selectable=True))
        many = QWidget()
        many.setLayout(column(*parts, spacing=2))
        return fact(spec.title, many) if parts else None

    def _on_step(self) -> None:
        self.step_asked.emit(str(self.sender().property("step")))

    def _on_link(self) -> None:
        page, key = self.sender().property("record")
        self.record_asked.emit(str(page), int(key))


def _history(shown: Shown) -> QLayout:
    parts: list[QLayout] = []
    for act in shown.acts:
        when = f"{act.at.astimezone():%Y-%m-%d %H:%M}　{act.clerk}" + ("　已撤销" if act.undone else "")
        said = [
            label(text, "second", wraps=True, selectable=True) for text in shown.changes.get(act.gesture, ())
        ]
        parts.append(column(label(act.label, wraps=True), label(when, "caption"), *said, spacing=1))
    made = section("变更记录", f"{len(parts)} 条", parts)
    made.setSpacing(12)
    return made
