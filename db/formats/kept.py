"""What a clerk has typed, as plain values that can be stored, and back again: any draft, with all that hangs on it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

D = TypeVar("D")


def pack(value: Any) -> Any:
    """Return a draft, or any value in one, as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: pack(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): pack(one) for key, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [pack(one) for one in value]
    return value


def unpack(kind: type[D], kept: Any) -> D | None:
    """Return the draft that was kept, or ``None`` if it cannot be read: an older program had other fields."""
    try:
        made = _made(kind, kept)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return made if isinstance(made, kind) else None


def _made(kind: Any, kept: Any) -> Any:
    origin, given = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _first(given, kept)
    if origin is tuple and ... not in given:  # one kind for each place
        return tuple(_made(one, part) for one, part in zip(given, kept, strict=True))
    if origin in {tuple, list, set, frozenset}:
        return origin(_made(given[0], one) for one in kept)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {_made(given[0], key): _made(given[1], one) for key, one in kept.items()}
    return _plain(kind, kept) if isinstance(kind, type) and kept is not None else kept


def _plain(kind: Any, kept: Any) -> Any:
    if is_dataclass(kind) and callable(kind):
        hints = get_type_hints(kind)
        known = {field.name for field in fields(kind) if field.init}
        return kind(**{name: _made(hints[name], one) for name, one in kept.items() if name in known})
    if issubclass(kind, date):
        return kind.fromisoformat(kept)
    is_key = kind is int and isinstance(kept, str)  # JSON knows keys of text only
    return kind(kept) if issubclass(kind, Enum) or is_key else kept


def _first(kinds: tuple[Any, ...], kept: Any) -> Any:
    """Return the value as the first of several kinds that can hold it."""
    if kept is None:
        return None
    for kind in kinds:
        if kind is NoneType:
            continue
        try:
            return _made(kind, kept)
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    raise ValueError(kept)
