"""Who did what, and what is in the recycle bin."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import journal
from db.models.agency import Agency
from db.models.case import Case
from db.models.consultation import Consultation
from db.models.journal import Gesture, JournalRow
from db.models.lawyer import Lawyer
from db.models.office import Attachment
from db.models.public_lawyer import AgencyContract, InternalAdviser, PublicLawyer, Sharing
from db.models.service import Service


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


def undo_state(session: Session, clerk: str) -> UndoState:
    """Return what 撤销 and 重做 would do for this clerk."""
    last, back = journal.undoable(session, clerk), journal.redoable(session, clerk)
    original = session.get(Gesture, back.undoes) if back else None
    return UndoState(last.label if last else "", original.label if original else "")


def recycle_bin(session: Session) -> list[BinLine]:
    """Return what was removed, the latest first."""
    lawyers = select(Lawyer.id, Lawyer.name, Lawyer.removed_at).where(Lawyer.removed_at.is_not(None))
    agencies = select(Agency.id, Agency.name, Agency.removed_at).where(Agency.removed_at.is_not(None))
    cases = select(
        Case.id, Case.number + " " + Case.plaintiffs + " 诉 " + Case.defendants, Case.removed_at
    ).where(Case.removed_at.is_not(None))
    files = select(Attachment.id, Attachment.name, Attachment.removed_at).where(
        Attachment.removed_at.is_not(None)
    )
    services = select(Service.id, Service.kind.concat("：").concat(Service.matter), Service.removed_at).where(
        Service.removed_at.is_not(None)
    )
    public = select(PublicLawyer.id, PublicLawyer.name, PublicLawyer.removed_at).where(
        PublicLawyer.removed_at.is_not(None)
    )
    lent = (
        select(Sharing.id, PublicLawyer.name.concat(" → ").concat(Agency.short_name), Sharing.removed_at)
        .join(PublicLawyer, PublicLawyer.id == Sharing.public_lawyer_id)
        .join(Agency, Agency.id == Sharing.agency_id)
        .where(Sharing.removed_at.is_not(None))
    )
    internal = (
        select(
            InternalAdviser.id,
            InternalAdviser.name.concat("，").concat(Agency.short_name),
            InternalAdviser.removed_at,
        )
        .join(Agency, Agency.id == InternalAdviser.agency_id)
        .where(InternalAdviser.removed_at.is_not(None))
    )
    contracts = (
        select(
            AgencyContract.id,
            Agency.short_name.concat("，").concat(AgencyContract.provider),
            AgencyContract.removed_at,
        )
        .join(Agency, Agency.id == AgencyContract.agency_id)
        .where(AgencyContract.removed_at.is_not(None))
    )
    consultations = select(
        Consultation.id,
        func.coalesce(Consultation.number, "").concat(" ").concat(Consultation.topic),
        Consultation.removed_at,
    ).where(Consultation.removed_at.is_not(None))
    lines = [
        BinLine(table, key, kind, title.strip(), removed_at)
        for table, kind, query in (
            ("lawyer", "顾问", lawyers),
            ("case_record", "案件", cases),
            ("consultation", "会商", consultations),
            ("agency", "单位", agencies),
            ("attachment", "附件", files),
            ("service", "服务记录", services),
            ("public_lawyer", "公职律师", public),
            ("sharing", "统筹", lent),
            ("internal_adviser", "内部法律顾问", internal),
            ("agency_contract", "顾问合同", contracts),
        )
        for key, title, removed_at in session.execute(query)
        if removed_at is not None
    ]
    return sorted(lines, key=lambda line: line.removed_at, reverse=True)


def _acts(session: Session, query: Any) -> list[ActLine]:
    return [ActLine(g.id, g.at, g.clerk, g.label, g.undone) for g in session.scalars(query)]
