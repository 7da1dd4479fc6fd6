"""What the form of a service begins with."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.assignment import Assignment
from db.models.case import Case
from db.models.service import Service
from db.services.rules.services import ServiceDraft


def service_draft(session: Session, key: int) -> ServiceDraft | None:
    """Return a service as its form wants it, or ``None`` if it is gone."""
    s = session.get(Service, key)
    if s is None or s.removed_at is not None:
        return None
    return ServiceDraft(
        kind=s.kind,
        on_date=s.on_date,
        lawyer_id=s.lawyer_id,
        agency_id=s.agency_id,
        case_id=s.case_id,
        matter=s.matter,
        result=s.result,
        hours=s.hours,
        version=s.version,
        public_lawyer_id=s.public_lawyer_id,
        internal_adviser_id=s.internal_adviser_id,
        person=s.person,
    )


def case_choices(
    session: Session, lawyer_id: int | None, case_id: int | None = None
) -> list[tuple[int, str]]:
    """Return id and name of the cases that a service may belong to: the lawyer's own, the latest first, and ``case_id``."""
    own = select(Assignment.case_id).where(Assignment.lawyer_id == lawyer_id)
    query = (
        select(Case.id, Case.number, Case.plaintiffs, Case.defendants)
        .where(Case.removed_at.is_(None), Case.id.in_(own) | (Case.id == case_id))
        .order_by(Case.id.desc())
    )
    return [
        (key, f"{number or '（未编号）'}　{plaintiffs} 诉 {defendants}")
        for key, number, plaintiffs, defendants in session.execute(query)
    ]
