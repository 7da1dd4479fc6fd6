"""A difficult case from its mark to what the agency did with the opinion: convened, drawn, held, archived, followed up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox

from db.consultations.rules.consultations import State
from db.office.queries.attachments import attachments
from db.setup.check import check_all
from db.words.consultation import Adoption, MemberOrigin, Stance
from gui.pages.cases.forms.editor import CaseEditor
from gui.pages.consultations.forms.convene import ConveneForm
from gui.pages.consultations.forms.short import AdoptionForm, DoneForm
from gui.pages.consultations.members.dialog import MembersDialog
from gui.pages.consultations.record.editor import RecordEditor
from gui.printing.preview import PaperPreview
from tests.conftest import TODAY
from tests.db.consultations.stories import enter_pool
from tests.db.store.test_acts import enter_case
from tests.gui.window.test_pages import cases_page, opened
from tests.typed import press, type_in

S, RETURN, SPACE = Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Space
SAID = (
    (1, "补偿协议由镇政府以自己名义签订，主体适格。"),
    (1, "建议补充评估报告送达回证。"),
    (2, "附属房是否计入合法面积，请自然资源部门认定后再定。"),
    (3, "第 2 户拆除早于协议生效，存在败诉风险，不宜与其他户一并答辩。"),
    (1, "同意多数意见。"),
)
TASKS = (
    ("补评估报告送达回证", "石梁镇政府", "2026-12-01"),
    ("出具附属房面积认定意见", "区资规分局", "2026-12-04"),
    ("组织第 2 户调解", "石梁镇政府", "2026-12-11"),
)


def consultations(qtbot, desk):
    page = desk.window.stack.currentWidget()
    assert page.objectName() == "consultations_page"
    qtbot.waitUntil(lambda: page.is_ready and page.detail is not None)
    return page


def printed(qtbot, desk, page, name):
    """Open a paper from the menu as the clerk does, print it, and return what it says."""
    action = next(a for a in page.record.papers.menu().actions() if a.text() == f"{name}…")
    action.trigger()
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    papers = preview.desk.current.papers
    preview.desk.print_out()
    qtbot.waitUntil(lambda: desk.printers.printed and desk.printers.printed[-1][0] == name)
    preview.close()
    return "".join(str(paper.blocks) for paper in papers)


def test_a_difficult_case_is_deliberated_and_followed_up(qtbot, desk, tmp_path):
    enter_pool(desk.database)
    enter_case(desk.database)
    # 1. the case is marked 重大疑难
    cases = cases_page(qtbot, desk)
    cases.edit_current()
    editor = opened(qtbot, desk, CaseEditor)
    editor.is_difficult.setChecked(True)
    type_in(qtbot, editor.difficult_reason, "系列案，社会影响较大")
    with qtbot.waitSignal(editor.accepted):
        press(qtbot, editor, S)
    qtbot.waitUntil(lambda: cases.is_ready and cases.detail.row.is_difficult)
    # 2. convened from the case, filled in
    cases.details.asked.emit("convene", 0)
    form = opened(qtbot, desk, ConveneForm)
    assert "周建国" in form.topic.text()
    assert form.grounds.text() == "系列案，社会影响较大"
    assert len(form.cases.keys()) == 1
    assert form.agency.value() is not None
    form.held_on.setText("2026-11-24")
    form.at_time.setText("14:30")
    form.venue.setEditText("三楼会议室")
    form.host.setEditText("林一苇")
    form.questions.add_line()
    type_in(qtbot, form.questions.lines[0].cells["text"], "主体是否适格")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, S)
    page = consultations(qtbot, desk)
    key = page.detail.row.key
    assert page.detail.row.number == "柯司会商〔2026〕1号"
    # 3. three are drawn, two are named
    page.record.main.click()
    people = opened(qtbot, desk, MembersDialog)
    qtbot.waitUntil(lambda: people.is_ready)
    assert people.draw.seed.text() == "20261124-1"
    people.draw.draw()
    qtbot.waitUntil(lambda: people.is_ready and len(people.detail.members) == 3)
    assert "抽中 3 人" in people.draw.result.text.text()
    people.tabs.setCurrentIndex(1)
    pool = people.named.list
    pool.setFocus()
    qtbot.keyClick(pool, SPACE)
    qtbot.keyClick(pool, Qt.Key.Key_Down)
    qtbot.keyClick(pool, SPACE)
    qtbot.keyClick(pool, RETURN)
    qtbot.waitUntil(lambda: people.is_ready and len(people.detail.members) == 5)
    people.close_button.click()
    qtbot.waitUntil(lambda: page.is_ready and len(page.detail.members) == 5)
    origins = [m.origin for m in page.detail.members]
    assert origins.count(MemberOrigin.DRAWN) == 3
    assert origins.count(MemberOrigin.NAMED) == 2
    # 4. notice and sign-in sheet
    names = [m.name for m in page.detail.members]
    notice = printed(qtbot, desk, page, "会商通知")
    assert "三楼会议室" in notice
    sheet = printed(qtbot, desk, page, "会商签到表")
    assert all(name in sheet for name in names)
    # 5. five opinions, one of them a dissent; three follow-ups
    page.acts.ask("record", 0)
    record = opened(qtbot, desk, RecordEditor)
    record.sign_ins.all_came.click()
    block = record.opinions.blocks[None]
    for at, (stance, text) in enumerate(SAID):
        record.opinions.list.setCurrentRow(at)
        qtbot.keyClick(block.stance.buttons[0], Qt.Key(Qt.Key.Key_0 + stance))
        type_in(qtbot, block.text, text)
    type_in(qtbot, record.conclusion, "主体适格，第 2 户先行调解。")
    qtbot.keyClick(record.risk.buttons[0], Qt.Key.Key_2)
    for at, (task, unit, due) in enumerate(TASKS):
        record.follow_ups.add_line()
        cells = record.follow_ups.lines[at].cells
        type_in(qtbot, cells["task"], task)
        cells["unit"].setEditText(unit)
        cells["due_on"].setText(due)
    with qtbot.waitSignal(record.accepted):
        press(qtbot, record, S)
    qtbot.waitUntil(lambda: page.is_ready and page.detail.row.stances.total == 5)
    assert page.detail.row.state is State.TO_WRITE
    # 6. archived, minutes printed
    page.record.archive.click()
    box = opened(qtbot, desk, QMessageBox)
    assert "只读" in box.text()
    box.agree.click()
    qtbot.waitUntil(lambda: page.is_ready and page.detail.row.state is State.DONE)
    minutes = printed(qtbot, desk, page, "会商纪要")
    dissent = next(m for m in page.detail.members if m.stance is Stance.DISSENTS)
    assert dissent.name in minutes
    assert SAID[3][1] in minutes
    # 7. a follow-up is done, with evidence
    proof = tmp_path / "送达回证.txt"
    proof.write_text("示例", encoding="utf-8")
    desk.files.path = proof
    task = page.detail.follow_ups[0]
    page.record.findChild(QCheckBox, f"follow_up_{task.key}").click()
    done = opened(qtbot, desk, DoneForm)
    type_in(qtbot, done.evidence, "EMS 签收单")
    done.attach.click()
    assert done.file_name.text() == "送达回证.txt"
    with qtbot.waitSignal(done.accepted):
        press(qtbot, done, S)
    qtbot.waitUntil(lambda: page.is_ready and page.detail.row.open_follow_ups == 2)
    assert page.detail.follow_ups[0].done_on == TODAY
    with desk.database.read() as session:
        (kept,) = attachments(session, "consultation", key)
    assert (kept.name, kept.kind) == ("送达回证.txt", "办结凭据")
    # 8. adoption
    page.acts.ask("adopt", 0)
    adoption = opened(qtbot, desk, AdoptionForm)
    qtbot.keyClick(adoption.adoption.buttons[0], Qt.Key.Key_2)
    type_in(qtbot, adoption.reason, "第 2 户调解方案另行研究")
    qtbot.keyClick(adoption.members[dissent.key].buttons[0], Qt.Key.Key_1)
    with qtbot.waitSignal(adoption.accepted):
        press(qtbot, adoption, S)
    qtbot.waitUntil(lambda: page.is_ready and page.detail.row.adoption is Adoption.PART)
    assert next(m for m in page.detail.members if m.key == dissent.key).adoption is Adoption.FULL
    # the case shows it, and nothing in the file contradicts anything else
    cases = cases_page(qtbot, desk)
    qtbot.waitUntil(
        lambda: cases.details.findChild(type(page.enter_button), "panel_consultation") is not None
    )
    assert all(line.is_ok for line in check_all(desk.database))
