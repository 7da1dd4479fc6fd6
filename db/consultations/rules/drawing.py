"""Drawing members by lot (抽取): fair, and the same on every machine and Python version for the same seed.

``random`` promises neither across versions, so the numbers come from SHA-256 of the seed and a counter, and the
shuffle is the one of Fisher and Yates. Whoever has the seed and the pool can repeat a draw with any SHA-256.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

WIDTH = 1 << 64


def draw(seed: str, pool: Sequence[int], wanted: int) -> tuple[int, ...]:
    """Return ``wanted`` of the ids in ``pool`` (all, if there are fewer), in the order drawn.

    The order and repetitions of ``pool`` do not matter: it is sorted first.
    """
    left, numbers = sorted(set(pool)), _numbers(seed)
    for place in range(min(wanted, len(left))):
        other = place + _below(len(left) - place, numbers)
        left[place], left[other] = left[other], left[place]
    return tuple(left[: max(0, wanted)])


def repeats(seed: str, pool: Sequence[int], wanted: int, drawn: Sequence[int]) -> bool:
    """Say whether a draw that is on record comes out the same when it is repeated."""
    return draw(seed, pool, wanted) == tuple(drawn)


def _numbers(seed: str) -> Iterator[int]:
    """Yield numbers of 64 bits: the first eight bytes of SHA-256 over 种子:序号, counting up from 0."""
    counter = 0
    while True:
        yield int.from_bytes(sha256(f"{seed}:{counter}".encode()).digest()[:8], "big")
        counter += 1


def _below(bound: int, numbers: Iterator[int]) -> int:
    """Return a number from 0 to ``bound`` - 1, each equally often: what would favour the small ones is thrown away."""
    limit = WIDTH - WIDTH % bound
    return next(n for n in numbers if n < limit) % bound
