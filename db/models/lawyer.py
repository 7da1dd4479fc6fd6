"""Firms and lawyers: where a lawyer practised when, and what he is good at."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import DERIVED, Entry, LongText, Record, ShortText, choice
from db.words.lawyer import LicenceState

PRESENT = text("removed_at IS NULL")
"""Unique among what is not in the recycle bin. The migrations say it for PostgreSQL too; naming it here would
import that dialect at every start."""


class Firm(Entry):
    """A law firm (律师事务所); ``former_names`` are those that it bore before, 、 between them."""

    __tablename__ = "firm"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_given"),
        Index("uq_firm_name", "name", unique=True, sqlite_where=PRESENT),
    )

    name: Mapped[ShortText]
    short_name: Mapped[ShortText]
    sort_key: Mapped[ShortText]
    uscc: Mapped[ShortText]
    phone: Mapped[ShortText]
    area: Mapped[ShortText]
    former_names: Mapped[LongText]
    note: Mapped[LongText]


class Lawyer(Entry):
    """One person of the pool; ``licence`` (执业证号) is unique among those not removed.

    ``capacity`` is this lawyer's own cap on running cases; ``None`` means the office's.
    """

    __tablename__ = "lawyer"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_given"),
        Index("uq_lawyer_licence", "licence", unique=True, sqlite_where=PRESENT),
        Index(None, "sort_key"),
    )

    name: Mapped[ShortText]
    sort_key: Mapped[ShortText] = mapped_column(info=DERIVED)
    sex: Mapped[ShortText]
    phone: Mapped[ShortText]
    email: Mapped[ShortText]
    id_number: Mapped[ShortText]
    licence: Mapped[str | None]
    licence_state: Mapped[LicenceState] = mapped_column(choice(LicenceState), default=LicenceState.VALID)
    first_licensed_on: Mapped[date | None]
    capacity: Mapped[int | None]
    politics: Mapped[ShortText]
    education: Mapped[ShortText]
    position: Mapped[ShortText]
    note: Mapped[LongText]

    memberships: Mapped[list["Membership"]] = relationship(order_by="Membership.from_on", viewonly=True)
    specialities: Mapped[list["Speciality"]] = relationship(order_by="Speciality.place", viewonly=True)


class Membership(Record):
    """A lawyer practised in a firm from a day (``None``: as long as known) to a day (``None``: still)."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),)

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]

    firm: Mapped[Firm] = relationship(viewonly=True)


class Speciality(Record):
    """A field of practice of a lawyer; ``place`` 0 is the main one."""

    __tablename__ = "speciality"

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    place: Mapped[int]
    name: Mapped[ShortText]
