"""How near a deadline is, in one wording everywhere: colour, word and shape together."""

from datetime import date

from gui.tables.cells import Badge, Cell, Dot

WEEKDAYS = "一二三四五六日"
SOON = 3  # calendar days: from here on amber


def due_cell(
    on: date, today: date, *, prefix: str = "", at_time: str = "", duty: bool = True, covered: bool = True
) -> Cell:
    """Return the badge or dot for a day; a duty that is past is overdue, a window that is past says so quietly."""
    left = (on - today).days
    lead = f"{prefix} " if prefix else ""
    doubt = "" if covered else "？"
    if left < 0 and duty:
        return Badge("dg", f"{lead}逾期 {-left} 天", "circle-alert")
    if left < 0:
        return Dot("tx3", f"{lead}已过")
    if left == 0:
        return Badge("wn", f"{lead}今天 {at_time}".rstrip() if at_time else f"{lead}今天须办", "clock")
    if left <= SOON:
        return Badge("wn", f"{lead}剩 {left} 天{doubt}", "clock")
    return Dot("ok", f"{lead}剩 {left} 天{doubt}")


def short_day(day: date, today: date) -> str:
    """Return a date as lists show it: 11-27 周五, with the year when it is another."""
    form = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
    return f"{form} 周{WEEKDAYS[day.weekday()]}"
