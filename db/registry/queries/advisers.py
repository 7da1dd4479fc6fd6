"""Reading internal advisers and adviser contracts of agencies, as of any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.spans import Span
from db.models.agency import Agency
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.public_lawyer import AgencyContract, InternalAdviser
from db.registry.rules.advisers import Known


@dataclass(frozen=True, slots=True)
class InternalAdviserRow:
    """An internal adviser; ``runs`` on the day asked for."""

    key: int
    agency_id: int
    agency: str
    name: str
    department: str
    post: str
    qualification: str
    phone: str
    from_on: date | None
    to_on: date | None
    runs: bool
    days_left: int | None
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class ContractRow:
    """An adviser contract; ``runs`` on the day asked for, ``last_on`` is the last day that counts."""

    key: int
    agency_id: int
    agency: str
    number: str
    provider: str
    lawyers: str
    firm_id: int | None
    lawyer_id: int | None
    scope: str
    fee: float | None
    from_on: date
    to_on: date | None
    ended_on: date | None
    end_reason: str
    last_on: date | None
    runs: bool
    days_left: int | None
    note: str
    version: int


def internal_advisers(
    session: Session, day: date, agency_id: int | None = None, keys: Sequence[int] | None = None
) -> list[InternalAdviserRow]:
    """Return the internal advisers that are not removed, those at work first."""
    query = (
        select(InternalAdviser, Agency.short_name)
        .join(Agency, Agency.id == InternalAdviser.agency_id)
        .where(InternalAdviser.removed_at.is_(None))
    )
    if agency_id is not None:
        query = query.where(InternalAdviser.agency_id == agency_id)
    if keys is not None:
        query = query.where(InternalAdviser.id.in_(keys))
    rows = []
    for x, agency in session.execute(query.order_by(InternalAdviser.sort_key, InternalAdviser.id)):
        span = Span(from_on=x.from_on, to_on=x.to_on)
        rows.append(
            InternalAdviserRow(
                key=x.id,
                agency_id=x.agency_id,
                agency=agency,
                name=x.name,
                department=x.department,
                post=x.post,
                qualification=x.qualification,
                phone=x.phone,
                from_on=x.from_on,
                to_on=x.to_on,
                runs=span.runs_on(day),
                days_left=span.days_left(day),
                note=x.note,
                version=x.version,
            )
        )
    return sorted(rows, key=lambda r: not r.runs)


def contract_rows(
    session: Session,
    day: date,
    *,
    agency_id: int | None = None,
    lawyer_id: int | None = None,
    keys: Sequence[int] | None = None,
) -> list[ContractRow]:
    """Return the contracts that are not removed, the running ones first; of an agency, a lawyer, or some keys."""
    query = (
        select(AgencyContract, Agency.short_name)
        .join(Agency, Agency.id == AgencyContract.agency_id)
        .where(AgencyContract.removed_at.is_(None))
    )
    if agency_id is not None:
        query = query.where(AgencyContract.agency_id == agency_id)
    if lawyer_id is not None:
        query = query.where(AgencyContract.lawyer_id == lawyer_id)
    if keys is not None:
        query = query.where(AgencyContract.id.in_(keys))
    rows = [_contract(x, agency, day) for x, agency in session.execute(query)]
    return sorted(rows, key=lambda r: (not r.runs, -r.from_on.toordinal(), r.key))


def namesakes(session: Session, name: str = "") -> Known:
    """Return the lawyers of the pool who bear a name, or with none all of them, with their firms."""
    query = (
        select(Lawyer.name, Firm.short_name)
        .join(Membership, Membership.lawyer_id == Lawyer.id)
        .join(Firm, Firm.id == Membership.firm_id)
        .where(Lawyer.removed_at.is_(None), Membership.to_on.is_(None))
    )
    if name:
        query = query.where(Lawyer.name == name)
    return Known({row.name: row.short_name for row in session.execute(query)})


def _contract(x: AgencyContract, agency: str, day: date) -> ContractRow:
    span = Span(from_on=x.from_on, to_on=x.to_on, ended_on=x.ended_on)
    return ContractRow(
        key=x.id,
        agency_id=x.agency_id,
        agency=agency,
        number=x.number,
        provider=x.provider,
        lawyers=x.lawyers,
        firm_id=x.firm_id,
        lawyer_id=x.lawyer_id,
        scope=x.scope,
        fee=x.fee,
        from_on=x.from_on,
        to_on=x.to_on,
        ended_on=x.ended_on,
        end_reason=x.end_reason,
        last_on=span.last_on if span.last_on < date.max else None,
        runs=span.runs_on(day),
        days_left=span.days_left(day),
        note=x.note,
        version=x.version,
    )
