"""The first start on a fresh PC."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gui.look import qss
from gui.look.tokens import LIGHT
from tests.gui.window.test_pages import page


def test_a_new_office_begins_with_the_three_ways_to_build_the_roster(desk):
    roster = desk.window.stack.currentWidget()
    assert roster.name == "roster"
    assert roster.body.currentWidget() is roster.start
    assert [w.isVisible() for w in (roster.start.by_import, roster.start.by_hand, roster.start.by_demo)] == [
        True
    ] * 3


def test_what_needs_data_is_disabled_not_hidden(desk):
    roster = page(desk, "roster")
    assert roster.export_button.isVisible()
    assert not roster.export_button.isEnabled()


ROOT = Path(__file__).parents[3]


@pytest.fixture
def other_home(tmp_path):
    """Return the environment of another user of this PC, whose temporary folder is the common one."""
    common = tmp_path / "common"
    common.mkdir()
    places = {
        name: str(tmp_path / name) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    }
    for place in places.values():
        Path(place).mkdir(mode=0o700)
    return os.environ | places | {"TMPDIR": str(common), "TEMP": str(common), "TMP": str(common)}


def test_a_start_leaves_nothing_in_the_temporary_folder_that_all_users_share(other_home, file, tmp_path):
    environment = other_home | {"ADVISOR_POOL_BENCH": str(time.time()), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(ROOT / "main.py"), "--db", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "common").iterdir())


def test_icons_that_cannot_be_written_do_not_keep_the_program_from_starting(monkeypatch, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder can be made here", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("LOCALAPPDATA", str(blocked))
    assert (qss.ICONS / "check.svg").as_posix() in qss.style_sheet(LIGHT, 13)
