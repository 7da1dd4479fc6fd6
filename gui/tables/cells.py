"""What a cell of a table shows, as plain values; one delegate paints them all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Text:
    """Words; ``icon`` and ``token`` colour them (wn with triangle-alert, ok with check …)."""

    text: str
    token: str = "tx"
    bold: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, at the right."""

    value: int | float | None


@dataclass(frozen=True, slots=True)
class Chips:
    """Neutral words; at most two are shown, then +n."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A state that wants attention; ``kind`` is dg, wn, ok or ac."""

    kind: str
    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A state that is fine: a dot and a word."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A load: a bar that is amber when full, and its number."""

    value: int
    maximum: int
    text: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """A count on a ground of one of five steps, 0 (none) to 4 (most)."""

    value: int
    step: int


Cell = Text | Number | Chips | Badge | Dot | Bar | Heat


def plain(cell: Cell) -> str:
    """Return a cell as text: for the clipboard, tooltips and screen readers."""
    if isinstance(cell, Number):
        return "" if cell.value is None else f"{cell.value}"
    if isinstance(cell, Heat):
        return f"{cell.value}"
    if isinstance(cell, Chips):
        return "、".join(cell.words)
    if isinstance(cell, Bar):
        return f"{cell.text} {cell.word}".strip()
    return cell.text


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its key, title, how a row is shown in it, its least width, and whether the query can sort by it."""

    key: str
    title: str
    cell: Callable[[R], Cell]
    width: int = 100
    sorts: bool = True
    right: bool = False
    centred: bool = False
    hidden: bool = False
    flex: bool = False  # takes the room that the others leave
    tip: Callable[[R], str] = field(default=lambda _row: "")
