"""Every command can be reached by mouse, by key and by the search, whatever the desktop does with Alt."""

import pytest

from gui.commands import MENUS, NEW, SHORTCUTS, matching
from gui.main_window import MINIMUM

ALL = [*NEW, *(command for _, menu in MENUS for command in menu), *SHORTCUTS]


def test_the_button_at_the_top_holds_every_menu(qtbot, desk):
    window = desk.window
    assert window.menu_button.isVisible()
    assert window.menuBar().isHidden()
    offered = [
        (entry.text().split("\t")[0], entry.data())
        for menu in window.menu_button.menu().actions()
        for entry in menu.menu().actions()
    ]
    assert offered == [(c.title, c.name) for _, menu in MENUS for c in menu]
    assert [menu.text() for menu in window.menu_button.menu().actions()] == [
        "文件(&F)",
        "工具(&T)",
        "帮助(&H)",
    ]


def test_the_recycle_bin_opens_from_the_button(qtbot, desk):
    tools = desk.window.menu_button.menu().actions()[1].menu()
    next(entry for entry in tools.actions() if entry.text() == "回收站…").trigger()
    qtbot.waitUntil(lambda: any(d.isVisible() and d.windowTitle() == "回收站" for d in dialogs(desk)))
    for dialog in dialogs(desk):
        dialog.close()


def dialogs(desk):
    from PySide6.QtWidgets import QDialog

    return [d for d in desk.window.findChildren(QDialog) if d.isVisible()]


@pytest.mark.parametrize("command", ALL, ids=lambda c: c.title)
def test_the_search_finds_every_command_by_title_and_by_letters(command):
    assert command in matching(command.title[:3])
    assert command in matching(command.letters)


def test_every_command_is_one_that_the_window_has(qtbot, desk):
    for command in ALL:
        page, _, name = command.name.rpartition(".")
        owner = desk.window._page(page) if page else desk.window._office
        assert callable(getattr(owner, name)), command


@pytest.mark.parametrize("size", [(1093, 570), (1366, 728), (1440, 868)])
def test_the_window_fits_small_and_magnified_screens(qtbot, demo_desk, size):
    window = demo_desk.window
    assert (window.minimumSize().width(), window.minimumSize().height()) == MINIMUM.toTuple()
    for page in ("workbench", "roster", "cases", "consultations", "agencies", "reports"):
        window.go(page)
        window.resize(*size)
        qtbot.wait(0)
        assert (window.width(), window.height()) == size, page
        corner = window.menu_button.mapTo(window, window.menu_button.rect().bottomRight())
        assert corner.x() < size[0], page
