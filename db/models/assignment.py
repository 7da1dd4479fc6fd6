"""Who was recommended for a case, and who acts in it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import LongText, Record, ShortText, choice
from db.models.case import Case, Party
from db.models.lawyer import Firm, Lawyer
from db.rules.pool import Answer
from db.rules.vocabulary import EndKind, Mandate, Role


class Assignment(Record):
    """A pool lawyer acts for one defendant in one case; running while ``ended_on`` is empty."""

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

    case: Mapped[Case] = relationship(viewonly=True)
    party: Mapped[Party] = relationship(viewonly=True)
    lawyer: Mapped[Lawyer] = relationship(viewonly=True)
    firm: Mapped[Firm | None] = relationship(viewonly=True)


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

    case: Mapped[Case] = relationship(viewonly=True)
    lawyer: Mapped[Lawyer] = relationship(viewonly=True)
