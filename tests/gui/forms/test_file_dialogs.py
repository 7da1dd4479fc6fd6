"""The window's own file dialogs open no file: POSIX would drop SQLite's locks, and another process the -wal."""

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAbstractFileIconProvider
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QFileSystemModel, QPushButton

from db.roster.queries.roster import roster
from db.setup.opening import open_office
from gui.printing.files import FileDialog, QtFileDialogs
from tests.conftest import TODAY

ROOT = Path(__file__).parents[3]
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="POSIX locks as Linux lists them")


def locks(folder):
    """Return the locks that this process holds on the files of a folder, as (inode, from, to)."""
    inodes = {file.stat().st_ino for file in folder.iterdir() if file.is_file()}
    lines = (line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines())
    found = ((int(w[5].rpartition(":")[2]), w[6], w[7]) for w in lines if w[4] == str(os.getpid()))
    return sorted(lock for lock in found if lock[0] in inodes)


def the_dialog():
    [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, FileDialog) and w.isVisible()]
    return dialog


def list_folder(qtbot, ask, folder):
    """Open a dialog by ``ask``, go to the folder, wait until every file has its icon and kind, and give up."""
    ask()
    dialog = the_dialog()
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.setDirectory(str(folder))
    model = dialog.findChild(QFileSystemModel)
    names = {file.name for file in folder.iterdir() if file.is_file()}

    def listed():
        at = model.index(str(folder))
        rows = [model.index(row, 0, at) for row in range(model.rowCount(at))]
        return {r.data() for r in rows if model.type(r) and not model.fileIcon(r).isNull()} >= names

    qtbot.waitUntil(listed)
    dialog.reject()


def ask_open(desk):
    QtFileDialogs().open_file(desk.window, "选择名册", "所有文件 (*)", print)


def ask_save(desk):
    QtFileDialogs().save_file(desk.window, "导出", "名册.db", "所有文件 (*)", print)


@linux
@pytest.mark.parametrize("ask", [ask_open, ask_save])
def test_listing_the_folder_of_the_database_leaves_its_locks(qtbot, desk, ask):
    folder = desk.database.file.parent
    before = locks(folder)
    assert before, "SQLite holds locks on its files as long as it has them open"
    list_folder(qtbot, lambda: ask(desk), folder)
    assert locks(folder) == before
    list_folder(qtbot, lambda: ask(desk), folder)  # the second begins where the first was left
    assert locks(folder) == before


STORY = """
import os, subprocess, sys
sys.path.insert(0, {root!r})
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from db.roster.acts.lawyers import save_lawyer
from db.setup.opening import open_office
from gui.printing.files import FileDialog, QtFileDialogs
from tests.conftest import TODAY, a_lawyer
from tests.office import build_office

file = Path({file!r})
app = QApplication([])
database = open_office(file, "沈青禾")
office = build_office(app, database, QSettings({settings!r}, QSettings.Format.IniFormat), TODAY)
office.window.show()
with database.write("新增顾问") as session:
    save_lawyer(session, a_lawyer(), TODAY)
for _ in range(2):
    QtFileDialogs().open_file(office.window, "选择", "所有文件 (*)", print)
    [dialog] = [w for w in app.topLevelWidgets() if isinstance(w, FileDialog) and w.isVisible()]
    dialog.setDirectory(str(file.parent))
    QTest.qWait(700)
    dialog.reject()
    QTest.qWait(50)
look = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); print(d.execute('SELECT count(*) FROM lawyer').fetchone()[0]); d.close()"
assert subprocess.run([sys.executable, "-c", look, str(file)], capture_output=True, text=True).stdout.strip() == "1"
with database.write("新增顾问") as session:
    save_lawyer(session, a_lawyer(name="王砚秋", licence="13308201510123457", phone="13800001112"), TODAY)
print("saved", flush=True)
app.exec()
"""


@linux
def test_killed_after_its_dialogs_listed_the_folder_and_another_program_looked_in_nothing_is_lost(
    file, tmp_path
):
    script = STORY.format(root=str(ROOT), file=str(file), settings=str(tmp_path / "个人.ini"))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout.readline().strip() == "saved"
        os.kill(window.pid, signal.SIGKILL)
    again = open_office(file, "沈青禾")
    with again.read() as session:
        assert {row.name for row in roster(session, TODAY)} == {"汪晓棠", "王砚秋"}
    again.close()


def test_kinds_and_icons_come_from_the_name(qtbot, desk, tmp_path):
    ask_open(desk)
    dialog = the_dialog()
    if sys.platform != "win32":
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    provider = dialog.iconProvider()
    assert isinstance(provider, QAbstractFileIconProvider)
    assert dialog.findChild(QDialogButtonBox).findChildren(QPushButton)
    dialog.reject()


def test_no_other_file_of_the_program_makes_a_file_dialog():
    makers = set()
    for source in (ROOT / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & {
                "QFileDialog",
                "QFileSystemModel",
                "QFileIconProvider",
                "QMimeDatabase",
            }:
                makers.add(source.relative_to(ROOT).as_posix())
    assert makers == {"gui/printing/files.py"}
