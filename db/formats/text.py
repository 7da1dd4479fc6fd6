"""Folding text, so that what is typed finds what is written."""

import re
import unicodedata
from collections.abc import Sequence

from db.formats.storable import cleaned

_DROPPED = dict.fromkeys(map(ord, " \t\r\n·・-—_()（）[]【】〔〕《》“”\"'，,。.、"))

_UNSEEN = {"Cc", "Cf", "Cs"}  # control signs, marks of width nothing, halves of a sign


def fold(text: str) -> str:
    """Return ``text`` with full width made half, case, blanks, brackets, light punctuation and what no record holds gone."""
    return unicodedata.normalize("NFKC", cleaned(text)).casefold().translate(_DROPPED)


def one_line(text: str) -> str:
    """Return what was typed or pasted as one trimmed line, without the signs that nobody can see."""
    seen = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return re.sub(" +", " ", "".join(seen)).strip()


def narrow(text: str) -> str:
    """Return ``text`` with full-width letters, digits and blanks made half-width, and trimmed."""
    return "".join(_narrow(c) for c in text).strip()


def is_time(text: str) -> bool:
    """Say whether a text is a time of day, 9:05 or 14:30."""
    hours, colon, minutes = text.partition(":")
    in_range = colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2  # noqa: PLR2004
    return bool(in_range) and int(hours) < 24 and int(minutes) < 60  # noqa: PLR2004


def _narrow(char: str) -> str:
    if char == "\u3000":
        return " "
    if "\uff10" <= char <= "\uff19" or "\uff21" <= char <= "\uff3a" or "\uff41" <= char <= "\uff5a":
        return chr(ord(char) - 0xFEE0)
    return char


def together(names: Sequence[str], most: int = 3) -> str:
    """Return names as running text gives them: all of a few, of many the first: 周建国等30人."""
    return "、".join(names) if len(names) <= most else f"{names[0]}等{len(names)}人"


_BIDI = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def in_order(text: str) -> str:
    """Return a text without the marks that make what follows them run from right to left, or lie about its order.

    They come with what is pasted, nobody sees them, and U+202E turns round the rest of a line (Unicode UAX 9).
    """
    return text.translate(_BIDI)
