"""Many cases at once: the solver's answer is the best there is, by trying all on small pools."""

import os
from datetime import date
from itertools import product
from random import Random

import pytest

from db.assignment.rules.allocation import Cancelled, allocate, judged
from db.assignment.rules.waiting import Free, Waiting, may_take, meet
from db.law.hearing_times import Sitting, clash

POOLS = int(os.environ.get("ADVISOR_POOL_POOLS", "50"))
DAYS = (date(2026, 12, 7), date(2026, 12, 8))
TIMES = ("", "09:00", "09:30", "10:00", "10:29", "14:30")


def is_allowed(picks, waiting, lawyers):
    """Say whether nobody carries more than his cap or stands in two courtrooms at one hour; by plain counting."""
    for lawyer in lawyers:
        mine = [case for case, key in zip(waiting, picks, strict=True) if key == lawyer.key]
        if mine and lawyer.load + sum(case.weight for case in mine) > lawyer.capacity + 1e-9:
            return False
        if any(meet(one, other) for at, one in enumerate(mine) for other in mine[:at]):
            return False
    return True


def best_by_trying(waiting, lawyers, balance):
    """Return (cases served, score less cost) of the best of all allocations."""
    best = (-1, 0)
    for picks in product(*([None, *case.scores] for case in waiting)):
        if is_allowed(picks, waiting, lawyers):
            chosen = {c.key: k for c, k in zip(waiting, picks, strict=True) if k is not None}
            found = judged(waiting, chosen, balance)
            best = max(best, (len(chosen), found.score - found.cost))
    return best


def some_sittings(random):
    held = random.choice((0, 0, 1, 1, 2))
    return tuple(Sitting(random.choice(DAYS), random.choice(TIMES)) for _ in range(held))


@pytest.mark.parametrize("seed", range(0, POOLS, 10))
def test_small_pools_are_solved_as_well_as_by_trying_all(seed):
    for random in map(Random, range(seed, seed + 10)):
        lawyers = [Free(key, random.randrange(0, 9) / 2, random.choice([0, 1, 2, 3])) for key in range(1, 5)]
        lawyers = [Free(x.key, min(x.load, 2.5), x.capacity) for x in lawyers]
        waiting = [
            Waiting(
                case,
                random.choice([0.5, 1.0, 1.5, 1.3]),
                {lawyer.key: random.randrange(0, 1001) for lawyer in lawyers if random.random() < 0.7},
                some_sittings(random),
            )
            for case in range(random.randrange(1, 6))
        ]
        balance = random.choice([0, 50, 400])
        found = allocate(waiting, lawyers, balance)
        assert (len(found.chosen), found.score - found.cost) == best_by_trying(waiting, lawyers, balance)
        assert is_allowed([found.chosen.get(case.key) for case in waiting], waiting, lawyers)
        assert set(found.unserved) == {c.key for c in waiting} - set(found.chosen)
        assert allocate(waiting, lawyers, balance) == found


def test_the_weight_counts_not_the_number_of_cases():
    heavy = [Waiting(key, 1.5, {1: 900}) for key in (1, 2, 3)]
    assert len(allocate(heavy, [Free(1, 0, 3)]).chosen) == 2
    light = [Waiting(key, 0.5, {1: 900}) for key in (1, 2, 3)]
    assert len(allocate(light, [Free(1, 0.5, 1)]).chosen) == 1
    assert len(allocate(light, [Free(1, 0, 1)]).chosen) == 2
    tenths = [Waiting(key, 0.1, {1: 900}) for key in range(30)]
    assert len(allocate(tenths, [Free(1, 0.7, 1)]).chosen) == 3


def test_nobody_is_given_what_bars_him():
    waiting = [Waiting(1, 1.5, {1: 900}), Waiting(2, 1.0, {1: 100, 2: 50}), Waiting(3, 1.0, {})]
    found = allocate(waiting, [Free(1, 5.0, 6), Free(2, 0, 6)])
    assert found.chosen == {2: 1}
    assert found.unserved == (1, 3)
    assert not may_take(waiting[0], Free(1, 5.0, 6))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("09:00", "09:00", True),
        ("09:00", "09:59", True),
        ("09:00", "10:00", False),
        ("09:00", "", False),
        ("", "", False),
    ],
)
def test_hearings_meet_where_they_begin_within_an_hour(one, other, expected):
    day = DAYS[0]
    assert clash(Sitting(day, one), Sitting(day, other)) is expected
    assert not clash(Sitting(day, one), Sitting(DAYS[1], one))
    waiting = [Waiting(key, 1, {1: 900}, (Sitting(day, at),)) for key, at in enumerate((one, other))]
    assert len(allocate(waiting, [Free(1, 0, 6)]).chosen) == (1 if expected else 2)


def test_a_pool_too_small_for_many_cases_is_filled_to_the_brim_and_proven():
    random = Random(7)
    lawyers = [Free(key, random.choice((0, 0.5, 1)), 3) for key in range(12)]
    waiting = [
        Waiting(key, random.choice((0.5, 1, 1.5)), {x.key: random.randrange(200, 950) for x in lawyers})
        for key in range(60)
    ]
    found = allocate(waiting, lawyers)
    loads = {x.key: x.load for x in lawyers}
    for case in waiting:
        if (key := found.chosen.get(case.key)) is not None:
            loads[key] += case.weight
    assert all(load <= 3 for load in loads.values())
    smallest_left = min(c.weight for c in waiting if c.key in found.unserved)
    assert all(load + smallest_left > 3 for load in loads.values())


def test_solving_can_be_called_off():
    waiting = [Waiting(key, 1, {1: 900}) for key in range(3)]
    with pytest.raises(Cancelled, match="没有写入"):
        allocate(waiting, [Free(1, 0, 2)], go_on=lambda: False)


def test_work_spreads_when_the_scores_are_near():
    lawyers = [Free(1, 0, 6), Free(2, 0, 6)]
    waiting = [Waiting(case, 1, {1: 800, 2: 780}) for case in (1, 2)]
    assert sorted(allocate(waiting, lawyers).chosen.values()) == [1, 2]
    assert list(allocate(waiting, lawyers, balance=0).chosen.values()) == [1, 1]


def test_nothing_to_do_is_nothing():
    assert allocate([], [Free(1, 0, 6)]).chosen == {}
