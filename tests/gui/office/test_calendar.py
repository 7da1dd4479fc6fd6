"""节假日安排 and 管辖规则: what is pasted is understood, shown, confirmed, and counts at once."""

from datetime import date

from PySide6.QtCore import QPoint, Qt

from db.cases.acts.cases import save_case
from db.cases.rules.cases import CaseDraft, PartyDraft
from db.office.queries.calendar import notices, uncovered_years
from db.office.queries.court_rules import court_rules
from db.words.case import PartyKind, Side
from gui.office.calendar import CalendarDialog, NoticeDialog
from gui.office.calendar_day import DayDialog
from gui.office.jurisdiction import JurisdictionDialog
from tests.gui.window.test_pages import opened
from tests.typed import press, type_in

NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号（示例）
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


def a_case_into_the_new_year(database) -> None:
    draft = CaseDraft(
        number="（2026）浙0825行初90号",
        received_on=date(2026, 12, 20),
        filed_on=date(2026, 12, 18),
        parties=(
            PartyDraft(Side.PLAINTIFF, "示例甲", PartyKind.PERSON),
            PartyDraft(Side.DEFENDANT, "示例乙局", PartyKind.AGENCY),
        ),
    )
    with database.write("登记") as session:
        save_case(session, draft, date(2026, 12, 21))


def test_the_pasted_notice_covers_the_year_and_deadlines_follow(qtbot, desk):
    a_case_into_the_new_year(desk.database)
    with desk.database.read() as session:
        assert uncovered_years(session) == [2027]
    desk.window.run("show_calendar")
    dialog = opened(qtbot, desk, CalendarDialog)
    qtbot.waitUntil(lambda: dialog.years.count() == 7)
    assert "2027 年　还没有数据" in dialog.years.item(0).text()
    dialog.years.setCurrentRow(0)
    assert "日历未覆盖" in dialog.strip.text.text()
    dialog.enter_button.click()
    notice = opened(qtbot, desk, NoticeDialog)
    notice.text.setPlainText(NOTICE_2027)
    qtbot.waitUntil(lambda: notice.found.text() == "2027 年：放假 27 天，调休上班 6 天")
    assert notice.doubts.text.text() == ""
    assert not notice.year.marks[date(2027, 1, 31)].is_off
    with desk.database.read() as session:
        assert notices(session)[0].year == 2026, "nothing is stored before it is confirmed"
    with qtbot.waitSignal(notice.accepted):
        press(qtbot, notice, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "放假 27 天" in dialog.years.item(0).text())
    assert "国办发明电〔2026〕99号" in dialog.source.text()
    with desk.database.read() as session:
        assert uncovered_years(session) == []
    dialog.close_button.click()


def test_a_notice_that_does_not_add_up_says_so_and_one_that_is_none_is_refused(qtbot, desk):
    desk.window.run("show_calendar")
    dialog = opened(qtbot, desk, CalendarDialog)
    dialog.enter_button.click()
    notice = opened(qtbot, desk, NoticeDialog)
    notice.text.setPlainText(NOTICE_2027.replace("共7天。9月26日", "共8天。9月26日"))
    qtbot.waitUntil(lambda: "国庆节原文写共 8 天，按日期数是 7 天" in notice.doubts.text.text())
    notice.text.setPlainText("下周一开会，请带材料。")
    notice.save.click()
    assert notice.isVisible()
    assert "没有认出是哪一年的通知" in notice.boxes["text"].message.text()
    notice.text.clear()
    notice._is_dirty = False
    notice.reject()
    dialog.reject()


def test_a_rule_of_jurisdiction_is_added_by_the_office(qtbot, desk):
    with desk.database.read() as session:
        before = court_rules(session)
    desk.window.run("show_jurisdiction")
    dialog = opened(qtbot, desk, JurisdictionDialog)
    assert len(dialog.rules.lines) == len(before)
    dialog.rules.add.click()
    line = dialog.rules.lines[-1]
    line.entry("area").set_value("柯城区")
    line.entry("matter").set_value("一审")
    type_in(qtbot, line.cells["from_on"], "20270101")
    type_in(qtbot, line.cells["to_on"], "20261231")
    dialog.save.click()
    texts = [text for text, _ in line.said]
    assert any("请选择受理法院" in text for text in texts), texts
    assert any("截止日期 2026-12-31 早于起始日期 2027-01-01" in text for text in texts)
    line.entry("court").set_value("浙0802")
    line.cells["to_on"].clear()
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    with desk.database.read() as session:
        after = court_rules(session)
    assert after[:-1] == before
    assert (after[-1].court, after[-1].from_on, after[-1].to_on) == ("浙0802", date(2027, 1, 1), None)


def test_a_notice_for_one_festival_says_what_it_changes_and_changes_only_that(qtbot, desk):
    desk.window.run("show_calendar")
    dialog = opened(qtbot, desk, CalendarDialog)
    qtbot.waitUntil(lambda: dialog.years.count() == 7)
    dialog.enter_button.click()
    notice = opened(qtbot, desk, NoticeDialog)
    notice.text.setPlainText("调整2026年劳动节放假安排：5月1日至6日放假调休，共6天。5月9日（星期六）上班。")
    qtbot.waitUntil(lambda: notice.found.text() == "2026 年：放假 6 天，调休上班 1 天")
    assert "只改劳动节的各日" in notice.source.text()
    assert notice.doubts.text.text() == ""
    with qtbot.waitSignal(notice.entered):
        notice.try_save()
    qtbot.waitUntil(lambda: date(2026, 5, 6) in dialog.year.marks)
    assert dialog.year.marks[date(2026, 10, 1)].is_off
    dialog.reject()


def test_one_day_is_changed_by_a_click_with_its_source(qtbot, desk):
    desk.window.run("show_calendar")
    dialog = opened(qtbot, desk, CalendarDialog)
    qtbot.waitUntil(lambda: dialog.years.count() == 7)
    dialog.years.setCurrentRow(next(n for n in range(7) if "2026" in dialog.years.item(n).text()))
    day = date(2026, 5, 6)
    place = next(
        QPoint(x, y)
        for x in range(0, dialog.year.width(), 6)
        for y in range(0, dialog.year.height(), 6)
        if dialog.year.day_at(QPoint(x, y)) == day
    )
    qtbot.mouseClick(dialog.year, Qt.MouseButton.LeftButton, pos=place)
    form = opened(qtbot, desk, DayDialog)
    assert "2026年5月6日，周三，现在：没有特别安排" in form.now.text()
    type_in(qtbot, form.name, "劳动节")
    form.save.click()
    assert form.boxes["source"].severity == "error"
    assert "请写明依据" in form.boxes["source"].message.text()
    type_in(qtbot, form.source, "示例市政府通知")
    with qtbot.waitSignal(form.entered):
        form.try_save()
    qtbot.waitUntil(lambda: day in dialog.year.marks)
    assert dialog.year.marks[day].name == "劳动节"
    dialog.day_button.click()
    form = opened(qtbot, desk, DayDialog)
    type_in(qtbot, form.day, "2026-05-06")
    press(qtbot, form.day, Qt.Key.Key_Tab)
    assert "现在：放假（劳动节）" in form.now.text()
    form.kind.setCurrentText("与平常一样")
    assert not form.name.isVisible()
    type_in(qtbot, form.source, "示例市政府通知")
    with qtbot.waitSignal(form.entered):
        form.try_save()
    qtbot.waitUntil(lambda: day not in dialog.year.marks)
    dialog.reject()
