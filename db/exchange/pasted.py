"""A block of cells as Excel and WPS put it on the clipboard: tabs between cells, quotes around line breaks.

The block may lack its header; then each column is recognised by what stands in it, and the clerk can correct that.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from db.errors import UserError
from db.exchange import values
from db.exchange.grid import Grid, Raw, cell_of
from db.exchange.header import Row, SheetTable, Titles, find_table
from db.exchange.sheet import Columns
from db.formats.text import narrow

MAX_CELLS = 200_000
SHEET = "剪贴板"
KNOWN_TITLES = 2  # titles that a row must have to be taken for the header: one may be a word in a cell
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r|\n|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_NAME = re.compile(r"[㐀-鿿·]{2,6}")
MOSTLY = 0.6  # share of the cells of a column that must look alike


def cells_of(text: str) -> Grid:
    """Return the cells of a pasted block. Raises ``UserError`` if there is nothing, or far too much."""
    rows: list[tuple[Raw, ...]] = []
    row: list[Raw] = []
    at, count = 0, 0
    while at < len(text):
        match = _QUOTED.match(text, at)
        cell = match[1].replace('""', '"') if match else ""
        if match is None and (match := _PLAIN.match(text, at)):
            cell = match[0]
        row.append(cell_of(cell.replace("\r\n", "\n").strip()) or None)
        count += 1
        if count > MAX_CELLS:
            raise UserError("粘贴的内容太多，一次最多约 1 万行。请存成 Excel 文件后用“导入”。")
        at = match.end() if match else at
        if at < len(text) and text[at] == "\t":
            at += 1
            if at < len(text):
                continue
            row.append(None)
        at += 2 if text.startswith("\r\n", at) else 1
        rows.append(tuple(row))
        row = []
    if not any(value is not None for one in rows for value in one):
        raise UserError("剪贴板里没有表格内容。请先在 Excel 或 WPS 中选中单元格并复制，再回到这里粘贴。")
    return Grid(SHEET, tuple(rows))


def table_of(grid: Grid, titles: Titles) -> SheetTable:
    """Return the table of a block; without a header its columns are called 第 n 列, and ``last_header`` is 0."""
    found = find_table(grid, titles)
    if found is not None and len(titles.guess(found.titles)) >= KNOWN_TITLES:
        return found
    width = max(len(row) for row in grid.rows)
    rows = tuple(
        Row(number, (*cells, *[None] * (width - len(cells))))
        for number, cells in enumerate(grid.rows, start=1)
        if any(value is not None for value in cells)
    )
    return SheetTable(tuple(f"第 {at + 1} 列" for at in range(width)), rows, 0, 0)


def guess_by_content(table: SheetTable) -> Columns:
    """Return what the columns of a block without header likely are: by their look, the rest by their order."""
    mapping: Columns = {}
    columns = [
        [values.text_of(row.values[at]) for row in table.rows if row.values[at] not in (None, "")]
        for at in range(len(table.titles))
    ]
    for at, cells in enumerate(columns):
        key = next((key for key, looks in _LOOKS if _mostly(cells, looks)), None)
        if key and key not in mapping.values():
            mapping[at] = key
    days = [at for at, cells in enumerate(columns) if at not in mapping and _mostly(cells, _is_date)]
    mapping |= dict(zip(days, _date_keys(len(days)), strict=False))
    _by_order(mapping, columns)
    return dict(sorted(mapping.items()))


def _by_order(mapping: Columns, columns: Sequence[list[str]]) -> None:
    """Map what is left: the first column of short names, then lists of fields, then what is said of somebody."""
    left = [at for at, cells in enumerate(columns) if at not in mapping and not _mostly(cells, str.isdecimal)]
    left = [at for at in left if columns[at]]  # neither empty columns nor running numbers say anything
    name = next((at for at in left if _mostly(columns[at], _NAME.fullmatch)), None)
    if name is not None:
        mapping[name] = "name"
        left.remove(name)
    listed = next((at for at in left if any(len(values.list_of(cell)) > 1 for cell in columns[at])), None)
    order = ["specialities", "position", "note"]
    if listed is not None:
        mapping[listed] = "specialities"
        left.remove(listed)
        order.remove("specialities")
    mapping |= dict(zip(left, order, strict=False))


def _date_keys(count: int) -> tuple[str, ...]:
    """Return what this many columns of dates likely are: a term, and before it the first licence."""
    return ("term_from", "term_to") if count == 2 else ("first_licensed_on", "term_from", "term_to")  # noqa: PLR2004


def _mostly(cells: Sequence[str], looks: Callable[[str], object]) -> bool:
    return bool(cells) and sum(bool(looks(cell)) for cell in cells) >= MOSTLY * len(cells)


def _is_date(text: str) -> bool:
    try:
        return isinstance(values.date_of(text), date) and not re.fullmatch(
            r"\d{5}", text
        )  # that may be anything
    except ValueError:
        return False


def _is_range(text: str) -> bool:
    try:
        return values.range_of(text)[1] is not None
    except ValueError:
        return False


def _is_licence(text: str) -> bool:
    digits = re.sub(r"[\s\-]", "", text)
    return digits.isdecimal() and len(digits) in {15, 16, 17} and digits[0] == "1"


def _is_id_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{17}[\dXx]", re.sub(r"\s", "", text)))


def _is_phone(text: str) -> bool:
    return bool(_MOBILE.fullmatch(re.sub(r"[\s\-()（）+]", "", narrow(text)).removeprefix("86")))


_POLITICS = re.compile(r"(中共)?(预备)?党员|群众|共青团员|无党派.*|民.{1,3}员|九三.*|农工.*|致公.*|台盟.*")
_EDUCATION = re.compile(
    r"(法学|法律)?(大专|专科|本科|学士|硕士|博士)(研究生|学历)?|(硕士|博士)?研究生|大学.*"
)
_LOOKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("licence", _is_licence),
    ("id_number", _is_id_number),
    ("phone", _is_phone),
    ("sex", re.compile(r"[男女]性?").fullmatch),
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+").fullmatch),
    ("firm", re.compile(r".+(律师事务所|律所|法律服务所)(.*分所|（.+）|\(.+\))?").fullmatch),
    ("term", _is_range),
    ("politics", _POLITICS.fullmatch),
    ("education", _EDUCATION.fullmatch),
)
