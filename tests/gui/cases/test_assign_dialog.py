"""Assigning in the window: what the candidates say, what is refused with its article, what the agency consented to."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.cases.acts.attendance import save_plan
from db.cases.acts.cases import record_event
from db.cases.rules.attendance import PlanDraft
from db.cases.rules.cases import EventDraft
from db.models.assignment import Assignment, Consent, Letter, Recommendation
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.roster.rules.background import ContractDraft, PostDraft
from db.words.assignment import Role
from db.words.case import AbsenceReason, Attends, EventKind
from db.words.lawyer import UnitKind
from gui.pages.cases.assigning.candidate_paint import LineKind
from gui.pages.cases.assigning.dialog import AssignDialog
from gui.pages.cases.assigning.grounds import GroundsDialog
from tests.conftest import TODAY
from tests.db.store.test_acts import detail, enter_case, enter_lawyer
from tests.gui.window.test_pages import cases_page, opened

RIVAL = "示例鹿鸣山律师事务所"  # the plaintiff's lawyer is of this firm
JUDGE = (PostDraft("示例县人民法院", UnitKind.COURT, "审判员", to_on=date(2020, 1, 1)),)
POOL = (
    {"name": "汪晓棠", "specialities": ("违法建设",)},
    {"name": "王砚秋", "firm": "示例九华律师事务所"},
    {"name": "叶知秋", "firm": "示例水亭律师事务所", "posts": JUDGE},
    {"name": "余清和", "firm": "示例石梁溪律师事务所", "contracts": (ContractDraft("周建国", to_on=date(2026, 5, 1)),)},
    {"name": "柴立言", "firm": RIVAL},
)  # fmt: skip


@pytest.fixture
def case_id(desk):
    """Return a waiting case, with a pool of five: two free, one to be looked at, one for consent, one barred."""
    for at, given in enumerate(POOL):
        enter_lawyer(desk.database, licence=f"1330820151012345{at}", **given)
    return enter_case(desk.database)


def assigning(qtbot, desk, case_id) -> AssignDialog:
    cases = cases_page(qtbot, desk)
    cases.select(case_id)
    cases.assign_current()
    return opened(qtbot, desk, AssignDialog)


def by_name(dialog):
    return {c.name: c.lawyer_id for c in dialog.offer.candidates}


def of(desk, model):
    with desk.database.read() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def confirm_without_paper(qtbot, dialog):
    with qtbot.waitSignal(dialog.accepted):
        dialog.submit_only()


def test_each_candidate_says_how_his_total_came_about(qtbot, desk, case_id):
    dialog = assigning(qtbot, desk, case_id)
    lines = dialog.candidates.rows.lines
    assert [line.kind for line in lines] == [LineKind.FREE] * 4 + [LineKind.GROUP, LineKind.BARRED]
    assert lines[0].spoken().startswith("汪晓棠，示例双港律所，综合 ")
    assert (lines[-1].title, lines[-1].word, lines[-1].text) == (
        "柴立言",
        "回避",
        "同所律师徐立代理本案原告周建国",
    )
    qtbot.keyClick(dialog.candidates, Qt.Key.Key_Home)
    qtbot.waitUntil(dialog.tip.isVisible)
    best = dialog.offer.candidates[0].ranking
    said = dialog.tip.words()
    assert "100 × 35% = 35.0" in said
    assert f"综合 {best.total}" in said
    assert all(factor.sentence in said for factor in best.factors)
    dialog.close()


def test_a_barred_lawyer_is_reached_by_key_never_ticked_and_shows_his_grounds(qtbot, desk, case_id):
    dialog = assigning(qtbot, desk, case_id)
    qtbot.keyClick(dialog.candidates, Qt.Key.Key_End)
    assert dialog.candidates.line().title == "柴立言"
    qtbot.keyClick(dialog.candidates, Qt.Key.Key_Space)
    assert dialog.side.chosen.keys() == []
    assert "同所律师徐立代理本案原告" in dialog.side.strip.text.text()
    qtbot.keyClick(dialog.candidates, Qt.Key.Key_Return)
    grounds = opened(qtbot, desk, GroundsDialog)
    texts = [label.text() for label in grounds.findChildren(type(dialog.side.limit))]
    assert "依据：律师执业行为规范（利益冲突，绝对禁止）" in texts
    grounds.close_button.click()
    dialog.close()


def test_an_amber_flag_wants_words_of_the_clerks_own(qtbot, desk, case_id):
    dialog = assigning(qtbot, desk, case_id)
    dialog.toggle(by_name(dialog)["叶知秋"])
    assert "已满两年" in dialog.side.warning.text.text()
    assert "叶知秋（主办）综合评分" in dialog.side.reason.toPlainText()
    dialog.submit_only()
    assert dialog.side.boxes["reason"].message.text() == "所选顾问有提示事项，请写明核对的情况。"
    assert dialog.isVisible()
    dialog.side.reason.appendPlainText("离任已满六年，非审理法院。")
    confirm_without_paper(qtbot, dialog)
    (made,) = of(desk, Assignment)
    assert made.reason.endswith("离任已满六年，非审理法院。")


def test_the_agencys_consent_is_asked_for_and_kept(qtbot, desk, case_id):
    dialog = assigning(qtbot, desk, case_id)
    dialog.toggle(by_name(dialog)["余清和"])
    dialog.side.reason.appendPlainText("单位要求继续由其代理。")
    dialog.submit_only()
    (entry,) = dialog.side.chosen.consents()
    assert entry.person.property("invalid") is True
    assert "同意人和内容" in dialog.side.strip.text.text()
    entry.person.setText("示例科长")
    entry.reason.setText("书面同意其代理")
    confirm_without_paper(qtbot, dialog)
    (kept,) = of(desk, Consent)
    assert (kept.rule, kept.person, kept.reason) == ("C17", "示例科长", "书面同意其代理")


def test_where_the_head_is_absent_only_one_lawyer_finds_a_place(qtbot, desk, case_id):
    with desk.database.write("开庭") as session:
        hearing = EventDraft(EventKind.HEARING, date(2026, 12, 20), "09:30")
        record_event(session, case_id, hearing, detail(desk.database, case_id).version, TODAY)
    found = detail(desk.database, case_id)
    with desk.database.write("安排") as session:
        plan = PlanDraft(Attends.NO, absence=AbsenceReason.DUTY, absence_note="会议", staff=("示例科长",))
        save_plan(session, found.hearings[0].event_id, plan, found.version, TODAY)
    dialog = assigning(qtbot, desk, case_id)
    for candidate in dialog.offer.candidates[:2]:
        dialog.toggle(candidate.lawyer_id)
    assert len(dialog.side.chosen.keys()) == 1
    assert "适用解释第一百二十八条" in dialog.side.strip.text.text()
    dialog.close()


def test_roles_change_hands_and_the_letter_names_two(qtbot, desk, case_id):
    dialog = assigning(qtbot, desk, case_id)
    first, second = (c.lawyer_id for c in dialog.offer.candidates[:2])
    dialog.toggle(first)
    assert dialog.side.alternate.currentData() == second
    assert dialog.side.number.text() == "柯司顾荐〔2026〕1号"
    dialog.toggle(second)
    dialog.side.chosen.boxes[1].role.setCurrentText("主办")
    assert [c.role for c in dialog.draft().choices] == [Role.ASSISTANT, Role.LEAD]
    dialog.toggle(second)
    assert [c.role for c in dialog.draft().choices] == [Role.LEAD]
    confirm_without_paper(qtbot, dialog)
    (letter,) = of(desk, Letter)
    assert letter.number == "柯司顾荐〔2026〕1号"
    assert [r.lawyer_id for r in of(desk, Recommendation)] == [first, second]


def test_a_factor_without_weight_is_not_shown(qtbot, desk, case_id):
    with desk.database.write("设置") as session:
        save_settings(session, replace(load_settings(session), weight_rating=0, weight_turn=0))
    dialog = assigning(qtbot, desk, case_id)
    assert [(kind.value, share) for kind, share in dialog.head.columns()] == [
        ("专业匹配", 47),
        ("当前负荷", 27),
        ("本单位经验", 27),
    ]
    assert "评价" not in dialog.candidates.rows.lines[0].spoken()
    dialog.close()
