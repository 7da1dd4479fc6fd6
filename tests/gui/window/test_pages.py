"""The pages as a clerk meets them: real window, real database."""

import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from db.cases.queries.cases import View
from db.office.queries.history import recent_acts
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.queries.roster import roster
from db.setup.opening import connected
from gui.forms.editor import EditorDialog
from gui.office.dialogs import BinDialog
from gui.office.settings_dialog import SettingsDialog
from gui.pages.cases.assigning.dialog import AssignDialog
from gui.pages.cases.forms.editor import CaseEditor
from gui.pages.cases.forms.steps import EventDialog
from gui.pages.roster.forms.editor import LawyerEditor
from tests.conftest import TODAY, a_lawyer
from tests.typed import press, type_in


def page(desk, key):
    desk.window.go(key)
    return desk.window.stack.currentWidget()


def cases_page(qtbot, desk):
    cases = page(desk, "cases")
    qtbot.waitUntil(lambda: cases.is_ready)
    return cases


def opened(qtbot, desk, kind):
    """Wait for a dialog of this kind and bring it to the front, as a window manager would; offscreen has none.

    Asked for once only, the front is lost where another window's showing is still on its way.
    """
    qtbot.waitUntil(lambda: any(w.isVisible() for w in desk.window.findChildren(kind)))
    dialog = next(w for w in desk.window.findChildren(kind) if w.isVisible())

    def is_in_front():
        dialog.activateWindow()
        return dialog.isActiveWindow()

    qtbot.waitUntil(is_in_front)
    return dialog


def gone(qtbot, dialog_ref):
    qtbot.waitUntil(lambda: dialog_ref() is None or not dialog_ref().isVisible())


def shown(table):
    return [table.rows.index(row, 0).data() for row in range(table.rows.rowCount())]


def fill_lawyer(qtbot, editor, licence="13308201510123456"):
    type_in(qtbot, editor.name, "汪晓棠")
    editor.firm.setEditText("示例双港律师事务所")
    type_in(qtbot, editor.licence, licence)
    type_in(qtbot, editor.term_from, "20250601")
    type_in(qtbot, editor.term_to, "2027.5.31")


def test_a_new_adviser_is_typed_saved_and_stands_in_the_roster(qtbot, desk):
    roster_page = page(desk, "roster")
    qtbot.mouseClick(roster_page.enter_button, Qt.MouseButton.LeftButton)
    editor = opened(qtbot, desk, LawyerEditor)
    fill_lawyer(qtbot, editor)
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    assert shown(roster_page.table) == ["汪晓棠"]
    assert "Ctrl+Z" in desk.window.notice.text()


def test_bad_input_is_answered_at_the_field_and_kept(qtbot, desk):
    roster_page = page(desk, "roster")
    roster_page.enter()
    editor = opened(qtbot, desk, LawyerEditor)
    fill_lawyer(qtbot, editor, "1330820151012345")
    editor.term_to.setText("2025-05-31")
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    assert editor.isVisible()
    assert editor.boxes["licence"].message.text() == "执业证号应为 17 位数字，现为 16 位。"
    assert editor.boxes["term_to"].message.text() == "应晚于聘期起 2025-06-01，请重新选择。"
    assert editor.licence.text() == "1330820151012345"
    assert "还有 2 处需要修改" in editor.trouble.text()
    type_in(qtbot, editor.licence, "6")
    assert editor.boxes["licence"].severity == ""
    editor._is_dirty = False
    editor.reject()


def test_escape_asks_before_typed_work_is_lost(qtbot, desk):
    page(desk, "roster").enter()
    editor = opened(qtbot, desk, LawyerEditor)
    type_in(qtbot, editor.name, "汪")
    editor.reject()
    box = opened(qtbot, desk, QMessageBox)
    assert editor.isVisible()
    next(b for b in box.buttons() if b.text() == "放弃").click()
    qtbot.waitUntil(lambda: not desk.window.findChildren(LawyerEditor) or not editor.isVisible())


def test_a_save_over_somebody_elses_newer_change_is_refused_with_who_and_when(qtbot, desk):
    with desk.database.write("新增") as session:
        key = save_lawyer(session, a_lawyer(), TODAY)
    roster_page = page(desk, "roster")
    roster_page.open_key(key)
    editor = opened(qtbot, desk, LawyerEditor)
    other = connected(desk.database.file, "林一苇")
    with other.read() as session:
        draft = lawyer_draft(session, key, TODAY)
    with other.write("林一苇的修改") as session:
        save_lawyer(session, replace(draft, phone="13900002222"), TODAY, key)
    other.close()
    editor.phone.setText("13900003333")
    editor.mark_dirty()
    editor.try_save()
    box = opened(qtbot, desk, QMessageBox)
    assert "林一苇于" in box.text()
    assert editor.isVisible()
    assert editor.phone.text() == "13900003333"
    box.close_button.click()
    editor._is_dirty = False
    editor.reject()
    with desk.database.read() as session:
        assert lawyer_draft(session, key, TODAY).phone == "13900002222"


def test_a_hidden_phone_is_shown_on_purpose_written_down_and_saved_as_it_was(qtbot, desk):
    with desk.database.write("新增") as session:
        key = save_lawyer(session, a_lawyer(), TODAY)
    roster_page = page(desk, "roster")
    roster_page.open_key(key)
    editor = opened(qtbot, desk, LawyerEditor)
    assert editor.phone.placeholderText() == "138****1111"
    type_in(qtbot, editor.note, "示例备注")
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    roster_page.open_key(key)
    editor = opened(qtbot, desk, LawyerEditor)
    editor.phone.show_button.click()
    qtbot.waitUntil(lambda: editor.phone.text() == "13800001111")
    editor.reject()
    with desk.database.read() as session:
        assert lawyer_draft(session, key, TODAY).phone == "13800001111"
        assert recent_acts(session)[0].label == "查看 汪晓棠 的完整联系电话"


def test_ctrl_enter_saves_and_opens_the_next_with_firm_and_term_kept(qtbot, desk):
    page(desk, "roster").enter()
    editor = opened(qtbot, desk, LawyerEditor)
    fill_lawyer(qtbot, editor)
    editor.lists["checks"].add_line()
    type_in(qtbot, editor.lists["checks"].lines[0].cells["year"], "2025")
    editor.lists["checks"].lines[0].cells["result"].setCurrentIndex(0)
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not editor.isVisible())
    following = opened(qtbot, desk, LawyerEditor)
    draft = following.draft()
    assert (draft.name, draft.licence, draft.checks) == ("", "", ())
    assert (draft.firm, str(draft.term_from)) == ("示例双港律师事务所", "2025-06-01")
    assert "该所已有 1 名顾问（汪晓棠）" in following.boxes["firm"].message.text()
    following.reject()
    with desk.database.read() as session:
        (row,) = roster(session, TODAY)
        assert [c.year for c in lawyer_draft(session, row.key, TODAY).checks] == [2025]


def test_what_another_window_does_appears_by_itself(qtbot, desk):
    roster_page = page(desk, "roster")
    desk.context.bus.listen()
    qtbot.waitUntil(lambda: not desk.context.bus._asking)
    other = connected(desk.database.file, "林一苇")
    with other.write("新增") as session:
        save_lawyer(session, a_lawyer(), TODAY)
    other.close()
    qtbot.waitUntil(lambda: shown(roster_page.table) == ["汪晓棠"])


def test_ctrl_z_takes_back_the_last_act_and_says_what_it_was(qtbot, desk):
    with desk.database.write("新增顾问 汪晓棠") as session:
        save_lawyer(session, a_lawyer(), TODAY)
    roster_page = page(desk, "roster")
    assert shown(roster_page.table) == ["汪晓棠"]
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: shown(roster_page.table) == [])
    assert desk.window.notice.text() == "已撤销：新增顾问 汪晓棠。按 Ctrl+Y 可以重做"
    press(qtbot, desk.window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: shown(roster_page.table) == ["汪晓棠"])


def test_a_removed_adviser_is_restored_from_the_recycle_bin(qtbot, desk):
    with desk.database.write("新增") as session:
        save_lawyer(session, a_lawyer(), TODAY)
    roster_page = page(desk, "roster")
    roster_page.remove_current()
    opened(qtbot, desk, QMessageBox).agree.click()
    qtbot.waitUntil(lambda: shown(roster_page.table) == [])
    desk.window.run("show_bin")
    dialog = opened(qtbot, desk, BinDialog)
    dialog.restore.click()
    qtbot.waitUntil(lambda: shown(roster_page.table) == ["汪晓棠"])
    dialog.accept()


@pytest.fixture
def demo(demo_desk):
    return demo_desk


def test_filters_and_sorting_narrow_and_order_the_roster(qtbot, demo):
    roster_page = page(demo, "roster")
    assert len(shown(roster_page.table)) == 15
    type_in(qtbot, roster_page.find_field, "wxt")
    assert shown(roster_page.table) == ["汪晓棠"]
    roster_page.find_field.clear()
    roster_page.filters.assignable.click()
    assert "柴立言" not in shown(roster_page.table)
    roster_page.model.sort(5, Qt.SortOrder.DescendingOrder)
    assert shown(roster_page.table)[0] == "郑怀瑾"
    type_in(qtbot, roster_page.find_field, "没有这个人")
    assert roster_page.table.empty_text.isVisible()
    roster_page.table.empty_button.click()
    assert len(shown(roster_page.table)) == 15


def test_global_search_opens_what_it_finds(qtbot, demo):
    search = demo.window.search
    page(demo, "cases")
    type_in(qtbot, search, "wxt")
    qtbot.waitUntil(lambda: search.popup.isVisible() and search.hits.count() > 1)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    roster_page = demo.window.stack.currentWidget()
    assert roster_page.name == "roster"
    assert roster_page.model.row(roster_page.table.currentIndex().row()).name == "汪晓棠"


def test_a_step_of_a_case_moves_its_deadline_on(qtbot, demo):
    cases = cases_page(qtbot, demo)
    row = next(
        r
        for r in range(cases.model.rowCount())
        if cases.model.row(r).stage == "答辩" and cases.model.row(r).advisers
    )
    key = cases.model.keys[row]
    cases.table.show_key(key)
    cases.record_shown()
    dialog = opened(qtbot, demo, EventDialog)
    assert dialog.kind.currentText() == "提交答辩状和证据"
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    cases.select(key)
    qtbot.waitUntil(lambda: cases.is_ready)
    found = cases.model.row(cases.model.row_of(key))
    assert (found.stage, found.due.title) == ("审理", "一审审限")


def test_assigning_by_keyboard_refuses_a_third_agent(qtbot, demo):
    cases = cases_page(qtbot, demo)
    cases.show_view(View.UNASSIGNED)
    qtbot.waitUntil(lambda: cases.is_ready)
    cases.table.selectRow(0)
    key = cases.table.current_key()
    cases.assign_current()
    dialog = opened(qtbot, demo, AssignDialog)
    for _ in range(3):
        qtbot.keyClick(dialog.candidates, Qt.Key.Key_Space)
        qtbot.keyClick(dialog.candidates, Qt.Key.Key_Down)
    assert "行政诉讼法第三十一条" in dialog.side.strip.text.text()
    assert len(dialog.side.chosen.keys()) == 2
    dialog.side.reason.setPlainText("专业相符，在办较少")
    with qtbot.waitSignal(dialog.accepted):
        dialog.submit_only()
    cases.select(key)
    qtbot.waitUntil(lambda: cases.is_ready)
    assert len(cases.model.row(cases.model.row_of(key)).advisers) == 2


def test_the_editor_takes_court_and_period_from_what_is_typed(qtbot, demo):
    cases = cases_page(qtbot, demo)
    cases.enter()
    editor = opened(qtbot, demo, CaseEditor)
    type_in(qtbot, editor.number, "(2026)浙08行终58号")
    editor.number.editingFinished.emit()
    assert editor.court.currentText() == "衢州市中级人民法院"
    assert editor.procedure.currentText() == "二审"
    type_in(qtbot, editor.received_on, "2026-11-12")
    editor.received_on.editingFinished.emit()
    assert "二审答辩至 2026-11-27" in editor.boxes["received_on"].message.text()
    editor._is_dirty = False
    editor.reject()


def test_settings_are_answered_at_the_field_and_kept(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    dialog.office.clear()
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.boxes["office_name"].severity == "error")
    dialog.office.setText("示例区司法局")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    qtbot.waitUntil(lambda: "示例区司法局" in desk.window.windowTitle())


def test_a_bug_is_told_in_one_sentence_and_the_program_goes_on(qtbot, desk):
    box = desk.context.errors.show(ZeroDivisionError("boom"), desk.window)
    assert "没有预料到的情况" in box.text()
    assert "Traceback" not in box.text()
    box.copy_details()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    box.close_button.click()


def test_a_closed_editor_is_freed(qtbot, desk):
    page(desk, "roster").enter()
    editor = weakref.ref(opened(qtbot, desk, EditorDialog))
    editor().reject()
    qtbot.waitUntil(lambda: not desk.window.findChildren(EditorDialog))


def test_both_looks_can_be_put_on_while_pages_are_open(qtbot, demo):
    from gui.look.theme import Mode

    for key in ("workbench", "roster", "cases", "agencies"):
        page(demo, key)
    demo.theme.apply(Mode.DARK, large=True)
    demo.theme.apply(Mode.LIGHT)
    with demo.database.read() as session:
        assert len(roster(session, TODAY)) == 15
