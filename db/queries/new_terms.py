"""Reading what new terms rest on: present terms, and the last number of the 聘书 in each year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.appointment import Appointment, Batch
from db.models.lawyer import Lawyer
from db.models.office import IssuedNumber
from db.queries.appointments import pool_facts
from db.queries.settings import load_settings
from db.rules.new_terms import TermFacts


def term_facts(session: Session, keys: Sequence[int], day: date) -> TermFacts:
    """Return what is known of these lawyers, in the order in which ``appoint`` numbers their 聘书."""
    facts = pool_facts(session, keys, day)
    order = session.scalars(
        select(Lawyer.id).where(Lawyer.id.in_(list(facts))).order_by(Lawyer.sort_key, Lawyer.id)
    )
    series = load_settings(session).certificate_series
    issued = (
        select(IssuedNumber.year, func.max(IssuedNumber.serial))
        .where(IssuedNumber.series == series)
        .group_by(IssuedNumber.year)
    )
    last = {row[0]: row[1] for row in session.execute(issued)}
    return TermFacts({key: facts[key] for key in order}, series, last)


def present_appointments(session: Session, keys: Sequence[int], day: date) -> dict[int, tuple[int, str]]:
    """Return per lawyer the running appointment, else the next: its key and 聘书 number (empty: none yet)."""
    query = (
        select(Appointment)
        .where(Appointment.lawyer_id.in_(keys), Appointment.to_on >= day)
        .where(Appointment.ended_on.is_(None) | (Appointment.ended_on > day))
        .order_by(Appointment.from_on.desc())
    )
    return {a.lawyer_id: (a.id, a.certificate or "") for a in session.scalars(query)}


def batch_names(session: Session) -> list[str]:
    """Return the names of the rounds of selection, the latest first."""
    return list(
        session.scalars(select(Batch.name).where(Batch.removed_at.is_(None)).order_by(Batch.id.desc()))
    )
