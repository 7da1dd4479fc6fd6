"""Statutory periods, against worked examples with the State Council's calendars of 2021 to 2026."""

import calendar as months
import json
import re
from datetime import date, timedelta
from random import Random

import pytest

from db.law import counting, period_rules, periods
from db.law.calendar import Calendar
from db.law.events import Happening
from db.law.periods import Extension, FixedDate
from db.shipped import shipped_calendar
from db.words.case import EventKind, Procedure, Track, Unit
from tests.db.setup.test_command_line import run

CALENDAR = shipped_calendar()
day = date.fromisoformat

PUBLISHED = """
2021 off 0101-03 0211-17 0403-05 0501-05 0612-14 0919-21 1001-07; work 0207 0220 0425 0508 0918 0926 1009
2022 off 0101-03 0131-0206 0403-05 0430-0504 0603-05 0910-12 1001-07; work 0129 0130 0402 0424 0507 1008 1009
2023 off (2022-12-31) 0101-02 0121-27 0405 0429-0503 0622-24 0929-1006; work 0128 0129 0423 0506 0625 1007 1008
2024 off 0101 0210-17 0404-06 0501-05 0610 0915-17 1001-07; work 0204 0218 0407 0428 0511 0914 0929 1012
2025 off 0101 0128-0204 0404-06 0501-05 0531-0602 1001-08; work 0126 0208 0427 0928 1011
2026 off 0101-03 0215-23 0404-06 0501-05 0619-21 0925-27 1001-07; work 0104 0214 0228 0509 0920 1010
"""
"""The days of the notices for 2021 to 2026, as an independent list gives them."""


def published():
    off, work = {date(2022, 12, 31)}, set()
    for line in PUBLISHED.strip().splitlines():
        year = int(line[:4])
        for part, days in zip(re.sub(r"\(.*?\)", "", line[4:]).split(";"), (off, work), strict=True):
            for first, last in re.findall(r"(\d{4})(?:-(\d{2,4}))?", part):
                start = date(year, int(first[:2]), int(first[2:]))
                until = last or first
                end = date(year, int(until[:-2] or first[:2]), int(until[-2:]))
                days.update(start + timedelta(n) for n in range((end - start).days + 1))
    return off, work


def test_the_shipped_days_off_are_those_of_the_notices_2021_to_2026():
    assert (CALENDAR.off, CALENDAR.work) == published()
    assert sorted(CALENDAR.years) == [2021, 2022, 2023, 2024, 2025, 2026]


@pytest.mark.parametrize(
    ("start", "length", "unit", "due"),
    [
        ("2021-04-16", 15, Unit.DAY, "2021-05-06"),
        ("2021-09-11", 15, Unit.DAY, "2021-09-26"),
        ("2021-09-18", 15, Unit.DAY, "2021-10-08"),
        ("2026-02-03", 15, Unit.DAY, "2026-02-24"),
        ("2024-09-24", 10, Unit.DAY, "2024-10-08"),
        ("2021-09-16", 15, Unit.DAY, "2021-10-08"),
        ("2021-04-20", 15, Unit.DAY, "2021-05-06"),
        ("2021-02-05", 15, Unit.DAY, "2021-02-20"),
        ("2021-08-31", 6, Unit.MONTH, "2022-02-28"),
        ("2023-08-30", 6, Unit.MONTH, "2024-02-29"),
        ("2024-07-01", 3, Unit.MONTH, "2024-10-08"),
        ("2024-02-29", 1, Unit.YEAR, "2025-02-28"),
        ("2024-09-24", 10, Unit.WORKING_DAY, "2024-10-12"),
        ("2024-04-29", 5, Unit.WORKING_DAY, "2024-05-09"),
    ],
)
def test_worked_examples_适用解释第四十八条_民法典第二百零二条_行政复议法第八十八条(start, length, unit, due):
    found = counting.count_period(day(start), length, unit, CALENDAR)
    assert (found.due, found.covered) == (day(due), True)


def random_calendar(random, years):
    """Days off and make-up days strewn over the years; some years lack their notice."""
    known = {year for year in years if random.random() < 0.8}
    off = {date(year, m, d) for year in known for m, d in ((1, 1), (5, 1), (10, 1))}
    work = set()
    for year in years:
        for days in (off, work):
            days.update(
                date(year, 1, 2) + timedelta(random.randrange(363)) for _ in range(random.randrange(25))
            )
    if random.random() < 0.5:
        off.update(date(random.choice(years), 9, 1) + timedelta(n) for n in range(random.randrange(20)))
    off -= {date(year, m, d) for year in years if year not in known for m, d in ((1, 1),)}
    return Calendar(frozenset(off), frozenset(work - off)), known


def walk(start, length, unit, off, work, known):
    """Count as with a finger on a wall calendar: one day after another, every rule said anew."""
    seen, today = [], start

    def rests(d):
        return d not in work and (d in off or d.strftime("%a") in {"Sat", "Sun"})

    if unit is Unit.WORKING_DAY:
        left = length
        while left:
            today += timedelta(1)
            seen.append(today)
            left -= not rests(today)
    else:
        if unit is Unit.DAY:
            for _ in range(length):
                today += timedelta(1)
        else:
            year, month = start.year, start.month
            for _ in range(length * (12 if unit is Unit.YEAR else 1)):
                year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            today = date(year, month, 1)
            while today.day < start.day and today.day < months.monthrange(year, month)[1]:
                today += timedelta(1)
        seen.append(today)
        while rests(today):
            today += timedelta(1)
            seen.append(today)
    unknown = {d.year for d in seen} | {d.year + 1 for d in seen if d >= date(d.year, 12, 28)}
    return today, unknown <= known


def test_ten_thousand_random_periods_agree_with_a_walk_day_by_day():
    random = Random(20260714)
    longest = {Unit.DAY: 120, Unit.WORKING_DAY: 60, Unit.MONTH: 24, Unit.YEAR: 6}
    covered = 0
    for round_ in range(10_000):
        if round_ % 20 == 0:
            years = range(base := random.randrange(1990, 2080), base + 9)
            calendar, known = random_calendar(random, years)
        start = date(years[1], 1, 1) + timedelta(random.randrange(365 * 2))
        unit = random.choice(list(Unit))
        length = random.randint(1, longest[unit])
        found = counting.count_period(start, length, unit, calendar)
        wanted = walk(start, length, unit, calendar.off, calendar.work, known)
        assert (found.due, found.covered) == wanted, (start, length, unit)
        covered += found.covered
    assert 2_000 < covered < 9_500


def first_instance(*happened, **more):
    found = periods.periods_for(
        Procedure.FIRST_INSTANCE, [Happening(k, day(on)) for k, on in happened], CALENDAR, **more
    )
    return {p.rule.id: p for p in found}


def test_the_answer_is_due_fifteen_days_after_the_copy_came_行政诉讼法第六十七条():
    found = first_instance((EventKind.FILED, "2026-11-10"), (EventKind.RECEIVED_COMPLAINT, "2026-11-12"))
    answer = periods.answer_period(list(found.values()))
    assert (answer.rule.id, answer.due, answer.done_on) == ("L02", date(2026, 11, 27), None)
    assert answer.counted_as == (
        "2026-11-12 收到起诉状副本，次日起算，第 15 日为 2026-11-27 周五，是工作日，不顺延。"
    )


def test_a_submitted_answer_fulfils_the_period():
    found = first_instance((EventKind.RECEIVED_COMPLAINT, "2026-11-12"), (EventKind.ANSWERED, "2026-11-20"))
    assert found["L02"].done_on == date(2026, 11, 20)


def test_a_last_day_on_a_holiday_says_which_one_and_where_it_moves():
    found = first_instance((EventKind.RECEIVED_COMPLAINT, "2021-09-16"))["L02"]
    assert found.due == date(2021, 10, 8)
    assert "2021-10-01 周五（国庆节放假），逢休息日，顺延至 2021-10-08 周五" in found.counted_as
    assert (
        "2021-09-26 周日（调休工作日），不顺延"
        in first_instance((EventKind.RECEIVED_COMPLAINT, "2021-09-11"))["L02"].counted_as
    )


def test_a_year_without_a_notice_is_never_guessed_until_the_notice_is_entered():
    start = date(2026, 12, 20)
    found = counting.count_days(start, 15, CALENDAR)
    assert not found.covered
    assert "2027 年放假安排尚未录入" in found.explanation
    new_year = {date(2027, 1, d) for d in (1, 2, 3)} | {date(2027, 5, 1), date(2027, 10, 1)}
    with_2027 = Calendar(CALENDAR.off | new_year, CALENDAR.work)
    found = counting.count_days(start, 15, with_2027)
    assert (found.due, found.covered) == (date(2027, 1, 4), True)


def test_one_stray_day_of_a_year_does_not_cover_it():
    assert not Calendar(frozenset({date(2027, 1, 1)})).covers(2027)


def test_the_last_days_of_a_year_wait_for_the_next_notice_which_may_reach_back_to_them():
    assert counting.count_days(date(2026, 12, 10), 15, CALENDAR).covered  # 25 December
    assert not counting.count_days(date(2026, 12, 14), 15, CALENDAR).covered  # 29 December, a Tuesday
    reaching_back = counting.count_days(
        date(2022, 12, 16), 15, CALENDAR
    )  # 2022-12-31 is off by the notice for 2023
    assert (reaching_back.due, reaching_back.covered) == (date(2023, 1, 3), True)


def test_a_long_period_does_not_care_about_the_years_in_between():
    """Calendar days: only where the end falls decides."""
    gap = Calendar(frozenset(d for d in CALENDAR.off if d.year != 2024), CALENDAR.work)
    assert counting.count_months(date(2023, 6, 1), 24, gap).covered
    assert not counting.count_working_days(date(2023, 12, 1), 40, gap).covered


def test_the_courts_date_overrides_with_its_reason_and_says_that_it_was_made_by_hand():
    fixed = {"L02": FixedDate(date(2026, 12, 4), "法院电话通知")}
    found = first_instance((EventKind.RECEIVED_COMPLAINT, "2026-11-12"), fixed=fixed)["L02"]
    assert (found.due, found.span) == (date(2026, 12, 4), "手工改定")
    assert found.counted_as.startswith("手工改定为 2026-12-04。理由：法院电话通知。")
    assert "2026-11-27" in found.counted_as


def test_in_simplified_procedure_the_courts_date_for_evidence_takes_the_place_of_fifteen_days():
    copy = (EventKind.RECEIVED_COMPLAINT, "2026-11-12")
    waiting = first_instance(copy, (EventKind.FILED, "2026-11-10"), track=Track.SIMPLIFIED)
    assert "L05" not in waiting  # no date fixed, none invented
    assert waiting["L02"].due == date(2026, 11, 27)
    assert ("L09" in waiting, waiting["L10"].due) == (False, date(2026, 12, 25))
    fixed = {"L05": FixedDate(date(2026, 11, 20), "举证通知书")}
    found = first_instance(copy, track=Track.SIMPLIFIED, fixed=fixed)
    assert "L02" not in found
    assert periods.answer_period(list(found.values())).due == date(2026, 11, 20)


def test_an_extension_lengthens_the_period_and_says_by_whom():
    extension = {"L09": Extension(3, Unit.MONTH, "省高院批准")}
    found = first_instance((EventKind.FILED, "2026-01-05"), extensions=extension)["L09"]
    assert found.due == date(2026, 10, 8)  # nine months end on 5 October, in the holidays
    assert found.counted_as.startswith("经批准延长 3 个月（省高院批准）。")


def test_a_decision_on_reconsideration_may_take_thirty_days_more_行政复议法第六十二条():
    happened = [Happening(EventKind.ACCEPTED, date(2026, 3, 2))]
    extended = {"R07": Extension(30, Unit.DAY, "复议机构负责人批准")}
    due = [
        next(p.due for p in found if p.rule.id == "R07")
        for found in (
            periods.periods_for(Procedure.RECONSIDERATION, happened, CALENDAR),
            periods.periods_for(Procedure.RECONSIDERATION, happened, CALENDAR, extensions=extended),
            periods.periods_for(Procedure.RECONSIDERATION, happened, CALENDAR, track=Track.SIMPLIFIED),
        )
    ]
    assert due == [date(2026, 5, 6), date(2026, 6, 1), date(2026, 4, 1)]


def test_notices_before_a_hearing_are_counted_back_and_never_move():
    found = first_instance((EventKind.HEARING, "2026-10-12"))
    assert found["L08"].due == date(2026, 10, 9)
    assert "倒数第 3 日为 2026-10-09" in found["L08"].counted_as
    inquiry = periods.periods_for(
        Procedure.RECONSIDERATION, [Happening(EventKind.INQUIRY, date(2024, 10, 14))], CALENDAR
    )
    notice = next(p for p in inquiry if p.rule.id == "R06")  # 12 October is a working Saturday
    assert notice.due == date(2024, 10, 8)
    assert "倒数第 5 个工作日" in notice.counted_as


def test_a_second_suggestion_of_the_court_has_a_period_of_its_own():
    found = periods.periods_for(
        Procedure.FIRST_INSTANCE,
        [
            Happening(EventKind.PROSECUTORS_SUGGESTED, date(2026, 3, 2)),
            Happening(EventKind.PROSECUTORS_ANSWERED, date(2026, 3, 20)),
            Happening(EventKind.PROSECUTORS_SUGGESTED, date(2026, 4, 2)),
        ],
        CALENDAR,
    )
    assert [(p.due, p.done_on) for p in found] == [
        (date(2026, 5, 6), date(2026, 3, 20)),
        (date(2026, 6, 2), None),
    ]


def test_short_periods_of_the_two_laws_are_working_days_行政强制法第六十九条_行政复议法第八十八条():
    assert period_rules.coercion_unit(10) is Unit.WORKING_DAY
    assert period_rules.coercion_unit(15) is Unit.DAY
    assert [period_rules.reconsideration_unit(n) for n in (3, 5, 7, 10)] == [Unit.WORKING_DAY] * 4
    assert period_rules.reconsideration_unit(15) is Unit.DAY
    demand = periods.count(periods.BY_ID["L23b"], date(2024, 9, 24), CALENDAR)
    assert demand.due == date(2024, 10, 12)


def test_every_row_of_both_tables_is_there_and_says_what_it_rests_on():
    rows = {re.sub(r"[a-z]$", "", rule.id) for rule in periods.RULES}
    assert rows == {f"L{n:02}" for n in range(1, 28)} | {f"R{n:02}" for n in range(1, 12)}
    assert len(periods.BY_ID) == len(periods.RULES)
    for rule in periods.RULES:
        assert all((rule.title, rule.article, rule.effect.endswith("。"), rule.procedures)), rule.id
        if rule.length is None:
            assert not rule.backward
    assert {r.id for r in periods.RULES if r.length is None} == {"L05", "L06", "L21", "L25b", "R10"}


def answers(*words):
    done = run("periods", "--json", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return {row["id"]: row for row in json.loads(done.stdout)}


def test_the_command_line_counts_without_a_database():
    found = answers("--procedure", "litigation", "--event", "收到起诉状副本=2021-09-16")
    assert list(found) == [r.id for r in periods.RULES if r.id.startswith("L")]
    assert found["L02"] == {
        "id": "L02",
        "name": "答辩举证",
        "due": "2021-10-08",
        "article": "行政诉讼法第六十七条",
        "counted_as": found["L02"]["counted_as"],
        "covered": True,
    }
    assert found["L12"]["due"] is None
    assert "尚无“判决送达”的日期" in found["L12"]["counted_as"]
    late = answers("--procedure", "litigation", "--event", "收到起诉状副本=2026-12-20")["L02"]
    assert (late["due"], late["covered"]) == ("2027-01-04", False)


def test_the_command_line_knows_both_procedures_and_both_spellings():
    copy = "收到复议申请书副本=2024-09-24"
    assert answers("--procedure", "reconsideration", "--event", copy)["R05"]["due"] == "2024-10-12"
    words = ("--procedure", "reconsideration", "--track", "simplified", "--event", copy)
    assert answers(*words)["R05"]["due"] == "2024-09-30"
    for spelling in ("判决送达", "判决书送达"):
        found = answers("--procedure", "litigation", "--event", f"{spelling}=2026-11-20")
        assert found["L12"]["due"] == "2026-12-07"
    listed = run("periods", "--list").stdout
    names = "立案 收到起诉状副本 开庭 判决送达 裁定送达 收到上诉状副本 收到复议申请书副本 收到复议意见书"
    for name in names.split():
        assert re.search(rf"^{name}[：（]", listed, re.MULTILINE), name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--event", "收到起诉状副本"), "名称=日期"),
        (("--event", "收到传单=2026-01-01"), "periods --list"),
        (("--event", "立案=去年"), "不是日期"),
        (("--event", "立案=0026-01-01"), "年份"),
        ((), "--procedure"),
    ],
)
def test_wrong_words_are_told_in_one_sentence(words, said):
    done = run("periods", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_offices_own_calendar_is_used_when_a_database_is_named(file):
    found = answers("--db", file, "--procedure", "litigation", "--event", "收到起诉状副本=2021-04-20")
    assert found["L02"]["due"] == "2021-05-06"
