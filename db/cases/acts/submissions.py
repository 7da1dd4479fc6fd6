"""Recording that a paper was handed in within a period, with its proof."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from db.cases.acts.cases import record_event
from db.cases.acts.marks import mark_done
from db.cases.rules.cases import EventDraft
from db.cases.rules.marks import DoneDraft
from db.cases.rules.submissions import SubmitDraft, step_for, submit_problems
from db.errors import UserError
from db.law.periods import BY_ID
from db.models.case import Case
from db.office.acts.common import refuse
from db.words.case import SendMethod


def submit(
    session: Session,
    case_id: int,
    rule: str,
    draft: SubmitDraft,
    version: int,
    today: date,
    parties: Sequence[int] = (),
) -> None:
    """Meet the period ``rule`` (L02 …) of a case: by the step that does so, else by a mark on the period.

    ``parties`` are the co-defendants who meet it, where each has its own; none: all of them.

    Refused with ``Invalid``: no proof (邮件号、回执 …), or a day to come. ``version`` is the case's.
    """
    if rule not in BY_ID:
        raise UserError(f"没有编号为 {rule} 的期限。请刷新后再试。")
    refuse(submit_problems(draft, today))
    is_posted = draft.method is SendMethod.POST
    step = step_for(BY_ID[rule])
    if step is None:
        mark_done(session, case_id, rule, DoneDraft(draft.sent_on, draft.evidence), version, today, parties)
        return
    event = EventDraft(
        kind=step,
        on_date=(draft.arrived_on if is_posted else None) or draft.sent_on,
        note=draft.note,
        sent_on=draft.sent_on if is_posted else None,
        send_method=draft.method,
        evidence=draft.evidence,
    )
    for party in parties or (None,):
        record_event(session, case_id, replace(event, party_id=party), version, today)
        session.flush()
        version = session.get_one(Case, case_id).version
