"""Keeping the 提示 that stood under a field when a record was saved nevertheless."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Problem, Severity
from db.models.office import PassedWarning


def keep_first_warnings(
    session: Session, table: str, found: Iterable[tuple[int, Sequence[Problem]]], today: date
) -> None:
    """Record the warnings of records that are new, and so have none yet; many at once."""
    session.add_all(
        PassedWarning(table_name=table, record_id=key, field=field, text=text, on_date=today)
        for key, problems in found
        for field, text in sorted({(p.field, p.text) for p in problems if p.severity is Severity.WARNING})
    )


def keep_warnings(session: Session, table: str, key: int, problems: Sequence[Problem], today: date) -> None:
    """Record the warnings among ``problems`` as the present ones of a record; the journal keeps earlier ones."""
    wanted = {(p.field, p.text) for p in problems if p.severity is Severity.WARNING}
    old = session.scalars(
        select(PassedWarning).where(PassedWarning.table_name == table, PassedWarning.record_id == key)
    ).all()
    for warning in old:
        if (warning.field, warning.text) not in wanted:
            session.delete(warning)
    known = {(warning.field, warning.text) for warning in old}
    session.add_all(
        PassedWarning(table_name=table, record_id=key, field=field, text=text, on_date=today)
        for field, text in sorted(wanted - known)
    )
