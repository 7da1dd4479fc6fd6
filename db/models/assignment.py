"""Who was recommended for a case, and who acts in it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry, LongText, Record, ShortText, choice
from db.models.case import Case, Party
from db.models.lawyer import Firm, Lawyer
from db.words.assignment import Answer, DisputeRole, EndKind, Mandate, Role


class Assignment(Record):
    """A pool lawyer acts for one defendant in one case; running while ``ended_on`` is empty.

    One who takes over midway ``succeeds`` another, with a note of what was handed over.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= assigned_on", name="order"),
        CheckConstraint("(ended_on IS NULL) = (end_kind IS NULL)", name="ended_for_a_reason"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("case_party.id"), index=True)
    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    mandate: Mapped[Mandate] = mapped_column(choice(Mandate))
    assigned_on: Mapped[date]
    reason: Mapped[LongText]
    ended_on: Mapped[date | None]
    end_kind: Mapped[EndKind | None] = mapped_column(choice(EndKind))
    end_reason: Mapped[ShortText]
    succeeds_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    handover: Mapped[LongText]

    case: Mapped[Case] = relationship(viewonly=True)
    party: Mapped[Party] = relationship(viewonly=True)
    lawyer: Mapped[Lawyer] = relationship(viewonly=True)
    firm: Mapped[Firm | None] = relationship(viewonly=True)


class Letter(Entry):
    """An official letter that went out (推荐函 about a case, 催办函 to an agency), with its gap-free number.

    ``reason`` is what it was written for, ``asked`` what the addressee is asked to do, ``answer`` what he answered.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("trim(number) <> ''", name="number_given"),
        Index("uq_letter_number", "number", unique=True),
    )

    kind: Mapped[ShortText]
    number: Mapped[ShortText]
    issued_on: Mapped[date]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("case_party.id"), index=True)
    addressee: Mapped[ShortText]
    answer_by: Mapped[date | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    reason: Mapped[LongText]
    asked: Mapped[LongText]
    answered_on: Mapped[date | None]
    answer: Mapped[LongText]


class Consent(Record):
    """What stands against a finding: the agency's 知情同意, or why the bureau went on in spite of it."""

    __tablename__ = "consent"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("case_party.id"), index=True)
    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    rule: Mapped[ShortText]
    fact: Mapped[LongText]
    is_consent: Mapped[bool]
    reason: Mapped[LongText]
    person: Mapped[ShortText]
    on_date: Mapped[date]


class DisputeLink(Record):
    """What a lawyer had to do with a dispute other than as an agent: as witness, official, expert and the like."""

    __tablename__ = "dispute_link"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    role: Mapped[DisputeRole] = mapped_column(choice(DisputeRole))
    note: Mapped[ShortText]


class Recommendation(Record):
    """A lawyer named to the agency to choose from (供参考); the agency chooses and mandates.

    ``answer`` is what became of it: chosen, not chosen, or declined by the lawyer.
    """

    __tablename__ = "recommendation"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("case_party.id"), index=True)
    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    recommended_on: Mapped[date]
    answer: Mapped[Answer | None] = mapped_column(choice(Answer))
    answered_on: Mapped[date | None]
    answer_reason: Mapped[ShortText]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)

    case: Mapped[Case] = relationship(viewonly=True)
    lawyer: Mapped[Lawyer] = relationship(viewonly=True)
    letter: Mapped[Letter | None] = relationship(viewonly=True)
