"""Reading cases: first the keys in order, then rows as they come into view, then everything about one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from db.case_state import case_periods, load_calendar
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case, Event, Party
from db.models.derived import Deadline
from db.models.lawyer import Lawyer
from db.models.reference import Court
from db.queries.search import matching
from db.rules.cases import AgentDraft, CaseDraft, PartyDraft
from db.rules.events import RECEIPT_OF
from db.rules.periods import Period
from db.rules.vocabulary import Attendance, EndKind, EventKind, Mandate, Outcome, Procedure, Role, Side


class View(StrEnum):
    """The saved views of the case list; the values are the words on the screen."""

    UNASSIGNED = "待分派"
    WEEK = "本周到期"
    OPEN = "在办"
    CLOSED = "已结"
    ALL = "全部"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the clerk asked for; filters combine with *and*, empty ones do not filter."""

    view: View = View.OPEN
    text: str = ""
    agency_id: int | None = None
    procedure: Procedure | None = None
    lawyer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a case is heading for."""

    title: str
    on: date
    at_time: str
    lapses: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list."""

    key: int
    number: str
    procedure: Procedure
    stage: str
    is_open: bool
    plaintiffs: str
    defendants: str
    cause: str
    court: str
    advisers: tuple[str, ...]
    due: Due | None
    attendance: Attendance
    outcome: Outcome | None
    is_difficult: bool
    received_on: date | None
    closed_on: date | None


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


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party with those who act for it."""

    key: int
    side: Side
    name: str
    agency_id: int | None
    agents: tuple[AgentLine, ...]
    recommended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened."""

    key: int
    kind: EventKind
    on_date: date
    at_time: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """Everything the panel shows of one case."""

    row: CaseRow
    version: int
    court: str
    cause: str
    act: str
    note: str
    parties: tuple[PartyLine, ...]
    events: tuple[EventLine, ...]
    periods: tuple[Period, ...]


def case_keys(
    session: Session, wanted: CaseFilter, today: date, sort: str = "due", *, descending: bool = False
) -> list[int]:
    """Return the ids of the cases asked for, in order; by nearest deadline unless told otherwise."""
    order = _order(sort, today)
    direction = [o.desc().nulls_last() if descending else o.asc().nulls_last() for o in order]
    query = _filtered(select(Case.id), wanted, today).outerjoin(Court, Court.id == Case.court_id)
    return list(session.scalars(query.order_by(*direction, Case.id.desc())))


def case_counts(session: Session, today: date) -> dict[View, int]:
    """Return how many cases each view has."""
    return {
        view: session.scalar(_filtered(select(func.count(Case.id)), CaseFilter(view), today)) or 0
        for view in View
    }


def case_rows(session: Session, keys: Sequence[int], today: date) -> dict[int, CaseRow]:
    """Return a row for each key that still exists."""
    query = select(Case).where(Case.id.in_(keys)).options(selectinload(Case.court), selectinload(Case.cause))
    advisers, dues = _advisers(session, keys), _dues(session, keys, today)
    return {c.id: _row(c, tuple(advisers[c.id]), dues.get(c.id)) for c in session.scalars(query)}


def case_detail(session: Session, key: int, today: date) -> CaseDetail | None:
    """Return what the panel shows of one case, or ``None`` if it is gone."""
    case = session.get(Case, key)
    if case is None or case.removed_at is not None:
        return None
    return CaseDetail(
        row=case_rows(session, [key], today)[key],
        version=case.version,
        court=case.court.name if case.court else "",
        cause=cause_title(case),
        act=case.act,
        note=case.note,
        parties=_parties(session, case),
        events=tuple(EventLine(e.id, e.kind, e.on_date, e.at_time, e.note) for e in case.events),
        periods=tuple(case_periods(case, load_calendar(session))),
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
    )


def same_number(session: Session, number: str, but: int | None = None) -> list[int]:
    """Return the ids of other cases that already carry this normalised number."""
    query = select(Case.id).where(Case.number == number, Case.removed_at.is_(None), Case.number != "")
    return [key for key in session.scalars(query) if key != but]


def cause_title(case: Case) -> str:
    """Return the cause as lists show it: the third level as typed, else the chosen one."""
    return case.cause_text or (case.cause.name if case.cause else "")


def week_end(today: date) -> date:
    """Return the Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


def _filtered(query: Select[Any], wanted: CaseFilter, today: date) -> Select[Any]:
    query = query.where(Case.removed_at.is_(None), *_view(wanted.view, today))
    if wanted.text.strip():
        query = query.where(Case.id.in_(matching("case_record", wanted.text)))
    if wanted.agency_id is not None:
        query = query.where(
            exists().where(
                Party.case_id == Case.id, Party.agency_id == wanted.agency_id, Party.side == Side.DEFENDANT
            )
        )
    if wanted.procedure is not None:
        query = query.where(Case.procedure == wanted.procedure)
    if wanted.lawyer_id is not None:
        query = query.where(
            exists().where(Assignment.case_id == Case.id, Assignment.lawyer_id == wanted.lawyer_id)
        )
    return query


def _view(view: View, today: date) -> Sequence[ColumnElement[bool]]:
    running = exists().where(Assignment.case_id == Case.id, Assignment.ended_on.is_(None))
    if view is View.UNASSIGNED:
        return [Case.is_open.is_(True), ~running]
    if view is View.WEEK:
        due = exists().where(Deadline.case_id == Case.id, Deadline.due_on <= week_end(today), _counts(today))
        return [Case.is_open.is_(True), due]
    states: dict[View, list[ColumnElement[bool]]] = {
        View.OPEN: [Case.is_open.is_(True)],
        View.CLOSED: [Case.is_open.is_(False)],
    }
    return states.get(view, [])


def _counts(today: date) -> ColumnElement[bool]:
    """A duty counts until it is done; what lapses counts until its day is over."""
    return or_(~Deadline.lapses, Deadline.due_on >= today)


def _order(sort: str, today: date) -> list[Any]:
    nearest = (
        select(func.min(Deadline.due_on))
        .where(Deadline.case_id == Case.id, _counts(today))
        .correlate(Case)
        .scalar_subquery()
    )
    orders: dict[str, list[Any]] = {
        "due": [nearest, Case.received_on],
        "number": [Case.number],
        "parties": [Case.plaintiffs],
        "cause": [Case.cause_text],
        "stage": [Case.procedure, Case.stage],
        "court": [Court.name],
        "received_on": [Case.received_on],
        "attendance": [Case.attendance],
        "outcome": [Case.outcome],
    }
    return orders[sort]


def _row(case: Case, advisers: tuple[str, ...], due: Due | None) -> CaseRow:
    return CaseRow(
        key=case.id,
        number=case.number or "（未编号）",
        procedure=case.procedure,
        stage=case.stage,
        is_open=case.is_open,
        plaintiffs=case.plaintiffs,
        defendants=case.defendants,
        cause=cause_title(case),
        court=case.court.short_name if case.court else "",
        advisers=advisers,
        due=due,
        attendance=case.attendance,
        outcome=case.outcome,
        is_difficult=case.is_difficult,
        received_on=case.received_on,
        closed_on=case.closed_on,
    )


def _advisers(session: Session, keys: Sequence[int]) -> defaultdict[int, list[str]]:
    """Return who acts in each case, the lead first; a closed case shows who served to its end."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    query = (
        select(Assignment.case_id, Lawyer.name)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Assignment.case_id.in_(keys))
        .where(or_(Assignment.ended_on.is_(None), Assignment.end_kind == EndKind.SERVED))
        .order_by(Assignment.party_id, Assignment.role, Assignment.id)
    )
    for case_id, name in session.execute(query):
        found[case_id].append(name)
    return found


def _dues(session: Session, keys: Sequence[int], today: date) -> dict[int, Due]:
    query = (
        select(Deadline)
        .where(Deadline.case_id.in_(keys), _counts(today))
        .order_by(Deadline.due_on.desc(), Deadline.id.desc())
    )
    return {d.case_id: Due(d.title, d.due_on, d.at_time, d.lapses, d.covered) for d in session.scalars(query)}


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
                *(AgentLine(a.name, a.firm_name, a.kind.value) for a in party.agents),
            ),
            recommended=tuple(dict.fromkeys(r.lawyer.name for r in named if r.party_id == party.id)),
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
    )


def _party_draft(party: Party) -> PartyDraft:
    return PartyDraft(
        side=party.side,
        name=party.name,
        kind=party.kind,
        agency_id=party.agency_id,
        agents=tuple(AgentDraft(a.name, a.kind, a.firm_name) for a in party.agents),
        key=party.id,
    )


def _event(case: Case, kind: EventKind, *, last: bool = False) -> Event | None:
    events = [e for e in case.events if e.kind is kind]
    return (events[-1] if last else events[0]) if events else None
