"""Agencies' names in pasted notices come out whole: under all they are called, in all sentences, however wrapped."""

import csv
from datetime import date
from pathlib import Path

import pytest

from db.formats.recognise.agencies import AgencyRecogniser, KnownAgency
from db.intake.rules import read_text

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 30)
WIDTHS = (20, 26, 38)


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


AGENCIES = [row["name"] for row in rows(ROOT / "resources" / "data" / "agencies.csv")]
KNOWN = AgencyRecogniser(
    KnownAgency(at, row["name"], row["short_name"])
    for at, row in enumerate(rows(ROOT / "resources" / "data" / "agencies.csv"))
)
CALLED = {}
for row in rows(ROOT / "tests" / "data" / "agencies_called.csv"):
    CALLED.setdefault(row["name"], [row["name"]]).append(row["called"])

PATTERNS = {
    "应诉通知书": """浙江省龙游县人民法院
应诉通知书
（2026）浙0825行初37号
{name}：
本院受理原告周建新诉你单位行政处罚一案，现随文发送起诉状副本一份，请在收到之日起十五日内提出答辩状。
二〇二六年十一月十日""",
    "一案": "本院已于2026年11月20日立案受理原告周建新、方建华诉被告{name}不履行法定职责一案，案号（2026）浙0825行初37号。",
    "起诉状": """行政起诉状
原告：周建新，男，汉族，1958年3月12日出生，住示例市示例路1号。
被告：{name}，住所地示例市示例路2号。
诉讼请求：确认被告2026年9月8日拆除原告房屋的行为违法。""",
    "复议维持": "原告周建新不服被告{name}作出的行政处罚决定及被告示例市示例区人民政府作出的行政复议决定，向本院提起行政诉讼。",
    "传票": """浙江省龙游县人民法院
传　　票
案    号\t（2026）浙0825行初101号
案    由\t行政处罚
被传唤人\t{name}
应到时间\t2026年12月22日9时0分""",
    "消息": "周建新诉{name}强制拆除 案号(2026)浙0825行初37号 11月12日收到 12月16日9:30开庭",
}


def wrapped(text, width):
    """Break lines as a page does; a form's rows stay."""
    lines = []
    for line in text.split("\n"):
        whole = "\t" in line
        lines += [line] if whole else [line[at : at + width] for at in range(0, len(line), width)] or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("width", [*WIDTHS, 500])
def test_names_of_agencies_come_out_whole(pattern, width):
    wrong = []
    for name in (called for names in CALLED.values() for called in names):
        read = read_text(wrapped(PATTERNS[pattern].format(name=name), width), TODAY, KNOWN)
        if read.values("defendant")[:1] != (name,):
            wrong.append((name, read.values("defendant")))
        if pattern != "传票" and "周建新" not in read.values("plaintiff"):
            wrong.append((name, read.values("plaintiff")))
    assert wrong == []


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("width", [*WIDTHS, 500])
def test_full_names_come_out_whole_also_where_no_agency_is_on_record(pattern, width):
    wrong = []
    for name in AGENCIES:
        read = read_text(wrapped(PATTERNS[pattern].format(name=name), width), TODAY)
        if read.values("defendant")[:1] != (name,):
            wrong.append((name, read.values("defendant")))
    assert wrong == []


NEIGHBOURS = [
    "衢州市公安局",
    "衢州市教育局",
    "衢州市住房和城乡建设局",
    "衢州市人力资源和社会保障局",
    "衢州市人民政府",
    "衢州市衢江区教育局",
    "衢州市衢江区住房和城乡建设局",
    "衢州市公安局衢江分局",
    "衢州市自然资源和规划局衢江分局",
    "龙游县人力资源和社会保障局",
    "市公安局",
    "市教育局",
    "江山市文化和广电旅游体育局",
    "衢州市衢江区人民政府浮石街道办事处",
    "衢江区万田乡人民政府",
    "衢州市综合行政执法局",
    "市住建局",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbours_come_out_whole_and_are_nobody_on_record(pattern, name):
    for width in (*WIDTHS, 500):
        read = read_text(wrapped(PATTERNS[pattern].format(name=name), width), TODAY, KNOWN)
        assert read.values("defendant")[0] == name
        assert KNOWN.of(name).keys == ()


@pytest.mark.parametrize(
    ("text", "plaintiffs"),
    [
        ("本院受理徐文和诉你单位治安行政处罚一案", ["徐文和"]),
        ("本院受理何建及不服衢州市柯城区水利局处罚一案", ["何建及"]),
        ("原告徐文、叶和诉衢州市柯城区水利局一案", ["徐文", "叶和"]),
        ("原告徐文和叶青诉衢州市柯城区水利局一案", ["徐文", "叶青"]),
        (
            "上诉人（原审原告）：衢州示例和美置业有限公司\n被上诉人：衢州市柯城区水利局",
            ["衢州示例和美置业有限公司"],
        ),
        ("原告徐文和衢州示例置业有限公司诉衢州市柯城区水利局一案", ["徐文", "衢州示例置业有限公司"]),
    ],
)
def test_a_name_may_hold_or_end_in_the_word_that_divides_lists(text, plaintiffs):
    read = read_text(f"（2026）浙0825行初12号\n{text}", TODAY, KNOWN)

    assert list(read.values("plaintiff")) == plaintiffs
