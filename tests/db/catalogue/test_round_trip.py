"""What the program writes to a sheet it reads again: nothing on record changes, hidden numbers least of all."""

import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys
from db.base import Base
from db.catalogue.importers import IMPORTERS
from db.catalogue.lists import export_list
from db.exchange.sheet import RUNNING, Action
from db.registry.acts.public_lawyers import save_public_lawyer
from db.registry.rules.public_lawyers import CertificateDraft, PostingDraft, PublicLawyerDraft, YearDraft
from db.roster.acts.lawyers import save_lawyer
from db.roster.rules.lawyers import LawyerDraft
from db.services.acts.services import record_services
from db.services.rules.services import ServiceDraft
from db.words.public_lawyer import AnnualResult
from db.words.service import ServiceKind
from main import main
from tests.conftest import TODAY

NO_RECORDS = {"journal", "gesture", "alembic_version", "table_seal"}
ROUNDS = int(os.environ.get("ROUND_TRIPS", "3"))
"""A hundred were run once; each round enters further records and reads all lists back, masked and in full."""
NUMBERS = count(100)

names = st.text("王毛祝吴叶姜郑周陈徐方何余汪单曾仇区朴·", min_size=2, max_size=4).filter(
    lambda name: not name.startswith("·") and not name.endswith("·")
)
words = st.sampled_from(
    ["", "", "审核征地协议", "合计 3 件", "备注：见附件", "说明：待补", "１２３号文件", "第一行\n第二行", "无", "制表人：某",
     "138****2200", "2025.1", "x", "（示例）", "长期", "a，b；c"]
)  # fmt: skip
phones = st.sampled_from(
    ["", "13857002200", "05703021234", "13857006009、05703021234", "05703021234转8012", "短号668005"]
)
days = st.none() | st.dates(date(2001, 1, 1), date(2026, 11, 1))


def id_number(number: int) -> str:
    digits = f"33080219800101{number % 1000:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


@st.composite
def lawyers(draw):
    number = next(NUMBERS)
    began = draw(st.dates(date(2024, 1, 1), date(2026, 11, 1)))
    return LawyerDraft(
        name=draw(names),
        sex=draw(st.sampled_from(["", "男", "女"])),
        phone=draw(phones),
        email=draw(st.sampled_from(["", "max__xx@example.cn", "a.b@example.com"])),
        id_number=draw(st.sampled_from(["", id_number(number)])),
        firm=draw(st.sampled_from(["示例水亭律师事务所", "示例（杭州）律师事务所衢州分所"])),
        licence=f"13308201010{number:06}",
        first_licensed_on=draw(days),
        specialities=tuple(
            draw(st.lists(st.sampled_from(["土地征收", "信访/调解", "行政 协议"]), unique=True))
        ),
        term_from=began,
        term_to=began + timedelta(days=draw(st.integers(1, 1500))),
        politics=draw(st.sampled_from(["", "中共党员"])),
        education=draw(st.sampled_from(["", "本科"])),
        position=draw(st.sampled_from(["", "主任"])),
        note=draw(words),
    )


@st.composite
def public_lawyers(draw, agencies):
    number = next(NUMBERS)
    began = draw(st.dates(date(2019, 1, 1), date(2025, 1, 1)))
    ends = st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))
    certificate = CertificateDraft(from_on=began, to_on=draw(ends))
    years = draw(st.lists(st.integers(2020, 2025), unique=True, max_size=3))
    return PublicLawyerDraft(
        name=draw(names),
        sex=draw(st.sampled_from(["", "男", "女"])),
        id_number=draw(st.sampled_from(["", id_number(number)])),
        phone=draw(phones),
        qualification=draw(st.sampled_from(["", f"A2016330802{number:04}"])),
        licence=draw(st.sampled_from(["", f"13308201960{number:06}"])),
        specialities=tuple(draw(st.lists(st.sampled_from(["土地征收", "规范性文件"]), unique=True))),
        capacity=draw(st.none() | st.integers(0, 5)),
        note=draw(words),
        postings=(
            PostingDraft(agency_id=draw(st.sampled_from(agencies)), department=draw(words), from_on=began),
        ),
        certificates=draw(st.sampled_from([(), (certificate,)])),
        years=tuple(YearDraft(year, draw(st.sampled_from(AnnualResult))) for year in years),
    )


@st.composite
def services(draw, agencies):
    return ServiceDraft(
        kind=draw(st.sampled_from([ServiceKind.LEGALITY_REVIEW, ServiceKind.OPINION, ServiceKind.TRAINING])),
        on_date=draw(st.dates(date(2026, 1, 1), TODAY)),
        agency_id=draw(st.sampled_from(agencies)),
        matter=draw(words.filter(lambda word: word not in {"", "无"})),
        result=draw(words),
        hours=draw(st.none() | st.sampled_from([0.5, 2.0])),
        person=draw(st.sampled_from(["", "示例外聘律师"])),
    )


def everything(database):
    """Return all rows of all tables but the journal and the remembered mappings."""
    with database.read() as session:
        return {
            (table.name, *row)
            for table in Base.metadata.sorted_tables
            if table.name not in NO_RECORDS
            for row in (tuple(map(str, values)) for values in session.execute(select(table)))
            if not (table.name == "setting" and any("mapping:" in value for value in row))
        }


def read_back(database, what, path):
    """Read an exported list as the command line does; return the plan."""
    importer = IMPORTERS[what]
    plan = importer.examine(database, path, None, TODAY)
    if plan.ready:
        importer.carry_out(database, plan, TODAY)
    return plan


def enter(database, draw):
    """Enter some records of every kind that can be exported and imported."""
    with database.write("登记") as session:
        keys = agency_keys(session, AgencyFilter(), TODAY)
        for key in draw(st.lists(st.sampled_from(keys), max_size=4, unique=True)):
            draft = agency_draft(session, key)
            changed = replace(draft, phone=draw(phones), contact=draw(names), note=draw(words))
            save_agency(session, changed, TODAY, key)
        for draft in draw(st.lists(lawyers(), min_size=1, max_size=4)):
            save_lawyer(session, draft, TODAY)
        for draft in draw(st.lists(public_lawyers(keys), min_size=1, max_size=4)):
            save_public_lawyer(session, draft, TODAY)
        record_services(session, draw(st.lists(services(keys), min_size=1, max_size=6)), TODAY)


def test_every_list_read_back_changes_nothing_whatever_is_on_record(database, tmp_path):
    @settings(max_examples=ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def rounds(data):
        enter(database, data.draw)
        before = everything(database)
        for what in IMPORTERS:
            for masked in (True, False):
                path = tmp_path / f"{what}.xlsx"
                export_list(database, what, path, TODAY, masked=masked, overwrite=True)
                plan = read_back(database, what, path)
                assert not plan.ready, [(row.title, row.changes) for row in plan.ready]
        assert everything(database) ^ before == set()

    rounds()


def test_what_a_sheet_cannot_tell_from_the_record_changes_nothing(office, tmp_path):
    with office.write("登记") as session:
        agency = agency_keys(session, AgencyFilter(), TODAY)[0]
        posting = PostingDraft(agency_id=agency, department="１２３号\n二室", post="（示例）　科长")
        draft = PublicLawyerDraft(name="毛青", note="第１期\n备注", postings=(posting,))
        save_public_lawyer(session, draft, TODAY)
    export_list(office, "public-lawyers", tmp_path / "表.xlsx", TODAY)
    plan = IMPORTERS["public-lawyers"].examine(office, tmp_path / "表.xlsx", None, TODAY)
    assert [(row.action, row.changes) for row in plan.rows] == [(Action.SKIP, ())]


@pytest.mark.parametrize("what", IMPORTERS)
@pytest.mark.parametrize("masked", [True, False])
def test_a_list_of_the_demo_read_back_changes_nothing_and_ends_well(demo_office, tmp_path, what, masked):
    with demo_office.write("联系电话") as session:
        for at, key in enumerate(agency_keys(session, AgencyFilter(), TODAY)):
            draft = agency_draft(session, key)
            save_agency(session, replace(draft, phone=f"1395700{at:04}", contact=f"示例{at}"), TODAY, key)
    before = everything(demo_office)
    path = tmp_path / "表.xlsx"
    export_list(demo_office, what, path, TODAY, masked=masked)
    plan = IMPORTERS[what].examine(demo_office, path, None, TODAY)
    assert [row.action for row in plan.rows if row.action is not Action.SKIP] == []
    assert main(["import", what, str(path), "--db", str(demo_office.file)]) == 0
    assert everything(demo_office) ^ before == set()


def columns_of(path):
    """Return the cells of an exported list by the row's own title and the column's: [(title, Counter of texts)]."""
    sheet = load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(n for n, row in enumerate(rows) if row[0] == "序号")
    body = [row for row in rows[heads + 1 :] if isinstance(row[0], int)]
    return {
        title.replace("\n", ""): Counter(str(row[at]) for row in body if row[at] not in (None, ""))
        for at, title in enumerate(rows[heads])
        if title
    }


@pytest.mark.parametrize("what", ["roster", "agencies", "public-lawyers"])
@pytest.mark.parametrize("masked", [True, False])
def test_in_an_empty_office_every_column_of_a_list_is_there_or_named(
    demo_office, database, tmp_path, what, masked
):
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    export_list(demo_office, what, first, TODAY, masked=masked)
    plan = read_back(database, what, first)
    assert plan.counts.to_mend == 0
    export_list(database, what, second, TODAY, masked=masked)
    said = "".join(problem.sentence() for problem in plan.problems)
    before, after = columns_of(first), columns_of(second)
    for title, cells in before.items():
        if title in RUNNING or not cells:
            continue
        missing = cells - after.get(title, Counter())
        is_named = (
            f"“{title}”" in said or f"「{title}」" in said or all(c.split()[0] in said for c in missing)
        )
        assert not missing or is_named, (title, missing)
    unmasked = {title for title in before if not masked and f"“{title}”" not in said}
    assert (
        unmasked
        >= {"roster": {"姓名", "联系电话"}, "agencies": {"单位全称"}}.get(
            what, {"公职律师证号", "最近年度考核", "统筹上限"}
        )
        or masked
    )
    assert sum(after[{"agencies": "单位全称"}.get(what, "姓名")].values()) >= len(plan.rows)
