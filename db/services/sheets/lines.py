"""Lines of a service log as they are typed or pasted: read, understood and judged, each by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.exchange import values
from db.formats.written_dates import read_month_day
from db.services.rules.entry import EntryFacts, ServiceWords, serving_of, understood
from db.services.rules.services import ServiceDraft, service_problems

KEYS = ("on_date", "agency", "kind", "person", "matter", "result", "hours")
COLUMN_OF = {"agency_id": "agency", "who": "person"}


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One line: the service that it means, and what is said of its cells (``field`` is one of ``KEYS``)."""

    draft: ServiceDraft
    problems: tuple[Problem, ...]


def judge_line(texts: Sequence[str], facts: EntryFacts, today: date) -> JudgedLine:
    """Return what a line means and what is wrong with it; ``texts`` stand in the order of ``KEYS``."""
    cells: Mapping[str, str] = dict(zip(KEYS, texts, strict=False))
    found: list[Problem] = []
    day = day_of(cells.get("on_date", ""), today)
    if day is None and (typed := cells.get("on_date", "").strip()):
        found.append(Problem("on_date", f"看不懂这个日期，应写成 2026-12-01 或 12.1，现为“{typed}”。"))
    words = ServiceWords(on_date=day, **{key: cells.get(key, "") for key in KEYS if key != "on_date"})
    draft, unclear = understood(words, facts)
    found += unclear
    spoken = {p.field for p in found}
    judged = service_problems(draft, today, serving_of(draft, facts))
    found += [p for p in judged if p.field not in spoken]
    return JudgedLine(
        draft, tuple(Problem(COLUMN_OF.get(p.field, p.field), p.text, p.severity) for p in found)
    )


def day_of(typed: str, today: date) -> date | None:
    """Return the day that was typed; 12.1 without a year is the latest such day that is not to come."""
    try:
        return values.date_of(typed)
    except ValueError:
        written = read_month_day(typed)
    if written is None:
        return None
    for year in (today.year, today.year - 1):
        try:
            found = date(year, *written)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
