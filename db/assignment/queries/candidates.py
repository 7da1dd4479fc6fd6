"""Who of the pool may act for a party of a case on a day, with everything that speaks against each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.assignment.queries.conflict_facts import Look, Target, lawyer_facts, looks
from db.assignment.queries.conflict_pool import Pool, load_pool
from db.assignment.rules.conflicts import Finding, findings, severities_of
from db.assignment.rules.ranking import Merits, Ranking, order_key, rank, weights_of
from db.cases.queries.disputes import results_of
from db.formats.months import add_months
from db.law.disputes import result_for
from db.law.outcomes import ResultGroup
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, CaseField, Party
from db.models.reference import Cause
from db.office.rules.fields import Fields
from db.roster.queries.roster import RosterRow, roster
from db.roster.rules.lawyers import Standing
from db.words.assignment import EndKind, Severity

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

    ``pool`` as of ``day`` is read when it is not given.
    """
    target = case_id, party_id
    return Judged(session, [target], pool or load_pool(session, day)).everybody(target)


def findings_against(
    session: Session, lawyers: Mapping[Target, Collection[int]], pool: Pool
) -> dict[Target, dict[int, tuple[Finding, ...]]]:
    """Return what speaks against these lawyers in these cases, without ranking anybody; ``pool`` need not be counted."""
    local = severities_of(pool.settings)
    rows = {row.key: row for row in pool.rows}
    return {
        target: {
            key: findings(lawyer_facts(rows[key], seen.view), seen.case, local)
            for key in lawyers[target]
            if key in rows
        }
        for target, seen in looks(session, list(lawyers), pool).items()
    }


class Judged:
    """Cases with everybody of the pool as a candidate for each; read at once, in the same statements for any number."""

    def __init__(self, session: Session, targets: Sequence[Target], pool: Pool) -> None:
        self.pool = pool
        self._looks = looks(session, targets, pool)
        self._about = _about(session, targets, pool.fields)
        self._served = _served(session, targets, pool.day)
        self._weights, self._local = weights_of(pool.settings), severities_of(pool.settings)
        self._busiest = max((row.this_year for row in pool.rows), default=0)
        self._fields = {row.key: tuple((s, pool.fields.of(s)) for s in row.specialities) for row in pool.rows}

    def look(self, target: Target) -> Look:
        """Return a case as the rules see it."""
        return self._looks[target]

    def everybody(self, target: Target) -> list[Candidate]:
        """Return all candidates for a case, those whom no rule bars first, each group by ranking."""
        found = [(self._merits(row, target), self.candidate(row, target)) for row in self.pool.rows]
        found.sort(key=lambda pair: (pair[1].is_blocked, order_key(pair[0], pair[1].ranking)))
        return [candidate for _, candidate in found]

    def findings(self, row: RosterRow, target: Target) -> tuple[Finding, ...]:
        """Return what speaks against a lawyer in a case."""
        seen = self._looks[target]
        return findings(lawyer_facts(row, seen.view), seen.case, self._local)

    def tenths(self, row: RosterRow, target: Target) -> int:
        """Return a lawyer's total for a case in tenths."""
        return rank(self._merits(row, target), self._weights, self.pool.day).tenths

    def candidate(self, row: RosterRow, target: Target) -> Candidate:
        """Return a lawyer as a candidate for a case."""
        merits = self._merits(row, target)
        return Candidate(
            lawyer_id=row.key,
            name=row.name,
            firm=row.firm_short,
            firm_id=row.firm_id,
            standing=row.standing,
            specialities=row.specialities,
            matches=bool(merits.matched),
            running=row.running,
            load=merits.load,
            capacity=row.capacity,
            this_year=row.this_year,
            served_agency=merits.served,
            term_to=row.term_to,
            last_on=merits.last_on,
            findings=self.findings(row, target),
            ranking=rank(merits, self._weights, self.pool.day),
        )

    def _merits(self, row: RosterRow, target: Target) -> Merits:
        """Return what speaks for a lawyer in a case."""
        pool, about, key = self.pool, self._about[target], row.key
        matched = tuple(s for s, fields in self._fields[key] if s in about.text or fields & about.fields)
        near = tuple(s for s, fields in self._fields[key] if s not in matched and fields & about.of_agency)
        served, won = self._served[target].get(key, (0, 0))
        return Merits(
            name_order=row.sort_key,
            main=row.specialities[0] if row.specialities else "",
            matched=matched,
            related=near,
            load=pool.loads.get(key, 0),
            capacity=row.capacity,
            served=served,
            won=won,
            year=row.this_year,
            year_max=self._busiest,
            last_on=pool.last_on.get(key),
            rating=row.rating,
            ratings=row.ratings,
        )


@dataclass(frozen=True, slots=True)
class _About:
    """What a case is about: its words, the fields that they speak of, and those of the agency that is served."""

    text: str
    fields: frozenset[str]
    of_agency: frozenset[str]


def _about(session: Session, targets: Sequence[Target], fields: Fields) -> dict[Target, _About]:
    cases = {case_id for case_id, _ in targets}
    query = (
        select(Case.id, Case.cause_text, Case.act, Cause.name)
        .outerjoin(Cause, Cause.id == Case.cause_id)
        .where(Case.id.in_(cases))
    )
    texts = {key: f"{text} {cause or ''} {act}" for key, text, act, cause in session.execute(query)}
    named = select(CaseField.case_id, CaseField.name).where(CaseField.case_id.in_(cases))
    for key, name in session.execute(named.order_by(CaseField.place)):
        texts[key] = f"{texts.get(key, '')} {name}"
    agency = (
        select(Party.id, Party.name, Agency.name, Agency.field)
        .outerjoin(Agency, Agency.id == Party.agency_id)
        .where(Party.id.in_([party_id for _, party_id in targets]))
    )
    served = {key: f"{said} {name or ''} {field or ''}" for key, said, name, field in session.execute(agency)}
    return {
        (case_id, party_id): _About(
            texts.get(case_id, ""),
            fields.of(texts.get(case_id, "")),
            fields.of(served.get(party_id, "")),
        )
        for case_id, party_id in targets
    }


def _served(
    session: Session, targets: Sequence[Target], day: date
) -> dict[Target, dict[int, tuple[int, int]]]:
    """Return per case and lawyer how many cases of its agency he had in three years, and how many were not lost."""
    parties = [party_id for _, party_id in targets]
    owners = select(Party.id, Party.agency_id).where(Party.id.in_(parties))
    agencies = {row.id: row.agency_id for row in session.execute(owners)}
    query = (
        select(Party.agency_id, Party.id, Party.role, Assignment.lawyer_id, Assignment.case_id)
        .add_columns(Assignment.end_kind)
        .join(Party, Party.id == Assignment.party_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            Party.agency_id.in_({a for a in agencies.values() if a is not None}), Case.removed_at.is_(None)
        )
        .where(Assignment.assigned_on.between(add_months(day, -12 * EXPERIENCE_YEARS), day), COUNTS)
    )
    rows = session.execute(query).all()
    results = results_of(session, {row.case_id for row in rows})
    counts: defaultdict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    own: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    for agency_id, party_id, role, lawyer_id, case_id, end_kind in rows:
        count, won = counts[agency_id or 0].get(lawyer_id, (0, 0))
        dispute, was_replaced = results[case_id], end_kind is EndKind.REPLACED
        lost = result_for(dispute, role, was_replaced=was_replaced) is ResultGroup.LOST
        not_lost = not dispute.is_open and not was_replaced and not lost
        counts[agency_id or 0][lawyer_id] = (count + 1, won + not_lost)
        own[party_id].append((lawyer_id, not_lost))
    found: dict[Target, dict[int, tuple[int, int]]] = {}
    for case_id, party_id in targets:
        of_agency = counts.get(agencies.get(party_id) or 0, {})
        if party_id in own:  # this very case is no experience
            of_agency = dict(of_agency)
            for lawyer_id, not_lost in own[party_id]:
                count, won = of_agency[lawyer_id]
                of_agency[lawyer_id] = (count - 1, won - not_lost)
        found[case_id, party_id] = of_agency
    return found
