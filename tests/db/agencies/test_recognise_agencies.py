"""Knowing an agency by whatever it is called; what is certain acts, what is probable asks, a neighbour is nobody."""

import csv
from datetime import date
from pathlib import Path

import pytest

from db.agencies.queries.agencies import AgencyFilter, agency_keys
from db.agencies.queries.in_time import agency_recogniser
from db.catalogue.search import keys_of, search
from db.formats.names_in_time import Bygone
from db.formats.recognise.agencies import AgencyRecogniser, KnownAgency, Match, Tier
from db.formats.text import fold
from db.models.agency import Agency
from tests.conftest import TODAY

ROOT = Path(__file__).parents[3]


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


DISTRICT = [
    KnownAgency(at, row["name"], row["short_name"])
    for at, row in enumerate(rows(ROOT / "resources" / "data" / "agencies.csv"), 1)
]
NAMES = {agency.key: agency.name for agency in DISTRICT}
CALLED = rows(ROOT / "tests" / "data" / "agencies_called.csv")
RECOGNISER = AgencyRecogniser(DISTRICT)


def agencies(*names, start=1):
    return AgencyRecogniser(KnownAgency(at, name) for at, name in enumerate(names, start))


def test_the_table_has_all_agencies_under_three_words_at_least():
    assert {row["name"] for row in CALLED} == set(NAMES.values())
    sure = [row["name"] for row in CALLED if row["right"] == "certain"]
    assert min(sure.count(name) for name in NAMES.values()) >= 3


@pytest.mark.parametrize("row", CALLED, ids=[row["called"] for row in CALLED])
def test_an_agency_is_known_by_its_full_short_and_colloquial_names(row):
    for called in (row["called"], f" {row['called']}（示例）", f"{row['called'][:2]} {row['called'][2:]}"):
        match = RECOGNISER.of(called)
        assert [NAMES[key] for key in match.keys] == [row["name"]]
        assert (match.certain is not None) == (row["right"] == "certain")
    for full in (row["name"], "浙江省" + row["name"]):
        assert NAMES[RECOGNISER.of(full).certain] == row["name"]


@pytest.mark.parametrize(
    "called",
    [
        *[
            "市公安局",
            "衢州市公安局",
            "市教育局",
            "衢州市教育局",
            "市人社局",
            "市住建局",
            "市市场监管局",
            "市综合执法局",
            "市生态环境局",
        ],
        *[
            "市资规局",
            "市政府",
            "衢州市人民政府",
            "市府办",
            "市税务局",
            "衢州市税务局",
            "国家税务总局衢州市税务局",
            "市卫健委",
        ],
        *[
            "市消防救援支队",
            "市农业农村局",
            "市国土局",
            "市环保局",
            "市信访局",
            "市司法局",
            "省公安厅",
            "浙江省教育厅",
            "市统计局",
        ],
        *[
            "衢江区教育局",
            "衢江区政府",
            "衢江公安分局",
            "市公安局衢江分局",
            "衢州市公安局衢江分局",
            "市资规局衢江分局",
        ],
        *[
            "龙游县教育局",
            "江山市教育局",
            "常山县人民政府",
            "开化县住建局",
            "衢江区住建局",
            "衢州市衢江区综合行政执法局",
        ],
        *[
            "浮石街道",
            "樟潭街道办",
            "衢江区白云街道办事处",
            "双港口街道",
            "上方镇政府",
            "衢江区万田乡人民政府",
            "石梁村",
        ],
        *[
            "柯城公安分局花园派出所",
            "区综合执法局花园中队",
            "区市监局花园所",
            "柯城区人民法院",
            "柯城区检察院",
            "区监委",
        ],
        *[
            "启禾商贸有限公司",
            "周建国",
            "局",
            "街道",
            "分局",
            "人民政府",
            "街道办事处",
            "区",
            "柯城",
            "柯城区",
            "教育",
            "花园",
            "石梁",
        ],
        "",
        "　",
    ],
)
def test_a_neighbour_a_part_or_anybody_else_is_nobody(called):
    assert RECOGNISER.of(called) == Match()


def test_other_districts_know_their_own_agencies_by_the_same_rules():
    county = agencies(
        "江北市云山县人民政府",
        "云山县住房和城乡建设局",
        "云山县自然资源局",
        "云山县人民政府清溪街道办事处",
        "云山县白石畲族乡人民政府",
        "江北市公安局云山分局",
        "中共云山县纪律检查委员会",
        "云山县残疾人联合会",
        "云山经济开发区管理委员会",
        "云山县城市管理局",
    )
    said = {
        "县政府": 1, "县住建局": 2, "云山县资源局": 3, "清溪街道办": 4, "白石畲族乡政府": 5, "云山县公安分局": 6,
        "县公安分局": 6, "县纪委": 7, "县残联": 8, "云山经济开发区管委会": 9, "县城管局": 10, "云山城管局": 10,
    }  # fmt: skip
    assert {word: county.of(word).certain for word in said} == said
    assert county.of("区住建局") == county.of("江北市住建局") == county.of("市城管局") == Match()


def test_a_county_level_city_calls_its_own_bureaus_those_of_the_city():
    city = agencies("海东市教育局", "海东市城市管理局", "海东市市场监督管理局", "海东市人民政府")
    said = {"市教育局": 1, "市城管局": 2, "市市场监管局": 3, "市政府": 4, "海东教育局": 1}
    assert {word: city.of(word).certain for word in said} == said


def test_what_may_be_two_agencies_asks_which():
    two = agencies("示例市甲区教育局", "示例市乙区教育局", "示例市甲区人民政府白云街道办事处")
    assert two.of("教育局").keys == two.of("区教育局").keys == (1, 2)
    assert two.of("区教育局").certain is two.of("区教育局").key is None
    assert [two.of(word).certain for word in ("甲区教育局", "乙区教育局", "白云街道办")] == [1, 2, 3]


def test_names_without_a_place_belong_to_the_place_of_the_others():
    office = agencies("海东市滨河区教育局", "海东市滨河区民政局", "水利局", "大桥镇人民政府", "区科学技术局")
    said = {"区水利局": 3, "滨河区水利局": 3, "水利局": 3, "大桥镇政府": 4, "滨河区科技局": 5}
    assert {word: office.of(word).certain for word in said} == said


def test_a_name_means_who_bore_it_on_the_day():
    renamed = KnownAgency(
        1,
        "衢州市柯城区综合行政执法局",
        "区综合执法局",
        (Bygone("衢州市柯城区城市管理局", "区城管局", date(2018, 12, 31)),),
    )
    later = KnownAgency(2, "衢州市柯城区城市管理局", "区城管局", founded_on=date(2022, 1, 1))
    both = AgencyRecogniser([renamed, later])
    for word in ("区城管局", "衢州市柯城区城市管理局"):
        assert [both.of(word, day).certain for day in (date(2018, 12, 31), date(2023, 1, 1), None)] == [
            1,
            2,
            2,
        ]
    assert both.of("柯城城管局", date(2018, 5, 1)).certain == 1  # made by rule of the name of then
    alone = AgencyRecogniser([renamed])
    assert alone.of("区城管局").certain == 1  # people go on saying it


def test_an_agency_that_ended_gives_way_to_one_that_is_called_the_same():
    gone = KnownAgency(1, "海东市滨河区教育局", "区教育局", ended_on=date(2019, 3, 1))
    new = KnownAgency(2, "海东市滨河区教育和体育局", "区教体局", founded_on=date(2019, 3, 1))
    both = AgencyRecogniser([gone, new])
    assert both.of("区教育局").certain == 1  # its own name, whatever came after
    assert (both.of("区教体局").certain, both.of("滨河教体局", date(2018, 1, 1)).certain) == (2, 2)


TEXT = (
    "原告祝金花诉区综合行政执法局、衢州市公安局柯城分局和花园街道办一案，抄送衢江区教育局、市教育局、区教育局；"
    "住衢州市柯城区花园街道某小区；柯城公安分局花园派出所；石梁镇强制拆除；石梁镇某村。"
)


def test_agencies_are_found_in_running_text_whole_or_not_at_all():
    found = [(TEXT[m.start : m.end], NAMES[m.match.key]) for m in RECOGNISER.mentions(TEXT)]
    assert found == [
        ("区综合行政执法局", "衢州市柯城区综合行政执法局"),
        ("衢州市公安局柯城分局", "衢州市公安局柯城分局"),
        ("花园街道办", "衢州市柯城区人民政府花园街道办事处"),
        ("区教育局", "衢州市柯城区教育局"),
        ("石梁镇", "衢州市柯城区石梁镇人民政府"),
    ]


def test_the_record_of_an_office_is_read_with_its_former_names(database):
    with database.read() as session:
        office = agency_recogniser(session)
    assert office.agencies[office.of("区人社局", TODAY).certain].name == "衢州市柯城区人力资源和社会保障局"
    assert office.of("市教育局").tier is None
    assert office.of("教育局").tier is Tier.OPEN
    assert "柯城区教育局" in office.words(office.of("区教育局").certain)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("区人社局", "衢州市柯城区人力资源和社会保障局"),
        ("资规分局", "衢州市自然资源和规划局柯城分局"),
        ("柯城公安分局", "衢州市公安局柯城分局"),
        ("柯城区市场监管局", "衢州市柯城区市场监督管理局"),
    ],
)
def test_search_lists_and_pickers_know_an_agency_by_what_it_is_called(database, typed, name):
    with database.read() as session:
        hits = [hit for hit in search(session, typed) if hit.table == "agency"]
        listed = agency_keys(session, AgencyFilter(text=typed), TODAY)
        keys = keys_of(session, "agency")
        assert session.get_one(Agency, hits[0].key).name == name
    assert listed == [hits[0].key]
    assert fold(typed) in keys[listed[0]]
    with database.read() as session:
        assert agency_keys(session, AgencyFilter(text="市教育局"), TODAY) == []
