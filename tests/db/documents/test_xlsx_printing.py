"""Workbooks are printed too: never in type under 8 point, no row over the next, rates as numbers that do not flatter."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from db.cases.papers.disputes import DISPUTES
from db.catalogue.lists import LISTS, export_list
from db.catalogue.reports import REPORTS, make, write_report
from db.documents.model import Align, Column, Document, Kind, Style, Table, table_report
from db.documents.parameters import Parameters
from db.documents.pdf import render_pdf
from db.documents.xlsx import write_xlsx
from db.errors import UserError
from db.formats.rates import percent
from tests.conftest import TODAY
from tests.formulas import worked_out
from tests.papers import texts_of

INCHES = {"9": 297 / 25.4, "8": 420 / 25.4}  # the long sides of A4 and A3
CHARACTER = 9.3  # pixels of the widest digits that an office's font for 宋体 has, at 96 to the inch
WANTED = Parameters(date(2026, 1, 1), date(2026, 12, 31), TODAY, unmasked=True)


def type_on_paper(sheet):
    """Return how large the type of a sheet is when printed, in points, reckoned from what the file says."""
    columns = [sheet.column_dimensions[key] for key in sheet.column_dimensions]
    wide = sum(
        (one.max - one.min + 1) * (one.width * CHARACTER) / 96 for one in columns if one.width is not None
    )
    room = INCHES[str(sheet.page_setup.paperSize)] - sheet.page_margins.left - sheet.page_margins.right
    across = sheet.page_setup.fitToWidth or 1
    smallest = min(cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value not in (None, ""))
    return smallest * min(1, room * across / wide)


def too_low(sheet):
    """Return the rows that are lower than the lines their cells wrap to."""
    spans = {}
    for merged in sheet.merged_cells.ranges:
        across, down = range(merged.min_col, merged.max_col + 1), range(merged.min_row, merged.max_row + 1)
        spans[merged.min_row, merged.min_col] = across, down
    width_of = {}
    for one in sheet.column_dimensions.values():
        width_of |= dict.fromkeys(range(one.min, one.max + 1), one.width)
    found = []
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, str) or not cell.alignment.wrap_text or cell.value.startswith("="):
                continue
            across, down = spans.get((cell.row, cell.column), ([cell.column], [cell.row]))
            width = sum(width_of[at] for at in across)
            lines = sum(max(-(-wide(text) // int(width)), 1) for text in cell.value.split("\n"))
            heights = [sheet.row_dimensions[at].height for at in down]
            if None in heights or sum(heights) < min(lines * 14, 409):
                found.append((cell.coordinate, heights, lines))
    return found


def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def checked(file):
    for sheet in load_workbook(file).worksheets:
        assert type_on_paper(sheet) >= 8, sheet.title
        assert not too_low(sheet), sheet.title


def test_every_report_and_list_prints_in_type_that_can_be_read(demo_office, tmp_path):
    printed = 0
    for name in REPORTS:
        try:
            papers = make(demo_office, name, WANTED)
        except UserError:
            continue
        if papers[0].style is Style.TABLE:
            write_report(demo_office, name, WANTED, tmp_path / f"{name}.xlsx")
            checked(tmp_path / f"{name}.xlsx")
            printed += 1
    for what in LISTS:
        export_list(demo_office, what, tmp_path / f"{what}.xlsx", TODAY, masked=False)
        checked(tmp_path / f"{what}.xlsx")
    assert printed >= 8


@pytest.mark.parametrize("columns", [1, 4, 12, 30, 60])
@pytest.mark.parametrize(
    "text", ["短", "衢州市柯城区住房和城乡建设局关于违法建设处罚的事项说明" * 3, "（2026）浙0825行初41号"]
)
def test_any_width_finds_its_paper(tmp_path, columns, text):
    table = Table(tuple(Column(f"第{n}栏", weight=6) for n in range(columns)), [[text] * columns] * 5)
    write_xlsx(table_report("清单", ("填报单位",), (table,)), tmp_path / "清单.xlsx")
    checked(tmp_path / "清单.xlsx")


def a_rate(part, whole):
    columns = (
        Column("年度", weight=6),
        Column("计入", Kind.NUMBER, 6, total=True, group="甲"),
        Column("败诉", Kind.NUMBER, 6, total=True, group="甲"),
        Column("率", Kind.PERCENT, 6, Align.CENTRE, "甲", ratio=("败诉", "计入")),
        Column("计入", Kind.NUMBER, 6, total=True, group="乙"),
        Column("败诉", Kind.NUMBER, 6, total=True, group="乙"),
        Column("率", Kind.PERCENT, 6, Align.CENTRE, "乙", ratio=("败诉", "计入")),
    )
    rows = [["2026", whole, part, part / whole, 4, 1, 0.25]]
    return table_report("率", ("填报单位",), (Table(columns, rows),))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (1999, 2000, "99.9%"),
        (1, 5000, "0.1%"),
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (2, 3, "66.7%"),
        (999, 1000, "99.9%"),
    ],
)
def test_a_rate_is_a_number_that_prints_whole_only_where_it_is_whole(tmp_path, part, whole, shown):
    paper = a_rate(part, whole)
    assert percent(part / whole) == shown
    assert shown in "".join(texts_of(paper))
    write_xlsx(paper, tmp_path / "率.xlsx")
    book, values = (load_workbook(tmp_path / "率.xlsx", data_only=flag).active for flag in (False, True))
    for row in (5, 6):  # the year, and 合计
        assert f"{worked_out(book, book.cell(row, 4).value):.1%}" == shown
        assert f"{values.cell(row, 4).value:.1%}" == shown
        assert book.cell(row, 4).number_format == "0.0%"
        assert worked_out(book, book.cell(row, 7).value) == 0.25, "each rate is of its own columns"


def test_the_dispute_report_sums_its_rates(demo_office, tmp_path):
    write_report(demo_office, DISPUTES, replace(WANTED, from_on=date(2025, 1, 1)), tmp_path / "争议.xlsx")
    (paper,) = make(demo_office, DISPUTES, replace(WANTED, from_on=date(2025, 1, 1)))
    sheet = load_workbook(tmp_path / "争议.xlsx").worksheets[0]
    last = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    lost = sum(row[2] for row in paper.tables[0].rows)
    assert worked_out(sheet, last[3].value) == pytest.approx(lost / sum(r[1] for r in paper.tables[0].rows))
    assert isinstance(paper, Document)
    assert render_pdf(paper).pages >= 1
