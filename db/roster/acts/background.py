"""Keeping what a lawyer brings along: lists of former posts, relatives, offices, contracts, discipline, checks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Record
from db.models.background import (
    AdviserContract,
    Discipline,
    PastPost,
    PublicOffice,
    Relative,
    YearlyCheck,
)
from db.models.lawyer import Membership
from db.office.acts.common import replace_all
from db.roster.rules.background import Background

LISTS: tuple[tuple[str, type[Record], tuple[str, ...]], ...] = (
    ("posts", PastPost, ("unit", "unit_kind", "post", "rank", "from_on", "to_on", "leaving", "area")),
    ("relatives", Relative, ("relation", "name", "unit", "unit_kind", "post")),
    ("offices", PublicOffice, ("kind", "body", "from_on", "to_on")),
    ("contracts", AdviserContract, ("client", "by_firm", "from_on", "to_on")),
    ("disciplines", Discipline, ("kind", "on_date", "by", "content", "until_on")),
)
"""Name of the list in the draft, the record it is kept in, and the fields, which have the same names in both."""


def set_background(session: Session, lawyer_id: int, draft: Background) -> None:
    """Bring the lists of a lawyer to what the draft says; what did not change stays untouched."""
    signed = _firms_of_contracts(session, lawyer_id)
    for name, model, fields in LISTS:
        _set_list(session, lawyer_id, model, fields, getattr(draft, name))
    _set_firms_of_contracts(session, lawyer_id, signed)
    _set_checks(session, lawyer_id, draft)


def _set_list(
    session: Session, lawyer_id: int, model: type[Any], fields: Sequence[str], lines: Iterable[Any]
) -> None:
    old = select(model).where(model.lawyer_id == lawyer_id).order_by(model.place)
    wanted = [tuple(_tidy(getattr(line, field)) for field in fields) for line in lines]
    if [tuple(getattr(row, field) for field in fields) for row in session.scalars(old)] == wanted:
        return
    new = [
        model(lawyer_id=lawyer_id, place=place, **dict(zip(fields, values, strict=True)))
        for place, values in enumerate(wanted)
    ]
    replace_all(session, old, new)


def _firms_of_contracts(session: Session, lawyer_id: int) -> dict[tuple[str, date | None], int]:
    """Return which firm signed each contract that was declared before."""
    query = select(AdviserContract).where(AdviserContract.lawyer_id == lawyer_id, AdviserContract.by_firm)
    return {(c.client, c.from_on): c.firm_id for c in session.scalars(query) if c.firm_id is not None}


def _set_firms_of_contracts(
    session: Session, lawyer_id: int, signed: Mapping[tuple[str, date | None], int]
) -> None:
    """Say which firm signed: the one that was noted, else the one in which he practised when the contract began.

    Where that day is not known, it is his present firm. When he leaves it, the contract stays with the firm.
    """
    session.flush()
    spells = session.scalars(
        select(Membership)
        .where(Membership.lawyer_id == lawyer_id)
        .order_by(Membership.to_on.desc(), Membership.id)
    ).all()
    present = next((m.firm_id for m in spells if m.to_on is None), None)
    query = select(AdviserContract).where(AdviserContract.lawyer_id == lawyer_id)
    for contract in session.scalars(query):
        began = contract.from_on
        then = next((m.firm_id for m in spells if began and _practised(m, began)), present)
        wanted = signed.get((contract.client, began), then) if contract.by_firm else None
        if contract.firm_id != wanted:
            contract.firm_id = wanted


def _practised(spell: Membership, day: date) -> bool:
    return (spell.from_on is None or spell.from_on <= day) and (spell.to_on is None or day < spell.to_on)


def _set_checks(session: Session, lawyer_id: int, draft: Background) -> None:
    wanted = {check.year: check.result for check in draft.checks if check.year is not None}
    query = select(YearlyCheck).where(YearlyCheck.lawyer_id == lawyer_id)
    present = {row.year: row for row in session.scalars(query)}
    for year, row in present.items():
        if year not in wanted:
            session.delete(row)
        else:
            row.result = wanted[year]
    session.add_all(
        YearlyCheck(lawyer_id=lawyer_id, year=year, result=result)
        for year, result in wanted.items()
        if year not in present
    )


def _tidy(value: Any) -> Any:
    return value.strip() if type(value) is str else value
