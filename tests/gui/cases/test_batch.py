"""批量分派: what is proposed for all waiting cases at once, with why, taken one by one or together."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from db.cases.queries.cases import View
from db.models.assignment import Assignment
from gui.pages.cases.assigning.batch import BatchDialog
from tests.db.assignment.test_recommending import RIVAL, SECOND
from tests.db.store.test_acts import enter_case, enter_lawyer
from tests.gui.window.test_pages import cases_page, opened
from tests.typed import press


@pytest.fixture
def waiting(qtbot, desk):
    """Return the page with three waiting cases before a pool of two who may act and one who may not."""
    enter_lawyer(desk.database)
    enter_lawyer(desk.database, **SECOND)
    enter_lawyer(desk.database, name="柴立言", licence="13308201510123459", firm=RIVAL)
    for number in ("37", "38", "39"):
        enter_case(desk.database, number=f"（2026）浙0825行初{number}号")
    cases = cases_page(qtbot, desk)
    cases.show_view(View.UNASSIGNED)
    qtbot.waitUntil(lambda: cases.is_ready)
    return cases


def proposed(qtbot, desk, waiting) -> BatchDialog:
    assert waiting.batch_button.isVisible()
    waiting.batch_button.click()
    dialog = opened(qtbot, desk, BatchDialog)
    qtbot.waitUntil(lambda: dialog.batch is not None)
    return dialog


def assigned(desk):
    with desk.database.read() as session:
        return session.scalar(select(func.count(Assignment.id)))


def test_all_are_taken_as_one_act_that_is_undone_at_once(qtbot, desk, waiting):
    dialog = proposed(qtbot, desk, waiting)
    assert dialog.summary.text().startswith("待分派 3 件，可分派 3 件")
    assert dialog.who.text().startswith("（2026）浙0825行初37号　拟派 ")
    assert "在办加权 0 件，上限 6 件" in dialog.why.text()
    loads = {change.name: change.after for change in dialog.chart.changes}
    assert (sum(loads.values()), loads["柴立言"]) == (3, 0)
    assert dialog.take_all.text() == "全部采纳 3 件"
    with qtbot.waitSignal(dialog.finished):
        press(qtbot, dialog, Qt.Key.Key_Return)
    assert assigned(desk) == 3
    qtbot.waitUntil(lambda: waiting.is_ready and not waiting.model.rowCount())
    assert not waiting.batch_button.isVisible()
    desk.database.undo()
    assert assigned(desk) == 0
    qtbot.waitUntil(lambda: waiting.is_ready and waiting.model.rowCount() == 3)


def test_one_is_taken_and_the_others_stay_on_offer(qtbot, desk, waiting):
    dialog = proposed(qtbot, desk, waiting)
    dialog.table.selectRow(1)
    dialog.take.click()
    qtbot.waitUntil(lambda: dialog.take_all.text() == "全部采纳 2 件")
    assert dialog.table.item(1, 4).text() == "已采纳"
    assert not dialog.take.isEnabled()
    assert assigned(desk) == 1
    dialog.close()


def test_a_reckoning_can_be_stopped_and_writes_nothing(qtbot, desk, waiting):
    waiting.batch_button.click()
    (dialog,) = desk.window.findChildren(
        BatchDialog
    )  # at once: a quick reckoning would be done before the stop
    with qtbot.waitSignal(dialog.finished):
        dialog.stop.click()
    assert "没有写入任何内容" in desk.window.notice.text()
    assert assigned(desk) == 0
