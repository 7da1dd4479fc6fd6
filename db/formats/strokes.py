"""Ordering names by strokes (按笔画排序), character by character.

The order is that of CLDR's stroke collation: number of strokes, then radical; characters of equal strokes may
stand otherwise than by 横竖撇点折. A character that is not listed comes last.
"""

from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).parents[2] / "resources" / "data" / "strokes.txt"


def stroke_key(name: str) -> tuple[int, ...]:
    """Return a key that orders names by the strokes of their characters."""
    places = _places()
    return tuple(places.get(sign, len(places) + ord(sign)) for sign in name)


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {sign: at for at, sign in enumerate(LIST.read_text(encoding="utf-8").strip())}
