"""What a sheet of any kind means, row by row: columns mapped to fields, cells read, and what importing a row would do.

Pure: what is known already is given, nothing is written. Rows with 错误 wait; the others can go in.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from db.errors import Severity
from db.exchange.header import SheetTable, normal_title

Columns = dict[int, str]
"""Column number -> field key; a column that is not there is not imported."""

D = TypeVar("D", bound=Any)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column can be mapped to; ``aliases`` are what clerks call it.

    Part of what is ``personal`` may be hidden in a sheet (138****2200): such a cell says nothing.
    """

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False


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
    ) -> None:
        """``heads`` stand over what a row is called, what it will be, and what stands aside.

        ``prefix`` keeps what is remembered of the mappings of several kinds apart.
        """
        self.name, self.title, self.fields = name, title, fields
        self.noun, self.unit, self.heads, self._prefix = noun, unit, heads, prefix
        self.by_key = {one.key: one for one in fields}
        self._by_title = {
            normal_title(title): one.key for one in fields for title in (one.title, *one.aliases)
        }

    def knows(self, title: str) -> bool:
        """Say whether a normalised title is one of this kind's."""
        return title in self._by_title

    def guess(self, titles: Sequence[str]) -> Columns:
        """Return the likely mapping: a title that is a field's name or alias, then one that contains it."""
        mapping: Columns = {}
        for at, title in enumerate(titles):
            key = self._by_title.get(title)
            if key and key not in mapping.values():
                mapping[at] = key
        for at, title in enumerate(titles):
            if at in mapping or not title:
                continue
            inside = [key for known, key in self._by_title.items() if len(known) > 1 and known in title]
            free = [key for key in inside if key not in mapping.values()]
            if free:
                mapping[at] = free[0]
        return mapping

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

    def sentence(self) -> str:
        """Return the problem as the command line says it."""
        where = (f"第 {self.row} 行" if self.row else "") + (f"「{self.column}」" if self.column else "")
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
    """Return ``old`` with everything that the sheet gives; an empty cell takes nothing away."""
    given = {
        f.name: getattr(new, f.name)
        for f in fields(new)
        if f.name != "version" and getattr(new, f.name) not in ("", None, ())
    }
    return replace(old, **given)


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
