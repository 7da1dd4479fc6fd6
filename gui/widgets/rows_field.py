"""A field for a list of small records, as lines of a grid that is filled without a mouse."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLayout, QVBoxLayout, QWidget

from gui.look.icons import pixmap
from gui.widgets.basics import button, clear, column, label, row, set_property
from gui.widgets.entries import (
    ChoiceEntry,
    DayEntry,
    Entry,
    Item,
    NameEntry,
    NumberEntry,
    TextEntry,
    TickEntry,
)

REMOVE_WIDTH = 28
GAP = 6
ICONS = {"error": ("circle-alert", "dg"), "warning": ("triangle-alert", "wn"), "hint": ("info", "tx3")}
Said = tuple[str, str]  # text, severity: error, warning or hint


class Kind(Enum):
    """What is typed into a column."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()
    CHOICE = auto()
    TICK = auto()
    NAME = auto()  # text, with names on offer


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
            Kind.DAY: DayEntry,
            Kind.CHOICE: lambda: ChoiceEntry(self.choices, self.title, nothing=self.placeholder),
            Kind.TICK: lambda: TickEntry(self.placeholder),
            Kind.NAME: lambda: NameEntry(self.placeholder),
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
        upper = self._row([c for c in columns if not c.below], self.remove)
        lower = self._row([c for c in columns if c.below], REMOVE_WIDTH + GAP)
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


class RowsField(QWidget):
    """Edits a tuple of records of one dataclass.

    Tab goes through the cells; Enter goes to the next line, and adds one after the last; Ctrl+Insert adds a
    line below, Ctrl+Delete takes the line away. Blank lines at the end are no records. Lines count from 0.
    """

    edited = Signal()
    left_cell = Signal()

    def __init__(self, record: type[Any], columns: Sequence[LineColumn], what: str) -> None:
        """``what`` is what one line is called (原任职), for the button that adds one."""
        super().__init__()
        self._record, self._columns = record, tuple(columns)
        self._offers: dict[str, list[Item]] = {}
        self._removed: list[tuple[int, dict[str, object]]] = []
        self.lines: list[Line] = []
        self.error_count = 0
        self.heads = self._make_heads()
        self.add = button(f"添加{what}", "add_line", "link", "plus")
        self.restore = button("恢复刚删去的一行", "restore_line", "link", "undo-2")
        self.keys = label("回车 下一行，Ctrl+Insert 添加，Ctrl+Delete 删去", "hint")
        self._body = QVBoxLayout()
        self._body.setSpacing(12 if any(c.below for c in self._columns) else 6)
        self.setLayout(
            column(
                self.heads, self._body, row(self.add, 12, self.restore, None, self.keys, spacing=0), spacing=4
            )
        )
        self.add.clicked.connect(self.add_line)
        self.restore.clicked.connect(self.restore_line)
        self.add.installEventFilter(self)
        self.keys.hide()
        self._refresh()

    # -- values ----------------------------------------------------------------------------

    def set_offers(self, name: str, items: Iterable[Item]) -> None:
        """Offer names in a column of ``Kind.NAME``: (text, value, search keys)."""
        self._offers[name] = list(items)
        for made in self.lines:
            self._offer(made)

    def set_value(self, records: Iterable[Any]) -> None:
        """Show records."""
        for made in self.lines:
            self._discard(made)
        self.lines.clear()
        self._removed.clear()
        for record in records:
            self._insert(len(self.lines), {c.name: getattr(record, c.name) for c in self._columns})
        self._refresh()

    def value(self) -> tuple[Any, ...]:
        """Return the records; a choice that was not made yet has the record's default, and is a trouble."""
        return tuple(self._record(**self._given(made)) for made in self._filled())

    def troubles(self) -> Iterator[tuple[int, str, str]]:
        """Say what cannot be understood: (line, column's name, text)."""
        for at, made in enumerate(self._filled()):
            for name in made.cells:
                if text := made.entry(name).trouble():
                    yield at, name, text

    # -- problems --------------------------------------------------------------------------

    def mark(self, found: Mapping[tuple[int, str], Sequence[Said]], *, everywhere: bool) -> None:
        """Show problems by (line, column's name): in the cells that were visited, or everywhere."""
        self.error_count = 0
        for at, made in enumerate(self.lines):
            own = {
                name: found.get((at, name), ()) for name in made.cells if everywhere or name in made.visited
            }
            self.error_count += sum(any(s == "error" for _, s in said) for said in own.values())
            made.say(own)

    def is_marked(self) -> bool:
        """Say whether anything is said of any line."""
        return any(made.said for made in self.lines)

    def enter(self) -> None:
        """Go to the first cell, or to the button that adds one."""
        if self.lines:
            self._focus(0)
        else:
            self.add.setFocus()

    def go_to_first_error(self) -> QWidget | None:
        """Move to the first cell with an error, and return it."""
        for made in self.lines:
            for cell in made.cells.values():
                if cell.property("invalid"):
                    cell.setFocus(Qt.FocusReason.TabFocusReason)
                    return cell
        return None

    # -- lines -----------------------------------------------------------------------------

    def add_line(self) -> None:
        """Add a line at the end and begin it."""
        self._insert(len(self.lines), {})
        self._refresh()
        self._focus(len(self.lines) - 1)

    def remove_line(self, at: int) -> None:
        """Take a line away; it can be restored while the form is open."""
        made = self.lines.pop(at)
        if not made.is_blank():
            self._removed.append((at, {name: made.entry(name).value() for name in made.cells}))
        self._discard(made)
        self._refresh()
        if self.lines:
            self._focus(min(at, len(self.lines) - 1))
        else:
            self.add.setFocus()
        self.edited.emit()

    def restore_line(self) -> None:
        """Bring back the line that was taken away last."""
        if self._removed:
            at, values = self._removed.pop()
            at = min(at, len(self.lines))
            self._insert(at, values)
            self._refresh()
            self._focus(at)
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._on_key(watched, event)
        if event.type() is QEvent.Type.FocusIn:
            self.keys.show()
        elif event.type() is QEvent.Type.FocusOut:
            self.keys.hide()
        if event.type() is QEvent.Type.FocusOut and (at := self._line_of(watched)) is not None:
            self.lines[at].visited.add(str(watched.property("column")))
            self.left_cell.emit()
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        at = self._line_of(watched)
        with_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if with_ctrl and event.key() == Qt.Key.Key_Insert:
            at = len(self.lines) if at is None else at + 1
            self._insert(at, {})
            self._refresh()
            self._focus(at)
            return True
        if at is None:
            return False
        if with_ctrl and event.key() == Qt.Key.Key_Delete:
            self.remove_line(at)
            return True
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if is_plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go_on(at)
            return True
        return False

    def _go_on(self, at: int) -> None:
        """Go to the next line; after a blank last line, to what comes next."""
        if at + 1 < len(self.lines):
            self._focus(at + 1)
        elif self.lines[at].is_blank():
            self.add.setFocus()
        else:
            self.add_line()

    def _given(self, made: Line) -> dict[str, object]:
        given = {name: made.entry(name).value() for name in made.cells}
        must = {c.name for c in self._columns if c.kind is Kind.CHOICE and not c.placeholder}
        return {name: value for name, value in given.items() if value is not None or name not in must}

    def _filled(self) -> list[Line]:
        """Return the lines up to the last that is not blank."""
        last = max((at for at, made in enumerate(self.lines) if not made.is_blank()), default=-1)
        return self.lines[: last + 1]

    def _line_of(self, cell: QObject) -> int | None:
        return next((at for at, made in enumerate(self.lines) if cell in made.cells.values()), None)

    def _focus(self, at: int) -> None:
        next(iter(self.lines[at].cells.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _insert(self, at: int, values: Mapping[str, object]) -> None:
        made = Line(self._columns)
        self._offer(made)
        for name, cell in made.cells.items():
            if name in values:
                made.entry(name).set_value(values[name])
            cell.setProperty("column", name)
            cell.installEventFilter(self)
            made.entry(name).edited.connect(self.edited)
        made.remove_asked.connect(self._on_remove_asked)
        self.lines.insert(at, made)
        self._body.insertWidget(at, made)
        made.show()  # at once, so that it can take the focus

    def _offer(self, made: Line) -> None:
        for name, items in self._offers.items():
            cell = made.cells[name]
            if isinstance(cell, NameEntry):
                cell.set_items(items)

    def _discard(self, made: Line) -> None:
        for cell in made.cells.values():
            cell.removeEventFilter(self)
        self._body.removeWidget(made)
        made.hide()
        made.deleteLater()

    def _on_remove_asked(self, made: Line) -> None:
        self.remove_line(self.lines.index(made))

    def _refresh(self) -> None:
        """Name the cells by their lines, and let Tab go through them in reading order."""
        order: list[QWidget] = [self._widget_before()]
        for at, made in enumerate(self.lines):
            for c in self._columns:
                cell = made.cells[c.name]
                cell.setObjectName(f"{self.objectName()}_{at}_{c.name}")
                cell.setAccessibleName(f"{c.title} 第 {at + 1} 行")
                order.append(cell)
        for before, after in pairwise([*order, self.add, self.restore]):
            QWidget.setTabOrder(before, after)
        self.heads.setVisible(bool(self.lines))
        self.restore.setVisible(bool(self._removed))

    def _widget_before(self) -> QWidget:
        """Return the widget from which Tab comes into this field; new cells would else be the form's last."""
        before: QWidget = self
        while (other := before.previousInFocusChain()) is not None and other is not self:
            before = other
            if before.focusPolicy() & Qt.FocusPolicy.TabFocus:
                break
        return before

    def _make_heads(self) -> QWidget:
        made = QWidget()
        layout = row(spacing=GAP)
        shown = [c for c in self._columns if not c.below]
        for c in shown:
            head = label(c.title, "caption")
            if c.width:
                head.setFixedWidth(c.width)
            layout.addWidget(head, 0 if c.width else 1)
        if all(c.width for c in shown):
            layout.addStretch(1)
        layout.addSpacing(REMOVE_WIDTH + GAP)  # a layout puts no gap before a spacer
        made.setLayout(layout)
        return made


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
