"""What the window says of a file that is damaged, or that is not there."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QFrame, QMessageBox
from sqlalchemy import func, select

from db import backends
from db.copies.making import back_up
from db.copies.rotation import Why
from db.copies.shelf import shelf_of
from db.models.case import Case
from db.places import default_database
from db.setup.checking import check_office
from db.setup.opening import open_office
from gui import app as program
from gui.no_database import WayOn, ask_way_on
from gui.office.copies_dialog import CopiesDialog, RestoreDialog
from gui.one_window import OneWindow
from tests.damaging import bytes_of
from tests.db.store.test_acts import enter_lawyer
from tests.gui.conftest import close_desk, open_desk
from tests.gui.window.test_pages import opened


@pytest.fixture
def damaged(demo_template, tmp_path):
    """Return the demo bureau's file without an index."""
    file = tmp_path / "坏了.db"
    file.write_bytes(demo_template.read_bytes())
    shutil.copy(file, tmp_path / "完好.db")
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


def test_back_from_a_copy_the_damaged_window_goes_on_with_what_it_holds(qtbot, qapp, damaged, tmp_path):
    copies = shelf_of(backends.url_of(damaged))
    copies.folder.mkdir()
    shutil.copy(tmp_path / "完好.db", copies.free_name(Why.DAILY, datetime.now(UTC).astimezone()))
    desk = open_desk(qapp, open_office(damaged, "沈青禾"), tmp_path)
    strip = desk.window.findChild(QFrame, "damage_strip")
    strip.restore.click()
    dialog = opened(qtbot, desk, CopiesDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    dialog.restore.click()
    asking = opened(qtbot, desk, RestoreDialog)
    qtbot.waitUntil(asking.agree.isEnabled)
    asking.agree.click()
    qtbot.waitUntil(lambda: "已从" in desk.window.notice.text())
    qtbot.waitUntil(lambda: not strip.isVisibleTo(desk.window))
    desk.window.go("cases")
    cases = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: cases.table.model().rowCount() > 0)
    enter_lawyer(
        desk.database, name="示例乙", licence="13308201510999999", phone=""
    )  # it may be written again
    desk.window.undo()
    qtbot.waitUntil(lambda: "撤销" in desk.window.notice.text())
    close_desk(qtbot, desk)
    assert all(line.is_ok for line in check_office(damaged))


def cut_to_nothing(file):
    file.write_bytes(b"")


def broken_header(file):
    file.write_bytes(b"\xff" * 100 + file.read_bytes()[100:])


def half(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 + 7])


def other_tables(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE alembic_version")


def deleted(file):
    file.unlink()


@pytest.fixture
def start(qtbot, qapp, demo_template, tmp_path, monkeypatch):
    """Return what starts the whole program on this PC's own file, after something was done to it, and answers."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    file = default_database()
    shutil.copy(demo_template, file)
    running = []

    def run(spoil, answer, *, with_copy=True):
        if with_copy:
            back_up(backends.url_of(file), Why.BY_HAND)
        spoil(file)
        desk = program.Program(qapp, str(file), OneWindow(str(file)))
        running.append(desk)
        desk.start()
        box = None

        def is_answered():
            nonlocal box
            box = desk.window.findChild(QMessageBox)
            return box is not None or desk._database is not None

        qtbot.waitUntil(is_answered)
        said = ""
        if box is not None:
            said = box.text()
            next(b for b in box.buttons() if b.text() == answer).click()
        return desk, said

    yield run
    for desk in running:
        desk.window.close()
        qtbot.waitUntil(lambda desk=desk: not desk.window.isVisible())
        desk.stop()
        desk.window.deleteLater()


@pytest.mark.parametrize("spoil", [cut_to_nothing, broken_header, half, other_tables, deleted])
def test_what_cannot_be_read_any_more_comes_back_from_the_last_good_copy(qtbot, start, spoil):
    desk, said = start(spoil, "恢复最近的备份")
    assert "手动.db" in said
    assert "。。" not in said
    qtbot.waitUntil(lambda: desk._database is not None)
    qtbot.waitUntil(lambda: "已从" in desk.window.notice.text())
    with desk._database.read() as session:
        assert session.scalar(select(func.count(Case.id))) == 60


def test_a_deleted_file_becomes_a_new_office_only_when_the_clerk_says_so(qtbot, start):
    desk, said = start(deleted, "新建空的顾问库")
    assert "没有数据库文件" in said
    qtbot.waitUntil(lambda: desk._database is not None)
    with desk._database.read() as session:
        assert session.scalar(select(func.count(Case.id))) == 0


def test_the_first_office_on_this_pc_is_made_without_asking(qtbot, start):
    desk, said = start(deleted, "", with_copy=False)
    assert said == ""
    qtbot.waitUntil(lambda: desk._database is not None)


@pytest.mark.parametrize(("answer", "way"), [("新建", WayOn.NEW), ("退出", WayOn.LEAVE)])
def test_a_new_file_is_made_only_when_the_clerk_says_so(qtbot, desk, answer, way):
    ways = []
    ask_way_on("没有数据库文件 /打错.db。", None, desk.window, ways.append, may_make=True)
    box = desk.window.findChild(QMessageBox, "no_database")
    assert "打错.db" in box.text()
    assert "新建一个空的顾问库" in box.text()
    next(b for b in box.buttons() if b.text() == answer).click()
    assert ways == [way]
