"""The import dialog asks about what is not seen: several sheets, hidden ones, hidden rows; and names what it leaves."""

import pytest
from openpyxl import load_workbook

from db.roster.sheets.imported import ROSTER
from gui.forms.importer import SheetImport, open_import
from tests.db.exchange.test_sheet_shapes import SHEETS, a_book, people
from tests.gui.cases.test_cases_page import opened


@pytest.fixture
def book(tmp_path):
    """Return a roster in two sheets, with a hidden third and a hidden row."""
    path = a_book(
        tmp_path / "名册.xlsx",
        ("封面", [("行政诉讼法律顾问名册",)]),
        ("一组", people("甲一", "甲二", "甲三")),
        ("二组", people("乙一", first=20)),
        ("旧", people("丙一", first=40)),
    )
    made = load_workbook(path)
    made["一组"].row_dimensions[3].hidden = True
    made["旧"].sheet_state = "hidden"
    made.save(path)
    return path


def read(qtbot, desk, path):
    open_import(desk.context, desk.window, ROSTER, path)
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    return dialog


def listed(dialog):
    return [
        [dialog.problems.item(row, c).text() for c in range(5)] for row in range(dialog.problems.rowCount())
    ]


def choose(qtbot, dialog, text):
    dialog.plan = None
    dialog.sheets.sheet.setCurrentIndex(dialog.sheets.sheet.findText(text))
    dialog.sheets.sheet.activated.emit(dialog.sheets.sheet.currentIndex())
    qtbot.waitUntil(lambda: dialog.plan is not None)


def test_sheets_with_the_same_columns_are_read_together_and_what_is_hidden_is_asked_about(qtbot, desk, book):
    dialog = read(qtbot, desk, book)
    assert dialog.sheets.sheet.currentText() == "列名相同的 2 张：一组、二组"
    offered = [dialog.sheets.sheet.itemText(at) for at in range(dialog.sheets.sheet.count())]
    assert offered[1:] == ["封面", "一组", "二组", "旧（隐藏）"]
    assert dialog.plan.counts.new == 3
    said = [" ".join(line) for line in listed(dialog)]
    assert any("“一组”第 3 行" in line and "是隐藏的行，没有导入" in line for line in said)
    assert any("工作表“旧”" in line and "是隐藏的，没有读入" in line for line in said)
    assert not dialog.sheets.hidden.isHidden()
    dialog.plan = None
    dialog.sheets.hidden.click()
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.plan.counts.new == 5
    dialog.reject()


def test_one_sheet_can_be_chosen_and_all_of_them_again(qtbot, desk, book):
    dialog = read(qtbot, desk, book)
    choose(qtbot, dialog, "二组")
    assert [row.title for row in dialog.plan.rows] == ["乙一"]
    choose(qtbot, dialog, "旧（隐藏）")
    assert [row.title for row in dialog.plan.rows] == ["丙一"]
    choose(qtbot, dialog, "列名相同的 2 张：一组、二组")
    assert dialog.plan.counts.new == 3
    dialog.reject()


def test_a_second_column_is_said_and_can_be_taken_instead(qtbot, desk):
    dialog = read(qtbot, desk, SHEETS / "R11_重复表头.xlsx")
    assert any("联系电话取自第 5 列" in line[3] for line in listed(dialog))
    choice = dialog.columns.cellWidget(3, 1)
    choice.setCurrentIndex(choice.findData("phone"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: dialog.plan.mapping.get(3) == "phone")
    assert dialog.plan.rows[0].draft.phone == "05703021234"
    dialog.reject()
