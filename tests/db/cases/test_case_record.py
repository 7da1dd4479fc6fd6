"""A case from the complaint to the last instance, as the bureau records it, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from db.agencies.queries.agencies import AgencyFilter, agency_keys
from db.assignment.acts.assignments import assign
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.cases.acts.attendance import save_plan
from db.cases.acts.cases import (
    change_event,
    record_event,
    record_result,
    remove_cases,
    remove_event,
    save_case,
)
from db.cases.acts.chains import join_series, leave_series, link_duplicate, link_previous
from db.cases.acts.marks import clear_mark, extend_period, fix_period, mark_done
from db.cases.acts.results import conclude
from db.cases.queries.cases import CaseFilter, View, case_counts, case_keys, case_rows
from db.cases.queries.court import propose_court
from db.cases.queries.detail import case_detail, case_draft
from db.cases.rules.attendance import PlanDraft
from db.cases.rules.cases import AgentDraft, CaseDraft, EventDraft, PartyDraft, ResultDraft
from db.cases.rules.marks import DoneDraft, ExtendDraft, FixDraft, MarkKind
from db.errors import Conflict, Invalid, UserError
from db.law.notices import read_notice
from db.models.assignment import Assignment
from db.models.case import Case, Event
from db.models.office import PassedWarning
from db.office.acts.calendar import enter_notice
from db.office.acts.jurisdiction import save_court_rules
from db.office.queries.calendar import notices, uncovered_years
from db.office.queries.court_rules import court_rules
from db.office.queries.reference import court_choices
from db.roster.acts.lawyers import save_lawyer
from db.setup import derived
from db.words.assignment import Role
from db.words.case import (
    AbsenceReason,
    AgentKind,
    Attendance,
    Attends,
    DefendantRole,
    EventKind,
    HeadKind,
    LossCause,
    Outcome,
    PartyKind,
    Procedure,
    SendMethod,
    Side,
    Track,
    Unit,
)
from tests.conftest import TODAY, a_lawyer
from tests.db.store.test_acts import assign_all

STAFF = AgentDraft("吴敏之", AgentKind.STAFF, phone="0570-3010939")


def agency(database, name):
    with database.read() as session:
        return agency_keys(session, AgencyFilter(text=name), TODAY)[0]


def enter(database, **changes):
    given = {
        "number": "（2026）浙0825行初37号",
        "cause_text": "违法建设处罚",
        "filed_on": date(2026, 11, 10),
        "received_on": date(2026, 11, 12),
        "parties": (
            PartyDraft(Side.PLAINTIFF, "周建国"),
            PartyDraft(
                Side.DEFENDANT,
                kind=PartyKind.AGENCY,
                agency_id=agency(database, "综合执法"),
                agents=(STAFF,),
            ),
        ),
    }
    with database.write("登记案件") as session:
        return save_case(session, CaseDraft(**(given | changes)), TODAY)


def detail(database, key, day=TODAY):
    with database.read() as session:
        return case_detail(session, key, day)


def do(database, act, *arguments, label="办理", **named):
    with database.write(label) as session:
        return act(session, *arguments, **named)


def step(database, key, kind, on=TODAY, **more):
    version = detail(database, key).version
    return do(database, record_event, key, EventDraft(kind, on, **more), version, TODAY)


def is_sound(database):
    with database.read() as session:
        return derived.differences(session) == []


def view(database, wanted, day=TODAY):
    with database.read() as session:
        return case_keys(session, CaseFilter(wanted), day)


def test_everything_on_the_complaint_is_kept_and_comes_back_to_the_editor(database):
    original, reviewer = agency(database, "综合执法"), agency(database, "柯城区政府")
    given = CaseDraft(
        number="（2026）浙0825行赔初3号",
        cause_text="违法建设处罚及行政复议",
        act="拆除违法建筑",
        act_on=date(2026, 7, 1),
        act_number="柯综执罚决字〔2026〕第8号",
        track=Track.SIMPLIFIED,
        is_difficult=True,
        difficult_reason="涉及同一地块三十余户",
        fields=("城市管理", "征收补偿"),
        filed_on=date(2026, 11, 10),
        received_on=date(2026, 11, 12),
        parties=(
            PartyDraft(Side.PLAINTIFF, "周建国", agents=(AgentDraft("徐立", licence="13308201510123456"),)),
            PartyDraft(Side.DEFENDANT, agency_id=original, role=DefendantRole.ORIGINAL, agents=(STAFF,)),
            PartyDraft(Side.DEFENDANT, agency_id=reviewer, role=DefendantRole.REVIEWER),
            PartyDraft(Side.THIRD, "叶小满"),
        ),
    )
    key = do(database, save_case, given, TODAY)
    with database.read() as session:
        draft = case_draft(session, key)
    kept = {"act_on", "act_number", "track", "is_difficult", "difficult_reason", "fields", "act"}
    assert {n: getattr(draft, n) for n in kept} == {n: getattr(given, n) for n in kept}
    assert draft.is_compensation  # by its number: 行赔
    assert [p.role for p in draft.parties] == [None, DefendantRole.ORIGINAL, DefendantRole.REVIEWER, None]
    assert draft.parties[0].agents[0].licence == "13308201510123456"
    assert draft.parties[1].agents[0].phone == "05703010939"
    assert detail(database, key).parties[1].role is DefendantRole.ORIGINAL
    database.undo()
    assert detail(database, key) is None


def test_an_answer_posted_on_the_last_day_is_in_time_适用解释第四十八条第四款(database):
    key = enter(database, received_on=date(2026, 11, 5), filed_on=date(2026, 11, 4))  # due 2026-11-20
    made = step(
        database,
        key,
        EventKind.ANSWERED,
        date(2026, 11, 23),
        sent_on=date(2026, 11, 20),
        send_method=SendMethod.POST,
        evidence="EMS 示例 1038",
    )
    found = detail(database, key)
    answer = next(p for p in found.periods if p.rule.id == "L02")
    assert (answer.due, answer.done_on) == (date(2026, 11, 20), date(2026, 11, 20))
    line = next(e for e in found.events if e.key == made)
    assert (line.on_date, line.counts_on, line.evidence) == (
        date(2026, 11, 23),
        date(2026, 11, 20),
        "EMS 示例 1038",
    )
    change = EventDraft(
        EventKind.ANSWERED, date(2026, 11, 23), send_method=SendMethod.DIRECT, evidence="收据"
    )
    do(database, change_event, made, change, found.version, TODAY)
    answer = next(p for p in detail(database, key).periods if p.rule.id == "L02")
    assert answer.done_on == date(2026, 11, 23)  # handed over three days late


def test_a_date_fixed_by_the_court_overrides_with_its_reason_and_can_be_taken_back(database):
    key = enter(database)
    fixed = FixDraft(date(2026, 12, 4), "人民法院指定举证期限", "举证通知书")
    do(database, fix_period, key, "L02", fixed, detail(database, key).version)
    found = detail(database, key)
    assert (found.row.due.on, found.row.due.is_fixed) == (date(2026, 12, 4), True)
    answer = next(p for p in found.periods if p.rule.id == "L02")
    assert answer.span == "手工改定"
    assert "举证通知书" in answer.counted_as
    assert [(m.rule, m.kind, m.on) for m in found.marks] == [("L02", MarkKind.FIXED, date(2026, 12, 4))]
    database.undo()
    assert detail(database, key).row.due.on == date(2026, 11, 27)
    database.redo()
    do(database, clear_mark, key, "L02", MarkKind.FIXED, detail(database, key).version)
    assert detail(database, key).row.due.on == date(2026, 11, 27)
    with pytest.raises(Invalid, match="理由"):
        do(database, fix_period, key, "L02", FixDraft(TODAY), detail(database, key).version)
    assert is_sound(database)


def test_an_extension_and_a_proof_by_hand_move_the_deadline(database):
    key = enter(database)
    extension = ExtendDraft(15, Unit.DAY, "法院准予延期")
    do(database, extend_period, key, "L02", extension, detail(database, key).version)
    assert detail(database, key).row.due.on == date(2026, 12, 14)  # 12-12 is a Saturday
    done = DoneDraft(TODAY, "法院收件回执 示例 7")
    do(database, mark_done, key, "L02", done, detail(database, key).version, TODAY)
    assert detail(database, key).row.due.title == "一审审限"
    with pytest.raises(Conflict):
        do(database, mark_done, key, "L02", done, 1, TODAY)
    assert is_sound(database)


def test_each_party_has_its_own_window_for_appeal_行政诉讼法第八十五条(database):
    key = enter(database)
    plaintiff, defendant = (p.key for p in detail(database, key).parties)
    step(database, key, EventKind.ANSWERED, date(2026, 11, 16), evidence="回执")
    step(database, key, EventKind.JUDGMENT_SERVED, date(2026, 11, 18), party_id=plaintiff)
    step(database, key, EventKind.JUDGMENT_SERVED, date(2026, 11, 23), party_id=defendant)
    found = detail(database, key)
    assert [(s.party, s.appeal.due) for s in found.services] == [
        ("周建国", date(2026, 12, 3)),
        ("区综合执法局", date(2026, 12, 8)),
    ]
    assert (found.row.due.title, found.row.due.on) == ("判决上诉期", date(2026, 12, 8))
    assert is_sound(database)


def test_the_attendance_plan_refuses_lawyers_alone_适用解释第一百二十八条(database):
    lawyer = do(database, save_lawyer, a_lawyer(), TODAY)
    parties = (
        PartyDraft(Side.PLAINTIFF, "周建国"),
        PartyDraft(Side.DEFENDANT, agency_id=agency(database, "综合执法")),
    )
    key = enter(database, parties=parties, hearing_on=date(2026, 12, 1), hearing_time="09:30")
    assign_all(database, key, lawyer)
    assert view(database, View.FORGOTTEN) == [key]
    assert detail(database, key).row.neglect == ("已定开庭，负责人出庭未安排",)
    (hearing,) = detail(database, key).hearings
    away = PlanDraft(Attends.NO, absence=AbsenceReason.DUTY, papers_on=TODAY)
    with pytest.raises(Invalid, match="适用解释第一百二十八条"):
        do(database, save_plan, hearing.event_id, away, detail(database, key).version, TODAY)
    sent = replace(away, staff=("吴敏之",))
    do(database, save_plan, hearing.event_id, sent, detail(database, key).version, TODAY)
    found = detail(database, key)
    assert (found.hearings[0].plan, found.row.attendance) == (sent, Attendance.EXCUSED)
    assert view(database, View.FORGOTTEN) == []
    database.undo()
    assert view(database, View.FORGOTTEN) == [key]
    comes = PlanDraft(Attends.YES, "方立新", "副局长", HeadKind.DEPUTY, papers_on=TODAY)
    do(database, save_plan, hearing.event_id, comes, detail(database, key).version, TODAY)
    assert detail(database, key).row.attendance is Attendance.CONFIRMED
    came = replace(comes, attended=True)
    with pytest.raises(Invalid, match="还没有到"):
        do(database, save_plan, hearing.event_id, came, detail(database, key).version, TODAY)
    after = date(2026, 12, 2)
    do(database, save_plan, hearing.event_id, came, detail(database, key).version, after)
    assert detail(database, key).row.attendance is Attendance.ATTENDED
    assert is_sound(database)


def test_a_hearing_that_is_taken_out_takes_its_plan_along_and_undo_brings_both_back(database):
    key = enter(database, hearing_on=date(2026, 12, 1))
    (hearing,) = detail(database, key).hearings
    comes = PlanDraft(Attends.YES, "方立新", "局长", HeadKind.CHIEF, papers_on=TODAY)
    do(database, save_plan, hearing.event_id, comes, detail(database, key).version, TODAY)
    with database.read() as session:
        draft = case_draft(session, key)
    do(database, save_case, replace(draft, hearing_on=None), TODAY, key)
    assert detail(database, key).hearings == ()
    database.undo()
    assert detail(database, key).hearings[0].plan == comes


def test_the_instances_of_one_dispute_form_a_chain(database):
    review = enter(database, number="柯政复〔2026〕12号", procedure=Procedure.RECONSIDERATION)
    first = enter(database, number="（2026）浙0825行初37号")
    second = enter(database, number="（2026）浙08行终5号", procedure=Procedure.SECOND_INSTANCE)
    do(database, link_previous, second, first, detail(database, second).version)
    do(database, link_previous, first, review, detail(database, first).version)
    assert [line.key for line in detail(database, second).chain] == [review, first, second]
    assert {detail(database, key).row.dispute_id for key in (review, first, second)} == {review}
    with database.read() as session:
        assert set(case_keys(session, CaseFilter(View.ALL, dispute_id=review), TODAY)) == {
            review,
            first,
            second,
        }
    with pytest.raises(Invalid, match="前一审级"):
        do(database, link_previous, review, second, detail(database, review).version)
    database.undo()
    assert [line.key for line in detail(database, second).chain] == [first, second]
    assert detail(database, review).row.dispute_id == review
    assert is_sound(database)


def test_cases_on_one_act_are_a_series(database):
    keys = [enter(database, number=f"（2026）浙0825行初{n}号") for n in (41, 42)]
    series = do(database, join_series, keys, "花园街道征收补偿系列案")
    assert [line.key for line in detail(database, keys[0]).series] == keys
    with database.read() as session:
        assert set(case_keys(session, CaseFilter(View.ALL, series_id=series), TODAY)) == set(keys)
        assert case_rows(session, keys, TODAY)[keys[1]].series == "花园街道征收补偿系列案"
    do(database, leave_series, keys[:1])
    assert detail(database, keys[0]).series == ()
    database.undo()
    assert len(detail(database, keys[0]).series) == 2


def test_a_number_registered_twice_warns_and_is_linked_so_that_it_counts_once(database):
    first = enter(database)
    second = enter(database, received_on=None)
    with database.read() as session:
        kept = session.scalars(select(PassedWarning.text).where(PassedWarning.record_id == second)).all()
    assert any("已登记过一次" in text for text in kept)
    assert [line.key for line in detail(database, second).duplicates] == [first]
    assert second in view(database, View.FORGOTTEN)
    do(database, link_duplicate, second, first, detail(database, second).version)
    row = detail(database, second).row
    assert (row.duplicate_of_id, row.due, row.neglect) == (first, None, ())
    assert second not in view(database, View.FORGOTTEN)
    with pytest.raises(Invalid, match="另一件"):
        do(database, link_duplicate, second, second, detail(database, second).version)
    database.undo()
    assert second in view(database, View.FORGOTTEN)
    assert is_sound(database)


def test_a_record_that_counts_for_another_is_not_removed_alone_so_that_neither_falls_silent(database):
    first, second, third = enter(database), enter(database), enter(database)
    do(database, link_duplicate, third, second, detail(database, third).version)
    do(database, link_duplicate, second, first, detail(database, second).version)
    assert detail(database, third).row.duplicate_of_id == first
    with pytest.raises(UserError, match="重复登记"):
        do(database, remove_cases, [first])
    do(database, remove_cases, [first, second, third])
    assert view(database, View.OPEN) == []
    assert is_sound(database)


def test_a_closing_moved_to_another_day_and_taken_out_brings_the_assignment_back(database):
    with database.write("顾问") as session:
        lawyer = save_lawyer(session, a_lawyer(), TODAY)
    key = enter(database)
    found = detail(database, key)
    draft = AssignmentDraft(
        key,
        found.parties[1].key,
        (Choice(lawyer, Role.LEAD),),
        assigned_on=date(2026, 11, 13),
        version=found.version,
    )
    do(database, assign, draft, TODAY)
    closing = step(database, key, EventKind.CLOSED, TODAY - timedelta(days=1), outcome=Outcome.DISMISSED)
    later = EventDraft(EventKind.CLOSED, TODAY)
    do(database, change_event, closing, later, detail(database, key).version, TODAY)
    do(database, remove_event, closing)
    with database.read() as session:
        assert session.scalars(select(Assignment.ended_on)).all() == [None]


def test_a_case_opened_again_has_no_result_and_no_cause_of_loss(database):
    key = enter(database)
    version = detail(database, key).version
    lost = ResultDraft(outcome=Outcome.REVOKED, loss_cause=LossCause.FACTS)
    do(database, conclude, key, lost, TODAY, version, TODAY)
    with database.read() as session:
        closing = session.scalars(select(Event.id).where(Event.kind == EventKind.CLOSED)).one()
    do(database, remove_event, closing)
    with database.read() as session:
        case = session.get(Case, key)
        assert (case.outcome, case.loss_cause, case.is_self_corrected) == (None, None, False)


def test_forgotten_cases_say_why_and_the_badge_equals_the_rows(database):
    lacking = enter(
        database,
        received_on=None,
        parties=(PartyDraft(Side.PLAINTIFF, "甲"), PartyDraft(Side.DEFENDANT, "乙局")),
    )
    quiet = enter(
        database, number="（2026）浙0825行初38号", filed_on=None, received_on=TODAY - timedelta(days=31)
    )
    enter(database, number="（2026）浙0825行初39号")
    with database.read() as session:
        keys = case_keys(session, CaseFilter(View.FORGOTTEN), TODAY)
        rows = case_rows(session, keys, TODAY)
        assert case_counts(session, TODAY)[View.FORGOTTEN] == len(keys) == 2
    assert rows[lacking].neglect == ("没有代理人", "没有答辩期限（未登记收到日期）")
    assert rows[quiet].neglect == ("31 天没有进展",)
    step(database, lacking, EventKind.CLOSED, outcome=Outcome.REJECTED)
    step(database, quiet, EventKind.ANSWERED, evidence="回执")
    assert view(database, View.FORGOTTEN) == []


def test_views_and_their_counts_agree_and_take_three_statements(database):
    for n in range(3):
        enter(database, number=f"（2026）浙0825行初{50 + n}号", received_on=TODAY - timedelta(days=n))
    closed = enter(database, number="（2026）浙0825行初60号")
    step(database, closed, EventKind.CLOSED, outcome=Outcome.DISMISSED)
    statements = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    with database.read() as session:
        counts = case_counts(session, TODAY)
        asked = [s for s in statements if s.lstrip().upper().startswith("SELECT")]
        assert counts == {v: len(case_keys(session, CaseFilter(v), TODAY)) for v in View}
    assert len(asked) == 3
    assert (counts[View.ALL], counts[View.OPEN], counts[View.CLOSED]) == (4, 3, 1)
    assert view(database, View.ALL)[-1] == closed


def test_a_result_is_recorded_with_what_it_was_lost_for(database):
    key = enter(database)
    result = ResultDraft(Outcome.REVOKED, TODAY, loss_cause=LossCause.PROCEDURE)
    do(database, record_result, key, result, detail(database, key).version, TODAY)
    row = detail(database, key).row
    assert (row.outcome, row.effective_on, row.loss_cause) == (Outcome.REVOKED, TODAY, LossCause.PROCEDURE)
    database.undo()
    assert detail(database, key).row.outcome is None
    withdrawn = ResultDraft(Outcome.WITHDRAWN_AFTER_CORRECTION)
    do(database, record_result, key, withdrawn, detail(database, key).version, TODAY)
    assert detail(database, key).row.is_self_corrected


def test_the_court_follows_the_dated_rules_and_another_one_needs_a_reason(database):
    with database.read() as session:
        courts = {c.code: c.key for c in court_choices(session)}
        draft = CaseDraft(
            filed_on=date(2026, 11, 10),
            parties=(PartyDraft(Side.DEFENDANT, agency_id=agency(database, "综合执法")),),
        )
        proposed = propose_court(session, draft, TODAY)
        rules = court_rules(session)
    assert (proposed.court_id, proposed.code) == (courts["浙0825"], "浙0825")
    enter(database, court_id=courts["浙0825"])
    with pytest.raises(Invalid, match="写明理由"):
        enter(database, court_id=courts["浙0802"], number="（2026）浙0802行初1号")
    reason = "原告选择另一集中管辖法院，经法院同意"
    key = enter(database, court_id=courts["浙0802"], number="（2026）浙0802行初1号", court_reason=reason)
    assert detail(database, key).court_reason == reason
    moved = [replace(r, court="浙0803") if r.area == "柯城区" and r.matter == "一审" else r for r in rules]
    do(database, save_court_rules, moved[:-1])
    with database.read() as session:
        assert court_rules(session) == moved[:-1]
        assert propose_court(session, draft, TODAY).code == "浙0803"
    database.undo()
    with database.read() as session:
        assert court_rules(session) == rules


NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕8号
一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。"""


def test_a_notice_pasted_for_the_new_year_counts_the_open_cases_anew(database):
    key = enter(database)
    received = date(2026, 12, 20)
    version = detail(database, key).version
    draft = FixDraft(None)
    assert draft.on is None
    with database.write("更正") as session:
        case = replace(case_draft(session, key), received_on=received, filed_on=date(2026, 12, 18))
        assert case.version == version
        save_case(session, case, date(2026, 12, 21), key)
    due = detail(database, key).row.due
    assert (due.on, due.covered) == (date(2027, 1, 4), False)
    with database.read() as session:
        assert 2027 in uncovered_years(session)
    do(database, enter_notice, read_notice(NOTICE), NOTICE, TODAY)
    due = detail(database, key).row.due
    assert (due.on, due.covered) == (date(2027, 1, 4), True)
    with database.read() as session:
        newest = notices(session)[0]
    assert (newest.year, newest.number, newest.text) == (2027, "国办发明电〔2026〕8号", NOTICE)
    again = NOTICE.replace("1月4日（周一）上班", "1月4日（周一）放假")
    do(database, enter_notice, read_notice(again), again, TODAY)
    assert detail(database, key).row.due.on == date(2027, 1, 5)
    database.undo()
    assert detail(database, key).row.due.on == date(2027, 1, 4)
    with pytest.raises(Invalid, match="哪一年"):
        do(database, enter_notice, read_notice("放假通知"), "放假通知", TODAY)
    assert is_sound(database)
