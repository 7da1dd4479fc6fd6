"""Reading what the assignment of a case is chosen from: candidates, who is not offered, and the party's agents."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db.assignment.queries.candidates import Candidate, everybody, not_offered
from db.assignment.queries.conflict_facts import case_facts
from db.assignment.queries.conflict_pool import load_pool
from db.assignment.queries.ratings import RatingLine, rating_line
from db.assignment.rules.conflicts import CaseFacts
from db.assignment.rules.ranking import Weights, weights_of
from db.formats.paper_numbers import PaperNumber, parse_paper_number
from db.models.assignment import Assignment, Letter
from db.models.office import IssuedNumber
from db.models.service import Rating
from db.roster.rules.lawyers import Standing
from db.words.assignment import EndKind


@dataclass(frozen=True, slots=True)
class AssignOffer:
    """What can be chosen for one party on one day; ``case`` is seen from the party.

    ``not_offered`` names who of the pool is left out, with the reason. ``next_number`` is the number that a
    letter would get now.
    """

    party_id: int
    day: date
    case: CaseFacts
    candidates: tuple[Candidate, ...]
    not_offered: tuple[tuple[str, str], ...]
    next_number: str
    weights: Weights


def assign_offer(session: Session, case_id: int, party_id: int, day: date) -> AssignOffer:
    """Return what can be chosen for a party of a case on ``day``, the best first and the barred last."""
    pool = load_pool(session, day)
    found = everybody(session, case_id, party_id, day, pool)
    return AssignOffer(
        party_id=party_id,
        day=day,
        case=case_facts(session, case_id, party_id, day),
        candidates=tuple(c for c in found if c.standing is Standing.SERVING),
        not_offered=tuple(not_offered(session, day)),
        next_number=next_number(session, pool.settings.letter_series, day.year),
        weights=weights_of(pool.settings),
    )


def replacement_offer(session: Session, assignment_id: int, day: date) -> AssignOffer | None:
    """Return who may take over an assignment on ``day``, ``None`` if it has ended; its own place is free then."""
    old = session.get(Assignment, assignment_id)
    if old is None or old.ended_on is not None:
        return None
    offer = assign_offer(session, old.case_id, old.party_id, day)
    here = select(Assignment.lawyer_id).where(
        Assignment.party_id == old.party_id, Assignment.ended_on.is_(None)
    )
    acting = set(session.scalars(here))
    freed = [
        replace(c, findings=tuple(f for f in c.findings if f.rule != "C24"))
        for c in offer.candidates
        if c.lawyer_id not in acting
    ]
    return replace(offer, candidates=tuple(sorted(freed, key=lambda c: c.is_blocked)))


def ratings_of_case(session: Session, case_id: int) -> list[tuple[str, RatingLine]]:
    """Return the served assignments of a case, each with the lawyer's name and the agency's rating of it, if any."""
    query = (
        select(Assignment, Rating)
        .outerjoin(Rating, Rating.assignment_id == Assignment.id)
        .where(Assignment.case_id == case_id, Assignment.end_kind == EndKind.SERVED)
        .options(
            selectinload(Assignment.case), selectinload(Assignment.party), selectinload(Assignment.lawyer)
        )
        .order_by(Assignment.id)
    )
    return [(a.lawyer.name, rating_line(a, r)) for a, r in session.execute(query)]


def next_number(session: Session, series: str, year: int) -> str:
    """Return the number that the next paper of a series would get; giving it is an act."""
    newest = select(func.max(IssuedNumber.serial)).where(
        IssuedNumber.series == series, IssuedNumber.year == year
    )
    return str(PaperNumber(series, year, (session.scalar(newest) or 0) + 1))


def issue_date(session: Session, text: str, asked: date | None, today: date) -> date | None:
    """Return the day that a paper of this number is dated: as asked, as kept with its number, or today if it is new.

    A number of another year without a day stood on a paper before: nobody knows on which day, and it stays open.
    """
    number = parse_paper_number(text)
    query = select(IssuedNumber.issued_on).where(IssuedNumber.text == text)
    kept = session.scalars(query).first() if text else None
    return asked or kept or (today if number is None or number.year == today.year else None)


def letter_number(session: Session, case_id: int) -> str:
    """Return the number of the latest letter about a case, or nothing."""
    query = select(Letter.number).where(Letter.case_id == case_id, Letter.removed_at.is_(None))
    return session.scalars(query.order_by(Letter.id.desc())).first() or ""
