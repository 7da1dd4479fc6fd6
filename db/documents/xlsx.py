"""A document as a workbook, as a clerk expects one: ids as text, dates as dates, header frozen and repeated."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from db.documents.files import safely
from db.documents.model import Align, Column, Document, Kind, Table, Value
from db.documents.xlsx_sums import Layout, SumRow, formulas, layout, quotient

FONT = "宋体"
WIDEST = 30  # characters; longer text wraps
A4 = 9
NOTE_LINE = 15  # points


def write_xlsx(papers: Document | Sequence[Document], path: Path, *, overwrite: bool = False) -> None:
    """Write one or several papers to ``path``, one sheet for each table.

    Text that looks like a formula stays text. Raises ``UserError`` when ``path`` cannot be written.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and needed only for an export

    papers = (papers,) if isinstance(papers, Document) else tuple(papers)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with safely(path, ".xlsx", overwrite=overwrite) as temporary, Workbook(str(temporary), options) as book:
        book.set_properties({"title": papers[0].title})
        styles = _Styles(book)
        names: set[str] = set()
        for document, table in ((paper, table) for paper in papers for table in paper.tables):
            sheet = book.add_worksheet(_sheet_name(table.title or document.title, names))
            _write_sheet(sheet, document, table, styles)


class _Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        cell = base | {"border": 1, "text_wrap": True}
        self.title = book.add_format(base | {"font_size": 18, "bold": True, "align": "center"})
        self.line = book.add_format(base)
        self.line_right = book.add_format(base | {"align": "right"})
        self.head = book.add_format(cell | {"bold": True, "align": "center"})
        self.count = book.add_format(cell | {"align": "center", "bold": True})
        self.note = book.add_format(base | {"font_size": 10, "text_wrap": True})
        self._cells = {
            (kind, align, bold): book.add_format(
                cell | {"align": align.value, "bold": bold, "num_format": _NUMBER_FORMATS[kind]}
            )
            for kind in Kind
            for align in Align
            for bold in (False, True)
        }

    def of(self, column: Column, *, bold: bool = False) -> Any:
        """Return the format of a cell in ``column``."""
        return self._cells[column.kind, column.alignment, bold]


_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.ID: "@",
    Kind.NUMBER: "General",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "yyyy-mm-dd",
}


def _write_sheet(sheet: Any, document: Document, table: Table, styles: _Styles) -> None:
    last = len(table.columns) - 1
    sheet.merge_range(0, 0, 0, last, table.title or document.title, styles.title)
    sheet.set_row(0, 34)
    _write_heading(sheet, document.heading, last, styles)
    top = _write_header(sheet, table.columns, styles)
    places = layout(table, top)
    for at, row in zip(places.data, table.rows, strict=True):
        for column_at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if column.is_ratio:
                _write_formula(sheet, at, column_at, quotient(table, column_at, at), value, styles.of(column))
            else:
                _write_cell(sheet, at, column_at, value, column, styles)
        if table.groups:
            sheet.set_row(at, None, None, {"level": 1})  # the groups fold away in Excel
    for line in places.sums:
        _write_sums(sheet, table, line, styles)
    bottom = places.end
    across = sum(_width(table, at, column) for at, column in enumerate(table.columns))
    for note in (*table.notes, *document.failed_checks()):
        sheet.merge_range(bottom, 0, bottom, last, note, styles.note)
        sheet.set_row(
            bottom, NOTE_LINE * ceil(_columns(note) / across)
        )  # Excel fits no merged cell by itself
        bottom += 1
    if table is document.tables[0]:
        _write_signatures(sheet, document, bottom + 1, last, styles)
    _set_page(sheet, table, top, places)


def _write_heading(sheet: Any, heading: Sequence[str], last: int, styles: _Styles) -> None:
    if heading:
        sheet.write_string(1, 0, "　　".join(heading[:-1] or heading), styles.line)
    if len(heading) > 1:
        sheet.write_string(1, last, heading[-1], styles.line_right)
    sheet.set_row(1, 20)


def _write_header(sheet: Any, columns: Sequence[Column], styles: _Styles) -> int:
    """Write one header row, or two where columns share a heading; return the first row of data."""
    if not any(column.group for column in columns):
        for at, column in enumerate(columns):
            sheet.write_string(2, at, column.title, styles.head)
        return 3
    at = 0
    while at < len(columns):
        group = columns[at].group
        width = 1
        while group and at + width < len(columns) and columns[at + width].group == group:
            width += 1
        if not group:
            sheet.merge_range(2, at, 3, at, columns[at].title, styles.head)
        elif width == 1:
            sheet.write_string(2, at, group, styles.head)
        else:
            sheet.merge_range(2, at, 2, at + width - 1, group, styles.head)
        for place in range(at, at + width if group else at):
            sheet.write_string(3, place, columns[place].title, styles.head)
        at += width
    return 4


def _write_cell(sheet: Any, row: int, at: int, value: Value, column: Column, styles: _Styles) -> None:
    style = styles.of(column)
    if value is None or value == "":
        sheet.write_blank(row, at, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, style)
    elif isinstance(value, int | float) and column.kind is Kind.NUMBER:
        sheet.write_number(row, at, value, style)
    else:
        sheet.write_string(row, at, str(value), style)


def _write_sums(sheet: Any, table: Table, line: SumRow, styles: _Styles) -> None:
    span = next((at for at, column in enumerate(table.columns) if column.is_summed), len(table.columns))
    if span > 1:
        sheet.merge_range(line.row, 0, line.row, span - 1, line.label, styles.head)
    elif span == 1:
        sheet.write_string(line.row, 0, line.label, styles.head)
    for at in range(span, len(table.columns)):
        sheet.write_blank(line.row, at, None, styles.of(table.columns[at], bold=True))
    for at, formula in formulas(table, line):
        column = table.columns[at]
        style = styles.count if column.counts else styles.of(column, bold=True)
        _write_formula(sheet, line.row, at, formula, line.values[at], style)


def _write_formula(sheet: Any, row: int, at: int, formula: str, value: Value, style: Any) -> None:
    sheet.write_formula(row, at, formula, style, "" if value is None else value)


def _write_signatures(sheet: Any, document: Document, row: int, last: int, styles: _Styles) -> None:
    if not document.signatures:
        return
    step = max((last + 1) // len(document.signatures), 1)
    for number, (label, name) in enumerate(document.signatures):
        sheet.write_string(row, min(number * step, last), f"{label}：{name or '＿＿＿＿＿＿'}", styles.line)


def _set_page(sheet: Any, table: Table, top: int, places: Layout) -> None:
    last = len(table.columns) - 1
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(table, at, column))
    sheet.freeze_panes(top, 0)
    sheet.repeat_rows(2, top - 1)
    if table.rows:
        sheet.autofilter(top - 1, 0, places.last_data, last)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _width(table: Table, at: int, column: Column) -> float:
    texts = [str(row[at]) for row in table.rows if row[at] is not None]
    longest = max((_columns(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest, _columns(column.title) + 3), WIDEST) + 2


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _sheet_name(title: str, taken: set[str]) -> str:
    name = "".join("·" if c in "[]:*?/\\" else c for c in title).strip("'")[:31] or "表"
    while name in taken:
        name = f"{name[:28]}-{len(taken) + 1}"
    taken.add(name)
    return name
