"""No number of a person stands on the screen, in a tooltip or in what is read aloud, unless it was asked for."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QTableView, QWidget

from db.office.queries.history import recent_acts
from db.roster.queries.roster import roster
from tests.conftest import TODAY

SAID = ("text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "plainText")
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def said(root: QWidget) -> set[str]:
    """Return every text that the parts of a window show, or tell a screen reader."""
    found: set[str] = set()
    for part in (root, *root.findChildren(QWidget)):
        found |= {str(part.property(name)) for name in SAID}
        if isinstance(part, QAbstractItemView) and isinstance(model := part.model(), QAbstractItemModel):
            columns = model.columnCount() if isinstance(part, QTableView) else 1
            places = [(r, c) for r in range(model.rowCount()) for c in range(columns)]
            found |= {str(model.index(r, c).data(role)) for r, c in places for role in ROLES}
    return found


@pytest.fixture
def phones(demo_desk) -> set[str]:
    with demo_desk.database.read() as session:
        return {row.phone for row in roster(session, TODAY) if row.phone}


@pytest.mark.parametrize("key", ["workbench", "roster", "cases", "agencies", "reports"])
def test_no_phone_of_the_pool_is_shown_on_any_page(qtbot, demo_desk, phones, key):
    window = demo_desk.window
    window.go(key)
    page = window.stack.currentWidget()
    rows = 0
    if hasattr(page, "table"):
        qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)
        rows = min(page.table.model().rowCount(), 8)
    for at in range(rows):
        page.table.selectRow(at)
        qtbot.wait(250)  # the panel follows a moment later
        assert not [text for text in said(window) for phone in phones if phone in text]
    assert not [text for text in said(window) for phone in phones if phone in text]


def test_a_phone_that_was_asked_for_is_noted_and_hidden_again_with_the_next_lawyer(qtbot, demo_desk, phones):
    demo_desk.window.go("roster")
    page = demo_desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 15)
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: page.details.findChild(QPushButton, "reveal_phone") is not None)
    name = page.details.detail.row.name
    page.details.findChild(QPushButton, "reveal_phone").click()
    qtbot.waitUntil(lambda: bool(phones & said(page.details)))
    with demo_desk.database.read() as session:
        assert recent_acts(session)[0].label == f"显示 {name} 的联系电话"
    page.table.selectRow(1)
    qtbot.waitUntil(lambda: page.details.detail.row.name != name)
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: page.details.detail.row.name == name)
    assert not phones & said(page.details)
