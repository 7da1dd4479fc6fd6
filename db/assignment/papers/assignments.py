"""案件分派情况报表: who was assigned how often, how the cases ended, and case by case."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from db.assignment.queries.assignments import AssignmentRow, assignment_rows
from db.assignment.rules.fairness import gini
from db.documents.model import Align, Column, CrossCheck, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.errors import UserError
from db.law.disputes import RESULT_WORDS
from db.law.outcomes import ResultGroup
from db.office.queries.settings import load_settings
from db.roster.queries.roster import roster
from db.roster.rules.lawyers import Standing
from db.words.assignment import Role

if TYPE_CHECKING:
    from pandas import DataFrame


ASSIGNMENTS = "案件分派情况报表"


def assignment_report(session: Session, wanted: Parameters) -> Document:
    """案件分派情况报表: who was assigned how often, how the cases ended, and case by case (人次)."""
    if wanted.to_on < wanted.from_on:
        raise UserError(f"统计期间止 {wanted.to_on} 早于统计期间起 {wanted.from_on}，请重新选择。")
    settings = load_settings(session)
    rows = [
        row
        for row in assignment_rows(session, wanted.from_on, wanted.to_on)
        if wanted.firm in ("", row.firm) and wanted.agency in ("", row.agency)
    ]
    tables = [_summary(session, rows, wanted)]
    if wanted.with_agencies and wanted.by != "agency":
        tables.append(_by_agency(rows))
    if wanted.with_cases:
        tables.append(_case_by_case(rows))
    running = sum(row.is_running for row in rows)
    ended = len(rows) - running
    total = tables[0].totals()[_TOTAL_AT[wanted.by]] if tables[0].has_total else 0
    return table_report(
        title=f"{settings.pool_name}{ASSIGNMENTS}",
        heading=(
            f"填报单位：{settings.stamp()}",
            f"统计期间：{day_text(wanted.from_on)}至{day_text(wanted.to_on)}",
            "单位：件（人次）",
        ),
        tables=tuple(tables),
        signatures=(
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
        checks=(CrossCheck(f"在办 {running} + 已结 {ended} = 合计 {total}", running + ended == total),),
    )


_FIRST = {
    "lawyer": (Column("姓名", weight=6, align=Align.CENTRE), Column("所在律师事务所", weight=16)),
    "firm": (Column("律师事务所", weight=22),),
    "agency": (Column("被告单位", weight=22),),
}
_TOTAL_AT = {"lawyer": 5, "firm": 4, "agency": 4}
_FIGURES = (
    Column("主办", Kind.NUMBER, 5, group="本期分派", total=True),
    Column("协办", Kind.NUMBER, 5, group="本期分派", total=True),
    Column("合计", Kind.NUMBER, 5, group="本期分派", total=True),
    Column("在办", Kind.NUMBER, 5, group="办理情况", total=True),
    Column("已结", Kind.NUMBER, 5, group="办理情况", total=True),
    Column("驳回", Kind.NUMBER, 5, group="已结案件裁判结果", total=True),
    Column("撤诉调解", Kind.NUMBER, 6, group="已结案件裁判结果", total=True),
    Column("败诉", Kind.NUMBER, 5, group="已结案件裁判结果", total=True),
    Column("其他", Kind.NUMBER, 5, group="已结案件裁判结果", total=True),
)


def _summary(session: Session, rows: Sequence[AssignmentRow], wanted: Parameters) -> Table:
    frame = _frame(rows)
    groups: dict[str, list[tuple[str, ...]]] = {
        "lawyer": _lawyers(session, rows, wanted),
        "firm": [(name,) for name in sorted({row.firm for row in rows})],
        "agency": [(name,) for name in sorted({row.agency for row in rows})],
    }
    counts = _counts(frame, {"lawyer": ["lawyer", "firm"], "firm": ["firm"], "agency": ["agency"]}[wanted.by])
    lines = [(group, counts.get(group, [0] * len(_FIGURES))) for group in groups[wanted.by]]
    lines.sort(key=lambda line: -line[1][2])
    policy = load_settings(session).lost_policy()
    counted = "注：1. 按分派日期归入本期；一案由两名顾问代理的，按人次分别计入；撤销的分派不计。"
    notes = [f"{counted}2. {RESULT_WORDS}3. {policy.in_words()}"]
    if wanted.by == "lawyer" and lines:
        loads = [line[1][2] for line in lines]
        notes.append(
            f"均衡情况：最多 {max(loads)} 件，最少 {min(loads)} 件，基尼系数 {gini(loads):.2f}（0 为完全均衡）。"
        )
    return Table(
        columns=(Column("序号", Kind.NUMBER, 4), *_FIRST[wanted.by], *_FIGURES),
        rows=[(number, *group, *figures) for number, (group, figures) in enumerate(lines, start=1)],
        notes=tuple(notes),
    )


def _lawyers(session: Session, rows: Sequence[AssignmentRow], wanted: Parameters) -> list[tuple[str, ...]]:
    """Return all who served or may serve, by pinyin: who had no case stands in the table with noughts."""
    served: dict[tuple[str, ...], str] = {(row.lawyer, row.firm): row.lawyer_order for row in rows}
    if not wanted.agency:
        for row in roster(session, wanted.to_on):
            if row.standing is Standing.SERVING and wanted.firm in ("", row.firm):
                served.setdefault((row.name, row.firm), row.sort_key)
    return sorted(served, key=lambda who: served[who])


def _by_agency(rows: Sequence[AssignmentRow]) -> Table:
    counts = _counts(_frame(rows), ["agency"])
    lines = sorted(counts.items(), key=lambda line: (-line[1][2], line[0]))
    return Table(
        title="附表一　按被告单位汇总",
        columns=(Column("序号", Kind.NUMBER, 4), *_FIRST["agency"], *_FIGURES),
        rows=[(number, *group, *figures) for number, (group, figures) in enumerate(lines, start=1)],
    )


def _case_by_case(rows: Sequence[AssignmentRow]) -> Table:
    """One line for each party of each case; the lawyers stand under one another in it. Weights are millimetres."""
    by_party: dict[tuple[int, str], list[AssignmentRow]] = {}
    for row in rows:
        by_party.setdefault((row.case_id, row.agency), []).append(row)
    return Table(
        title="附表二　案件分派明细",
        columns=(
            Column("序号", Kind.NUMBER, 8),
            Column("案号", Kind.ID, 25, Align.LEFT),
            Column("被告单位", weight=20),
            Column("原告", weight=19),
            Column("案由", weight=17),
            Column("法院\n审级", weight=14, align=Align.CENTRE),
            Column("收到日期", Kind.DATE, 16.5),
            Column("答辩期限", Kind.DATE, 16.5),
            Column("推荐人选", weight=14, align=Align.CENTRE),
            Column("承办顾问", weight=19, align=Align.CENTRE),
            Column("律师事务所", weight=25),
            Column("分派日期", Kind.DATE, 16.5),
            Column("授权", weight=9, align=Align.CENTRE),
            Column("开庭日期", Kind.DATE, 16.5),
            Column("负责人\n出庭", weight=14, align=Align.CENTRE),
            Column("结果", weight=17),
        ),
        rows=[_case_line(number, lines) for number, lines in enumerate(by_party.values(), start=1)],
    )


def _case_line(number: int, lines: Sequence[AssignmentRow]) -> tuple[Value, ...]:
    row = lines[0]
    running = any(line.is_running for line in lines)
    ended = row.end_kind.value if row.end_kind else ""
    return (
        number,
        row.number,
        row.agency,
        row.plaintiffs,
        row.cause,
        f"{row.court}\n{row.procedure.value}",
        row.received_on,
        row.answer_due_on,
        "\n".join(row.recommended),
        "\n".join(f"{line.lawyer} {line.role.value}" for line in lines),
        "\n".join(dict.fromkeys(line.firm_short for line in lines)),
        row.assigned_on,
        row.mandate.value.removesuffix("授权"),
        row.hearing_on,
        row.attendance.value,
        row.outcome.value if row.outcome else "在办" if running else ended,
    )


def _frame(rows: Sequence[AssignmentRow]) -> "DataFrame":
    from pandas import DataFrame  # noqa: PLC0415 - costs 0.3 s, and only reports need it

    records = [_record(row) for row in rows]
    return DataFrame(records, columns=["lawyer", "firm", "agency", *(c.title for c in _FIGURES)])


def _record(row: AssignmentRow) -> tuple[Any, ...]:
    return (
        row.lawyer,
        row.firm,
        row.agency,
        int(row.role is Role.LEAD),
        int(row.role is not Role.LEAD),
        1,
        int(row.is_running),
        int(not row.is_running),
        *(
            int(row.result is g)
            for g in (ResultGroup.DISMISSED, ResultGroup.SETTLED, ResultGroup.LOST, ResultGroup.OTHER)
        ),
    )


def _counts(frame: "DataFrame", by: list[str]) -> dict[tuple[str, ...], list[int]]:
    if frame.empty:
        return {}
    sums = frame.groupby(by, sort=False)[[c.title for c in _FIGURES]].sum()
    return {
        key if isinstance(key, tuple) else (key,): [int(value) for value in line]
        for key, line in zip(sums.index, sums.itertuples(index=False), strict=True)
    }
