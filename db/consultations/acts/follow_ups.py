"""The completion of an agreed task together with the file that proves it, as one act."""

from datetime import date
from pathlib import Path

from db.consultations.acts.consultations import finish_follow_up
from db.consultations.rules.consultations import DoneDraft
from db.engine import Database
from db.errors import UserError
from db.models.consultation import Consultation, FollowUp
from db.office.acts.attachments import attach
from db.office.queries.attachments import attachment_store

EVIDENCE = "办结凭据"


def finish_with_file(
    database: Database, label: str, key: int, draft: DoneDraft, file: Path | None, today: date
) -> None:
    """Note that a task is done, and keep the file of its evidence with the consultation.

    The file's content is copied before the act begins, so that a big one keeps nobody else from writing.
    """
    kept = []
    if file is not None:
        with database.read() as session:
            store = attachment_store(session)
        kept.append(store.keep(file))
    with database.write(label) as session:
        finish_follow_up(session, key, draft, today)
        task = session.get(FollowUp, key)
        if task is None:
            raise UserError("这项议定事项已被删去。请刷新后再看。")
        attach(session, Consultation.__tablename__, task.consultation_id, kept, today, EVIDENCE)
