"""One line of a list of records: its columns, its cells, and what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from gui.look.icons import pixmap
from gui.widgets.basics import button, clear, column, label, row, set_property
from gui.widgets.entries import (
    ChoiceEntry,
    DayEntry,
    DecimalEntry,
    Entry,
    KeyEntry,
    NameEntry,
    NumberEntry,
    PickEntry,
    TextEntry,
    TickEntry,
)
from gui.widgets.growing import GrowingText

REMOVE_WIDTH = 28
GAP = 6
ICONS = {"error": ("circle-alert", "dg"), "warning": ("triangle-alert", "wn"), "hint": ("info", "tx3")}
Said = tuple[str, str]  # text, severity: error, warning or hint


class Kind(Enum):
    """What is typed into a column."""

    TEXT = auto()
    NUMBER = auto()
    DECIMAL = auto()
    DAY = auto()
    CHOICE = auto()
    TICK = auto()
    NAME = auto()  # text, with names on offer
    PICK = auto()  # one of the records on offer, by its id
    LONG = auto()  # text of several lines; Enter still goes to the next record
    KEY = auto()  # which stored record it is; not shown


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column: ``name`` is the record's attribute, ``width`` in pixels, 0 for the room that is left.

    A column with ``below`` stands in a second row of each line, named by its ``placeholder``. A choice whose
    ``placeholder`` is empty has to be made.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 0
    choices: tuple[tuple[str, object], ...] = ()
    placeholder: str = ""
    below: bool = False

    def make(self) -> QWidget:
        """Return an empty cell."""
        makers: dict[Kind, Callable[[], QWidget]] = {
            Kind.TEXT: lambda: TextEntry(self.placeholder),
            Kind.NUMBER: lambda: NumberEntry(self.placeholder),
            Kind.DECIMAL: lambda: DecimalEntry(self.placeholder),
            Kind.DAY: DayEntry,
            Kind.CHOICE: lambda: ChoiceEntry(self.choices, self.title, nothing=self.placeholder),
            Kind.TICK: lambda: TickEntry(self.placeholder),
            Kind.NAME: lambda: NameEntry(self.placeholder),
            Kind.PICK: lambda: PickEntry(self.placeholder),
            Kind.LONG: lambda: GrowingText(self.placeholder),
            Kind.KEY: KeyEntry,
        }
        made = makers[self.kind]()
        made.setProperty("dense", True)
        if self.width:
            made.setFixedWidth(self.width)
        return made


class Line(QWidget):
    """One record: its cells, the button that takes it away, and what is wrong with it."""

    remove_asked = Signal(QWidget)

    def __init__(self, columns: Sequence[LineColumn]) -> None:
        super().__init__()
        self.cells = {c.name: c.make() for c in columns}
        self.visited: set[str] = set()
        self.said: list[Said] = []
        self.remove = button("", "remove_line", "ghost", "x", "删去这一行（Ctrl+Delete）")
        self.remove.setProperty("small", True)
        self.remove.setFixedWidth(REMOVE_WIDTH)
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove.clicked.connect(self._ask)
        self._messages = column(spacing=2)
        shown = [c for c in columns if c.kind is not Kind.KEY]
        for c in columns:
            if c.kind is Kind.KEY:
                self.cells[c.name].setParent(self)
        upper = self._row([c for c in shown if not c.below], self.remove)
        lower = self._row([c for c in shown if c.below], REMOVE_WIDTH + GAP)
        self.setLayout(column(upper, lower, self._messages, spacing=4))

    def entry(self, name: str) -> Entry:
        """Return a cell by its column."""
        return cast("Entry", self.cells[name])

    def is_blank(self) -> bool:
        """Say whether nothing at all was typed or chosen."""
        return all(self.entry(name).is_blank() for name in self.cells)

    def say(self, found: Mapping[str, Sequence[Said]]) -> None:
        """Mark the cells and say below what is wrong, in the order of the columns."""
        for name, cell in self.cells.items():
            is_wrong = any(severity == "error" for _, severity in found.get(name, ()))
            set_property(cell, "invalid", is_wrong)
            cell.setAccessibleDescription("；".join(text for text, _ in found.get(name, ())))
        said = [one for name in self.cells for one in found.get(name, ())]
        if said != self.said:
            self.said = said
            clear(self._messages)
            for text, severity in said:
                self._messages.addLayout(_message(text, severity))

    def _row(self, columns: Sequence[LineColumn], end: QWidget | int) -> QLayout:
        made = row(*(self.cells[c.name] for c in columns), spacing=GAP)
        if any(c.kind is Kind.LONG for c in columns):
            for c in columns:
                made.setAlignment(self.cells[c.name], Qt.AlignmentFlag.AlignTop)
        for at, c in enumerate(columns):
            if not c.width:
                made.setStretch(at, 1)
        if isinstance(end, QWidget):
            made.addWidget(end)
        elif columns:
            made.addSpacing(end)
        if columns and all(c.width for c in columns):
            made.addStretch(1)
        return made

    def _ask(self) -> None:
        self.remove_asked.emit(self)


def _message(text: str, severity: str) -> QLayout:
    name, token = ICONS[severity]
    picture = QLabel()
    picture.setPixmap(pixmap(name, token, 13, 2.0))
    words = label(text, wraps=True)
    words.setProperty("message", severity)
    made = row(picture, words, spacing=5)
    made.setStretch(1, 1)
    made.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
    return made
