"""Understanding what clerks type into cells: dates, ranges of dates, lists, numbers that Excel has spoilt."""

import math
import re
import unicodedata
from datetime import date, timedelta

from db.exchange.grid import Raw
from db.formats import written_dates
from db.formats.text import narrow

BLANKS = {"", "无", "-", "—", "——", "/", "／", "暂无", "空"}
_STAND_IN = re.compile(
    r"已?(?:脱敏|隐[去藏]|屏蔽|打码)|[保涉]密|不(?:便)?公开|从?略|不详|未(?:知|填|提供)|待(?:补充?|定|核实?|查)|[暂空]?缺"
    r"|详?见附件|N/?A|NULL|NONE|NAN|\?+|-{2}|\.{3}",
    re.IGNORECASE,
)
"""What clerks write where a value is kept back or not known: such a cell says nothing."""
DITTO = frozenset({"同上", "同前", "上同", "〃", "″", "〞", "”", "“", '"', "''", "′′"})
EXCEL_DAY_0 = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119: numbers in a date column that can only be Excel's days
LOST_DIGITS = 10**15  # from here on Excel keeps no more than the first 15 digits

_AROUND = "()[]{}<>《》【】〈〉「」 "
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_LOST_ZERO = re.compile(r"\d{4}\.1")
_SERIAL = re.compile(r"\d{5}")


class LostZero(ValueError):
    """A month that Excel kept as a number: 2025.1 may have been typed as 2025.10."""


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


def stands_in(text: str) -> bool:
    """Say whether a text stands in the place of a value: 已脱敏, （保密）, 待补, N/A."""
    return bool(_STAND_IN.fullmatch(unicodedata.normalize("NFKC", text).strip(_AROUND)))


def spoilt(raw: Raw) -> bool:
    """Say whether a long number was kept by Excel as a number, so that its last digits are lost: also 1.3857E+10."""
    if isinstance(raw, str):
        return bool(_SCIENTIFIC.fullmatch(raw.strip()))
    return isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= LOST_DIGITS


def date_of(raw: Raw, *, end: bool = False) -> date | None:
    """Return the date a cell means, ``None`` if it is blank; a month alone is its first day, or last at an ``end``.

    Raises ``ValueError`` when it is not understood, ``LostZero`` when Excel may have dropped a digit.
    """
    if isinstance(raw, date):
        return written_dates.in_range(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
        if int(raw) in SERIALS:
            return EXCEL_DAY_0 + timedelta(days=int(raw))
        if _LOST_ZERO.fullmatch(str(raw)):
            raise LostZero(str(raw))
    text = text_of(raw)
    if _SERIAL.fullmatch(text) and int(text) in SERIALS:  # a date cell that lost its format on the way
        return EXCEL_DAY_0 + timedelta(days=int(text))
    return written_dates.read_day(text, end=end)


def range_of(raw: Raw) -> tuple[date | None, date | None]:
    """Return both ends of a term written in one cell: 2025年6月1日至2027年5月31日, 2025.6-2027.5.

    Raises ``ValueError`` when it is not understood.
    """
    return written_dates.read_range(text_of(raw))


def list_of(raw: Raw) -> tuple[str, ...]:
    """Return the items of a cell such as 土地征收、信访；行政协议."""
    return tuple(
        dict.fromkeys(item.strip() for item in re.split(r"[、，,；;/\n|]", text_of(raw)) if item.strip())
    )


def sex_of(raw: Raw) -> str:
    """Return 男, 女 or nothing."""
    text = text_of(raw).removesuffix("性")
    return text if text in {"男", "女"} else ""
