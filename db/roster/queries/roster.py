"""Reading the roster: who is in the pool, until when, with how much work, as of any day.

A pool has some dozens of lawyers, so filtering and ordering happen here over frozen rows: the rules of
``db.roster.rules.lawyers`` then decide in one place who stands where. The number of queries is constant.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from db.formats.strokes import stroke_key
from db.models.appointment import Appointment
from db.models.assignment import Assignment
from db.models.case import Case
from db.models.lawyer import Firm, Lawyer, Membership, Speciality
from db.models.service import Rating, Service
from db.office.queries.search import matching
from db.office.queries.settings import load_settings
from db.roster.queries.appointments import pauses_of, terms_of
from db.roster.queries.attended import attended_counts
from db.roster.rules.lawyers import Pause, Standing, Term, pause_on, standing_on, term_on
from db.words.assignment import EndKind
from db.words.lawyer import LicenceState
from db.words.service import ServiceKind


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of the roster as of a day; counts are of assignments (人次).

    ``consultations`` and ``this_year`` count in the year of that day; ``rating`` is the mean of all ``ratings`` until
    then; ``pause`` says why a suspended lawyer pauses, and until when. ``certificate`` is the number of the 聘书 of
    the term that is shown.
    """

    key: int
    name: str
    sex: str
    firm: str
    firm_short: str
    licence: str
    phone: str
    specialities: tuple[str, ...]
    term_from: date | None
    term_to: date | None
    days_left: int | None
    standing: Standing
    running: int
    capacity: int
    this_year: int
    total: int
    education: str
    politics: str
    position: str
    email: str
    id_number: str
    first_licensed_on: date | None
    note: str
    sort_key: str
    firm_id: int | None = None
    licence_state: LicenceState = LicenceState.VALID
    pause: str = ""
    consultations: int = 0
    rating: float | None = None
    ratings: int = 0
    certificate: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the lawyer carries as many running cases as the office allows."""
        return self.running >= self.capacity

    @property
    def may_be_assigned(self) -> bool:
        """Whether the lawyer is in a running appointment and below the cap."""
        return self.standing is Standing.SERVING and not self.is_full


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What the clerk asked for; filters combine with *and*, empty ones do not filter.

    ``in_pool_only`` leaves out who had never been appointed by that day: the roster of a past day.
    """

    text: str = ""
    in_pool_only: bool = False
    standings: frozenset[Standing] = frozenset()
    specialities: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    assignable_only: bool = False


SORTS: dict[str, Callable[[RosterRow], Any]] = {
    "name": lambda r: r.sort_key,
    "strokes": lambda r: stroke_key(r.name),
    "firm": lambda r: (r.firm, r.sort_key),
    "term_to": lambda r: (r.term_to or date.max, r.sort_key),
    "days_left": lambda r: (r.term_to or date.max, r.sort_key),
    "running": lambda r: (r.running, r.sort_key),
    "this_year": lambda r: (r.this_year, r.sort_key),
    "certificate": lambda r: (r.certificate, r.sort_key),
    "total": lambda r: (r.total, r.sort_key),
    "consultations": lambda r: (r.consultations, r.sort_key),
    "rating": lambda r: (r.rating or 0, r.sort_key),
    "standing": lambda r: (list(Standing).index(r.standing), r.sort_key),
}


def roster(
    session: Session,
    day: date,
    wanted: RosterFilter | None = None,
    sort: str = "name",
    *,
    descending: bool = False,
) -> list[RosterRow]:
    """Return the rows of the roster as of ``day``, filtered and ordered."""
    wanted = wanted or RosterFilter()
    query = select(Lawyer.id).where(Lawyer.removed_at.is_(None))
    if wanted.text.strip():
        query = query.where(Lawyer.id.in_(matching("lawyer", wanted.text)))
    rows = [row for row in _rows(session, day, query) if _passes(row, wanted)]
    return sorted(rows, key=SORTS[sort], reverse=descending)


def standings(session: Session, day: date) -> list[RosterRow]:
    """Return everybody's row as of ``day``, by name, without the figures that are counted from cases and services."""
    everybody = select(Lawyer.id).where(Lawyer.removed_at.is_(None))
    return sorted(_rows(session, day, everybody, counted=False), key=SORTS["name"])


def roster_rows(session: Session, keys: Sequence[int], day: date) -> dict[int, RosterRow]:
    """Return a row for each key that still exists, also for those in the recycle bin."""
    return {row.key: row for row in _rows(session, day, select(Lawyer.id).where(Lawyer.id.in_(keys)))}


def firms(session: Session) -> list[str]:
    """Return the names of all firms, by pinyin."""
    query = select(Firm.name).where(Firm.removed_at.is_(None)).order_by(Firm.sort_key)
    return list(session.scalars(query))


def firm_areas(session: Session) -> dict[str, str]:
    """Return where each firm has its seat (empty: not known), by the firms' names in the order of pinyin."""
    query = select(Firm.name, Firm.area).where(Firm.removed_at.is_(None)).order_by(Firm.sort_key)
    return {row.name: row.area for row in session.execute(query)}


def specialities_in_use(session: Session) -> list[str]:
    """Return the specialities that lawyers have, the most frequent first."""
    query = select(Speciality.name).group_by(Speciality.name).order_by(func.count().desc(), Speciality.name)
    return list(session.scalars(query))


def _passes(row: RosterRow, wanted: RosterFilter) -> bool:
    return (
        (not wanted.in_pool_only or row.standing not in {Standing.NONE, Standing.COMING})
        and (not wanted.standings or row.standing in wanted.standings)
        and (not wanted.specialities or bool(wanted.specialities & set(row.specialities)))
        and (not wanted.firms or row.firm in wanted.firms)
        and (not wanted.assignable_only or row.may_be_assigned)
    )


def _rows(session: Session, day: date, ids: Select[int], *, counted: bool = True) -> list[RosterRow]:
    lawyers = session.scalars(select(Lawyer).where(Lawyer.id.in_(ids))).all()
    keys = [lawyer.id for lawyer in lawyers]
    facts = _Facts(
        day=day,
        capacity=load_settings(session).capacity,
        terms=terms_of(session, keys),
        pauses=pauses_of(session, keys),
        specialities=_specialities(session, keys),
        firms=_firms_on(session, keys, day),
        counts=_counts(session, keys, day) if counted else {},
        consultations=_consultations(session, keys, day) if counted else {},
        ratings=_ratings(session, keys, day) if counted else {},
        certificates=_certificates(session, keys),
    )
    return [_row(lawyer, facts) for lawyer in lawyers]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rows are made of, by lawyer."""

    day: date
    capacity: int
    terms: Mapping[int, list[Term]]
    pauses: Mapping[int, list[Pause]]
    specialities: Mapping[int, list[str]]
    firms: Mapping[int, Firm]
    counts: Mapping[int, tuple[int, int, int]]
    consultations: Mapping[int, int]
    ratings: Mapping[int, tuple[float, int]]
    certificates: Mapping[tuple[int, date], str]


def _row(lawyer: Lawyer, facts: _Facts) -> RosterRow:
    day, key = facts.day, lawyer.id
    terms, pauses = facts.terms[key], facts.pauses[key]
    term, firm = term_on(terms, day), facts.firms.get(key)
    standing = standing_on(terms, day, pauses)
    counts = facts.counts.get(key, (0, 0, 0))
    rating, ratings = facts.ratings.get(key, (None, 0))
    in_term = standing in {Standing.SERVING, Standing.SUSPENDED}
    return RosterRow(
        key=key,
        name=lawyer.name,
        sex=lawyer.sex,
        firm=firm.name if firm else "",
        firm_short=firm.short_name if firm else "",
        firm_id=firm.id if firm else None,
        licence=lawyer.licence or "",
        licence_state=lawyer.licence_state,
        phone=lawyer.phone,
        specialities=tuple(facts.specialities[key]),
        term_from=term.from_on if term else None,
        term_to=term.to_on if term else None,
        days_left=(term.to_on - day).days if term and in_term else None,
        standing=standing,
        pause=pause_words(pause_on(pauses, day)) if in_term else "",
        running=counts[0],
        capacity=facts.capacity if lawyer.capacity is None else lawyer.capacity,
        this_year=counts[1],
        total=counts[2],
        consultations=facts.consultations.get(key, 0),
        rating=rating,
        ratings=ratings,
        certificate=facts.certificates.get((key, term.from_on), "") if term else "",
        education=lawyer.education,
        politics=lawyer.politics,
        position=lawyer.position,
        email=lawyer.email,
        id_number=lawyer.id_number,
        first_licensed_on=lawyer.first_licensed_on,
        note=lawyer.note,
        sort_key=lawyer.sort_key,
    )


def pause_words(pause: Pause | None) -> str:
    """Say why a lawyer pauses, and until when."""
    if pause is None:
        return ""
    return f"{pause.reason}，{pause.from_on} 起" + (
        f"至 {pause.until_on}" if pause.until_on else "，恢复时间待定"
    )


def _certificates(session: Session, keys: Iterable[int]) -> dict[tuple[int, date], str]:
    query = select(Appointment.lawyer_id, Appointment.from_on, Appointment.certificate).where(
        Appointment.lawyer_id.in_(keys), Appointment.certificate.is_not(None)
    )
    return {(row[0], row[1]): row[2] or "" for row in session.execute(query)}


def _specialities(session: Session, keys: Iterable[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    query = select(Speciality).where(Speciality.lawyer_id.in_(keys)).order_by(Speciality.place)
    for speciality in session.scalars(query):
        found[speciality.lawyer_id].append(speciality.name)
    return found


def _firms_on(session: Session, keys: Iterable[int], day: date) -> dict[int, Firm]:
    query = (
        select(Membership.lawyer_id, Firm)
        .join(Firm, Firm.id == Membership.firm_id)
        .where(Membership.lawyer_id.in_(keys))
        .where(Membership.from_on.is_(None) | (Membership.from_on <= day))
        .where(Membership.to_on.is_(None) | (Membership.to_on > day))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _counts(session: Session, keys: Iterable[int], day: date) -> dict[int, tuple[int, int, int]]:
    """Return per lawyer: running on ``day``, assigned in its year, and in all; cancelled ones never count."""
    runs = Assignment.ended_on.is_(None) | (Assignment.ended_on > day)
    in_year = Assignment.assigned_on >= date(day.year, 1, 1)
    query = (
        select(
            Assignment.lawyer_id,
            func.sum(case((runs, 1), else_=0)),
            func.sum(case((in_year, 1), else_=0)),
            func.count(),
        )
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.lawyer_id.in_(keys), Assignment.assigned_on <= day, Case.removed_at.is_(None))
        .where(Assignment.end_kind.is_(None) | (Assignment.end_kind != EndKind.CANCELLED))
        .group_by(Assignment.lawyer_id)
    )
    return {key: (running, this_year, total) for key, running, this_year, total in session.execute(query)}


def _consultations(session: Session, keys: Sequence[int], day: date) -> dict[int, int]:
    """Return per lawyer the consultations of the year of ``day`` until then: those held here, and those entered."""
    first = date(day.year, 1, 1)
    query = (
        select(Service.lawyer_id, func.count())
        .where(Service.lawyer_id.in_(keys), Service.removed_at.is_(None))
        .where(Service.kind == ServiceKind.CONSULTATION)
        .where(Service.on_date.between(first, day))
        .group_by(Service.lawyer_id)
    )
    found = Counter({key: count for key, count in session.execute(query) if key is not None})
    return found + Counter(attended_counts(session, keys, first, day))


def _ratings(session: Session, keys: Iterable[int], day: date) -> dict[int, tuple[float, int]]:
    """Return per lawyer the mean and the number of agencies' ratings until ``day``."""
    query = (
        select(Assignment.lawyer_id, func.sum(Rating.score), func.count())
        .join(Rating, Rating.assignment_id == Assignment.id)
        .where(Assignment.lawyer_id.in_(keys), Rating.rated_on <= day)
        .group_by(Assignment.lawyer_id)
    )
    return {key: (total / count, count) for key, total, count in session.execute(query)}
