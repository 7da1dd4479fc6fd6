"""Which steps a clerk is offered in a case: those of its proceedings, the usual ones first."""

from collections.abc import Collection

from db.law.events import EVERYDAY, RECEIPT_OF, RECEIPTS
from db.law.period_rules import PeriodRule
from db.law.periods import BY_ID, RULES, SEEN_AS
from db.words.case import EventKind, Procedure, Track

HEARD = frozenset({EventKind.HEARING, EventKind.INQUIRY})
"""Steps that are fixed beforehand, so that their day may be one to come."""

NEXT = {
    "登记": EventKind.FILED,
    "答辩": EventKind.ANSWERED,
    "答复": EventKind.ANSWERED,
    "审理": EventKind.HEARING,
    "开庭": EventKind.JUDGMENT_SERVED,
    "宣判": EventKind.CLOSED,
    "上诉": EventKind.CLOSED,
    "生效": EventKind.CLOSED,
}
"""By stage, the step that usually comes next."""


def next_step(stage: str, procedure: Procedure) -> EventKind:
    """Return the step that a case in this stage usually takes next."""
    return NEXT.get(stage, RECEIPT_OF[procedure]) if stage != "立案" else RECEIPT_OF[procedure]


def steps_of(procedure: Procedure) -> tuple[EventKind, ...]:
    """Return the steps of these proceedings: those of every day, then those that set its periods running or end them."""
    renamed = {own: general for general, own in SEEN_AS.get(procedure, {}).items()}
    foreign = RECEIPTS - {RECEIPT_OF[procedure]}
    usual = [kind for kind in EVERYDAY if kind not in foreign]
    ruled = {
        kind
        for rule in RULES
        if procedure in rule.procedures
        for kind in (rule.starts, *rule.ends)
        if kind not in foreign and kind not in renamed
    }
    return (*usual, *(kind for kind in EventKind if kind in ruled and kind not in usual))


def awaited(
    procedure: Procedure, track: Track, running: Collection[str], happened: Collection[EventKind]
) -> list[PeriodRule]:
    """Return the periods of a case that are not at work yet, but will be.

    These are the ones that its main way leads to, and those whose last day the court fixes, once what starts them
    has happened. ``running`` are the ids of the periods at work.
    """
    milestones = (BY_ID[rule] for rule in _MILESTONES.get(procedure, ()))
    ways = [rule for rule in milestones if rule.starts not in happened]
    undated = [rule for rule in RULES if rule.length is None and rule.starts in happened and rule.on_timeline]
    return [
        rule
        for rule in (*undated, *ways)
        if rule.id not in running and procedure in rule.procedures and rule.track in {None, track}
    ]


_MILESTONES = {
    Procedure.FIRST_INSTANCE: ("L02", "L09", "L12"),
    Procedure.SECOND_INSTANCE: ("L14", "L15"),
    Procedure.RETRIAL: ("L17", "L18"),
    Procedure.RECONSIDERATION: ("R05", "R07"),
    Procedure.ENFORCEMENT: ("L23c", "L23d"),
}
