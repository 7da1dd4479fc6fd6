"""Importing a list of agencies: any clerk's sheet; an agency is known by its 统一社会信用代码 or by its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import draft_of
from db.agencies.queries.in_time import agency_recogniser
from db.agencies.rules.agencies import AgencyDraft, agency_problems
from db.errors import Severity
from db.exchange import values
from db.exchange.cells import CellReader, readers
from db.exchange.header import SheetTable
from db.exchange.importing import Importer
from db.exchange.sheet import (
    KIND_LINE,
    Action,
    Columns,
    Field,
    Form,
    RowPlan,
    SheetPlan,
    changes_of,
    in_sheet,
    merged,
    missing_columns,
)
from db.formats.recognise.agencies import AgencyRecogniser, Tier
from db.models.agency import Agency, AgencyName
from db.words.agency import AgencyKind

FIELDS = (
    Field(
        "name",
        "单位全称",
        ("单位", "单位名称", "全称", "名称", "机关名称", "行政机关", "行政机关名称", "部门", "机构名称"),
        required=True,
        personal=True,
        exact=True,
    ),
    Field("short_name", "简称", ("单位简称", "机关简称")),
    Field("kind", "类型", ("单位类型", "单位类别", "类别", "机关类型", "单位性质", "性质")),
    Field(
        "has_enforcement",
        "行政执法权",
        ("有无执法权", "执法权", "是否有执法权", "是否具有行政执法权", "是否执法单位", "执法主体"),
    ),
    Field(
        "uscc", "统一社会信用代码", ("信用代码", "社会信用代码", "统一信用代码", "机构代码"), personal=True
    ),
    Field("head", "法定代表人", ("负责人", "主要负责人", "单位负责人", "行政首长"), personal=True),
    Field("contact", "联络员", ("联系人", "联系人姓名", "联络人", "经办人", "报备人员"), personal=True),
    Field("liaison_post", "联络员职务", ("联系人职务", "职务")),
    Field(
        "phone",
        "联系电话",
        ("电话", "联系方式", "手机", "手机号码", "联络员电话", "联系人电话"),
        personal=True,
    ),
    Field("liaison_filed_on", "报备日期", ("报备时间", "联络员报备日期", "定人报备日期", "备案日期")),
    Field("address", "地址", ("单位地址", "办公地址", "通讯地址", "住所"), personal=True),
    Field("field", "行政管理领域", ("管理领域", "领域", "主管领域", "业务领域", "条线")),
    Field("is_expected", "应配公职律师", ("是否应配公职律师", "是否应当配备", "应配备")),
    Field("staff_count", "在编人数", ("编制人数", "人数", "在职人数", "工作人员数", "公务员数")),
    Field(
        "qualified_count",
        "具有法律职业资格人数",
        ("法律职业资格人数", "持证人数", "取得法律职业资格人数", "法考人数"),
    ),
    Field("founded_on", "设立日期", ("成立日期", "设立时间", "成立时间", "组建日期")),
    Field("note", "备注", ("说明", "其他"), prose=True),
)
FORM = Form(
    "agencies",
    "单位名录",
    FIELDS,
    noun="单位",
    unit="个单位",
    heads=("单位", "导入后", "类型"),
    section=("kind", KIND_LINE),
    prefix="agencies:",
)
YES = frozenset({"有", "是", "√", "✓", "☑", "1", "Y", "y", "具有", "应配", "应当"})
NO = frozenset({"无", "否", "×", "✗", "☐", "0", "N", "n", "没有", "不具有", "不应配"})
KINDS = (
    (
        re.compile(r"党委|区委|市委|党群|党工委|人大|政协|纪委|监委|工会|共青团|团委|妇联|群团|人民团体"),
        AgencyKind.PARTY,
    ),
    (re.compile(r"街道"), AgencyKind.SUBDISTRICT),
    (re.compile(r"[乡镇](人民政府)?$|^乡镇"), AgencyKind.TOWN),
    (re.compile(r"分局|派出|管委会|垂直"), AgencyKind.BRANCH),
    (re.compile(r"区政府$|区人民政府$"), AgencyKind.OTHER),
    (re.compile(r"部门|局|办公室|委员会|委$|办$"), AgencyKind.DEPARTMENT),
)
"""What an agency's name, or a clerk's own word for its kind, says of its kind; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Known:
    """An agency that is in the database already, with all names by which a sheet may call it."""

    key: int
    draft: AgencyDraft
    names: frozenset[str]


class AgencyImporter(Importer):
    """A sheet with one agency in each row."""

    form = FORM

    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do."""
        known = known_agencies(session)
        return check(table, mapping, known, agency_recogniser(session), today, corrections, skipped)

    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter or change the agencies."""
        for row in rows:
            save_agency(session, row.draft, today, row.key)


AGENCIES = AgencyImporter()


def known_agencies(session: Session) -> list[Known]:
    """Return all agencies with their present and earlier names; two statements."""
    names: dict[int, set[str]] = {}
    for old in session.scalars(select(AgencyName)):
        names.setdefault(old.agency_id, set()).update({old.name, old.short_name})
    found = []
    for a in session.scalars(select(Agency).where(Agency.removed_at.is_(None)).order_by(Agency.place)):
        known = names.get(a.id, set()) | {a.name, a.short_name}
        found.append(Known(a.id, draft_of(a), frozenset(known)))
    return found


def check(
    table: SheetTable,
    mapping: Columns,
    known: Sequence[Known],
    recogniser: AgencyRecogniser,
    today: date,
    corrections: Mapping[tuple[int, str], str] | None = None,
    skipped: frozenset[int] = frozenset(),
) -> SheetPlan:
    """Return what importing ``table`` would do."""
    if missing := missing_columns(FORM, mapping):
        return SheetPlan(FORM, table, dict(mapping), (), missing)
    by_code = {k.draft.uscc: k for k in known if k.draft.uscc}
    by_key = {k.key: k for k in known}
    seen: dict[str, tuple[str, AgencyDraft]] = {}
    rows = []
    for read in readers(FORM, table, mapping, corrections):
        row = _Row(read, by_code, by_key, recogniser, seen, today)
        rows.append(row.plan(skip=read.row.number in skipped))
    return SheetPlan(FORM, table, dict(mapping), tuple(rows))


@dataclass
class _Row:
    """One row while it is looked at; ``seen`` remembers names of the rows above."""

    read: CellReader
    by_code: Mapping[str, Known]
    by_key: Mapping[int, Known]
    recogniser: AgencyRecogniser
    seen: dict[str, tuple[str, AgencyDraft]]
    today: date

    def plan(self, *, skip: bool) -> RowPlan:
        name = self.read.name("name")
        if skip:
            self.read.say("", Severity.NOTE, "已选择跳过此行")
            return self._planned(Action.SKIP, AgencyDraft(name=name))
        code = self.read.text("uscc").upper()
        known = (self.by_code.get(code) if code else None) or self._called(name)
        new = self._draft(name, code, known)
        self.read.tell_masked(known.draft if known else None)
        whole = new
        if known:
            whole = self._same_name(known, merged(known.draft, self.read.spare(known.draft, new)), name)
        self._judge(whole)
        trace = f"#{known.key}" if known else name
        where, above = self.seen.setdefault(trace, (self.read.row.words, whole))
        if name and where != self.read.row.words:
            self.read.say_repeated(where, "同一单位", is_same=above == whole)
            return self._planned(Action.SKIP, whole)
        changes = changes_of(FORM, known.draft, whole) if known else ()
        if known:
            self._tell_update(known, len(changes))
        action = Action.NEW if not known else Action.UPDATE if changes else Action.SKIP
        if self.read.has_errors:
            action = Action.MEND
        return self._planned(action, whole, known.key if known else None, changes)

    def _called(self, name: str) -> Known | None:
        match = self.recogniser.of(name)
        is_usual = match.tier is not None and match.tier < Tier.NEAR
        return self.by_key.get(match.key) if match.key is not None and is_usual else None

    def _draft(self, name: str, code: str, known: Known | None) -> AgencyDraft:
        read = self.read
        kind = self._kind(known.draft.kind if known else _kind_of(name) or AgencyKind.OTHER)
        before = known.draft if known else AgencyDraft(has_enforcement=kind is not AgencyKind.PARTY)
        return AgencyDraft(
            name=name,
            short_name=values.name_of(read.cells.get("short_name")),
            kind=kind,
            has_enforcement=self._tick("has_enforcement", fallback=before.has_enforcement),
            uscc=code,
            head=values.name_of(read.cells.get("head")),
            contact=values.name_of(read.cells.get("contact")),
            phone=read.phone("phone"),
            address=read.text("address"),
            note=read.text("note"),
            field=read.text("field"),
            founded_on=read.day("founded_on"),
            is_expected=self._tick("is_expected", fallback=before.is_expected),
            staff_count=read.whole_number("staff_count"),
            qualified_count=read.whole_number("qualified_count"),
            liaison_post=read.text("liaison_post"),
            liaison_filed_on=read.day("liaison_filed_on"),
        )

    def _same_name(self, known: Known, whole: AgencyDraft, typed: str) -> AgencyDraft:
        """Keep the names that are known: a sheet renames nothing, 机构改革 is entered with its day and paper."""
        if not typed:
            pass  # kept back in the sheet, which is said already
        elif typed not in known.names and self._called(typed) is known:
            text = f"视为“{known.draft.name}”；如是另一个单位，请写全称"
            self.read.say("name", Severity.NOTE, text)
        elif typed not in known.names:
            text = f"信用代码与库内“{known.draft.name}”相同而名称不同，名称没有改动；如已更名，请用“更名”办理"
            self.read.say("name", Severity.WARNING, text)
        elif typed not in {known.draft.name, known.draft.short_name}:
            self.read.say("name", Severity.NOTE, f"是“{known.draft.name}”的曾用名")
        return replace(whole, name=known.draft.name, short_name=whole.short_name or known.draft.short_name)

    def _kind(self, fallback: AgencyKind) -> AgencyKind:
        typed = self.read.text("kind")
        if not typed:
            return fallback
        exact = next((kind for kind in AgencyKind if kind.value == typed), None)
        if (found := exact or _kind_of(typed)) is not None:
            return found
        kinds = "、".join(kind.value for kind in AgencyKind)
        self.read.say("kind", Severity.WARNING, f"应为{kinds}之一，现为“{typed}”，按“{fallback.value}”处理")
        return fallback

    def _tick(self, key: str, *, fallback: bool) -> bool:
        typed = str(self.read.cells.get(key) or "").strip()  # as it stands: 无 is an answer here
        if not typed:
            return fallback
        if typed in YES or typed in NO:
            return typed in YES
        word = "有" if fallback else "无"
        self.read.say(key, Severity.WARNING, f"应为有或无，现为“{typed}”，按“{word}”处理")
        return fallback

    def _judge(self, draft: AgencyDraft) -> None:
        spoken = self.read.spoken
        for problem in agency_problems(draft, self.today):
            if problem.field not in spoken:
                text = in_sheet(FORM, problem.field, problem.text)
                self.read.say(problem.field, problem.severity, text)

    def _tell_update(self, known: Known, changes: int) -> None:
        if changes:
            text = f"库内已有“{known.draft.short_name}”，将更新 {changes} 项"
            self.read.say("name", Severity.NOTE, text)
        else:
            self.read.say("", Severity.NOTE, f"与库内“{known.draft.short_name}”完全一致，跳过")

    def _planned(
        self,
        action: Action,
        draft: AgencyDraft,
        key: int | None = None,
        changes: tuple[tuple[str, str, str], ...] = (),
    ) -> RowPlan:
        words = [
            draft.name,
            "有行政执法权" if draft.has_enforcement else "",
            f"联络员 {draft.contact}" if draft.contact else "",
        ]
        return RowPlan(
            number=self.read.row.number,
            action=action,
            draft=draft,
            key=key,
            changes=changes,
            problems=tuple(self.read.problems),
            title=draft.short_name or draft.name,
            summary="，".join(word for word in words if word),
            aside=draft.kind.value,
        )


def _kind_of(words: str) -> AgencyKind | None:
    """Return the kind that a name or a word for a kind speaks of; the clerk sees it before anything is written."""
    return next((kind for pattern, kind in KINDS if pattern.search(words)), None)
