"""How a ledger's list shows its fields."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from db.ledger.declare import Choice, Day, Ledger, Lines, Links, Number, Spec, Tick
from db.ledger.queries import STATE, Row
from db.ledger.words import word_of
from gui.tables import cells
from gui.tables.cells import Badge, Cell, Chips, Column, Dot, Text
from gui.tables.due import due_cell

ICONS = {"dg": "circle-alert", "wn": "clock"}
STATE_WIDTH, DUE_WIDTH = 96, 116


def columns_of(ledger: Ledger[Any], today: Callable[[], date]) -> tuple[Column[Row], ...]:
    """Return the columns of a ledger's list: its fields, and the state at the end."""
    columns = [_column(ledger, spec, today) for spec in ledger.columns]
    state = Column(STATE, "状态", partial(_state, ledger), STATE_WIDTH)
    return (*columns, state)


def sorts_of(ledger: Ledger[Any]) -> tuple[str, ...]:
    """Return what a list may be sorted by; nothing is the ledger's own order."""
    return ("", STATE, *(spec.name for spec in ledger.columns))


def state_cell(ledger: Ledger[Any], name: str) -> Cell:
    """Return a state as lists and panels show it: what wants attention with a border, what is fine as a dot."""
    token = ledger.state(name).token
    return Badge(token, name, ICONS[token]) if token in ICONS else Dot(token, name)


def _column(ledger: Ledger[Any], spec: Spec, today: Callable[[], date]) -> Column[Row]:
    cell: Callable[[Row], Cell] = partial(_cell, spec)
    if due := next((due for due in ledger.dues if due.on == spec.name), None):
        cell = partial(_due, spec, frozenset(due.states), today)
    is_widest = spec is max(ledger.columns, key=lambda one: one.column)
    return Column(
        spec.name,
        spec.title,
        cell,
        max(spec.column, DUE_WIDTH) if due else spec.column,
        right=isinstance(spec, Number),
        hidden=spec.hidden,
        flex=is_widest,
        tip=partial(_tip, spec),
        sorts=not isinstance(spec, Lines | Links),
    )


def _cell(spec: Spec, row: Row) -> Cell:
    value = row.value(spec.name)
    if isinstance(spec, Number):
        return cells.Number(value)
    if isinstance(spec, Links):
        return Chips(row.names[spec.name])
    if isinstance(spec, Tick):
        return Text("是" if value else "")
    if isinstance(spec, Choice):
        return Chips((str(value),)) if value else Text("")
    return Text(" ".join(_word(spec, row).split()), "tx2" if isinstance(spec, Day) else "tx")


def _due(spec: Spec, states: frozenset[str], today: Callable[[], date], row: Row) -> Cell:
    on = row.value(spec.name)
    if on and row.state in states:
        return due_cell(on, today())
    return Text(_word(spec, row), "tx2")


def _state(ledger: Ledger[Any], row: Row) -> Cell:
    return state_cell(ledger, row.state)


def _tip(spec: Spec, row: Row) -> str:
    return _word(spec, row)


def _word(spec: Spec, row: Row) -> str:
    return word_of(spec, row.value(spec.name), row.names.get(spec.name, ()))
