"""Knowing an agency by whatever it is called: its names of now and before, and what the rules make of them.

Certain is a name that it bears or bore, or a usual word for it that names its place (区人社局, 花园街道办). Probable is
what leaves the place out (教育局, 资规分局) or leaves out more than is usual (区文旅局). Units of the city (市教育局),
of other districts, and parts of an agency (分局, 中队, 派出所) are other units: they are never taken for one on record.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Protocol

from db.formats.names_in_time import EarlierName
from db.formats.recognise.agency_names import (
    SHORTEST,
    Shape,
    bare,
    called,
    district_of,
    fits,
    shape,
    without_province,
)

_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fa5]|[诉由向对经与和及到是告给请在转让代为的了至于人系因服据位知予案被称达往同交致报派收])$"
)
"""What may stand before a name in running text: behind anything else it is the end of a longer name."""
_PART = re.compile(r"[\u4e00-\u9fa5]{1,6}?(?:派出所|中队|分局|支局|监管所|司法所|管理所|执法队)")
_AFTER_PLACE = re.compile(
    r"$|[^\u4e00-\u9fa5\d]|(?:作出|作为|强制|一案|拆除|行政|不履行|的|案|于|、|和|及|与|负责人)"
)
"""What may follow the bare name of a 街道, 镇 or 乡 that means its government and is no address."""


class Agency(Protocol):
    """An agency on record; ``founded_on`` is its first day, ``ended_on`` the first day without it."""

    @property
    def key(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """Its present full name."""

    @property
    def short_name(self) -> str:
        """Its present short name."""

    @property
    def earlier(self) -> Sequence[EarlierName]:
        """The names that it bore before."""

    @property
    def founded_on(self) -> date | None:
        """Its first day, if known."""

    @property
    def ended_on(self) -> date | None:
        """The first day without it."""


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency on record as plain values."""

    key: int
    name: str
    short_name: str = ""
    earlier: tuple[EarlierName, ...] = ()
    founded_on: date | None = None
    ended_on: date | None = None


class Tier(IntEnum):
    """How well a word fits; the best that fits anybody counts."""

    BORNE = 0  # the name of that day
    OTHER_DAYS = 1  # a name of another day
    USUAL = 2  # a usual word that names the place
    OPEN = 3  # a usual word that leaves the place open
    NEAR = 4  # leaves out more than is usual


CERTAIN = Tier.USUAL


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a name may mean, in the order of the record, and how well it fits them."""

    keys: tuple[int, ...] = ()
    tier: Tier | None = None

    @property
    def key(self) -> int | None:
        """The agency meant, if there is only one that it can be."""
        return self.keys[0] if len(self.keys) == 1 else None

    @property
    def certain(self) -> int | None:
        """The agency meant, if that is beyond doubt."""
        return self.key if self.tier is not None and self.tier <= CERTAIN else None


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency on record named in a text, from ``start`` to ``end``."""

    start: int
    end: int
    match: Match


@dataclass(frozen=True, slots=True)
class _Said:
    key: int
    tier: Tier
    from_on: date | None = None  # a name: its first day
    to_on: date | None = None  # a name: its last day


class AgencyRecogniser:
    """Knows the agencies of a record by what they are called. Made once for many questions."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = {a.key: a for a in agencies}
        self._district = district_of(a.name for a in self.agencies.values())
        self._words: dict[str, list[_Said]] = {}
        self._shapes: list[tuple[int, Shape]] = []
        self._near: dict[str, list[_Said]] = {}
        for agency in self.agencies.values():
            self._learn(agency)
        self._starts: dict[str, list[str]] = {}
        for word in sorted(self._words, key=len, reverse=True):
            self._starts.setdefault(word[:2], []).append(word)

    def of(self, name: str, day: date | None = None) -> Match:
        """Return whom ``name`` means, of those who bore it or existed on ``day`` (now, if none is given)."""
        word = bare(name)
        if len(word) < SHORTEST:
            return Match()
        said = self._words.get(word) or self._words.get(without_province(word)) or self._nearly(word)
        return self._settled(said, day)

    @cached_property
    def _by_key(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in sorted(self._words, key=lambda word: (len(word), word)):
            for key in dict.fromkeys(said.key for said in self._words[word]):
                found.setdefault(key, []).append(word)
        return found

    def words(self, key: int) -> tuple[str, ...]:
        """Return everything that an agency is called, for pickers and search; the shortest first."""
        return tuple(self._by_key.get(key, ()))

    def mentions(self, text: str, day: date | None = None) -> Iterator[Mention]:
        """Yield the agencies that a text (in half width, without blanks inside names) names, in its order."""
        place = 0
        while place < len(text) - 1:
            stands_alone = _BEFORE.search(text[max(place - 1, 0) : place])
            word = self.word_at(text, place) if stands_alone else ""
            if word:
                yield Mention(place, place + len(word), self._settled(self._words[word], day))
            place += len(word) or 1

    def word_at(self, text: str, place: int) -> str:
        """Return the longest word for an agency that begins at a place and ends as a whole, or nothing."""
        words = self._starts.get(text[place : place + 2], ())
        word = next((word for word in words if text.startswith(word, place)), "")
        after = place + len(word)
        if not word or _PART.match(text, after):
            return ""
        return "" if word[-1] in "道镇乡" and not _AFTER_PLACE.match(text, after) else word

    # -- learning ---------------------------------------------------------------------------

    def _learn(self, agency: Agency) -> None:
        since = None
        for old in sorted(agency.earlier, key=lambda old: old.to_on):
            self._learn_name(agency.key, old.name, old.short_name, since, old.to_on)
            since = old.to_on
        self._learn_name(agency.key, agency.name, agency.short_name, since, None)

    def _learn_name(self, key: int, name: str, short: str, since: date | None, until: date | None) -> None:
        borne = {bare(word) for word in (name, short) if bare(word)}
        for word in borne:
            self._add(word, _Said(key, Tier.BORNE, since, until))
        for word, is_sure in called(name, short, self._district).items():
            if word not in borne:
                self._add(word, _Said(key, Tier.USUAL if is_sure else Tier.OPEN))
        if made := shape(name, self._district):
            self._shapes.append((key, made))

    def _add(self, word: str, said: _Said) -> None:
        self._words.setdefault(word, []).append(said)

    # -- answering --------------------------------------------------------------------------

    def _nearly(self, word: str) -> list[_Said]:
        if word not in self._near:
            keys = dict.fromkeys(key for key, made in self._shapes if fits(word, made))
            self._near[word] = [_Said(key, Tier.NEAR) for key in keys]
        return self._near[word]

    def _settled(self, said: Sequence[_Said], day: date | None) -> Match:
        tiers: dict[int, Tier] = {}
        for one in said:
            tier = one.tier
            if tier is Tier.BORNE and not _borne(one, day):
                tier = Tier.OTHER_DAYS
            tiers[one.key] = min(tier, tiers.get(one.key, tier))
        if not tiers:
            return Match()
        best = min(tiers.values())
        keys = tuple(key for key, tier in tiers.items() if tier is best)
        there = tuple(key for key in keys if self._exists(key, day))
        keys = there or keys
        return Match(keys, best)

    def _exists(self, key: int, day: date | None) -> bool:
        agency = self.agencies[key]
        if day is None:
            return agency.ended_on is None
        is_founded = agency.founded_on is None or agency.founded_on <= day
        return is_founded and (agency.ended_on is None or day < agency.ended_on)


def _borne(said: _Said, day: date | None) -> bool:
    """Say whether a name was borne on a day; without a day, whether it is borne now. The last day still counts."""
    if day is None:
        return said.to_on is None
    return (said.from_on is None or said.from_on < day) and (said.to_on is None or day <= said.to_on)
