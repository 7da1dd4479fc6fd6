"""The registry in the window: public lawyers by keyboard alone, sharing from a remedy, what ends, what is refused."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from db.models.agency import Agency
from db.office.queries.history import recent_acts, recycle_bin
from db.office.queries.kept_drafts import kept_draft
from db.office.todo import TodoKind
from db.registry.acts.public_lawyers import save_public_lawyer
from db.registry.queries.advisers import contract_rows, internal_advisers
from db.registry.queries.public_lawyers import public_lawyer_draft, public_lawyers
from db.registry.queries.sharing import sharing_rows
from db.registry.rules.public_lawyers import CertificateState
from db.registry.rules.sharing import SharingDraft
from db.roster.acts.lawyers import save_lawyer
from gui.forms.asking import Confirm
from gui.forms.exporting import ExportDialog
from gui.pages.agencies.registry.paper_forms import ContractForm, EndForm, InternalAdviserForm, SharingForm
from gui.pages.agencies.registry.person_editor import PublicLawyerEditor
from gui.pages.agencies.registry.person_forms import CertificateEndForm, IssueForm, TransferForm, YearForm
from gui.pages.agencies.registry.roll import PublicLawyerRoll
from gui.pages.workbench.items import id_of
from tests.conftest import TODAY, a_lawyer
from tests.db.registry.test_public_lawyers import ID_NUMBER, LICENCE, a_public_lawyer
from tests.gui.roster.test_lawyer_editor import Keys
from tests.typed import press, type_in

SAVE = Qt.Key.Key_S


def opened(qtbot, kind: type[QWidget]) -> Any:
    """Wait for a dialog of this kind to come to the front, and return it."""

    def found() -> list[QWidget]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    dialog = found()[-1]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def gone(qtbot, dialog: QWidget) -> None:
    """Wait until a dialog has closed."""
    qtbot.waitUntil(lambda: not _is_visible(dialog))


def _is_visible(dialog: QWidget) -> bool:
    try:
        return dialog.isVisible()
    except RuntimeError:  # Qt has deleted it already
        return False


def agency(desk, name: str) -> int:
    with desk.database.read() as session:
        return session.scalars(select(Agency.id).where(Agency.short_name == name)).one()


def a_lender(desk, **changes) -> int:
    with desk.database.write("新增公职律师") as session:
        return save_public_lawyer(session, a_public_lawyer(agency(desk, "区财政局"), **changes), TODAY)


def registry(desk):
    return desk.window._office.registry()


def close_roll(qtbot, roll: QWidget) -> None:
    roll.close()
    gone(qtbot, roll)


def test_a_public_lawyer_is_entered_by_keyboard_alone_and_the_next_form_opens(qtbot, desk):
    desk.window.run("show_public_lawyers")
    roll = opened(qtbot, PublicLawyerRoll)
    press(qtbot, roll, Qt.Key.Key_N)
    editor = opened(qtbot, PublicLawyerEditor)
    qtbot.waitUntil(editor.name.hasFocus)
    keys = Keys(qtbot, editor)
    type_in(qtbot, keys.at, "苏望舒")
    editor.postings.enter()
    keys.write("qczj")  # 区财政局 by its initials
    keys.write("法规科")
    keys.tab()
    keys.write("2020-1-1")
    editor.licence.setFocus()
    qtbot.keyClicks(editor.licence, LICENCE)
    assert "公职" in editor.boxes["licence"].message.text()
    editor.certificates.add.setFocus()
    keys.add_line("certificates_0_from_on")
    keys.write("20210301")
    keys.write("20270228")
    press(qtbot, editor, Qt.Key.Key_Return)
    gone(qtbot, editor)
    another = opened(qtbot, PublicLawyerEditor)
    assert another.name.text() == ""
    assert another.draft().postings[0].agency_id == agency(desk, "区财政局")  # goes on in the same agency
    another.reject()
    gone(qtbot, another)
    with desk.database.read() as session:
        row = public_lawyers(session, TODAY)[0]
        assert (row.name, row.agency, row.department) == ("苏望舒", "区财政局", "法规科")
        assert row.state is CertificateState.VALID
    qtbot.waitUntil(lambda: roll.model.rowCount() == 1)
    assert roll.summary.text() == "1 人，持有效证书 1 人"
    close_roll(qtbot, roll)


def test_every_problem_stands_under_its_field(qtbot, desk):
    registry(desk).enter_public_lawyer()
    editor = opened(qtbot, PublicLawyerEditor)
    editor.licence.setText("13308201510123456")
    editor.id_number.setText("110105194912310021")
    editor.mark_dirty()
    press(qtbot, editor, SAVE)
    assert editor.boxes["name"].message.text() == "请填写姓名。"
    assert "末位校验码" in editor.boxes["id_number"].message.text()
    assert "表示专职律师" in editor.boxes["licence"].message.text()
    assert editor.postings.lines[0].said == [("请选择所在单位。", "error")]
    assert editor.trouble.text() == " 还有 3 处需要修改，转到第一处"
    assert editor.isVisible()
    editor._is_dirty = False
    editor.reject()
    gone(qtbot, editor)


def test_who_serves_in_the_pool_is_refused_with_the_article_at_the_field(qtbot, desk):
    with desk.database.write("新增顾问") as session:
        save_lawyer(session, a_lawyer(name="汪晓棠", id_number=ID_NUMBER), TODAY)
    registry(desk).enter_public_lawyer(agency(desk, "区财政局"))
    editor = opened(qtbot, PublicLawyerEditor)
    editor.name.setText("汪晓棠")
    editor.id_number.setText(ID_NUMBER)
    editor.mark_dirty()
    press(qtbot, editor, SAVE)
    qtbot.waitUntil(lambda: "律师法第十一条第一款" in editor.boxes["id_number"].message.text())
    editor._is_dirty = False
    editor.reject()
    gone(qtbot, editor)


def test_the_number_is_shown_only_when_asked_for_and_that_is_written_down(qtbot, desk):
    key = a_lender(desk)
    registry(desk).open_public_lawyer(key)
    editor = opened(qtbot, PublicLawyerEditor)
    assert editor.phone.placeholderText() == "138****1111"
    editor.phone.show_button.click()
    qtbot.waitUntil(lambda: editor.phone.text() == "13800001111")
    editor.reject()
    gone(qtbot, editor)
    with desk.database.read() as session:
        assert recent_acts(session)[0].label == "显示 苏望舒 的联系电话"


def test_a_remedy_becomes_a_sharing_paper_and_one_undo_takes_it_back(qtbot, desk):
    lender, user = a_lender(desk), agency(desk, "区统计局")
    registry(desk).enter_sharing(SharingDraft(lender, user))
    form = opened(qtbot, SharingForm)
    assert form.public_lawyer_id.text() == "苏望舒（区财政局）"
    assert form.agency_id.text() == "区统计局"
    assert (form.from_on.day(), form.to_on.day()) == (TODAY, date(2027, 11, 23))
    assert "已统筹 0/2 个单位" in form.boxes["public_lawyer_id"].message.text()
    press(qtbot, form, Qt.Key.Key_Return)
    gone(qtbot, form)
    with desk.database.read() as session:
        row = sharing_rows(session, TODAY)[0]
        assert (row.name, row.agency, row.paper, row.runs) == (
            "苏望舒",
            "区统计局",
            "柯司统筹〔2026〕1号",
            True,
        )
    desk.window.undo()
    qtbot.waitUntil(lambda: not _sharings(desk))


def _sharings(desk) -> list[Any]:
    with desk.database.read() as session:
        return sharing_rows(session, TODAY)


def test_beyond_capacity_the_form_says_how_many_there_are(qtbot, desk):
    lender = a_lender(desk, capacity=0)
    registry(desk).enter_sharing(SharingDraft(lender, agency(desk, "区统计局")))
    form = opened(qtbot, SharingForm)
    press(qtbot, form, SAVE)
    assert form.boxes["public_lawyer_id"].message.text().startswith("苏望舒的统筹上限为 0")
    form.public_lawyer_id.setEditText("没有这个人")
    press(qtbot, form, SAVE)
    assert "列表中没有“没有这个人”" in form.boxes["public_lawyer_id"].message.text()
    form._is_dirty = False
    form.reject()
    gone(qtbot, form)
    assert not _sharings(desk)


def test_an_internal_adviser_and_a_contract_are_entered_ended_and_removed(qtbot, desk):
    stats = agency(desk, "区统计局")
    acts = registry(desk)
    acts.enter_adviser(stats)
    form = opened(qtbot, InternalAdviserForm)
    form.name.setText("洪一川")
    form.from_on.set_date(date(2025, 1, 1))
    press(qtbot, form, SAVE)
    gone(qtbot, form)
    with desk.database.read() as session:
        adviser = internal_advisers(session, TODAY)[0]
    acts.open_adviser(adviser.key)
    form = opened(qtbot, InternalAdviserForm)
    form.end.click()
    end = opened(qtbot, EndForm)
    type_in(qtbot, end.reason, "退休（示例）")
    press(qtbot, end, SAVE)
    gone(qtbot, end)
    with desk.database.read() as session:
        assert not internal_advisers(session, TODAY)[0].runs
    with desk.database.write("新增顾问") as session:
        lawyer = save_lawyer(session, a_lawyer(name="汪晓棠", firm="示例水亭律师事务所"), TODAY)
    acts.enter_contract(stats)
    contract = opened(qtbot, ContractForm)
    contract.lawyer_id.setEditText("汪晓棠（示例水亭律所）")
    assert (contract.provider.text(), contract.lawyers.text()) == ("示例水亭律师事务所", "汪晓棠")
    press(qtbot, contract, SAVE)
    gone(qtbot, contract)
    with desk.database.read() as session:
        row = contract_rows(session, TODAY)[0]
        assert (row.agency, row.lawyer_id, row.firm_id is not None) == ("区统计局", lawyer, True)
    acts.open_contract(row.key)
    contract = opened(qtbot, ContractForm)
    contract.remove.click()
    opened(qtbot, Confirm).agree.click()

    def is_removed() -> bool:
        with desk.database.read() as session:
            return [line.kind for line in recycle_bin(session)] == ["顾问合同"]

    qtbot.waitUntil(is_removed)


@pytest.mark.parametrize(
    ("act", "kind", "fill"),
    [
        ("transfer", TransferForm, lambda form: form.agency_id.setEditText("区司法局")),
        ("end_certificate", CertificateEndForm, lambda form: form.reason.setPlainText("调离（示例）")),
        ("record_year", YearForm, lambda form: form.outcome.setCurrentIndex(1)),
    ],
)
def test_what_happens_to_a_public_lawyer_is_entered_in_a_short_form(qtbot, desk, act, kind, fill):
    key = a_lender(desk)
    getattr(registry(desk), act)(key)
    form = opened(qtbot, kind)
    press(qtbot, form, SAVE)
    assert form.isVisible()  # something is still to be filled in
    fill(form)
    press(qtbot, form, SAVE)
    gone(qtbot, form)
    with desk.database.read() as session:
        row, draft = public_lawyers(session, TODAY)[0], public_lawyer_draft(session, key)
    happened = {
        "transfer": row.agency == "区司法局",
        "end_certificate": row.state_text == "注销",
        "record_year": bool(draft.years) and draft.years[0].year == 2025,
    }
    assert happened[act]


def test_the_roll_is_filtered_and_stands_as_of_any_day(qtbot, demo_desk):
    demo_desk.window.run("show_public_lawyers")
    roll = opened(qtbot, PublicLawyerRoll)
    qtbot.waitUntil(lambda: roll.summary.text() == "35 人，持有效证书 32 人")
    press(qtbot, roll, Qt.Key.Key_F)
    qtbot.keyClicks(QApplication.focusWidget(), "sws")
    qtbot.waitUntil(lambda: roll.shown.text() == "显示 1 / 35")
    QTest.keyClick(roll.find_field, Qt.Key.Key_Down)
    assert roll.table.hasFocus()
    qtbot.waitUntil(lambda: roll.details.name.text() == "苏望舒")
    roll.find_field.clear()
    roll.expiring.click()
    qtbot.waitUntil(lambda: roll.shown.text() == "显示 3 / 35")
    roll.expiring.click()
    roll.day_field.set_date(date(2019, 1, 1))
    roll.day_field.edited.emit()
    with demo_desk.database.read() as session:
        count = sum(row.is_in_force for row in public_lawyers(session, date(2019, 1, 1)))
    assert 0 < count < 32
    qtbot.waitUntil(lambda: roll.summary.text() == f"35 人，持有效证书 {count} 人")
    roll.export_button.click()
    export = opened(qtbot, ExportDialog)
    export.reject()
    close_roll(qtbot, roll)


def test_the_search_opens_the_roll_with_the_person(qtbot, demo_desk):
    search = demo_desk.window.search
    press(qtbot, demo_desk.window, Qt.Key.Key_K)
    qtbot.keyClicks(search, "sws")
    qtbot.waitUntil(lambda: search.popup.isVisible() and search.hits.currentItem() is not None)
    assert search.hits.currentItem().data(Qt.ItemDataRole.AccessibleTextRole) == "苏望舒 区财政局"
    QTest.keyClick(search, Qt.Key.Key_Return)
    roll = opened(qtbot, PublicLawyerRoll)
    qtbot.waitUntil(lambda: roll.details.name.text() == "苏望舒")
    close_roll(qtbot, roll)


def test_the_workbench_watches_what_ends_and_enter_renews_it(qtbot, demo_desk):
    demo_desk.window.go("workbench")
    page = demo_desk.window._page("workbench")
    qtbot.waitUntil(lambda: page._overview is not None)
    ending = [t for t in page._overview.todos if t.kind is TodoKind.EXPIRY]
    assert {t.table for t in ending} == {"public_lawyer", "sharing", "agency_contract"}
    over = next(t for t in ending if t.table == "public_lawyer" and t.due_on < TODAY)
    assert over.title == "翁同舟 公职律师证到期"
    page._act(id_of(over))
    form = opened(qtbot, IssueForm)
    assert form.from_on.day() == date.fromordinal(over.due_on.toordinal() + 1)
    form.to_on.set_date(date(2031, 5, 31))
    press(qtbot, form, SAVE)
    gone(qtbot, form)
    qtbot.waitUntil(lambda: over.title not in {t.title for t in page._overview.todos})
    contract = next(t for t in ending if t.table == "agency_contract")
    page._act(id_of(contract))
    follow = opened(qtbot, ContractForm)
    assert follow.from_on.day() == date.fromordinal(contract.due_on.toordinal() + 1)
    assert follow.number.text() == ""
    press(qtbot, follow, SAVE)
    gone(qtbot, follow)
    qtbot.waitUntil(lambda: contract.title not in {t.title for t in page._overview.todos})


def test_what_was_typed_into_a_form_is_kept_until_it_is_given_up(qtbot, desk):
    registry(desk).enter_adviser(agency(desk, "区统计局"))
    form = opened(qtbot, InternalAdviserForm)
    type_in(qtbot, form.name, "洪一川")

    def kept() -> Any:
        with desk.database.read() as session:
            return kept_draft(session, "internal_adviser", 0, desk.database.hand)

    qtbot.waitUntil(lambda: kept() is not None)
    assert kept().content["draft"]["name"] == "洪一川"
    form._is_dirty = False
    form.reject()
    gone(qtbot, form)
    qtbot.waitUntil(lambda: kept() is None)
