"""Recognising a law firm, however it is written: brackets, blanks, 律所, province, branch, short and former names.

A firm is called 省 + 字号 + 律师事务所, a branch bears the place of its seat in brackets behind the 字号 or, as before
2010, 地名 + 分所 at the end; the 字号 has two characters or more and is the firm's own (司法部令第120号
《律师事务所名称管理办法》第二条、第六条、第七条). So a 字号 without its province means the same firm, with another
province another one; a branch is the firm, and yet an office of its own in the roster.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from db.formats.numbers import PROVINCES, ZHEJIANG
from db.formats.recognise.match import Match
from db.formats.recognise.places import COUNTIES, plain

BETWEEN = "、"  # between the former names of one firm
_BRACKET = re.compile(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]")
_NO_PLACE = re.compile(r"示例|原.*|曾用名.*|.*合伙|个人|.*简称.*|.*律师事务所")
_KINDS = "律师事务所|律师亊务所|律师事务|律师所|律所"
_BRANCH = re.compile(rf"(?P<firm>.+?(?:{_KINDS}))驻?(?P<place>.{{2,8}}?)(?:分所|分事务所|办事处)")
_KNOWN_PLACES = "|".join(
    (*ZHEJIANG.values(), *(c for counties in COUNTIES.values() for c in sorted(counties)))
)
_SHORT_BRANCH = re.compile(rf"(?P<firm>.{{2,}}?)(?P<place>{_KNOWN_PLACES})[市县区]?分所")
_KIND = re.compile(rf"(?:{_KINDS}|(?<=..)所)$")
_PROVINCE = re.compile(
    rf"({'|'.join(PROVINCES.values())})(?:省|市|(?:[\u4e00-\u9fa5]{{1,3}}族)?自治区)?(?=.{{2,}})"
)
_SEAT = re.compile(rf"(?:{_KNOWN_PLACES})[市县区]?(?=.{{2,}})")


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's name taken apart: 浙江, 双港, and for a branch its place (杭州)."""

    province: str
    core: str
    branch: str


@lru_cache(maxsize=8192)
def read_firm(name: str) -> FirmName:
    """Take a firm's name apart."""
    text, branch = plain(name).casefold(), ""
    for inside in _BRACKET.findall(text):
        if not _NO_PLACE.fullmatch(inside):
            branch = _place(inside)
    text = re.sub(r"[·,，。.、\-—_()\[\]【】〔〕]", "", _BRACKET.sub("", text))
    if found := _BRANCH.fullmatch(text) or _SHORT_BRANCH.fullmatch(text):
        text, branch = found["firm"], _place(found["place"])
    text = _KIND.sub("", text, count=1)
    found = _PROVINCE.match(text)
    return FirmName(found[1], text[found.end() :], branch) if found else FirmName("", text, branch)


def firm_key(name: str) -> str:
    """Return what all ways of writing a firm's name and its branches' names have in common: the 字号."""
    return read_firm(name).core


@lru_cache(maxsize=65536)
def compare_firms(one: str, other: str) -> Match:
    """Say whether two names mean the same firm, its branches included; empty names never do.

    Likely: one of them has a city before the 字号, which the other leaves out.
    """
    a, b = read_firm(one), read_firm(other)
    if not a.core or not b.core or (a.province and b.province and a.province != b.province):
        return Match.NO
    if a.core == b.core:
        return Match.CERTAIN
    seats = _SEAT.match(a.core), _SEAT.match(b.core)
    if sum(seat is not None for seat in seats) != 1:
        return Match.NO
    bare = [name.core[seat.end() if seat else 0 :] for name, seat in zip((a, b), seats, strict=True)]
    return Match.LIKELY if bare[0] == bare[1] else Match.NO


def same_firm(one: str, other: str) -> bool:
    """Say whether two names certainly mean the same firm, its branches included."""
    return compare_firms(one, other) is Match.CERTAIN


def same_office(one: str, other: str) -> bool:
    """Say whether two names certainly mean the same entry of the roster: the same firm, and the same branch or none."""
    return same_firm(one, other) and read_firm(one).branch == read_firm(other).branch


class FirmNames:
    """The firms on record by all their names: full, short, former (、 between them); made once, asked often."""

    def __init__(self, firms: Iterable[tuple[int, str, str, str]]) -> None:
        self._names: dict[int, str] = {}
        self._known: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._former: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for key, name, short, former in firms:
            self._names[key] = name
            for called in dict.fromkeys((name, short)):
                if core := firm_key(called):
                    self._known[core].append((key, called))
            for called in former.split(BETWEEN):
                if core := firm_key(called):
                    self._former[core].append((key, called))

    def find(self, called: str) -> int | None:
        """Return the one entry of the roster that is certainly meant: written so, else the same office; else ``None``."""
        for names in (self._known, self._former):
            known = names.get(firm_key(called), ())
            exact = {key for key, name in known if plain(name) == plain(called)}
            if found := exact or {key for key, name in known if same_office(name, called)}:
                return found.pop() if len(found) == 1 else None
        return None

    def present(self, called: str) -> str:
        """Return the present full name of the firm that is meant; as it is written, where it is not on record.

        A branch that is not on record is called by its firm's name. What a firm was called before means that firm, also
        while an entry under the old name still stands.
        """
        renamed = {key for key, name in self._former.get(firm_key(called), ()) if same_firm(name, called)}
        key = renamed.pop() if len(renamed) == 1 else self.find(called)
        if key is None:
            of_firm = {key for key, name in self._known.get(firm_key(called), ()) if same_firm(name, called)}
            key = min(of_firm) if len({_whole(self._names[k]) for k in of_firm}) == 1 else None
        return called if key is None else self._names[key]


def _whole(name: str) -> tuple[str, str]:
    """Return a firm without its branch."""
    read = read_firm(name)
    return read.province, read.core


def joined_names(text: str) -> str:
    """Return former names as they are kept, however they were divided."""
    return BETWEEN.join(
        dict.fromkeys(name for word in re.split(r"[、,，;；/\n]", text) if (name := word.strip()))
    )


def _place(text: str) -> str:
    bare = text.removesuffix("分所").removesuffix("办事处")
    return bare[:-1] if len(bare) > 2 and bare[-1] in "省市县区" else bare  # noqa: PLR2004 - 衢县 keeps both
