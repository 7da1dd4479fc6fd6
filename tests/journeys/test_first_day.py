"""A clerk's first day: from the bureau's Excel roster to a printed assignment."""

from datetime import date

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.setup.opening import open_office
from db.words.case import AgentKind
from gui.forms.exporting import ExportDialog
from gui.forms.importer import SheetImport
from gui.pages.cases.assigning.dialog import AssignDialog
from gui.pages.cases.forms.editor import CaseEditor
from tests.gui.conftest import close_desk, open_desk
from tests.gui.window.test_pages import opened, page, shown
from tests.sheets import NAMES, licence, messy_roster
from tests.typed import press, type_in


def test_from_the_excel_roster_to_a_printed_assignment(qtbot, qapp, file, tmp_path):
    desk = open_desk(qapp, open_office(file, "沈青禾"), tmp_path)

    # first run: the roster is empty and offers three ways; the clerk has a workbook
    roster = page(desk, "roster")
    assert roster.body.currentWidget() is roster.start
    desk.files.path = messy_roster(tmp_path / "名册.xlsx")
    roster.start.by_import.button.click()
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(lambda: dialog.go.isEnabled())
    assert dialog.go.text() == "确认导入 15 人"
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    qtbot.waitUntil(lambda: len(shown(roster.table)) == 15)
    assert "单宁" in shown(roster.table)

    # a complaint copy is on the desk
    cases = page(desk, "cases")
    press(qtbot, desk.window, Qt.Key.Key_N)
    editor = opened(qtbot, desk, CaseEditor)
    type_in(qtbot, editor.number, "(2026)浙0825行初37号")
    editor.number.editingFinished.emit()
    type_in(qtbot, editor.filed_on, "20261110")
    type_in(qtbot, editor.received_on, "20261112")
    parties = editor.parties.lists
    type_in(qtbot, parties["plaintiffs"].lines[0].cells["name"], "周建国")
    parties["defendants"].lines[0].cells["name"]._take("衢州市柯城区综合行政执法局")
    parties["agents"].add_line()
    agent = parties["agents"].lines[0].cells
    type_in(qtbot, agent["name"], "徐立")
    agent["kind"].set_value(AgentKind.LAWYER)
    type_in(qtbot, agent["firm_name"], "示例鹿鸣山律师事务所")
    type_in(qtbot, editor.causes.third, "违法建设处罚")
    with qtbot.waitSignal(editor.accepted):
        editor.try_save()
    qtbot.waitUntil(lambda: cases.is_ready)
    assert shown(cases.table) == ["（2026）浙0825行初37号"]
    assert cases.model.row(0).due.on == date(2026, 11, 27)

    # two of the pool are assigned; a third is refused, a colleague of the plaintiff's lawyer is blocked
    cases.table.selectRow(0)
    press(qtbot, desk.window, Qt.Key.Key_Return)
    assigning = opened(qtbot, desk, AssignDialog)
    offered = assigning.offer.candidates
    blocked = [c.name for c in offered if c.is_blocked]
    assert sorted(blocked) == sorted(["陈景行", "徐子衡", "方以宁"])
    assigning.toggle(offered[-1].lawyer_id)
    assert "同所律师徐立代理本案原告" in assigning.side.strip.text.text()
    for candidate in offered[:3]:
        assigning.toggle(candidate.lawyer_id)
    assert "行政诉讼法第三十一条" in assigning.side.strip.text.text()
    with qtbot.waitSignal(assigning.accepted):
        assigning.submit_only()
    qtbot.waitUntil(lambda: cases.is_ready)
    advisers = cases.model.row(0).advisers
    assert len(advisers) == 2

    # the report is looked at, printed and saved
    reports = page(desk, "reports")
    qtbot.waitUntil(lambda: reports.desk.current is not None)
    qtbot.waitUntil(lambda: reports.viewer.view.page_total == reports.desk.current.pdf.pages)
    assert "勾稽相符" in reports.check.text.text()
    reports.desk.print_button.click()
    qtbot.waitUntil(lambda: bool(desk.printers.printed))
    ((title, pdf),) = desk.printers.printed
    assert (title, pdf[:5]) == ("案件分派情况报表", b"%PDF-")
    desk.files.path = tmp_path / "报表.pdf"
    reports.desk.save_buttons[".pdf"].click()
    qtbot.waitUntil(lambda: desk.files.path.exists())

    # the roster goes out to Excel
    page(desk, "roster")
    desk.files.path = tmp_path / "导出.xlsx"
    roster.export_button.click()
    export = opened(qtbot, desk, ExportDialog)
    export.go.click()
    qtbot.waitUntil(lambda: (tmp_path / "导出.xlsx").exists() and "已导出 15 行" in desk.window.notice.text())
    sheet = load_workbook(tmp_path / "导出.xlsx").active
    found = {sheet.cell(row, 2).value: sheet.cell(row, 5).value for row in range(4, 19)}
    assert found == {name.replace("　", ""): licence(at) for at, name in enumerate(NAMES)}

    # close, reopen: everything is as it was
    roster.table.setColumnHidden(1, True)
    close_desk(qtbot, desk)
    desk.database.close()
    again = open_desk(QApplication.instance(), open_office(file, "沈青禾"), tmp_path)
    roster = again.window.stack.currentWidget()
    assert roster.name == "roster"
    assert roster.table.isColumnHidden(1)
    assert len(shown(roster.table)) == 15
    cases = page(again, "cases")
    qtbot.waitUntil(lambda: cases.is_ready)
    assert cases.model.row(0).advisers == advisers
    close_desk(qtbot, again)
    again.database.close()


def test_the_demo_is_loaded_from_the_empty_roster_and_cleared_again(qtbot, desk):
    roster = page(desk, "roster")
    roster.start.by_demo.button.click()
    qtbot.waitUntil(lambda: len(shown(roster.table)) == 15)
    assert desk.window.demo_mark.text() == "示例数据"
    desk.window.run("clear_demo")
    from gui.forms.asking import Confirm

    opened(qtbot, desk, Confirm).agree.click()
    qtbot.waitUntil(lambda: roster.body.currentWidget() is roster.start)
    assert desk.window.demo_mark.text() == ""
