"""Giving numbers to the office's papers: consecutive in a series and year, and never given twice."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import UserError
from db.formats.paper_numbers import PaperNumber, parse_paper_number
from db.models.office import IssuedNumber


def issue(session: Session, series: str, day: date, what: str) -> str:
    """Give the next number of ``series`` in the year of ``day`` to ``what``, which is dated then; return it as printed.

    An act that fails takes its numbers back with it; one that is undone does not: its numbers stay in the
    register as void, so that no two papers ever carry the same one.
    """
    newest = select(func.max(IssuedNumber.serial)).where(
        IssuedNumber.series == series, IssuedNumber.year == day.year
    )
    return _enter(session, PaperNumber(series, day.year, (session.scalar(newest) or 0) + 1), what, day)


def keep_issue_date(session: Session, text: str, day: date) -> None:
    """Keep the day that the paper of this number is dated: printed again, it is the same paper."""
    for number in session.scalars(select(IssuedNumber).where(IssuedNumber.text == text)):
        number.issued_on = day


def claim(session: Session, text: str, what: str) -> str:
    """Enter a number that stands on a paper already, so that it is never issued; another form is kept as typed."""
    number = parse_paper_number(text)
    if number is None:
        return text.strip()
    taken = session.scalars(
        select(IssuedNumber).where(
            IssuedNumber.series == number.series,
            IssuedNumber.year == number.year,
            IssuedNumber.serial == number.serial,
        )
    ).one_or_none()
    if taken is None:
        return _enter(session, number, what, None)
    if taken.what != what:
        raise UserError(f"编号 {number} 已用于{taken.what}，不能重复使用。请核对编号，或留空由程序编号。")
    return str(number)


def _enter(session: Session, number: PaperNumber, what: str, day: date | None) -> str:
    session.add(
        IssuedNumber(
            series=number.series,
            year=number.year,
            serial=number.serial,
            text=str(number),
            what=what,
            issued_on=day,
        )
    )
    session.flush()
    return str(number)
