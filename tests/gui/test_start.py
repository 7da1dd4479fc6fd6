"""The first start on a fresh PC."""

from tests.gui.test_pages import page


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
