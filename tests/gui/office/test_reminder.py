"""The bell and the tray: what is overdue or due today is said at start and at set hours, without a name."""

from datetime import UTC, datetime, time

import pytest
from PySide6.QtCore import QSettings

from db.office.rules.reminders import due_now, parse_times, reminder
from gui.office.settings_dialog import SettingsDialog
from gui.pages.workbench.items import id_of
from tests.conftest import TODAY
from tests.gui.conftest import close_desk
from tests.gui.window.test_pages import opened
from tests.office import FakeTray, build_office


def at(hour, minute=0):
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:00、14:00", (time(9), time(14))),
        ("14：30 9点", (time(9), time(14, 30))),
        ("", ()),
        ("早上", None),
        ("25:00", None),
    ],
)
def test_hours_are_read_as_clerks_type_them(typed, meant):
    assert parse_times(typed) == meant


def test_each_set_hour_reminds_once_and_a_pc_that_slept_does_not_make_up_for_it():
    hours = (time(9), time(14))
    assert due_now(hours, at(9, 1), at(8, 30))
    assert not due_now(hours, at(9, 2), at(9, 1))
    assert due_now(hours, at(14), at(9, 1))
    assert not due_now(hours, at(13, 0), at(9, 1))
    assert not due_now(hours, at(10, 0), at(8, 30)), "an hour late: the PC slept"
    assert reminder(0, 0) == ""
    assert reminder(2, 1) == "逾期 2 件，今天须办 1 件"


@pytest.fixture
def tray_desk(qtbot, qapp, demo_office, tmp_path):
    preferences = QSettings(str(tmp_path / "个人.ini"), QSettings.Format.IniFormat)
    running = build_office(qapp, demo_office, preferences, TODAY, FakeTray(there=True))
    running.window.resize(1440, 868)
    running.window.show()
    yield running
    close_desk(qtbot, running)


def test_the_tray_speaks_at_start_and_at_the_hours_and_a_click_brings_the_window_up(qtbot, tray_desk):
    tray, window = tray_desk.tray, tray_desk.window
    qtbot.waitUntil(lambda: bool(tray.said))
    due = window.reminder.due
    assert due.overdue
    assert due.today
    assert tray.said[0].startswith(f"逾期 {due.overdue} 件，今天须办 {due.today} 件。今天 09:30 开庭。")
    assert "诉" not in tray.said[0]
    window.go("roster")
    window.showMinimized()
    tray.then()
    assert not window.isMinimized()
    assert window.stack.currentWidget().objectName() == "workbench_page"
    window.reminder._last = at(8)
    window.reminder.check(at(9))
    window.reminder.check(at(9, 5))
    assert len(tray.said) == 2


def test_the_bell_lists_what_is_due_and_leads_there(qtbot, tray_desk):
    window = tray_desk.window
    qtbot.waitUntil(lambda: bool(window.bell.text()))
    due = window.reminder.due
    assert window.bell.text() == str(due.overdue + due.today)
    actions = [a for a in window.bell.menu().actions() if a.data() is not None]
    assert window.bell.menu().actions()[0].text() == f"逾期 {due.overdue} 件，今天须办 {due.today} 件"
    assert "开庭" in actions[0].text()
    workbench = window._page("workbench")
    qtbot.waitUntil(lambda: bool(workbench.todos.ids()))
    actions[1].trigger()
    todo = due.first[1]
    assert workbench.todos.current_id() == id_of(todo)


def test_without_a_tray_nothing_is_offered(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    assert not dialog.remind.isEnabled()
    assert "没有托盘" in dialog.boxes["remind_at"].message.text()
    assert desk.tray.said == []
    dialog.reject()


def test_the_hours_are_judged_at_the_field_and_kept_for_this_pc(qtbot, tray_desk):
    window = tray_desk.window
    window.run("show_settings")
    dialog = opened(qtbot, tray_desk, SettingsDialog)
    dialog.remind_at.setText("每天早上")
    dialog.save.click()
    assert dialog.isVisible()
    assert "应写成 09:00、14:00 的样子，现为“每天早上”" in dialog.boxes["remind_at"].message.text()
    dialog.remind_at.setText("8:30")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    qtbot.waitUntil(lambda: bool(tray_desk.tray.said))
    window.reminder._last = at(7)
    before = len(tray_desk.tray.said)
    window.reminder.check(at(8, 30))
    assert len(tray_desk.tray.said) == before + 1
