"""Any paper is looked at before it is printed; what is missing on it is said; it is saved as what it can be."""

import docx
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from db.assignment.papers.letters import MANDATE
from db.catalogue.reports import CERTIFICATE, ROSTER, Parameters, make
from db.documents.certificate import certificates
from db.documents.model import Paragraph
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case
from db.office.queries.history import recent_acts
from db.office.queries.wording import default_wording
from gui.pages.agencies.unit.editor import AgencyEditor
from gui.printing.preview import PaperPreview
from gui.printing.preview_text import missing_text
from tests.conftest import TODAY
from tests.db.catalogue.test_papers import a_report
from tests.gui.window.test_pages import opened
from tests.papers import a_certificate


def a_preview(desk, qtbot, papers, **options):
    preview = PaperPreview(desk.context, papers, "聘书", desk.window, **options)
    preview.open()
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    return preview


def test_a_certificate_is_checked_printed_and_saved_for_word(desk, qtbot, tmp_path):
    noted = []
    papers = certificates([a_certificate(number=""), a_certificate(name="方以宁")], default_wording("聘书"))
    preview = a_preview(desk, qtbot, lambda: papers, before_leaving=lambda: noted.append("记下"))
    assert preview.viewer.view.page_total == 2
    assert preview.missing.text.text() == "有 1 处没有填写，打印后留空：\n汪晓棠：聘书编号"
    shown = {suffix for suffix, its in preview.desk.save_buttons.items() if not its.isHidden()}
    assert shown == {".pdf", ".docx"}
    preview.desk.print_button.click()
    qtbot.waitUntil(lambda: bool(desk.printers.printed))
    assert desk.printers.printed[0] == ("聘书", preview.desk.current.pdf.data)
    desk.files.path = tmp_path / "聘书.docx"
    preview.desk.save_buttons[".docx"].click()
    qtbot.waitUntil(lambda: "已保存到" in desk.window.notice.text())
    assert any("方以宁" in p.text for p in docx.Document(tmp_path / "聘书.docx").paragraphs)
    assert noted == ["记下", "记下"]
    preview.close_button.click()


def has_ink(view):
    picture = view.viewport().grab().toImage()
    return any(
        picture.pixelColor(x, y).lightness() < 80
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )


def test_pages_in_sight_are_drawn_as_large_as_they_are_seen(desk, qtbot):
    report = a_report(220)
    preview = a_preview(desk, qtbot, lambda: [report])
    viewer, view = preview.viewer, preview.viewer.view
    qtbot.waitUntil(lambda: view.is_drawn(0) and view.is_drawn(1))
    assert viewer.page_count.text() == "/ 8 页"
    assert not view.is_drawn(7), "what nobody looks at is not drawn"
    viewer.page_number.setValue(8)
    qtbot.waitUntil(lambda: view.is_drawn(7))
    assert not view.is_drawn(0), "what is far away is let go"
    assert has_ink(view)
    viewer.larger.click()
    assert viewer.zoom.text().endswith("%")
    assert viewer.page_number.value() == 8, "one goes on reading where one was"
    qtbot.waitUntil(lambda: view.is_drawn(7))
    viewer.fit.click()
    assert viewer.zoom.text() == "适合"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: viewer.page_number.value() == 1)
    report = a_report(3)
    preview.refresh()
    qtbot.waitUntil(lambda: view.page_total == 1 and view.is_drawn(0))
    preview.close_button.click()


def test_a_paper_that_cannot_be_made_says_why(desk, qtbot):
    from db.errors import UserError

    def refuse():
        raise UserError("没有可以打印的聘书。请先聘任。")

    preview = PaperPreview(desk.context, refuse, "聘书", desk.window)
    preview.open()
    qtbot.waitUntil(lambda: preview.missing.text.text() == "没有可以打印的聘书。请先聘任。")
    assert not preview.desk.print_button.isEnabled()
    preview.close_button.click()


def test_many_missing_fields_are_counted():
    assert missing_text([]) == ""
    few = [f"{name}：聘书编号" for name in "甲乙丙"]
    assert missing_text(few).split("\n") == ["有 3 处没有填写，打印后留空：", *few]
    many = [f"{name}：{what}" for name in "甲乙丙丁戊" for what in ("考核等次", "司法局意见")]
    assert missing_text(many).split("\n")[1:] == [
        "考核等次：甲、乙、丙等 5 人",
        "司法局意见：甲、乙、丙等 5 人",
    ]


def test_the_roster_is_a_report_with_its_own_parameters(demo_desk, qtbot, tmp_path):
    desk = demo_desk
    desk.window.go("reports")
    page = desk.window.stack.currentWidget()
    page.show_report(ROSTER)
    qtbot.waitUntil(lambda: page.desk.current is not None and "名册" in page.desk.current.papers[0].title)
    assert page.panel.as_of.isVisible()
    assert not page.panel.by.isVisible()
    assert "****" in str(page.desk.current.papers[0].tables[0].rows[0])
    page.panel.unmasked.setChecked(True)
    qtbot.waitUntil(lambda: last_act(desk) == "预览顾问名册（号码完整显示）")
    page.panel.people.item(2).setCheckState(page.panel.people.item(2).checkState().Checked)
    qtbot.waitUntil(lambda: len(page.desk.current.papers[0].tables[0].rows) == 1)
    desk.files.path = tmp_path / "名册.xlsx"
    page.export()
    qtbot.waitUntil(lambda: "已保存到" in desk.window.notice.text())
    values = [c.value for row in load_workbook(tmp_path / "名册.xlsx").active.iter_rows() for c in row]
    assert not any("****" in str(value) for value in values)
    assert last_act(desk) == "打印或导出顾问名册（号码完整显示）"


def last_act(desk):
    with desk.database.read() as session:
        return recent_acts(session, 1)[0].label


def test_the_bureau_words_its_certificates_where_it_sees_them(demo_desk, qtbot):
    desk = demo_desk
    desk.window.go("reports")
    page = desk.window.stack.currentWidget()
    page.show_report(CERTIFICATE)
    qtbot.waitUntil(lambda: page.desk.current is not None and page.desk.current.papers[0].title == "聘书")
    page.word.click()
    form = page.wording.form
    form.text.setPlainText("{姓名}：\n请任{岗位}。")
    form.save.click()
    assert form.boxes["text"].message.text().startswith("第 2 行没有“岗位”这个字段，可用：姓名、")
    form.text.setPlainText("{姓名}：\n请任")
    form.text.moveCursor(QTextCursor.MoveOperation.End)
    form.field.setCurrentText("聘任职务")
    form.insert.click()
    before = page.desk.current
    form.save.click()
    qtbot.waitUntil(lambda: page.desk.current is not before)
    texts = [block.text for block in page.desk.current.papers[0].blocks if isinstance(block, Paragraph)]
    assert texts[1] == "请任行政诉讼法律顾问"
    desk.window.undo()
    qtbot.waitUntil(lambda: "兹聘请" in str(page.desk.current.papers[0].blocks))


def test_what_is_missing_leads_to_where_it_is_typed(qtbot, demo_desk):
    with demo_desk.database.read() as session:
        case = session.scalars(
            select(Case).join(Assignment, Assignment.case_id == Case.id).where(Case.is_open).order_by(Case.id)
        ).first()
        agency = next(p.agency for p in case.parties if p.agency is not None)
        wanted = Parameters(TODAY, TODAY, TODAY, ids=(case.id,))
        key, name, short = agency.id, agency.name, agency.short_name
    with demo_desk.database.write("修改单位") as session:
        session.get(Agency, key).head = ""
    preview = a_preview(demo_desk, qtbot, lambda: make(demo_desk.database, MANDATE, wanted))
    assert "法定代表人" in preview.missing.text.text()
    link = preview.fill.findChild(QPushButton, "fill_agency")
    assert link.text() == f"去填写：单位{short}"
    link.click()
    form = opened(qtbot, demo_desk, AgencyEditor)
    assert form.name.text() == name
    form.reject()
