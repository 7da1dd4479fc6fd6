"""Who of the pool may act for a party of a case on a day, with everything that speaks against each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.assignment import Assignment
from db.models.case import Case, CaseField, Party
from db.models.reference import Cause
from db.queries.conflict_facts import Pool, PoolView, case_facts, lawyer_facts, load_pool, pool_view
from db.queries.disputes import results_of
from db.queries.roster import roster
from db.rules.conflicts import Finding, Severity, findings
from db.rules.conflicts.facts import years_after
from db.rules.disputes import result_for
from db.rules.lawyers import Standing
from db.rules.outcomes import ResultGroup
from db.rules.ranking import Merits, Ranking, order_key, rank
from db.rules.vocabulary import EndKind

EXPERIENCE_YEARS = 3
COUNTS = Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lawyer as a candidate for one case; ``served_agency`` counts his cases for this agency in three years.

    ``load`` is the weight of his running cases; ``findings`` speak against him, ``ranking`` speaks for him.
    """

    lawyer_id: int
    name: str
    firm: str
    firm_id: int | None
    standing: Standing
    specialities: tuple[str, ...]
    matches: bool
    running: int
    load: float
    capacity: int
    this_year: int
    served_agency: int
    term_to: date | None
    last_on: date | None
    findings: tuple[Finding, ...]
    ranking: Ranking

    @property
    def is_blocked(self) -> bool:
        """Whether a rule bars the lawyer."""
        return any(f.severity is Severity.BLOCK for f in self.findings)


def candidates(session: Session, case_id: int, party_id: int, day: date) -> list[Candidate]:
    """Return who may be offered: everybody in a running appointment who does not pause on ``day``.

    Those whom no rule bars come first, by their ranking: the highest total, then the longest wait, then
    pinyin; the barred follow with their reason. The same data give the same order.
    """
    return [c for c in everybody(session, case_id, party_id, day) if c.standing is Standing.SERVING]


def not_offered(session: Session, day: date) -> list[tuple[str, str]]:
    """Return who of the pool is not offered on ``day``, and why: name and reason."""
    return [
        (row.name, row.pause or row.standing.value)
        for row in roster(session, day)
        if row.standing is not Standing.SERVING
    ]


def everybody(
    session: Session, case_id: int, party_id: int, day: date, pool: Pool | None = None
) -> list[Candidate]:
    """Return every lawyer on record as a candidate, also those whom nobody would offer.

    ``pool`` as of ``day`` is read when it is not given; give it where many cases are looked at.
    """
    pool = pool or load_pool(session, day)
    facts, view = case_facts(session, case_id, party_id, day), pool_view(session, case_id, party_id, pool)
    merits = _merits(session, view, case_id, party_id)
    weights, local = pool.settings.weights(), pool.settings.rule_severities()
    found = [
        Candidate(
            lawyer_id=row.key,
            name=row.name,
            firm=row.firm_short,
            firm_id=row.firm_id,
            standing=row.standing,
            specialities=row.specialities,
            matches=bool(merits[row.key].matched),
            running=row.running,
            load=pool.loads.get(row.key, 0),
            capacity=row.capacity,
            this_year=row.this_year,
            served_agency=merits[row.key].served,
            term_to=row.term_to,
            last_on=merits[row.key].last_on,
            findings=findings(lawyer_facts(row, view), facts, local),
            ranking=rank(merits[row.key], weights, day),
        )
        for row in pool.rows
    ]
    return sorted(found, key=lambda c: (c.is_blocked, order_key(merits[c.lawyer_id], c.ranking)))


def findings_against(
    session: Session, case_id: int, party_id: int, lawyer_ids: Collection[int], pool: Pool
) -> dict[int, tuple[Finding, ...]]:
    """Return what speaks against these lawyers in a case, without ranking anybody; ``pool`` need not be counted."""
    facts, view = (
        case_facts(session, case_id, party_id, pool.day),
        pool_view(session, case_id, party_id, pool),
    )
    local = pool.settings.rule_severities()
    return {
        row.key: findings(lawyer_facts(row, view), facts, local) for row in pool.rows if row.key in lawyer_ids
    }


def _merits(session: Session, view: PoolView, case_id: int, party_id: int) -> dict[int, Merits]:
    """Return what speaks for each lawyer in the case, for this party."""
    pool, words = view.pool, _case_words(session, case_id)
    served = _served(session, party_id, pool.day)
    busiest = max((row.this_year for row in pool.rows), default=0)
    return {
        row.key: Merits(
            name_order=row.sort_key,
            main=row.specialities[0] if row.specialities else "",
            matched=tuple(s for s in row.specialities if s in words),
            related=tuple(
                s for s in row.specialities if any(w in words for w in pool.field_words.get(s, ()))
            ),
            load=pool.loads.get(row.key, 0),
            capacity=row.capacity,
            served=served[row.key][0],
            won=served[row.key][1],
            year=row.this_year,
            year_max=busiest,
            last_on=pool.last_on.get(row.key),
            rating=row.rating,
            ratings=row.ratings,
        )
        for row in pool.rows
    }


def _served(session: Session, party_id: int, day: date) -> defaultdict[int, tuple[int, int]]:
    """Return per lawyer how many cases of this agency he had in three years, and how many were not lost."""
    found: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    party = session.get(Party, party_id)
    if party is None or party.agency_id is None:
        return found
    query = (
        select(Assignment.lawyer_id, Assignment.case_id, Assignment.end_kind, Party.role)
        .join(Party, Party.id == Assignment.party_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(Party.agency_id == party.agency_id, Party.id != party_id, Case.removed_at.is_(None))
        .where(Assignment.assigned_on.between(years_after(day, -EXPERIENCE_YEARS), day), COUNTS)
    )
    rows = session.execute(query).all()
    results = results_of(session, {row.case_id for row in rows})
    for lawyer_id, case_id, end_kind, role in rows:
        count, won = found[lawyer_id]
        dispute, was_replaced = results[case_id], end_kind is EndKind.REPLACED
        lost = result_for(dispute, role, was_replaced=was_replaced) is ResultGroup.LOST
        found[lawyer_id] = (count + 1, won + (not dispute.is_open and not was_replaced and not lost))
    return found


def _case_words(session: Session, case_id: int) -> str:
    """Return the words of a case that specialities are looked for in."""
    case = session.get(Case, case_id)
    if case is None:
        return ""
    cause = session.get(Cause, case.cause_id) if case.cause_id else None
    fields = " ".join(session.scalars(select(CaseField.name).where(CaseField.case_id == case_id)))
    return f"{case.cause_text} {cause.name if cause else ''} {case.act} {fields}"
