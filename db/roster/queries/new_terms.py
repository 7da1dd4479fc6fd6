"""Reading what new terms rest on: present terms, and the last number of a 聘书."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.appointment import Appointment, Batch
from db.models.lawyer import Lawyer
from db.models.office import IssuedNumber
from db.office.queries.settings import load_settings
from db.roster.queries.appointments import pool_facts
from db.roster.rules.new_terms import TermFacts


def term_facts(session: Session, keys: Sequence[int], day: date) -> TermFacts:
    """Return what is known of these lawyers, in the order in which ``appoint`` numbers their 聘书."""
    facts = pool_facts(session, keys, day)
    order = session.scalars(
        select(Lawyer.id).where(Lawyer.id.in_(list(facts))).order_by(Lawyer.sort_key, Lawyer.id)
    )
    series = load_settings(session).certificate_series
    last = session.scalar(
        select(func.max(IssuedNumber.serial)).where(
            IssuedNumber.series == series, IssuedNumber.year == day.year
        )
    )
    return TermFacts({key: facts[key] for key in order}, series, last or 0)


def unnumbered_terms(session: Session, keys: Sequence[int], day: date) -> dict[int, int]:
    """Return the appointment of each lawyer whose latest term has not ended by ``day`` and has no 聘书 number yet.

    In the order of the lawyers' names, so that numbers run as on the roster.
    """
    query = (
        select(Appointment)
        .join(Lawyer, Lawyer.id == Appointment.lawyer_id)
        .where(Appointment.lawyer_id.in_(keys), Appointment.ended_on.is_(None))
        .order_by(Lawyer.sort_key, Lawyer.id, Appointment.from_on)
    )
    latest = {a.lawyer_id: a for a in session.scalars(query)}
    return {key: a.id for key, a in latest.items() if a.certificate is None and a.to_on >= day}


def batch_names(session: Session) -> list[str]:
    """Return the names of the rounds of selection, the latest first."""
    return list(
        session.scalars(select(Batch.name).where(Batch.removed_at.is_(None)).order_by(Batch.id.desc()))
    )
