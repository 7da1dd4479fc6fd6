"""A field for a few cases: each stands on a line of its own, and more are found while one types."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.cases.queries.detail import InstanceLine
from gui.widgets.basics import button, clear, column, row, stretch
from gui.widgets.lookup import Lookup
from gui.widgets.panels import ElidedLabel

Find = Callable[[QObject, str, Callable[[Sequence[InstanceLine]], None]], None]
"""Finds cases for a form, in a worker, and calls back with them."""


class LinkedCases(QWidget):
    """Holds the keys of cases; the same one is not taken twice."""

    edited = Signal()

    def __init__(self, find: Find, name: str) -> None:
        super().__init__()
        self._find = find
        self._lines: dict[int, str] = {}
        self._words: dict[int, str] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.entry = Lookup("输入案号、当事人或者拼音首字母，从列表选择")
        self.entry.setObjectName(f"{name}_entry")
        self.entry.setAccessibleName("添加关联案件")
        self.setFocusProxy(self.entry)
        self.setLayout(column(self._rows, self.entry, spacing=4))
        self.entry.asked.connect(self._look_up)
        self.entry.edited.connect(self._on_edited)

    def keys(self) -> tuple[int, ...]:
        """Return the cases, in the order in which they were added."""
        return tuple(self._lines)

    def set_cases(self, lines: Sequence[InstanceLine]) -> None:
        """Show these cases."""
        self._lines = {line.key: case_words(line) for line in lines}
        self._show()

    def trouble(self) -> str:
        """Say that what is typed is no case, or nothing."""
        return self.entry.trouble()

    def _look_up(self, typed: str) -> None:
        self._find(self, typed, partial(self._offer, typed))

    def _offer(self, typed: str, found: Sequence[InstanceLine]) -> None:
        self._words |= {line.key: case_words(line) for line in found}
        self.entry.offer(typed, [(case_words(line), line.key) for line in found])

    def _on_edited(self) -> None:
        """Take what was chosen into the list, and begin anew."""
        if (key := self.entry.key()) is not None:
            self._lines.setdefault(key, self._words.get(key, self.entry.text()))
            self.entry.set_chosen("", None)
            self._show()
        self.edited.emit()

    def _on_remove(self) -> None:
        self._lines.pop(int(self.sender().property("key")), None)
        self._show()
        self.entry.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        clear(self._rows)
        for key, words in self._lines.items():
            remove = button("", "remove_case", "ghost", "x", "不再关联")
            remove.setAccessibleName(f"不再关联 {words}")
            remove.setProperty("small", True)
            remove.setProperty("key", key)
            remove.clicked.connect(self._on_remove)
            made = QWidget()
            made.setLayout(row(ElidedLabel(words), remove, spacing=4))
            stretch(made, 0, 1)
            self._rows.addWidget(made)


def case_words(line: InstanceLine) -> str:
    """Return a case as this field shows it."""
    return f"{line.number}　{line.procedure.value}　{line.parties}"
