"""What can happen in a case, and what follows from it for the stage the case is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.law.rulings import Ruling
from db.words.case import EventKind, Procedure

EVERYDAY = tuple(EventKind)[: list(EventKind).index(EventKind.OTHER) + 1]
"""The steps that nearly every case takes; the others come up in some."""

RECEIPT_OF = {
    Procedure.FIRST_INSTANCE: EventKind.RECEIVED_COMPLAINT,
    Procedure.SECOND_INSTANCE: EventKind.RECEIVED_APPEAL,
    Procedure.RETRIAL: EventKind.RECEIVED_RETRIAL,
    Procedure.RECONSIDERATION: EventKind.RECEIVED_APPLICATION,
    Procedure.ENFORCEMENT: EventKind.FILED,
}
"""Which event starts the agency's duty to answer, by kind of proceedings."""


RECEIPTS = frozenset(RECEIPT_OF.values()) - {EventKind.FILED}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a case, as rules see it; ``at_time`` is HH:MM or empty, ``ruling`` the kind of a ruling if known."""

    kind: EventKind
    on: date
    at_time: str = ""
    ruling: Ruling | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it is a ruling after which the trial goes on (管辖异议, 中止, 保全 …)."""
        return self.ruling is not None and not self.ruling.ends_case


def first(happened: Iterable[Happening], kind: EventKind) -> date | None:
    """Return the first day of this kind of event."""
    return min((h.on for h in happened if h.kind is kind), default=None)


def last(happened: Iterable[Happening], kind: EventKind) -> date | None:
    """Return the last day of this kind of event."""
    return max((h.on for h in happened if h.kind is kind), default=None)


def stage(happened: Iterable[Happening], *, is_open: bool) -> str:
    """Return the stage of a case, from the furthest thing that happened in it."""
    if not is_open:
        return "已结"
    kinds = {h.kind for h in happened if not h.goes_on}
    if EventKind.ANSWERED not in kinds and kinds & RECEIPTS:
        kinds.discard(EventKind.HEARING)  # a hearing is fixed, but the answer is still due
    for kind, word in _STAGES:
        if kind in kinds:
            return word
    return "登记"


_STAGES = (
    (EventKind.EFFECTIVE, "生效"),
    (EventKind.APPEALED, "上诉"),
    (EventKind.JUDGMENT_SERVED, "宣判"),
    (EventKind.RULING_SERVED, "宣判"),
    (EventKind.HEARING, "开庭"),
    (EventKind.ANSWERED, "审理"),
    (EventKind.RECEIVED_COMPLAINT, "答辩"),
    (EventKind.RECEIVED_APPEAL, "答辩"),
    (EventKind.RECEIVED_RETRIAL, "答辩"),
    (EventKind.RECEIVED_APPLICATION, "答复"),
    (EventKind.FILED, "立案"),
)
