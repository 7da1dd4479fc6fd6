"""Reading the list of cases: the views with their counts, the keys in order, then rows as they come into view."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from db.cases.rules.neglect import neglect, quiet_before
from db.law.periods import BY_ID
from db.models.assignment import Assignment
from db.models.case import Case, CaseField, Party
from db.models.derived import Deadline
from db.models.lawyer import Lawyer
from db.models.reference import Court
from db.office.queries.search import case_matches, matching
from db.words.assignment import EndKind
from db.words.case import Attendance, LossCause, Outcome, Procedure, Side, Track


class View(StrEnum):
    """The saved views of the case list; the values are the words on the screen."""

    UNASSIGNED = "待分派"
    WEEK = "本周到期"
    OPEN = "在办"
    CLOSED = "已结"
    ALL = "全部"
    FORGOTTEN = "被遗忘"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the clerk asked for; filters combine with *and*, empty ones do not filter.

    ``field`` is a field of administration; ``dispute_id`` shows the instances of one dispute.
    """

    view: View = View.OPEN
    text: str = ""
    agency_id: int | None = None
    procedure: Procedure | None = None
    lawyer_id: int | None = None
    field: str = ""
    series_id: int | None = None
    dispute_id: int | None = None
    court_id: int | None = None
    difficult_only: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a case is heading for; ``rule`` is the period's id (L02 …) or 开庭, ``is_fixed`` 手工改定."""

    title: str
    on: date
    at_time: str
    lapses: bool
    covered: bool
    rule: str = ""
    article: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list; ``neglect`` says why the case is 被遗忘, and is empty when it is not."""

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
    hearing_on: date | None
    last_on: date | None
    is_compensation: bool
    track: Track
    effective_on: date | None
    is_self_corrected: bool
    loss_cause: LossCause | None
    series: str
    dispute_id: int
    duplicate_of_id: int | None
    neglect: tuple[str, ...]


def case_keys(
    session: Session, wanted: CaseFilter, today: date, sort: str = "due", *, descending: bool = False
) -> list[int]:
    """Return the ids of the cases asked for, in order; by nearest deadline unless told otherwise.

    By deadline, closed cases come last, the latest closed first: nothing is due in them, so no deadline is read.
    """
    if sort != "due":
        order = [o.desc().nulls_last() if descending else o.asc().nulls_last() for o in _ORDERS[sort]]
        query = _filtered(select(Case.id), wanted, today)
        if sort == "court":
            query = query.outerjoin(Court, Court.id == Case.court_id)
        return _keys(session, query.order_by(*order, Case.id.desc()))
    keys: list[int] = []
    if wanted.view is not View.CLOSED:
        nearest = _nearest(today)
        by = [nearest.c.due_on, Case.received_on]
        order = [o.desc().nulls_last() if descending else o.asc().nulls_last() for o in by]
        query = _filtered(select(Case.id), wanted, today, nearest, is_open=True).where(Case.is_open.is_(True))
        if wanted.view is not View.WEEK:
            query = query.outerjoin(nearest, nearest.c.case_id == Case.id)
        keys += _keys(session, query.order_by(*order, Case.id.desc()))
    if wanted.view in {View.CLOSED, View.ALL}:
        query = _filtered(select(Case.id), wanted, today).where(Case.is_open.is_(False))
        keys += _keys(session, query.order_by(Case.closed_on.desc(), Case.id.desc()))
    return keys


def case_counts(session: Session, today: date) -> dict[View, int]:
    """Return how many cases each view has; three statements whatever the size, two of them over open cases only."""
    present = Case.removed_at.is_(None)
    by_state = select(Case.is_open, func.count()).where(present).group_by(Case.is_open)
    states = {is_open: count for is_open, count in session.execute(by_state)}  # noqa: C416 - rows become a plain dict
    wanted = (Case.is_unassigned.is_(True), _forgotten(today))
    sums = select(*(func.sum(case((is_in, 1), else_=0)) for is_in in wanted))
    found = session.execute(sums.where(present, Case.is_open.is_(True))).one()
    week = _filtered(select(func.count(Case.id)), CaseFilter(View.WEEK), today)
    return {
        View.UNASSIGNED: found[0] or 0,
        View.WEEK: session.scalar(week) or 0,
        View.OPEN: states.get(True, 0),
        View.CLOSED: states.get(False, 0),
        View.ALL: sum(states.values()),
        View.FORGOTTEN: found[1] or 0,
    }


def case_rows(session: Session, keys: Sequence[int], today: date) -> dict[int, CaseRow]:
    """Return a row for each key that still exists."""
    query = (
        select(Case)
        .where(Case.id.in_(keys))
        .options(joinedload(Case.court), joinedload(Case.cause), joinedload(Case.series))
    )
    advisers, dues = _advisers(session, keys), _dues(session, keys, today)
    return {c.id: _row(c, tuple(advisers[c.id]), dues.get(c.id), today) for c in session.scalars(query)}


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


def is_pending(today: date) -> ColumnElement[bool]:
    """A duty counts until it is done; what lapses counts until its day is over."""
    return or_(~Deadline.lapses, Deadline.due_on >= today)


def _keys(session: Session, query: Select[Any]) -> list[int]:
    """Read ids alone, past what SQLAlchemy does for each row: there may be a hundred thousand."""
    cursor = session.connection().execute(query).cursor
    return [] if cursor is None else [row[0] for row in cursor.fetchall()]


def _filtered(
    query: Select[Any],
    wanted: CaseFilter,
    today: date,
    nearest: Subquery | None = None,
    *,
    is_open: bool = False,
) -> Select[Any]:
    """Narrow a query to what was asked for; ``is_open`` tells that it is about open cases only, which are few."""
    query = query.where(Case.removed_at.is_(None), *_view(wanted.view, today))
    if wanted.view is View.WEEK:
        nearest = _nearest(today) if nearest is None else nearest
        query = query.join(nearest, nearest.c.case_id == Case.id).where(nearest.c.due_on <= week_end(today))
    if wanted.text.strip():
        is_few = wanted.view not in {View.ALL, View.CLOSED} or is_open
        found = case_matches(wanted.text) if is_few else Case.id.in_(matching("case_record", wanted.text))
        query = query.where(found)
    for condition in _conditions(wanted):
        query = query.where(condition)
    return query


def _conditions(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.agency_id is not None:
        yield exists().where(
            Party.case_id == Case.id, Party.agency_id == wanted.agency_id, Party.side == Side.DEFENDANT
        )
    if wanted.lawyer_id is not None:
        yield exists().where(Assignment.case_id == Case.id, Assignment.lawyer_id == wanted.lawyer_id)
    if wanted.field:
        yield exists().where(CaseField.case_id == Case.id, CaseField.name == wanted.field)
    if wanted.difficult_only:
        yield Case.is_difficult.is_(True)
    for column, value in (
        (Case.procedure, wanted.procedure),
        (Case.court_id, wanted.court_id),
        (Case.series_id, wanted.series_id),
        (Case.dispute_id, wanted.dispute_id),
    ):
        if value is not None:
            yield column == value


def _view(view: View, today: date) -> Sequence[ColumnElement[bool]]:
    views: dict[View, list[ColumnElement[bool]]] = {
        View.UNASSIGNED: [Case.is_open.is_(True), Case.is_unassigned.is_(True)],
        View.WEEK: [Case.is_open.is_(True)],
        View.OPEN: [Case.is_open.is_(True)],
        View.CLOSED: [Case.is_open.is_(False)],
        View.ALL: [],
        View.FORGOTTEN: [Case.is_open.is_(True), _forgotten(today)],
    }
    return views[view]


def _forgotten(today: date) -> ColumnElement[bool]:
    """The same as ``neglect`` says of each row."""
    return and_(
        Case.duplicate_of_id.is_(None),
        or_(
            Case.lacks_agent.is_(True),
            Case.lacks_answer.is_(True),
            Case.lacks_attendance.is_(True),
            Case.last_on < quiet_before(today),
        ),
    )


def _nearest(today: date) -> Subquery:
    """Return the nearest day of each case across all kinds of deadlines."""
    return (
        select(Deadline.case_id, func.min(Deadline.due_on).label("due_on"))
        .where(is_pending(today))
        .group_by(Deadline.case_id)
        .subquery()
    )


_ORDERS: dict[str, list[Any]] = {
    "number": [Case.number],
    "parties": [Case.plaintiffs],
    "cause": [Case.cause_text],
    "stage": [Case.procedure, Case.stage],
    "court": [Court.name],
    "received_on": [Case.received_on],
    "attendance": [Case.attendance],
    "outcome": [Case.outcome],
    "last_on": [Case.last_on],
}


SORTS = frozenset({"due", *_ORDERS})
"""What the list can be sorted by."""


def _row(case: Case, advisers: tuple[str, ...], due: Due | None, today: date) -> CaseRow:
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
        hearing_on=case.hearing_on,
        last_on=case.last_on,
        is_compensation=case.is_compensation,
        track=case.track,
        effective_on=case.effective_on,
        is_self_corrected=case.is_self_corrected,
        loss_cause=case.loss_cause,
        series=case.series.name if case.series and case.series.removed_at is None else "",
        dispute_id=case.dispute_id or case.id,
        duplicate_of_id=case.duplicate_of_id,
        neglect=_neglect(case, today),
    )


def _neglect(case: Case, today: date) -> tuple[str, ...]:
    if not case.is_open or case.duplicate_of_id is not None:
        return ()
    return neglect(
        lacks_agent=case.lacks_agent,
        lacks_answer=case.lacks_answer,
        lacks_attendance=case.lacks_attendance,
        last_on=case.last_on,
        today=today,
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
        .where(Deadline.case_id.in_(keys), is_pending(today))
        .order_by(Deadline.due_on.desc(), Deadline.id.desc())
    )
    return {d.case_id: due_of(d) for d in session.scalars(query)}


def due_of(deadline: Deadline) -> Due:
    """Return a stored deadline as lists show it, with the article of its rule."""
    rule = BY_ID.get(deadline.rule)
    return Due(
        title=deadline.title,
        on=deadline.due_on,
        at_time=deadline.at_time,
        lapses=deadline.lapses,
        covered=deadline.covered,
        rule=deadline.rule,
        article=rule.article if rule else "",
        is_fixed=deadline.is_fixed,
    )
