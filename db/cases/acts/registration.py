"""Registering a case together with what ties it to others: the proceedings before it, and its series."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.cases.acts.cases import save_case
from db.cases.acts.chains import join_series, leave_series, link_previous
from db.cases.rules.cases import CaseDraft
from db.models.case import Case
from db.office.acts.common import opened


@dataclass(frozen=True, slots=True)
class Ties:
    """What a case hangs on: the proceedings before it (复议, 一审 …) and the name of its series, empty for none."""

    previous_id: int | None = None
    series: str = ""


def register(session: Session, draft: CaseDraft, ties: Ties, today: date, key: int | None = None) -> int:
    """Save a case and its ties as one act; return its key. Raises what ``save_case`` and ``tie`` raise."""
    key = save_case(session, draft, today, key)
    session.flush()
    tie(session, key, ties, session.get_one(Case, key).version)
    return key


def tie(session: Session, key: int, ties: Ties, version: int) -> None:
    """Tie a case to others, or loose it; what is tied so already stays. ``version`` is the case's."""
    case = opened(session, Case, key, version, "这件案件")
    name, present = ties.series.strip(), case.series.name if case.series else ""
    if case.previous_id != ties.previous_id:
        link_previous(session, key, ties.previous_id, version)
    if name and name != present:
        join_series(session, [key], name)
    elif not name and case.series_id is not None:
        leave_series(session, [key])
