"""A bureau's own sheet: read, examined, mended, brought in as one act; bad files are refused in a sentence."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import msoffcrypto
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook

from db.catalogue.lists import save_failing_rows, template
from db.errors import UserError
from db.exchange import values
from db.exchange.reading import read_book
from db.exchange.sheet import Action
from db.office.queries.settings import load_mapping
from db.roster.queries.roster import roster
from db.roster.sheets.imported import ROSTER
from db.setup.check import check_all
from db.setup.opening import open_office
from tests.conftest import TODAY
from tests.sheets import NAMES, licence, messy_roster

ROOT = Path(__file__).parents[3]
assert msoffcrypto


def people(database):
    with database.read() as session:
        return roster(session, TODAY)


def plan_of(database, path):
    return ROSTER.examine(database, path, None, TODAY)


def sentences(plan):
    return [p.sentence() for p in plan.problems]


def test_the_messy_roster_comes_in_whole_and_goes_out_with_one_undo(database, tmp_path):
    plan = plan_of(database, messy_roster(tmp_path / "名册.xlsx"))
    assert plan.summary() == "新增 15 人，更新 0 人，跳过 0 行，待更正 0 行"
    assert people(database) == []
    ROSTER.carry_out(database, plan, TODAY)
    found = {row.name: row for row in people(database)}
    assert set(found) == {name.replace("　", "") for name in NAMES}
    first = found["王砚秋"]
    assert (first.firm, first.licence, first.phone) == ("示例水亭律师事务所", licence(0), "13800002000")
    assert (first.term_from, first.term_to) == (date(2025, 6, 1), date(2027, 5, 31))
    assert first.specialities == ("土地征收", "信访", "行政协议")
    assert found["祝明远"].firm == "示例水亭律师事务所"
    assert database.undo() == "导入名册：新增 15 人，更新 0 人"
    assert people(database) == []


def test_each_mistake_is_named_by_row_and_column_and_good_rows_are_kept_waiting(office, tmp_path):
    plan = plan_of(office, messy_roster(tmp_path / "名册.xlsx", spoilt=True))
    said = sentences(plan)
    for expected in (
        "第 7 行「律师执业证号」：应为 17 位数字，现为 16 位",
        "第 9 行「聘期止」：应晚于聘期起 2026-03-01，请重新选择",
        "第 11 行「姓名」：姓名为空，其余列有内容",
        "第 13 行「律师执业证号」：被 Excel 存成了数字，末几位已丢失。请在原表中把这一列设为文本后重新填写，或在此更正",
        "第 14 行「律师执业证号」：与第 5 行“王砚秋”的证号相同，请核对是哪一行写错",
    ):
        assert expected in said
    assert any(s.startswith("第 16 行「联系方式」：应为 11 位手机号") for s in said)
    assert any(s.startswith("第 17 行「律师执业证号」：证号第 11 位表示男性，性别填为女") for s in said)
    assert plan.summary() == "新增 10 人，更新 0 人，跳过 0 行，待更正 5 行"
    ROSTER.carry_out(office, plan, TODAY)
    assert len(people(office)) == 10


def test_a_row_mended_in_the_dialog_comes_in(office, tmp_path):
    examined = ROSTER.open_sheet(office, messy_roster(tmp_path / "名册.xlsx", spoilt=True))
    mended = {(7, "licence"): licence(2)}
    plan = ROSTER.plan_of(office, examined, examined.mapping, TODAY, mended, frozenset({9}))
    assert next(r for r in plan.rows if r.number == 7).action is Action.NEW
    assert next(r for r in plan.rows if r.number == 9).action is Action.SKIP


def test_the_same_sheet_again_changes_nothing_and_a_changed_one_says_what(office, tmp_path):
    path = messy_roster(tmp_path / "名册.xlsx")
    ROSTER.carry_out(office, plan_of(office, path), TODAY)
    assert plan_of(office, path).summary() == "新增 0 人，更新 0 人，跳过 15 行，待更正 0 行"
    book = load_workbook(path)
    book.active["F5"] = "13911112222"
    book.save(path)
    plan = plan_of(office, path)
    assert plan.counts.update == 1
    assert plan.rows[0].changes == (("联系电话", "13800002000", "13911112222"),)


def test_the_mapping_is_remembered_by_the_header(office, tmp_path):
    path = messy_roster(tmp_path / "名册.xlsx")
    examined = ROSTER.open_sheet(office, path)
    mapping = dict(examined.mapping)
    del mapping[6]
    plan = ROSTER.plan_of(office, examined, mapping, TODAY)
    ROSTER.carry_out(office, plan, TODAY)
    again = ROSTER.open_sheet(office, path)
    assert again.remembered
    assert again.mapping == mapping
    with office.read() as session:
        assert load_mapping(session, "unknown") is None


def test_a_missing_column_is_said_once_for_the_sheet(office, tmp_path):
    path = messy_roster(tmp_path / "名册.xlsx")
    book = load_workbook(path)
    book.active["E3"] = "编号"
    book.save(path)
    plan = plan_of(office, path)
    assert sentences(plan) == ["「执业证号」：表中没有「执业证号」一列，请在左侧指定哪一列是执业证号"]
    with pytest.raises(UserError, match="没有可以导入的行"):
        ROSTER.carry_out(office, plan, TODAY)


def test_rows_that_wait_can_be_saved_as_a_sheet_to_mend(office, tmp_path):
    plan = plan_of(office, messy_roster(tmp_path / "名册.xlsx", spoilt=True))
    assert save_failing_rows(plan, tmp_path / "待更正.xlsx") == 5
    sheet = load_workbook(tmp_path / "待更正.xlsx").active
    assert "应为 17 位数字，现为 16 位" in str(sheet.cell(4, sheet.max_column).value)


def test_the_template_is_understood_by_the_import(office, tmp_path):
    template(tmp_path / "模板.xlsx")
    book = load_workbook(tmp_path / "模板.xlsx")
    row = {cell.value: cell.column for cell in book.active[3]}
    for title, value in (
        ("姓名", "汪晓棠"),
        ("律师事务所", "示例双港律师事务所"),
        ("执业证号", licence(1)),
        ("聘期起", "2025-06-01"),
        ("聘期止", "2027-05-31"),
    ):
        book.active.cell(4, row[title], value)
    book.save(tmp_path / "填好.xlsx")
    assert plan_of(office, tmp_path / "填好.xlsx").summary() == "新增 1 人，更新 0 人，跳过 0 行，待更正 0 行"


def bad_file(kind: str, folder: Path) -> Path:
    path = folder / "名册.xlsx"
    if kind == "picture":
        path.write_bytes(b"\xff\xd8\xff\xe0 this is a JPEG" * 50)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "no rows":
        Workbook().save(path)
    elif kind == "password":
        plain = messy_roster(folder / "原.xlsx")
        with plain.open("rb") as source, path.open("wb") as target:
            OOXMLFile(source).encrypt("secret", target)
    elif kind == "broken":
        path.write_bytes(messy_roster(folder / "原.xlsx").read_bytes()[:900])
    elif kind == "no header":
        book = Workbook()
        book.active["A1"] = "随便写的一段话"
        book.save(path)
    elif kind == "text":
        path = folder / "名册.doc"
        path.write_text("名册")
    return path


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("picture", "不是工作簿，或已损坏"),
        ("empty", "是空文件"),
        ("no rows", "里没有内容"),
        ("password", "设有打开密码"),
        ("broken", "不是工作簿，或已损坏"),
        ("no header", "找不到表头"),
        ("text", "不是工作簿"),
        ("missing", "找不到文件"),
    ],
)
def test_a_bad_file_is_refused_in_one_plain_sentence(office, tmp_path, kind, said):
    with pytest.raises(UserError, match=said) as refused:
        plan_of(office, bad_file(kind, tmp_path))
    assert "名册" in str(refused.value)
    assert people(office) == []


def test_reading_can_be_cancelled(tmp_path):
    cancel = threading.Event()
    cancel.set()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(20_000):
        sheet.append(["x"] * 20)
    book.save(tmp_path / "大.xlsx")
    with pytest.raises(UserError, match="已取消"):
        read_book(tmp_path / "大.xlsx", cancel=cancel)


def test_a_sheet_beyond_all_measure_is_refused(tmp_path):
    book = Workbook()
    book.active["A1"] = "姓名"
    book.active["XFD1048576"] = "远处"
    book.save(tmp_path / "巨.xlsx")
    with pytest.raises(UserError, match="太大|读了"):
        read_book(tmp_path / "巨.xlsx")


def test_a_csv_from_excel_is_read_in_its_own_encoding(office, tmp_path):
    path = tmp_path / "名册.csv"
    path.write_text(f"姓名,律师事务所,执业证号\n汪晓棠,示例双港律师事务所,{licence(1)}\n", encoding="gb18030")
    assert plan_of(office, path).counts.new == 1


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_dates_are_understood_however_they_are_typed(day):
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f" {day.year} 年 {day.month} 月 {day.day} 日",
    ]
    assert {values.date_of(form) for form in forms} == {day}
    assert values.date_of((day - values.EXCEL_DAY_0).days) == day


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("2025年6月1日至2027年5月31日", (date(2025, 6, 1), date(2027, 5, 31))),
        ("2025.6-2027.5", (date(2025, 6, 1), date(2027, 5, 31))),
        ("2025-06-01 至 2027-05-31", (date(2025, 6, 1), date(2027, 5, 31))),
        ("2025/6/1~2027/5/31", (date(2025, 6, 1), date(2027, 5, 31))),
    ],
)
def test_terms_in_one_cell_are_taken_apart(typed, term):
    assert values.range_of(typed) == term


KILLED = """
import sys, time
sys.path.insert(0, {root!r})
from datetime import date
from pathlib import Path
from db.roster.acts import lawyers
from db.setup.opening import open_office
from db.roster.sheets.imported import ROSTER
database = open_office(Path({file!r}), "沈青禾")
plan = ROSTER.examine(database, Path({sheet!r}), None, date(2026, 11, 24))
real, done = lawyers._set_term, []
def slowly(*given):
    real(*given)
    done.append(1)
    if len(done) == 8:
        print("half", flush=True)
        time.sleep(60)
lawyers._set_term = slowly
ROSTER.carry_out(database, plan, date(2026, 11, 24))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_killed_in_the_middle_of_an_import_nothing_has_happened(office, tmp_path):
    office.close()
    script = KILLED.format(
        root=str(ROOT), file=str(office.file), sheet=str(messy_roster(tmp_path / "名册.xlsx"))
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline().strip() == "half"
        os.kill(child.pid, signal.SIGKILL)
    time.sleep(0)
    again = open_office(office.file, "沈青禾")
    assert people(again) == []
    assert all(line.is_ok for line in check_all(again))
    again.close()
