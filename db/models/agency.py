"""Agencies of the district: those that may be sued and that the bureau answers for."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Entry, LongText, ShortText, choice
from db.models.lawyer import PRESENT
from db.rules.vocabulary import AgencyKind


class Agency(Entry):
    """An administrative agency; ``source`` says where the entry comes from and whether it was verified."""

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
