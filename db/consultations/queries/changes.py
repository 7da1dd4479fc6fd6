"""What each act changed in a consultation, before and after, read from the journal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.consultations.rules.versions import FIELDS, Change
from db.formats import numbers
from db.models.agency import Agency
from db.models.case import Case
from db.models.consultation import Consultation, Member, Question
from db.models.journal import JournalRow

HEADING = {
    **FIELDS,
    "agency_id": "提请单位",
    "cancelled_on": "取消日期",
    "cancel_reason": "取消原因",
    "archived_on": "归档日期",
    "adoption": "采纳情况",
    "adopted_on": "反馈日期",
    "adoption_reason": "单位理由",
    "removed_at": "移入回收站",
}
PARTS: dict[str, tuple[str, Mapping[str, str]]] = {
    "consultation_case": ("关联案件", {"case_id": ""}),
    "consultation_question": ("议题", {"text": ""}),
    "consultation_member": (
        "参会人员",
        {
            "name": "",
            "unit": "",
            "post": "",
            "phone": "",
            "kind": "",
            "origin": "",
            "findings": "提示 ",
            "answer": "",
            "answered_on": "答复 ",
            "answer_reason": "",
            "arrived_at": "到会 ",
            "has_declared": "回避声明 ",
            "signed_on": "签名 ",
            "adoption": "单位",
        },
    ),
    "consultation_draw": (
        "抽取",
        {"seed": "种子 ", "wanted": "人数 ", "speciality": "专业 ", "reason": "再次抽取的原因 "},
    ),
    "consultation_opinion": (
        "意见",
        {
            "member_id": "",
            "question_id": "对",
            "stance": "",
            "text": "",
            "proposal": "建议 ",
            "risk": "风险 ",
        },
    ),
    "consultation_point": ("争议焦点", {"kind": "", "text": ""}),
    "follow_up": (
        "议定事项",
        {"task": "", "agency_id": "", "unit": "", "due_on": "期限 ", "done_on": "办结 ", "evidence": "依据 "},
    ),
    "consultation_version": ("归档版本", {"serial": "第 ", "reason": ""}),
}


def consultation_changes(session: Session, key: int, gestures: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return for each act what it changed, as 地点：三楼会议室 → 二楼会议室; phones stay masked.

    The act that convened the consultation is left out: it changed nothing that was there.
    """
    query = (
        select(JournalRow)
        .where(JournalRow.gesture_id.in_(gestures), JournalRow.table_name.in_(["consultation", *PARTS]))
        .order_by(JournalRow.id)
    )
    rows = [row for row in session.scalars(query) if _concerns(row, key)]
    entered = {row.gesture_id for row in rows if row.table_name == "consultation" and row.before is None}
    of_act: defaultdict[int, list[JournalRow]] = defaultdict(list)
    for row in rows:
        if row.gesture_id not in entered:
            of_act[row.gesture_id].append(row)
    names = _names(session, rows)
    return {gesture: tuple(_sentences(own, names)) for gesture, own in of_act.items()}


def _concerns(row: JournalRow, key: int) -> bool:
    if row.table_name == Consultation.__tablename__:
        return row.key == key
    return any(
        values is not None and values.get("consultation_id") == key for values in (row.before, row.after)
    )


Names = Mapping[str, Mapping[int, str]]


def _sentences(rows: Sequence[JournalRow], names: Names) -> list[str]:
    said = []
    for row in rows:
        before, after = row.before or {}, row.after or {}
        if row.table_name == Consultation.__tablename__:
            said += [
                _arrow(title, _word(before.get(field), field, names), _word(after.get(field), field, names))
                for field, title in HEADING.items()
                if before.get(field) != after.get(field)
            ]
            continue
        title, fields = PARTS[row.table_name]
        old, new = _line(before, fields, names), _line(after, fields, names)
        if old != new:
            said.append(_arrow(title, old, new))
    return said


def _line(values: Mapping[str, Any], fields: Mapping[str, str], names: Names) -> str:
    words = ((lead, _word(values.get(field), field, names)) for field, lead in fields.items())
    return "，".join(f"{lead}{word}" for lead, word in words if word)


def _word(value: Any, field: str, names: Names) -> str:
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "是"
    if field in names:
        return names[field].get(value, f"编号 {value}")
    if field == "phone":
        return numbers.mask_phone(value)
    return str(value).replace("\n", "；")


def _arrow(title: str, before: str, after: str) -> str:
    return Change(title, before, after).sentence


def _names(session: Session, rows: Sequence[JournalRow]) -> Names:
    """Return the names behind the keys; a row that is gone is named as the journal last saw it."""
    gone: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for row in rows:
        values = row.after or row.before or {}
        if row.table_name in {Member.__tablename__, Question.__tablename__}:
            gone[row.table_name][row.key] = values.get("name") or values.get("text") or ""
    members = {key for row in rows for key in _keys(row, "member_id")}
    questions = {key for row in rows for key in _keys(row, "question_id")}
    agencies = {key for row in rows for key in _keys(row, "agency_id")}
    cases = {key for row in rows for key in _keys(row, "case_id")}
    return {
        "member_id": gone[Member.__tablename__]
        | _read(session, select(Member.id, Member.name).where(Member.id.in_(members))),
        "question_id": gone[Question.__tablename__]
        | _read(session, select(Question.id, Question.text).where(Question.id.in_(questions))),
        "agency_id": _read(session, select(Agency.id, Agency.name).where(Agency.id.in_(agencies))),
        "case_id": _read(session, select(Case.id, Case.number).where(Case.id.in_(cases))),
    }


def _read(session: Session, query: Select[int, str]) -> dict[int, str]:
    return {key: name for key, name in session.execute(query)}  # noqa: C416 - rows become a plain dict


def _keys(row: JournalRow, field: str) -> list[int]:
    return [
        values[field]
        for values in (row.before, row.after)
        if values is not None and values.get(field) is not None
    ]
