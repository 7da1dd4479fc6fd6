"""Assigning one lead lawyer to each of many waiting cases at once: the best total, proven, under bars and caps.

The problem is an assignment of cases to places: a lawyer has as many places as his free capacity, in cases, and
each further place costs more than the one before, so that work spreads. SciPy's ``linear_sum_assignment``
(a shortest augmenting path method) solves it exactly. More cases served always beats a higher score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

BALANCE = 50  # tenths of a point that each further case of one lawyer costs more than the one before
BARRED = -1  # a score that no lawyer has who may take the case
UNSERVED = 10_000_000  # dearer than any loss of score


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting case: its weight, and the score in tenths of each lawyer who may take it."""

    key: int
    weight: float
    scores: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Free:
    """A lawyer: the weight he carries, and his cap."""

    key: int
    load: float
    capacity: int

    @property
    def places(self) -> int:
        """How many further cases he may take."""
        return max(0, floor(self.capacity - self.load))


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which lawyer takes which case; ``unserved`` are cases that nobody may take, ``score`` the sum in tenths.

    ``cost`` is the balance that was paid for giving a lawyer more than one.
    """

    chosen: Mapping[int, int]
    unserved: tuple[int, ...]
    score: int
    cost: int


def allocate(waiting: Sequence[Waiting], lawyers: Sequence[Free], balance: int = BALANCE) -> Allocation:
    """Return the best allocation: most cases served, then the highest score less the cost of imbalance."""
    import numpy as np  # noqa: PLC0415 - with SciPy half a second, and only a batch needs them
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    if not waiting:
        return Allocation({}, (), 0, 0)
    places = [
        (at, nth) for at, lawyer in enumerate(lawyers) for nth in range(min(lawyer.places, len(waiting)))
    ]
    scores = np.full((len(waiting), len(lawyers)), BARRED, dtype=np.int64)
    for row, case in enumerate(waiting):
        for at, lawyer in enumerate(lawyers):
            if may_take(case, lawyer):
                scores[row, at] = case.scores[lawyer.key]
    costs = np.full((len(waiting), len(places) + len(waiting)), UNSERVED * 10, dtype=np.int64)
    if places:
        whose, nths = (np.array(part) for part in zip(*places, strict=True))
        taken = scores[:, whose]
        costs[:, : len(places)] = np.where(taken == BARRED, UNSERVED * 10, nths * balance - taken)
    diagonal = np.arange(len(waiting))
    costs[diagonal, len(places) + diagonal] = UNSERVED
    rows, columns = linear_sum_assignment(costs)
    chosen = {
        waiting[row].key: lawyers[places[column][0]].key
        for row, column in zip(rows, columns, strict=True)
        if column < len(places) and costs[row, column] < UNSERVED
    }
    return judged(waiting, chosen, balance)


def may_take(case: Waiting, lawyer: Free) -> bool:
    """Say whether a lawyer may take a case: nothing bars him, and its weight fits his cap."""
    return lawyer.key in case.scores and lawyer.load + case.weight <= lawyer.capacity


def judged(waiting: Sequence[Waiting], chosen: Mapping[int, int], balance: int = BALANCE) -> Allocation:
    """Return an allocation with its score and cost, from who takes what."""
    times: dict[int, int] = {}
    score = cost = 0
    for case in waiting:
        if (key := chosen.get(case.key)) is not None:
            cost += times.get(key, 0) * balance
            times[key] = times.get(key, 0) + 1
            score += case.scores[key]
    unserved = tuple(case.key for case in waiting if case.key not in chosen)
    return Allocation(dict(chosen), unserved, score, cost)
