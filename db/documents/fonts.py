"""The font that tables are set in: the one shipped with us, so that a paper looks alike on every PC."""

from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "resources" / "fonts"
FAMILY = "Advisor Serif SC"
MISSING = "〓"  # the customary mark for a character that could not be set


def unprintable(text: str) -> str:
    """Return the characters of ``text`` that the shipped fonts have no glyph for, in order, each once."""
    known = _covered()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and needed only when something is printed

    with TTFont(SHIPPED / "AdvisorSerifSC-Regular.otf", lazy=True) as font:
        return frozenset(font.getBestCmap())
