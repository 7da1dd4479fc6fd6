"""Wording of papers that the bureau may edit: text with Chinese field names in braces, as {姓名}."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from db.errors import Problem
from db.formats.storable import text_trouble

BLANK = "＿＿＿＿＿＿"  # to be written by hand

_MEETING = (
    "会商编号",
    "会商时间",
    "会商地点",
    "议题",
    "提请单位",
    "案件",
    "会商问题",
    "会商材料",
    "密级",
    "答复期限",
    "联系人",
    "联系电话",
)

FIELDS: dict[str, tuple[str, ...]] = {
    "聘书": (
        "姓名",
        "律师事务所",
        "聘用单位",
        "聘任职务",
        "聘期起",
        "聘期止",
        "聘书编号",
        "签发日期",
    ),
    "委托代理人推荐函": (
        "单位",
        "案件",
        "案号",
        "法院",
        "推荐人选",
        "核对结果",
        "答复期限",
        "联系人",
        "联系电话",
    ),
    "催办函": (
        "单位",
        "统计日期",
        "催办事由",
        "办理要求",
        "反馈期限",
        "联系人",
        "联系电话",
    ),
    "授权委托书": ("案件", "案号", "法院", "审级"),
    "法定代表人身份证明书": ("法定代表人", "职务"),
    "负责人不能出庭情况说明": (
        "法院",
        "案件",
        "案号",
        "开庭时间",
        "原因",
        "工作人员",
        "证明材料",
    ),
    "会商通知": ("受邀人员", *_MEETING),
    "会商通知（单位）": ("单位", "参会人员", *_MEETING),
}
"""The fields that the wording of each paper may use."""

_FIELD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values, and the fields that had none, in order, each once."""

    text: str
    missing: tuple[str, ...]


def fill(template: str, values: Mapping[str, str]) -> Filled:
    """Put ``values`` in the place of their names; a field without one becomes a line to write on.

    What a value says is never read as a field again.
    """
    missing: dict[str, None] = {}

    def put(match: re.Match[str]) -> str:
        name = match[1].strip()
        if value := values.get(name, "").strip():
            return value
        missing[name] = None
        return BLANK

    return Filled(_FIELD.sub(put, template).strip(), tuple(missing))


def wording_problems(paper: str, template: str) -> list[Problem]:
    """Say what is wrong with the bureau's wording of ``paper``: unknown fields, braces without partner."""
    if not template.strip():
        return [Problem("text", "请填写用语，或点“恢复默认”。")]
    known = FIELDS[paper]
    problems = [Problem("text", said)] if (said := text_trouble(template)) else []
    for number, line in enumerate(template.split("\n"), start=1):
        unknown = [name for match in _FIELD.finditer(line) if (name := match[1].strip()) not in known]
        problems += [
            Problem("text", f"第 {number} 行没有“{name}”这个字段，可用：{'、'.join(known)}。")
            for name in unknown
        ]
        if rest := set(_FIELD.sub("", line)) & {"{", "}"}:
            problems.append(
                Problem(
                    "text",
                    f"第 {number} 行的“{min(rest)}”没有配对，字段应写成 {{{known[0]}}} 的样子。",
                )
            )
    return problems
