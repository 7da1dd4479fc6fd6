"""Uses of legal service follow from services, cases and consultations by themselves, and are proved by ``check``."""

from datetime import date

from sqlalchemy import delete, select, update

from db.assignment.acts.assignments import assign, end_assignment
from db.assignment.rules.assignments import EndDraft
from db.cases.acts.cases import remove_cases
from db.models.case import Case
from db.models.consultation import Consultation
from db.models.derived import Engagement
from db.services.acts.services import remove_services, restore_service, save_service
from db.services.rules.services import ServiceDraft
from db.setup import derived
from db.setup.check import check_all
from db.setup.opening import open_office
from db.words.assignment import EndKind
from db.words.service import ServiceKind
from tests.conftest import TODAY
from tests.db.assignment.test_recommending import SECOND, do, draft_of
from tests.db.services.test_service_log import agency_of
from tests.db.store.test_acts import assign_all, enter_case, enter_lawyer


def uses(database):
    """Return all uses, after they have been proved to be those that follow from the records."""
    with database.read() as session:
        assert derived.differences(session) == []
        query = select(Engagement.table_name, Engagement.kind, Engagement.on_date, Engagement.agency_id)
        return [tuple(row) for row in session.execute(query.order_by(Engagement.on_date))]


def test_a_service_counts_on_its_day_for_its_agency_and_moves_when_it_is_corrected(database):
    first, second = agency_of(database, "综合执法"), agency_of(database, "教育")
    draft = ServiceDraft(on_date=date(2026, 10, 8), agency_id=first, matter="示例", person="法制科")
    key = do(database, save_service, draft, TODAY)
    assert uses(database) == [("service", ServiceKind.LEGALITY_REVIEW, date(2026, 10, 8), first)]
    moved = ServiceDraft(
        ServiceKind.TRAINING, date(2026, 10, 9), agency_id=second, matter="示例", person="法制科", version=1
    )
    do(database, save_service, moved, TODAY, key)
    assert uses(database) == [("service", ServiceKind.TRAINING, date(2026, 10, 9), second)]
    do(database, remove_services, [key])
    assert uses(database) == []
    do(database, restore_service, key)
    assert len(uses(database)) == 1
    database.undo()
    assert uses(database) == []


def test_a_training_of_nobody_in_particular_is_no_agencys(office):
    do(office, save_service, ServiceDraft(ServiceKind.TRAINING, TODAY, matter="示例", person="讲师"), TODAY)
    assert uses(office) == []


def test_a_case_counts_once_from_the_first_assignment_however_many_serve_in_it(office):
    first, second = enter_lawyer(office), enter_lawyer(office, **SECOND)
    case = enter_case(office)
    made = do(office, assign, draft_of(office, case, first, second), TODAY)
    agency = agency_of(office)
    assert uses(office) == [("case_record", ServiceKind.APPEARANCE, TODAY, agency)]
    do(office, end_assignment, made[0], EndDraft(EndKind.CANCELLED, TODAY, "登记错误"))
    assert len(uses(office)) == 1
    do(office, end_assignment, made[1], EndDraft(EndKind.CANCELLED, TODAY, "登记错误"))
    assert uses(office) == []
    office.undo()
    assert len(uses(office)) == 1
    do(office, end_assignment, made[1], EndDraft(EndKind.SERVED, TODAY, ""))
    assert len(uses(office)) == 1
    do(office, remove_cases, [case])
    assert uses(office) == []


def test_a_consultation_counts_on_the_day_it_is_held_unless_cancelled(office):
    agency = agency_of(office)
    with office.write("会商") as session:
        held = Consultation(
            number="示例〔2026〕1号", topic="示例", agency_id=agency, held_on=date(2026, 9, 1)
        )
        session.add_all([held, Consultation(number="示例〔2026〕2号", topic="没有单位", held_on=TODAY)])
        session.flush()
        key = held.id
    assert uses(office) == [("consultation", ServiceKind.CONSULTATION, date(2026, 9, 1), agency)]
    with office.write("取消") as session:
        session.get(Consultation, key).cancelled_on = TODAY
    assert uses(office) == []


def test_the_second_record_of_a_case_does_not_count_again(office):
    lawyer = enter_lawyer(office)
    first, second = enter_case(office), enter_case(office, number="（2026）浙0825行初99号")
    for case in (first, second):
        assign_all(office, case, lawyer)
    assert len(uses(office)) == 2
    with office.write("合并") as session:
        session.get(Case, second).duplicate_of_id = first
    assert len(uses(office)) == 1


def test_an_office_of_the_version_before_derives_its_uses_when_it_is_opened(demo_office):
    before = uses(demo_office)
    assert {table for table, *_ in before} >= {"service", "case_record"}
    with demo_office.engine.begin() as connection:  # as the upgrade leaves it: the table is there, and empty
        connection.execute(delete(Engagement))
    again = open_office(demo_office.file)
    assert sorted(uses(again)) == sorted(before)
    again.close()


def test_check_finds_a_use_that_does_not_follow(demo_office):
    with demo_office.engine.begin() as connection:
        one = select(Engagement.id).limit(1).scalar_subquery()
        connection.execute(update(Engagement).where(Engagement.id == one).values(on_date=date(1999, 1, 1)))
    (line,) = [line for line in check_all(demo_office) if not line.is_ok]
    assert "的履职次数与记录不符" in line.found
    with demo_office.engine.begin() as connection:
        connection.execute(delete(Engagement))
    open_office(demo_office.file).close()
