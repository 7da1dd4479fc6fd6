"""Who may sit at the table: the rules of assignment and C20 are looked at before anybody is drawn or named."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from db.assignment.acts.assignments import assign, end_assignment, link_dispute
from db.assignment.queries.candidates import candidates
from db.assignment.queries.standing_conflicts import standing_conflicts
from db.assignment.rules.assignments import AssignmentDraft, Choice, EndDraft
from db.cases.acts.chains import link_previous
from db.cases.queries.detail import case_draft
from db.cases.rules.cases import AgentDraft, PartyDraft
from db.consultations.acts.consultations import change, convene
from db.consultations.acts.members import draw_members, name_members
from db.consultations.acts.records import save_record
from db.consultations.queries.detail import consultation_draft
from db.consultations.queries.member_candidates import candidates_for, member_candidates
from db.consultations.rules.consultations import DrawRequest, MemberDraft
from db.consultations.rules.drawing import draw
from db.errors import Invalid
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.roster.acts.appointments import suspend
from db.roster.rules.appointments import SuspendDraft
from db.roster.rules.background import ContractDraft, PostDraft
from db.words.assignment import DisputeRole, EndKind, Role
from db.words.case import DefendantRole, PartyKind, Side
from db.words.consultation import Stance
from db.words.lawyer import UnitKind
from tests.conftest import TODAY
from tests.db.consultations.stories import (
    HELD,
    a_consultation,
    a_record,
    agency_of,
    convened,
    do,
    enter_pool,
    see,
)
from tests.db.store.test_acts import detail, enter_case, enter_lawyer

RIVAL = "示例鹿鸣山律师事务所"  # the plaintiff's lawyer in every case here is of this firm


def two_defendants(office, number="（2026）浙0825行初51号"):
    """A case against 石梁镇政府, which 区政府 reconsidered: both are defendants."""
    town, district = agency_of(office, "石梁镇"), agency_of(office, "区政府")
    parties = (
        PartyDraft(Side.PLAINTIFF, "周建国", agents=(AgentDraft("徐立", firm_name=RIVAL),)),
        PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=town, role=DefendantRole.ORIGINAL),
        PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=district, role=DefendantRole.REVIEWER),
    )
    case = enter_case(office, number=number, parties=parties)
    by_agency = {p.agency_id: p.key for p in detail(office, case).parties if p.side is Side.DEFENDANT}
    return case, (town, by_agency[town]), (district, by_agency[district])


def against(office, key):
    with office.read() as session:
        return {one.name: one for one in member_candidates(session, key, TODAY)}


def ranked(office, case, party):
    with office.read() as session:
        return {
            c.name: [f.sentence for f in c.findings if f.rule == "C20"]
            for c in candidates(session, case, party, TODAY)
        }


def assign_to(office, case, party, lawyer):
    draft = AssignmentDraft(
        case,
        party,
        (Choice(lawyer, Role.LEAD),),
        assigned_on=TODAY,
        reason="熟悉案情",
        version=detail(office, case).version,
    )
    return do(office, assign, draft, TODAY)[0]


def test_whoever_a_rule_bars_is_not_drawn_not_named_and_shown_with_the_reason(database):
    pool = enter_pool(database, names=("毛文澜", "祝明远", "周默言"))
    rival = enter_lawyer(database, name="徐望舒", licence="13308201510170001", firm=RIVAL)
    town = agency_of(database, "石梁镇")
    official = enter_lawyer(
        database,
        name="方以宁",
        licence="13308201510170002",
        posts=(PostDraft("衢州市柯城区石梁镇人民政府", UnitKind.AGENCY, "科员", to_on=date(2025, 12, 1)),),
    )
    paused = enter_lawyer(database, name="余清和", licence="13308201510170003")
    do(database, suspend, SuspendDraft((paused,), from_on=HELD, reason="进修"), TODAY)
    gone = enter_lawyer(database, name="届满者", licence="13308201510170004", term_to=date(2026, 11, 1))
    case, _, _ = two_defendants(database)
    key = convened(database, drawn=3, case_ids=(case,), agency_id=town)
    (held,) = see(database, key).draws
    assert {m.lawyer_id for m in see(database, key).members} == set(pool.values())
    reasons = {e.name: e.reason for e in held.excluded}
    assert reasons.keys() == {"徐望舒", "方以宁", "余清和"}
    assert "同所律师徐立代理本案原告周建国" in reasons["徐望舒"]
    assert "离任未满两年" in reasons["方以宁"]
    assert "进修" in reasons["余清和"]
    for barred in (rival, official, paused, gone):
        with pytest.raises(Invalid):
            do(database, name_members, key, [MemberDraft(lawyer_id=barred)], TODAY)


def test_a_conflicted_lawyer_is_never_drawn_over_ten_thousand_seeds_and_the_others_equally_often(office):
    pool = enter_pool(office)
    rival = enter_lawyer(office, name="徐望舒二", licence="13308201510170001", firm=RIVAL)
    case, (town, _), _ = two_defendants(office)
    key = do(office, convene, a_consultation(office, case_ids=(case,), agency_id=town), TODAY)
    eligible = [one.lawyer_id for one in against(office, key).values() if not one.barred]
    assert set(eligible) == set(pool.values())
    counts = Counter(k for n in range(10_000) for k in draw(f"种子-{n}", eligible, 3))
    assert rival not in counts
    expected = 10_000 * 3 / 8
    uneven = sum((counts[k] - expected) ** 2 / expected for k in eligible) / (5 / 7)
    assert uneven < 24.322  # chi-square of 7 degrees at one in a thousand; the seeds are fixed
    assert len(counts) == 8


def test_without_a_case_the_agency_alone_is_looked_at(office):
    enter_pool(office, names=("毛文澜",))
    suing = enter_case(
        office,
        number="（2026）浙0825行初77号",
        parties=(
            PartyDraft(
                Side.PLAINTIFF, "周建国", agents=(AgentDraft("祝明远", firm_name="示例祝明远律师事务所"),)
            ),
            PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=agency_of(office, "石梁镇")),
        ),
    )
    assert suing
    enter_lawyer(office, name="祝明远", licence="13308201510170005", firm="示例祝明远律师事务所")
    engaged = (ContractDraft("衢州市柯城区石梁镇人民政府", from_on=date(2026, 1, 1)),)
    enter_lawyer(
        office, name="祝同所", licence="13308201510170006", firm="示例祝明远律师事务所", contracts=engaged
    )
    key = convened(office, drawn=0)
    found = against(office, key)
    assert not found["毛文澜"].findings
    assert (
        any(said.startswith("C17") and "知情同意" in said for said in found["祝明远"].warnings)
        or found["祝明远"].barred
    )
    assert "受聘为" in found["祝同所"].barred


def test_who_acts_for_the_other_codefendant_is_warned_of_and_the_warning_stays_with_him(office):
    pool = enter_pool(office, names=("毛文澜", "祝明远"))
    case, (town, town_party), (_, district_party) = two_defendants(office)
    running = assign_to(office, case, district_party, pool["毛文澜"])
    key = convened(office, drawn=2, case_ids=(case,), agency_id=town)
    said = "C20 就同一争议曾代理其他共同被告（（2026）浙0825行初51号，衢州市柯城区人民政府）"
    members = {m.name: m.findings for m in see(office, key).members}
    assert members == {"毛文澜": (said,), "祝明远": ()}
    do(office, end_assignment, running, EndDraft(EndKind.REPLACED, TODAY, "工作调整"))
    assert against(office, key)["毛文澜"].warnings == (said,)
    assert ranked(office, case, town_party)["毛文澜"] == [said[4:]]


def test_an_opinion_for_the_reconsideration_organ_follows_the_lawyer_into_the_lawsuit(office):
    pool = enter_pool(office, names=("毛文澜", "祝明远", "周默言"))
    first, (town, town_party), (district, district_party) = two_defendants(office)
    key = convened(
        office, drawn=0, named=[pool["毛文澜"], pool["祝明远"]], case_ids=(first,), agency_id=district
    )
    assert ranked(office, first, town_party) == {"毛文澜": [], "祝明远": [], "周默言": []}
    found = see(office, key)
    record = a_record(found, Stance.AGREES)
    do(office, save_record, key, record, TODAY)  # 毛文澜 speaks, 祝明远 is silent
    said = "就同一争议曾为复议机关提出意见（柯司会商〔2026〕1号，2026-11-20，柯城区政府）"
    assert ranked(office, first, town_party) == {"毛文澜": [said], "祝明远": [], "周默言": []}
    assert ranked(office, first, district_party)["毛文澜"] == []
    appeal, (_, appeal_town), _ = two_defendants(office, "（2026）浙08行终9号")
    with office.read() as session:
        version = case_draft(session, appeal).version
    do(office, link_previous, appeal, first, version)
    assert ranked(office, appeal, appeal_town)["毛文澜"] == [said]
    other = convened(office, drawn=0, case_ids=(appeal,), agency_id=town, topic="二审会商")
    assert against(office, other)["毛文澜"].warnings == (f"C20 {said}",)
    assert against(office, key)["毛文澜"].warnings == ()  # his own opinion in this one is no conflict


def test_an_opinion_for_another_defendant_or_outsider_is_called_what_it_is(office):
    pool = enter_pool(office, names=("毛文澜", "祝明远", "周默言"))
    case, (town, town_party), (district, district_party) = two_defendants(office)
    for name, agency in (("毛文澜", town), ("祝明远", agency_of(office, "综合执法"))):
        key = convened(
            office, drawn=0, named=[pool[name]], case_ids=(case,), agency_id=agency, topic=f"{name}的会商"
        )
        do(office, save_record, key, a_record(see(office, key), Stance.DISSENTS), TODAY)
    do(office, link_dispute, case, pool["周默言"], DisputeRole.COMMITTEE, "2026-08 审议")
    found = ranked(office, case, district_party)
    assert "在会商中为其他共同被告提出意见" in found["毛文澜"][0]
    assert "在会商中为其他单位提出意见" in found["祝明远"][0]
    assert "行政复议委员会委员" in found["周默言"][0]
    assert "为其他共同被告" not in "".join(ranked(office, case, town_party)["毛文澜"])
    assert district


def test_an_office_that_bars_by_C20_sees_the_running_assignment_become_a_conflict(office):
    pool = enter_pool(office, names=("毛文澜", "祝明远"))
    case, (_, town_party), (district, _) = two_defendants(office)
    with office.write("设置") as session:
        save_settings(session, replace(load_settings(session), local_rules={"C20": "回避"}))
    assign_to(office, case, town_party, pool["毛文澜"])
    key = convened(office, drawn=0, named=[pool["祝明远"]], case_ids=(case,), agency_id=district)
    do(office, save_record, key, a_record(see(office, key), Stance.AGREES), TODAY)
    with office.read() as session:
        assert standing_conflicts(session) == []
        barred = candidates_for(session, district, [case], TODAY)
    assert "代理其他共同被告" in next(one for one in barred if one.name == "毛文澜").barred


def test_changing_the_case_or_the_agency_looks_at_the_members_again(office):
    pool = enter_pool(office, names=("毛文澜",))
    case, (town, _), (_, district_party) = two_defendants(office)
    assign_to(office, case, district_party, pool["毛文澜"])
    key = convened(office, drawn=0, named=[pool["毛文澜"]], agency_id=town)
    assert see(office, key).members[0].findings == ()
    with office.read() as session:
        draft = consultation_draft(session, key)
    do(office, change, key, replace(draft, case_ids=(case,)), TODAY)
    assert "C20" in see(office, key).members[0].findings[0]
    office.undo()
    assert see(office, key).members[0].findings == ()


def test_load_and_number_of_agents_keep_nobody_from_a_consultation(office):
    pool = enter_pool(office, names=("毛文澜", "祝明远"), capacity=1)
    case, (town, town_party), _ = two_defendants(office)
    for lawyer in pool.values():
        assign_to(office, case, town_party, lawyer)
    key = do(office, convene, a_consultation(office, case_ids=(case,), agency_id=town), TODAY)
    do(office, draw_members, key, DrawRequest(2), TODAY)
    assert [m.findings for m in see(office, key).members] == [(), ()]


def test_statements_do_not_grow_with_the_pool(office):
    from sqlalchemy import event

    case, (town, _), _ = two_defendants(office)

    def statements():
        said = []
        event.listen(office.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
        with office.read() as session:
            candidates_for(session, town, [case], TODAY)
        return len(said)

    enter_pool(office, names=("毛文澜", "祝明远"))
    few = statements()
    for n in range(12):
        enter_lawyer(office, name=f"示例{n}", licence=f"1330820151017{n:04}")
    assert statements() == few
