"""Who is appointed to the pool, for how long, on what papers; when he pauses, and what was filed of it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry, LongText, Record, ShortText, choice
from db.words.lawyer import ChangeKind, DismissalKind, SuspensionKind


class Batch(Entry):
    """A round of selection (聘任批次): when it was decided, and by which paper."""

    __tablename__ = "appointment_batch"
    __table_args__ = (CheckConstraint("trim(name) <> ''", name="name_given"),)

    name: Mapped[ShortText]
    decided_on: Mapped[date | None]
    paper: Mapped[ShortText]
    note: Mapped[LongText]


class Appointment(Record):
    """A term (聘期) in the pool, both days included; ``ended_on`` is the first day after an early end.

    ``certificate`` is the number of the 聘书; it is unique, and never given again.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="order"),
        Index("uq_appointment_certificate", "certificate", unique=True),
    )

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_batch.id"), index=True)
    certificate: Mapped[str | None]
    from_on: Mapped[date]
    to_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_kind: Mapped[DismissalKind | None] = mapped_column(choice(DismissalKind))
    end_reason: Mapped[ShortText]
    note: Mapped[LongText]

    batch: Mapped[Batch | None] = relationship(viewonly=True)


class Suspension(Record):
    """A lawyer is not to be recommended from a day on, to ``until_on`` (included) or until ``lifted_on`` (first day back)."""

    __tablename__ = "suspension"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="order"),
        CheckConstraint("lifted_on IS NULL OR lifted_on >= from_on", name="lifted_after"),
    )

    lawyer_id: Mapped[int] = mapped_column(ForeignKey("lawyer.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    lifted_on: Mapped[date | None]
    kind: Mapped[SuspensionKind] = mapped_column(choice(SuspensionKind))
    reason: Mapped[ShortText]


class ChangeFiling(Record):
    """A change of the pool that is to be filed (变动备案); open while ``filed_on`` is empty."""

    __tablename__ = "change_filing"

    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind))
    names: Mapped[LongText]
    lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("lawyer.id"), index=True)
    happened_on: Mapped[date]
    filed_on: Mapped[date | None]
    receipt: Mapped[ShortText]
