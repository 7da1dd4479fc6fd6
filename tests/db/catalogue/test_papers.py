"""Reports as paper and as workbooks."""

import subprocess
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from db.catalogue.lists import export_list
from db.catalogue.reports import ASSIGNMENTS, Parameters, make, write_report
from db.documents import fonts
from db.documents.model import Column, CrossCheck, Kind, Table, table_report
from db.documents.pdf import render_pdf, save_pdf
from db.documents.xlsx import write_xlsx
from db.errors import UserError
from db.office.queries.history import recent_acts
from db.roster.sheets.imported import ROSTER
from tests.conftest import TODAY
from tests.sheets import NAMES, licence, messy_roster

COLUMNS = (
    Column("序号", Kind.NUMBER, 4),
    Column("姓名", weight=8),
    Column("执业证号", Kind.ID, 14),
    Column("件数", Kind.NUMBER, 6, total=True),
    Column("日期", Kind.DATE, 8),
)


def a_report(rows, name="汪晓棠", **changes):
    lines = [(n + 1, name, "13308201510123456", 2, date(2026, 11, 24)) for n in range(rows)]
    given = {
        "title": "案件分派情况报表",
        "heading": ("填报单位：示例局", "统计期间", "单位：件"),
        "tables": (Table(COLUMNS, lines),),
        "signatures": (("单位负责人", ""), ("制表人", "沈青禾")),
    }
    return table_report(**(given | changes))


def pages_of(document, tmp_path):
    file = tmp_path / "r.pdf"
    file.write_bytes(render_pdf(document).data)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


@pytest.mark.parametrize("rows", [40, 300])
def test_every_page_has_its_header_and_number_and_the_total_stands_once_at_the_end(tmp_path, rows):
    pages = pages_of(a_report(rows), tmp_path)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "执业证号" in page
        assert f"第{number}页共{len(pages)}页" in page.replace(" ", "").replace("\u3000", "")
    assert ["合" in page and str(rows * 2) in page for page in pages] == [False] * (len(pages) - 1) + [True]


@pytest.mark.parametrize("rows", [*range(19, 28), 49, 50, 51, 52, 53, 54])
def test_signatures_are_never_alone_on_a_page(tmp_path, rows):
    pages = pages_of(a_report(rows), tmp_path)
    signed = [page for page in pages if "制表人" in page]
    assert len(signed) == 1
    assert "13308201510123456" in signed[0]
    assert "执业证号" in signed[0]


@pytest.mark.parametrize(
    "text", ["#set text(red)", "*粗* _斜_ $x$", "<b>&amp;</b>", "`code` \\ @ref", '"引号" \'', "[方括号]"]
)
def test_what_a_clerk_types_prints_as_typed(tmp_path, text):
    assert text.replace(" ", "") in "".join(pages_of(a_report(1, text), tmp_path)).replace(" ", "")


def test_rare_characters_print_and_those_without_a_glyph_are_reported(tmp_path):
    assert render_pdf(a_report(1, "张䶮𬭎")).notes == render_pdf(a_report(1)).notes
    assert fonts.unprintable("张䶮𬭎") == ""
    made = render_pdf(a_report(1, "张\ue000"))
    assert any("U+E000" in note and "〓" in note for note in made.notes)
    assert "张〓" in "".join(pages_of(a_report(1, "张\ue000"), tmp_path))


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_any_text_can_be_set(text):
    assert render_pdf(a_report(1, text)).pages == 1


def test_a_sum_that_does_not_agree_is_printed_as_a_note(tmp_path):
    wrong = a_report(3, checks=(CrossCheck("在办 1 + 已结 1 = 合计 3", is_ok=False),))
    assert "勾稽不符：在办1+已结1=合计3" in "".join(pages_of(wrong, tmp_path)).replace(" ", "")


def test_page_count_is_that_of_the_file():
    made = render_pdf(a_report(300))
    assert made.pages == len(PdfReader(BytesIO(made.data)).pages)


def test_the_exported_roster_reads_back_as_the_same_people(office, tmp_path):
    ROSTER.carry_out(office, ROSTER.examine(office, messy_roster(tmp_path / "名册.xlsx"), None, TODAY), TODAY)
    out = tmp_path / "导出.xlsx"
    assert export_list(office, "roster", out, TODAY, masked=False) == 15
    sheet = load_workbook(out).active
    head = {cell.value: cell.column for cell in sheet[3]}
    rows = range(4, 19)
    assert {sheet.cell(r, head["姓名"]).value for r in rows} == {n.replace("　", "") for n in NAMES}
    licences = [sheet.cell(r, head["执业证号"]) for r in rows]
    assert {c.value for c in licences} == {licence(n) for n in range(15)}
    assert all(c.data_type == "s" and c.number_format == "@" for c in licences)
    terms = [sheet.cell(r, head["聘期止"]) for r in rows]
    assert all(c.is_date and c.value.date() == date(2027, 5, 31) for c in terms)
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert f"A1:{sheet.cell(3, sheet.max_column).column_letter}1" in {
        str(m) for m in sheet.merged_cells.ranges
    }
    assert (
        sheet.cell(19, head["在办"]).value
        == f"=SUM({sheet.cell(4, head['在办']).column_letter}4:{sheet.cell(4, head['在办']).column_letter}18)"
    )
    assert plan_summary(office, out) == "新增 0 人，更新 0 人，跳过 15 行，待更正 0 行"


def plan_summary(office, path):
    return ROSTER.examine(office, path, None, TODAY).summary()


def test_phones_are_masked_unless_asked_otherwise(office, tmp_path):
    ROSTER.carry_out(office, ROSTER.examine(office, messy_roster(tmp_path / "名册.xlsx"), None, TODAY), TODAY)
    export_list(office, "roster", tmp_path / "导出.xlsx", TODAY)
    values = [c.value for row in load_workbook(tmp_path / "导出.xlsx").active.iter_rows() for c in row]
    assert "138****2000" in values
    assert "13800002000" not in values
    export_list(office, "roster", tmp_path / "完整.xlsx", TODAY, masked=False)
    with office.read() as session:
        assert recent_acts(session, 1)[0].label == "导出行政诉讼法律顾问名册（号码完整显示，15 行）"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@name", '=HYPERLINK("x")', "http://example.org"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path, text):
    write_xlsx(a_report(1, text), tmp_path / "r.xlsx")
    cell = load_workbook(tmp_path / "r.xlsx").active["B4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_an_existing_file_is_not_overwritten_and_an_open_one_is_named(tmp_path):
    path = tmp_path / "r.xlsx"
    write_xlsx(a_report(1), path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="已存在"):
        write_xlsx(a_report(2), path)
    (tmp_path / "~$r.xlsx").write_bytes(b"")
    with pytest.raises(UserError, match="正在 WPS 或 Excel 中打开"):
        write_xlsx(a_report(2), path, overwrite=True)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.xlsx", "~$r.xlsx"]


def test_a_wrong_place_or_suffix_is_said(tmp_path):
    with pytest.raises(UserError, match="不存在"):
        write_xlsx(a_report(1), tmp_path / "没有" / "r.xlsx")
    with pytest.raises(UserError, match=r"应以 \.pdf 结尾"):
        save_pdf(render_pdf(a_report(1)), tmp_path / "r.xlsx")


def test_the_assignment_report_adds_up(demo_office, tmp_path):
    office = demo_office
    wanted = Parameters(date(2025, 1, 1), TODAY, TODAY)
    (document,) = make(office, ASSIGNMENTS, wanted)
    summary, by_agency, cases = document.tables
    totals = summary.totals()
    assert all(check.is_ok for check in document.checks)
    assert (
        totals[5]
        == by_agency.totals()[4]
        == sum("主办" in str(p) or "协办" in str(p) for r in cases.rows for p in str(r[9]).split("\n"))
    )
    assert totals[6] + totals[7] == totals[5]
    assert sum(totals[8:12]) == totals[7]
    for by in ("firm", "agency"):
        (other,) = make(office, ASSIGNMENTS, Parameters(date(2025, 1, 1), TODAY, TODAY, by=by))
        assert other.tables[0].totals()[4] == totals[5]
    notes = write_report(office, ASSIGNMENTS, wanted, tmp_path / "报表.pdf")
    assert all("勾稽" not in note for note in notes)
    write_report(office, ASSIGNMENTS, wanted, tmp_path / "报表.xlsx")
    assert len(load_workbook(tmp_path / "报表.xlsx").sheetnames) == 3


def test_a_span_that_ends_before_it_begins_is_refused(office):
    with pytest.raises(UserError, match="早于统计期间起"):
        make(office, ASSIGNMENTS, Parameters(TODAY, date(2026, 1, 1), TODAY))
