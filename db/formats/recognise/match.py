"""How sure it is that two names mean the same."""

from enum import IntEnum


class Match(IntEnum):
    """Not the same, perhaps the same (ask or warn), the same (act)."""

    NO = 0
    LIKELY = 1
    CERTAIN = 2


def best(*found: Match) -> Match:
    """Return the surest of several comparisons; ``NO`` without any."""
    return max(found, default=Match.NO)
