"""Who is meant by a name: firms, courts, persons and organisations, as papers and messages write them."""

from datetime import date

import pytest

from db.formats.recognise.courts import area_of, compare_benches
from db.formats.recognise.firms import FirmNames, compare_firms, firm_key, joined_names, same_office
from db.formats.recognise.match import Match
from db.formats.recognise.organisations import compare_organisations
from db.formats.recognise.people import FirmSpell, Known, Named, compare_people
from db.formats.recognise.places import within

NO, LIKELY, CERTAIN = Match.NO, Match.LIKELY, Match.CERTAIN
FIRM = "浙江双港律师事务所"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (FIRM, CERTAIN),
        ("双港律师事务所", CERTAIN),
        ("浙江双港律所", CERTAIN),
        ("双港所", CERTAIN),
        ("浙江省双港律师事务所", CERTAIN),
        ("浙江　双港 律师事务所", CERTAIN),
        ("浙江双港（杭州）律师事务所", CERTAIN),
        ("浙江双港(杭州)律师事务所", CERTAIN),
        ("浙江双港律师（杭州）事务所", CERTAIN),
        ("浙江双港律师事务所杭州分所", CERTAIN),
        ("双港律所杭州分所", CERTAIN),
        ("浙江双港律师事务所（普通合伙）", CERTAIN),
        ("衢州双港律师事务所", LIKELY),
        ("北京双港律师事务所", NO),
        ("浙江双江律师事务所", NO),
        ("浙江新双港律师事务所", NO),
        ("双律师事务所", NO),
        ("律师事务所", NO),
        ("", NO),
    ],
)
def test_a_firm_is_known_however_it_is_written_司法部令第120号(written, expected):
    assert compare_firms(written, FIRM) is expected
    assert compare_firms(FIRM, written) is expected


def test_a_branch_is_the_firm_but_an_entry_of_its_own():
    branch = "北京示例大有（衢州）律师事务所"
    assert compare_firms(branch, "北京示例大有律师事务所") is CERTAIN
    assert not same_office(branch, "北京示例大有律师事务所")
    assert same_office(branch, "北京市示例大有(衢州)律所")
    assert same_office(branch, "示例大有律师事务所衢州分所")
    assert firm_key(branch) == "示例大有"


def test_a_firm_on_record_is_found_by_short_and_former_names_and_never_taken_for_a_neighbour():
    firms = FirmNames(
        [
            (1, FIRM, "双港所", "浙江信安江律师事务所、柯城区第二律师事务所"),
            (2, "浙江双港（杭州）律师事务所", "", ""),
            (3, "上海示例同和律师事务所", "", ""),
            (4, "浙江示例同和律师事务所", "", ""),
        ]
    )
    assert firms.find("浙江双港律所") == 1
    assert firms.find("信安江律所") == 1
    assert firms.find("柯城区第二律师事务所") == 1
    assert firms.find("双港律所杭州分所") == 2
    assert firms.find("双港律所宁波分所") is None
    assert firms.present("双港律所宁波分所") == FIRM
    assert firms.present("信安江律师事务所") == FIRM
    assert firms.find("示例同和律所") is None  # two of that name: nobody can say which
    assert firms.find("上海示例同和律所") == 3
    assert firms.present("从未见过的律师事务所") == "从未见过的律师事务所"
    both = FirmNames([(1, FIRM, "", ""), (2, "浙江示例新港律师事务所", "", FIRM)])
    assert both.find("双港律所") == 1  # an entry of its own while lawyers stand in it
    assert both.present("双港律所") == "浙江示例新港律师事务所"
    assert joined_names(" 甲律师事务所；乙律师事务所，甲律师事务所 ") == "甲律师事务所、乙律师事务所"


@pytest.mark.parametrize(
    ("written", "court", "expected"),
    [
        ("龙游县法院", "龙游县人民法院", CERTAIN),
        ("浙江省龙游县人民法院", "龙游县人民法院", CERTAIN),
        ("衢州市龙游县人民法院", "龙游县人民法院", CERTAIN),
        ("龙游法院", "龙游县人民法院", CERTAIN),
        ("龙游县人民法院行政审判庭", "龙游县人民法院", CERTAIN),
        ("龙游县人民法院（行政庭）", "龙游县人民法院", CERTAIN),
        ("龙游县人民法院柯城巡回法庭", "龙游县人民法院", CERTAIN),
        ("龙游县人民法院柯城巡回法庭", "衢州市柯城区人民法院", NO),
        ("柯城区法院", "衢州市柯城区人民法院", CERTAIN),
        ("衢州柯城法院", "衢州市柯城区人民法院", CERTAIN),
        ("衢江区法院", "衢州市柯城区人民法院", NO),
        ("衢州中院", "衢州市中级人民法院", CERTAIN),
        ("衢州市中级法院行政庭", "衢州市中级人民法院", CERTAIN),
        ("市中级法院", "衢州市中级人民法院", LIKELY),
        ("杭州中院", "衢州市中级人民法院", NO),
        ("衢州市中级人民法院", "衢州市柯城区人民法院", NO),
        ("浙江高院", "浙江省高级人民法院", CERTAIN),
        ("省高级人民法院", "浙江省高级人民法院", LIKELY),
        ("江苏省高级人民法院", "浙江省高级人民法院", NO),
        ("最高法", "最高人民法院第三巡回法庭", CERTAIN),
        ("江山市法院", "江山市人民法院", CERTAIN),
        ("江山区法院", "江山市人民法院", NO),
        ("杭州市西湖区法院", "南昌市西湖区人民法院", NO),
        ("杭州铁路运输法院", "上海铁路运输法院", NO),
        ("杭州铁路运输法院行政庭", "杭州铁路运输法院", CERTAIN),
        ("柯城区人民检察院", "衢州市柯城区人民法院", NO),
        ("柯城检察院", "衢州市柯城区人民检察院", CERTAIN),
        ("衢州市柯城区检察院第五检察部", "柯城区人民检察院", CERTAIN),
        ("衢州市人民检察院", "衢州市柯城区人民检察院", NO),
        ("市检察院", "衢州市柯城区人民检察院", NO),
        ("区检察院", "衢州市柯城区人民检察院", LIKELY),
        ("人民法院", "龙游县人民法院", NO),
        ("龙游县司法局", "龙游县人民法院", NO),
    ],
)
def test_a_court_is_known_by_its_place_and_level(written, court, expected):
    assert compare_benches(written, court) is expected
    assert compare_benches(court, written) is expected


def test_where_a_court_sits():
    assert area_of("浙江省龙游县人民法院") == "衢州龙游县"
    assert within("衢州市柯城区", "衢州市") is CERTAIN
    assert within("龙游", area_of("龙游县人民法院")) is CERTAIN
    assert within("衢州市", "柯城区") is LIKELY
    assert within("江山市", "龙游县") is NO


WANG = Known.of(
    "汪晓棠",
    "13308201510123456",
    FIRM,
    [FirmSpell("浙江江畔律师事务所", date(2015, 1, 1), date(2024, 6, 30))],
)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (Named("汪晓棠", licence="13308201510123456"), CERTAIN),
        (Named("汪小棠", licence="１３３０８２０１５１０１２３４５６"), CERTAIN),  # the number decides
        (Named("汪晓棠", "双港律所"), CERTAIN),
        (Named("汪　晓棠律师", "浙江双港(杭州)律师事务所"), CERTAIN),
        (Named("汪晓棠", "江畔律所", on=date(2024, 3, 1)), CERTAIN),
        (Named("汪晓棠", "江畔律所"), CERTAIN),
        (Named("汪晓棠", "江畔律所", on=date(2025, 3, 1)), LIKELY),  # he had left by then
        (Named("汪晓棠"), LIKELY),
        (Named("汪晓棠", "衢州双港律师事务所"), LIKELY),
        (Named("汪晓棠", "双港律所", "13308201510129999"), LIKELY),  # a slip of the number, or a namesake
        (Named("汪晓棠", "双港律所", "1330820151012"), CERTAIN),  # no number that says anything
        (Named("汪晓棠", "江北律所"), NO),
        (Named("汪晓棠", "江北律所", "13308201510129999"), NO),
        (Named("汪小棠", "双港律所"), NO),
        (Named("", "双港律所"), NO),
    ],
)
def test_a_person_is_known_by_licence_else_by_name_and_the_firms_of_his_time(named, expected):
    assert compare_people(named, WANG) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("示例启禾（衢州）商贸有限公司", "示例启禾(衢州)商贸 有限公司", CERTAIN),
        ("示例启禾商贸有限责任公司", "示例启禾商贸有限公司", CERTAIN),
        ("示例启禾商贸有限公司衢州分公司", "示例启禾商贸有限公司", CERTAIN),
        ("示例启禾商贸", "示例启禾商贸有限公司", LIKELY),
        ("示例启禾商贸公司", "示例启禾商贸有限公司", LIKELY),
        ("示例启禾商贸股份有限公司", "示例启禾商贸有限公司", NO),
        ("示例启禾贸易有限公司", "示例启禾商贸有限公司", NO),
        ("", "", NO),
    ],
)
def test_an_organisation_is_known_by_its_full_name(one, other, expected):
    assert compare_organisations(one, other) is expected
    assert compare_organisations(other, one) is expected
