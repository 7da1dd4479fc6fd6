"""The dated facts behind coverage as plain values; ``db.coverage.rules.days`` makes the figures of any day of them.

Days are ordinals; a ``Span`` is half-open, its second day the first on which it no longer holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from db.coverage.rules.coverage import CoveragePolicy
from db.words.agency import AgencyKind
from db.words.service import ServiceKind

ALWAYS, NEVER = 0, date.max.toordinal() + 1


class Span(NamedTuple):
    """From a day (0: as long as known) until the first day after (``NEVER``: still)."""

    first: int
    past: int

    def holds(self, day: int) -> bool:
        """Say whether the day lies in it."""
        return self.first <= day < self.past

    @property
    def last(self) -> date | None:
        """The last day of it; ``None`` if it is open."""
        return None if self.past >= NEVER else date.fromordinal(self.past - 1)


def span(from_on: date | None, to_on: date | None, ended_on: date | None = None) -> Span:
    """Return the days from ``from_on`` to ``to_on``, both included, cut off by ``ended_on``, the first day without."""
    past = NEVER if to_on is None else to_on.toordinal() + 1
    if ended_on is not None:
        past = min(past, ended_on.toordinal())
    return Span(ALWAYS if from_on is None else from_on.toordinal(), past)


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """Return the days that both have, as spans."""
    others = list(other)
    found = (Span(max(a.first, b.first), min(a.past, b.past)) for a in one for b in others)
    return joined(s for s in found if s.first < s.past)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that meet or overlap made one: a renewal without a break is no end."""
    found: list[Span] = []
    for s in sorted(spans):
        if found and s.first <= found[-1].past:
            found[-1] = Span(found[-1].first, max(found[-1].past, s.past))
        else:
            found.append(s)
    return found


def without(days: Span, taken: Sequence[Span]) -> list[Span]:
    """Return the days that are in none of the spans ``taken``, which are in order."""
    found, first = [], days.first
    for other in taken:
        if first < min(other.first, days.past):
            found.append(Span(first, min(other.first, days.past)))
        first = max(first, other.past)
    if first < days.past:
        found.append(Span(first, days.past))
    return found


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an agency bore before the day ``past``."""

    past: int
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """An agency; ``former`` are its earlier names, the earliest first."""

    key: int
    name: str
    short_name: str
    kind: AgencyKind
    place: int
    field: str
    has_enforcement: bool
    is_expected: bool
    staff_count: int | None
    qualified_count: int | None
    exists: Span
    former: tuple[FormerName, ...] = ()

    def name_on(self, day: int) -> tuple[str, str]:
        """Return full and short name as of the day."""
        for former in self.former:
            if day < former.past:
                return former.name, former.short_name or former.name
        return self.name, self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Post:
    """A public lawyer's post in an agency."""

    agency_key: int
    when: Span
    post: str = ""


@dataclass(frozen=True, slots=True)
class PublicLawyerFacts:
    """A public lawyer with his posts and the times for which his certificate is valid."""

    key: int
    name: str
    sort_key: str
    capacity: int | None
    specialities: frozenset[str]
    posts: tuple[Post, ...]
    valid: tuple[Span, ...]

    def is_valid(self, day: int) -> bool:
        """Say whether the certificate is valid on the day."""
        return any(first <= day < past for first, past in self.valid)

    def posted_in(self, agency_key: int) -> list[Span]:
        """Return the times for which he is posted in an agency."""
        return joined(p.when for p in self.posts if p.agency_key == agency_key)

    def agencies(self, day: int) -> list[int]:
        """Return the agencies in which he is posted on the day."""
        return [p.agency_key for p in self.posts if p.when.holds(day)]


@dataclass(frozen=True, slots=True)
class SharingFacts:
    """A paper by which a public lawyer is lent to an agency."""

    key: int
    person_key: int
    agency_key: int
    when: Span


@dataclass(frozen=True, slots=True)
class InternalFacts:
    """A member of an agency's staff who does the work of an adviser."""

    key: int
    agency_key: int
    name: str
    post: str
    when: Span


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract with an adviser outside; ``lawyer_id`` where he stands in the roster."""

    key: int
    agency_key: int
    provider: str
    lawyers: str
    lawyer_id: int | None
    when: Span


@dataclass(frozen=True, slots=True)
class PoolLawyerFacts:
    """A lawyer of the pool whom an agency may engage: on offer during ``when``, not by agencies in ``barred``."""

    key: int
    name: str
    sort_key: str
    specialities: frozenset[str]
    when: Span
    has_time: bool = True
    barred: frozenset[int] = frozenset()


ServiceDays = Mapping[int, Mapping[ServiceKind, Sequence[int]]]
"""Agency -> kind -> the days of its services, in order, one for each."""


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """Everything dated, of the whole district; agencies in the office's order.

    ``case_fields`` are the fields of administration of the cases against an agency.
    """

    policy: CoveragePolicy
    agencies: tuple[AgencyFacts, ...]
    people: tuple[PublicLawyerFacts, ...] = ()
    sharings: tuple[SharingFacts, ...] = ()
    internal: tuple[InternalFacts, ...] = ()
    contracts: tuple[ContractFacts, ...] = ()
    services: ServiceDays = field(default_factory=dict)
    pool: tuple[PoolLawyerFacts, ...] = ()
    case_fields: Mapping[int, frozenset[str]] = field(default_factory=dict)
