"""Overriding, extending and fulfilling a period by hand. The starting events stay as they are.

``parties`` are the keys of the co-defendants of whose period that is said; none: of all of them. What is said of
one goes before what is said of all.
"""

from collections.abc import Sequence
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
from db.cases.state import case_periods, load_calendar, load_cases
from db.errors import UserError
from db.journal import touch
from db.law.periods import BY_ID
from db.models.case import Case, Party, PeriodMark
from db.office.acts.common import opened, refuse
from db.words.case import Side

SAYS: dict[MarkKind, dict[str, str | None]] = {
    MarkKind.FIXED: {"fixed_on": None, "fixed_reason": "", "fixed_source": ""},
    MarkKind.EXTENDED: {"extended_by": None, "extended_unit": None, "extended_reason": ""},
    MarkKind.DONE: {"done_on": None, "done_evidence": ""},
}
"""The columns of what is entered, the one that tells first, and what stands there while nothing is."""


def fix_period(
    session: Session, case_id: int, rule: str, draft: FixDraft, version: int, parties: Sequence[int] = ()
) -> None:
    """Let a date override the counted last day of ``rule`` (L02 …); it shows as 手工改定 with its reason."""
    refuse(fix_problems(draft))
    for mark in _marks(session, case_id, rule, version, parties):
        mark.fixed_on, mark.fixed_reason, mark.fixed_source = (
            draft.on,
            draft.reason.strip(),
            draft.source.strip(),
        )


def extend_period(
    session: Session, case_id: int, rule: str, draft: ExtendDraft, version: int, parties: Sequence[int] = ()
) -> None:
    """Extend a period as was approved."""
    refuse(extend_problems(draft))
    for mark in _marks(session, case_id, rule, version, parties):
        mark.extended_by, mark.extended_unit = draft.length, draft.unit
        mark.extended_reason = draft.reason.strip()


def mark_done(
    session: Session,
    case_id: int,
    rule: str,
    draft: DoneDraft,
    version: int,
    today: date,
    parties: Sequence[int] = (),
) -> None:
    """Record that a period was met, where no step of the case says so; refused on a day before it began."""
    refuse(done_problems(draft, today, _since(session, case_id, rule, parties)))
    for mark in _marks(session, case_id, rule, version, parties):
        mark.done_on, mark.done_evidence = draft.on, draft.evidence.strip()


def clear_mark(
    session: Session, case_id: int, rule: str, kind: MarkKind, version: int, parties: Sequence[int] = ()
) -> None:
    """Take back what was entered by hand about a period; what was entered for all stays for the others."""
    case = _opened(session, case_id, rule, version)
    marks, sued = _recorded(session, case_id, rule), _sued(session, case_id)
    if not parties and len(sued) == 1:
        parties = (*sued, 0)
    told, common = next(iter(SAYS[kind])), marks.get(0)
    if parties and 0 not in parties and common is not None and getattr(common, told) is not None:
        for other in sued:
            own = marks.get(other)
            if other not in parties and (own is None or getattr(own, told) is None):
                own = own or _begun(session, case, rule, other)
                for name in SAYS[kind]:
                    setattr(own, name, getattr(common, name))
        parties = (*parties, 0)
    for party in parties or (0,):
        if party in marks:
            _empty(session, marks[party], kind)


def _empty(session: Session, mark: PeriodMark, kind: MarkKind) -> None:
    """Take one thing out of a mark, and the mark away when it says nothing more."""
    for name, nothing in SAYS[kind].items():
        setattr(mark, name, nothing)
    if mark.fixed_on is None and mark.extended_by is None and mark.done_on is None:
        session.delete(mark)


def _marks(
    session: Session, case_id: int, rule: str, version: int, parties: Sequence[int]
) -> list[PeriodMark]:
    """Return the mark of each of the parties, made where there was none; the only defendant's own, if it has one."""
    case = _opened(session, case_id, rule, version)
    marks, sued = _recorded(session, case_id, rule), _sued(session, case_id)
    if not set(parties) <= set(sued):
        raise UserError("所选当事人不在本案被告之中。请刷新后再选。")
    if not parties and len(sued) == 1 and sued[0] in marks:
        parties = sued
    return [marks.get(party) or _begun(session, case, rule, party) for party in parties or (0,)]


def _begun(session: Session, case: Case, rule: str, party: int) -> PeriodMark:
    mark = PeriodMark(case_id=case.id, rule=rule, party_id=party or None)
    session.add(mark)
    return mark


def _opened(session: Session, case_id: int, rule: str, version: int) -> Case:
    if rule not in BY_ID:
        raise UserError(f"没有编号为 {rule} 的期限。请刷新后再试。")
    case = opened(session, Case, case_id, version, "这件案件")
    touch(case)
    return case


def _recorded(session: Session, case_id: int, rule: str) -> dict[int, PeriodMark]:
    """Return what was entered about a rule by the party's key; 0 stands for all."""
    query = select(PeriodMark).where(PeriodMark.case_id == case_id, PeriodMark.rule == rule)
    return {mark.party_id or 0: mark for mark in session.scalars(query)}


def _sued(session: Session, case_id: int) -> list[int]:
    query = select(Party.id).where(Party.case_id == case_id, Party.side == Side.DEFENDANT)
    return list(session.scalars(query.order_by(Party.place)))


def _since(session: Session, case_id: int, rule: str, parties: Sequence[int]) -> date | None:
    """Return the day on which the first of the periods meant began; one counted backwards has no such day."""
    began = [
        p.started_on
        for loaded in load_cases(session, [case_id])
        for p in case_periods(loaded.case, load_calendar(session))
        if p.rule.id == rule and not p.rule.backward and p.started_on and p.done_on is None
        if not parties or not p.parties or set(parties) & set(p.parties)
    ]
    return min(began, default=None)
