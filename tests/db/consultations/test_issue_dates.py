"""A paper keeps its date with its number: printed again it is the same paper. Answers are asked for on working days."""

from datetime import date, timedelta

import pytest

from db.assignment.queries.assigning import issue_date
from db.cases.state import load_calendar
from db.catalogue.reports import CERTIFICATE, NOTICE, UNIT_NOTICE, Parameters, make, write_report
from db.consultations.acts.consultations import convene
from db.coverage.acts.urging import urge
from db.coverage.queries.urging_offers import urging_offers
from db.coverage.rules.urging import Urged, UrgingDraft
from db.documents.model import Seal
from db.errors import Invalid
from db.models.appointment import Appointment
from db.models.assignment import Letter
from db.office.acts.numbering import claim, keep_issue_date
from db.roster.acts.appointments import number_certificates
from tests.conftest import TODAY
from tests.db.consultations.stories import a_consultation, agency_of
from tests.db.store.test_acts import defendant, detail, enter_case, enter_lawyer

LATER = date(2027, 3, 1)


def dated(database, name, key, today, issued_on=None):
    """Return what stands under the seal of a paper that is printed on this day."""
    wanted = Parameters(date(2026, 1, 1), today, today, ids=(key,), issued_on=issued_on)
    (paper, *_) = make(database, name, wanted)
    return next(block.day for block in paper.blocks if isinstance(block, Seal))


@pytest.mark.parametrize("name", [NOTICE, UNIT_NOTICE])
def test_a_notice_printed_after_its_meeting_is_dated_before_it(office, name):
    with office.write("发起会商") as session:
        key = convene(session, a_consultation(office), TODAY)
    assert dated(office, name, key, TODAY) == "2026年11月24日"
    assert dated(office, name, key, LATER) == "2026年11月24日"


def a_certificate(office):
    key = enter_lawyer(office)
    with office.write("编号") as session:
        (appointment,) = session.query(Appointment).filter_by(lawyer_id=key)
        number_certificates(session, [appointment.id], TODAY)
    return key


def test_a_certificate_of_one_year_is_not_dated_in_the_next(office):
    key = a_certificate(office)
    assert dated(office, CERTIFICATE, key, LATER) == "2026年11月24日"


def test_another_date_of_issue_is_kept_once_the_paper_left(office, tmp_path):
    key, chosen = a_certificate(office), date(2026, 12, 1)
    assert dated(office, CERTIFICATE, key, TODAY, chosen) == "2026年12月1日"
    assert dated(office, CERTIFICATE, key, LATER) == "2026年11月24日", "a look changes nothing"
    wanted = Parameters(date(2026, 1, 1), TODAY, TODAY, ids=(key,), issued_on=chosen)
    write_report(office, CERTIFICATE, wanted, tmp_path / "聘书.pdf")
    assert dated(office, CERTIFICATE, key, LATER) == "2026年12月1日"


def test_a_number_that_stood_on_a_paper_before_has_no_date_until_it_is_said(office):
    with office.write("补录") as session:
        claim(session, "柯司聘〔2023〕5号", "汪晓棠的聘书")
        assert issue_date(session, "柯司聘〔2023〕5号", None, TODAY) is None
        keep_issue_date(session, "柯司聘〔2023〕5号", date(2023, 6, 1))
        assert issue_date(session, "柯司聘〔2023〕5号", None, TODAY) == date(2023, 6, 1)
        assert issue_date(session, "", None, TODAY) == TODAY


@pytest.mark.parametrize("days", range(21))
def test_an_answer_is_asked_for_on_a_working_day(office, days):
    from db.assignment.acts.assignments import assign
    from db.assignment.rules.assignments import AssignmentDraft, Choice
    from db.words.assignment import Role

    on = date(2026, 9, 10) + timedelta(days=days)  # 中秋, 国庆 and the weekends that are worked for them
    lawyer, case_id = enter_lawyer(office, term_from=date(2025, 1, 1)), enter_case(office)
    found = detail(office, case_id)
    with office.write("分派") as session:
        draft = AssignmentDraft(
            case_id,
            defendant(found).key,
            (Choice(lawyer, Role.LEAD),),
            assigned_on=on,
            with_letter=True,
            version=found.version,
        )
        assign(session, draft, TODAY)
        letter = session.query(Letter).one()
        assert not load_calendar(session).is_rest_day(letter.answer_by)
        assert letter.answer_by >= letter.issued_on + timedelta(days=5)


def test_an_urging_letter_offers_a_working_day_and_refuses_a_day_of_rest(office):
    saturday = date(2026, 12, 26)
    with office.read() as session:
        assert not load_calendar(session).is_rest_day(urging_offers(session, TODAY, TODAY, ()).answer_by)
    draft = UrgingDraft(
        (Urged(agency_of(office, "石梁"), "没有公职律师", "请配备", "石梁镇"),), answer_by=saturday
    )
    with pytest.raises(Invalid, match="2026-12-26 是休息日.*2026-12-28"), office.write("催办") as session:
        urge(session, draft, TODAY)
