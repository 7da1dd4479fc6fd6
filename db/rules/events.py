"""What can happen in a case, and what follows from it for the stage the case is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.procedure import Procedure


class EventKind(StrEnum):
    """Something that happens on a day; the values are the words on the screen."""

    FILED = "立案"
    RECEIVED_COMPLAINT = "收到起诉状副本"
    RECEIVED_APPEAL = "收到上诉状副本"
    RECEIVED_RETRIAL = "收到再审申请书副本"
    RECEIVED_APPLICATION = "收到复议申请书副本"
    ANSWERED = "提交答辩状和证据"
    HEARING = "开庭"
    JUDGMENT_SERVED = "判决书送达"
    RULING_SERVED = "裁定书送达"
    APPEALED = "提起上诉"
    EFFECTIVE = "裁判生效"
    CLOSED = "结案"
    OTHER = "其他"


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
    """One event of a case, as rules see it; ``at_time`` is HH:MM or empty."""

    kind: EventKind
    on: date
    at_time: str = ""


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
    kinds = {h.kind for h in happened}
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
