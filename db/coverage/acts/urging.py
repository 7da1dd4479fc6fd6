"""催办函 to agencies that fall short, and what they answer. Every act runs inside its caller's transaction."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.state import load_calendar
from db.coverage.queries.urging import URGING
from db.coverage.rules.urging import UrgingAnswerDraft, UrgingDraft, urging_answer_problems, urging_problems
from db.errors import Conflict, Problem, UserError
from db.models.agency import Agency
from db.models.assignment import Letter
from db.office.acts.common import opened, refuse
from db.office.acts.numbering import issue
from db.office.queries.settings import load_settings


def urge(session: Session, draft: UrgingDraft, today: date) -> list[int]:
    """Write to every agency of ``draft``, each letter with its own number; return the letters' keys, in order."""
    refuse([*urging_problems(draft, today), *_rest_day_problems(session, draft)])
    issued_on = draft.issued_on or today
    series = load_settings(session).urging_series
    keys = [one.agency_id for one in draft.urged]
    names = {
        agency.id: agency.name
        for agency in session.scalars(select(Agency).where(Agency.id.in_(keys), Agency.removed_at.is_(None)))
    }
    if any(key not in names for key in keys):
        raise Conflict("所选单位中有的已移入回收站，没有发函。请刷新后重新选择。")
    letters = [
        Letter(
            kind=URGING,
            number=issue(session, series, issued_on, f"致{names[one.agency_id]}的{URGING}"),
            issued_on=issued_on,
            agency_id=one.agency_id,
            addressee=names[one.agency_id],
            answer_by=draft.answer_by,
            reason=one.reason.strip(),
            asked=one.asked.strip(),
        )
        for one in draft.urged
    ]
    session.add_all(letters)
    session.flush()
    return [letter.id for letter in letters]


def _rest_day_problems(session: Session, draft: UrgingDraft) -> list[Problem]:
    calendar, day = load_calendar(session), draft.answer_by
    if day is None or not calendar.is_rest_day(day):
        return []
    better = calendar.next_working_day(day)
    return [Problem("answer_by", f"反馈期限 {day} 是休息日，单位无法反馈。请改为工作日，如 {better}。")]


def log_urging_answer(session: Session, key: int, draft: UrgingAnswerDraft, today: date) -> None:
    """Note what an agency answered to a letter; an earlier note of it is replaced."""
    letter = opened(session, Letter, key, draft.version, "这份催办函")
    if letter.kind != URGING:
        raise UserError("这份函件不是催办函，反馈请在它所属的案件中登记。")
    refuse(urging_answer_problems(draft, letter.issued_on, today))
    letter.answered_on = draft.answered_on
    letter.answer = draft.answer.strip()
