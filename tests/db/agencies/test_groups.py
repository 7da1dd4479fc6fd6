"""A table whose rows are summed up in groups: the same sums on paper and in the workbook, and no sum alone."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from db.documents.model import Align, Column, Group, Kind, Subset, Table, share, table_report
from db.documents.pdf import render_pdf
from db.documents.xlsx import write_xlsx
from tests.formulas import disagreements

COLUMNS = (
    Column("序号", Kind.NUMBER, 4),
    Column("单位", weight=16),
    Column("执法权", weight=5, align=Align.CENTRE),
    Column("人数", Kind.NUMBER, 6, total=True),
    Column("持证", Kind.NUMBER, 6, total=True),
    Column("占比", Kind.PERCENT, 6, ratio=("持证", "人数")),
    Column("覆盖", weight=5, align=Align.CENTRE, counts="是"),
)


def a_table(*lengths, **changes):
    rows, groups = [], []
    for kind, length in zip(("部门", "街道", "乡镇"), lengths, strict=True):
        for _ in range(length):
            n = len(rows) + 1
            people, licensed = n % 5 * 10, n % 3
            has, covered = "有" if n % 2 else "无", "是" if n % 4 else "否"
            name = f"示例第{n}单位" + "名称特别长" * (n % 7 == 0)
            rows.append((n, name, has, people, licensed, share(licensed, people), covered))
        groups.append(Group(f"{kind}小计", length))
    given = {"groups": tuple(groups), "subsets": (Subset("其中：有执法权", "执法权", "有"),)}
    return Table(COLUMNS, rows, **(given | changes))


def a_report(table):
    return table_report("示例统计表", ("填报单位：示例", "共"), (table,), (("审核人", ""),))


def test_each_group_a_subset_and_all_are_summed_up_with_counts_and_quotients():
    table = a_table(4, 3, 2)
    (first, rows), (second, _), _ = table.parts()
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert table.summed(rows)[3:] == [100, 4, 0.04, 3]
    assert table.summed(table.chosen(table.subsets[0]))[6] == 5
    assert table.totals()[3:] == [200, 9, 0.045, 7]
    assert (first.label, second.label) == ("部门小计", "街道小计")


@pytest.mark.parametrize("lengths", [(29, 10, 10), (1, 1, 1), (2, 0, 5)])
def test_every_formula_in_the_workbook_comes_to_the_value_beside_it(tmp_path, lengths):
    file = tmp_path / "表.xlsx"
    write_xlsx(a_report(a_table(*lengths)), file)
    formulas, cached = load_workbook(file).active, load_workbook(file, data_only=True).active
    wrong, seen = disagreements(formulas, cached)
    assert wrong == []
    groups = sum(1 for n in lengths if n)
    assert seen == sum(lengths) + 4 * (groups + 2)  # a quotient each row, four in each row that sums up
    bottom = next(row for row in cached.iter_rows(values_only=True) if row[0] == "合计")
    assert bottom[3] == sum(row[3] for row in a_table(*lengths).rows)


def test_a_filter_over_the_groups_leaves_the_sums_to_what_is_shown(tmp_path):
    file = tmp_path / "表.xlsx"
    write_xlsx(a_report(a_table(3, 2, 2)), file)
    sheet = load_workbook(file).active
    assert sheet.auto_filter.ref == "A3:G13"
    assert sheet["D14"].value == '=SUMIF(C4:C13,"有",D4:D13)'
    assert sheet["D15"].value == "=SUBTOTAL(9,D4:D13)"
    assert sheet.row_dimensions[4].outlineLevel == 1


@pytest.mark.parametrize("first", range(22, 34))
def test_on_paper_the_header_repeats_and_no_sum_begins_a_page(first):
    pages = [
        [line.replace(" ", "") for line in page.extract_text().splitlines()]
        for page in PdfReader(BytesIO(render_pdf(a_report(a_table(first, 10, 10))).data)).pages
    ]
    assert len(pages) > 1
    for lines in pages:
        at = next(at for at, line in enumerate(lines) if "覆盖" in line)
        assert lines[at].startswith("序号")
        assert lines[at + 1][0].isdigit()
    text = "".join(line for lines in pages for line in lines)
    for label in ("部门小计", "街道小计", "乡镇小计", "其中：有执法权", "审核人"):
        assert text.count(label) == 1


def test_without_groups_a_table_stays_as_it_was(tmp_path):
    file = tmp_path / "表.xlsx"
    write_xlsx(a_report(a_table(3, 2, 2, groups=(), subsets=())), file)
    sheet = load_workbook(file).active
    assert sheet["D11"].value == "=SUM(D4:D10)"
    assert not sheet.row_dimensions[4].outlineLevel


def test_a_note_longer_than_the_table_is_wide_has_the_height_that_it_needs(tmp_path):
    file = tmp_path / "表.xlsx"
    write_xlsx(a_report(a_table(1, 1, 1, notes=("注：短。", "口径" * 100))), file)
    sheet = load_workbook(file).active
    short, long = (cell.row for cell in sheet["A"] if str(cell.value).startswith(("注：", "口径")))
    assert sheet.row_dimensions[short].height < 20  # one line
    assert sheet.row_dimensions[long].height >= 60
