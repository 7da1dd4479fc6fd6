"""Why a copy of the database was made, which copies are kept, and how fresh the last one is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """What a copy was made for; the values are the words in its file name and on the screen."""

    DAILY = "每日"
    BY_HAND = "手动"
    UPGRADE = "升级前"
    IMPORT = "导入前"
    CLEARING = "清除前"
    RESTORE = "恢复前"


DAYS, WEEKS, MONTHS = 7, 4, 12  # of so many, the newest in which there are copies, the last copy is kept
EACH = 10  # copies by hand, and before each kind of act: so many are kept, the newest
FRESH, AGING = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Made:
    """A copy as the rotation sees it: when it was made, in local time, and why."""

    at: datetime
    why: Why


class Freshness(StrEnum):
    """How much the age of the last copy should trouble a clerk; the values are the colours of the look."""

    FRESH = "ok"
    AGING = "wn"
    OLD = "dg"


def kept(made: Iterable[Made]) -> frozenset[Made]:
    """Return what the rotation keeps: of the daily copies 7, 4 weekly and 12 monthly, of each other kind the newest."""
    newest_first = sorted(made, reverse=True)
    daily = [one for one in newest_first if one.why is Why.DAILY]
    found = {
        one
        for number, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month))
        for one in _last_of_each(daily, period, number)
    }
    for why in Why:
        if why is not Why.DAILY:
            found.update([one for one in newest_first if one.why is why][:EACH])
    return frozenset(found)


def surplus(made: Iterable[Made]) -> list[Made]:
    """Return the copies that no rule keeps, the oldest first."""
    given = set(made)
    return sorted(given - kept(given))


def standing_for(gone: Made, made: Iterable[Made]) -> set[Made]:
    """Return the copies that remain in the place of a daily one: the last of its day, its week and its month."""
    others = [one for one in made if one.why is gone.why is Why.DAILY and one != gone]
    return {
        max(same)
        for period in (_day, _week, _month)
        if (same := [one for one in others if period(one.at) == period(gone.at)])
    }


def freshness(at: datetime | None, now: datetime) -> Freshness:
    """Say how fresh the last copy is: under a day, up to seven days, older or none at all.

    One from the future tells that a clock is wrong; it is nothing to rely on.
    """
    if at is None or at > now + FRESH or now - at > AGING:
        return Freshness.OLD
    return Freshness.FRESH if now - at < FRESH else Freshness.AGING


def age_words(at: datetime, now: datetime) -> str:
    """Say when a copy was made as a clerk would: 今天 08:30, 昨天 17:05, 3 天前（11-21）."""
    days = (now.date() - at.date()).days
    if days in {0, 1}:
        return f"{'昨天' if days else '今天'} {at:%H:%M}"
    return f"{days} 天前（{at:%m-%d}）" if days > 1 else f"{at:%Y-%m-%d}（晚于本机日期）"


def size_words(size: int) -> str:
    """Say a size in bytes as KB, MB or GB."""
    for unit in ("KB", "MB"):
        size_in = size / 1024 if unit == "KB" else size / 1024**2
        if size_in < 1000:  # noqa: PLR2004 - three digits say enough
            return f"{size_in:.0f} {unit}" if unit == "KB" else f"{size_in:.1f} {unit}"
    return f"{size / 1024**3:.1f} GB"


def _last_of_each(
    newest_first: Sequence[Made], period: Callable[[datetime], object], number: int
) -> Iterable[Made]:
    found: dict[object, Made] = {}
    for one in newest_first:
        found.setdefault(period(one.at), one)
    return list(found.values())[:number]


def _day(at: datetime) -> date:
    return at.date()


def _week(at: datetime) -> tuple[int, int]:
    year, week, _ = at.isocalendar()
    return year, week


def _month(at: datetime) -> tuple[int, int]:
    return at.year, at.month
