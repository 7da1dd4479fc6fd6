"""Counting the agencies of a day into the figures of coverage, each with its definition in words."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from db.coverage.rules.coverage import (
    ALL,
    ENFORCEMENT,
    AgencyCoverage,
    Count,
    CoveragePolicy,
    FigureKey,
    Figures,
    FigureSet,
)
from db.formats.figures import Figure
from db.formats.spans import window_first
from db.words.agency import AgencyKind, Mode
from db.words.service import ServiceKind


def month_ends(day: date, months: int = 24) -> tuple[date, ...]:
    """Return the last days of the ``months`` months before ``day``, the earliest first."""
    found, first = [], day.replace(day=1)
    for _ in range(months):
        last = first - timedelta(days=1)
        found.append(last)
        first = last.replace(day=1)
    return tuple(reversed(found))


def make_figures(rows: Sequence[AgencyCoverage], day: date, policy: CoveragePolicy) -> Figures:
    """Count the agencies of a day: all, those with 行政执法权, and each kind."""
    words = _Definitions(day, policy)
    of_kind: dict[AgencyKind, list[AgencyCoverage]] = {kind: [] for kind in AgencyKind}
    for row in rows:
        of_kind[row.kind].append(row)
    return Figures(
        day=day,
        first=window_first(day),
        whole=_figure_set(ALL, rows, words),
        enforcement=_figure_set(ENFORCEMENT, [r for r in rows if r.has_enforcement], words),
        kinds=tuple(_figure_set(kind.value, group, words) for kind, group in of_kind.items() if group),
    )


def _figure_set(scope: str, rows: Sequence[AgencyCoverage], words: "_Definitions") -> FigureSet:
    every = tuple(r.key for r in rows)

    def rate(key: FigureKey, counted: Iterable[int], base: tuple[int, ...], definition: str) -> Figure:
        return Figure(key.name.lower(), key.value, tuple(counted), base, definition)

    modes: dict[Mode | None, list[int]] = {mode: [] for mode in (*Mode, None)}
    persons: dict[int, None] = {}
    by_kind = dict.fromkeys(ServiceKind, 0)
    counting = {kind: words.policy.counts(kind) for kind in AgencyKind}
    for r in rows:
        modes[r.main_mode].append(r.key)
        for person in r.own:
            persons[person.key] = None
        counts = counting[r.kind]
        for kind, number in r.services.items():
            if kind in counts:
                by_kind[kind] += number
    expected = tuple(r.key for r in rows if r.is_expected)
    return FigureSet(
        scope=scope,
        agencies=every,
        own=rate(FigureKey.OWN, (r.key for r in rows if r.is_expected and r.own), expected, words.own),
        work=rate(FigureKey.WORK, (r.key for r in rows if r.is_served), every, words.work),
        formal=rate(FigureKey.FORMAL, (r.key for r in rows if r.is_covered), every, words.formal),
        effective=rate(FigureKey.EFFECTIVE, (r.key for r in rows if r.is_effective), every, words.effective),
        modes=tuple(
            Figure(
                f"mode_{mode.name.lower() if mode else 'none'}",
                mode.value if mode else "无",
                tuple(keys),
                every,
                words.mode(mode),
            )
            for mode, keys in modes.items()
        ),
        persons=Count(
            "persons",
            "公职律师",
            len(persons),
            tuple(r.key for r in rows if r.own),
            words.persons,
            tuple(persons),
        ),
        services=Count(
            "services",
            "近 12 个月履职",
            sum(r.counted for r in rows),
            tuple(r.key for r in rows if r.counted),
            words.services,
        ),
        by_kind=MappingProxyType({kind: number for kind, number in by_kind.items() if number}),
    )


class _Definitions:
    """What each figure means, as it is shown and printed with it."""

    def __init__(self, day: date, policy: CoveragePolicy) -> None:
        self.policy = policy
        window = f"{window_first(day)} 至 {day}"
        self.own = (
            "配备率＝有自有公职律师的单位÷应当配备公职律师的单位。"
            f"公职律师证在 {day} 有效，并且当日在本单位任职的，为自有。"
        )
        self.work = f"工作覆盖率＝{_one_of(policy.work_modes)}的单位÷全部单位，以 {day} 有效的为准。"
        self.formal = f"有形覆盖率＝{_one_of(policy.formal_modes)}的单位÷全部单位，以 {day} 有效的为准。"
        self.effective = (
            f"有效覆盖率＝有形覆盖，并且近 12 个月（{window}）履职不少于 {_thresholds(policy)}的单位÷全部单位。"
            f"{_kinds(policy)}"
        )
        self.persons = f"公职律师证在 {day} 有效，并且当日在所统计单位任职的公职律师，每人计一次。"
        self.services = f"{window} 为所统计单位提供的履职。{_kinds(policy)}"

    def mode(self, mode: Mode | None) -> str:
        """Say what it means to be put under a mode."""
        order = "、".join(m.value for m in Mode)
        if mode is None:
            return f"{order}都没有的单位÷全部单位。"
        return f"有{mode.value}的单位÷全部单位；同时有几种的，按{order}的次序只计一种。"


def _one_of(modes: frozenset[Mode]) -> str:
    names = [mode.value for mode in Mode if mode in modes]
    return f"有{names[0]}" if len(names) == 1 else f"{'、'.join(names)}至少有其一"


def _thresholds(policy: CoveragePolicy) -> str:
    apart = [
        f"{kind.value} {policy.thresholds[kind]} 次"
        for kind in AgencyKind
        if policy.thresholds.get(kind, policy.threshold) != policy.threshold
    ]
    return f"{policy.threshold} 次" + (f"（{'，'.join(apart)}）" if apart else "")


def _kinds(policy: CoveragePolicy) -> str:
    """Say which services count."""
    said = f"计入的履职：{_kind_names(policy.kinds)}"
    said += "".join(
        f"；{kind.value}计{_kind_names(policy.kinds_of[kind])}"
        for kind in AgencyKind
        if kind in policy.kinds_of and policy.kinds_of[kind] != policy.kinds
    )
    return f"{said}。"


def _kind_names(kinds: frozenset[ServiceKind]) -> str:
    if kinds == frozenset(ServiceKind):
        return "全部种类"
    return "、".join(kind.value for kind in ServiceKind if kind in kinds) or "无"
