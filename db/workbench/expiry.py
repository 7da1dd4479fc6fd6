"""What is about to end, or has ended though it is still used: certificates, sharing papers, adviser contracts.

A renewed one is no matter: only the last certificate of a person, sharing of a person to an agency, and contract of an
agency with the same provider are looked at. The number of statements is constant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models.agency import Agency
from db.models.public_lawyer import AgencyContract, Certificate, Posting, PublicLawyer, Sharing
from db.models.service import Service
from db.office.queries.settings import load_settings


class ExpiryKind(StrEnum):
    """What ends; the values are the words on the screen."""

    CERTIFICATE = "证书到期"
    SHARING = "统筹到期"
    CONTRACT = "合同到期"


@dataclass(frozen=True, slots=True)
class Expiry:
    """One thing that ends on ``last_on``; ``key`` is the public lawyer's, the sharing's or the contract's.

    ``used_since`` counts services on record after that day.
    """

    kind: ExpiryKind
    key: int
    title: str
    caption: str
    last_on: date
    used_since: int = 0


def expiries(session: Session, today: date, most: int) -> list[Expiry]:
    """Return what ends within the office's early warning or ended lately; at most ``most`` of a kind, the nearest first.

    A certificate that is over stays as long as its holder is at work; a paper, as long as it was in use since, or for
    as many days as the warning goes ahead; a contract, which no service names, for these days.
    """
    early = timedelta(days=load_settings(session).expiry_early_days)
    return [
        *_certificates(session, today, today + early, most),
        *_sharings(session, today, early, most),
        *_contracts(session, today, early, most),
    ]


def _certificates(session: Session, today: date, until: date, most: int) -> list[Expiry]:
    c, p = Certificate, Posting
    later = aliased(Certificate)
    is_last = ~(
        select(later.id)
        .where(later.public_lawyer_id == c.public_lawyer_id, later.id != c.id)
        .where(or_(later.to_on.is_(None), later.to_on > c.to_on))
        .exists()
    )
    query = (
        select(PublicLawyer.id, PublicLawyer.name, Agency.short_name, p.post, c.to_on)
        .join(c, c.public_lawyer_id == PublicLawyer.id)
        .join(p, p.public_lawyer_id == PublicLawyer.id)
        .join(Agency, Agency.id == p.agency_id)
        .where(PublicLawyer.removed_at.is_(None), c.ended_on.is_(None), c.to_on <= until, is_last)
        .where(or_(p.from_on.is_(None), p.from_on <= today), or_(p.to_on.is_(None), p.to_on >= today))
        .order_by(c.to_on, PublicLawyer.id)
        .limit(most)
    )
    found = [row for row in session.execute(query) if row.to_on is not None]
    used = _used_by(session, {row.id: row.to_on for row in found if row.to_on < today})
    return [
        Expiry(
            ExpiryKind.CERTIFICATE,
            row.id,
            f"{row.name} 公职律师证到期",
            "，".join(x for x in (row.short_name, row.post, _since(used.get(row.id, 0))) if x),
            row.to_on,
            used.get(row.id, 0),
        )
        for row in found
    ]


def _sharings(session: Session, today: date, early: timedelta, most: int) -> list[Expiry]:
    s, later = Sharing, aliased(Sharing)
    is_last = ~(
        select(later.id)
        .where(later.public_lawyer_id == s.public_lawyer_id, later.agency_id == s.agency_id)
        .where(later.removed_at.is_(None), or_(later.to_on.is_(None), later.to_on > s.to_on))
        .exists()
    )
    used = (
        select(func.count())
        .where(Service.public_lawyer_id == s.public_lawyer_id, Service.agency_id == s.agency_id)
        .where(Service.removed_at.is_(None), Service.on_date > s.to_on)
        .scalar_subquery()
    )
    query = (
        select(s.id, PublicLawyer.name, Agency.short_name, s.paper, s.to_on, used.label("used"))
        .join(PublicLawyer, PublicLawyer.id == s.public_lawyer_id)
        .join(Agency, Agency.id == s.agency_id)
        .where(s.removed_at.is_(None), PublicLawyer.removed_at.is_(None), s.ended_on.is_(None), is_last)
        .where(s.to_on <= today + early, or_(s.to_on >= today - early, used > 0))
        .order_by(s.to_on, s.id)
        .limit(most)
    )
    return [
        Expiry(
            ExpiryKind.SHARING,
            row.id,
            f"{row.name} 统筹到{row.short_name}期满",
            "，".join(x for x in (row.paper, _since(row.used)) if x),
            row.to_on,
            row.used,
        )
        for row in session.execute(query)
        if row.to_on is not None
    ]


def _contracts(session: Session, today: date, early: timedelta, most: int) -> list[Expiry]:
    k, later = AgencyContract, aliased(AgencyContract)
    is_last = ~(
        select(later.id)
        .where(later.agency_id == k.agency_id, later.provider == k.provider, later.removed_at.is_(None))
        .where(or_(later.to_on.is_(None), later.to_on > k.to_on))
        .exists()
    )
    query = (
        select(k.id, Agency.short_name, k.provider, k.lawyers, k.number, k.to_on)
        .join(Agency, Agency.id == k.agency_id)
        .where(k.removed_at.is_(None), k.ended_on.is_(None), is_last)
        .where(k.to_on <= today + early, k.to_on >= today - early)
        .order_by(k.to_on, k.id)
        .limit(most)
    )
    return [
        Expiry(
            ExpiryKind.CONTRACT,
            row.id,
            f"{row.short_name}与{row.provider}的顾问合同期满",
            "，".join(x for x in (row.number, row.lawyers) if x),
            row.to_on,
        )
        for row in session.execute(query)
        if row.to_on is not None
    ]


def _used_by(session: Session, ends: dict[int, date]) -> dict[int, int]:
    """Count the services that each public lawyer gave after a day: one statement for all."""
    if not ends:
        return {}
    query = select(Service.public_lawyer_id, Service.on_date).where(
        Service.public_lawyer_id.in_(ends), Service.removed_at.is_(None), Service.on_date > min(ends.values())
    )
    found: dict[int, int] = {}
    for key, on in _pairs(session.execute(query)):
        if on > ends[key]:
            found[key] = found.get(key, 0) + 1
    return found


def _pairs(rows: Iterable[tuple[int | None, date]]) -> Iterable[tuple[int, date]]:
    return ((key, on) for key, on in rows if key is not None)


def _since(count: int) -> str:
    return f"到期后又有 {count} 次履职" if count else ""
