"""What is to be done: deadlines, hearings, cases without a lawyer, terms that end, results not yet entered."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.agency import Agency
from db.models.case import Case, Event
from db.models.derived import Deadline
from db.queries.agenda import AgendaLine, agenda
from db.queries.appointments import open_filings
from db.queries.calendar import uncovered_years
from db.queries.cases import CaseFilter, View, case_counts, case_keys, case_rows, week_end
from db.queries.roster import RosterRow, roster
from db.queries.settings import load_settings
from db.rules.lawyers import Standing
from db.rules.periods import ANSWER_RULES
from db.rules.vocabulary import EventKind

ASSIGN_WITHIN = 5  # days after the complaint came in: the office's own aim, the law sets none
RESULT_WITHIN = 3  # days after a judgment was served: the same
AHEAD = timedelta(days=400)  # as far as the workbench looks
MOST = 300  # the nearest things of one kind that the workbench lists; its counts are of all


class TodoKind(StrEnum):
    """What sort of thing is to be done; the values are the words on the screen."""

    DEADLINE = "期限"
    HEARING = "开庭"
    ASSIGN = "待分派"
    RESULT = "补录结果"
    TERM = "聘期"
    FILING = "变动备案"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; ``table`` and ``key`` name the record it is about.

    A deadline names its ``article``; a hearing its ``place`` and ``head``, who attends for the agency.
    """

    kind: TodoKind
    table: str
    key: int
    word: str
    title: str
    caption: str
    due_on: date
    at_time: str = ""
    is_duty: bool = True
    happened_on: date | None = None
    article: str = ""
    place: str = ""
    head: str = ""
    covered: bool = True
    is_fixed: bool = False


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

    ``forgotten`` is the badge of 被遗忘; ``forgotten_cases`` the first of them. ``uncovered_years`` are those
    whose notice on days off is not entered though deadlines fall there.
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


def overview(session: Session, today: date) -> Overview:
    """Return everything the workbench shows, as of ``today``."""
    lawyers = roster(session, today, sort="running", descending=True)
    todos = [
        *_deadlines(session, today),
        *_unassigned(session, today),
        *_results(session),
        *_terms(session, lawyers, today),
        *_filings(session),
    ]
    counts = case_counts(session, today)
    return Overview(
        todos=tuple(sorted(todos, key=lambda t: (t.due_on, not t.is_duty, t.title))),
        load=tuple(lawyers),
        open_cases=counts[View.OPEN],
        unassigned=counts[View.UNASSIGNED],
        agencies=session.scalar(select(func.count(Agency.id)).where(Agency.removed_at.is_(None))) or 0,
        unverified_agencies=session.scalar(
            select(func.count(Agency.id)).where(
                Agency.removed_at.is_(None), Agency.source.startswith("初始清单")
            )
        )
        or 0,
        forgotten=counts[View.FORGOTTEN],
        forgotten_cases=tuple(_forgotten(session, today)),
        uncovered_years=tuple(uncovered_years(session)),
    )


def horizon(due_on: date, today: date) -> str:
    """Return the group that a date belongs to: 今天 (with everything overdue), 本周, 下周 or 以后."""
    if due_on <= today:
        return "今天"
    if due_on <= week_end(today):
        return "本周"
    return "下周" if due_on <= week_end(today) + timedelta(days=7) else "以后"


def _deadlines(session: Session, today: date) -> list[Todo]:
    lines = agenda(session, today, today + AHEAD, today, with_overdue=True, limit=MOST)
    return [_deadline(line) for line in lines]


def _deadline(line: AgendaLine) -> Todo:
    names = "、".join(line.case.advisers)
    parts = [line.case.number, f"承办 {names}" if names else "尚未分派顾问"]
    if line.is_hearing:
        parts.insert(1, f"负责人出庭{line.case.attendance.value}")
    return Todo(
        kind=TodoKind.HEARING if line.is_hearing else TodoKind.DEADLINE,
        table="case_record",
        key=line.key,
        word=line.title,
        title=line.parties,
        caption="，".join(parts),
        due_on=line.on,
        at_time=line.at_time,
        is_duty=not line.lapses,
        article=line.article,
        place=line.place,
        head=line.head,
        covered=line.covered,
        is_fixed=line.is_fixed,
    )


def _forgotten(session: Session, today: date) -> list[ForgottenCase]:
    keys = case_keys(session, CaseFilter(View.FORGOTTEN), today)[:MOST]
    rows = case_rows(session, keys, today)
    return [
        ForgottenCase(
            key, rows[key].number, f"{rows[key].plaintiffs} 诉 {rows[key].defendants}", rows[key].neglect
        )
        for key in keys
    ]


def _unassigned(session: Session, today: date) -> list[Todo]:
    query = (
        select(Case)
        .where(Case.removed_at.is_(None), Case.is_open.is_(True), Case.is_unassigned.is_(True))
        .order_by(Case.received_on, Case.id)
        .limit(MOST)
    )
    cases = session.scalars(query).all()
    answers = select(Deadline.case_id, Deadline.due_on).where(
        Deadline.rule.in_(ANSWER_RULES), Deadline.case_id.in_([case.id for case in cases])
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
        return f"{number}，尚未登记收到日期"
    due = f"，答辩举证至 {answer_due_on:%m-%d}" if answer_due_on else ""
    return f"{number}，{case.received_on:%m-%d} 收到副本{due}"


def _assign_by(case: Case, today: date) -> date:
    return case.received_on + timedelta(days=ASSIGN_WITHIN) if case.received_on else today


def _results(session: Session) -> list[Todo]:
    """A judgment or ruling was served, but no result is entered."""
    served = (EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED)
    served_on = (
        select(Event.case_id, func.max(Event.on_date).label("on"))
        .join(Case, Case.id == Event.case_id)
        .where(Event.kind.in_(served), Case.is_open.is_(True))
        .group_by(Event.case_id)
        .subquery()
    )
    query = (
        select(Case, served_on.c.on)
        .join(served_on, served_on.c.case_id == Case.id)
        .where(Case.removed_at.is_(None), Case.is_open, Case.outcome.is_(None))
        .order_by(served_on.c.on, Case.id)
        .limit(MOST)
    )
    return [
        Todo(
            kind=TodoKind.RESULT,
            table="case_record",
            key=case.id,
            word="补录结果",
            title=f"{case.plaintiffs} 诉 {case.defendants}",
            caption=f"{case.number or '（未编号）'}，裁判文书 {on:%m-%d} 送达，尚未登记裁判结果",
            due_on=on + timedelta(days=RESULT_WITHIN),
        )
        for case, on in session.execute(query)
    ]


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
