"""The five factors: each says why, the total is the sum by hand, and the order never depends on chance."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.assignment.rules.ranking import FactorKind, Merits, Weights, next_in_turn, order_key, rank

TODAY = date(2026, 11, 24)
GOOD = Merits(
    "wang xiao tang",
    main="违建拆除",
    matched=("违建拆除",),
    load=1.5,
    capacity=6,
    served=2,
    won=2,
    year=3,
    year_max=6,
    last_on=TODAY - timedelta(days=90),
    rating=4.5,
    ratings=4,
)


def test_a_total_can_be_added_up_by_hand():
    ranking = rank(GOOD, Weights(), TODAY)
    assert [(f.kind.value, f.score, f.points) for f in ranking.factors] == [
        ("专业匹配", 100, "35.0"),
        ("当前负荷", 75, "15.0"),
        ("本单位经验", 50, "10.0"),
        ("公平轮候", 50, "7.5"),
        ("评价", 90, "9.0"),
    ]
    assert ranking.total == "76.5"


def test_each_factor_speaks_one_sentence_with_its_figures():
    assert [f.sentence for f in rank(GOOD, Weights(), TODAY).factors] == [
        "主要领域“违建拆除”与本案相符",
        "在办加权 1.5 件，上限 6 件",
        "近三年代理本单位 2 件，其中未败诉 2 件",
        "本年分派 3 件（库内最多 6 件），距上次分派 90 天",
        "单位评价 4.5 分（4 次）",
    ]


@pytest.mark.parametrize("kind", list(FactorKind))
def test_a_weight_of_nothing_leaves_the_factor_and_its_sentence_out(kind):
    weights = Weights(**{kind.name.lower(): 0})
    assert kind not in {f.kind for f in rank(GOOD, weights, TODAY).factors}


merits = st.builds(
    Merits,
    name_order=st.text("abc", min_size=1, max_size=4),
    main=st.sampled_from(["", "甲", "乙"]),
    matched=st.sampled_from([(), ("甲",), ("乙", "甲")]),
    related=st.sampled_from([(), ("丙",)]),
    load=st.integers(0, 20).map(lambda n: n / 2),
    capacity=st.integers(0, 9),
    served=st.integers(0, 9),
    won=st.integers(0, 9),
    year=st.integers(0, 12),
    year_max=st.just(12),
    last_on=st.none() | st.dates(date(2024, 1, 1), TODAY),
    rating=st.none() | st.integers(10, 50).map(lambda n: n / 10),
    ratings=st.integers(0, 9),
)
weights = st.builds(Weights, *(st.integers(0, 60) for _ in FactorKind)).filter(lambda w: w.total)


@given(st.lists(merits, min_size=1, max_size=12), weights)
def test_the_printed_total_is_the_sum_of_the_printed_points_and_near_the_exact_one(pool, given_weights):
    for one in pool:
        ranking = rank(one, given_weights, TODAY)
        assert round(sum(float(f.points) for f in ranking.factors), 1) == float(ranking.total)
        exact = sum(Fraction(f.score * f.weight, given_weights.total) for f in ranking.factors)
        assert abs(Fraction(ranking.tenths, 10) - exact) <= Fraction(len(ranking.factors), 20)
        assert 0 <= ranking.tenths <= 1000 + 2


def test_a_thousand_random_pools_add_up_and_keep_their_order():
    random = Random(20261124)
    for _ in range(1000):
        pool = [
            Merits(
                f"{random.randrange(900):03d}",
                main="甲",
                matched=random.choice([(), ("甲",), ("乙",)]),
                load=random.randrange(12) / 2,
                served=random.randrange(6),
                year=random.randrange(9),
                year_max=8,
                last_on=random.choice([None, TODAY - timedelta(days=random.randrange(300))]),
                rating=random.choice([None, random.randrange(20, 51) / 10]),
                ratings=random.randrange(5),
            )
            for _ in range(15)
        ]
        ranked = sorted(pool, key=lambda m: order_key(m, rank(m, Weights(), TODAY)))
        random.shuffle(pool)
        again = sorted(pool, key=lambda m: order_key(m, rank(m, Weights(), TODAY)))
        assert [m.name_order for m in ranked] == [m.name_order for m in again]
        for one in ranked:
            by_hand = sum((f.score * f.weight * 20 + 100) // 200 for f in rank(one, Weights(), TODAY).factors)
            assert by_hand == rank(one, Weights(), TODAY).tenths


def test_ties_go_to_the_longest_wait_then_to_pinyin():
    waits = [None, TODAY - timedelta(days=400), TODAY - timedelta(days=300)]
    pool = [Merits(name, last_on=day) for name, day in zip("cab", waits, strict=True)]
    ranked = sorted(pool, key=lambda m: order_key(m, rank(m, Weights(), TODAY)))
    assert [m.name_order for m in ranked] == ["c", "a", "b"]
    alike = [Merits("b"), Merits("a")]
    assert [m.name_order for m in sorted(alike, key=lambda m: order_key(m, rank(m, Weights(), TODAY)))] == [
        "a",
        "b",
    ]


def test_who_is_next_has_had_the_fewest():
    pool = [Merits("a", year=2), Merits("b", year=1, last_on=TODAY), Merits("c", year=1)]
    assert [m.name_order for m in next_in_turn(pool)] == ["c", "b", "a"]
