"""Reading who is lent to whom (统筹), and what decides whether somebody may be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.spans import Span, span_on
from db.models.agency import Agency
from db.models.public_lawyer import Certificate, Posting, PublicLawyer, Sharing
from db.office.queries.settings import load_settings
from db.registry.queries.parts import of
from db.registry.rules.sharing import Lending, Placed, SharingDraft


@dataclass(frozen=True, slots=True)
class SharingRow:
    """One sharing as of a day: who, from which agency, to which, by what paper."""

    key: int
    public_lawyer_id: int
    name: str
    home_id: int | None
    home: str
    agency_id: int
    agency: str
    paper: str
    from_on: date
    to_on: date | None
    ended_on: date | None
    end_reason: str
    hours: float | None
    note: str
    runs: bool
    days_left: int | None
    has_certificate: bool  # on that day; without one it does not count
    version: int


def sharing_rows(
    session: Session,
    day: date,
    *,
    agency_id: int | None = None,
    public_lawyer_id: int | None = None,
    keys: Sequence[int] | None = None,
) -> list[SharingRow]:
    """Return the sharings that are not removed, the running ones first; of one agency, one lawyer, or some keys."""
    query = (
        select(Sharing, PublicLawyer.name, Agency.short_name)
        .join(PublicLawyer, PublicLawyer.id == Sharing.public_lawyer_id)
        .join(Agency, Agency.id == Sharing.agency_id)
        .where(Sharing.removed_at.is_(None), PublicLawyer.removed_at.is_(None))
    )
    if agency_id is not None:
        query = query.where(Sharing.agency_id == agency_id)
    if public_lawyer_id is not None:
        query = query.where(Sharing.public_lawyer_id == public_lawyer_id)
    if keys is not None:
        query = query.where(Sharing.id.in_(keys))
    found = session.execute(query).all()
    lent = lendings(session, [sharing.public_lawyer_id for sharing, _, _ in found])
    rows = [
        _row(sharing, name, agency, lent[sharing.public_lawyer_id], day) for sharing, name, agency in found
    ]
    return sorted(rows, key=lambda r: (not r.runs, -r.from_on.toordinal(), r.key))


def sharing_draft(session: Session, key: int) -> SharingDraft | None:
    """Return a sharing as the form wants it, or ``None`` if it is gone."""
    s = session.get(Sharing, key)
    if s is None or s.removed_at is not None:
        return None
    return SharingDraft(
        s.public_lawyer_id, s.agency_id, s.paper, s.from_on, s.to_on, s.hours, s.note, s.version
    )


def lendings(session: Session, keys: Sequence[int] | None = None) -> dict[int, Lending]:
    """Return what decides whether each public lawyer may be lent; of all if no ``keys`` are given."""
    office = load_settings(session).sharing_capacity
    certificates: defaultdict[int, list[Span]] = defaultdict(list)
    for c in session.execute(
        of(
            select(
                Certificate.public_lawyer_id, Certificate.from_on, Certificate.to_on, Certificate.ended_on
            ),
            Certificate.public_lawyer_id,
            keys,
        )
    ):
        certificates[c.public_lawyer_id].append(Span(from_on=c.from_on, to_on=c.to_on, ended_on=c.ended_on))
    postings: defaultdict[int, list[Placed]] = defaultdict(list)
    of_posting = select(
        Posting.public_lawyer_id, Posting.agency_id, Agency.short_name, Posting.from_on, Posting.to_on
    ).join(Agency, Agency.id == Posting.agency_id)
    for p in session.execute(of(of_posting, Posting.public_lawyer_id, keys)):
        postings[p.public_lawyer_id].append(
            Placed(agency_id=p.agency_id, agency=p.short_name, from_on=p.from_on, to_on=p.to_on)
        )
    sharings: defaultdict[int, list[Placed]] = defaultdict(list)
    of_sharing = (
        select(Sharing, Agency.short_name)
        .join(Agency, Agency.id == Sharing.agency_id)
        .where(Sharing.removed_at.is_(None))
    )
    for s, agency in session.execute(of(of_sharing, Sharing.public_lawyer_id, keys)):
        sharings[s.public_lawyer_id].append(
            Placed(
                agency_id=s.agency_id,
                agency=agency,
                key=s.id,
                paper=s.paper,
                from_on=s.from_on,
                to_on=s.to_on,
                ended_on=s.ended_on,
            )
        )
    people = of(
        select(PublicLawyer.id, PublicLawyer.name, PublicLawyer.capacity).where(
            PublicLawyer.removed_at.is_(None)
        ),
        PublicLawyer.id,
        keys,
    )
    return {
        key: Lending(
            name,
            tuple(certificates[key]),
            tuple(postings[key]),
            tuple(sharings[key]),
            office if capacity is None else capacity,
        )
        for key, name, capacity in session.execute(people)
    }


def _row(s: Sharing, name: str, agency: str, lending: Lending, day: date) -> SharingRow:
    span = Span(from_on=s.from_on, to_on=s.to_on, ended_on=s.ended_on)
    home = span_on(lending.postings, day)
    return SharingRow(
        key=s.id,
        public_lawyer_id=s.public_lawyer_id,
        name=name,
        home_id=home.agency_id if home else None,
        home=home.agency if home else "",
        agency_id=s.agency_id,
        agency=agency,
        paper=s.paper,
        from_on=s.from_on,
        to_on=s.to_on,
        ended_on=s.ended_on,
        end_reason=s.end_reason,
        hours=s.hours,
        note=s.note,
        runs=span.runs_on(day),
        days_left=span.days_left(day),
        has_certificate=any(c.runs_on(day) for c in lending.certificates),
        version=s.version,
    )
