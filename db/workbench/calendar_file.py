"""Deadlines and hearings as an .ics file, which Outlook, WPS and phones read."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from db.documents.files import safely
from db.engine import Database
from db.errors import UserError
from db.workbench.agenda import AgendaLine, agenda, notice_text

HEARING_LASTS = timedelta(hours=2)  # what a hearing blocks in a calendar; the court says no end
REMINDERS = {True: timedelta(days=-1), False: timedelta(days=-3)}  # before a hearing, before a last day


def export_calendar(
    database: Database, path: Path, from_on: date, to_on: date, today: date, *, overwrite: bool = False
) -> int:
    """Write what falls due from one day to another to ``path`` (.ics); return how many entries.

    Each entry has the same id every time, so that importing the file again changes entries instead of doubling
    them. Raises ``UserError`` when there is nothing to write, or it cannot be written.
    """
    with database.read() as session:
        lines = agenda(session, from_on, to_on, today)
    if not lines:
        raise UserError(f"{from_on} 至 {to_on} 没有期限和开庭，没有生成文件。请另选日期。")
    with safely(path, ".ics", overwrite=overwrite) as temporary:
        temporary.write_bytes(calendar_bytes(lines, datetime.now(UTC)))
    return len(lines)


def calendar_bytes(lines: list[AgendaLine], stamped_at: datetime) -> bytes:
    """Return the file's content: a hearing with its hour, a last day as a whole day, each with a reminder."""
    from icalendar import Alarm, Calendar, Event, vText  # noqa: PLC0415 - only here

    calendar = Calendar()
    calendar.add("prodid", "-//Advisor Pool//zh-CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText("行政应诉"))
    for line in lines:
        event = Event()
        rule = "hearing" if line.is_hearing else line.rule
        event.add("uid", f"case-{line.key}-{rule}@advisor-pool")
        event.add("dtstamp", stamped_at)
        event.add("summary", f"{line.title} {line.case.number} {line.case.defendants}")
        event.add("description", notice_text(line.case))
        if place := " ".join(part for part in (line.case.court, line.place) if part):
            event.add("location", place)
        if line.is_hearing and line.at_time:
            begins = datetime.combine(line.on, time.fromisoformat(line.at_time.rjust(5, "0")), _zone())
            event.add("dtstart", begins)
            event.add("dtend", begins + HEARING_LASTS)
        else:
            event.add("dtstart", line.on)
            event.add("dtend", line.on + timedelta(days=1))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", line.title)
        alarm.add("trigger", REMINDERS[line.is_hearing])
        event.add_component(alarm)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _zone() -> ZoneInfo:
    return ZoneInfo("Asia/Shanghai")
