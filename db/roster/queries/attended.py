"""How many consultations each lawyer was present at."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.models.consultation import Consultation, Member, Opinion
from db.words.consultation import InvitationAnswer


def attended_counts(session: Session, lawyer_ids: Iterable[int], first: date, last: date) -> dict[int, int]:
    """Return per lawyer how many consultations he was at between two days (both included)."""
    query = (
        select(Member.lawyer_id, func.count())
        .join(Consultation, Consultation.id == Member.consultation_id)
        .where(Member.lawyer_id.in_(lawyer_ids), *held(first, last), was_there())
        .group_by(Member.lawyer_id)
    )
    return {key: count for key, count in session.execute(query) if key is not None}


def held(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Say of a consultation that it was held between two days (both included)."""
    return (
        Consultation.removed_at.is_(None),
        Consultation.cancelled_on.is_(None),
        Consultation.held_on.between(first, last),
    )


def was_there() -> ColumnElement[bool]:
    """The same as ``attended`` of the rules, in SQL."""
    spoke = Member.id.in_(select(Opinion.member_id))
    not_on_leave = or_(Member.answer.is_(None), Member.answer != InvitationAnswer.LEAVE)
    return not_on_leave & or_(Member.arrived_at != "", spoke)
