"""Reading the registry of public lawyers as of any day: the list, one of them, those to look at on the 工作台.

A district has some thousands of public lawyers at most, so filtering and ordering happen here over frozen rows: the rules
then decide in one place who stands where. The number of queries is constant.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.agencies.queries.staff import agency_names, agency_places
from db.formats.spans import Span, held_until, span_on, window_first
from db.formats.strokes import stroke_key
from db.models.office import PassedWarning
from db.models.public_lawyer import PublicLawyer, Sharing
from db.models.service import Service
from db.office.queries.history import ActLine, acts_on
from db.office.queries.search import matching
from db.office.queries.settings import load_settings
from db.registry.queries.parts import certificates_of, of, postings_of, years_of
from db.registry.queries.sharing import SharingRow, sharing_rows
from db.registry.rules.public_lawyers import (
    IN_FORCE,
    CertificateDraft,
    CertificateState,
    PostingDraft,
    PublicLawyerDraft,
    YearDraft,
    is_to_be_withdrawn,
    state_on,
    state_words,
)
from db.roster.queries.changes import public_lawyer_changes

UNDATED = "待核"  # a number is on record, but no time for which it is valid


@dataclass(frozen=True, slots=True)
class PublicLawyerRow:
    """One line of the registry as of a day; ``agency`` is where he works, or worked last.

    ``valid_to`` is the last day of the certificate that counts on that day, ``state_text`` its state as a word (an early
    end by its kind). ``shared_to`` are the agencies to which he is lent; ``services`` counts the twelve months until then.
    """

    key: int
    name: str
    sex: str
    agency_id: int | None
    agency: str
    department: str
    post: str
    licence: str
    qualification: str
    phone: str
    id_number: str
    politics: str
    specialities: tuple[str, ...]
    state: CertificateState
    state_text: str
    valid_from: date | None
    valid_to: date | None
    days_left: int | None
    shared_to: tuple[str, ...]
    capacity: int
    services: int
    result: str  # of the latest year assessed
    is_to_be_withdrawn: bool
    sort_key: str
    note: str
    agency_place: int = 0  # in the office's order

    @property
    def is_in_force(self) -> bool:
        """Whether he counts for his agency on that day."""
        return self.state in IN_FORCE

    @property
    def may_be_lent(self) -> bool:
        """Whether one agency more may use him."""
        return self.is_in_force and len(self.shared_to) < self.capacity


@dataclass(frozen=True, slots=True)
class PublicLawyerFilter:
    """What the clerk asked for; filters combine with *and*, empty ones do not filter.

    ``expiring_only``: the certificate ends within the office's ``expiry_early_days``, or is over though he is at work.
    """

    text: str = ""
    agency_id: int | None = None
    states: frozenset[CertificateState] = frozenset()
    expiring_only: bool = False
    lendable_only: bool = False


@dataclass(frozen=True, slots=True)
class PostingLine:
    """Where a public lawyer worked, with the agency's name."""

    agency_id: int
    agency: str
    department: str
    post: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class PublicLawyerDetail:
    """Everything about one public lawyer; ``version`` is the one read."""

    row: PublicLawyerRow
    version: int
    postings: tuple[PostingLine, ...]
    certificates: tuple[CertificateDraft, ...]
    years: tuple[YearDraft, ...]
    sharings: tuple[SharingRow, ...]
    warnings: tuple[str, ...]
    acts: tuple[ActLine, ...]
    changes: Mapping[int, tuple[str, ...]]  # by act, what it changed


SORTS: dict[str, Callable[[PublicLawyerRow], Any]] = {
    "name": lambda r: r.sort_key,
    "strokes": lambda r: stroke_key(r.name),
    "agency": lambda r: (r.agency_id is None, r.agency_place, r.agency, r.sort_key),
    "licence": lambda r: (r.licence, r.sort_key),
    "valid_to": lambda r: (r.valid_to or date.max, r.sort_key),
    "state": lambda r: (list(CertificateState).index(r.state), r.sort_key),
    "shared": lambda r: (len(r.shared_to), r.sort_key),
    "services": lambda r: (r.services, r.sort_key),
}


def public_lawyers(
    session: Session,
    day: date,
    wanted: PublicLawyerFilter | None = None,
    sort: str = "name",
    *,
    descending: bool = False,
) -> list[PublicLawyerRow]:
    """Return the registry as of ``day``, filtered and ordered."""
    wanted = wanted or PublicLawyerFilter()
    query = select(PublicLawyer.id).where(PublicLawyer.removed_at.is_(None))
    keys = None
    if wanted.text.strip():
        query = query.where(PublicLawyer.id.in_(matching("public_lawyer", wanted.text)))
        keys = list(session.scalars(query))
    early = load_settings(session).expiry_early_days
    rows = [row for row in _rows(session, day, keys).values() if _passes(row, wanted, early)]
    return sorted(rows, key=SORTS[sort], reverse=descending)


def public_lawyer_rows(session: Session, keys: Sequence[int], day: date) -> dict[int, PublicLawyerRow]:
    """Return a row for each key that is not in the recycle bin."""
    return _rows(session, day, keys)


def public_lawyer_draft(session: Session, key: int) -> PublicLawyerDraft | None:
    """Return a public lawyer as the editor wants him, or ``None`` if he is gone."""
    return public_lawyer_drafts(session, [key]).get(key)


def public_lawyer_drafts(session: Session, keys: Sequence[int]) -> dict[int, PublicLawyerDraft]:
    """Return public lawyers as the editor wants them, those that are there; four statements."""
    query = select(PublicLawyer).where(PublicLawyer.id.in_(keys), PublicLawyer.removed_at.is_(None))
    postings, certificates = postings_of(session, keys), certificates_of(session, keys)
    years = years_of(session, keys)
    return {x.id: _draft(x, postings[x.id], certificates[x.id], years[x.id]) for x in session.scalars(query)}


def _draft(
    x: PublicLawyer,
    postings: list[PostingDraft],
    certificates: list[CertificateDraft],
    years: list[YearDraft],
) -> PublicLawyerDraft:
    return PublicLawyerDraft(
        name=x.name,
        sex=x.sex,
        politics=x.politics,
        id_number=x.id_number,
        phone=x.phone,
        qualification=x.qualification,
        qualified_on=x.qualified_on,
        licence=x.licence or "",
        specialities=_words(x.specialities),
        capacity=x.capacity,
        note=x.note,
        postings=tuple(postings),
        certificates=tuple(certificates),
        years=tuple(years),
        version=x.version,
    )


def public_lawyer_detail(session: Session, key: int, day: date) -> PublicLawyerDetail | None:
    """Return everything about one public lawyer as of ``day``, or ``None`` if he is gone."""
    draft, row = public_lawyer_draft(session, key), _rows(session, day, [key]).get(key)
    if draft is None or row is None:
        return None
    names, acts = agency_names(session), acts_on(session, "public_lawyer", key)
    warnings = session.scalars(
        select(PassedWarning.text)
        .where(PassedWarning.table_name == "public_lawyer", PassedWarning.record_id == key)
        .order_by(PassedWarning.id)
    )
    return PublicLawyerDetail(
        row=row,
        version=draft.version,
        postings=tuple(
            PostingLine(
                p.agency_id or 0,
                names.get(p.agency_id or 0, ""),
                p.department,
                p.post,
                p.from_on,
                p.to_on,
            )
            for p in draft.postings
        ),
        certificates=draft.certificates,
        years=draft.years,
        sharings=tuple(sharing_rows(session, day, public_lawyer_id=key)),
        warnings=tuple(warnings),
        acts=tuple(acts),
        changes=public_lawyer_changes(session, key, [act.gesture for act in acts]),
    )


def _rows(session: Session, day: date, keys: Sequence[int] | None) -> dict[int, PublicLawyerRow]:
    settings, names, places = load_settings(session), agency_names(session), agency_places(session)
    postings, certificates = postings_of(session, keys), certificates_of(session, keys)
    years, shared, served = years_of(session, keys), _shared(session, day, keys), _served(session, day, keys)
    query = of(select(PublicLawyer), PublicLawyer.id, keys).where(PublicLawyer.removed_at.is_(None))
    found = {}
    for x in session.scalars(query):
        posting: PostingDraft | None = span_on(postings[x.id], day)
        certificate = span_on(certificates[x.id], day)
        state = state_on(certificates[x.id], postings[x.id], day, settings.expiry_soon_days)
        results = [y for y in years[x.id] if y.year is not None and y.year <= day.year]
        found[x.id] = PublicLawyerRow(
            key=x.id,
            name=x.name,
            sex=x.sex,
            agency_id=posting.agency_id if posting else None,
            agency=names.get(posting.agency_id or 0, "") if posting else "",
            department=posting.department if posting else "",
            post=posting.post if posting else "",
            licence=x.licence or "",
            qualification=x.qualification,
            phone=x.phone,
            id_number=x.id_number,
            politics=x.politics,
            specialities=_words(x.specialities),
            state=state,
            state_text=UNDATED if x.licence and certificate is None else state_words(state, certificate),
            valid_from=certificate.from_on if certificate else None,
            valid_to=certificate.last_on if certificate and certificate.last_on < date.max else None,
            days_left=_days_left(certificates[x.id], certificate, day),
            shared_to=tuple(names.get(key, "") for key in shared[x.id]),
            capacity=settings.sharing_capacity if x.capacity is None else x.capacity,
            services=served.get(x.id, 0),
            result=f"{results[0].year} {results[0].result.value}" if results else "",
            is_to_be_withdrawn=is_to_be_withdrawn(results),
            sort_key=x.sort_key,
            note=x.note,
            agency_place=places.get(posting.agency_id or 0, 0) if posting else 0,
        )
    return found


def _days_left(held: Sequence[CertificateDraft], shown: CertificateDraft | None, day: date) -> int | None:
    """Return how long he still holds one, over renewals; of one that does not run, how long ago it ended."""
    if shown is None:
        return None
    last = held_until(held, day)
    return shown.days_left(day) if last is None else (last - day).days if last < date.max else None


def _passes(row: PublicLawyerRow, wanted: PublicLawyerFilter, early: int) -> bool:
    is_running_out = row.days_left is not None and row.days_left <= early
    is_ended = row.state is CertificateState.ENDED
    return (
        (wanted.agency_id is None or row.agency_id == wanted.agency_id)
        and (not wanted.states or row.state in wanted.states)
        and (not wanted.expiring_only or (is_running_out and not is_ended))
        and (not wanted.lendable_only or row.may_be_lent)
    )


def _shared(session: Session, day: date, keys: Sequence[int] | None) -> defaultdict[int, list[int]]:
    """Return the agencies to which each public lawyer is lent on ``day``, each once."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    query = of(select(Sharing), Sharing.public_lawyer_id, keys).where(Sharing.removed_at.is_(None))
    for s in session.scalars(query.order_by(Sharing.from_on, Sharing.id)):
        span = Span(from_on=s.from_on, to_on=s.to_on, ended_on=s.ended_on)
        if span.runs_on(day) and s.agency_id not in found[s.public_lawyer_id]:
            found[s.public_lawyer_id].append(s.agency_id)
    return found


def _served(session: Session, day: date, keys: Sequence[int] | None) -> dict[int, int]:
    query = (
        select(Service.public_lawyer_id, func.count())
        .where(Service.removed_at.is_(None), Service.public_lawyer_id.is_not(None))
        .where(Service.on_date.between(window_first(day), day))
        .group_by(Service.public_lawyer_id)
    )
    if keys is not None:
        query = query.where(Service.public_lawyer_id.in_(keys))
    return {key: count for key, count in session.execute(query) if key is not None}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("、") if word)
