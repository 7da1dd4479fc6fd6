"""Cases with their parties, the parties' agents, and the dated events from which periods are computed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import DERIVED, Entry, LongText, Record, ShortText, choice
from db.models.agency import Agency
from db.models.reference import Cause, Court
from db.rules.vocabulary import AgentKind, Attendance, EventKind, Outcome, PartyKind, Procedure, Side


class Case(Entry):
    """One instance of a dispute. The derived columns are functions of events and parties (``db.derived``)."""

    __tablename__ = "case_record"
    __table_args__ = (
        Index(None, "number"),
        Index(None, "is_open"),
        Index(None, "received_on"),
    )

    number: Mapped[ShortText]
    procedure: Mapped[Procedure] = mapped_column(choice(Procedure))
    court_id: Mapped[int | None] = mapped_column(ForeignKey("court.id"))
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("cause.id"))
    cause_text: Mapped[ShortText]
    act: Mapped[LongText]
    is_difficult: Mapped[bool] = mapped_column(default=False)
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance), default=Attendance.PENDING)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    note: Mapped[LongText]

    is_open: Mapped[bool] = mapped_column(default=True, info=DERIVED)
    stage: Mapped[ShortText] = mapped_column(info=DERIVED)
    received_on: Mapped[date | None] = mapped_column(info=DERIVED)
    hearing_on: Mapped[date | None] = mapped_column(info=DERIVED)
    closed_on: Mapped[date | None] = mapped_column(info=DERIVED)
    plaintiffs: Mapped[LongText] = mapped_column(info=DERIVED)
    defendants: Mapped[LongText] = mapped_column(info=DERIVED)

    court: Mapped[Court | None] = relationship(viewonly=True)
    cause: Mapped[Cause | None] = relationship(viewonly=True)
    parties: Mapped[list["Party"]] = relationship(order_by="Party.place", viewonly=True)
    events: Mapped[list["Event"]] = relationship(order_by="Event.on_date, Event.id", viewonly=True)


class Party(Record):
    """A plaintiff, defendant or third person; an agency of the district is linked by ``agency_id``."""

    __tablename__ = "case_party"
    __table_args__ = (CheckConstraint("trim(name) <> ''", name="name_given"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    side: Mapped[Side] = mapped_column(choice(Side))
    place: Mapped[int]
    kind: Mapped[PartyKind] = mapped_column(choice(PartyKind))
    name: Mapped[ShortText]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)

    agency: Mapped[Agency | None] = relationship(viewonly=True)
    agents: Mapped[list["PartyAgent"]] = relationship(order_by="PartyAgent.place", viewonly=True)


class PartyAgent(Record):
    """Somebody who acts for a party and was not assigned from the pool."""

    __tablename__ = "party_agent"
    __table_args__ = (CheckConstraint("trim(name) <> ''", name="name_given"),)

    party_id: Mapped[int] = mapped_column(ForeignKey("case_party.id"), index=True)
    place: Mapped[int]
    kind: Mapped[AgentKind] = mapped_column(choice(AgentKind))
    name: Mapped[ShortText]
    firm_name: Mapped[ShortText]


class Event(Record):
    """Something that happened in a case on a day; ``at_time`` is HH:MM or empty."""

    __tablename__ = "case_event"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    on_date: Mapped[date]
    at_time: Mapped[ShortText]
    note: Mapped[LongText]
