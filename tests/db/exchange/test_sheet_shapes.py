"""Sheets in the shapes that offices keep: what is data is taken, what is not is named, what may be is asked about."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from db.agencies.sheets.imported import AGENCIES
from db.errors import Severity, UserError
from db.exchange.grid import Grid
from db.exchange.header import find_table
from db.exchange.sheet import Action
from db.registry.sheets.imported import PUBLIC_LAWYERS
from db.roster.sheets.imported import ROSTER
from db.services.sheets.imported import SERVICES
from db.words.agency import AgencyKind
from main import main
from tests.conftest import LICENCE, TODAY
from tests.sheets import licence

SHEETS = Path(__file__).parents[2] / "data" / "sheets"
DAY = date(2026, 3, 2)
BEGINNINGS = (
    "审核征地补偿协议",
    "审核：征地补偿协议",
    "制表机采购合同审查",
    "填报系统数据合规审查",
    "合计欠薪 12 万元的调解",
    "小计时器采购合同",
    "备注：补充协议审查",
    "说明：规范性文件起草说明审查",
    "注：册商标使用协议",
    "单位负责人出庭培训",
    "审核",
)
HEADS = ("日期", "事项", "单位", "类别", "履职人员")


def a_row(matter, day=DAY):
    return (day, matter, "区司法局", "审查", "毛青")


def table_of(form, *rows, merged=()):
    return find_table(Grid("表", rows, merged), form)


def a_book(path, *sheets):
    """Save sheets of (name, rows) and return the path."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def people(*names, first=0):
    heads = ("姓名", "律师事务所", "执业证号")
    return [heads, *((name, "示例双港律师事务所", licence(first + 2 * n)) for n, name in enumerate(names))]


def said(plan):
    return [p.sentence() for p in plan.problems]


@pytest.mark.parametrize("matter", BEGINNINGS)
@pytest.mark.parametrize("heads", [HEADS, ("事项", "日期", *HEADS[2:]), ("序号", *HEADS)])
@pytest.mark.parametrize("day", [DAY, None, "2026.3.2"])
def test_no_row_of_data_is_taken_for_the_foot_by_the_word_it_begins_with(matter, heads, day):
    cells = dict(zip(HEADS, a_row(matter, day), strict=True)) | {"序号": 3}
    row = tuple(cells[head] for head in heads)
    table = table_of(SERVICES.form, heads, row, row, ("合计", None, None, None, 2))
    assert [r.values for r in table.rows] == [row, row]
    assert [one.where for one in table.left_out] == ["第 4 行"]


@pytest.mark.parametrize(
    "foot",
    [
        ("合计", 15, None, None, None),
        ("合　计", None, None, "15人", None),
        (None, "总计：15人", None, None, None),
        ("小计", "小计", 3, 4.5, "60%"),
        ("制表人：沈青禾", None, "审核人：", None, "2026年11月24日"),
        ("审核人", "方以宁", "制表人", "沈青禾", None),
        ("单位负责人：＿＿＿＿", None, None, "填表日期：", date(2026, 11, 24)),
        ("备注：以上人员均已聘任", None, None, None, None),
        (None, "注：1.本表一式两份", None, None, None),
        ("第1页 共3页", None, None, None, None),
    ],
)
def test_totals_signatures_and_notes_are_left_out_and_named(foot):
    heads = ("序号", "姓名", "律师事务所", "执业证号", "备注")
    row = (1, "汪晓棠", "示例双港律师事务所", LICENCE, None)
    table = table_of(ROSTER.form, heads, row, foot)
    assert [r.values for r in table.rows] == [row]
    (one,) = table.left_out
    assert one.where == "第 3 行"
    assert "没有导入" in one.text
    assert not one.is_data


def test_whatever_stands_alone_in_the_middle_is_named_or_waits():
    heads = ("日期", "事项", "单位")
    alone = (None, "审核征地补偿协议", None)
    table = table_of(SERVICES.form, heads, alone, (DAY, "事项甲", "区司法局"), alone)
    assert [r.number for r in table.rows] == [2, 3, 4]
    numbered = ("序号", *heads)
    rows = ((1, DAY, "事项甲", None), ("一季度", None, None, None), (2, DAY, "事项乙", None))
    table = table_of(SERVICES.form, numbered, *rows)
    assert [one.text for one in table.left_out] == ["“一季度”没有填在各列之下，没有导入"]


def test_a_lone_number_in_a_column_of_data_is_no_ghost():
    table = table_of(
        ROSTER.form,
        ("序号", "姓名", "律师事务所", "执业证号", "电话"),
        (1, *[None] * 4),
        (*[None] * 4, 13800002200),
    )
    assert [r.number for r in table.rows] == [3]


def test_two_people_side_by_side_are_both_read(office):
    plan = ROSTER.examine(office, SHEETS / "R02_左右两栏.xlsx", None, TODAY)
    assert plan.summary() == "新增 4 人，更新 0 人，跳过 0 行，待更正 0 行"
    assert {row.title for row in plan.rows} == {"程立", "余红", "方志", "毛丽"}


def test_halves_with_numbers_a_gap_and_an_empty_place_are_read_and_said_by_place(office, tmp_path):
    heads = ("序号", "姓名", "律师事务所", "执业证号")
    firm = "示例双港律师事务所"
    rows = [
        (*heads, None, *heads),
        (1, "甲一", firm, licence(0), None, 3, "甲三", firm, licence(4)),
        (2, "甲二", firm, licence(2), None, 4, "甲四", firm, licence(6)[:15]),
        (5, "甲五", firm, licence(8), None, None, None, None, None),
    ]
    plan = ROSTER.examine(office, a_book(tmp_path / "表.xlsx", ("表", rows)), None, TODAY)
    assert plan.counts.new == 4
    assert "第 3 行第 2 栏「执业证号」：应为 17 位数字，现为 15 位" in said(plan)


@pytest.mark.parametrize(
    ("heads", "is_split"),
    [
        (("序号", "姓名", "律所", "证号", "姓名", "律所", "证号"), True),
        (("姓名", "律所", "证号", "", "姓名", "律所", "证号", "", "姓名", "律所", "证号"), True),
        (("姓名", "律所", "证号", "姓名", "律所", "证号", "备注"), False),
        (("姓名", "律所", "证号", "姓名", "电话", "证号"), False),
    ],
)
def test_only_blocks_that_are_alike_are_halves_and_no_column_gets_lost_beside_them(heads, is_split):
    row = tuple(f"甲{at}" if head else None for at, head in enumerate(heads))
    aside = tuple("旁注" if not head else None for head in heads)
    table = table_of(ROSTER.form, heads, row, aside)
    assert (len(table.titles) < len(heads)) is is_split
    values = [value for one in table.rows for value in one.values if value]
    assert sorted(values) == sorted(
        value for value, head in zip(row, heads, strict=True) if head and (head != "序号" or not is_split)
    )
    assert [one.where for one in table.left_out] == (["第 3 行"] if any(aside) else [])


def test_of_two_columns_of_one_name_the_mobile_is_taken_and_the_other_is_said(office):
    plan = ROSTER.examine(office, SHEETS / "R11_重复表头.xlsx", None, TODAY)
    assert plan.rows[0].draft.phone == "13857011001"
    assert "「电话」：第 4 列没有导入：联系电话取自第 5 列，请核对用哪一列" in said(plan)
    assert "「备注」：第 7 列没有导入：备注取自第 6 列，请核对用哪一列" in said(plan)
    assert not plan.is_whole


def test_lines_above_sections_name_the_firm(office):
    plan = ROSTER.examine(office, SHEETS / "R03_按所分节.xlsx", None, TODAY)
    assert [(row.draft.name, row.draft.firm) for row in plan.rows] == [
        ("祝平", "浙江天浩律师事务所"),
        ("姜敏", "浙江天浩律师事务所"),
        ("蓝天", "浙江天浩律师事务所"),
        ("吕青", "浙江南孔律师事务所"),
        ("楼宇", "浙江南孔律师事务所"),
    ]


def test_lines_above_sections_name_the_unit_of_public_lawyers_and_the_kind_of_agencies(office, tmp_path):
    rows = [
        ("序号", "姓名", "发证日期"),
        ("区司法局（2人）", None, None),
        (1, "毛青", date(2021, 6, 1)),
        (2, "徐远", date(2021, 6, 1)),
        ("二、区综合执法局", None, None),
        (1, "叶宁", date(2021, 6, 1)),
    ]
    plan = PUBLIC_LAWYERS.examine(office, a_book(tmp_path / "公.xlsx", ("表", rows)), None, TODAY)
    assert [row.summary.split("，")[0] for row in plan.rows] == ["区司法局", "区司法局", "区综合执法局"]
    rows = [
        ("序号", "单位名称"),
        ("一、乡镇街道", None),
        (1, "示例一中心"),
        ("二、垂直管理单位", None),
        (2, "示例二中心"),
    ]
    plan = AGENCIES.examine(office, a_book(tmp_path / "单.xlsx", ("表", rows)), None, TODAY)
    assert [row.draft.kind for row in plan.rows] == [AgencyKind.SUBDISTRICT, AgencyKind.BRANCH]


def test_sheets_with_the_same_columns_are_read_together_and_said_by_name(database, tmp_path):
    second = [row[::-1] for row in people("乙一", "乙二", first=20)]  # in another order
    second[2] = (licence(22)[:16], *second[2][1:])
    path = a_book(
        tmp_path / "名册.xlsx",
        ("封面", [("行政诉讼法律顾问名册",), ("二〇二六年十一月",)]),
        ("填表说明", [("姓名", "填写全名"), ("律师", "填所有人")]),
        ("一组", people("甲一", "甲二")),
        ("二组", second),
    )
    plan = ROSTER.examine(database, path, None, TODAY)
    assert [row.title for row in plan.rows] == ["甲一", "甲二", "乙一", "乙二"]
    assert "“二组”第 3 行「执业证号」：应为 17 位数字，现为 16 位" in said(plan)
    assert "工作表“封面”：不是顾问名册，没有读入" in said(plan)
    ROSTER.carry_out(database, plan, TODAY)
    only = ROSTER.examine(database, path, "二组", TODAY)
    assert [row.title for row in only.rows] == ["乙一", "乙二"]


def test_a_row_mended_in_the_second_sheet_is_not_that_of_the_first(office, tmp_path):
    path = a_book(tmp_path / "名册.xlsx", ("一组", people("甲一")), ("二组", people("乙一", first=20)))
    examined = ROSTER.open_sheet(office, path)
    number = examined.table.rows[1].number
    plan = ROSTER.plan_of(office, examined, examined.mapping, TODAY, {(number, "name"): "乙壹"}, frozenset())
    assert [row.title for row in plan.rows] == ["甲一", "乙壹"]


def test_a_sheet_with_other_columns_is_named_and_the_exit_code_says_so(file, tmp_path, capsys):
    other = [("律师姓名", "律所", "证号", "学历"), ("乙一", "示例水亭律师事务所", licence(20), "本科")]
    path = a_book(tmp_path / "名册.xlsx", ("一组", people("甲一")), ("二组", other))
    assert main(["import", "roster", str(path), "--db", str(file)]) == 1
    assert "工作表“二组”：有 1 行，列名与所读的表不同，没有读入" in capsys.readouterr().err
    assert main(["import", "roster", str(path), "--db", str(file), "--sheet", "二组"]) == 0
    assert main(["import", "roster", str(path), "--db", str(file), "--sheet", "三组"]) == 1


def test_hidden_sheets_and_rows_are_named_and_come_in_when_asked_for(file, tmp_path, capsys):
    path = a_book(
        tmp_path / "名册.xlsx", ("一组", people("甲一", "甲二", "甲三")), ("旧", people("乙一", first=20))
    )
    book = load_workbook(path)
    book["一组"].row_dimensions[3].hidden = True
    book["旧"].sheet_state = "veryHidden"
    book.save(path)
    command = ["import", "roster", str(path), "--db", str(file)]
    assert main([*command, "--dry-run"]) == 1
    told = capsys.readouterr()
    assert "新增 2 人" in told.out
    assert "第 3 行：“甲二 示例双港律师事务所" in told.err
    assert "工作表“旧”：有 1 行，是隐藏的，没有读入" in told.err
    assert main([*command, "--hidden"]) == 0
    assert "新增 4 人" in capsys.readouterr().out


def test_a_filter_hides_rows_like_a_hand_does(office, tmp_path):
    import xlsxwriter

    path = tmp_path / "筛选.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名册")
        for at, row in enumerate(people("甲一", "甲二")):
            sheet.write_row(at, 0, row)
        sheet.autofilter(0, 0, 2, 2)
        sheet.filter_column(0, "x == 甲一")
        sheet.set_row(2, options={"hidden": True})
    plan = ROSTER.examine(office, path, None, TODAY)
    assert [row.title for row in plan.rows] == ["甲一"]
    assert [p.severity for p in plan.problems if "是隐藏的行" in p.text] == [Severity.WARNING]


def test_a_workbook_with_hidden_tables_only_says_so(office, tmp_path):
    path = a_book(tmp_path / "名册.xlsx", ("说明", [("见另一张表",)]), ("旧", people("甲一")))
    book = load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    with pytest.raises(UserError, match="隐藏的工作表没有读入"):
        ROSTER.examine(office, path, None, TODAY)
    assert ROSTER.examine(office, path, "旧", TODAY).counts.new == 1
    assert ROSTER.examine(office, path, None, TODAY, hidden=True).counts.new == 1


@pytest.mark.parametrize(
    "error",
    ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "=B2", "=VLOOKUP(A2,Z:Z,1,0)"],
)
@pytest.mark.parametrize("as_text", [False, True])
def test_a_cell_that_shows_an_error_or_no_result_waits(office, tmp_path, error, as_text):
    heads = ("姓名", "律师事务所", "执业证号", "电话")
    path = a_book(tmp_path / "名册.xlsx", ("表", [heads, ("汪晓棠", "示例双港律师事务所", LICENCE, "")]))
    book = load_workbook(path)
    cell = book["表"]["D2"]
    cell.value = error
    cell.data_type = "s" if as_text else "f" if error.startswith("=") else "e"
    book.save(path)
    examined = ROSTER.open_sheet(office, path)
    plan = ROSTER.plan_of(office, examined, examined.mapping, TODAY)
    assert [row.action for row in plan.rows] == [Action.MEND]
    assert any(s.startswith("第 2 行「电话」：") and "在此更正" in s for s in said(plan))
    mended = ROSTER.plan_of(office, examined, examined.mapping, TODAY, {(2, "phone"): "13800002200"})
    assert mended.rows[0].draft.phone == "13800002200"


def test_a_formula_with_its_result_is_a_value(office, tmp_path):
    import xlsxwriter

    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("姓名", "律师事务所", "执业证号", "电话", "备注"))
        sheet.write_row(1, 0, ("汪晓棠", "示例双港律师事务所", LICENCE))
        sheet.write_formula(1, 3, "=Z1", None, "13800002200")
        sheet.write_formula(1, 4, '=""', None, "")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "名册.xlsx", "w") as new:
        for name in old.namelist():  # Excel and WPS mark an empty result as a text; the writer does not
            new.writestr(name, old.read(name).replace(b'r="E2"', b'r="E2" t="str"'))
    plan = ROSTER.examine(office, tmp_path / "名册.xlsx", None, TODAY)
    assert plan.rows[0].draft.phone == "13800002200"
    assert plan.rows[0].action is Action.NEW


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
@pytest.mark.parametrize("suffix", ["csv", "txt", "tsv"])
def test_text_files_are_read_in_every_encoding_and_with_every_sign(tmp_path, encoding, sign, suffix):
    from db.exchange.reader_child import _read_text  # the child itself takes half a second each time

    lines = [
        ["姓名", "律师事务所", "执业证号", "专业领域"],
        ["汪晓棠", "示例双港律师事务所", f'="{LICENCE}"', "土地、征收, 信访"],
    ]
    text = "".join(sign.join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in line) + "\r\n" for line in lines)
    data = text.encode(encoding)
    path = tmp_path / f"名册.{suffix}"
    path.write_bytes(b"\xfe\xff" + data if encoding == "utf-16-be" else data)
    (read,) = _read_text(path)["read"]
    assert read["rows"][1] == ["汪晓棠", "示例双港律师事务所", LICENCE, "土地、征收, 信访"]


def test_a_unicode_text_of_excel_comes_in_as_a_file(office, tmp_path):
    path = tmp_path / "名册.txt"
    path.write_text(f"姓名\t律师事务所\t执业证号\n汪晓棠\t示例双港律师事务所\t{LICENCE}\n", encoding="utf-16")
    assert ROSTER.examine(office, path, None, TODAY).counts.new == 1


def test_two_merged_groups_in_a_header_of_two_rows(office, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "律师事务所", "执业证号", "联系方式", None, "聘期", None])
    sheet.append([None, None, None, "手机", "邮箱", "起", "止"])
    for letter in "ABC":
        sheet.merge_cells(f"{letter}1:{letter}2")
    sheet.merge_cells("D1:E1")
    sheet.merge_cells("F1:G1")
    sheet.append(
        ["汪晓棠", "示例双港律师事务所", LICENCE, "13800002200", "wang@example.cn", "2025.6.1", "2027.5.31"]
    )
    book.save(tmp_path / "名册.xlsx")
    draft = ROSTER.examine(office, tmp_path / "名册.xlsx", None, TODAY).rows[0].draft
    assert (draft.phone, draft.email) == ("13800002200", "wang@example.cn")
    assert (draft.term_from, draft.term_to) == (date(2025, 6, 1), date(2027, 5, 31))


def test_both_ends_in_brackets_are_two_columns(office, tmp_path):
    heads = ("姓名", "律师事务所", "执业证号", "聘期（起）", "聘期（止）")
    row = ("汪晓棠", "示例双港律师事务所", LICENCE, "2025.6.1", "2027.5.31")
    draft = (
        ROSTER.examine(office, a_book(tmp_path / "名册.xlsx", ("表", [heads, row])), None, TODAY)
        .rows[0]
        .draft
    )
    assert (draft.term_from, draft.term_to) == (date(2025, 6, 1), date(2027, 5, 31))


@pytest.mark.parametrize("title", ["项目名称", "主管部门", "上级单位", "被征收人名称"])
def test_no_column_is_an_agencys_name_because_of_a_word_in_its_title(title):
    assert AGENCIES.form.guess(("序号", title, "联系人")) == {2: "contact"}


def test_columns_that_are_not_taken_are_named(office, tmp_path):
    heads = ("姓名", "律师事务所", "执业证号", "星座", "入党时间")
    row = ("汪晓棠", "示例双港律师事务所", LICENCE, "天蝎", None)
    plan = ROSTER.examine(office, a_book(tmp_path / "名册.xlsx", ("表", [heads, row])), None, TODAY)
    assert "没有对应的字段，没有导入的列：“星座”" in said(plan)
    assert plan.is_whole


def test_the_dry_run_ends_like_the_import_would(file, tmp_path):
    path = a_book(tmp_path / "名册.xlsx", ("表", [("姓名", "性别", "执业证号"), ("祝平", "男", licence(0))]))
    command = ["import", "roster", str(path), "--db", str(file)]
    assert main([*command, "--dry-run"]) == main(command) == 1
    good = a_book(tmp_path / "好.xlsx", ("表", people("甲一")))
    command = ["import", "roster", str(good), "--db", str(file)]
    assert [main([*command, "--dry-run"]), main(command), main([*command, "--dry-run"]), main(command)] == [
        0
    ] * 4


@pytest.mark.parametrize("words", ["长期", "至今", "无固定期限", " 长期有效 "])
@pytest.mark.parametrize("columns", [("聘期起", "聘期止"), ("聘期",), ("聘任时间",)])
def test_a_term_without_an_end_is_said_and_the_person_comes_in(office, tmp_path, words, columns):
    cells = ("2025.3.1", words) if len(columns) == 2 else (f"2025.3.1-{words.strip()}",)
    heads = ("姓名", "律师事务所", "执业证号", *columns)
    row = ("汪晓棠", "示例双港律师事务所", LICENCE, *cells)
    plan = ROSTER.examine(office, a_book(tmp_path / "名册.xlsx", ("表", [heads, row])), None, TODAY)
    assert plan.rows[0].action is Action.NEW
    assert plan.rows[0].draft.term_to is None
    assert any("没有聘期止，聘期没有登记（聘期起 2025-03-01）" in s for s in said(plan))


@pytest.mark.parametrize("title", ["聘任时间", "聘期", "聘期起"])
@pytest.mark.parametrize(
    "typed",
    ["二〇二五年三月一日至二〇二八年二月二十九日", "自2025年3月1日起至2028年2月29日止", "20250301-20280229"],
)
def test_both_ends_in_one_cell_are_read_under_any_of_its_titles(office, tmp_path, title, typed):
    rows = [("姓名", "律师事务所", "执业证号", title), ("汪晓棠", "示例双港律师事务所", LICENCE, typed)]
    draft = ROSTER.examine(office, a_book(tmp_path / "名册.xlsx", ("表", rows)), None, TODAY).rows[0].draft
    assert (draft.term_from, draft.term_to) == (date(2025, 3, 1), date(2028, 2, 29))


def test_dates_and_terms_of_the_sheets_that_were_met_are_read_or_wait(office):
    days = ROSTER.examine(office, SHEETS / "R04_日期写法.xlsx", None, TODAY)
    assert [row.draft.term_to for row in days.rows][1] == date(2028, 2, 29)
    assert sum("没有聘期止" in s for s in said(days)) == 2
    terms = ROSTER.examine(office, SHEETS / "R10_聘期写法.xlsx", None, TODAY)
    assert [row.number for row in terms.rows if row.action is Action.MEND] == [2, 7, 10]
    cut = ROSTER.examine(office, SHEETS / "R14_日期写法2.xlsx", None, TODAY)
    waiting = next(row for row in cut.rows if row.number == 19)
    assert waiting.action is Action.MEND
    assert any("分不清是 10 月还是 1 月" in p.text for p in waiting.problems)


def test_a_month_that_excel_cut_waits_in_text_files_and_pasted_blocks_and_until_it_is_written_out(office):
    block = (
        f"姓名\t律师事务所\t执业证号\t聘期起\t聘期止\n汪晓棠\t示例双港律师事务所\t{LICENCE}\t2025.1\t2028.12"
    )
    examined = ROSTER.open_pasted(office, block)

    def after(text):
        mended = {(2, "term_from"): text} if text else {}
        return ROSTER.plan_of(office, examined, examined.mapping, TODAY, mended).rows[0]

    assert after("").action is after("2025.1").action is Action.MEND
    assert after("2025.10").draft.term_from == date(2025, 10, 1)


def test_a_time_where_a_day_belongs_waits_and_says_so(office):
    plan = SERVICES.examine(office, SHEETS / "S01_法律顾问工作台账.xlsx", None, TODAY)
    assert any("写的是一段时间，请只写一天" in s and s.startswith("第 6 行") for s in said(plan))
    assert not any("没有找到单位" in s for s in said(plan))


def test_the_units_of_a_registry_are_known_by_their_short_names(office):
    plan = PUBLIC_LAWYERS.examine(office, SHEETS / "P01_公职律师名册.xlsx", None, TODAY)
    assert not any("没有找到单位" in s for s in said(plan))
    assert plan.counts.new + plan.counts.to_mend == 10


def test_who_was_dismissed_or_suspended_or_lost_his_certificate_does_not_come_in_as_if_nothing_were(
    office, tmp_path
):
    heads = ("姓名", "律师事务所", "执业证号", "聘期起", "聘期止", "状态")
    rest = ("示例双港律师事务所", licence(0), "2025.6.1", "2027.5.31")
    rows = [heads, ("甲一", *rest, "暂停承办"), ("甲二", rest[0], licence(2), *rest[2:], "已解聘")]
    plan = ROSTER.examine(office, a_book(tmp_path / "名册.xlsx", ("表", rows)), None, TODAY)
    assert "第 2 行「状态」：表中状态为暂停承办，导入后按在聘登记，请随即办理“暂停承办”" in said(plan)
    assert plan.rows[1].draft.term_from is None
    heads = ("姓名", "单位", "发证日期", "状态", "年度考核")
    rows = [heads, ("毛青", "区司法局", date(2021, 6, 1), "注销", "2024年度：优秀、2025 称职")]
    plan = PUBLIC_LAWYERS.examine(office, a_book(tmp_path / "公.xlsx", ("表", rows)), None, TODAY)
    draft = plan.rows[0].draft
    assert draft.certificates == ()
    assert [(y.year, y.result.value) for y in draft.years] == [(2024, "优秀"), (2025, "称职")]


def test_a_sheet_that_goes_on_without_a_header_is_no_cover(file, tmp_path, capsys):
    going_on = people("乙一", "乙二", first=20)[1:]
    path = a_book(tmp_path / "名册.xlsx", ("一组", people("甲一")), ("续", going_on))
    assert main(["import", "roster", str(path), "--db", str(file), "--dry-run"]) == 1
    assert "工作表“续”：认不出顾问名册的列名，没有读入" in capsys.readouterr().err


def test_of_two_rows_for_one_the_first_counts_and_other_content_is_said(office, tmp_path):
    path = a_book(
        tmp_path / "名册.xlsx",
        ("2025", people("甲一")),
        ("2026", [*people("甲一")[:1], ("甲一", "示例水亭律师事务所", licence(0))]),
    )
    assert "“2026”第 2 行「整行」：与“2025”第 2 行是同一人而内容不同，以先出现的为准，这一行没有导入" in said(
        ROSTER.examine(office, path, None, TODAY)
    )
    rows = [("单位名称", "联系人"), ("区司法局", "叶宁"), ("衢州市柯城区司法局", "严安")]
    plan = AGENCIES.examine(office, a_book(tmp_path / "单.xlsx", ("表", rows)), None, TODAY)
    assert [row.action for row in plan.rows] == [Action.UPDATE, Action.SKIP]
    AGENCIES.carry_out(office, plan, TODAY)


@pytest.mark.parametrize("suffix", ["xls", "et"])
def test_an_old_workbook_tells_its_errors_and_hidden_rows_too(office, tmp_path, suffix):
    import xlwt

    path = tmp_path / f"名册.{suffix}"
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for at, row in enumerate(people("甲一", "甲二", "甲三")):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    sheet.write(0, 3, "电话")
    sheet.row(1).set_cell_error(3, 0x2A)
    sheet.row(2).hidden = True
    book.save(str(path))
    plan = ROSTER.examine(office, path, None, TODAY)
    assert [(row.title, row.action) for row in plan.rows] == [("甲一", Action.MEND), ("甲三", Action.NEW)]
    assert any("单元格显示为 #N/A" in s for s in said(plan))
    assert any("第 3 行：“甲二" in s for s in said(plan))


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="名册">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""
ODS_ERROR = (
    '<table:table-cell table:formula="of:=#REF!.A1" office:value-type="string" office:string-value=""'
    ' calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
)


def test_an_opendocument_table_tells_its_errors_and_filtered_rows_too(office, tmp_path):
    path = tmp_path / "名册.ods"
    lines = []
    for at, row in enumerate(people("甲一", "甲二", "甲三")):
        last = "电话" if at == 0 else ""
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in (*row, *([last] if last else []))
        )
        state = ' table:visibility="filter"' if at == 2 else ""
        lines.append(f"<table:table-row{state}>{cells}{ODS_ERROR if at == 1 else ''}</table:table-row>")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows="".join(lines)))
    plan = ROSTER.examine(office, path, None, TODAY)
    assert [(row.title, row.action) for row in plan.rows] == [("甲一", Action.MEND), ("甲三", Action.NEW)]
    assert any("单元格显示为 #REF!" in s for s in said(plan))
    assert any("第 3 行：“甲二" in s for s in said(plan))


def test_a_workbook_with_entities_of_its_own_is_refused(office, tmp_path):
    path = a_book(tmp_path / "名册.xlsx", ("表", people("甲一")))
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "炸.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, bomb + data if name == "xl/worksheets/sheet1.xml" else data)
    with pytest.raises(UserError, match="已损坏"):
        ROSTER.examine(office, tmp_path / "炸.xlsx", None, TODAY)
