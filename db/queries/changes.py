"""What each act changed in a lawyer's record, before and after, read from the journal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.journal import JournalRow
from db.models.lawyer import Firm
from db.rules import numbers

NOTHING = "无"
FIELDS = {
    "name": "姓名",
    "sex": "性别",
    "phone": "联系电话",
    "email": "电子邮箱",
    "id_number": "身份证号",
    "licence": "执业证号",
    "licence_state": "执业状态",
    "first_licensed_on": "首次执业",
    "capacity": "在办上限",
    "politics": "政治面貌",
    "education": "学历",
    "position": "职务",
    "note": "备注",
}
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "speciality": ("专业领域", ("name",)),
    "membership": ("执业律所", ("firm_id", "from_on", "to_on")),
    "appointment": ("聘期", ("from_on", "to_on", "certificate", "ended_on", "end_kind", "end_reason")),
    "suspension": ("暂停承办", ("from_on", "until_on", "lifted_on", "kind", "reason")),
    "past_post": ("原任职", ("unit", "post", "to_on", "leaving")),
    "relative": ("近亲属", ("relation", "name", "unit", "post")),
    "public_office": ("公职", ("kind", "body", "from_on", "to_on")),
    "adviser_contract": ("顾问单位", ("client", "from_on", "to_on")),
    "discipline": ("处罚处分", ("kind", "on_date", "content")),
    "yearly_check": ("律师考核", ("year", "result")),
    "declaration": ("声明", ("signed_on", "content")),
    "assessment": ("年度考核", ("year", "grade", "opinion")),
}
LEADS = {"to_on": "至 ", "until_on": "至 ", "lifted_on": "恢复 ", "ended_on": "终止 "}
MASKS = {"phone": numbers.mask_phone, "id_number": numbers.mask_id_number}


def lawyer_changes(session: Session, key: int, gestures: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return for each act what it changed, as 联系电话：138****1111 → 139****3333; numbers of persons stay masked.

    The act that entered the lawyer is left out: it changed nothing that was there.
    """
    query = (
        select(JournalRow)
        .where(JournalRow.gesture_id.in_(gestures), JournalRow.table_name.in_(["lawyer", *LISTS]))
        .order_by(JournalRow.id)
    )
    rows = [row for row in session.scalars(query) if _concerns(row, key)]
    entered = {row.gesture_id for row in rows if row.table_name == "lawyer" and row.before is None}
    of_act: defaultdict[int, list[JournalRow]] = defaultdict(list)
    for row in rows:
        if row.gesture_id not in entered:
            of_act[row.gesture_id].append(row)
    firms = {firm.id: firm.name for firm in session.scalars(select(Firm))} if of_act else {}
    return {gesture: tuple(_sentences(own, firms)) for gesture, own in of_act.items()}


def _concerns(row: JournalRow, key: int) -> bool:
    if row.table_name == "lawyer":
        return row.key == key
    return any(values is not None and values.get("lawyer_id") == key for values in (row.before, row.after))


def _sentences(rows: Sequence[JournalRow], firms: Mapping[int, str]) -> list[str]:
    said = []
    for row in rows:
        if row.table_name == "lawyer" and row.before and row.after:
            said += [
                _arrow(title, _word(row.before.get(name), name), _word(row.after.get(name), name))
                for name, title in FIELDS.items()
                if name in row.before and row.before[name] != row.after.get(name)
            ]
    for table, (title, names) in LISTS.items():
        own = [row for row in rows if row.table_name == table]
        olds = [_line(row.before, names, firms) for row in own if row.before]
        news = [_line(row.after, names, firms) for row in own if row.after]
        if olds != news:
            gone = [one for one in olds if one not in news or table == "speciality"]
            come = [one for one in news if one not in olds or table == "speciality"]
            said.append(_arrow(title, "；".join(gone), "；".join(come)))
    return said


def _line(values: Mapping[str, Any], names: Sequence[str], firms: Mapping[int, str]) -> str:
    words = [
        firms.get(values["firm_id"], "") if name == "firm_id" else _word(values.get(name), name)
        for name in names
    ]
    return " ".join(word for word in words if word)


def _word(value: Any, name: str) -> str:
    text = "" if value is None else str(value)
    return f"{LEADS.get(name, '')}{MASKS[name](text) if name in MASKS else text}" if text else ""


def _arrow(title: str, before: str, after: str) -> str:
    return f"{title}：{before or NOTHING} → {after or NOTHING}"
