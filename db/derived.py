"""What follows from other records and is kept for speed: search keys, deadlines, sortable columns of cases.

The engine calls ``refresh`` at the end of every act (also of an undo), so no act can forget it; ``check``
proves with ``differences`` that what is stored equals what the functions give.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, selectinload

from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.derived import Deadline, SearchKey
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.reference import Holiday
from db.rules import events, numbers, periods, pinyin, text
from db.rules.calendar import Calendar
from db.rules.vocabulary import EventKind, PartyKind, Side

CHUNK = 500
Keys = set[tuple[int, str]]


def refresh(session: Session, touched: Mapping[str, Iterable[int]]) -> None:
    """Bring everything derived from the touched rows (table name -> keys) up to date."""
    for chunk in _chunks(_touched_cases(session, touched)):
        _refresh_cases(session, chunk)
    for table, ids in (("agency", touched.get("agency", ())), ("lawyer", touched.get("lawyer", ()))):
        for chunk in _chunks(ids):
            _replace_keys(session, table, chunk)


def differences(session: Session) -> list[str]:
    """Return a sentence for each stored value that is not what the functions give."""
    found: list[str] = []
    calendar = load_calendar(session)
    for chunk in _chunks(session.scalars(select(Case.id))):
        for case in _cases(session, chunk):
            found += [
                f"案件 {case.number or case.id} 的 {name} 存为 {getattr(case, name)}，应为 {value}"
                for name, value in case_columns(case).items()
                if getattr(case, name) != value
            ]
            stored = session.execute(
                select(Deadline.rule, Deadline.due_on).where(Deadline.case_id == case.id)
            ).all()
            wanted = [(d["rule"], d["due_on"]) for d in case_deadlines(case, calendar)]
            if sorted(tuple(row) for row in stored) != sorted(wanted):
                found.append(f"案件 {case.number or case.id} 的期限与推算不符")
    for table, model in (("agency", Agency), ("lawyer", Lawyer), ("case_record", Case)):
        for chunk in _chunks(session.scalars(select(model.id))):
            if _stored_keys(session, table, chunk) != _KEYS[table](session, chunk):
                found.append(f"{table} {chunk[0]}–{chunk[-1]} 的检索词与名称不符")
    return found


def load_calendar(session: Session) -> Calendar:
    """Return the calendar of days off and make-up working days that the office has entered."""
    rows = session.execute(select(Holiday.day, Holiday.kind, Holiday.name))
    return Calendar.from_rows((row.day, row.kind, row.name) for row in rows)


def happenings(case: Case) -> list[events.Happening]:
    """Return a case's events as the rules see them."""
    return [events.Happening(e.kind, e.on_date, e.at_time) for e in case.events]


def case_periods(case: Case, calendar: Calendar) -> list[periods.Period]:
    """Return the statutory periods that a case's events have set running and that show by themselves."""
    found = periods.periods_for(case.procedure, happenings(case), calendar)
    return [period for period in found if period.rule.on_timeline]


def case_columns(case: Case) -> dict[str, Any]:
    """Return the derived columns of a case, from its events and parties alone."""
    happened = happenings(case)
    closed_on = events.last(happened, EventKind.CLOSED)
    is_open = closed_on is None
    return {
        "is_open": is_open,
        "stage": events.stage(happened, is_open=is_open),
        "received_on": events.first(happened, events.RECEIPT_OF[case.procedure]),
        "hearing_on": events.last(happened, EventKind.HEARING),
        "closed_on": closed_on,
        "plaintiffs": _joined([p.name for p in case.parties if p.side is Side.PLAINTIFF]),
        "defendants": _joined(
            [p.agency.short_name if p.agency else p.name for p in case.parties if p.side is Side.DEFENDANT]
        ),
    }


def case_deadlines(case: Case, calendar: Calendar) -> list[dict[str, Any]]:
    """Return the days an open case is heading for: unfulfilled periods and the latest hearing."""
    happened = happenings(case)
    if events.last(happened, EventKind.CLOSED) is not None:
        return []
    due = [
        {
            "case_id": case.id,
            "rule": p.rule.id,
            "title": p.rule.title,
            "due_on": p.due,
            "at_time": "",
            "lapses": p.rule.lapses,
            "covered": p.count.covered,
        }
        for p in case_periods(case, calendar)
        if p.done_on is None
    ]
    hearings = sorted((h for h in happened if h.kind is EventKind.HEARING), key=lambda h: h.on)
    judged = events.last(happened, EventKind.JUDGMENT_SERVED)
    if hearings and judged is None:
        due.append(
            {
                "case_id": case.id,
                "rule": EventKind.HEARING.value,
                "title": EventKind.HEARING.value,
                "due_on": hearings[-1].on,
                "at_time": hearings[-1].at_time,
                "lapses": True,
                "covered": True,
            }
        )
    return due


def _touched_cases(session: Session, touched: Mapping[str, Iterable[int]]) -> set[int]:
    cases = set(touched.get("case_record", ()))
    if "holiday" in touched:
        cases.update(session.scalars(select(Case.id).where(Case.is_open)))
    if agencies := set(touched.get("agency", ())):
        cases.update(session.scalars(select(Party.case_id).where(Party.agency_id.in_(agencies))))
    if lawyers := set(touched.get("lawyer", ())):
        cases.update(session.scalars(select(Assignment.case_id).where(Assignment.lawyer_id.in_(lawyers))))
    return cases


def _refresh_cases(session: Session, ids: Sequence[int]) -> None:
    calendar = load_calendar(session)
    session.execute(delete(Deadline).where(Deadline.case_id.in_(ids)))
    deadlines: list[dict[str, Any]] = []
    for case in _cases(session, ids):
        columns = case_columns(case)
        if any(getattr(case, name) != value for name, value in columns.items()):
            table = Case.table()
            session.connection().execute(update(table).where(table.c.id == case.id).values(**columns))
            session.expire(case, list(columns))
        deadlines += case_deadlines(case, calendar)
    if deadlines:
        session.execute(insert(Deadline), deadlines)
    _replace_keys(session, "case_record", ids)


def _cases(session: Session, ids: Sequence[int]) -> list[Case]:
    query = (
        select(Case)
        .where(Case.id.in_(ids))
        .options(
            selectinload(Case.events),
            selectinload(Case.parties).selectinload(Party.agency),
        )
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _replace_keys(session: Session, table: str, ids: Sequence[int]) -> None:
    session.execute(
        delete(SearchKey).where(SearchKey.table_name == table, SearchKey.record_id.in_(ids)),
        execution_options={"synchronize_session": False},
    )
    keys = _KEYS[table](session, ids)
    if keys:
        rows = [{"table_name": table, "record_id": record, "key": key} for record, key in sorted(keys)]
        session.execute(insert(SearchKey), rows)


def _stored_keys(session: Session, table: str, ids: Sequence[int]) -> Keys:
    query = select(SearchKey.record_id, SearchKey.key).where(
        SearchKey.table_name == table, SearchKey.record_id.in_(ids)
    )
    return {(record, key) for record, key in session.execute(query)}


def _agency_keys(session: Session, ids: Sequence[int]) -> Keys:
    query = select(Agency.id, Agency.name, Agency.short_name).where(Agency.id.in_(ids))
    return {
        (key, found)
        for key, name, short in session.execute(query)
        for found in pinyin.search_keys(name) | pinyin.search_keys(short)
    }


def _lawyer_keys(session: Session, ids: Sequence[int]) -> Keys:
    query = select(Lawyer.id, Lawyer.name, Lawyer.licence, Lawyer.phone).where(Lawyer.id.in_(ids))
    found: Keys = set()
    for key, name, licence, phone in session.execute(query):
        found |= {
            (key, k) for k in pinyin.search_keys(name, person=True) | {n for n in (licence, phone) if n}
        }
    in_firms = (
        select(Membership.lawyer_id, Firm.name)
        .join(Firm, Firm.id == Membership.firm_id)
        .where(Membership.lawyer_id.in_(ids), Membership.to_on.is_(None))
    )
    return found | {(key, text.fold(firm)) for key, firm in session.execute(in_firms)}


def _case_keys(session: Session, ids: Sequence[int]) -> Keys:
    found: Keys = set()
    for key, number in session.execute(select(Case.id, Case.number).where(Case.id.in_(ids))):
        found |= {(key, text.fold(form)) for form in numbers.case_search_forms(number)}
    parties = select(Party.case_id, Party.name, Party.kind).where(Party.case_id.in_(ids))
    for key, name, kind in session.execute(parties):
        found |= {(key, k) for k in pinyin.search_keys(name, person=kind is PartyKind.PERSON)}
    agencies = (
        select(Party.case_id, Agency.short_name)
        .join(Agency, Agency.id == Party.agency_id)
        .where(Party.case_id.in_(ids))
    )
    for key, short in session.execute(agencies):
        found |= {(key, k) for k in pinyin.search_keys(short)}
    advisers = (
        select(Assignment.case_id, Lawyer.name)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Assignment.case_id.in_(ids))
    )
    for key, name in session.execute(advisers):
        found |= {(key, k) for k in pinyin.search_keys(name, person=True)}
    return {(key, k) for key, k in found if k}


_KEYS: dict[str, Callable[[Session, Sequence[int]], Keys]] = {
    "agency": _agency_keys,
    "lawyer": _lawyer_keys,
    "case_record": _case_keys,
}


def _joined(names: Sequence[str]) -> str:
    """Return the names as a list shows them: up to two in full, more as 某某等 n 方."""
    if len(names) <= 2:  # noqa: PLR2004 - two names still fit a column
        return "、".join(names)
    return f"{names[0]}等 {len(names)} 方"


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
