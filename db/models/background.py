"""What a lawyer brings along and declares: the facts that conflicts and bars are judged by."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import LongText, Record, ShortText, choice
from db.words.lawyer import CheckResult, DisciplineKind, Leaving, OfficeKind, Rank, Relation, UnitKind

ORDER = "to_on IS NULL OR from_on IS NULL OR to_on >= from_on"


class PastPost(Record):
    """A post held before practising: in a court, a procuratorate, an agency or elsewhere."""

    __tablename__ = "past_post"
    __table_args__ = (CheckConstraint(ORDER, name="order"),)

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    unit_kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    unit: Mapped[ShortText]
    post: Mapped[ShortText]
    rank: Mapped[Rank | None] = mapped_column(choice(Rank))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    leaving: Mapped[Leaving | None] = mapped_column(choice(Leaving))
    area: Mapped[ShortText]


class Relative(Record):
    """A close relative and where he works (法官法第二十四条、检察官法第二十五条, 律师法第三十九条)."""

    __tablename__ = "relative"

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    relation: Mapped[Relation] = mapped_column(choice(Relation))
    name: Mapped[ShortText]
    unit_kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    unit: Mapped[ShortText]
    post: Mapped[ShortText]


class PublicOffice(Record):
    """A public office held beside the practice (律师法第十一条)."""

    __tablename__ = "public_office"
    __table_args__ = (CheckConstraint(ORDER, name="order"),)

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    kind: Mapped[OfficeKind] = mapped_column(choice(OfficeKind))
    body: Mapped[ShortText]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class AdviserContract(Record):
    """The lawyer, or his firm if ``by_firm``, is standing adviser of a client for a term.

    ``firm_id`` is the firm that signed: the contract stays with it when the lawyer leaves.
    """

    __tablename__ = "adviser_contract"
    __table_args__ = (CheckConstraint(ORDER, name="order"),)

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    client: Mapped[ShortText]
    by_firm: Mapped[bool] = mapped_column(default=False)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class Discipline(Record):
    """A penalty or disciplinary measure; ``until_on`` is the last day of a 停止执业."""

    __tablename__ = "discipline"

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    on_date: Mapped[date | None]
    kind: Mapped[DisciplineKind] = mapped_column(choice(DisciplineKind))
    by: Mapped[ShortText]
    content: Mapped[LongText]
    until_on: Mapped[date | None]


class YearlyCheck(Record):
    """The result of a year's 律师年度考核 by the justice authority and the lawyers' association."""

    __tablename__ = "yearly_check"
    __table_args__ = (Index("uq_yearly_check_lawyer_id_year", "lawyer_id", "year", unique=True),)

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"))
    year: Mapped[int]
    result: Mapped[CheckResult] = mapped_column(choice(CheckResult))


class Declaration(Record):
    """利益冲突与任职经历声明: signed once for the roster, and again for each case (``case_id``)."""

    __tablename__ = "declaration"

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    signed_on: Mapped[date]
    content: Mapped[LongText]
    has_interest: Mapped[bool] = mapped_column(default=False)
