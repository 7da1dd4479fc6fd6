"""The service log (履职记录): services that were entered, and by themselves the cases and consultations of this program.

A key of the log stands for a service or for an ``Engagement``: services are even, engagements odd.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import Names, names_of
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.consultation import Consultation, Member
from db.models.derived import Engagement
from db.models.lawyer import Lawyer
from db.models.public_lawyer import InternalAdviser, PublicLawyer
from db.models.service import Service
from db.services.rules.people import Capacity
from db.words.assignment import EndKind
from db.words.consultation import InvitationAnswer
from db.words.service import ServiceKind

Lines = Select[*tuple[Any, ...]]


class Source(StrEnum):
    """Where a line of the log comes from; only what was entered is edited in it."""

    ENTERED = "登记"
    CASE = "案件"
    CONSULTATION = "会商"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What the clerk asked for; filters combine with *and*, empty ones do not filter."""

    from_on: date | None = None
    to_on: date | None = None
    agency_id: int | None = None
    kind: ServiceKind | None = None
    capacity: Capacity | None = None
    text: str = ""  # stands in the matter or in the name of whoever gave it
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log; ``record_id`` is the service, case or consultation, ``agency`` its name of that day."""

    key: int
    source: Source
    record_id: int
    on: date
    kind: ServiceKind
    agency_id: int | None
    agency: str
    who: str
    capacity: str
    matter: str
    result: str
    hours: float | None
    case_id: int | None

    @property
    def is_entered(self) -> bool:
        """Whether it may be edited here."""
        return self.source is Source.ENTERED


SORTS = {"on": "on_date", "kind": "kind", "agency": "agency", "who": "who"}


def log_keys(session: Session, wanted: LogFilter, sort: str = "on", *, descending: bool = True) -> list[int]:
    """Return the keys of the lines asked for, in order; one statement."""
    parts = []
    if wanted.source in {None, Source.ENTERED}:
        parts.append(_services(wanted, sort))
    if wanted.source is not Source.ENTERED and wanted.capacity in {None, Capacity.LAWYER}:
        parts.append(_engagements(wanted, sort))
    if not parts:
        return []
    lines = union_all(*parts).subquery()
    column = lines.c[SORTS[sort]]
    order = column.desc() if descending else column.asc()
    return list(
        session.scalars(select(lines.c.key).order_by(order, lines.c.on_date.desc(), lines.c.key.desc()))
    )


def log_rows(session: Session, keys: Sequence[int]) -> dict[int, LogRow]:
    """Return a row for each key that still exists; the number of statements does not grow with them."""
    entered = [key // 2 for key in keys if key % 2 == 0]
    derived = [key // 2 for key in keys if key % 2]
    services = session.scalars(
        select(Service).where(Service.id.in_(entered), Service.removed_at.is_(None))
    ).all()
    uses = session.scalars(select(Engagement).where(Engagement.id.in_(derived))).all()
    agencies = {s.agency_id for s in services if s.agency_id is not None} | {u.agency_id for u in uses}
    names = names_of(session, agencies)
    return {
        **_service_rows(session, services, names),
        **_case_rows(session, [u for u in uses if u.table_name == Case.__tablename__], names),
        **_consultation_rows(session, [u for u in uses if u.table_name == Consultation.__tablename__], names),
    }


def key_of_service(service_id: int) -> int:
    """Return the key under which a service stands in the log."""
    return service_id * 2


def key_of_engagement(engagement_id: int) -> int:
    """Return the key under which a case or consultation stands in the log."""
    return engagement_id * 2 + 1


def _services(wanted: LogFilter, sort: str) -> Lines:
    """The services; names are joined only where they are searched or sorted by, for there may be half a million."""
    text = wanted.text.strip()
    who: Any = literal("")
    if text or sort == "who":
        who = func.coalesce(Lawyer.sort_key, PublicLawyer.sort_key, InternalAdviser.sort_key, Service.person)
    query: Lines = select(
        (Service.id * 2).label("key"),
        Service.on_date.label("on_date"),
        Service.kind.label("kind"),
        _agency_order(sort).label("agency"),
        who.label("who"),
    ).where(Service.removed_at.is_(None))
    if sort == "agency":
        query = query.outerjoin(Agency, Agency.id == Service.agency_id)
    if text or sort == "who":
        query = (
            query.outerjoin(Lawyer, Lawyer.id == Service.lawyer_id)
            .outerjoin(PublicLawyer, PublicLawyer.id == Service.public_lawyer_id)
            .outerjoin(InternalAdviser, InternalAdviser.id == Service.internal_adviser_id)
        )
    query = _common(query, wanted, Service)
    if wanted.capacity is not None:
        query = query.where(_GIVEN_BY[wanted.capacity])
    if text:
        named = (Lawyer.name, PublicLawyer.name, InternalAdviser.name, Service.person, Service.matter)
        query = query.where(or_(*(column.contains(text, autoescape=True) for column in named)))
    return query


def _engagements(wanted: LogFilter, sort: str) -> Lines:
    tables = {
        None: (Case.__tablename__, Consultation.__tablename__),
        Source.CASE: (Case.__tablename__,),
        Source.CONSULTATION: (Consultation.__tablename__,),
    }[wanted.source]
    query: Lines = select(
        (Engagement.id * 2 + 1).label("key"),
        Engagement.on_date.label("on_date"),
        Engagement.kind.label("kind"),
        _agency_order(sort).label("agency"),
        literal("").label("who"),
    ).where(Engagement.table_name.in_(tables))
    if sort == "agency":
        query = query.outerjoin(Agency, Agency.id == Engagement.agency_id)
    query = _common(query, wanted, Engagement)
    if text := wanted.text.strip():
        query = query.where(or_(_case_says(text), _consultation_says(text)))
    return query


def _agency_order(sort: str) -> Any:
    return func.coalesce(Agency.sort_key, "") if sort == "agency" else literal("")


def _common(query: Lines, wanted: LogFilter, model: type[Service] | type[Engagement]) -> Lines:
    if wanted.from_on is not None:
        query = query.where(model.on_date >= wanted.from_on)
    if wanted.to_on is not None:
        query = query.where(model.on_date <= wanted.to_on)
    if wanted.agency_id is not None:
        query = query.where(model.agency_id == wanted.agency_id)
    if wanted.kind is not None:
        query = query.where(model.kind == wanted.kind)
    return query


def _case_says(text: str) -> Any:
    advised = (
        select(Assignment.case_id)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Lawyer.name.contains(text, autoescape=True))
    )
    said = or_(*(c.contains(text, autoescape=True) for c in (Case.number, Case.plaintiffs, Case.defendants)))
    return and_(
        Engagement.table_name == Case.__tablename__,
        Engagement.record_id.in_(select(Case.id).where(or_(said, Case.id.in_(advised)))),
    )


def _consultation_says(text: str) -> Any:
    said = select(Consultation.id).where(Consultation.topic.contains(text, autoescape=True))
    members = select(Member.consultation_id).where(Member.name.contains(text, autoescape=True))
    return and_(
        Engagement.table_name == Consultation.__tablename__,
        or_(Engagement.record_id.in_(said), Engagement.record_id.in_(members)),
    )


def _service_rows(session: Session, services: Sequence[Service], names: Names) -> dict[int, LogRow]:
    lawyers, public, staff = (
        _named(session, model, {getattr(s, field) for s in services} - {None})
        for model, field in (
            (Lawyer, "lawyer_id"),
            (PublicLawyer, "public_lawyer_id"),
            (InternalAdviser, "internal_adviser_id"),
        )
    )
    found = {}
    for s in services:
        who, capacity = s.person, Capacity.OTHER.value if s.person else ""
        for key, those, word in (
            (s.lawyer_id, lawyers, Capacity.LAWYER),
            (s.public_lawyer_id, public, Capacity.PUBLIC),
            (s.internal_adviser_id, staff, Capacity.ADVISER),
        ):
            if key is not None:
                who, capacity = those.get(key, ""), word.value
        found[s.id * 2] = LogRow(
            key=s.id * 2,
            source=Source.ENTERED,
            record_id=s.id,
            on=s.on_date,
            kind=s.kind,
            agency_id=s.agency_id,
            agency=names.short(s.agency_id, s.on_date) if s.agency_id else "",
            who=who,
            capacity=capacity,
            matter=s.matter,
            result=s.result,
            hours=s.hours,
            case_id=s.case_id,
        )
    return found


def _case_rows(session: Session, uses: Sequence[Engagement], names: Names) -> dict[int, LogRow]:
    keys = {u.record_id for u in uses}
    cases = {c.id: c for c in session.scalars(select(Case).where(Case.id.in_(keys)))}
    served = (
        select(Assignment.case_id, Party.agency_id, Lawyer.name)
        .join(Party, Party.id == Assignment.party_id)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Assignment.case_id.in_(keys))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .order_by(Assignment.assigned_on, Assignment.role, Assignment.id)
    )
    who: dict[tuple[int, int | None], list[str]] = {}
    for case_id, agency_id, name in session.execute(served):
        who.setdefault((case_id, agency_id), []).append(name)
    return {
        u.id * 2 + 1: LogRow(
            key=u.id * 2 + 1,
            source=Source.CASE,
            record_id=u.record_id,
            on=u.on_date,
            kind=u.kind,
            agency_id=u.agency_id,
            agency=names.short(u.agency_id, u.on_date),
            who="、".join(dict.fromkeys(who.get((u.record_id, u.agency_id), ()))),
            capacity=Capacity.LAWYER.value,
            matter=f"{case.number or '（未编号）'}　{case.plaintiffs} 诉 {case.defendants}",
            result=case.outcome.value if case.outcome else "在办",
            hours=None,
            case_id=case.id,
        )
        for u in uses
        if (case := cases.get(u.record_id)) is not None
    }


def _consultation_rows(session: Session, uses: Sequence[Engagement], names: Names) -> dict[int, LogRow]:
    keys = {u.record_id for u in uses}
    held = {c.id: c for c in session.scalars(select(Consultation).where(Consultation.id.in_(keys)))}
    who: dict[int, list[str]] = {}
    members = (
        select(Member.consultation_id, Member.name)
        .where(Member.consultation_id.in_(keys))
        .where(Member.answer.is_(None) | (Member.answer != InvitationAnswer.LEAVE))
        .order_by(Member.place, Member.id)
    )
    for consultation_id, name in session.execute(members):
        who.setdefault(consultation_id, []).append(name)
    return {
        u.id * 2 + 1: LogRow(
            key=u.id * 2 + 1,
            source=Source.CONSULTATION,
            record_id=u.record_id,
            on=u.on_date,
            kind=u.kind,
            agency_id=u.agency_id,
            agency=names.short(u.agency_id, u.on_date),
            who="、".join(dict.fromkeys(who.get(u.record_id, ()))),
            capacity="",
            matter=consultation.topic,
            result=consultation.adoption.value if consultation.adoption else "",
            hours=None,
            case_id=None,
        )
        for u in uses
        if (consultation := held.get(u.record_id)) is not None
    }


def _named(session: Session, model: Any, keys: set[int]) -> dict[int, str]:
    if not keys:
        return {}
    query = select(model.id, model.name).where(model.id.in_(keys))
    return {row.id: row.name for row in session.execute(query)}


_GIVEN_BY: dict[Capacity, Any] = {
    Capacity.LAWYER: Service.lawyer_id.is_not(None),
    Capacity.PUBLIC: Service.public_lawyer_id.is_not(None),
    Capacity.ADVISER: Service.internal_adviser_id.is_not(None),
    Capacity.OTHER: Service.person != "",
}
