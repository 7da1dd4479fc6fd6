"""Convening consultations (会商研判), and what becomes of them. Every act runs inside its caller's transaction.

Members are dealt with in ``consultation_members``, what was said and its archiving in ``consultation_records``.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.consultations.acts.members import look_again
from db.consultations.acts.rows import (
    present,
    put_cases,
    put_heading,
    put_number,
    put_questions,
    what_of,
    writable,
)
from db.consultations.rules.consultations import AdoptionDraft, CancelDraft, ConsultationDraft, DoneDraft
from db.consultations.rules.problems import (
    adoption_problems,
    cancel_problems,
    convening_problems,
    done_problems,
)
from db.errors import UserError
from db.journal import touch
from db.models.consultation import Consultation, FollowUp, Member
from db.office.acts.common import refuse, remove, restore, unchanged
from db.office.acts.numbering import issue
from db.office.acts.warnings import keep_warnings
from db.office.queries.settings import load_settings


def convene(session: Session, draft: ConsultationDraft, today: date) -> int:
    """Convene a consultation and give it its number; return its key. Raises ``Invalid``."""
    problems = convening_problems(draft)
    refuse(problems)
    c = Consultation(topic=draft.topic.strip())
    put_heading(c, draft)
    put_number(session, c, draft)
    if c.number is None:
        c.number = issue(session, load_settings(session).consultation_series, today, what_of(c))
    session.add(c)
    session.flush()
    put_cases(session, c, draft.case_ids)
    put_questions(session, c, draft.questions)
    session.flush()
    keep_warnings(session, "consultation", c.id, problems, today)
    return c.id


def change(session: Session, key: int, draft: ConsultationDraft, today: date) -> None:
    """Change what a consultation was convened with; what speaks against its members is looked at again.

    Raises ``Invalid`` or ``Conflict``; refused once the record is archived.
    """
    c = writable(session, key, draft.version)
    problems = convening_problems(draft)
    refuse(problems)
    before = (c.agency_id, c.held_on)
    put_heading(c, draft)
    put_number(session, c, draft)
    is_other = put_cases(session, c, draft.case_ids)
    put_questions(session, c, draft.questions)
    touch(c)
    session.flush()
    keep_warnings(session, "consultation", key, problems, today)
    if is_other or before != (c.agency_id, c.held_on):
        look_again(session, c, today)


def cancel(session: Session, key: int, draft: CancelDraft, today: date) -> None:
    """Call a consultation off, with the reason; it keeps its number. Raises ``Invalid`` or ``Conflict``."""
    c = writable(session, key, draft.version)
    refuse(cancel_problems(draft, today))
    c.cancelled_on, c.cancel_reason = draft.cancelled_on or today, draft.reason.strip()


def hold_after_all(session: Session, key: int, version: int) -> None:
    """Take back that a consultation was called off (恢复召开)."""
    c = present(session, key, version)
    c.cancelled_on, c.cancel_reason = None, ""


def remove_consultations(session: Session, keys: Iterable[int]) -> None:
    """Move consultations to the recycle bin; archived ones stay."""
    for key in keys:
        c = session.get(Consultation, key)
        if c is not None and c.archived_on is not None:
            raise UserError(f"会商“{c.topic}”已经归档，不能移入回收站。")
        remove(session, Consultation, [key])


def restore_consultation(session: Session, key: int) -> None:
    """Bring a consultation back from the recycle bin."""
    restore(session, Consultation, key)


def adopt(session: Session, key: int, draft: AdoptionDraft, today: date) -> None:
    """Note what the agency did with the conclusion, and with each member's opinion. Raises ``Invalid`` or ``Conflict``.

    This comes after archiving and makes no new version.
    """
    c = present(session, key, draft.version)
    if c.archived_on is None:
        raise UserError("请先将会商情况归档，再登记单位的采纳情况。")
    refuse(adoption_problems(draft, c.held_on, today))
    c.adoption, c.adopted_on, c.adoption_reason = draft.adoption, draft.adopted_on, draft.reason.strip()
    members = {m.id: m for m in session.scalars(select(Member).where(Member.consultation_id == key))}
    for member_id, adoption in draft.members:
        if member_id in members:
            members[member_id].adoption = adoption
    touch(c)


def finish_follow_up(session: Session, follow_up_id: int, draft: DoneDraft, today: date) -> None:
    """Note that an agreed task is done, with what proves it. Raises ``Invalid`` or ``Conflict``."""
    task, c = _follow_up(session, follow_up_id)
    refuse(done_problems(draft, c.held_on, today))
    unchanged(session, task, draft.version, f"议定事项“{task.task}”")
    task.done_on, task.evidence = draft.done_on, draft.evidence.strip()
    touch(c)


def reopen_follow_up(session: Session, follow_up_id: int, version: int | None = None) -> None:
    """Take back that an agreed task is done. Raises ``Conflict``."""
    task, c = _follow_up(session, follow_up_id)
    unchanged(session, task, version, f"议定事项“{task.task}”")
    task.done_on, task.evidence = None, ""
    touch(c)


def _follow_up(session: Session, follow_up_id: int) -> tuple[FollowUp, Consultation]:
    task = session.get(FollowUp, follow_up_id)
    if task is None:
        raise UserError("这项议定事项已被删去。请刷新后再看。")
    return task, present(session, task.consultation_id)
