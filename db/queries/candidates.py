"""Who of the pool may act for a party of a case on a day, with everything that speaks against each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.reference import Cause
from db.queries.conflict_facts import case_facts, lawyer_facts, pool_view
from db.queries.roster import roster
from db.rules.conflicts import Finding, Severity, findings
from db.rules.lawyers import Standing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lawyer as a candidate for one case; ``served_agency`` counts his cases for this agency so far."""

    lawyer_id: int
    name: str
    firm: str
    firm_id: int | None
    standing: Standing
    specialities: tuple[str, ...]
    matches: bool
    running: int
    capacity: int
    this_year: int
    served_agency: int
    term_to: date | None
    findings: tuple[Finding, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether a rule bars the lawyer."""
        return any(f.severity is Severity.BLOCK for f in self.findings)


def candidates(session: Session, case_id: int, party_id: int, day: date) -> list[Candidate]:
    """Return who may be offered: everybody in a running appointment who does not pause on ``day``.

    Those free of conflict come first, then the blocked with their reason. Free ones are ordered by: fewest
    findings, speciality named like the cause, fewest running cases, fewest assignments this year, pinyin.
    The same data give the same order.
    """
    return [c for c in everybody(session, case_id, party_id, day) if c.standing is Standing.SERVING]


def not_offered(session: Session, day: date) -> list[tuple[str, str]]:
    """Return who of the pool is not offered on ``day``, and why: name and reason."""
    return [
        (row.name, row.pause or row.standing.value)
        for row in roster(session, day)
        if row.standing is not Standing.SERVING
    ]


def everybody(session: Session, case_id: int, party_id: int, day: date) -> list[Candidate]:
    """Return every lawyer on record as a candidate, also those whom nobody would offer."""
    facts, view = case_facts(session, case_id, party_id, day), pool_view(session, case_id, party_id)
    pool = roster(session, day)
    served, cause = _served(session, party_id), _cause_words(session, case_id)
    found = [
        Candidate(
            lawyer_id=row.key,
            name=row.name,
            firm=row.firm_short,
            firm_id=row.firm_id,
            standing=row.standing,
            specialities=row.specialities,
            matches=any(speciality in cause for speciality in row.specialities),
            running=row.running,
            capacity=row.capacity,
            this_year=row.this_year,
            served_agency=served.get(row.key, 0),
            term_to=row.term_to,
            findings=findings(lawyer_facts(row, pool, view), facts),
        )
        for row in pool
    ]
    return sorted(
        found, key=lambda c: (c.is_blocked, len(c.findings), not c.matches, c.running, c.this_year)
    )  # roster() came in order of pinyin, and sorting is stable


def _served(session: Session, party_id: int) -> dict[int, int]:
    party = session.get(Party, party_id)
    if party is None or party.agency_id is None:
        return {}
    query = (
        select(Assignment.lawyer_id)
        .join(Party, Party.id == Assignment.party_id)
        .where(Party.agency_id == party.agency_id)
    )
    served: dict[int, int] = {}
    for lawyer_id in session.scalars(query):
        served[lawyer_id] = served.get(lawyer_id, 0) + 1
    return served


def _cause_words(session: Session, case_id: int) -> str:
    """Return the words of a case that specialities are looked for in."""
    case = session.get(Case, case_id)
    if case is None:
        return ""
    cause = session.get(Cause, case.cause_id) if case.cause_id else None
    return f"{case.cause_text} {cause.name if cause else ''} {case.act}"
