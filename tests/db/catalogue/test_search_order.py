"""What is typed into the search: the case with that number first, then names, then what merely contains it."""

import pytest

from db.agencies.queries.agencies import AgencyFilter, agency_keys
from db.catalogue.search import search
from db.roster.acts.lawyers import save_lawyer
from tests.conftest import TODAY, a_lawyer
from tests.db.cases.test_case_record import do, enter


@pytest.fixture
def office_with_numbers(database):
    do(database, save_lawyer, a_lawyer(licence="13308201510126767", phone="13800006700"), TODAY)
    for number in (67, 167, 671):
        enter(database, number=f"（2026）浙0825行初{number}号")
    return database


def first(database, typed):
    with database.read() as session:
        return search(session, typed)[0].title


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("67", "（2026）浙0825行初67号"),
        ("167", "（2026）浙0825行初167号"),
        ("行初067", "（2026）浙0825行初67号"),
        ("67号", "（2026）浙0825行初67号"),
        ("汪晓棠", "汪晓棠"),
        ("wxt", "汪晓棠"),
        ("6700", "汪晓棠"),
        ("综合执法", "区综合执法局"),
    ],
)
def test_the_nearest_comes_first(office_with_numbers, typed, title):
    assert first(office_with_numbers, typed) == title


@pytest.mark.parametrize("typed", ["zhzf", "zonghezhifa", "qzhzfj", "zhifaju"])
def test_letters_are_found_inside_a_name_too(database, typed):
    with database.read() as session:
        assert "区综合执法局" in [hit.title for hit in search(session, typed) if hit.table == "agency"]
        assert agency_keys(session, AgencyFilter(text=typed), TODAY)


def test_two_letters_are_the_beginning_of_a_name(office_with_numbers):
    with office_with_numbers.read() as session:
        assert not [hit for hit in search(session, "xt") if hit.table == "lawyer"]
