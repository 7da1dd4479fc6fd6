"""What the fields of a record say in words: in lists, in sheets, on paper, in the history. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from db.ledger.declare import Draft, Ledger, Lines, Link, Links, Number, Secret, Spec, fields_of

NOTHING = "无"


def word_of(spec: Spec, value: Any, names: tuple[str, ...] = (), *, masked: bool = True) -> str:
    """Return a field's value as a list or a paper says it; ``names`` are what its links are called."""
    if isinstance(spec, Link | Links):
        return "、".join(names)
    if isinstance(spec, Lines):
        return "；".join(_line(row, masked=masked) for row in value)
    if isinstance(spec, Secret):
        return spec.mask(value) if masked else str(value)
    return _plain(spec, value)


def values_by_title(
    ledger: Ledger[Any], draft: Draft, names: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return the words of all fields, by the name of the field."""
    return {
        spec.name: word_of(spec, getattr(draft, spec.name), names.get(spec.name, ()))
        for spec in ledger.fields
    }


def _line(row: Draft, *, masked: bool) -> str:
    words = (word_of(spec, getattr(row, spec.name), masked=masked) for spec in fields_of(type(row)))
    return " ".join(word for word in words if word)


def _plain(spec: Spec, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(spec, Number):
        return f"{value:.{spec.decimals}f}{spec.unit}"
    return value.isoformat() if isinstance(value, date) else str(value)
