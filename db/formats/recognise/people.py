"""Recognising a lawyer of the pool in somebody whom a record only names: by licence, else by name and firm.

Two licence numbers in full decide. Without them the name must agree, and a firm in which he practised at the time makes
it certain; one that he had left by then, or no firm at all, makes it likely; another firm makes him somebody else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from db.formats.numbers import LICENCE_DIGITS, digits
from db.formats.recognise.firms import FirmNames, compare_firms
from db.formats.recognise.match import Match, best
from db.formats.text import fold

_TITLE = re.compile(r"(?:律师|先生|女士|同志)$")
_DOT = re.compile(r"[•‧⋅∙]")  # other signs that stand for the dot of 阿依古丽·买买提
_BRACKET = re.compile(r"[(（\[【〔].*?[)）\]】〕]")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a record names him: a name, perhaps his firm and licence; ``on`` is when he was so named."""

    name: str
    firm: str = ""
    licence: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FirmSpell:
    """A firm that the lawyer practised in before the present one."""

    firm: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A lawyer of the pool: his name, licence, and every firm in which he practised, with its time."""

    name: str
    licence: str = ""
    spells: tuple[FirmSpell, ...] = ()

    @classmethod
    def of(cls, name: str, licence: str, firm: str, former: Iterable[FirmSpell]) -> "Known":
        """Return a lawyer with his present firm and the ones before."""
        return cls(name, licence, (FirmSpell(firm), *former))


class People:
    """The lawyers of the pool, to be found by what a record says of somebody; made once, asked often."""

    def __init__(self, people: Iterable[tuple[int, Known]], firms: FirmNames) -> None:
        self._firms = firms
        self._by_name: defaultdict[str, list[tuple[int, Known]]] = defaultdict(list)
        self._by_licence: dict[str, tuple[int, Known]] = {}
        for key, known in people:
            self._by_name[person_key(known.name)].append((key, known))
            if licence := _licence(known.licence):
                self._by_licence[licence] = (key, known)

    def find(self, named: Named) -> list[tuple[int, Match]]:
        """Return who may be meant, and how sure that is; a firm may be named by any of its names."""
        if named.firm:
            named = replace(named, firm=self._firms.present(named.firm))
        near = dict(self._by_name.get(person_key(named.name), ()))
        if one := self._by_licence.get(_licence(named.licence)):
            near[one[0]] = one[1]
        found = ((key, compare_people(named, known)) for key, known in near.items())
        return [(key, match) for key, match in found if match]


@lru_cache(maxsize=16384)
def person_key(name: str) -> str:
    """Return what all ways of writing a person's name have in common: 汪　晓棠, 汪晓棠律师 and 汪晓棠（主办）."""
    return fold(_TITLE.sub("", fold(_BRACKET.sub("", _DOT.sub("·", name)))))


def same_name(one: str, other: str) -> bool:
    """Say whether two names of persons are the same; empty names never are."""
    key = person_key(one)
    return bool(key) and key == person_key(other)


def compare_people(named: Named, known: Known) -> Match:
    """Say whether a lawyer of the pool is meant."""
    given, own = _licence(named.licence), _licence(known.licence)
    if given and own:
        if given == own:
            return Match.CERTAIN
        return min(_by_firm(named, known), Match.LIKELY) if same_name(named.name, known.name) else Match.NO
    if not same_name(named.name, known.name):
        return Match.NO
    return _by_firm(named, known) if named.firm.strip() else Match.LIKELY


def _by_firm(named: Named, known: Known) -> Match:
    return best(*_firms(named, known.spells))


def _firms(named: Named, spells: Iterable[FirmSpell]) -> Iterable[Match]:
    for spell in spells:
        match = compare_firms(named.firm, spell.firm)
        is_over = named.on is not None and spell.to_on is not None and spell.to_on < named.on
        yield min(match, Match.LIKELY) if is_over else match


@lru_cache(maxsize=16384)
def _licence(text: str) -> str:
    """Return a licence number that can be compared: one of full length; an old, masked or mistyped one cannot."""
    number = digits(text)
    return number if len(number) == LICENCE_DIGITS and number.isascii() and number.isdigit() else ""
