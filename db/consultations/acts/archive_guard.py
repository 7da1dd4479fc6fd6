"""Keeping archived consultations as they were archived: no act may leave one different from its latest version.

The engine calls ``guard_archives`` at the end of every act, also of an undo or redo, so that no act can forget it.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.consultations.queries.content import altered
from db.errors import UserError
from db.models.consultation import (
    Consultation,
    ConsultationCase,
    ConsultationVersion,
    Draw,
    FollowUp,
    Member,
    Opinion,
    Point,
    Question,
)
from db.models.journal import JournalRow

PARTS = frozenset(
    model.__tablename__
    for model in (ConsultationCase, Question, Member, Draw, Opinion, Point, FollowUp, ConsultationVersion)
)
TABLES = PARTS | {Consultation.__tablename__}


def guard_archives(session: Session, touched: Mapping[str, Iterable[int]]) -> None:
    """Refuse the act if an archived consultation, or a version of one, would be altered by it."""
    if not TABLES & touched.keys():
        return
    rows = session.scalars(
        select(JournalRow).where(
            JournalRow.gesture_id == session.info["gesture"], JournalRow.table_name.in_(TABLES)
        )
    ).all()
    for row in rows:
        if row.table_name == ConsultationVersion.__tablename__ and row.before is not None:
            raise UserError(
                "会商的归档版本不能撤销，也不能修改。确需更正的，请用“更正”并写明理由，另存一版。"
            )
    if found := altered(session, {_consultation(row) for row in rows}):
        said = found[0].number or found[0].topic
        raise UserError(
            f"会商“{said}”已经归档，这一操作会改动归档的内容，没有执行。确需更正的，请用“更正”并写明理由。"
        )


def _consultation(row: JournalRow) -> int:
    if row.table_name in PARTS:
        return int((row.after or row.before or {})["consultation_id"])
    return row.key
