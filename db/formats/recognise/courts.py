"""Recognising a court or procuratorate: 龙游法院, 浙江省龙游县人民法院行政审判庭, 衢州中院, 省高院, 柯城检察院.

A tribunal, an office or a circuit tribunal (巡回法庭, 人民法庭) belongs to its court (人民法院组织法第二十六条、第二十七条).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from db.formats.recognise.match import Match, best
from db.formats.recognise.places import Place, plain, read_place, same_place

COURT, PROCURATORATE = "法院", "检察院"
BASIC, MIDDLE, HIGH, SUPREME, SPECIAL = "基层", "中级", "高级", "最高", "专门"
_COURT = re.compile(
    r"(?P<place>.*?)(?P<level>最高|高级|中级|基层)?(?:人民)?法院.*|(?P<short_place>.*?)(?P<short>最高法|最高院|高院|中院).*"
)
_PROCURATORATE = re.compile(r"(?P<place>.*?)(?P<level>最高)?(?:人民)?检察院.*|(?P<short>最高检|最高人民检).*")
_SHORT = {"最高法": SUPREME, "最高院": SUPREME, "高院": HIGH, "中院": MIDDLE}
_SPECIAL = re.compile(r".*(?:铁路运输|海事|互联网|知识产权|金融|林区|农垦|军事)")
_OWN = frozenset({"省", "市", "区", "县", "本省", "本市", "本区", "本县", "我省", "我市", "我区", "我县"})


@dataclass(frozen=True, slots=True)
class Bench:
    """A court or procuratorate taken apart; ``special`` is the name of one that no place alone tells apart."""

    kind: str
    level: str
    place: Place
    special: str = ""


@lru_cache(maxsize=4096)
def read_bench(name: str) -> Bench | None:
    """Take a name apart; ``None`` if it is none of a court or procuratorate."""
    text = re.sub(r"^中华人民共和国", "", plain(name).casefold())
    if found := _PROCURATORATE.fullmatch(text):
        return _procuratorate(found)
    found = _COURT.fullmatch(text)
    return _court(found) if found else None


def _procuratorate(found: re.Match[str]) -> Bench | None:
    lead, is_supreme = found["place"] or "", found["level"] or found["short"]
    if not lead and not is_supreme:
        return None
    return Bench(PROCURATORATE, SUPREME if is_supreme else "", _place(lead))


def _court(found: re.Match[str]) -> Bench | None:
    lead = found["place"] if found["short"] is None else found["short_place"]
    lead = re.sub(r"[(\[].*?[)\]]", "", lead or "")
    level = found["level"] or _SHORT.get(found["short"] or "", "")
    if special := _SPECIAL.fullmatch(lead):
        return Bench(COURT, SPECIAL, Place(), special[0])
    if not lead and level != SUPREME:
        return None
    place = _place(lead)
    if not level and lead in _OWN:
        level = _level_of(lead)
    if not level:
        level = HIGH if place.name and place.name == place.province else BASIC
    return Bench(COURT, level, place)


@lru_cache(maxsize=65536)
def compare_benches(one: str, other: str) -> Match:
    """Say whether two names mean the same court or procuratorate.

    Likely: one of them leaves its place to the reader (市中级法院).
    """
    if not one.strip() or not other.strip():
        return Match.NO
    if plain(one) == plain(other):
        return Match.CERTAIN
    a, b = read_bench(one), read_bench(other)
    if a is None or b is None or (a.kind, a.level, a.special) != (b.kind, b.level, b.special):
        return Match.NO
    if a.level == SUPREME or a.special or same_place(a.place, b.place):
        return Match.CERTAIN
    lacks = not a.place.name or not b.place.name
    ranks = {a.place.rank, b.place.rank} - {""}
    return Match.LIKELY if lacks and len(ranks) < 2 else Match.NO  # noqa: PLR2004 - two that contradict


def court_called(called: str, courts: Iterable[tuple[int, str, str]]) -> tuple[int, Match] | None:
    """Return which court of (key, name, short name) is called so, and how sure that is; ``None`` if none or several."""
    found: dict[int, Match] = {}
    for key, name, short in courts:
        is_short = plain(called) == plain(
            short
        )  # 市中院 says no place that another court's could be compared with
        found[key] = Match.CERTAIN if is_short else compare_benches(called, name)
    surest = best(*found.values())
    keys = [key for key, match in found.items() if match is surest]
    return (keys[0], surest) if surest is not Match.NO and len(keys) == 1 else None


def area_of(name: str) -> str:
    """Return the place in whose area a court or procuratorate sits, as its name says; empty if it does not."""
    bench = read_bench(name)
    if bench is None:
        return ""
    place = bench.place
    return "".join((place.city if place.city != place.name else "", place.name, place.rank))


def _place(lead: str) -> Place:
    """Return the place before a court's name; of 本市 or 区 alone only the rank is known."""
    return Place(rank=lead[-1]) if lead in _OWN else read_place(lead)


def _level_of(own: str) -> str:
    return {"省": HIGH, "市": MIDDLE}.get(own[-1], BASIC)
