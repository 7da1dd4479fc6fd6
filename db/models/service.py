"""What a lawyer did, how agencies rated it, and how the bureau assessed the year."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry, LongText, Record, ShortText, choice
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.words.service import Grade, ServiceKind


class Service(Entry):
    """One service on a day: a review, an opinion, a training …; court cases and consultations count by themselves.

    Who gave it: a lawyer of the pool, a public lawyer, a staff adviser, or somebody by name (``person``).
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("trim(matter) <> ''", name="matter_given"),
        CheckConstraint("hours IS NULL OR hours >= 0", name="hours_count"),
        Index(None, "lawyer_id", "on_date"),
        Index(None, "agency_id", "on_date"),
    )

    kind: Mapped[ServiceKind] = mapped_column(choice(ServiceKind))
    on_date: Mapped[date]
    lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("lawyer.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    matter: Mapped[ShortText]
    result: Mapped[LongText]
    hours: Mapped[float | None]
    public_lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("public_lawyer.id"), index=True)
    internal_adviser_id: Mapped[int | None] = mapped_column(ForeignKey("internal_adviser.id"), index=True)
    person: Mapped[ShortText]

    agency: Mapped[Agency | None] = relationship(viewonly=True)


class Rating(Record):
    """An agency's rating of one assignment, 1 to 5."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score_range"),
        Index("uq_rating_assignment_id", "assignment_id", unique=True),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    rated_on: Mapped[date]
    score: Mapped[int]
    by: Mapped[ShortText]
    comment: Mapped[LongText]

    assignment: Mapped[Assignment] = relationship(viewonly=True)


class Assessment(Record):
    """The bureau's grade and opinion of a lawyer's year (年度考核); its figures are always computed."""

    __tablename__ = "assessment"
    __table_args__ = (Index("uq_assessment_lawyer_id_year", "lawyer_id", "year", unique=True),)

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"))
    year: Mapped[int]
    grade: Mapped[Grade] = mapped_column(choice(Grade))
    opinion: Mapped[LongText]
    assessed_on: Mapped[date]
    assessor: Mapped[ShortText]
