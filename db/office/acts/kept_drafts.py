"""Keeping what a clerk has typed and not yet saved, so that no crash loses it. No act of the clerk: no journal, no undo."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, delete, or_
from sqlalchemy.orm import Session

from db.models.office import KeptDraft


def keep(
    session: Session,
    form: str,
    record_id: int,
    version: int,
    content: Mapping[str, Any],
    instead_of: Collection[int] = (),
) -> None:
    """Keep what stands in the form ``form`` of a record (0: a new one), in the place of what this window kept before.

    ``instead_of`` are the rows that were found when the form was opened, and whose content stands in ``content``.
    """
    drop(session, form, record_id, instead_of)
    hand = session.info["hand"]
    session.add(
        KeptDraft(
            form=form,
            record_id=record_id,
            clerk=hand.clerk,
            installation=hand.installation,
            window=hand.window,
            version=version,
            kept_at=datetime.now(UTC),
            content=dict(content),
        )
    )


def drop(session: Session, form: str, record_id: int, found: Collection[int] = ()) -> None:
    """Forget what this window kept of a form, and the rows that were found: it was saved, or given up."""
    hand = session.info["hand"]
    own = and_(
        KeptDraft.form == form,
        KeptDraft.record_id == record_id,
        KeptDraft.clerk == hand.clerk,
        KeptDraft.installation == hand.installation,
        KeptDraft.window == hand.window,
    )
    session.execute(delete(KeptDraft).where(or_(own, KeptDraft.id.in_(found))))
