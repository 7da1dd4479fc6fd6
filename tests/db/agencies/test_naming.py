"""Courts as papers and messages call them; a last day that a paper names."""

import csv
from datetime import date
from pathlib import Path

import pytest

from db.cases.queries.detail import case_detail
from db.cases.rules.cases import CaseDraft, PartyDraft
from db.formats.recognise.courts import court_called
from db.intake.acts.registering import register
from db.words.case import PartyKind, Procedure, Side, Track
from tests.conftest import TODAY

DATA = Path(__file__).parents[3] / "resources" / "data"


def names(file):
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return [(at, r["name"], r["short_name"]) for at, r in enumerate(csv.DictReader(rows), 1)]


COURTS = names("courts.csv")


@pytest.mark.parametrize(
    "called", ["浙江省龙游县人民法院", "龙游法院", "龙游县法院", "龙游县人民法院行政审判庭"]
)
def test_a_court_is_known_by_what_people_call_it(called):
    key, _ = court_called(called, COURTS)
    assert COURTS[key - 1][1] == "龙游县人民法院"


@pytest.mark.parametrize("called", ["市中院", "衢州中院", "浙江省衢州市中级人民法院"])
def test_the_court_above_is_known_by_its_short_names(called):
    assert COURTS[court_called(called, COURTS)[0] - 1][1] == "衢州市中级人民法院"


@pytest.mark.parametrize(
    "called", ["", "法院", "兰溪法院", "启禾商贸有限公司", "杭州市中级人民法院", "杭州中院"]
)
def test_no_court_is_made_up(called):
    assert court_called(called, COURTS) is None


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
