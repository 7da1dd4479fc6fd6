"""What falls due between two days, with everything that a sheet, a calendar or a message says of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from db.cases.queries.cases import CaseRow, case_rows, due_of, is_pending
from db.cases.state import HEARINGS
from db.formats.written_dates import WEEKDAYS
from db.models.case import AttendancePlan, Case, Event
from db.models.derived import Deadline
from db.words.case import Attendance, Attends, EventKind


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A day that a case is heading for. A hearing has ``place``, and ``head``: who attends for the agency.

    ``is_overdue``: a duty whose last day is over. ``rule`` is the period's id (L02 …) or 开庭. ``whose``: the
    keys of the co-defendants whose day it is, where not all have the same one.
    """

    key: int
    rule: str
    title: str
    article: str
    on: date
    at_time: str
    lapses: bool
    covered: bool
    is_fixed: bool
    is_overdue: bool
    case: CaseRow
    place: str = ""
    head: str = ""
    whose: tuple[int, ...] = ()

    @property
    def is_hearing(self) -> bool:
        """Whether this is a hearing (开庭 or 听证), not the end of a period."""
        return self.rule == EventKind.HEARING.value

    @property
    def parties(self) -> str:
        """原告 诉 被告."""
        return f"{self.case.plaintiffs} 诉 {self.case.defendants}"


def agenda(
    session: Session,
    from_on: date,
    to_on: date,
    today: date,
    *,
    with_overdue: bool = False,
    limit: int | None = None,
) -> list[AgendaLine]:
    """Return the deadlines and hearings of open cases from one day to another (both included), in order.

    ``with_overdue`` adds the duties that were not done in time. ``limit`` keeps the nearest ones.
    """
    in_time = and_(Deadline.due_on >= from_on, Deadline.due_on <= to_on, is_pending(today))
    late = and_(~Deadline.lapses, Deadline.due_on < from_on)
    query = (
        select(Deadline)
        .join(Case, Case.id == Deadline.case_id)
        .where(Case.removed_at.is_(None), or_(in_time, late) if with_overdue else in_time)
        .order_by(Deadline.due_on, Deadline.at_time, Deadline.id)
    )
    found = session.scalars(query.limit(limit) if limit else query).all()
    keys = [d.case_id for d in found]
    rows, hearings = case_rows(session, keys, today), _hearings(session, keys)
    lines = []
    for deadline in found:
        due, row = due_of(deadline), rows[deadline.case_id]
        event = (
            hearings.get((deadline.case_id, deadline.due_on))
            if deadline.rule == EventKind.HEARING.value
            else None
        )
        lines.append(
            AgendaLine(
                key=deadline.case_id,
                rule=due.rule,
                title=due.title,
                article=due.article,
                on=due.on,
                at_time=due.at_time,
                lapses=due.lapses,
                covered=due.covered,
                is_fixed=due.is_fixed,
                is_overdue=not due.lapses and due.on < today,
                case=row,
                place=event.note if event else "",
                head=_head(event.plan, row.attendance) if event else "",
                whose=tuple(int(key) for key in deadline.parties.split(",") if key),
            )
        )
    return lines


def notice_text(row: CaseRow) -> str:
    """Return what is pasted into a chat group about a case; without the plaintiff's name, as groups are open."""
    due = row.due
    lines = [
        "【行政应诉提醒】",
        f"案号：{row.number}（{row.procedure.value}）",
        f"被诉单位：{row.defendants}",
        f"案由：{row.cause}" if row.cause else "",
        f"受理法院：{row.court}" if row.court else "",
    ]
    if due:
        article = f"（{'手工改定' if due.is_fixed else due.article}）" if due.article or due.is_fixed else ""
        time = f" {due.at_time}" if due.at_time else ""
        lines.append(f"{due.title}：{_day(due.on)}{time}{article}")
        lines.append("" if due.covered else "（该年放假安排尚未录入，日期请核对）")
    if row.is_open and row.hearing_on and (due is None or due.rule != EventKind.HEARING.value):
        lines.append(f"开庭：{_day(row.hearing_on)}")
    if row.is_open and row.hearing_on:
        lines.append(f"负责人出庭：{row.attendance.value}")
    lines.append(f"承办顾问：{'、'.join(row.advisers) or '尚未分派'}")
    if row.outcome:
        lines.append(f"结果：{row.outcome.value}")
    return "\n".join(line for line in lines if line)


def _hearings(session: Session, keys: list[int]) -> dict[tuple[int, date], Event]:
    query = (
        select(Event)
        .where(Event.case_id.in_(keys), Event.kind.in_(HEARINGS))
        .options(joinedload(Event.plan))
        .order_by(Event.id)
    )
    return {(event.case_id, event.on_date): event for event in session.scalars(query)}


def _head(plan: AttendancePlan | None, attendance: Attendance) -> str:
    """Say who attends: 方立新（副局长）, 不出庭（…），工作人员 吴敏之, 待报."""
    if plan is None or (plan.attends is Attends.PENDING and plan.attended is None):
        return attendance.value
    if plan.attends is Attends.YES:
        return f"{plan.head}（{plan.post}）" if plan.post else plan.head
    reason = f"（{plan.absence.value}）" if plan.absence else ""
    return f"不出庭{reason}，{plan.staff}出庭" if plan.staff else f"不出庭{reason}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
