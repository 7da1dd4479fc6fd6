"""Half-typed forms survive: a crash, a kill, a second crash; they go when they are saved or given up."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db.office.queries.history import recent_acts
from db.office.queries.kept_drafts import kept_draft
from db.setup.opening import open_office
from gui.forms.keeping import Keeping
from gui.pages.consultations.record.editor import RecordEditor
from gui.pages.roster.forms.editor import LawyerEditor
from tests.db.consultations.stories import convened, enter_pool
from tests.gui.conftest import close_desk, open_desk
from tests.gui.window.test_pages import fill_lawyer, opened, page
from tests.typed import press, type_in

ROOT = Path(__file__).parents[3]
CHILD = """
import os, sys
sys.path.insert(0, {root!r})
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from db.setup.opening import open_office
from gui.pages.consultations.record.editor import RecordEditor
from tests.conftest import TODAY
from tests.office import build_office

app = QApplication([])
database = open_office(Path({file!r}), "沈青禾")
office = build_office(app, database, QSettings({settings!r}, QSettings.Format.IniFormat), TODAY)
office.window.show()
editors = []

def type_in(widget, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)

def begin():
    office.window.go("consultations", {key})
    office.window.run("consultations.run_act", "record")
    timer.start()

def look():
    editors.extend(office.window.findChildren(RecordEditor))
    if editors:
        timer.stop()
        type_in(editors[0].opinions.blocks[None].text, {said!r})
        QTimer.singleShot(4500, go_on)

def go_on():
    type_in(editors[0].conclusion, {late!r})
    print("typed", flush=True)

timer = QTimer()
timer.setInterval(50)
timer.timeout.connect(look)
QTimer.singleShot(0, begin)
app.exec()
"""
SAID, LATE = "第 2 户拆除早于协议生效，存在败诉风险。", "刚刚输入的字"


def kept_names(database):
    with database.read() as session:
        found = kept_draft(session, "lawyer", 0, database.hand)
    return (
        [found.content["draft"]["name"], *(e["draft"]["name"] for e in found.content["waiting"])]
        if found
        else []
    )


def new_editor(qtbot, desk):
    page(desk, "roster").enter()
    editor = opened(qtbot, desk, LawyerEditor)
    return editor, editor.findChild(Keeping)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_killed_in_the_middle_of_minutes_all_but_the_last_five_seconds_is_offered_at_the_next_start(
    qtbot, qapp, office, tmp_path
):
    enter_pool(office)
    key = convened(office)
    office.close()
    script = CHILD.format(
        root=str(ROOT),
        file=str(office.file),
        settings=str(tmp_path / "kind.ini"),
        key=key,
        said=SAID,
        late=LATE,
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline().strip() == "typed"
        os.kill(child.pid, signal.SIGKILL)
    again = open_office(office.file, "沈青禾")
    desk = open_desk(qapp, again, tmp_path)
    desk.window.go("consultations", key)
    desk.window.run("consultations.run_act", "record")
    editor = opened(qtbot, desk, RecordEditor)
    strip = editor.findChild(Keeping).strip
    qtbot.waitUntil(strip.isVisible)
    assert "未保存的内容" in strip.text.text()
    assert not editor.opinions.blocks[None].text.text()
    strip.restore.click()
    assert editor.opinions.blocks[None].text.text() == SAID
    assert not strip.isVisible()
    editor._is_dirty = False
    editor.reject()
    close_desk(qtbot, desk)
    again.close()


def test_what_was_typed_is_kept_without_an_act_and_goes_when_it_is_saved(qtbot, desk):
    editor, _ = new_editor(qtbot, desk)
    fill_lawyer(qtbot, editor)
    qtbot.waitUntil(lambda: kept_names(desk.database) == ["汪晓棠"])
    with desk.database.read() as session:
        assert [act.label for act in recent_acts(session)] == ["载入初始数据"]
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not kept_names(desk.database))
    with desk.database.read() as session:
        assert [act.label for act in recent_acts(session)] == ["新增顾问 汪晓棠", "载入初始数据"]


def test_giving_up_forgets_it(qtbot, desk):
    editor, _ = new_editor(qtbot, desk)
    type_in(qtbot, editor.name, "汪")
    qtbot.waitUntil(lambda: kept_names(desk.database) == ["汪"])
    editor.reject()
    box = opened(qtbot, desk, QMessageBox)
    next(b for b in box.buttons() if b.text() == "放弃").click()
    qtbot.waitUntil(lambda: not kept_names(desk.database))


def crash(desk, editor):
    """End the window as a crash does: nobody asks, nobody saves, nobody drops what was kept."""
    editor.findChild(Keeping)._is_over = True
    editor.finished.disconnect()
    editor._is_dirty = False
    editor.close()


def test_a_second_crash_loses_neither_what_waits_nor_what_was_typed(qtbot, desk):
    editor, _ = new_editor(qtbot, desk)
    type_in(qtbot, editor.name, "汪晓棠")
    qtbot.waitUntil(lambda: kept_names(desk.database) == ["汪晓棠"])
    crash(desk, editor)

    editor, keeping = new_editor(qtbot, desk)
    qtbot.waitUntil(keeping.strip.isVisible)
    type_in(qtbot, editor.name, "王砚秋")  # the offer is not answered yet
    qtbot.waitUntil(lambda: kept_names(desk.database) == ["王砚秋", "汪晓棠"])
    crash(desk, editor)

    editor, keeping = new_editor(qtbot, desk)
    qtbot.waitUntil(keeping.strip.isVisible)
    keeping.strip.discard.click()
    assert keeping.strip.isVisible()
    keeping.strip.restore.click()
    assert editor.name.text() == "汪晓棠"
    qtbot.waitUntil(lambda: kept_names(desk.database) == ["汪晓棠"])
    editor._is_dirty = False
    editor.reject()
    qtbot.waitUntil(lambda: not kept_names(desk.database))
