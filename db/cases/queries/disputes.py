"""Disputes as chains of instances, each with its one final result, and what of them was lost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.law.disputes import APPEALS, JUDGED, Dispute, Instance, Statistics, judged_on, resolve, statistics
from db.law.events import Happening
from db.models.case import Case, Event
from db.office.queries.settings import load_settings
from db.words.case import EventKind

_STEPS = (*APPEALS, *JUDGED)


@dataclass(frozen=True, slots=True)
class YearLine:
    """The disputes of one year; print ``definition`` with ``rate`` (0 to 1, ``None`` where nothing is counted)."""

    year: int
    counted: int
    lost: int
    rate: float | None
    definition: str


def disputes(session: Session, keys: Sequence[int] = ()) -> list[Dispute]:
    """Return the disputes (``dispute_id`` among ``keys``; none means all), each with its final result.

    Second records of a case, and what is in the recycle bin, do not count.
    """
    policy = load_settings(session).lost_policy()
    chains: dict[int, list[Instance]] = {}
    for dispute_id, instance in _instances(session, keys):
        chains.setdefault(dispute_id, []).append(instance)
    return [resolve(chain, policy) for chain in chains.values()]


def results_of(session: Session, case_ids: Iterable[int]) -> dict[int, Dispute]:
    """Return for each case the dispute that it belongs to, with its final result so far."""
    wanted = set(case_ids)
    query = select(Case.id, Case.dispute_id).where(Case.id.in_(wanted))
    of = {row.id: row.dispute_id or row.id for row in session.execute(query)}
    found: dict[int, Dispute] = {}
    for dispute in disputes(session, sorted(set(of.values()))) if of else ():
        found |= dict.fromkeys(dispute.keys, dispute)
    return {key: found.get(key, Dispute(keys=(key,))) for key in wanted}


def dispute_statistics(session: Session, from_on: date, to_on: date) -> Statistics:
    """Count the disputes of a period as the office's settings say."""
    settings = load_settings(session)
    return statistics(disputes(session), from_on, to_on, settings.lost_policy(), settings.rate_basis())


def dispute_years(session: Session, first: int, last: int) -> list[YearLine]:
    """Return a line for each year; the same dispute never counts in two of them."""
    settings, found = load_settings(session), disputes(session)
    lines = []
    for year in range(first, last + 1):
        days = date(year, 1, 1), date(year, 12, 31)
        made = statistics(found, *days, settings.lost_policy(), settings.rate_basis())
        lines.append(YearLine(year, len(made.counted), len(made.lost), made.rate, made.definition))
    return lines


def _instances(session: Session, keys: Sequence[int]) -> list[tuple[int, Instance]]:
    filed = (
        select(Event.case_id, func.min(Event.on_date).label("on"))
        .where(Event.kind == EventKind.FILED)
        .group_by(Event.case_id)
        .subquery()
    )
    query = (
        select(
            Case.dispute_id,
            Case.id,
            Case.procedure,
            Case.outcome,
            func.coalesce(filed.c.on, Case.received_on).label("filed_on"),
            Case.closed_on,
            Case.effective_on,
            Case.is_self_corrected,
            Case.decided_on,
        )
        .outerjoin(filed, filed.c.case_id == Case.id)
        .where(Case.removed_at.is_(None), Case.duplicate_of_id.is_(None))
        .order_by(Case.id)
    )
    steps = select(Event.case_id, Event.kind, Event.on_date, Event.ruling).where(Event.kind.in_(_STEPS))
    if keys:
        query = query.where(Case.dispute_id.in_(keys))
        steps = steps.where(Event.case_id.in_(select(Case.id).where(Case.dispute_id.in_(keys))))
    happened: defaultdict[int, list[Happening]] = defaultdict(list)
    for row in session.execute(steps):
        happened[row.case_id].append(Happening(row.kind, row.on_date, ruling=row.ruling))
    return [
        (
            row.dispute_id or row.id,
            Instance(
                key=row.id,
                procedure=row.procedure,
                outcome=row.outcome,
                filed_on=row.filed_on,
                closed_on=row.closed_on,
                effective_on=row.effective_on,
                self_corrected=row.is_self_corrected,
                decided_on=row.decided_on or judged_on(happened[row.id]),
                is_appealed=any(h.kind in APPEALS for h in happened[row.id]),
            ),
        )
        for row in session.execute(query)
    ]
