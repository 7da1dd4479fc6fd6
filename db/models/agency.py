"""Agencies of the district: those that may be sued and that the bureau answers for; what they were called before."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry, LongText, Record, ShortText, choice
from db.formats.names_in_time import Called, called_on
from db.models.lawyer import PRESENT
from db.words.agency import AgencyKind


class Agency(Entry):
    """An administrative agency; ``source`` says where the entry comes from and whether it was verified.

    It exists from ``founded_on`` (``None``: as long as known); ``ended_on`` is the first day without it,
    ``end_reason`` why, and ``successor_id`` who goes on with its work (机构改革). ``name`` is the present one,
    earlier ones are ``AgencyName``. ``is_expected``: it should have a public lawyer of its own. ``contact`` is the
    liaison officer (联络员), filed with the bureau on ``liaison_filed_on`` (定人报备). ``field`` is its field of
    administration; ``qualified_count`` how many of its ``staff_count`` hold the 法律职业资格.
    """

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_given"),
        Index("uq_agency_name", "name", unique=True, sqlite_where=PRESENT),
    )

    name: Mapped[ShortText]
    short_name: Mapped[ShortText]
    sort_key: Mapped[ShortText]
    kind: Mapped[AgencyKind] = mapped_column(choice(AgencyKind))
    place: Mapped[int] = mapped_column(default=0)
    has_enforcement: Mapped[bool]
    uscc: Mapped[ShortText]
    head: Mapped[ShortText]
    contact: Mapped[ShortText]
    phone: Mapped[ShortText]
    address: Mapped[ShortText]
    source: Mapped[ShortText]
    note: Mapped[LongText]
    field: Mapped[ShortText]
    founded_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    end_paper: Mapped[ShortText]
    end_reason: Mapped[ShortText]
    is_expected: Mapped[bool] = mapped_column(default=True)
    staff_count: Mapped[int | None]
    qualified_count: Mapped[int | None]
    liaison_post: Mapped[ShortText]
    liaison_filed_on: Mapped[date | None]

    earlier: Mapped[list["AgencyName"]] = relationship(
        order_by="AgencyName.to_on", viewonly=True, lazy="selectin"
    )

    def called_on(self, day: date | None) -> Called:
        """Return what it was called on a day; ``None`` asks for the present names."""
        return called_on(self.name, self.short_name, self.earlier, day)


class AgencyName(Record):
    """A name that an agency bore until ``to_on`` (the last day), by the paper that changed it."""

    __tablename__ = "agency_name"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_given"),
        Index("uq_agency_name_to_on", "agency_id", "to_on", unique=True),
    )

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[ShortText]
    short_name: Mapped[ShortText]
    to_on: Mapped[date]
    paper: Mapped[ShortText]
