"""The rows that belong to public lawyers, read for many at once: postings, certificates, yearly results."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVarTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models.public_lawyer import Certificate, Posting, PublicLawyerYear
from db.registry.rules.public_lawyers import CertificateDraft, PostingDraft, YearDraft

Ts = TypeVarTuple("Ts")
Keys = Sequence[int] | None
"""Some public lawyers, or with ``None`` all."""


def postings_of(session: Session, keys: Keys = None) -> defaultdict[int, list[PostingDraft]]:
    """Return where each public lawyer worked, the oldest first."""
    found: defaultdict[int, list[PostingDraft]] = defaultdict(list)
    p = Posting
    query = select(p.public_lawyer_id, p.agency_id, p.department, p.post, p.from_on, p.to_on)
    for row in session.execute(of(query, p.public_lawyer_id, keys).order_by(p.from_on, p.id)):
        found[row.public_lawyer_id].append(
            PostingDraft(
                agency_id=row.agency_id,
                department=row.department,
                post=row.post,
                from_on=row.from_on,
                to_on=row.to_on,
            )
        )
    for postings in found.values():  # a database may put what has no beginning last
        postings.sort(key=lambda one: one.first_on)
    return found


def certificates_of(session: Session, keys: Keys = None) -> defaultdict[int, list[CertificateDraft]]:
    """Return each public lawyer's certificates, the oldest first."""
    found: defaultdict[int, list[CertificateDraft]] = defaultdict(list)
    c = Certificate
    query = select(
        c.public_lawyer_id, c.from_on, c.to_on, c.issuer, c.ended_on, c.end_kind, c.end_reason
    ).order_by(c.from_on, c.id)
    for row in session.execute(of(query, c.public_lawyer_id, keys)):
        found[row.public_lawyer_id].append(
            CertificateDraft(
                from_on=row.from_on,
                to_on=row.to_on,
                issuer=row.issuer,
                ended_on=row.ended_on,
                end_kind=row.end_kind,
                end_reason=row.end_reason,
            )
        )
    return found


def years_of(session: Session, keys: Keys = None) -> defaultdict[int, list[YearDraft]]:
    """Return each public lawyer's yearly results, the latest first."""
    found: defaultdict[int, list[YearDraft]] = defaultdict(list)
    y = PublicLawyerYear
    query = select(y.public_lawyer_id, y.year, y.result, y.note).order_by(y.year.desc())
    for row in session.execute(of(query, y.public_lawyer_id, keys)):
        found[row.public_lawyer_id].append(YearDraft(row.year, row.result, row.note))
    return found


def of(query: Select[*Ts], column: InstrumentedAttribute[int], keys: Keys) -> Select[*Ts]:
    """Narrow a query to some public lawyers."""
    return query if keys is None else query.where(column.in_(keys))
