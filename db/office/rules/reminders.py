"""When a PC reminds its clerk of what is due, and in which words."""

import re
from collections.abc import Sequence
from datetime import datetime, time

from db.formats.text import narrow

DEFAULT_TIMES = "09:00、14:00"
LATE_BY = 30
"""Minutes: a set hour that was missed by more (the PC slept) is not made up for."""

_TIME = re.compile(r"(\d{1,2})[:：.点](\d{1,2})?分?")


def parse_times(text: str) -> tuple[time, ...] | None:
    """Return the hours that a text such as 09:00、14:00 names, in order; ``None`` where it names anything else."""
    found = set()
    for part in filter(None, (word.strip() for word in re.split(r"[、，,;；\s]+", narrow(text)))):
        match = _TIME.fullmatch(part)
        if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:  # noqa: PLR2004 - hours and minutes
            return None
        found.add(time(int(match[1]), int(match[2] or 0)))
    return tuple(sorted(found))


def due_now(times: Sequence[time], now: datetime, last: datetime | None) -> bool:
    """Say whether one of the set hours has come since the clerk was last reminded, at ``last``."""
    for at in times:
        moment = datetime.combine(now.date(), at, now.tzinfo)
        late = (now - moment).total_seconds() / 60
        if 0 <= late <= LATE_BY and (last is None or last < moment):
            return True
    return False


def reminder(overdue: int, today: int) -> str:
    """Return what to say of the things that are overdue and that fall on today; nothing if there is none."""
    said = [f"逾期 {overdue} 件"] * bool(overdue) + [f"今天须办 {today} 件"] * bool(today)
    return "，".join(said)
