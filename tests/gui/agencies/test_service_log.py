"""Entering many services in a grid, the log, and 机构改革, all in the real window."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from db.agencies.queries.agencies import agency_draft
from db.agencies.queries.in_time import history, names_of
from db.agencies.rules.agencies import AgencyEnd
from db.services.acts.services import record_services
from db.services.queries.log import LogFilter, Source, log_keys, log_rows
from db.services.rules.people import Capacity
from db.services.rules.services import ServiceDraft
from db.words.service import ServiceKind
from gui.forms.importer import SheetImport
from gui.forms.service_dialog import ServiceDialog
from gui.pages.agencies.registry.opening import Registry
from gui.pages.agencies.services.desk import ServiceDesk
from gui.pages.agencies.services.grid import ServiceGrid
from gui.pages.agencies.services.log import ServiceLog
from gui.pages.agencies.unit.change_forms import EndForm, RenameForm
from gui.pages.agencies.unit.changes import AgencyChanges
from gui.pages.agencies.unit.editor import AgencyEditor
from tests.conftest import TODAY
from tests.db.services.test_import_services import public_book, service_book
from tests.db.services.test_service_log import a_public_lawyer, agency_of
from tests.gui.window.test_pages import opened
from tests.typed import press, type_in

BLOCK = (
    "日期\t单位\t种类\t服务人员\t服务事项\t结果\r\n"
    "2026-10-12\t区综合执法局\t合法性审查\t毛青\t处罚决定审核\t提出意见 2 条\r\n"
    "10.20\t区市场监管局\t合同\t示例外聘\t采购合同审查\t\r\n"
)


@pytest.fixture
def agency(desk):
    key = agency_of(desk.database)
    a_public_lawyer(desk.database, key)
    desk.window.go("agencies")
    return key


@pytest.fixture
def services(desk, agency):
    return ServiceDesk(desk.context, desk.window.stack.currentWidget())


def lines(desk):
    with desk.database.read() as session:
        keys = log_keys(session, LogFilter())
        rows = log_rows(session, keys)
        return [rows[key] for key in keys]


def a_grid(qtbot, desk, services, text=BLOCK):
    services.enter()
    grid = opened(qtbot, desk, ServiceGrid)
    QGuiApplication.clipboard().setText(text)
    press(qtbot, grid.grid, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(grid.drafts()))
    return grid


def test_a_block_pasted_from_excel_is_judged_cell_by_cell_and_entered_as_one_act(qtbot, desk, services):
    grid = a_grid(qtbot, desk, services)
    qtbot.waitUntil(lambda: grid.save.text() == "登记 2 条")
    assert grid.count.text() == "共 2 条，1 条有提示"
    assert "按姓名登记" in grid.grid.item(1, 3).toolTip()
    with qtbot.waitSignal(grid.accepted):
        grid.save.click()
    shown = [(r.on, r.agency, r.kind, r.who, r.capacity) for r in lines(desk)]
    assert shown == [
        (date(2026, 10, 20), "区市场监管局", ServiceKind.CONTRACT_REVIEW, "示例外聘", Capacity.OTHER.value),
        (date(2026, 10, 12), "区综合执法局", ServiceKind.LEGALITY_REVIEW, "毛青", Capacity.PUBLIC.value),
    ]
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: lines(desk) == [])


def test_a_wrong_cell_is_named_and_nothing_is_entered_until_it_is_mended(qtbot, desk, services):
    wrong = BLOCK.replace("区市场监管局", "示例不存在局").replace("10.20", "十月")
    grid = a_grid(qtbot, desk, services, wrong)
    qtbot.waitUntil(lambda: grid.trouble.isVisible())
    assert grid.trouble.text() == " 还有 2 处需要修改，转到第一处"
    grid.save.click()
    assert (grid.grid.currentRow(), grid.grid.currentColumn()) == (1, 0)
    assert grid.said.text().startswith("错误　日期：看不懂这个日期")
    grid.grid.item(1, 0).setText("2026.10.20")
    grid.grid.item(1, 1).setText("区市场监管局")
    qtbot.waitUntil(lambda: not grid.trouble.isVisible())
    assert lines(desk) == []
    with qtbot.waitSignal(grid.accepted):
        press(qtbot, grid, Qt.Key.Key_S)
    assert len(lines(desk)) == 2


def test_the_grid_is_filled_by_keyboard(qtbot, desk, services):
    services.enter("区综合执法局")
    grid = opened(qtbot, desk, ServiceGrid)
    assert grid.drafts() == []  # today and the agency alone are no service
    assert grid.grid.currentColumn() == 2
    for at, text in ((2, "培训"), (3, "毛青"), (4, "行政执法专题培训")):
        grid.grid.setCurrentCell(0, at)
        grid.activateWindow()  # a list of offers that closes does not give the window back offscreen
        grid.grid.setFocus()
        qtbot.waitUntil(grid.grid.hasFocus)
        qtbot.keyClick(grid.grid, Qt.Key.Key_F2)
        qtbot.waitUntil(lambda: QApplication.focusWidget() not in (None, grid.grid))
        editor = QApplication.focusWidget()
        type_in(qtbot, editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: grid.grid.currentColumn() == at + 1)  # noqa: B023 - waited for at once
        assert grid.grid.item(0, at).text() == text
    qtbot.waitUntil(lambda: grid.save.text() == "登记 1 条")
    grid.grid.setCurrentCell(1, 4)
    press(qtbot, grid.grid, Qt.Key.Key_D)
    assert grid.grid.item(1, 4).text() == "行政执法专题培训"
    press(qtbot, grid.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: grid.save.text() == "登记 1 条")
    with qtbot.waitSignal(grid.accepted):
        grid.save.click()
    (row,) = lines(desk)
    assert (row.on, row.agency, row.kind, row.who) == (TODAY, "区综合执法局", ServiceKind.TRAINING, "毛青")


def test_leaving_a_filled_grid_is_asked_first(qtbot, desk, services):
    grid = a_grid(qtbot, desk, services)
    grid.reject()
    box = grid.findChild(QMessageBox, "discard_box")
    assert grid.isVisible()
    with qtbot.waitSignal(grid.rejected):
        box.buttons()[-1].click()
    assert lines(desk) == []


def test_the_log_is_filtered_a_line_is_changed_and_removed(qtbot, desk, services):
    grid = a_grid(qtbot, desk, services)
    with qtbot.waitSignal(grid.accepted):
        grid.save.click()
    services.show_log()
    log = opened(qtbot, desk, ServiceLog)
    qtbot.waitUntil(lambda: log.count.text() == "共 2 条")
    log.kind.choose(ServiceKind.CONTRACT_REVIEW.value)
    log.kind.changed.emit()
    qtbot.waitUntil(lambda: log.count.text() == "共 1 条")
    log.table.show_key(log.model.keys[0])
    log.edit.click()
    dialog = opened(qtbot, desk, ServiceDialog)
    assert dialog.who.currentText() == "示例外聘"
    dialog.who.setEditText("毛青（公职律师，区综合执法局）")
    dialog.matter.setText("采购合同复审")
    assert any("统筹" in p.text for p in dialog.problems())
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    qtbot.waitUntil(lambda: [r.matter for r in lines(desk)][:1] == ["采购合同复审"])
    assert lines(desk)[0].capacity == Capacity.PUBLIC.value
    qtbot.waitUntil(lambda: log.model.row(0) is not None and log.model.row(0).matter == "采购合同复审")
    log.table.show_key(log.model.keys[0])
    press(qtbot, log, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: log.findChild(QMessageBox) is not None)
    box = log.findChild(QMessageBox)
    next(b for b in box.buttons() if b.text() == "移入回收站").click()
    qtbot.waitUntil(lambda: len(lines(desk)) == 1)
    qtbot.waitUntil(lambda: log.count.text() == "共 0 条")
    log.accept()


def test_the_log_opens_with_the_twelve_months_that_coverage_counts(qtbot, desk, services):
    agency_id = agency_of(desk.database, "区综合执法局")
    with desk.database.write("登记履职") as session:
        days = (date(2025, 11, 24), date(2025, 11, 25), TODAY)
        drafts = [ServiceDraft(on_date=day, agency_id=agency_id, matter="示例") for day in days]
        record_services(session, drafts, TODAY)
    services.show_log()
    log = opened(qtbot, desk, ServiceLog)
    qtbot.waitUntil(lambda: log.count.text() == "共 2 条")
    assert [log.model.row(at).on for at in range(2)] == [TODAY, date(2025, 11, 25)]
    log.accept()


def test_a_case_in_the_log_leads_to_its_page(qtbot, demo_desk):
    demo_desk.window.go("agencies")
    services = ServiceDesk(demo_desk.context, demo_desk.window.stack.currentWidget())
    services.show_log()
    log = opened(qtbot, demo_desk, ServiceLog)
    log.source.choose(Source.CASE.value)
    log.source.changed.emit()
    qtbot.waitUntil(lambda: bool(log.model.keys) and log.model.row(0).source is Source.CASE)
    log.table.show_key(log.model.keys[0])
    qtbot.waitUntil(lambda: log.edit.text() == " 打开案件")
    assert not log.remove.isEnabled()
    wanted = log.model.row(0).case_id
    log.edit.click()
    cases = demo_desk.window.stack.currentWidget()
    assert cases.name == "cases"
    qtbot.waitUntil(lambda: cases.table.current_key() == wanted)


def test_a_service_log_is_imported_through_the_dialog(qtbot, desk, services, tmp_path):
    desk.files.path = service_book(
        tmp_path, (1, date(2026, 3, 2), "区综合执法局", "审查", "毛青", "处罚审核", "", 1)
    )
    services.import_sheet()
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(lambda: dialog.go.isEnabled())
    assert dialog.go.text() == "确认导入 1 条"
    dialog.filter.buttons["rows"].click()
    listed = [dialog.problems.item(0, at).text() for at in range(5)]
    assert listed == ["新增", "第 4 行", "2026-03-02", "区综合执法局，合法性审查，处罚审核", "毛青"]
    with qtbot.waitSignal(dialog.imported):
        dialog.go.click()
    assert [r.who for r in lines(desk)] == ["毛青"]


def test_public_lawyers_are_imported_from_the_roll(qtbot, desk, agency, tmp_path):
    roll = Registry(desk.context, desk.window.stack.currentWidget()).show_list()
    desk.files.path = public_book(
        tmp_path, (1, "徐远", "男", "区司法局", "法治科", "科长", "", date(2021, 6, 1), "", "")
    )
    roll.import_button.click()
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(lambda: dialog.go.isEnabled())
    with qtbot.waitSignal(dialog.imported):
        dialog.go.click()
    qtbot.waitUntil(lambda: len(roll.model.keys) == 2)
    roll.accept()


def test_an_agency_is_renamed_from_its_panel_with_a_paper(qtbot, desk, agency):
    changes = AgencyChanges(desk.context, desk.window.stack.currentWidget())
    changes.rename(agency)
    form = opened(qtbot, desk, RenameForm)
    form.save.click()
    assert form.boxes["name"].severity == "error"  # the same name
    form.name.setText("示例综合行政执法指导局")
    form.short_name.setText("区综合指导局")
    form.paper.setText("柯委编〔2026〕8号")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        names = names_of(session, [agency])
        assert names.short(agency, TODAY) == "区综合指导局"
        assert names.short(agency, TODAY - timedelta(days=1)) == "区综合执法局"
        assert history(session, agency)[0].paper == "柯委编〔2026〕8号"


def test_an_agency_is_merged_and_its_people_go_where_the_clerk_says(qtbot, desk, agency):
    changes = AgencyChanges(desk.context, desk.window.stack.currentWidget())
    changes.end(agency)
    form = opened(qtbot, desk, EndForm)
    form.save.click()
    assert form.boxes["successor_id"].severity == "error"
    into = agency_of(desk.database, "市场监管")
    form.successor.set_value(into)
    form.mark_dirty()
    assert form.table.rowCount() == 1
    assert [move.goes_on for move in form.draft().moves] == [True]
    form.table.cellWidget(0, 3).setChecked(False)
    assert [move.goes_on for move in form.draft().moves] == [False]
    form.table.cellWidget(0, 3).setChecked(True)
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        assert "并入区市场监管局" in history(session, agency)[0].text
    changes.end(agency)
    box = desk.window.findChild(QMessageBox)
    assert "恢复为存续" in box.text()
    next(b for b in box.buttons() if b.text() == "恢复存续").click()
    qtbot.waitUntil(lambda: _ended(desk, agency) is None)


def _ended(desk, key):
    with desk.database.read() as session:
        from db.agencies.queries.in_time import existing

        return existing(session, key).ended_on


def test_abolishing_wants_a_reason_and_no_successor(qtbot, desk, agency):
    changes = AgencyChanges(desk.context, desk.window.stack.currentWidget())
    changes.end(agency)
    form = opened(qtbot, desk, EndForm)
    form.kind.setCurrentText(AgencyEnd.ABOLISHED.value)
    assert not form.successor.isEnabled()
    form.save.click()
    assert form.boxes["reason"].severity == "error"
    form.reason.setText("职能划归各镇街")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        assert history(session, agency)[0].text == "职能划归各镇街"


def test_what_is_wrong_with_an_agency_is_said_at_the_field_and_kept(qtbot, desk, agency):
    page = desk.window.stack.currentWidget()
    page.acts.edit(agency)
    editor = opened(qtbot, desk, AgencyEditor)
    editor.liaison_filed_on.setText("2026.3.2")
    editor.staff_count.setText("12人多")
    editor.save.click()
    assert editor.boxes["contact"].severity == "error"
    assert editor.boxes["staff_count"].severity == "error"
    assert editor.staff_count.text() == "12人多"
    editor.contact.setText("叶宁")
    editor.phone.setText("13800002222")
    editor.staff_count.setText("12")
    editor.qualified_count.setText("3")
    editor.field.setEditText("城市管理")
    with qtbot.waitSignal(editor.accepted):
        editor.save.click()
    with desk.database.read() as session:
        draft = agency_draft(session, agency)
    assert (draft.contact, draft.staff_count, draft.qualified_count) == ("叶宁", 12, 3)
    assert (draft.field, draft.liaison_filed_on) == ("城市管理", date(2026, 3, 2))
