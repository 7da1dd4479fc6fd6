"""Reading courts, causes and fields of administration for pickers."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.reference import Cause, Court, PracticeField


@dataclass(frozen=True, slots=True)
class CourtChoice:
    """A court to choose; ``code`` is its 法院代字."""

    key: int
    name: str
    short_name: str
    code: str


@dataclass(frozen=True, slots=True)
class CauseChoice:
    """A cause to choose; ``parent`` is the name of the second-level cause above a third-level one."""

    key: int
    name: str
    parent: str


def court_choices(session: Session) -> list[CourtChoice]:
    """Return the courts, in the order in which they were entered."""
    return [
        CourtChoice(c.id, c.name, c.short_name, c.code)
        for c in session.scalars(select(Court).order_by(Court.id))
    ]


def cause_choices(session: Session) -> list[CauseChoice]:
    """Return the causes, each second-level one followed by its third-level ones."""
    causes = session.scalars(select(Cause).order_by(Cause.id)).all()
    children = {c.id: [x for x in causes if x.parent_id == c.id] for c in causes if c.parent_id is None}
    names = {c.id: c.name for c in causes}
    return [
        CauseChoice(c.id, c.name, names.get(c.parent_id or 0, ""))
        for top in causes
        if top.parent_id is None
        for c in (top, *children[top.id])
    ]


def field_names(session: Session) -> list[str]:
    """Return the names of the fields of administration, in the office's order."""
    return list(session.scalars(select(PracticeField.name).order_by(PracticeField.place, PracticeField.id)))
