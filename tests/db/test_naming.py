"""Agencies and courts as papers and messages call them."""

import csv
from datetime import date
from pathlib import Path

import pytest

from db.acts.intake import register
from db.queries.case_detail import case_detail
from db.rules.cases import CaseDraft, PartyDraft
from db.rules.naming import recognise
from db.rules.period_rules import Track
from db.rules.vocabulary import PartyKind, Procedure, Side
from tests.conftest import TODAY

DATA = Path(__file__).parents[2] / "resources" / "data"


def names(file):
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return [(at, r["name"], r["short_name"]) for at, r in enumerate(csv.DictReader(rows), 1)]


AGENCIES, COURTS = names("agencies.csv"), names("courts.csv")


@pytest.mark.parametrize(
    ("called", "name", "is_certain"),
    [
        ("衢州市柯城区综合行政执法局", "衢州市柯城区综合行政执法局", True),
        ("区医保局", "衢州市柯城区医疗保障局", True),
        ("柯城区医保局（示例）", "衢州市柯城区医疗保障局", False),
        ("柯城公安分局", "衢州市公安局柯城分局", False),
        ("航埠镇政府", "衢州市柯城区航埠镇人民政府", False),
        ("花园街道办事处", "衢州市柯城区人民政府花园街道办事处", False),
        ("柯城区人民政府", "衢州市柯城区人民政府", False),
    ],
)
def test_an_agency_is_known_by_what_people_call_it(called, name, is_certain):
    key, certain = recognise(called, AGENCIES)
    assert (AGENCIES[key - 1][1], certain) == (name, is_certain)


@pytest.mark.parametrize("called", ["浙江省龙游县人民法院", "龙游法院", "龙游县法院"])
def test_a_court_is_known_by_what_people_call_it(called):
    key, _ = recognise(called, COURTS)
    assert COURTS[key - 1][1] == "龙游县人民法院"


@pytest.mark.parametrize("called", ["", "局", "龙游县教育局", "衢江区教育局", "启禾商贸有限公司", "分局"])
def test_nobody_is_made_up(called):
    assert recognise(called, AGENCIES) is None


@pytest.mark.parametrize(
    ("procedure", "track", "rule"),
    [
        (Procedure.FIRST_INSTANCE, Track.ORDINARY, "L02"),
        (Procedure.FIRST_INSTANCE, Track.SIMPLIFIED, "L05"),
        (Procedure.SECOND_INSTANCE, Track.ORDINARY, "L14"),
        (Procedure.RECONSIDERATION, Track.ORDINARY, "R05"),
    ],
)
def test_the_day_named_by_the_paper_overrides_the_counted_one_in_the_same_act(
    database, procedure, track, rule
):
    draft = CaseDraft(
        procedure=procedure,
        track=track,
        received_on=date(2026, 11, 12),
        parties=(
            PartyDraft(Side.PLAINTIFF, "示例甲"),
            PartyDraft(Side.DEFENDANT, "示例乙局", PartyKind.AGENCY),
        ),
    )
    with database.write("登记") as session:
        key = register(session, draft, date(2026, 12, 4), "应于2026年12月4日前", TODAY)
    with database.read() as session:
        detail = case_detail(session, key, TODAY)
    period = next(p for p in detail.periods if p.rule.id == rule)
    assert (period.due, bool(period.fixed)) == (date(2026, 12, 4), True)
    assert database.undo() == "登记"
    with database.read() as session:
        assert case_detail(session, key, TODAY) is None
