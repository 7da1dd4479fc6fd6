"""What new terms would be, person by person, before they are given: the preview of 聘任 and 续聘."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.errors import Problem, Severity
from db.formats.paper_numbers import PaperNumber
from db.roster.rules.appointments import AppointDraft, PoolFacts, appoint_problems, starts_on
from db.roster.rules.lawyers import Standing, Term

DAYS_OF_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class TermFacts:
    """What is known before new terms are given: lawyers in the order of their numbers, and this year's last number."""

    lawyers: Mapping[int, PoolFacts]
    series: str = ""
    last_serial: int = 0


@dataclass(frozen=True, slots=True)
class NewTerm:
    """The new term that one lawyer would get; ``certificate`` is the number that his 聘书 would carry."""

    key: int
    name: str
    present: Term | None
    standing: Standing
    from_on: date
    to_on: date | None
    certificate: str
    problems: tuple[Problem, ...]


def new_terms(draft: AppointDraft, facts: TermFacts, today: date) -> list[NewTerm]:
    """Return the new term of each lawyer; the 聘书 are numbered in the order given, in the year of ``today``."""
    serial = facts.last_serial
    made = []
    for key, one in facts.lawyers.items():
        begin = starts_on(draft, one, today)
        problems = appoint_problems(replace(draft, lawyer_ids=(key,)), {key: one}, today)
        number = ""
        if draft.numbered and not any(p.severity is Severity.ERROR for p in problems):
            serial += 1
            number = str(PaperNumber(facts.series, today.year, serial))
        own = tuple(replace(p, text=p.text.removeprefix(f"{one.name}：")) for p in problems)
        made.append(NewTerm(key, one.name, one.term, one.standing, begin, draft.to_on, number, own))
    return made


def likely_end(facts: TermFacts, today: date) -> date | None:
    """Return the day to offer as the end of the new terms: where most would end if each lasted as long as before."""
    ends = Counter(
        _end_after(starts_on(AppointDraft(), one, today), one.term)
        for one in facts.lawyers.values()
        if one.term
    )
    return ends.most_common(1)[0][0] if ends else None


def _end_after(begin: date, before: Term) -> date:
    years = max(1, round((before.to_on - before.from_on).days / DAYS_OF_YEAR))
    try:
        after = begin.replace(year=begin.year + years)
    except ValueError:  # 29 February
        after = date(begin.year + years, 3, 1)
    return after - timedelta(days=1)
