"""What a sheet of any kind means, row by row: columns mapped to fields, cells read, and what importing a row would do.

Pure: what is known already is given, nothing is written. Rows with 错误 wait; the others can go in.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from db.errors import Severity
from db.exchange import values
from db.exchange.grid import Raw
from db.exchange.header import SECTION, SheetTable, normal_title
from db.formats import numbers

RUNNING = frozenset({"序号", "编号", "序", "号", "NO", "No", "No.", "原行号", "行号"})
"""Titles of columns that only number the rows."""

_NUMBERED = r"(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d+[、.])"
FIRM_LINE = rf"{_NUMBERED}?[\u4e00-\u9fa5()·]{{2,40}}?(?:律师事务所|律所|法律服务所)(?:\([^)]*\))*"
AGENCY_LINE = (
    rf"{_NUMBERED}?[\u4e00-\u9fa5]{{1,30}}(?:[局委办镇乡院会处馆]|政府|街道|中心|大队|支队)(?:\([^)]*\))*"
)
KIND_LINE = rf"{_NUMBERED}.+"
"""Lines that stand above several rows and are said of all of them."""

Columns = dict[int, str]
"""Column number -> field key; a column that is not there is not imported."""

D = TypeVar("D", bound=Any)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column can be mapped to; ``aliases`` are what clerks call it.

    Part of what is ``personal`` may be hidden in a sheet (138****2200): such a cell says nothing. What is ``exact``
    is not told by the end of a title: 项目名称 names no agency. In ``prose`` every word may be meant as it stands;
    elsewhere 保密 and 待补 say nothing, and 同上 means the cell above where many rows may have ``shared`` a value.
    """

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    exact: bool = False
    prose: bool = False
    shared: bool = False


class Form:
    """One kind of sheet: its fields, and the words in which the dialog speaks of it."""

    def __init__(
        self,
        name: str,
        title: str,
        fields: tuple[Field, ...],
        *,
        noun: str,
        unit: str,
        heads: tuple[str, str, str],
        prefix: str = "",
        section: tuple[str, str] = ("", ""),
    ) -> None:
        """``heads`` stand over what a row is called, what it will be, and what stands aside.

        ``prefix`` keeps what is remembered of the mappings of several kinds apart. ``section`` is the field that a
        line above several rows fills, and a pattern for that line: 浙江天浩律师事务所（3人）.
        """
        self.name, self.title, self.fields = name, title, fields
        self.noun, self.unit, self.heads, self._prefix = noun, unit, heads, prefix
        self.section, self._section = section[0], re.compile(section[1])
        self.by_key = {one.key: one for one in fields}
        self._by_title = {
            normal_title(title): one.key for one in fields for title in (one.title, *one.aliases)
        }
        self._endings = sorted(
            (known for known, key in self._by_title.items() if len(known) > 1 and not self.by_key[key].exact),
            key=lambda known: -len(known),
        )

    def knows(self, title: str) -> bool:
        """Say whether a normalised title is one of this kind's."""
        return title in self._by_title

    def heads_section(self, text: str) -> bool:
        """Say whether a text that stands alone in a row is said of all rows below it."""
        return bool(self.section) and bool(self._section.fullmatch(text))

    def key_of(self, title: str) -> str:
        """Return the field that a title names: by its whole, or by the words it ends in (办公电话); else nothing."""
        ending = next((known for known in self._endings if title.endswith(known)), "")
        return self._by_title.get(title) or self._by_title.get(ending, "")

    def guess(self, titles: Sequence[str]) -> Columns:
        """Return the likely mapping: what a title names whole, then by its ending, then what sections say."""
        mapping: Columns = {}
        for at, title in enumerate(titles):
            key = self._by_title.get(title)
            if key and key not in mapping.values():
                mapping[at] = key
        for at, title in enumerate(titles):
            key = self.key_of(title)
            if at not in mapping and key and key not in mapping.values():
                mapping[at] = key
        if SECTION in titles and self.section not in mapping.values():
            mapping[len(titles) - 1] = self.section
        return mapping

    def choose(self, table: SheetTable) -> Columns:
        """Return the likely mapping of a table; of several columns of phones the one with mobiles is taken."""
        mapping = self.guess(table.titles)
        rivals = [at for at, title in enumerate(table.titles) if self.key_of(title) == "phone"]
        if len(rivals) > 1:
            best = max(rivals, key=lambda at: sum(_is_mobile(row.values[at]) for row in table.rows))
            mapping = {at: key for at, key in mapping.items() if key != "phone"} | {best: "phone"}
        return dict(sorted(mapping.items()))

    def covers(self, titles: Sequence[str]) -> bool:
        """Say whether a header has every column that is needed."""
        return {one.key for one in self.fields if one.required} <= set(self.guess(titles).values())

    def fingerprint(self, titles: Sequence[str]) -> str:
        """Return what a mapping is remembered by: the header, in its order."""
        return self._prefix + hashlib.sha256("|".join(titles).encode()).hexdigest()[:16]

    def required_words(self) -> str:
        """Return the titles that a header should have, as a sentence takes them."""
        return "".join(f"“{one.title}”" for one in self.fields if one.required)


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
    where: str = ""

    def sentence(self) -> str:
        """Return the problem as the command line says it."""
        place = self.where or (f"第 {self.row} 行" if self.row else "")
        where = place + (f"「{self.column}」" if self.column else "")
        return f"{where}：{self.text}" if where else self.text


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What one row would do; ``changes`` are (field title, old, new) of an update, ``draft`` is of the sheet's kind.

    ``title`` is what the row is called, ``summary`` and ``aside`` what else a list of the rows shows.
    """

    number: int
    action: Action
    draft: Any
    key: int | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    title: str = ""
    summary: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows would be entered, change something, be passed over, or wait."""

    new: int
    update: int
    skip: int
    to_mend: int


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What importing a sheet would do, row by row."""

    form: Form
    table: SheetTable
    mapping: Columns
    rows: tuple[RowPlan, ...]
    sheet_problems: tuple[SheetProblem, ...] = ()

    @property
    def problems(self) -> tuple[SheetProblem, ...]:
        """Everything there is to say: about the sheet, what was not taken of it, then row by row."""
        aside = () if self.sheet_problems else (*self._left_out(), *self._columns_left())
        return (*self.sheet_problems, *aside, *(p for row in self.rows for p in row.problems))

    @property
    def is_whole(self) -> bool:
        """Whether nothing waits and nothing that may be data was left out."""
        return not self.counts.to_mend and all(p.row or p.severity is Severity.NOTE for p in self.problems)

    def words_of(self, number: int) -> str:
        """Return where a row stands."""
        return next((row.words for row in self.table.rows if row.number == number), f"第 {number} 行")

    def _left_out(self) -> Iterator[SheetProblem]:
        for one in self.table.left_out:
            severity = Severity.WARNING if one.is_data else Severity.NOTE
            yield SheetProblem(0, "", severity, one.text, where=one.where)

    def _columns_left(self) -> Iterator[SheetProblem]:
        """Name the columns with content that are not taken; a second one of a field is worth a look."""
        unknown = []
        for at, title in enumerate(self.table.titles):
            filled = any(row.values[at] not in (None, "") for row in self.table.rows if at < len(row.values))
            if at in self.mapping or not filled or title in RUNNING:
                continue
            key = self.form.key_of(title)
            taken = next((other for other, field in self.mapping.items() if field == key), None)
            if taken is None:
                unknown.append(title or f"第 {at + 1} 列（无列名）")
                continue
            text = (
                f"第 {at + 1} 列没有导入：{self.form.by_key[key].title}取自第 {taken + 1} 列，请核对用哪一列"
            )
            yield SheetProblem(0, title, Severity.WARNING, text)
        if unknown:
            words = "、".join(f"“{title}”" for title in dict.fromkeys(unknown))
            yield SheetProblem(0, "", Severity.NOTE, f"没有对应的字段，没有导入的列：{words}")

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
        c, unit = self.counts, self.form.unit
        return f"新增 {c.new} {unit}，更新 {c.update} {unit}，跳过 {c.skip} 行，待更正 {c.to_mend} 行"


def missing_columns(form: Form, mapping: Columns) -> tuple[SheetProblem, ...]:
    """Say which columns the sheet cannot do without."""
    return tuple(
        SheetProblem(
            0,
            one.title,
            Severity.ERROR,
            f"表中没有「{one.title}」一列，请在左侧指定哪一列是{one.title}",
            field=one.key,
        )
        for one in form.fields
        if one.required and one.key not in mapping.values()
    )


def in_sheet(form: Form, key: str, text: str) -> str:
    """Return a rule's sentence without the field's name, which stands before it already."""
    title = form.by_key[key].title if key in form.by_key else ""
    return text.rstrip("。").removeprefix(title)


def merged(old: D, new: D) -> D:
    """Return ``old`` with everything that the sheet gives; an empty cell takes nothing away.

    What a sheet cannot tell from the old value (full width, blanks, signs between numbers) changes nothing.
    """
    given = {
        f.name: value
        for f in fields(new)
        if f.name != "version"
        and (value := getattr(new, f.name)) not in ("", None, ())
        and not _reads_alike(getattr(old, f.name), value)
    }
    return replace(old, **given)


def _reads_alike(old: object, new: object) -> bool:
    if isinstance(old, str):
        text = values.text_of(old)
        return new in {text, values.name_of(old), numbers.digits(text), numbers.normalise_phone(text)}
    return (
        isinstance(old, tuple)
        and all(isinstance(v, str) for v in old)
        and new == values.list_of("、".join(old))
    )


def changes_of(form: Form, old: D, new: D) -> tuple[tuple[str, str, str], ...]:
    """Return what is other in ``new``, of the fields that the form has: (title, old, new)."""
    return tuple(
        (form.by_key[f.name].title, shown(getattr(old, f.name)), shown(getattr(new, f.name)))
        for f in fields(new)
        if f.name in form.by_key and getattr(old, f.name) != getattr(new, f.name)
    )


def shown(value: object) -> str:
    """Return a field's value as a list of changes shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, StrEnum):
        return value.value
    return "、".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _is_mobile(raw: Raw) -> bool:
    return bool(re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", numbers.digits(str(raw or ""))))
