"""A document as a workbook, as a clerk expects one: ids as text, dates as dates, header frozen and repeated.

How wide, how high and on what paper it prints is decided in ``xlsx_page``.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from db.documents.files import safely
from db.documents.model import Align, Column, Document, Kind, Table, Value
from db.documents.xlsx_page import MARGIN, SIZE, Page, page_for, row_height
from db.documents.xlsx_sums import Layout, SumRow, formulas, layout, quotient
from db.formats.rates import written_share
from db.formats.text import in_order

BASE = {"font_name": "宋体", "font_size": SIZE, "font_scheme": ""}


def write_xlsx(papers: Document | Sequence[Document], path: Path, *, overwrite: bool = False) -> None:
    """Write one or several papers to ``path``, one sheet for each table.

    Text that looks like a formula stays text. Raises ``UserError`` when ``path`` cannot be written.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and needed only for an export

    papers = (papers,) if isinstance(papers, Document) else tuple(papers)
    options: dict[str, Any] = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    # Widths count in characters of this font; Calibri, which few offices here have, would be another on each PC.
    options["default_format_properties"] = BASE
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
        base = BASE | {"valign": "vcenter"}
        cell = base | {"border": 1, "text_wrap": True}
        self.title = book.add_format(base | {"font_size": 18, "bold": True, "align": "center"})
        self.line = book.add_format(base)
        self.line_right = book.add_format(base | {"align": "right"})
        self.head = book.add_format(cell | {"bold": True, "align": "center"})
        self.count = book.add_format(cell | {"align": "center", "bold": True})
        self.note = book.add_format(base | {"text_wrap": True})
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
    last, page = len(table.columns) - 1, page_for(table)
    _merge(sheet, 0, last, table.title or document.title, styles.title)
    sheet.set_row(0, 34)
    _write_heading(sheet, document.heading, last, styles)
    top = _write_header(sheet, table.columns, page, styles)
    places = layout(table, top)
    # A row without a height of its own is as high as one line in LibreOffice: its text prints over the next.
    fold = {"level": 1} if table.groups else {}  # the groups fold away in Excel
    for at, row in zip(places.data, table.rows, strict=True):
        for column_at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if column.is_ratio:
                _write_ratio(sheet, at, column_at, table, value, styles.of(column))
            else:
                _write_cell(sheet, at, column_at, value, column, styles)
        sheet.set_row(at, page.height(table, row), None, fold)
    for line in places.sums:
        _write_sums(sheet, table, line, page, styles)
    bottom = places.end
    for note in (*table.notes, *document.failed_checks()):
        _merge(sheet, bottom, last, note, styles.note)
        sheet.set_row(bottom, row_height([(note, sum(page.widths))]))  # Excel fits no merged cell by itself
        bottom += 1
    if table is document.tables[0]:
        _write_signatures(sheet, document, bottom + 1, last, styles)
    _set_page(sheet, table, top, places, page)


def _merge(sheet: Any, row: int, last: int, text: str, style: Any) -> None:
    """Write a text across the table; a table of one column has nothing to merge."""
    if last:
        sheet.merge_range(row, 0, row, last, text, style)
    else:
        sheet.write_string(row, 0, text, style)


def _write_heading(sheet: Any, heading: Sequence[str], last: int, styles: _Styles) -> None:
    if heading:
        sheet.write_string(1, 0, "　　".join(heading[:-1] or heading), styles.line)
    if len(heading) > 1:
        sheet.write_string(1, last, heading[-1], styles.line_right)
    sheet.set_row(1, 20)


def _write_header(sheet: Any, columns: Sequence[Column], page: Page, styles: _Styles) -> int:
    """Write one header row, or two where columns share a heading; return the first row of data."""
    titles = [(column.title, width) for column, width in zip(columns, page.widths, strict=True)]
    if not any(column.group for column in columns):
        for at, column in enumerate(columns):
            sheet.write_string(2, at, column.title, styles.head)
        sheet.set_row(2, row_height(titles))
        return 3
    sheet.set_row(2, row_height([]))
    sheet.set_row(3, row_height(titles))
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
        sheet.write_string(row, at, in_order(str(value)), style)


def _write_sums(sheet: Any, table: Table, line: SumRow, page: Page, styles: _Styles) -> None:
    span = next((at for at, column in enumerate(table.columns) if column.is_summed), len(table.columns))
    sheet.set_row(line.row, row_height([(line.label, sum(page.widths[:span]))]))
    if span > 1:
        sheet.merge_range(line.row, 0, line.row, span - 1, line.label, styles.head)
    elif span == 1:
        sheet.write_string(line.row, 0, line.label, styles.head)
    for at in range(span, len(table.columns)):
        sheet.write_blank(line.row, at, None, styles.of(table.columns[at], bold=True))
    for at, formula in formulas(table, line):
        column = table.columns[at]
        style = styles.count if column.counts else styles.of(column, bold=True)
        if column.is_ratio:
            _write_ratio(sheet, line.row, at, table, line.values[at], style)
        else:
            sheet.write_formula(line.row, at, formula, style, line.values[at])


def _write_ratio(sheet: Any, row: int, at: int, table: Table, value: Value, style: Any) -> None:
    shown = written_share(value, 1) if isinstance(value, int | float) else ""
    sheet.write_formula(row, at, quotient(table, at, row), style, shown)


def _write_signatures(sheet: Any, document: Document, row: int, last: int, styles: _Styles) -> None:
    if not document.signatures:
        return
    step = max((last + 1) // len(document.signatures), 1)
    for number, (label, name) in enumerate(document.signatures):
        sheet.write_string(row, min(number * step, last), f"{label}：{name or '＿＿＿＿＿＿'}", styles.line)


def _set_page(sheet: Any, table: Table, top: int, places: Layout, page: Page) -> None:
    last = len(table.columns) - 1
    for at, width in enumerate(page.widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(top, 0)
    sheet.repeat_rows(2, top - 1)
    if table.rows:
        sheet.autofilter(top - 1, 0, places.last_data, last)
    sheet.set_landscape()
    sheet.set_paper(page.paper)
    sheet.fit_to_pages(page.across, 0)
    if page.across > 1:
        sheet.repeat_columns(0, page.repeated - 1)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页　共 &N 页", {"scale_with_doc": False})


def _sheet_name(title: str, taken: set[str]) -> str:
    name = "".join("·" if c in "[]:*?/\\" else c for c in title).strip("'")[:31] or "表"
    while name in taken:
        name = f"{name[:28]}-{len(taken) + 1}"
    taken.add(name)
    return name
