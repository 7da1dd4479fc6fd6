"""Statutory periods at work: which of them a case's events have set running, and when each falls due.

The rules as data: ``litigation_periods``, ``reconsideration_periods``. How a court counts: ``counting``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.law.calendar import Calendar
from db.law.counting import Count, count_back, count_period, prefixed
from db.law.events import Happening
from db.law.litigation_periods import LITIGATION
from db.law.period_rules import PeriodRule
from db.law.reconsideration_periods import RECONSIDERATION
from db.words.case import EventKind, Procedure, Track, Unit

RULES = (*LITIGATION, *RECONSIDERATION)
BY_ID = {rule.id: rule for rule in RULES}
ANSWER_RULES = frozenset({"L02", "L03b", "L05", "L14", "L17", "R05"})
"""The agency's periods to answer, one in each kind of proceedings (L03b and L05 in place of L02)."""

UNNAMED = "没有写明裁定种类，只有不予立案、驳回起诉、管辖异议的裁定可以上诉，请补填。"

LATEST = frozenset(
    {
        EventKind.HEARING,
        EventKind.INQUIRY,
        EventKind.JUDGMENT_SERVED,
        EventKind.RULING_SERVED,
        EventKind.DECISION_SERVED,
    }
)
"""Of these the last one counts (a new hearing, a ruling after a ruling); of others the first."""

SEEN_AS = {
    Procedure.RETRIAL: {EventKind.FILED: EventKind.RETRIAL_FILED},
    Procedure.ENFORCEMENT: {EventKind.FILED: EventKind.ENFORCEMENT_ACCEPTED},
    Procedure.RECONSIDERATION: {
        EventKind.FILED: EventKind.ACCEPTED,
        EventKind.HEARING: EventKind.INQUIRY,
        EventKind.JUDGMENT_SERVED: EventKind.DECISION_SERVED,
    },
}
"""What a general step means in proceedings that have their own word for it."""


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A date that the court or the served paper fixed, entered by hand with its reason."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension that was approved (延期): by how much, and on what."""

    length: int
    unit: Unit
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """A rule at work in a case; ``done_on`` is set once it was fulfilled.

    ``started_on`` is empty only where a date was fixed and the starting event is not recorded. ``parties`` are the
    keys of those whose period it is, where not all of the same side have the same one.
    """

    rule: PeriodRule
    started_on: date | None
    count: Count
    done_on: date | None
    track: Track = Track.ORDINARY
    fixed: FixedDate | None = None
    parties: tuple[int, ...] = ()

    @property
    def due(self) -> date:
        """The last day of the period."""
        return self.count.due

    @property
    def article(self) -> str:
        """The article it rests on."""
        return self.rule.article

    @property
    def counted_as(self) -> str:
        """How the day was found, as a sentence."""
        return self.count.explanation

    @property
    def covered(self) -> bool:
        """Whether the notices of all years that decide it are entered."""
        return self.count.covered

    @property
    def span(self) -> str:
        """The length in words (15 日); 手工改定 where a date was fixed."""
        return "手工改定" if self.fixed else self.rule.span(self.track)


def count(
    rule: PeriodRule,
    start: date,
    calendar: Calendar,
    track: Track = Track.ORDINARY,
    extension: Extension | None = None,
) -> Count:
    """Count a rule's period from the day of its starting event; the rule must have a length."""
    length = rule.length_in(track)
    if length is None:
        raise ValueError(f"{rule.id} 没有法定长度，应由法院指定日期")
    if rule.backward:
        return count_back(start, length, rule.unit, calendar, rule.starts.word)
    if extension is None:
        return count_period(start, length, rule.unit, calendar, rule.starts.word)
    words = f"经批准延长 {extension.length} {extension.unit.value}（{extension.reason}）。"
    if extension.unit is rule.unit:
        total = length + extension.length
        return prefixed(count_period(start, total, rule.unit, calendar, rule.starts.word), words)
    end = count_period(start, length, rule.unit, calendar, rule.starts.word).nominal
    return prefixed(
        count_period(end, extension.length, extension.unit, calendar, f"原期限（{rule.span(track)}）届满"),
        words,
    )


def periods_for(
    procedure: Procedure,
    happened: Sequence[Happening],
    calendar: Calendar,
    *,
    track: Track = Track.ORDINARY,
    fixed: Mapping[str, FixedDate] | None = None,
    extensions: Mapping[str, Extension] | None = None,
    met: Mapping[str, date] | None = None,
) -> list[Period]:
    """Return the periods that a case's events have set running, by the day they fall due.

    ``fixed``, ``extensions`` and ``met`` (the day on which it was met, by hand) are by the rule's id. A date fixed
    by the court overrides the counted one; what was met does not meet what begins later. For what the timeline
    shows by itself, keep those whose rule is ``on_timeline``.
    """
    seen = SEEN_AS.get(procedure, {})
    happened = [replace(h, kind=seen.get(h.kind, h.kind)) for h in happened]
    fixed, extensions, met = fixed or {}, extensions or {}, met or {}
    found = [
        _met_by_hand(period, met.get(rule.id), happened)
        for rule in RULES
        if procedure in rule.procedures and (rule.track in {None, track} or rule.id in fixed)
        for period in _running(rule, happened, calendar, track, fixed.get(rule.id), extensions.get(rule.id))
    ]
    replaced = {p.rule.replaces for p in found} - fixed.keys()
    return sorted((p for p in found if p.rule.id not in replaced), key=lambda p: p.due)


def answer_period(periods: Sequence[Period], party: int = 0) -> Period | None:
    """Return the period to answer, whatever the proceedings: that of ``party`` (its key), else the first one due."""
    answers = [p for p in periods if p.rule.id in ANSWER_RULES]
    own = (p for p in answers if not p.parties or party in p.parties)
    return next(own, None) if party else next(iter(answers), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one rule: its last day, or why there is none, as a sentence."""

    rule: PeriodRule
    due: date | None
    counted_as: str
    covered: bool


def look_up(
    rules: Iterable[PeriodRule],
    happened: Sequence[Happening],
    calendar: Calendar,
    track: Track | None = None,
) -> list[Answer]:
    """Answer for every rule, in their order; without ``track`` rules of both procedures are counted.

    Where 普通程序 and 简易程序 differ in length and none is given, 普通程序 is taken and named.
    """
    return [_answer(rule, happened, calendar, track) for rule in rules]


def _answer(
    rule: PeriodRule, happened: Sequence[Happening], calendar: Calendar, track: Track | None
) -> Answer:
    if rule.track is not None and track not in {None, rule.track}:
        return Answer(rule, None, f"仅适用于{rule.track.value}。", covered=True)
    taken = track or rule.track or Track.ORDINARY
    starts = _starts(rule, happened)
    if not starts:
        return Answer(rule, None, f"尚无“{rule.starts.word}”的日期，登记后推算。", covered=True)
    if rule.length is None:
        return Answer(
            rule, None, "没有法定天数，以人民法院或者文书确定的日期为准，登记后显示。", covered=True
        )
    counted = _counted(rule, starts[0], calendar, taken, None)
    words = f"{taken.value}。" if rule.simplified else ""
    return Answer(rule, counted.due, words + counted.explanation, counted.covered)


def _running(
    rule: PeriodRule,
    happened: Sequence[Happening],
    calendar: Calendar,
    track: Track,
    fixed: FixedDate | None,
    extension: Extension | None,
) -> list[Period]:
    starts = _starts(rule, happened)
    found = []
    if fixed is not None:
        # a date is fixed in what was served last by then; what came besides (a second 司法建议) keeps its own
        start = next((s for s in reversed(starts) if s.on <= fixed.on), starts[-1] if starts else None)
        starts = [s for s in starts if s is not start]
        counted = _counted(rule, start, calendar, track, extension) if start and rule.length else None
        day = start.on if start else None
        by_hand = _fixed(rule, day, fixed, counted)
        found = [Period(rule, day, by_hand, _done(rule, happened, day), track, fixed)]
    return found + [
        Period(
            rule,
            start.on,
            _counted(rule, start, calendar, track, extension),
            _done(rule, happened, start.on),
            track,
        )
        for start in starts
        if rule.length is not None
    ]


def _counted(
    rule: PeriodRule, start: Happening, calendar: Calendar, track: Track, extension: Extension | None
) -> Count:
    counted = count(rule, start.on, calendar, track, extension)
    return prefixed(counted, UNNAMED) if rule.only and start.ruling is None else counted


def _starts(rule: PeriodRule, happened: Sequence[Happening]) -> list[Happening]:
    found = [h for h in happened if h.kind is rule.starts]
    if rule.only:
        found = [h for h in found if h.ruling is None or h.ruling in rule.only]
    found.sort(key=lambda h: h.on)
    if rule.repeats or not found:
        return found
    return [found[-1] if rule.starts in LATEST else found[0]]


def _done(rule: PeriodRule, happened: Sequence[Happening], start: date | None) -> date | None:
    after = _open_from(rule, happened, start)
    return min(
        (h.on for h in happened if h.kind in rule.ends and not h.goes_on and h.on >= after), default=None
    )


def _met_by_hand(period: Period, met: date | None, happened: Sequence[Happening]) -> Period:
    """Return the period as met on that day, where no step has met it and it was open by then."""
    if met is None or period.done_on is not None:
        return period
    is_open = met >= _open_from(period.rule, happened, period.started_on)
    return replace(period, done_on=met) if is_open else period


def _open_from(rule: PeriodRule, happened: Sequence[Happening], start: date | None) -> date:
    """Return the first day on which something can meet the period that ``start`` has set running."""
    return (_previous(rule, happened, start) if rule.backward else start) or date.min


def _previous(rule: PeriodRule, happened: Sequence[Happening], start: date | None) -> date | None:
    """Return the day after the hearing before this one: what was done for that one is not done for this one."""
    before = [h.on for h in happened if h.kind is rule.starts and start is not None and h.on < start]
    return max(before) + timedelta(days=1) if before else None


def _fixed(rule: PeriodRule, start: date | None, fixed: FixedDate, counted: Count | None) -> Count:
    words = f"手工改定为 {fixed.on}。理由：{fixed.reason or '未填写'}。"
    if counted is not None:
        words += f"未改定时推算为 {counted.due}（{start} {rule.starts.word}）。"
    return Count(fixed.on, fixed.on, covered=True, explanation=words)
