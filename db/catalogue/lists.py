"""The lists of the program as workbooks: roster, cases, assignments, agencies, and those of ``coverage_lists``."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db.agencies.queries import agencies
from db.assignment.queries import assignments
from db.cases.queries import cases
from db.coverage.sheets.lists import COVERAGE_LISTS
from db.documents.model import Align, Column, Kind, Table, Value, table_report
from db.documents.xlsx import write_xlsx
from db.engine import Database
from db.errors import UserError
from db.exchange.sheet import SheetPlan
from db.formats.numbers import mask_id_number, mask_phone
from db.journal import note
from db.office.queries.settings import load_settings
from db.roster.queries.roster import RosterRow, roster

Keys = Sequence[int] | None
"""The records to export, in order; ``None`` for all."""


def export_list(
    database: Database,
    what: str,
    path: Path,
    today: date,
    *,
    keys: Keys = None,
    where: Sequence[tuple[str, str]] = (),
    masked: bool = True,
    overwrite: bool = False,
) -> int:
    """Write a list as of ``today`` to ``path`` and return its number of rows; ids are masked unless asked otherwise.

    ``where`` keeps the rows whose cell in the column of a title says a text.
    """
    if what not in LISTS:
        raise UserError(f"没有“{what}”这种清单，可导出：{'、'.join(LISTS)}。")
    with database.read() as session:
        title, table = LISTS[what](session, today, keys, masked)
        table = _where(table, where)
        settings = load_settings(session)
    heading = (
        f"填报单位：{settings.stamp()}",
        f"日期：{today.year}年{today.month}月{today.day}日",
        f"共 {len(table.rows)} 行" + ("" if masked else "　内部资料"),
    )
    document = table_report(title, heading, (table,), (("审核人", ""), ("制表人", "")))
    write_xlsx(document, path, overwrite=overwrite)
    if not masked:
        with database.write(f"导出{title}（号码完整显示，{len(table.rows)} 行）", undoable=False) as session:
            note(session)
    return len(table.rows)


def save_failing_rows(plan: SheetPlan, path: Path, *, overwrite: bool = False) -> int:
    """Save the rows of an import that wait, with what is wrong with each, as a sheet to mend."""
    waiting = [row for row in plan.rows if row.action == "待更正"]
    by_number = {row.number: row for row in plan.table.rows}
    columns = [
        Column("原行号", weight=5),
        *(Column(t or "（无列名）", Kind.ID, 8) for t in plan.table.titles),
    ]
    rows: list[tuple[Value, ...]] = [
        (
            by_number[row.number].words,
            *("" if v is None else str(v) for v in by_number[row.number].values),
            "；".join(f"{p.column}：{p.text}" for p in row.problems if p.severity == "错误"),
        )
        for row in waiting
    ]
    table = Table((*columns, Column("需要更正的问题", weight=30)), rows)
    write_xlsx(
        table_report(f"待更正的{plan.form.title}", ("更正后可再次导入本表",), (table,)),
        path,
        overwrite=overwrite,
    )
    return len(rows)


def template(path: Path, *, overwrite: bool = False) -> None:
    """Save an empty roster sheet with the columns that the program reads best."""
    columns = (
        Column("序号", Kind.NUMBER, 4),
        *(c for c in ROSTER_COLUMNS[1:] if c.title not in {"在办", "本年分派", "状态"}),
    )
    blank: list[tuple[Value, ...]] = [(number, *("" for _ in columns[1:])) for number in range(1, 16)]
    write_xlsx(
        table_report("行政诉讼法律顾问名册", ("填报单位：", ""), (Table(columns, blank),)),
        path,
        overwrite=overwrite,
    )


ROSTER_COLUMNS = (
    Column("序号", Kind.NUMBER, 4),
    Column("姓名", weight=6),
    Column("性别", weight=4, align=Align.CENTRE),
    Column("律师事务所", weight=14),
    Column("执业证号", Kind.ID, 12),
    Column("联系电话", Kind.ID, 9),
    Column("身份证号", Kind.ID, 12),
    Column("专业领域", weight=14),
    Column("聘期起", Kind.DATE, 8),
    Column("聘期止", Kind.DATE, 8),
    Column("首次执业日期", Kind.DATE, 8),
    Column("政治面貌", weight=6),
    Column("学历", weight=6),
    Column("职务", weight=6),
    Column("电子邮箱", weight=10),
    Column("备注", weight=10),
    Column("在办", Kind.NUMBER, 4, total=True),
    Column("本年分派", Kind.NUMBER, 5, total=True),
    Column("状态", weight=5, align=Align.CENTRE),
)


OPTIONAL = {"身份证号", "首次执业日期", "政治面貌", "学历", "职务", "电子邮箱", "备注"}


def _roster(session: Session, today: date, keys: Keys, masked: bool) -> tuple[str, Table]:
    rows = roster(session, today)
    if keys is not None:
        by_key = {row.key: row for row in rows}
        rows = [by_key[key] for key in keys if key in by_key]
    lines = [_roster_line(number, row, masked) for number, row in enumerate(rows, start=1)]
    return "行政诉讼法律顾问名册", _without_empty(Table(ROSTER_COLUMNS, lines))


def _without_empty(table: Table) -> Table:
    """Leave out optional columns that nobody has filled, so that what is left prints large enough to read."""
    shown = [
        at
        for at, column in enumerate(table.columns)
        if column.title not in OPTIONAL or any(row[at] for row in table.rows)
    ]
    return Table(tuple(table.columns[at] for at in shown), [[row[at] for at in shown] for row in table.rows])


def _roster_line(number: int, row: RosterRow, masked: bool) -> tuple[Value, ...]:
    return (
        number,
        row.name,
        row.sex,
        row.firm,
        row.licence,
        mask_phone(row.phone) if masked else row.phone,
        mask_id_number(row.id_number) if masked else row.id_number,
        "、".join(row.specialities),
        row.term_from,
        row.term_to,
        row.first_licensed_on,
        row.politics,
        row.education,
        row.position,
        row.email,
        row.note,
        row.running,
        row.this_year,
        row.standing.value,
    )


def _cases(session: Session, today: date, keys: Keys, _masked: bool) -> tuple[str, Table]:
    keys = cases.case_keys(session, cases.CaseFilter(cases.View.ALL), today) if keys is None else keys
    rows = cases.case_rows(session, keys, today)
    columns = (
        Column("序号", Kind.NUMBER, 4),
        Column("案号", Kind.ID, 12),
        Column("原告", weight=10),
        Column("被告", weight=12),
        Column("案由", weight=10),
        Column("审级", weight=5, align=Align.CENTRE),
        Column("法院", weight=8),
        Column("收到日期", Kind.DATE, 8),
        Column("承办顾问", weight=10),
        Column("最近期限", weight=8),
        Column("期限日期", Kind.DATE, 8),
        Column("负责人出庭", weight=7, align=Align.CENTRE),
        Column("阶段", weight=5, align=Align.CENTRE),
        Column("裁判结果", weight=10),
        Column("结案日期", Kind.DATE, 8),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.number,
            r.plaintiffs,
            r.defendants,
            r.cause,
            r.procedure.value,
            r.court,
            r.received_on,
            "、".join(r.advisers),
            r.due.title if r.due else "",
            r.due.on if r.due else None,
            r.attendance.value,
            r.stage,
            r.outcome.value if r.outcome else "",
            r.closed_on,
        )
        for number, r in enumerate((rows[key] for key in keys if key in rows), start=1)
    ]
    return "行政应诉案件清单", Table(columns, lines)


def _assignments(session: Session, today: date, _keys: Keys, _masked: bool) -> tuple[str, Table]:
    rows = assignments.assignment_rows(session, date.min, today)
    columns = (
        Column("序号", Kind.NUMBER, 4),
        Column("案号", Kind.ID, 12),
        Column("被告单位", weight=12),
        Column("原告", weight=10),
        Column("案由", weight=10),
        Column("承办顾问", weight=6),
        Column("主协办", weight=5, align=Align.CENTRE),
        Column("律师事务所", weight=14),
        Column("推荐人选", weight=10),
        Column("分派日期", Kind.DATE, 8),
        Column("授权", weight=6, align=Align.CENTRE),
        Column("分派理由", weight=16),
        Column("状态", weight=5, align=Align.CENTRE),
        Column("裁判结果", weight=10),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.number,
            r.agency,
            r.plaintiffs,
            r.cause,
            r.lawyer,
            r.role.value,
            r.firm,
            "、".join(r.recommended),
            r.assigned_on,
            r.mandate.value,
            r.reason,
            "在办" if r.is_running else r.end_kind.value if r.end_kind else "",
            r.outcome.value if r.outcome else "",
        )
        for number, r in enumerate(rows, start=1)
    ]
    return "案件分派清单", Table(columns, lines)


def _agencies(session: Session, today: date, keys: Keys, masked: bool) -> tuple[str, Table]:
    keys = agencies.agency_keys(session, agencies.AgencyFilter(), today) if keys is None else keys
    rows = agencies.agency_rows(session, keys, today)
    columns = (
        Column("序号", Kind.NUMBER, 4),
        Column("单位全称", weight=18),
        Column("简称", weight=9),
        Column("类型", weight=7, align=Align.CENTRE),
        Column("行政执法权", weight=6, align=Align.CENTRE),
        Column("行政管理领域", weight=8),
        Column("应配公职律师", weight=6, align=Align.CENTRE),
        Column("法定代表人", weight=7, align=Align.CENTRE),
        Column("联络员", weight=7, align=Align.CENTRE),
        Column("联系电话", Kind.ID, 9),
        Column("报备日期", Kind.DATE, 8),
        Column("在办案件", Kind.NUMBER, 5, total=True),
        Column("本年案件", Kind.NUMBER, 5, total=True),
        Column("全部案件", Kind.NUMBER, 5, total=True),
        Column("信息来源", weight=10),
        Column("沿革", weight=10),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.name,
            r.short_name,
            r.kind.value,
            "有" if r.has_enforcement else "无",
            r.field,
            "是" if r.is_expected else "否",
            r.head,
            r.contact,
            mask_phone(r.phone) if masked else r.phone,
            r.liaison_filed_on,
            r.open_cases,
            r.year_cases,
            r.all_cases,
            r.source,
            _fate(r),
        )
        for number, r in enumerate((rows[key] for key in keys if key in rows), start=1)
    ]
    return "单位名录", Table(columns, lines)


def _where(table: Table, where: Sequence[tuple[str, str]]) -> Table:
    """Return the table with the rows asked for, numbered anew."""
    if not where:
        return table
    titles = [column.title.replace("\n", "") for column in table.columns]
    if unknown := next((title for title, _ in where if title not in titles), None):
        raise UserError(f"清单中没有“{unknown}”这一列，可用：{'、'.join(titles)}。")
    wanted = [(titles.index(title), text) for title, text in where]
    rows = [row for row in table.rows if all(text in table.columns[at].text(row[at]) for at, text in wanted)]
    is_numbered = titles[0] == "序号"
    return replace(table, rows=[(n, *row[1:]) if is_numbered else row for n, row in enumerate(rows, start=1)])


def _fate(row: agencies.AgencyRow) -> str:
    """Say when an agency was founded or ended, as far as that is recorded."""
    founded = f"{row.founded_on} 设立" if row.founded_on else ""
    into = f"并入{row.successor}" if row.successor else "撤销"
    ended = f"{row.ended_on} {into}" if row.ended_on else ""
    return "，".join(part for part in (founded, ended) if part)


LISTS: dict[str, Callable[[Session, date, Keys, bool], tuple[str, Table]]] = {
    "roster": _roster,
    "cases": _cases,
    "assignments": _assignments,
    "agencies": _agencies,
    **COVERAGE_LISTS,
}
