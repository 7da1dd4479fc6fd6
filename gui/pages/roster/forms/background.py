"""The lists of what a lawyer brings along, as the editor's lines: one column for each field of the draft."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.formats.recognise.people import FirmSpell
from db.roster.rules.background import (
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.words.lawyer import CheckResult, DisciplineKind, Leaving, OfficeKind, Rank, Relation, UnitKind
from gui.widgets.rows_field import Kind, LineColumn, RowsField

DAY = 118  # pixels that a date with its calendar takes


def _of(kind: type[StrEnum]) -> tuple[tuple[str, object], ...]:
    return tuple((one.value, one) for one in kind)


def _from_to(from_title: str = "起", to_title: str = "止") -> tuple[LineColumn, LineColumn]:
    return (
        LineColumn("from_on", from_title, Kind.DAY, DAY),
        LineColumn("to_on", to_title, Kind.DAY, DAY),
    )


_UNIT_KIND = LineColumn("unit_kind", "单位类别", Kind.CHOICE, 96, _of(UnitKind))


@dataclass(frozen=True, slots=True)
class ListOf:
    """One list of the draft: its title, what a line is called, what stands below, and its columns."""

    record: type[Any]
    title: str
    what: str
    hint: str
    columns: tuple[LineColumn, ...]

    def make(self) -> RowsField:
        """Return an empty field for the list."""
        return RowsField(self.record, self.columns, self.what)


LISTS = {
    "former_firms": ListOf(
        FirmSpell,
        "原执业律所",
        "原执业律所",
        "",
        (LineColumn("firm", "律所全称", Kind.NAME), *_from_to("入所", "离所")),
    ),
    "checks": ListOf(
        CheckDraft,
        "年度考核",
        "年度考核",
        "",
        (
            LineColumn("year", "年度", Kind.NUMBER, 84),
            LineColumn("result", "考核结果", Kind.CHOICE, 132, _of(CheckResult)),
        ),
    ),
    "posts": ListOf(
        PostDraft,
        "原任职",
        "原任职",
        "曾任法官、检察官、公务员的如实登记；离任日期用于核对离任两年的限制。",
        (
            LineColumn("unit", "单位", Kind.NAME),
            _UNIT_KIND,
            *_from_to("任职", "离任"),
            LineColumn("post", "职务", below=True, placeholder="职务"),
            LineColumn("area", "单位所在地", width=132, below=True, placeholder="单位所在县市区"),
            LineColumn("rank", "级别", Kind.CHOICE, 196, _of(Rank), "级别未填", below=True),
            LineColumn("leaving", "离任方式", Kind.CHOICE, 132, _of(Leaving), "离任方式未填", below=True),
        ),
    ),
    "relatives": ListOf(
        RelativeDraft,
        "近亲属任职",
        "近亲属",
        "在法院、检察院、行政机关任职的近亲属，用于核对回避。",
        (
            LineColumn("relation", "关系", Kind.CHOICE, 104, _of(Relation)),
            LineColumn("name", "姓名", width=80),
            LineColumn("unit", "任职单位", Kind.NAME),
            _UNIT_KIND,
            LineColumn("post", "职务", width=92),
        ),
    ),
    "offices": ListOf(
        OfficeDraft,
        "公职和社会职务",
        "职务",
        "",
        (
            LineColumn("kind", "职务", Kind.CHOICE, 164, _of(OfficeKind)),
            LineColumn("body", "机构"),
            *_from_to(),
        ),
    ),
    "contracts": ListOf(
        ContractDraft,
        "担任法律顾问的单位",
        "顾问单位",
        "",
        (
            LineColumn("client", "单位全称", Kind.NAME),
            LineColumn("by_firm", "律所签约", Kind.TICK, 64, placeholder="是"),
            *_from_to(),
        ),
    ),
    "disciplines": ListOf(
        DisciplineDraft,
        "处罚处分记录",
        "处罚处分",
        "",
        (
            LineColumn("kind", "种类", Kind.CHOICE, 124, _of(DisciplineKind)),
            LineColumn("by", "作出机关"),
            LineColumn("on_date", "日期", Kind.DAY, DAY),
            LineColumn("until_on", "停止执业至", Kind.DAY, DAY),
            LineColumn("content", "内容", below=True, placeholder="内容，如 停止执业三个月"),
        ),
    ),
}
"""The lists by their names in the draft."""
