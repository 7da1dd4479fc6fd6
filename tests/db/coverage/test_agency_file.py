"""Everything about one agency: cases, results, months and letters of a day, and which services a figure counts."""

from datetime import date

from sqlalchemy import event, select

from db.coverage.queries.agency_file import SHOWN, agency_file
from db.coverage.queries.coverage import load_coverage
from db.coverage.queries.headline import coverage_headline
from db.formats.spans import window_first
from db.models.agency import Agency
from db.services.acts.services import record_services
from db.services.queries.engagements import counted_keys
from db.services.queries.log import log_rows
from db.services.rules.services import ServiceDraft
from db.words.service import ServiceKind
from tests.conftest import TODAY


def agency_named(session, short_name):
    return session.scalars(select(Agency.id).where(Agency.short_name == short_name)).one()


def enter_services(database, agency, times):
    draft = ServiceDraft(ServiceKind.TRAINING, TODAY, agency_id=agency, matter="示例培训", person="示例")
    with database.write(f"登记履职 {times} 次") as session:
        record_services(session, [draft] * times, TODAY)


def reading(database, read):
    """Return what ``read`` gives, and how many statements it took."""
    with database.read() as session:
        engine = session.get_bind()
        said = []

        def count(_connection, _cursor, statement, *_rest):
            said.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        try:
            return read(session), len(said)
        finally:
            event.remove(engine, "before_cursor_execute", count)


def test_the_services_counted_for_a_figure_are_those_of_the_log_in_the_twelve_months(demo_office):
    with demo_office.read() as session:
        coverage = load_coverage(session, TODAY)
        for day in (TODAY, date(2026, 3, 31)):
            rows = coverage.on(day).rows
            kinds = {row.key: coverage.policy.counts(row.kind) for row in rows}
            found = log_rows(session, counted_keys(session, kinds, window_first(day), day))
            assert len(found) == sum(row.counted for row in rows)
            for row in rows:
                assert sum(one.agency_id == row.key for one in found.values()) == row.counted


def test_the_months_add_up_and_the_latest_services_are_shown(demo_office):
    with demo_office.read() as session:
        coverage = load_coverage(session, TODAY)
        for row in coverage.on(TODAY).rows:
            found = agency_file(session, row.key, TODAY)
            assert sum(count for _, count in found.months) == row.total == len(found.service_keys)
            assert found.months[0][0] == date(2025, 11, 1)
            assert found.months[-1][0] == date(2026, 11, 1)
            assert len(found.services) == min(row.total, SHOWN)
            days = [one.on for one in found.services]
            assert days == sorted(days, reverse=True)


def test_what_came_after_the_day_is_not_shown(demo_office):
    with demo_office.read() as session:
        agency = agency_named(session, "区综合执法局")
        before = agency_file(session, agency, date(2026, 10, 31))
    enter_services(demo_office, agency, 3)
    with demo_office.read() as session:
        assert agency_file(session, agency, date(2026, 10, 31)) == before
        assert len(agency_file(session, agency, TODAY).trainings) >= 3


def test_statements_do_not_grow_with_the_services(demo_office):
    with demo_office.read() as session:
        agency = agency_named(session, "区综合执法局")
    found, before = reading(demo_office, lambda session: agency_file(session, agency, TODAY))
    enter_services(demo_office, agency, 40)
    more, after = reading(demo_office, lambda session: agency_file(session, agency, TODAY))
    assert len(more.service_keys) == len(found.service_keys) + 40
    assert after <= before  # fewer, where no case is among the lines shown


def test_the_headline_of_the_workbench_is_that_of_the_page(demo_office):
    with demo_office.read() as session:
        headline = coverage_headline(session, TODAY)
        coverage = load_coverage(session, TODAY)
    whole, before = (coverage.on(day).figures.whole for day in (TODAY, date(2026, 10, 31)))
    assert headline.effective == whole.effective
    assert headline.gaps == len(whole.effective.missing)
    assert headline.effective_change == whole.effective.numerator - before.effective.numerator
    assert headline.formal_change == whole.formal.numerator - before.formal.numerator
