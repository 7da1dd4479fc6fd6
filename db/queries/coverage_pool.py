"""Reading the lawyers of the pool whom an agency might engage, with the agencies that they may not advise."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.models.case import Case, Party, PartyAgent
from db.queries.conflict_facts import weighted_loads
from db.queries.lawyers import backgrounds
from db.queries.roster import standings
from db.rules.background import Background, PostDraft
from db.rules.conflicts.facts import any_same, firm_key, years_after
from db.rules.conflicts.person import LONG_YEARS, SHORT_YEARS
from db.rules.coverage_facts import AgencyFacts, PoolLawyerFacts, span
from db.rules.lawyers import Standing
from db.rules.pool import Rank, UnitKind
from db.rules.vocabulary import Side


def pool_lawyers(
    session: Session, agencies: Sequence[AgencyFacts], today: date
) -> tuple[PoolLawyerFacts, ...]:
    """Return who serves in the pool today, with the agencies to which a conflict bars him.

    Barred: he or his firm acts for somebody who sues the agency (C17 to C19: an adviser may take no mandate against
    who engages him), or he left the agency's service less than three or two years ago (C23).
    """
    loads, past = weighted_loads(session, today), backgrounds(session)
    by_licence, by_firm = _suing(session)
    names = {a.key: (a.name, a.short_name, *(f.name for f in a.former)) for a in agencies}
    return tuple(
        PoolLawyerFacts(
            key=row.key,
            name=row.name,
            sort_key=row.sort_key,
            specialities=frozenset(row.specialities),
            when=span(row.term_from, row.term_to),
            has_time=loads.get(row.key, 0) < row.capacity,
            barred=frozenset(
                by_licence[row.licence]
                | by_firm[firm_key(row.firm)]
                | _former_units(past.get(row.key, Background()).posts, names, today)
            ),
        )
        for row in standings(session, today)
        if row.standing is Standing.SERVING
    )


def _suing(session: Session) -> tuple[defaultdict[str, set[int]], defaultdict[str, set[int]]]:
    """Return the agencies that lawyers, by licence, and firms, by what their names have in common, act against now."""
    defendant, plaintiff = aliased(Party), aliased(Party)
    query = (
        select(defendant.agency_id, PartyAgent.firm_name, PartyAgent.licence)
        .join(Case, Case.id == defendant.case_id)
        .join(plaintiff, plaintiff.case_id == Case.id)
        .join(PartyAgent, PartyAgent.party_id == plaintiff.id)
        .where(defendant.side == Side.DEFENDANT, defendant.agency_id.is_not(None))
        .where(plaintiff.side == Side.PLAINTIFF, Case.is_open, Case.removed_at.is_(None))
        .distinct()
    )
    by_licence: defaultdict[str, set[int]] = defaultdict(set)
    by_firm: defaultdict[str, set[int]] = defaultdict(set)
    for agency_id, firm, licence in session.execute(query):
        for found, key in ((by_licence, licence.strip()), (by_firm, firm_key(firm))):
            if key and agency_id is not None:
                found[key].add(agency_id)
    return by_licence, by_firm


def _former_units(posts: Sequence[PostDraft], names: dict[int, tuple[str, ...]], today: date) -> set[int]:
    found = set()
    for post in posts:
        years = LONG_YEARS if post.rank is Rank.LEADER else SHORT_YEARS
        is_free = post.to_on is not None and today >= years_after(post.to_on, years)
        if post.unit_kind is UnitKind.AGENCY and not is_free:
            found |= {key for key, called in names.items() if any_same(post.unit, called)}
    return found
