"""How agencies appear in court, which court that is, and when papers count as served."""

from datetime import date
from itertools import product

import pytest

from db.law import hearings, serving
from db.law.hearings import Appearance, appearance_problems
from db.law.jurisdiction import (
    CourtRule,
    Defendant,
    court_problem,
    is_county_government,
    propose,
    rule_problems,
)
from db.shipped import rows
from db.words.case import AbsenceReason, Attends, HeadKind, Procedure, SendMethod


def shipped():
    def day(text):
        return date.fromisoformat(text) if text else None

    return [CourtRule(day(r.pop("from_on")), day(r.pop("to_on")), **r) for r in rows("jurisdiction.csv")]


RULES = shipped()
GOVERNMENT = Defendant(is_government=True)
REVIEWER = Defendant(is_government=True, is_reviewer=True)


def texts(plan):
    return [p.text for p in appearance_problems(plan)]


def test_lawyers_alone_are_refused_适用解释第一百二十八条():
    plan = Appearance(Attends.NO, absence=AbsenceReason.DUTY, lawyers=1, has_papers=True)
    (problem,) = texts(plan)
    assert "不得仅委托律师（适用解释第一百二十八条）" in problem


def test_without_the_head_there_is_one_of_the_agencys_own_and_so_at_most_one_lawyer():
    fine = Appearance(Attends.NO, absence=AbsenceReason.ACCIDENT, staff=1, lawyers=1, has_papers=True)
    assert texts(fine) == []
    for staff, lawyers in product(range(4), range(4)):
        plan = Appearance(
            Attends.NO, absence=AbsenceReason.DUTY, staff=staff, lawyers=lawyers, has_papers=True
        )
        assert (texts(plan) == []) == (1 <= staff <= 2 - lawyers), (staff, lawyers)


def test_beside_the_head_up_to_two_agents_of_any_kind():
    for staff, lawyers in product(range(4), range(4)):
        plan = Appearance(
            Attends.YES, head_kind=HeadKind.DEPUTY, staff=staff, lawyers=lawyers, has_papers=True
        )
        assert (texts(plan) == []) == (staff + lawyers <= 2)


def test_an_absent_head_gives_a_reason_and_papers_法释2020年3号第八条第九条():
    bare = texts(Appearance(Attends.NO, staff=1, asked_in_writing=True))
    assert ["不可抗力" in bare[0], "情况说明" in bare[1], "第一百二十九条" in bare[2]] == [True] * 3
    assert "司法建议" in bare[2]
    assert [p[:6] for p in hearings.papers_for(Attends.NO)] == [
        "不能出庭的情",
        "工作人员的授",
        "工作人员的身",
    ]


def test_the_head_of_another_body_is_no_head_法释2020年3号第二条():
    assert hearings.head_problem("副局长") is None
    assert "第二条" in hearings.head_problem("下级行政机关的负责人")
    assert "第二条" in hearings.head_problem("所长", of_agency_itself=False)
    assert set(hearings.HEADS) == set(HeadKind)


@pytest.mark.parametrize(
    ("defendants", "procedure", "filed_on", "court"),
    [
        ([Defendant()], Procedure.FIRST_INSTANCE, "2026-11-10", "浙0825"),
        ([Defendant("衢江区")], Procedure.FIRST_INSTANCE, "2026-11-10", "浙0825"),
        ([Defendant("龙游县")], Procedure.FIRST_INSTANCE, "2026-11-10", "浙0802"),
        ([Defendant()], Procedure.FIRST_INSTANCE, "2021-04-07", "浙0802"),
        ([Defendant()], Procedure.FIRST_INSTANCE, "2021-04-08", "浙0825"),
        ([GOVERNMENT], Procedure.FIRST_INSTANCE, "2026-11-10", "浙08"),
        ([GOVERNMENT], Procedure.SECOND_INSTANCE, "2026-11-10", "浙"),
        ([Defendant()], Procedure.SECOND_INSTANCE, "2026-11-10", "浙08"),
        ([Defendant()], Procedure.ENFORCEMENT, "2026-11-10", "浙0802"),
        ([Defendant("江山市")], Procedure.ENFORCEMENT, "2026-11-10", "浙0881"),
        ([Defendant(), REVIEWER], Procedure.FIRST_INSTANCE, "2026-11-10", "浙0825"),
        ([REVIEWER], Procedure.FIRST_INSTANCE, "2026-11-10", "浙08"),
    ],
)
def test_the_court_follows_from_defendant_and_day(defendants, procedure, filed_on, court):
    assert propose(RULES, defendants, procedure, date.fromisoformat(filed_on)).court == court


def test_no_rule_no_proposal():
    assert propose(RULES, [Defendant()], Procedure.RETRIAL, date(2026, 11, 10)) is None
    assert propose(RULES, [Defendant()], Procedure.FIRST_INSTANCE, date(2015, 1, 1)) is None


def test_a_joint_defendant_says_why_the_level_is_that_of_the_original_agency():
    found = propose(RULES, [Defendant(), REVIEWER], Procedure.FIRST_INSTANCE, date(2026, 11, 10))
    assert "适用解释第一百三十四条第三款" in found.why
    assert "待核对" in found.why


def test_another_court_needs_a_reason():
    found = propose(RULES, [Defendant()], Procedure.FIRST_INSTANCE, date(2026, 11, 10))
    assert court_problem(found, "浙0825", "") is None
    assert "浙0825" in court_problem(found, "浙0802", " ").text
    assert court_problem(found, "浙0802", "原告选择，法院同意") is None
    assert court_problem(None, "浙0802", "") is None


def test_the_shipped_rules_are_in_order_and_edited_ones_are_checked():
    assert rule_problems(RULES) == []
    wrong = [*RULES, CourtRule(date(2027, 1, 1), date(2026, 1, 1), "", "", "", "")]
    assert len(rule_problems(wrong)) == 2
    hidden = CourtRule(date(2022, 1, 1), None, "柯城区", "一审", "浙0802", "示例")
    assert "不会用到" in rule_problems([*RULES, hidden])[0].text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("衢州市柯城区人民政府", True), ("柯城区人民政府花园街道办事处", False), ("石梁镇人民政府", False)],
)
def test_a_district_government_is_known_by_its_name(name, expected):
    assert is_county_government(name) is expected


def test_posted_before_the_end_is_in_time_适用解释第四十八条第四款():
    due = date(2026, 11, 27)
    late = date(2026, 12, 1)
    assert serving.is_in_time(due, SendMethod.POST, due, late)
    assert not serving.is_in_time(due, SendMethod.POST, date(2026, 11, 28), late)
    assert not serving.is_in_time(due, SendMethod.DIRECT, due, late)
    assert not serving.is_in_time(due, SendMethod.ELECTRONIC, due, date(2026, 11, 28))
    assert serving.is_in_time(due, SendMethod.ELECTRONIC, due)


def test_service_by_public_notice_takes_thirty_days_民事诉讼法第九十五条():
    assert serving.served_on(SendMethod.NOTICE, date(2026, 10, 1)) == date(2026, 10, 31)
    assert serving.served_on(SendMethod.DIRECT, date(2026, 10, 1)) == date(2026, 10, 1)


def test_every_way_of_sending_has_its_proof():
    assert all(serving.proof_problem(method, "") for method in SendMethod)
    assert serving.proof_problem(SendMethod.POST, "示例邮件号 EMS000") is None
