"""What a subject says of itself: its fields, states, steps, dates, rates, sheet and paper. Pure: no storage.

A field is said once for people, in the draft (``Annotated[date | None, Day(title="整改时限")]``), and once for the
database, in the model. Everything else is read from these two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar, get_type_hints

from db.errors import Problem

Condition = Callable[[Any, date], Any]
"""(model, day) -> SQL condition."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a clerk fills in; a subclass adds the fields, each with its kind. ``version`` is the one that was read."""

    version: int = field(default=0, kw_only=True)


D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What is said of a field, whatever its kind; ``name`` is the draft's attribute, filled in by ``fields_of``.

    ``section`` begins a section of the form; ``column`` is a width in the list (0: none), ``hidden`` until asked for.
    ``missing`` is said instead of 请填写… where it is required, ``hint`` stands below it. ``aliases`` are what clerks
    call it in their sheets. What only steps set (``by_steps``) stands in no form and no
    sheet that comes in.
    """

    title: str
    name: str = ""
    required: bool = False
    section: str = ""
    column: int = 0
    hidden: bool = False
    filtered: bool = False
    searched: bool = False
    by_steps: bool = False
    missing: str = ""
    hint: str = ""
    aliases: tuple[str, ...] = ()

    asks = "请填写"

    @property
    def refusal(self) -> str:
        """What is said where it is required and empty."""
        return self.missing or f"{self.asks}{self.title}。"

    @property
    def is_single(self) -> bool:
        """Whether one column of the record keeps it."""
        return not isinstance(self, Links | Lines)


@dataclass(frozen=True, kw_only=True)
class Text(Spec):
    """One line. ``person`` is a name, read by its surname; ``tidy`` writes it as it is kept, ``doubt`` says what looks wrong."""

    longest: int = 200
    person: bool = False
    tidy: Callable[[str], str] | None = None
    doubt: Callable[[str], str | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Long(Spec):
    """Several lines."""

    longest: int = 10_000


@dataclass(frozen=True, kw_only=True)
class Secret(Text):
    """Digits that are shown in part; ``mask`` hides the rest. Showing or leaving them in full is written down."""

    mask: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Day(Spec):
    """A date: not before that of another field, not in the future if ``past``."""

    not_before: str = ""
    past: bool = False


@dataclass(frozen=True, kw_only=True)
class Number(Spec):
    """A number with so many ``decimals``, both ends included; ``unit`` stands behind it."""

    least: int = 0
    most: int = 99_999_999
    decimals: int = 0
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Tick(Spec):
    """Yes or no."""


@dataclass(frozen=True, kw_only=True)
class Choice(Spec):
    """One of a closed list of words."""

    of: type[StrEnum]
    asks = "请选择"


@dataclass(frozen=True, kw_only=True)
class Link(Spec):
    """Another record; ``to`` is the key of its subject in the catalogue."""

    to: str
    asks = "请选择"


@dataclass(frozen=True, kw_only=True)
class Links(Spec):
    """Several other records; the draft holds their keys in order."""

    to: str
    asks = "请选择"


@dataclass(frozen=True, kw_only=True)
class Lines(Spec):
    """Rows that belong to the record, each a ``record``, a draft declared in the same way."""

    record: type[Draft]


@dataclass(frozen=True, slots=True)
class State:
    """A state, and when a record is in it: of a ledger's states the first whose condition holds counts.

    ``token`` is its colour: ok, wn, dg, ac or mu.
    """

    name: str
    token: str
    holds: Condition


@dataclass(frozen=True, slots=True)
class Hand:
    """Who takes a step and what is at hand: the clerk, how many files of each kind the record has, and ``facts``."""

    who: str
    files: Mapping[str, int] = field(default_factory=dict)
    facts: Any = None

    @property
    def has_files(self) -> bool:
        """Whether any file is kept with the record."""
        return any(self.files.values())


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done with records in one of the ``offered`` states: a short form of some of the fields.

    ``needed`` are the fields that must be filled now. ``moves`` are stored values that the step sets, ``signs`` the
    field that receives the clerk's name. ``rule(draft, hand, today)`` may refuse it.
    """

    name: str
    title: str
    asks: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    moves: Mapping[str, Any] = field(default_factory=dict)
    signs: str = ""
    rule: Callable[[Any, Hand, date], list[Problem]] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A date of open records that the workbench reminds of, from so many days before.

    ``lead`` is that number or the name of the office's setting; ``title`` takes fields by name: {agency_id}：{found}.
    """

    word: str
    on: str
    states: tuple[str, ...]
    title: str
    lead: int | str = 30
    step: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the records of a period (by the field ``dated``) are ``of`` these states, among those (none: all).

    ``by`` is a link or choice by which it is also given in parts.
    """

    title: str
    of: tuple[str, ...]
    dated: str
    definition: str
    among: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a row of a clerk's sheet is known again: by the fields of ``identity``."""

    identity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The printed ledger: its title, the link or choice whose values make the groups, and who signs."""

    title: str
    groups: str = ""
    signers: tuple[str, ...] = ("审核人", "制表人")


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a ledger; ``summary`` takes the names of states: {整改中} 项整改中."""

    title: str
    icon: str
    summary: str = ""


@dataclass(frozen=True)
class Ledger(Generic[D]):
    """A subject that is a list of records.

    ``called`` names a record in sentences. ``order`` is the field it is sorted by at first, ``-found_on`` the latest
    first. ``kept_in`` are the child models of ``Links`` and ``Lines`` by field. Hooks: ``facts(session, draft)`` is
    read before judging; ``settle(session, record, draft, today)`` runs before the flush; ``guard(session, keys)``
    before removal; ``hint(name, draft)`` stands below a field.
    """

    name: str
    title: str
    noun: str
    unit: str
    model: type[Any]
    draft: type[D]
    called: Callable[[D], str]
    order: str
    states: tuple[State, ...]
    page: Page | None = None
    kept_in: Mapping[str, type[Any]] = field(default_factory=dict)
    problems: Callable[[D, Any, date], list[Problem]] | None = None
    steps: tuple[Step, ...] = ()
    dues: tuple[Due, ...] = ()
    rates: tuple[Rate, ...] = ()
    sheet: Sheet | None = None
    paper: Paper | None = None
    files: tuple[str, ...] = ()
    facts: Callable[[Any, D], Any] | None = None
    settle: Callable[[Any, Any, D, date], None] | None = None
    guard: Callable[[Any, Sequence[int]], None] | None = None
    hint: Callable[[str, D], str] | None = None

    @property
    def table(self) -> str:
        """The name of the table that keeps the records."""
        return str(self.model.__tablename__)

    @property
    def fields(self) -> tuple[Spec, ...]:
        """The fields in the order of the draft."""
        return fields_of(self.draft)

    @property
    def columns(self) -> tuple[Spec, ...]:
        """The fields that the list shows."""
        return tuple(spec for spec in self.fields if spec.column)

    def spec(self, name: str) -> Spec:
        """Return a field by its name."""
        return next(spec for spec in self.fields if spec.name == name)

    def step(self, name: str) -> Step:
        """Return a step by its name."""
        return next(step for step in self.steps if step.name == name)

    def state(self, name: str) -> State:
        """Return a state by its name."""
        return next(state for state in self.states if state.name == name)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: the subject's model, and which of its attributes names a record.

    ``page`` is where a record of it is shown. ``keys(session)`` gives what else finds each record while one types;
    without it the stored search keys do. ``recognise(session)`` gives what finds a record by whatever a clerk calls it; without it only that name does.
    """

    model: type[Any]
    called: str
    noun: str
    recognise: Callable[[Any], Callable[[str], int | None]] | None = None
    keys: Callable[[Any], Mapping[int, tuple[str, ...]]] | None = None
    page: str = ""


Resolver = Callable[[str], Target]
"""Key of a subject in the catalogue -> where its records are kept and what they are called."""


@dataclass(frozen=True)
class Book(Generic[D]):
    """A ledger with what finds its links: the form in which the catalogue hands it to lists, pages and papers."""

    ledger: Ledger[D]
    resolve: Resolver


_READ: dict[type[Draft], tuple[Spec, ...]] = {}


def fields_of(draft: type[Draft]) -> tuple[Spec, ...]:
    """Return what a draft says of its fields, in order. Raises ``TypeError`` for a field that says nothing."""
    if draft not in _READ:
        _READ[draft] = _read(draft)
    return _READ[draft]


def _read(draft: type[Draft]) -> tuple[Spec, ...]:
    hints = get_type_hints(draft, include_extras=True)
    found = []
    for one in fields(draft):
        if one.name == "version":
            continue
        spec = next((m for m in getattr(hints[one.name], "__metadata__", ()) if isinstance(m, Spec)), None)
        if spec is None:
            raise TypeError(f"{draft.__name__}.{one.name} does not say what kind of field it is")
        found.append(replace(spec, name=one.name))
    return tuple(found)


def sections_of(specs: Sequence[Spec]) -> list[tuple[str, list[Spec]]]:
    """Return fields by section; those before the first section stand under none."""
    found: list[tuple[str, list[Spec]]] = []
    for spec in specs:
        if spec.section or not found:
            found.append((spec.section, []))
        found[-1][1].append(spec)
    return found
