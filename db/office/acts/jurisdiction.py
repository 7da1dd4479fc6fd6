"""Editing the rules that propose a court."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Conflict, Problem
from db.journal import who_and_when
from db.law.jurisdiction import CourtRule, rule_problems
from db.models.reference import JurisdictionRule
from db.office.acts.common import AGAIN, refuse
from db.office.queries.court_rules import court_rules


def save_court_rules(
    session: Session, rules: Sequence[CourtRule], read: Sequence[CourtRule] | None = None
) -> None:
    """Put these rules, in this order, in the place of the present ones.

    ``read`` are the rules that the clerk began with. Raises ``Conflict`` if another clerk has changed them since:
    their order decides, so they are one record. Raises ``Invalid`` (field ``rules.n.court``).
    """
    refuse(rule_problems(rules))
    if read is not None and court_rules(session) not in (list(read), list(rules)):
        who = who_and_when(session, JurisdictionRule.__tablename__, None)
        said = f"管辖规则已由{who}修改，您的改动没有保存。{AGAIN}"
        raise Conflict(said, [Problem("", said)])
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
