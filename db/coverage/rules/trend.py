"""Counting the days of a trend: the figures of the whole district on any day, without the rows behind them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from db.coverage.rules.coverage import CoveragePolicy, TrendPoint
from db.coverage.rules.facts import AgencyFacts, Span, common, joined
from db.coverage.rules.standing import Standings
from db.formats.spans import window_first
from db.words.agency import Mode


class Track(NamedTuple):
    """One agency's course: the days on which it begins and ceases to be served, in turn, and its counted services."""

    exists: Span
    is_expected: bool
    threshold: int
    own: Sequence[int]
    work: Sequence[int]
    formal: Sequence[int]
    counted: Sequence[int]


class Tally:
    """The courses of all agencies; ``counted`` are the days of the services that count, by agency."""

    def __init__(
        self,
        agencies: Sequence[AgencyFacts],
        standings: Mapping[int, Standings],
        counted: Mapping[int, Sequence[int]],
        policy: CoveragePolicy,
    ) -> None:
        self._tracks = [
            _track(a, standings.get(a.key, Standings()), counted.get(a.key, ()), policy) for a in agencies
        ]
        self._in_office = _times_in_office(agencies, standings)

    def on(self, on: date) -> TrendPoint:
        """Count a day for the trend: the same numbers as its figures, without the rows behind them."""
        day, first = on.toordinal(), window_first(on).toordinal()
        own = expected = work = formal = effective = every = services = 0
        for track in self._tracks:
            if not track.exists.first <= day < track.exists.past:
                continue
            every += 1
            number = bisect_right(track.counted, day) - bisect_left(track.counted, first)
            services += number
            if track.is_expected:
                expected += 1
                own += bisect_right(track.own, day) & 1
            work += bisect_right(track.work, day) & 1
            if bisect_right(track.formal, day) & 1:
                formal += 1
                effective += number >= track.threshold
        begun, over = self._in_office
        return TrendPoint(
            day=on,
            own=(own, expected),
            work=(work, every),
            formal=(formal, every),
            effective=(effective, every),
            persons=bisect_right(begun, day) - bisect_right(over, day),
            services=services,
        )


def _track(agency: AgencyFacts, times: Standings, counted: Sequence[int], policy: CoveragePolicy) -> Track:
    def bounds(modes: Collection[Mode]) -> list[int]:
        held = [s.when for mode, those in zip(Mode, times, strict=True) if mode in modes for s in those]
        return [day for span in joined(held) for day in span]

    return Track(
        exists=agency.exists,
        is_expected=agency.is_expected,
        threshold=policy.needs(agency.kind),
        own=bounds({Mode.OWN}),
        work=bounds(policy.work_modes),
        formal=bounds(policy.formal_modes),
        counted=counted,
    )


def _times_in_office(
    agencies: Sequence[AgencyFacts], standings: Mapping[int, Standings]
) -> tuple[list[int], list[int]]:
    """Return the days on which a public lawyer begins and ceases to count, each list in order."""
    times: defaultdict[int, list[Span]] = defaultdict(list)
    for agency in agencies:
        for standing in standings.get(agency.key, Standings()).own:
            times[standing.counsel.key] += common([standing.when], [agency.exists])
    spans = [span for those in times.values() for span in joined(those)]
    return sorted(span.first for span in spans), sorted(span.past for span in spans)
