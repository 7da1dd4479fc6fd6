"""What the law makes of one case as recorded: its periods, and the columns and deadlines kept for speed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db.law import events, periods
from db.law.calendar import Calendar
from db.law.events import RECEIPTS
from db.law.filings import FILINGS, OF_A_PARTY, SERVICES, counts_on
from db.law.periods import Extension, FixedDate, Period
from db.law.rulings import ruling_of
from db.models.assignment import Assignment
from db.models.case import Case, Event, Party
from db.models.derived import Deadline
from db.models.reference import Holiday
from db.words.case import Attendance, Attends, EventKind, Procedure, Side

HEARINGS = frozenset({EventKind.HEARING, EventKind.INQUIRY})
JUDGED = frozenset({EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED, EventKind.DECISION_SERVED})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with what its state depends on; ``assigned_on`` is the latest of its running assignments."""

    case: Case
    assigned_on: date | None


@dataclass(frozen=True, slots=True)
class Served:
    """A party on whom a judgment or ruling was served, and its own window for appeal (行政诉讼法第八十五条)."""

    event_id: int
    party_id: int
    party: str
    kind: EventKind
    on: date
    appeal: Period | None


def load_calendar(session: Session) -> Calendar:
    """Return the calendar of days off and make-up working days that the office has entered."""
    rows = session.execute(select(Holiday.day, Holiday.kind, Holiday.name))
    return Calendar.from_rows((row.day, row.kind, row.name) for row in rows)


def load_cases(session: Session, ids: Sequence[int]) -> list[Loaded]:
    """Read cases afresh with everything that ``columns_of`` and ``deadlines_of`` look at; the same few statements."""
    query = (
        select(Case)
        .where(Case.id.in_(ids))
        .options(
            selectinload(Case.events).joinedload(Event.plan),
            selectinload(Case.parties).selectinload(Party.agency),
            selectinload(Case.parties).selectinload(Party.agents),
            selectinload(Case.marks),
        )
        .execution_options(populate_existing=True)
    )
    assigned = select(Assignment.case_id, func.max(Assignment.assigned_on)).where(
        Assignment.case_id.in_(ids), Assignment.ended_on.is_(None)
    )
    latest = {key: on for key, on in session.execute(assigned.group_by(Assignment.case_id))}  # noqa: C416
    return [Loaded(case, latest.get(case.id)) for case in session.scalars(query)]


def happenings(case: Case, party: int | None = None) -> list[events.Happening]:
    """Return a case's events as the rules see them: for one party (its key), or for all of our side.

    Of what each party does or gets by itself, ``party`` has its own; for our side together a copy counts when the
    first defendant has it, an answer when all have answered. The day of its own service takes the place of that
    which was entered for all.
    """
    ours = _ours(case)
    return [
        events.Happening(
            e.kind,
            counts_on(e.kind, e.on_date, e.sent_on, e.send_method),
            e.at_time,
            e.ruling or ruling_of(case.outcome if e is _last_ruling(case) else None),
        )
        for e in case.events
        if e.kind not in OF_A_PARTY
        or (e.party_id is None and not (party and _has_its_own(case, e, party)))
        or (e.party_id == party if party is not None else e.party_id in ours and _is_for_all(case, e, ours))
    ]


def case_periods(case: Case, calendar: Calendar) -> list[Period]:
    """Return the periods that a case's events and its clerk have set running and that show by themselves.

    Periods belong to a party: where co-defendants have different ones, each is shown with its name.
    """
    ours = _ours(case)
    has_own = any(e.party_id for e in case.events) or any(m.party_id for m in case.marks)
    if len(ours) < 2 or not has_own:  # noqa: PLR2004 - nobody has a period of its own
        return _periods(case, calendar, next(iter(ours), None))
    by_hand = {(m.party_id, m.rule): m.id for m in case.marks}
    owners: dict[tuple[object, ...], tuple[Period, dict[int, Party]]] = {}
    for party in ours.values():
        for p in _periods(case, calendar, party.id):
            start, own = None if p.fixed else p.started_on, by_hand.get((party.id, p.rule.id))
            owners.setdefault((p.rule.id, start, p.due, p.done_on, own), (p, {}))[1][party.id] = party
    found = [
        period if len(parties) == len(ours) else _for_parties(period, list(parties.values()), case)
        for period, parties in owners.values()
    ]
    return sorted(found, key=lambda p: p.due)


def appeal_windows(case: Case, calendar: Calendar) -> list[Served]:
    """Return each service of a judgment on one party, with that party's own window for appeal."""
    found = []
    parties = {p.id: p for p in case.parties}
    for event in case.events:
        if event.kind in SERVICES and event.party_id in parties:
            running = _periods(case, calendar, event.party_id)
            appeal = next((p for p in running if _is_counted_from(p, event)), None)
            name = called(parties[event.party_id], case)
            found.append(Served(event.id, event.party_id, name, event.kind, event.on_date, appeal))
    return found


def _is_counted_from(period: Period, event: Event) -> bool:
    return (period.rule.starts, period.started_on, period.fixed) == (event.kind, event.on_date, None)


def called(party: Party, case: Case, received_on: date | None = None) -> str:
    """Return the short name under which a party stands in a case: an agency's is that of the day of receipt.

    机构改革 changes nothing in what is recorded; who goes on with the work is said beside it.
    """
    if party.agency is None:
        return party.name
    return party.agency.called_on(received_on or case.received_on).short_name


def next_hearing(case: Case) -> Event | None:
    """Return the latest hearing of a case that is not judged yet."""
    if any(_ends_trial(e) for e in case.events):
        return None
    hearings = [e for e in case.events if e.kind in HEARINGS]
    return max(hearings, key=lambda e: (e.on_date, e.id), default=None)


def _ends_trial(event: Event) -> bool:
    goes_on = event.ruling is not None and not event.ruling.ends_case
    return event.kind is EventKind.CLOSED or (event.kind in JUDGED and not goes_on)


def columns_of(loaded: Loaded, calendar: Calendar) -> dict[str, Any]:
    """Return the derived columns of a case; ``dispute_id`` depends on others and is left to ``derived``."""
    case = loaded.case
    happened = happenings(case)
    closed_on = events.last(happened, EventKind.CLOSED)
    is_open = closed_on is None
    is_active = is_open and case.duplicate_of_id is None
    days = [e.on_date for e in case.events] + [loaded.assigned_on] * (loaded.assigned_on is not None)
    received_on = events.first(happened, events.RECEIPT_OF[case.procedure])
    return {
        "is_open": is_open,
        "stage": events.stage(happened, is_open=is_open),
        "received_on": received_on,
        "hearing_on": events.last(happened, EventKind.HEARING),
        "closed_on": closed_on,
        "plaintiffs": _joined([p.name for p in case.parties if p.side is Side.PLAINTIFF]),
        "defendants": _joined(
            [called(p, case, received_on) for p in case.parties if p.side is Side.DEFENDANT]
        ),
        "is_unassigned": is_active and loaded.assigned_on is None,
        "lacks_agent": is_active and loaded.assigned_on is None and not _has_own_agent(case),
        "lacks_answer": is_active and _lacks_answer(case, calendar),
        "lacks_attendance": is_active and _lacks_attendance(case),
        "last_on": max((day for day in days if day is not None), default=None),
    }


def deadlines_of(case: Case, calendar: Calendar) -> list[dict[str, Any]]:
    """Return the days a case is heading for: periods that nothing has ended, and the latest hearing.

    What the judgment has set running goes on when the clerk closes the case. A second record of the same case heads
    for none: the one that counts does.
    """
    if case.duplicate_of_id is not None:
        return []
    due = [
        _deadline(
            case,
            p.rule.id,
            p.rule.title,
            p.due,
            lapses=p.rule.lapses,
            covered=p.covered,
            is_fixed=bool(p.fixed),
            parties=p.parties,
        )
        for p in case_periods(case, calendar)
        if p.done_on is None
    ]
    if hearing := next_hearing(case):
        kind = EventKind.HEARING.value
        title = "听证" if _is_inquiry(case, hearing) else kind
        due.append(_deadline(case, kind, title, hearing.on_date, at_time=hearing.at_time, lapses=True))
    return due


DEADLINE_FIELDS = tuple(c.name for c in Deadline.table().c if c.name != "id")


def _deadline(
    case: Case,
    rule: str,
    title: str,
    due_on: date,
    *,
    lapses: bool,
    at_time: str = "",
    covered: bool = True,
    is_fixed: bool = False,
    parties: Sequence[int] = (),
) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "rule": rule,
        "title": title,
        "due_on": due_on,
        "at_time": at_time,
        "lapses": lapses,
        "covered": covered,
        "is_fixed": is_fixed,
        "parties": ",".join(map(str, parties)),
    }


def _periods(case: Case, calendar: Calendar, party: int | None) -> list[Period]:
    """Return a party's periods; what was entered by hand for it goes before what was entered for all."""
    marks = sorted((m for m in case.marks if m.party_id in {None, party}), key=lambda m: m.party_id or 0)
    marked = {m.rule for m in marks}
    found = periods.periods_for(
        case.procedure,
        happenings(case, party),
        calendar,
        track=case.track,
        fixed={
            m.rule: FixedDate(m.fixed_on, "，".join(filter(None, (m.fixed_reason, m.fixed_source))))
            for m in marks
            if m.fixed_on
        },
        extensions={
            m.rule: Extension(m.extended_by, m.extended_unit, m.extended_reason)
            for m in marks
            if m.extended_by and m.extended_unit
        },
        met={m.rule: m.done_on for m in marks if m.done_on},
    )
    return [p for p in found if p.rule.on_timeline or p.rule.id in marked]


def _ours(case: Case) -> dict[int, Party]:
    """Return our side, the defendants, by their keys."""
    return {p.id: p for p in case.parties if p.side is Side.DEFENDANT}


def _is_for_all(case: Case, event: Event, ours: Collection[int]) -> bool:
    """Whether what one defendant handed in leaves nothing to do for another one."""
    if event.kind not in FILINGS:
        return True
    done = {e.party_id for e in case.events if e.kind is event.kind}
    return done >= set(ours) or None in done


def _has_its_own(case: Case, event: Event, party: int) -> bool:
    """Whether the paper entered as served on all was served on this party by itself (行政诉讼法第八十五条)."""
    return event.kind in SERVICES | RECEIPTS and any(
        e.party_id == party and (e.kind, e.ruling) == (event.kind, event.ruling) for e in case.events
    )


def _last_ruling(case: Case) -> Event | None:
    """Return the ruling that a result of the case may have been given in."""
    return next((e for e in reversed(case.events) if e.kind is EventKind.RULING_SERVED), None)


def _for_parties(period: Period, parties: Sequence[Party], case: Case) -> Period:
    names = "、".join(called(p, case) for p in parties)
    rule = replace(period.rule, title=f"{period.rule.title}（{names}）")
    return replace(period, rule=rule, parties=tuple(p.id for p in parties))


def _has_own_agent(case: Case) -> bool:
    return any(party.agents for party in case.parties if party.side is Side.DEFENDANT)


def _lacks_answer(case: Case, calendar: Calendar) -> bool:
    """Whether our side owes an answer, and its last day is unknown."""
    if case.procedure is Procedure.ENFORCEMENT:
        return False
    for party in _ours(case) or (None,):
        answered = events.first(happenings(case, party), EventKind.ANSWERED)
        if answered is None and periods.answer_period(_periods(case, calendar, party)) is None:
            return True
    return False


def _lacks_attendance(case: Case) -> bool:
    hearing = next_hearing(case)
    if hearing is None:
        return False
    if hearing.plan is None:
        return case.attendance is Attendance.PENDING
    return hearing.plan.attends is Attends.PENDING and hearing.plan.attended is None


def _is_inquiry(case: Case, hearing: Event) -> bool:
    return hearing.kind is EventKind.INQUIRY or case.procedure is Procedure.RECONSIDERATION


def _joined(names: Sequence[str]) -> str:
    """Return the names as a list shows them: up to two in full, more as 某某等 n 方."""
    if len(names) <= 2:  # noqa: PLR2004 - two names still fit a column
        return "、".join(names)
    return f"{names[0]}等 {len(names)} 方"
