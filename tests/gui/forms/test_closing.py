"""Closing the window: every act is answered before the window goes, and what is typed is never gone unasked."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db import backends, kept_aside
from db.roster.queries.roster import roster
from db.setup.opening import open_office
from gui.errors import ErrorBox
from gui.forms import closing as closing_module
from gui.forms.closing import WaitBox
from gui.forms.draft_dialog import WAITING
from gui.forms.importer import SheetImport
from gui.forms.keeping import Keeping
from gui.office.settings_dialog import SettingsDialog
from gui.pages.roster.forms.editor import LawyerEditor
from tests.conftest import TODAY
from tests.gui.conftest import open_desk
from tests.gui.window.test_pages import fill_lawyer, opened, page
from tests.typed import press, type_in


def names(database):
    with database.read() as session:
        return [row.name for row in roster(session, TODAY)]


@contextmanager
def locked(file):
    """Hold the write lock from another process, as a second window in the middle of a long import does."""
    code = (
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1], isolation_level=None); d.execute('BEGIN IMMEDIATE');"
        "print('locked', flush=True); sys.stdin.readline(); d.execute('ROLLBACK'); d.close()"
    )
    command = [sys.executable, "-c", code, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline().strip() == "locked"
        yield
        other.communicate("\n")


def waiting(desk):
    return [box for box in desk.window.findChildren(WaitBox) if box.isVisible()]


def typed_editor(qtbot, desk):
    page(desk, "roster").enter()
    editor = opened(qtbot, desk, LawyerEditor)
    fill_lawyer(qtbot, editor)
    return editor


def test_a_refused_save_is_told_and_keeps_window_and_form(qtbot, desk, monkeypatch):
    monkeypatch.setattr(backends, "WAIT", 1)  # seconds, not half a minute
    editor = typed_editor(qtbot, desk)
    with locked(desk.database.file):
        press(qtbot, editor, Qt.Key.Key_S)
        desk.window.close()
        assert desk.window.isVisible()
        box = opened(qtbot, desk, ErrorBox)
        assert "没有写入" in box.text()
    assert desk.window.isVisible()
    assert editor.isVisible()
    assert editor.name.text() == "汪晓棠"
    assert not waiting(desk)
    box.close_button.click()
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    assert names(desk.database) == ["汪晓棠"]


def test_a_save_that_succeeds_closes_form_and_window_by_itself(qtbot, desk):
    editor = typed_editor(qtbot, desk)
    with locked(desk.database.file):
        press(qtbot, editor, Qt.Key.Key_S)
        desk.window.close()
        box = opened(qtbot, desk, WaitBox)
        assert "新增顾问 汪晓棠" in box.text.text()
        assert desk.window.isVisible()
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert names(desk.database) == ["汪晓棠"]


def test_an_act_without_a_form_is_waited_for_too_and_the_clerk_may_come_back(qtbot, desk):
    with desk.database.write("改名") as session:
        session.connection().exec_driver_sql("SELECT 1")
    with locked(desk.database.file):
        desk.window.undo()
        desk.window.close()
        box = opened(qtbot, desk, WaitBox)
        box.back.click()
        assert not waiting(desk)
        assert desk.window.isVisible()
    qtbot.waitUntil(lambda: not desk.tasks.unanswered)
    assert desk.window.isVisible()
    for box in desk.window.findChildren(ErrorBox):
        box.close()


def test_the_form_does_not_close_before_its_answer(qtbot, desk):
    editor = typed_editor(qtbot, desk)
    with locked(desk.database.file):
        press(qtbot, editor, Qt.Key.Key_S)
        editor.reject()
        assert editor.isVisible()
        assert editor.strip.text.text() == WAITING
        editor.close()
        assert editor.isVisible()
    qtbot.waitUntil(lambda: names(desk.database) == ["汪晓棠"])


def test_unsaved_text_is_asked_about_before_the_window_goes(qtbot, desk):
    editor = typed_editor(qtbot, desk)
    desk.window.close()
    ask = opened(qtbot, desk, QMessageBox)
    assert desk.window.isVisible()
    desk.window.close()  # asks once, however often the clerk closes
    assert [b.objectName() for b in desk.window.findChildren(QMessageBox)] == ["discard_box"]
    next(b for b in ask.buttons() if b.text() == "继续填写").click()
    assert editor.isVisible()
    assert editor.name.text() == "汪晓棠"
    desk.window.close()
    ask = opened(qtbot, desk, QMessageBox)
    next(b for b in ask.buttons() if b.text() == "放弃").click()
    desk.window.close()
    qtbot.waitUntil(lambda: not desk.window.isVisible())


def test_changed_settings_are_asked_about(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    dialog.office.selectAll()
    type_in(qtbot, dialog.office, "示例区司法局")
    desk.window.close()
    ask = opened(qtbot, desk, QMessageBox)
    assert dialog.isVisible()
    next(b for b in ask.buttons() if b.text() == "继续填写").click()
    assert dialog.office.text() == "示例区司法局"
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()


def test_untouched_settings_close_without_a_question(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()


def test_a_database_that_does_not_answer_may_be_left_and_the_text_is_offered_again(qtbot, desk, monkeypatch):
    monkeypatch.setattr(closing_module, "LONG", 400)
    desk.window._closing._long.setInterval(400)
    editor = typed_editor(qtbot, desk)
    keeping = editor.findChild(Keeping)
    with locked(desk.database.file):
        press(qtbot, editor, Qt.Key.Key_S)
        desk.window.close()
        box = opened(qtbot, desk, WaitBox)
        qtbot.waitUntil(box.leave.isVisible)
        assert "不知道" in box.text.text()
        box.leave.click()
        assert not desk.window.isVisible()
        _, content = kept_aside.found(keeping._aside)
        assert content["draft"]["name"] == "汪晓棠"
        assert keeping._aside.file.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    desk.tasks.stop()
    kept_aside.forget(keeping._aside)


def test_a_log_out_waits_for_the_save_and_keeps_what_is_typed(qtbot, desk):
    editor = typed_editor(qtbot, desk)
    keeping = editor.findChild(Keeping)
    assert desk.window.end_session()
    assert kept_aside.found(keeping._aside)[1]["draft"]["name"] == "汪晓棠"
    kept_aside.forget(keeping._aside)
    with locked(desk.database.file):
        press(qtbot, editor, Qt.Key.Key_S)
    assert desk.window.end_session()
    assert names(desk.database) == ["汪晓棠"]


@pytest.mark.skipif(
    sys.platform == "win32" or "ADVISOR_POOL_TEST_URL" in os.environ, reason="the server must be stopped"
)
def test_a_server_that_hangs_can_be_left_and_what_was_typed_is_kept(
    qtbot, qapp, served_url, tmp_path, monkeypatch
):
    monkeypatch.setattr(closing_module, "LONG", 400)
    database = open_office(served_url, "沈青禾")
    desk = open_desk(qapp, database, tmp_path)
    editor = typed_editor(qtbot, desk)
    aside = editor.findChild(Keeping)._aside
    with database.read() as session:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        pids = [row[0] for row in session.connection().exec_driver_sql(query)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        press(qtbot, editor, Qt.Key.Key_S)
        desk.window.close()
        box = opened(qtbot, desk, WaitBox)
        qtbot.waitUntil(box.leave.isVisible)
        box.leave.click()
        assert not desk.window.isVisible()
        assert desk.tasks.stop()  # no worker stays behind with the server
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    assert kept_aside.found(aside)[1]["draft"]["name"] == "汪晓棠"
    kept_aside.forget(aside)
    desk.window.deleteLater()
    qtbot.wait(0)
    database.close()


def test_an_import_that_runs_is_waited_for(qtbot, desk, tmp_path):
    sheet = tmp_path / "名册.csv"
    sheet.write_text(
        "姓名,执业机构,执业证号\n汪晓棠,示例双港律师事务所,13308201510123456\n", encoding="utf-8"
    )
    page(desk, "roster").import_file(sheet)
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(dialog.go.isEnabled)
    with locked(desk.database.file):
        dialog.go.click()
        dialog.reject()
        assert dialog.isVisible()
        assert "正在导入" in dialog.strip.text.text()
        desk.window.close()
        assert "导入" in opened(qtbot, desk, WaitBox).text.text()
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert names(desk.database) == ["汪晓棠"]
