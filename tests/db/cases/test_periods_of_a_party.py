"""Periods belong to a party and end by their own facts: co-defendants, rulings by kind, what outlives the closing."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.assignment.acts.assignments import assign
from db.assignment.queries.assignments import assignment_rows
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.cases.acts.cases import save_case
from db.cases.acts.marks import clear_mark, extend_period, fix_period, mark_done
from db.cases.acts.submissions import submit
from db.cases.queries.detail import case_draft
from db.cases.rules.cases import CaseDraft, EventDraft, PartyDraft, event_problems
from db.cases.rules.marks import DoneDraft, ExtendDraft, FixDraft, MarkKind
from db.cases.rules.submissions import SubmitDraft
from db.errors import Invalid, UserError
from db.law import periods
from db.law.events import Happening
from db.law.rulings import Ruling
from db.models.case import Case, PeriodMark
from db.models.derived import Deadline
from db.roster.acts.lawyers import save_lawyer
from db.shipped import shipped_calendar
from db.words.assignment import Role
from db.words.case import EventKind, Outcome, PartyKind, Procedure, SendMethod, Side
from db.workbench.todos import overview
from tests.conftest import TODAY, a_lawyer
from tests.db.cases.test_case_record import agency, detail, do, enter, is_sound, step

CALENDAR = shipped_calendar()


def two_defendants(database):
    """A suit against an agency and the government that upheld its act; return the case and both parties' keys."""
    parties = (
        PartyDraft(Side.PLAINTIFF, "周建国"),
        PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=agency(database, "综合执法")),
        PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=agency(database, "柯城区政府")),
    )
    draft = CaseDraft("（2026）浙0825行初37号", filed_on=date(2026, 11, 9), parties=parties)
    with database.write("登记案件") as session:
        key = save_case(session, draft, TODAY)
    return key, *(p.key for p in detail(database, key).parties if p.side is Side.DEFENDANT)


def answers(database, key):
    return {p.rule.title: (p.due, p.done_on) for p in detail(database, key).periods if p.rule.id == "L02"}


def deadlines(database, key):
    with database.read() as session:
        query = select(Deadline.rule, Deadline.title, Deadline.due_on).where(Deadline.case_id == key)
        return {(row.rule, row.title): row.due_on for row in session.execute(query)}


def lacks_answer(database, key):
    with database.read() as session:
        return session.get(Case, key).lacks_answer


def test_each_co_defendant_answers_within_its_own_fifteen_days_行政诉讼法第六十七条(database):
    key, bureau, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12), party_id=bureau)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 18), party_id=government)
    assert answers(database, key) == {
        "答辩举证（区综合执法局）": (date(2026, 11, 27), None),
        "答辩举证（柯城区政府）": (date(2026, 12, 3), None),
    }
    done = SubmitDraft(SendMethod.DIRECT, date(2026, 11, 20), evidence="收件人王某")
    do(database, submit, key, "L02", done, detail(database, key).version, TODAY, [bureau])
    assert answers(database, key) == {
        "答辩举证（区综合执法局）": (date(2026, 11, 27), date(2026, 11, 20)),
        "答辩举证（柯城区政府）": (date(2026, 12, 3), None),
    }
    assert {due for (rule, _), due in deadlines(database, key).items() if rule == "L02"} == {
        date(2026, 12, 3)
    }
    assert detail(database, key).row.stage == "答辩"
    other = SubmitDraft(SendMethod.DIRECT, date(2026, 11, 23), evidence="收件人王某")
    do(database, submit, key, "L02", other, detail(database, key).version, TODAY, [government])
    assert detail(database, key).row.stage == "审理"
    assert not [rule for rule, _ in deadlines(database, key) if rule == "L02"]
    assert is_sound(database)


def test_a_copy_for_all_and_a_later_one_for_one_of_them(database):
    key, _, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    assert answers(database, key) == {"答辩举证": (date(2026, 11, 27), None)}
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 10), party_id=government)
    assert answers(database, key) == {
        "答辩举证（区综合执法局）": (date(2026, 11, 27), None),
        "答辩举证（柯城区政府）": (date(2026, 11, 25), None),
    }


def test_a_defendant_whose_copy_was_not_entered_lacks_its_answer_period(database):
    key, bureau, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12), party_id=bureau)
    assert lacks_answer(database, key)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 13), party_id=government)
    assert not lacks_answer(database, key)


def test_the_list_of_assignments_shows_the_day_of_the_agency_that_is_served(database):
    key, bureau, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12), party_id=bureau)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 18), party_id=government)
    lawyer = do(database, save_lawyer, a_lawyer(), TODAY)
    draft = AssignmentDraft(
        key,
        government,
        (Choice(lawyer, Role.LEAD),),
        assigned_on=TODAY,
        version=detail(database, key).version,
    )
    do(database, assign, draft, TODAY)
    with database.read() as session:
        assert [row.answer_due_on for row in assignment_rows(session, TODAY, TODAY)] == [date(2026, 12, 3)]


def test_whoever_may_appeal_may_do_so_after_we_have_closed_the_case(database):
    key = enter(database)
    step(database, key, EventKind.JUDGMENT_SERVED, date(2026, 11, 20))
    step(database, key, EventKind.CLOSED, date(2026, 11, 23), outcome=Outcome.REVOKED)
    assert deadlines(database, key) == {("L12", "判决上诉期"): date(2026, 12, 7)}
    step(database, key, EventKind.APPEALED, TODAY)
    assert deadlines(database, key) == {}
    assert is_sound(database)


@pytest.mark.parametrize("ending", [EventKind.APPEALED, EventKind.EFFECTIVE])
def test_the_window_for_appeal_ends_by_an_appeal_or_with_the_judgments_effect(ending):
    happened = [
        Happening(EventKind.JUDGMENT_SERVED, date(2026, 11, 2)),
        Happening(ending, date(2026, 11, 10)),
    ]
    found = {p.rule.id: p.done_on for p in periods.periods_for(Procedure.FIRST_INSTANCE, happened, CALENDAR)}
    assert found["L12"] == date(2026, 11, 10)


@pytest.mark.parametrize("ruling", list(Ruling))
def test_only_three_kinds_of_ruling_may_be_appealed_适用解释第一百零一条(database, ruling):
    key = enter(database)
    step(database, key, EventKind.RULING_SERVED, date(2026, 11, 20), ruling=ruling)
    appealable = ruling in {Ruling.NOT_FILED, Ruling.REJECTED, Ruling.JURISDICTION}
    found = {p.rule.id: p for p in detail(database, key).periods}
    assert ("L13" in found) == appealable
    if appealable:
        assert found["L13"].due == date(2026, 11, 30)
        assert "没有写明" not in found["L13"].counted_as
    assert not event_problems(EventDraft(EventKind.RULING_SERVED, TODAY, ruling=ruling), TODAY)


@pytest.mark.parametrize("ruling", [Ruling.JURISDICTION, Ruling.SUSPENDED, Ruling.STAY, Ruling.PRESERVATION])
def test_after_a_ruling_on_the_way_the_trial_goes_on(database, ruling):
    key = enter(database, hearing_on=date(2026, 12, 15), hearing_time="09:30")
    step(database, key, EventKind.RULING_SERVED, date(2026, 11, 20), ruling=ruling)
    after = detail(database, key)
    assert after.row.stage == "答辩"
    assert {p.rule.id: p.done_on for p in after.periods}["L09"] is None
    assert ("开庭", "开庭") in deadlines(database, key)


def test_a_later_ruling_that_cannot_be_appealed_does_not_hide_the_one_that_can(database):
    key = enter(database)
    step(database, key, EventKind.RULING_SERVED, date(2026, 11, 18), ruling=Ruling.JURISDICTION)
    step(database, key, EventKind.RULING_SERVED, date(2026, 11, 23), ruling=Ruling.SUSPENDED)
    assert deadlines(database, key)["L13", "裁定上诉期"] == date(2026, 11, 30)


def test_a_ruling_whose_kind_was_not_entered_says_what_is_missing_until_the_result_tells(database):
    key = enter(database)
    step(database, key, EventKind.RULING_SERVED, date(2026, 11, 20))
    (period,) = [p for p in detail(database, key).periods if p.rule.id == "L13"]
    assert period.counted_as.startswith("没有写明裁定种类")
    assert [p.field for p in event_problems(EventDraft(EventKind.RULING_SERVED, TODAY), TODAY)] == ["ruling"]
    step(database, key, EventKind.CLOSED, date(2026, 11, 23), outcome=Outcome.WITHDRAWN)
    assert not [p for p in detail(database, key).periods if p.rule.id == "L13"]


@pytest.mark.parametrize(
    ("procedure", "start", "on", "rule", "due"),
    [
        # 民事诉讼法第八十六条: 障碍消除后的十日内
        (Procedure.FIRST_INSTANCE, EventKind.OBSTACLE_ENDED, "2024-09-24", "L03c", "2024-10-08"),
        (Procedure.RECONSIDERATION, EventKind.OBSTACLE_ENDED, "2026-11-16", "L03c", "2026-11-26"),
        # 行政复议法实施条例第四十九条: 六十日
        (Procedure.RECONSIDERATION, EventKind.REDO_ORDERED, "2026-08-03", "R10b", "2026-10-08"),
        # 行政复议法第五十八条: 中止之日起三日 (工作日), 制定机关十日
        (Procedure.RECONSIDERATION, EventKind.REVIEW_SUSPENDED, "2024-09-30", "R08e", "2024-10-10"),
        (Procedure.RECONSIDERATION, EventKind.RULE_NOTICED, "2024-09-24", "R08c", "2024-10-12"),
        # 国家赔偿法第十四条第一款: 期限届满之日起三个月
        (Procedure.FIRST_INSTANCE, EventKind.COMPENSATION_EXPIRED, "2024-07-01", "L27d", "2024-10-08"),
        # 适用解释第一百一十七条: 逾期未裁定, 再审裁判
        (Procedure.RETRIAL, EventKind.RETRIAL_EXPIRED, "2023-08-30", "L19b", "2024-02-29"),
        (Procedure.RETRIAL, EventKind.JUDGMENT_SERVED, "2021-08-31", "L19c", "2022-02-28"),
        # 适用解释第一百五十三条: 没有履行期限的，自送达之日起二年
        (Procedure.FIRST_INSTANCE, EventKind.JUDGMENT_SERVED, "2024-02-29", "L20b", "2026-02-28"),
    ],
)
def test_further_periods_by_worked_examples(procedure, start, on, rule, due):
    found = periods.periods_for(procedure, [Happening(start, date.fromisoformat(on))], CALENDAR)
    assert {p.rule.id: p.due.isoformat() for p in found}[rule] == due


def test_the_other_sides_appeal_takes_no_day_from_ours_行政诉讼法第八十五条():
    happened = [
        Happening(EventKind.JUDGMENT_SERVED, date(2026, 11, 2)),
        Happening(EventKind.RECEIVED_APPEAL, date(2026, 11, 10)),
    ]
    found = {p.rule.id: p for p in periods.periods_for(Procedure.FIRST_INSTANCE, happened, CALENDAR)}
    assert (found["L12"].due, found["L12"].done_on) == (date(2026, 11, 17), None)


@pytest.mark.parametrize(
    ("rule", "kind", "counted"),
    [
        ("L25", EventKind.SUGGESTED_ON_RULES, date(2026, 10, 20)),  # 60 days from 21 August
        ("L26", EventKind.PROSECUTORS_SUGGESTED, date(2026, 10, 21)),  # two months from 21 August
    ],
)
def test_a_date_fixed_in_one_of_two_papers_leaves_the_other_its_own(rule, kind, counted):
    happened = [Happening(kind, date(2026, 6, 1)), Happening(kind, date(2026, 8, 21))]
    fixed = {rule: periods.FixedDate(date(2026, 8, 14), "来函载明")}
    found = periods.periods_for(Procedure.FIRST_INSTANCE, happened, CALENDAR, fixed=fixed)
    assert [(p.started_on, p.due, p.fixed is not None) for p in found if p.rule.id == rule] == [
        (date(2026, 6, 1), date(2026, 8, 14), True),
        (date(2026, 8, 21), counted, False),
    ]


@pytest.mark.parametrize(
    ("kind", "rule", "all_on", "own_on", "due", "own_due"),
    [
        (EventKind.RECEIVED_COMPLAINT, "L02", 12, 18, date(2026, 11, 27), date(2026, 12, 3)),
        (EventKind.JUDGMENT_SERVED, "L12", 10, 6, date(2026, 11, 25), date(2026, 11, 23)),
    ],
)
def test_the_day_of_its_own_service_takes_the_place_of_the_general_one(
    office, kind, rule, all_on, own_on, due, own_due
):
    key, bureau, government = two_defendants(office)
    step(office, key, kind, date(2026, 11, all_on))
    step(office, key, kind, date(2026, 11, own_on), party_id=government)
    found = {p.parties: p.due for p in detail(office, key).periods if p.rule.id == rule}
    assert found == {(bureau,): due, (government,): own_due}


def test_two_rulings_of_one_day_are_still_those_of_the_one_party(office):
    key, bureau, government = two_defendants(office)
    for ruling in (Ruling.JURISDICTION, Ruling.REJECTED):
        step(office, key, EventKind.RULING_SERVED, date(2026, 11, 18), ruling=ruling, party_id=bureau)
    found = {p.parties for p in detail(office, key).periods if p.rule.id == "L13"}
    assert found == {(bureau,)}
    step(
        office,
        key,
        EventKind.RULING_SERVED,
        date(2026, 11, 18),
        ruling=Ruling.JURISDICTION,
        party_id=government,
    )
    assert {p.parties for p in detail(office, key).periods if p.rule.id == "L13"} == {()}


def test_each_service_of_a_ruling_shows_the_window_counted_from_it(office):
    key, bureau, _ = two_defendants(office)
    for day, ruling in ((16, Ruling.JURISDICTION), (20, Ruling.REJECTED), (23, Ruling.SUSPENDED)):
        step(office, key, EventKind.RULING_SERVED, date(2026, 11, day), ruling=ruling, party_id=bureau)
    windows = {s.on.day: s.appeal and s.appeal.due for s in detail(office, key).services}
    assert windows == {16: date(2026, 11, 26), 20: date(2026, 11, 30), 23: None}


MARKS = {
    MarkKind.FIXED: (fix_period, FixDraft(date(2026, 12, 4), "人民法院指定"), ()),
    MarkKind.EXTENDED: (extend_period, ExtendDraft(15, reason="法院准予延期"), ()),
    MarkKind.DONE: (mark_done, DoneDraft(date(2026, 11, 20), "回执"), (TODAY,)),
}
SAID = {
    MarkKind.FIXED: (date(2026, 12, 4), None),
    MarkKind.EXTENDED: (date(2026, 12, 14), None),  # 12-12 is a Saturday
    MarkKind.DONE: (date(2026, 11, 27), date(2026, 11, 20)),
}
COUNTED = (date(2026, 11, 27), None)


def note_by_hand(database, key, kind, parties=()):
    act, draft, more = MARKS[kind]
    do(database, act, key, "L02", draft, detail(database, key).version, *more, parties)


def of_each(database, key, parties):
    """Return (last day, day of its end) of the answer of each party."""
    found = [p for p in detail(database, key).periods if p.rule.id == "L02"]
    return [
        next((p.due, p.done_on) for p in found if not p.parties or party in p.parties) for party in parties
    ]


@pytest.mark.parametrize("kind", list(MarkKind))
def test_what_is_noted_of_one_co_defendant_says_nothing_of_the_other(database, kind):
    key, bureau, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    note_by_hand(database, key, kind, [bureau])
    assert of_each(database, key, (bureau, government)) == [SAID[kind], COUNTED]
    with database.read() as session:
        todos = {t.parties: (t.word, t.due_on) for t in overview(session, TODAY).todos if t.rule == "L02"}
    assert todos[(government,)] == ("答辩举证（柯城区政府）", date(2026, 11, 27))
    assert ((bureau,) in todos) == (kind is not MarkKind.DONE)
    database.undo()
    assert of_each(database, key, (bureau, government)) == [COUNTED, COUNTED]
    database.redo()
    do(database, clear_mark, key, "L02", kind, detail(database, key).version, [bureau])
    assert of_each(database, key, (bureau, government)) == [COUNTED, COUNTED]
    with database.read() as session:
        assert session.scalars(select(PeriodMark)).all() == []
    assert is_sound(database)


@pytest.mark.parametrize("kind", list(MarkKind))
def test_what_is_noted_of_all_stays_for_the_other_when_it_is_taken_back_for_one(database, kind):
    key, bureau, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    note_by_hand(database, key, kind)
    assert of_each(database, key, (bureau, government)) == [SAID[kind], SAID[kind]]
    do(database, clear_mark, key, "L02", kind, detail(database, key).version, [bureau])
    assert of_each(database, key, (bureau, government)) == [COUNTED, SAID[kind]]
    assert is_sound(database)


def test_a_paper_without_a_step_of_its_own_is_handed_in_by_one_of_them(office):
    key, bureau, government = two_defendants(office)
    step(office, key, EventKind.COMPENSATION_ASKED, date(2026, 11, 12))
    handed_in = SubmitDraft(SendMethod.DIRECT, TODAY, evidence="收件人王某")
    do(office, submit, key, "L27b", handed_in, detail(office, key).version, TODAY, [government])
    over = {p.parties: p.done_on for p in detail(office, key).periods if p.rule.id == "L27b"}
    assert over == {(government,): TODAY, (bureau,): None}


def test_several_of_them_hand_in_one_paper_each_for_itself(office):
    key, bureau, government = two_defendants(office)
    step(office, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    answer = SubmitDraft(SendMethod.DIRECT, date(2026, 11, 20), evidence="收件人王某")
    do(office, submit, key, "L02", answer, detail(office, key).version, TODAY, [bureau, government])
    assert of_each(office, key, (bureau, government)) == [SAID[MarkKind.DONE]] * 2
    answered = [e.party_id for e in detail(office, key).events if e.kind is EventKind.ANSWERED]
    assert answered == [bureau, government]


def test_a_defendant_taken_out_of_the_case_takes_its_notes_along_and_undo_brings_them_back(database):
    key, bureau, government = two_defendants(database)
    step(database, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    note_by_hand(database, key, MarkKind.DONE, [government])
    with database.read() as session:
        draft = case_draft(session, key)
    left = tuple(p for p in draft.parties if p.key != government)
    do(database, save_case, replace(draft, parties=left), TODAY, key)
    assert of_each(database, key, [bureau]) == [COUNTED]
    database.undo()
    assert of_each(database, key, (bureau, government)) == [COUNTED, SAID[MarkKind.DONE]]
    assert is_sound(database)


def test_what_was_noted_of_the_one_that_is_left_can_be_changed_and_taken_back(office):
    key, bureau, government = two_defendants(office)
    step(office, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    note_by_hand(office, key, MarkKind.FIXED, [bureau])
    with office.read() as session:
        draft = case_draft(session, key)
    left = tuple(p for p in draft.parties if p.key != government)
    do(office, save_case, replace(draft, parties=left), TODAY, key)
    fixed = FixDraft(date(2026, 12, 8), "人民法院另行指定")
    do(office, fix_period, key, "L02", fixed, detail(office, key).version)
    assert of_each(office, key, [bureau]) == [(date(2026, 12, 8), None)]
    do(office, clear_mark, key, "L02", MarkKind.FIXED, detail(office, key).version)
    assert of_each(office, key, [bureau]) == [COUNTED]


def test_a_note_that_a_paper_was_answered_does_not_answer_the_next_one(office):
    key = enter(office)
    step(office, key, EventKind.SUGGESTED_ON_RULES, date(2026, 9, 1))
    done = DoneDraft(date(2026, 10, 8), "回函")
    with pytest.raises(Invalid, match="早于这项期限起算的 2026-09-01"):
        early = DoneDraft(date(2026, 8, 31), "回函")
        do(office, mark_done, key, "L25", early, detail(office, key).version, TODAY)
    do(office, mark_done, key, "L25", done, detail(office, key).version, TODAY)
    step(office, key, EventKind.SUGGESTED_ON_RULES, date(2026, 11, 2))
    found = [(p.started_on, p.done_on) for p in detail(office, key).periods if p.rule.id == "L25"]
    assert found == [(date(2026, 9, 1), date(2026, 10, 8)), (date(2026, 11, 2), None)]
    assert ("L25", "回复司法建议（规范性文件）") in deadlines(office, key)


def test_a_note_of_a_party_of_another_case_is_refused(office):
    key, bureau, _ = two_defendants(office)
    other = enter(office)
    with pytest.raises(UserError, match="不在本案被告之中"):
        note_by_hand(office, other, MarkKind.FIXED, [bureau])
    step(office, key, EventKind.RECEIVED_COMPLAINT, date(2026, 11, 12))
    assert of_each(office, key, [bureau]) == [COUNTED]
