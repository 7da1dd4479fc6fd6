"""A notice is on the clipboard; a dozen keys later the case is registered, and nothing was made up."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.cases.queries.cases import CaseFilter, View, case_keys
from db.cases.queries.detail import case_detail
from db.words.case import EventKind, Outcome, Procedure, Side
from gui.office.intake import IntakeDialog
from tests.conftest import TODAY
from tests.gui.window.test_pages import opened
from tests.typed import press, type_in

NOTICE = """　　　　　　　　浙江省龙游县人民法院
　　　　　　　　行政案件应诉通知书
　　　　　　　（２０２６）浙0825行初 037号
衢州市柯城区综合行政执法局：
　　原告周建国（示例）诉你单位行政处罚一案，本院已于2026年11月10日立案。随文发送起诉状副本一份，现将有关应诉事项通知如下：
　　一、你单位应当在收到起诉状副本之日起十五日内向本院提交作出行政行为的证据和所依据的规范性文件，并提出答辩状。
"""
CHAT = """【示例】各位，柯城区医保局11月12日签收了龙游法院（2026）浙0825行初41号的材料，原告是启禾商贸有限公司，
原告代理人：浙江示例丙律师事务所赵六合律师，12月3号下午2:30在龙游法院第一法庭开庭，麻烦安排律师。"""
FOREIGN = """原告：甲乙丙（示例）
被告：衢州市衢江区示例办公室
（2026）浙0802行初7号"""


class Hands:
    """Presses keys and counts them."""

    def __init__(self, qtbot, desk):
        self._qtbot, self._desk, self.count = qtbot, desk, 0

    def paste(self, text):
        """Bring a text to the program; the count begins after it."""
        QApplication.clipboard().setText(text)
        press(self._qtbot, self._desk.window, Qt.Key.Key_V, _CTRL_SHIFT)
        dialog = opened(self._qtbot, self._desk, IntakeDialog)
        dialog.activateWindow()
        self._qtbot.waitUntil(dialog.isActiveWindow)
        self.count = 0
        return dialog

    def type(self, text):
        """Type into whatever has the focus."""
        for char in text:
            self._qtbot.keyClicks(QApplication.focusWidget(), char)
            self.count += 1

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press one key."""
        self._qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.count += 1


_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


def registered(desk):
    with desk.database.read() as session:
        keys = case_keys(session, CaseFilter(View.ALL), TODAY)
        return [case_detail(session, key, TODAY) for key in keys]


def dropped(dialog):
    dialog._is_dirty = False
    dialog.reject()


def test_a_notice_to_respond_becomes_a_case_in_at_most_twelve_keys_应诉通知书(qtbot, desk):
    hands = Hands(qtbot, desk)
    dialog = hands.paste(NOTICE)
    assert QApplication.focusWidget() is dialog.received_on, "the one thing that the notice cannot say"
    assert registered(desk) == []
    hands.type("20261112")
    with qtbot.waitSignal(dialog.accepted):
        hands.press(Qt.Key.Key_S, _CTRL)
    assert hands.count <= 12, hands.count
    (case,) = registered(desk)
    assert (case.row.number, case.row.procedure) == ("（2026）浙0825行初37号", Procedure.FIRST_INSTANCE)
    assert (case.row.plaintiffs, case.row.defendants) == ("周建国（示例）", "区综合执法局")
    assert (case.court, case.cause) == ("龙游县人民法院", "行政处罚")
    assert case.row.due.on == date(2026, 11, 27)
    assert case.parties[1].agency_id is not None
    assert "可用 Ctrl+Z 撤销" in desk.window.notice.text()
    desk.window.undo()
    qtbot.waitUntil(lambda: registered(desk) == [])


def test_a_message_from_the_group_says_it_all(qtbot, desk):
    hands = Hands(qtbot, desk)
    dialog = hands.paste(CHAT)
    assert "认出" in dialog.summary.text.text()
    with qtbot.waitSignal(dialog.accepted):
        hands.press(Qt.Key.Key_S, _CTRL)
    assert hands.count == 1
    (case,) = registered(desk)
    assert case.row.received_on == date(2026, 11, 12)
    (hearing,) = case.hearings
    assert (hearing.on, hearing.at_time, hearing.place) == (date(2026, 12, 3), "14:30", "龙游法院第一法庭")
    plaintiff = next(p for p in case.parties if p.side is Side.PLAINTIFF)
    assert [(a.name, a.firm) for a in plaintiff.agents] == [("赵六合", "浙江示例丙律师事务所")]


def test_each_proposal_shows_its_words_and_can_be_corrected_or_dropped(qtbot, desk):
    dialog = Hands(qtbot, desk).paste(CHAT)
    box = dialog.quoted["received_on"]
    assert box.quote().words == "11月12日"
    assert "原文没有写年份，请核对" in box.quote().note
    dialog.received_on.setFocus()
    marked = [s for s in dialog.text.extraSelections() if s.format.fontUnderline()]
    assert [s.cursor.selectedText() for s in marked] == ["11月12日"]
    dialog.received_on.selectAll()
    type_in(qtbot, dialog.received_on, "20261113")
    assert box.quote() is None
    place = dialog.quoted["hearing_place"]
    place.drop.click()
    assert dialog.hearing_place.text() == ""
    assert place.message.text() == "没有采用原文“龙游法院第一法庭”"
    place.drop.click()
    assert dialog.hearing_place.text() == "龙游法院第一法庭"
    place.drop.click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    (case,) = registered(desk)
    assert case.row.received_on == date(2026, 11, 13)
    assert case.hearings[0].place == ""


def test_an_unknown_agency_is_said_and_found_by_pinyin(qtbot, desk):
    dialog = Hands(qtbot, desk).paste(FOREIGN)
    box = dialog.quoted["defendant"]
    assert "单位名录中没有" in box.message.text()
    dialog.defendant.setFocus()
    dialog.defendant.lineEdit().selectAll()
    type_in(qtbot, dialog.defendant, "qybj")
    dialog.defendant.completer().popup().hide()
    dialog.received_on.setFocus()
    assert dialog.defendant.currentText() == "衢州市柯城区医疗保障局"
    type_in(qtbot, dialog.received_on, "20261112")
    assert dialog.court.currentText() == "衢州市柯城区人民法院", "by the number's 法院代字"
    assert dialog.boxes["court_reason"].isVisible(), "the rules in force propose another one"
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    (case,) = registered(desk)
    assert case.row.defendants == "区医保局"
    assert case.court_reason == "以受理法院的文书为准"


def test_a_text_that_says_nothing_is_answered_and_nothing_is_saved(qtbot, desk):
    dialog = Hands(qtbot, desk).paste("下午三点食堂见。")
    assert "没有认出案号、当事人或者日期" in dialog.summary.text.text()
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog.boxes["plaintiff"].severity == "error"
    dropped(dialog)
    assert registered(desk) == []


SUMMONS = """浙江省龙游县人民法院
传　　票
案    号\t（2026）浙0825行初37号
案    由\t行政处罚
被传唤人\t衢州市柯城区综合行政执法局
应到时间\t2026年12月22日9时30分
应到处所\t第十审判庭
2026年11月20日"""
JUDGMENT = """浙江省龙游县人民法院
行政判决书
（2026）浙0825行初37号
原告：周建国（示例）。
被告：衢州市柯城区综合行政执法局。
判决如下：
驳回原告周建国（示例）的诉讼请求。
二〇二六年十一月十八日"""


def registered_from(qtbot, desk, text):
    """Register the case of a notice, as the clerk did before."""
    dialog = Hands(qtbot, desk).paste(text)
    type_in(qtbot, dialog.received_on, "20261112")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    (case,) = registered(desk)
    return case


def test_a_summons_of_a_case_on_record_updates_it_and_makes_no_twin_传票(qtbot, desk):
    registered_from(qtbot, desk, NOTICE)
    hands = Hands(qtbot, desk)
    dialog = hands.paste(SUMMONS)
    pane = dialog.updating
    assert pane.isVisible()
    assert "周建国（示例） 诉 区综合执法局" in pane.cases.currentText()
    assert [(tick.text(), tick.isChecked()) for tick in pane.ticks.values()] == [
        ("开庭日期", True),
        ("开庭时间", True),
        ("开庭地点", True),
    ]
    assert dialog.save.text() == "更新案件（3 项）"
    pane.ticks["hearing_place"].click()
    assert dialog.save.text() == "更新案件（2 项）"
    with qtbot.waitSignal(dialog.accepted):
        hands.press(Qt.Key.Key_S, _CTRL)
    (case,) = registered(desk)
    (hearing,) = case.hearings
    assert (hearing.on, hearing.at_time, hearing.place) == (date(2026, 12, 22), "09:30", "")
    assert "更新案件 （2026）浙0825行初37号" in desk.window.notice.text()
    desk.window.undo()
    qtbot.waitUntil(lambda: registered(desk)[0].hearings == ())


def test_a_judgment_asks_when_it_was_served_判决书(qtbot, desk):
    registered_from(qtbot, desk, NOTICE)
    dialog = Hands(qtbot, desk).paste(JUDGMENT)
    pane = dialog.updating
    assert {name: tick.isChecked() for name, tick in pane.ticks.items()} == {
        "outcome": True,
        "judged_on": True,
    }
    type_in(qtbot, pane.served_on, "20261199")
    dialog.save.click()
    assert "看不懂这个日期" in dialog.strip.text.text()
    pane.served_on.clear()
    type_in(qtbot, pane.served_on, "20261120")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    (case,) = registered(desk)
    assert case.row.outcome is Outcome.DISMISSED
    assert (EventKind.JUDGMENT_SERVED, date(2026, 11, 20)) in [(e.kind, e.on_date) for e in case.events]


def test_what_is_unticked_everywhere_is_not_saved(qtbot, desk):
    registered_from(qtbot, desk, NOTICE)
    dialog = Hands(qtbot, desk).paste(SUMMONS)
    for tick in dialog.updating.ticks.values():
        tick.setChecked(False)
    dialog.save.click()
    assert dialog.isVisible()
    assert "请至少勾选一项" in dialog.strip.text.text()
    dropped(dialog)
    assert registered(desk)[0].hearings == ()


def test_nearly_the_same_number_asks_and_the_clerk_decides(qtbot, desk):
    registered_from(qtbot, desk, NOTICE)
    near = NOTICE.replace("037号", "073号")
    dialog = Hands(qtbot, desk).paste(near)
    assert dialog.updating.isVisible()
    assert "73号 与已登记的 （2026）浙0825行初37号 只差一处" in dialog.updating.question.text.text()
    assert not any(tick.isChecked() for tick in dialog.updating.ticks.values())
    dialog.updating.new_case.click()
    assert not dialog.updating.isVisible()
    assert dialog.number.isVisible()
    type_in(qtbot, dialog.received_on, "20261112")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    assert sorted(case.row.number for case in registered(desk)) == [
        "（2026）浙0825行初37号",
        "（2026）浙0825行初73号",
    ]


def test_an_appeal_notice_registers_the_second_instance_tied_to_the_first(qtbot, desk):
    registered_from(qtbot, desk, NOTICE)
    text = """浙江省衢州市中级人民法院
二审应诉通知书
（2026）浙08行终77号
衢州市柯城区综合行政执法局：
上诉人周建国（示例）因诉你局行政处罚一案，不服浙江省龙游县人民法院（2026）浙0825行初37号行政判决，向本院提起上诉，
本院已于2026年11月20日立案。"""
    dialog = Hands(qtbot, desk).paste(text)
    assert not dialog.updating.isVisible()
    assert "前一程序 （2026）浙0825行初37号 已登记，保存时关联" in dialog.summary.text.text()
    type_in(qtbot, dialog.received_on, "20261122")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    second = next(case for case in registered(desk) if case.row.procedure is Procedure.SECOND_INSTANCE)
    assert [line.number for line in second.chain] == ["（2026）浙0825行初37号", "（2026）浙08行终77号"]
