"""What follows from other records and is kept for speed: search keys, deadlines, columns of cases, uses of service.

The engine calls ``refresh`` at the end of every act (also of an undo), so no act can forget it; ``check``
proves with ``differences`` that what is stored equals what the functions give.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from db.base import Entry
from db.cases.state import DEADLINE_FIELDS, columns_of, deadlines_of, load_calendar, load_cases
from db.formats import numbers, pinyin, text
from db.formats.recognise.agency_names import short_words
from db.formats.record_names import record_name
from db.models.agency import Agency, AgencyName
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.consultation import Consultation, Member
from db.models.derived import CaseText, Deadline, SearchKey
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.public_lawyer import InternalAdviser, PublicLawyer
from db.services.uses import refresh_engagements, wrong_engagements
from db.words.case import PartyKind

CHUNK = 500
Keys = set[tuple[int, str]]
Person = type[Lawyer] | type[PublicLawyer] | type[InternalAdviser]
_PERSONS: tuple[Person, ...] = (Lawyer, PublicLawyer, InternalAdviser)


def refresh(session: Session, touched: Mapping[str, Iterable[int]]) -> None:
    """Bring everything derived from the touched rows (table name -> keys) up to date."""
    cases = _touched_cases(session, touched)
    for chunk in _chunks(cases):
        _refresh_cases(session, chunk)
    for chunk in _chunks(cases):
        _refresh_disputes(session, chunk)
    refresh_engagements(session, touched)
    for person in _PERSONS:
        for chunk in _chunks(touched.get(person.__tablename__, ())):
            _order_persons(session, person, chunk)
    for table, ids in (
        ("agency", touched.get("agency", ())),
        ("lawyer", touched.get("lawyer", ())),
        ("public_lawyer", touched.get("public_lawyer", ())),
        ("consultation", _touched_consultations(session, touched)),
    ):
        for chunk in _chunks(ids):
            _replace_keys(session, table, chunk)


def differences(session: Session) -> list[str]:
    """Return a sentence for each stored value that is not what the functions give."""
    found: list[str] = []
    calendar = load_calendar(session)
    for chunk in _chunks(session.scalars(select(Case.id))):
        stored = _stored_deadlines(session, chunk)
        for loaded in load_cases(session, chunk):
            case = loaded.case
            found += [
                f"案件 {case.number or case.id} 的 {name} 存为 {getattr(case, name)}，应为 {value}"
                for name, value in columns_of(loaded, calendar).items()
                if getattr(case, name) != value
            ]
            wanted = [tuple(d[name] for name in DEADLINE_FIELDS) for d in deadlines_of(case, calendar)]
            if sorted(stored.get(case.id, [])) != sorted(wanted):
                found.append(f"案件 {case.number or case.id} 的期限与推算不符")
    found += _wrong_disputes(session) + wrong_engagements(session) + _wrong_orders(session)
    for table, model in _FOUND_BY_KEYS:
        for chunk in _chunks(session.scalars(select(model.id))):
            if _stored_keys(session, table, chunk) != _KEYS[table](session, chunk):
                found.append(f"{record_name(table)} {chunk[0]}–{chunk[-1]} 的检索词与名称不符")
    for chunk in _chunks(session.scalars(select(Case.id))):
        query = select(CaseText.case_id, CaseText.text).where(CaseText.case_id.in_(chunk))
        texts = {row.case_id: row.text for row in session.execute(query)}
        if texts != _texts(_stored_keys(session, "case_record", chunk)):
            found.append(f"案件检索文本 {chunk[0]}–{chunk[-1]} 与检索词不符")
    return found


def _misplaced(session: Session, person: Person, ids: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """Return the persons that do not stand where their surname is read, each with the right key."""
    query = select(person.id, person.name, person.sort_key)
    rows = session.execute(query if ids is None else query.where(person.id.in_(ids)))
    return [
        {"key": key, "new": right, "name": name}
        for key, name, stored in rows
        if stored != (right := pinyin.sort_key(name, person=True))
    ]


def _order_persons(session: Session, person: Person, ids: Sequence[int]) -> None:
    """Store where persons stand in lists; past the journal, as for cases."""
    if wrong := _misplaced(session, person, ids):
        table = person.table()
        statement = update(table).where(table.c.id == bindparam("key")).values(sort_key=bindparam("new"))
        session.connection().execute(statement, [{"key": w["key"], "new": w["new"]} for w in wrong])
        for one in wrong:
            if (held := session.get(person, one["key"])) is not None:
                session.expire(held, ["sort_key"])


def _wrong_orders(session: Session) -> list[str]:
    return [
        f"{record_name(person.__tablename__)} {one['key']} {one['name']} 的排序与姓氏读音不符"
        for person in _PERSONS
        for one in _misplaced(session, person)
    ]


def _touched_cases(session: Session, touched: Mapping[str, Iterable[int]]) -> set[int]:
    cases = set(touched.get("case_record", ()))
    if "holiday" in touched:
        cases.update(session.scalars(select(Case.id).where(Case.is_open)))
    if agencies := set(touched.get("agency", ())):
        cases.update(session.scalars(select(Party.case_id).where(Party.agency_id.in_(agencies))))
    if lawyers := set(touched.get("lawyer", ())):
        cases.update(session.scalars(select(Assignment.case_id).where(Assignment.lawyer_id.in_(lawyers))))
    return cases


def _touched_consultations(session: Session, touched: Mapping[str, Iterable[int]]) -> set[int]:
    """A change of whatever belongs to a consultation touches the consultation itself, too."""
    found = set(touched.get("consultation", ()))
    if agencies := set(touched.get("agency", ())):
        query = select(Consultation.id).where(Consultation.agency_id.in_(agencies))
        found.update(session.scalars(query))
    return found


def _refresh_cases(session: Session, ids: Sequence[int]) -> None:
    calendar = load_calendar(session)
    session.execute(delete(Deadline).where(Deadline.case_id.in_(ids)))
    deadlines: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for loaded in load_cases(session, ids):
        case, columns = loaded.case, columns_of(loaded, calendar)
        if any(getattr(case, name) != value for name, value in columns.items()):
            changed.append({"id": case.id, **columns})
            session.expire(case, list(columns))
        deadlines += deadlines_of(case, calendar)
    _update_cases(session, changed)
    if deadlines:
        session.execute(insert(Deadline), deadlines)
    _replace_keys(session, "case_record", ids)


def _update_cases(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store derived columns of many cases with one prepared statement; past the journal, which never keeps them."""
    if not rows:
        return
    table = Case.table()
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("new_id")).values(values)
    session.connection().execute(statement, [{f"new_{k}": v for k, v in row.items()} for row in rows])


def _refresh_disputes(session: Session, ids: Sequence[int]) -> None:
    """Give each chain of instances the key of its first one; a changed link moves all that hang on it."""
    touched = set(ids)
    before = select(Case.dispute_id).where(Case.id.in_(touched))
    links = _linked(
        session, touched | set(session.scalars(select(Case.id).where(Case.dispute_id.in_(before))))
    )
    previous = {key: before for key, (before, _) in links.items()}
    rows = [
        {"id": key, "dispute_id": wanted}
        for key, (_, stored) in links.items()
        if (wanted := first_instance(previous, key)) != stored
    ]
    _update_cases(session, rows)


def _linked(session: Session, ids: set[int]) -> dict[int, tuple[int | None, int | None]]:
    """Return (previous, dispute as stored) of these cases and of all that are chained with them."""
    links: dict[int, tuple[int | None, int | None]] = {}
    seen, frontier = set(ids), ids
    while frontier:
        query = select(Case.id, Case.previous_id, Case.dispute_id).where(
            or_(Case.id.in_(frontier), Case.previous_id.in_(frontier))
        )
        rows = session.execute(query).all()
        links |= {row.id: (row.previous_id, row.dispute_id) for row in rows}
        near = {row.id for row in rows} | {row.previous_id for row in rows if row.previous_id is not None}
        frontier = near - seen
        seen |= frontier
    return links


def first_instance(previous: Mapping[int, int | None], key: int) -> int:
    """Return where the chain of ``key`` begins."""
    seen = {key}
    while (before := previous.get(key)) is not None and before not in seen:
        seen.add(before)
        key = before
    return key


def _wrong_disputes(session: Session) -> list[str]:
    rows = session.execute(select(Case.id, Case.number, Case.previous_id, Case.dispute_id)).all()
    previous = {row.id: row.previous_id for row in rows}
    return [
        f"案件 {row.number or row.id} 的争议编号存为 {row.dispute_id}，与前后审级的关联不符"
        for row in rows
        if row.dispute_id != first_instance(previous, row.id)
    ]


def _stored_deadlines(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    columns = [Deadline.table().c[name] for name in DEADLINE_FIELDS]
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in session.execute(select(*columns).where(Deadline.case_id.in_(ids))):
        found.setdefault(row.case_id, []).append(tuple(row))
    return found


def _replace_keys(session: Session, table: str, ids: Sequence[int]) -> None:
    session.execute(
        delete(SearchKey).where(SearchKey.table_name == table, SearchKey.record_id.in_(ids)),
        execution_options={"synchronize_session": False},
    )
    keys = _KEYS[table](session, ids)
    if keys:
        rows = [{"table_name": table, "record_id": record, "key": key} for record, key in sorted(keys)]
        session.execute(insert(SearchKey), rows)
    if table == "case_record":
        session.execute(
            delete(CaseText).where(CaseText.case_id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
        texts = _texts(keys)
        if texts:
            session.execute(insert(CaseText), [{"case_id": k, "text": t} for k, t in sorted(texts.items())])


def _texts(keys: Keys) -> dict[int, str]:
    """Return one text for each record: its keys, each after a line break."""
    found: dict[int, str] = {}
    for record, key in sorted(keys):
        found[record] = f"{found.get(record, '')}\n{key}"
    return found


def _stored_keys(session: Session, table: str, ids: Sequence[int]) -> Keys:
    query = select(SearchKey.record_id, SearchKey.key).where(
        SearchKey.table_name == table, SearchKey.record_id.in_(ids)
    )
    return {(record, key) for record, key in session.execute(query)}


def _agency_keys(session: Session, ids: Sequence[int]) -> Keys:
    """An agency is found under its present names and all earlier ones, and under what each is usually cut to."""
    now = select(Agency.id, Agency.name, Agency.short_name).where(Agency.id.in_(ids))
    before = select(AgencyName.agency_id, AgencyName.name, AgencyName.short_name).where(
        AgencyName.agency_id.in_(ids)
    )
    return {
        (key, found)
        for query in (now, before)
        for key, name, short in session.execute(query)
        for word in (name, short, *short_words(name, short))
        for found in pinyin.search_keys(word)
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


def _public_lawyer_keys(session: Session, ids: Sequence[int]) -> Keys:
    p = PublicLawyer
    found: Keys = set()
    query = select(p.id, p.name, p.licence, p.phone).where(p.id.in_(ids))
    for key, name, licence, phone in session.execute(query):
        found |= {
            (key, k) for k in pinyin.search_keys(name, person=True) | {n for n in (licence, phone) if n}
        }
    return found


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
    before = (
        select(Party.case_id, AgencyName.short_name)
        .join(AgencyName, AgencyName.agency_id == Party.agency_id)
        .where(Party.case_id.in_(ids))
    )
    for key, short in (*session.execute(agencies), *session.execute(before)):
        found |= {(key, k) for k in pinyin.search_keys(short)}
    advisers = (
        select(Assignment.case_id, Lawyer.name)
        .join(Lawyer, Lawyer.id == Assignment.lawyer_id)
        .where(Assignment.case_id.in_(ids))
    )
    for key, name in session.execute(advisers):
        found |= {(key, k) for k in pinyin.search_keys(name, person=True)}
    return {(key, k) for key, k in found if k}


def _consultation_keys(session: Session, ids: Sequence[int]) -> Keys:
    found: Keys = set()
    query = select(Consultation.id, Consultation.number, Consultation.topic).where(Consultation.id.in_(ids))
    for key, number, topic in session.execute(query):
        found |= {(key, text.fold(number or ""))} | {(key, k) for k in pinyin.search_keys(topic)}
    agencies = (
        select(Consultation.id, Agency.name, Agency.short_name)
        .join(Agency, Agency.id == Consultation.agency_id)
        .where(Consultation.id.in_(ids))
    )
    for key, name, short in session.execute(agencies):
        found |= {(key, k) for k in pinyin.search_keys(name) | pinyin.search_keys(short)}
    members = select(Member.consultation_id, Member.name).where(Member.consultation_id.in_(ids))
    for key, name in session.execute(members):
        found |= {(key, k) for k in pinyin.search_keys(name, person=True)}
    return {(key, k) for key, k in found if k}


_KEYS: dict[str, Callable[[Session, Sequence[int]], Keys]] = {
    "agency": _agency_keys,
    "lawyer": _lawyer_keys,
    "public_lawyer": _public_lawyer_keys,
    "case_record": _case_keys,
    "consultation": _consultation_keys,
}

_FOUND_BY_KEYS: tuple[tuple[str, type[Entry]], ...] = (
    ("agency", Agency),
    ("lawyer", Lawyer),
    ("public_lawyer", PublicLawyer),
    ("case_record", Case),
    ("consultation", Consultation),
)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
