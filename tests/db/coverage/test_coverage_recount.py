"""Coverage against a slow recount from the records themselves, day by day, over made districts."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.coverage import FigureKey
from db.coverage.rules.figures import month_ends
from db.models.agency import Agency
from db.models.public_lawyer import (
    AgencyContract,
    Certificate,
    InternalAdviser,
    Posting,
    PublicLawyer,
    Sharing,
)
from db.models.service import Service
from db.setup import derived
from db.words.agency import AgencyKind
from db.words.service import ServiceKind
from tests.conftest import TODAY
from tests.db.coverage.district import clear_shipped

AGENCIES, PEOPLE, THRESHOLD = 5, 4, 6
BEGIN = TODAY - timedelta(days=3 * 365)
days = st.integers(0, 3 * 365 + 60).map(lambda n: BEGIN + timedelta(days=n))
maybe = st.none() | days
agency = st.integers(0, AGENCIES - 1)
person = st.integers(0, PEOPLE - 1)


@st.composite
def terms(draw, first=days):
    """Return first and last day in order; the last may be open."""
    begin, end = draw(first), draw(maybe)
    if begin is not None and end is not None and end < begin:
        begin, end = end, begin
    return begin, end


def any_of(*parts, most=6):
    return st.lists(st.tuples(*parts), max_size=most)


districts = st.fixed_dictionaries(
    {
        "agencies": st.lists(
            st.tuples(st.sampled_from(AgencyKind), st.booleans(), st.booleans(), maybe, maybe),
            min_size=AGENCIES,
            max_size=AGENCIES,
        ),
        "posts": any_of(person, agency, terms(maybe)),
        "certificates": any_of(person, terms(), maybe),
        "sharings": any_of(person, agency, terms(), maybe),
        "internal": any_of(agency, terms(maybe), most=3),
        "contracts": any_of(agency, terms(), maybe, most=3),
        "removed": st.sets(person, max_size=1),
        "services": any_of(agency, days, st.sampled_from(ServiceKind), st.integers(1, 7), most=12),
    }
)


def enter(session, made):
    """Put the district into the database as records, not through forms, which would refuse some of it."""
    clear_shipped(session)
    agencies = [
        Agency(
            name=f"示例{n}局",
            short_name=f"{n}局",
            kind=kind,
            has_enforcement=enforces,
            is_expected=expected,
            founded_on=founded,
            ended_on=ended,
        )
        for n, (kind, enforces, expected, founded, ended) in enumerate(made["agencies"])
    ]
    people = [
        PublicLawyer(name=f"示例{n}", removed_at=derived_removal(n in made["removed"])) for n in range(PEOPLE)
    ]
    session.add_all([*agencies, *people])
    session.flush()
    for who, where, (first, last) in made["posts"]:
        session.add(
            Posting(public_lawyer_id=people[who].id, agency_id=agencies[where].id, from_on=first, to_on=last)
        )
    for who, (first, last), ended in made["certificates"]:
        session.add(Certificate(public_lawyer_id=people[who].id, from_on=first, to_on=last, ended_on=ended))
    for who, where, (first, last), ended in made["sharings"]:
        given = {"from_on": first, "to_on": last, "ended_on": ended}
        session.add(Sharing(public_lawyer_id=people[who].id, agency_id=agencies[where].id, **given))
    for where, (first, last) in made["internal"]:
        session.add(InternalAdviser(agency_id=agencies[where].id, name="严安", from_on=first, to_on=last))
    for where, (first, last), ended in made["contracts"]:
        given = {"from_on": first, "to_on": last, "ended_on": ended}
        session.add(AgencyContract(agency_id=agencies[where].id, provider="示例律所", **given))
    for where, day, kind, times in made["services"]:
        session.add_all(
            Service(agency_id=agencies[where].id, on_date=day, kind=kind, matter="示例") for _ in range(times)
        )
    session.flush()


def derived_removal(removed):
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, tzinfo=UTC) if removed else None


def runs(day, first, last, ended=None):
    return (
        (first is None or first <= day) and (last is None or day <= last) and (ended is None or day < ended)
    )


class Recount:
    """Counts a day by looking at every record."""

    def __init__(self, session):
        everything = lambda model: session.scalars(select(model)).all()  # noqa: E731
        self.agencies = [a for a in everything(Agency) if a.removed_at is None]
        self.people = {p.id for p in everything(PublicLawyer) if p.removed_at is None}
        self.posts, self.certificates = everything(Posting), everything(Certificate)
        self.sharings, self.internal = everything(Sharing), everything(InternalAdviser)
        self.contracts, self.services = everything(AgencyContract), everything(Service)

    def valid(self, person, day):
        return person in self.people and any(
            c.public_lawyer_id == person and runs(day, c.from_on, c.to_on, c.ended_on)
            for c in self.certificates
        )

    def own(self, agency, day):
        return {
            p.public_lawyer_id
            for p in self.posts
            if p.agency_id == agency and runs(day, p.from_on, p.to_on) and self.valid(p.public_lawyer_id, day)
        }

    def shared(self, agency, day):
        return any(
            s.agency_id == agency
            and runs(day, s.from_on, s.to_on, s.ended_on)
            and self.valid(s.public_lawyer_id, day)
            and s.public_lawyer_id not in self.own(agency, day)
            for s in self.sharings
        )

    def count(self, day):
        try:
            year_ago = day.replace(year=day.year - 1)
        except ValueError:
            year_ago = date(day.year - 1, 2, 28)
        found = {key: [0, 0] for key in FigureKey}
        people, services = set(), 0
        for a in self.agencies:
            if not (
                (a.founded_on is None or a.founded_on <= day) and (a.ended_on is None or day < a.ended_on)
            ):
                continue
            own = self.own(a.id, day)
            external = any(
                c.agency_id == a.id and runs(day, c.from_on, c.to_on, c.ended_on) for c in self.contracts
            )
            internal = any(i.agency_id == a.id and runs(day, i.from_on, i.to_on) for i in self.internal)
            formal = bool(own) or external or self.shared(a.id, day)
            uses = sum(s.agency_id == a.id and year_ago < s.on_date <= day for s in self.services)
            people |= own
            services += uses
            found[FigureKey.OWN][0] += bool(own) and a.is_expected
            found[FigureKey.OWN][1] += a.is_expected
            for key, counts in (
                (FigureKey.WORK, formal or internal),
                (FigureKey.FORMAL, formal),
                (FigureKey.EFFECTIVE, formal and uses >= THRESHOLD),
            ):
                found[key][0] += counts
                found[key][1] += 1
        return {key: tuple(value) for key, value in found.items()}, len(people), services


class Undone(Exception):
    """Takes a made district back."""


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=districts)
def test_each_of_24_months_equals_a_slow_recount(office, made):
    with pytest.raises(Undone), office.write("造区") as session:
        enter(session, made)
        derived.refresh(session, session.info["touched"])
        coverage, recount = load_coverage(session, TODAY), Recount(session)
        trend = coverage.trend(TODAY)
        assert [p.day for p in trend.points] == [*month_ends(TODAY, 24), TODAY]
        for point in (*trend.points, trend.year_before):
            figures = {key: point.pair(key) for key in FigureKey}
            assert (figures, point.persons, point.services) == recount.count(point.day)
            headline = coverage.on(point.day).figures.whole
            assert {k: (headline.figure(k).numerator, headline.figure(k).denominator) for k in FigureKey} == (
                figures
            )
        raise Undone
