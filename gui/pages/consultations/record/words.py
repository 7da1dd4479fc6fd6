"""How a consultation is said on the screen: badges, dates, lines of the list."""

from datetime import date

from db.consultations.queries.consultations import ConsultationRow
from db.consultations.queries.detail import ConsultationDetail, MemberLine
from db.consultations.rules.consultations import State
from db.words.consultation import Adoption, InvitationAnswer, Risk, Stance
from gui.pages.consultations.listing import ListRow
from gui.tables.cells import Badge, Cell, Dot
from gui.tables.due import due_cell, short_day
from gui.widgets.stances import Share

STATES = {
    State.COMING: Badge("ac", State.COMING.value),
    State.TO_WRITE: Badge("wn", State.TO_WRITE.value, "file-pen-line"),
    State.DONE: Badge("ok", State.DONE.value, "check"),
    State.CANCELLED: Badge("chip", State.CANCELLED.value),
}
STANCES = {
    Stance.AGREES: Badge("ok", Stance.AGREES.value, "check"),
    Stance.RESERVES: Badge("wn", Stance.RESERVES.value, "minus"),
    Stance.DISSENTS: Badge("dg", Stance.DISSENTS.value, "x"),
}
RISKS = {
    Risk.LOW: Badge("ok", "败诉风险 低"),
    Risk.MEDIUM: Badge("wn", "败诉风险 中", "triangle-alert"),
    Risk.HIGH: Badge("dg", "败诉风险 高", "circle-alert"),
}
ADOPTIONS = {
    Adoption.FULL: Badge("ok", Adoption.FULL.value, "check"),
    Adoption.PART: Badge("wn", Adoption.PART.value, "minus"),
    Adoption.NONE: Badge("chip", Adoption.NONE.value),
}
NUMERALS = "一二三四五六七八九十"


def list_row(row: ConsultationRow, today: date) -> ListRow:
    """Return a consultation as the list shows it."""
    when = short_day(row.held_on, today) if row.held_on else "日期未定"
    if row.state is State.COMING and row.at_time:
        when = f"{when} {row.at_time}"
    tip = "\n".join(word for word in (row.number, row.topic, row.agency) if word)
    return ListRow(row.key, row.topic, f"{when}，{row.members} 人", list_cell(row, today), tip)


def list_cell(row: ConsultationRow, today: date) -> Cell | None:
    """Return what is due of a consultation: the day itself, the minutes, a follow-up."""
    if row.state is State.COMING and row.held_on is not None:
        return due_cell(row.held_on, today, at_time=row.at_time, duty=False)
    if row.state is State.TO_WRITE and row.minutes_due_on is not None:
        return due_cell(row.minutes_due_on, today, prefix="纪要")
    if row.state is State.DONE and row.next_due_on is not None:
        cell = due_cell(row.next_due_on, today, prefix="事项")
        return cell if isinstance(cell, Badge) else None  # what is far off needs no word in the list
    return None


def when_and_who(detail: ConsultationDetail) -> str:
    """Return the line below the title: when, where, who leads and writes, who asked."""
    row = detail.row
    day = short_day(row.held_on, date.min) if row.held_on else "日期未定"
    times = "至".join(f" {time} " for time in (row.at_time, row.until_time) if time).strip()
    place = f"，{row.venue}" if row.venue else ""
    people = (("主持", detail.host), ("记录", detail.recorder), ("提请单位", detail.agency_name))
    said = "，".join(f"{what} {who}" for what, who in people if who)
    return f"{day} {times}".strip() + place + "。" + said


def shares(detail: ConsultationDetail) -> tuple[Share, ...]:
    """Return the stances of all who spoke, for the bar."""
    counts = detail.row.stances
    return (
        Share(Stance.AGREES.value, counts.agrees, "ok_solid"),
        Share(Stance.RESERVES.value, counts.reserves, "wn_solid"),
        Share(Stance.DISSENTS.value, counts.dissents, "dg_solid"),
    )


def answer_cell(member: MemberLine) -> Cell:
    """Return what somebody answered to the invitation, or that he came."""
    if member.answer is InvitationAnswer.LEAVE:
        return Dot("wn", "请假")
    if member.arrived_at:
        return Dot("ok", "到场")  # also of somebody who came without having answered
    if member.answer is InvitationAnswer.ATTENDS:
        return Dot("ok", "参加")
    return Dot("tx3", "未答复")


def follow_up_cell(due_on: date | None, done_on: date | None, today: date) -> Cell:
    """Return how near an agreed task is."""
    if done_on is not None:
        return Dot("ok", "已办结")
    return due_cell(due_on, today) if due_on else Dot("tx3", "未定期限")


def numeral(at: int) -> str:
    """Return 一 to 十 for 1 to 10, digits beyond."""
    return NUMERALS[at - 1] if 1 <= at <= len(NUMERALS) else str(at)
