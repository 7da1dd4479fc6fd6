"""应诉争议统计表: each dispute once, with its final result, by the year of that result and by the year it began."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.queries.disputes import disputes
from db.documents.model import Align, Column, CrossCheck, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.errors import UserError
from db.law.disputes import Dispute, Statistics, statistics
from db.models.case import Case
from db.office.queries.settings import load_settings
from db.words.case import YearOf

DISPUTES = "应诉争议统计表"

_YEARS = (
    Column("年度", Kind.NUMBER, 6),
    *(
        column
        for group in ("按最终结果作出年度", "按首次立案年度")
        for column in (
            Column("计入争议", Kind.NUMBER, 7, Align.CENTRE, group, total=True),
            Column("败诉", Kind.NUMBER, 7, Align.CENTRE, group, total=True),
            Column("败诉率", Kind.PERCENT, 7, Align.CENTRE, group, ratio=("败诉", "计入争议")),
        )
    ),
)
_CHAINS = (
    Column("序号", Kind.NUMBER, 3.5),
    Column("各程序案号（依次）", Kind.ID, 24, Align.LEFT),
    Column("原告", weight=12),
    Column("被告单位", weight=12),
    Column("首次立案", Kind.DATE, 8),
    Column("最终结果", weight=12),
    Column("作出日期", Kind.DATE, 8),
    Column("是否败诉", weight=5, align=Align.CENTRE),
)


def dispute_report(session: Session, wanted: Parameters) -> Document:
    """Count the disputes of the years asked for, a chain of 复议, 一审, 二审 and 再审 as one; print the definition."""
    if wanted.to_on < wanted.from_on:
        raise UserError(f"统计期间止 {wanted.to_on} 早于统计期间起 {wanted.from_on}，请重新选择。")
    settings, found = load_settings(session), disputes(session)
    policy, basis = settings.lost_policy(), settings.rate_basis()

    def counted(first: date, last: date, year_of: YearOf) -> Statistics:
        return statistics(found, first, last, policy, replace(basis, year_of=year_of))

    years = range(wanted.from_on.year, wanted.to_on.year + 1)
    lines: list[tuple[Value, ...]] = []
    summed = 0
    for year in years:
        first, last = max(date(year, 1, 1), wanted.from_on), min(date(year, 12, 31), wanted.to_on)
        decided, filed = counted(first, last, YearOf.DECIDED), counted(first, last, YearOf.FILED)
        lines.append((str(year), *_figures(decided), *_figures(filed)))
        summed += len(decided.counted)
    whole = counted(wanted.from_on, wanted.to_on, basis.year_of)
    by_decision = counted(wanted.from_on, wanted.to_on, YearOf.DECIDED)
    return table_report(
        DISPUTES,
        (
            f"填报单位：{settings.stamp()}",
            f"统计期间：{day_text(wanted.from_on)}至{day_text(wanted.to_on)}",
            "单位：件（争议）",
        ),
        (
            Table(_YEARS, lines, notes=(f"口径：{whole.definition}",)),
            Table(
                _CHAINS, _chains(session, whole), title=f"{DISPUTES}（逐件）", notes=(_basis(basis.year_of),)
            ),
        ),
        (("审核人", wanted.reviewer), ("制表人", wanted.maker), ("制表日期", day_text(wanted.today))),
        (
            CrossCheck(
                f"各年度合计 {summed} = 期间合计 {len(by_decision.counted)}",
                summed == len(by_decision.counted),
            ),
        ),
    )


def _basis(year_of: YearOf) -> str:
    return f"注：逐件表按{year_of.value}取期间；复议、一审、二审、再审前后相接的计为一件，以最终结果为准。"


def _figures(found: Statistics) -> tuple[Value, ...]:
    return len(found.counted), len(found.lost), found.rate


def _chains(session: Session, found: Statistics) -> list[tuple[Value, ...]]:
    keys = [key for dispute in found.counted for key in dispute.keys]
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(keys)))}
    lost = {dispute.keys for dispute in found.lost}
    return [
        _chain(number, dispute, cases, is_lost=dispute.keys in lost)
        for number, dispute in enumerate(found.counted, start=1)
    ]


def _chain(number: int, dispute: Dispute, cases: dict[int, Case], *, is_lost: bool) -> tuple[Value, ...]:
    steps = [cases[key] for key in dispute.keys]
    return (
        number,
        "\n".join(f"{case.number or '（未编号）'} {case.procedure.value}" for case in steps),
        steps[0].plaintiffs,
        steps[0].defendants,
        dispute.filed_on,
        dispute.outcome.value if dispute.outcome else dispute.standing.value,
        dispute.decided_on,
        "败诉" if is_lost else "否",
    )
