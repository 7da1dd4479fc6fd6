"""Keeping what a clerk has typed and not yet saved, so that no crash loses it. No act of the clerk: no journal, no undo."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.models.office import KeptDraft


def keep(session: Session, form: str, record_id: int, version: int, content: Mapping[str, Any]) -> None:
    """Keep what stands in the form ``form`` of a record (0: a new one), in the place of what was kept before."""
    drop(session, form, record_id)
    session.add(
        KeptDraft(
            form=form,
            record_id=record_id,
            clerk=session.info["clerk"],
            version=version,
            kept_at=datetime.now(UTC),
            content=dict(content),
        )
    )


def drop(session: Session, form: str, record_id: int) -> None:
    """Forget what was kept of a form: it was saved, or given up."""
    session.execute(
        delete(KeptDraft).where(
            KeptDraft.form == form,
            KeptDraft.record_id == record_id,
            KeptDraft.clerk == session.info["clerk"],
        )
    )
