"""The case page as a clerk meets it: real window, real database, keys instead of a mouse."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db.cases.acts.cases import record_event, save_case
from db.cases.queries.cases import View
from db.cases.queries.detail import case_detail
from db.cases.rules.cases import AgentDraft, CaseDraft, EventDraft, PartyDraft
from db.catalogue.search import keys_of
from db.roster.acts.lawyers import save_lawyer
from db.words.case import (
    AgentKind,
    Attends,
    EventKind,
    Outcome,
    PartyKind,
    Procedure,
    SendMethod,
    Side,
    Track,
)
from gui.forms.saved_views import NameForm
from gui.pages.cases.forms.attendance import AttendanceForm
from gui.pages.cases.forms.editor import CaseEditor
from gui.pages.cases.forms.periods import DoneForm, ExtendForm, FixForm, SubmitForm
from gui.pages.cases.forms.result import ResultForm
from gui.pages.cases.forms.steps import EventDialog
from gui.pages.cases.forms.ties import TiesForm
from tests.conftest import TODAY, a_lawyer
from tests.typed import press, type_in

NUMBER = "（2026）浙0825行初37号"


def a_case(**changes) -> CaseDraft:
    """Return a case in which the district's city management is sued, received twelve days ago."""
    given = {
        "number": NUMBER,
        "filed_on": date(2026, 11, 10),
        "received_on": date(2026, 11, 12),
        "parties": (
            PartyDraft(Side.PLAINTIFF, "周建国"),
            PartyDraft(Side.DEFENDANT, "衢州市柯城区综合行政执法局", PartyKind.AGENCY),
        ),
        "cause_text": "违法建设处罚",
    }
    return CaseDraft(**(given | changes))


def enter(desk, draft) -> int:
    with desk.database.write("登记案件") as session:
        return save_case(session, draft, TODAY)


def happen(desk, key, draft) -> None:
    with desk.database.write("登记进程") as session:
        version = case_detail(session, key, TODAY).version
        record_event(session, key, draft, version, TODAY)


def cases_page(qtbot, desk):
    desk.window.go("cases")
    page = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.is_ready)
    return page


def chosen(qtbot, page, key):
    """Select a case and wait for its panel."""
    page.select(key)
    qtbot.waitUntil(lambda: page.is_ready and page.detail is not None and page.detail.row.key == key)
    return page.detail


def opened(qtbot, desk, kind):
    """Wait for a dialog, and bring it in front as a clerk has it."""
    qtbot.waitUntil(lambda: any(w.isVisible() for w in desk.window.findChildren(kind)))
    dialog = next(w for w in desk.window.findChildren(kind) if w.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and dialog.focusWidget() is not None)
    return dialog


def again(qtbot, page, was):
    """Wait until the panel shows a newer state of the case than ``was``."""
    qtbot.waitUntil(lambda: page.is_ready and page.detail is not None and page.detail.version > was.version)
    return page.detail


def key(qtbot, which, modifier=Qt.KeyboardModifier.NoModifier, widget=None):
    popup = QApplication.activePopupWidget()
    qtbot.keyClick(widget or popup or QApplication.focusWidget(), which, modifier)


def tab_to(qtbot, dialog: QWidget, name: str) -> QWidget:
    """Press Tab until the field with this name has the focus."""
    for _ in range(80):
        focused = QApplication.focusWidget()
        if focused is not None and name in {focused.objectName(), dialog.field_of(focused)}:
            return focused
        qtbot.keyClick(focused or dialog, Qt.Key.Key_Tab)
    pytest.fail(f"{name} is not reached by Tab")


def point_at(widget: QWidget, at: QPoint) -> None:
    """Move the pointer there."""
    none = Qt.MouseButton.NoButton
    where = QPointF(at)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        widget.mapToGlobal(where),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, moved)


def shown(page) -> list[str]:
    return [page.model.row(at).number for at in range(page.model.rowCount())]


def node(page, title):
    return next(n for n in page.details.timeline.nodes if n.title.startswith(title))


# -- registering ---------------------------------------------------------------------------


def test_a_case_is_registered_by_keys_alone(qtbot, desk):
    page = cases_page(qtbot, desk)
    press(qtbot, desk.window, Qt.Key.Key_N)
    editor = opened(qtbot, desk, CaseEditor)
    assert editor.number.hasFocus()
    type_in(qtbot, editor.number, "(2026) 浙0825行初字第037号".replace("字第0", ""))
    key(qtbot, Qt.Key.Key_Tab)
    assert editor.number.text() == NUMBER  # brackets, blanks and zeros are put right on leaving
    assert editor.court.currentText() == "龙游县人民法院"
    type_in(qtbot, tab_to(qtbot, editor, "filed_on"), "20261110")
    type_in(qtbot, tab_to(qtbot, editor, "received_on"), "20261112")
    assert "答辩举证至 2026-11-27" in editor.boxes["received_on"].message.text()
    type_in(qtbot, tab_to(qtbot, editor, "plaintiffs"), "周建国")
    key(qtbot, Qt.Key.Key_Return)
    type_in(qtbot, QApplication.focusWidget(), "何秀英")
    with desk.database.read() as session:
        keys = keys_of(session, "agency")
    agency = next(a for a in editor.parties._agencies if a.short_name == "区综合执法局")
    initials = min((k for k in keys[agency.key] if k.isascii()), key=len)
    cell = tab_to(qtbot, editor, "defendants_0_name")
    type_in(qtbot, cell, initials)
    key(qtbot, Qt.Key.Key_Tab)
    assert cell.currentText() == agency.name
    assert "龙游" in editor.boxes["court"].message.text() or editor.boxes["court"].message.text().startswith(
        "依据"
    )
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: page.is_ready and shown(page) == [NUMBER])
    row = page.model.row(0)
    assert (row.plaintiffs, row.defendants) == ("周建国、何秀英", "区综合执法局")
    assert row.due.on == date(2026, 11, 27)
    assert "Ctrl+Z" in desk.window.notice.text()


def test_a_number_that_is_taken_leads_to_the_case_that_has_it(qtbot, desk):
    first = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    page.enter()
    editor = opened(qtbot, desk, CaseEditor)
    type_in(qtbot, editor.number, "(2026)浙0825行初37号")
    key(qtbot, Qt.Key.Key_Tab)
    assert "已登记过一次" in editor.boxes["number"].message.text()
    assert editor.open_other.isVisible()
    editor._is_dirty = False
    qtbot.mouseClick(editor.open_other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.window.findChildren(CaseEditor))
    qtbot.waitUntil(lambda: page.is_ready and page.table.current_key() == first)


def test_another_court_than_the_rules_say_needs_a_reason(qtbot, desk):
    page = cases_page(qtbot, desk)
    page.enter_draft(a_case(number=""))
    editor = opened(qtbot, desk, CaseEditor)
    assert editor.boxes["court_reason"].isHidden()
    proposed = editor._proposal.court_id
    other = next(c for c in editor._offers.courts if c.key != proposed)
    editor.court.set_value(other.key)
    assert editor.boxes["court_reason"].isVisible()
    editor.try_save()
    assert "请写明理由" in editor.boxes["court_reason"].message.text()
    type_in(qtbot, editor.court_reason, "原告选择")
    with qtbot.waitSignal(editor.accepted):
        editor.try_save()


def test_agents_are_typed_as_lines_and_belong_to_their_party(qtbot, desk):
    page = cases_page(qtbot, desk)
    page.enter_draft(a_case())
    editor = opened(qtbot, desk, CaseEditor)
    agents = editor.parties.lists["agents"]
    agents.add_line()
    cells = agents.lines[0].cells
    type_in(qtbot, cells["party"], "无此人")
    type_in(qtbot, cells["name"], "徐立")
    editor.try_save()
    assert "当事人中没有“无此人”" in agents.lines[0].said[0][0]
    cells["party"].set_value("区综合执法局")
    cells["kind"].set_value(AgentKind.STAFF)
    with qtbot.waitSignal(editor.accepted):
        editor.try_save()
    qtbot.waitUntil(lambda: page.is_ready and page.model.rowCount() == 1)
    (defendant,) = [p for p in chosen(qtbot, page, page.model.keys[0]).parties if p.side is Side.DEFENDANT]
    assert [(a.name, a.kind) for a in defendant.agents] == [("徐立", "工作人员")]


# -- the list ------------------------------------------------------------------------------


def test_the_forgotten_are_counted_and_each_says_why(qtbot, desk):
    enter(desk, a_case(number="（2026）浙0825行初1号"))
    enter(desk, a_case(number="（2026）浙0825行初2号", received_on=None))
    staff = PartyDraft(
        Side.DEFENDANT,
        "衢州市柯城区综合行政执法局",
        PartyKind.AGENCY,
        agents=(AgentDraft("示例甲", AgentKind.STAFF),),
    )
    arranged = a_case(number="（2026）浙0825行初3号", parties=(PartyDraft(Side.PLAINTIFF, "周建国"), staff))
    enter(desk, arranged)
    page = cases_page(qtbot, desk)
    page.show_view(View.FORGOTTEN)
    qtbot.waitUntil(lambda: page.is_ready)
    assert page.views.buttons["FORGOTTEN"].text() == "被遗忘  2"
    assert sorted(shown(page)) == ["（2026）浙0825行初1号", "（2026）浙0825行初2号"]
    why = next(at for at, c in enumerate(page.model.columns) if c.key == "neglect")
    assert not page.table.isColumnHidden(why)
    said = {page.model.row(at).number: page.model.index(at, why).data() for at in range(2)}
    assert said["（2026）浙0825行初1号"] == "没有代理人"
    assert "没有答辩期限" in said["（2026）浙0825行初2号"]
    page.show_view(View.OPEN)
    qtbot.waitUntil(lambda: page.is_ready)
    assert page.table.isColumnHidden(why)
    assert len(shown(page)) == 3


def test_filters_combine_and_a_view_of_ones_own_brings_them_back(qtbot, desk):
    enter(desk, a_case(number="（2026）浙0825行初1号", is_difficult=True, difficult_reason="涉众"))
    enter(desk, a_case(number="（2026）浙08行终2号", procedure=Procedure.SECOND_INSTANCE, is_difficult=True))
    enter(desk, a_case(number="（2026）浙0825行初3号"))
    page = cases_page(qtbot, desk)
    page.filters.difficult.click()
    page.filters.procedure.choose("二审")
    page.filters.changed.emit()
    qtbot.waitUntil(lambda: page.is_ready and shown(page) == ["（2026）浙08行终2号"])
    page.saved_views.ask_name()
    form = opened(qtbot, desk, NameForm)
    type_in(qtbot, form.name, "重大二审")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    page.show_view(View.ALL)
    qtbot.waitUntil(lambda: page.is_ready and len(shown(page)) == 3)
    (view,) = page.saved_views.store.load()
    page.saved_views.put_on(view)
    qtbot.waitUntil(lambda: page.is_ready and shown(page) == ["（2026）浙08行终2号"])
    assert page.saved_views.button.text().strip() == "视图 重大二审"


def test_what_is_typed_last_is_what_is_shown(qtbot, desk):
    enter(desk, a_case(number="（2026）浙0825行初1号"))
    enter(desk, a_case(number="（2026）浙0825行初22号"))
    page = cases_page(qtbot, desk)
    type_in(qtbot, page.find_field, "1")
    page.filters.changed.emit()
    page.find_field.setText("22")
    page.filters.changed.emit()
    qtbot.waitUntil(lambda: page.is_ready and shown(page) == ["（2026）浙0825行初22号"])


# -- the timeline --------------------------------------------------------------------------


def test_focus_on_the_timeline_shows_the_article_and_the_reckoning(qtbot, desk):
    case = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    chosen(qtbot, page, case)
    timeline = page.details.timeline
    press(qtbot, desk.window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)  # from the list to the panel
    qtbot.waitUntil(timeline.hasFocus)
    said = timeline.tip_text()
    assert said.startswith("行政诉讼法第六十七条")
    assert "视为没有相应证据" in said
    assert "推算：2026-11-12 收到起诉状副本，次日起算，第 15 日为 2026-11-27 周五" in said
    key(qtbot, Qt.Key.Key_Return, widget=timeline)
    assert timeline.is_pinned
    key(qtbot, Qt.Key.Key_Down, widget=timeline)
    assert "第八十一条" in timeline.tip_text()
    assert "放假安排未录入" in timeline.accessibleDescription()  # it ends in a year without a notice
    key(qtbot, Qt.Key.Key_Escape, widget=timeline)
    assert timeline.tip_text() == ""


def test_the_pointer_on_the_article_shows_it_and_space_offers_what_can_be_done(qtbot, desk):
    case = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    chosen(qtbot, page, case)
    timeline = page.details.timeline
    at = next(i for i, n in enumerate(timeline.nodes) if n.title.startswith("答辩举证"))
    law = timeline._placed[at].law
    point_at(timeline, law.center())
    assert timeline.tip_text().startswith("行政诉讼法第六十七条")
    point_at(timeline, QPoint(law.center().x(), timeline.height() - 1))
    assert timeline.tip_text() == ""
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: timeline.current == at)
    menu = timeline.acts_menu()
    assert [a.text() for a in menu.actions()] == ["登记提交…", "标为已完成…", "改定日期…", "登记延长…"]
    menu.deleteLater()


def test_one_point_is_current_the_nearest_across_periods_and_hearing(qtbot, desk):
    case = enter(desk, a_case(hearing_on=date(2026, 12, 1), hearing_time="09:30"))
    page = cases_page(qtbot, desk)
    chosen(qtbot, page, case)

    def current():
        return [n.title for n in page.details.timeline.nodes if n.state in {"current", "overdue"}]

    assert current() == ["答辩举证 15 日"]
    before = page.detail
    happen(desk, case, EventDraft(EventKind.ANSWERED, date(2026, 11, 20), evidence="回执"))
    again(qtbot, page, before)
    assert current() == ["开庭"]
    assert node(page, "开庭").badges == (("ok", "剩 7 天"),)
    assert page.model.row(0).due.title == "开庭"


def test_in_the_simplified_procedure_the_courts_own_date_takes_the_place_of_the_fifteen_days(qtbot, desk):
    case = enter(desk, a_case(track=Track.SIMPLIFIED))
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, case)
    waiting = node(page, "简易程序举证")
    assert (waiting.when, waiting.law) == ("填写指定日期后显示", "适用解释第一百零四条")
    page.acts.on_node(waiting.key, "fix")
    form = opened(qtbot, desk, FixForm)
    form.on.setText("2026-11-25")
    type_in(qtbot, form.reason, "举证通知书指定")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    again(qtbot, page, before)
    assert node(page, "简易程序举证").badges[0] == ("wn", "剩 1 天")
    assert not [n for n in page.details.timeline.nodes if n.title.startswith("答辩举证")]


def test_handing_in_asks_for_the_proof_and_posting_before_the_end_counts(qtbot, desk):
    case = enter(
        desk, a_case(received_on=date(2026, 11, 6), filed_on=date(2026, 11, 4))
    )  # due 11-23, a Monday
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, case)
    assert node(page, "答辩举证").badges[0] == ("dg", "逾期 1 天")
    page.details.submit.click()
    form = opened(qtbot, desk, SubmitForm)
    assert "已逾期 1 天" in form.boxes["sent_on"].message.text()
    form.sent_on.setText("2026-11-23")
    form.arrived_on.setText("2026-11-24")
    assert "期满前交邮的算在期限内（适用解释第四十八条第四款）" in form.boxes["sent_on"].message.text()
    form.try_save()
    assert form.isVisible()
    assert "请填写邮件号" in form.boxes["evidence"].message.text()
    type_in(qtbot, form.evidence, "EX1")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    detail = again(qtbot, page, before)
    answered = next(e for e in detail.events if e.kind is EventKind.ANSWERED)
    assert (answered.counts_on, answered.send_method, answered.evidence) == (
        date(2026, 11, 23),
        SendMethod.POST,
        "EX1",
    )
    assert node(page, "提交答辩状和证据").caption == "期限 11-23，按期，11-23 交邮，凭据 EX1"


def test_whose_period_it_is_is_asked_where_several_are_sued_and_each_shows_its_own(qtbot, desk):
    sued = [PartyDraft(Side.DEFENDANT, f"示例第{n}局", PartyKind.AGENCY) for n in "一二"]
    case = enter(desk, a_case(parties=(PartyDraft(Side.PLAINTIFF, "周建国"), *sued)))
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, case)
    page.acts.on_node(node(page, "答辩举证").key, "done")
    form = opened(qtbot, desk, DoneForm)
    assert form.whose.currentText() == "各被告"
    form.whose.setCurrentText("示例第一局")
    type_in(qtbot, form.evidence, "回执 7")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    detail = again(qtbot, page, before)
    assert node(page, "答辩举证（示例第一局）").caption == "凭据 回执 7"
    other = node(page, "答辩举证（示例第二局）")
    assert other.badges == (("wn", "剩 3 天"),)
    assert "undone" not in dict(other.acts)
    page.acts.on_node(other.key, "extend")
    form = opened(qtbot, desk, ExtendForm)
    assert form.whose is None
    form.length.setText("10")
    type_in(qtbot, form.reason, "法院准予延期")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    detail = again(qtbot, page, detail)
    assert node(page, "答辩举证（示例第二局）").when == "12-07 周一"
    page.acts.on_node(node(page, "答辩举证（示例第一局）").key, "undone")
    again(qtbot, page, detail)
    assert node(page, "答辩举证（示例第一局）").badges == (("wn", "剩 3 天"),)


def test_a_date_fixed_by_the_court_needs_a_reason_shows_so_and_can_be_taken_back(qtbot, desk):
    case = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, case)
    page.acts.on_node(node(page, "答辩举证").key, "fix")
    form = opened(qtbot, desk, FixForm)
    form.on.setText("2026-12-04")
    form.try_save()
    assert "请写明改定的理由" in form.boxes["reason"].message.text()
    type_in(qtbot, form.reason, "人民法院指定")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    detail = again(qtbot, page, before)
    fixed = node(page, "答辩举证")
    assert fixed.when == "12-04 周五"
    assert ("chip", "手工改定") in fixed.badges
    assert fixed.caption == "手工改定：人民法院指定"
    assert "未改定时推算为 2026-11-27" in fixed.why
    page.acts.on_node(fixed.key, "unfix")
    again(qtbot, page, detail)
    assert node(page, "答辩举证").when == "11-27 周五"


def test_a_judgment_served_on_each_party_gives_each_its_own_time_for_appeal(qtbot, desk):
    case = enter(desk, a_case(received_on=date(2026, 8, 3), filed_on=date(2026, 8, 1)))
    happen(desk, case, EventDraft(EventKind.ANSWERED, date(2026, 8, 10), evidence="回执"))
    page = cases_page(qtbot, desk)
    detail = chosen(qtbot, page, case)
    for at, day in enumerate((date(2026, 11, 10), date(2026, 11, 16))):
        press(qtbot, desk.window, Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)
        dialog = opened(qtbot, desk, EventDialog)
        dialog.kind.setCurrentText(EventKind.JUDGMENT_SERVED.value)
        assert dialog.boxes["party_id"].isVisible()
        dialog.party.set_value(detail.parties[at].key)
        dialog.on_date.set_date(day)
        with qtbot.waitSignal(dialog.accepted):
            dialog.try_save()
        detail = again(qtbot, page, detail)
    assert {(s.party, s.appeal.due) for s in detail.services} == {
        ("周建国", date(2026, 11, 25)),
        ("衢州市柯城区综合行政执法局", date(2026, 12, 1)),
    }


# -- hearing, result, ties -----------------------------------------------------------------


def test_lawyers_alone_are_refused_with_the_article(qtbot, desk):
    with desk.database.write("新增") as session:
        save_lawyer(session, a_lawyer(), TODAY)
    case = enter(desk, a_case(hearing_on=date(2026, 12, 16), hearing_time="09:30", hearing_place="第二法庭"))
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, case)
    assert "负责人出庭待单位报送" in node(page, "开庭").caption
    links = page.details.findChildren(QPushButton, "panel_attend")
    links[0].click()
    form = opened(qtbot, desk, AttendanceForm)
    assert "受委托组织的负责人、下级行政机关的负责人不算" in form.intro.text()
    form.attends.set_value(Attends.NO)
    form.try_save()
    assert form.isVisible()
    assert "适用解释第一百二十八条" in form.boxes["staff"].message.text()
    assert "法释〔2020〕3号第八条" in form.boxes["absence"].message.text()
    form.absence.setCurrentText("需要履行他人不能代替的公务")
    type_in(qtbot, form.staff, "示例甲")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    detail = again(qtbot, page, before)
    assert detail.hearings[0].plan.staff == ("示例甲",)
    assert "负责人不出庭（需要履行他人不能代替的公务）" in node(page, "开庭").caption


def test_a_lost_case_is_closed_with_its_result(qtbot, desk):
    case = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, case)
    page.acts.result()
    form = opened(qtbot, desk, ResultForm)
    assert form.boxes["loss_cause"].isHidden()
    form.outcome.set_value(Outcome.REVOKED)
    assert form.boxes["loss_cause"].isVisible()
    assert "行政诉讼法第七十条" in form.boxes["outcome"].message.text()
    form.closed_on.setText("2026-11-24")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    page.show_view(View.CLOSED)
    qtbot.waitUntil(lambda: page.is_ready and shown(page) == [NUMBER])
    assert again(qtbot, page, before).row.outcome is Outcome.REVOKED


def test_an_appeal_is_tied_to_the_first_instance_as_one_dispute(qtbot, desk):
    first = enter(desk, a_case())
    appeal = enter(desk, a_case(number="（2026）浙08行终58号", procedure=Procedure.SECOND_INSTANCE))
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, appeal)
    page.acts.ties()
    form = opened(qtbot, desk, TiesForm)
    type_in(qtbot, form.previous, "37")
    key(qtbot, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: form.previous.key() == first)  # the only one found
    type_in(qtbot, form.series, "示例系列案")
    with qtbot.waitSignal(form.accepted):
        form.try_save()
    detail = again(qtbot, page, before)
    assert [line.number for line in detail.chain] == [NUMBER, "（2026）浙08行终58号"]
    assert detail.row.series == "示例系列案"
    texts = [made.text() for made in page.details.findChildren(QPushButton, "panel_case")]
    assert NUMBER in texts


def test_two_records_of_one_number_are_said_and_one_can_be_set_aside(qtbot, desk):
    first = enter(desk, a_case())
    second = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    before = chosen(qtbot, page, second)
    assert "另有 1 条登记" in page.details.duplicate.text.text()
    page.details.findChild(QPushButton, "panel_duplicate").click()
    assert again(qtbot, page, before).row.duplicate_of_id == first
    assert "重复登记" in page.details.duplicate.text.text()


def test_a_paper_dropped_on_the_panel_is_kept(qtbot, desk, tmp_path):
    case = enter(desk, a_case())
    page = cases_page(qtbot, desk)
    chosen(qtbot, page, case)
    paper = tmp_path / "起诉状副本.pdf"
    paper.write_bytes(b"%PDF-1.4 example")
    page.details.papers.attach([paper], "起诉状副本")
    qtbot.waitUntil(
        lambda: page.is_ready and bool(page.details.papers.findChildren(QPushButton, "attachment_open"))
    )
    assert "已添加附件" in desk.window.notice.text()
