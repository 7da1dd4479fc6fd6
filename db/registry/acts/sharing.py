"""Lending public lawyers to other agencies by a paper (统筹), and taking them back."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from db.errors import UserError
from db.formats.spans import Span
from db.formats.text import one_line
from db.journal import touch
from db.models.public_lawyer import PublicLawyer, Sharing
from db.office.acts.common import opened, refuse, remove, restore
from db.office.acts.numbering import claim, issue
from db.office.acts.warnings import keep_warnings
from db.office.queries.settings import load_settings
from db.registry.queries.sharing import lendings, sharing_draft
from db.registry.rules.sharing import EndDraft, SharingDraft, end_sharing_problems, sharing_problems

PAPER = "公职律师统筹调配"


def save_sharing(session: Session, draft: SharingDraft, today: date, key: int | None = None) -> int:
    """Enter a sharing, or change the one with ``key``; return the key. A new one without a number is given one.

    An accepted remedy is entered by this too. Raises ``Invalid`` where the lawyer has no certificate on the first day,
    is lent to his own agency, is there already, or is lent to as many agencies as he may be; and ``Conflict``.
    """
    lawyer_id = draft.public_lawyer_id
    lending = lendings(session, [lawyer_id]).get(lawyer_id) if lawyer_id is not None else None
    if lawyer_id is not None and lending is None:
        raise UserError("这位公职律师已不在名册中。请刷新后再选。")
    problems = sharing_problems(draft, lending, key)
    refuse(problems)
    sharing = Sharing() if key is None else opened(session, Sharing, key, draft.version, "这项统筹")
    paper = _paper(session, one_line(draft.paper), sharing.paper or "", today)
    session.add(sharing)
    sharing.public_lawyer_id, sharing.agency_id = lawyer_id or 0, draft.agency_id or 0
    sharing.from_on, sharing.to_on = draft.from_on or today, draft.to_on
    sharing.hours, sharing.note = draft.hours, draft.note.strip()
    sharing.paper = paper
    session.flush()
    if lawyer := session.get(PublicLawyer, sharing.public_lawyer_id):
        touch(lawyer)
    keep_warnings(session, "sharing", sharing.id, problems, today)
    return sharing.id


def end_sharing(session: Session, key: int, draft: EndDraft) -> None:
    """End a sharing early, for a reason. Raises ``Invalid`` or ``Conflict``."""
    sharing = opened(session, Sharing, key, draft.version, "这项统筹")
    span = Span(from_on=sharing.from_on, to_on=sharing.to_on, ended_on=sharing.ended_on)
    refuse(end_sharing_problems(draft, span))
    sharing.ended_on, sharing.end_reason = draft.on, one_line(draft.reason)
    if lawyer := session.get(PublicLawyer, sharing.public_lawyer_id):
        touch(lawyer)


def remove_sharings(session: Session, keys: Iterable[int]) -> None:
    """Move sharings to the recycle bin: what was entered by mistake; one that is over is ended instead."""
    for sharing in remove(session, Sharing, keys):
        if lawyer := session.get(PublicLawyer, sharing.public_lawyer_id):
            touch(lawyer)


def restore_sharing(session: Session, key: int) -> None:
    """Bring a sharing back from the recycle bin, unless it can no longer stand beside the others."""
    sharing = restore(session, Sharing, key)
    session.flush()
    draft = sharing_draft(session, key)
    lending = lendings(session, [sharing.public_lawyer_id]).get(sharing.public_lawyer_id)
    if lending is None:
        raise UserError("这位公职律师还在回收站中。请先恢复公职律师。")
    if draft is not None and sharing.ended_on is None:
        refuse(sharing_problems(draft, lending, key))
    if lawyer := session.get(PublicLawyer, sharing.public_lawyer_id):
        touch(lawyer)


def _paper(session: Session, typed: str, present: str, today: date) -> str:
    """Return the number of the paper: the one typed, else the present one, else the next of the year."""
    if not typed:
        return present or issue(session, load_settings(session).sharing_series, today, PAPER)
    return typed if typed == present else claim(session, typed, PAPER)
