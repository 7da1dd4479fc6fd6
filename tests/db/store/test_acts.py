"""What a clerk does, on both engines: entered, found, changed, taken back, refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys, agency_rows
from db.assignment.acts.assignments import assign, end_assignment
from db.assignment.queries.candidates import candidates
from db.assignment.rules.assignments import AssignmentDraft, Choice, EndDraft
from db.cases.acts.cases import record_event, remove_event, save_case
from db.cases.queries.cases import CaseFilter, View, case_keys, case_rows
from db.cases.queries.detail import case_detail, case_draft
from db.cases.rules.cases import AgentDraft, CaseDraft, EventDraft, PartyDraft
from db.catalogue.search import search
from db.demo.demo import clear_demo, load_demo
from db.errors import Conflict, Invalid, UserError
from db.models.journal import JournalRow
from db.office.queries.history import recycle_bin, undo_state
from db.roster.acts.lawyers import remove_lawyers, restore_lawyer, save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.queries.roster import RosterFilter, firms, roster
from db.roster.rules.lawyers import Standing
from db.setup import derived
from db.setup.check import check_all
from db.words.assignment import EndKind, Role
from db.words.case import EventKind, Outcome, PartyKind, Side
from db.workbench.todos import overview
from tests.conftest import TODAY, a_lawyer


def enter_lawyer(database, **changes):
    with database.write(f"新增顾问 {changes.get('name', '汪晓棠')}") as session:
        return save_lawyer(session, a_lawyer(**changes), TODAY)


def a_case(agency_id, **changes):
    given = {
        "number": "(2026)浙0825行初 037号",
        "cause_text": "违法建设处罚",
        "filed_on": date(2026, 11, 10),
        "received_on": date(2026, 11, 12),
        "parties": (
            PartyDraft(
                Side.PLAINTIFF, "周建国", agents=(AgentDraft("徐立", firm_name="示例鹿鸣山律师事务所"),)
            ),
            PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=agency_id),
        ),
    }
    return CaseDraft(**(given | changes))


def enter_case(database, **changes):
    with database.read() as session:
        agency = agency_keys(session, AgencyFilter(text="综合执法"), TODAY)[0]
    with database.write("登记案件") as session:
        return save_case(session, a_case(agency, **changes), TODAY)


def detail(database, key):
    with database.read() as session:
        return case_detail(session, key, TODAY)


def defendant(found):
    return next(p for p in found.parties if p.side is Side.DEFENDANT)


def assign_all(database, case_id, *lawyers):
    found = detail(database, case_id)
    roles = [Role.LEAD, Role.ASSISTANT, Role.ASSISTANT]
    draft = AssignmentDraft(
        case_id,
        defendant(found).key,
        tuple(Choice(key, role) for key, role in zip(lawyers, roles, strict=False)),
        assigned_on=TODAY,
        version=found.version,
    )
    with database.write("分派") as session:
        return assign(session, draft, TODAY)


def test_a_new_office_knows_49_agencies_and_9_courts(database):
    with database.read() as session:
        keys = agency_keys(session, AgencyFilter(), TODAY)
        rows = agency_rows(session, keys, TODAY)
    assert len(keys) == 49
    assert all(row.source == "初始清单，待核对" for row in rows.values())


def test_a_lawyer_is_found_by_name_pinyin_initials_and_digits(database):
    key = enter_lawyer(database)
    with database.read() as session:
        for typed in ("汪", "晓棠", "wxt", "WangXiao", "ｗｘｔ", "1111", "20151012"):
            assert [h.key for h in search(session, typed) if h.table == "lawyer"] == [key], typed


def test_an_exact_hit_comes_first(database):
    longer = enter_lawyer(database, name="汪晓棠子", licence="13308201510123457")
    exact = enter_lawyer(database)
    with database.read() as session:
        assert [h.key for h in search(session, "汪晓棠")] == [exact, longer]


def test_case_is_found_by_its_number_party_agency_and_lawyer(database):
    lawyer, case = enter_lawyer(database), enter_case(database)
    assign_all(database, case, lawyer)
    with database.read() as session:
        for typed in ("行初37号", "37", "zjg", "周建国", "qzhzfj", "wxt", "（2026）浙0825行初37号"):
            assert case in [h.key for h in search(session, typed) if h.table == "case_record"], typed


def test_the_answer_is_the_next_deadline_until_it_is_recorded(database):
    key = enter_case(database)
    with database.read() as session:
        due = case_rows(session, [key], TODAY)[key].due
    assert (due.title, due.on) == ("答辩举证", date(2026, 11, 27))
    with database.write("登记提交") as session:
        record_event(session, key, EventDraft(EventKind.ANSWERED, TODAY), detail_version(session, key), TODAY)
    with database.read() as session:
        assert case_rows(session, [key], TODAY)[key].due.title == "一审审限"


def detail_version(session, key):
    return case_draft(session, key).version


def test_a_third_agent_is_refused_行政诉讼法第三十一条(database):
    lawyers = [enter_lawyer(database, name=f"顾问{n}", licence=f"1330820151012345{n}") for n in range(3)]
    case = enter_case(database)
    with pytest.raises(Invalid, match="行政诉讼法第三十一条"):
        assign_all(database, case, *lawyers)
    assign_all(database, case, *lawyers[:2])
    with pytest.raises(Invalid, match="行政诉讼法第三十一条"):
        assign_all(database, case, lawyers[2])
    assert [a.name for a in defendant(detail(database, case)).agents] == ["顾问0", "顾问1"]


def test_the_partys_own_staff_counts_among_its_two_agents_行政诉讼法第三十一条(database):
    with database.read() as session:
        agency = agency_keys(session, AgencyFilter(text="综合执法"), TODAY)[0]
    parties = (
        PartyDraft(Side.PLAINTIFF, "周建国"),
        PartyDraft(Side.DEFENDANT, agency_id=agency, agents=(AgentDraft("毛科长"),)),
    )
    lawyers = [enter_lawyer(database, name=f"顾问{n}", licence=f"1330820151012345{n}") for n in range(2)]
    case = enter_case(database, parties=parties)
    with pytest.raises(Invalid, match="已有 1 名"):
        assign_all(database, case, *lawyers)


def test_a_colleague_of_the_plaintiffs_lawyer_is_blocked_and_cannot_be_assigned(database):
    colleague = enter_lawyer(database, firm="示例鹿鸣山律师事务所")
    case = enter_case(database)
    with database.read() as session:
        found = candidates(session, case, defendant(detail(database, case)).key, TODAY)
    assert found[0].is_blocked
    assert "同所律师徐立代理本案原告周建国" in found[0].findings[0].sentence
    with pytest.raises(Invalid, match="同所律师徐立"):
        assign_all(database, case, colleague)


def test_nobody_outside_his_term_can_be_assigned(database):
    expired = enter_lawyer(database, term_from=date(2023, 6, 1), term_to=date(2025, 5, 31))
    case = enter_case(database)
    with pytest.raises(Invalid, match="不在聘期内"):
        assign_all(database, case, expired)


def test_a_cancelled_assignment_leaves_the_count(database):
    lawyer, case = enter_lawyer(database), enter_case(database)
    (assignment,) = assign_all(database, case, lawyer)
    with database.write("撤销分派") as session:
        end_assignment(session, assignment, EndDraft(EndKind.CANCELLED, TODAY, "单位另行委托"))
    with database.read() as session:
        row = roster(session, TODAY)[0]
    assert (row.running, row.this_year) == (0, 0)


def test_closing_a_case_ends_its_assignments_and_reopening_brings_them_back(database):
    lawyer, case = enter_lawyer(database), enter_case(database)
    assign_all(database, case, lawyer)
    with database.write("结案") as session:
        closing = EventDraft(EventKind.CLOSED, TODAY, outcome=Outcome.DISMISSED)
        closed = record_event(session, case, closing, detail_version(session, case), TODAY)
    with database.read() as session:
        assert case_keys(session, CaseFilter(View.CLOSED), TODAY) == [case]
        assert roster(session, TODAY)[0].running == 0
    with database.write("删去结案") as session:
        remove_event(session, closed)
    with database.read() as session:
        assert case_keys(session, CaseFilter(View.OPEN), TODAY) == [case]
        assert roster(session, TODAY)[0].running == 1


def test_the_roster_of_an_earlier_day_is_that_days(database):
    enter_lawyer(database, term_from=date(2023, 6, 1), term_to=date(2025, 5, 31))
    with database.read() as session:
        assert roster(session, date(2025, 3, 1))[0].standing is Standing.SERVING
        assert roster(session, TODAY)[0].standing is Standing.EXPIRED
        assert roster(session, TODAY, RosterFilter(assignable_only=True)) == []


def test_another_firm_keeps_the_old_one_in_history(database):
    key = enter_lawyer(database)
    with database.read() as session:
        draft = lawyer_draft(session, key, TODAY)
    with database.write("换所") as session:
        save_lawyer(session, replace(draft, firm="示例水亭律师事务所"), TODAY, key)
    with database.read() as session:
        assert roster(session, TODAY)[0].firm == "示例水亭律师事务所"
        assert roster(session, TODAY - timedelta(days=1))[0].firm == "示例双港律师事务所"


def test_saving_over_a_newer_change_is_refused_with_who_and_when(database):
    key = enter_lawyer(database)
    with database.read() as session:
        mine = theirs = lawyer_draft(session, key, TODAY)
    database.clerk = "林一苇"
    with database.write("林一苇的修改") as session:
        save_lawyer(session, replace(theirs, phone="13900002222"), TODAY, key)
    database.clerk = "沈青禾"
    with (
        pytest.raises(Conflict, match=r"林一苇于 \d{4}-\d\d-\d\d \d\d:\d\d"),
        database.write("我的修改") as session,
    ):
        save_lawyer(session, replace(mine, phone="13900003333"), TODAY, key)
    with database.read() as session:
        assert lawyer_draft(session, key, TODAY).phone == "13900002222"


def test_a_licence_taken_twice_is_explained(database):
    enter_lawyer(database)
    with pytest.raises(UserError, match="已登记在顾问“汪晓棠”名下"):
        enter_lawyer(database, name="毛文澜")


def test_undo_says_what_it_took_back_and_redo_does_it_again(database):
    enter_lawyer(database)
    with database.read() as session:
        assert undo_state(session, database.hand).undo == "新增顾问 汪晓棠"
    assert database.undo() == "新增顾问 汪晓棠"
    with database.read() as session:
        assert roster(session, TODAY) == []
        assert search(session, "wxt") == []
    assert database.redo() == "新增顾问 汪晓棠"
    with database.read() as session:
        assert [row.name for row in roster(session, TODAY)] == ["汪晓棠"]
        assert [h.title for h in search(session, "wxt")] == ["汪晓棠"]


def test_undo_takes_back_only_ones_own_acts_and_only_unchanged_ones(database):
    key = enter_lawyer(database)
    with database.read() as session:
        draft = lawyer_draft(session, key, TODAY)
    database.clerk = "林一苇"
    with pytest.raises(UserError, match="没有可以撤销"):
        database.undo()
    with database.write("改电话") as session:
        save_lawyer(session, replace(draft, phone="13900002222"), TODAY, key)
    database.clerk = "沈青禾"
    with pytest.raises(Conflict, match="林一苇"):
        database.undo()


def test_a_removed_lawyer_waits_in_the_recycle_bin_and_comes_back(database):
    key = enter_lawyer(database)
    with database.write("移入回收站") as session:
        remove_lawyers(session, [key])
    with database.read() as session:
        assert roster(session, TODAY) == []
        assert [line.title for line in recycle_bin(session)] == ["汪晓棠"]
        assert search(session, "汪晓棠") == []
    with database.write("恢复") as session:
        restore_lawyer(session, key)
    with database.read() as session:
        assert [row.name for row in roster(session, TODAY)] == ["汪晓棠"]


def test_a_lawyer_comes_back_with_the_firm_that_went_with_him(demo_office):
    clear_demo(demo_office)
    with demo_office.read() as session:
        gone = [line for line in recycle_bin(session) if line.table == "lawyer"]
    with demo_office.write("恢复") as session:
        restore_lawyer(session, gone[0].key)
    with demo_office.read() as session:
        (row,) = roster(session, TODAY)
        assert firms(session) == [row.firm]


def test_a_long_label_is_cut_where_the_column_ends(database):
    with database.write("解聘" + "、汪晓棠" * 100) as session:
        save_lawyer(session, a_lawyer(), TODAY)
    with database.read() as session:
        assert len(undo_state(session, database.hand).undo) == 200


def test_a_removal_is_taken_back_and_done_again(database):
    key = enter_lawyer(database)
    with database.write("移入回收站") as session:
        remove_lawyers(session, [key])
    database.undo()
    database.redo()
    with database.read() as session:
        assert [line.title for line in recycle_bin(session)] == ["汪晓棠"]
    database.undo()
    with database.read() as session:
        assert [row.name for row in roster(session, TODAY)] == ["汪晓棠"]


def test_a_lawyer_with_running_cases_is_not_removed(database):
    lawyer, case = enter_lawyer(database), enter_case(database)
    assign_all(database, case, lawyer)
    with pytest.raises(UserError, match="在办案件"), database.write("移入回收站") as session:
        remove_lawyers(session, [lawyer])


def test_a_refused_act_keeps_nothing(database):
    with pytest.raises(Invalid), database.write("两位") as session:
        save_lawyer(session, a_lawyer(), TODAY)
        save_lawyer(session, a_lawyer(name="", licence="13308201510123457"), TODAY)
    with database.read() as session:
        assert roster(session, TODAY) == []


def test_a_verified_agency_is_no_longer_marked(database):
    with database.read() as session:
        key = agency_keys(session, AgencyFilter(text="石梁"), TODAY)[0]
        draft = agency_draft(session, key)
    with database.write("核对单位") as session:
        save_agency(session, replace(draft, head="示例镇长"), TODAY, key)
    with database.read() as session:
        assert agency_rows(session, [key], TODAY)[key].source == "已由本局核对"


def test_changes_tell_which_rows_after_the_commit(database):
    told = []
    database.listeners.append(told.append)
    key = enter_lawyer(database)
    assert told[0].keys["lawyer"] == {key}
    assert told[0].label == "新增顾问 汪晓棠"


def test_news_of_other_windows_come_through_the_journal(database):
    from db.setup.opening import connected

    other = connected(database.url.render_as_string(hide_password=False), "林一苇")
    assert database.news() == []
    enter_lawyer(other)
    (news,) = database.news()
    assert news.touch("lawyer")
    assert database.news() == []
    enter_lawyer(database, name="毛文澜", licence="13308201510123457")
    assert database.news() == []
    other.close()


def test_the_demo_is_believable_the_same_every_time_and_can_be_cleared(database, demo_office):
    assert load_demo(database, TODAY) == "顾问 15 人、律所 9 家、案件 60 件、会商 11 次、公职律师 35 人"
    with database.read() as session:
        first = overview(session, TODAY)
        assert derived.differences(session) == []
        numbers = sorted(
            r.number
            for r in case_rows(session, case_keys(session, CaseFilter(View.ALL), TODAY), TODAY).values()
        )
    assert len(first.load) == 15
    assert len(set(numbers)) == 60
    assert all(line.is_ok for line in check_all(database))
    with pytest.raises(UserError, match="混在一起"):
        load_demo(database, TODAY)
    clear_demo(database)
    with database.read() as session:
        assert roster(session, TODAY) == []
    with demo_office.read() as session:
        again = overview(session, TODAY)
        assert [t.title for t in again.todos] == [t.title for t in first.todos]


def test_lists_cost_the_same_number_of_queries_however_long_they_are(demo_office):
    def count(read):
        seen = []

        def listen(*given):
            seen.append(given[2])

        event.listen(demo_office.engine, "before_cursor_execute", listen)
        with demo_office.read() as session:
            read(session)
        event.remove(demo_office.engine, "before_cursor_execute", listen)
        return sum(statement.lstrip().startswith("SELECT") for statement in seen)

    with demo_office.read() as session:
        keys = case_keys(session, CaseFilter(View.ALL), TODAY)
    assert count(lambda s: case_rows(s, keys[:5], TODAY)) == count(lambda s: case_rows(s, keys, TODAY))
    assert count(lambda s: roster(s, TODAY, RosterFilter(text="wxt"))) == count(lambda s: roster(s, TODAY))


def test_check_finds_what_was_changed_behind_the_programs_back(database):
    enter_case(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE case_record SET stage = '乱改'")
    found = {line.what: line for line in check_all(database)}
    assert not found["推算列、期限与检索词"].is_ok
    assert "乱改" in found["推算列、期限与检索词"].found


def test_every_record_is_in_the_journal(database):
    enter_lawyer(database)
    with database.read() as session:
        tables = set(session.scalars(select(JournalRow.table_name)))
    assert {"lawyer", "firm", "membership", "speciality", "appointment", "agency"} <= tables
