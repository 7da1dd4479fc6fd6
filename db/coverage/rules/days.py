"""Coverage of any day, from the dated facts alone: no stored snapshots, so a corrected date corrects every month."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from operator import and_
from typing import NamedTuple

from db.coverage.rules.coverage import AgencyCoverage, Counsel, District, Trend, TrendPoint
from db.coverage.rules.facts import AgencyFacts, CoverageFacts, PublicLawyerFacts
from db.coverage.rules.figures import make_figures, month_ends
from db.coverage.rules.standing import Standing, Standings, all_standings
from db.coverage.rules.trend import Tally
from db.formats.spans import window_first
from db.words.agency import Mode
from db.words.service import ServiceKind

KEPT = 60  # days whose rows are remembered: the slider goes to and fro


class Served(NamedTuple):
    """The services of one agency as days in order: of each kind, and of the kinds that count together."""

    by_kind: tuple[tuple[ServiceKind, Sequence[int]], ...] = ()
    counted: Sequence[int] = ()


class Coverage:
    """The whole district on any day. Made once from ``facts``; a day takes milliseconds and is remembered."""

    def __init__(self, facts: CoverageFacts) -> None:
        self.facts = facts
        self.policy = facts.policy
        self.agencies = {a.key: a for a in facts.agencies}
        self.people = {p.key: p for p in facts.people}
        self.standings = all_standings(facts)
        self._served = {a.key: self._services_of(a) for a in facts.agencies if a.key in facts.services}
        counted = {key: served.counted for key, served in self._served.items()}
        self._tally = Tally(facts.agencies, self.standings, counted, self.policy)
        self._districts: dict[date, District] = {}
        self._points: dict[date, TrendPoint] = {}

    def on(self, day: date) -> District:
        """Return every agency of the day and the figures they make."""
        found = self._districts.get(day)
        if found is None:
            rows = tuple(self._rows(day))
            found = District(day, rows, make_figures(rows, day, self.policy))
            if len(self._districts) >= KEPT:
                self._districts.pop(next(iter(self._districts)))
            self._districts[day] = found
        return found

    def trend(self, day: date, months: int = 24) -> Trend:
        """Return the headline at the end of each of the ``months`` before ``day``, and on the day itself."""
        points = tuple(self._point(end) for end in (*month_ends(day, months), day))
        return Trend(points, self._point(date.fromordinal(window_first(day).toordinal() - 1)))

    def name_on(self, agency_key: int, day: date) -> str:
        """Return what an agency was called on the day."""
        agency = self.agencies.get(agency_key)
        return agency.name_on(day.toordinal())[0] if agency else ""

    def short_name_on(self, agency_key: int, day: date) -> str:
        """Return the short name of an agency on the day."""
        agency = self.agencies.get(agency_key)
        return agency.name_on(day.toordinal())[1] if agency else ""

    def lender(self, person: PublicLawyerFacts, agency_key: int, day: int) -> int:
        """Return the agency in which a public lawyer lent to another one is posted on the day; 0 if none."""
        return next((key for key in person.agencies(day) if key != agency_key), 0)

    def _point(self, day: date) -> TrendPoint:
        found = self._points.get(day)
        if found is None:
            found = self._points[day] = self._tally.on(day)
        return found

    def _rows(self, on: date) -> list[AgencyCoverage]:
        day, first = on.toordinal(), window_first(on).toordinal()
        nobody, nothing = Standings(), Served()
        work = [mode in self.policy.work_modes for mode in Mode]
        formal = [mode in self.policy.formal_modes for mode in Mode]
        rows = []
        for a in self.facts.agencies:
            if not a.exists.first <= day < a.exists.past:
                continue
            all_times, served = self.standings.get(a.key, nobody), self._served.get(a.key, nothing)
            own = _present(all_times.own, day)
            internal = _present(all_times.internal, day)
            shared = _present(all_times.shared, day)
            external = _present(all_times.external, day)
            if shared:
                shared = tuple(self._lent(counsel, a.key, on) for counsel in shared)
            here = (bool(own), bool(internal), bool(shared), bool(external))
            name, short_name = a.name_on(day)
            rows.append(
                AgencyCoverage(
                    key=a.key,
                    name=name,
                    short_name=short_name,
                    kind=a.kind,
                    place=a.place,
                    field=a.field,
                    has_enforcement=a.has_enforcement,
                    is_expected=a.is_expected,
                    staff_count=a.staff_count,
                    qualified_count=a.qualified_count,
                    own=own,
                    internal=internal,
                    shared=shared,
                    external=external,
                    services=_counts(served, first, day),
                    counted=bisect_right(served.counted, day) - bisect_left(served.counted, first),
                    threshold=self.policy.needs(a.kind),
                    is_served=any(map(and_, here, work)),
                    is_covered=any(map(and_, here, formal)),
                )
            )
        return rows

    def _lent(self, counsel: Counsel, agency_key: int, day: date) -> Counsel:
        """Say who lends him on the day, and under which name."""
        key = self.lender(self.people[counsel.key], agency_key, day.toordinal())
        return Counsel(
            counsel.mode,
            counsel.key,
            counsel.name,
            counsel.until,
            counsel.detail,
            counsel.record_key,
            key,
            self.short_name_on(key, day),
        )

    def _services_of(self, agency: AgencyFacts) -> Served:
        by_kind, counts = self.facts.services[agency.key], self.policy.counts(agency.kind)
        counted: list[int] = []
        for kind, days in by_kind.items():
            if kind in counts:
                counted += days
        return Served(
            tuple((kind, by_kind[kind]) for kind in ServiceKind if kind in by_kind),
            array("i", sorted(counted)),
        )


def _present(those: Sequence[Standing], day: int) -> tuple[Counsel, ...]:
    """Return who of them serves on the day."""
    return tuple([s.counsel for s in those if s.when[0] <= day < s.when[1]]) if those else ()


def _counts(served: Served, first: int, day: int) -> dict[ServiceKind, int]:
    found = {}
    for kind, days in served.by_kind:
        number = bisect_right(days, day) - bisect_left(days, first)
        if number:
            found[kind] = number
    return found
