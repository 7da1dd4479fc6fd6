"""Words that stand in the place of a value say nothing; 同上 means the row above; an open quote swallows no row."""

from dataclasses import replace
from datetime import date

import pytest

from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys
from db.catalogue.importers import IMPORTERS
from db.exchange.reader_child import _split
from db.exchange.sheet import Action
from db.registry.acts.public_lawyers import save_public_lawyer
from db.registry.rules.public_lawyers import PostingDraft, PublicLawyerDraft
from db.roster.acts.lawyers import save_lawyer
from tests.conftest import LICENCE, TODAY, a_lawyer

PUBLIC = "13308202161000017"
WORDS = (
    "已脱敏",
    "（保密）",
    "不公开",
    "略",
    "见附件",
    "不详",
    "待补",
    "N/A",
    "？",
    "138????2200",
    "张○",
    "1385700....",
)


def pasted(office, what, *rows):
    importer = IMPORTERS[what]
    examined = importer.open_pasted(office, "\n".join("\t".join(row) for row in rows))
    return importer.plan_of(office, examined, examined.mapping, TODAY)


@pytest.fixture
def filled(office):
    with office.write("登记") as session:
        save_lawyer(session, a_lawyer(phone="13857002200", email="zhang@example.cn"), TODAY)
        key = agency_keys(session, AgencyFilter(text="综合执法"), TODAY)[0]
        agency = replace(
            agency_draft(session, key),
            phone="13857002200",
            contact="叶知秋",
            head="方以宁",
            address="示例路1号",
        )
        save_agency(session, agency, TODAY, key)
        posting = PostingDraft(agency_id=key, from_on=date(2021, 1, 1))
        public = PublicLawyerDraft(
            name="毛青", licence=PUBLIC, phone="13857002200", qualification="A1", postings=(posting,)
        )
        save_public_lawyer(session, public, TODAY)
    return office


@pytest.mark.parametrize("word", WORDS)
def test_a_word_in_the_place_of_a_value_changes_no_record(filled, word):
    for what, known, own, *heads in (
        ("roster", ("执业证号", LICENCE), (), "姓名", "律师事务所", "联系电话", "电子邮箱", "身份证号"),
        ("agencies", ("单位全称", "区综合执法局"), (), "联系电话", "联络员", "地址", "统一社会信用代码"),
        (
            "public-lawyers",
            ("公职律师证号", PUBLIC),
            ("区综合执法局",),
            "姓名",
            "联系电话",
            "法律职业资格证号",
        ),
    ):
        titles = (known[0], *heads, *["所在单位"][: len(own)])
        row = (known[1], *[word] * len(heads), *own)
        plan = pasted(filled, what, titles, row)
        assert plan.rows[0].changes == ()
        assert not plan.ready
        said = "".join(problem.text for problem in plan.problems)
        assert "联系电话没有改动" in said


def test_an_address_with_letters_for_a_part_keeps_the_whole(filled):
    heads = ("姓名", "律师事务所", "执业证号", "电子邮箱")
    for typed in ("zxxx@example.cn", "z***@example.cn", "z…@example.cn", "无此邮箱"):
        plan = pasted(filled, "roster", heads, ("汪晓棠", "示例双港律师事务所", LICENCE, typed))
        assert [row.action for row in plan.rows] == [Action.SKIP], typed
    plan = pasted(filled, "roster", heads, ("汪晓棠", "示例双港律师事务所", LICENCE, "wxx@example.cn"))
    assert [row.action for row in plan.rows] == [Action.UPDATE]


@pytest.mark.parametrize("name", ["区**局", "某局", "保密", "同上", "审核人", "合计"])
def test_no_agency_is_entered_under_a_word_that_is_no_name(office, name):
    plan = pasted(office, "agencies", ("单位全称", "联系人", "电话"), ("区司法局", "沈青禾", "13857002200"),
                  (name, "叶知秋", "13857002201"))  # fmt: skip
    assert [row.action for row in plan.rows] == [Action.UPDATE, Action.MEND]


def test_ditto_in_a_column_that_rows_share_is_the_row_above(filled):
    heads = ("日期", "单位", "类别", "履职人员", "事项")
    plan = pasted(filled, "services", heads, ("2026-10-12", "区综合执法局", "合同审查", "毛青", "审核甲合同"),
                  ("〃", "同上", "″", "同上", "审核乙合同"), ("2026-10-13", "同上", "同上", "保密", "同上"))  # fmt: skip
    assert [row.action for row in plan.rows] == [Action.NEW, Action.NEW, Action.MEND]
    assert replace(plan.rows[1].draft, matter="审核甲合同") == plan.rows[0].draft
    heads = ("姓名", "律师事务所", "执业证号", "联系电话")
    plan = pasted(filled, "roster", heads, ("甲一丁", "示例水亭律师事务所", LICENCE[:-1] + "7", "13857002201"),
                  ("甲二丁", "同上", LICENCE[:-1] + "8", "同上"))  # fmt: skip
    assert [(row.action, row.draft.firm) for row in plan.rows] == [
        (Action.NEW, "示例水亭律师事务所"),
        (Action.MEND, "示例水亭律师事务所"),  # a phone of his own
    ]


def test_a_number_that_was_cut_to_a_power_of_ten_waits(office):
    heads = ("姓名", "律师事务所", "执业证号", "联系电话")
    plan = pasted(office, "roster", heads, ("甲一丁", "示例水亭律师事务所", LICENCE, "1.3857E+10"))
    assert [row.action for row in plan.rows] == [Action.MEND]


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_an_open_quote_swallows_no_row(sign):
    lines = ["单位,联系人,电话", '区司法局,"沈青禾,1', '区教育局,"叶,知秋",2', "区民政局,'方以宁,3"]
    found = _split("\r\n".join(lines).replace(",", sign))
    assert [row[0] for row in found] == ["单位", "区司法局", "区教育局", "区民政局"]
    assert [row[-1] for row in found] == ["电话", "1", "2", "3"]
    assert _split('甲,乙\r\n1,"2\r\n3"\r\n') == [["甲", "乙"], ["1", "2\r\n3"]]
