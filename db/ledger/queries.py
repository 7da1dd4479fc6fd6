"""Reading the records of any ledger: keys in order, rows with their links in words, counts by state, one record.

A state is decided in SQL, in one place (``state_of``): list, filter, counts, due items, rates and papers ask for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.orm import Session

from db.ledger.declare import Book, Choice, Draft, Ledger, Lines, Link, Links, Spec, fields_of
from db.office.queries.search import matching

D = TypeVar("D", bound=Draft)
STATE = "state"
"""The column of the state: by it a list may be sorted and filtered like by a field."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows and in which order; nothing is everything.

    ``chosen`` are values of fields, any of which will do; ``days`` are a first and a last day of date fields, both
    included and either open.
    """

    typed: str = ""
    states: tuple[str, ...] = ()
    chosen: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    days: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its draft, its state, and what its links are called (by field, in order)."""

    key: int
    draft: Any
    state: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """Return what a field holds."""
        return getattr(self.draft, name)


def state_of(ledger: Ledger[D], day: date) -> ColumnElement[int]:
    """Return the place of a record's state among the ledger's states, as SQL."""
    *before, _ = ledger.states
    if not before:
        return literal(0)
    pairs = [(state.holds(ledger.model, day), at) for at, state in enumerate(before)]
    return cast("ColumnElement[int]", case(*pairs, else_=len(before)))


def in_states(ledger: Ledger[D], names: Iterable[str], day: date) -> ColumnElement[bool]:
    """Say of each record in the query whether it is in one of these states."""
    wanted = set(names)
    return state_of(ledger, day).in_([at for at, state in enumerate(ledger.states) if state.name in wanted])


def keys(session: Session, book: Book[D], wanted: Wanted, today: date) -> list[int]:
    """Return the keys of the records that are wanted, in order; one statement."""
    ledger = book.ledger
    query = select(ledger.model.id).where(*_conditions(ledger, wanted, today))
    by, is_descending = _order(book, wanted, today)
    order = by.desc() if is_descending else by.asc()
    return list(session.scalars(query.order_by(by.is_(None), order, ledger.model.id)))


def counts(session: Session, ledger: Ledger[D], wanted: Wanted, today: date) -> dict[str, int]:
    """Return how many records are in each state; the states asked for do not count."""
    at = state_of(ledger, today)
    conditions = _conditions(ledger, Wanted(wanted.typed, (), wanted.chosen, wanted.days), today)
    query = select(at, func.count()).where(*conditions).group_by(at)
    found: dict[int, int] = {place: number for place, number in session.execute(query)}  # noqa: C416 - rows become a plain dict
    return {state.name: found.get(place, 0) for place, state in enumerate(ledger.states)}


def rows(session: Session, book: Book[D], wanted: Sequence[int], today: date) -> dict[int, Row]:
    """Return the row of each key; those that are gone are left out. The statements do not grow with the rows."""
    ledger = book.ledger
    model = ledger.model
    query = select(model, state_of(ledger, today)).where(model.id.in_(wanted), model.removed_at.is_(None))
    found = [(record, at) for record, at in session.execute(query)]
    parts = _parts(session, ledger, [record.id for record, _ in found])
    drafts = {record.id: _draft(ledger, record, parts) for record, _ in found}
    names = _names(session, book, drafts)
    return {
        record.id: Row(record.id, drafts[record.id], ledger.states[at].name, names.get(record.id, {}))
        for record, at in found
    }


def draft_of(session: Session, ledger: Ledger[D], key: int) -> D | None:
    """Return a record as its form wants it, or ``None`` if it is gone."""
    record = session.get(ledger.model, key)
    if record is None or record.removed_at is not None:
        return None
    return _draft(ledger, record, _parts(session, ledger, [key]))


def shares(session: Session, ledger: Ledger[D], first: date, last: date) -> list[tuple[int, int]]:
    """Return (how many it counts, of how many) for each rate, for the records dated within the period; no keys."""
    found = []
    for rate in ledger.rates:
        days = {rate.dated: (first, last)}
        by_state = counts(session, ledger, Wanted(days=days), last)
        among = rate.among or tuple(by_state)
        found.append((sum(by_state[name] for name in rate.of), sum(by_state[name] for name in among)))
    return found


def drafts_of(session: Session, ledger: Ledger[D], wanted: Sequence[int]) -> dict[int, D]:
    """Return many records as forms want them."""
    query = select(ledger.model).where(ledger.model.id.in_(wanted), ledger.model.removed_at.is_(None))
    found = list(session.scalars(query))
    parts = _parts(session, ledger, [record.id for record in found])
    return {record.id: _draft(ledger, record, parts) for record in found}


def states_of(session: Session, ledger: Ledger[D], wanted: Sequence[int], today: date) -> dict[int, str]:
    """Return the state of each record."""
    query = select(ledger.model.id, state_of(ledger, today)).where(ledger.model.id.in_(wanted))
    return {key: ledger.states[at].name for key, at in session.execute(query)}


def captions(session: Session, book: Book[D], to: str, wanted: Iterable[int] | None = None) -> dict[int, str]:
    """Return what the records of a link's subject are called; without ``wanted`` all that are not removed."""
    target = book.resolve(to)
    query = select(target.model.id, getattr(target.model, target.called))
    if wanted is not None:
        query = query.where(target.model.id.in_(set(wanted)))
    elif hasattr(target.model, "removed_at"):
        query = query.where(target.model.removed_at.is_(None))
    return {key: called or "" for key, called in session.execute(query)}


def owner_column(model: type[Any], child: type[Any]) -> str:
    """Return the column by which a row of ``child`` names its record."""
    return _column_to(child, lambda table: table is model.__table__)


def target_column(model: type[Any], child: type[Any]) -> str:
    """Return the column by which a row of ``child`` names what its record is linked with."""
    return _column_to(child, lambda table: table is not model.__table__)


def _column_to(child: type[Any], fits: Any) -> str:
    return next(
        str(column.name)
        for column in child.__table__.c
        if any(fits(key.column.table) for key in column.foreign_keys)
    )


def _conditions(ledger: Ledger[D], wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    model = ledger.model
    found: list[ColumnElement[bool]] = [model.removed_at.is_(None)]
    if wanted.states:
        found.append(in_states(ledger, wanted.states, today))
    if wanted.typed.strip():
        found.append(model.id.in_(matching(ledger.table, wanted.typed)))
    for name, values in wanted.chosen.items():
        found.append(_chosen(ledger, ledger.spec(name), values))
    for name, (first, last) in wanted.days.items():
        column = getattr(model, name)
        found += [column >= first] if first else []
        found += [column <= last] if last else []
    return found


def _chosen(ledger: Ledger[D], spec: Spec, values: Sequence[Any]) -> ColumnElement[bool]:
    if not isinstance(spec, Links):
        return cast("ColumnElement[bool]", getattr(ledger.model, spec.name).in_(values))
    child = ledger.kept_in[spec.name]
    owner, target = owner_column(ledger.model, child), target_column(ledger.model, child)
    found = select(getattr(child, owner)).where(getattr(child, target).in_(values))
    return cast("ColumnElement[bool]", ledger.model.id.in_(found))


def _order(book: Book[D], wanted: Wanted, today: date) -> tuple[ColumnElement[Any], bool]:
    ledger = book.ledger
    name, is_descending = wanted.sort, wanted.descending
    if not name:
        name, is_descending = ledger.order.removeprefix("-"), ledger.order.startswith("-")
    if name == STATE:
        return state_of(ledger, today), is_descending
    spec, model = ledger.spec(name), ledger.model
    if isinstance(spec, Link):
        target = book.resolve(spec.to)
        called = select(getattr(target.model, target.called)).where(target.model.id == getattr(model, name))
        return called.scalar_subquery(), is_descending
    if not spec.is_single:
        child = ledger.kept_in[name]
        owner = getattr(child, owner_column(model, child))
        return select(func.count()).where(owner == model.id).scalar_subquery(), is_descending
    return getattr(model, name), is_descending


def _parts(session: Session, ledger: Ledger[D], wanted: Sequence[int]) -> dict[tuple[str, int], list[Any]]:
    """Return what ``Links`` and ``Lines`` hold, by field and record; one statement for each field."""
    found: dict[tuple[str, int], list[Any]] = {}
    for name, child in ledger.kept_in.items():
        spec, owner = ledger.spec(name), owner_column(ledger.model, child)
        target = "" if isinstance(spec, Lines) else target_column(ledger.model, child)
        query = select(child).where(getattr(child, owner).in_(wanted)).order_by(child.id)
        for row in session.scalars(query):
            value = _line(spec, row) if isinstance(spec, Lines) else getattr(row, target)
            found.setdefault((name, getattr(row, owner)), []).append(value)
    return found


def _line(spec: Lines, row: Any) -> Draft:
    return spec.record(**{one.name: getattr(row, one.name) for one in fields_of(spec.record)})


def _draft(ledger: Ledger[D], record: Any, parts: Mapping[tuple[str, int], list[Any]]) -> D:
    given = {
        spec.name: getattr(record, spec.name)
        if spec.is_single
        else tuple(parts.get((spec.name, record.id), ()))
        for spec in ledger.fields
    }
    return ledger.draft(version=record.version, **given)


def _names(session: Session, book: Book[D], drafts: Mapping[int, D]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return what the links of many records are called: one statement for each subject that they lead to."""
    links = [spec for spec in book.ledger.fields if isinstance(spec, Link | Links)]
    linked: dict[str, set[int]] = {}
    for spec in links:
        linked.setdefault(spec.to, set()).update(*(linked_keys(spec, d) for d in drafts.values()))
    called = {to: captions(session, book, to, wanted) if wanted else {} for to, wanted in linked.items()}
    return {
        key: {
            spec.name: tuple(called[spec.to].get(one, "") for one in linked_keys(spec, draft))
            for spec in links
        }
        for key, draft in drafts.items()
    }


def linked_keys(spec: Link | Links, draft: Draft) -> tuple[int, ...]:
    """Return the keys that a link of a draft holds."""
    value = getattr(draft, spec.name)
    return () if value is None else tuple(value) if isinstance(spec, Links) else (value,)


def filters_of(ledger: Ledger[D]) -> tuple[Spec, ...]:
    """Return the fields that a list can be filtered by."""
    return tuple(spec for spec in ledger.fields if spec.filtered and isinstance(spec, Link | Links | Choice))


def removed(ledger: Ledger[D]) -> Select[Any]:
    """Return the query for the records in the recycle bin."""
    return select(ledger.model).where(ledger.model.removed_at.is_not(None))
