"""The panel of one lawyer, and what is recorded from it."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from shiboken6 import isValid

from db.agencies.queries.agencies import agency_choices
from db.assignment.acts.assignments import assign
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.cases.acts.cases import record_event, save_case
from db.cases.queries.detail import case_detail
from db.cases.rules.cases import CaseDraft, EventDraft, PartyDraft
from db.office.queries.history import recent_acts
from db.performance.queries.figures import year_record
from db.performance.queries.lines import figure_records
from db.roster.acts.lawyers import save_lawyer
from db.roster.rules.background import PostDraft
from db.words.assignment import Role
from db.words.case import EventKind, Outcome, PartyKind, Side
from db.words.lawyer import Leaving, UnitKind
from db.words.service import Grade, ServiceKind
from gui.forms.rating import RatingDialog
from gui.forms.service_dialog import ServiceDialog
from gui.pages.cases.assigning.answer_form import AnswerForm
from gui.pages.roster.panel.dialogs import DeclarationDialog
from gui.pages.roster.panel.panel import CASES, OVERVIEW, RATINGS, SERVICES
from gui.pages.roster.panel.year import YearDialog
from gui.printing.preview import PaperPreview
from gui.tables.cell_label import CellLabel
from tests.conftest import TODAY, a_lawyer
from tests.db.consultations.stories import archived
from tests.typed import press, type_in

OTHER_LICENCE = "13308201110234567"


@pytest.fixture
def roster(qtbot, desk):
    """The roster with 汪晓棠, and with 何承安, who was a judge until last year."""
    judge = PostDraft(
        "示例区人民法院", UnitKind.COURT, "法官", None, None, date(2025, 6, 30), Leaving.RESIGNED
    )
    with desk.database.write("新增顾问") as session:
        desk.key = save_lawyer(session, a_lawyer(id_number="330802198506127420", sex=""), TODAY)
        other = a_lawyer(name="何承安", licence=OTHER_LICENCE, phone="13900002222", posts=(judge,))
        desk.other = save_lawyer(session, other, TODAY)
    desk.window.go("roster")
    page = desk.window.stack.currentWidget()
    page.select(desk.key)
    qtbot.waitUntil(lambda: panel_shows(page, "汪晓棠"))
    return page


def panel_shows(page, name):
    return not page.details.isHidden() and page.details.name.text() == name


def opened(qtbot, desk, kind):
    qtbot.waitUntil(lambda: any(w.isVisible() for w in desk.window.findChildren(kind)))
    return next(w for w in desk.window.findChildren(kind) if w.isVisible())


def said(widget):
    """Everything that a part of the screen says."""
    return "\n".join(part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget))


def cells(widget):
    """The badges and dots of a part of the screen."""
    return [cell.accessibleName() for cell in widget.findChildren(CellLabel)]


def link(page, name):
    return page.details.findChild(QPushButton, name)


def a_case(desk, number, received_on):
    """Enter a case against an agency and assign it to 汪晓棠; return its key."""
    with desk.database.write("登记案件") as session:
        parties = (
            PartyDraft(Side.PLAINTIFF, "陈月娥"),
            PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=agency_choices(session)[0][0]),
        )
        case_id = save_case(session, CaseDraft(number, parties=parties, received_on=received_on), TODAY)
        detail = case_detail(session, case_id, TODAY)
        party = next(p for p in detail.parties if p.side is Side.DEFENDANT)
        choices = (Choice(desk.key, Role.LEAD),)
        draft = AssignmentDraft(case_id, party.key, choices, assigned_on=received_on, version=detail.version)
        assign(session, draft, TODAY)
    return case_id


def served_case(desk, number="（2026）浙0803行初41号"):
    """A case in which 汪晓棠 acted for the agency until it was closed."""
    case_id = a_case(desk, number, date(2026, 3, 2))
    with desk.database.write("结案") as session:
        version = case_detail(session, case_id, TODAY).version
        end = EventDraft(EventKind.CLOSED, date(2026, 9, 1), outcome=Outcome.DISMISSED)
        record_event(session, case_id, end, version, TODAY)
    return case_id


def test_numbers_stay_masked_until_asked_for_and_the_showing_is_written_down(qtbot, desk, roster):
    phone = roster.details.findChild(QLabel, "panel_phone")
    assert phone.text() == "138****1111"
    assert roster.details.findChild(QLabel, "panel_id_number").text() == "330802********7420"
    link(roster, "reveal_phone").click()
    qtbot.waitUntil(lambda: phone.text() == "13800001111")
    with desk.database.read() as session:
        assert recent_acts(session)[0].label == "显示 汪晓棠 的联系电话"
    roster.select(desk.other)
    qtbot.waitUntil(lambda: panel_shows(roster, "何承安"))
    roster.select(desk.key)
    qtbot.waitUntil(lambda: panel_shows(roster, "汪晓棠"))
    assert roster.details.findChild(QLabel, "panel_phone").text() == "138****1111"
    press(qtbot, desk.window, Qt.Key.Key_Z)  # takes back the entry of the two, not the showing
    qtbot.waitUntil(lambda: "已撤销：新增顾问" in desk.window.notice.text())


def test_the_panel_says_what_follows_from_a_former_post(qtbot, desk, roster):
    roster.select(desk.other)
    qtbot.waitUntil(lambda: panel_shows(roster, "何承安"))
    post = "示例区人民法院 法官，2025-06 辞去公职"
    qtbot.waitUntil(lambda: post in said(roster.details.overview))  # new labels come up with the next event
    words = said(roster.details.overview)
    assert "至 2027-06-30 止，不得担任诉讼代理人（律师法第四十一条）" in words
    assert "不得代理原任职法院审理的案件（法官法第三十六条）" in words
    assert "还没有声明" in words


def test_services_typed_one_after_the_other_are_one_act_and_each_figure_opens_exactly_its_records(
    qtbot, desk, roster
):
    roster.details.enter_services()
    dialog = opened(qtbot, desk, ServiceDialog)
    dialog.kind.setCurrentText(ServiceKind.CONSULTATION.value)
    type_in(qtbot, dialog.matter, "征收补偿会商")
    press(qtbot, dialog, Qt.Key.Key_Return)  # Ctrl+Enter: one more
    assert dialog.matter.text() == ""
    assert dialog.matter.hasFocus()
    type_in(qtbot, dialog.matter, "违建拆除会商")
    assert dialog.save.text() == "登记 2 条"
    with qtbot.waitSignal(dialog.accepted):
        press(qtbot, dialog, Qt.Key.Key_S)
    details = roster.details
    qtbot.waitUntil(lambda: details.tabs.tabText(SERVICES) == "会商 2")
    with desk.database.read() as session:
        assert recent_acts(session)[0].label == "登记 2 条服务"
    details.show_tab(SERVICES)
    qtbot.waitUntil(lambda: "征收补偿会商" in said(details.services))
    details.show_tab(OVERVIEW)
    link(roster, "figure_service:会商研判").click()
    year = opened(qtbot, desk, YearDialog)
    assert year.shown.text() == "会商研判　2 条"
    listed = [year.records.item(at).text() for at in range(year.records.count())]
    assert [line.split("　")[1].split("\n")[0] for line in listed] == ["违建拆除会商", "征收补偿会商"]
    year.reject()


def test_a_consultation_behind_a_figure_and_in_the_tab_leads_to_its_page(qtbot, desk, roster):
    key = archived(desk.database, drawn=0, named=[desk.key])
    details = roster.details
    details.show_tab(SERVICES)
    qtbot.waitUntil(lambda: "石梁镇土地征收补偿系列案会商" in said(details.services))
    with qtbot.waitSignal(details.consultation_asked) as asked:
        details.services.findChild(QPushButton, "consultation_open").click()
    assert asked.args == [key]
    desk.window.go("roster", desk.key)
    details.open_year()
    year = opened(qtbot, desk, YearDialog)
    heads = [year.figures.topLevelItem(at).text(0) for at in range(year.figures.topLevelItemCount())]
    assert heads.count("会商意见") == 1
    for at in range(year.figures.topLevelItemCount()):
        if year.figures.topLevelItem(at).text(0).strip() == "研判意见":
            year.figures.setCurrentItem(year.figures.topLevelItem(at))
    assert year.shown.text() == "研判意见　2 条"
    with qtbot.waitSignal(year.consultation_asked) as asked:
        qtbot.keyClick(year.records, Qt.Key.Key_Return)
    assert asked.args == [key]


def test_every_figure_of_the_year_lists_as_many_records_as_it_says(qtbot, desk, roster):
    served_case(desk)
    roster.details.open_year()
    year = opened(qtbot, desk, YearDialog)
    with desk.database.read() as session:
        record = year_record(session, desk.key, 2026, TODAY)
        for figure in record.figures:
            assert len(figure_records(session, figure)) == figure.count
    counted = {}
    for at in range(year.figures.topLevelItemCount()):
        item = year.figures.topLevelItem(at)
        year.figures.setCurrentItem(item)
        if item.text(1):
            counted[item.text(0).strip()] = (item.text(1), year.records.count())
    assert counted["主办案件"] == ("1", 1)
    assert counted["办结：驳回"] == ("1", 1)
    assert all(text == str(count) for text, count in counted.values())
    year.reject()


def test_a_record_behind_a_figure_leads_to_its_case(qtbot, desk, roster):
    case_id = served_case(desk)
    roster.details.open_year()
    year = opened(qtbot, desk, YearDialog)
    assert year.shown.text() == "主办案件　1 条"
    year.records.setFocus()
    qtbot.keyClick(year.records, Qt.Key.Key_Return)
    cases = desk.window.stack.currentWidget()
    assert cases.name == "cases"
    qtbot.waitUntil(lambda: cases.table.current_key() == case_id)


def test_a_service_is_corrected_and_goes_to_the_recycle_bin(qtbot, desk, roster):
    details = roster.details
    details.enter_services()
    dialog = opened(qtbot, desk, ServiceDialog)
    type_in(qtbot, dialog.matter, "合同审查")
    type_in(qtbot, dialog.hours, "two")
    dialog.try_save()
    assert dialog.boxes["hours"].message.text() == "时长应写成小时数，如 1.5，现为“two”。"
    dialog.hours.setText("1.5")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    details.show_tab(SERVICES)
    qtbot.waitUntil(lambda: "1.5 小时" in said(details.services))
    link(roster, "service_edit").click()
    dialog = next(d for d in desk.window.findChildren(ServiceDialog) if d.key)
    dialog.hours.setText("3")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    qtbot.waitUntil(lambda: "3 小时" in said(details.services))
    link(roster, "service_remove").click()
    box = opened(qtbot, desk, QMessageBox)
    box.agree.click()
    qtbot.waitUntil(lambda: "还没有合法性审查" in said(details.services))


def test_a_served_case_waits_for_its_rating_and_the_mean_follows(qtbot, desk, roster):
    served_case(desk)
    served_case(desk, "（2026）浙0803行初42号")
    details = roster.details
    details.show_tab(RATINGS)
    for waiting, score in ((2, Qt.Key.Key_5), (1, Qt.Key.Key_4)):
        qtbot.waitUntil(lambda n=waiting: f"已办结 {n} 件" in said(details.ratings))
        link(roster, "rate").click()
        dialog = next(d for d in desk.window.findChildren(RatingDialog) if d.isVisible())
        dialog.try_save()
        assert dialog.boxes["score"].message.text() == "评分应为 1 至 5 分。"
        qtbot.keyClick(dialog.score, score)
        dialog.try_save()
        qtbot.waitUntil(lambda gone=dialog: not isValid(gone))
    qtbot.waitUntil(lambda: "2 次，平均 4.5 分" in said(details.ratings))
    qtbot.waitUntil(lambda: details.tabs.tabText(RATINGS) == "评价 2")
    details.show_tab(OVERVIEW)
    assert details.overview.figures.figures["评价"].number.text() == "4.5"


def test_the_bureaus_assessment_of_a_year_is_kept(qtbot, desk, roster):
    roster.details.open_year()
    year = opened(qtbot, desk, YearDialog)
    year.try_save()
    assert year.boxes["grade"].message.text() == "请选择考核等次。"
    year.grade.setCurrentText(Grade.COMPETENT.value)
    type_in(qtbot, year.opinion, "履职尽责")
    with qtbot.waitSignal(year.accepted):
        press(qtbot, year, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: roster.details.overview.year.grade.text() == "年度考核 称职")
    roster.details.open_year()
    year = next(d for d in desk.window.findChildren(YearDialog) if d.isVisible())
    assert year.opinion.toPlainText() == "履职尽责"
    year.reject()


def test_another_year_is_not_chosen_over_an_opinion_that_was_not_saved(qtbot, desk, roster):
    roster.details.open_year()
    year = opened(qtbot, desk, YearDialog)
    type_in(qtbot, year.opinion, "履职尽责")
    year.year.setCurrentIndex(1)
    year.year.activated.emit(1)
    assert year.draft().year == 2026
    assert year.opinion.toPlainText() == "履职尽责"
    assert "还没有保存" in year.strip.text.text()
    year._is_dirty = False
    year.reject()


def test_a_declaration_is_entered_and_shown(qtbot, desk, roster):
    link(roster, "panel_declare").click()
    dialog = opened(qtbot, desk, DeclarationDialog)
    dialog.signed_on.setText("2026-12-01")
    dialog.try_save()
    assert dialog.boxes["signed_on"].message.text() == "2026-12-01 还没有到，请核对签署日期。"
    dialog.signed_on.setText("2026-11-20")
    type_in(qtbot, dialog.content, "无")
    with qtbot.waitSignal(dialog.accepted):
        dialog.try_save()
    qtbot.waitUntil(lambda: "2026-11-20 签署" in said(roster.details.overview))


def test_running_cases_show_their_nearest_day_and_lead_to_the_case(qtbot, desk, roster):
    a_case(desk, "（2026）浙0803行初41号", date(2026, 11, 20))
    details = roster.details
    qtbot.waitUntil(lambda: details.tabs.tabText(CASES) == "在办案件 1")
    case = link(roster, "panel_case")
    assert case.text() == "行初41号"
    assert "答辩举证 剩 13 天" in cells(details.overview)
    case.click()
    qtbot.waitUntil(lambda: desk.window.stack.currentWidget().name == "cases")


def test_the_history_says_what_was_taken_back(qtbot, desk, roster):
    with desk.database.read() as session:
        from db.roster.queries.lawyers import lawyer_draft

        draft = lawyer_draft(session, desk.key, TODAY)
    with desk.database.write("修改顾问 汪晓棠") as session:
        save_lawyer(session, replace(draft, phone="13900003333"), TODAY, desk.key)
    press(qtbot, desk.window, Qt.Key.Key_Z)
    details = roster.details
    details.show_tab(4)
    qtbot.waitUntil(lambda: "已撤销" in cells(details.history))
    qtbot.waitUntil(lambda: "修改顾问 汪晓棠" in said(details.history))
    assert "联系电话：138****1111 → 139****3333" in said(details.history)


def test_papers_are_dropped_on_the_panel_shown_and_taken_away(qtbot, desk, roster, tmp_path):
    papers = roster.details.papers
    file, photo = tmp_path / "执业证.pdf", tmp_path / "照片.png"
    file.write_bytes(b"%PDF-1.4 example")
    QImage(60, 80, QImage.Format.Format_RGB32).save(str(photo))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    papers.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: "执业证.pdf" in said(papers))
    desk.files.path = photo
    next(a for a in papers.menu.actions() if a.data() == "照片").trigger()
    qtbot.waitUntil(lambda: not papers.photo.pixmap().isNull())
    link(roster, "attachment_remove").click()
    box = opened(qtbot, desk, QMessageBox)
    assert "执业证.pdf" in box.text()
    box.agree.click()
    qtbot.waitUntil(lambda: "执业证.pdf" not in said(papers))
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: "执业证.pdf" in said(papers))


def test_the_years_sheet_is_looked_at_before_it_is_printed(qtbot, desk, roster):
    roster.details.open_year()
    year = opened(qtbot, desk, YearDialog)
    year.print_button.click()
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    assert "2026 年度履职档案　汪晓棠" in preview.windowTitle()
    assert "考核等次" in preview.missing.text.text()
    preview.reject()
    year.reject()


def test_what_became_of_a_recommendation_is_noted_at_the_case_and_counts_in_the_year(qtbot, desk, roster):
    case_id = a_case(desk, "（2026）浙0803行初41号", date(2026, 11, 20))
    desk.window.go("cases", case_id)
    cases = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: cases.findChild(QPushButton, "answer_recommendation") is not None)
    cases.findChild(QPushButton, "answer_recommendation").click()
    form = opened(qtbot, desk, AnswerForm)
    form.answer.setCurrentText("顾问婉拒")
    form.try_save()
    assert form.boxes["reason"].message.text() == "顾问婉拒应写明原因。"
    type_in(qtbot, form.reason, "庭期冲突")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    with desk.database.read() as session:
        declined = year_record(session, desk.key, 2026, TODAY).figure("declined")
        assert [line.caption for line in figure_records(session, declined)] == ["顾问婉拒：庭期冲突"]


def test_tab_goes_through_the_panel_in_reading_order(qtbot, desk, roster):
    details = roster.details
    roster.panel.setVisible(True)  # the screen of the tests may be too small for it
    qtbot.waitUntil(lambda: link(roster, "panel_declare").isVisible())
    details.tabs.tabBar().setFocus()
    seen = []
    while len(seen) < 12 and "attachment_add" not in seen:
        details.focusNextChild()
        seen.append(desk.window.focusWidget().objectName())
    numbers, figures = ["reveal_phone", "reveal_id_number"], ["figure_lead", "figure_assist", "figure_closed"]
    assert seen == [*numbers, "panel_declare", "panel_year", *figures, "panel_year_open", "attachment_add"]
