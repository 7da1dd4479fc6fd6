"""Notices on days off, pasted as the State Council words them (texts of our own, 示例)."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.formats.written_dates import WEEKDAYS
from db.law.calendar import Calendar
from db.law.counting import count_days
from db.law.notices import NoticeDay, read_notice
from tests.sheets import shipped_rows

NOTICE_2025 = """
国务院办公厅关于2025年
部分节假日安排的通知
国办发明电〔2024〕12号（示例）

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
现将2025年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""

NOTICE_2026 = """国务院办公厅关于２０２６年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。
  2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共５天。５月９日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def rows_of(year):
    return [(day, kind, name) for day, kind, name, source in shipped_rows() if f"{year}年" in source]


@pytest.mark.parametrize(("text", "year"), [(NOTICE_2025, 2025), (NOTICE_2026, 2026)])
def test_a_pasted_notice_gives_exactly_the_shipped_days(text, year):
    found = read_notice(text)
    assert (found.year, found.problems) == (year, ())
    assert [(d.day, d.kind, d.name) for d in found.days] == rows_of(year)


def test_the_source_is_kept_with_its_number():
    assert (
        read_notice(NOTICE_2025).source
        == "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）"
    )
    assert read_notice(NOTICE_2026).source == "国务院办公厅关于2026年部分节假日安排的通知"


def worded(year):
    """Word a notice from the shipped days, in the manner of older notices."""
    blocks, work = defaultdict(list), []
    for day, kind, name in rows_of(year):
        (blocks[name] if kind == "off" else work).append(day)
    text = f"国务院办公厅关于{year}年部分节假日安排的通知\n"
    for place, (name, days) in enumerate(sorted(blocks.items(), key=lambda b: b[1]), start=1):
        first, last = days[0], days[-1]
        start = (
            f"{first.year}年{first.month}月{first.day}日"
            if first.year != last.year
            else f"{first:%-m月%-d日}"
        )
        end = f"{last.year}年" if first.year != last.year else ""
        end += f"{last:%-m月%-d日}" if first.month != last.month else f"{last.day}日"
        text += f"{'一二三四五六七'[place - 1]}、{name}：{start}"
        text += "放假，与周末连休。" if len(days) == 1 else f"至{end}放假调休，共{len(days)}天。"
        for d in [d for d in work if abs((d - first).days) < 16 or abs((d - last).days) < 16]:
            text += f"{d.month}月{d.day}日（星期{WEEKDAYS[d.weekday()]}）上班。".replace("星期日", "星期天")
            work.remove(d)
        text += "\n"
    assert not work
    return text


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025, 2026])
def test_all_six_years_come_back_from_their_own_words(year):
    found = read_notice(worded(year))
    assert found.problems == ()
    assert [(d.day, d.kind, d.name) for d in found.days] == rows_of(year)


def test_new_years_holiday_may_begin_in_december():
    for words in (
        "12月30日（周日）至1月1日（周二）",
        "2018年12月30日至2019年1月1日",
        "2018年12月30日至1月1日",
    ):
        found = read_notice(
            f"国务院办公厅关于2019年部分节假日安排的通知 一、元旦：{words}放假调休，共3天。2018年12月29日（星期六）上班。"
        )
        assert [d.day for d in found.days] == [date(2018, 12, 29) + timedelta(n) for n in range(4)]
        assert len(found.problems) == 1  # the other festivals are missing
        assert "没有找到春节、清明节、劳动节、端午节、中秋节、国庆节" in found.problems[0]


def test_what_is_merely_encouraged_is_no_day_off():
    text = NOTICE_2026.replace(
        "2月14日（周六）、",
        "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月16日）前一周休息。2月14日（周六）、",
    )
    assert read_notice(text) == read_notice(NOTICE_2026)


@pytest.mark.parametrize(
    ("was", "typed", "said"),
    [
        ("4月4日（周六）", "4月4日（周五）", "2026年4月4日括注为周五，按日历是周六"),
        ("放假，共3天。\n四", "放假，共4天。\n四", "清明节原文写共 4 天，按日期数是 3 天"),
        ("五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n", "", "没有找到端午节的安排"),
        ("9月20日（周日）", "9月21日（周一）", "2026年9月21日是周一，不是周末，却写作上班"),
        ("4月4日（周六）至6日（周一）", "4月6日至4日", "起止不合常理"),
        ("6月19日（周五）至21日（周日）", "6月31日", "“6月31日”不是日历上的日期"),
        ("9月20日（周日）", "9月26日（周六）", "2026年9月26日既写作放假又写作上班"),
    ],
)
def test_what_does_not_add_up_is_said_for_the_clerk_to_look_into(was, typed, said):
    assert was in NOTICE_2026
    problems = read_notice(NOTICE_2026.replace(was, typed)).problems
    assert any(said in problem for problem in problems), problems


def test_another_text_is_no_notice():
    assert "没有认出是哪一年" in read_notice("下周一上午九点开会。").problems[0]
    assert "没有认出放假日期" in read_notice("2027年工作要点").problems[0]


@example("与周末连休")
@settings(deadline=None)
@given(
    st.text(
        st.sampled_from("2027年元旦春节中秋节：、1月3月日至（周六）放假共天上班，。一与周末连休 0"),
        max_size=120,
    )
)
def test_whatever_is_pasted_is_answered_and_never_breaks(text):
    found = read_notice(f"关于2027年部分节假日安排的通知 一、元旦：{text}")
    assert found.problems
    assert len({d.day for d in found.days}) == len(found.days)


def test_with_the_notice_for_2027_pasted_a_period_into_2027_is_covered():
    text = NOTICE_2026.replace("２０２６", "2027").replace("周", "").replace("共３天", "")
    found = read_notice(text)
    assert found.year == 2027
    rows = [(day, kind, name) for day, kind, name, _ in shipped_rows()]
    rows += [(d.day, d.kind, d.name) for d in found.days]
    assert not count_days(date(2026, 12, 20), 15, Calendar.from_rows(rows[: -len(found.days)])).covered
    assert count_days(date(2026, 12, 20), 15, Calendar.from_rows(rows)).covered


def test_days_are_told_apart_by_kind():
    found = read_notice(NOTICE_2025)
    assert found.work[0] == NoticeDay(date(2025, 1, 26), "work", "调休上班")
    assert (len(found.off), len(found.work)) == (28, 5)
