"""Consultations (会商研判): who was asked and why, what each said, what was concluded, and what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry, LongText, Record, ShortText, choice
from db.models.agency import Agency
from db.models.case import Case
from db.models.lawyer import Lawyer
from db.words.consultation import (
    Adoption,
    InvitationAnswer,
    MemberKind,
    MemberOrigin,
    PointKind,
    Risk,
    Secrecy,
    Stance,
)


class Consultation(Entry):
    """One consultation, from convening to what the agency did with it.

    ``at_time`` and ``until_time`` are HH:MM or empty. From ``archived_on`` on the record equals its latest
    ``ConsultationVersion``; adoption and the completion of follow-ups come afterwards and stand outside it.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("trim(topic) <> ''", name="topic_given"),
        Index("uq_consultation_number", "number", unique=True),
        Index(None, "held_on"),
    )

    number: Mapped[str | None]
    topic: Mapped[ShortText]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    grounds: Mapped[LongText]
    facts: Mapped[LongText]
    secrecy: Mapped[Secrecy] = mapped_column(choice(Secrecy), default=Secrecy.INTERNAL)
    held_on: Mapped[date | None]
    at_time: Mapped[ShortText]
    until_time: Mapped[ShortText]
    venue: Mapped[ShortText]
    host: Mapped[ShortText]
    recorder: Mapped[ShortText]
    signer: Mapped[ShortText]
    conclusion: Mapped[LongText]
    risk: Mapped[Risk | None] = mapped_column(choice(Risk))
    cancelled_on: Mapped[date | None]
    cancel_reason: Mapped[ShortText]
    archived_on: Mapped[date | None]
    adoption: Mapped[Adoption | None] = mapped_column(choice(Adoption))
    adopted_on: Mapped[date | None]
    adoption_reason: Mapped[LongText]

    agency: Mapped[Agency | None] = relationship(viewonly=True)
    cases: Mapped[list["ConsultationCase"]] = relationship(order_by="ConsultationCase.place", viewonly=True)
    questions: Mapped[list["Question"]] = relationship(order_by="Question.place", viewonly=True)
    members: Mapped[list["Member"]] = relationship(order_by="Member.place", viewonly=True)
    opinions: Mapped[list["Opinion"]] = relationship(order_by="Opinion.id", viewonly=True)
    points: Mapped[list["Point"]] = relationship(order_by="Point.place", viewonly=True)
    follow_ups: Mapped[list["FollowUp"]] = relationship(order_by="FollowUp.place", viewonly=True)
    draws: Mapped[list["Draw"]] = relationship(order_by="Draw.id", viewonly=True)
    versions: Mapped[list["ConsultationVersion"]] = relationship(
        order_by="ConsultationVersion.serial", viewonly=True
    )


class ConsultationCase(Record):
    """A case that a consultation is about."""

    __tablename__ = "consultation_case"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    place: Mapped[int]

    case: Mapped[Case] = relationship(viewonly=True)


class Question(Record):
    """A question put to the members (议题)."""

    __tablename__ = "consultation_question"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    place: Mapped[int]
    text: Mapped[LongText]


class Member(Record):
    """Somebody invited: an adviser of the pool (``lawyer_id``), an expert or a guest.

    Name, unit and post are as they stood then. ``findings`` are the warnings that were passed over when he was
    chosen, ``adoption`` what became of his own opinion, ``signed_on`` the day on his opinion sheet.
    """

    __tablename__ = "consultation_member"
    __table_args__ = (CheckConstraint("trim(name) <> ''", name="name_given"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    place: Mapped[int]
    lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("lawyer.id"), index=True)
    kind: Mapped[MemberKind] = mapped_column(choice(MemberKind))
    origin: Mapped[MemberOrigin] = mapped_column(choice(MemberOrigin))
    name: Mapped[ShortText]
    unit: Mapped[ShortText]
    post: Mapped[ShortText]
    phone: Mapped[ShortText]
    findings: Mapped[LongText]
    answer: Mapped[InvitationAnswer | None] = mapped_column(choice(InvitationAnswer))
    answered_on: Mapped[date | None]
    answer_reason: Mapped[ShortText]
    arrived_at: Mapped[ShortText]
    has_declared: Mapped[bool] = mapped_column(default=False)
    signed_on: Mapped[date | None]
    adoption: Mapped[Adoption | None] = mapped_column(choice(Adoption))

    lawyer: Mapped[Lawyer | None] = relationship(viewonly=True)
    consultation: Mapped[Consultation] = relationship(viewonly=True)
    opinions: Mapped[list["Opinion"]] = relationship(order_by="Opinion.id", viewonly=True)


class Draw(Record):
    """One draw of members (抽取): all that is needed to repeat and check it.

    ``pool`` and ``excluded`` are lists of ``{"id", "name", "reason"}`` in the order in which they were drawn from;
    ``drawn`` the ids in the order drawn, ``reason`` why it was held after another one.
    """

    __tablename__ = "consultation_draw"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    drawn_on: Mapped[date]
    seed: Mapped[ShortText]
    wanted: Mapped[int]
    speciality: Mapped[ShortText]
    pool: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    excluded: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    drawn: Mapped[list[int]] = mapped_column(JSON)
    reason: Mapped[ShortText]


class Opinion(Record):
    """What a member says on one question, or on the whole (``question_id`` empty)."""

    __tablename__ = "consultation_opinion"
    __table_args__ = (Index("uq_consultation_opinion_member", "member_id", "question_id", unique=True),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("consultation_member.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_question.id"), index=True)
    stance: Mapped[Stance] = mapped_column(choice(Stance))
    text: Mapped[LongText]
    proposal: Mapped[LongText]
    risk: Mapped[Risk | None] = mapped_column(choice(Risk))

    member: Mapped[Member] = relationship(viewonly=True)
    question: Mapped[Question | None] = relationship(viewonly=True)


class Point(Record):
    """A disputed point as it was discussed (争议焦点)."""

    __tablename__ = "consultation_point"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    place: Mapped[int]
    kind: Mapped[PointKind] = mapped_column(choice(PointKind))
    text: Mapped[LongText]


class FollowUp(Record):
    """What was agreed to be done (议定事项), by whom and until when; open while ``done_on`` is empty.

    ``unit`` is empty where an agency of the list is to do it: that one goes by its own name.
    """

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_open", "done_on", "due_on"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    place: Mapped[int]
    task: Mapped[LongText]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    unit: Mapped[ShortText]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[LongText]

    agency: Mapped[Agency | None] = relationship(viewonly=True)


class ConsultationVersion(Record):
    """The whole record as it was archived, or corrected for ``reason``; ``content`` is never changed."""

    __tablename__ = "consultation_version"
    __table_args__ = (Index("uq_consultation_version_serial", "consultation_id", "serial", unique=True),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    serial: Mapped[int]
    made_at: Mapped[datetime]
    clerk: Mapped[ShortText]
    reason: Mapped[LongText]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
