"""What is done with the records of any ledger; each function is one act, in the session of one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from db.errors import Invalid, Problem, UserError
from db.journal import note, touch
from db.ledger.declare import Draft, Hand, Ledger, Lines, Link, Links, Spec, fields_of
from db.ledger.queries import draft_of, linked_keys, owner_column, states_of, target_column
from db.ledger.rules import moved, problems_of, step_problems, tidied
from db.models.office import Attachment
from db.office.acts.common import opened, refuse
from db.office.acts.common import remove as to_bin
from db.office.acts.common import restore as from_bin
from db.office.acts.warnings import keep_first_warnings, keep_warnings

D = TypeVar("D", bound=Draft)


def save(session: Session, ledger: Ledger[D], draft: D, today: date, key: int | None = None) -> int:
    """Enter a record, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    draft, problems = _judged(session, ledger, draft, today)
    record = ledger.model()
    if key is not None:
        record = opened(session, ledger.model, key, draft.version, f"{ledger.noun}“{ledger.called(draft)}”")
    _fill(session, ledger, record, draft, today)
    session.flush()
    keep_warnings(session, ledger.table, record.id, problems, today)
    return int(record.id)


def save_many(session: Session, ledger: Ledger[D], drafts: Sequence[D], today: date) -> list[int]:
    """Enter many new records at once; return their keys. Raises ``Invalid``."""
    judged = [_judged(session, ledger, draft, today) for draft in drafts]
    records = [ledger.model() for _ in judged]
    for record, (draft, _) in zip(records, judged, strict=True):
        _fill(session, ledger, record, draft, today)
    session.flush()
    found = [(record.id, problems) for record, (_, problems) in zip(records, judged, strict=True)]
    keep_first_warnings(session, ledger.table, found, today)
    return [record.id for record in records]


def take_step(session: Session, ledger: Ledger[D], name: str, key: int, draft: D, today: date) -> None:
    """Take a step with a record: what its form asked for, what it moves, and who did it.

    Only the fields that the step asks for are taken from ``draft``. Raises ``Invalid``, ``Conflict``, or ``UserError``
    where the record's state does not offer the step.
    """
    step = ledger.step(name)
    record = opened(session, ledger.model, key, draft.version, f"{ledger.noun}“{ledger.called(draft)}”")
    state = states_of(session, ledger, [key], today)[key]
    if step.offered and state not in step.offered:
        raise UserError(f"这{ledger.unit}{ledger.noun}现在是“{state}”，不能{step.title}。请刷新后再看。")
    whole = draft_of(session, ledger, key)
    if whole is None:
        raise UserError(f"这{ledger.unit}{ledger.noun}已不存在。请刷新后再看。")
    who = session.info["hand"].clerk
    given = {one: getattr(draft, one) for one in step.asks}
    whole = tidied(moved(step, replace(whole, **given), who))
    hand = hand_of(session, ledger, who, whole, key)
    problems = step_problems(ledger, step, whole, hand, today)
    refuse(problems)
    _fill(session, ledger, record, whole, today)
    session.flush()
    keep_warnings(session, ledger.table, key, problems, today)


def remove(session: Session, ledger: Ledger[D], keys: Iterable[int]) -> None:
    """Move records to the recycle bin. Raises ``UserError`` where the subject guards them."""
    wanted = list(keys)
    if ledger.guard:
        ledger.guard(session, wanted)
    to_bin(session, ledger.model, wanted)


def restore(session: Session, ledger: Ledger[D], key: int) -> None:
    """Bring a record back from the recycle bin."""
    from_bin(session, ledger.model, key)


def _judged(session: Session, ledger: Ledger[D], draft: D, today: date) -> tuple[D, list[Problem]]:
    draft = tidied(draft)
    problems = problems_of(ledger, draft, ledger.facts(session, draft) if ledger.facts else None, today)
    refuse(problems)
    return draft, problems


def _fill(session: Session, ledger: Ledger[D], record: Any, draft: D, today: date) -> None:
    """Put a draft into a record and the rows that hang on it."""
    is_new = record.id is None
    _refuse_gone(session, ledger, draft, None if is_new else draft_of(session, ledger, record.id))
    session.add(record)
    for spec in ledger.fields:
        if spec.is_single:
            setattr(record, spec.name, getattr(draft, spec.name))
    if ledger.settle:
        with session.no_autoflush:  # a record is written whole, or the journal has it twice
            ledger.settle(session, record, draft, today)
    if is_new and ledger.kept_in:
        session.flush()  # the rows that hang on it name it by its key
    for name, model in ledger.kept_in.items():
        changes = _replace(session, ledger.spec(name), record, model, getattr(draft, name))
        if changes and not is_new:
            touch(record)


def _replace(session: Session, spec: Spec, record: Any, model: type[Any], values: Sequence[Any]) -> bool:
    """Put ``values`` in the place of a record's rows in ``model``; say whether that changed anything."""
    owner = owner_column(type(record), model)
    old = session.scalars(select(model).where(model.__table__.c[owner] == record.id).order_by(model.id)).all()
    wanted = [_values(spec, record, model, value) for value in values]
    kept = [{name: getattr(row, name) for name in (wanted or [{}])[0]} for row in old]
    if kept == wanted:
        return False
    for row in old:
        session.delete(row)
    if old:
        session.flush()  # a key may be taken again by a new row
    for new in wanted:
        session.add(model(**{owner: record.id}, **new))
    return True


def _values(spec: Spec, record: Any, model: type[Any], value: Any) -> dict[str, Any]:
    if isinstance(spec, Lines):
        return {one.name: getattr(value, one.name) for one in fields_of(spec.record)}
    return {target_column(type(record), model): value}


def _refuse_gone(session: Session, ledger: Ledger[D], draft: D, before: D | None) -> None:
    """Refuse a link to what has been moved to the recycle bin; one that stood there before may stay."""
    problems = []
    for spec in ledger.fields:
        if not isinstance(spec, Link | Links):
            continue
        wanted = set(linked_keys(spec, draft)) - set(linked_keys(spec, before) if before else ())
        table = _linked_table(ledger, spec)
        if wanted and "removed_at" in table.c:
            query = select(func.count()).where(table.c.id.in_(wanted), table.c.removed_at.is_(None))
            if session.scalar(query) != len(wanted):
                problems.append(Problem(spec.name, f"所选{spec.title}已不存在或在回收站中。请重新选择。"))
    if problems:
        raise Invalid(problems)


def _linked_table(ledger: Ledger[D], spec: Link | Links) -> Table:
    if isinstance(spec, Links):
        model = ledger.kept_in[spec.name]
        column = model.__table__.c[target_column(ledger.model, model)]
    else:
        column = ledger.model.__table__.c[spec.name]
    return cast(Table, next(iter(column.foreign_keys)).column.table)


def hand_of(session: Session, ledger: Ledger[D], who: str, draft: D, key: int) -> Hand:
    """Return who acts and what is at hand for a step with a record (0: a new one)."""
    facts = ledger.facts(session, draft) if ledger.facts else None
    return Hand(who, _files(session, ledger, key), facts)


def _files(session: Session, ledger: Ledger[D], key: int) -> dict[str, int]:
    query = (
        select(Attachment.kind, func.count())
        .where(
            Attachment.owner_table == ledger.table,
            Attachment.owner_id == key,
            Attachment.removed_at.is_(None),
        )
        .group_by(Attachment.kind)
    )
    return {kind: count for kind, count in session.execute(query)}  # noqa: C416 - rows become a plain dict


def reveal(session: Session, ledger: Ledger[D], key: int) -> None:
    """Write down that a number of a record was shown in full; that cannot be undone."""
    if session.get(ledger.model, key) is None:
        raise UserError(f"这{ledger.unit}{ledger.noun}已不存在。请刷新后再看。")
    session.info["undoable"] = False
    note(session)
