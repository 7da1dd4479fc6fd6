"""Coverage of agencies by public lawyers and advisers (从有形覆盖到有效覆盖) on a day: the words and the figures.

There is no statutory definition of 有效覆盖, and reports count 覆盖 in several ways (domain notes, 公职律师 如何统计), so
each figure stands apart with numerator, denominator and definition, and what counts is the office's ``CoveragePolicy``.
Everything is of one day: who has no valid certificate, post, sharing paper or contract on it does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from db.formats.figures import Figure
from db.office.rules.settings import Settings, split
from db.words.agency import FORMAL, AgencyKind, Mode
from db.words.service import ServiceKind


class FigureKey(StrEnum):
    """The figures that the district answers for; the values are their titles."""

    OWN = "配备率"
    WORK = "工作覆盖率"
    FORMAL = "有形覆盖率"
    EFFECTIVE = "有效覆盖率"


@dataclass(frozen=True, slots=True)
class CoveragePolicy:
    """What counts, as the office has set it; kinds of agencies that are not named take the general value.

    ``like`` are groups of fields of administration whose work is alike; ``lend_capacity`` is to how many other
    agencies a public lawyer is lent where he has no number of his own, ``adviser_capacity`` how many agencies one
    lawyer of the pool advises under contract.
    """

    formal_modes: frozenset[Mode] = frozenset(FORMAL)
    work_modes: frozenset[Mode] = frozenset(Mode)
    threshold: int = 6
    thresholds: Mapping[AgencyKind, int] = field(default_factory=dict)
    kinds: frozenset[ServiceKind] = frozenset(ServiceKind)
    kinds_of: Mapping[AgencyKind, frozenset[ServiceKind]] = field(default_factory=dict)
    lend_capacity: int = 2
    adviser_capacity: int = 5
    like: tuple[frozenset[str], ...] = ()

    def needs(self, kind: AgencyKind) -> int:
        """Return how many services an agency of this kind must have had in twelve months."""
        return self.thresholds.get(kind, self.threshold)

    def counts(self, kind: AgencyKind) -> frozenset[ServiceKind]:
        """Return which services count for an agency of this kind."""
        return self.kinds_of.get(kind, self.kinds)

    def alike(self, one: str, other: str) -> bool:
        """Say whether two fields of administration are of like work."""
        if not one or not other:
            return False
        return one == other or any(one in group and other in group for group in self.like)


def policy_of(settings: Settings) -> CoveragePolicy:
    """Return what the office counts as covered, and how far it lends and shares."""
    return CoveragePolicy(
        formal_modes=frozenset(Mode(word) for word in settings.formal_modes),
        work_modes=frozenset(Mode(word) for word in settings.work_modes),
        threshold=settings.service_threshold,
        thresholds={AgencyKind(word): number for word, number in settings.service_thresholds.items()},
        kinds=frozenset(ServiceKind(word) for word in settings.service_kinds),
        kinds_of={
            AgencyKind(word): frozenset(ServiceKind(kind) for kind in kinds)
            for word, kinds in settings.service_kinds_of.items()
        },
        lend_capacity=settings.sharing_capacity,
        adviser_capacity=settings.adviser_capacity,
        like=tuple(frozenset(split(line)) for line in settings.like_fields),
    )


@dataclass(frozen=True, slots=True)
class Counsel:
    """Somebody who does an agency's legal work on the day.

    ``key`` is the id of the public lawyer (own, shared), of the internal adviser or of the contract; ``record_key``
    that of the sharing paper. ``until`` is the last day for which all that it rests on holds, ``None`` if open.
    ``from_key`` and ``from_name`` are the agency that lends him, ``detail`` his post or the lawyers of a contract.
    """

    mode: Mode
    key: int
    name: str
    until: date | None = None
    detail: str = ""
    record_key: int = 0
    from_key: int = 0
    from_name: str = ""


class AgencyCoverage(NamedTuple):
    """One agency on a day; ``counted`` are its services of the kinds that count, ``services`` those of every kind.

    ``is_served``: by one of the modes of 工作覆盖; ``is_covered``: by one of those of 有形覆盖. A tuple, for a day of a
    big district makes thousands of them.
    """

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
    own: tuple[Counsel, ...]
    internal: tuple[Counsel, ...]
    shared: tuple[Counsel, ...]
    external: tuple[Counsel, ...]
    services: Mapping[ServiceKind, int]
    counted: int
    threshold: int
    is_served: bool
    is_covered: bool

    @property
    def is_effective(self) -> bool:
        """Say whether it is covered and had services enough (有效覆盖)."""
        return self.is_covered and self.counted >= self.threshold

    @property
    def short(self) -> int:
        """How many services it lacks in the twelve months."""
        return max(self.threshold - self.counted, 0)

    @property
    def total(self) -> int:
        """Services of every kind in the twelve months."""
        return sum(self.services.values())

    @property
    def main_mode(self) -> Mode | None:
        """The one mode under which reports put it: the first that it has."""
        if self.own:
            return Mode.OWN
        if self.internal:
            return Mode.INTERNAL
        if self.shared:
            return Mode.SHARED
        return Mode.EXTERNAL if self.external else None

    @property
    def why(self) -> str:
        """What it lacks, in a few words; empty if nothing."""
        if not self.is_covered:
            return "仅内部顾问" if self.internal else "未配备"
        return "" if self.is_effective else f"还差 {self.short} 次"


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number: ``keys`` are the records counted where they are at hand, ``agencies`` those they belong to."""

    key: str
    title: str
    number: int
    agencies: tuple[int, ...]
    definition: str
    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureSet:
    """All figures of a group of agencies: ``scope`` is 全部, 具有行政执法权 or the kind of agency.

    ``modes`` put each agency under its main mode, with those without any last; ``by_kind`` splits ``services``.
    """

    scope: str
    agencies: tuple[int, ...]
    own: Figure
    work: Figure
    formal: Figure
    effective: Figure
    modes: tuple[Figure, ...]
    persons: Count
    services: Count
    by_kind: Mapping[ServiceKind, int]

    def figure(self, key: FigureKey) -> Figure:
        """Return one of the four rates."""
        return {
            FigureKey.OWN: self.own,
            FigureKey.WORK: self.work,
            FigureKey.FORMAL: self.formal,
            FigureKey.EFFECTIVE: self.effective,
        }[key]


ALL, ENFORCEMENT = "全部", "具有行政执法权"  # the groups of agencies beside their kinds


@dataclass(frozen=True, slots=True)
class Figures:
    """The district on ``day``; services count from ``first`` on, both days included."""

    day: date
    first: date
    whole: FigureSet
    enforcement: FigureSet
    kinds: tuple[FigureSet, ...]

    @property
    def sets(self) -> tuple[FigureSet, ...]:
        """The whole, those with 行政执法权, and each kind of agency that there is."""
        return (self.whole, self.enforcement, *self.kinds)

    def of(self, scope: str) -> FigureSet:
        """Return the figures of a group."""
        return next(s for s in self.sets if s.scope == scope)


@dataclass(frozen=True, slots=True)
class District:
    """Every agency that exists on the day, in the office's order, and the figures they make."""

    day: date
    rows: tuple[AgencyCoverage, ...]
    figures: Figures

    def row(self, key: int) -> AgencyCoverage | None:
        """Return an agency, or ``None`` if it does not exist on the day."""
        return next((r for r in self.rows if r.key == key), None)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The figures of the whole district on one day, as (numerator, denominator)."""

    day: date
    own: tuple[int, int]
    work: tuple[int, int]
    formal: tuple[int, int]
    effective: tuple[int, int]
    persons: int
    services: int

    def pair(self, key: FigureKey) -> tuple[int, int]:
        """Return numerator and denominator of one figure."""
        return {
            FigureKey.OWN: self.own,
            FigureKey.WORK: self.work,
            FigureKey.FORMAL: self.formal,
            FigureKey.EFFECTIVE: self.effective,
        }[key]

    def rate(self, key: FigureKey) -> float | None:
        """Return one rate, 0 to 1; ``None`` where there is nothing to count."""
        numerator, denominator = self.pair(key)
        return numerator / denominator if denominator else None


@dataclass(frozen=True, slots=True)
class Trend:
    """The ends of the months before the day, the earliest first, and the day itself; ``year_before`` is a year ago."""

    points: tuple[TrendPoint, ...]
    year_before: TrendPoint

    def change(self, key: FigureKey) -> int:
        """Return by how many agencies the numerator has grown in twelve months."""
        return self.points[-1].pair(key)[0] - self.year_before.pair(key)[0]


class GapKind(StrEnum):
    """Why an agency falls short; the values are the words on the screen."""

    NONE = "未配备"
    EXPIRED = "已到期"
    SHORT = "履职不足"


class RemedyKind(StrEnum):
    """The next step for a gap; the values are the words on its button."""

    LEND = "登记统筹"
    SHARE = "共享顾问"
    CONTRACT = "改为外聘"
    SCHEDULE = "安排履职"
    LETTER = "发提醒函"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The best next step for a gap.

    LEND: ``person_key`` is the public lawyer to be lent, ``from_key`` his agency. SHARE: ``contract_key`` is another
    agency's (``from_key``) contract whose adviser also has time for this one, ``lawyer_id`` he, where he is of the pool.
    CONTRACT: ``lawyer_id`` is a lawyer of the pool. SCHEDULE: ``service_kind`` and ``times``, by ``person`` (public
    lawyer ``person_key``, internal adviser ``internal_key``, or under ``contract_key`` by ``lawyer_id``). LETTER: remind
    the agency. ``sentence`` says it to the clerk.
    """

    kind: RemedyKind
    sentence: str
    person_key: int | None = None
    lawyer_id: int | None = None
    contract_key: int | None = None
    person: str = ""
    from_key: int | None = None
    from_name: str = ""
    service_kind: ServiceKind | None = None
    times: int = 0
    internal_key: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """An agency that falls short on the day, why, and what to do next."""

    agency_key: int
    name: str
    kind: GapKind
    reason: str
    """In a sentence: who expired on which day, or how many services are missing."""
    remedy: Remedy
    ended_on: date | None = None
    """EXPIRED: the last day on which it was covered."""
    short: int = 0
    """How many services are missing, also where there is nobody to give them."""

    @property
    def badge(self) -> str:
        """What stands beside the agency's name: 未配备, 已到期 or 还差 n 次."""
        return f"还差 {self.short} 次" if self.kind is GapKind.SHORT else self.kind.value
