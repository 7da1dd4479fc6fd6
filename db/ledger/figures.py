"""The rates of a ledger, each with the records that it counts, and what of it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.figures import Figure
from db.ledger.declare import Book, Draft, Due, Ledger, Link, Rate, Spec
from db.ledger.queries import Row, captions, in_states, rows, state_of
from db.ledger.words import values_by_title
from db.office.queries.settings import load_settings

D = TypeVar("D", bound=Draft)
MOST = 300  # the nearest things of one kind that are listed


@dataclass(frozen=True, slots=True)
class DueItem:
    """A record whose date comes near or has passed; ``step`` is what one does about it."""

    table: str
    key: int
    word: str
    title: str
    caption: str
    due_on: date
    step: str


def figures(session: Session, book: Book[D], first: date, last: date) -> list[Figure]:
    """Return each rate for the records dated within the period (both days included), as of its last day.

    One that is given in parts is followed by them, titled 整改率：区公安分局.
    """
    found: list[Figure] = []
    for rate in book.ledger.rates:
        counted, parts = _counted(session, book.ledger, rate, first, last)
        found.append(_figure(rate, rate.title, counted))
        if rate.by:
            called = _called(session, book, book.ledger.spec(rate.by), parts)
            found += [
                _figure(rate, f"{rate.title}：{called[value]}", counted_there)
                for value, counted_there in sorted(parts.items(), key=lambda one: called[one[0]])
            ]
    return found


def due_items(session: Session, book: Book[D], today: date, most: int = MOST) -> list[DueItem]:
    """Return what is due within the lead that each date has, what is overdue included; the nearest first."""
    found: list[DueItem] = []
    for due in book.ledger.dues:
        until = today + timedelta(days=lead_of(session, due))
        column, model = getattr(book.ledger.model, due.on), book.ledger.model
        query = (
            select(model.id)
            .where(model.removed_at.is_(None), column <= until, in_states(book.ledger, due.states, today))
            .order_by(column, model.id)
            .limit(most)
        )
        wanted = list(session.scalars(query))
        shown = rows(session, book, wanted, today)
        found += [_item(book, due, shown[key]) for key in wanted]
    return sorted(found, key=lambda item: item.due_on)


def lead_of(session: Session, due: Due) -> int:
    """Return how many days before its date a record is reminded of: the number itself, or the office's setting."""
    if isinstance(due.lead, int):
        return due.lead
    return int(getattr(load_settings(session), due.lead))


def _counted(
    session: Session, ledger: Ledger[D], rate: Rate, first: date, last: date
) -> tuple[list[tuple[int, bool]], dict[object, list[tuple[int, bool]]]]:
    """Return (key, whether it is counted) of the records behind a rate, of all and by what it is given by."""
    model = ledger.model
    by = getattr(model, rate.by) if rate.by else model.id
    conditions = [model.removed_at.is_(None), getattr(model, rate.dated).between(first, last)]
    if rate.among:
        conditions.append(in_states(ledger, rate.among, last))
    of = {at for at, state in enumerate(ledger.states) if state.name in rate.of}
    whole: list[tuple[int, bool]] = []
    parts: dict[object, list[tuple[int, bool]]] = {}
    for key, at, value in session.execute(
        select(model.id, state_of(ledger, last), by).where(*conditions).order_by(model.id)
    ):
        whole.append((key, at in of))
        parts.setdefault(value, []).append((key, at in of))
    return whole, parts


def _figure(rate: Rate, title: str, counted: list[tuple[int, bool]]) -> Figure:
    return Figure(
        rate.title,
        title,
        tuple(key for key, is_counted in counted if is_counted),
        tuple(key for key, _ in counted),
        rate.definition,
    )


def _called(session: Session, book: Book[D], spec: Spec, parts: Mapping[object, object]) -> dict[object, str]:
    if isinstance(spec, Link):
        found = captions(session, book, spec.to, {value for value in parts if isinstance(value, int)})
        return {value: found.get(value, "未填写") if isinstance(value, int) else "未填写" for value in parts}
    return {value: str(value or "未填写") for value in parts}


def _item(book: Book[D], due: Due, row: Row) -> DueItem:
    words = values_by_title(book.ledger, row.draft, row.names)
    return DueItem(
        book.ledger.table,
        row.key,
        due.word,
        due.title.format_map(words),
        row.state,
        row.value(due.on),
        due.step,
    )
