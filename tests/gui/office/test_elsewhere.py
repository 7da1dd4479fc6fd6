"""The file is deleted, moved or replaced while the window is open: told at once, nothing typed is lost, and work goes on."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt

from db.copies.elsewhere import save_elsewhere
from db.errors import Misplaced, UserError
from db.office.acts.attachments import attach_files
from db.office.queries.attachments import attachments
from db.roster.queries.roster import roster
from db.setup.opening import open_office
from gui import moved
from gui.errors import ErrorBox
from gui.forms.keeping import Keeping
from gui.pages.roster.forms.editor import LawyerEditor
from tests.conftest import TODAY
from tests.db.store.test_opened_file import deleted, entered, folder_gone, log_deleted, replaced
from tests.db.store.test_opened_file import moved as moved_away
from tests.gui.conftest import close_desk, open_desk
from tests.gui.window.test_pages import fill_lawyer, opened, page
from tests.typed import press

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows lets nobody move or delete an open file"
)
WAYS = [deleted, moved_away, replaced, folder_gone, log_deleted]


@pytest.fixture
def stick(template, tmp_path):
    """An office in a folder of its own, with a lawyer and his photo."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    shutil.copy(template, folder / "顾问库.db")
    database = open_office(folder / "顾问库.db", "沈青禾")
    [key] = entered(database, "王砚秋", first=7)
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"not really a photo")
    attach_files(database, "lawyer", key, [photo], TODAY)
    yield database
    database.close()


@pytest.fixture
def stick_desk(qtbot, qapp, stick, tmp_path):
    running = open_desk(qapp, stick, tmp_path)
    yield running
    close_desk(qtbot, running)


def names(database):
    with database.read() as session:
        return {row.name for row in roster(session, TODAY)}


@pytest.mark.parametrize("how", WAYS)
def test_the_refused_form_keeps_its_text_and_saves_in_the_new_place(qtbot, stick_desk, stick, tmp_path, how):
    page(stick_desk, "roster").enter()
    editor = opened(qtbot, stick_desk, LawyerEditor)
    fill_lawyer(qtbot, editor)
    stick_desk.context.bus._timer.stop()  # the clerk is quicker than the next look
    how(stick.file)
    old = stick.file
    press(qtbot, editor, Qt.Key.Key_S)
    box = opened(qtbot, stick_desk, ErrorBox)
    assert "不能保存" in box.text()
    assert editor.name.text() == "汪晓棠"
    target = tmp_path / "另存.db"
    stick_desk.files.path = target
    box.rescue_button.click()
    qtbot.waitUntil(lambda: stick.file == target)
    qtbot.waitUntil(lambda: not stick_desk.tasks.unanswered)
    assert "另存.db" in stick_desk.window.place.text()
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    stick_desk.context.bus._timer.start()
    assert names(stick) == {"王砚秋", "汪晓棠"}
    again = open_office(target, "另一位")
    assert names(again) == {"王砚秋", "汪晓棠"}
    again.close()
    assert moved.newest(stick_desk.context.preferences, old) == target


@pytest.mark.parametrize("how", WAYS)
def test_it_is_said_at_once_without_any_act_and_only_once(qtbot, stick_desk, stick, how):
    how(stick.file)
    box = opened(qtbot, stick_desk, ErrorBox)
    assert box.rescue_button.text() == "另存到别处…"
    box.close_button.click()
    for _ in range(2):
        stick_desk.context.bus.listen()
        qtbot.waitUntil(lambda: not stick_desk.context.bus._asking)
    assert not [b for b in stick_desk.window.findChildren(ErrorBox) if b.isVisible()]


def test_what_is_typed_meanwhile_is_kept_on_this_pc_and_offered_again(qtbot, stick_desk, stick):
    page(stick_desk, "roster").enter()
    editor = opened(qtbot, stick_desk, LawyerEditor)
    moved_away(stick.file)
    box = opened(qtbot, stick_desk, ErrorBox)
    box.close_button.click()
    fill_lawyer(qtbot, editor)
    qtbot.waitUntil(lambda: "已暂存在本机" in editor.strip.text.text())
    keeping = editor.findChild(Keeping)
    keeping._is_over = True  # as after a crash
    editor.finished.disconnect()
    editor._is_dirty = False
    editor.close()
    stick.file.with_name("移走了.db").rename(stick.file)
    page(stick_desk, "roster").enter()
    editor = opened(qtbot, stick_desk, LawyerEditor)
    strip = editor.findChild(Keeping).strip
    qtbot.waitUntil(strip.isVisible)
    strip.restore.click()
    assert editor.name.text() == "汪晓棠"
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not keeping._aside.file.exists())
    assert names(stick) == {"王砚秋", "汪晓棠"}


@pytest.mark.parametrize("how", WAYS)
def test_attachments_come_along_or_are_counted(stick, tmp_path, how):
    how(stick.file)
    said = save_elsewhere(stick, tmp_path / "另存.db")
    with stick.read() as session:
        [row] = roster(session, TODAY)
        [photo] = attachments(session, "lawyer", row.key)
    assert photo.path.is_file() == (how is not folder_gone)
    assert ("1 个附件没有找到" in said) == (how is folder_gone)
    assert entered(stick, "江一帆", first=9)


def test_no_other_file_is_overwritten(stick, tmp_path):
    other = tmp_path / "别人的.db"
    other.write_bytes(b"something")
    moved_away(stick.file)
    with pytest.raises(UserError, match="已存在"):
        save_elsewhere(stick, other)
    assert other.read_bytes() == b"something"
    with pytest.raises(UserError):
        save_elsewhere(stick, tmp_path / "没有这个文件夹" / "另存.db")
    with pytest.raises(Misplaced):
        entered(stick, "江一帆", first=9)


def test_the_next_start_follows_where_the_work_went_on(tmp_path):
    preferences = QSettings(str(tmp_path / "个人.ini"), QSettings.Format.IniFormat)
    first, second, third = (tmp_path / name for name in ("一.db", "二.db", "三.db"))
    assert moved.newest(preferences, first) == first
    moved.remember(preferences, first, second)
    moved.remember(preferences, second, third)
    assert moved.newest(preferences, first) == third
    moved.remember(preferences, third, first)  # and back again
    assert moved.newest(preferences, first) == first
    moved.forget(preferences, first)
    assert moved.newest(preferences, Path(first)) == first
