"""A field for a list of small records, as lines of a grid that is filled without a mouse."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.basics import button, column, label, row
from gui.widgets.entries import Item, NameEntry, PickEntry
from gui.widgets.record_line import GAP, REMOVE_WIDTH, Kind, Line, LineColumn, Said

__all__ = ["Kind", "LineColumn", "RowsField"]


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
        self._guesses: list[tuple[str, str, Callable[[str], object]]] = []
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
        """Offer names in a column of ``Kind.NAME`` or ``Kind.PICK``: (text, value, search keys)."""
        self._offers[name] = list(items)
        for made in self.lines:
            self._offer(made)

    def set_guess(self, source: str, target: str, guess: Callable[[str], object]) -> None:
        """Fill the cell ``target``, if it is blank, with what ``guess`` takes from the text left in ``source``."""
        self._guesses.append((source, target, guess))

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

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Return what is typed: (line, column's name, text)."""
        for at, made in enumerate(self._filled()):
            for name in made.cells:
                if isinstance(value := made.entry(name).value(), str):
                    yield at, name, value

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
            if (at := self._line_of(watched)) is not None:
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

    def _on_name_left(self, cell: QWidget) -> None:
        at = self._line_of(cell)
        if at is None:
            return
        made = self.lines[at]
        for source, target, guess in self._guesses:
            if made.cells[source] is cell and made.entry(target).is_blank():
                guessed = guess(str(made.entry(source).value()))
                if guessed is not None:
                    made.entry(target).set_value(guessed)

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
            if isinstance(cell, NameEntry):
                cell.left.connect(self._on_name_left)
        made.remove_asked.connect(self._on_remove_asked)
        self.lines.insert(at, made)
        self._body.insertWidget(at, made)
        if self.isVisible():
            made.show()  # at once, so that it can take the focus

    def _offer(self, made: Line) -> None:
        for name, items in self._offers.items():
            cell = made.cells[name]
            if isinstance(cell, NameEntry | PickEntry):
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
            for c in (c for c in self._columns if c.kind is not Kind.KEY):
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
        shown = [c for c in self._columns if not c.below and c.kind is not Kind.KEY]
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
