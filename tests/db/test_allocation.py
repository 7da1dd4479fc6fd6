"""Many cases at once: the solver's answer is the best there is, by trying all on small pools."""

from itertools import product
from random import Random

from db.rules.allocation import Free, Waiting, allocate, judged, may_take


def best_by_trying(waiting, lawyers, balance):
    """Return (cases served, score less cost) of the best of all allocations."""
    by_key = {lawyer.key: lawyer for lawyer in lawyers}
    choices = [[None, *(key for key in case.scores if may_take(case, by_key[key]))] for case in waiting]
    best = (-1, 0)
    for picks in product(*choices):
        if all(picks.count(lawyer.key) <= lawyer.places for lawyer in lawyers):
            chosen = {c.key: k for c, k in zip(waiting, picks, strict=True) if k is not None}
            found = judged(waiting, chosen, balance)
            best = max(best, (len(chosen), found.score - found.cost))
    return best


def test_five_hundred_small_pools_are_solved_as_well_as_by_trying_all():
    random = Random(20261124)
    for _ in range(500):
        lawyers = [Free(key, random.randrange(0, 13) / 2, random.choice([0, 2, 6])) for key in range(1, 5)]
        waiting = [
            Waiting(
                case,
                random.choice([0.5, 1.0, 1.5]),
                {lawyer.key: random.randrange(0, 1001) for lawyer in lawyers if random.random() < 0.7},
            )
            for case in range(random.randrange(1, 6))
        ]
        balance = random.choice([0, 50, 400])
        found = allocate(waiting, lawyers, balance)
        assert (len(found.chosen), found.score - found.cost) == best_by_trying(waiting, lawyers, balance)
        assert set(found.unserved) == {c.key for c in waiting} - set(found.chosen)


def test_nobody_is_given_more_than_he_may_carry_or_what_bars_him():
    waiting = [Waiting(1, 1.5, {1: 900}), Waiting(2, 1.0, {1: 100, 2: 50}), Waiting(3, 1.0, {})]
    found = allocate(waiting, [Free(1, 5.0, 6), Free(2, 0, 6)])
    assert found.chosen == {2: 1}
    assert found.unserved == (1, 3)


def test_work_spreads_when_the_scores_are_near():
    lawyers = [Free(1, 0, 6), Free(2, 0, 6)]
    waiting = [Waiting(case, 1, {1: 800, 2: 780}) for case in (1, 2)]
    assert sorted(allocate(waiting, lawyers).chosen.values()) == [1, 2]
    assert list(allocate(waiting, lawyers, balance=0).chosen.values()) == [1, 1]


def test_nothing_to_do_is_nothing():
    assert allocate([], [Free(1, 0, 6)]).chosen == {}
