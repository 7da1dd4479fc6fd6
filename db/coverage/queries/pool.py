"""Reading the lawyers of the pool whom an agency might engage, with the agencies that they may not advise."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.agencies.queries.in_time import agency_recogniser
from db.assignment.queries.conflict_pool import people_of, suits_of_lawyers, weighted_loads
from db.coverage.rules.facts import AgencyFacts, PoolLawyerFacts, span
from db.formats.recognise.agencies import AgencyRecogniser
from db.roster.queries.firms import firm_names
from db.roster.queries.lawyers import backgrounds
from db.roster.queries.roster import standings
from db.roster.rules.background import Background, PostDraft
from db.roster.rules.bars import LONG_YEARS, SHORT_YEARS, last_day
from db.roster.rules.lawyers import Standing
from db.words.lawyer import Rank, UnitKind


def pool_lawyers(
    session: Session, agencies: Sequence[AgencyFacts], today: date
) -> tuple[PoolLawyerFacts, ...]:
    """Return who serves in the pool today, with the agencies to which a conflict bars him.

    Barred: he or his firm acts for somebody who sues the agency (C17 to C19: an adviser may take no mandate against
    who engages him), or he left the agency's service less than three or two years ago (C23).
    """
    loads, past = weighted_loads(session, today), backgrounds(session)
    rows, firms, known = standings(session, today), firm_names(session), agency_recogniser(session)
    suits = suits_of_lawyers(session, rows, people_of(rows, past, firms), firms)
    keys = {a.key for a in agencies}
    return tuple(
        PoolLawyerFacts(
            key=row.key,
            name=row.name,
            sort_key=row.sort_key,
            specialities=frozenset(row.specialities),
            when=span(row.term_from, row.term_to),
            has_time=loads.get(row.key, 0) < row.capacity,
            barred=frozenset(keys)
            & (
                {x.agency_id for x in suits.get(row.key, ()) if x.suit.is_certain}
                | _former_units(past.get(row.key, Background()).posts, known, today)
            ),
        )
        for row in rows
        if row.standing is Standing.SERVING
    )


def _former_units(posts: Sequence[PostDraft], known: AgencyRecogniser, today: date) -> frozenset[int]:
    found = set()
    for post in posts:
        years = LONG_YEARS if post.rank is Rank.LEADER else SHORT_YEARS
        is_free = post.to_on is not None and today > last_day(post.to_on, years)
        if post.unit_kind is UnitKind.AGENCY and not is_free:
            found.add(known.of(post.unit, post.to_on or post.from_on).certain)
    return frozenset(key for key in found if key is not None)
