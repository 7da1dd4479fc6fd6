"""The versions of an archived consultation: whether the record still equals one, and what differs between two.

A version's content is the whole record as plain values, with the names that stood in it. Names that belong to other
records (an agency that was renamed since, a case that got its number) are kept for reading and not compared.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.formats.numbers import mask_phone

Content = Mapping[str, Any]
Lines = dict[tuple[str, Any], tuple[str, str]]
NOTHING, UNTOLD = "无", ("", "")
FIELDS = {
    "number": "编号",
    "topic": "会商题目",
    "secrecy": "密级标识",
    "held_on": "会商日期",
    "at_time": "开始时间",
    "until_time": "结束时间",
    "venue": "地点",
    "host": "主持人",
    "recorder": "记录人",
    "signer": "签发人",
    "grounds": "疑难理由",
    "facts": "基本案情",
    "conclusion": "结论",
    "risk": "风险等级",
}
ORDERED = {
    "cases": ("关联案件", "number"),
    "questions": ("议题", "text"),
    "members": ("参会人员", "name"),
    "points": ("争议焦点", "text"),
    "follow_ups": ("议定事项", "task"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two versions, in words."""

    field: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change as history shows it."""
        return f"{self.field}：{self.before or NOTHING} → {self.after or NOTHING}"


def same_record(one: Content, other: Content) -> bool:
    """Say whether two contents are the same record, whatever other records are called by now."""
    return _without_names(one) == _without_names(other)


def changes(old: Content, new: Content) -> tuple[Change, ...]:
    """Return what differs between two contents, in the order of the record; phones are told masked."""
    before, after = _lines(old), _lines(new)
    told_before, told_after = _lines(_masked(old)), _lines(_masked(new))
    found = []
    for key in (*after, *(key for key in before if key not in after)):
        label = (after.get(key) or before[key])[0]
        if before.get(key, UNTOLD)[1] != after.get(key, UNTOLD)[1]:
            found.append(Change(label, told_before.get(key, UNTOLD)[1], told_after.get(key, UNTOLD)[1]))
    return (*found, *_orders(old, new))


def _masked(content: Content) -> Content:
    members = [{**member, "phone": mask_phone(member["phone"])} for member in content["members"]]
    return {**content, "members": members}


def _orders(old: Content, new: Content) -> Iterator[Change]:
    """Yield what stands in another order than before."""
    for part, (label, words) in ORDERED.items():
        before = {row["id"]: row[words] for row in old[part]}
        after = {row["id"]: row[words] for row in new[part]}
        was, now = [key for key in before if key in after], [key for key in after if key in before]
        if was != now:
            yield Change(
                f"{label}的次序", "；".join(before[k] for k in was), "；".join(after[k] for k in now)
            )


def _without_names(content: Content) -> dict[str, Any]:
    return {
        **content,
        "agency": _key(content["agency"]),
        "cases": [case["id"] for case in content["cases"]],
        "follow_ups": [{**task, "agency": _key(task["agency"])} for task in content["follow_ups"]],
    }


def _key(named: Mapping[str, Any] | None) -> int | None:
    return named["id"] if named else None


def _lines(content: Content) -> Lines:
    """Return everything in a content by what it is about: a label and a text to compare and to show."""
    found: Lines = {(name, ""): (label, str(content[name] or "")) for name, label in FIELDS.items()}
    found["agency", ""] = ("提请单位", _name(content["agency"]))
    numbers = {q["id"]: place for place, q in enumerate(content["questions"], 1)}
    names = {m["id"]: m["name"] for m in content["members"]}
    for case in content["cases"]:
        found["case", case["id"]] = ("关联案件", f"{case['number']} {case['parties']}".strip())
    for question in content["questions"]:
        found["question", question["id"]] = (f"议题{numbers[question['id']]}", question["text"])
    for member in content["members"]:
        found["member", member["id"]] = ("参会人员", _words(member, _MEMBER))
        found["signed", member["id"]] = (f"{member['name']}签到", _words(member, _SIGN_IN))
    for opinion in content["opinions"]:
        about = f"对议题{numbers[key]}" if (key := opinion["question_id"]) in numbers else "总体"
        label = f"{names.get(opinion['member_id'], opinion['member'])}{about}的意见"
        found["opinion", (opinion["member_id"], key)] = (label, _words(opinion, _OPINION))
    for point in content["points"]:
        found["point", point["id"]] = ("争议焦点", f"{point['kind']}：{point['text']}")
    for task in content["follow_ups"]:
        found["follow_up", task["id"]] = ("议定事项", _words({**task, "by": _task_unit(task)}, _TASK))
    for drawn in content["draws"]:
        found["draw", drawn["id"]] = ("抽取", f"{drawn['drawn_on']} 种子 {drawn['seed']}")
    return found


def _name(named: Mapping[str, Any] | None) -> str:
    return named["name"] if named else ""


def _task_unit(task: Mapping[str, Any]) -> str:
    return _name(task["agency"]) or task["unit"]


def _words(values: Mapping[str, Any], form: Mapping[str, Callable[[Any], str]]) -> str:
    return "，".join(say(values[name]) for name, say in form.items() if values[name])


_MEMBER: dict[str, Callable[[Any], str]] = {
    "name": str,
    "unit": str,
    "post": str,
    "phone": str,
    "kind": str,
    "origin": str,
    "findings": lambda text: "提示：" + "；".join(text.splitlines()),
}
_SIGN_IN: dict[str, Callable[[Any], str]] = {
    "answer": str,
    "answered_on": lambda day: f"{day} 答复",
    "answer_reason": str,
    "arrived_at": lambda time: f"{time} 到会",
    "has_declared": lambda _: "已作回避声明",
    "signed_on": lambda day: f"意见表 {day} 签名",
}
_OPINION: dict[str, Callable[[Any], str]] = {
    "stance": str,
    "text": str,
    "proposal": lambda text: f"建议：{text}",
    "risk": lambda grade: f"风险 {grade}",
}
_TASK: dict[str, Callable[[Any], str]] = {
    "task": str,
    "by": str,
    "due_on": lambda day: f"{day} 前完成",
}
