"""What each act changed in a lawyer's or public lawyer's record, before and after, read from the journal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats import numbers
from db.models.agency import Agency
from db.models.journal import JournalRow
from db.models.lawyer import Firm

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
PUBLIC_FIELDS = {
    "name": "姓名",
    "sex": "性别",
    "politics": "政治面貌",
    "phone": "联系电话",
    "id_number": "身份证号",
    "qualification": "资格证号",
    "qualified_on": "取得资格",
    "licence": "公职律师证号",
    "specialities": "专业领域",
    "capacity": "统筹上限",
    "note": "备注",
}
PUBLIC_LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "posting": ("任职", ("agency_id", "department", "post", "from_on", "to_on")),
    "certificate": ("公职律师证", ("from_on", "to_on", "ended_on", "end_kind", "end_reason")),
    "public_lawyer_year": ("年度考核", ("year", "result")),
    "sharing": ("统筹", ("agency_id", "paper", "from_on", "to_on", "ended_on", "end_reason")),
}
LEADS = {"to_on": "至 ", "until_on": "至 ", "lifted_on": "恢复 ", "ended_on": "终止 "}
MASKS = {"phone": numbers.mask_phone, "id_number": numbers.mask_id_number}


@dataclass(frozen=True, slots=True)
class _Shape:
    """A record with the rows that belong to it: its table, fields and lists, and how these name it."""

    table: str
    owner: str
    fields: Mapping[str, str]
    lists: Mapping[str, tuple[str, tuple[str, ...]]]

    def concerns(self, row: JournalRow, key: int) -> bool:
        """Say whether a row of the journal is about the record ``key``."""
        if row.table_name == self.table:
            return row.key == key
        return any(values is not None and values.get(self.owner) == key for values in (row.before, row.after))


_LAWYER = _Shape("lawyer", "lawyer_id", FIELDS, LISTS)
_PUBLIC_LAWYER = _Shape("public_lawyer", "public_lawyer_id", PUBLIC_FIELDS, PUBLIC_LISTS)


def lawyer_changes(session: Session, key: int, gestures: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return for each act what it changed, as 联系电话：138****1111 → 139****3333; numbers of persons stay masked.

    The act that entered the lawyer is left out: it changed nothing that was there.
    """
    firms = {firm.id: firm.name for firm in session.scalars(select(Firm))} if gestures else {}
    return _changes(session, _LAWYER, key, gestures, {"firm_id": firms})


def public_lawyer_changes(session: Session, key: int, gestures: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The same of a public lawyer, with whom he is lent to."""
    query = select(Agency.id, Agency.short_name)
    agencies = {row.id: row.short_name for row in session.execute(query)} if gestures else {}
    return _changes(session, _PUBLIC_LAWYER, key, gestures, {"agency_id": agencies})


def _changes(
    session: Session, shape: _Shape, key: int, gestures: Sequence[int], names: Mapping[str, Mapping[int, str]]
) -> dict[int, tuple[str, ...]]:
    query = (
        select(JournalRow)
        .where(JournalRow.gesture_id.in_(gestures), JournalRow.table_name.in_([shape.table, *shape.lists]))
        .order_by(JournalRow.id)
    )
    rows = [row for row in session.scalars(query) if shape.concerns(row, key)]
    entered = {row.gesture_id for row in rows if row.table_name == shape.table and row.before is None}
    of_act: defaultdict[int, list[JournalRow]] = defaultdict(list)
    for row in rows:
        if row.gesture_id not in entered:
            of_act[row.gesture_id].append(row)
    return {gesture: tuple(_sentences(shape, own, names)) for gesture, own in of_act.items()}


def _sentences(
    shape: _Shape, rows: Sequence[JournalRow], names: Mapping[str, Mapping[int, str]]
) -> list[str]:
    said = []
    for row in rows:
        if row.table_name == shape.table and row.before and row.after:
            said += [
                _arrow(title, _word(row.before.get(name), name), _word(row.after.get(name), name))
                for name, title in shape.fields.items()
                if name in row.before and row.before[name] != row.after.get(name)
            ]
    for table, (title, columns) in shape.lists.items():
        own = [row for row in rows if row.table_name == table]
        olds = [_line(row.before, columns, names) for row in own if row.before]
        news = [_line(row.after, columns, names) for row in own if row.after]
        if olds != news:
            gone = [one for one in olds if one not in news or table == "speciality"]
            come = [one for one in news if one not in olds or table == "speciality"]
            said.append(_arrow(title, "；".join(gone), "；".join(come)))
    return said


def _line(values: Mapping[str, Any], columns: Sequence[str], names: Mapping[str, Mapping[int, str]]) -> str:
    words = [
        names[column].get(values[column], "") if column in names else _word(values.get(column), column)
        for column in columns
    ]
    return " ".join(word for word in words if word)


def _word(value: Any, name: str) -> str:
    text = "" if value is None else str(value)
    return f"{LEADS.get(name, '')}{MASKS[name](text) if name in MASKS else text}" if text else ""


def _arrow(title: str, before: str, after: str) -> str:
    return f"{title}：{before or NOTHING} → {after or NOTHING}"
