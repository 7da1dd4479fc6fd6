"""Reading coverage: the dated facts of the whole district, once; the figures of any day follow from them without SQL.

``load_coverage`` belongs in a worker. What it returns answers ``on(day)``, ``trend(day)`` and, with
``db.coverage.rules.remedies.gaps``, what to do next. The number of statements is the same whatever the size of the district.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from db.coverage.queries.pool import pool_lawyers
from db.coverage.rules.coverage import policy_of
from db.coverage.rules.days import Coverage
from db.coverage.rules.facts import (
    AgencyFacts,
    ContractFacts,
    CoverageFacts,
    FormerName,
    InternalFacts,
    Post,
    PublicLawyerFacts,
    SharingFacts,
    joined,
    span,
)
from db.models.agency import Agency, AgencyName
from db.models.case import Case, CaseField, Party
from db.models.derived import Engagement
from db.models.public_lawyer import (
    AgencyContract,
    Certificate,
    InternalAdviser,
    Posting,
    PublicLawyer,
    Sharing,
)
from db.office.queries.settings import load_settings
from db.office.rules.settings import split
from db.words.case import Side
from db.words.service import ServiceKind


def load_coverage(session: Session, today: date) -> Coverage:
    """Return the district with everything that its coverage rests on; the pool is that of ``today``."""
    agencies = _agencies(session)
    return Coverage(
        CoverageFacts(
            policy=policy_of(load_settings(session)),
            agencies=agencies,
            people=_people(session),
            sharings=_sharings(session),
            internal=_internal(session),
            contracts=_contracts(session),
            services=_services(session),
            pool=pool_lawyers(session, agencies, today),
            case_fields=_case_fields(session),
        )
    )


def _agencies(session: Session) -> tuple[AgencyFacts, ...]:
    former = _grouped(
        (row.agency_id, FormerName(row.to_on.toordinal() + 1, row.name, row.short_name))
        for row in session.execute(
            select(AgencyName.agency_id, AgencyName.name, AgencyName.short_name, AgencyName.to_on).order_by(
                AgencyName.to_on
            )
        )
    )
    query = select(
        Agency.id,
        Agency.name,
        Agency.short_name,
        Agency.kind,
        Agency.place,
        Agency.field,
        Agency.has_enforcement,
        Agency.is_expected,
        Agency.staff_count,
        Agency.qualified_count,
        Agency.founded_on,
        Agency.ended_on,
    ).where(Agency.removed_at.is_(None))
    return tuple(
        AgencyFacts(
            key=a.id,
            name=a.name,
            short_name=a.short_name,
            kind=a.kind,
            place=a.place,
            field=a.field.strip(),
            has_enforcement=a.has_enforcement,
            is_expected=a.is_expected,
            staff_count=a.staff_count,
            qualified_count=a.qualified_count,
            exists=span(a.founded_on, None, a.ended_on),
            former=tuple(former.get(a.id, ())),
        )
        for a in session.execute(query.order_by(Agency.place, Agency.id))
    )


def _people(session: Session) -> tuple[PublicLawyerFacts, ...]:
    posts = _grouped(
        (row.public_lawyer_id, Post(row.agency_id, span(row.from_on, row.to_on), row.post))
        for row in session.execute(
            select(
                Posting.public_lawyer_id, Posting.agency_id, Posting.from_on, Posting.to_on, Posting.post
            ).order_by(Posting.from_on, Posting.id)
        )
    )
    valid = _grouped(
        (row.public_lawyer_id, span(row.from_on, row.to_on, row.ended_on))
        for row in session.execute(
            select(Certificate.public_lawyer_id, Certificate.from_on, Certificate.to_on, Certificate.ended_on)
        )
    )
    query = select(
        PublicLawyer.id,
        PublicLawyer.name,
        PublicLawyer.sort_key,
        PublicLawyer.capacity,
        PublicLawyer.specialities,
    ).where(PublicLawyer.removed_at.is_(None))
    return tuple(
        PublicLawyerFacts(
            key=p.id,
            name=p.name,
            sort_key=p.sort_key,
            capacity=p.capacity,
            specialities=frozenset(split(p.specialities)),
            posts=tuple(posts.get(p.id, ())),
            valid=tuple(joined(s for s in valid.get(p.id, ()) if s.first < s.past)),
        )
        for p in session.execute(query.order_by(PublicLawyer.sort_key, PublicLawyer.id))
    )


def _sharings(session: Session) -> tuple[SharingFacts, ...]:
    query = select(
        Sharing.id,
        Sharing.public_lawyer_id,
        Sharing.agency_id,
        Sharing.from_on,
        Sharing.to_on,
        Sharing.ended_on,
    ).where(Sharing.removed_at.is_(None))
    return tuple(
        SharingFacts(s.id, s.public_lawyer_id, s.agency_id, span(s.from_on, s.to_on, s.ended_on))
        for s in session.execute(query.order_by(Sharing.from_on, Sharing.id))
    )


def _internal(session: Session) -> tuple[InternalFacts, ...]:
    query = select(
        InternalAdviser.id,
        InternalAdviser.agency_id,
        InternalAdviser.name,
        InternalAdviser.post,
        InternalAdviser.from_on,
        InternalAdviser.to_on,
    ).where(InternalAdviser.removed_at.is_(None))
    return tuple(
        InternalFacts(a.id, a.agency_id, a.name, a.post, span(a.from_on, a.to_on))
        for a in session.execute(query.order_by(InternalAdviser.sort_key, InternalAdviser.id))
    )


def _contracts(session: Session) -> tuple[ContractFacts, ...]:
    query = select(
        AgencyContract.id,
        AgencyContract.agency_id,
        AgencyContract.provider,
        AgencyContract.lawyers,
        AgencyContract.lawyer_id,
        AgencyContract.from_on,
        AgencyContract.to_on,
        AgencyContract.ended_on,
    ).where(AgencyContract.removed_at.is_(None))
    return tuple(
        ContractFacts(
            c.id, c.agency_id, c.provider, c.lawyers, c.lawyer_id, span(c.from_on, c.to_on, c.ended_on)
        )
        for c in session.execute(query.order_by(AgencyContract.from_on, AgencyContract.id))
    )


def _services(session: Session) -> dict[int, dict[ServiceKind, Sequence[int]]]:
    """Return the days of every agency's services by kind.

    The database joins each list of days into one text, which is read many times faster than rows; and half a million
    days are kept in arrays, through which the collector of rubbish need not go.
    """
    days = func.aggregate_strings(cast(Engagement.on_date, String(10)), ",")
    query = select(Engagement.agency_id, Engagement.kind, days).group_by(
        Engagement.agency_id, Engagement.kind
    )
    ordinal = _Ordinals().__getitem__
    found: defaultdict[int, dict[ServiceKind, Sequence[int]]] = defaultdict(dict)
    for agency_id, kind, joined_days in session.execute(query):
        found[agency_id][kind] = array("i", sorted(map(ordinal, joined_days.split(","))))
    return dict(found)


class _Ordinals(dict[str, int]):
    """The ordinals of days as they are written, each reckoned once."""

    def __missing__(self, day: str) -> int:
        ordinal = self[day] = date.fromisoformat(day).toordinal()
        return ordinal


def _case_fields(session: Session) -> dict[int, frozenset[str]]:
    query = (
        select(Party.agency_id, CaseField.name)
        .join(Case, Case.id == Party.case_id)
        .join(CaseField, CaseField.case_id == Case.id)
        .where(Party.side == Side.DEFENDANT, Party.agency_id.is_not(None), Case.removed_at.is_(None))
        .distinct()
    )
    return {key: frozenset(names) for key, names in _grouped(session.execute(query)).items()}


def _grouped(pairs: Iterable[Any]) -> dict[int, list[Any]]:
    """Return the second ones of the pairs by the first."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
