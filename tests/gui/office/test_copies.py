"""The last copy's age in the status bar, a copy on demand, and the way back from one."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid
from sqlalchemy import func, select

from db.models.lawyer import Lawyer
from db.office.acts.attachments import attach_files
from db.setup.opening import open_office
from gui.errors import ErrorBox
from gui.look.theme import colour
from gui.office.copies_dialog import CopiesDialog, RestoreDialog
from gui.office.copy_keeper import SECOND
from gui.office.settings_dialog import SettingsDialog
from tests.conftest import TODAY
from tests.db.store.test_acts import enter_lawyer
from tests.gui.conftest import close_desk, open_desk
from tests.gui.window.test_pages import opened


def lawyers(desk):
    with desk.database.read() as session:
        return session.scalar(select(func.count(Lawyer.id)))


def dot(desk):
    picture = desk.window.backup.icon().pixmap(14, 14).toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).name()


def copied(qtbot, desk, run):
    """Do ``run`` and wait until its copy is made and shown."""
    run()
    qtbot.waitUntil(lambda: not desk.window.copies.is_busy and desk.window.backup.text() != " 正在备份…")


def test_the_day_begins_with_a_copy_and_its_age_stands_in_the_status_bar(qtbot, desk):
    keeper = desk.window.copies
    qtbot.waitUntil(lambda: desk.window.backup.text() == " 还没有备份")
    assert dot(desk) == colour("dg_solid").name()
    copied(qtbot, desk, keeper.begin_day)
    qtbot.waitUntil(lambda: desk.window.backup.text().startswith(" 最近备份 今天 "))
    assert dot(desk) == colour("ok_solid").name()
    assert "制作时已核对" in desk.window.backup.toolTip()
    assert len(keeper.copies) == 1
    copied(qtbot, desk, keeper.begin_day)  # the second window of the day makes none
    assert len(list(keeper.shelf.folder.glob("*.db"))) == 1


@pytest.mark.parametrize(
    ("days", "words", "token"),
    [(2, "2 天前", "wn_solid"), (7, "7 天前", "wn_solid"), (8, "8 天前", "dg_solid")],
)
def test_an_old_copy_is_amber_and_then_red(qtbot, desk, days, words, token):
    keeper = desk.window.copies
    copied(qtbot, desk, keeper.begin_day)
    qtbot.waitUntil(lambda: bool(keeper.copies))
    made = keeper.copies[0].path
    at = datetime.now(UTC).astimezone() - timedelta(days=days) + timedelta(minutes=5)
    made.rename(made.with_name(f"{keeper.shelf.stem}-{at:%Y%m%d-%H%M%S}-每日.db"))
    keeper.refresh()
    qtbot.waitUntil(lambda: words in desk.window.backup.text())
    assert dot(desk) == colour(token).name()


def test_a_copy_that_fails_is_red_and_says_why_and_nothing_else_stops(qtbot, desk):
    keeper = desk.window.copies
    keeper.shelf.folder.write_text("别的东西", encoding="utf-8")
    copied(qtbot, desk, keeper.begin_day)
    assert desk.window.backup.text() == " 备份没有完成"
    assert dot(desk) == colour("dg_solid").name()
    assert "同名的文件" in desk.window.backup.toolTip()
    desk.window.run("back_up")  # a clerk who asks for it is told at once
    box = opened(qtbot, desk, ErrorBox)
    assert "移走或改名后再试" in box.text()
    box.close_button.click()
    keeper.shelf.folder.unlink()
    copied(qtbot, desk, lambda: desk.window.run("back_up"))
    qtbot.waitUntil(lambda: desk.window.backup.text().startswith(" 最近备份 今天 "))
    assert dot(desk) == colour("ok_solid").name()


def test_a_stick_that_is_not_there_is_said_and_the_first_copy_stands(qtbot, desk, tmp_path):
    desk.context.preferences.setValue(SECOND, str(tmp_path / "U盘"))
    desk.window.run("back_up")
    box = opened(qtbot, desk, ErrorBox)
    assert "数据库已备份并核对，但是" in box.text()
    assert "U 盘是否插好" in box.text()
    box.close_button.click()
    qtbot.waitUntil(lambda: desk.window.backup.text().endswith("，有问题"))
    assert dot(desk) == colour("wn_solid").name()
    (tmp_path / "U盘").mkdir()
    copied(qtbot, desk, lambda: desk.window.run("back_up"))
    assert len(list((tmp_path / "U盘").rglob("*-手动.db"))) == 1


def test_a_lost_attachment_is_named(qtbot, desk, tmp_path):
    paper = tmp_path / "判决书.pdf"
    paper.write_bytes(b"%PDF " * 100)
    attach_files(desk.database, "lawyer", enter_lawyer(desk.database), [paper], TODAY)
    shutil.rmtree(desk.database.file.parent / "附件")
    desk.window.run("back_up")
    box = opened(qtbot, desk, ErrorBox)
    assert "附件“判决书.pdf”没有备份" in box.text()
    box.close_button.click()


def test_the_second_folder_is_chosen_in_the_settings(qtbot, desk, tmp_path):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    dialog.second.setText("U盘")
    dialog.save.click()
    assert "完整的路径" in dialog.boxes["second"].message.text()
    desk.files.path = tmp_path
    dialog.second.actions()[0].trigger()
    assert dialog.second.text() == str(tmp_path)
    dialog.save.click()
    qtbot.waitUntil(lambda: desk.context.preferences.value(SECOND) == str(tmp_path))
    assert desk.window.copies.second() == tmp_path


def test_back_from_a_copy_the_window_shows_what_was(qtbot, desk):
    enter_lawyer(desk.database)
    copied(qtbot, desk, desk.window.copies.begin_day)
    enter_lawyer(desk.database, name="示例乙", licence="13308201510999999", phone="")
    desk.window.go("roster")
    desk.window.backup.click()
    dialog = opened(qtbot, desk, CopiesDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert [dialog.table.item(0, at).text().strip() for at in (1, 3)] == ["每日", "已核对"]
    dialog.restore.click()
    asking = opened(qtbot, desk, RestoreDialog)
    qtbot.waitUntil(asking.agree.isEnabled)
    assert "1 条将不再存在" in asking.kinds.text()
    assert "1 次操作不再存在" in asking.strip.text.text()
    assert asking.acts.item(0, 2).text().strip() == "新增顾问 示例乙"
    qtbot.keyClick(asking, Qt.Key.Key_Escape)  # a look changes nothing
    assert lawyers(desk) == 2
    dialog.restore.click()
    asking = opened(qtbot, desk, RestoreDialog)
    qtbot.waitUntil(asking.agree.isEnabled)
    asking.agree.click()
    qtbot.waitUntil(lambda: "已从" in desk.window.notice.text())
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert lawyers(desk) == 1
    page = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: len(page.table.rows.keys) == 1)
    qtbot.waitUntil(lambda: len(desk.window.copies.copies) == 2)


def test_while_another_window_is_open_the_restore_is_refused_and_said(qtbot, desk):
    enter_lawyer(desk.database)
    copied(qtbot, desk, desk.window.copies.begin_day)
    other = open_office(desk.database.file, "别的窗口")
    enter_lawyer(other, name="示例乙", licence="13308201510999999", phone="")
    desk.window.run("show_copies")
    dialog = opened(qtbot, desk, CopiesDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    dialog.restore.click()
    asking = opened(qtbot, desk, RestoreDialog)
    qtbot.waitUntil(asking.agree.isEnabled)
    asking.agree.click()
    box = opened(qtbot, desk, ErrorBox)
    assert "正被另一个窗口" in box.text()
    box.close_button.click()
    assert asking.agree.isEnabled()
    asking.reject()
    dialog.reject()
    other.close()
    assert lawyers(desk) == 2


def test_closing_the_window_gives_up_the_copy_that_is_being_made(qtbot, qapp, demo_office, tmp_path):
    running = open_desk(qapp, demo_office, tmp_path)
    running.window.copies.begin_day()
    close_desk(qtbot, running)
    assert list((tmp_path / "备份").glob("*正在写*")) == []
