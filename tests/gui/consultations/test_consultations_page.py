"""The page 会商 as a clerk meets it: list, people, record, correction, what is left to do."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from db.consultations.acts.consultations import remove_consultations
from db.consultations.acts.members import draw_members
from db.consultations.acts.records import archive, save_record
from db.consultations.queries.detail import consultation_draft, record_draft
from db.consultations.rules.consultations import DrawRequest, State
from db.office.queries.kept_drafts import kept_draft
from db.words.case import Procedure
from db.words.consultation import Adoption, InvitationAnswer, MemberKind, Risk, Stance
from gui.forms.exporting import ExportDialog
from gui.forms.keeping import Keeping
from gui.office.dialogs import BinDialog
from gui.pages.consultations.forms.convene import ConveneForm
from gui.pages.consultations.forms.short import AdoptionForm, AnswerForm, CancelForm, DoneForm
from gui.pages.consultations.members.dialog import MembersDialog
from gui.pages.consultations.members.draw_check import DrawCheck
from gui.pages.consultations.record.editor import RecordEditor
from gui.pages.consultations.record.versions import VersionsDialog
from gui.pages.consultations.record.words import answer_cell
from gui.pages.roster.panel.panel import SERVICES
from tests.conftest import TODAY
from tests.db.consultations.stories import a_record, archived, convened, do, enter_pool, see
from tests.db.store.test_acts import enter_case
from tests.gui.window.test_pages import cases_page, opened, page
from tests.typed import press, type_in


def shown(qtbot, desk, key=None):
    """Show the page, with this consultation selected."""
    desk.window.go("consultations", key)
    found = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: found.is_ready)
    if key is not None:
        qtbot.waitUntil(lambda: found.detail is not None and found.detail.row.key == key)
    return found


def words(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.text()]


def agree(qtbot, desk):
    opened(qtbot, desk, QMessageBox).agree.click()


@pytest.fixture
def pool(desk):
    return enter_pool(desk.database)


def test_the_list_groups_by_state_and_says_what_is_due(qtbot, desk, pool):
    convened(desk.database, topic="航埠镇补偿协议案会商", held_on=date(2026, 11, 25))
    convened(desk.database, topic="行初37号处罚案会商", held_on=date(2026, 12, 2), drawn=2)
    convened(desk.database, topic="区教育局入学资格案会商", held_on=date(2026, 11, 20))
    archived(desk.database, topic="石梁镇系列案会商")
    found = shown(qtbot, desk)
    listed = found.list.texts()
    assert listed[0] == "待召开 2"
    assert listed[1].startswith("航埠镇补偿协议案会商 11-25 周三 14:30，3 人 剩 1 天")
    assert "剩 8 天" in listed[2]
    assert listed[3] == "待整理 1"
    assert "纪要" in listed[4]
    assert listed[5] == "已办结 1"


def test_the_filter_narrows_by_pinyin_and_a_hidden_one_is_still_reached(qtbot, desk, pool):
    first = convened(desk.database, topic="航埠镇补偿协议案会商", drawn=0)
    second = convened(desk.database, topic="双港街道履职案会商", drawn=0)
    found = shown(qtbot, desk)
    press(qtbot, desk.window, Qt.Key.Key_F)
    assert found.find_field.isVisible()
    type_in(qtbot, found.find_field, "hbz")
    qtbot.waitUntil(lambda: found.is_ready and found.list.keys() == [first])
    found.select(second)
    qtbot.waitUntil(lambda: found.is_ready and found.list.current_key() == second)


def test_the_search_finds_a_consultation_and_opens_it(qtbot, desk, pool):
    key = convened(desk.database, topic="航埠镇补偿协议案会商", drawn=0)
    desk.window.search.setText("航埠镇补偿")
    hits = desk.window.search.hits
    qtbot.waitUntil(lambda: hits.count() > 1)
    texts = [hits.itemWidget(hits.item(at)).text() for at in (0,)]
    assert texts == ["会商"]
    qtbot.keyClick(desk.window.search, Qt.Key.Key_Return)
    found = desk.window.stack.currentWidget()
    assert found.objectName() == "consultations_page"
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.key == key)


def test_a_draw_is_on_record_when_it_is_shown_and_can_be_repeated(qtbot, desk, pool):
    key = convened(desk.database, drawn=0)
    found = shown(qtbot, desk, key)
    found.acts.members()
    people = opened(qtbot, desk, MembersDialog)
    qtbot.waitUntil(lambda: people.is_ready)
    assert people.draw.boxes["reason"].isHidden()
    people.draw.seed.setText("当众摇出的数 37")
    people.draw.wanted.setText("99")
    people.draw.draw()
    assert people.draw.boxes["wanted"].severity == "error"
    people.draw.wanted.setText("2")
    people.draw.draw()
    people.close_button.click()  # whatever the clerk does next, what was drawn stays
    qtbot.waitUntil(lambda: len(see(desk.database, key).members) == 2)
    qtbot.waitUntil(lambda: found.is_ready and bool(found.detail.draws))
    found.acts.members()
    people = opened(qtbot, desk, MembersDialog)
    qtbot.waitUntil(lambda: people.is_ready)
    said = people.draw.result.text.text()
    assert "第 1 次抽取，抽中 2 人" in said
    assert all(member.name in said for member in people.detail.members)
    assert people.draw.out.topLevelItemCount() == 2, "who is a member is left out of the next draw"
    people.draw.wanted.setText("1")
    people.draw.draw()
    assert people.draw.boxes["reason"].severity == "error"
    assert "应写明原因" in people.draw.boxes["reason"].message.text()
    type_in(qtbot, people.draw.reason, "抽中的一人请假")
    people.draw.draw()
    qtbot.waitUntil(lambda: people.is_ready and len(people.detail.members) == 3)
    assert [draw.reason for draw in people.detail.draws] == ["", "抽中的一人请假"]
    people.close_button.click()
    qtbot.waitUntil(lambda: found.is_ready and len(found.detail.draws) == 2)
    found.acts.check_draw(found.detail.draws[0].key)
    check = opened(qtbot, desk, DrawCheck)
    assert "复核一致" in check.verdict.text.text()
    assert "当众摇出的数 37" in check.verdict.text.text()
    check.close()


def test_guests_and_answers_are_entered_from_the_keyboard(qtbot, desk, pool):
    key = convened(desk.database, drawn=2)
    found = shown(qtbot, desk, key)
    found.acts.members()
    people = opened(qtbot, desk, MembersDialog)
    qtbot.waitUntil(lambda: people.is_ready)
    people.tabs.setCurrentIndex(2)
    guest = people.guests
    guest.kind.set_value(MemberKind.COURT)
    qtbot.keyClick(guest.unit, Qt.Key.Key_Return)
    assert guest.boxes["name"].message.text() == "请填写姓名。"
    type_in(qtbot, guest.name, "示例甲")
    qtbot.keyClick(guest.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people.is_ready and len(people.detail.members) == 3)
    assert people.detail.guests[0].kind is MemberKind.COURT
    assert not guest.name.text()
    people.people.setFocus()
    qtbot.keyClick(people.people, Qt.Key.Key_Home)
    qtbot.keyClick(people.people, Qt.Key.Key_Return)
    form = opened(qtbot, desk, AnswerForm)
    qtbot.keyClick(form.answer.buttons[0], Qt.Key.Key_2)
    press(qtbot, form, Qt.Key.Key_S)
    assert form.boxes["reason"].severity == "error"
    type_in(qtbot, form.reason, "出差在外")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: people.is_ready and people.detail.members[0].answer is InvitationAnswer.LEAVE)
    qtbot.keyClick(people.people, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: people.is_ready and len(people.detail.members) == 2)
    people.close_button.click()
    qtbot.waitUntil(lambda: found.is_ready)


def test_the_record_is_typed_by_keys_and_wrong_entries_are_answered_where_they_are(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 11, 20))
    found = shown(qtbot, desk, key)
    found.record.main.click()
    editor = opened(qtbot, desk, RecordEditor)
    block = editor.opinions.blocks[None]
    block.stance.setFocus()
    qtbot.keyClick(block.stance.buttons[0], Qt.Key.Key_3)
    press(qtbot, editor, Qt.Key.Key_S)
    assert "不同意的，应写明意见内容" in editor.boxes["opinions"].message.text()
    type_in(qtbot, block.text, "拆除早于协议生效。")
    press(qtbot, editor.opinions, Qt.Key.Key_Down)
    assert editor.opinions.list.currentRow() == 1
    assert not block.text.text(), "the next speaker's opinion is his own"
    qtbot.keyClick(block.stance.buttons[0], Qt.Key.Key_1)
    assert editor.opinions.list.item(0).text().endswith("不同意")
    editor.conclusion.setFocus()
    type_in(qtbot, editor.conclusion, "先行调解。")
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.stances.total == 2)
    counts = found.detail.row.stances
    assert (counts.agrees, counts.reserves, counts.dissents) == (1, 0, 1)
    assert "同意 1，保留 0，不同意 1" in words(found.record)
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.stances.total == 0)


def tabbed(qtbot, field, times):
    """Return what Tab leads to, one after the other."""
    field.setFocus()
    found = []
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget().objectName())
    return found


def test_tab_goes_through_the_forms_from_top_to_bottom(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 11, 20), drawn=1)
    found = shown(qtbot, desk, key)
    found.acts.ask("edit", 0)
    form = opened(qtbot, desk, ConveneForm)
    assert tabbed(qtbot, form.topic, 4) == ["agency_id", "secrecy", "number", "cases_entry"]
    form.reject()
    found.acts.ask("record", 0)
    editor = opened(qtbot, desk, RecordEditor)
    member = found.detail.members[0].key
    fields = ("answer", "arrived_at", "has_declared")
    first = editor.findChild(QWidget, f"sign_in_{member}_answer")
    assert tabbed(qtbot, first, 2) == [f"sign_in_{member}_{name}" for name in fields[1:]]
    editor.reject()


def test_what_is_still_lacking_is_said_when_archiving_and_nothing_is_closed(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 11, 20))
    found = shown(qtbot, desk, key)
    found.record.archive.click()
    agree(qtbot, desk)
    qtbot.waitUntil(
        lambda: any("请填写会商结论" in box.text() for box in desk.window.findChildren(QMessageBox))
    )
    next(box for box in desk.window.findChildren(QMessageBox) if "请填写会商结论" in box.text()).close()
    assert found.detail.row.state is State.TO_WRITE


def test_who_came_and_said_nothing_is_named_before_the_record_is_closed_for_good(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 11, 20))
    record = a_record(see(desk.database, key))
    silent, *rest = see(desk.database, key).speakers
    opinions = tuple(o for o in record.opinions if o.member_id != silent.key)
    do(desk.database, save_record, key, replace(record, opinions=opinions), TODAY)
    found = shown(qtbot, desk, key)
    assert answer_cell(found.detail.speakers[0]).text == "到场", (
        "he signed in, whether or not he had answered"
    )
    found.record.archive.click()
    asked = opened(qtbot, desk, QMessageBox)
    assert f"{silent.name}到会但没有登记意见" in asked.text()
    assert not any(f"{other.name}到会但" in asked.text() for other in rest)
    asked.cancel.click()
    qtbot.waitUntil(lambda: not asked.isVisible())
    assert not see(desk.database, key).is_archived


def test_an_archived_record_changes_only_by_a_correction_that_says_before_and_after(qtbot, desk, pool):
    key = archived(desk.database)
    found = shown(qtbot, desk, key)
    assert found.record.edit.text().strip() == "更正"
    found.record.edit.click()
    editor = opened(qtbot, desk, RecordEditor)
    type_in(qtbot, editor.conclusion, "补充：十日内汇总。")
    press(qtbot, editor, Qt.Key.Key_S)
    assert editor.boxes["reason"].severity == "error"
    type_in(qtbot, editor.reason, "漏记汇总时间")
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: found.is_ready and len(found.detail.versions) == 2)
    found.acts.versions()
    versions = opened(qtbot, desk, VersionsDialog)
    said = words(versions)
    assert any("漏记汇总时间" in text for text in said)
    assert any("沈青禾" in text for text in said)
    assert "主体适格，第 1、3、4 户合并答辩；第 2 户先行调解。" in said
    assert any("补充：十日内汇总。" in text for text in said)
    versions.close()
    # what was convened is corrected in the same way
    found.acts.ask("correct_convening", 0)
    form = opened(qtbot, desk, ConveneForm)
    form.venue.setEditText("二楼会议室")
    type_in(qtbot, form.reason, "会场写错")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: found.is_ready and len(found.detail.versions) == 3)
    assert found.detail.row.venue == "二楼会议室"


def test_a_consultation_is_called_off_held_after_all_and_comes_back_from_the_bin(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 12, 2))
    found = shown(qtbot, desk, key)
    found.acts.ask("cancel", 0)
    form = opened(qtbot, desk, CancelForm)
    press(qtbot, form, Qt.Key.Key_S)
    assert form.boxes["reason"].severity == "error"
    type_in(qtbot, form.reason, "已达成和解")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.state is State.CANCELLED)
    found.acts.ask("hold", 0)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.state is State.COMING)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    found.list.setFocus()
    qtbot.keyClick(found.list, Qt.Key.Key_Delete)
    agree(qtbot, desk)
    qtbot.waitUntil(lambda: found.is_ready and not found.list.keys())
    desk.window.run("show_bin")
    bin_ = opened(qtbot, desk, BinDialog)
    assert "会商" in bin_.table.item(0, 1).text()
    bin_.restore.click()
    qtbot.waitUntil(lambda: found.is_ready and found.list.keys() == [key])
    bin_.close()


def test_an_open_form_is_about_its_own_consultation_whatever_the_page_has_gone_on_to(qtbot, desk, pool):
    """Another window removes the one that is being called off; the page behind the form shows the next one."""
    first = convened(desk.database, topic="航埠镇补偿协议案会商", held_on=date(2026, 12, 2), drawn=1)
    other = convened(desk.database, topic="双港街道履职案会商", held_on=date(2026, 12, 3), drawn=1)
    found = shown(qtbot, desk, first)
    found.acts.ask("cancel", 0)
    form = opened(qtbot, desk, CancelForm)
    type_in(qtbot, form.reason, "已达成和解")
    do(desk.database, remove_consultations, [first])
    qtbot.waitUntil(lambda: found.is_ready and found.detail is not None and found.detail.row.key == other)
    press(qtbot, form, Qt.Key.Key_S)
    said = opened(qtbot, desk, QMessageBox)
    assert "移入回收站" in said.text()
    assert form.reason.text() == "已达成和解"
    assert see(desk.database, other).cancelled_on is None
    said.close()
    form._is_dirty = False
    form.reject()


def todo(workbench, word):
    return next(key for key, one in workbench._todos.items() if one.word == word)


def test_the_workbench_lists_what_is_left_and_enter_does_it(qtbot, desk, pool):
    coming = convened(desk.database, topic="航埠镇补偿协议案会商", held_on=date(2026, 11, 25), drawn=0)
    to_write = convened(desk.database, topic="区教育局入学资格案会商", held_on=date(2026, 11, 20))
    done = archived(desk.database, topic="石梁镇系列案会商")
    workbench = page(desk, "workbench")
    qtbot.waitUntil(lambda: {t.word for t in workbench._todos.values()} >= {"会商", "整理纪要", "议定事项"})
    workbench.filter.buttons["CONSULTATION"].click()
    assert len(workbench._todos) == 3

    workbench.todos.folded -= {"以后"}
    workbench._show_todos()
    workbench.todos.choose(todo(workbench, "会商"))
    qtbot.keyClick(workbench.todos, Qt.Key.Key_Return)
    people = opened(qtbot, desk, MembersDialog)
    assert people.key == coming
    qtbot.waitUntil(lambda: people.is_ready)
    people.close_button.click()

    desk.window.go("workbench")
    workbench.todos.choose(todo(workbench, "整理纪要"))
    qtbot.keyClick(workbench.todos, Qt.Key.Key_Return)
    editor = opened(qtbot, desk, RecordEditor)
    assert editor.key == to_write
    editor.reject()

    desk.window.go("workbench")
    workbench.todos.choose(todo(workbench, "议定事项"))
    press(qtbot, workbench.todos, Qt.Key.Key_D)
    form = opened(qtbot, desk, DoneForm)
    assert form.task.consultation_id == done
    type_in(qtbot, form.evidence, "送达回证")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    desk.window.go("workbench")
    qtbot.waitUntil(lambda: all(t.word != "议定事项" for t in workbench._todos.values()))


def test_what_became_of_twelve_opinions_is_entered_on_a_small_screen(qtbot, desk):
    names = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑")
    enter_pool(desk.database, names=tuple(f"示例{name}" for name in names))
    key = archived(desk.database, drawn=12)
    found = shown(qtbot, desk, key)
    found.acts.ask("adopt", 0)
    form = opened(qtbot, desk, AdoptionForm)
    assert form.height() <= 680, "768 lines less the bar of tasks and the title"
    qtbot.keyClick(form.adoption.buttons[0], Qt.Key.Key_1)
    for field in form.members.values():
        field.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(field.buttons[0], Qt.Key.Key_1)
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.adoption is not None)
    assert all(member.adoption is Adoption.FULL for member in found.detail.speakers)


def test_a_done_follow_up_is_opened_again_after_asking(qtbot, desk, pool):
    key = archived(desk.database)
    found = shown(qtbot, desk, key)
    task = found.detail.follow_ups[0]
    found.acts.ask("done", task.key)
    form = opened(qtbot, desk, DoneForm)
    type_in(qtbot, form.evidence, "送达回证")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.open_follow_ups == 0)
    found.acts.ask("reopen", task.key)
    agree(qtbot, desk)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.open_follow_ups == 1)


def test_half_typed_minutes_are_offered_again_also_when_the_record_has_changed(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 11, 20))
    found = shown(qtbot, desk, key)
    found.acts.ask("record", 0)
    editor = opened(qtbot, desk, RecordEditor)
    type_in(qtbot, editor.opinions.blocks[None].text, "第 2 户拆除早于协议生效。")
    editor.follow_ups.add_line()
    type_in(qtbot, editor.follow_ups.lines[0].cells["task"], "补送达回证")

    def kept():
        with desk.database.read() as session:
            found_ = kept_draft(session, "consultation_record", key, desk.database.hand)
        return str(found_.content) if found_ else ""

    qtbot.waitUntil(lambda: "补送达回证" in kept() and "拆除早于" in kept())
    editor.findChild(Keeping)._is_over = True  # the end of a crash: nobody drops what was kept
    editor.finished.disconnect()
    editor._is_dirty = False
    editor.close()
    do(desk.database, draw_members, key, DrawRequest(1, reason="一人请假"), TODAY)
    qtbot.waitUntil(lambda: found.is_ready and len(found.detail.members) == 4)
    found.acts.ask("record", 0)
    editor = opened(qtbot, desk, RecordEditor)
    strip = editor.findChild(Keeping).strip
    qtbot.waitUntil(strip.isVisible)
    assert "此后这条记录已有改动" in strip.text.text()
    strip.restore.click()
    assert editor.opinions.blocks[None].text.text() == "第 2 户拆除早于协议生效。"
    assert editor.follow_ups.value()[0].task == "补送达回证"
    qtbot.keyClick(editor.opinions.blocks[None].stance.buttons[0], Qt.Key.Key_3)
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not kept())
    with desk.database.read() as session:
        assert record_draft(session, key).follow_ups[0].task == "补送达回证"


def test_minutes_that_somebody_else_was_quicker_with_are_not_lost(qtbot, desk, pool):
    """The clerk closes the window as he is told to; what he typed is offered over what the other one saved."""
    key = convened(desk.database, held_on=date(2026, 11, 20))
    found = shown(qtbot, desk, key)
    found.acts.ask("record", 0)
    editor = opened(qtbot, desk, RecordEditor)
    type_in(qtbot, editor.conclusion, "先行调解。")
    with desk.database.read() as session:
        record = record_draft(session, key)
    do(desk.database, save_record, key, replace(record, conclusion="直接答辩。"), TODAY)
    press(qtbot, editor, Qt.Key.Key_S)
    said = opened(qtbot, desk, QMessageBox)
    assert "您的改动没有保存" in said.text()
    said.close()
    editor._is_dirty = False  # the clerk answered that he gives up
    editor.reject()
    qtbot.waitUntil(lambda: found.is_ready and found.detail.conclusion == "直接答辩。")
    found.acts.ask("record", 0)
    editor = opened(qtbot, desk, RecordEditor)
    assert editor.conclusion.text() == "直接答辩。"
    strip = editor.findChild(Keeping).strip
    qtbot.waitUntil(strip.isVisible)
    strip.restore.click()
    assert editor.conclusion.text() == "先行调解。"
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    with desk.database.read() as session:
        assert record_draft(session, key).conclusion == "先行调解。"


def test_a_case_shows_its_consultations_and_leads_there(qtbot, desk, pool):
    case = enter_case(desk.database, is_difficult=True, difficult_reason="社会影响较大")
    key = convened(desk.database, case_ids=(case,))
    cases = cases_page(qtbot, desk)
    cases.select(case)
    qtbot.waitUntil(
        lambda: (
            "panel_consultation"
            in [b.objectName() for b in cases.details.findChildren(type(cases.enter_button))]
        )
    )
    link = cases.details.findChild(type(cases.enter_button), "panel_consultation")
    assert cases.detail.row.procedure is Procedure.FIRST_INSTANCE
    link.click()
    found = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.key == key)
    assert found.detail.cases[0].key == case


def test_the_lawyers_tab_says_what_he_said_and_what_came_of_it(qtbot, desk, pool):
    key = archived(desk.database, Stance.AGREES, Stance.AGREES, Stance.DISSENTS, risk=Risk.HIGH)
    member = see(desk.database, key).speakers[0]
    roster = page(desk, "roster")
    roster.select(member.lawyer_id)
    qtbot.waitUntil(lambda: roster.details.name.text() == member.name)
    roster.details.show_tab(SERVICES)
    said = words(roster.details.services)
    assert "1 次，发表意见 2 条" in said
    assert "单位尚未反馈" in said


def test_a_new_window_keeps_up_with_acts_of_another_one(qtbot, desk, pool):
    key = convened(desk.database, held_on=date(2026, 11, 20))
    found = shown(qtbot, desk, key)
    detail = see(desk.database, key)
    do(desk.database, save_record, key, a_record(detail), TODAY)
    do(desk.database, archive, key, see(desk.database, key).version, TODAY)
    qtbot.waitUntil(lambda: found.is_ready and found.detail.row.state is State.DONE)
    assert found.record.main.text().strip() == "打印纪要"
    assert replace(found.detail.row, key=0).topic == detail.row.topic


def test_opening_and_saving_either_form_unchanged_changes_nothing(qtbot, demo_desk):
    """What the forms show is all that is kept: nothing is lost or reworded on the way through them."""
    found = shown(qtbot, demo_desk)
    for key in found.list.keys():  # noqa: SIM118 - a list view is no dictionary
        found.select(key)
        qtbot.waitUntil(lambda key=key: found.is_ready and found.detail.row.key == key)
        with demo_desk.database.read() as session:
            record, convening = record_draft(session, key), consultation_draft(session, key)
        found.acts.writing.record(key)
        editor = opened(qtbot, demo_desk, RecordEditor)
        assert editor.draft() == record
        editor.reject()
        found.acts.writing.edit(key)
        form = opened(qtbot, demo_desk, ConveneForm)
        assert form.draft() == convening
        form.reject()


def test_what_is_listed_is_exported(qtbot, desk, pool, tmp_path):
    convened(desk.database, topic="航埠镇补偿协议案会商", drawn=0)
    convened(desk.database, topic="双港街道履职案会商", drawn=0)
    found = shown(qtbot, desk)
    found.find_field.setText("航埠")
    qtbot.waitUntil(lambda: found.is_ready and len(found.list.keys()) == 1)
    desk.files.path = tmp_path / "会商.xlsx"
    press(qtbot, desk.window, Qt.Key.Key_E)
    dialog = opened(qtbot, desk, ExportDialog)
    assert "1 行" in " ".join(words(dialog))
    dialog.go.click()
    qtbot.waitUntil(lambda: "已导出 1 行" in desk.window.notice.text())
