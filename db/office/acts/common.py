"""What all acts share: looking a record up for writing, and refusing a draft."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from db.base import Entry, Record
from db.errors import Conflict, Invalid, Problem, UserError, errors_only
from db.journal import conflict

AGAIN = "您填的内容仍在窗口中；核对后再点保存，就以您填的为准。"
"""What the clerk can do after somebody else was quicker, where one value or one text is the whole record."""

E = TypeVar("E", bound=Entry)
R = TypeVar("R", bound=Record)


def refuse(problems: Sequence[Problem]) -> None:
    """Raise ``Invalid`` if any of the problems forbids saving; 提示 and 说明 do not."""
    if errors := errors_only(problems):
        raise Invalid(errors)


def opened(session: Session, model: type[E], key: int, version: int, name: str) -> E:
    """Return the entry that a draft with this ``version`` was made from.

    Raises ``Conflict`` naming who and when, if it was changed or removed since.
    """
    entry = session.get(model, key)
    if entry is None or entry.removed_at is not None:
        raise Conflict(f"{name}已被移入回收站，您的改动没有保存。需要时请先从回收站恢复。")
    unchanged(session, entry, version, name)
    return entry


def unchanged(session: Session, row: Record | None, version: int | None, name: str) -> None:
    """Raise ``Conflict``, naming who and when, if a row is not as the clerk read it.

    ``version`` is the one read: 0 where there was no row yet, ``None`` where nobody read it before (a demo, a copy).
    """
    if version is None or version == (row.version if row else 0):
        return
    if row is None:
        raise Conflict(
            f"{name}已被其他人删去或撤销，您的改动没有保存。请重新载入后再改，您填写的内容仍在窗口中。"
        )
    raise conflict(session, name, row.__tablename__, row.id)


def remove(session: Session, model: type[E], keys: Iterable[int]) -> list[E]:
    """Move entries to the recycle bin; those already there are passed over."""
    entries = [e for e in (session.get(model, key) for key in keys) if e is not None and e.removed_at is None]
    for entry in entries:
        entry.removed_at = datetime.now(UTC)
    return entries


def restore(session: Session, model: type[E], key: int) -> E:
    """Bring an entry back from the recycle bin."""
    entry = session.get(model, key)
    if entry is None:
        raise UserError("回收站中已没有这条记录。请刷新后再看。")
    entry.removed_at = None
    return entry


def replace_all(session: Session, old: Select[R], new: Iterable[R]) -> None:
    """Put ``new`` rows in the place of those that ``old`` selects."""
    for row in session.scalars(old):
        session.delete(row)
    session.flush()  # a place or name may be taken again by a new row
    session.add_all(new)
