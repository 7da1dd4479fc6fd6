"""Notices of all years in their styles, notices for one festival, and single days by hand (texts of our own, 示例)."""

import json
from datetime import date

import pytest

from db.cases.state import load_calendar
from db.errors import Invalid
from db.law.notices import DayKind, read_notice
from db.office.acts.calendar import enter_notice, set_day
from db.office.queries.calendar import holidays, notices
from main import main
from tests.conftest import TODAY

TITLE = "国务院办公厅关于{year}年部分节假日安排的通知\n"


def off(year, text):
    return [d.day.isoformat()[5:] for d in read_notice(TITLE.format(year=year) + text).off]


def work(year, text):
    return [d.day.isoformat() for d in read_notice(TITLE.format(year=year) + text).work]


@pytest.mark.parametrize(
    ("year", "text", "days"),
    [
        (2016, "四、劳动节：5月1日放假，5月2日（星期一）补休。", ["05-01", "05-02"]),
        (2017, "一、元旦：1月1日放假，1月2日（星期一）补休。", ["01-01", "01-02"]),
        (2016, "六、中秋节：9月15日放假，9月16日（星期五）、17日补休两天。", ["09-15", "09-16", "09-17"]),
        (2023, "五、端午节：6月22日放假，6月23日（星期五）调休，共2天。", ["06-22", "06-23"]),
        (2027, "一、元旦：1月1日放假，1月4日（周一）顺延补休一天。", ["01-01", "01-04"]),
        (2011, "一、元旦：1月1日至3日放假公休，共3天。", ["01-01", "01-02", "01-03"]),
        (2014, "一、元旦：1月1日放假1天。", ["01-01"]),
        (2015, "三、清明节：4月5日放假，4月6日（星期一）补休。", ["04-05", "04-06"]),
        (2012, "一、元旦：1月1日－3日放假调休，共3天。", ["01-01", "01-02", "01-03"]),
        (2018, "五、端午节：6月18日放假，与周末连休。", ["06-18"]),
        (2013, "三、清明节：4月4—6日放假调休，共3天。", ["04-04", "04-05", "04-06"]),
        (2025, "一、元旦：1月1日（周三）放假1天，不调休。", ["01-01"]),
        (2022, "一、元旦：2022年1月1日至3日放假，共3天。", ["01-01", "01-02", "01-03"]),
        (
            2009,
            (
                "一、元旦：1月1日至3日放假，共3天。其中，1月1日（星期四、新年）为法定节假日，1月3日（星期六）为公休日，"
                "1月4日（星期日）公休日调至1月2日（星期五），1月4日（星期日）上班。"
            ),
            ["01-01", "01-02", "01-03"],
        ),
        (
            2015,
            "二、春节：2月18日（除夕）至24日（正月初六）放假调休，共7天。",
            [f"02-{n}" for n in range(18, 25)],
        ),
    ],
)
def test_each_years_way_of_saying_a_day_off(year, text, days):
    assert off(year, text) == days


@pytest.mark.parametrize(
    ("year", "text", "days"),
    [
        (
            2007,
            (
                "一、元旦：1月1日—3日放假，共3天。其中1月1日为法定节假日，将2006年12月30日（星期六）、31日（星期日）两个公休日分别"
                "调至1月2日（星期二）、3日（星期三），2006年12月30日（星期六）、31日（星期日）上班。"
            ),
            ["2006-12-30", "2006-12-31"],
        ),
        (
            2008,
            (
                "一、元旦：2007年12月30日—2008年1月1日放假，共3天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，"
                "12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。"
            ),
            ["2007-12-29"],
        ),
        (
            2010,
            "二、春节：2月13日至19日放假调休，共7天。2月20日（星期六）、21日（星期日）上班。",
            ["2010-02-20", "2010-02-21"],
        ),
        (
            2027,
            "二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月13日（周六）、14日（周日）照常上班。",
            ["2027-01-31", "2027-02-13", "2027-02-14"],
        ),
        (2026, "二、春节：2月15日至23日放假调休，共9天。2月24日（星期二）起正常上班。", []),
    ],
)
def test_lists_of_make_up_days_and_what_is_none(year, text, days):
    assert work(year, text) == days
    notice = read_notice(TITLE.format(year=year) + text)
    assert all("没有找到" in problem for problem in notice.problems)


ADJUSTED = "调整2026年劳动节放假安排：5月1日至6日放假调休，共6天。5月9日（星期六）上班。"
REMEMBERED = """国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知
2015年9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。"""


def entered(database, text):
    with database.write("录入") as session:
        enter_notice(session, read_notice(text), text, TODAY)


def days_of(database, year):
    with database.read() as session:
        notice = next(n for n in notices(session) if n.year == year)
        return {row.day: row for row in holidays(session, notice.key)}


def test_a_notice_for_one_festival_changes_only_that_festival(database):
    before = days_of(database, 2026)
    entered(database, ADJUSTED)
    after = days_of(database, 2026)
    may = {
        day
        for day in before.keys() | after.keys()
        if (day.month in {4, 5} and day.day not in {4, 5, 6}) or day.month == 5
    }
    assert {d: r for d, r in after.items() if d not in may} == {
        d: r for d, r in before.items() if d not in may
    }
    assert [d for d, r in after.items() if r.name == "劳动节"] == [date(2026, 5, n) for n in range(1, 7)]
    assert after[date(2026, 5, 9)].kind == "work"
    with database.read() as session:
        assert load_calendar(session).covers(2026)
        row = next(n for n in notices(session) if n.year == 2026)
    assert "部分节假日安排的通知" in row.source, "the year's notice stays its source"
    assert ADJUSTED in row.text
    assert database.undo() == "录入"
    assert days_of(database, 2026) == before


def test_fewer_days_and_other_make_up_days_take_the_place_of_the_old(database):
    entered(database, "调整2026年国庆节放假安排：10月1日至3日放假，共3天。")
    after = days_of(database, 2026)
    assert [d.day for d, r in after.items() if r.name == "国庆节"] == [1, 2, 3]
    assert not {date(2026, 10, 10)} & after.keys(), "its make-up day is a Saturday again"
    assert date(2026, 9, 25) in after, "中秋节 stays"


def test_part_of_a_pasted_notice_wipes_out_nothing_else(database):
    before = days_of(database, 2026)
    entered(
        database,
        TITLE.format(year=2026)
        + "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
    )
    assert days_of(database, 2026) == before


def test_a_day_of_remembrance_adds_its_days(database):
    found = read_notice(REMEMBERED)
    assert ([d.day.day for d in found.off], [d.day.day for d in found.work]) == ([3, 4, 5], [6])
    assert (found.festivals, found.problems) == (("抗战胜利纪念日",), ())
    entered(database, REMEMBERED)
    with database.read() as session:
        calendar = load_calendar(session)
    assert date(2015, 9, 4) in calendar.off
    assert not calendar.covers(2015), "one festival covers no year"


def test_a_lengthened_holiday_without_its_first_day_is_said_and_not_guessed():
    found = read_notice(
        "关于延长2020年春节假期的通知\n延长2020年春节假期至2月2日（星期日），2月3日（星期一）起正常上班。"
    )
    assert found.days == ()
    assert any("没有写从哪一天起" in problem for problem in found.problems)


def test_one_day_is_set_by_hand_with_its_source(database):
    day = date(2026, 5, 6)
    before = days_of(database, 2026)
    with database.write("修改一天") as session:
        set_day(session, day, DayKind.OFF, "劳动节", "示例市政府通知", TODAY)
    after = days_of(database, 2026)
    assert (after[day].kind, after[day].name) == ("off", "劳动节")
    assert {d: r for d, r in after.items() if d != day} == before
    with database.write("修改一天") as session:
        set_day(session, day, DayKind.USUAL, "", "示例市政府通知", TODAY)
    assert days_of(database, 2026) == before
    for kind, name, source, field in (
        (DayKind.OFF, "劳动节", " ", "source"),
        (DayKind.OFF, "", "示例", "name"),
    ):
        with pytest.raises(Invalid) as refused, database.write("修改一天") as session:
            set_day(session, day, kind, name, source, TODAY)
        assert [p.field for p in refused.value.problems] == [field]


def test_one_day_of_a_year_without_a_notice_covers_no_year(database):
    with database.write("修改一天") as session:
        set_day(session, date(2028, 1, 3), DayKind.OFF, "元旦", "示例", TODAY)
    with database.read() as session:
        calendar = load_calendar(session)
    assert calendar.is_rest_day(date(2028, 1, 3))
    assert not calendar.covers(2028)


def test_the_command_says_the_days_and_what_it_could_not_read(tmp_path, capsys):
    path = tmp_path / "通知.txt"
    path.write_text(
        TITLE.format(year=2016) + "四、劳动节：5月1日放假，5月2日（星期一）补休。", encoding="utf-8"
    )
    assert main(["holidays", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(d["day"], d["kind"]) for d in said["days"]] == [("2016-05-01", "off"), ("2016-05-02", "off")]
    assert said["festivals"] == ["劳动节"]
    assert any("没有找到元旦" in problem for problem in said["problems"])
    path.write_text("下周一开会", encoding="utf-8")
    assert main(["holidays", str(path)]) == 1
    assert "没有认出是哪一年的通知" in capsys.readouterr().err


def test_a_festival_without_the_word_for_days_off_does_not_become_a_week_of_work():
    notice = read_notice("关于2028年部分节假日安排的通知\n春节：1月25日—31日，1月22日（周六）补班。")
    assert notice.work == ()
    assert any("没有采用" in said for said in notice.problems)
