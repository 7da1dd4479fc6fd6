"""Which copies are kept: 7 daily, 4 weekly, 12 monthly, and the newest of each other kind."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.copies.rotation import (
    DAYS,
    EACH,
    MONTHS,
    WEEKS,
    Freshness,
    Made,
    Why,
    age_words,
    freshness,
    kept,
    size_words,
    standing_for,
    surplus,
)

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
copies = st.sets(st.builds(Made, moments, st.sampled_from(Why)), max_size=80)


def week(at):
    return at.isocalendar()[:2]


def month(at):
    return at.year, at.month


@given(copies)
def test_the_newest_of_every_kind_stays_and_no_more_than_the_rule_says(made):
    stay = kept(made)
    assert stay <= made
    assert set(surplus(made)) == made - stay
    for why in Why:
        own = sorted((one for one in made if one.why is why), reverse=True)
        if why is Why.DAILY:
            assert set(own[:1]) <= stay
            assert len(stay & set(own)) <= DAYS + WEEKS + MONTHS
        else:
            assert {one for one in stay if one.why is why} == set(own[:EACH])


@given(copies)
def test_of_the_last_days_weeks_and_months_the_last_copy_stays(made):
    stay = kept(made)
    for period, number in ((datetime.date, DAYS), (week, WEEKS), (month, MONTHS)):
        daily = sorted(one for one in made if one.why is Why.DAILY)
        last = {period(one.at): one for one in daily}  # the later one overwrites
        wanted = [last[name] for name in sorted(last, reverse=True)[:number]]
        assert set(wanted) <= stay


@given(copies)
def test_what_is_kept_is_kept_also_when_the_surplus_is_gone(made):
    assert kept(kept(made)) == kept(made)


@given(copies)
def test_a_copy_goes_only_for_newer_ones_or_for_its_age(made):
    for gone in surplus(made):
        if gone.why is Why.DAILY:
            days = {one.at.date() for one in made if one.why is Why.DAILY}
            is_old = sum(day > gone.at.date() for day in days) >= DAYS
            assert is_old or any(one > gone for one in standing_for(gone, made))
        else:
            assert sum(one > gone and one.why is gone.why for one in made) >= EACH


@given(st.lists(st.integers(0, 3), min_size=30, max_size=200))
def test_over_months_of_openings_never_fewer_than_before_and_never_more_than_a_few(gaps):
    """A clerk opens the program day after day, with days off between; each opening may take one copy away."""
    at, lying = FIRST, set()
    for gap in gaps:
        at += timedelta(days=gap, minutes=1)
        number = len(lying)
        lying.add(Made(at, Why.DAILY))
        lying -= set(surplus(lying)[:1])
        assert len(lying) >= number
        assert len(lying) <= DAYS + WEEKS + MONTHS + 1
        assert Made(at, Why.DAILY) in lying


NOW = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words", "level"),
    [
        (timedelta(hours=1, minutes=12), "今天 08:30", Freshness.FRESH),
        (timedelta(hours=23), "昨天 10:42", Freshness.FRESH),
        (timedelta(hours=24), "昨天 09:42", Freshness.AGING),
        (timedelta(days=7), "7 天前（11-17）", Freshness.AGING),
        (timedelta(days=7, seconds=1), "7 天前（11-17）", Freshness.OLD),
        (timedelta(days=-400), "2027-12-29（晚于本机日期）", Freshness.OLD),
    ],
)
def test_the_age_of_the_last_copy_in_words_and_colour(ago, words, level):
    assert (age_words(NOW - ago, NOW), freshness(NOW - ago, NOW)) == (words, level)


def test_no_copy_at_all_is_red():
    assert freshness(None, NOW) is Freshness.OLD


def test_sizes_in_words():
    assert [size_words(n) for n in (0, 51_200, 3_940_352, 5 * 1024**3)] == [
        "0 KB",
        "50 KB",
        "3.8 MB",
        "5.0 GB",
    ]
