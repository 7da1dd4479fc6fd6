"""The columns of the case list, in the order they are shown."""

from collections.abc import Callable
from datetime import date

from db.cases.queries.cases import CaseRow
from db.words.case import Attendance
from gui.tables.cells import Badge, Cell, Column, Dot, Text
from gui.tables.due import due_cell

WHY = "neglect"


def number(row: CaseRow) -> Cell:
    """Return the number; that of a second record of the same case is quiet."""
    if row.duplicate_of_id is not None:
        return Text(f"{row.number} 重复", "tx3")
    return Text(row.number)


def advisers(row: CaseRow) -> Cell:
    """Return who acts, or that somebody must be found."""
    if row.advisers:
        return Text("、".join(row.advisers))
    return Badge("ac", "待分派", "user-plus") if row.is_open else Text("")


def attendance(row: CaseRow) -> Cell:
    """Return whether the head attends; what is still open is quiet."""
    quiet = row.attendance is Attendance.PENDING
    return Text(row.attendance.value.removeprefix("未出庭") or row.attendance.value, "tx2" if quiet else "tx")


def nearest(today: Callable[[], date]) -> Callable[[CaseRow], Cell]:
    """Return the cell of the nearest deadline."""

    def cell(row: CaseRow) -> Cell:
        if not row.is_open:
            return Dot("tx3", row.outcome.value if row.outcome else "已结")
        if row.due is None:
            return Text("")
        due = row.due
        word = _WORDS.get(due.title, due.title)
        return due_cell(
            due.on, today(), prefix=word, at_time=due.at_time, duty=not due.lapses, covered=due.covered
        )

    return cell


_WORDS = {
    "答辩举证": "答辩",
    "一审审限": "审限",
    "二审审限": "审限",
    "判决上诉期": "上诉期",
    "裁定上诉期": "上诉期",
    "二审答辩": "答辩",
    "复议答复举证": "答复",
    "再审书面意见": "意见",
}


def columns(today: Callable[[], date]) -> tuple[Column[CaseRow], ...]:
    """Return the columns; ``today`` says which day it is."""
    return (
        Column("number", "案号", number, 170),
        Column(
            "parties",
            "原告 / 被告单位",
            lambda r: Text(f"{r.plaintiffs} / {r.defendants}"),
            132,
            flex=True,
            tip=lambda r: f"{r.plaintiffs} 诉 {r.defendants}",
        ),
        Column(
            WHY,
            "被遗忘的原因",
            lambda r: Text("；".join(r.neglect), "wn", icon="triangle-alert" if r.neglect else ""),
            220,
            sorts=False,
            hidden=True,
            tip=lambda r: "\n".join(r.neglect),
        ),
        Column("cause", "案由", lambda r: Text(r.cause), 94, flex=True, tip=lambda r: r.cause),
        Column("stage", "审级·阶段", lambda r: Text(f"{r.procedure.value}·{r.stage}", "tx2"), 82),
        Column("court", "法院", lambda r: Text(r.court, "tx2"), 74),
        Column("advisers", "承办顾问", advisers, 116, sorts=False, tip=lambda r: "、".join(r.advisers)),
        Column("due", "最近期限", nearest(today), 134),
        Column("attendance", "负责人出庭", attendance, 78),
        Column(
            "received_on",
            "收到日期",
            lambda r: Text(r.received_on.isoformat() if r.received_on else ""),
            96,
            hidden=True,
        ),
        Column(
            "last_on", "最近进展", lambda r: Text(r.last_on.isoformat() if r.last_on else ""), 96, hidden=True
        ),
        Column("series", "系列案", lambda r: Text(r.series), 120, sorts=False, hidden=True),
        Column("outcome", "裁判结果", lambda r: Text(r.outcome.value if r.outcome else ""), 130, hidden=True),
    )
