"""Reading everything about one case: its parties, steps, periods, hearings, and the cases tied to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.agencies.queries.in_time import defendant_notes
from db.cases.queries.cases import CaseRow, case_rows, cause_title, same_number
from db.cases.queries.disputes import disputes
from db.cases.rules.attendance import PlanDraft
from db.cases.rules.cases import AgentDraft, CaseDraft, PartyDraft
from db.cases.rules.marks import MarkKind
from db.cases.state import HEARINGS, Served, appeal_windows, called, case_periods, load_calendar
from db.law.disputes import Dispute
from db.law.events import RECEIPT_OF
from db.law.filings import counts_on
from db.law.outcomes import LostPolicy
from db.law.periods import Period
from db.law.rulings import Ruling
from db.models.assignment import Assignment, Recommendation
from db.models.case import AttendancePlan, Case, Event, Party
from db.office.queries.settings import load_settings
from db.words.assignment import EndKind, Mandate, Role
from db.words.case import DefendantRole, EventKind, Outcome, PartyKind, Procedure, SendMethod, Side


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Somebody who acts for a party; ``assignment_id`` is set for a lawyer of the pool."""

    name: str
    firm: str
    kind: str
    assignment_id: int | None = None
    lawyer_id: int | None = None
    role: Role | None = None
    mandate: Mandate | None = None
    assigned_on: date | None = None
    ended_on: date | None = None
    end_kind: EndKind | None = None
    end_reason: str = ""
    reason: str = ""
    phone: str = ""
    licence: str = ""
    handover: str = ""


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party with those who act for it; ``role`` is a defendant's (原行政机关, 复议机关, 共同被告)."""

    key: int
    side: Side
    name: str
    agency_id: int | None
    agents: tuple[AgentLine, ...]
    recommended: tuple[str, ...] = ()
    kind: PartyKind = PartyKind.PERSON
    role: DefendantRole | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened; ``counts_on`` is earlier than ``on_date`` for what was posted in time."""

    key: int
    kind: EventKind
    on_date: date
    at_time: str
    note: str
    sent_on: date | None
    send_method: SendMethod | None
    evidence: str
    party_id: int | None
    party: str
    counts_on: date
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class HearingLine:
    """A hearing (开庭) or inquiry (听证) with its attendance plan, ``None`` while none was made."""

    event_id: int
    kind: str
    on: date
    at_time: str
    place: str
    plan: PlanDraft | None


@dataclass(frozen=True, slots=True)
class MarkLine:
    """What was entered by hand about one period; ``party_id`` is the co-defendant whose it is, ``None``: of all."""

    rule: str
    kind: MarkKind
    on: date | None
    text: str
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class InstanceLine:
    """One case of the same dispute or series, or a second record of the same case."""

    key: int
    number: str
    procedure: Procedure
    court: str
    parties: str
    received_on: date | None
    closed_on: date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """Everything the panel shows of one case.

    ``services`` are judgments served on single parties, each with its own window for appeal. ``chain`` are the
    instances of the dispute in order, this one included, and ``dispute`` its final result so far; ``duplicates`` other records with the same number; ``policy`` is what the office counts as lost.
    """

    row: CaseRow
    version: int
    court: str
    cause: str
    act: str
    note: str
    parties: tuple[PartyLine, ...]
    events: tuple[EventLine, ...]
    periods: tuple[Period, ...]
    act_on: date | None
    act_number: str
    fields: tuple[str, ...]
    difficult_reason: str
    court_reason: str
    previous_id: int | None
    series_id: int | None
    services: tuple[Served, ...]
    hearings: tuple[HearingLine, ...]
    marks: tuple[MarkLine, ...]
    chain: tuple[InstanceLine, ...]
    dispute: Dispute
    series: tuple[InstanceLine, ...]
    duplicates: tuple[InstanceLine, ...]
    notes: tuple[str, ...] = ()
    policy: LostPolicy = LostPolicy()  # noqa: RUF009 - frozen
    decided_on: date | None = None


def case_detail(session: Session, key: int, today: date) -> CaseDetail | None:
    """Return what the panel shows of one case, or ``None`` if it is gone."""
    case = session.get(Case, key)
    if case is None or case.removed_at is not None:
        return None
    calendar = load_calendar(session)
    names = {p.id: called(p, case) for p in case.parties}
    return CaseDetail(
        row=case_rows(session, [key], today)[key],
        version=case.version,
        court=case.court.name if case.court else "",
        cause=cause_title(case),
        act=case.act,
        note=case.note,
        parties=_parties(session, case),
        events=tuple(_event_line(e, names) for e in case.events),
        periods=tuple(case_periods(case, calendar)),
        act_on=case.act_on,
        act_number=case.act_number,
        fields=tuple(f.name for f in case.fields),
        difficult_reason=case.difficult_reason,
        court_reason=case.court_reason,
        previous_id=case.previous_id,
        series_id=case.series_id,
        services=tuple(appeal_windows(case, calendar)),
        hearings=tuple(_hearing_line(e, case) for e in case.events if e.kind in HEARINGS),
        marks=_marks(case),
        chain=_chain(session, case),
        dispute=_dispute(session, case),
        series=_series(session, case),
        policy=load_settings(session).lost_policy(),
        decided_on=case.decided_on,
        duplicates=_duplicates(session, case),
        notes=_notes(session, case, today),
    )


def case_draft(session: Session, key: int) -> CaseDraft | None:
    """Return a case as the editor wants it, or ``None`` if it is gone."""
    case = session.get(Case, key)
    if case is None or case.removed_at is not None:
        return None
    filed = _event(case, EventKind.FILED)
    received = _event(case, RECEIPT_OF[case.procedure])
    hearing = _event(case, EventKind.HEARING, last=True)
    return CaseDraft(
        number=case.number,
        procedure=case.procedure,
        court_id=case.court_id,
        cause_id=case.cause_id,
        cause_text=case.cause_text,
        act=case.act,
        filed_on=filed.on_date if filed else None,
        received_on=received.on_date if received else None,
        hearing_on=hearing.on_date if hearing else None,
        hearing_time=hearing.at_time if hearing else "",
        hearing_place=hearing.note if hearing else "",
        parties=tuple(_party_draft(p) for p in case.parties),
        attendance=case.attendance,
        is_difficult=case.is_difficult,
        note=case.note,
        version=case.version,
        act_on=case.act_on,
        act_number=case.act_number,
        is_compensation=case.is_compensation,
        track=case.track,
        court_reason=case.court_reason,
        difficult_reason=case.difficult_reason,
        fields=tuple(f.name for f in case.fields),
    )


def instance_lines(session: Session, keys: Sequence[int]) -> dict[int, InstanceLine]:
    """Return a line for each case, for lists of tied cases and pickers."""
    query = select(Case).where(Case.id.in_(keys)).options(selectinload(Case.court))
    return {
        c.id: InstanceLine(
            key=c.id,
            number=c.number or "（未编号）",
            procedure=c.procedure,
            court=c.court.short_name if c.court else "",
            parties=f"{c.plaintiffs} 诉 {c.defendants}",
            received_on=c.received_on,
            closed_on=c.closed_on,
            outcome=c.outcome,
        )
        for c in session.scalars(query)
    }


def plan_draft(plan: AttendancePlan) -> PlanDraft:
    """Return a stored attendance plan as the editor wants it."""
    return PlanDraft(
        attends=plan.attends,
        head=plan.head,
        post=plan.post,
        head_kind=plan.head_kind,
        absence=plan.absence,
        absence_note=plan.absence_note,
        papers_on=plan.papers_on,
        staff=tuple(name for name in plan.staff.split("、") if name),
        attended=plan.attended,
        note=plan.note,
    )


def _event_line(event: Event, names: dict[int, str]) -> EventLine:
    return EventLine(
        key=event.id,
        kind=event.kind,
        on_date=event.on_date,
        at_time=event.at_time,
        note=event.note,
        sent_on=event.sent_on,
        send_method=event.send_method,
        evidence=event.evidence,
        party_id=event.party_id,
        party=names.get(event.party_id or 0, ""),
        counts_on=counts_on(event.kind, event.on_date, event.sent_on, event.send_method),
        ruling=event.ruling,
    )


def _hearing_line(event: Event, case: Case) -> HearingLine:
    is_inquiry = event.kind is EventKind.INQUIRY or case.procedure is Procedure.RECONSIDERATION
    return HearingLine(
        event_id=event.id,
        kind="听证" if is_inquiry else "开庭",
        on=event.on_date,
        at_time=event.at_time,
        place=event.note,
        plan=plan_draft(event.plan) if event.plan else None,
    )


def _marks(case: Case) -> tuple[MarkLine, ...]:
    lines = []
    for mark in case.marks:
        if mark.fixed_on:
            text = "，".join(filter(None, (mark.fixed_reason, mark.fixed_source)))
            lines.append(MarkLine(mark.rule, MarkKind.FIXED, mark.fixed_on, text, mark.party_id))
        if mark.extended_by and mark.extended_unit:
            text = f"{mark.extended_by} {mark.extended_unit.value}，{mark.extended_reason}"
            lines.append(MarkLine(mark.rule, MarkKind.EXTENDED, None, text, mark.party_id))
        if mark.done_on:
            lines.append(MarkLine(mark.rule, MarkKind.DONE, mark.done_on, mark.done_evidence, mark.party_id))
    return tuple(lines)


def _chain(session: Session, case: Case) -> tuple[InstanceLine, ...]:
    """Return the instances of the dispute, each after the one before it."""
    query = select(Case.id, Case.previous_id).where(
        Case.dispute_id == (case.dispute_id or case.id), Case.removed_at.is_(None)
    )
    previous = {row.id: row.previous_id for row in session.execute(query)}
    lines = instance_lines(session, list(previous))
    return tuple(sorted(lines.values(), key=lambda line: (_depth(previous, line.key), line.key)))


def _dispute(session: Session, case: Case) -> Dispute:
    found = disputes(session, [case.dispute_id or case.id])
    return found[0] if found else Dispute(keys=(case.id,))


def _depth(previous: dict[int, int | None], key: int) -> int:
    depth, at = 0, previous.get(key)
    while at is not None and depth <= len(previous):
        depth, at = depth + 1, previous.get(at)
    return depth


def _series(session: Session, case: Case) -> tuple[InstanceLine, ...]:
    if case.series_id is None:
        return ()
    query = select(Case.id).where(Case.series_id == case.series_id, Case.removed_at.is_(None))
    lines = instance_lines(session, list(session.scalars(query)))
    return tuple(sorted(lines.values(), key=lambda line: (line.number, line.key)))


def _duplicates(session: Session, case: Case) -> tuple[InstanceLine, ...]:
    lines = instance_lines(session, same_number(session, case.number, case.id))
    return tuple(lines[key] for key in sorted(lines))


def _notes(session: Session, case: Case, today: date) -> tuple[str, ...]:
    """Say of an open case's defendants who goes on with the work of one that has ended; the record stays."""
    sued = [p.agency_id for p in case.parties if p.side is Side.DEFENDANT and p.agency_id is not None]
    return tuple(defendant_notes(session, sued, today)) if case.is_open and sued else ()


def _parties(session: Session, case: Case) -> tuple[PartyLine, ...]:
    assigned = session.scalars(
        select(Assignment)
        .where(Assignment.case_id == case.id)
        .options(selectinload(Assignment.lawyer), selectinload(Assignment.firm))
        .order_by(Assignment.assigned_on, Assignment.role, Assignment.id)
    ).all()
    named = session.scalars(
        select(Recommendation)
        .where(Recommendation.case_id == case.id)
        .options(selectinload(Recommendation.lawyer))
        .order_by(Recommendation.id)
    ).all()
    return tuple(
        PartyLine(
            key=party.id,
            side=party.side,
            name=party.name,
            agency_id=party.agency_id,
            agents=(
                *(_assigned_line(a) for a in assigned if a.party_id == party.id),
                *(
                    AgentLine(a.name, a.firm_name, a.kind.value, phone=a.phone, licence=a.licence)
                    for a in party.agents
                ),
            ),
            recommended=tuple(dict.fromkeys(r.lawyer.name for r in named if r.party_id == party.id)),
            kind=party.kind,
            role=party.role,
        )
        for party in case.parties
    )


def _assigned_line(assignment: Assignment) -> AgentLine:
    return AgentLine(
        name=assignment.lawyer.name,
        firm=assignment.firm.short_name if assignment.firm else "",
        kind=assignment.role.value,
        assignment_id=assignment.id,
        lawyer_id=assignment.lawyer_id,
        role=assignment.role,
        mandate=assignment.mandate,
        assigned_on=assignment.assigned_on,
        ended_on=assignment.ended_on,
        end_kind=assignment.end_kind,
        end_reason=assignment.end_reason,
        reason=assignment.reason,
        phone=assignment.lawyer.phone,
        licence=assignment.lawyer.licence or "",
        handover=assignment.handover,
    )


def _party_draft(party: Party) -> PartyDraft:
    return PartyDraft(
        side=party.side,
        name=party.name,
        kind=party.kind,
        agency_id=party.agency_id,
        agents=tuple(AgentDraft(a.name, a.kind, a.firm_name, a.phone, a.licence) for a in party.agents),
        key=party.id,
        role=party.role,
        identity=party.identity,
        representative=party.representative,
    )


def _event(case: Case, kind: EventKind, *, last: bool = False) -> Event | None:
    events = [e for e in case.events if e.kind is kind]
    return (events[-1] if last else events[0]) if events else None
