"""What was typed into a form and not saved when the program ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.journal import Hand
from db.models.office import KeptDraft


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, when, and of which version of the record; ``rows`` hold it.

    ``content`` has the ``draft``, and under ``waiting`` what was kept before and not answered yet.
    """

    version: int
    kept_at: datetime
    content: dict[str, Any]
    rows: tuple[int, ...]


def kept_draft(session: Session, form: str, record_id: int, hand: Hand) -> Kept | None:
    """Return what this clerk had typed at this PC into a form of a record (0: a new one), in whichever window.

    What an older program kept does not say at which PC; it is offered wherever the clerk opens the form next.
    """
    query = (
        select(KeptDraft)
        .where(
            KeptDraft.form == form,
            KeptDraft.record_id == record_id,
            KeptDraft.clerk == hand.clerk,
            KeptDraft.installation.in_((hand.installation, "")),
        )
        .order_by(KeptDraft.kept_at.desc(), KeptDraft.id.desc())
    )
    rows = session.scalars(query).all()
    if not rows:
        return None
    entries = [entry for row in rows for entry in _entries(row)]
    newest = dict(rows[0].content) | {"waiting": entries[1:]}
    return Kept(rows[0].version, rows[0].kept_at, newest, tuple(row.id for row in rows))


def _entries(row: KeptDraft) -> list[dict[str, Any]]:
    """Return what a row holds, the newest first: drafts with their version and when they were typed."""
    at = row.content.get("at") or row.kept_at.isoformat()
    first = {"draft": row.content.get("draft"), "version": row.version, "at": at}
    return [first, *row.content.get("waiting", ())]
