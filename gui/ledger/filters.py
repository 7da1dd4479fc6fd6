"""The filters of a ledger's list: its states with their counts, and a button for each field that says so."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.ledger.declare import Choice, Ledger
from db.ledger.queries import Wanted, filters_of
from gui.forms.filter_bar import FilterBar
from gui.widgets.basics import button
from gui.widgets.fields import FilterButton, FilterField, Segments

EVERY = "全部"


class LedgerFilters(FilterBar):
    """Text, state and fields; a rate may narrow the list to its states and its time, which a button takes away."""

    def __init__(self, ledger: Ledger[Any], text: FilterField, parent: QObject) -> None:
        self._specs = filters_of(ledger)
        controls = {
            spec.name: FilterButton(spec.title, f"{ledger.name}_{spec.name}", many=True)
            for spec in self._specs
        }
        super().__init__(text, controls, parent)
        for spec in self._specs:
            if isinstance(spec, Choice):
                controls[spec.name].set_options((one.value, one.value) for one in spec.of)
        self._buttons = controls
        names = [state.name for state in ledger.states]
        self.states = Segments([(name, name) for name in (*names, EVERY)], f"{ledger.name}_states")
        self.states.choose(EVERY)
        self.states.chosen.connect(self.tell)
        self.counted = button("", f"{ledger.name}_counted", "", "x", "不再只看指标所计的记录")
        self.counted.setProperty("small", True)
        self.counted.clicked.connect(self._forget)
        self.counted.hide()
        self._counted: tuple[tuple[str, ...], str, date, date] | None = None

    def bar(self, *more: QWidget, spacing: int = 8) -> QWidget:
        return super().bar(self.states, self.counted, *more, spacing=spacing)

    def wanted(self, sort: str, descending: bool) -> Wanted:
        """Return what is asked for."""
        chosen: dict[str, tuple[Any, ...]] = {}
        for spec in self._specs:
            if values := self._buttons[spec.name].values():
                chosen[spec.name] = tuple(spec.of(str(v)) if isinstance(spec, Choice) else v for v in values)
        state = self.states.current()
        states: tuple[str, ...] = () if state == EVERY else (state,)
        days: dict[str, tuple[date | None, date | None]] = {}
        if self._counted:
            states, dated, first, last = self._counted
            days[dated] = (first, last)
        return Wanted(self.text.text(), states, chosen, days, sort, descending)

    def offer(self, options: Mapping[str, Sequence[tuple[str, object]]]) -> None:
        """Offer these; what was chosen stays chosen if it is still there."""
        for name, offered in options.items():
            self._buttons[name].set_options(offered)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many records are in each state."""
        for name, count in counts.items():
            self.states.set_count(name, count)
        self.states.set_count(EVERY, sum(counts.values()))

    def show_days(self, states: Sequence[str], dated: str, first: date, last: date) -> None:
        """Show nothing but records in these states (none: all), dated within these days."""
        self.clear()
        self._counted = (tuple(states), dated, first, last)
        self.counted.setText(f" {'、'.join(states) or EVERY}，{first} 至 {last}")
        self.counted.show()

    def state(self) -> dict[str, Any]:
        return {"state": self.states.current(), **super().state()}

    def apply(self, state: Mapping[str, Any]) -> None:
        super().apply(state)
        self._counted = None
        self.counted.hide()
        wanted = str(state.get("state", EVERY))
        self.states.choose(wanted if wanted in self.states.buttons else EVERY)

    def are_set(self) -> bool:
        return super().are_set() or self.states.current() != EVERY or self._counted is not None

    def _forget(self) -> None:
        self._counted = None
        self.counted.hide()
        self.changed.emit()
