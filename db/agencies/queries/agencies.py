"""Reading the district's agencies, with how often each was sued and who served it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import agencies_called, exists_on, names_of
from db.agencies.rules.agencies import AgencyDraft, missing_liaison
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.lawyer import Lawyer
from db.office.queries.search import matching
from db.words.agency import AgencyKind
from db.words.assignment import EndKind
from db.words.case import Side


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One line of the list of agencies; counts are of cases in which it is a defendant."""

    key: int
    name: str
    short_name: str
    kind: AgencyKind
    has_enforcement: bool
    open_cases: int
    year_cases: int
    all_cases: int
    source: str
    head: str
    contact: str
    phone: str
    field: str = ""
    is_expected: bool = True
    founded_on: date | None = None
    ended_on: date | None = None
    successor: str = ""
    lacks_liaison: bool = False
    liaison_filed_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyFilter:
    """What the clerk asked for; empty filters do not filter."""

    text: str = ""
    kind: AgencyKind | None = None
    enforcement_only: bool = False
    unverified_only: bool = False
    without_liaison: bool = False


@dataclass(frozen=True, slots=True)
class AgencyCase:
    """A case against an agency."""

    case_id: int
    number: str
    plaintiffs: str
    stage: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class AgencyDetail:
    """Everything the panel shows of one agency; ``served_by`` is name and number of cases."""

    row: AgencyRow
    draft: AgencyDraft
    cases: tuple[AgencyCase, ...]
    served_by: tuple[tuple[str, int], ...]


def agency_keys(
    session: Session, wanted: AgencyFilter, today: date, sort: str = "place", *, descending: bool = False
) -> list[int]:
    """Return the ids of the agencies asked for, in order."""
    query = select(Agency.id).where(Agency.removed_at.is_(None))
    if wanted.text.strip():
        called = agencies_called(session, wanted.text)
        query = query.where(or_(Agency.id.in_(matching("agency", wanted.text)), Agency.id.in_(called)))
    if wanted.kind is not None:
        query = query.where(Agency.kind == wanted.kind)
    if wanted.enforcement_only:
        query = query.where(Agency.has_enforcement)
    if wanted.unverified_only:
        query = query.where(Agency.source.startswith("初始清单"))
    if wanted.without_liaison:
        query = query.where(_lacks_liaison(), exists_on(today))
    counts = _counts(today).subquery()
    column = _sorts(counts)[sort]
    query = query.outerjoin(counts, counts.c.agency_id == Agency.id)
    order = column.desc() if descending else column.asc()
    return list(session.scalars(query.order_by(order, Agency.place, Agency.id)))


def agency_rows(session: Session, keys: Sequence[int], today: date) -> dict[int, AgencyRow]:
    """Return a row for each key that still exists."""
    counts = {row.agency_id: row for row in session.execute(_counts(today).where(Party.agency_id.in_(keys)))}
    found = {}
    agencies = session.scalars(select(Agency).where(Agency.id.in_(keys))).all()
    successors = names_of(session, [a.successor_id for a in agencies if a.successor_id])
    for a in agencies:
        n = counts.get(a.id)
        found[a.id] = AgencyRow(
            key=a.id,
            name=a.name,
            short_name=a.short_name,
            kind=a.kind,
            has_enforcement=a.has_enforcement,
            open_cases=n.running if n else 0,
            year_cases=n.this_year if n else 0,
            all_cases=n.total if n else 0,
            source=a.source,
            head=a.head,
            contact=a.contact,
            phone=a.phone,
            field=a.field,
            is_expected=a.is_expected,
            founded_on=a.founded_on,
            ended_on=a.ended_on,
            successor=successors.short(a.successor_id, today) if a.successor_id else "",
            liaison_filed_on=a.liaison_filed_on,
            lacks_liaison=missing_liaison(a.contact, a.liaison_filed_on),
        )
    return found


def agency_draft(session: Session, key: int) -> AgencyDraft | None:
    """Return an agency as the editor wants it, or ``None`` if it is gone."""
    a = session.get(Agency, key)
    if a is None or a.removed_at is not None:
        return None
    return draft_of(a)


def draft_of(a: Agency) -> AgencyDraft:
    """Return an agency as the editor wants it."""
    return AgencyDraft(
        name=a.name,
        short_name=a.short_name,
        kind=a.kind,
        has_enforcement=a.has_enforcement,
        uscc=a.uscc,
        head=a.head,
        contact=a.contact,
        phone=a.phone,
        address=a.address,
        note=a.note,
        field=a.field,
        founded_on=a.founded_on,
        is_expected=a.is_expected,
        staff_count=a.staff_count,
        qualified_count=a.qualified_count,
        liaison_post=a.liaison_post,
        liaison_filed_on=a.liaison_filed_on,
        version=a.version,
    )


def agency_detail(session: Session, key: int, today: date) -> AgencyDetail | None:
    """Return what the panel shows of one agency, or ``None`` if it is gone."""
    draft = agency_draft(session, key)
    if draft is None:
        return None
    cases = session.execute(
        select(Case.id, Case.number, Case.plaintiffs, Case.stage, Case.is_open)
        .join(Party, Party.case_id == Case.id)
        .where(Party.agency_id == key, Party.side == Side.DEFENDANT, Case.removed_at.is_(None))
        .order_by(Case.is_open.desc(), Case.received_on.desc())
    ).all()
    served = session.execute(
        select(Lawyer.name, func.count())
        .join(Assignment, Assignment.lawyer_id == Lawyer.id)
        .join(Party, Party.id == Assignment.party_id)
        .where(Party.agency_id == key)
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .group_by(Lawyer.id, Lawyer.name)
        .order_by(func.count().desc(), Lawyer.sort_key)
    ).all()
    return AgencyDetail(
        row=agency_rows(session, [key], today)[key],
        draft=draft,
        cases=tuple(
            AgencyCase(c.id, c.number or "（未编号）", c.plaintiffs, c.stage, c.is_open) for c in cases
        ),
        served_by=tuple((name, count) for name, count in served),
    )


def agency_choices(session: Session, day: date | None = None) -> list[tuple[int, str, str]]:
    """Return id, full name and short name of every agency (of ``day``, if given), in the office's order."""
    query = select(Agency.id, Agency.name, Agency.short_name).where(Agency.removed_at.is_(None))
    if day is not None:
        query = query.where(exists_on(day))
    return [(a.id, a.name, a.short_name) for a in session.execute(query.order_by(Agency.place, Agency.id))]


def _lacks_liaison() -> ColumnElement[bool]:
    return or_(func.trim(Agency.contact) == "", Agency.liaison_filed_on.is_(None))


def _counts(today: date) -> Select[*tuple[Any, ...]]:
    this_year = case((Case.received_on >= date(today.year, 1, 1), 1), else_=0)
    return (
        select(
            Party.agency_id,
            func.sum(case((Case.is_open, 1), else_=0)).label("running"),
            func.sum(this_year).label("this_year"),
            func.count().label("total"),
        )
        .join(Case, Case.id == Party.case_id)
        .where(Party.side == Side.DEFENDANT, Case.removed_at.is_(None), Party.agency_id.is_not(None))
        .group_by(Party.agency_id)
    )


def _sorts(counts: Subquery) -> dict[str, Any]:
    return {
        "place": Agency.place,
        "name": Agency.sort_key,
        "kind": Agency.kind,
        "has_enforcement": Agency.has_enforcement,
        "open_cases": func.coalesce(counts.c.running, 0),
        "year_cases": func.coalesce(counts.c.this_year, 0),
        "all_cases": func.coalesce(counts.c.total, 0),
        "source": Agency.source,
    }
