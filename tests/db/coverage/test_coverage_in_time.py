"""机构改革 and coverage: an agency that is renamed or merged is counted under its old name before that day."""

from datetime import date, timedelta

from db.agencies.acts.changes import end_agency, rename_agency
from db.agencies.queries.agencies import agency_draft
from db.agencies.queries.in_time import ties
from db.agencies.rules.agencies import EndDraft, Move, RenameDraft
from db.coverage.rules.remedies import gaps
from tests.conftest import TODAY
from tests.db.assignment.test_recommending import do
from tests.db.coverage.district import a_public_lawyer, a_sharing, an_agency, clear_shipped, coverage_of
from tests.db.coverage.test_coverage import serve

REFORM = date(2026, 9, 1)
EVE = REFORM - timedelta(days=1)


def version_of(office, agency):
    with office.read() as session:
        return agency_draft(session, agency).version


def test_a_merger_moves_the_lawyers_and_leaves_the_past_of_both_as_it_was(office):
    with office.write("造区") as session:
        clear_shipped(session)
        old = an_agency(session, "示例旅游局")
        heir, other = an_agency(session, "示例文化局", place=1), an_agency(session, "示例统计局", place=2)
        person = a_public_lawyer(session, old)
        a_sharing(session, person, other, to_on=date(2027, 12, 31))
    serve(office, old, [EVE] * 6)
    before = coverage_of(office).on(EVE)
    with office.read() as session:
        moves = tuple(Move(row.tie, row.key, goes_on=True) for row in ties(session, old, REFORM, heir))
    draft = EndDraft(
        ended_on=REFORM,
        successor_id=heir,
        paper="示例编〔2026〕3号",
        moves=moves,
        version=version_of(office, old),
    )
    do(office, end_agency, old, draft, TODAY, label="合并单位")
    coverage = coverage_of(office)
    assert [(r.key, r.counted, r.is_effective) for r in coverage.on(EVE).rows] == [
        (r.key, r.counted, r.is_effective) for r in before.rows
    ]
    assert coverage.on(EVE).row(old).is_effective
    assert coverage.on(EVE).row(other).shared[0].from_name == "示例旅游局"
    after = coverage.on(REFORM)
    assert [r.key for r in after.rows] == [heir, other]
    assert [c.key for c in after.row(heir).own] == [person]
    assert after.row(other).shared[0].from_name == "示例文化局"
    assert (after.row(heir).counted, after.figures.whole.services.number) == (0, 0)
    assert {gap.agency_key for gap in gaps(coverage, TODAY)} == {heir, other}
    office.undo()
    assert [r.key for r in coverage_of(office).on(TODAY).rows] == [old, heir, other]


def test_a_renamed_agency_keeps_its_lawyers_its_services_and_before_that_day_its_name(office):
    with office.write("造区") as session:
        clear_shipped(session)
        agency = an_agency(session, "示例经信局")
        a_public_lawyer(session, agency)
    serve(office, agency, [EVE] * 3 + [REFORM] * 3)
    draft = RenameDraft("示例科技经信局", "科经局", REFORM, "示例编〔2026〕4号", version_of(office, agency))
    do(office, rename_agency, agency, draft, TODAY, label="更名")
    coverage = coverage_of(office)
    assert [(r.name, r.counted) for r in coverage.on(EVE).rows] == [("示例经信局", 3)]
    assert [(r.name, r.short_name, r.counted) for r in coverage.on(REFORM).rows] == [
        ("示例科技经信局", "科经局", 6)
    ]
    assert (coverage.name_on(agency, EVE), coverage.name_on(agency, TODAY)) == (
        "示例经信局",
        "示例科技经信局",
    )
