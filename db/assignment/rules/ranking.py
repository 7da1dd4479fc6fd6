"""How well a lawyer fits a case: five factors, each a score with one plain sentence, and a total made by hand's sum.

Policy of the office, not law; the weights are settings. The same data give the same order, on every machine:
scores are whole numbers, points are tenths, and ties go to the longest wait, then to pinyin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from db.office.rules.settings import Settings

UNRATED = 4.0  # what a lawyer without ratings is taken for, out of 5
LONG_WAIT = 180  # days without an assignment after which waiting counts no more
FULL_EXPERIENCE = 4  # cases for the agency in three years that make the score full


class FactorKind(StrEnum):
    """What is weighed; the values are the words on the screen."""

    MATCH = "专业匹配"
    LOAD = "当前负荷"
    EXPERIENCE = "本单位经验"
    TURN = "公平轮候"
    RATING = "评价"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each factor counts; only their proportion matters, and 0 leaves a factor out."""

    match: int = 35
    load: int = 20
    experience: int = 20
    turn: int = 15
    rating: int = 10

    def of(self, kind: FactorKind) -> int:
        """Return the weight of one factor."""
        return int(getattr(self, kind.name.lower()))

    @property
    def total(self) -> int:
        """The sum of all weights."""
        return sum(self.of(kind) for kind in FactorKind)


def weights_of(settings: Settings) -> Weights:
    """Return how much each factor counts for this office."""
    return Weights(
        settings.weight_match,
        settings.weight_load,
        settings.weight_experience,
        settings.weight_turn,
        settings.weight_rating,
    )


@dataclass(frozen=True, slots=True)
class Merits:
    """What speaks for one lawyer in one case.

    ``main`` and ``others`` are his specialities; ``words`` those of them that the case matches. ``load`` is the
    weighted number of running cases. ``served`` and ``won`` count his cases for this agency in three years.
    ``year`` and ``year_max`` are his and the pool's highest number of assignments this year; ``last_on`` is the
    day of his last one.
    """

    name_order: str
    main: str = ""
    matched: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    load: float = 0
    capacity: int = 6
    served: int = 0
    won: int = 0
    year: int = 0
    year_max: int = 0
    last_on: date | None = None
    rating: float | None = None
    ratings: int = 0


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor at work: score 0 to 100, its points in tenths out of 1000, and why in a sentence with figures."""

    kind: FactorKind
    score: int
    weight: int
    tenths: int
    sentence: str

    @property
    def points(self) -> str:
        """The points as printed."""
        return f"{self.tenths / 10:.1f}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The factors of one lawyer and their sum."""

    factors: tuple[Factor, ...]

    @property
    def tenths(self) -> int:
        """The total in tenths: the sum of the printed points."""
        return sum(factor.tenths for factor in self.factors)

    @property
    def total(self) -> str:
        """The total as printed, out of 100."""
        return f"{self.tenths / 10:.1f}"


def rank(merits: Merits, weights: Weights, today: date) -> Ranking:
    """Return the factors that count, in their order; a weight of 0 leaves its factor and sentence out."""
    scored = {
        FactorKind.MATCH: _match(merits),
        FactorKind.LOAD: _load(merits),
        FactorKind.EXPERIENCE: _experience(merits),
        FactorKind.TURN: _turn(merits, today),
        FactorKind.RATING: _rating(merits),
    }
    shares, total = _shares(weights)
    return Ranking(
        tuple(
            Factor(kind, score, weight, _tenths(score, weight, total), sentence)
            for kind, weight in shares
            for score, sentence in (scored[kind],)
        )
    )


def order_key(merits: Merits, ranking: Ranking) -> tuple[int, date, str]:
    """Return what candidates are ordered by: the highest total, then the longest wait, then pinyin."""
    return (-ranking.tenths, merits.last_on or date.min, merits.name_order)


def case_weight(*, is_difficult: bool, difficult_weight: float, is_enforcement: bool) -> float:
    """Return how much a case weighs in a lawyer's load; a non-litigation enforcement weighs half."""
    if is_difficult:
        return difficult_weight
    return 0.5 if is_enforcement else 1.0


def waiting_words(last_on: date | None, today: date) -> str:
    """Say how long a lawyer has waited for an assignment."""
    return "尚未分派过" if last_on is None else f"距上次分派 {max(0, (today - last_on).days)} 天"


@lru_cache(maxsize=64)
def _shares(weights: Weights) -> tuple[tuple[tuple[FactorKind, int], ...], int]:
    """Return the factors that count with their weights, and the sum; a batch asks for each pair of case and lawyer."""
    return tuple((kind, weights.of(kind)) for kind in FactorKind if weights.of(kind) > 0), weights.total


def _tenths(score: int, weight: int, total: int) -> int:
    """Return ``score * weight / total`` in tenths, halves rounded up, so that hand and machine agree."""
    return (2 * score * weight * 10 + total) // (2 * total)


def _match(m: Merits) -> tuple[int, str]:
    if m.main and m.main in m.matched:
        return 100, f"主要领域“{m.main}”与本案相符"
    if m.matched:
        return 80, f"专业领域“{'、'.join(m.matched)}”与本案相符"
    if m.related:
        return 50, f"专业领域“{'、'.join(m.related)}”与本案相近"
    return 0, "专业领域与本案没有直接对应"


def _load(m: Merits) -> tuple[int, str]:
    free = max(0.0, 1 - m.load / m.capacity) if m.capacity > 0 else 0.0
    return round(100 * free), f"在办加权 {m.load:g} 件，上限 {m.capacity} 件"


def _experience(m: Merits) -> tuple[int, str]:
    if not m.served:
        return 0, "近三年没有代理过本单位"
    score = min(100, round(100 * m.served / FULL_EXPERIENCE))
    return score, f"近三年代理本单位 {m.served} 件，其中未败诉 {m.won} 件"


def _turn(m: Merits, today: date) -> tuple[int, str]:
    fewer = 100 if m.year_max == 0 else round(100 * (1 - m.year / m.year_max))
    waited = LONG_WAIT if m.last_on is None else min(LONG_WAIT, max(0, (today - m.last_on).days))
    score = (fewer + round(100 * waited / LONG_WAIT)) // 2
    return score, f"本年分派 {m.year} 件（库内最多 {m.year_max} 件），{waiting_words(m.last_on, today)}"


def _rating(m: Merits) -> tuple[int, str]:
    if m.rating is None or not m.ratings:
        return round(UNRATED * 20), f"尚无评价，按 {UNRATED:g} 分计"
    return round(m.rating * 20), f"单位评价 {m.rating:.1f} 分（{m.ratings} 次）"


def next_in_turn(pool: Sequence[Merits]) -> list[Merits]:
    """Return the pool by whose turn it is: fewest assignments this year, then the longest wait, then pinyin."""
    return sorted(pool, key=lambda m: (m.year, m.last_on or date.min, m.name_order))
