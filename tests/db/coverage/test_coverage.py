"""Coverage as of any day: the figures, what turns them, how they move, and the records that each of them counts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from db.cases.acts.cases import save_case
from db.coverage.queries.agency_file import agency_file
from db.coverage.rules.coverage import ENFORCEMENT, FigureKey
from db.coverage.rules.figures import month_ends
from db.errors import Invalid
from db.formats.spans import window_first
from db.law.disputes import Standing
from db.models.agency import Agency, AgencyName
from db.models.case import Case, Event
from db.models.public_lawyer import Certificate, Posting, PublicLawyer
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.services.acts.services import record_services, remove_services
from db.services.queries.engagements import counted_keys
from db.services.queries.log import log_rows
from db.services.rules.services import ServiceDraft
from db.words.agency import AgencyKind, Mode
from db.words.case import EventKind, Outcome, Procedure
from db.words.service import ServiceKind
from tests.conftest import TODAY
from tests.db.coverage.district import (
    a_contract,
    a_public_lawyer,
    a_sharing,
    an_agency,
    an_internal,
    clear_shipped,
    coverage_of,
)
from tests.db.services.test_service_log import agency_of
from tests.db.store.test_acts import a_case, enter_case


@pytest.fixture
def district(office):
    """Return an office whose shipped agencies are out of the way."""
    with office.write("清空") as session:
        clear_shipped(session)
    return office


def serve(office, agency, days, kind=ServiceKind.LEGALITY_REVIEW, **more):
    given = {"kind": kind, "agency_id": agency, "matter": "示例事项", "person": "法制科"} | more
    with office.write("登记履职") as session:
        return record_services(session, [ServiceDraft(on_date=day, **given) for day in days], TODAY)


def row_of(office, agency, day=TODAY):
    return coverage_of(office).on(day).row(agency)


def settle(office, **changes):
    with office.write("修改设置") as session:
        save_settings(session, replace(load_settings(session), **changes))


def pair(figure):
    return figure.numerator, figure.denominator


def test_the_697_agencies_of_tianjin_give_the_published_figures_and_lose_those_that_expire(database):
    """天津市区级 697 个单位：244 个自有、393 个内部法律顾问代行、60 个共享."""
    with database.write("造区") as session:
        clear_shipped(session)
        agencies = [
            Agency(
                name=f"示例{n}局",
                short_name=f"{n}局",
                sort_key=f"{n:04d}",
                kind=AgencyKind.DEPARTMENT,
                has_enforcement=n % 2 == 0,
                place=n,
            )
            for n in range(697)
        ]
        session.add_all(agencies)
        people = [PublicLawyer(name=f"示例{n}", sort_key=f"{n:04d}") for n in range(244)]
        session.add_all(people)
        session.flush()
        for n, person in enumerate(people):
            until = date(2026, 12, 31) if n < 44 else None
            session.add(Posting(public_lawyer_id=person.id, agency_id=agencies[n].id))
            session.add(Certificate(public_lawyer_id=person.id, from_on=date(2022, 1, 1), to_on=until))
        for agency in agencies[244:637]:
            an_internal(session, agency.id)
        for n, agency in enumerate(agencies[637:]):
            a_sharing(session, people[n].id, agency.id)
    coverage = coverage_of(database)
    whole = coverage.on(TODAY).figures.whole
    assert pair(whole.own) == (244, 697)
    assert pair(whole.work) == (697, 697)
    assert [(f.title, f.numerator) for f in whole.modes] == [
        ("自有公职律师", 244),
        ("内部法律顾问", 393),
        ("统筹共享", 60),
        ("外聘法律顾问", 0),
        ("无", 0),
    ]
    assert round(whole.own.rate, 3) == 0.35
    assert whole.persons.number == 244
    later = coverage.on(date(2027, 1, 1)).figures.whole
    assert pair(later.own) == (200, 697)
    assert pair(later.work) == (697 - 44 - 44, 697)  # who was lent by those 44 is gone too
    assert later.persons.number == 200
    assert pair(coverage.on(date(2021, 12, 31)).figures.whole.own) == (0, 697)
    assert coverage.on(TODAY).figures.of(ENFORCEMENT).own.denominator == 349


def test_a_lawyer_who_never_served_is_on_paper_only_until_the_sixth_service(district):
    with district.write("造区") as session:
        agency = an_agency(session, "示例教育局")
        a_public_lawyer(session, agency)
    row = row_of(district, agency)
    assert (row.is_covered, row.is_effective, row.why) == (True, False, "还差 6 次")
    days = [TODAY - timedelta(days=40 * n) for n in range(5)]
    serve(district, agency, days)
    assert row_of(district, agency).why == "还差 1 次"
    (sixth,) = serve(district, agency, [window_first(TODAY)])
    assert (row_of(district, agency).is_effective, row_of(district, agency).why) == (True, "")
    assert not row_of(
        district, agency, TODAY + timedelta(days=1)
    ).is_effective  # the sixth is out of the window
    with district.write("删除履职") as session:
        remove_services(session, [sixth])
    assert not row_of(district, agency).is_effective
    district.undo()
    assert row_of(district, agency).is_effective


def test_a_service_of_tomorrow_or_of_a_year_ago_does_not_count_today(district):
    with district.write("造区") as session:
        agency = an_agency(session, "示例教育局")
    serve(district, agency, [window_first(TODAY) - timedelta(days=1), window_first(TODAY), TODAY])
    coverage = coverage_of(district)
    assert coverage.on(TODAY).row(agency).counted == 2
    assert coverage.on(TODAY - timedelta(days=1)).row(agency).counted == 2
    assert window_first(date(2024, 2, 29)) == date(2023, 3, 1)


def test_who_left_the_post_lost_the_certificate_or_is_in_the_bin_does_not_count(district):
    with district.write("造区") as session:
        first, second = an_agency(session, "示例教育局"), an_agency(session, "示例民政局", place=1)
        moved = a_public_lawyer(session, first, posted=(date(2024, 1, 1), date(2026, 3, 31)))
        session.add(Posting(public_lawyer_id=moved, agency_id=second, from_on=date(2026, 4, 1)))
        withdrawn = a_public_lawyer(session, first, "毛青")
        certificate = session.query(Certificate).filter_by(public_lawyer_id=withdrawn).one()
        certificate.ended_on = date(2026, 6, 1)
        session.get(PublicLawyer, a_public_lawyer(session, first, "严安")).removed_at = certificate_day()
    coverage = coverage_of(district)
    names = lambda agency, day: [c.name for c in coverage.on(day).row(agency).own]  # noqa: E731
    assert names(first, date(2026, 3, 31)) == ["毛青", "余清和"]
    assert (names(first, date(2026, 4, 1)), names(second, date(2026, 4, 1))) == (["毛青"], ["余清和"])
    assert (names(first, date(2026, 5, 31)), names(first, date(2026, 6, 1))) == (["毛青"], [])
    assert coverage.on(date(2026, 5, 31)).row(first).own[0].until == date(2026, 5, 31)


def certificate_day():
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, tzinfo=UTC)


def test_a_lent_lawyer_counts_while_paper_and_certificate_both_hold_and_shows_who_lends(district):
    with district.write("造区") as session:
        home, other = an_agency(session, "示例民政局"), an_agency(session, "示例统计局", place=1)
        person = a_public_lawyer(session, home, to_on=date(2026, 9, 30))
        a_sharing(session, person, other, to_on=date(2027, 5, 31), from_on=date(2026, 2, 1))
        session.add(
            AgencyName(agency_id=home, name="示例社会局", short_name="社会局", to_on=date(2026, 2, 28))
        )
    coverage = coverage_of(district)
    assert not coverage.on(date(2026, 1, 31)).row(other).shared
    (lent,) = coverage.on(date(2026, 2, 1)).row(other).shared
    assert (lent.name, lent.from_key, lent.from_name, lent.until) == (
        "余清和",
        home,
        "社会局",
        date(2026, 9, 30),
    )
    assert coverage.on(date(2026, 3, 1)).row(other).shared[0].from_name == "示例民政局"
    assert not coverage.on(date(2026, 10, 1)).row(other).shared
    assert coverage.on(date(2026, 3, 1)).row(other).main_mode is Mode.SHARED


def test_an_agency_counts_from_its_first_day_to_the_day_before_it_was_merged(district):
    with district.write("造区") as session:
        heir = an_agency(session, "示例文旅局", founded_on=date(2026, 1, 1))
        an_agency(session, "示例旅游局", place=1, ended_on=date(2026, 1, 1), successor_id=heir)
    coverage = coverage_of(district)
    assert [r.name for r in coverage.on(date(2025, 12, 31)).rows] == ["示例旅游局"]
    assert [r.name for r in coverage.on(date(2026, 1, 1)).rows] == ["示例文旅局"]


def test_what_counts_is_the_offices_own_setting_and_stands_in_the_definition(district):
    with district.write("造区") as session:
        town = an_agency(session, "示例乡", AgencyKind.TOWN)
        bureau = an_agency(session, "示例局", place=1)
        an_internal(session, town)
        a_contract(session, bureau)
    serve(district, town, [TODAY] * 3, ServiceKind.TRAINING)
    serve(district, bureau, [TODAY] * 6)
    figures = coverage_of(district).on(TODAY).figures.whole
    assert (pair(figures.formal), pair(figures.work)) == ((1, 2), (2, 2))
    assert figures.formal.definition.startswith(
        "有形覆盖率＝自有公职律师、统筹共享、外聘法律顾问至少有其一的单位"
    )
    settle(
        district,
        formal_modes=[mode.value for mode in Mode],
        service_thresholds={"乡镇": 3},
        service_kinds_of={"乡镇": ["培训"]},
    )
    figures = coverage_of(district).on(TODAY).figures.whole
    assert (pair(figures.formal), pair(figures.effective)) == ((2, 2), (2, 2))
    assert "不少于 6 次（乡镇 3 次）" in figures.effective.definition
    assert "乡镇计培训" in figures.effective.definition
    settle(district, service_kinds_of={"乡镇": ["合法性审查"]})
    row = row_of(district, town)
    assert (row.counted, row.total, row.is_effective) == (0, 3, False)
    with pytest.raises(Invalid) as refused:
        settle(district, formal_modes=[], service_kinds=[], adviser_capacity=0)
    assert [p.field for p in refused.value.problems] == ["formal_modes", "service_kinds", "adviser_capacity"]


def test_every_group_adds_up_and_every_figure_names_exactly_its_agencies(demo_office):
    coverage = coverage_of(demo_office)
    district = coverage.on(TODAY)
    figures = district.figures
    assert sum(len(s.agencies) for s in figures.kinds) == len(figures.whole.agencies) == len(district.rows)
    for group in figures.sets:
        assert sum(f.numerator for f in group.modes) == len(group.agencies)
        assert sum(group.by_kind.values()) == group.services.number
        for key in FigureKey:
            figure = group.figure(key)
            assert set(figure.counted) <= set(figure.base) <= set(group.agencies)
            assert set(figure.missing) == set(figure.base) - set(figure.counted)
    rows = {r.key: r for r in district.rows}
    assert set(figures.whole.effective.counted) == {k for k, r in rows.items() if r.is_effective}
    assert sum(s.services.number for s in figures.kinds) == figures.whole.services.number > 0


def test_the_records_behind_each_figure_are_exactly_those_that_it_counts(demo_office):
    settle(demo_office, service_kinds_of={"乡镇": ["培训", "合法性审查"]}, service_thresholds={"街道": 4})
    coverage = coverage_of(demo_office)
    for day in (TODAY, date(2026, 3, 31)):
        district = coverage.on(day)
        kinds = {row.key: coverage.policy.counts(row.kind) for row in district.rows}
        with demo_office.read() as session:
            keys = counted_keys(session, kinds, district.figures.first, day)
            lines = log_rows(session, keys)
        assert len(keys) == len(set(keys)) == len(lines) == district.figures.whole.services.number > 0
        behind = Counter(line.agency_id for line in lines.values())
        assert behind == {row.key: row.counted for row in district.rows if row.counted}
        assert all(line.kind in kinds[line.agency_id] for line in lines.values())
        assert set(behind) == set(district.figures.whole.services.agencies)
        by_kind = Counter(line.kind for line in lines.values())
        assert by_kind == district.figures.whole.by_kind
        people = {person.key for row in district.rows for person in row.own}
        assert people == set(district.figures.whole.persons.keys)


def test_a_dispute_lost_on_appeal_counts_once_for_its_agency_and_as_lost(office):
    agency = agency_of(office)
    first = enter_case(office)
    with office.write("二审") as session:
        appeal = save_case(
            session,
            a_case(agency, number="（2026）浙08行终9号", procedure=Procedure.SECOND_INSTANCE),
            TODAY,
        )
        session.get(Case, appeal).previous_id = first
        for key, outcome, on in (
            (first, Outcome.DISMISSED, date(2026, 5, 6)),
            (appeal, Outcome.REVOKED, date(2026, 9, 1)),
        ):
            session.get(Case, key).outcome = outcome
            session.add(Event(case_id=key, kind=EventKind.CLOSED, on_date=on))
    with office.read() as session:
        assert agency_file(session, agency, TODAY).results == ((Standing.LOST, 1),)
        assert agency_file(session, agency, date(2026, 8, 31)).results == ()


def test_the_trend_ends_with_the_headline_and_knows_the_year_before(district):
    with district.write("造区") as session:
        agency = an_agency(session, "示例教育局")
        a_public_lawyer(session, agency, from_on=date(2026, 1, 15))
    coverage = coverage_of(district)
    trend = coverage.trend(TODAY)
    assert len(trend.points) == 25
    assert trend.points[-1].formal == pair(coverage.on(TODAY).figures.whole.formal) == (1, 1)
    assert [p.day for p in trend.points[-3:]] == [date(2026, 9, 30), date(2026, 10, 31), TODAY]
    assert [p.formal[0] for p in trend.points].index(1) == [p.day for p in trend.points].index(
        date(2026, 1, 31)
    )
    assert (trend.year_before.day, trend.change(FigureKey.FORMAL)) == (date(2025, 11, 24), 1)
    assert month_ends(date(2026, 3, 1), 2) == (date(2026, 1, 31), date(2026, 2, 28))


def test_reading_a_district_of_any_size_takes_the_same_statements(district):
    def statements():
        seen = []
        listen = lambda *given: seen.append(given[2])  # noqa: E731
        event.listen(district.engine, "before_cursor_execute", listen)
        coverage_of(district).on(TODAY)
        event.remove(district.engine, "before_cursor_execute", listen)
        return len(seen)

    with district.write("造区") as session:
        agency = an_agency(session, "示例教育局")
        a_public_lawyer(session, agency)
    serve(district, agency, [TODAY])
    few = statements()
    with district.write("造区") as session:
        for n in range(30):
            more = an_agency(session, f"示例{n}局")
            a_public_lawyer(session, more, f"示例{n}")
            a_contract(session, more)
    serve(district, agency, [TODAY] * 30)
    assert statements() == few
