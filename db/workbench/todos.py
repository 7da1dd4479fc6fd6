"""What is to be done: deadlines, hearings, cases without a lawyer, terms that end, results not yet entered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, or_, select, text
from sqlalchemy.orm import Session

from db.assignment.queries.fairness import Fairness, fairness
from db.assignment.queries.standing_conflicts import standing_conflicts
from db.cases.queries.cases import CaseFilter, View, case_counts, case_keys, case_rows, is_pending, week_end
from db.consultations.queries.consultations import ConsultationRow, consultations, open_follow_ups
from db.consultations.rules.consultations import State
from db.coverage.queries.urging import unanswered_urging
from db.law.periods import ANSWER_RULES
from db.models.agency import Agency
from db.models.case import Case, Event
from db.models.derived import Deadline
from db.office.queries.calendar import uncovered_years
from db.office.queries.settings import load_settings
from db.office.todo import Todo, TodoKind
from db.roster.queries.appointments import open_filings
from db.roster.queries.roster import RosterRow, roster
from db.roster.rules.lawyers import Standing
from db.words.case import Attendance, EventKind
from db.workbench.agenda import AgendaLine, agenda
from db.workbench.expiry import ExpiryKind, expiries

ASSIGN_WITHIN = 5  # days after the complaint came in: the office's own aim, the law sets none
RESULT_WITHIN = 3  # days after a judgment was served: the same
AHEAD = timedelta(days=400)  # as far as the workbench looks
MOST = 300  # the nearest things of one kind that the workbench lists; its counts are of all


@dataclass(frozen=True, slots=True)
class ForgottenCase:
    """A case of 被遗忘, and why it is there."""

    key: int
    number: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The workbench: things to do by date, the pool's load, and the figures beside it.

    ``due_this_week`` counts cases. ``forgotten`` is the badge of 被遗忘; ``forgotten_cases`` the first of them. ``uncovered_years`` are those
    whose notice on days off is not entered though deadlines fall there. ``counts`` are of all things to do, also
    of those that are too many to list, by kind and stretch of time (``horizon``).
    """

    todos: tuple[Todo, ...]
    load: tuple[RosterRow, ...]
    open_cases: int
    unassigned: int
    agencies: int
    unverified_agencies: int
    forgotten: int = 0
    forgotten_cases: tuple[ForgottenCase, ...] = ()
    uncovered_years: tuple[int, ...] = ()
    due_this_week: int = 0
    counts: Mapping[tuple[TodoKind, str], int] = field(default_factory=dict)
    fairness: Fairness | None = None


def overview(session: Session, today: date, most: int = MOST) -> Overview:
    """Return everything the workbench shows, as of ``today``; at most ``most`` things of a kind, the nearest."""
    lawyers = roster(session, today, sort="running", descending=True)
    todos = [
        *_deadlines(session, today, most),
        *_unassigned(session, today, most),
        *_results(session, most),
        *_terms(session, lawyers, today),
        *_filings(session),
        *_conflicts(session, today),
        *_consultations(session, today),
        *_follow_ups(session),
        *_expiries(session, today, most),
        *_answers(session, today),
    ]
    views = case_counts(session, today)
    return Overview(
        todos=tuple(sorted(todos, key=lambda t: (t.due_on, not t.is_duty, t.title))),
        load=tuple(lawyers),
        open_cases=views[View.OPEN],
        unassigned=views[View.UNASSIGNED],
        agencies=session.scalar(select(func.count(Agency.id)).where(Agency.removed_at.is_(None))) or 0,
        unverified_agencies=session.scalar(
            select(func.count(Agency.id)).where(
                Agency.removed_at.is_(None), Agency.source.startswith("初始清单")
            )
        )
        or 0,
        forgotten=views[View.FORGOTTEN],
        forgotten_cases=tuple(_forgotten(session, today, most)),
        uncovered_years=tuple(uncovered_years(session)),
        due_this_week=views[View.WEEK],
        counts=_counts(session, todos, today, most),
        fairness=fairness(session, today.year, today, lawyers),
    )


def horizon(due_on: date, today: date) -> str:
    """Return the group that a date belongs to: 今天 (with everything overdue), 本周, 下周 or 以后."""
    if due_on <= today:
        return "今天"
    if due_on <= week_end(today):
        return "本周"
    return "下周" if due_on <= week_end(today) + timedelta(days=7) else "以后"


def _counts(
    session: Session, todos: Sequence[Todo], today: date, most: int
) -> dict[tuple[TodoKind, str], int]:
    """Count what is listed; where a list is full, count in the database."""
    listed = Counter((todo.kind, horizon(todo.due_on, today)) for todo in todos)
    by_kind = Counter(todo.kind for todo in todos)
    counts: dict[tuple[TodoKind, str], int] = dict(listed)
    if by_kind[TodoKind.DEADLINE] + by_kind[TodoKind.HEARING] >= most:
        is_hearing = Deadline.rule == EventKind.HEARING.value
        query = (
            select(case((is_hearing, 1), else_=0), _horizon(Deadline.due_on, today), func.count())
            .join(Case, Case.id == Deadline.case_id)
            .where(Case.removed_at.is_(None), Deadline.due_on <= today + AHEAD, is_pending(today))
        )
        for hearing, when, count in session.execute(query.group_by(text("1"), text("2"))):
            counts[TodoKind.HEARING if hearing else TodoKind.DEADLINE, when] = count
    if by_kind[TodoKind.ASSIGN] >= most:
        due = _horizon(Case.received_on, today, ASSIGN_WITHIN)
        query = select(due, func.count()).where(*_UNASSIGNED)
        for when, count in session.execute(query.group_by(text("1"))):
            counts[TodoKind.ASSIGN, when] = count
    if by_kind[TodoKind.RESULT] >= most:
        served = _unresolved().subquery()
        due = _horizon(served.c.on, today, RESULT_WITHIN)
        for when, count in session.execute(select(due, func.count()).group_by(text("1"))):
            counts[TodoKind.RESULT, when] = count
    return counts


def _horizon(day: Any, today: date, lead: int = 0) -> Any:
    """The same as ``horizon`` in SQL, of what is due ``lead`` days after ``day``; without a day, 今天."""
    now, week = today - timedelta(days=lead), week_end(today) - timedelta(days=lead)
    return case(
        (or_(day.is_(None), day <= now), "今天"),
        (day <= week, "本周"),
        (day <= week + timedelta(days=7), "下周"),
        else_="以后",
    )


def _deadlines(session: Session, today: date, most: int) -> list[Todo]:
    lines = agenda(session, today, today + AHEAD, today, with_overdue=True, limit=most)
    return [_deadline(line) for line in lines]


def _deadline(line: AgendaLine) -> Todo:
    names = "、".join(line.case.advisers)
    parts = [f"承办 {names}" if names else "尚未分派顾问"]
    if line.is_hearing:
        attends = line.head if line.head in set(Attendance) else f"：{line.head}"
        parts = [line.place or line.case.court, f"负责人出庭{attends}", *parts]
    return Todo(
        kind=TodoKind.HEARING if line.is_hearing else TodoKind.DEADLINE,
        table="case_record",
        key=line.key,
        word=line.title,
        title=line.parties,
        caption=f"{line.case.number}・{'，'.join(filter(None, parts))}",
        due_on=line.on,
        at_time=line.at_time,
        is_duty=not line.lapses,
        rule=line.rule,
        article=line.article,
        is_arranged=not line.is_hearing or line.head != Attendance.PENDING.value,
        place=line.place,
        head=line.head,
        covered=line.covered,
        is_fixed=line.is_fixed,
        parties=line.whose,
    )


def _forgotten(session: Session, today: date, most: int) -> list[ForgottenCase]:
    keys = case_keys(session, CaseFilter(View.FORGOTTEN), today)[:most]
    rows = case_rows(session, keys, today)
    return [
        ForgottenCase(
            key, rows[key].number, f"{rows[key].plaintiffs} 诉 {rows[key].defendants}", rows[key].neglect
        )
        for key in keys
    ]


_UNASSIGNED = (Case.removed_at.is_(None), Case.is_open.is_(True), Case.is_unassigned.is_(True))


def _unassigned(session: Session, today: date, most: int) -> list[Todo]:
    query = select(Case).where(*_UNASSIGNED).order_by(Case.received_on, Case.id).limit(most)
    cases = session.scalars(query).all()
    answers = (
        select(Deadline.case_id, func.min(Deadline.due_on).label("due_on"))
        .where(Deadline.rule.in_(ANSWER_RULES), Deadline.case_id.in_([case.id for case in cases]))
        .group_by(Deadline.case_id)
    )
    due = {row.case_id: row.due_on for row in session.execute(answers)}
    return [
        Todo(
            kind=TodoKind.ASSIGN,
            table="case_record",
            key=case.id,
            word="待分派",
            title=f"{case.plaintiffs} 诉 {case.defendants}",
            caption=_assign_caption(case, due.get(case.id)),
            due_on=_assign_by(case, today),
        )
        for case in cases
    ]


def _assign_caption(case: Case, answer_due_on: date | None) -> str:
    number = case.number or "（未编号）"
    if case.received_on is None:
        return f"{number}・尚未登记收到日期"
    due = f"，答辩举证至 {answer_due_on:%m-%d}" if answer_due_on else ""
    return f"{number}・{case.received_on:%m-%d} 收到副本{due}"


def _assign_by(case: Case, today: date) -> date:
    return case.received_on + timedelta(days=ASSIGN_WITHIN) if case.received_on else today


def _results(session: Session, most: int) -> list[Todo]:
    """A judgment or ruling was served, but no result is entered."""
    served = _unresolved().order_by("on", Case.id).limit(most).subquery()
    query = select(Case, served.c.on).join(served, served.c.id == Case.id).order_by(served.c.on, Case.id)
    return [
        Todo(
            kind=TodoKind.RESULT,
            table="case_record",
            key=case.id,
            word="补录结果",
            title=f"{case.plaintiffs} 诉 {case.defendants}",
            caption=f"{case.number or '（未编号）'}・裁判文书 {on:%m-%d} 送达，尚未登记裁判结果",
            due_on=on + timedelta(days=RESULT_WITHIN),
        )
        for case, on in session.execute(query)
    ]


def _unresolved() -> Select[int, date]:
    """Open cases without a result in which a judgment or ruling was served: id and ``on``."""
    served = (EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED)
    return (
        select(Case.id, func.max(Event.on_date).label("on"))
        .join(Event, Event.case_id == Case.id)
        .where(
            Event.kind.in_(served), Case.removed_at.is_(None), Case.is_open.is_(True), Case.outcome.is_(None)
        )
        .group_by(Case.id)
    )


def _terms(session: Session, lawyers: list[RosterRow], today: date) -> list[Todo]:
    soon = load_settings(session).term_early_days
    return [
        Todo(
            kind=TodoKind.TERM,
            table="lawyer",
            key=row.key,
            word="聘期到期",
            title=f"{row.name} 聘期届满",
            caption=f"{row.firm}，在办 {row.running} 件",
            due_on=row.term_to or today,
        )
        for row in lawyers
        if row.standing in {Standing.SERVING, Standing.SUSPENDED}
        and row.days_left is not None
        and row.days_left <= soon
    ]


def _filings(session: Session) -> list[Todo]:
    return [
        Todo(
            kind=TodoKind.FILING,
            table="change_filing",
            key=filing.key,
            word=TodoKind.FILING.value,
            title=f"{filing.kind.value}：{filing.names}",
            caption=f"{filing.happened_on} 变动，尚未备案",
            due_on=filing.due_on,
            happened_on=filing.happened_on,
        )
        for filing in open_filings(session)
    ]


def _conflicts(session: Session, today: date) -> list[Todo]:
    """Running assignments that have become conflicts: to be settled on the day on which that is known."""
    first = {c.assignment_id: c for c in reversed(standing_conflicts(session))}
    return [
        Todo(
            kind=TodoKind.CONFLICT,
            table="case_record",
            key=found.case_id,
            word=TodoKind.CONFLICT.value,
            title=f"{found.lawyer}：{found.sentence}",
            caption=f"{found.number}，{found.parties}，自 {found.since} 起",
            due_on=min(found.since, today),
            rule=f"assignment:{found.assignment_id}",
            article=found.article,
        )
        for found in first.values()
    ]


def _consultations(session: Session, today: date) -> list[Todo]:
    """Consultations to come, and those whose record is to be written; one without a day waits in its own list."""
    return [
        _consultation(row, row.minutes_due_on or row.held_on)
        for row in consultations(session, today)
        if row.state in {State.COMING, State.TO_WRITE} and row.held_on is not None
    ]


def _consultation(row: ConsultationRow, due_on: date) -> Todo:
    is_coming = row.state is State.COMING
    people = f"{row.members} 人参加" if row.members else "尚未确定参会人员"
    record = f"{row.held_on:%m-%d} 会商，" + ("记录已填，尚未归档" if row.risk else "记录尚未整理")
    words = [row.venue, people] if is_coming else [record]
    return Todo(
        kind=TodoKind.CONSULTATION if is_coming else TodoKind.MINUTES,
        table="consultation",
        key=row.key,
        word=TodoKind.CONSULTATION.value if is_coming else TodoKind.MINUTES.value,
        title=row.topic,
        caption=f"{row.number}・{'，'.join(filter(None, words))}",
        due_on=due_on,
        at_time=row.at_time if is_coming else "",
        is_duty=not is_coming,
        happened_on=row.held_on,
        place=row.venue,
        is_arranged=bool(row.members) if is_coming else row.risk is not None and row.stances.total > 0,
    )


def _follow_ups(session: Session) -> list[Todo]:
    """What archived consultations agreed on and nobody has proved to be done yet."""
    return [
        Todo(
            kind=TodoKind.FOLLOW_UP,
            table="consultation",
            key=task.consultation_id,
            word=TodoKind.FOLLOW_UP.value,
            title=task.task,
            caption=f"{task.number}・{'，'.join(filter(None, (task.unit, task.topic)))}",
            due_on=task.due_on,
            rule=f"follow_up:{task.key}",
        )
        for task in open_follow_ups(session)
        if task.due_on is not None
    ]


EXPIRY_TABLES = {
    ExpiryKind.CERTIFICATE: "public_lawyer",
    ExpiryKind.SHARING: "sharing",
    ExpiryKind.CONTRACT: "agency_contract",
}


def _expiries(session: Session, today: date, most: int) -> list[Todo]:
    """Certificates, sharings and contracts that end, or are over though still in use."""
    return [
        Todo(
            kind=TodoKind.EXPIRY,
            table=EXPIRY_TABLES[found.kind],
            key=found.key,
            word=found.kind.value,
            title=found.title,
            caption=found.caption,
            due_on=found.last_on,
        )
        for found in expiries(session, today, most)
    ]


def _answers(session: Session, today: date) -> list[Todo]:
    """Letters whose deadline is past without an answer."""
    return [
        Todo(
            kind=TodoKind.ANSWER,
            table="agency",
            key=letter.agency_id,
            word=TodoKind.ANSWER.value,
            title=f"{letter.addressee} 逾期未反馈",
            caption=f"{letter.number}，{letter.issued_on:%m-%d} 发函：{letter.reason}",
            due_on=letter.answer_by or today,
            rule=f"letter:{letter.key}",
        )
        for letter in unanswered_urging(session, today)
    ]
