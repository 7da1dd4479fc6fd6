"""Small screens: nothing is cut or off the screen, and no button is lost."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from gui.rail import Rail
from gui.widgets.basics import column, key_hints, row
from gui.widgets.fields import Segments
from gui.widgets.scrolling import FRAME, stand
from tests.sizes import faults

ROOT = Path(__file__).parents[3]
PAGES = [(f"page{at}", f"示例页{at}", "folder-open") for at in range(10)]


def test_every_page_and_dialog_can_be_read_and_reached_on_every_office_screen():
    """In a process of its own, whose offscreen screen is as large as an office's."""
    walked = subprocess.run(
        [sys.executable, "-m", "tests.sizes", "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert walked.returncode == 0, walked.stdout + walked.stderr[-2000:]
    assert int(walked.stdout.split()[0]) > 100, "the walk leaves no window out"


def test_the_walk_tells_of_a_label_that_is_squeezed_and_of_one_that_hangs_out(qtbot):
    top = QWidget()
    qtbot.addWidget(top)
    squeezed, outside, right = (QLabel(f"示例单位的全称{word}", top) for word in "甲乙丙")
    squeezed.setGeometry(0, 0, squeezed.sizeHint().width() - 10, 40)
    outside.setGeometry(280, 50, outside.sizeHint().width(), 40)
    right.setGeometry(0, 100, right.sizeHint().width(), 40)
    top.resize(300, 200)
    top.show()
    told = faults(top, QSize(910, 512))
    assert len(told) == 2
    assert "甲: needs a width" in told[0]
    assert "乙: cut by" in told[1]
    assert faults(top, QSize(250, 512))[0].startswith("larger than the screen")


def test_segments_fold_into_a_menu_where_they_have_no_room_and_unfold_again(qtbot):
    made = Segments([("open", "在办"), ("waiting", "待指派"), ("all", "全部")], "views")
    around = QWidget()
    qtbot.addWidget(around)
    around.setLayout(row(made, None))
    around.show()
    told = []
    made.chosen.connect(told.append)
    around.resize(made.sizeHint().width() - 20, 40)
    assert made.folded.isVisible()
    assert not made.buttons["all"].isVisible()
    made.set_count("waiting", 3)
    menu = made.folded.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["在办", "待指派  3", "全部"]
    menu.actions()[1].trigger()
    assert (told, made.current(), made.folded.text()) == (["waiting"], "waiting", "待指派  3")
    around.resize(made.sizeHint().width() + 40, 40)
    assert made.buttons["waiting"].isVisible()
    assert not made.folded.isVisible()


def test_all_entries_of_the_rail_can_be_reached_in_a_low_window(qtbot):
    rail = Rail(PAGES)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 240)
    rail.show()
    qtbot.waitUntil(lambda: rail.verticalScrollBar().maximum() > 0)
    rail.choose("page0")
    rail.activateWindow()
    rail.setFocus()
    qtbot.waitUntil(rail.hasFocus)
    entries = [*rail.buttons.values(), *rail.commands.values()]
    for before, button in pairwise(entries):
        qtbot.keyClick(before, Qt.Key.Key_Down)
        assert button.visibleRegion().boundingRect().height() == button.height(), button.text()


def test_a_dialog_larger_than_its_screen_scrolls_and_keeps_its_buttons(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    body = QLabel("示例")
    body.setMinimumSize(3000, 3000)
    foot, save = QWidget(), QPushButton("保存")
    foot.setLayout(row(None, save))
    stand(dialog, column(body), foot, QSize(3000, 3000))
    dialog.show()
    room = dialog.screen().availableSize() - FRAME
    assert (dialog.width(), dialog.height()) == (room.width(), room.height())
    assert save.visibleRegion().boundingRect() == save.rect()


def test_key_hints_that_have_no_room_go_whole(qtbot):
    hints = key_hints(("Enter", "编辑"), ("Ctrl+E", "导出"))
    qtbot.addWidget(hints)
    hints.show()
    hints.resize(hints.sizeHint())
    assert all(
        group.isVisible()
        for group in hints.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    )
    hints.resize(hints.sizeHint().width() - 5, hints.height())
    shown = [
        g.isVisible() for g in hints.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    ]
    assert shown == [True, False]
