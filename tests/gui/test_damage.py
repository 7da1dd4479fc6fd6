"""What the window says of a file that is damaged, or that is not there."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QMessageBox

from db.acts.setup import open_office
from gui import app as program
from tests.damaging import bytes_of
from tests.gui.conftest import close_desk, open_desk


@pytest.fixture
def damaged(demo_template, tmp_path):
    """Return the demo bureau's file without an index."""
    file = tmp_path / "坏了.db"
    file.write_bytes(demo_template.read_bytes())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP INDEX uq_lawyer_licence")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def test_a_damaged_file_is_shown_under_a_strip_and_refuses_every_act(qtbot, qapp, damaged, tmp_path):
    before = bytes_of(damaged)
    desk = open_desk(qapp, open_office(damaged, "沈青禾"), tmp_path)
    strip = desk.window.findChild(QFrame, "damage_strip")
    assert strip.isVisibleTo(desk.window)
    said = " ".join(label.text() for label in strip.findChildren(type(desk.window.notice)))
    assert "uq_lawyer_licence" in said
    assert "不能修改" in said
    desk.window.go("cases")
    cases = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: cases.table.model().rowCount() > 0)
    desk.window.undo()
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error_box") is not None)
    box = desk.window.findChild(QMessageBox, "error_box")
    assert "不能修改" in box.text()
    box.close_button.click()
    close_desk(qtbot, desk)
    assert bytes_of(damaged) == before


@pytest.mark.parametrize(("answer", "made"), [("新建", True), ("退出", False)])
def test_a_new_file_is_made_only_when_the_clerk_says_so(qtbot, qapp, desk, answer, made):
    answers = []

    def press():
        box = QApplication.activeModalWidget()
        answers.append(box.text())
        next(b for b in box.buttons() if b.text() == answer).click()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, press)
    assert program.may_make_new("没有数据库文件 /打错.db。", desk.window) is made
    assert "打错.db" in answers[0]
    assert "新建一个空的顾问库" in answers[0]
