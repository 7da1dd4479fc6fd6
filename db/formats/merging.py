"""Putting what one clerk changed over what another has changed meanwhile, value by value."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

T = TypeVar("T")
_ABSENT: Any = object()  # a key that a mapping does not have


def merge(read: T, wanted: T, present: T) -> tuple[T, tuple[str, ...]]:
    """Return ``present`` with what ``wanted`` changes against ``read``, and the names changed on both sides.

    The three are of one dataclass. Mappings are put together key by key; the name of such a value is
    ``field.key``. A name changed on both sides to the same value is no clash; of a clash the present value stays.
    """
    values: dict[str, Any] = {}
    clashes: list[str] = []
    for name, (old, new, now) in _triples(read, wanted, present):
        if isinstance(old, Mapping):
            parts = {key: _one(*(side.get(key, _ABSENT) for side in (old, new, now))) for key in {*new, *now}}
            values[name] = {key: value for key, (value, _) in parts.items() if value is not _ABSENT}
            clashes += sorted(f"{name}.{key}" for key, (_, is_clash) in parts.items() if is_clash)
        else:
            values[name], is_clash = _one(old, new, now)
            clashes += [name] if is_clash else []
    return replace(present, **values), tuple(clashes)  # type: ignore[type-var]  # T is a dataclass


def rebased(read: T, present: T, names: Iterable[str]) -> T:
    """Return ``read`` with the present values of ``names``: the clerk has seen them, and may now change them."""
    values: dict[str, Any] = {}
    for name in names:
        field, _, key = name.partition(".")
        if not key:
            values[field] = getattr(present, field)
            continue
        kept = dict(values.get(field, getattr(read, field)))
        now = getattr(present, field).get(key, _ABSENT)
        kept.pop(key, None)
        values[field] = kept if now is _ABSENT else kept | {key: now}
    return replace(read, **values)  # type: ignore[type-var]  # T is a dataclass


def value_of(whole: object, name: str) -> Any:
    """Return the value called ``name`` (as ``merge`` names it), or ``None`` where a mapping lacks it."""
    field, _, key = name.partition(".")
    value = getattr(whole, field)
    return value.get(key) if key else value


def _triples(*sides: Any) -> Iterable[tuple[str, tuple[Any, ...]]]:
    return [(f.name, tuple(getattr(side, f.name) for side in sides)) for f in fields(sides[0])]


def _one(old: Any, new: Any, now: Any) -> tuple[Any, bool]:
    """Return the value that stands after both changes, and whether they contradict each other."""
    if new in (old, now):
        return now, False
    return (new, False) if now == old else (now, True)
