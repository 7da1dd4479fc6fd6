"""Provinces, cities and counties as they stand before the name of a court, a firm or a seat: 浙江省衢州市柯城区, 柯城.

Of 浙江 the cities are known, of the office's own city the counties too (行政区划代码 330802 …), so that a place which is
written without its city is still known to lie in it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from db.formats.numbers import PROVINCES, ZHEJIANG
from db.formats.recognise.match import Match

COUNTIES = {"衢州": frozenset({"柯城", "衢江", "龙游", "江山", "常山", "开化"})}
_PROVINCE = re.compile(rf"({'|'.join(PROVINCES.values())})(?:省|市|(?:[\u4e00-\u9fa5]{{1,3}}族)?自治区)?")
_CITY = re.compile(r"(.{2,}?)(?:市|地区|自治州|盟)(?=.{2,})")
_RANK = re.compile(r"(.{2,}?)(?:[\u4e00-\u9fa5]{1,3}族)?(?:自治)?([区县市旗州盟]|地区)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place taken apart: 浙江, 衢州, 柯城, 区; empty where nothing was said. Of a province the name is its own."""

    province: str = ""
    city: str = ""
    name: str = ""
    rank: str = ""


def plain(text: str) -> str:
    """Return a text in half width, without blanks and the signs that nobody can see."""
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", text)
        if not c.isspace() and unicodedata.category(c)[0] != "C"
    )


@lru_cache(maxsize=4096)
def read_place(text: str) -> Place:
    """Take a place's name apart, as it stands alone or before a court's."""
    rest, province = plain(text), ""
    if found := _PROVINCE.match(rest):
        province, rest = found[1], rest[found.end() :]
    if not rest:
        return Place(province, "", province, "")
    city = ""
    if found := _CITY.match(rest):
        city, rest = found[1], rest[found.end() :]
    else:
        short = next((c for c in ZHEJIANG.values() if rest.startswith(c) and len(rest) > len(c) + 1), "")
        city, rest = short, rest.removeprefix(short)
    found = _RANK.fullmatch(rest)
    name, rank = (found[1], found[2]) if found else (rest, "")
    if not city:
        city = next((c for c, counties in COUNTIES.items() if name in counties), "")
    return Place(province, city, name, rank)


def same_place(one: Place, other: Place) -> bool:
    """Say whether two are one place: the same name, and no part of either that contradicts the other."""
    return (
        bool(one.name)
        and one.name == other.name
        and all(
            not a or not b or a == b
            for a, b in (
                (one.province, other.province),
                (one.city, other.city),
                (one.rank, other.rank),
            )
        )
    )


def within(inner: str, outer: str) -> Match:
    """Say whether a place lies in another; likely where only the wider place of ``inner`` is known."""
    one, other = read_place(inner), read_place(outer)
    if same_place(one, other) or _holds(other, one):
        return Match.CERTAIN
    return Match.LIKELY if _holds(one, other) else Match.NO


def _holds(outer: Place, inner: Place) -> bool:
    if not outer.name or outer.city:
        return False
    if outer.name == outer.province:
        return outer.name == inner.province or (outer.name == "浙江" and inner.city in ZHEJIANG.values())
    return outer.name == inner.city and outer.rank in {"", "市", "州", "盟", "地区"}
