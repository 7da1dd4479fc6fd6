"""Reference data that ships with the program and that the bureau may edit: courts, causes, days off, settings."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import LongText, Record, ShortText


class Court(Record):
    """A court; ``code`` is its 法院代字 in case numbers (法〔2015〕137号)."""

    __tablename__ = "court"

    name: Mapped[ShortText] = mapped_column(unique=True)
    short_name: Mapped[ShortText]
    code: Mapped[ShortText] = mapped_column(index=True)
    level: Mapped[ShortText]
    note: Mapped[ShortText]


class Cause(Record):
    """A cause of action (案由, 法发〔2020〕44号): second level, or third with its parent."""

    __tablename__ = "cause"

    code: Mapped[ShortText]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("cause.id"))
    name: Mapped[ShortText]
    source: Mapped[ShortText]


class PracticeField(Record):
    """A field of administration that lawyers name as speciality; ``words`` tie it to causes and acts, 、 between them."""

    __tablename__ = "practice_field"
    __table_args__ = (Index("uq_practice_field_name", "name", unique=True),)

    place: Mapped[int]
    name: Mapped[ShortText]
    words: Mapped[LongText]
    source: Mapped[ShortText]


class HolidayNotice(Record):
    """The State Council's notice on the days off of a year, as it was entered."""

    __tablename__ = "holiday_notice"
    __table_args__ = (Index("uq_holiday_notice_year", "year", unique=True),)

    year: Mapped[int]
    number: Mapped[ShortText]
    text: Mapped[LongText]
    source: Mapped[ShortText]
    entered_on: Mapped[date | None]


class Holiday(Record):
    """A day off (``off``) or a make-up working day (``work``) by the State Council's yearly notice."""

    __tablename__ = "holiday"
    __table_args__ = (Index("uq_holiday_day", "day", unique=True),)

    day: Mapped[date]
    kind: Mapped[ShortText]
    name: Mapped[ShortText]
    source: Mapped[ShortText]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("holiday_notice.id"), index=True)


class JurisdictionRule(Record):
    """Which court hears a case, for a time (both days included): by the defendant's area or kind and the matter.

    Areas and matters are words of ``db.law.jurisdiction``; ``court`` is a 法院代字.
    """

    __tablename__ = "jurisdiction_rule"

    place: Mapped[int]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    area: Mapped[ShortText]
    matter: Mapped[ShortText]
    court: Mapped[ShortText]
    basis: Mapped[ShortText]
    note: Mapped[LongText]


class Setting(Record):
    """One office setting that differs from the program's default."""

    __tablename__ = "setting"

    name: Mapped[ShortText] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(JSON)
