"""One reading of days and times for every sheet, form and pasted text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.exchange import values
from db.formats.written_dates import is_open_end, read_day, read_month_day, read_range
from db.services.sheets.lines import day_of

DAYS = st.dates(date(1949, 10, 1), date(2089, 12, 31))
ORDINARY, FORMAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def in_words(number: int, signs: str = ORDINARY, ten: str = "十") -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return signs[ones]
    return (signs[tens] if tens > 1 else "") + ten + (signs[ones] if ones else "")


def spellings(day: date) -> list[str]:
    year = "".join(ORDINARY[int(c)] for c in str(day.year))
    written = f"{year}年{in_words(day.month)}月{in_words(day.day)}日"
    formal = "".join(FORMAL[int(c)] for c in str(day.year))
    return [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day} 0:00:00",
        f"{day.year}年{day.month}月{day.day}号（星期{'一二三四五六日'[day.weekday()]}）",
        f"{day:%Y%m%d}",
        f" {day.year} 年 {day.month:02} 月 {day.day:02} 日 ",
        f"自{day.year}年{day.month}月{day.day}日起",
        f"民国{day.year - 1911}年{day.month}月{day.day}日",
        written,
        written.replace("〇", "○"),
        written.replace("〇", "O"),
        written.replace("〇", "0"),
        f"{formal}年{in_words(day.month, FORMAL, '拾')}月{in_words(day.day, FORMAL, '拾')}日",
    ]


@given(DAYS)
def test_a_day_is_read_however_it_is_written(day):
    for text in spellings(day):
        assert read_day(text) == day, text
        assert read_day(text, whole=True) == day, text


@given(
    DAYS, st.integers(1, 4000), st.sampled_from(["至", "到", "-", "—", "——", "－", "~", "～", " 至 ", "起至"])
)
def test_both_ends_are_read_however_they_are_joined(first, length, sign):
    last = first + timedelta(days=length)
    for left, right in zip(spellings(first), spellings(last), strict=True):
        if sign == "起至" and left.endswith("起"):
            continue
        text = f"{left}{sign}{right.removeprefix('自').removesuffix('起')}"
        assert read_range(text) == (first, last), text


@pytest.mark.parametrize(
    "text",
    ["2010", "10.7", "25.3.1", "3/1/2025", "30/07/2025", "2025/13/05", "2028-02-30", "2025.31", "二〇二五年",
     "2028年2月29日前", "三年", "三月初", "2025年二十三月一日"],
)  # fmt: skip
def test_what_may_mean_several_days_or_none_is_not_guessed(text):
    with pytest.raises(ValueError, match=r".+"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年3月", date(2025, 3, 1), date(2025, 3, 31)),
        ("2028年2月底", date(2028, 2, 29), date(2028, 2, 29)),
        ("2010.7.", date(2010, 7, 1), date(2010, 7, 31)),
        ("二〇二五年十月", date(2025, 10, 1), date(2025, 10, 31)),
    ],
)
def test_a_month_alone_is_its_first_or_last_day_but_no_day_in_a_form(text, first, last):
    assert (read_day(text), read_day(text, end=True)) == (first, last)
    with pytest.raises(ValueError, match=r".+"):
        read_day(text, whole=True)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2025.3-2028.2", (date(2025, 3, 1), date(2028, 2, 29))),
        ("2025-06-2027-05", (date(2025, 6, 1), date(2027, 5, 31))),
        ("2026.4.1-4.3", (date(2026, 4, 1), date(2026, 4, 3))),
        ("2025.3.1至今", (date(2025, 3, 1), None)),
        ("2025年3月1日起", (date(2025, 3, 1), None)),
        ("", (None, None)),
    ],
)
def test_ends_may_be_months_short_or_open(text, term):
    assert read_range(text) == term


@pytest.mark.parametrize(
    "text", ["三年", "2025-2028年", "2025年3月1日-2028年2月30日", "2026.12.1-2.3", "2025-03-01"]
)
def test_a_time_that_is_not_understood_is_not_guessed(text):
    with pytest.raises(ValueError, match=r".+"):
        read_range(text)


def test_open_ends_and_days_without_a_year():
    assert all(map(is_open_end, ("长期", " 至今", "无固定期限")))
    assert not is_open_end("2028.2.29")
    assert (read_month_day("12.22"), read_month_day("三月十二日"), read_month_day("13.1")) == (
        (12, 22),
        (3, 12),
        None,
    )
    assert day_of("三月十二日", date(2026, 11, 24)) == date(2026, 3, 12)


@pytest.mark.parametrize("typed", [2025.1, 1999.1])
def test_a_month_that_excel_cut_is_in_doubt_and_all_others_are_not(typed):
    with pytest.raises(values.LostZero):
        values.date_of(typed)
    assert values.date_of(2025.3) == date(2025, 3, 1)
    assert values.date_of(2025.12) == date(2025, 12, 1)
    assert values.date_of("2025.1") == date(2025, 1, 1)
