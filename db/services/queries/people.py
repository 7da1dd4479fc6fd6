"""Reading who may have given a service, and what is known of the agencies and persons of services on their days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import Names, agencies_in_time, names_of
from db.formats.spans import Span
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.public_lawyer import Certificate, InternalAdviser, Posting, PublicLawyer, Sharing
from db.services.rules.entry import EntryFacts, serving_of
from db.services.rules.people import Capacity, Person, Place, Serving
from db.services.rules.services import ServiceDraft


def entry_facts(
    session: Session, day: date | None, drafts: Sequence[ServiceDraft] | None = None
) -> EntryFacts:
    """Return what is known of agencies and people; captions say where these are on ``day``.

    With ``drafts`` only whoever gave these is read. The number of statements does not grow.
    """
    names = names_of(session)
    if drafts is None:
        found = [*_lawyers(session), *_public_lawyers(session, names, day), *_advisers(session, names)]
    else:
        public = {d.public_lawyer_id for d in drafts if d.public_lawyer_id is not None}
        staff = {d.internal_adviser_id for d in drafts if d.internal_adviser_id is not None}
        found = [
            *(_public_lawyers(session, names, day, public) if public else ()),
            *(_advisers(session, names, staff) if staff else ()),
        ]
    people = tuple(person for _, person in sorted(found, key=lambda pair: pair[0]))
    return EntryFacts(agencies_in_time(session, names), people)


def servings(session: Session, drafts: Sequence[ServiceDraft]) -> list[Serving]:
    """Return for each service what is known of its agency and person on its day; a few statements for all."""
    facts = entry_facts(session, None, drafts)
    return [serving_of(draft, facts) for draft in drafts]


def _lawyers(session: Session) -> list[tuple[str, Person]]:
    query = (
        select(Lawyer.id, Lawyer.name, Lawyer.sort_key, Firm.short_name)
        .outerjoin(Membership, (Membership.lawyer_id == Lawyer.id) & Membership.to_on.is_(None))
        .outerjoin(Firm, Firm.id == Membership.firm_id)
        .where(Lawyer.removed_at.is_(None))
    )
    return [
        (order, Person(Capacity.LAWYER, key, name, caption=firm or ""))
        for key, name, order, firm in session.execute(query)
    ]


def _public_lawyers(
    session: Session, names: Names, day: date | None, keys: Iterable[int] | None = None
) -> list[tuple[str, Person]]:
    wanted = select(PublicLawyer.id, PublicLawyer.name, PublicLawyer.sort_key).where(
        PublicLawyer.removed_at.is_(None)
    )
    postings, sharings, certificates = (
        select(Posting),
        select(Sharing).where(Sharing.removed_at.is_(None)),
        select(Certificate),
    )
    if keys is not None:
        chosen = set(keys)
        wanted = wanted.where(PublicLawyer.id.in_(chosen))
        postings = postings.where(Posting.public_lawyer_id.in_(chosen))
        sharings = sharings.where(Sharing.public_lawyer_id.in_(chosen))
        certificates = certificates.where(Certificate.public_lawyer_id.in_(chosen))
    places: defaultdict[int, list[Place]] = defaultdict(list)
    for p in session.scalars(postings.order_by(Posting.id)):
        places[p.public_lawyer_id].append(
            Place(
                agency_id=p.agency_id,
                agency=names.short(p.agency_id, day),
                from_on=p.from_on,
                to_on=p.to_on,
            )
        )
    for s in session.scalars(sharings.order_by(Sharing.id)):
        places[s.public_lawyer_id].append(
            Place(
                agency_id=s.agency_id,
                agency=names.short(s.agency_id, day),
                is_lent=True,
                from_on=s.from_on,
                to_on=s.to_on,
                ended_on=s.ended_on,
            )
        )
    valid: defaultdict[int, list[Span]] = defaultdict(list)
    for c in session.scalars(certificates.order_by(Certificate.id)):
        valid[c.public_lawyer_id].append(Span(from_on=c.from_on, to_on=c.to_on, ended_on=c.ended_on))
    return [
        (
            order,
            Person(
                Capacity.PUBLIC, key, name, tuple(places[key]), tuple(valid[key]), _where(places[key], day)
            ),
        )
        for key, name, order in session.execute(wanted)
    ]


def _where(places: Sequence[Place], day: date | None) -> str:
    own = [place for place in places if not place.is_lent]
    present = [place for place in own if day is not None and place.runs_on(day)]
    return (present or own)[-1].agency if own else ""


def _advisers(session: Session, names: Names, keys: Iterable[int] | None = None) -> list[tuple[str, Person]]:
    query = select(InternalAdviser).where(InternalAdviser.removed_at.is_(None))
    if keys is not None:
        query = query.where(InternalAdviser.id.in_(set(keys)))
    found = []
    for a in session.scalars(query):
        agency = names.short(a.agency_id, None)
        place = Place(agency_id=a.agency_id, agency=agency, from_on=a.from_on, to_on=a.to_on)
        found.append((a.sort_key, Person(Capacity.ADVISER, a.id, a.name, (place,), (), agency)))
    return found
