"""Finding the case on record that a pasted text belongs to."""

import re
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.cases.queries.cases import cause_title
from db.formats.numbers import parse_case_number
from db.formats.recognise import courts
from db.formats.text import fold
from db.intake.rules import Intake
from db.intake.rules.updating import Hearing, Likeness, OnRecord, nearly_same
from db.law.events import RECEIPT_OF
from db.law.periods import ANSWER_RULES
from db.models.case import Case, Event, PeriodMark
from db.office.queries.reference import court_choices
from db.words.case import EventKind, Procedure

HEARD = (EventKind.HEARING, EventKind.INQUIRY)
MOST = 5  # cases that are asked about


@dataclass(frozen=True, slots=True)
class Match:
    """A case on record and how it belongs to a text."""

    record: OnRecord
    likeness: Likeness


def matches(session: Session, read: Intake) -> list[Match]:
    """Return the cases that a text belongs to: the one of its number, else the one appealed against, else near ones."""
    numbers = read.values("number")
    if found := _by_number(session, numbers):
        return [Match(_on_record(session, case), Likeness.SAME) for case in found]
    if not numbers and (found := _by_number(session, read.values("previous_number"))):
        return [Match(_on_record(session, case), Likeness.APPEALED) for case in found]
    near = [case for number in numbers for case in _near(session, number, read)]
    return [Match(_on_record(session, case), Likeness.NEAR) for case in near[:MOST]]


def key_of_number(session: Session, number: str) -> int | None:
    """Return the case that bears a number, if there is exactly one."""
    found = _by_number(session, (number,)) if number else []
    return found[0].id if len(found) == 1 else None


def court_called(session: Session, name: str) -> int | None:
    """Return the court that a text calls by this name, if it is on the list."""
    known = courts.court_called(name, ((c.key, c.name, c.short_name) for c in court_choices(session)))
    return known[0] if known else None


def _by_number(session: Session, numbers: tuple[str, ...]) -> list[Case]:
    """Return the cases that bear these numbers; a second record of a case gives way to the one that counts."""
    query = select(Case).where(
        Case.number.in_(numbers), Case.number != "", Case.removed_at.is_(None), Case.duplicate_of_id.is_(None)
    )
    return list(session.scalars(query.order_by(Case.id)))


def _near(session: Session, number: str, read: Intake) -> list[Case]:
    """Return cases whose number differs in one sign and whose plaintiff the text names, or names none."""
    parsed = parse_case_number(number)
    if parsed is None:
        return []
    head, tail = f"（{parsed.year}）{parsed.court}{parsed.kind}", f"{parsed.kind}{parsed.number}号"
    query = select(Case).where(Case.removed_at.is_(None), Case.duplicate_of_id.is_(None))
    query = query.where(
        or_(Case.number.startswith(head, autoescape=True), Case.number.endswith(tail, autoescape=True))
    )
    names = [_unmarked(name) for name in read.values("plaintiff")]
    return [
        case
        for case in session.scalars(query.order_by(Case.id))
        if nearly_same(case.number, number)
        and (not names or any(name in _unmarked(case.plaintiffs) for name in names))
    ]


def _unmarked(names: str) -> str:
    """Return names to compare, without remarks in brackets."""
    return fold(re.sub(r"[（(][^（()）]*[)）]", "", names))


def _on_record(session: Session, case: Case) -> OnRecord:
    events = session.scalars(
        select(Event).where(Event.case_id == case.id).order_by(Event.on_date, Event.id)
    ).all()
    served = {EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED, EventKind.DECISION_SERVED}
    heard = next((e for e in reversed(events) if e.kind in HEARD), None)
    fixed = select(PeriodMark.fixed_on).where(
        PeriodMark.case_id == case.id,
        PeriodMark.party_id.is_(None),
        PeriodMark.fixed_on.is_not(None),
        PeriodMark.rule.in_(ANSWER_RULES),
    )
    before = session.get(Case, case.previous_id) if case.previous_id else None

    def first(kind: EventKind) -> Event | None:
        return next((e for e in events if e.kind is kind and e.party_id is None), None)

    filed, received, appealed = (
        first(k) for k in (EventKind.FILED, RECEIPT_OF[case.procedure], EventKind.APPEALED)
    )
    brought = next((e for e in events if e.kind in served and e.party_id is None), None)
    return OnRecord(
        key=case.id,
        version=case.version,
        number=case.number,
        title=f"{case.plaintiffs} 诉 {case.defendants}",
        procedure=case.procedure,
        track=case.track,
        court=case.court.name if case.court else "",
        cause=cause_title(case),
        filed_on=filed.on_date if filed else None,
        received_on=received.on_date if received and case.procedure is not Procedure.ENFORCEMENT else None,
        answer_due=session.scalars(fixed).first(),
        hearing=Hearing(heard.on_date, heard.at_time, heard.note) if heard else None,
        outcome=case.outcome,
        judged_on=case.decided_on,
        served_on=brought.on_date if brought else None,
        appealed_on=appealed.on_date if appealed else None,
        previous_number=before.number if before else "",
    )
