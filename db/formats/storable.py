"""What a field can hold, the same on either engine: how long a text is, which signs, which numbers and years.

A server refuses what SQLite would take (a text longer than its column, NUL, half a sign, a number of more than 32
bits) with an error that no clerk can read; so it is said here first, at the field.
"""

import re
from datetime import date

LINE = 200  # characters in a field of one line, where the record says nothing else
TEXT = 200_000  # in a field of several: a long judgment has 50,000
LONGEST_NUMBER = 2**31 - 1  # what an INTEGER of PostgreSQL holds
_DIGITS = 9  # of a number that surely fits

FIRST_YEAR, LAST_YEAR = 1949, 2100
"""Years of every date: nobody and nothing that an office records today began before the People's Republic did (the
oldest dates are first licences and party membership), and no term ends after 2100; beyond lie slips of the keyboard.
"""

_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""NUL, which PostgreSQL refuses; halves of a sign, which no file can hold; signs that Word and Excel files may not
have (XML 1.0, 2.2). The breaks of line and page that Word leaves in a pasted text stay."""


def text_trouble(text: str, longest: int = TEXT) -> str:
    """Say why a text cannot be kept; nothing if it can."""
    if match := _UNSTORABLE.search(text):
        around = _UNSTORABLE.sub("", text[max(0, match.start() - 6) : match.start()])
        where = f"在“{around}”之后" if around else "在开头"
        return (
            f"第 {match.start() + 1} 个字是看不见的控制符或残缺的字，不能保存（{where}）。请删去或重新输入。"
        )
    if len(text) > longest:
        return f"最多 {longest:,} 个字，现有 {len(text):,} 个字。请缩短后再保存。"
    return ""


def cleaned(text: str) -> str:
    """Return a text that is only looked for, without the signs that nothing on record can have."""
    return _UNSTORABLE.sub("", text)


def year_trouble(day: date) -> str:
    """Say that a date's year must be a slip; nothing if it may be meant."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    return f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，现为 {day}。请核对年份。"


def whole_number(text: str) -> int | None:
    """Return a whole number of up to nine digits; ``None`` for anything else, however many digits it has."""
    digits = text.lstrip("0") or text[:1]
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else None
