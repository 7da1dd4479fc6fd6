"""Who works in which agency, and what agencies are called: asked by lists that stand below the registry too."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.spans import Span, span_on
from db.models.agency import Agency
from db.models.public_lawyer import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held(Span):
    """A posting as far as it says where somebody works."""

    agency_id: int | None = None


def agencies_on(session: Session, keys: Iterable[int], day: date) -> dict[int, str]:
    """Return the short name of the agency in which each public lawyer works on ``day``, or worked last."""
    p = Posting
    query = select(p.public_lawyer_id, p.agency_id, p.from_on, p.to_on).where(
        p.public_lawyer_id.in_(list(keys))
    )
    held: defaultdict[int, list[_Held]] = defaultdict(list)
    for key, agency_id, from_on, to_on in session.execute(query.order_by(p.from_on, p.id)):
        held[key].append(_Held(from_on=from_on, to_on=to_on, agency_id=agency_id))
    names = agency_names(session)
    found = {}
    for key, postings in held.items():
        postings.sort(key=lambda one: one.first_on)  # a database may put what has no beginning last
        posting = span_on(postings, day)
        if posting is not None and posting.agency_id is not None:
            found[key] = names.get(posting.agency_id, "")
    return found


def agency_names(session: Session) -> dict[int, str]:
    """Return the short name of every agency, also of those in the recycle bin."""
    return {row.id: row.short_name for row in session.execute(select(Agency.id, Agency.short_name))}


def agency_places(session: Session) -> dict[int, int]:
    """Return the place of every agency in the office's order."""
    return {row.id: row.place for row in session.execute(select(Agency.id, Agency.place))}
