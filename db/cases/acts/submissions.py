"""Recording that a paper was handed in within a period, with its proof."""

from datetime import date

from sqlalchemy.orm import Session

from db.cases.acts.cases import record_event
from db.cases.acts.marks import mark_done
from db.cases.rules.cases import EventDraft
from db.cases.rules.marks import DoneDraft
from db.cases.rules.submissions import SubmitDraft, step_for, submit_problems
from db.errors import UserError
from db.law.periods import BY_ID
from db.office.acts.common import refuse
from db.words.case import SendMethod


def submit(
    session: Session,
    case_id: int,
    rule: str,
    draft: SubmitDraft,
    version: int,
    today: date,
    party_id: int | None = None,
) -> None:
    """Meet the period ``rule`` (L02 …) of a case: by the step that does so, else by a mark on the period.

    ``party_id`` is the co-defendant whose period it is, where each has its own.

    Refused with ``Invalid``: no proof (邮件号、回执 …), or a day to come. ``version`` is the case's.
    """
    if rule not in BY_ID:
        raise UserError(f"没有编号为 {rule} 的期限。请刷新后再试。")
    refuse(submit_problems(draft, today))
    is_posted = draft.method is SendMethod.POST
    step = step_for(BY_ID[rule])
    if step is None:
        mark_done(session, case_id, rule, DoneDraft(draft.sent_on, draft.evidence), version, today)
        return
    event = EventDraft(
        kind=step,
        on_date=(draft.arrived_on if is_posted else None) or draft.sent_on,
        note=draft.note,
        sent_on=draft.sent_on if is_posted else None,
        send_method=draft.method,
        evidence=draft.evidence,
        party_id=party_id,
    )
    record_event(session, case_id, event, version, today)
