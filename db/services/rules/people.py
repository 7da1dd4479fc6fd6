"""Who may have given a service: lawyers of the pool, public lawyers, staff advisers; found by name, and whom they may serve.

公职律师不得从事有偿法律服务，不得以律师身份办理所在单位以外的诉讼或非诉讼法律事务（中办发〔2016〕30号）; lending one
to another agency is only by an arrangement (统筹).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.formats.spans import Span

LIMITS = "公职律师不得以律师身份办理所在单位以外的法律事务（中办发〔2016〕30号）"


class Capacity(StrEnum):
    """As what somebody gives a service."""

    LAWYER = "顾问库律师"
    PUBLIC = "公职律师"
    ADVISER = "内部法律顾问"
    OTHER = "其他人员"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Span):
    """A time in which somebody works in an agency, or (``is_lent``) is lent to it."""

    agency_id: int
    agency: str
    is_lent: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gives services; ``certificates`` are a public lawyer's."""

    capacity: Capacity
    key: int
    name: str
    places: tuple[Place, ...] = ()
    certificates: tuple[Span, ...] = ()
    caption: str = ""

    @property
    def label(self) -> str:
        """What a list of people calls him: 毛青（公职律师，区综合执法局）."""
        words = "，".join(word for word in (self.capacity.value, self.caption) if word)
        return f"{self.name}（{words}）"

    def serves(self, agency_id: int, day: date) -> bool:
        """Say whether he works in an agency, or is lent to it, on a day."""
        return any(place.agency_id == agency_id and place.runs_on(day) for place in self.places)


@dataclass(frozen=True, slots=True)
class Serving:
    """What is known of a service's agency and person on its day.

    ``agency`` is its name of then; ``agency_gone`` says that it did not exist then.
    """

    agency: str = ""
    agency_gone: str = ""
    person: Person | None = None


def serving_text(person: Person, agency_id: int, day: date, agency: str) -> str:
    """Say what speaks against a person's serving an agency on a day, or nothing."""
    if person.capacity is Capacity.PUBLIC:
        if not person.serves(agency_id, day):
            return _not_there(person, day, agency)
        if not any(certificate.runs_on(day) for certificate in person.certificates):
            return f"{person.name}在 {day} 没有有效的公职律师证，请核对日期，或先登记证书。"
    if person.capacity is Capacity.ADVISER and not person.serves(agency_id, day):
        where = "、".join(dict.fromkeys(place.agency for place in person.places))
        return f"{person.name}是{where}的内部法律顾问，{day} 不在{agency}。请核对人员和日期。"
    return ""


def person_named(
    people: Iterable[Person], typed: str, agency_id: int | None, day: date | None
) -> tuple[Person | None, str]:
    """Return whom a name (or the label of a person) means among ``people``, and what to say about it.

    Whoever works in the agency (or is lent to it) on that day is meant before a lawyer of the pool; a public lawyer
    of another agency is not meant, since he may be somebody else of the same name.
    """
    wanted = typed.strip()
    people = list(people)
    if chosen := [p for p in people if p.label == wanted]:
        return chosen[0], ""
    named = [p for p in people if p.name == wanted]
    ever = [p for p in named if any(place.agency_id == agency_id for place in p.places)]
    here = [p for p in ever if day is None or (agency_id is not None and p.serves(agency_id, day))]
    for found in (here, [p for p in named if p.capacity is Capacity.LAWYER]):
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, f"有 {len(found)} 名“{wanted}”，没有对应到人，按姓名登记。"
    if ever:
        return None, f"“{wanted}”{day} 不在本单位任职，也没有统筹到本单位，按姓名登记。请核对日期。"
    if named:
        labels = "、".join(p.label for p in named[:2])
        return None, f"本单位没有“{wanted}”，另有{labels}，没有对应到人，按姓名登记。"
    return None, f"库中没有“{wanted}”，按姓名登记，不计入个人履职。"


def _not_there(person: Person, day: date, agency: str) -> str:
    own = [place.agency for place in person.places if not place.is_lent and place.runs_on(day)]
    where = f"{day} 在{'、'.join(own)}任职" if own else f"{day} 没有任职单位"
    return f"{person.name}{where}，没有到{agency}的统筹安排。{LIMITS}，请先登记统筹，或核对单位和日期。"
