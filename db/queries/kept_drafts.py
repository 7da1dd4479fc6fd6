"""What was typed into a form and not saved when the program ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.office import KeptDraft


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, when, and of which version of the record."""

    version: int
    kept_at: datetime
    content: dict[str, Any]


def kept_draft(session: Session, form: str, record_id: int, clerk: str) -> Kept | None:
    """Return what this clerk had typed into a form of a record (0: a new one)."""
    query = select(KeptDraft.version, KeptDraft.kept_at, KeptDraft.content).where(
        KeptDraft.form == form, KeptDraft.record_id == record_id, KeptDraft.clerk == clerk
    )
    row = session.execute(query).one_or_none()
    return Kept(row.version, row.kept_at, dict(row.content)) if row else None
