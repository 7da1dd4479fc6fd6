"""Who did what, and what is in the recycle bin."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db import journal
from db.base import Entry
from db.models.agency import Agency
from db.models.case import Case
from db.models.consultation import Consultation
from db.models.journal import Gesture, JournalRow
from db.models.lawyer import Lawyer
from db.models.office import Attachment
from db.models.public_lawyer import AgencyContract, InternalAdviser, PublicLawyer, Sharing
from db.models.service import Service

Joins = tuple[tuple[type[Entry], Any], ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act of a clerk."""

    gesture: int
    at: datetime
    clerk: str
    label: str
    undone: bool


@dataclass(frozen=True, slots=True)
class BinLine:
    """One entry of the recycle bin; ``table`` is where it is kept."""

    table: str
    key: int
    kind: str
    title: str
    removed_at: datetime


@dataclass(frozen=True, slots=True)
class UndoState:
    """What 撤销 and 重做 would do now, as labels; empty means nothing."""

    undo: str
    redo: str


def recent_acts(session: Session, limit: int = 8) -> list[ActLine]:
    """Return the latest acts of all clerks, the newest first."""
    return _acts(session, select(Gesture).order_by(Gesture.id.desc()).limit(limit))


def acts_on(session: Session, table: str, key: int, limit: int = 50) -> list[ActLine]:
    """Return the acts that changed one record, the newest first."""
    changed = select(JournalRow.gesture_id).where(JournalRow.table_name == table, JournalRow.key == key)
    query = select(Gesture).where(Gesture.id.in_(changed)).order_by(Gesture.id.desc()).limit(limit)
    return _acts(session, query)


def undo_state(session: Session, hand: journal.Hand) -> UndoState:
    """Return what 撤销 and 重做 would do for this clerk in this window."""
    last, back = journal.undoable(session, hand), journal.redoable(session, hand)
    original = session.get(Gesture, back.undoes) if back else None
    return UndoState(last.label if last else "", original.label if original else "")


def recycle_bin(session: Session) -> list[BinLine]:
    """Return what was removed, the latest first."""
    lines = [
        BinLine(model.__tablename__, key, kind, title.strip(), removed_at)
        for model, kind, words, joins in _BINNED
        for key, title, removed_at in session.execute(_removed(model, words, joins))
    ]
    return sorted(lines, key=lambda line: line.removed_at, reverse=True)


def _removed(model: type[Entry], words: Any, joins: Joins) -> Select[Any]:
    query = select(model.id, words, model.removed_at).where(model.removed_at.is_not(None))
    for other, on in joins:
        query = query.join(other, on)
    return query


_BINNED: tuple[tuple[type[Entry], str, Any, Joins], ...] = (
    (Lawyer, "顾问", Lawyer.name, ()),
    (Case, "案件", Case.number + " " + Case.plaintiffs + " 诉 " + Case.defendants, ()),
    (
        Consultation,
        "会商",
        func.coalesce(Consultation.number, "").concat(" ").concat(Consultation.topic),
        (),
    ),
    (Agency, "单位", Agency.name, ()),
    (Attachment, "附件", Attachment.name, ()),
    (Service, "服务记录", Service.kind.concat("：").concat(Service.matter), ()),
    (PublicLawyer, "公职律师", PublicLawyer.name, ()),
    (
        Sharing,
        "统筹",
        PublicLawyer.name.concat(" → ").concat(Agency.short_name),
        (
            (PublicLawyer, PublicLawyer.id == Sharing.public_lawyer_id),
            (Agency, Agency.id == Sharing.agency_id),
        ),
    ),
    (
        InternalAdviser,
        "内部法律顾问",
        InternalAdviser.name.concat("，").concat(Agency.short_name),
        ((Agency, Agency.id == InternalAdviser.agency_id),),
    ),
    (
        AgencyContract,
        "顾问合同",
        Agency.short_name.concat("，").concat(AgencyContract.provider),
        ((Agency, Agency.id == AgencyContract.agency_id),),
    ),
)
"""What may lie in the recycle bin: the model, what a clerk calls it, how a line names it, and what that joins."""


def _acts(session: Session, query: Any) -> list[ActLine]:
    return [ActLine(g.id, g.at, g.clerk, g.label, g.undone) for g in session.scalars(query)]
