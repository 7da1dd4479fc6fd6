"""Overriding, extending and fulfilling a period by hand. The starting events stay as they are."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.rules.marks import (
    DoneDraft,
    ExtendDraft,
    FixDraft,
    MarkKind,
    done_problems,
    extend_problems,
    fix_problems,
)
from db.errors import UserError
from db.journal import touch
from db.law.periods import BY_ID
from db.models.case import Case, PeriodMark
from db.office.acts.common import opened, refuse


def fix_period(session: Session, case_id: int, rule: str, draft: FixDraft, version: int) -> None:
    """Let a date override the counted last day of ``rule`` (L02 …); it shows as 手工改定 with its reason."""
    refuse(fix_problems(draft))
    mark = _mark(session, case_id, rule, version)
    mark.fixed_on, mark.fixed_reason, mark.fixed_source = draft.on, draft.reason.strip(), draft.source.strip()


def extend_period(session: Session, case_id: int, rule: str, draft: ExtendDraft, version: int) -> None:
    """Extend a period as was approved."""
    refuse(extend_problems(draft))
    mark = _mark(session, case_id, rule, version)
    mark.extended_by, mark.extended_unit = draft.length, draft.unit
    mark.extended_reason = draft.reason.strip()


def mark_done(session: Session, case_id: int, rule: str, draft: DoneDraft, version: int, today: date) -> None:
    """Record that a period was met, where no step of the case says so."""
    refuse(done_problems(draft, today))
    mark = _mark(session, case_id, rule, version)
    mark.done_on, mark.done_evidence = draft.on, draft.evidence.strip()


def clear_mark(session: Session, case_id: int, rule: str, kind: MarkKind, version: int) -> None:
    """Take back what was entered by hand about a period."""
    mark = _mark(session, case_id, rule, version)
    if kind is MarkKind.FIXED:
        mark.fixed_on, mark.fixed_reason, mark.fixed_source = None, "", ""
    elif kind is MarkKind.EXTENDED:
        mark.extended_by, mark.extended_unit, mark.extended_reason = None, None, ""
    else:
        mark.done_on, mark.done_evidence = None, ""


def _mark(session: Session, case_id: int, rule: str, version: int) -> PeriodMark:
    if rule not in BY_ID:
        raise UserError(f"没有编号为 {rule} 的期限。请刷新后再试。")
    case = opened(session, Case, case_id, version, "这件案件")
    touch(case)
    query = select(PeriodMark).where(PeriodMark.case_id == case_id, PeriodMark.rule == rule)
    mark = session.scalars(query).one_or_none()
    if mark is None:
        mark = PeriodMark(case_id=case_id, rule=rule)
        session.add(mark)
    return mark
