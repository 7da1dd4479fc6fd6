"""Whatever the surroundings refuse, the clerk is told at once, and what was typed stays in the form."""

import sys
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db import backends
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.queries.roster import roster
from gui.errors import ErrorBox
from gui.forms.keeping import AGAIN, Keeping
from gui.office.jurisdiction import JurisdictionDialog
from gui.office.settings_dialog import SettingsDialog
from gui.pages.agencies.unit.editor import AgencyEditor
from gui.pages.roster.forms.editor import LawyerEditor
from tests.conftest import TODAY, a_lawyer
from tests.gui.forms.test_closing import locked
from tests.gui.window.test_pages import fill_lawyer, opened, page
from tests.typed import press, type_in


def lawyer(qtbot, desk):
    page(desk, "roster").enter()
    form = opened(qtbot, desk, LawyerEditor)
    fill_lawyer(qtbot, form)
    return form, lambda: form.name.text()


def agency(qtbot, desk):
    page(desk, "agencies").enter()
    form = opened(qtbot, desk, AgencyEditor)
    type_in(qtbot, form.name, "衢州市柯城区示例局")
    return form, lambda: form.name.text()


def settings(qtbot, desk):
    desk.window.run("show_settings")
    form = opened(qtbot, desk, SettingsDialog)
    form.office.selectAll()
    type_in(qtbot, form.office, "示例区司法局")
    return form, lambda: form.office.text()


def jurisdiction(qtbot, desk):
    desk.window.run("show_jurisdiction")
    form = opened(qtbot, desk, JurisdictionDialog)
    form.rules.add.click()
    line = form.rules.lines[-1]
    for name, value in (("area", "柯城区"), ("matter", "一审"), ("court", "浙0802")):
        line.entry(name).set_value(value)
    return form, lambda: len(form.rules.lines)


FORMS = [lawyer, agency, settings, jurisdiction]


@contextmanager
def held_by_another(desk, monkeypatch):
    monkeypatch.setattr(backends, "WAIT", 1)
    with locked(desk.database.file):
        yield


@contextmanager
def full(desk, monkeypatch):
    """No file of this process may grow beyond what the -wal is now: as on a full disk."""
    import resource

    with desk.database.write("写一次", undoable=False) as session:
        session.connection().exec_driver_sql("UPDATE setting SET value = value")
    size = desk.database.file.with_name(f"{desk.database.file.name}-wal").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(size, 4096), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(desk, monkeypatch):
    """What SQLite says where the folder's rights were taken away."""
    pool = desk.database.engine.pool
    kept = [pool.connect() for _ in range(3)]
    for one in kept:
        one.driver_connection.execute("PRAGMA query_only=ON")
    for one in kept:
        one.close()
    try:
        yield
    finally:
        desk.database.engine.dispose()


WAYS = [
    held_by_another,
    pytest.param(full, marks=pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")),
    read_only,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", FORMS)
def test_a_refusal_is_told_and_the_form_saves_once_the_cause_is_gone(qtbot, desk, monkeypatch, make, way):
    form, typed = make(qtbot, desk)
    before = typed()
    with way(desk, monkeypatch):
        form.save.click()
        box = opened(qtbot, desk, ErrorBox)
        assert box.text().endswith("。")
        assert not hasattr(box, "copy_button"), box.text()  # a sentence, not a bug
        assert form.isVisible()
        assert typed() == before
        box.close_button.click()
        desk.window.close()
        assert desk.window.isVisible()
        ask = next(b for b in form.findChildren(QMessageBox) if b.objectName() == "discard_box")
        next(b for b in ask.buttons() if b.text() == "继续填写").click()
        assert typed() == before
    form.activateWindow()
    with qtbot.waitSignal(form.accepted):
        form.save.click()


def test_a_conflict_is_told_and_the_text_is_offered_again(qtbot, desk):
    """Not in one form alone: the dialog itself tells its keeper."""
    with desk.database.write("新增顾问") as session:
        key = save_lawyer(session, a_lawyer(), TODAY)
    roster_page = page(desk, "roster")
    roster_page.open_key(key)
    form = opened(qtbot, desk, LawyerEditor)
    type_in(qtbot, form.name, "（改）")
    with desk.database.read() as session:
        draft = lawyer_draft(session, key, TODAY)
    with desk.database.write("别人修改") as session:
        save_lawyer(session, replace(draft, phone="13800009999"), TODAY, key)
    press(qtbot, form, Qt.Key.Key_S)
    box = opened(qtbot, desk, ErrorBox)
    assert "修改" in box.text()
    box.close_button.click()
    typed = form.name.text()
    assert "（改）" in typed
    assert form.strip.text.text() == AGAIN
    form._is_dirty = False
    form.reject()
    qtbot.waitUntil(lambda: not desk.tasks.unanswered)
    roster_page.open_key(key)
    form = opened(qtbot, desk, LawyerEditor)
    strip = form.findChild(Keeping).strip
    qtbot.waitUntil(strip.isVisible)
    strip.restore.click()
    assert form.name.text() == typed
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    with desk.database.read() as session:
        assert [row.name for row in roster(session, TODAY)] == [typed]
