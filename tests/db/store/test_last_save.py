"""Two clerks open the same thing and both save: the second is told who was quicker, nothing of the first is lost."""

import ast
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

import db
from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import agency_draft
from db.assignment.acts.assignments import end_assignment, replace_agent
from db.assignment.queries.candidates import candidates
from db.assignment.rules.assignments import EndDraft, ReplaceDraft
from db.cases.acts.cases import remove_event, save_case
from db.cases.acts.registration import Ties, tie
from db.cases.queries.detail import case_draft
from db.consultations.acts.consultations import finish_follow_up, reopen_follow_up
from db.consultations.acts.members import answer_invitation, change_member, drop_member, sign_sheet
from db.consultations.rules.consultations import AnswerDraft as InvitationDraft
from db.consultations.rules.consultations import DoneDraft, MemberDraft
from db.errors import Conflict, UserError
from db.law.notices import DayKind, read_notice
from db.models.agency import Agency
from db.models.appointment import ChangeFiling
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case, Event
from db.models.consultation import Consultation, FollowUp, Member
from db.models.journal import JournalRow
from db.models.lawyer import Lawyer
from db.models.office import Attachment
from db.models.reference import Holiday, HolidayNotice
from db.models.service import Assessment, Rating, Service
from db.office.acts.attachments import attach, describe_attachment
from db.office.acts.calendar import enter_notice, set_day
from db.roster.acts.appointments import file_change
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.rules.appointments import FilingDraft
from db.services.acts.services import answer_recommendation, assess, rate, save_service
from db.services.queries.forms import service_draft
from db.services.rules.services import AnswerDraft, AssessmentDraft, RatingDraft
from db.storage import Kept
from db.words.assignment import Answer, EndKind
from db.words.consultation import InvitationAnswer
from db.words.service import Grade
from tests.conftest import TODAY
from tests.db.store.test_two_clerks import another
from tests.db.store.test_undo_of_every_act import NOTICE, consents_to

LATER = date(2028, 2, 1)
"""A day of a year without a notice."""


def one(session, model, *conditions):
    return session.scalars(select(model).where(*conditions).order_by(model.id)).first()


def of_open(session):
    open_ones = select(Consultation.id).where(
        Consultation.removed_at.is_(None),
        Consultation.archived_on.is_(None),
        Consultation.cancelled_on.is_(None),
    )
    return one(session, Member, Member.consultation_id.in_(open_ones))


def rating(session):
    found = one(session, Rating)
    return lambda s, mark: rate(
        s, found.assignment_id, RatingDraft(3, TODAY, "王某", mark, found.version), TODAY
    )


def first_rating(session):
    bare = one(session, Assignment, Assignment.id.not_in(select(Rating.assignment_id)))
    return lambda s, mark: rate(s, bare.id, RatingDraft(3, TODAY, "王某", mark, 0), TODAY)


def assessment(session):
    found = one(session, Assessment)
    draft = AssessmentDraft(
        found.lawyer_id, found.year, Grade.COMPETENT, "", TODAY, "沈青禾", version=found.version
    )
    return lambda s, mark: assess(s, replace(draft, opinion=mark), TODAY)


def first_assessment(session):
    lawyer = one(
        session, Lawyer, Lawyer.id.not_in(select(Assessment.lawyer_id).where(Assessment.year == 2026))
    )
    draft = AssessmentDraft(lawyer.id, 2026, Grade.COMPETENT, "", TODAY, "沈青禾", version=0)
    return lambda s, mark: assess(s, replace(draft, opinion=mark), TODAY)


def recommendation(session):
    r = one(session, Recommendation)
    return lambda s, mark: answer_recommendation(
        s, r.id, AnswerDraft(Answer.DECLINED, TODAY, mark, r.version)
    )


def member(session):
    m = of_open(session)
    draft = MemberDraft(m.kind, name=m.name, lawyer_id=m.lawyer_id, version=m.version)
    return lambda s, mark: change_member(s, m.id, replace(draft, unit=mark))


def dropping_a_changed_member(session):
    m = of_open(session)
    changed = member(session)
    return lambda s, mark: changed(s, "另一单位") if mark == "甲" else drop_member(s, m.id, m.version)


def invitation(session):
    m = of_open(session)
    draft = InvitationDraft(InvitationAnswer.LEAVE, TODAY, "", m.version)
    return lambda s, mark: answer_invitation(s, m.id, replace(draft, reason=mark), TODAY)


def signing(session):
    m = of_open(session)
    return lambda s, mark: sign_sheet(
        s, m.id, TODAY - timedelta(days=19 if mark == "甲" else 0), TODAY, m.version
    )


def attachment(session):
    kept = one(session, Attachment)
    return lambda s, mark: describe_attachment(s, kept.id, mark, "", kept.version)


def notice_of_a_new_year(session):
    assert one(session, HolidayNotice, HolidayNotice.year == 2027) is None
    return lambda s, mark: enter_notice(s, read_notice(NOTICE), f"{NOTICE}{mark}", TODAY, 0)


def notice_after_a_day_was_set(session):
    """A day that the first clerk sets by hand is not swept away by the second one's notice."""
    known = one(session, HolidayNotice, HolidayNotice.year == 2026)
    day = one(session, Holiday, Holiday.notice_id == known.id)
    notice = replace(read_notice(NOTICE), year=2026)

    def save(s, mark):
        if mark == "甲":
            set_day(s, day.day, DayKind.OFF, mark, "市政府通知", TODAY, day.version)
        else:
            enter_notice(s, notice, NOTICE, TODAY, known.version)

    return save


def first_day(session):
    return lambda s, mark: set_day(s, LATER, DayKind.OFF, mark, "市政府通知", TODAY, 0)


def known_day(session):
    day = one(session, Holiday)
    return lambda s, mark: set_day(s, day.day, DayKind.OFF, mark, "市政府通知", TODAY, day.version)


def task(session):
    t = one(session, FollowUp, FollowUp.done_on.is_(None))
    return lambda s, mark: finish_follow_up(s, t.id, DoneDraft(TODAY, mark, t.version), TODAY)


def task_done(session):
    t = one(session, FollowUp, FollowUp.done_on.is_not(None))

    def save(s, mark):
        if mark == "甲":
            finish_follow_up(s, t.id, DoneDraft(TODAY, mark, t.version), TODAY)
        else:
            reopen_follow_up(s, t.id, t.version)

    return save


def ending(session):
    a = one(session, Assignment, Assignment.ended_on.is_(None))
    return lambda s, mark: end_assignment(s, a.id, EndDraft(EndKind("撤销"), TODAY, mark))


def replacing(session):
    for a in session.scalars(select(Assignment).where(Assignment.ended_on.is_(None))):
        free = [c for c in candidates(session, a.case_id, a.party_id, TODAY) if not c.is_blocked]
        if free:
            new = free[0]
            draft = ReplaceDraft(new.lawyer_id, TODAY, "", "卷宗已移交", consents_to(new))
            return lambda s, mark: replace_agent(s, a.id, replace(draft, reason=mark), TODAY)
    raise AssertionError("nobody can be replaced")


def filing(session):
    f = one(session, ChangeFiling, ChangeFiling.filed_on.is_(None))
    return lambda s, mark: file_change(s, f.id, FilingDraft(TODAY, mark), TODAY)


def series(session):
    case = one(session, Case, Case.removed_at.is_(None))
    return lambda s, mark: tie(s, case.id, Ties(case.previous_id, f"示例{mark}系列案"), case.version)


def step_of_a_changed_case(session):
    event = one(session, Event)
    case = session.get(Case, event.case_id)
    draft = case_draft(session, case.id)

    def save(s, mark):
        if mark == "甲":
            save_case(s, replace(draft, note=mark), TODAY, case.id)
        else:
            remove_event(s, event.id, case.version)

    return save


def record(read, save, field, model):
    """Return how two clerks write the same field of a record with a form of its own."""

    def ready(session):
        key = one(session, model, model.removed_at.is_(None)).id
        draft = read(session, key)
        return lambda s, mark: save(s, replace(draft, **{field: mark}), TODAY, key)

    return ready


def lawyer_of(session, key):
    return lawyer_draft(session, key, TODAY)


ACTS = {
    "评价": rating,
    "第一次评价": first_rating,
    "考核": assessment,
    "第一次考核": first_assessment,
    "答复推荐": recommendation,
    "改参会人员": member,
    "移出已改的人员": dropping_a_changed_member,
    "答复邀请": invitation,
    "签意见表": signing,
    "附件说明": attachment,
    "放假通知": notice_of_a_new_year,
    "改过一天后的通知": notice_after_a_day_was_set,
    "改一天": first_day,
    "改原有的一天": known_day,
    "办结": task,
    "改回未办结": task_done,
    "结束分派": ending,
    "更换": replacing,
    "备案": filing,
    "系列案": series,
    "删已改案件的进程": step_of_a_changed_case,
    "顾问": record(lawyer_of, save_lawyer, "note", Lawyer),
    "案件": record(case_draft, save_case, "note", Case),
    "单位": record(agency_draft, save_agency, "note", Agency),
    "服务": record(service_draft, save_service, "matter", Service),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def full(request):
    """Return the demo bureau on each engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("demo_office")
        return
    yield request.getfixturevalue("served_demo")


def written(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(JournalRow))


def test_the_second_of_two_clerks_is_told_and_the_first_ones_work_stands(full):
    """One office for all acts, for a full one is slow to make; whatever fails is named."""
    database = full
    with database.write("备好") as session:
        key = one(session, Lawyer).id
        attach(session, "lawyer", key, [Kept("执业证.pdf", 3, "a" * 64)], TODAY)
        change = one(session, ChangeFiling)
        if one(session, ChangeFiling, ChangeFiling.filed_on.is_(None)) is None:
            change.filed_on, change.receipt = None, ""
    wrong = []
    with another(database) as other:
        for name, ready in ACTS.items():
            with database.read() as session:
                save = ready(session)
                session.expunge_all()
            with other.write(name) as session:
                save(session, "甲")
            before = written(database)
            try:
                with database.write(name) as session:
                    save(session, "乙")
            except UserError as refused:
                if not isinstance(refused, Conflict) or "林一苇于 20" not in str(refused):
                    wrong.append(f"{name}: {refused}")
            else:
                wrong.append(f"{name}: overwritten")
            if written(database) != before:
                wrong.append(f"{name}: written")
    assert wrong == []


ADDS = {
    "nothing but rows of its own is entered": """
        accept appoint assign attach convene declare draw_members link_dispute name_members record_services register
        urge issue claim keep save_many find_or_enter_firm suspend reinstate dismiss number_certificates note_new_term""",
    "to the recycle bin and back, nothing is written over": """
        remove_internal_advisers restore_internal_adviser remove_contracts restore_contract remove_agencies
        restore_agency remove_attachments restore_attachment remove_cases restore_case remove_consultations
        restore_consultation remove_lawyers restore_lawyer remove_public_lawyers restore_public_lawyer remove_services
        restore_service remove_sharings restore_sharing remove restore""",
    "part of another act, which was asked already": """
        enter_certificate set_background put_number put_cases put_questions put_rows delete_all replace_all
        keep_first_warnings keep_warnings keep_issue_date look_again guard_archives review_assignments review_all put
        join_series leave_series""",
    "reads, or keeps what belongs to one window": """
        acting hand_of number_taken public_lawyer_problems_of reveal reveal_public_lawyer drop refuse""",
}
ASKED = {
    "opened",
    "_opened",
    "unchanged",
    "_running",
    "conflict",
    "present",
    "writable",
    "version",
    "read",
    "save",
}
"""``save`` is the kit's, which answers a second clerk for every ledger."""


def test_every_act_that_changes_something_asks_what_the_clerk_had_read():
    """A new act is either of the kinds above, or answers a second clerk: the list is complete by this."""
    silent = set()
    exempt = {name for names in ADDS.values() for name in names.split()}
    here = Path(db.__path__[0])
    for file in (*sorted(here.glob("*/acts/*.py")), here / "ledger" / "acts.py"):
        if file.stem == "common":
            continue
        for act in ast.parse(file.read_text("utf-8")).body:
            if not isinstance(act, ast.FunctionDef) or act.name.startswith("_") or act.name in exempt:
                continue
            takes = [arg.arg for arg in act.args.args]
            words = {n.id for n in ast.walk(act) if isinstance(n, ast.Name)} | set(takes)
            words |= {n.attr for n in ast.walk(act) if isinstance(n, ast.Attribute)}
            if "session" in takes and not words & ASKED:
                silent.add(f"{file.stem}.{act.name}")
    assert silent == set()
