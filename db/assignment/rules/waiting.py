"""Cases that wait and lawyers who are free, as the batch sees them: weights in whole units, hearings that meet."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.law.hearing_times import Sitting, clash

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


def units(weight: float) -> int:
    """Return a weight in whole units."""
    return round(weight * UNITS)


def may_take(case: Waiting, lawyer: Free) -> bool:
    """Say whether a lawyer may take a case: nothing bars him, and its weight fits his cap."""
    return lawyer.key in case.scores and units(case.weight) <= lawyer.room


def meet(one: Waiting, other: Waiting) -> bool:
    """Say whether nobody can take both cases, since hearings of theirs meet."""
    return any(clash(a, b) for a in one.sittings for b in other.sittings)


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
