"""After the assignment: an agent who turned into a conflict, who takes over from him, and what the agency says."""

import pytest
from PySide6.QtWidgets import QFrame, QPushButton
from sqlalchemy import select

from db.assignment.acts.assignments import end_assignment
from db.assignment.rules.assignments import EndDraft
from db.models.assignment import Assignment
from db.models.service import Rating
from db.office.todo import TodoKind
from db.words.assignment import EndKind
from db.workbench.todos import overview
from gui.forms.rating import RatingDialog
from gui.pages.cases.assigning.replace_form import ReplaceForm
from gui.printing.preview import PaperPreview
from tests.conftest import TODAY
from tests.db.assignment.test_recommending import RIVAL, SECOND, change_lawyer
from tests.db.store.test_acts import assign_all, enter_case, enter_lawyer
from tests.gui.window.test_pages import cases_page, opened


@pytest.fixture
def case_id(desk):
    """Return a case with one agent; another lawyer is free."""
    first = enter_lawyer(desk.database)
    enter_lawyer(desk.database, **SECOND)
    case_id = enter_case(desk.database)
    assign_all(desk.database, case_id, first)
    return case_id


def assignments(desk):
    with desk.database.read() as session:
        return session.scalars(select(Assignment).order_by(Assignment.id)).all()


def shown_case(qtbot, desk, case_id):
    cases = cases_page(qtbot, desk)
    cases.select(case_id)
    qtbot.waitUntil(lambda: cases.detail is not None and cases.detail.row.key == case_id)
    return cases


def test_a_conflict_that_came_later_is_red_in_the_panel_and_a_thing_to_do_until_another_takes_over(
    qtbot, desk, case_id
):
    change_lawyer(desk.database, assignments(desk)[0].lawyer_id, firm=RIVAL)
    with desk.database.read() as session:
        (todo,) = [t for t in overview(session, TODAY).todos if t.kind is TodoKind.CONFLICT]
    assert todo.title == "汪晓棠：同所律师徐立代理本案原告周建国"

    cases = shown_case(qtbot, desk, case_id)
    qtbot.waitUntil(lambda: bool(cases.conflicts))
    strip = cases.details.findChild(QFrame, f"conflict_{assignments(desk)[0].id}")
    assert strip.text.text().endswith(f"起回避：{todo.title.removeprefix('汪晓棠：')}")

    cases.replace_current()
    form = opened(qtbot, desk, ReplaceForm)
    form.try_save()
    assert form.boxes["lawyer_id"].severity == "error"
    form.lawyer.setCurrentIndex(form.lawyer.findData(2))
    form.reason.setText("转所后须回避")
    form.try_save()
    assert form.boxes["handover"].message.text() == "请写明移交的材料和未了事项。"
    form.handover.setPlainText("案卷一册，答辩状待提交。")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    old, new = assignments(desk)
    assert (old.end_kind, new.succeeds_id, new.handover) == (
        EndKind.REPLACED,
        old.id,
        "案卷一册，答辩状待提交。",
    )
    with desk.database.read() as session:
        assert not [t for t in overview(session, TODAY).todos if t.kind is TodoKind.CONFLICT]
    qtbot.waitUntil(lambda: not cases.conflicts)


def test_who_is_barred_cannot_take_over_and_says_why(qtbot, desk, case_id):
    change_lawyer(desk.database, 2, firm=RIVAL)
    cases = shown_case(qtbot, desk, case_id)
    cases.details.findChild(QPushButton, "panel_replace").click()
    form = opened(qtbot, desk, ReplaceForm)
    at = form.lawyer.findData(2)
    assert "不可选：同所律师徐立" in form.lawyer.itemText(at)
    assert not form.lawyer.model().item(at).isEnabled()
    form.reject()


def test_the_agency_rates_what_was_served_from_the_panel_of_the_case(qtbot, desk, case_id):
    with desk.database.write("办结") as session:
        end_assignment(session, assignments(desk)[0].id, EndDraft(EndKind.SERVED, TODAY))
    cases = shown_case(qtbot, desk, case_id)
    qtbot.waitUntil(lambda: cases.details.findChild(QPushButton, "panel_rate") is not None)
    cases.details.findChild(QPushButton, "panel_rate").click()
    dialog = opened(qtbot, desk, RatingDialog)
    dialog.score.buttons[5].setChecked(True)
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    with desk.database.read() as session:
        assert session.scalars(select(Rating.score)).all() == [5]


def test_the_papers_of_a_case_are_printed_from_its_menu(qtbot, desk, case_id):
    cases = shown_case(qtbot, desk, case_id)
    action = next(a for a in cases.details.more.menu().actions() if a.text() == "打印授权委托书…")
    action.trigger()
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    assert "汪晓棠" in str(preview.desk.current.papers[0].blocks)
    preview.close()
