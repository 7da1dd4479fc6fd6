"""A made district for tests of coverage: agencies, and who serves them from when to when."""

from datetime import date

from sqlalchemy import select

from db.coverage.queries.coverage import load_coverage
from db.models.agency import Agency
from db.models.public_lawyer import (
    AgencyContract,
    Certificate,
    InternalAdviser,
    Posting,
    PublicLawyer,
    Sharing,
)
from db.words.agency import AgencyKind
from tests.conftest import TODAY

LONG_AGO = date(2020, 1, 1)


def clear_shipped(session):
    """Put the shipped list of agencies into the recycle bin, so that a district has only its own."""
    from datetime import UTC, datetime

    for agency in session.scalars(select(Agency)):
        agency.removed_at = datetime(2026, 1, 1, tzinfo=UTC)
    session.flush()


def an_agency(session, name, kind=AgencyKind.DEPARTMENT, **more):
    given = {"short_name": name, "sort_key": name, "has_enforcement": True, "place": 0, "source": "示例"}
    agency = Agency(name=name, kind=kind, **(given | more))
    session.add(agency)
    session.flush()
    return agency.id


def a_public_lawyer(session, agency, name="余清和", to_on=None, from_on=LONG_AGO, *, posted=None, **more):
    """Enter somebody posted in ``agency`` whose certificate is valid from ``from_on`` to ``to_on``."""
    person = PublicLawyer(name=name, sort_key=name, licence=None, **more)
    session.add(person)
    session.flush()
    first, last = posted or (from_on, None)
    session.add(Posting(public_lawyer_id=person.id, agency_id=agency, from_on=first, to_on=last))
    session.add(Certificate(public_lawyer_id=person.id, from_on=from_on, to_on=to_on))
    session.flush()
    return person.id


def a_sharing(session, person, agency, to_on=None, from_on=LONG_AGO, **more):
    sharing = Sharing(public_lawyer_id=person, agency_id=agency, from_on=from_on, to_on=to_on, **more)
    session.add(sharing)
    session.flush()
    return sharing.id


def an_internal(session, agency, name="严安", to_on=None):
    session.add(InternalAdviser(agency_id=agency, name=name, sort_key=name, from_on=LONG_AGO, to_on=to_on))
    session.flush()


def a_contract(session, agency, provider="示例双港律师事务所", to_on=None, **more):
    given = {"from_on": LONG_AGO, "to_on": to_on}
    contract = AgencyContract(agency_id=agency, provider=provider, **(given | more))
    session.add(contract)
    session.flush()
    return contract.id


def coverage_of(database, today=TODAY):
    with database.read() as session:
        return load_coverage(session, today)
