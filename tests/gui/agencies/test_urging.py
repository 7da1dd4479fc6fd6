"""催办函 from the window: choose agencies, change what a letter says, look at it, send, print, log the answer."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.coverage.acts.urging import urge
from db.coverage.queries.urging import unanswered_urging
from db.coverage.rules.urging import Urged, UrgingDraft
from db.models.agency import Agency
from db.models.assignment import Letter
from gui.forms.urging import UrgingDialog
from gui.pages.agencies.urging.acts import UrgingAnswerForm
from gui.printing.preview import PaperPreview
from tests.conftest import TODAY
from tests.covered import cover
from tests.gui.window.test_pages import opened
from tests.office import Office


@pytest.fixture
def covered_desk(desk) -> Office:
    cover(desk.database)
    return desk


def letters_of(desk):
    with desk.database.read() as session:
        return list(session.scalars(select(Letter).where(Letter.agency_id.is_not(None)).order_by(Letter.id)))


def test_letters_go_to_the_ticked_agencies_and_are_shown_for_printing(covered_desk, qtbot):
    desk = covered_desk
    desk.window.run("agencies.urge")
    dialog = opened(qtbot, desk, UrgingDialog)
    everybody = dialog.agencies.topLevelItemCount()
    assert dialog.save.text() == f"发函 {everybody} 份"
    assert dialog.reason.toPlainText()
    dialog.none.click()
    dialog.save.click()
    qtbot.waitUntil(lambda: "请至少勾选一个单位" in dialog.strip.text.text())
    dialog.agencies.topLevelItem(1).setCheckState(0, Qt.CheckState.Checked)
    dialog.agencies.topLevelItem(2).setCheckState(0, Qt.CheckState.Checked)
    dialog.agencies.setCurrentItem(dialog.agencies.topLevelItem(1))
    dialog.asked.setPlainText("请于月底前报送一名人选。")
    dialog.agencies.setCurrentItem(dialog.agencies.topLevelItem(2))
    assert dialog.asked.toPlainText() != "请于月底前报送一名人选。"
    dialog.preview.click()
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    assert [paper.number for paper in preview.desk.current.papers] == [
        "柯司催办〔2026〕1号",
        "柯司催办〔2026〕2号",
    ]
    preview.close_button.click()
    assert letters_of(desk) == []
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert letters_of(desk)[0].asked == "请于月底前报送一名人选。"
    assert [letter.answer_by for letter in letters_of(desk)] == [TODAY + timedelta(days=30)] * 2
    qtbot.waitUntil(lambda: "发催办函 2 份" in desk.window.notice.text())
    printed = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: printed.desk.current is not None)
    shown = {suffix for suffix, its in printed.desk.save_buttons.items() if not its.isHidden()}
    assert shown == {".pdf", ".docx"}
    printed.close_button.click()
    desk.database.undo()
    assert letters_of(desk) == []


def test_who_has_a_letter_in_time_is_not_ticked_again(covered_desk, qtbot):
    desk = covered_desk
    desk.window.run("agencies.urge")
    dialog = opened(qtbot, desk, UrgingDialog)
    first = dialog.ticked()[0]
    dialog.cancel.click()
    with desk.database.write("发催办函 1 份") as session:
        urge(session, UrgingDraft((Urged(first, "未配备", "请办理"),), TODAY + timedelta(days=9)), TODAY)
    desk.window.run("agencies.urge")
    dialog = opened(qtbot, desk, UrgingDialog)
    assert first not in dialog.ticked()
    assert "柯司催办〔2026〕1号　待反馈" in dialog.agencies.topLevelItem(0).text(2)
    dialog.all.click()
    assert first in dialog.ticked()
    with qtbot.waitSignal(dialog.rejected):
        dialog.cancel.click()  # ticks are no typing that would be lost


def test_an_overdue_letter_stands_on_the_workbench_and_its_answer_takes_it_away(covered_desk, qtbot):
    desk = covered_desk
    sent = TODAY - timedelta(days=40)
    with desk.database.write("发催办函 1 份") as session:
        agency = session.scalars(select(Agency.id).order_by(Agency.id)).first()
        urge(
            session,
            UrgingDraft((Urged(agency, "未配备公职律师。", "请办理"),), TODAY - timedelta(days=11), sent),
            TODAY,
        )
    (letter,) = letters_of(desk)
    desk.window.go("workbench")
    page = desk.window._page("workbench")

    def waiting():
        return [i for i in page._todos if i.startswith(f"ANSWER-{agency}-letter:{letter.id}-")]

    qtbot.waitUntil(lambda: bool(waiting()))
    (todo,) = waiting()
    page._act(todo)
    form = opened(qtbot, desk, UrgingAnswerForm)
    assert "柯司催办〔2026〕1号" in form.intro.text()
    form.save.click()
    qtbot.waitUntil(lambda: form.boxes["answer"].severity == "error")
    form.answer.setPlainText("已报送一名人选，12 月底前取得证书。")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        assert unanswered_urging(session, TODAY) == []
    desk.window.go("workbench")
    qtbot.waitUntil(lambda: not waiting())
