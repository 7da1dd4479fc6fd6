"""Recommending and assigning: the letter's number, consent, a change midway, and an assignment that turned into a conflict."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.assignment.acts.allocation import accept
from db.assignment.acts.assignments import assign, link_dispute, replace_agent
from db.assignment.acts.reviews import review_all
from db.assignment.queries.allocation import propose
from db.assignment.queries.candidates import candidates
from db.assignment.queries.standing_conflicts import standing_conflicts
from db.assignment.rules.assignments import AssignmentDraft, Choice, ConsentDraft, ReplaceDraft
from db.cases.acts.cases import record_event
from db.cases.rules.cases import EventDraft
from db.errors import Invalid, UserError
from db.models.assignment import Assignment, Consent, Letter, Recommendation
from db.office.acts.settings import save_settings
from db.office.rules.settings import Settings
from db.roster.acts.appointments import declare, dismiss, suspend
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.rules.appointments import DeclarationDraft, DismissDraft, SuspendDraft
from db.roster.rules.background import ContractDraft, DisciplineDraft, PostDraft
from db.words.assignment import DisputeRole, EndKind, Role
from db.words.case import EventKind
from db.words.lawyer import DisciplineKind, DismissalKind, Rank, SuspensionKind, UnitKind
from tests.conftest import TODAY, a_lawyer
from tests.db.store.test_acts import defendant, detail, enter_case, enter_lawyer

SECOND = {"name": "王砚秋", "licence": "13308201510123457", "firm": "示例九华律师事务所"}
RIVAL = "示例鹿鸣山律师事务所"  # the plaintiff's lawyer is of this firm


def draft_of(database, case_id, *lawyers, **more):
    found = detail(database, case_id)
    roles = [Role.LEAD, Role.ASSISTANT]
    choices = tuple(Choice(key, role) for key, role in zip(lawyers, roles, strict=False))
    return AssignmentDraft(
        case_id, defendant(found).key, choices, assigned_on=TODAY, version=found.version, **more
    )


def do(database, verb, *given, label="分派"):
    with database.write(label) as session:
        return verb(session, *given)


def change_lawyer(database, key, **changes):
    with database.read() as session:
        draft = lawyer_draft(session, key, TODAY)
    return do(database, save_lawyer, replace(draft, **changes), TODAY, key, label="修改顾问")


def conflicts(database):
    with database.read() as session:
        return [(c.lawyer, c.rule, c.sentence, c.since) for c in standing_conflicts(session)]


def first_findings(database, case_id):
    with database.read() as session:
        found = candidates(session, case_id, defendant(detail(database, case_id)).key, TODAY)
    return {c.name: [f.rule for f in c.findings] for c in found}


def test_a_letter_gets_the_next_number_and_names_all_who_were_recommended(database):
    lead, other = enter_lawyer(database), enter_lawyer(database, **SECOND)
    for number, expected in (("37", "柯司顾荐〔2026〕1号"), ("38", "柯司顾荐〔2026〕2号")):
        case_id = enter_case(database, number=f"（2026）浙0825行初{number}号")
        do(database, assign, draft_of(database, case_id, lead, alternates=(other,), with_letter=True), TODAY)
        with database.read() as session:
            letter = session.scalars(select(Letter).where(Letter.case_id == case_id)).one()
            named = session.scalars(
                select(Recommendation.lawyer_id).where(Recommendation.letter_id == letter.id)
            ).all()
        assert (letter.number, letter.addressee) == (expected, "衢州市柯城区综合行政执法局")
        assert sorted(named) == sorted([lead, other])
    database.undo()
    case_id = enter_case(database, number="（2026）浙0825行初39号")
    do(database, assign, draft_of(database, case_id, lead, with_letter=True), TODAY)
    with database.read() as session:
        assert session.scalars(select(Letter.number).order_by(Letter.id)).all() == [
            "柯司顾荐〔2026〕1号",
            "柯司顾荐〔2026〕3号",
        ]


def test_a_relative_conflict_needs_the_agencys_consent_and_keeps_it(database):
    contract = ContractDraft("周建国", to_on=date(2026, 5, 1))
    lawyer, case_id = enter_lawyer(database, contracts=(contract,)), enter_case(database)
    assert first_findings(database, case_id) == {"汪晓棠": ["C17"]}
    with pytest.raises(Invalid, match="须有单位的知情同意"):
        do(database, assign, draft_of(database, case_id, lawyer), TODAY)
    consent = ConsentDraft(lawyer, "C17", reason="单位已知悉并同意", person="示例科长")
    do(database, assign, draft_of(database, case_id, lawyer, consents=(consent,)), TODAY)
    with database.read() as session:
        kept = session.scalars(select(Consent)).one()
    assert (kept.rule, kept.person, kept.on_date) == ("C17", "示例科长", TODAY)
    assert "终止未满一年" in kept.fact
    assert conflicts(database) == []


def test_a_warning_wants_a_line_of_reason(database):
    posts = (PostDraft("示例县人民法院", UnitKind.COURT, "审判员", to_on=date(2020, 1, 1)),)
    lawyer, case_id = enter_lawyer(database, posts=posts), enter_case(database)
    with pytest.raises(Invalid, match="请在推荐理由中说明"):
        do(database, assign, draft_of(database, case_id, lawyer), TODAY)
    assert do(database, assign, draft_of(database, case_id, lawyer, reason="离任已六年，非审理法院。"), TODAY)


def test_changing_firms_turns_the_old_assignment_into_a_conflict_with_its_day(database):
    lawyer, case_id = enter_lawyer(database), enter_case(database)
    do(database, assign, draft_of(database, case_id, lawyer), TODAY)
    assert conflicts(database) == []
    change_lawyer(database, lawyer, firm=RIVAL)
    ((name, rule, sentence, since),) = conflicts(database)
    assert (name, rule, sentence) == ("汪晓棠", "C02", "同所律师徐立代理本案原告周建国")
    assert since == date.today()  # noqa: DTZ011 - the day on which the program learnt of it
    database.undo()
    assert conflicts(database) == []


def test_what_a_colleague_declares_reaches_the_case_too(database):
    lawyer, case_id = enter_lawyer(database), enter_case(database)
    colleague = enter_lawyer(database, name="余清和", licence="13308201510123458")
    do(database, assign, draft_of(database, case_id, lawyer), TODAY)
    change_lawyer(database, colleague, contracts=(ContractDraft("周建国", by_firm=True),))
    assert [rule for _, rule, _, _ in conflicts(database)] == ["C07"]
    change_lawyer(database, colleague, contracts=())
    assert conflicts(database) == []


def test_where_firm_and_former_court_are_bars_a_judge_of_late_司发通2021年61号第四条(database):
    post = PostDraft(
        "示例县人民法院", UnitKind.COURT, "副院长", Rank.LEADER, to_on=date(2024, 6, 1), area="示例县"
    )
    lawyer, case_id = enter_lawyer(database, posts=(post,), firm_area="示例县"), enter_case(database)
    assert "C11" in first_findings(database, case_id)["汪晓棠"]
    change_lawyer(database, lawyer, firm_area="示例市")
    assert "C11" not in first_findings(database, case_id)["汪晓棠"]


def test_a_dismissed_lawyer_with_a_running_case_is_shown(database):
    lawyer, case_id = enter_lawyer(database), enter_case(database)
    do(database, assign, draft_of(database, case_id, lawyer), TODAY)
    gone = DismissDraft((lawyer,), DismissalKind.RESIGNED, date(2026, 1, 1), "调离本地")
    do(database, dismiss, gone, TODAY)
    assert [rule for _, rule, _, _ in conflicts(database)] == ["C26"]


def test_a_rule_that_the_office_makes_stricter_turns_running_assignments_red(database):
    punished = DisciplineDraft(DisciplineKind.ASSOCIATION, date(2020, 1, 1), "示例律师协会", "训诫")
    lawyer, case_id = enter_lawyer(database, disciplines=(punished,)), enter_case(database)
    do(database, assign, draft_of(database, case_id, lawyer, reason="处分已满六年。"), TODAY)
    assert conflicts(database) == []
    do(database, save_settings, Settings(local_rules={"C25": "回避"}), label="修改设置")
    assert [rule for _, rule, _, _ in conflicts(database)] == ["C25"]
    database.undo()
    assert conflicts(database) == []


def test_the_day_on_which_a_term_ends_turns_its_assignment_red(database, monkeypatch):
    lawyer, case_id = enter_lawyer(database), enter_case(database)
    do(database, assign, draft_of(database, case_id, lawyer), TODAY)
    told = []
    database.listeners.append(told.append)
    monkeypatch.setattr("db.assignment.acts.reviews.today", lambda: date(2039, 1, 1))
    do(database, review_all, label="按当天情况复核分派")
    assert [(rule, since) for _, rule, _, since in conflicts(database)] == [("C26", date(2039, 1, 1))]
    assert [changes.touch("assignment") for changes in told] == [True]
    do(database, review_all, label="按当天情况复核分派")
    assert len(told) == 1


def test_who_will_be_on_leave_on_the_day_of_the_hearing_is_flagged(database):
    lawyer, case_id = enter_lawyer(database), enter_case(database)
    hearing = EventDraft(EventKind.HEARING, date(2026, 12, 10), "09:30")
    do(database, record_event, case_id, hearing, detail(database, case_id).version, TODAY, label="登记开庭")
    leave = SuspendDraft((lawyer,), SuspensionKind.LEAVE, date(2026, 12, 8), date(2026, 12, 11), "年休假")
    do(database, suspend, leave, TODAY, label="暂停承办")
    with database.read() as session:
        (found,) = candidates(session, case_id, defendant(detail(database, case_id)).key, TODAY)
    ((rule, sentence),) = [(f.rule, f.sentence) for f in found.findings]
    assert rule == "C26"
    assert sentence == "开庭日 2026-12-10 不能承办：年休假，2026-12-08 起至 2026-12-11"


def test_an_interest_declared_for_the_case_bars_and_a_witness_never_acts(database):
    lawyer, other = enter_lawyer(database), enter_lawyer(database, **SECOND)
    case_id = enter_case(database)
    declared = DeclarationDraft(lawyer, TODAY, "持有原告公司股份", case_id, has_interest=True)
    do(database, declare, declared, TODAY)
    do(database, link_dispute, case_id, other, DisputeRole.WITNESS, "现场见证")
    assert first_findings(database, case_id) == {"汪晓棠": ["C03"], "王砚秋": ["C22"]}
    do(database, declare, replace(declared, content="已转让，无利害关系", has_interest=False), TODAY)
    assert first_findings(database, case_id)["汪晓棠"] == []


def test_an_agent_is_replaced_midway_and_both_stay_on_record(database):
    old, new, case_id = enter_lawyer(database), enter_lawyer(database, **SECOND), enter_case(database)
    (assignment,) = do(database, assign, draft_of(database, case_id, old), TODAY)
    with pytest.raises(Invalid, match="移交的材料"):
        do(database, replace_agent, assignment, ReplaceDraft(new, TODAY, "住院"), TODAY)
    taken = ReplaceDraft(new, TODAY, "住院", "案卷一册，答辩状已提交，待开庭。")
    successor = do(database, replace_agent, assignment, taken, TODAY)
    with database.read() as session:
        rows = session.scalars(select(Assignment).order_by(Assignment.id)).all()
        assert [(a.lawyer_id, a.end_kind) for a in rows] == [(old, EndKind.REPLACED), (new, None)]
        assert (rows[1].id, rows[1].succeeds_id, rows[1].handover) == (successor, assignment, taken.handover)
    database.undo()
    with database.read() as session:
        assert session.scalars(select(Assignment.end_kind)).all() == [None]


def test_the_blocked_replacement_leaves_everything_as_it_was(database):
    old, case_id = enter_lawyer(database), enter_case(database)
    rival = enter_lawyer(database, **(SECOND | {"firm": RIVAL}))
    (assignment,) = do(database, assign, draft_of(database, case_id, old), TODAY)
    with pytest.raises(Invalid, match="同所律师徐立"):
        do(database, replace_agent, assignment, ReplaceDraft(rival, TODAY, "住院", "案卷一册"), TODAY)
    with database.read() as session:
        assert session.get(Assignment, assignment).ended_on is None


def test_candidates_are_ranked_and_the_barred_come_last_with_their_reason(database):
    enter_lawyer(database, specialities=("违法建设",))
    enter_lawyer(database, **SECOND)
    enter_lawyer(database, name="柴立言", licence="13308201510123459", firm=RIVAL)
    case_id = enter_case(database)
    with database.read() as session:
        found = candidates(session, case_id, defendant(detail(database, case_id)).key, TODAY)
    assert [c.name for c in found] == ["汪晓棠", "王砚秋", "柴立言"]
    assert found[0].ranking.factors[0].sentence == "主要领域“违法建设”与本案相符"
    assert found[0].ranking.tenths > found[1].ranking.tenths
    assert found[2].is_blocked
    assert a_lawyer().name == found[0].name


def test_a_batch_serves_every_waiting_case_as_one_act(database):
    enter_lawyer(database)
    enter_lawyer(database, **SECOND)
    rival = enter_lawyer(database, name="柴立言", licence="13308201510123459", firm=RIVAL)
    for number in ("37", "38", "39"):
        enter_case(database, number=f"（2026）浙0825行初{number}号")
    with database.read() as session:
        batch = propose(session, TODAY)
    assert [p.lawyer for p in batch.proposals].count("汪晓棠") in {1, 2}
    assert rival not in {p.lawyer_id for p in batch.proposals}
    assert sum(line.new for line in batch.loads) == 3
    assert len(do(database, accept, batch.proposals, TODAY, label="批量分派 3 件")) == 3
    with database.read() as session:
        assert propose(session, TODAY).proposals == ()
    database.undo()
    with database.read() as session:
        assert len(propose(session, TODAY).proposals) == 3


def test_a_batch_can_be_cancelled_and_says_why_a_case_is_left(database):
    enter_lawyer(database, firm=RIVAL)
    enter_case(database)
    with database.read() as session:
        (left,) = propose(session, TODAY).proposals
        assert (left.lawyer_id, left.why) == (None, ("汪晓棠：同所律师徐立代理本案原告周建国",))
        with pytest.raises(UserError, match="已取消批量分派"):
            propose(session, TODAY, lambda _at, _of: False)
