"""Public lawyers lent to other agencies, internal advisers and contracts, on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.coverage import RemedyKind
from db.coverage.rules.remedies import gaps
from db.errors import Conflict, Invalid, UserError, errors_only
from db.formats.spans import Span, next_term, overlapping, span_on
from db.ledger.queries import draft_of
from db.ledger.rules import problems_of
from db.models.public_lawyer import AgencyContract, InternalAdviser
from db.office.queries.history import recycle_bin, undo_state
from db.registry.acts.advisers import (
    end_internal_adviser,
    remove_contracts,
    remove_internal_advisers,
    restore_contract,
    restore_internal_adviser,
    save_contract,
    save_internal_adviser,
)
from db.registry.acts.public_lawyers import end_certificate, remove_public_lawyers, save_public_lawyer
from db.registry.acts.sharing import end_sharing, remove_sharings, restore_sharing, save_sharing
from db.registry.ledgers import CONTRACTS, INTERNAL_ADVISERS
from db.registry.queries.advisers import (
    contract_rows,
    internal_advisers,
)
from db.registry.queries.public_lawyers import public_lawyer_draft, public_lawyers
from db.registry.queries.sharing import sharing_draft, sharing_rows
from db.registry.rules.advisers import (
    AgencyContractDraft,
    InternalAdviserDraft,
)
from db.registry.rules.public_lawyers import CertificateDraft, CertificateEndDraft, PostingDraft
from db.registry.rules.sharing import EndDraft, Lending, Placed, SharingDraft, sharing_problems
from db.roster.acts.lawyers import save_lawyer
from tests.conftest import TODAY, a_lawyer
from tests.db.registry.test_public_lawyers import a_public_lawyer, agency, enter, texts


@pytest.fixture
def lender(database) -> int:
    """Return a public lawyer of 区财政局 whose certificate runs to 2027-02-28."""
    return enter(database, a_public_lawyer(agency(database, "区财政局")))


def lend(database, draft: SharingDraft) -> int:
    with database.write("登记统筹") as session:
        return save_sharing(session, draft, TODAY)


def to(database, name: str, lender: int, **changes) -> SharingDraft:
    given = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "hours": 40.0}
    return SharingDraft(lender, agency(database, name), **given | changes)


def test_a_sharing_gets_a_number_counts_and_is_taken_back_in_one_step(database, lender):
    key = lend(database, to(database, "区统计局", lender))
    with database.read() as session:
        row = sharing_rows(session, TODAY)[0]
        assert (row.name, row.home, row.agency, row.paper) == (
            "苏望舒",
            "区财政局",
            "区统计局",
            "柯司统筹〔2026〕1号",
        )
        assert row.runs
        assert row.has_certificate
        assert sharing_draft(session, key).hours == 40
        assert public_lawyers(session, TODAY)[0].shared_to == ("区统计局",)
        assert undo_state(session, database.hand).undo == "登记统筹"
    database.undo()
    with database.read() as session:
        assert sharing_rows(session, TODAY) == []
    assert lend(database, to(database, "区统计局", lender, paper="柯司统筹[2026]7号"))
    with database.read() as session:
        assert sharing_rows(session, TODAY)[0].paper == "柯司统筹〔2026〕7号"


def test_who_may_not_be_lent_is_refused_with_the_reason(database, lender):
    lend(database, to(database, "区统计局", lender))
    for draft, said in (
        (to(database, "区财政局", lender), "区财政局是苏望舒自己的单位"),
        (
            to(database, "区统计局", lender, from_on=date(2026, 12, 31), to_on=None),
            "已统筹到区统计局（柯司统筹〔2026〕1号）",
        ),
        (
            to(database, "区审计局", lender, from_on=date(2020, 6, 1)),
            "在 2020-06-01 没有有效的公职律师证，最近一次有效期为 2021-03-01 至 2027-02-28",
        ),
        (to(database, "区审计局", lender, to_on=date(2025, 1, 1)), "应不早于起始日期"),
        (SharingDraft(), "请选择公职律师"),
    ):
        with pytest.raises(Invalid, match=said.replace("（", "[（]").replace("）", "[）]")):
            lend(database, draft)
    lend(database, to(database, "区审计局", lender))
    with pytest.raises(Invalid) as refused:
        lend(database, to(database, "七里乡", lender))
    assert refused.value.problems[0].text.startswith(
        "苏望舒在此期间已统筹到 2 个单位（区统计局、区审计局），达到上限 2 个。"
    )
    after = to(database, "七里乡", lender, from_on=date(2027, 1, 1), to_on=date(2027, 12, 31))
    assert lend(database, after)  # both others are over by then


def test_his_own_limit_goes_before_the_offices(database):
    key = enter(database, a_public_lawyer(agency(database, "区财政局"), capacity=0))
    with pytest.raises(Invalid, match="统筹上限为 0"):
        lend(database, to(database, "区统计局", key))


def test_an_early_end_needs_a_reason_and_frees_the_place(database, lender):
    key = lend(database, to(database, "区统计局", lender))
    lend(database, to(database, "区审计局", lender))
    for draft, said in (
        (EndDraft(None), "请填写终止日期"),
        (EndDraft(date(2025, 1, 1), "不再需要"), "应不早于统筹起始日期"),
        (EndDraft(date(2027, 1, 1), "不再需要"), "已经届满"),
        (EndDraft(date(2026, 7, 1), " "), "请写明"),
    ):
        with pytest.raises(Invalid, match=said), database.write("终止统筹") as session:
            end_sharing(session, key, replace(draft, version=1))
    with database.write("终止统筹") as session:
        end_sharing(session, key, EndDraft(date(2026, 7, 1), "区统计局已自行配备", version=1))
    with pytest.raises(Conflict), database.write("终止统筹") as session:
        end_sharing(session, key, EndDraft(date(2026, 7, 1), "再来一次", version=1))
    assert lend(database, to(database, "七里乡", lender, from_on=date(2026, 7, 1)))
    with database.read() as session:
        assert public_lawyers(session, date(2026, 6, 30))[0].shared_to == ("区统计局", "区审计局")
        assert public_lawyers(session, TODAY)[0].shared_to == ("区审计局", "七里乡")


def test_the_end_of_the_certificate_ends_what_he_is_lent_for(database, lender):
    lend(database, to(database, "区统计局", lender))
    with pytest.raises(UserError, match="统筹到区统计局"), database.write("移入回收站") as session:
        remove_public_lawyers(session, [lender], TODAY)
    with database.read() as session:
        version = public_lawyer_draft(session, lender).version
    ending = CertificateEndDraft(lender, on=date(2026, 11, 1), reason="调离（示例）", version=version)
    with database.write("注销公职律师证") as session:
        assert end_certificate(session, ending) == 1
    with database.read() as session:
        row = sharing_rows(session, TODAY)[0]
        assert (row.runs, row.ended_on, row.end_reason) == (False, date(2026, 11, 1), "公职律师证注销")
    database.undo()
    with database.read() as session:
        assert sharing_rows(session, TODAY)[0].runs


def test_a_removed_sharing_comes_back_unless_its_place_is_taken(database, lender):
    key = lend(database, to(database, "区统计局", lender))
    with database.write("移入回收站") as session:
        remove_sharings(session, [key])
    with database.read() as session:
        assert [(x.kind, x.title) for x in recycle_bin(session)] == [("统筹", "苏望舒 → 区统计局")]
    again = lend(database, to(database, "区统计局", lender))
    with pytest.raises(Invalid, match="不能重复登记"), database.write("恢复") as session:
        restore_sharing(session, key)
    with database.write("移入回收站") as session:
        remove_sharings(session, [again])
    with database.write("恢复") as session:
        restore_sharing(session, key)
    with database.read() as session:
        assert [x.key for x in sharing_rows(session, TODAY)] == [key]


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def spans(draw):
    first, last = sorted((draw(days), draw(days)))
    return Span(
        from_on=draw(st.sampled_from([first, None])),
        to_on=draw(st.sampled_from([last, None])),
        ended_on=draw(st.none() | days),
    )


@given(spans(), spans(), days)
def test_two_times_meet_exactly_if_there_is_a_day_in_both(one, other, day):
    if one.runs_on(day) and other.runs_on(day):
        assert one.overlaps(other)
    if one.overlaps(other):
        common = max(one.first_on, other.first_on)
        assert one.runs_on(common)
        assert other.runs_on(common)


@given(st.lists(spans(), max_size=5))
def test_overlaps_are_named_exactly_when_there_are_any(held):
    pairs = any(a.overlaps(b) for at, a in enumerate(held) for b in held[at + 1 :])
    assert bool(list(overlapping(held))) == pairs


@given(st.lists(spans(), max_size=5), days)
def test_a_running_time_goes_before_any_other(held, day):
    found = span_on(held, day)
    assert (found is None) == (not held)
    if any(s.runs_on(day) for s in held):
        assert found.runs_on(day)


@given(st.lists(st.tuples(st.integers(1, 6), spans()), max_size=8), spans(), st.integers(0, 4))
def test_nobody_is_lent_to_more_agencies_at_once_than_he_may_be(others, asked, capacity):
    """Whatever stands already: what the rule lets through never brings a day above the limit."""
    placed = tuple(
        Placed(
            agency_id=key,
            agency=f"单位{key}",
            key=at + 1,
            from_on=s.from_on or date(2024, 1, 1),
            to_on=s.to_on,
            ended_on=s.ended_on,
        )
        for at, (key, s) in enumerate(others)
    )
    always = Span()
    lending = Lending("某", (always,), (Placed(agency_id=99, agency="本单位"),), placed, capacity)
    draft = SharingDraft(1, 7, from_on=asked.from_on or date(2024, 1, 1), to_on=asked.to_on)
    new = Span(from_on=draft.from_on, to_on=draft.to_on)
    ends = [
        day
        for s in (*placed, new)
        for day in (s.first_on, min(s.last_on, date(2028, 12, 31)))
        if new.runs_on(day)
    ]
    at_once = max((len({s.agency_id for s in placed if s.runs_on(day)}) + 1 for day in ends), default=1)
    if not new.is_void:
        assert bool(errors_only(sharing_problems(draft, lending))) == (at_once > capacity)


def test_a_renewed_term_is_as_long_in_months_also_over_a_leap_year():
    for term, following in (
        (("2027-01-01", "2027-12-31"), ("2028-01-01", "2028-12-31")),
        (("2028-01-01", "2028-12-31"), ("2029-01-01", "2029-12-31")),
        (("2026-03-15", "2026-09-14"), ("2026-09-15", "2027-03-14")),
        (("2026-03-01", "2026-03-10"), ("2026-03-11", "2026-03-20")),
    ):
        found = next_term(*map(date.fromisoformat, term))
        assert found == tuple(map(date.fromisoformat, following))


def test_an_internal_adviser_is_entered_changed_ended_and_restored(database):
    stats = agency(database, "区统计局")
    draft = InternalAdviserDraft(
        stats, "洪一川", "办公室", "主任", "A2015（示例）", "13800003333", date(2025, 1, 1)
    )
    with database.write("登记内部法律顾问") as session:
        key = save_internal_adviser(session, draft, TODAY)
    with database.read() as session:
        assert replace(draft_of(session, INTERNAL_ADVISERS, key), version=0) == draft
        assert [(x.name, x.runs) for x in internal_advisers(session, TODAY, stats)] == [("洪一川", True)]
    with database.write("终止") as session:
        end_internal_adviser(session, key, EndDraft(date(2026, 6, 1), "退休（示例）", version=1))
    with database.read() as session:
        row = internal_advisers(session, TODAY)[0]
        assert (row.runs, row.to_on, row.note) == (
            False,
            date(2026, 5, 31),
            "2026-06-01 起不再担任：退休（示例）",
        )
        assert internal_advisers(session, date(2026, 5, 31))[0].runs
    with database.write("移入回收站") as session:
        remove_internal_advisers(session, [key])
    with database.read() as session:
        assert recycle_bin(session)[0].title == "洪一川，区统计局"
    with database.write("恢复") as session:
        restore_internal_adviser(session, key)
    with database.read() as session:
        assert session.get(InternalAdviser, key).removed_at is None


def test_an_internal_adviser_does_not_end_on_his_first_day_but_counts_for_none(database):
    stats = agency(database, "区统计局")
    draft = InternalAdviserDraft(stats, "洪一川", from_on=date(2026, 6, 1))
    with database.write("登记内部法律顾问") as session:
        key = save_internal_adviser(session, draft, TODAY)
    with (
        pytest.raises(Invalid, match="应晚于任职起始日期 2026-06-01.*移入回收站"),
        database.write("终止") as session,
    ):
        end_internal_adviser(session, key, EndDraft(date(2026, 6, 1), "登记有误（示例）", version=1))
    with database.write("终止") as session:
        end_internal_adviser(session, key, EndDraft(date(2026, 6, 2), "调离（示例）", version=1))
    with database.read() as session:
        assert internal_advisers(session, date(2026, 6, 1))[0].runs
        assert not internal_advisers(session, date(2026, 6, 2))[0].runs


def test_an_internal_adviser_of_the_name_of_a_pool_lawyer_is_looked_at(database):
    with database.write("新增顾问") as session:
        save_lawyer(session, a_lawyer(name="洪一川", firm="示例水亭律师事务所"), TODAY)
    draft = InternalAdviserDraft(agency(database, "区统计局"), "洪一川")
    with database.write("登记") as session:
        key = save_internal_adviser(session, draft, TODAY)
    with database.read() as session:
        from db.models.office import PassedWarning

        said = [w.text for w in session.query(PassedWarning) if w.record_id == key and w.field == "name"]
        assert said == [
            "顾问库中有同名的示例水亭律所律师洪一川。内部法律顾问应为本单位人员，请核对是否同一人。"
        ]
    found = problems_of(INTERNAL_ADVISERS, InternalAdviserDraft(phone="12"), None, TODAY)
    assert texts(found, "agency_id") == "请选择单位。"
    assert "法律职业资格" in texts(found, "qualification")


def test_a_contract_knows_the_firm_of_the_roster_however_it_is_written(database):
    with database.write("新增顾问") as session:
        lawyer = save_lawyer(session, a_lawyer(name="汪晓棠", firm="示例水亭律师事务所"), TODAY)
    stats = agency(database, "区统计局")
    draft = AgencyContractDraft(
        stats,
        "柯统合[2026]3号",
        "示例水亭律所",
        "汪晓棠，郑怀瑾",
        lawyer,
        "合同审查",
        20000.0,
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    with database.write("登记合同") as session:
        key = save_contract(session, draft, TODAY)
    with database.read() as session:
        row = contract_rows(session, TODAY, agency_id=stats)[0]
        assert (row.number, row.lawyers, row.runs, row.days_left) == (
            "柯统合〔2026〕3号",
            "汪晓棠、郑怀瑾",
            True,
            37,
        )
        assert session.get(AgencyContract, key).firm_id is not None
        assert draft_of(session, CONTRACTS, key).lawyer_id == lawyer
        assert not contract_rows(session, date(2027, 1, 1))[0].runs
    with database.write("移入回收站") as session:
        remove_contracts(session, [key])
    with database.read() as session:
        assert contract_rows(session, TODAY) == []
        assert recycle_bin(session)[0].title == "区统计局，示例水亭律所"
    with database.write("恢复") as session:
        restore_contract(session, key)


def test_what_is_wrong_with_a_contract_stands_at_its_field():
    found = problems_of(
        CONTRACTS, AgencyContractDraft(fee=-1, from_on=date(2026, 1, 1), to_on=date(2030, 1, 1)), None, TODAY
    )
    assert texts(found, "agency_id") == "请选择单位。"
    assert "律师事务所" in texts(found, "provider")
    assert texts(found, "fee").startswith("费用应为")
    assert "超过三年" in texts(found, "to_on")
    assert "应不早于" in texts(
        problems_of(
            CONTRACTS, AgencyContractDraft(from_on=date(2026, 1, 1), to_on=date(2025, 1, 1)), None, TODAY
        ),
        "to_on",
    )


def test_who_works_nowhere_or_loses_the_certificate_in_time_is_said():
    held = (Span(from_on=date(2026, 1, 1), to_on=date(2026, 6, 30)),)
    lending = Lending("某", held, (), (), 2)
    found = sharing_problems(SharingDraft(1, 2, from_on=date(2026, 2, 1), to_on=date(2026, 12, 31)), lending)
    assert "没有登记任职单位" in texts(found, "public_lawyer_id")
    assert "至 2026-06-30 到期" in texts(found, "to_on")


def test_a_posting_elsewhere_makes_an_own_agency_of_it(database):
    """He moves to 区统计局 in summer: from then on nobody need lend him there."""
    finance, stats = agency(database, "区财政局"), agency(database, "区统计局")
    moved = (
        PostingDraft(agency_id=finance, from_on=date(2020, 1, 1), to_on=date(2026, 6, 30)),
        PostingDraft(agency_id=stats, from_on=date(2026, 7, 1)),
    )
    held = (CertificateDraft(from_on=date(2021, 1, 1)),)
    with database.write("新增") as session:
        key = save_public_lawyer(session, a_public_lawyer(finance, postings=moved, certificates=held), TODAY)
    assert lend(database, to(database, "区统计局", key, to_on=date(2026, 6, 30)))
    with pytest.raises(Invalid, match="自己的单位"):
        lend(database, to(database, "区统计局", key, from_on=date(2026, 7, 1)))


def test_every_suggested_lending_of_the_demo_can_be_accepted_and_is_one_undo(demo_office):
    """What the gap list suggests passes the act that enters it, and closes the gap of having nobody."""
    with demo_office.read() as session:
        coverage = load_coverage(session, TODAY)
    suggested = [g for g in gaps(coverage, TODAY) if g.remedy.kind is RemedyKind.LEND]
    assert len(suggested) >= 2
    for gap in suggested:
        draft = SharingDraft(gap.remedy.person_key, gap.agency_key, "", TODAY, date(2027, 5, 1))
        with demo_office.write(f"登记统筹 {gap.name}") as session:
            save_sharing(session, draft, TODAY)
        with demo_office.read() as session:
            row = next(r for r in load_coverage(session, TODAY).on(TODAY).rows if r.key == gap.agency_key)
        assert row.is_covered
    for gap in reversed(suggested):
        assert demo_office.undo() == f"登记统筹 {gap.name}"
    with demo_office.read() as session:
        again = gaps(load_coverage(session, TODAY), TODAY)
    assert [g.agency_key for g in again] == [g.agency_key for g in gaps(coverage, TODAY)]
