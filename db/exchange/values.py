"""Understanding what clerks type into cells: dates, ranges of dates, lists, numbers that Excel has spoilt."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from db.exchange.grid import Raw
from db.rules.text import narrow

BLANKS = {"", "无", "-", "—", "——", "/", "／", "暂无", "空"}
EXCEL_DAY_0 = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119: numbers in a date column that can only be Excel's days
LOST_DIGITS = 10**15  # from here on Excel keeps no more than the first 15 digits

_DATE = re.compile(r"(\d{4})[年./\-](\d{1,2})[月./\-](\d{1,2})[日号]?")
_MONTH = re.compile(r"(\d{4})[年./\-](\d{1,2})月?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_AFTER_DAY = re.compile(
    r"[\sT]*(?:[(]?(?:星期|周)[一二三四五六日天][)]?|\s\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|T[\d:.]+)\s*\Z"
)
"""What cells show after a day: its weekday, or a time, mostly 0:00."""
_RANGE = re.compile(r"\s*(?:至|到|—|–|－|~|～|--|-(?=\s*\d{4}[年./]))\s*")


def text_of(raw: Raw) -> str:
    """Return a cell as text: folded to half width, blanks such as 无 or — as nothing, no line breaks at its ends."""
    if raw is None:
        return ""
    if isinstance(raw, float):
        raw = int(raw) if raw.is_integer() else raw
    text = narrow(str(raw)).strip()
    return "" if text in BLANKS else text


def name_of(raw: Raw) -> str:
    """Return a name without the blanks that clerks align two-character names with: 张　三 as 张三."""
    text = text_of(raw)
    return re.sub(r"\s+", "", text) if not text.isascii() else text


def spoilt(raw: Raw) -> bool:
    """Say whether a long number was kept by Excel as a number, so that its last digits are lost."""
    return isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= LOST_DIGITS


def date_of(raw: Raw, *, end: bool = False) -> date | None:
    """Return the date a cell means, ``None`` if it is blank; a month alone is its first day, or last at an ``end``.

    Raises ``ValueError`` when it is not understood.
    """
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool) and int(raw) in SERIALS:
        return EXCEL_DAY_0 + timedelta(days=int(raw))
    text = day_text(text_of(raw))
    if not text:
        return None
    if _SERIAL.fullmatch(text) and int(text) in SERIALS:  # a date cell that lost its format on the way
        return EXCEL_DAY_0 + timedelta(days=int(text))
    if match := _DATE.fullmatch(text) or _DIGITS.fullmatch(text):
        year, month, day = map(int, match.groups())
        return date(year, month, day)
    if match := _MONTH.fullmatch(text):
        year, month = map(int, match.groups())
        return date(year, month, monthrange(year, month)[1] if end else 1)
    raise ValueError(text)


def day_text(text: str) -> str:
    """Return what is written of a day in half width, with points for 。 and 、, without blanks, weekday and time."""
    text = unicodedata.normalize("NFKC", text).translate({ord("。"): ".", ord("、"): "."})
    return re.sub(r"\s", "", _AFTER_DAY.sub("", text))


def range_of(raw: Raw) -> tuple[date | None, date | None]:
    """Return both ends of a term written in one cell: 2025年6月1日至2027年5月31日, 2025.6-2027.5.

    Raises ``ValueError`` when it is not understood.
    """
    text = text_of(raw)
    if not text:
        return None, None
    parts = _RANGE.split(text)
    if len(parts) != 2:  # noqa: PLR2004 - from and to
        raise ValueError(text)
    return date_of(parts[0]), date_of(parts[1], end=True)


def list_of(raw: Raw) -> tuple[str, ...]:
    """Return the items of a cell such as 土地征收、信访；行政协议."""
    return tuple(
        dict.fromkeys(item.strip() for item in re.split(r"[、，,；;/\n|]", text_of(raw)) if item.strip())
    )


def sex_of(raw: Raw) -> str:
    """Return 男, 女 or nothing."""
    text = text_of(raw).removesuffix("性")
    return text if text in {"男", "女"} else ""
