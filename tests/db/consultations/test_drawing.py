"""A draw by lot: the same everywhere for the same seed, fair to everybody, and checkable by anyone."""

from collections import Counter
from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.consultations.rules.drawing import draw, repeats

POOL = tuple(range(101, 112))  # eleven people: 2**64 is not divisible by eleven
SEEDS = [f"种子-{n}" for n in range(10_000)]

# Chi-square that one fair lot in a thousand exceeds, by degrees of freedom. The seeds are fixed, so nothing is left
# to chance here: the bounds say how even the counts of these seeds have to be.
BOUND = {10: 29.588, 54: 90.573}


def by_hand(seed, pool, wanted):
    """The same draw, written down once more after its description alone."""
    left, counter, drawn = sorted(set(pool)), 0, []
    while left and len(drawn) < wanted:
        number = int(sha256(f"{seed}:{counter}".encode()).hexdigest()[:16], 16)
        counter += 1
        if number < 2**64 // len(left) * len(left):
            place = number % len(left)
            drawn.append(left[place])
            left[place] = left[0]
            left = left[1:]
    return tuple(drawn)


def uneven(counts, keys, expected):
    """Return the chi-square of counts against the same number for everybody."""
    return sum((counts[key] - expected) ** 2 / expected for key in keys)


@pytest.mark.parametrize(
    ("seed", "pool", "wanted", "drawn"),
    [
        ("20261119-3", POOL, 5, (109, 102, 111, 108, 107)),
        ("种子 一", (7, 3, 900000001, 42), 4, (7, 42, 3, 900000001)),
        ("", tuple(range(1, 31)), 3, (24, 28, 11)),
        ("20260101-1", tuple(range(1, 65)), 12, (5, 23, 46, 43, 27, 12, 34, 3, 63, 54, 33, 51)),
    ],
)
def test_another_machine_and_python_must_draw_these(seed, pool, wanted, drawn):
    assert draw(seed, pool, wanted) == drawn
    assert by_hand(seed, pool, wanted) == drawn
    assert repeats(seed, pool[::-1], wanted, drawn)
    assert not repeats(seed, pool, wanted, drawn[::-1])
    assert not repeats(f"{seed} ", pool, wanted, drawn)


@given(st.text(max_size=20), st.sets(st.integers(1, 2**40), max_size=40), st.integers(0, 45))
def test_the_draw_is_what_its_description_says_whatever_the_order_of_the_pool(seed, pool, wanted):
    drawn = draw(seed, sorted(pool, reverse=True), wanted)
    assert drawn == by_hand(seed, pool, wanted)
    assert len(drawn) == len(set(drawn)) == min(wanted, len(pool))
    assert set(drawn) <= pool


def test_over_ten_thousand_seeds_everybody_is_drawn_equally_often():
    lots = [draw(seed, POOL, 3) for seed in SEEDS]
    drawn = Counter(key for lot in lots for key in lot)
    # three of eleven without putting back: the counts spread less than independent ones by (11 - 3) / (11 - 1)
    assert uneven(drawn, POOL, len(SEEDS) * 3 / 11) / (8 / 10) < BOUND[10]
    for place in range(3):  # and nobody is drawn first, second or third more often than others
        assert uneven(Counter(lot[place] for lot in lots), POOL, len(SEEDS) / 11) < BOUND[10]


def test_over_ten_thousand_seeds_every_pair_meets_equally_often():
    pairs = Counter(tuple(sorted(draw(seed, POOL, 2))) for seed in SEEDS)
    assert uneven(pairs, list(combinations(POOL, 2)), len(SEEDS) / 55) < BOUND[54]


def test_the_test_of_evenness_would_see_a_lot_that_favours_somebody():
    lots = [draw(seed, POOL, 3) for seed in SEEDS]
    drawn = Counter(key for lot in lots for key in lot)
    drawn[101] += 350  # of 2,727
    assert uneven(drawn, POOL, len(SEEDS) * 3 / 11) / (8 / 10) > BOUND[10]
