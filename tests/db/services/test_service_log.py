"""The service log: entered one by one or many at once, by whoever gave the service; cases enter by themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from db.agencies.acts.agencies import save_agency
from db.agencies.acts.changes import rename_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys
from db.agencies.rules.agencies import RenameDraft
from db.errors import Invalid
from db.models.office import PassedWarning
from db.models.public_lawyer import Certificate, InternalAdviser, Posting, PublicLawyer, Sharing
from db.models.service import Service
from db.services.acts.services import record_services, remove_services, restore_service, save_service
from db.services.queries.forms import service_draft
from db.services.queries.log import LogFilter, Source, key_of_service, log_keys, log_rows
from db.services.queries.people import entry_facts
from db.services.rules.people import Capacity, person_named
from db.services.rules.services import ServiceDraft
from db.words.service import ServiceKind
from tests.conftest import TODAY
from tests.db.store.test_acts import assign_all, enter_case, enter_lawyer

DAY = date(2026, 10, 12)


def agency_of(office, text="综合执法"):
    with office.read() as session:
        return agency_keys(session, AgencyFilter(text=text), TODAY)[0]


def a_public_lawyer(office, agency, name="毛青", **certificate):
    with office.write(f"登记公职律师 {name}") as session:
        made = PublicLawyer(name=name, sort_key=name, licence=None)
        session.add(made)
        session.flush()
        session.add(Posting(public_lawyer_id=made.id, agency_id=agency, from_on=date(2024, 1, 1)))
        session.add(Certificate(public_lawyer_id=made.id, **({"from_on": date(2024, 1, 1)} | certificate)))
        return made.id


def an_adviser(office, agency, name="严安"):
    with office.write(f"登记内部法律顾问 {name}") as session:
        made = InternalAdviser(agency_id=agency, name=name, sort_key=name, from_on=date(2025, 1, 1))
        session.add(made)
        session.flush()
        return made.id


def enter(office, *drafts):
    with office.write(f"登记 {len(drafts)} 条服务") as session:
        return record_services(session, drafts, TODAY)


def a_service(agency, **changes):
    return replace(ServiceDraft(on_date=DAY, agency_id=agency, matter="处罚案件法制审核"), **changes)


def warned(office, service):
    with office.read() as session:
        query = select(PassedWarning.text).where(
            PassedWarning.table_name == "service", PassedWarning.record_id == service
        )
        return list(session.scalars(query))


def lines(office, **wanted):
    with office.read() as session:
        keys = log_keys(session, LogFilter(**wanted))
        rows = log_rows(session, keys)
        return [rows[key] for key in keys]


def test_services_of_all_four_sorts_of_people_stand_in_the_log(database):
    agency = agency_of(database)
    lawyer, public, staff = (
        enter_lawyer(database),
        a_public_lawyer(database, agency),
        an_adviser(database, agency),
    )
    enter(
        database,
        a_service(agency, lawyer_id=lawyer, kind=ServiceKind.OPINION, hours=1.5),
        a_service(agency, public_lawyer_id=public, result="提出意见 3 条", on_date=DAY + timedelta(days=1)),
        a_service(agency, internal_adviser_id=staff, kind=ServiceKind.CONTRACT_REVIEW),
        a_service(agency, person="示例外聘律师", on_date=DAY - timedelta(days=1)),
    )
    shown = [(r.on, r.kind, r.who, r.capacity, r.agency) for r in lines(database)]
    assert shown[0] == (
        DAY + timedelta(days=1),
        ServiceKind.LEGALITY_REVIEW,
        "毛青",
        "公职律师",
        "区综合执法局",
    )
    assert {(who, word) for _, _, who, word, _ in shown} == {
        ("汪晓棠", "顾问库律师"),
        ("毛青", "公职律师"),
        ("严安", "内部法律顾问"),
        ("示例外聘律师", "其他人员"),
    }
    assert [r.who for r in lines(database, capacity=Capacity.PUBLIC)] == ["毛青"]
    assert [r.who for r in lines(database, text="严安")] == ["严安"]
    assert [r.who for r in lines(database, kind=ServiceKind.OPINION)] == ["汪晓棠"]
    assert len(lines(database, from_on=DAY, to_on=DAY)) == 2
    with database.read() as session:
        for sort in ("on", "agency", "who", "kind"):
            up, down = (log_keys(session, LogFilter(), sort, descending=way) for way in (False, True))
            assert set(up) == set(down)
            assert len(up) == 4, sort
    assert len(lines(database, agency_id=agency_of(database, "市场监管"))) == 0


def test_a_case_enters_the_log_by_itself_and_is_not_edited_there(office):
    lawyer, case = enter_lawyer(office), enter_case(office)
    assign_all(office, case, lawyer)
    (row,) = lines(office)
    assert (row.source, row.kind, row.who, row.case_id) == (
        Source.CASE,
        ServiceKind.APPEARANCE,
        "汪晓棠",
        case,
    )
    assert not row.is_entered
    assert "诉 区综合执法局" in row.matter
    assert lines(office, source=Source.ENTERED) == []
    office.undo()
    assert lines(office) == []


def test_the_log_shows_the_agency_under_its_name_of_that_day(office):
    agency = agency_of(office)
    a_public_lawyer(office, agency)
    enter(office, a_service(agency, person="示例"), a_service(agency, person="示例", on_date=TODAY))
    with office.write("更名") as session:
        draft = RenameDraft(
            "示例指导局", "区指导局", date(2026, 11, 1), "示例文件", agency_draft(session, agency).version
        )
        rename_agency(session, agency, draft, TODAY)
    assert [(r.on, r.agency) for r in lines(office)] == [(TODAY, "区指导局"), (DAY, "区综合执法局")]
    with office.read() as session:
        assert service_draft(session, lines(office)[0].record_id).agency_id == agency


def test_a_public_lawyer_elsewhere_without_sharing_is_a_warning_中办发2016年30号(office):
    own, other = agency_of(office), agency_of(office, "市场监管")
    public = a_public_lawyer(office, own)
    (service,) = enter(office, a_service(other, public_lawyer_id=public))
    (text,) = warned(office, service)
    assert "毛青2026-10-12 在区综合执法局任职，没有到区市场监管局的统筹安排" in text
    assert "中办发〔2016〕30号" in text
    with office.write("统筹") as session:
        session.add(
            Sharing(public_lawyer_id=public, agency_id=other, from_on=DAY, to_on=DAY, paper="示例 1 号")
        )
    lent, late = enter(
        office,
        a_service(other, public_lawyer_id=public),
        a_service(other, public_lawyer_id=public, on_date=DAY + timedelta(days=1)),
    )
    assert warned(office, lent) == []
    assert len(warned(office, late)) == 1
    at_home = a_service(own, public_lawyer_id=public)
    assert warned(office, enter(office, at_home)[0]) == []


def test_a_certificate_that_was_over_is_a_warning(office):
    agency = agency_of(office)
    public = a_public_lawyer(office, agency, to_on=date(2026, 6, 30))
    (service,) = enter(office, a_service(agency, public_lawyer_id=public))
    assert warned(office, service) == ["毛青在 2026-10-12 没有有效的公职律师证，请核对日期，或先登记证书。"]


def test_two_givers_are_refused_and_none_is_a_warning(office):
    agency, lawyer = agency_of(office), enter_lawyer(office)
    with pytest.raises(Invalid, match="只能写一名"):
        enter(office, a_service(agency), a_service(agency, lawyer_id=lawyer, person="严安"))
    assert lines(office) == []  # one act: none of them was entered
    (service,) = enter(office, a_service(agency))
    assert warned(office, service) == ["没有写明由谁提供，不计入个人履职。"]


def test_many_at_once_are_one_act_and_one_undo_with_statements_that_do_not_grow(office):
    agency = agency_of(office)
    public = a_public_lawyer(office, agency)
    counted = []

    def count(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            counted.append(statement)

    def reads_of(number):
        counted.clear()
        enter(office, *(a_service(agency, public_lawyer_id=public, matter=f"事项{n}") for n in range(number)))
        return len(counted)

    event.listen(office.engine, "before_cursor_execute", count)
    few, many = reads_of(5), reads_of(100)
    event.remove(office.engine, "before_cursor_execute", count)
    assert many <= few + 2  # search keys and engagements go in chunks
    assert len(lines(office)) == 105
    assert office.undo() == "登记 100 条服务"
    assert len(lines(office)) == 5


def test_a_service_is_changed_removed_and_restored(office):
    agency = agency_of(office)
    (service,) = enter(office, a_service(agency, person="示例"))
    with office.write("修改") as session:
        draft = service_draft(session, service)
        save_service(session, replace(draft, matter="合同审查", person="示例乙"), TODAY, service)
    assert [(r.matter, r.who) for r in lines(office)] == [("合同审查", "示例乙")]
    with office.write("移入回收站") as session:
        remove_services(session, [service])
    assert lines(office) == []
    with office.write("恢复") as session:
        restore_service(session, service)
    assert [r.key for r in lines(office)] == [key_of_service(service)]


def test_a_name_means_whoever_works_in_the_agency_on_that_day(office):
    own, other = agency_of(office), agency_of(office, "市场监管")
    public = a_public_lawyer(office, own, "汪晓棠")
    lawyer = enter_lawyer(office)  # of the same name
    with office.read() as session:
        known = entry_facts(session, TODAY).people
    found, said = person_named(known, "汪晓棠", own, DAY)
    assert (found.capacity, found.key, said) == (Capacity.PUBLIC, public, "")
    found, said = person_named(known, "汪晓棠", other, DAY)
    assert (found.capacity, found.key, said) == (Capacity.LAWYER, lawyer, "")
    an_adviser(office, own)
    with office.read() as session:
        known = entry_facts(session, TODAY).people
    found, said = person_named(known, "严安", other, DAY)
    assert found is None
    assert said == "本单位没有“严安”，另有严安（内部法律顾问，区综合执法局），没有对应到人，按姓名登记。"
    assert person_named(known, "严安（内部法律顾问，区综合执法局）", other, DAY)[0].name == "严安"
    assert "按姓名登记" in person_named(known, "某某", own, DAY)[1]


def test_a_service_in_a_time_without_the_agency_is_a_warning(office):
    agency = agency_of(office)
    with office.write("设立") as session:
        draft = replace(agency_draft(session, agency), founded_on=date(2026, 10, 20))
        save_agency(session, draft, TODAY, agency)
    (service,) = enter(office, a_service(agency, person="示例"))
    assert "2026-10-20 才设立" in warned(office, service)[0]
    assert len(lines(office)) == 1
    with office.read() as session:
        assert session.get(Service, service).agency_id == agency
