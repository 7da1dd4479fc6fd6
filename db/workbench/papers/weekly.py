"""本周应诉事项表: what the bureau and the agencies have to do this week, to pin to the board."""

from datetime import timedelta

from sqlalchemy.orm import Session

from db.cases.queries.cases import week_end
from db.documents.model import Align, Column, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.formats.written_dates import WEEKDAYS
from db.office.queries.settings import load_settings
from db.workbench.agenda import AgendaLine, agenda

WEEKLY = "本周应诉事项表"

_COLUMNS = (
    Column("序号", Kind.NUMBER, 3.2),
    Column("日期", Kind.DATE, 7.2),
    Column("星期", weight=3.4, align=Align.CENTRE),
    Column("时间", weight=4, align=Align.CENTRE),
    Column("事项", weight=9),
    Column("案号", Kind.ID, 14),
    Column("原告", weight=9),
    Column("被诉单位", weight=9),
    Column("案由", weight=9),
    Column("法院、地点", weight=9),
    Column("承办顾问", weight=7),
    Column("负责人出庭", weight=9),
    Column("依据", weight=11),
)


def weekly_sheet(session: Session, wanted: Parameters) -> Document:
    """The week of the day asked for, Monday to Sunday; duties that are overdue stand first."""
    monday = wanted.day - timedelta(days=wanted.day.weekday())
    lines = agenda(session, monday, week_end(wanted.day), wanted.day, with_overdue=True)
    shown = [line for line in lines if wanted.agency in ("", line.case.defendants)]
    overdue = sum(line.is_overdue for line in shown)
    unknown = sum(not line.covered for line in shown)
    notes = [
        f"注：1. 共 {len(shown)} 项，其中已逾期 {overdue} 项。2. 期限按登记的事实推算，法院另有指定的以法院文书为准。"
    ]
    if unknown:
        notes.append(f"3. {unknown} 项落在放假安排尚未录入的年份，日期请核对。")
    return table_report(
        WEEKLY,
        (
            f"填报单位：{load_settings(session).stamp()}",
            f"{day_text(monday)}至{day_text(week_end(wanted.day))}",
            "内部资料",
        ),
        (Table(_COLUMNS, [_line(at, line) for at, line in enumerate(shown, 1)], notes=tuple(notes)),),
        (("审核人", wanted.reviewer), ("制表人", wanted.maker), ("制表日期", day_text(wanted.today))),
    )


def _line(number: int, line: AgendaLine) -> tuple[Value, ...]:
    row = line.case
    basis = "手工改定" if line.is_fixed else line.article
    return (
        number,
        line.on,
        WEEKDAYS[line.on.weekday()],
        line.at_time,
        f"{line.title}（已逾期）" if line.is_overdue else line.title,
        row.number,
        row.plaintiffs,
        row.defendants,
        row.cause,
        " ".join(part for part in (row.court, line.place) if part),
        "、".join(row.advisers) or "尚未分派",
        line.head or row.attendance.value if line.is_hearing else "",
        basis if line.covered else f"{basis}（待核对）",
    )
