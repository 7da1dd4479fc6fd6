"""Assigning one lead lawyer to each of many waiting cases at once: the best total, proven, under bars, caps and hearings.

A case is given to one lawyer at most, the weights of a lawyer's cases stay within his free capacity, two cases whose
hearings meet never go to the same one, and each further case of a lawyer costs more than the one before, so that work
spreads. More cases served always beats a higher score. The same data give the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.assignment.rules.waiting import Free, GoOn, Waiting, may_take
from db.errors import UserError

BALANCE = 50  # tenths of a point that each further case of one lawyer costs more than the one before


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


def allocate(
    waiting: Sequence[Waiting], lawyers: Sequence[Free], balance: int = BALANCE, go_on: GoOn | None = None
) -> Allocation:
    """Return the best allocation: most cases served, then the highest score less the cost of imbalance.

    Raises ``Cancelled`` when ``go_on`` says so.
    """
    from db.assignment.rules.programme import Programme, Stopped  # noqa: PLC0415 - with NumPy a quarter of a second; only a batch

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
