"""Registering a case as it was read from a pasted paper or message and confirmed by the clerk."""

from datetime import date

from sqlalchemy.orm import Session

from db.acts.cases import save_case
from db.acts.period_marks import fix_period
from db.models.case import Case
from db.rules.cases import CaseDraft
from db.rules.marks import FixDraft
from db.rules.period_rules import Track
from db.rules.vocabulary import Procedure

ANSWER_RULE = {
    Procedure.FIRST_INSTANCE: "L02",
    Procedure.SECOND_INSTANCE: "L14",
    Procedure.RETRIAL: "L17",
    Procedure.RECONSIDERATION: "R05",
}
"""The period that a date named by the court (举证期限) takes the place of; simplified procedure: L05."""


def register(session: Session, draft: CaseDraft, answer_due: date | None, source: str, today: date) -> int:
    """Register a case; a last day to answer that its paper names overrides the counted one. Return the key.

    ``source`` are the words of the paper that name the day. Raises ``Invalid`` as ``save_case`` does.
    """
    key = save_case(session, draft, today)
    rule = "L05" if draft.track is Track.SIMPLIFIED else ANSWER_RULE.get(draft.procedure)
    if answer_due is not None and rule is not None:
        session.flush()
        version = session.get_one(Case, key).version
        fix_period(session, key, rule, FixDraft(answer_due, "文书写明的期限", source), version)
    return key
