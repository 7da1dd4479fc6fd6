"""What the rows of a roster sheet mean, what is wrong with them, and what importing them would do.

Pure: the lawyers already known are given, nothing is written. Rows with 错误 wait; the others can go in.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from db.errors import Problem, Severity
from db.exchange import values
from db.exchange.grid import Raw
from db.exchange.header import Row, SheetTable, normal_title
from db.rules import numbers
from db.rules.lawyers import LawyerDraft, lawyer_problems


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the roster that a column can be mapped to; ``aliases`` are what clerks call it."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False


FIELDS = (
    Field("name", "姓名", ("律师姓名", "顾问姓名", "律师", "顾问", "名字"), required=True),
    Field("sex", "性别"),
    Field(
        "firm",
        "律师事务所",
        (
            "律所",
            "所在律所",
            "执业机构",
            "工作单位",
            "单位",
            "所在律师事务所",
            "律师事务所名称",
            "所属律所",
            "单位名称",
        ),
        required=True,
    ),
    Field(
        "licence",
        "执业证号",
        ("律师证号", "执业证号码", "证号", "律师执业证号", "执业证", "律师执业证", "执业证书号", "律师证"),
        required=True,
    ),
    Field("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式", "联系手机")),
    Field("email", "电子邮箱", ("邮箱", "电子邮件", "email", "E-mail")),
    Field(
        "specialities",
        "专业领域",
        ("擅长领域", "业务专长", "专业特长", "擅长", "专长", "业务领域", "专业方向"),
    ),
    Field(
        "term_from",
        "聘期起",
        (
            "聘用日期",
            "起聘日期",
            "聘任时间",
            "聘任日期",
            "聘期开始",
            "聘期起始",
            "聘期自",
            "起聘时间",
            "聘期开始日期",
            "聘期起始日期",
        ),
    ),
    Field(
        "term_to",
        "聘期止",
        (
            "到期日",
            "届满日期",
            "聘期结束",
            "聘期至",
            "到期日期",
            "聘期届满",
            "聘期截止",
            "终止日期",
            "聘期结束日期",
            "聘期终止",
        ),
    ),
    Field("term", "聘期", ("聘任期限", "聘期起止", "聘用期限", "任期")),
    Field("first_licensed_on", "首次执业日期", ("首次执业时间", "执业日期", "执业时间", "首次执业")),
    Field("id_number", "身份证号", ("身份证", "身份证号码", "公民身份号码")),
    Field("politics", "政治面貌", ("党派",)),
    Field("education", "学历", ("最高学历", "学历学位", "文化程度")),
    Field("position", "职务", ("所内职务", "职称")),
    Field("note", "备注", ("说明", "其他")),
)
BY_KEY = {field.key: field for field in FIELDS}
_BY_TITLE = {normal_title(t): f.key for f in FIELDS for t in (f.title, *f.aliases)}

Columns = dict[int, str]
"""Column number -> field key; a column that is not there is not imported."""


class Action(StrEnum):
    """What importing a row would do; the values are the words on the screen."""

    NEW = "新增"
    UPDATE = "更新"
    SKIP = "跳过"
    MEND = "待更正"


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something to say about one cell (or a row, or the sheet: ``row`` 0)."""

    row: int
    column: str
    severity: Severity
    text: str
    found: str = ""
    field: str = ""

    def sentence(self) -> str:
        """Return the problem as the command line says it."""
        where = (f"第 {self.row} 行" if self.row else "") + (f"「{self.column}」" if self.column else "")
        return f"{where}：{self.text}" if where else self.text


@dataclass(frozen=True, slots=True)
class Known:
    """A lawyer who is in the database already."""

    key: int
    draft: LawyerDraft


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What one row would do; ``changes`` are (field title, old, new) of an update."""

    number: int
    action: Action
    draft: LawyerDraft
    key: int | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[SheetProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows would be entered, change something, be passed over, or wait."""

    new: int
    update: int
    skip: int
    to_mend: int


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What importing a sheet would do, row by row."""

    table: SheetTable
    mapping: Columns
    rows: tuple[RowPlan, ...]
    sheet_problems: tuple[SheetProblem, ...] = ()

    @property
    def problems(self) -> tuple[SheetProblem, ...]:
        """Everything there is to say: about the sheet, then row by row."""
        return (*self.sheet_problems, *(p for row in self.rows for p in row.problems))

    @property
    def counts(self) -> Counts:
        """The figures under the list of problems."""
        found = [row.action for row in self.rows]
        return Counts(*(found.count(action) for action in Action))

    @property
    def ready(self) -> tuple[RowPlan, ...]:
        """The rows that would change something."""
        return tuple(row for row in self.rows if row.action in {Action.NEW, Action.UPDATE})

    def summary(self) -> str:
        """Return the counts in words."""
        c = self.counts
        return f"新增 {c.new} 人，更新 {c.update} 人，跳过 {c.skip} 行，待更正 {c.to_mend} 行"


def knows(title: str) -> bool:
    """Say whether a normalised title is one of the roster's."""
    return title in _BY_TITLE


def guess(titles: Sequence[str]) -> Columns:
    """Return the likely mapping: a title that is a field's name or alias, then one that contains it."""
    mapping: Columns = {}
    for at, title in enumerate(titles):
        key = _BY_TITLE.get(title)
        if key and key not in mapping.values():
            mapping[at] = key
    for at, title in enumerate(titles):
        if at in mapping or not title:
            continue
        inside = [key for known, key in _BY_TITLE.items() if len(known) > 1 and known in title]
        free = [key for key in inside if key not in mapping.values()]
        if free:
            mapping[at] = free[0]
    return mapping


def fingerprint(titles: Sequence[str]) -> str:
    """Return what a mapping is remembered by: the header, in its order."""
    return hashlib.sha256("|".join(titles).encode()).hexdigest()[:16]


def check(
    table: SheetTable,
    mapping: Columns,
    known: Sequence[Known],
    corrections: Mapping[tuple[int, str], str] | None = None,
    skipped: frozenset[int] = frozenset(),
) -> RosterPlan:
    """Return what importing ``table`` would do.

    ``corrections`` put another text in place of a cell: (row number, field key) -> text. ``skipped`` are rows
    that the clerk leaves out.
    """
    missing = _missing_columns(mapping)
    if missing:
        return RosterPlan(table, dict(mapping), (), missing)
    by_licence = {k.draft.licence: k for k in known if k.draft.licence}
    by_name = {k.draft.name: k for k in known}
    seen: dict[str, tuple[int, str]] = {}
    rows = []
    for row in table.rows:
        cells = {key: row.values[at] for at, key in mapping.items() if at < len(row.values)}
        cells |= {key: text for (number, key), text in (corrections or {}).items() if number == row.number}
        titles = {key: table.titles[at] for at, key in mapping.items()}
        rows.append(_Row(row, cells, titles, by_licence, by_name, seen).plan(skip=row.number in skipped))
    return RosterPlan(table, dict(mapping), tuple(rows))


def _missing_columns(mapping: Columns) -> tuple[SheetProblem, ...]:
    return tuple(
        SheetProblem(
            0,
            field.title,
            Severity.ERROR,
            f"表中没有「{field.title}」一列，请在左侧指定哪一列是{field.title}",
            field=field.key,
        )
        for field in FIELDS
        if field.required and field.key not in mapping.values()
    )


@dataclass
class _Row:
    """One row while it is looked at; ``seen`` remembers licences of the rows above."""

    row: Row
    cells: Mapping[str, Raw]
    titles: Mapping[str, str]
    by_licence: Mapping[str, Known]
    by_name: Mapping[str, Known]
    seen: dict[str, tuple[int, str]]

    def plan(self, *, skip: bool) -> RowPlan:
        self.problems: list[SheetProblem] = []
        draft = self._draft()
        if skip:
            self._say("", Severity.NOTE, "已选择跳过此行")
            return RowPlan(self.row.number, Action.SKIP, draft, problems=tuple(self.problems))
        known = self.by_licence.get(draft.licence)
        merged = _merged(known.draft, draft) if known else draft
        self._judge(merged)
        if self._repeats(draft):
            return RowPlan(self.row.number, Action.SKIP, draft, problems=tuple(self.problems))
        changes = _changes(known.draft, merged) if known else ()
        if known:
            self._tell_update(known, len(changes))
        elif (namesake := self.by_name.get(draft.name)) and namesake.draft.licence != draft.licence:
            self._say("name", Severity.WARNING, "库中已有同名顾问，证号不同，将作为另一人新增")
        action = Action.NEW if not known else Action.UPDATE if changes else Action.SKIP
        if any(p.severity is Severity.ERROR for p in self.problems):
            action = Action.MEND
        key = known.key if known else None
        return RowPlan(self.row.number, action, merged, key, changes, tuple(self.problems))

    def _draft(self) -> LawyerDraft:
        text = {key: values.text_of(self.cells.get(key)) for key in BY_KEY}
        sex = values.sex_of(self.cells.get("sex"))
        if text["sex"] and not sex:
            self._say("sex", Severity.WARNING, f"应为男或女，现为“{text['sex']}”，将留空")
        term_from, term_to = self._term()
        return LawyerDraft(
            name=values.name_of(self.cells.get("name")),
            sex=sex,
            phone=self._phone(text["phone"]),
            email=text["email"],
            id_number=self._long("id_number"),
            firm=values.name_of(self.cells.get("firm")),
            licence=self._long("licence"),
            first_licensed_on=self._date("first_licensed_on"),
            specialities=values.list_of(self.cells.get("specialities")),
            term_from=term_from,
            term_to=term_to,
            politics=text["politics"],
            education=text["education"],
            position=text["position"],
            note=text["note"],
        )

    def _long(self, key: str) -> str:
        raw = self.cells.get(key)
        if values.spoilt(raw):
            text = "被 Excel 存成了数字，末几位已丢失。请在原表中把这一列设为文本后重新填写，或在此更正"
            self._say(key, Severity.ERROR, text)
            return ""
        return numbers.digits(values.text_of(raw))

    def _phone(self, typed: str) -> str:
        phone = numbers.normalise_phone(typed)
        if typed and phone != typed:
            self._say("phone", Severity.NOTE, f"已整理为 {phone}")
        return phone

    def _date(self, key: str, *, end: bool = False) -> Any:
        raw = self.cells.get(key)
        try:
            return values.date_of(raw, end=end)
        except ValueError:
            self._say(
                key, Severity.ERROR, f"看不懂这个日期，应写成 2026-12-01 的样子，现为“{values.text_of(raw)}”"
            )
            return None

    def _term(self) -> tuple[Any, Any]:
        if self.cells.get("term") not in (None, "") and self.cells.get("term_from") in (None, ""):
            try:
                return values.range_of(self.cells["term"])
            except ValueError:
                found = values.text_of(self.cells["term"])
                self._say(
                    "term",
                    Severity.ERROR,
                    f"看不懂这个聘期，应写成 2025-06-01 至 2027-05-31 的样子，现为“{found}”",
                )
                return None, None
        return self._date("term_from"), self._date("term_to", end=True)

    def _judge(self, draft: LawyerDraft) -> None:
        spoken = {p.field for p in self.problems if p.severity is Severity.ERROR}
        for problem in lawyer_problems(draft):
            if problem.field not in spoken and not (problem.field == "term_from" and "term" in spoken):
                self._say(problem.field, problem.severity, _in_sheet(problem, draft))

    def _repeats(self, draft: LawyerDraft) -> bool:
        """Say whether this person stands in a row above; another person with that licence is an error."""
        if not draft.licence:
            return False
        above = self.seen.setdefault(draft.licence, (self.row.number, draft.name))
        if above[0] == self.row.number:
            return False
        if above[1] == draft.name:
            self._say("", Severity.NOTE, f"与第 {above[0]} 行是同一人，跳过")
            return True
        self._say("licence", Severity.ERROR, f"与第 {above[0]} 行“{above[1]}”的证号相同，请核对是哪一行写错")
        return False

    def _tell_update(self, known: Known, changes: int) -> None:
        if known.draft.name != values.name_of(self.cells.get("name")):
            self._say(
                "licence", Severity.WARNING, f"证号与库内“{known.draft.name}”相同而姓名不同，将改名，请核对"
            )
        elif changes:
            self._say("licence", Severity.WARNING, f"与库内“{known.draft.name}”相同，将更新 {changes} 项")
        else:
            self._say("", Severity.NOTE, f"与库内“{known.draft.name}”完全一致，跳过")

    def _say(self, key: str, severity: Severity, text: str) -> None:
        shown = (
            key if key in self.titles else "term" if key.startswith("term") and "term" in self.titles else ""
        )
        column = self.titles.get(shown) or (BY_KEY[key].title if key in BY_KEY else "整行")
        raw = self.cells.get(shown or key)
        found = "" if raw is None else str(raw)
        self.problems.append(SheetProblem(self.row.number, column, severity, text, found, key))


def _in_sheet(problem: Problem, draft: LawyerDraft) -> str:
    """Return a problem's text without the field's name, which stands before it already."""
    text = problem.text.rstrip("。")
    if problem.field == "name" and not draft.name:
        return "姓名为空，其余列有内容"
    title = BY_KEY[problem.field].title if problem.field in BY_KEY else ""
    return text.removeprefix(title)


def _merged(old: LawyerDraft, new: LawyerDraft) -> LawyerDraft:
    """Return ``old`` with everything that the sheet gives; an empty cell takes nothing away."""
    given = {
        f.name: getattr(new, f.name)
        for f in fields(LawyerDraft)
        if getattr(new, f.name) not in ("", None, ())
    }
    given.pop("version", None)
    return replace(old, **given)


def _changes(old: LawyerDraft, new: LawyerDraft) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (BY_KEY[f.name].title, _shown(getattr(old, f.name)), _shown(getattr(new, f.name)))
        for f in fields(LawyerDraft)
        if f.name in BY_KEY and getattr(old, f.name) != getattr(new, f.name)
    )


def _shown(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
