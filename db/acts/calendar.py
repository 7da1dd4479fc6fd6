"""Entering the State Council's yearly notice on days off."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Invalid, Problem
from db.models.reference import Holiday, HolidayNotice
from db.rules.notices import Notice


def enter_notice(session: Session, notice: Notice, text: str, today: date) -> int:
    """Put the days of a notice in the place of what was known of its year; return the notice's key.

    ``text`` is kept as its source. The deadlines of all open cases are counted anew at the end of the act.
    Refused with ``Invalid``: a notice whose year or days were not understood.
    """
    if notice.year is None or not notice.off:
        raise Invalid([Problem("text", "；".join(notice.problems) or "没有认出放假日期，没有录入。")])
    entered = session.scalars(select(HolidayNotice).where(HolidayNotice.year == notice.year)).one_or_none()
    if entered is None:
        entered = HolidayNotice(year=notice.year)
        session.add(entered)
    entered.number, entered.source = notice.number, notice.source
    entered.text, entered.entered_on = text.strip(), today
    session.flush()
    given = {day.day: day for day in notice.days}
    for row in session.scalars(select(Holiday).where(Holiday.notice_id == entered.id)):
        if row.day not in given:
            session.delete(row)
    present = {row.day: row for row in session.scalars(select(Holiday).where(Holiday.day.in_(given)))}
    for day in notice.days:
        row = present.get(day.day) or Holiday(day=day.day)
        row.kind, row.name, row.source, row.notice_id = day.kind, day.name, notice.source, entered.id
        session.add(row)
    session.flush()
    return entered.id
