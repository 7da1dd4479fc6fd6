"""The last guard before anything is written: what a column cannot hold is refused by its name, on either engine."""

import math
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Date, Enum, Float, Integer, String, Text, event, inspect
from sqlalchemy.orm import Session, sessionmaker

from db.base import Base, Record
from db.errors import Invalid, Problem
from db.formats.captions import CAPTIONS
from db.formats.storable import LINE, LONGEST_NUMBER, TEXT, text_trouble, year_trouble


def attach(sessions: sessionmaker[Session]) -> None:
    """Look at every record that sessions of this maker are about to write. A refusal is ``Invalid``."""
    event.listen(sessions, "before_flush", _check)


@cache
def longest(name: str) -> int:
    """Return how many characters a field of this name holds: what the columns of that name have in common.

    A name that no column has, and a column for long texts, holds ``TEXT``.
    """
    found = [
        _longest(column)
        for table in Base.metadata.tables.values()
        for column in table.c
        if column.name == name
    ]
    return max((length for length in found if length is not None), default=TEXT)


def _longest(column: Column[Any]) -> int | None:
    if not isinstance(column.type, String) or isinstance(column.type, Enum):
        return None
    return TEXT if isinstance(column.type, Text) else column.type.length or LINE


def _check(session: Session, *_: object) -> None:
    problems = [
        problem
        for items, is_new in ((session.new, True), (session.dirty, False))
        for item in items
        if isinstance(item, Record)
        for problem in _problems(item, is_new=is_new)
    ]
    if problems:
        raise Invalid(problems)


def _problems(item: Record, *, is_new: bool) -> list[Problem]:
    """Say what of a record cannot be kept; of one that is there already only what changes is asked."""
    state, found = inspect(item), []
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        if not isinstance(column, Column) or column.info.get("derived"):
            continue
        if not is_new and not state.attrs[attribute.key].history.added:
            continue
        if text := _trouble(column, getattr(item, attribute.key)):
            name = CAPTIONS.get(column.name, "")
            found.append(Problem(attribute.key, f"{name}：{text}" if name else text))
    return found


def _trouble(column: Column[Any], value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(column.type, JSON):
        return _in_json(value)
    if (length := _longest(column)) is not None and isinstance(value, str):
        return text_trouble(value, length)
    if isinstance(column.type, Float) and not math.isfinite(value):
        return "应填写数字。"
    if isinstance(column.type, Integer) and not -LONGEST_NUMBER <= value <= LONGEST_NUMBER:
        return "数字太大，请核对。"
    return year_trouble(value) if isinstance(column.type, Date) and isinstance(value, date) else ""


def _in_json(value: Any) -> str:
    """Look at every text within a value that is kept as JSON."""
    if isinstance(value, str):
        return text_trouble(value)
    if isinstance(value, dict):
        return next((said for pair in value.items() for one in pair if (said := _in_json(one))), "")
    if isinstance(value, list | tuple):
        return next((said for one in value if (said := _in_json(one))), "")
    return "" if not isinstance(value, float) or math.isfinite(value) else "应填写数字。"
