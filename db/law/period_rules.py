"""What a statutory period is, as data; the periods themselves are in the two tables that ``RULES`` joins."""

from dataclasses import dataclass
from enum import StrEnum

from db.law.rulings import Ruling
from db.words.case import EventKind, Procedure, Track, Unit


class Duty(StrEnum):
    """Who has to act within a period, or may."""

    DEFENDANT = "被告"
    AGENCY = "行政机关"
    COURT = "人民法院"
    PLAINTIFF = "原告"
    PARTY = "当事人"
    RESPONDENT = "被申请人"
    APPLICANT = "申请人"
    REVIEWER = "行政复议机关"


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A period that an event sets running.

    ``length`` is ``None`` where the law leaves the date to the court or to the paper served: such a period is
    due only once that date was entered. ``simplified`` is the length in the simplified procedure where it
    differs; ``track`` is the only procedure in which the rule applies. A ``backward`` period is counted back
    from a hearing. ``ends`` are the events that fulfil it. A period that ``lapses`` is a window or somebody
    else's limit: it is over when its last day is; any other is our side's duty, and overdue after it.
    ``on_timeline`` periods show by themselves; the rest is there to be looked up. ``repeats``: each starting
    event (a second 司法建议) sets a period of its own running. ``replaces`` is the rule whose period gives way
    once a date was fixed for this one. ``only``: the kinds of ruling that set it running; one whose kind was not
    entered does so too, and the period says what is missing. ``note`` says what is not certain.
    """

    id: str
    title: str
    starts: EventKind
    length: int | None
    unit: Unit
    article: str
    duty: Duty
    effect: str
    procedures: frozenset[Procedure]
    ends: frozenset[EventKind] = frozenset()
    lapses: bool = False
    simplified: int | None = None
    track: Track | None = None
    backward: bool = False
    on_timeline: bool = True
    repeats: bool = False
    replaces: str = ""
    only: frozenset[Ruling] = frozenset()
    note: str = ""

    def length_in(self, track: Track) -> int | None:
        """Return the length in the given procedure; ``None`` where the date is fixed case by case."""
        return self.simplified if track is Track.SIMPLIFIED and self.simplified else self.length

    def span(self, track: Track = Track.ORDINARY) -> str:
        """Return the length in words: 15 日; empty where the date is fixed case by case."""
        length = self.length_in(track)
        return "" if length is None else f"{length} {self.unit.value}"


def coercion_unit(days: int) -> Unit:
    """Return what 行政强制法 counts in: 十日以内的期限是指工作日 (第六十九条)."""
    return Unit.WORKING_DAY if days <= 10 else Unit.DAY  # noqa: PLR2004 - the article's own number


def reconsideration_unit(days: int) -> Unit:
    """Return what 行政复议法 counts in: 三日、五日、七日、十日是指工作日 (第八十八条第二款)."""
    return Unit.WORKING_DAY if days in {3, 5, 7, 10} else Unit.DAY
