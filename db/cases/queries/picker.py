"""What the case page offers to choose from: cases to tie to another one, series, lawyers."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.cases.queries.detail import InstanceLine, instance_lines
from db.models.assignment import Assignment
from db.models.case import Case, CaseSeries
from db.models.lawyer import Lawyer
from db.office.queries.search import matching

OFFERED = 12


def find_cases(session: Session, text: str, but: int | None = None) -> list[InstanceLine]:
    """Return the latest cases that ``text`` finds (number, party, pinyin), a dozen at most."""
    if not text.strip():
        return []
    query = (
        select(Case.id)
        .where(Case.id.in_(matching("case_record", text)), Case.removed_at.is_(None), Case.id != (but or 0))
        .order_by(Case.id.desc())
        .limit(OFFERED)
    )
    keys = list(session.scalars(query))
    lines = instance_lines(session, keys)
    return [lines[key] for key in keys if key in lines]


def series_names(session: Session) -> list[str]:
    """Return the names of the series on record, the latest first."""
    query = (
        select(CaseSeries.name)
        .where(CaseSeries.removed_at.is_(None))
        .order_by(CaseSeries.id.desc())
        .limit(200)
    )
    return list(session.scalars(query))


def lawyer_choices(session: Session) -> list[tuple[str, int]]:
    """Return name and id of every lawyer who ever acted in a case, by name."""
    acted = exists().where(Assignment.lawyer_id == Lawyer.id)
    query = select(Lawyer.name, Lawyer.id).where(acted).order_by(Lawyer.name, Lawyer.id)
    return [(row.name, row.id) for row in session.execute(query)]


def ties(session: Session, key: int) -> tuple[int | None, str]:
    """Return the proceedings before a case, and the name of its series."""
    case = session.get_one(Case, key)
    series = case.series
    return case.previous_id, series.name if series is not None and series.removed_at is None else ""
