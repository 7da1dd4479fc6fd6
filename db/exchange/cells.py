"""The cells of a row while they are read: what they mean, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from db.errors import Severity
from db.exchange import foot, values
from db.exchange.grid import UNCOMPUTED, Raw, is_broken
from db.exchange.header import APART, Row, SheetTable
from db.exchange.sheet import Columns, Field, Form, SheetProblem
from db.formats import numbers, written_dates
from db.formats.storable import text_trouble, whole_number
from db.storable import longest

D = TypeVar("D", bound=Any)


@dataclass
class CellReader:
    """The cells of one row while they are read; what is wrong with them gathers in ``problems``."""

    form: Form
    row: Row
    cells: dict[str, Raw]
    titles: Mapping[str, str]
    problems: list[SheetProblem] = field(default_factory=list)
    masked: dict[str, str] = field(default_factory=dict)
    above: Mapping[str, Raw] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set aside what is no value: an error of Excel waits, a number that is hidden in part says nothing."""
        for key, raw in list(self.cells.items()):
            if is_broken(raw):
                why = "公式没有算出结果" if raw == UNCOMPUTED else f"单元格显示为 {raw}，读不出值"
                self.say(key, Severity.ERROR, f"{why}。请在 Excel 或 WPS 中打开原表改好、另存，或在此更正")
                self.cells[key] = None
        for one in self.form.fields:
            text = values.text_of(self.cells.get(one.key))
            if (one.personal and numbers.is_masked(text)) or (not one.prose and values.stands_in(text)):
                self.masked[one.key] = text
                self.cells[one.key] = None
            elif said := text_trouble(text, longest(one.key)):
                self.say(one.key, Severity.ERROR, said.rstrip("。"))
            elif not one.prose and text in values.DITTO:
                self._take_from_above(one, text)

    def _take_from_above(self, one: Field, text: str) -> None:
        """Put what stands above in the place of 同上; of what is somebody's own it can only be a slip."""
        above = self.above.get(one.key)
        if above in (None, "") or (one.personal and not one.shared):
            self.say(one.key, Severity.ERROR, f"写的是“{text}”，认不出指的是什么。请写明{one.title}")
            above = None
        else:
            self.say(one.key, Severity.NOTE, f"“{text}”，取上一行的“{values.text_of(above)}”")
        self.cells[one.key] = above

    def name(self, key: str) -> str:
        """Return a name; a word of the foot of a table is nobody's."""
        found = values.name_of(self.cells.get(key))
        if foot.is_word(found):
            self.say(
                key,
                Severity.ERROR,
                f"“{found}”像是表尾或合计的字样，不像{self.form.by_key[key].title}，请核对",
            )
        return found

    @property
    def has_errors(self) -> bool:
        """Whether the row has to wait."""
        return any(p.severity is Severity.ERROR for p in self.problems)

    @property
    def spoken(self) -> set[str]:
        """The fields that an error was said of already."""
        return {p.field for p in self.problems if p.severity is Severity.ERROR}

    def text(self, key: str) -> str:
        """Return a cell as text."""
        return values.text_of(self.cells.get(key))

    def day(self, key: str, *, end: bool = False) -> date | None:
        """Return the date in a cell; what is not understood is an error."""
        try:
            return values.date_of(self.cells.get(key), end=end)
        except values.LostZero as lost:
            year = str(lost).split(".", maxsplit=1)[0]
            text = (
                f"Excel 把 {year}.10 也存成 {year}.1，分不清是 10 月还是 1 月，请写成 {year}-10 或 {year}-01"
            )
            self.say(key, Severity.ERROR, text)
            return None
        except written_dates.WrongYear as slip:
            self.say(key, Severity.ERROR, str(slip).rstrip("。"))
            return None
        except ValueError:
            typed = self.text(key)
            text = f"看不懂这个日期，应写成 2026-12-01 的样子，现为“{typed}”"
            if self.is_span(key):
                text = f"写的是一段时间，请只写一天，如 2026-12-01，现为“{typed}”"
            self.say(key, Severity.ERROR, text)
            return None

    def is_span(self, key: str) -> bool:
        """Say whether a cell holds a time with both ends, or one that begins."""
        try:
            return values.range_of(self.cells.get(key)) != (None, None)
        except ValueError:
            return False

    def is_open(self, key: str) -> bool:
        """Say whether a cell says that there is no last day: 长期, 至今, 2025.3.1 起."""
        typed = self.text(key)
        return written_dates.is_open_end(typed) or (self.is_span(key) and values.range_of(typed)[1] is None)

    def both_ends(self, span: str, first: str, last: str) -> tuple[date | None, date | None]:
        """Return both ends of a time: from a column for both, else from two; either may hold both. Open is ``None``."""
        if self.text(span) and not self.text(first):
            return self.span(span)
        if self.is_span(first) and not self.text(last):
            return self.span(first)
        return self.day(first), None if self.is_open(last) else self.day(last, end=True)

    def span(self, key: str) -> tuple[date | None, date | None]:
        """Return both ends of a time written in one cell; what is not understood is an error."""
        try:
            return values.range_of(self.cells.get(key))
        except ValueError:
            title = self.form.by_key[key].title
            text = f"看不懂这个{title}，应写成 2025-06-01 至 2027-05-31 的样子，现为“{self.text(key)}”"
            self.say(key, Severity.ERROR, text)
            return None, None

    def long_number(self, key: str) -> str:
        """Return a number of many digits, unless Excel has spoilt it."""
        if values.spoilt(self.cells.get(key)):
            self._say_spoilt(key)
            return ""
        return numbers.digits(self.text(key))

    def _say_spoilt(self, key: str) -> None:
        text = "被 Excel 存成了数字，末几位已丢失。请在原表中把这一列设为文本后重新填写，或在此更正"
        self.say(key, Severity.ERROR, text)

    def phone(self, key: str) -> str:
        """Return a telephone number as it is written, and say so if that changed it."""
        typed = values.text_of(self.cells.get(key))
        if values.spoilt(typed):
            self._say_spoilt(key)
            return ""
        phone = numbers.normalise_phone(typed)
        if "、" in phone and "、" not in typed:
            self.say(key, Severity.NOTE, f"写了几个号码，都已保留：{phone}")
        elif typed and phone != typed:
            self.say(key, Severity.NOTE, f"已整理为 {phone}")
        return phone

    def whole_number(self, key: str) -> int | None:
        """Return a whole number; what is none is an error."""
        typed = self.text(key).removesuffix("人").strip()
        if not typed:
            return None
        if (number := whole_number(typed)) is not None:
            return number
        self.say(key, Severity.ERROR, f"应填写整数，现为“{self.text(key)}”")
        return None

    def hides(self, key: str, whole: str) -> bool:
        """Say whether a hidden number may be this one; one not hidden, or not on record, is not in question."""
        return key not in self.masked or not whole or numbers.may_be(self.masked[key], whole)

    def spare(self, old: D, new: D) -> D:
        """Return ``new`` without what would put a number that fails its check over one that passes."""
        for key, problem in (
            ("phone", numbers.phone_problem),
            ("uscc", numbers.uscc_problem),
            ("email", numbers.email_problem),
        ):
            before, after = getattr(old, key, ""), getattr(new, key, "")
            if before and numbers.shows_part(after, before):
                self.masked[key], new = after, replace(new, **{key: ""})
            elif before and after and problem(after) and not problem(before):
                title = self.form.by_key[key].title
                self.say(key, Severity.WARNING, f"{title}没有改动：“{after}”核对不符，库内为完好的号码")
                new = replace(new, **{key: ""})
        return new

    def tell_masked(self, old: object | None) -> None:
        """Say what was hidden or not known: of somebody on record nothing changes, of somebody new it has to be entered."""
        for key, text in self.masked.items():
            title = self.form.by_key[key].title
            if getattr(old, key, ""):
                self.say(key, Severity.NOTE, f"{_kept_back(text)}，库内的{title}没有改动")
            elif self.form.by_key[key].required:
                said = f"{_kept_back(text)}，认不出是库内的哪一个。请填写完整的{title}"
                self.say(key, Severity.ERROR, said)
            else:
                self.say(key, Severity.WARNING, f"{_kept_back(text)}，{title}没有导入，请补登")

    def say_repeated(self, where: str, who: str, *, is_same: bool) -> None:
        """Say that a row above speaks of the same one; the first counts, and other content is worth a look."""
        if is_same:
            self.say("", Severity.NOTE, f"与{where}是{who}，跳过")
        else:
            self.say("", Severity.WARNING, f"与{where}是{who}而内容不同，以先出现的为准，这一行没有导入")

    def say(self, key: str, severity: Severity, text: str, shown: str = "") -> None:
        """Say something of a cell, named by the sheet's own title; without a ``key``, of the row."""
        named = shown if key not in self.titles and shown in self.titles else key
        known = self.form.by_key.get(key)
        column = self.titles.get(named) or (known.title if known else "整行")
        raw = self.cells.get(named if named in self.titles else key)
        found = self.masked.get(named, "") if raw is None else str(raw)
        self.problems.append(
            SheetProblem(self.row.number, column, severity, text, found, key, self.row.words)
        )


def readers(
    form: Form, table: SheetTable, mapping: Columns, corrections: Mapping[tuple[int, str], str] | None
) -> list[CellReader]:
    """Return a reader for each row; ``corrections`` put another text in place of a cell."""
    titles = {key: table.titles[at] for at, key in mapping.items()}
    found = []
    above: dict[int, dict[str, Raw]] = {}  # of each half and each sheet, the row that was read last
    for row in table.rows:
        cells = {key: row.values[at] for at, key in mapping.items() if at < len(row.values)}
        cells |= {
            key: text
            for (number, key), text in (corrections or {}).items()
            if number == row.number and text != str(cells.get(key))  # saved as it stood, it is still in doubt
        }
        block = row.number // APART
        reader = CellReader(form, row, cells, titles, above=above.get(block, {}))
        above[block] = reader.cells
        found.append(reader)
    return found


def _kept_back(text: str) -> str:
    return f"写的是“{text}”" if values.stands_in(text) else f"打了码（{text}）"
