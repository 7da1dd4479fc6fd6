"""Who does an agency's legal work: its own public lawyers, one lent to it, its staff advisers, outside advisers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import DERIVED, Entry, LongText, Record, ShortText, choice
from db.models.agency import Agency
from db.models.background import ORDER
from db.models.lawyer import PRESENT, Firm, Lawyer
from db.words.public_lawyer import AnnualResult, CertificateEnd


class PublicLawyer(Entry):
    """A public officer holding a 公职律师证 (公职律师管理办法，司发通〔2018〕131号第二条).

    ``licence`` is the number of the certificate, ``qualification`` that of the 法律职业资格; ``specialities`` have
    、 between them. ``capacity`` is to how many other agencies he may be lent; ``None`` means the office's setting.
    """

    __tablename__ = "public_lawyer"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_given"),
        Index("uq_public_lawyer_licence", "licence", unique=True, sqlite_where=PRESENT),
        Index(None, "sort_key"),
    )

    name: Mapped[ShortText]
    sort_key: Mapped[ShortText] = mapped_column(info=DERIVED)
    sex: Mapped[ShortText]
    politics: Mapped[ShortText]
    id_number: Mapped[ShortText]
    phone: Mapped[ShortText]
    qualification: Mapped[ShortText]
    qualified_on: Mapped[date | None]
    licence: Mapped[str | None]
    specialities: Mapped[LongText]
    capacity: Mapped[int | None]
    note: Mapped[LongText]

    postings: Mapped[list["Posting"]] = relationship(order_by="Posting.from_on", viewonly=True)
    certificates: Mapped[list["Certificate"]] = relationship(order_by="Certificate.from_on", viewonly=True)


class Posting(Record):
    """A public lawyer works in an agency from a day (``None``: as long as known) to a day (``None``: still)."""

    __tablename__ = "posting"
    __table_args__ = (CheckConstraint(ORDER, name="order"),)

    public_lawyer_id: Mapped[int] = mapped_column(ForeignKey("public_lawyer.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    department: Mapped[ShortText]
    post: Mapped[ShortText]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]

    agency: Mapped[Agency] = relationship(viewonly=True)


class Certificate(Record):
    """A time for which the 公职律师证 is valid, both days included; ``ended_on`` is the first day without it."""

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),)

    public_lawyer_id: Mapped[int] = mapped_column(ForeignKey("public_lawyer.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    issuer: Mapped[ShortText]
    ended_on: Mapped[date | None]
    end_kind: Mapped[CertificateEnd | None] = mapped_column(choice(CertificateEnd))
    end_reason: Mapped[ShortText]


class PublicLawyerYear(Record):
    """The result of a year's assessment by the public lawyer's own unit."""

    __tablename__ = "public_lawyer_year"
    __table_args__ = (Index("uq_public_lawyer_year_year", "public_lawyer_id", "year", unique=True),)

    public_lawyer_id: Mapped[int] = mapped_column(ForeignKey("public_lawyer.id"))
    year: Mapped[int]
    result: Mapped[AnnualResult] = mapped_column(choice(AnnualResult))
    note: Mapped[ShortText]


class Sharing(Entry):
    """A public lawyer lent to another agency (统筹) by a paper, both days included.

    ``hours`` are those a year that were agreed; ``ended_on`` is the first day after an early end.
    """

    __tablename__ = "sharing"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        CheckConstraint("hours IS NULL OR hours >= 0", name="hours_count"),
    )

    public_lawyer_id: Mapped[int] = mapped_column(ForeignKey("public_lawyer.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    paper: Mapped[ShortText]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    hours: Mapped[float | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[ShortText]
    note: Mapped[LongText]

    public_lawyer: Mapped[PublicLawyer] = relationship(viewonly=True)
    agency: Mapped[Agency] = relationship(viewonly=True)


class InternalAdviser(Entry):
    """A member of the agency's own staff who does the work of a legal adviser (内部法律顾问), both days included."""

    __tablename__ = "internal_adviser"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_given"),
        CheckConstraint(ORDER, name="order"),
    )

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[ShortText]
    sort_key: Mapped[ShortText] = mapped_column(info=DERIVED)
    department: Mapped[ShortText]
    post: Mapped[ShortText]
    qualification: Mapped[ShortText]
    phone: Mapped[ShortText]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    note: Mapped[LongText]

    agency: Mapped[Agency] = relationship(viewonly=True)


class AgencyContract(Entry):
    """A contract by which an agency engages a law firm or a lawyer as its adviser (外聘法律顾问), both days included.

    ``provider`` is the name on the contract, ``lawyers`` who does the work; ``firm_id`` and ``lawyer_id`` tie them to
    the roster where they stand in it. ``fee`` is in yuan; ``ended_on`` is the first day after an early end.
    """

    __tablename__ = "agency_contract"
    __table_args__ = (
        CheckConstraint("trim(provider) <> ''", name="provider_given"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        CheckConstraint("fee IS NULL OR fee >= 0", name="fee_amount"),
    )

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    number: Mapped[ShortText]
    provider: Mapped[ShortText]
    lawyers: Mapped[ShortText]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("lawyer.id"), index=True)
    scope: Mapped[LongText]
    fee: Mapped[float | None]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[ShortText]
    note: Mapped[LongText]

    agency: Mapped[Agency] = relationship(viewonly=True)
    firm: Mapped[Firm | None] = relationship(viewonly=True)
    lawyer: Mapped[Lawyer | None] = relationship(viewonly=True)
