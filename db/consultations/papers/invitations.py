"""会商通知 in 信函格式: one to all who are asked for their opinion, one to the agency, one to each guest's unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.consultations.papers.meetings import (
    NO_CASE,
    Bureau,
    addressed,
    case_lines,
    matter_of,
    numbered,
    time_of,
    typed_in,
)
from db.consultations.queries.detail import ConsultationDetail, MemberLine
from db.documents.model import (
    OFFICE,
    Block,
    Document,
    Heading,
    Paragraph,
    Seal,
    Style,
    day_text,
    prose,
    seal_day,
)
from db.office.rules.wording import Filled, fill
from db.words.consultation import InvitationAnswer, MemberKind

TITLED = re.compile(r"[一二三四五六七八九十]+、[^。：；]{1,20}")
"""A line of the wording that is a heading: 三、会前准备."""

LINE = 20  # characters of 2号 in a line of 156 mm
LATER = "会商材料另行送达。"
TO_BE_NAMED = "由你单位确定"
OWN_UNIT = frozenset({MemberKind.AGENCY})
WITHOUT_NOTICE = frozenset({MemberKind.BUREAU})


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes with an invitation: the day it goes out and by which it is to be answered, and the materials."""

    issued_on: date | None
    answer_by: date | None
    materials: tuple[str, ...] = ()


def member_notices(
    detail: ConsultationDetail, bureau: Bureau, enclosed: Enclosed, wording: str
) -> tuple[Document, ...]:
    """会商通知 to the advisers and experts together, then to the guests of each unit that did not ask for it."""
    invited = [m for m in detail.members if m.answer is not InvitationAnswer.LEAVE]
    others = [m for m in invited if not m.speaks and m.kind not in OWN_UNIT | WITHOUT_NOTICE]
    groups = [
        [m for m in invited if m.speaks],
        *([m for m in others if m.unit == unit] for unit in dict.fromkeys(m.unit for m in others)),
    ]
    values = _values(detail, bureau, enclosed)
    return tuple(
        _notice(detail, bureau, enclosed, fill(wording, values | {"受邀人员": _greeting(group)}))
        for group in groups
        if group or len(groups) == 1
    )


def agency_notices(
    detail: ConsultationDetail, bureau: Bureau, enclosed: Enclosed, wording: str
) -> tuple[Document, ...]:
    """会商通知 to the agency that asked for it, and to others whose people were invited as the agency's."""
    people = [m for m in detail.members if m.kind in OWN_UNIT]
    units = [u for u in dict.fromkeys([detail.agency_name, *(m.unit for m in people)]) if u] or [""]
    values = _values(detail, bureau, enclosed)
    return tuple(
        _notice(
            detail,
            bureau,
            enclosed,
            fill(wording, values | {"单位": unit, "参会人员": _sent_by(unit, people)}),
        )
        for unit in units
    )


def _sent_by(unit: str, people: Sequence[MemberLine]) -> str:
    """Return whom a unit sends, as far as that is known: 郑明（副局长）."""
    named = [f"{m.name}（{m.post}）" if m.post else m.name for m in people if m.unit == unit]
    return "、".join(named) or TO_BE_NAMED


def _notice(detail: ConsultationDetail, bureau: Bureau, enclosed: Enclosed, filled: Filled) -> Document:
    lines = [line for line in filled.text.split("\n") if line.strip()]
    contact = [line for line in lines if line.strip().startswith("（联系")]
    blocks: list[Block] = [_block(at, line) for at, line in enumerate(lines) if line not in contact]
    blocks += [
        Seal(bureau.name, seal_day(enclosed.issued_on)),
        *(Paragraph(line) for line in contact),
    ]
    others = {"会商编号": detail.row.number, "会商问题": detail.questions, "会商时间": detail.row.at_time}
    missing = (*filled.missing, *(name for name, value in others.items() if not value))
    return Document(
        Style.LETTER,
        _title(matter_of(detail)),
        tuple(blocks),
        issuer=bureau.name,
        number=detail.row.number,
        missing=tuple(dict.fromkeys(missing)),
        mark=bureau.mark,
        secrecy=detail.row.secrecy.value,
        typed_in=(*typed_in(detail), OFFICE),
    )


def _title(matter: str) -> str:
    """Return the title; one too long for a line is parted between words."""
    parts = (f"关于召开{matter}", "会商会的通知")
    return "".join(parts) if len("".join(parts)) <= LINE else "\n".join(parts)


def _block(at: int, line: str) -> Block:
    line = prose(line)
    if TITLED.fullmatch(line.strip()):
        return Heading(line.strip())
    return Paragraph(line, is_indented=at > 0 or not line.endswith(("：", ":")))


def _values(detail: ConsultationDetail, bureau: Bureau, enclosed: Enclosed) -> dict[str, str]:
    row = detail.row
    times = time_of(detail) if row.held_on else ""
    return {
        "会商编号": row.number,
        "会商时间": times,
        "会商地点": row.venue,
        "议题": matter_of(detail),
        "提请单位": detail.agency_name,
        "案件": "\n".join(numbered(case_lines(detail))) or f"（{NO_CASE}。）",
        "会商问题": "\n".join(numbered([q.text for q in detail.questions])),
        "会商材料": f"会商材料：{'、'.join(enclosed.materials)}。" if enclosed.materials else LATER,
        "密级": row.secrecy.value,
        "答复期限": day_text(enclosed.answer_by) if enclosed.answer_by else "",
        "联系人": bureau.contact,
        "联系电话": bureau.phone,
    }


def _greeting(members: Sequence[MemberLine]) -> str:
    """Return whom a notice is for, by units: 示例双港律师事务所汪晓棠律师、方以宁律师，市中级人民法院何一鸣同志."""
    units: dict[str, list[str]] = {}
    for member in members:
        units.setdefault(member.unit, []).append(addressed(member).removeprefix(member.unit))
    return "，".join(f"{unit}{'、'.join(names)}" for unit, names in units.items())
