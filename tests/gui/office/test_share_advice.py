"""A database on a network share is advised against once, with the way to a server."""

import sys

import pytest
from PySide6.QtWidgets import QMessageBox

from db import network_share
from tests.gui.conftest import close_desk, open_desk
from tests.gui.window.test_pages import opened

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts as Linux lists them")


def test_it_is_said_once_for_a_file_on_a_share(qtbot, qapp, office, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\n//nas/x {tmp_path} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(network_share, "MOUNTS", mounts)
    desk = open_desk(qapp, office, tmp_path)
    box = opened(qtbot, desk, QMessageBox)
    assert box.objectName() == "share_advice"
    assert "SMB" in box.text()
    assert "多台电脑共用" in box.text()
    box.buttons()[0].click()
    close_desk(qtbot, desk)
    again = open_desk(qapp, office, tmp_path)
    assert not again.window.findChildren(QMessageBox)
    close_desk(qtbot, again)


def test_on_a_disk_of_this_pc_nothing_is_said(desk):
    assert not desk.window.findChildren(QMessageBox)
