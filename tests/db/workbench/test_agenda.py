"""What is due: the workbench, the weekly sheet, the calendar file, the message to the group; and what was lost."""

from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import event

from db.cases.acts.attendance import save_plan
from db.cases.acts.cases import record_event
from db.cases.acts.chains import link_duplicate, link_previous
from db.cases.acts.marks import fix_period
from db.cases.queries.cases import View, case_counts, case_rows
from db.cases.queries.disputes import dispute_statistics, dispute_years, disputes
from db.cases.rules.attendance import PlanDraft
from db.cases.rules.cases import EventDraft
from db.cases.rules.marks import FixDraft
from db.catalogue.reports import Parameters, make
from db.errors import UserError
from db.law.disputes import Standing
from db.words.case import Attends, EventKind, HeadKind, Outcome, Procedure
from db.workbench.agenda import agenda, notice_text
from db.workbench.calendar_file import export_calendar
from db.workbench.todos import overview
from tests.conftest import TODAY
from tests.db.cases.test_case_record import detail, do, enter, step


def hearing_case(database):
    key = enter(
        database,
        number="（2026）浙0825行初40号",
        received_on=date(2026, 11, 2),
        filed_on=date(2026, 10, 30),
        hearing_on=date(2026, 11, 26),
        hearing_time="9:30",
        hearing_place="第二法庭",
    )
    comes = PlanDraft(Attends.YES, "方立新", "副局长", HeadKind.DEPUTY, papers_on=TODAY)
    found = detail(database, key)
    do(database, save_plan, found.hearings[0].event_id, comes, found.version, TODAY)
    return key


def test_the_week_lists_overdue_duties_first_then_hearings_with_who_attends(database):
    late = hearing_case(database)  # its answer was due on 2026-11-17
    due = enter(database)
    with database.read() as session:
        lines = agenda(session, date(2026, 11, 23), date(2026, 11, 29), TODAY, with_overdue=True)
    assert [(x.key, x.title, x.on, x.is_overdue) for x in lines] == [
        (late, "答辩举证", date(2026, 11, 17), True),
        (late, "开庭", date(2026, 11, 26), False),
        (due, "答辩举证", date(2026, 11, 27), False),
    ]
    assert (lines[1].place, lines[1].head) == ("第二法庭", "方立新（副局长）")
    assert lines[2].article == "行政诉讼法第六十七条"
    (paper,) = make(database, "本周应诉事项表", Parameters(TODAY, TODAY, TODAY))
    (table,) = (block for block in paper.blocks if hasattr(block, "columns"))
    assert [row[4] for row in table.rows] == ["答辩举证（已逾期）", "开庭", "答辩举证"]
    assert "其中已逾期 1 项" in table.notes[0]


def test_the_calendar_file_holds_hearings_with_their_hour_and_days_without(database, tmp_path):
    hearing_case(database)
    enter(database)
    file = tmp_path / "应诉.ics"
    assert export_calendar(database, file, TODAY, date(2026, 11, 30), TODAY) == 2
    entries = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    hearing = next(e for e in entries if e["summary"].startswith("开庭"))
    assert hearing.decoded("dtstart").isoformat() == "2026-11-26T09:30:00+08:00"
    assert "第二法庭" in hearing["location"]
    answer = next(e for e in entries if e["summary"].startswith("答辩举证"))
    assert answer.decoded("dtstart") == date(2026, 11, 27)
    assert "周建国" not in file.read_text(encoding="utf-8")  # calendars are shared
    with pytest.raises(UserError, match="已存在"):
        export_calendar(database, file, TODAY, date(2026, 11, 30), TODAY)
    with pytest.raises(UserError, match="没有期限和开庭"):
        export_calendar(database, tmp_path / "空.ics", date(2030, 1, 1), date(2030, 1, 2), TODAY)


def test_the_message_to_the_group_names_no_plaintiff(database):
    key = enter(database, hearing_on=date(2026, 12, 10))
    fixed = FixDraft(date(2026, 12, 4), "人民法院指定")
    with database.read() as session:
        said = notice_text(case_rows(session, [key], TODAY)[key])
    assert said.splitlines() == [
        "【行政应诉提醒】",
        "案号：（2026）浙0825行初37号（一审）",
        "被诉单位：区综合执法局",
        "案由：违法建设处罚",
        "答辩举证：2026年11月27日（周五）（行政诉讼法第六十七条）",
        "开庭：2026年12月10日（周四）",
        "负责人出庭：待报",
        "承办顾问：尚未分派",
    ]
    do(database, fix_period, key, "L02", fixed, detail(database, key).version)
    with database.read() as session:
        assert "12月4日（周五）（手工改定）" in notice_text(case_rows(session, [key], TODAY)[key])


def test_the_workbench_shows_articles_attendance_and_the_forgotten(database):
    hearing_case(database)
    enter(database, received_on=None)
    with database.read() as session:
        found = overview(session, TODAY)
        assert (
            found.forgotten == len(found.forgotten_cases) == case_counts(session, TODAY)[View.FORGOTTEN] == 1
        )
    assert found.forgotten_cases[0].reasons == ("没有答辩期限（未登记收到日期）",)
    hearing = next(t for t in found.todos if t.word == "开庭")
    assert (hearing.head, hearing.place) == ("方立新（副局长）", "第二法庭")
    assert next(t for t in found.todos if t.word == "答辩举证").article == "行政诉讼法第六十七条"


def test_the_workbench_asks_as_many_statements_for_ten_cases_as_for_two(database):
    def count():
        statements = []

        def note(*given):
            statements.append(given[2])

        event.listen(database.engine, "before_cursor_execute", note)
        with database.read() as session:
            overview(session, TODAY)
        event.remove(database.engine, "before_cursor_execute", note)
        return len(statements)

    hearing_case(database)
    enter(database, received_on=None)
    before = count()
    for n in range(8):
        enter(database, number=f"（2026）浙0825行初{60 + n}号", hearing_on=date(2026, 12, 1 + n))
    assert count() == before


def closed(database, key, on, outcome):
    step(database, key, EventKind.JUDGMENT_SERVED, on)
    version = detail(database, key).version
    do(database, record_event, key, EventDraft(EventKind.CLOSED, on, outcome=outcome), version, TODAY)


def test_a_chain_lost_in_first_instance_and_won_on_appeal_is_one_dispute_won(database):
    first = enter(database, filed_on=date(2025, 9, 1), received_on=date(2025, 9, 3))
    closed(database, first, date(2025, 12, 20), Outcome.REVOKED)
    with database.read() as session:
        (alone,) = disputes(session)
        assert alone.standing is Standing.LOST
    second = enter(
        database,
        number="（2026）浙08行终5号",
        procedure=Procedure.SECOND_INSTANCE,
        filed_on=date(2026, 1, 20),
        received_on=date(2026, 1, 22),
    )
    do(database, link_previous, second, first, detail(database, second).version)
    closed(database, second, date(2026, 4, 2), Outcome.WON_ON_APPEAL)
    again = enter(database, number="（2026）浙08行终5号", procedure=Procedure.SECOND_INSTANCE)
    do(database, link_duplicate, again, second, detail(database, again).version)
    with database.read() as session:
        (dispute,) = disputes(session)
        lines = {line.year: line for line in dispute_years(session, 2025, 2026)}
        made = dispute_statistics(session, date(2025, 1, 1), date(2026, 12, 31))
    assert (dispute.standing, dispute.keys, dispute.decided_by) == (Standing.WON, (first, second), second)
    assert [(lines[y].counted, lines[y].lost) for y in (2025, 2026)] == [(0, 0), (1, 0)]
    assert len(made.counted) == 1
    assert not made.lost
    assert "取最终结果" in made.definition
    assert detail(database, first).dispute == dispute
