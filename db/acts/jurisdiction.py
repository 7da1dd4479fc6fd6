"""Editing the rules that propose a court."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acts.common import refuse
from db.models.reference import JurisdictionRule
from db.rules.jurisdiction import CourtRule, rule_problems


def save_court_rules(session: Session, rules: Sequence[CourtRule]) -> None:
    """Put these rules, in this order, in the place of the present ones. Raises ``Invalid`` (field ``rules.n.court``)."""
    refuse(rule_problems(rules))
    rows = session.scalars(
        select(JurisdictionRule).order_by(JurisdictionRule.place, JurisdictionRule.id)
    ).all()
    for row in rows[len(rules) :]:
        session.delete(row)
    for place, rule in enumerate(rules):
        row = rows[place] if place < len(rows) else JurisdictionRule()
        row.place, row.from_on, row.to_on = place, rule.from_on, rule.to_on
        row.area, row.matter, row.court = rule.area.strip(), rule.matter.strip(), rule.court.strip()
        row.basis, row.note = rule.basis.strip(), rule.note.strip()
        session.add(row)
    session.flush()
