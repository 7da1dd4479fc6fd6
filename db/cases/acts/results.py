"""Recording how a case ended, and closing it with that."""

from datetime import date

from sqlalchemy.orm import Session

from db.cases.acts.cases import record_event, record_result
from db.cases.rules.cases import EventDraft, ResultDraft
from db.models.case import Case
from db.words.case import EventKind


def conclude(
    session: Session, case_id: int, draft: ResultDraft, closed_on: date | None, version: int, today: date
) -> None:
    """Record the result of a case, and close the case on ``closed_on`` unless that is empty."""
    record_result(session, case_id, draft, version, today)
    if closed_on is not None:
        session.flush()
        step = EventDraft(EventKind.CLOSED, closed_on, outcome=draft.outcome)
        record_event(session, case_id, step, session.get_one(Case, case_id).version, today)
