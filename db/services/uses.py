"""The uses that agencies made of legal service, as they follow from services, cases and consultations.

A service counts for its agency on its day, whoever gave it. A case counts once for each agency that a lawyer of the
pool was assigned to serve in it and was not withdrawn from (撤销), on the day of the first assignment; a second record
of the same case does not. A consultation counts for the agency that asked for it on the day it is held, unless cancelled.
An agency that was merged into another keeps its own uses.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from db.formats.record_names import record_name
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.consultation import Consultation
from db.models.derived import Engagement
from db.models.service import Service
from db.words.assignment import EndKind
from db.words.service import ServiceKind

Uses = dict[tuple[int, int], tuple[date, ServiceKind]]
"""(record, agency) -> day and kind."""
CHUNK = 500
SOURCES = (Service.__tablename__, Case.__tablename__, Consultation.__tablename__)


def refresh_engagements(session: Session, touched: Mapping[str, Iterable[int]]) -> None:
    """Bring the uses that follow from the touched rows up to date."""
    records = {name: set(touched.get(name, ())) for name in SOURCES}
    cases = records[Case.__tablename__]
    for model in (Assignment, Party):
        for chunk in _chunks(touched.get(model.__tablename__, ())):
            cases.update(session.scalars(select(model.case_id).where(model.id.in_(chunk))))
    for name, keys in records.items():
        for chunk in _chunks(keys):
            _bring(session, name, chunk)


def rebuild_engagements(session: Session) -> None:
    """Derive every use anew, as after an upgrade from a version that had none."""
    for name, ids in _every_record(session):
        for chunk in _chunks(ids):
            _bring(session, name, chunk)


def have_engagements(session: Session) -> bool:
    """Say whether any use is stored, or none follows from the records."""
    if session.scalars(select(Engagement.id).limit(1)).first() is not None:
        return True
    return all(session.execute(query.limit(1)).first() is None for query in _QUERIES.values())


def wrong_engagements(session: Session) -> list[str]:
    """Return a sentence for each block of records whose stored uses are not those that follow from them."""
    found = []
    for name, ids in _every_record(session):
        found += [
            f"{record_name(name)} {chunk[0]}–{chunk[-1]} 的履职次数与记录不符"
            for chunk in _chunks(ids)
            if _stored(session, name, chunk) != _wanted(session, name, chunk)
        ]
    lost = session.scalar(
        select(func.count()).select_from(Engagement).where(Engagement.table_name.not_in(SOURCES))
    )
    return found + [f"{lost} 次履职来历不明"] * bool(lost)


def _every_record(session: Session) -> Iterator[tuple[str, set[int]]]:
    """Return the keys of all records that a use may come from, also of those that are gone but left one."""
    for name in SOURCES:
        left = select(Engagement.record_id).where(Engagement.table_name == name)
        wanted = select(_QUERIES[name].subquery().c.record_id)
        yield name, set(session.scalars(left)) | set(session.scalars(wanted))


def _bring(session: Session, name: str, ids: Sequence[int]) -> None:
    """Store what these records give; rows that are right already are left alone."""
    wanted, stored = _wanted(session, name, ids), _stored(session, name, ids)
    table = Engagement.table()
    _run(session, delete(table).where(*_this(table, name)), _keyed(stored.keys() - wanted.keys()))
    new = [
        {"table_name": name, "record_id": record, "agency_id": agency, "on_date": on, "kind": kind}
        for (record, agency), (on, kind) in sorted(wanted.items())
        if (record, agency) not in stored
    ]
    _run(session, insert(table), new)
    changed = [
        {"of_record": key[0], "of_agency": key[1], "new_on": use[0], "new_kind": use[1]}
        for key, use in wanted.items()
        if key in stored and stored[key] != use
    ]
    values: dict[str, Any] = {"on_date": bindparam("new_on"), "kind": bindparam("new_kind")}
    _run(session, update(table).where(*_this(table, name)).values(values), changed)


def _this(table: Table, name: str) -> tuple[Any, ...]:
    return (
        table.c.table_name == name,
        table.c.record_id == bindparam("of_record"),
        table.c.agency_id == bindparam("of_agency"),
    )


def _keyed(keys: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"of_record": record, "of_agency": agency} for record, agency in sorted(keys)]


def _run(session: Session, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, rows)


def _stored(session: Session, name: str, ids: Sequence[int]) -> Uses:
    query = select(Engagement.record_id, Engagement.agency_id, Engagement.on_date, Engagement.kind).where(
        Engagement.table_name == name, Engagement.record_id.in_(ids)
    )
    return {(record, agency): (on, kind) for record, agency, on, kind in session.execute(query)}


def _wanted(session: Session, name: str, ids: Sequence[int]) -> Uses:
    query = _QUERIES[name].where(_KEYS[name].in_(ids))
    return {(record, agency): (on, kind) for record, agency, on, kind in session.execute(query)}


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


_KEYS: dict[str, Any] = {
    Service.__tablename__: Service.id,
    Case.__tablename__: Assignment.case_id,
    Consultation.__tablename__: Consultation.id,
}
_QUERIES: dict[str, Any] = {
    Service.__tablename__: select(
        Service.id.label("record_id"), Service.agency_id, Service.on_date, Service.kind
    ).where(Service.removed_at.is_(None), Service.agency_id.is_not(None)),
    Case.__tablename__: select(
        Assignment.case_id.label("record_id"),
        Party.agency_id,
        func.min(Assignment.assigned_on),
        literal(ServiceKind.APPEARANCE, Engagement.table().c.kind.type),
    )
    .join(Party, Party.id == Assignment.party_id)
    .join(Case, Case.id == Assignment.case_id)
    .where(Case.removed_at.is_(None), Case.duplicate_of_id.is_(None), Party.agency_id.is_not(None))
    .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
    .group_by(Assignment.case_id, Party.agency_id),
    Consultation.__tablename__: select(
        Consultation.id.label("record_id"),
        Consultation.agency_id,
        Consultation.held_on,
        literal(ServiceKind.CONSULTATION, Engagement.table().c.kind.type),
    ).where(
        Consultation.removed_at.is_(None),
        Consultation.cancelled_on.is_(None),
        Consultation.held_on.is_not(None),
        Consultation.agency_id.is_not(None),
    ),
}
"""What each kind of record gives: record, agency, day, kind of service."""
