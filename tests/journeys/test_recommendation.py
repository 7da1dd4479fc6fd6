"""From 待分派 to the letter on the screen, without the mouse."""

from PySide6.QtCore import Qt

from db.cases.queries.cases import View
from gui.pages.cases.assigning.dialog import AssignDialog
from gui.printing.preview import PaperPreview
from tests.db.store.test_acts import enter_case, enter_lawyer
from tests.gui.window.test_pages import cases_page, opened


class Keys:
    """Counts the key actions of the clerk; a modifier is part of the key that it is held for."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.pressed += 1
        qtbot.keyClick(widget, key, modifier)


def test_the_first_two_candidates_are_recommended_in_at_most_six_keys(qtbot, desk):
    for at, (name, firm) in enumerate((("汪晓棠", "双港"), ("王砚秋", "九华"), ("叶知秋", "水亭"))):
        enter_lawyer(desk.database, name=name, licence=f"1330820151012345{at}", firm=f"示例{firm}律师事务所")
    enter_case(desk.database)
    cases = cases_page(qtbot, desk)
    cases.show_view(View.UNASSIGNED)
    qtbot.waitUntil(lambda: cases.is_ready)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    cases.table.setFocus()

    keys = Keys()
    keys.press(qtbot, cases.table, Qt.Key.Key_Home)
    keys.press(qtbot, cases.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(qtbot, desk, AssignDialog)
    first_two = [c.name for c in dialog.offer.candidates[:2]]
    qtbot.waitUntil(dialog.candidates.hasFocus)
    keys.press(qtbot, dialog.candidates, Qt.Key.Key_Space)
    keys.press(qtbot, dialog.candidates, Qt.Key.Key_Down)
    keys.press(qtbot, dialog.candidates, Qt.Key.Key_Space)
    keys.press(qtbot, dialog.candidates, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)

    (letter,) = preview.desk.current.papers
    assert letter.number == "柯司顾荐〔2026〕1号"
    said = str(letter.blocks)
    assert all(name in said for name in first_two)
    assert keys.pressed <= 6
    assert "推荐函 柯司顾荐〔2026〕1号" in desk.window.notice.text()
    preview.close()
    qtbot.waitUntil(lambda: cases.is_ready)
