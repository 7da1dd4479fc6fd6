"""What serves every kind of record: files kept with it, numbers given to papers, warnings a clerk passed over."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Entry, Key, LongText, Record, ShortText


class Attachment(Entry):
    """A file kept with a record (``owner_table``, ``owner_id``), stored by the SHA-256 of its content."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_length"),
        Index(None, "owner_table", "owner_id"),
        Index(None, "digest"),
    )

    owner_table: Mapped[ShortText]
    owner_id: Mapped[int]
    kind: Mapped[ShortText]
    name: Mapped[ShortText]
    size: Mapped[int]
    digest: Mapped[ShortText]
    added_on: Mapped[date]
    note: Mapped[ShortText]


class IssuedNumber(Base):
    """A number given to a paper: consecutive in its series and year, and never given again, also after an undo.

    ``issued_on`` is the day that the paper is dated; a number that stood on a paper before has none until it is said.
    Not a ``Record``: taking an act back does not give its number free. Which numbers are void is seen by
    looking for the paper that carries them.
    """

    __tablename__ = "issued_number"
    __table_args__ = (Index("uq_issued_number_place", "series", "year", "serial", unique=True),)

    id: Mapped[Key]
    series: Mapped[ShortText]
    year: Mapped[int]
    serial: Mapped[int]
    text: Mapped[ShortText]
    what: Mapped[ShortText]
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))


class PassedWarning(Record):
    """A 提示 that stood under a field when the record was saved nevertheless."""

    __tablename__ = "passed_warning"
    __table_args__ = (Index(None, "table_name", "record_id"),)

    table_name: Mapped[ShortText]
    record_id: Mapped[int]
    field: Mapped[ShortText]
    text: Mapped[LongText]
    on_date: Mapped[date]


class KeptDraft(Base):
    """What a clerk had typed into a form and not yet saved, kept every few seconds so that no crash loses it.

    ``form`` names the form and ``record_id`` the record (0: a new one); ``version`` is the one that was read.
    ``installation`` and ``window`` say where it stands (``db.journal.Hand``), so that two PCs or windows that use one
    clerk's name keep theirs apart. Not a ``Record``: keeping it is no act of the clerk, and it goes when the form is
    saved or given up.
    """

    __tablename__ = "kept_draft"
    __table_args__ = (
        Index("uq_kept_draft_form", "form", "record_id", "clerk", "installation", "window", unique=True),
    )

    id: Mapped[Key]
    form: Mapped[ShortText]
    record_id: Mapped[int]
    clerk: Mapped[ShortText]
    installation: Mapped[ShortText] = mapped_column(server_default="")
    window: Mapped[ShortText] = mapped_column(server_default="")
    version: Mapped[int]
    kept_at: Mapped[datetime]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
