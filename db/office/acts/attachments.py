"""Keeping files with a record of any kind, and moving them to the recycle bin and back."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import table_named
from db.engine import Database
from db.errors import UserError
from db.models.office import Attachment
from db.office.acts.common import opened, remove, restore
from db.office.queries.attachments import attachment_store
from db.storage import Kept


def attach_files(
    database: Database, table: str, key: int, paths: Sequence[Path], today: date, kind: str = ""
) -> list[int]:
    """Keep files with the record ``key`` of ``table`` as one act; return the attachments' keys.

    The contents are copied before the act begins, so that a big file keeps nobody else from writing. If one of
    the files is refused none is attached. Raises ``UserError`` that names each refused file.
    """
    with database.read() as session:
        store = attachment_store(session)
    kept, refused = [], []
    for path in paths:
        try:
            kept.append(store.keep(path))
        except UserError as error:
            refused.append(str(error))
    if refused:
        rest = "其余文件也没有添加。" if kept else ""
        raise UserError("\n".join([*refused, rest]).strip())
    label = f"添加附件 {kept[0].name}" if len(kept) == 1 else f"添加 {len(kept)} 个附件"
    with database.write(label) as session:
        return attach(session, table, key, kept, today, kind)


def attach(
    session: Session, table: str, key: int, kept: Iterable[Kept], today: date, kind: str = ""
) -> list[int]:
    """Enter kept files with a record; one that the record has already is not entered twice."""
    _refuse_if_gone(session, table, key)
    present = {
        (a.digest, a.name): a
        for a in session.scalars(
            select(Attachment).where(
                Attachment.owner_table == table, Attachment.owner_id == key, Attachment.removed_at.is_(None)
            )
        )
    }
    found = []
    for file in kept:
        attachment = present.get((file.digest, file.name))
        if attachment is None:
            attachment = Attachment(
                owner_table=table,
                owner_id=key,
                kind=kind.strip(),
                name=file.name,
                size=file.size,
                digest=file.digest,
                added_on=today,
            )
            session.add(attachment)
            present[file.digest, file.name] = attachment
        found.append(attachment)
    session.flush()
    return [attachment.id for attachment in found]


def describe_attachment(session: Session, key: int, kind: str, note: str, version: int) -> None:
    """Say what sort of paper an attachment is, and remark on it. Raises ``Conflict``."""
    attachment = opened(session, Attachment, key, version, "这个附件")
    attachment.kind, attachment.note = kind.strip(), note.strip()


def remove_attachments(session: Session, keys: Iterable[int]) -> None:
    """Move attachments to the recycle bin; their contents stay kept."""
    remove(session, Attachment, keys)


def restore_attachment(session: Session, key: int) -> None:
    """Bring an attachment back from the recycle bin."""
    restore(session, Attachment, key)


def _refuse_if_gone(session: Session, table: str, key: int) -> None:
    columns = table_named(table).c
    if session.execute(select(columns.id).where(columns.id == key)).first() is None:
        raise UserError("要添加附件的记录已不存在。请刷新后再试。")
