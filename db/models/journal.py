"""What was done, when, by whom, and the rows it changed; written in the same transaction as the change."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Key, ShortText


class Gesture(Base):
    """One act of a clerk; ``undoes`` names the act that it takes back, if that is what it did.

    ``installation`` and ``window`` say on which PC and in which window (``db.journal.Hand``); older acts may have neither.
    ``seal`` is that of the act and its lines (``db.seals``).
    """

    __tablename__ = "gesture"

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC), index=True)
    clerk: Mapped[ShortText]
    installation: Mapped[ShortText] = mapped_column(server_default="")
    window: Mapped[ShortText] = mapped_column(server_default="")
    label: Mapped[ShortText]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("gesture.id"))
    undone: Mapped[bool] = mapped_column(default=False)
    undoable: Mapped[bool] = mapped_column(default=True)
    seal: Mapped[ShortText] = mapped_column(server_default="")


class JournalRow(Base):
    """One row that a gesture changed: its values before and after, ``None`` where it did not exist."""

    __tablename__ = "journal_row"
    __table_args__ = (Index(None, "table_name", "key"),)

    id: Mapped[Key]
    gesture_id: Mapped[int] = mapped_column(ForeignKey("gesture.id"), index=True)
    table_name: Mapped[ShortText]
    key: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class TableSeal(Base):
    """The seal of a table that is kept outside the journal (``db.seals.OUTSIDE``), as its last change left it."""

    __tablename__ = "table_seal"
    __table_args__ = (Index("uq_table_seal_table_name", "table_name", unique=True),)

    id: Mapped[Key]
    table_name: Mapped[ShortText]
    seal: Mapped[ShortText]
