"""Reading the State Council's notices on days off that the office has entered."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.derived import Deadline
from db.models.reference import Holiday, HolidayNotice


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One year's notice; ``off`` and ``work`` count its days off and make-up working days."""

    key: int
    year: int
    number: str
    source: str
    entered_on: date | None
    off: int
    work: int
    text: str
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One day off (``off``) or make-up working day (``work``)."""

    day: date
    kind: str
    name: str
    version: int = field(default=0, compare=False)


def notices(session: Session) -> list[NoticeRow]:
    """Return the notices by year, the latest first."""
    counts = select(Holiday.notice_id, Holiday.kind, func.count()).group_by(Holiday.notice_id, Holiday.kind)
    days = {(notice, kind): count for notice, kind, count in session.execute(counts)}
    return [
        NoticeRow(
            key=n.id,
            year=n.year,
            number=n.number,
            source=n.source,
            entered_on=n.entered_on,
            off=days.get((n.id, "off"), 0),
            work=days.get((n.id, "work"), 0),
            text=n.text,
            version=n.version,
        )
        for n in session.scalars(select(HolidayNotice).order_by(HolidayNotice.year.desc()))
    ]


def holidays(session: Session, notice_id: int) -> list[HolidayRow]:
    """Return the days of one notice in order."""
    query = select(Holiday).where(Holiday.notice_id == notice_id).order_by(Holiday.day)
    return [HolidayRow(h.day, h.kind, h.name, h.version) for h in session.scalars(query)]


def uncovered_years(session: Session) -> list[int]:
    """Return the years in which a deadline falls that was counted without the notice of that year."""
    days = session.scalars(select(Deadline.due_on).where(Deadline.covered.is_(False)).distinct())
    return sorted({day.year for day in days})
