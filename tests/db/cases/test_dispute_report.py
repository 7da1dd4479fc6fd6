"""A dispute that was lost in first instance and won on appeal is printed once, as won, with what is counted."""

from datetime import date

from db.cases.acts.cases import record_event
from db.cases.acts.chains import link_previous
from db.cases.papers.disputes import DISPUTES
from db.cases.rules.cases import EventDraft
from db.catalogue.reports import make
from db.documents.parameters import Parameters
from db.words.case import EventKind, Outcome, Procedure
from tests.conftest import TODAY
from tests.db.store.test_acts import detail, enter_case

WANTED = Parameters(date(2025, 1, 1), date(2026, 12, 31), TODAY)


def closed(office, case_id, on, outcome):
    with office.write("结案") as session:
        ended = EventDraft(EventKind.CLOSED, on, outcome=outcome)
        record_event(session, case_id, ended, detail(office, case_id).version, TODAY)


def a_chain(office):
    """Enter one: revoked in 2025, the agency's appeal won in 2026."""
    first = enter_case(
        office,
        number="（2025）浙0825行初9号",
        filed_on=date(2025, 3, 3),
        received_on=date(2025, 3, 5),
    )
    second = enter_case(
        office,
        number="（2026）浙08行终3号",
        procedure=Procedure.SECOND_INSTANCE,
        filed_on=date(2025, 11, 3),
        received_on=date(2025, 11, 5),
    )
    closed(office, first, date(2025, 9, 1), Outcome.REVOKED)
    closed(office, second, date(2026, 2, 2), Outcome.WON_ON_APPEAL)
    with office.write("关联") as session:
        link_previous(session, second, first, detail(office, second).version)


def test_one_dispute_won_under_either_year_with_the_definition_printed(office):
    a_chain(office)
    (report,) = make(office, DISPUTES, WANTED)
    years, chains = report.tables
    assert [line[1:3] + line[4:6] for line in years.rows] == [(0, 0, 1, 0), (1, 0, 0, 0)]
    ((_, numbers, *_, outcome, decided_on, lost),) = chains.rows
    assert numbers == "（2025）浙0825行初9号 一审\n（2026）浙08行终3号 二审"
    assert (outcome, decided_on, lost) == (Outcome.WON_ON_APPEAL.value, date(2026, 2, 2), "否")
    assert years.notes[0].startswith("口径：统计期间 2025-01-01 至 2026-12-31")
    assert all(check.is_ok for check in report.checks)


def test_without_the_link_the_loss_is_a_dispute_of_its_own(office):
    a_chain(office)
    office.undo()
    (report,) = make(office, DISPUTES, WANTED)
    assert [line[1:3] for line in report.tables[0].rows] == [(1, 1), (1, 0)]
