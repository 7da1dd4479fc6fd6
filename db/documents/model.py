"""A paper as data: what it says, not how it looks. Renderers turn it into PDF, Word or a workbook."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from db.formats.rates import percent

Value = str | int | float | date | None


class Style(StrEnum):
    """How a paper is laid out; each has a template of its name in ``resources/templates``."""

    TABLE = "table"  # A4 landscape, tables one after another
    FORM = "form"  # A4 portrait, label and value in boxes, signed at the foot
    CERTIFICATE = "certificate"  # 聘书, A4 landscape with a red border
    LETTER = "letter"  # 信函格式, GB/T 9704-2012
    STATEMENT = "statement"  # 授权委托书, 证明书, 情况说明: A4 portrait, running text in 3号
    MINUTES = "minutes"  # 纪要格式, GB/T 9704-2012
    SHEET = "sheet"  # A4 portrait, boxes and tables to write in by hand, as many pages as it takes


class Kind(StrEnum):
    """What a column holds; renderers align and format by it."""

    TEXT = "text"
    ID = "id"  # digits that are no number: licence, phone, case number
    NUMBER = "number"
    PERCENT = "percent"  # a share from 0 to 1
    DATE = "date"


class Align(StrEnum):
    """Where a cell's content stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what it holds, its share of the width, and the heading it shares with neighbours.

    What rows that sum up say here: ``total`` asks for the sum, ``counts`` for the number of cells that say this word,
    ``ratio`` for the quotient of the columns with these two titles, as each row has it. ``weight`` is in characters
    of body text.
    """

    title: str
    kind: Kind = Kind.TEXT
    weight: float = 6
    align: Align | None = None
    group: str = ""
    total: bool = False
    counts: str = ""
    ratio: tuple[str, str] = ("", "")

    @property
    def alignment(self) -> Align:
        """Where cells stand: text left, everything else in the middle, unless it says."""
        return self.align or (Align.LEFT if self.kind is Kind.TEXT else Align.CENTRE)

    @property
    def is_summed(self) -> bool:
        """Whether rows that sum up say anything here."""
        return self.total or bool(self.counts) or self.is_ratio

    @property
    def is_ratio(self) -> bool:
        """Whether its cells are quotients of two other columns."""
        return any(self.ratio)

    def text(self, value: Value) -> str:
        """Return a value of this column as paper shows it."""
        if self.kind is Kind.PERCENT and isinstance(value, int | float):
            return percent(value)
        return shown(value)


@dataclass(frozen=True, slots=True)
class Group:
    """The next ``length`` rows of a table, which a row of this label sums up."""

    label: str
    length: int


@dataclass(frozen=True, slots=True)
class Subset:
    """A row of this label, below the groups, that sums up the rows whose cell in ``column`` says ``value``."""

    label: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``rows`` hold one value for each column. ``height`` in millimetres is the least of a row.

    ``groups`` take the rows in order, each with its own sum below it; then come the ``subsets``, and the sum of all
    under ``total_label`` (empty: none).
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    total_label: str = "合计"
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    subsets: tuple[Subset, ...] = ()
    height: float = 0

    @property
    def has_total(self) -> bool:
        """Whether a last row sums up; an empty table has none."""
        return bool(self.rows) and bool(self.total_label) and any(column.total for column in self.columns)

    def totals(self) -> list[Value]:
        """Return the last row: sums where asked for, else nothing."""
        return self.summed(self.rows)

    def parts(self) -> list[tuple[Group, Sequence[Sequence[Value]]]]:
        """Return each group that has rows, with them."""
        parts, at = [], 0
        for group in self.groups:
            if group.length:
                parts.append((group, self.rows[at : at + group.length]))
            at += group.length
        return parts

    def chosen(self, subset: Subset) -> list[Sequence[Value]]:
        """Return the rows that a subset sums up."""
        at = self.place(subset.column)
        return [row for row in self.rows if row[at] == subset.value]

    def place(self, title: str, group: str = "") -> int:
        """Return where the column of this title stands; of several, the one under the heading ``group``."""
        found = [at for at, column in enumerate(self.columns) if column.title == title]
        return next((at for at in found if self.columns[at].group == group), found[0])

    def terms(self, column: Column) -> tuple[int, int]:
        """Return where the two columns stand whose quotient a column shows."""
        part, whole = (self.place(title, column.group) for title in column.ratio)
        return part, whole

    def summed(self, rows: Sequence[Sequence[Value]]) -> list[Value]:
        """Return what a row says that sums up ``rows``."""
        found: list[Value] = [
            _summed(column, [row[at] for row in rows]) for at, column in enumerate(self.columns)
        ]
        for at, column in enumerate(self.columns):
            if column.is_ratio:
                part, whole = self.terms(column)
                found[at] = share(found[part], found[whole])
        return found


def _summed(column: Column, values: Sequence[Value]) -> Value:
    if column.counts:
        return sum(value == column.counts for value in values)
    return sum(v for v in values if isinstance(v, int | float)) if column.total else None


def share(part: Value, whole: Value) -> float | None:
    """Return one number by another; nothing where there is nothing to divide by."""
    if not isinstance(part, int | float) or not isinstance(whole, int | float) or not whole:
        return None
    return part / whole


@dataclass(frozen=True, slots=True)
class Line:
    """The line under a title, 填报单位, 统计期间, 单位: its parts stand left, middle, right."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of what follows; ``level`` 1 is 一、and 2 is （一）."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``lead`` is its first words in 黑体; ``is_indented`` moves the first line two characters in."""

    text: str
    lead: str = ""
    is_indented: bool = True


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in 黑体 and what stands behind it, later lines below the first word: 出席：甲、乙.

    ``items`` follow one another as they are; a short one, such as a name, is not broken at the end of a line.
    """

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value; ``span`` pairs wide. ``height`` in millimetres is the least it takes.

    A field that ``grows`` takes what is left of the page, as an opinion does. ``foot`` stands at its lower
    right, where one signs.
    """

    label: str
    value: Value
    span: int = 1
    height: float = 0
    grows: bool = False
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """A grid of labels and values, ``across`` pairs in each row; fields fill it row by row.

    ``weights`` are the shares of the values' columns in the width, equal ones when not given.
    """

    fields: tuple[Field, ...]
    across: int = 2
    weights: tuple[float, ...] = ()

    def shares(self) -> tuple[float, ...]:
        """Return the share of each value's column; they add up to ``across``."""
        weights = self.weights or (1.0,) * self.across
        return tuple(weight * self.across / sum(weights) for weight in weights)

    def rows(self) -> list[list[Field]]:
        """Return the fields row by row; the last one of a row takes what is left of it."""
        rows: list[list[Field]] = [[]]
        for field in self.fields:
            if sum(f.span for f in rows[-1]) + field.span > self.across:
                rows.append([])
            rows[-1].append(field)
        return [_stretched(row, self.across) for row in rows if row]


def _stretched(row: list[Field], across: int) -> list[Field]:
    left = across - sum(field.span for field in row)
    return [*row[:-1], replace(row[-1], span=row[-1].span + left)] if left > 0 else row


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs: label and name side by side; an empty name is a line to sign on."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """The office's name above the date, where the seal goes."""

    name: str
    day: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件说明: the names of what goes with a letter."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """回执: what the addressee fills in, cuts off and sends back."""

    title: str
    blocks: tuple["Paragraph | Fields | Table | Signatures", ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: who gets a copy, and who printed it when."""

    copies: str
    name: str
    day: str


Block = (
    Line | Heading | Paragraph | Labelled | Fields | Table | Signatures | Seal | Attachments | Slip | Imprint
)


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A sum that must agree (勾稽); one that does not is printed as a note, and does not stop printing."""

    text: str
    is_ok: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where what a paper lacks is typed: the record ``key`` of ``table``, or the settings; ``word`` names it."""

    table: str
    key: int
    word: str


OFFICE = Place("setting", 0, "设置")


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its title and what follows in order.

    ``issuer`` is the agency whose name stands above a letter or certificate, ``number`` its 文号. ``missing``
    names what the paper should say and nobody has entered: it is shown before printing. ``mark`` is printed small in a corner: papers of the demo say that they are invented.
    ``typed_in`` are the places where that is typed, the likeliest first.
    ``author`` is the office whose file it is.
    ``secrecy`` is its 密级, ``signer`` who signed it for issue, ``edition`` says which version it is if not the first;
    ``watermark`` lies large and pale under every page: a draft says that it is one.
    """

    style: Style
    title: str
    blocks: tuple[Block, ...]
    issuer: str = ""
    number: str = ""
    checks: tuple[CrossCheck, ...] = ()
    missing: tuple[str, ...] = ()
    mark: str = ""
    secrecy: str = ""
    signer: str = ""
    edition: str = ""
    watermark: str = ""
    typed_in: tuple[Place, ...] = ()
    author: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables among the blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def heading(self) -> tuple[str, ...]:
        """The parts of the first line under the title."""
        return next((block.parts for block in self.blocks if isinstance(block, Line)), ())

    @property
    def signatures(self) -> tuple[tuple[str, str], ...]:
        """Who signs the whole."""
        return next((block.pairs for block in self.blocks if isinstance(block, Signatures)), ())

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The kinds of file it can be saved as, the one that prints first."""
        return (".pdf", ".xlsx") if self.style is Style.TABLE else (".pdf", ".docx")

    def failed_checks(self) -> tuple[str, ...]:
        """Return a sentence for each sum that does not agree."""
        return tuple(f"勾稽不符：{check.text}" for check in self.checks if not check.is_ok)


def table_report(
    title: str,
    heading: Sequence[str],
    tables: Sequence[Table],
    signatures: Sequence[tuple[str, str]] = (),
    checks: Sequence[CrossCheck] = (),
) -> Document:
    """Return a report of tables: the line under the title, the tables, and who signs."""
    blocks: list[Block] = [Line(tuple(heading)), *tables]
    if signatures:
        blocks.append(Signatures(tuple(signatures)))
    return Document(Style.TABLE, title, tuple(blocks), checks=tuple(checks))


def shown(value: Value) -> str:
    """Return a value as paper shows it: 0 as 0, nothing as —, a date as 2026-11-24."""
    if value is None or value == "":
        return "—"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)


def day_text(day: date) -> str:
    """Return a date as prose and signatures write it: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


_ISO_DAY = re.compile(r"(?<![\d-]) ?(\d{4})-(\d{2})-(\d{2}) ?(?![\d-])")


def prose(text: str) -> str:
    """Return running text of a letter with its dates as prose writes them: 2016-05-12 as 2016年5月12日."""
    return _ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", text)


def seal_day(day: date | None) -> str:
    """Return the date under a seal; without one, where it is written by hand."""
    return day_text(day) if day else "　　　　年　　月　　日"
