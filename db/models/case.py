"""Cases with their parties, the parties' agents, and the dated events from which periods are computed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import DERIVED, Entry, LongText, Record, ShortText, choice
from db.law.rulings import Ruling
from db.models.agency import Agency
from db.models.reference import Cause, Court
from db.words.case import (
    AbsenceReason,
    AgentKind,
    Attendance,
    Attends,
    DefendantRole,
    EventKind,
    HeadKind,
    LossCause,
    Outcome,
    PartyKind,
    Procedure,
    SendMethod,
    Side,
    Track,
    Unit,
)

FOR_ALL = text("party_id IS NULL")


class CaseSeries(Entry):
    """Cases of different plaintiffs on one act (系列案)."""

    __tablename__ = "case_series"
    __table_args__ = (CheckConstraint("trim(name) <> ''", name="name_given"),)

    name: Mapped[ShortText]
    note: Mapped[LongText]


class Case(Entry):
    """One instance of a dispute. The derived columns are functions of events and parties (``db.setup.derived``).

    ``previous_id`` is the instance before (复议, 一审 …); a chain of instances is one dispute. ``duplicate_of_id``
    is the record of the same case that counts in its stead. ``decided_on`` is the date of the judgment itself.
    """

    __tablename__ = "case_record"
    __table_args__ = (
        Index(None, "number"),
        Index(None, "is_open"),
        Index(None, "received_on"),
        Index(None, "dispute_id"),
        Index(
            "ix_case_record_views",
            "is_open",
            "removed_at",
            "is_unassigned",
            "lacks_agent",
            "lacks_answer",
            "lacks_attendance",
            "last_on",
        ),
        Index("ix_case_record_closed", "is_open", "removed_at", "closed_on"),
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

    act_on: Mapped[date | None]
    act_number: Mapped[ShortText]
    is_compensation: Mapped[bool] = mapped_column(default=False)
    track: Mapped[Track] = mapped_column(choice(Track), default=Track.ORDINARY)
    court_reason: Mapped[ShortText]
    difficult_reason: Mapped[LongText]
    decided_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    is_self_corrected: Mapped[bool] = mapped_column(default=False)
    loss_cause: Mapped[LossCause | None] = mapped_column(choice(LossCause))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("case_series.id"), index=True)
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)

    is_open: Mapped[bool] = mapped_column(default=True, info=DERIVED)
    stage: Mapped[ShortText] = mapped_column(info=DERIVED)
    received_on: Mapped[date | None] = mapped_column(info=DERIVED)
    hearing_on: Mapped[date | None] = mapped_column(info=DERIVED)
    closed_on: Mapped[date | None] = mapped_column(info=DERIVED)
    plaintiffs: Mapped[LongText] = mapped_column(info=DERIVED)
    defendants: Mapped[LongText] = mapped_column(info=DERIVED)
    is_unassigned: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    lacks_agent: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    lacks_answer: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    lacks_attendance: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    last_on: Mapped[date | None] = mapped_column(info=DERIVED)
    dispute_id: Mapped[int | None] = mapped_column(info=DERIVED)

    court: Mapped[Court | None] = relationship(viewonly=True)
    cause: Mapped[Cause | None] = relationship(viewonly=True)
    parties: Mapped[list["Party"]] = relationship(order_by="Party.place", viewonly=True)
    events: Mapped[list["Event"]] = relationship(order_by="Event.on_date, Event.id", viewonly=True)
    fields: Mapped[list["CaseField"]] = relationship(order_by="CaseField.place", viewonly=True)
    marks: Mapped[list["PeriodMark"]] = relationship(order_by="PeriodMark.id", viewonly=True)
    series: Mapped[CaseSeries | None] = relationship(viewonly=True)


class CaseField(Record):
    """A field of administration that a case belongs to; the names are those of ``practice_field``."""

    __tablename__ = "case_field"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    place: Mapped[int]
    name: Mapped[ShortText]


class Party(Record):
    """A plaintiff, defendant or third person; an agency of the district is linked by ``agency_id``.

    ``identity`` is an id number or 统一社会信用代码, ``representative`` the 法定代表人 of an organisation.
    """

    __tablename__ = "case_party"
    __table_args__ = (CheckConstraint("trim(name) <> ''", name="name_given"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    side: Mapped[Side] = mapped_column(choice(Side))
    place: Mapped[int]
    kind: Mapped[PartyKind] = mapped_column(choice(PartyKind))
    name: Mapped[ShortText]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    role: Mapped[DefendantRole | None] = mapped_column(choice(DefendantRole))
    identity: Mapped[ShortText]
    representative: Mapped[ShortText]

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
    phone: Mapped[ShortText]
    licence: Mapped[ShortText]


class Event(Record):
    """Something that happened in a case on a day; ``at_time`` is HH:MM or empty.

    ``on_date`` is when it took effect: a paper of ours was received, a judgment was served. What was posted
    within its period is in time (适用解释第四十八条第四款), so ``sent_on`` is kept too. ``evidence`` is the postal
    number or receipt; ``party_id`` whose step it was (served, received, handed in), where that was noted for each
    party; ``ruling`` the kind of a ruling that was served.
    """

    __tablename__ = "case_event"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    on_date: Mapped[date]
    at_time: Mapped[ShortText]
    note: Mapped[LongText]
    sent_on: Mapped[date | None]
    send_method: Mapped[SendMethod | None] = mapped_column(choice(SendMethod))
    evidence: Mapped[ShortText]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("case_party.id"), index=True)
    ruling: Mapped[Ruling | None] = mapped_column(choice(Ruling))

    plan: Mapped["AttendancePlan | None"] = relationship(viewonly=True)


class AttendancePlan(Record):
    """How the agency will appear at one hearing, and how it did (行政诉讼法第三条第三款, 法释〔2020〕3号).

    ``staff`` are the agency's own people who are sent, 、 between them. ``attended`` is empty until it is over.
    """

    __tablename__ = "attendance_plan"
    __table_args__ = (Index("uq_attendance_plan_event_id", "event_id", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    attends: Mapped[Attends] = mapped_column(choice(Attends), default=Attends.PENDING)
    head: Mapped[ShortText]
    post: Mapped[ShortText]
    head_kind: Mapped[HeadKind | None] = mapped_column(choice(HeadKind))
    absence: Mapped[AbsenceReason | None] = mapped_column(choice(AbsenceReason))
    absence_note: Mapped[LongText]
    papers_on: Mapped[date | None]
    staff: Mapped[ShortText]
    attended: Mapped[bool | None]
    note: Mapped[LongText]


class PeriodMark(Record):
    """What a clerk entered about one period of a case: a date fixed by the court, an extension, or that it is done.

    ``rule`` is the id of the rule (L02 …). A fixed date shows as 手工改定 and overrides the counted one. ``party_id``
    is the co-defendant of whose period that was said; ``None``: of all. What is said of one goes before it.
    """

    __tablename__ = "period_mark"
    __table_args__ = (
        Index(
            "uq_period_mark_rule",
            "case_id",
            "rule",
            unique=True,
            sqlite_where=FOR_ALL,
            postgresql_where=FOR_ALL,
        ),
        Index("uq_period_mark_party", "party_id", "rule", unique=True),
        Index(None, "case_id"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("case_party.id"))
    rule: Mapped[ShortText]
    fixed_on: Mapped[date | None]
    fixed_reason: Mapped[ShortText]
    fixed_source: Mapped[ShortText]
    extended_by: Mapped[int | None]
    extended_unit: Mapped[Unit | None] = mapped_column(choice(Unit))
    extended_reason: Mapped[ShortText]
    done_on: Mapped[date | None]
    done_evidence: Mapped[ShortText]
