"""Assigning one lead lawyer to each of many waiting cases at once: the best total, proven, under bars, caps and hearings.

A case is given to one lawyer at most, the weights of a lawyer's cases stay within his free capacity, two cases whose
hearings meet never go to the same one, and each further case of a lawyer costs more than the one before, so that work
spreads. More cases served always beats a higher score. The same data give the same answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import UserError
from db.rules.hearing_times import Sitting, clash

BALANCE = 50  # tenths of a point that each further case of one lawyer costs more than the one before
UNITS = 1000  # in a case's weight of 1: whole numbers, so that sums are exact

GoOn = Callable[[], bool]
"""Asked now and then whether to go on."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting case: its weight, the score in tenths of each lawyer who may take it, its hearings still to come."""

    key: int
    weight: float
    scores: Mapping[int, int]
    sittings: tuple[Sitting, ...] = ()


@dataclass(frozen=True, slots=True)
class Free:
    """A lawyer: the weight he carries, and his cap."""

    key: int
    load: float
    capacity: int

    @property
    def room(self) -> int:
        """What he may still take, in units."""
        return max(0, units(self.capacity) - units(self.load))


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which lawyer takes which case; ``unserved`` are cases that nobody may take, ``score`` the sum in tenths.

    ``cost`` is the balance that was paid for giving a lawyer more than one.
    """

    chosen: Mapping[int, int]
    unserved: tuple[int, ...]
    score: int
    cost: int


class Cancelled(UserError):
    """The clerk called it off."""


def units(weight: float) -> int:
    """Return a weight in whole units."""
    return round(weight * UNITS)


def may_take(case: Waiting, lawyer: Free) -> bool:
    """Say whether a lawyer may take a case: nothing bars him, and its weight fits his cap."""
    return lawyer.key in case.scores and units(case.weight) <= lawyer.room


def meet(one: Waiting, other: Waiting) -> bool:
    """Say whether nobody can take both cases, since hearings of theirs meet."""
    return any(clash(a, b) for a in one.sittings for b in other.sittings)


def allocate(
    waiting: Sequence[Waiting], lawyers: Sequence[Free], balance: int = BALANCE, go_on: GoOn | None = None
) -> Allocation:
    """Return the best allocation: most cases served, then the highest score less the cost of imbalance.

    Raises ``Cancelled`` when ``go_on`` says so.
    """
    from db.rules.programme import Programme, Stopped  # noqa: PLC0415 - with NumPy a quarter of a second; only a batch

    if not any(may_take(case, lawyer) for case in waiting for lawyer in lawyers):
        return judged(waiting, {}, balance)
    try:
        pairs = Programme(waiting, lawyers, balance, go_on).best()
    except Stopped:
        raise Cancelled("已取消批量分派，没有写入任何内容。") from None
    return judged(waiting, {waiting[row].key: lawyers[at].key for row, at in pairs}, balance)


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


def cliques(waiting: Sequence[Waiting]) -> Iterator[tuple[int, ...]]:
    """Yield the groups of cases of which nobody can take two: hearings that begin within an hour of one another."""
    by_day: defaultdict[date, list[tuple[Sitting, int]]] = defaultdict(list)
    for row, case in enumerate(waiting):
        for sitting in case.sittings:
            if sitting.minute is not None:
                by_day[sitting.on].append((sitting, row))
    seen: set[tuple[int, ...]] = set()
    for held in by_day.values():
        for first, _ in held:
            later = {row for s, row in held if clash(first, s) and (s.minute or 0) >= (first.minute or 0)}
            group = tuple(sorted(later))
            if len(group) > 1 and group not in seen:
                seen.add(group)
                yield group
