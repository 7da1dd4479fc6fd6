"""Reading 催办函: which letters an agency got, and which are still without an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models.assignment import Letter

URGING = "催办函"


@dataclass(frozen=True, slots=True)
class UrgingRow:
    """A letter that went out; ``is_overdue`` says that its deadline is past and nothing came back."""

    key: int
    version: int
    number: str
    agency_id: int
    addressee: str
    issued_on: date
    answer_by: date | None
    reason: str
    asked: str
    answered_on: date | None
    answer: str
    is_overdue: bool


def urging_letters(session: Session, agency_id: int, today: date) -> list[UrgingRow]:
    """Return the letters that an agency got, the latest first."""
    query = (
        _letters().where(Letter.agency_id == agency_id).order_by(Letter.issued_on.desc(), Letter.id.desc())
    )
    return [_row(letter, today) for letter in session.scalars(query)]


def urging_rows(session: Session, keys: Sequence[int], today: date) -> dict[int, UrgingRow]:
    """Return a row for each letter of ``keys`` that is still there."""
    return {
        letter.id: _row(letter, today) for letter in session.scalars(_letters().where(Letter.id.in_(keys)))
    }


def unanswered_urging(session: Session, today: date, *, overdue_only: bool = True) -> list[UrgingRow]:
    """Return the letters without an answer, the longest overdue first; those still in time only if asked for."""
    query = _letters().where(Letter.answered_on.is_(None)).order_by(Letter.answer_by, Letter.id)
    if overdue_only:
        query = query.where(Letter.answer_by < today)
    return [_row(letter, today) for letter in session.scalars(query)]


def latest_urging(session: Session, today: date) -> dict[int, UrgingRow]:
    """Return the latest letter of each agency that got one, by agency."""
    query = _letters().order_by(Letter.issued_on, Letter.id)
    return {letter.agency_id or 0: _row(letter, today) for letter in session.scalars(query)}


def _letters() -> Select[Letter]:
    return select(Letter).where(
        Letter.kind == URGING, Letter.removed_at.is_(None), Letter.agency_id.is_not(None)
    )


def _row(letter: Letter, today: date) -> UrgingRow:
    return UrgingRow(
        key=letter.id,
        version=letter.version,
        number=letter.number,
        agency_id=letter.agency_id or 0,
        addressee=letter.addressee,
        issued_on=letter.issued_on,
        answer_by=letter.answer_by,
        reason=letter.reason,
        asked=letter.asked,
        answered_on=letter.answered_on,
        answer=letter.answer,
        is_overdue=letter.answered_on is None and letter.answer_by is not None and letter.answer_by < today,
    )
