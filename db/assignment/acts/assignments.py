"""Assigning pool lawyers to a case, and ending that. Every act runs inside its caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.assignment.queries.candidates import everybody
from db.assignment.queries.conflict_facts import case_facts
from db.assignment.rules.assignments import (
    AssignmentDraft,
    Choice,
    EndDraft,
    ReplaceDraft,
    assignment_problems,
    end_problems,
    finding_problems,
    replace_problems,
)
from db.assignment.rules.conflicts import Finding
from db.cases.state import load_calendar
from db.errors import UserError
from db.journal import conflict, touch
from db.models.assignment import Assignment, Consent, DisputeLink, Letter, Recommendation
from db.models.case import Case, Party
from db.office.acts.common import opened, refuse
from db.office.acts.numbering import issue
from db.office.queries.settings import load_settings
from db.words.assignment import DisputeRole, EndKind

LETTER = "委托代理人推荐函"


def assign(session: Session, draft: AssignmentDraft, today: date) -> list[int]:
    """Record who was recommended and who acts; return the assignments' keys.

    Refused with ``Invalid``: a third agent of one party (行政诉讼法第三十一条), two lawyers where the head stays
    away (适用解释第一百二十八条), a lawyer whom a rule blocks on that day. Refused with ``Conflict``: the case was changed meanwhile.
    """
    case = opened(session, Case, draft.case_id, draft.version, "这件案件")
    on_date = draft.assigned_on or today
    refuse(assignment_problems(draft, case_facts(session, draft.case_id, draft.party_id, on_date)))
    by_id = {c.lawyer_id: c for c in everybody(session, draft.case_id, draft.party_id, on_date)}
    if any(choice.lawyer_id not in by_id for choice in draft.choices):
        raise UserError("所选顾问已移入回收站，没有分派。请重新选择。")
    named = {c.lawyer_id: (by_id[c.lawyer_id].name, by_id[c.lawyer_id].findings) for c in draft.choices}
    refuse(finding_problems(draft, named))
    touch(case)
    made = [
        Assignment(
            case_id=draft.case_id,
            party_id=draft.party_id,
            lawyer_id=choice.lawyer_id,
            firm_id=by_id[choice.lawyer_id].firm_id,
            role=choice.role,
            mandate=draft.mandate,
            assigned_on=on_date,
            reason=draft.reason.strip(),
        )
        for choice in draft.choices
    ]
    session.add_all(made)
    letter = _letter(session, draft, on_date) if draft.with_letter else None
    _recommend(session, draft, on_date, letter)
    _keep_consents(session, draft, named, on_date)
    session.flush()
    return [assignment.id for assignment in made]


def end_assignment(session: Session, key: int, draft: EndDraft) -> None:
    """End a running assignment (办结, 更换 or 撤销) with its reason. Raises ``Invalid`` or ``Conflict``."""
    assignment = _running(session, key)
    refuse(end_problems(draft, assignment.assigned_on))
    assignment.ended_on = draft.ended_on
    assignment.end_kind = draft.kind
    assignment.end_reason = draft.reason.strip()
    if case := session.get(Case, assignment.case_id):
        touch(case)


def replace_agent(session: Session, key: int, draft: ReplaceDraft, today: date) -> int:
    """Let another lawyer take over an assignment midway; return the new one's key. The old one stays on record.

    Raises ``Invalid`` for what is missing, or for what speaks against the new lawyer; ``Conflict`` where it has ended.
    """
    old = _running(session, key)
    refuse(replace_problems(draft, old.assigned_on))
    on_date, lawyer_id = draft.on or today, draft.lawyer_id or 0
    old.ended_on, old.end_kind, old.end_reason = on_date, EndKind.REPLACED, draft.reason.strip()
    session.flush()  # the old one no longer counts as an agent
    by_id = {c.lawyer_id: c for c in everybody(session, old.case_id, old.party_id, on_date)}
    if lawyer_id not in by_id:
        raise UserError("接办的顾问已移入回收站。请重新选择。")
    chosen = AssignmentDraft(
        old.case_id,
        old.party_id,
        (Choice(lawyer_id, old.role),),
        reason=draft.reason,
        consents=draft.consents,
    )
    named = {lawyer_id: (by_id[lawyer_id].name, by_id[lawyer_id].findings)}
    refuse(finding_problems(chosen, named))
    new = Assignment(
        case_id=old.case_id,
        party_id=old.party_id,
        lawyer_id=lawyer_id,
        firm_id=by_id[lawyer_id].firm_id,
        role=old.role,
        mandate=old.mandate,
        assigned_on=on_date,
        reason=draft.reason.strip(),
        succeeds_id=old.id,
        handover=draft.handover.strip(),
    )
    session.add(new)
    _keep_consents(session, chosen, named, on_date)
    if case := session.get(Case, old.case_id):
        touch(case)
    session.flush()
    return new.id


def link_dispute(session: Session, case_id: int, lawyer_id: int, role: DisputeRole, note: str) -> int:
    """Note what a lawyer had to do with a dispute other than as an agent; return the link's key."""
    case = session.get(Case, case_id)
    if case is None or case.removed_at is not None:
        raise UserError("这件案件已移入回收站。需要时请先恢复。")
    link = DisputeLink(case_id=case_id, lawyer_id=lawyer_id, role=role, note=note.strip())
    session.add(link)
    touch(case)
    session.flush()
    return link.id


def _running(session: Session, key: int) -> Assignment:
    """Return an assignment that nobody has ended meanwhile."""
    assignment = session.get(Assignment, key)
    if assignment is None or assignment.ended_on is not None:
        raise conflict(session, "这项分派", Assignment.__tablename__, key)
    return assignment


def _letter(session: Session, draft: AssignmentDraft, on_date: date) -> Letter:
    settings, party = load_settings(session), session.get(Party, draft.party_id)
    name = party.name if party else ""
    letter = Letter(
        kind=LETTER,
        number=issue(session, settings.letter_series, on_date, f"致{name}的{LETTER}"),
        issued_on=on_date,
        case_id=draft.case_id,
        party_id=draft.party_id,
        addressee=name,
        answer_by=load_calendar(session).next_working_day(on_date + timedelta(days=settings.answer_days)),
    )
    session.add(letter)
    session.flush()
    return letter


def _keep_consents(
    session: Session,
    draft: AssignmentDraft,
    named: Mapping[int, tuple[str, Sequence[Finding]]],
    on_date: date,
) -> None:
    for consent in draft.consents:
        _, findings = named.get(consent.lawyer_id, ("", ()))
        fact = "；".join(f.sentence for f in findings if f.rule == consent.rule)
        if fact:
            session.add(
                Consent(
                    case_id=draft.case_id,
                    party_id=draft.party_id,
                    lawyer_id=consent.lawyer_id,
                    rule=consent.rule,
                    fact=fact,
                    is_consent=consent.is_consent,
                    reason=consent.reason.strip(),
                    person=consent.person.strip(),
                    on_date=on_date,
                )
            )


def _recommend(session: Session, draft: AssignmentDraft, on_date: date, letter: Letter | None) -> None:
    named = [*(c.lawyer_id for c in draft.choices), *draft.alternates]
    for place, lawyer_id in enumerate(dict.fromkeys(named)):
        session.add(
            Recommendation(
                case_id=draft.case_id,
                party_id=draft.party_id,
                lawyer_id=lawyer_id,
                place=place,
                recommended_on=on_date,
                letter_id=letter.id if letter else None,
            )
        )
