"""The office's own dated rules of which court a case belongs to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.law.jurisdiction import CourtRule
from db.models.reference import JurisdictionRule


def court_rules(session: Session) -> list[CourtRule]:
    """Return the rules in their order."""
    return [
        CourtRule(r.from_on, r.to_on, r.area, r.matter, r.court, r.basis, r.note)
        for r in session.scalars(
            select(JurisdictionRule).order_by(JurisdictionRule.place, JurisdictionRule.id)
        )
    ]
