"""What an agency was called on a day: 机构改革 renames and merges agencies, but what was then keeps its name of then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Called:
    """An agency's full and short name on a day."""

    name: str
    short_name: str


class EarlierName(Protocol):
    """A name that was borne until ``to_on``, the last day."""

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def short_name(self) -> str:
        """The short name."""

    @property
    def to_on(self) -> date:
        """Its last day."""


@dataclass(frozen=True, slots=True)
class Bygone:
    """A name that was borne until ``to_on``, the last day."""

    name: str
    short_name: str
    to_on: date


def called_on(name: str, short_name: str, earlier: Iterable[EarlierName], day: date | None) -> Called:
    """Return the names of a day, given the present ones and the earlier ones; ``None`` asks for the present ones."""
    past = [old for old in earlier if day is not None and old.to_on >= day]
    if not past:
        return Called(name, short_name)
    first = min(past, key=lambda old: old.to_on)
    return Called(first.name, first.short_name)
