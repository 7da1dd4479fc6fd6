"""The matrix: one line for each agency, its columns, and which of them are shown in which order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from db.agencies.queries.agencies import AgencyRow
from db.coverage.rules.coverage import AgencyCoverage, Counsel
from db.setup.opening import UNVERIFIED
from db.words.agency import AgencyKind
from gui.tables.cells import Badge, Cell, Column, Number, Text
from gui.tables.heat import heat

SHOWN_NAMES = 2  # of advisers in a cell, the rest in the tooltip
DEPARTMENTS = frozenset({AgencyKind.DEPARTMENT, AgencyKind.BRANCH})
TOWNS = frozenset({AgencyKind.SUBDISTRICT, AgencyKind.TOWN})


@dataclass(frozen=True, slots=True)
class Line:
    """An agency as the matrix shows it; ``listed`` are its cases and where its entry comes from."""

    cover: AgencyCoverage
    listed: AgencyRow | None

    @property
    def key(self) -> int:
        """The agency's key."""
        return self.cover.key

    @property
    def is_unverified(self) -> bool:
        """Whether it comes from the first-run list and nobody has verified it."""
        return self.listed is not None and self.listed.source == UNVERIFIED


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are wanted; ``among`` are the agencies that a figure counts, ``found`` those that the text means."""

    segment: str = "all"
    kinds: frozenset[AgencyKind] = frozenset()
    enforcement_only: bool = False
    unverified_only: bool = False
    without_liaison: bool = False
    among: frozenset[int] | None = None
    found: frozenset[int] | None = None

    def takes(self, line: Line) -> bool:
        """Say whether a line is wanted."""
        cover = line.cover
        return (
            in_segment(cover, self.segment)
            and (not self.kinds or cover.kind in self.kinds)
            and (not self.enforcement_only or cover.has_enforcement)
            and (not self.unverified_only or line.is_unverified)
            and (not self.without_liaison or (line.listed is not None and line.listed.lacks_liaison))
            and (self.among is None or cover.key in self.among)
            and (self.found is None or cover.key in self.found)
        )


def in_segment(cover: AgencyCoverage, segment: str) -> bool:
    """Say whether an agency belongs to a segment: all, departments, towns, gaps."""
    if segment == "departments":
        return cover.kind in DEPARTMENTS
    if segment == "towns":
        return cover.kind in TOWNS
    return segment != "gaps" or not cover.is_effective


def order(lines: Iterable[Line], sort: str, *, descending: bool) -> list[int]:
    """Return the keys in the order asked for; equals stay in the office's order."""
    by_place = sorted(lines, key=_place)
    return [line.key for line in sorted(by_place, key=_SORTS[sort], reverse=descending)]


def _place(line: Line) -> Any:
    return (line.cover.place, line.cover.key)


def _listed(line: Line, name: str) -> int:
    return int(getattr(line.listed, name)) if line.listed else 0


_SORTS: dict[str, Callable[[Line], Any]] = {
    "place": _place,
    "name": lambda r: r.cover.short_name,
    "kind": lambda r: list(AgencyKind).index(r.cover.kind),
    "has_enforcement": lambda r: r.cover.has_enforcement,
    "own": lambda r: len(r.cover.own),
    "shared": lambda r: len(r.cover.shared),
    "external": lambda r: len(r.cover.external),
    "internal": lambda r: len(r.cover.internal),
    "counted": lambda r: r.cover.counted,
    "covered": lambda r: r.cover.is_covered,
    "effective": lambda r: (r.cover.is_effective, r.cover.is_covered, -r.cover.short),
    "open_cases": lambda r: _listed(r, "open_cases"),
    "year_cases": lambda r: _listed(r, "year_cases"),
    "all_cases": lambda r: _listed(r, "all_cases"),
    "source": lambda r: r.listed.source if r.listed else "",
}


def _own(line: Line) -> Cell:
    return Number(len(line.cover.own) or None)


def _shared(line: Line) -> Cell:
    lenders = list(dict.fromkeys(person.from_name for person in line.cover.shared))
    return Text(f"由 {'、'.join(lenders)}" if lenders else "")


def _names(people: Sequence[Counsel]) -> str:
    names = [person.detail or person.name for person in people]
    rest = f" 等 {len(names)}" if len(names) > SHOWN_NAMES else ""
    return "、".join(names[:SHOWN_NAMES]) + rest


def _people_tip(people: Sequence[Counsel]) -> str:
    return "\n".join(person_words(person) for person in people)


def person_words(person: Counsel) -> str:
    """Return who it is, from where, and until when he may serve."""
    parts = [person.name, f"由 {person.from_name} 统筹" if person.from_name else "", person.detail]
    until = f"至 {person.until}" if person.until else ""
    return "　".join(part for part in (*parts, until) if part)


def _covered(line: Line) -> Cell:
    if line.cover.is_covered:
        return Text("有", "ok", icon="check")
    return Badge("dg", "未配备", "circle-alert")


def _effective(line: Line) -> Cell:
    cover = line.cover
    if cover.is_effective:
        return Text("达标", "ok", icon="check")
    if cover.is_covered:
        return Badge("wn", "履职不足", "triangle-alert")
    return Badge("dg", "未达标", "circle-alert")


def _effective_tip(line: Line) -> str:
    cover = line.cover
    said = f"近 12 个月计入 {cover.counted} 次，须有 {cover.threshold} 次"
    if cover.is_effective:
        return f"{said}，达标"
    return f"{said}，还差 {cover.short} 次" if cover.short else f"{said}，但没有配备"


def _services_tip(line: Line) -> str:
    cover = line.cover
    kinds = "，".join(f"{kind.value} {count}" for kind, count in cover.services.items() if count)
    rest = cover.total - cover.counted
    other = f"（另有 {rest} 次不计入有效覆盖）" if rest else ""
    return f"{kinds}{other}" if kinds else "近 12 个月没有履职记录"


def _enforcement(line: Line) -> Cell:
    return Text("有", "ok", icon="check") if line.cover.has_enforcement else Text("")


def _source(line: Line) -> Cell:
    if line.is_unverified:
        return Text("待核对", "wn", icon="triangle-alert")
    return Text(line.listed.source if line.listed else "", "tx2")


def _cases(name: str) -> Callable[[Line], Cell]:
    return lambda line: Number(_listed(line, name))


COLUMNS: tuple[Column[Line], ...] = (
    Column("name", "单位", lambda r: Text(r.cover.short_name), 140, flex=True, tip=lambda r: r.cover.name),
    Column("own", "公职律师", _own, 80, right=True, tip=lambda r: _people_tip(r.cover.own)),
    Column("shared", "统筹共享", _shared, 132, tip=lambda r: _people_tip(r.cover.shared)),
    Column(
        "external",
        "外聘顾问",
        lambda r: Text(_names(r.cover.external)),
        132,
        tip=lambda r: _people_tip(r.cover.external),
    ),
    Column(
        "internal",
        "内部顾问",
        lambda r: Text(_names(r.cover.internal)),
        104,
        hidden=True,
        tip=lambda r: _people_tip(r.cover.internal),
    ),
    Column("counted", "近 12 月履职", lambda r: heat(r.cover.counted), 108, centred=True, tip=_services_tip),
    Column("covered", "有形覆盖", _covered, 96),
    Column("effective", "有效覆盖", _effective, 108, tip=_effective_tip),
    Column("full_name", "全称", lambda r: Text(r.cover.name, "tx2"), 260, sorts=False, hidden=True),
    Column("kind", "类型", lambda r: Text(r.cover.kind.value), 92, hidden=True),
    Column("has_enforcement", "行政执法权", _enforcement, 92, hidden=True),
    Column("open_cases", "在办案件", _cases("open_cases"), 80, right=True, hidden=True),
    Column("year_cases", "本年案件", _cases("year_cases"), 80, right=True, hidden=True),
    Column("all_cases", "全部案件", _cases("all_cases"), 80, right=True, hidden=True),
    Column("source", "信息来源", _source, 92, hidden=True),
)
