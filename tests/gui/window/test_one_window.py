"""One window for one file: a second start raises the first and ends; a killed window is in nobody's way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gui.one_window import Arrival, OneWindow

ROOT = Path(__file__).parents[3]
START = [sys.executable, str(ROOT / "main.py"), "--db"]
FIRST = """
import sys
sys.path.insert(0, {root!r})
from gui import app, main_window, no_database
raise_up, shown = main_window.MainWindow.raise_up, main_window.MainWindow.attach
def up(window):
    raise_up(window)
    print("up", flush=True)
def attached(window, context):
    try:
        shown(window, context)
        print("open", flush=True)
    except BaseException as error:  # said, or the test would wait for it in vain
        print(repr(error), flush=True)
        raise
main_window.MainWindow.raise_up, main_window.MainWindow.attach = up, attached
def new(said, copy, parent, then, *, may_make):  # the clerk, asked about a path without a file
    then(no_database.WayOn.NEW)
app.ask_way_on = new
sys.exit(app.run({file!r}))
"""


def surroundings(**more):
    """Return the environment as it is now: the folders of a user are set once the tests run."""
    return os.environ | {"QT_QPA_PLATFORM": "offscreen"} | more


@contextmanager
def window(file):
    """Run the program in a process of its own that says when it is open, and when it was raised."""
    script = FIRST.format(root=str(ROOT), file=str(file))
    with subprocess.Popen(
        [sys.executable, "-c", script], env=surroundings(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().strip() == "open"
        try:
            yield process
        finally:
            process.kill()


def start(file):
    """Start the program as a clerk does; return its exit code, or None if it has stayed and been ended."""
    bench = surroundings(ADVISOR_POOL_BENCH=str(time.time()))  # a window that opens its data leaves by itself
    done = subprocess.run([*START, str(file)], env=bench, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("path", ["same", "relative", "symbolic link", "hard link"])
def test_a_second_start_raises_the_first_and_ends(file, tmp_path, monkeypatch, path):
    again = file
    if path == "relative":
        monkeypatch.chdir(tmp_path)
        again = Path(file.name)
    elif path != "same":
        again = tmp_path / "桌面上的.db"
        (again.symlink_to if path == "symbolic link" else again.hardlink_to)(file)
    with window(file) as first:
        code, said = start(again)
        assert code == 0
        assert "已经打开" in said
        assert first.stdout.readline().strip() == "up"


def test_a_new_file_is_known_once_it_is_made(tmp_path):
    with window(tmp_path / "新.db") as first:
        code, said = start(tmp_path / "新.db")
        assert (code, "已经打开" in said) == (0, True)
        assert first.stdout.readline().strip() == "up"


def test_another_file_opens_beside_it(file, tmp_path):
    other = shutil.copy(file, tmp_path / "另一个.db")
    with window(file):
        code, said = start(other)
        assert code == 0
        assert "data" in said
        assert "已经打开" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_a_killed_window_is_in_nobodys_way(file):
    with window(file) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        code, said = start(file)
    assert code == 0
    assert "data" in said


def test_of_many_starts_at_once_one_stays(file, tmp_path):
    with window(file) as first:
        starts = [
            subprocess.Popen([*START, str(file)], env=surroundings(), stdout=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
        assert all("已经打开" in other.communicate()[0] for other in starts)
        assert [other.returncode for other in starts] == [0, 0, 0]
        assert [first.stdout.readline().strip() for _ in starts] == ["up"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP is a POSIX signal")
def test_a_window_that_does_not_answer_is_said(file, monkeypatch):
    from gui import one_window

    monkeypatch.setattr(one_window, "PATIENCE", 0.5)
    with window(file) as first:
        os.kill(first.pid, signal.SIGSTOP)
        assert OneWindow(str(file)).arrive() is Arrival.SILENT
        os.kill(first.pid, signal.SIGCONT)


def test_the_raised_window_is_not_minimised_and_stays_on_its_page(qtbot, desk):
    desk.window.go("cases")
    desk.window.setWindowState(Qt.WindowState.WindowMinimized)
    desk.window.raise_up()
    assert not desk.window.isMinimized()
    assert desk.window.stack.currentWidget().name == "cases"


def test_one_server_is_one_database_whoever_signs_in():
    first = OneWindow("postgresql://沈青禾:a@10.1.1.1/pool")
    second = OneWindow("postgresql://10.1.1.1:5432/pool")
    other = OneWindow("postgresql://10.1.1.1/other")
    assert first.arrive() is Arrival.FIRST
    first.called.connect(lambda: None)
    try:
        assert other.arrive() is Arrival.FIRST
        from gui.one_window import _name_of

        assert _name_of(second._place) == _name_of(first._place)
    finally:
        first.close()
        other.close()
