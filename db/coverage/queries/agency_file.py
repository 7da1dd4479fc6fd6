"""Everything about one agency that its panel shows beside coverage: cases and results, services, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.agencies.queries.agencies import AgencyDetail, agency_detail
from db.agencies.queries.in_time import Step, history
from db.cases.queries.disputes import disputes
from db.coverage.queries.urging import UrgingRow, urging_letters
from db.formats.spans import window_first
from db.law.disputes import Standing
from db.models.case import Case, Party
from db.models.derived import Engagement
from db.services.queries.engagements import log_key
from db.services.queries.log import LogRow, log_rows
from db.words.case import Side
from db.words.service import ServiceKind

SHOWN = 8  # lines of a kind; the rest is one click away


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """One agency on a day; ``months`` are first days of months with the services in them."""

    detail: AgencyDetail
    results: tuple[tuple[Standing, int], ...]
    months: tuple[tuple[date, int], ...]
    service_keys: tuple[int, ...]
    services: tuple[LogRow, ...]
    trainings: tuple[LogRow, ...]
    letters: tuple[UrgingRow, ...]
    steps: tuple[Step, ...]


def agency_file(session: Session, key: int, day: date) -> AgencyFile | None:
    """Return everything about an agency as of a day, or ``None`` if it is gone."""
    detail = agency_detail(session, key, day)
    if detail is None:
        return None
    found = session.execute(
        select(Engagement.id, Engagement.on_date, Engagement.table_name, Engagement.record_id)
        .where(Engagement.agency_id == key, Engagement.on_date.between(window_first(day), day))
        .order_by(Engagement.on_date.desc(), Engagement.id.desc())
    ).all()
    keys = [log_key(row.id, row.table_name, row.record_id) for row in found]
    trained = session.execute(
        select(Engagement.id, Engagement.table_name, Engagement.record_id)
        .where(Engagement.agency_id == key, Engagement.on_date <= day)
        .where(Engagement.kind == ServiceKind.TRAINING)
        .order_by(Engagement.on_date.desc(), Engagement.id.desc())
        .limit(SHOWN)
    ).all()
    trainings = [log_key(row.id, row.table_name, row.record_id) for row in trained]
    lines = log_rows(session, [*keys[:SHOWN], *trainings])
    return AgencyFile(
        detail=detail,
        results=_results(session, key, day),
        months=_months([row.on_date for row in found], day),
        service_keys=tuple(keys),
        services=tuple(lines[one] for one in keys[:SHOWN] if one in lines),
        trainings=tuple(lines[one] for one in trainings if one in lines),
        letters=tuple(urging_letters(session, key, day)),
        steps=tuple(step for step in history(session, key) if step.on <= day),
    )


def _results(session: Session, key: int, day: date) -> tuple[tuple[Standing, int], ...]:
    """Return how the disputes of an agency ended: each once, by its final result and the office's rule of what is lost."""
    its = (
        select(Case.dispute_id)
        .join(Party, Party.case_id == Case.id)
        .where(Party.agency_id == key, Party.side == Side.DEFENDANT, Case.removed_at.is_(None))
        .distinct()
    )
    keys = [found for found in session.scalars(its) if found is not None]
    counts = dict.fromkeys(Standing, 0)
    for dispute in disputes(session, keys) if keys else ():
        if dispute.decided_on is not None and dispute.decided_on <= day:
            counts[dispute.standing] += 1
    return tuple((standing, count) for standing, count in counts.items() if count)


def _months(days: Sequence[date], day: date) -> tuple[tuple[date, int], ...]:
    """Return the calendar months of the twelve months that end with ``day``, each with its services in them."""
    first, last = (one.year * 12 + one.month - 1 for one in (window_first(day), day))
    counts = {date(month // 12, month % 12 + 1, 1): 0 for month in range(first, last + 1)}
    for one in days:
        counts[one.replace(day=1)] += 1
    return tuple(counts.items())
