"""What follows from other records and is kept for speed; filled by ``db.setup.derived``, never by an act."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Key, LongText, ShortText, choice
from db.words.assignment import Severity
from db.words.service import ServiceKind


class SearchKey(Base):
    """One folded text, full pinyin or initials under which a record is found."""

    __tablename__ = "search_key"
    __table_args__ = (Index(None, "table_name", "record_id"), Index(None, "key"))

    id: Mapped[Key]
    table_name: Mapped[ShortText]
    record_id: Mapped[int]
    key: Mapped[str]


class CaseText(Base):
    """All search keys of one case in one text, each after a line break: one pass over this finds a word anywhere.

    A word of Latin letters is looked for at the beginning of a key, that is after a line break.
    """

    __tablename__ = "case_text"
    __table_args__ = (Index("uq_case_text_case_id", "case_id", unique=True),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id", ondelete="CASCADE"))
    text: Mapped[LongText]


class Deadline(Base):
    """A day that an open case is heading for.

    A duty stays until it is done, and is overdue after ``due_on``; what ``lapses`` (a hearing, a window for
    appeal, the court's own time limit) is over when the day is. ``is_fixed``: a date entered by hand (手工改定). ``parties``:
    the keys of the co-defendants whose day it is, comma between them, where not all have the same one.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "due_on"),
        Index("ix_deadline_nearest", "case_id", "due_on", "lapses"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id", ondelete="CASCADE"))
    rule: Mapped[ShortText]
    title: Mapped[ShortText]
    due_on: Mapped[date]
    at_time: Mapped[ShortText]
    lapses: Mapped[bool]
    covered: Mapped[bool]
    is_fixed: Mapped[bool] = mapped_column(default=False)
    parties: Mapped[ShortText]


class AssignmentConflict(Base):
    """What speaks against a running assignment by today's facts, and since which day the program knows it."""

    __tablename__ = "assignment_conflict"
    __table_args__ = (Index(None, "assignment_id"),)

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    rule: Mapped[ShortText]
    severity: Mapped[Severity] = mapped_column(choice(Severity))
    article: Mapped[ShortText]
    sentence: Mapped[str]
    since: Mapped[date]


class Engagement(Base):
    """One use that an agency made of legal service, on a day: what coverage counts (有效覆盖).

    It stands for the record ``record_id`` of ``table_name``: a service entered for the agency, a case in which it was
    served by a lawyer of the pool, or a consultation held for it. Each record counts once for an agency.
    """

    __tablename__ = "engagement"
    __table_args__ = (
        Index("ix_engagement_count", "on_date", "agency_id", "kind"),
        Index(None, "agency_id", "kind", "on_date"),
        Index("uq_engagement_record", "table_name", "record_id", "agency_id", unique=True),
    )

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"))
    on_date: Mapped[date]
    kind: Mapped[ServiceKind] = mapped_column(choice(ServiceKind))
    table_name: Mapped[ShortText]
    record_id: Mapped[int]
