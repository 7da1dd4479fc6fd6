"""Numbers of the field, against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.formats import numbers, text
from db.formats.numbers import CaseNumber


def test_licence_says_where_when_what_and_who():
    found = numbers.parse_licence("13308201510123456")
    assert (found.province_name, found.city_name, found.year, found.category_name, found.sex) == (
        "浙江",
        "衢州",
        2015,
        "专职",
        "男",
    )
    assert numbers.parse_licence("13308202160123456").category_name == "公职"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1330820151012345", "现为 16 位"),
        ("133082015101234567", "现为 18 位"),
        ("1330820151012345a", "其他字符"),
        ("23308201510123456", "以 1 开头"),
        ("19908201510123456", "省份代码"),
        ("13308195010123456", "首次执业年份"),
    ],
)
def test_a_wrong_licence_is_told_what_was_expected_and_what_was_found(typed, expected):
    assert expected in numbers.licence_problem(typed)


@given(
    st.sampled_from(sorted(numbers.PROVINCES)),
    st.integers(0, 99),
    st.integers(1980, 2030),
    st.integers(1, 9),
    st.booleans(),
    st.integers(0, 999_999),
)
def test_licences_come_apart_as_they_were_put_together(province, city, year, category, is_woman, serial):
    text = f"1{province}{city:02}{year}{category}{int(is_woman)}{serial:06}"
    found = numbers.parse_licence(f" {text[:5]} {text[5:]} ")
    assert (found.province, found.year, found.category, found.sex, found.serial) == (
        province,
        year,
        category,
        "女" if is_woman else "男",
        f"{serial:06}",
    )


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_published_id_numbers_pass(number):
    assert numbers.id_number_problem(number) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("110105194912310021", "校验码"),
        ("11010519491331002X", "出生日期"),
        ("1101051949123100", "现为 16 位"),
    ],
)
def test_wrong_id_numbers_are_explained(number, expected):
    assert expected in numbers.id_number_problem(number)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000101623741K", "11330802002621484G"])
def test_published_credit_codes_pass(code):
    assert numbers.uscc_problem(code) is None


def test_a_real_code_with_a_wrong_check_digit_only_warns():
    assert numbers.uscc_problem("91350211M0000XUF46").severity.value == "提示"
    assert numbers.uscc_problem("9135021I").severity.value == "错误"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(2026)浙0825行初 037号", "（2026）浙0825行初37号"),
        ("（２０２６）浙０８行终５８号", "（2026）浙08行终58号"),
        ("〔2016〕浙0802行初1号之二", "（2016）浙0802行初1号之二"),
        (" （2015）台仙行初字第14号 ", "（2015）台仙行初字第14号"),
    ],
)
def test_case_numbers_are_kept_in_one_form_and_old_ones_as_typed(typed, kept):
    assert numbers.normalise_case_number(typed) == kept


@given(
    st.integers(2016, 2040),
    st.sampled_from(["浙", "浙08", "浙0825", "最高法"]),
    st.sampled_from(["行初", "行终", "行申", "行审", "行赔初", "行审复"]),
    st.integers(1, 99_999),
)
def test_case_numbers_round_trip(year, court, kind, number):
    made = CaseNumber(year, court, "", kind, number, "")
    assert numbers.parse_case_number(str(made)) == made
    assert numbers.parse_case_number(f"({year}) {court} {kind} {number:05} 号") == made


@pytest.mark.parametrize("typed", ["138 0000 2211", "+86-138-0000-2211", "１３８００００２２１１"])
def test_phones_are_kept_without_ornaments(typed):
    assert numbers.normalise_phone(typed) == "13800002211"
    assert numbers.phone_problem(typed) is None


def test_masks_hide_the_middle():
    assert numbers.mask_phone("13800002211") == "138****2211"
    assert numbers.mask_id_number("11010519491231002X") == "110105********002X"


TYPES = (
    "行初 行终 行监 行申 行抗 行再 行审 行审复 行他 行辖 行辖终 行赔初 行赔终 行赔监 行赔申 行赔抗 行赔再 行赔他 "
    "赔辖 赔辖终 行保 行保复 执 执恢 执异 执复 执监 行诉前调"
)


@pytest.mark.parametrize("kind", TYPES.split())
def test_every_type_of_case_number_is_understood_法2015年137号(kind):
    found = numbers.parse_case_number(f"(2026) 浙0802{kind} 007号")
    assert (found.kind, found.number, str(found)) == (kind, 7, f"（2026）浙0802{kind}7号")


@pytest.mark.parametrize(
    "typed", ["（2016）浙0802刑初1号", "（2026）浙082行初1号", "浙0825行初37号", "（2026）浙0825行初0号"]
)
def test_what_is_no_administrative_case_number_stays_text(typed):
    assert numbers.parse_case_number(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["（2015）台仙行初字第14号", "台仙行初字第14号", "台仙行初14号", "行初14号", "(2015)台仙行初字第014号"],
)
def test_an_old_number_is_found_by_what_people_type(typed):
    forms = {text.fold(form) for form in numbers.case_search_forms("（2015）台仙行初字第0014号")}
    assert any(text.fold(numbers.as_searched(typed)) in form for form in forms)


@pytest.mark.parametrize("typed", ["行初037", "（2026）浙0825行初0037号", "浙0825行初37号", "行初３７"])
def test_a_padded_number_finds_the_case(typed):
    forms = {text.fold(form) for form in numbers.case_search_forms("（2026）浙0825行初37号")}
    assert any(text.fold(numbers.as_searched(typed)) in form for form in forms)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("柯政复[2024]012号", "柯政复〔2024〕12号"),
        ("柯政复【2024】12号", "柯政复〔2024〕12号"),
        ("柯依法行政办〔2021〕2号", "柯依法行政办〔2021〕2号"),
        ("柯委法办发[2021]9号", "柯委法办发〔2021〕9号"),
    ],
)
def test_numbers_of_reconsiderations_and_papers_get_their_brackets(typed, kept):
    assert numbers.normalise_case_number(typed) == kept
    assert numbers.reconsideration_number_problem(typed, numbers.RECONSIDERATION_PATTERN) is None


def test_the_form_of_reconsideration_numbers_is_the_offices_setting():
    own = r"柯政复〔20\d{2}〕[1-9]\d*号"
    assert numbers.reconsideration_number_problem("柯政复(2024)12号", own) is None
    assert "将按原文保存" in numbers.reconsideration_number_problem("区政复〔2024〕12号", own)
    assert "不完整" in numbers.pattern_problem("柯政复(")
    assert numbers.reconsideration_number_problem("任何写法", "柯政复(") is None


@pytest.mark.parametrize("typed", ["0570-3010939", "0570 3010939", "3010939"])
def test_landlines_of_the_city_pass(typed):
    assert numbers.phone_problem(typed) is None
