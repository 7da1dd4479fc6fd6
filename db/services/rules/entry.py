"""A service as a clerk writes it down in words: in a line of the grid, or in a row of a sheet; understood all alike."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from db.agencies.rules.in_time import AgenciesInTime
from db.errors import Problem, Severity
from db.services.rules.people import Capacity, Person, Serving, person_named
from db.services.rules.services import ServiceDraft
from db.words.service import ServiceKind

KINDS: tuple[tuple[str, ServiceKind], ...] = (
    ("应诉", ServiceKind.APPEARANCE),
    ("出庭", ServiceKind.APPEARANCE),
    ("代理", ServiceKind.APPEARANCE),
    ("诉讼", ServiceKind.APPEARANCE),
    ("合同", ServiceKind.CONTRACT_REVIEW),
    ("协议", ServiceKind.CONTRACT_REVIEW),
    ("合法性", ServiceKind.LEGALITY_REVIEW),
    ("审查", ServiceKind.LEGALITY_REVIEW),
    ("审核", ServiceKind.LEGALITY_REVIEW),
    ("法核", ServiceKind.LEGALITY_REVIEW),
    ("会商", ServiceKind.CONSULTATION),
    ("研判", ServiceKind.CONSULTATION),
    ("论证", ServiceKind.CONSULTATION),
    ("意见", ServiceKind.OPINION),
    ("咨询", ServiceKind.OPINION),
    ("培训", ServiceKind.TRAINING),
    ("讲座", ServiceKind.TRAINING),
    ("授课", ServiceKind.TRAINING),
    ("普法", ServiceKind.TRAINING),
    ("调解", ServiceKind.MEDIATION),
    ("信访", ServiceKind.MEDIATION),
    ("化解", ServiceKind.MEDIATION),
)
"""What clerks call the kinds; the first that stands in the word counts."""
MOST_HOURS = 999
_REMARK = re.compile(
    r"\s*[（(][^（()）]*[)）]\Z"
)  # what an export or a clerk adds to a name: 毛青（某某律所）


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """A service in words; the day is understood already."""

    on_date: date | None = None
    agency: str = ""
    kind: str = ""
    person: str = ""
    matter: str = ""
    result: str = ""
    hours: str = ""


@dataclass(frozen=True)
class EntryFacts(AgenciesInTime):
    """What is known when services are written down: agencies and people."""

    people: tuple[Person, ...]

    def called(self, typed: str) -> list[Person]:
        """Return everybody whose name or label this is."""
        typed = typed.strip()
        return self._by_word.get(typed) or self._by_word.get(_REMARK.sub("", typed), [])

    @cached_property
    def _by_word(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for word in (person.name, person.label):
                found.setdefault(word, []).append(person)
        return found

    @cached_property
    def by_key(self) -> dict[tuple[Capacity, int], Person]:
        """People by what they are and their keys."""
        return {(person.capacity, person.key): person for person in self.people}


def serving_of(draft: ServiceDraft, facts: EntryFacts) -> Serving:
    """Return what is known of a service's agency and person on its day."""
    agency = facts.agencies.get(draft.agency_id) if draft.agency_id is not None else None
    person = None
    if draft.public_lawyer_id is not None:
        person = facts.by_key.get((Capacity.PUBLIC, draft.public_lawyer_id))
    elif draft.internal_adviser_id is not None:
        person = facts.by_key.get((Capacity.ADVISER, draft.internal_adviser_id))
    return Serving(
        agency=agency.called_on(draft.on_date) if agency else "",
        agency_gone=agency.trouble_on(draft.on_date) if agency else "",
        person=person,
    )


def understood(words: ServiceWords, facts: EntryFacts) -> tuple[ServiceDraft, list[Problem]]:
    """Return the service that words mean, and what was not understood or only as a name."""
    found: list[Problem] = []
    agency = facts.agency_called(words.agency, words.on_date)
    if words.agency.strip() and agency is None:
        found.append(Problem("agency_id", facts.agency_trouble(words.agency.strip(), words.on_date)))
    kind = kind_of(words.kind) if words.kind.strip() else ServiceKind.OTHER
    if kind is None:
        kinds = "、".join(k.value for k in ServiceKind)
        found.append(Problem("kind", f"应为{kinds}之一，现为“{words.kind.strip()}”。"))
    hours, trouble = hours_of(words.hours)
    if trouble:
        found.append(Problem("hours", trouble))
    person, said = None, ""
    if words.person.strip():
        called = facts.called(words.person)
        bare = (
            words.person
            if any(p.label == words.person.strip() for p in called)
            else _REMARK.sub("", words.person)
        )
        person, said = person_named(
            called, bare if called else words.person, agency.key if agency else None, words.on_date
        )
    if said:
        found.append(Problem("who", said, Severity.WARNING))
    draft = ServiceDraft(
        kind=kind or ServiceKind.OTHER,
        on_date=words.on_date,
        agency_id=agency.key if agency else None,
        matter=words.matter.strip(),
        result=words.result.strip(),
        hours=hours,
        lawyer_id=_key(person, Capacity.LAWYER),
        public_lawyer_id=_key(person, Capacity.PUBLIC),
        internal_adviser_id=_key(person, Capacity.ADVISER),
        person="" if person else words.person.strip(),
    )
    return draft, found


def kind_of(word: str) -> ServiceKind | None:
    """Return the kind that a clerk's word means, or ``None``."""
    word = word.strip()
    exact = next((kind for kind in ServiceKind if kind.value == word), None)
    return exact or next((kind for part, kind in KINDS if part in word), None)


def hours_of(typed: str) -> tuple[float | None, str]:
    """Return the hours that were typed, and what is wrong with them."""
    text = (
        unicodedata.normalize("NFKC", typed)
        .strip()
        .replace("。", ".")
        .removesuffix("h")
        .removesuffix("小时")
        .strip()
    )
    if not text:
        return None, ""
    try:
        hours = float(text)
    except ValueError:
        return None, f"应写成小时数，如 1.5，现为“{typed.strip()}”。"
    if not 0 <= hours <= MOST_HOURS:  # NaN is in no range
        return None, f"应为 0 至 {MOST_HOURS} 小时，现为 {hours:g}。"
    return hours, ""


def _key(person: Person | None, capacity: Capacity) -> int | None:
    return person.key if person is not None and person.capacity is capacity else None
