"""Entering the State Council's notices on days off, and single days by hand."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from db.errors import Invalid, Problem
from db.law.notices import MAKE_UP, DayKind, Notice, NoticeDay, replaced
from db.models.reference import Holiday, HolidayNotice
from db.office.acts.common import unchanged


def enter_notice(session: Session, notice: Notice, text: str, today: date, version: int | None = None) -> int:
    """Put the days of a notice in the place of what was known of its festivals; return the key of the year's notice.

    The days of festivals that it does not settle stay. ``text`` is kept as its source, below what was entered before
    unless it settles the whole year. The deadlines of all open cases are counted anew at the end of the act.
    Refused with ``Invalid``: a notice whose year or days were not understood. ``version`` is that of the year as read
    (0: it had nothing); a year that another clerk has changed since is a ``Conflict``.
    """
    if notice.year is None or not notice.off:
        raise Invalid([Problem("text", "；".join(notice.problems) or "没有认出放假日期，没有录入。")])
    entered = session.scalars(select(HolidayNotice).where(HolidayNotice.year == notice.year)).one_or_none()
    unchanged(session, entered, version, f"{notice.year} 年的放假安排")
    if entered is None:
        entered = HolidayNotice(year=notice.year)
        session.add(entered)
    if notice.is_yearly or not entered.source:
        entered.number, entered.source = notice.number, notice.source
    is_alone = notice.is_whole_year or not entered.text
    entered.text = text.strip() if is_alone else f"{entered.text}\n\n{text.strip()}"
    entered.entered_on = today
    session.flush()
    given = {day.day for day in notice.days}
    of_year = session.scalars(select(Holiday).where(Holiday.notice_id == entered.id)).all()
    gone = replaced((NoticeDay(row.day, row.kind, row.name) for row in of_year), notice)
    for row in of_year:
        if row.day in gone and row.day not in given:
            session.delete(row)
    present = {row.day: row for row in session.scalars(select(Holiday).where(Holiday.day.in_(given)))}
    for day in notice.days:
        row = present.get(day.day) or Holiday(day=day.day)
        row.kind, row.name, row.source, row.notice_id = day.kind, day.name, notice.source, entered.id
        session.add(row)
    session.flush()
    return entered.id


def set_day(
    session: Session,
    day: date,
    kind: DayKind,
    name: str,
    source: str,
    today: date,
    version: int | None = None,
) -> None:
    """Say by hand what one day is; ``source`` is the paper that says so. The other days stay as they are.

    Refused with ``Invalid``: without a source, or a day off without a name; with ``Conflict``: the day is no longer as
    it was read in ``version`` (0: nothing special). Deadlines are counted anew.
    """
    problems = [] if source.strip() else [Problem("source", "请写明依据，例如文件名称或文号，日后核对要用。")]
    if kind is DayKind.OFF and not name.strip():
        problems.append(Problem("name", "请写明是什么假日。"))
    if problems:
        raise Invalid(problems)
    row = session.scalars(select(Holiday).where(Holiday.day == day)).one_or_none()
    unchanged(session, row, version, f"{day} 的安排")
    if row is not None:
        flag_modified(session.get_one(HolidayNotice, row.notice_id), "year")  # whoever replaces all must know
    if kind is DayKind.USUAL:
        if row is not None:
            session.delete(row)
        return
    notice = session.scalars(select(HolidayNotice).where(HolidayNotice.year == day.year)).one_or_none()
    if notice is None:
        notice = HolidayNotice(
            year=day.year, source="逐日录入，不是全年通知", number="", text="", entered_on=today
        )
        session.add(notice)
        session.flush()
    flag_modified(notice, "year")
    row = row or Holiday(day=day, notice_id=notice.id)
    row.kind, row.source = kind.name.lower(), f"手工修改：{source.strip()}"
    row.name = name.strip() if kind is DayKind.OFF else MAKE_UP
    session.add(row)
