"""Reading the files kept with a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import URL, Engine, func, select
from sqlalchemy.orm import Session

from db.errors import UserError
from db.models.office import Attachment
from db.office.queries.settings import load_settings
from db.storage import Store, store_for


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file kept with a record; ``size`` in bytes, ``path`` where the content is kept (read it, never write)."""

    key: int
    kind: str
    name: str
    size: int
    digest: str
    added_on: date
    note: str
    path: Path


def attachment_store(session: Session) -> Store:
    """Return where this office keeps its files."""
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    return store_for(engine.url, load_settings(session).attachment_folder)


def attachments(session: Session, table: str, key: int) -> list[AttachmentRow]:
    """Return the files kept with one record, the oldest first."""
    store = attachment_store(session)
    query = (
        select(Attachment)
        .where(Attachment.owner_table == table, Attachment.owner_id == key, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    return [_row(a, store) for a in session.scalars(query)]


def attachment_counts(session: Session, table: str, keys: Sequence[int]) -> dict[int, int]:
    """Return how many files each of these records has; those without are left out."""
    query = (
        select(Attachment.owner_id, func.count())
        .where(
            Attachment.owner_table == table,
            Attachment.owner_id.in_(keys),
            Attachment.removed_at.is_(None),
        )
        .group_by(Attachment.owner_id)
    )
    return {key: count for key, count in session.execute(query)}  # noqa: C416 - rows become a plain dict


def file_to_open(session: Session, key: int) -> Path:
    """Return a read-only copy of an attachment under its own name, for the program that opens such files.

    Copies the content (not for the UI thread). Raises ``UserError`` when it is not in the store.
    """
    attachment = session.get(Attachment, key)
    if attachment is None:
        raise UserError("这个附件已不存在。请刷新后再看。")
    return attachment_store(session).copy_to_open(attachment.digest, attachment.name)


def save_copy(session: Session, key: int, target: Path) -> None:
    """Write an attachment to ``target`` (另存为). Raises ``UserError`` when that is not possible."""
    attachment = session.get(Attachment, key)
    if attachment is None:
        raise UserError("这个附件已不存在。请刷新后再看。")
    attachment_store(session).copy_to(attachment.digest, target)


def attachment_troubles(session: Session, files_of: URL) -> list[str]:
    """Return a sentence for each kept file of a database that is missing or is not what was kept."""
    store = store_for(files_of, load_settings(session).attachment_folder)
    judged: dict[str, str | None] = {}
    found = []
    query = select(Attachment.name, Attachment.digest, Attachment.size).order_by(Attachment.id)
    for name, digest, size in session.execute(query):
        if digest not in judged:
            judged[digest] = store.trouble(digest, size)
        if said := judged[digest]:
            found.append(f"附件“{name}”：{said}")
    return found


def _row(attachment: Attachment, store: Store) -> AttachmentRow:
    return AttachmentRow(
        key=attachment.id,
        kind=attachment.kind,
        name=attachment.name,
        size=attachment.size,
        digest=attachment.digest,
        added_on=attachment.added_on,
        note=attachment.note,
        path=store.path_of(attachment.digest),
    )
