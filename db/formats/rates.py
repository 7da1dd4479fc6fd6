"""How a share of a whole is written: 98.3%, to a tenth of a hundredth."""

LEAST, MOST = 0.001, 0.999
"""What is written of a share that is more than nothing, and of one that is less than the whole."""


def written_share(part: float, whole: float) -> float:
    """Return the share that is written: a whole that lacks one of 2000 is no 100.0%, and one of 5000 is not nothing."""
    found = part / whole
    return min(max(found, LEAST), MOST) if 0 < found < 1 else found


def percent(share: float) -> str:
    """Return a share from 0 to 1 as papers and screens write it; see ``written_share``."""
    return f"{written_share(share, 1):.1%}"
