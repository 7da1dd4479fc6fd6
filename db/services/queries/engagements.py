"""Which lines of the service log a figure of coverage counts."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.derived import Engagement
from db.models.service import Service
from db.services.queries.log import key_of_engagement, key_of_service
from db.words.service import ServiceKind

FEW = 500  # agencies up to which they are named in the statement


def counted_keys(
    session: Session, kinds: Mapping[int, frozenset[ServiceKind]], first: date, last: date
) -> list[int]:
    """Return the log's keys of the services of some agencies, of the kinds that count for each, the latest first.

    Both days are included. One statement, whatever the number of agencies.
    """
    query = (
        select(
            Engagement.id,
            Engagement.agency_id,
            Engagement.kind,
            Engagement.table_name,
            Engagement.record_id,
        )
        .where(Engagement.on_date.between(first, last))
        .order_by(Engagement.on_date.desc(), Engagement.id.desc())
    )
    if len(kinds) <= FEW:
        query = query.where(Engagement.agency_id.in_(list(kinds)))
    nothing: frozenset[ServiceKind] = frozenset()
    return [
        log_key(row.id, row.table_name, row.record_id)
        for row in session.execute(query)
        if row.kind in kinds.get(row.agency_id, nothing)
    ]


def log_key(engagement_id: int, table_name: str, record_id: int) -> int:
    """Return the key under which a use of legal service stands in the log."""
    return (
        key_of_service(record_id) if table_name == Service.__tablename__ else key_of_engagement(engagement_id)
    )
