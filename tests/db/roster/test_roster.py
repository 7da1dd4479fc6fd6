"""The roster as a bureau must be able to defend it: terms, numbers, pauses, a year's work, warnings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from db.assignment.acts.assignments import end_assignment
from db.assignment.queries.candidates import candidates, not_offered
from db.assignment.rules.assignments import EndDraft
from db.cases.acts.cases import record_event
from db.cases.rules.cases import EventDraft
from db.errors import Invalid, UserError
from db.formats.recognise.people import FirmSpell
from db.formats.strokes import stroke_key
from db.journal import note
from db.models.assignment import Recommendation
from db.office.acts.settings import save_settings
from db.office.queries.history import recent_acts, recycle_bin
from db.office.rules.settings import Settings
from db.performance.queries.figures import year_record
from db.performance.queries.lines import figure_records
from db.performance.queries.renewals import renewals
from db.roster.acts.appointments import (
    appoint,
    declare,
    dismiss,
    file_change,
    number_certificates,
    reinstate,
    suspend,
)
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.appointments import numbers_issued, open_filings, term_lines
from db.roster.queries.lawyers import lawyer_detail, lawyer_draft, lawyer_drafts
from db.roster.queries.roster import RosterFilter, roster
from db.roster.rules.appointments import (
    AppointDraft,
    DeclarationDraft,
    DismissDraft,
    FilingDraft,
    ReinstateDraft,
    SuspendDraft,
)
from db.roster.rules.background import CheckDraft, DisciplineDraft, OfficeDraft, PostDraft, RelativeDraft
from db.roster.rules.lawyers import Standing
from db.services.acts.services import (
    answer_recommendation,
    assess,
    rate,
    remove_services,
    reveal,
    save_service,
)
from db.services.rules.services import AnswerDraft, AssessmentDraft, RatingDraft, ServiceDraft
from db.setup.check import check_all
from db.words.assignment import Answer, EndKind
from db.words.case import EventKind, Outcome
from db.words.lawyer import (
    CheckResult,
    DismissalKind,
    Leaving,
    LicenceState,
    OfficeKind,
    SuspensionKind,
    UnitKind,
)
from db.words.service import Grade, ServiceKind
from tests.conftest import TODAY, a_lawyer
from tests.db.store.test_acts import assign_all, defendant, detail, enter_case, enter_lawyer

NAMES = [
    "王砚秋",
    "毛文澜",
    "祝明远",
    "吴映雪",
    "叶知秋",
    "姜若川",
    "郑怀瑾",
    "周默言",
    "陈景行",
    "徐子衡",
    "方以宁",
    "何承安",
    "余清和",
    "汪晓棠",
    "柴立言",
]
NEXT = AppointDraft(to_on=date(2029, 5, 31), batch="第三批", paper="柯司〔2026〕30号", decided_on=TODAY)


@pytest.fixture
def pool(database):
    """Return the keys of fifteen lawyers, entered as from the old roster."""
    with database.write("录入名册") as session:
        return [
            save_lawyer(session, a_lawyer(name=name, licence=f"133082015101{at:05d}"), TODAY)
            for at, name in enumerate(NAMES)
        ]


def act(database, verb, draft, day=TODAY, label="办理"):
    with database.write(label) as session:
        return verb(session, draft, day)


def standings(database, day):
    with database.read() as session:
        return {row.key: row.standing for row in roster(session, day)}


def offered(database, case_id, day=TODAY):
    party = defendant(detail(database, case_id)).key
    with database.read() as session:
        return {c.lawyer_id for c in candidates(session, case_id, party, day)}


def certificates(database, pool):
    with database.read() as session:
        return [t.certificate for key in pool for t in term_lines(session, key) if t.certificate]


def serial(certificate):
    return int(certificate.partition("〕")[2].removesuffix("号"))


def test_renewing_all_fifteen_is_one_act_and_one_undo(database, pool):
    act(database, appoint, replace(NEXT, lawyer_ids=tuple(pool)), label="续聘 15 人")
    given = certificates(database, pool)
    assert sorted(map(serial, given)) == list(range(1, 16))
    assert all(number.startswith("柯司聘〔2026〕") for number in given)
    with database.read() as session:
        lines = term_lines(session, pool[0])
        assert [(t.from_on, t.to_on) for t in lines] == [
            (date(2025, 6, 1), date(2027, 5, 31)),
            (date(2027, 6, 1), date(2029, 5, 31)),
        ]
        assert (lines[1].batch, lines[1].paper) == ("第三批", "柯司〔2026〕30号")
        (filing,) = open_filings(session)
        assert (filing.kind.value, filing.names.count("、"), filing.due_on) == (
            "续聘",
            14,
            TODAY + timedelta(days=15),
        )

    assert database.undo() == "续聘 15 人"
    assert certificates(database, pool) == []
    with database.read() as session:
        assert open_filings(session) == []
        register = numbers_issued(session, "柯司聘", 2026)
    assert len(register) == 15
    assert all(line.is_void for line in register)


def test_a_number_taken_back_is_never_given_again(database, pool):
    act(database, appoint, replace(NEXT, lawyer_ids=tuple(pool[:3])))
    first = certificates(database, pool)
    database.undo()
    act(database, appoint, replace(NEXT, lawyer_ids=tuple(pool[:2])))
    second = certificates(database, pool)
    assert sorted(map(serial, second)) == [4, 5]
    assert not set(first) & set(second)
    database.undo()
    database.redo()
    assert certificates(database, pool) == second


def test_a_refused_renewal_takes_no_number_and_names_the_person(database, pool):
    wrong = replace(NEXT, lawyer_ids=tuple(pool), from_on=date(2027, 1, 1))
    with pytest.raises(Invalid, match="王砚秋：与现有聘期 2025-06-01 至 2027-05-31 重叠"):
        act(database, appoint, wrong)
    with database.read() as session:
        assert numbers_issued(session, "柯司聘", 2026) == []
    act(database, appoint, replace(NEXT, lawyer_ids=(pool[0],)))
    assert list(map(serial, certificates(database, pool))) == [1]


def test_a_number_from_before_the_program_is_kept_and_not_given_again(database, pool):
    with database.read() as session:
        draft = lawyer_draft(session, pool[0], TODAY)
    with database.write("补录聘书编号") as session:
        save_lawyer(session, replace(draft, certificate="柯司聘[2025]1号"), TODAY, pool[0])
    with database.read() as session:
        keys = [t.key for key in pool[:2] for t in term_lines(session, key)]
    with database.write("颁发聘书") as session:
        assert number_certificates(session, keys, TODAY) == ["柯司聘〔2025〕1号", "柯司聘〔2026〕1号"]
    with database.read() as session:
        other = lawyer_draft(session, pool[2], TODAY)
    with pytest.raises(UserError, match="已用于王砚秋"), database.write("录入") as session:
        save_lawyer(session, replace(other, certificate="柯司聘〔2025〕01号"), TODAY, pool[2])


def test_a_paused_lawyer_is_not_offered_and_comes_back(database, pool):
    case_id = enter_case(database)
    paused = SuspendDraft((pool[0],), SuspensionKind.ILLNESS, TODAY, None, "住院手术")
    act(database, suspend, paused)
    assert pool[0] not in offered(database, case_id)
    assert standings(database, TODAY)[pool[0]] is Standing.SUSPENDED
    assert standings(database, TODAY - timedelta(days=1))[pool[0]] is Standing.SERVING
    with database.read() as session:
        assert (NAMES[0], f"住院手术，{TODAY} 起，恢复时间待定") in not_offered(session, TODAY)
    with pytest.raises(Invalid, match="暂停承办"):
        assign_all(database, case_id, pool[0])

    back = TODAY + timedelta(days=10)
    act(database, reinstate, ReinstateDraft((pool[0],), back), back)
    assert pool[0] in offered(database, case_id, back)
    assert pool[0] not in offered(database, case_id, back - timedelta(days=1))


def test_who_left_or_ran_out_is_not_offered_from_that_day(database, pool):
    case_id = enter_case(database)
    act(database, dismiss, DismissDraft((pool[0],), DismissalKind.RESIGNED, TODAY, "调往外地执业"))
    gone = date(2027, 6, 1)
    assert pool[0] not in offered(database, case_id)
    assert pool[0] in offered(database, case_id, TODAY - timedelta(days=1))
    assert pool[1] in offered(database, case_id, gone - timedelta(days=1))
    assert pool[1] not in offered(database, case_id, gone)
    database.undo()
    assert pool[0] in offered(database, case_id)


def test_who_was_dismissed_is_appointed_anew_in_the_editor_and_the_old_term_stays(database, pool):
    left = date(2026, 3, 1)
    act(database, dismiss, DismissDraft((pool[0],), DismissalKind.RESIGNED, left, "调往外地执业"), left)
    with database.read() as session:
        draft = lawyer_draft(session, pool[0], TODAY)
    again = replace(draft, term_from=date(2026, 12, 1), term_to=date(2028, 11, 30))
    with database.write("重新聘任") as session:
        save_lawyer(session, again, TODAY, pool[0])
    with database.read() as session:
        terms = [(t.from_on, t.to_on, t.ended_on) for t in term_lines(session, pool[0])]
    assert terms == [
        (date(2025, 6, 1), date(2027, 5, 31), left),
        (date(2026, 12, 1), date(2028, 11, 30), None),
    ]
    assert standings(database, TODAY)[pool[0]] is Standing.ENDED
    assert standings(database, date(2026, 12, 1))[pool[0]] is Standing.SERVING
    assert standings(database, date(2028, 12, 1))[pool[0]] is Standing.EXPIRED


def test_a_term_typed_over_the_next_one_is_refused_with_its_dates(database, pool):
    act(database, appoint, replace(NEXT, lawyer_ids=(pool[0],)))
    with database.read() as session:
        draft = lawyer_draft(session, pool[0], TODAY)
    with pytest.raises(Invalid, match="王砚秋另有聘期 2027-06-01 至 2029-05-31，与所填聘期重叠") as said:
        act(database, partial_save(pool[0]), replace(draft, term_to=date(2028, 1, 1)))
    assert [p.field for p in said.value.problems] == ["term_to"]
    act(database, partial_save(pool[0]), replace(draft, term_to=date(2027, 4, 30)))


def partial_save(key):
    return lambda session, draft, day: save_lawyer(session, draft, day, key)


def test_dismissing_a_paused_lawyer_ends_the_pause_for_good(database, pool):
    act(database, suspend, SuspendDraft((pool[0],), SuspensionKind.ILLNESS, TODAY, None, "住院手术"))
    with pytest.raises(Invalid, match="王砚秋已在暂停承办中"):
        act(database, suspend, SuspendDraft((pool[0],), SuspensionKind.LEAVE, TODAY, None, "外出"))
    act(database, dismiss, DismissDraft((pool[0],), DismissalKind.RESIGNED, TODAY, "本人申请"))
    with database.read() as session:
        row = {r.key: r for r in roster(session, TODAY)}[pool[0]]
    assert (row.standing, row.pause) == (Standing.ENDED, "")
    with pytest.raises(Invalid, match="王砚秋已解聘，不需要暂停"):
        act(database, suspend, SuspendDraft((pool[0],), SuspensionKind.LEAVE, TODAY, None, "外出"))
    later = TODAY + timedelta(days=30)
    act(database, appoint, AppointDraft((pool[0],), later, date(2028, 12, 31)), later)
    assert standings(database, later)[pool[0]] is Standing.SERVING


def test_a_coming_term_that_was_ended_before_it_began_never_counts_again(database, pool):
    act(database, appoint, replace(NEXT, lawyer_ids=(pool[0],)))
    act(database, dismiss, DismissDraft((pool[0],), DismissalKind.RESIGNED, TODAY, "本人申请"))
    act(database, appoint, AppointDraft((pool[0],), TODAY, date(2028, 11, 23)))
    assert standings(database, date(2027, 6, 2))[pool[0]] is Standing.SERVING
    assert standings(database, date(2029, 1, 1))[pool[0]] is Standing.EXPIRED
    newcomer = enter_lawyer(
        database,
        name="示例新人",
        licence="13308201510123457",
        term_from=date(2027, 1, 1),
        term_to=date(2028, 12, 31),
    )
    act(database, dismiss, DismissDraft((newcomer,), DismissalKind.RESIGNED, TODAY, "未到任即退出"))
    assert standings(database, TODAY)[newcomer] is Standing.ENDED


def test_what_was_pasted_is_kept_clean_or_refused_where_it_stands(database):
    key = enter_lawyer(
        database,
        name=" 阿卜杜\u200b·买买提\r\n",
        firm="示例双港\x00律师事务所\t",
        id_number="１１０１０５ 19491231 002x",
        specialities=("市场\u200b监管", "市场监管"),
    )
    with database.read() as session:
        draft = lawyer_draft(session, key, TODAY)
    assert (draft.name, draft.firm, draft.id_number) == (
        "阿卜杜·买买提",
        "示例双港律师事务所",
        "11010519491231002X",
    )
    assert draft.specialities == ("市场监管",)
    long = a_lawyer(
        name="长" * 300, firm="所" * 500, posts=(PostDraft("院" * 999),), licence="13308201510123457"
    )
    with pytest.raises(Invalid) as said:
        act(database, save_lawyer, long)
    assert [p.field for p in said.value.problems] == ["name", "firm", "posts.0.unit"]
    assert "最多 50 个字，现为 300 个" in str(said.value)
    with pytest.raises(Invalid, match="请填写姓名"):
        act(database, save_lawyer, a_lawyer(name="\u200b"))


def test_the_roster_of_a_past_day_is_the_roster_of_that_day(database):
    early = enter_lawyer(database, term_from=date(2024, 6, 1), term_to=date(2026, 5, 31))
    enter_lawyer(database, name="王砚秋", licence="13308201510123457", term_from=date(2025, 6, 1))
    with database.read() as session:
        draft = lawyer_draft(session, early, TODAY)
    moved = replace(draft, firm="示例九华律师事务所", firm_since=date(2026, 1, 5))
    with database.write("换所") as session:
        save_lawyer(session, moved, TODAY, early)
    with database.read() as session:
        (row,) = roster(session, date(2025, 3, 1), RosterFilter(in_pool_only=True))
        assert (row.key, row.standing, row.firm) == (early, Standing.SERVING, "示例双港律师事务所")
        now = {r.key: r for r in roster(session, TODAY)}[early]
        assert (now.standing, now.firm) == (Standing.EXPIRED, "示例九华律师事务所")


def test_the_whole_background_is_kept_and_read_back(database):
    draft = a_lawyer(
        capacity=3,
        licence_state=LicenceState.VALID,
        firm_since=date(2020, 1, 1),
        former_firms=(FirmSpell("示例旧律师事务所", date(2015, 7, 1), date(2019, 12, 31)),),
        posts=(
            PostDraft(
                "示例县人民法院",
                UnitKind.COURT,
                "审判员",
                None,
                date(2005, 7, 1),
                date(2014, 6, 30),
                Leaving.RESIGNED,
            ),
        ),
        relatives=(RelativeDraft(name="示例甲", unit="示例区交通运输局", unit_kind=UnitKind.AGENCY),),
        offices=(OfficeDraft(OfficeKind.CPPCC, "示例区政协", date(2022, 1, 1)),),
        disciplines=(DisciplineDraft(on_date=date(2018, 3, 1), by="示例市律协", content="训诫"),),
        checks=(CheckDraft(2025, CheckResult.COMPETENT), CheckDraft(2024, CheckResult.COMPETENT)),
    )
    key = act(database, save_lawyer, draft)
    with database.read() as session:
        read = lawyer_draft(session, key, TODAY)
    assert replace(read, version=0) == replace(draft, phone="13800001111")
    with database.write("只改备注") as session:
        save_lawyer(session, replace(read, note="已核对"), TODAY, key)
    with database.read() as session:
        assert replace(lawyer_draft(session, key, TODAY), version=0, note="") == replace(read, version=0)
    assert all(line.is_ok for line in check_all(database))


def test_a_licence_number_of_somebody_else_is_refused_at_its_field_and_names_him(database, pool):
    with pytest.raises(Invalid, match="已登记在顾问“王砚秋”名下") as said:
        act(database, save_lawyer, a_lawyer(name="示例新人", licence="13308201510100000"))
    assert [p.field for p in said.value.problems] == ["licence"]


def test_many_are_read_for_a_bulk_change_in_as_few_queries_as_one(database, pool):
    with database.read() as session:
        assert lawyer_drafts(session, pool, TODAY) == {key: lawyer_draft(session, key, TODAY) for key in pool}

    def asked(keys):
        statements = []
        with database.read() as session:
            session.connection()
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
            lawyer_drafts(session, keys, TODAY)
        return len(statements)

    assert asked(pool) == asked(pool[:1])


def test_warnings_passed_over_are_kept_until_mended(database):
    key = enter_lawyer(database, sex="女")
    with database.read() as session:
        (said,) = lawyer_detail(session, key, TODAY).warnings
        draft = lawyer_draft(session, key, TODAY)
    assert said == "证号第 11 位表示男性，性别填为女。请核对。"
    with database.write("更正性别") as session:
        save_lawyer(session, replace(draft, sex="男"), TODAY, key)
    with database.read() as session:
        assert lawyer_detail(session, key, TODAY).warnings == ()


def test_showing_a_number_is_written_down_and_cannot_be_undone(database):
    key = enter_lawyer(database)
    with database.write("显示汪晓棠的联系电话", undoable=False) as session:
        assert reveal(session, key, "phone") == "13800001111"
    with database.read() as session:
        newest = recent_acts(session)[0]
    assert (newest.label, newest.clerk) == ("显示汪晓棠的联系电话", "沈青禾")
    assert database.undo() == "新增顾问 汪晓棠"
    database.redo()
    with database.write("显示汪晓棠的联系电话", undoable=False) as session:
        reveal(session, key, "phone")
    database.undo()
    with database.write("导出名册（号码完整显示）", undoable=False) as session:
        note(session)
    assert database.redo() == "新增顾问 汪晓棠"  # looking changes nothing that redo would do over


def test_a_change_of_the_pool_is_filed_within_the_days_the_office_sets(database, pool):
    act(database, suspend, SuspendDraft((pool[0],), SuspensionKind.LEAVE, TODAY, TODAY, "出差"))
    with database.read() as session:
        (filing,) = open_filings(session)
    with pytest.raises(Invalid, match="备案文号或回执"), database.write("备案") as session:
        file_change(session, filing.key, FilingDraft(TODAY), TODAY)
    with database.write("备案") as session:
        file_change(session, filing.key, FilingDraft(TODAY, "柯司备〔2026〕2号"), TODAY)
    with database.write("设置") as session:
        save_settings(session, Settings(filing_days=0))
    act(database, suspend, SuspendDraft((pool[1],), SuspensionKind.LEAVE, TODAY, TODAY, "出差"))
    with database.read() as session:
        assert open_filings(session) == []


def test_each_figure_of_the_year_opens_exactly_the_records_it_counts(database):
    lawyer, other = enter_lawyer(database), enter_lawyer(database, name="王砚秋", licence="13308201510123457")
    won, running = enter_case(database), enter_case(database, number="（2026）浙0825行初38号")
    assign_all(database, won, lawyer, other)
    assign_all(database, running, other, lawyer)
    with database.write("结案") as session:
        closed = EventDraft(EventKind.CLOSED, TODAY, outcome=Outcome.DISMISSED)
        record_event(session, won, closed, detail_version(database, won), TODAY)
    serving = next(a.assignment_id for a in defendant(detail(database, won)).agents if a.lawyer_id == lawyer)
    with database.write("评价") as session:
        rate(session, serving, RatingDraft(4, TODAY, "示例联系人", "材料齐全"), TODAY)
    review = ServiceDraft(
        ServiceKind.LEGALITY_REVIEW, TODAY, lawyer, None, None, "示例行政处罚案卷合法性审查"
    )
    kept = act(database, save_service, review)
    gone = act(database, save_service, replace(review, kind=ServiceKind.TRAINING, matter="执法培训"))
    with database.write("删去") as session:
        remove_services(session, [gone])
    with database.read() as session:
        named = session.scalars(
            select(Recommendation.id).where(
                Recommendation.case_id == running, Recommendation.lawyer_id == lawyer
            )
        ).one()
        assert [line.title for line in recycle_bin(session)] == ["培训：执法培训"]
    with database.write("婉拒") as session:
        answer_recommendation(session, named, AnswerDraft(Answer.DECLINED, TODAY, "当日另有庭审"))

    with database.read() as session:
        record = year_record(session, lawyer, TODAY.year, TODAY)
        for figure in record.figures:
            assert {line.key for line in figure_records(session, figure)} == set(figure.keys), figure.title
        counts = {f.title: f.count for f in record.figures if f.count}
        assert figure_records(session, record.figure("declined"))[0].caption == "顾问婉拒：当日另有庭审"
    assert counts == {
        "主办案件": 1,
        "协办案件": 1,
        "办结案件": 1,
        "办结：驳回": 1,
        "合法性审查": 1,
        "婉拒": 1,
        "单位评价": 1,
    }
    assert record.figure("ratings").mean == 4.0
    assert record.figure("service:合法性审查").keys == (kept,)


def test_a_cancelled_assignment_leaves_every_count(database):
    lawyer, case_id = enter_lawyer(database), enter_case(database)
    (assignment,) = assign_all(database, case_id, lawyer)
    with database.write("撤销分派") as session:
        end_assignment(session, assignment, EndDraft(EndKind.CANCELLED, TODAY, "登记有误"))
    with database.read() as session:
        assert not any(f.count for f in year_record(session, lawyer, TODAY.year, TODAY).figures)


def test_the_year_is_assessed_once_and_corrected_in_place(database):
    lawyer = enter_lawyer(database)
    draft = AssessmentDraft(lawyer, 2025, Grade.COMPETENT, "履职较好。", TODAY, "林一苇")
    act(database, assess, draft)
    act(database, assess, replace(draft, grade=Grade.EXCELLENT))
    with pytest.raises(Invalid, match="考核意见"):
        act(database, assess, replace(draft, opinion=" "))
    with database.read() as session:
        record = year_record(session, lawyer, 2025, TODAY)
    assert (record.grade, record.opinion) == (Grade.EXCELLENT, "履职较好。")


def test_who_is_due_for_renewal_comes_with_what_he_did(database):
    soon = enter_lawyer(database, term_to=TODAY + timedelta(days=60))
    enter_lawyer(database, name="王砚秋", licence="13308201510123457")
    assign_all(database, enter_case(database), soon)
    act(database, assess, AssessmentDraft(soon, 2025, Grade.EXCELLENT, "很好。", TODAY))
    with database.read() as session:
        (due,) = renewals(session, TODAY)
    assert (due.row.key, due.row.days_left, due.served, due.grades) == (
        soon,
        60,
        1,
        ((2025, Grade.EXCELLENT),),
    )


def test_a_declaration_is_kept_with_its_day(database):
    lawyer = enter_lawyer(database)
    act(database, declare, DeclarationDraft(lawyer, TODAY, "无利益冲突。"))
    with pytest.raises(Invalid, match="还没有到"):
        act(database, declare, DeclarationDraft(lawyer, TODAY + timedelta(days=1), "无"))
    with database.read() as session:
        (line,) = lawyer_detail(session, lawyer, TODAY).declarations
    assert (line.signed_on, line.content) == (TODAY, "无利益冲突。")


def test_names_are_ordered_by_strokes():
    names = ["汪晓棠", "王砚秋", "何承安", "丁一", "毛文澜", "徐子衡"]
    assert sorted(names, key=stroke_key) == ["丁一", "毛文澜", "王砚秋", "何承安", "汪晓棠", "徐子衡"]


def detail_version(database, case_id):
    return detail(database, case_id).version
