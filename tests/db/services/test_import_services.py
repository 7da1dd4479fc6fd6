"""Lists of agencies and service logs as clerks keep them come in row by row, once, and go out with one undo."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from db.agencies.acts.changes import rename_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys
from db.agencies.rules.agencies import RenameDraft
from db.agencies.sheets.imported import AGENCIES
from db.catalogue.lists import export_list, save_failing_rows
from db.errors import UserError
from db.exchange.sheet import Action
from db.registry.queries.public_lawyers import public_lawyers
from db.registry.sheets.imported import PUBLIC_LAWYERS
from db.services.queries.log import LogFilter, log_keys, log_rows
from db.services.rules.entry import hours_of, kind_of
from db.services.sheets.imported import SERVICES
from db.services.sheets.lines import day_of
from db.words.agency import AgencyKind
from db.words.service import ServiceKind
from main import main
from tests.conftest import LICENCE, TODAY
from tests.db.services.test_service_log import a_public_lawyer, agency_of
from tests.db.store.test_acts import enter_lawyer

SERVICE_HEADS = ("序号", "日期", "服务单位", "服务类型", "承办人", "事项", "办理结果", "时长")


def a_book(path: Path, title: str, heads, rows, totals=True) -> Path:
    """Save a sheet under a merged title and a line with unit and date, with a line of totals below."""
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet.append(["填报单位：示例司法局"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    if totals:
        sheet.append(["合计", len(rows)])
    book.save(path)
    return path


def service_book(tmp_path, *rows):
    return a_book(tmp_path / "履职台账.xlsx", "2026年法律服务登记台账", SERVICE_HEADS, rows)


def sentences(plan):
    return [p.sentence() for p in plan.problems]


def lines(office):
    with office.read() as session:
        keys = log_keys(session, LogFilter())
        rows = log_rows(session, keys)
        return [rows[key] for key in keys]


def test_a_service_log_of_a_clerk_comes_in_whole_and_once(office, tmp_path):
    agency = agency_of(office)
    public, lawyer = a_public_lawyer(office, agency), enter_lawyer(office)
    path = service_book(
        tmp_path,
        (1, date(2026, 3, 2), "区综合执法局", "合法性审核", "毛青", "处罚决定审核", "提出意见 2 条", 1.5),
        (2, "2026年4月8日", "衢州市柯城区市场监督管理局", "合同", "汪晓棠", "采购合同审查", "", ""),
        (3, "2026.5.6", "区综合执法局", "法律咨询", "示例外聘", "答复信访问题", "", "2小时"),
    )
    plan = SERVICES.examine(office, path, None, TODAY)
    assert plan.summary() == "新增 3 条，更新 0 条，跳过 0 行，待更正 0 行"
    assert lines(office) == []
    SERVICES.carry_out(office, plan, TODAY)
    shown = [(r.on, r.agency, r.kind, r.who, r.hours) for r in lines(office)]
    assert shown == [
        (date(2026, 5, 6), "区综合执法局", ServiceKind.OPINION, "示例外聘", 2.0),
        (date(2026, 4, 8), "区市场监管局", ServiceKind.CONTRACT_REVIEW, "汪晓棠", None),
        (date(2026, 3, 2), "区综合执法局", ServiceKind.LEGALITY_REVIEW, "毛青", 1.5),
    ]
    drafts = [row.draft for row in plan.rows]
    assert [(d.public_lawyer_id, d.lawyer_id, d.person) for d in drafts] == [
        (public, None, ""),
        (None, lawyer, ""),
        (None, None, "示例外聘"),
    ]
    assert "第 6 行「承办人」：库中没有“示例外聘”，按姓名登记，不计入个人履职" in sentences(plan)
    again = SERVICES.examine(office, path, None, TODAY)
    assert again.summary() == "新增 0 条，更新 0 条，跳过 3 行，待更正 0 行"
    assert list(office.file.parent.joinpath("备份").glob("*-导入前.db"))
    assert office.undo() == "导入履职登记表：新增 3 条，更新 0 条"
    assert lines(office) == []


def test_each_mistake_of_a_service_log_is_named_by_row_and_column_and_the_rest_comes_in(office, tmp_path):
    path = service_book(
        tmp_path,
        (1, "三月初", "区综合执法局", "审查", "毛青", "事项甲", "", ""),
        (2, date(2026, 3, 2), "示例不存在局", "审查", "毛青", "事项乙", "", ""),
        (3, date(2027, 3, 2), "区综合执法局", "喝茶", "毛青", "事项丙", "", "很久"),
        (4, date(2026, 3, 2), "区综合执法局", "审查", "毛青", "", "", ""),
        (5, date(2026, 3, 2), "区综合执法局", "审查", "毛青", "事项戊", "", ""),
        (6, date(2026, 3, 2), "区综合执法局", "审查", "毛青", "事项戊", "", ""),
    )
    plan = SERVICES.examine(office, path, None, TODAY)
    said = sentences(plan)
    for expected in (
        "第 4 行「日期」：看不懂这个日期，应写成 2026-12-01 的样子，现为“三月初”",
        "第 5 行「服务单位」：没有找到单位“示例不存在局”。请写全称或简称，或先在单位名录中新增",
        "第 6 行「日期」：2027-03-02 还没有到。已提供的服务才登记，请核对日期",
        "第 6 行「时长」：应写成小时数，如 1.5，现为“很久”",
        "第 7 行「事项」：请写明服务事项",
        "第 9 行「整行」：与第 8 行相同，跳过",
    ):
        assert expected in said
    assert not any("没有选择单位" in s for s in said)  # said once: it was not found
    assert any(s.startswith("第 6 行「服务类型」：应为应诉出庭、合法性审查") for s in said)
    assert [row.action for row in plan.rows] == [Action.MEND] * 4 + [Action.NEW, Action.SKIP]
    assert save_failing_rows(plan, tmp_path / "待更正.xlsx") == 4
    SERVICES.carry_out(office, plan, TODAY)
    assert [r.matter for r in lines(office)] == ["事项戊"]


def test_a_cell_mended_in_the_dialog_comes_in(office, tmp_path):
    path = service_book(tmp_path, (1, "三月初", "某局", "审查", "毛青", "事项甲", "", ""))
    examined = SERVICES.open_sheet(office, path)
    mended = {(4, "on_date"): "2026-03-01", (4, "agency"): "区综合执法局"}
    plan = SERVICES.plan_of(office, examined, examined.mapping, TODAY, mended)
    assert plan.rows[0].action is Action.NEW
    assert plan.rows[0].draft.agency_id == agency_of(office)


def test_a_service_log_finds_an_agency_under_its_old_name(office, tmp_path):
    agency = agency_of(office)
    with office.write("更名") as session:
        version = agency_draft(session, agency).version
        draft = RenameDraft("示例指导局", "区指导局", date(2026, 11, 1), "示例文件", version)
        rename_agency(session, agency, draft, TODAY)
    path = service_book(tmp_path, (1, date(2026, 3, 2), "区综合执法局", "审查", "毛青", "事项", "", ""))
    SERVICES.carry_out(office, SERVICES.examine(office, path, None, TODAY), TODAY)
    (line,) = lines(office)
    assert (line.agency_id, line.agency) == (agency, "区综合执法局")


def test_agencies_of_a_clerks_list_come_in_and_known_ones_are_updated(office, tmp_path):
    heads = ("序号", "单位名称", "单位类型", "执法权", "联系人", "电话", "报备时间", "统一社会信用代码")
    path = a_book(
        tmp_path / "单位.xlsx",
        "柯城区单位名录",
        heads,
        [
            (1, "衢州市柯城区综合行政执法局", "", "有", "叶宁", "138 0000 2222", "2026.3.2", ""),
            (2, "中共衢州市柯城区委组织部", "", "", "", "", "", ""),
            (3, "示例数据局", "政府部门", "无", "", "", "", "11330802002621484G"),
            (4, "示例数据局", "", "", "", "", "", ""),
            (5, "", "", "有", "严安", "", "", ""),
        ],
    )
    plan = AGENCIES.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [
        Action.UPDATE, Action.NEW, Action.NEW, Action.SKIP, Action.MEND,
    ]  # fmt: skip
    assert {t: new for t, _, new in plan.rows[0].changes} == {
        "联络员": "叶宁",
        "联系电话": "13800002222",
        "报备日期": "2026-03-02",
    }
    assert plan.summary() == "新增 2 个单位，更新 1 个单位，跳过 1 行，待更正 1 行"
    AGENCIES.carry_out(office, plan, TODAY)
    with office.read() as session:
        (party,) = agency_keys(session, AgencyFilter(text="组织部"), TODAY)
        draft = agency_draft(session, party)
        assert (draft.kind, draft.has_enforcement) == (AgencyKind.PARTY, False)
        known = agency_draft(session, agency_keys(session, AgencyFilter(text="综合执法"), TODAY)[0])
        assert (known.contact, known.short_name) == ("叶宁", "区综合执法局")
        assert len(agency_keys(session, AgencyFilter(), TODAY)) == 51
    assert AGENCIES.examine(office, path, None, TODAY).summary().startswith("新增 0 个单位，更新 0 个单位")
    office.undo()
    with office.read() as session:
        assert len(agency_keys(session, AgencyFilter(), TODAY)) == 49


def test_a_list_never_renames_an_agency_that_is_known_by_its_code(office, tmp_path):
    heads = ("单位名称", "信用代码", "联系人")
    code = "11330802002621484G"
    first = a_book(tmp_path / "甲.xlsx", "名录", heads, [("衢州市柯城区司法局", code, "叶宁")])
    AGENCIES.carry_out(office, AGENCIES.examine(office, first, None, TODAY), TODAY)
    second = a_book(tmp_path / "乙.xlsx", "名录", heads, [("柯城区法治局", code, "严安")])
    plan = AGENCIES.examine(office, second, None, TODAY)
    assert any("如已更名，请用“更名”办理" in s for s in sentences(plan))
    AGENCIES.carry_out(office, plan, TODAY)
    with office.read() as session:
        draft = agency_draft(session, agency_keys(session, AgencyFilter(text="司法局"), TODAY)[0])
    assert (draft.name, draft.contact) == ("衢州市柯城区司法局", "严安")


def test_a_sheet_without_the_columns_it_needs_says_which(office, tmp_path):
    path = a_book(tmp_path / "表.xlsx", "台账", ("单位", "承办人"), [("区司法局", "毛青")])
    assert sentences(SERVICES.examine(office, path, None, TODAY)) == [
        "「日期」：表中没有「日期」一列，请在左侧指定哪一列是日期",
        "「服务事项」：表中没有「服务事项」一列，请在左侧指定哪一列是服务事项",
    ]
    empty = a_book(tmp_path / "空.xlsx", "台账", SERVICE_HEADS, [], totals=False)
    with pytest.raises(UserError, match="只有表头，没有服务"):
        SERVICES.examine(office, empty, None, TODAY)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("行政复议应诉", ServiceKind.APPEARANCE),
        ("重大行政决策合法性审查", ServiceKind.LEGALITY_REVIEW),
        ("合同审核", ServiceKind.CONTRACT_REVIEW),
        ("专题讲座", ServiceKind.TRAINING),
        ("会商研判", ServiceKind.CONSULTATION),
        ("随便", None),
    ],
)
def test_kinds_are_understood_as_clerks_call_them(word, kind):
    assert kind_of(word) is kind


@pytest.mark.parametrize(
    ("typed", "hours"), [("1.5", 1.5), ("２小时", 2.0), ("", None), ("1。5", 1.5), ("-3", None)]
)
def test_hours_are_read_or_refused(typed, hours):
    found, trouble = hours_of(typed)
    assert found == hours
    assert bool(trouble) == (typed == "-3")


PUBLIC_HEADS = (
    "序号",
    "姓名",
    "性别",
    "工作单位",
    "科室",
    "职务",
    "公职律师证号",
    "发证日期",
    "有效期至",
    "手机",
)


def public_book(tmp_path, *rows, name="公职律师.xlsx"):
    return a_book(tmp_path / name, "柯城区公职律师名册", PUBLIC_HEADS, rows)


def registry(office):
    with office.read() as session:
        return {row.name: row for row in public_lawyers(session, TODAY)}


def test_public_lawyers_of_a_clerks_sheet_come_in_are_updated_and_never_moved(office, tmp_path):
    number = "13308202160000016"
    path = public_book(
        tmp_path,
        (
            1,
            "毛　青",
            "女",
            "区综合执法局",
            "法规科",
            "科长",
            "13308202161000017",
            "2021.6",
            "",
            "13800002222",
        ),
        (2, "徐远", "男", "衢州市柯城区司法局", "", "", number, date(2021, 6, 1), "2027-12-31", ""),
        (3, "严安", "男", "区示例局", "", "", "", "", "", ""),
        (4, "叶宁", "女", "区司法局", "", "", "", "", "", ""),
        (5, "徐远", "男", "区司法局", "", "", number, date(2021, 6, 1), "", ""),
    )
    plan = PUBLIC_LAWYERS.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [
        Action.NEW, Action.NEW, Action.MEND, Action.NEW, Action.SKIP,
    ]  # fmt: skip
    said = sentences(plan)
    assert "第 6 行「工作单位」：没有找到单位“区示例局”。请写全称或简称，或先在单位名录中新增" in said
    assert "第 7 行「发证日期」：没有发证日期，只登记人员，不登记证书，不计入配备" in said
    PUBLIC_LAWYERS.carry_out(office, plan, TODAY)
    found = registry(office)
    assert set(found) == {"毛青", "徐远", "叶宁"}
    first = found["毛青"]
    assert (first.agency, first.department, first.post) == ("区综合执法局", "法规科", "科长")
    assert (first.valid_from, first.is_in_force) == (date(2021, 6, 1), True)
    assert found["徐远"].valid_to == date(2027, 12, 31)
    assert not found["叶宁"].is_in_force
    again = PUBLIC_LAWYERS.examine(office, path, None, TODAY)
    assert again.summary() == "新增 0 人，更新 0 人，跳过 4 行，待更正 1 行"
    moved = public_book(
        tmp_path,
        (1, "毛青", "女", "区司法局", "", "", "13308202161000017", "2021.6", "", "13900003333"),
        name="调动.xlsx",
    )
    plan = PUBLIC_LAWYERS.examine(office, moved, None, TODAY)
    assert plan.rows[0].changes == (("联系电话", "13800002222", "13900003333"),)
    assert any("如已调动，请用“调动”办理" in s for s in sentences(plan))
    PUBLIC_LAWYERS.carry_out(office, plan, TODAY)
    assert registry(office)["毛青"].agency == "区综合执法局"
    assert office.undo() == "导入公职律师名册：新增 0 人，更新 1 人"
    office.undo()
    assert registry(office) == {}


def test_a_lawyer_of_the_pool_does_not_come_in_as_a_public_lawyer_律师法第十一条(office, tmp_path):
    enter_lawyer(office)
    path = public_book(tmp_path, (1, "汪晓棠", "男", "区司法局", "", "", LICENCE, date(2021, 6, 1), "", ""))
    plan = PUBLIC_LAWYERS.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.MEND]
    with pytest.raises(UserError, match="没有可以导入的行"):
        PUBLIC_LAWYERS.carry_out(office, plan, TODAY)


def test_the_command_line_imports_each_kind_and_says_what_waits(file, tmp_path, capsys):
    path = service_book(
        tmp_path,
        (1, date(2026, 3, 2), "区综合执法局", "审查", "毛青", "处罚审核", "", ""),
        (2, date(2026, 3, 2), "某局", "审查", "毛青", "处罚审核", "", ""),
    )
    assert main(["import", "services", str(path), "--db", str(file), "--dry-run"]) == 1
    told = capsys.readouterr()
    assert "检查完毕，没有写入：新增 1 条" in told.out
    assert "第 5 行「服务单位」：没有找到单位“某局”" in told.err
    assert main(["import", "services", str(path), "--db", str(file)]) == 1
    assert "已导入：新增 1 条" in capsys.readouterr().out
    book = public_book(tmp_path, (1, "毛青", "女", "区司法局", "", "", "", "2021.6", "", ""))
    assert main(["import", "public-lawyers", str(book), "--db", str(file)]) == 0
    heads = ("单位名称", "联系人")
    listed = a_book(tmp_path / "单位.xlsx", "名录", heads, [("衢州市柯城区司法局", "叶宁")])
    assert main(["import", "agencies", str(listed), "--db", str(file)]) == 0
    assert "更新 1 个单位" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed",
    [
        "2026年11月3号",
        "11月3号",
        "２０２６．１１．３",
        "2026/11/3 0:00",
        "2026年11月3日 星期二",
        "11月3日（周二）",
        "46329",
        "2026。11。3",
    ],
)
def test_days_are_read_as_clerks_and_wps_write_them(typed):
    assert day_of(typed, TODAY) == date(2026, 11, 3)


def test_what_is_no_day_stays_none():
    for typed in ("11.31", "2026-02-30", "123456", "星期二", "0:00", "三月初"):
        assert day_of(typed, TODAY) is None


def test_a_name_that_the_city_has_too_waits_with_the_agency_it_may_mean(office, tmp_path):
    path = service_book(tmp_path, (1, date(2026, 3, 2), "统计局", "审查", "毛青", "事项", "", ""))
    (row,) = SERVICES.examine(office, path, None, TODAY).rows
    assert row.action is Action.MEND
    assert any("可能是" in problem.text and "统计局" in problem.text for problem in row.problems)


@pytest.mark.parametrize("called", ["柯城区统计局", "区 统计局", "衢州市 柯城区统计局"])
def test_an_agency_is_found_by_what_clerks_call_it(office, tmp_path, called):
    path = service_book(tmp_path, (1, date(2026, 3, 2), called, "审查", "毛青", "事项", "", ""))
    SERVICES.carry_out(office, SERVICES.examine(office, path, None, TODAY), TODAY)
    assert [line.agency for line in lines(office)] == ["区统计局"]


def test_a_list_with_a_shorter_name_makes_no_second_agency(office, tmp_path):
    rows = [("柯城区统计局", "叶宁"), ("七里乡政府", "严安")]
    path = a_book(tmp_path / "单位.xlsx", "名录", ("单位名称", "联系人"), rows)
    plan = AGENCIES.examine(office, path, None, TODAY)
    assert plan.summary() == "新增 0 个单位，更新 2 个单位，跳过 0 行，待更正 0 行"
    assert any("视为“衢州市柯城区统计局”；如是另一个单位，请写全称" in s for s in sentences(plan))
    AGENCIES.carry_out(office, plan, TODAY)
    with office.read() as session:
        (key,) = agency_keys(session, AgencyFilter(text="统计局"), TODAY)
        draft = agency_draft(session, key)
    assert (draft.name, draft.contact) == ("衢州市柯城区统计局", "叶宁")


def test_a_day_without_a_year_comes_in_and_a_year_that_is_a_slip_does_not(office, tmp_path):
    path = service_book(
        tmp_path,
        (1, "11月3日", "区综合执法局", "审查", "毛青", "事项甲", "", "２．５"),
        (2, "0206-11-03", "区综合执法局", "审查", "毛青", "事项乙", "", ""),
    )
    plan = SERVICES.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.NEW, Action.MEND]
    assert (plan.rows[0].draft.on_date, plan.rows[0].draft.hours) == (date(2026, 11, 3), 2.5)
    assert any(
        "第 5 行「日期」：年份应在 1949 至 2100 之间，现为 0206-11-03" in said for said in sentences(plan)
    )


def test_a_name_with_a_remark_means_the_person_and_who_is_here_is_not_said_to_be_elsewhere(office, tmp_path):
    key = a_public_lawyer(office, agency_of(office))
    path = service_book(
        tmp_path,
        (1, date(2026, 3, 2), "区综合执法局", "审查", "毛青（执法局）", "事项甲", "", ""),
        (2, "三月初", "区综合执法局", "审查", "毛青", "事项乙", "", ""),
        (3, date(2023, 3, 2), "区综合执法局", "审查", "毛青", "事项丙", "", ""),
    )
    plan = SERVICES.examine(office, path, None, TODAY)
    assert [row.draft.public_lawyer_id for row in plan.rows] == [key, key, None]
    said = sentences(plan)
    assert not any("本单位没有“毛青”" in s for s in said)
    assert any("“毛青”2023-03-02 不在本单位任职" in s for s in said)


def test_the_coverage_workbook_read_as_a_list_of_agencies_makes_none_of_its_own_header(office, tmp_path):
    path = tmp_path / "单位覆盖情况.xlsx"
    export_list(office, "coverage", path, TODAY)
    plan = AGENCIES.examine(office, path, None, TODAY)
    assert plan.summary() == "新增 0 个单位，更新 0 个单位，跳过 49 行，待更正 0 行"


def test_a_header_repeated_on_each_page_is_no_row(office, tmp_path):
    heads = ("单位名称", "联系人", "电话")
    rows = [("示例数据局", "叶宁", ""), heads, ("示例档案局", "严安", "")]
    plan = AGENCIES.examine(office, a_book(tmp_path / "单位.xlsx", "名录", heads, rows), None, TODAY)
    assert [row.draft.name for row in plan.rows] == ["示例数据局", "示例档案局"]
