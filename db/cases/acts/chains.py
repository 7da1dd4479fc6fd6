"""Tying cases together: the instances of one dispute, series on one act, two records of the same case."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Invalid, Problem, UserError
from db.journal import touch
from db.models.case import Case, CaseSeries
from db.office.acts.common import opened


def link_previous(session: Session, case_id: int, previous_id: int | None, version: int) -> None:
    """Say which instance came before (复议 before 一审, 一审 before 二审 …), or ``None`` for none.

    The chain is one dispute. Refused with ``Invalid``: a case before itself.
    """
    case = opened(session, Case, case_id, version, "这件案件")
    before = previous_id
    while before is not None:
        if before == case_id:
            raise Invalid([Problem("previous_id", "前一审级不能是本案自己，也不能是本案的后续审级。")])
        found = session.get(Case, before)
        before = found.previous_id if found else None
    case.previous_id = previous_id
    touch(case)


def link_duplicate(session: Session, case_id: int, other_id: int | None, version: int) -> None:
    """Say that ``other_id`` is the record of the same case that counts; ``None`` takes it back."""
    case = opened(session, Case, case_id, version, "这件案件")
    other = session.get(Case, other_id) if other_id is not None else None
    if other_id is not None and (other is None or other_id == case_id):
        raise Invalid([Problem("duplicate_of_id", "请选择另一件案件。")])
    if other is not None and other.duplicate_of_id is not None:
        raise Invalid([Problem("duplicate_of_id", "所选案件本身已标为重复登记，请选择保留的那一件。")])
    if other_id is not None:  # what was a second record of this case is now one of the other
        for twin in session.scalars(select(Case).where(Case.duplicate_of_id == case_id)):
            twin.duplicate_of_id = other_id
            touch(twin)
    case.duplicate_of_id = other_id
    touch(case)


def join_series(session: Session, case_ids: Sequence[int], name: str, note: str = "") -> int:
    """Put cases into the series of this name, entering it when it is new; return its key."""
    name = name.strip()
    if not name:
        raise Invalid([Problem("name", "请填写系列案的名称，例如“某某征收补偿系列案”。")])
    query = select(CaseSeries).where(CaseSeries.name == name, CaseSeries.removed_at.is_(None))
    series = session.scalars(query).first()
    if series is None:
        series = CaseSeries(name=name)
        session.add(series)
    series.note = note.strip() or series.note or ""
    session.flush()
    for case in _cases(session, case_ids):
        case.series_id = series.id
        touch(case)
    return series.id


def leave_series(session: Session, case_ids: Sequence[int]) -> None:
    """Take cases out of their series."""
    for case in _cases(session, case_ids):
        case.series_id = None
        touch(case)


def _cases(session: Session, keys: Sequence[int]) -> list[Case]:
    found = session.scalars(select(Case).where(Case.id.in_(keys), Case.removed_at.is_(None))).all()
    if len(found) != len(set(keys)):
        raise UserError("所选案件中有的已被移入回收站。请刷新后再试。")
    return list(found)
