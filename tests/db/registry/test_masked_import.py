"""A cell in which part of a number is hidden says nothing: the record keeps what it has, whoever sent the sheet."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook

from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys
from db.agencies.sheets.imported import AGENCIES
from db.errors import UserError
from db.exchange.sheet import Action
from db.formats import numbers
from db.registry.acts.public_lawyers import save_public_lawyer
from db.registry.queries.public_lawyers import public_lawyer_drafts
from db.registry.rules.public_lawyers import CertificateDraft, PostingDraft, PublicLawyerDraft
from db.registry.sheets.imported import PUBLIC_LAWYERS
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_drafts
from db.roster.sheets.imported import ROSTER
from tests.conftest import LICENCE, TODAY, a_lawyer

PHONE, ID_NUMBER, PUBLIC = "13857002200", "330802198001010016", "13308202161000017"
MASKS = (
    "****",
    "＊＊＊＊",
    "••••",
    "××××",
    "xxxx",
    "XXXX",
    "ｘｘｘｘ",
    "____",
    "----",
    "…",
    "●●●●",
    "*",
    "####",
)


def masked(number: str, mask: str) -> str:
    return f"{number[:3]}{mask}{number[-4:]}"


def a_sheet(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def the_lawyer(database):
    with database.read() as session:
        (draft,) = lawyer_drafts(session, _keys(session, "lawyer"), TODAY).values()
        return draft


def _keys(session, table):
    from sqlalchemy import text

    return list(session.scalars(text(f"SELECT id FROM {table}")))  # noqa: S608 - our own names


def enter(database, **changes):
    with database.write("登记") as session:
        save_lawyer(
            session, a_lawyer(phone=PHONE, id_number=ID_NUMBER, email="zhang@example.cn", **changes), TODAY
        )


def agency_called(database, text="综合执法"):
    with database.read() as session:
        (key,) = agency_keys(session, AgencyFilter(text=text), TODAY)
        return key, agency_draft(session, key)


@pytest.mark.parametrize("mask", MASKS)
def test_every_spelling_of_a_mask_is_seen_and_no_number_is_taken_for_one(mask):
    assert numbers.is_masked(masked(PHONE, mask))
    assert numbers.may_be(masked(PHONE, mask), PHONE)
    assert not numbers.may_be(masked(PHONE, mask), "13957002201")
    for whole in (
        PHONE,
        ID_NUMBER,
        LICENCE,
        "0570-3021234",
        "138-0000-2200",
        "max_xx@example.cn",
        "91330802MA2XX00011",
    ):
        assert not numbers.is_masked(whole), whole


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("source", ["sheet", "pasted"])
def test_a_masked_roster_changes_no_number(office, tmp_path, mask, source):
    enter(office)
    before = the_lawyer(office)
    rows = (
        ("姓名", "律师事务所", "执业证号", "联系电话", "身份证号", "电子邮箱"),
        (
            "汪晓棠",
            "示例双港律师事务所",
            LICENCE,
            masked(PHONE, mask),
            masked(ID_NUMBER, mask),
            "z***@example.cn",
        ),
    )
    if source == "sheet":
        plan = ROSTER.examine(office, a_sheet(tmp_path / "表.xlsx", *rows), None, TODAY)
    else:
        examined = ROSTER.open_pasted(office, "\n".join("\t".join(row) for row in rows))
        plan = ROSTER.plan_of(office, examined, examined.mapping, TODAY)
    assert [row.action for row in plan.rows] == [Action.SKIP]
    assert any("库内的联系电话没有改动" in p.text for p in plan.problems)
    with pytest.raises(UserError):
        ROSTER.carry_out(office, plan, TODAY)
    assert the_lawyer(office) == before


def test_the_rest_of_a_row_with_a_hidden_number_is_taken(database, tmp_path):
    enter(database)
    path = a_sheet(
        tmp_path / "表.xlsx",
        ("姓名", "律师事务所", "执业证号", "联系电话", "学历"),
        ("汪晓棠", "示例双港律师事务所", LICENCE, "138****2200", "法学硕士"),
    )
    plan = ROSTER.examine(database, path, None, TODAY)
    assert plan.rows[0].changes == (("学历", "", "法学硕士"),)
    ROSTER.carry_out(database, plan, TODAY)
    found = the_lawyer(database)
    assert (found.phone, found.education) == (PHONE, "法学硕士")


@pytest.mark.parametrize("firm", ["示例双港律师事务所", "示例双港律所", "示例双港 律师事务所"])
def test_a_lawyer_with_a_hidden_licence_is_found_by_name_and_firm(office, tmp_path, firm):
    enter(office)
    heads = ("姓名", "律师事务所", "执业证号", "学历")
    path = a_sheet(
        tmp_path / "表.xlsx",
        heads,
        ("汪晓棠", firm, "13308****3456", "本科"),
        ("汪晓棠", firm, "13308****3456", "专科"),
    )
    plan = ROSTER.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.UPDATE, Action.SKIP]
    assert plan.rows[0].draft.licence == LICENCE


@pytest.mark.parametrize(
    ("name", "firm", "licence"),
    [
        ("汪晓棠", "示例双港律师事务所", "13308****9999"),  # another number is hidden
        ("汪晓棠", "示例水亭律师事务所", "13308****3456"),  # another firm
        ("王*", "示例双港律师事务所", "***"),  # nobody can be told from that
    ],
)
def test_whoever_cannot_be_told_waits_and_is_no_second_lawyer(office, tmp_path, name, firm, licence):
    enter(office)
    path = a_sheet(tmp_path / "表.xlsx", ("姓名", "律师事务所", "执业证号"), (name, firm, licence))
    plan = ROSTER.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.MEND]
    assert any("请填写完整的执业证号" in p.text for p in plan.problems)


@pytest.mark.parametrize("name", ["汪*", "汪某某", "汪××"])
def test_a_hidden_name_renames_nobody(office, tmp_path, name):
    enter(office)
    path = a_sheet(
        tmp_path / "表.xlsx", ("姓名", "律师事务所", "执业证号"), (name, "示例双港律师事务所", LICENCE)
    )
    plan = ROSTER.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.SKIP]


def test_a_new_lawyer_with_a_hidden_phone_comes_in_without_it_and_it_is_said(office, tmp_path):
    path = a_sheet(
        tmp_path / "表.xlsx",
        ("姓名", "律师事务所", "执业证号", "联系电话"),
        ("汪晓棠", "示例双港律师事务所", LICENCE, "138****2200"),
    )
    plan = ROSTER.examine(office, path, None, TODAY)
    assert plan.rows[0].action is Action.NEW
    assert plan.rows[0].draft.phone == ""
    assert any("联系电话没有导入，请补登" in p.text for p in plan.problems)


@pytest.mark.parametrize("bad", ["12345", "无电话", "短号668005", "1385700220"])
def test_a_phone_that_fails_its_check_is_never_written_over_a_good_one(database, tmp_path, bad):
    enter(database)
    key, agency = agency_called(database)
    with database.write("电话") as session:
        save_agency(session, replace(agency, phone=PHONE), TODAY, key)
    path = a_sheet(
        tmp_path / "表.xlsx",
        ("姓名", "律师事务所", "执业证号", "联系电话"),
        ("汪晓棠", "示例双港律师事务所", LICENCE, bad),
    )
    plan = ROSTER.examine(database, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.SKIP]
    listed = a_sheet(tmp_path / "单位.xlsx", ("单位名称", "电话"), (agency.name, bad))
    plan = AGENCIES.examine(database, listed, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.SKIP]
    assert any(f"联系电话没有改动：“{bad}”" in p.text for p in plan.problems)


@pytest.mark.parametrize("mask", MASKS)
def test_a_masked_list_of_agencies_changes_none(office, tmp_path, mask):
    key, agency = agency_called(office)
    full = replace(
        agency, phone=PHONE, contact="叶知秋", head="方以宁", uscc="11330802002621484G", address="示例路1号"
    )
    with office.write("电话") as session:
        save_agency(session, full, TODAY, key)
    before = agency_called(office)
    path = a_sheet(
        tmp_path / "单位.xlsx",
        ("单位名称", "电话", "联系人", "负责人", "信用代码", "地址"),
        (agency.name, masked(PHONE, mask), f"叶{mask}", "方某", masked(full.uscc, mask), f"示例{mask}"),
    )
    plan = AGENCIES.examine(office, path, None, TODAY)
    assert [row.action for row in plan.rows] == [Action.SKIP]
    assert agency_called(office) == before


def enter_public(database, name, licence, agency):
    draft = PublicLawyerDraft(
        name=name,
        licence=licence,
        phone=PHONE,
        qualification="A20163308020004",
        postings=(PostingDraft(agency_id=agency, from_on=date(2021, 1, 1)),),
        certificates=(CertificateDraft(from_on=date(2021, 6, 1)),),
    )
    with database.write("登记公职律师") as session:
        return save_public_lawyer(session, draft, TODAY)


def test_a_public_lawyer_whose_number_is_hidden_is_found_by_name_and_unit(database, tmp_path):
    agency, _ = agency_called(database)
    first = enter_public(database, "毛青", PUBLIC, agency)
    second = enter_public(database, "毛青", PUBLIC[:-4] + "0099", agency)
    heads = ("姓名", "单位", "公职律师证号", "发证日期", "法律职业资格证号", "电话", "职务")
    rest = (date(2021, 6, 1), "A2016****0004", "138****2200", "科长")
    path = a_sheet(
        tmp_path / "表.xlsx",
        heads,
        ("毛青", "区综合执法局", "13308****0017", *rest),
        ("毛青", "区综合执法局", "13308****0099", *rest),
        ("毛青", "区综合执法局", "13308****0099", *rest),
        ("毛青", "区综合执法局", "13308****0055", *rest),
    )
    plan = PUBLIC_LAWYERS.examine(database, path, None, TODAY)
    assert [row.key for row in plan.rows[:2]] == [first, second]
    assert [row.action for row in plan.rows[2:]] == [Action.SKIP, Action.MEND]
    PUBLIC_LAWYERS.carry_out(database, plan, TODAY)
    with database.read() as session:
        found = public_lawyer_drafts(session, [first, second])
    assert {d.licence for d in found.values()} == {PUBLIC, PUBLIC[:-4] + "0099"}
    assert {(d.phone, d.qualification, d.postings[0].post) for d in found.values()} == {
        (PHONE, "A20163308020004", "科长")
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13857006009\n0570-3021234", "13857006009、05703021234"),
        ("13857006009 0570-3021234", "13857006009、05703021234"),
        ("13857006009/0570-3021234", "13857006009、05703021234"),
        ("13857006003、668003", "13857006003、668003"),
        ("0570-3021234-8012", "05703021234转8012"),
        ("（0570）3021234转8012", "05703021234转8012"),
        ("4008-123-123", "4008123123"),
        ("4008123-123", "4008123123"),
        ("138 5700 6009", "13857006009"),
        ("短号668005", "短号668005"),
    ],
)
def test_several_numbers_in_a_cell_are_kept_apart_and_said(office, tmp_path, typed, kept):
    path = a_sheet(
        tmp_path / "表.xlsx",
        ("姓名", "律师事务所", "执业证号", "联系电话"),
        ("汪晓棠", "示例双港律师事务所", LICENCE, typed),
    )
    plan = ROSTER.examine(office, path, None, TODAY)
    assert numbers.normalise_phone(kept) == kept
    if kept != typed:
        assert any(kept in p.text for p in plan.problems)
    ROSTER.carry_out(office, plan, TODAY)
    assert the_lawyer(office).phone == kept
