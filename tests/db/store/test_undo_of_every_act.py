"""Any mixture of acts in a full office can be taken back and done again, with everything that is derived from them."""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from db.agencies.acts.agencies import save_agency
from db.agencies.acts.changes import end_agency, resume_agency
from db.agencies.acts.changes import rename_agency as give_another_name
from db.agencies.queries.agencies import agency_draft
from db.agencies.queries.in_time import ties
from db.agencies.rules.agencies import AgencyEnd, Move, RenameDraft
from db.agencies.rules.agencies import EndDraft as AgencyEndDraft
from db.assignment.acts.assignments import assign, end_assignment, link_dispute, replace_agent
from db.assignment.queries.candidates import candidates
from db.assignment.rules.assignments import AssignmentDraft, Choice, ConsentDraft, EndDraft, ReplaceDraft
from db.base import Base
from db.cases.acts.attendance import save_plan
from db.cases.acts.cases import (
    change_event,
    record_event,
    remove_cases,
    remove_event,
    restore_case,
    save_case,
)
from db.cases.acts.chains import join_series, leave_series, link_duplicate, link_previous
from db.cases.acts.marks import clear_mark, extend_period, fix_period, mark_done
from db.cases.acts.registration import Ties, register
from db.cases.acts.results import conclude
from db.cases.queries.detail import case_draft
from db.cases.rules.attendance import PlanDraft
from db.cases.rules.cases import EventDraft, ResultDraft
from db.cases.rules.marks import DoneDraft, ExtendDraft, FixDraft, MarkKind
from db.coverage.acts.urging import log_urging_answer, urge
from db.coverage.rules.urging import Urged, UrgingAnswerDraft, UrgingDraft
from db.errors import UserError
from db.law.notices import read_notice
from db.models.agency import Agency
from db.models.appointment import Appointment
from db.models.assignment import Assignment, Letter, Recommendation
from db.models.case import Case, Event, Party, PeriodMark
from db.models.lawyer import Lawyer
from db.models.office import Attachment
from db.models.public_lawyer import Posting
from db.models.service import Service
from db.office.acts.attachments import attach, remove_attachments
from db.office.acts.calendar import enter_notice
from db.roster.acts.appointments import appoint, declare, dismiss, number_certificates, reinstate, suspend
from db.roster.acts.lawyers import remove_lawyers, restore_lawyer, save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.rules.appointments import (
    AppointDraft,
    DeclarationDraft,
    DismissDraft,
    ReinstateDraft,
    SuspendDraft,
)
from db.roster.rules.background import ContractDraft, PostDraft, RelativeDraft
from db.services.acts.services import (
    answer_recommendation,
    assess,
    rate,
    record_services,
    remove_services,
    restore_service,
)
from db.services.rules.services import AnswerDraft, AssessmentDraft, RatingDraft, ServiceDraft
from db.setup import derived
from db.setup.opening import open_office
from db.storage import Kept
from db.words.assignment import Answer, DisputeRole, EndKind, Role, Severity
from db.words.case import AbsenceReason, Attends, EventKind, Outcome, Side
from db.words.lawyer import Relation
from db.words.service import Grade
from tests.conftest import TODAY, a_lawyer
from tests.db.consultations.acts import CONSULTATION_ACTS, CONSULTATION_NEEDS
from tests.db.registry.acts import REGISTRY_ACTS, REGISTRY_NEEDS

SOON = TODAY + timedelta(days=20)
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。"""


class Hand:
    """Draws what an act is done to; the same seed does the same."""

    def __init__(self, session, seed):
        self.session, self.by = session, Random(seed)

    def one(self, model, *conditions):
        """Return some row of a table, or leave the act undone where there is none."""
        rows = self.session.scalars(select(model).where(*conditions).order_by(model.id)).all()
        if not rows:
            raise UserError("没有可选的记录")
        return self.by.choice(rows)

    def case(self):
        return self.one(Case, Case.removed_at.is_(None))

    def lawyers(self):
        keys = self.session.scalars(select(Lawyer.id).where(Lawyer.removed_at.is_(None))).all()
        return tuple(self.by.sample(keys, min(len(keys), self.by.randint(1, 3))))


def save_some_case(hand):
    case = hand.case()
    draft = case_draft(hand.session, case.id)
    change = hand.by.choice(
        (
            {"hearing_on": None},
            {"hearing_on": SOON, "hearing_time": "09:30"},
            {"parties": draft.parties[:-1]},
            {"received_on": TODAY - timedelta(days=3)},
            {"is_difficult": True, "number": ""},
        )
    )
    save_case(hand.session, replace(draft, **change), TODAY, case.id)


def register_with_ties(hand):
    """Another defendant's case on the same act, after the instance before."""
    case = hand.case()
    draft = replace(
        case_draft(hand.session, case.id), number=f"（2026）浙0825行初{hand.by.randrange(900, 999)}号"
    )
    parties = tuple(replace(party, key=0) for party in draft.parties)
    ties = Ties(previous_id=case.id, series="示例征收系列案")
    register(hand.session, replace(draft, parties=parties), ties, TODAY)


def record_some_event(hand):
    case = hand.case()
    kind = hand.by.choice(
        (EventKind.HEARING, EventKind.ANSWERED, EventKind.JUDGMENT_SERVED, EventKind.CLOSED)
    )
    party = hand.one(Party, Party.case_id == case.id)
    outcome = Outcome.DISMISSED if kind is EventKind.CLOSED else None
    draft = EventDraft(kind, TODAY - timedelta(days=hand.by.randint(0, 9)), outcome=outcome)
    if kind is EventKind.JUDGMENT_SERVED:
        draft = replace(draft, party_id=party.id)
    record_event(hand.session, case.id, draft, case.version, TODAY)


def change_some_event(hand):
    event = hand.one(Event)
    case = hand.session.get(Case, event.case_id)
    draft = EventDraft(event.kind, event.on_date - timedelta(days=1), note="更正", party_id=event.party_id)
    change_event(hand.session, event.id, draft, case.version, TODAY)


def mark_some_period(hand):
    case, rule_id = hand.case(), hand.by.choice(("L02", "L12", "R05"))
    session, version = hand.session, case.version
    sued = [p.id for p in case.parties if p.side is Side.DEFENDANT]
    of = hand.by.choice(((), tuple(sued[:1])))
    hand.by.choice(
        (
            lambda: fix_period(
                session, case.id, rule_id, FixDraft(SOON, "人民法院指定", "通知书"), version, of
            ),
            lambda: extend_period(session, case.id, rule_id, ExtendDraft(10, reason="法院准许"), version, of),
            lambda: mark_done(session, case.id, rule_id, DoneDraft(TODAY, "回执"), version, TODAY, of),
        )
    )()


def clear_some_mark(hand):
    mark = hand.one(PeriodMark)
    case = hand.session.get(Case, mark.case_id)
    of = (mark.party_id,) if mark.party_id else ()
    clear_mark(hand.session, case.id, mark.rule, hand.by.choice(list(MarkKind)), case.version, of)


def plan_attendance(hand):
    event = hand.one(Event, Event.kind == EventKind.HEARING)
    case = hand.session.get(Case, event.case_id)
    absent = PlanDraft(Attends.NO, absence=AbsenceReason.DUTY, absence_note="防汛值守", staff=("示例科员",))
    plan = hand.by.choice((PlanDraft(Attends.YES, "示例局长", "局长"), absent))
    save_plan(hand.session, event.id, plan, case.version, TODAY)


def assign_somebody(hand):
    party = hand.one(Party, Party.side == Side.DEFENDANT)
    case = hand.session.get(Case, party.case_id)
    free = [c for c in candidates(hand.session, case.id, party.id, TODAY) if not c.is_blocked]
    if not free:
        raise UserError("没有可选的顾问")
    chosen, *others = hand.by.sample(free, min(3, len(free)))
    assign(
        hand.session,
        AssignmentDraft(
            case.id,
            party.id,
            (Choice(chosen.lawyer_id, Role.LEAD),),
            alternates=tuple(c.lawyer_id for c in others),
            assigned_on=TODAY,
            reason="专业相符",
            consents=consents_to(chosen),
            with_letter=hand.by.random() < 0.5,
            version=case.version,
        ),
        TODAY,
    )


def consents_to(candidate):
    return tuple(
        ConsentDraft(
            candidate.lawyer_id,
            f.rule,
            is_consent=f.severity is Severity.CONSENT,
            reason="已说明",
            person="王某",
        )
        for f in candidate.findings
    )


def replace_somebody(hand):
    old = hand.one(Assignment, Assignment.ended_on.is_(None))
    free = [c for c in candidates(hand.session, old.case_id, old.party_id, TODAY) if not c.is_blocked]
    new = hand.by.choice(free or [None])
    if new is None:
        raise UserError("没有可接办的顾问")
    draft = ReplaceDraft(new.lawyer_id, TODAY, "工作调整", "卷宗已移交", consents_to(new))
    replace_agent(hand.session, old.id, draft, TODAY)


def end_somebody(hand):
    old = hand.one(Assignment, Assignment.ended_on.is_(None))
    end_assignment(hand.session, old.id, EndDraft(hand.by.choice(list(EndKind)), TODAY, "登记有误"))


def answer_something(hand):
    asked = hand.one(Recommendation)
    answer_recommendation(
        hand.session, asked.id, AnswerDraft(hand.by.choice(list(Answer)), TODAY, "另有安排")
    )


def change_background(hand):
    lawyer = hand.one(Lawyer, Lawyer.removed_at.is_(None))
    opponent = hand.one(Party, Party.side == Side.PLAINTIFF)
    court = PostDraft("龙游县人民法院", post="审判员", from_on=date(2015, 1, 1), to_on=date(2020, 1, 1))
    lists = hand.by.choice(
        (
            {"relatives": (RelativeDraft(name=opponent.name, relation=Relation.SPOUSE),)},
            {"posts": (court,)},
            {"contracts": (ContractDraft(opponent.name, by_firm=True, from_on=date(2026, 1, 1)),)},
            {"firm": "示例新所律师事务所", "firm_since": TODAY},
        )
    )
    save_lawyer(
        hand.session, replace(lawyer_draft(hand.session, lawyer.id, TODAY), **lists), TODAY, lawyer.id
    )


def enter_somebody(hand):
    licence = f"1330820151{hand.by.randrange(10**7):07}"
    save_lawyer(hand.session, a_lawyer(licence=licence, certificate="柯司聘〔2021〕7号"), TODAY)


def declare_interest(hand):
    running = hand.one(Assignment, Assignment.ended_on.is_(None))
    draft = DeclarationDraft(running.lawyer_id, TODAY, "与原告有合伙", running.case_id, has_interest=True)
    declare(hand.session, draft, TODAY)


def rename_agency(hand):
    agency = hand.one(Agency, Agency.removed_at.is_(None))
    draft = agency_draft(hand.session, agency.id)
    save_agency(
        hand.session, replace(draft, name=f"{draft.name}（更名）", short_name="更名局"), TODAY, agency.id
    )


def rename_by_paper(hand):
    agency = hand.one(Agency, Agency.ended_on.is_(None), Agency.removed_at.is_(None))
    name = f"示例{hand.by.randrange(10**6)}局"
    draft = RenameDraft(name, name, TODAY, "柯委编〔2026〕8号", agency.version)
    give_another_name(hand.session, agency.id, draft, TODAY)


def merge_agencies(hand):
    """Merge one with people bound to it, whom the successor takes over."""
    agency = hand.one(Agency, Agency.id.in_(select(Posting.agency_id)), Agency.ended_on.is_(None))
    into = hand.one(Agency, Agency.id != agency.id, Agency.ended_on.is_(None))
    moves = tuple(
        Move(t.tie, t.key, hand.by.random() < 0.7) for t in ties(hand.session, agency.id, TODAY, into.id)
    )
    draft = AgencyEndDraft(AgencyEnd.MERGED, TODAY, into.id, "柯委编〔2026〕9号", "", moves, agency.version)
    end_agency(hand.session, agency.id, draft, TODAY)


def resume_some_agency(hand):
    agency = hand.one(Agency, Agency.ended_on.is_not(None))
    resume_agency(hand.session, agency.id, agency.version)


def tie_cases(hand):
    case, other = hand.case(), hand.case()
    session, version = hand.session, case.version
    hand.by.choice(
        (
            lambda: link_previous(session, case.id, other.id, version),
            lambda: link_previous(session, case.id, None, version),
            lambda: link_duplicate(session, case.id, other.id, version),
            lambda: join_series(session, [case.id, other.id], "示例征收系列案"),
            lambda: leave_series(session, [case.id]),
        )
    )()


def assess_somebody(hand):
    lawyer = hand.one(Lawyer, Lawyer.removed_at.is_(None))
    assess(
        hand.session, AssessmentDraft(lawyer.id, 2026, Grade.COMPETENT, "履职正常", TODAY, "沈青禾"), TODAY
    )


def record_some_services(hand):
    drafts = [
        ServiceDraft(on_date=TODAY, lawyer_id=key, matter="合法性审查", hours=2.5) for key in hand.lawyers()
    ]
    record_services(hand.session, drafts, TODAY)


def conclude_some_case(hand):
    case = hand.case()
    conclude(hand.session, case.id, ResultDraft(Outcome.DISMISSED), TODAY, case.version, TODAY)


def link_some_dispute(hand):
    running = hand.one(Assignment, Assignment.ended_on.is_(None))
    role = hand.by.choice(list(DisputeRole))
    link_dispute(hand.session, running.case_id, running.lawyer_id, role, "原审证人")


def attach_something(hand):
    file = Kept("执业证.pdf", 3, f"{hand.by.getrandbits(256):064x}")
    attach(hand.session, "lawyer", hand.one(Lawyer).id, [file], TODAY, "执业证")


def urge_some_agencies(hand):
    keys = hand.session.scalars(select(Agency.id).where(Agency.removed_at.is_(None))).all()
    urged = tuple(Urged(key, "未配备公职律师。", "请报送人选。") for key in hand.by.sample(keys, 3))
    urge(hand.session, UrgingDraft(urged, SOON), TODAY)


def answer_some_letter(hand):
    letter = hand.one(Letter, Letter.agency_id.is_not(None))
    log_urging_answer(
        hand.session, letter.id, UrgingAnswerDraft(TODAY, f"答复{hand.by.random()}", letter.version), TODAY
    )


ACTS = {
    "续聘": lambda h: appoint(
        h.session, AppointDraft(h.lawyers(), to_on=date(2029, 5, 31), batch="示例批次"), TODAY
    ),
    "编号": lambda h: number_certificates(h.session, [h.one(Appointment).id], TODAY),
    "暂停": lambda h: suspend(h.session, SuspendDraft(h.lawyers(), from_on=TODAY, reason="外出进修"), TODAY),
    "恢复": lambda h: reinstate(h.session, ReinstateDraft(h.lawyers(), TODAY), TODAY),
    "解聘": lambda h: dismiss(h.session, DismissDraft(h.lawyers(), on=TODAY, reason="本人申请"), TODAY),
    "任职经历": change_background,
    "声明": declare_interest,
    "新顾问": enter_somebody,
    "删顾问": lambda h: remove_lawyers(
        h.session, [h.one(Lawyer, Lawyer.id.not_in(select(Assignment.lawyer_id))).id]
    ),
    "还顾问": lambda h: restore_lawyer(h.session, h.one(Lawyer, Lawyer.removed_at.is_not(None)).id),
    "服务": record_some_services,
    "删服务": lambda h: remove_services(h.session, [h.one(Service).id]),
    "还服务": lambda h: restore_service(h.session, h.one(Service, Service.removed_at.is_not(None)).id),
    "评价": lambda h: rate(
        h.session, h.one(Assignment).id, RatingDraft(h.by.randint(1, 5), TODAY, "王某"), TODAY
    ),
    "考核": assess_somebody,
    "分派": assign_somebody,
    "更换": replace_somebody,
    "结束分派": end_somebody,
    "回复": answer_something,
    "关联": link_some_dispute,
    "登记案件": register_with_ties,
    "改案件": save_some_case,
    "进展": record_some_event,
    "改进展": change_some_event,
    "删进展": lambda h: remove_event(h.session, h.one(Event).id),
    "结果": conclude_some_case,
    "期限": mark_some_period,
    "清期限": clear_some_mark,
    "出庭": plan_attendance,
    "串案": tie_cases,
    "删案件": lambda h: remove_cases(h.session, [h.case().id]),
    "还案件": lambda h: restore_case(h.session, h.one(Case, Case.removed_at.is_not(None)).id),
    "单位": rename_agency,
    "更名": rename_by_paper,
    "合并": merge_agencies,
    "恢复单位": resume_some_agency,
    "放假": lambda h: enter_notice(h.session, read_notice(NOTICE), NOTICE, TODAY),
    "附件": attach_something,
    "删附件": lambda h: remove_attachments(h.session, [h.one(Attachment).id]),
    **CONSULTATION_ACTS,
    "催办": urge_some_agencies,
    "催办反馈": answer_some_letter,
    **REGISTRY_ACTS,
}


def do(database, name, seed):
    """Do an act; return whether it was allowed and changed anything."""
    told = []
    database.listeners[:] = [told.append]
    with suppress(UserError), database.write(name) as session:  # the law or the state of things may forbid it
        ACTS[name](Hand(session, seed))
    return bool(told)


KEPT_FOR_GOOD = {"gesture", "journal_row", "issued_number", "table_seal"}
NUMBERED_ANEW = {"search_key", "case_text", "deadline", "assignment_conflict", "engagement"}


def everything(database):
    """Return every row of every table but the journal and the register of numbers, versions left out."""
    found = {}
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in KEPT_FOR_GOOD:
                left_out = {"version"} | ({"id"} if table.name in NUMBERED_ANEW else set())
                columns = [c for c in table.c if c.name not in left_out]
                found[table.name] = sorted(map(repr, session.execute(select(*columns))))
    return found


class Office(RuleBasedStateMachine):
    """A full office in which anything is done, taken back and done again."""

    template: Path
    done: set

    @initialize()
    def open(self):
        self.folder = Path(mkdtemp())
        shutil.copy(self.template, self.folder / "o.db")
        self.database = open_office(self.folder / "o.db", "沈青禾")
        self.states, self.undone = [everything(self.database)], []

    @rule(name=st.sampled_from(sorted(ACTS)), seed=st.integers(0, 10_000))
    def act(self, name, seed):
        if do(self.database, name, seed):
            Office.done.add(name)
            self.states.append(everything(self.database))
            self.undone.clear()

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def take_back(self):
        self.database.undo()
        self.undone.append(self.states.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def do_again(self):
        self.database.redo()
        self.states.append(self.undone.pop())

    @invariant()
    def everything_is_as_it_should_be(self):
        if hasattr(self, "database"):
            now = everything(self.database)
            assert {t: rows for t, rows in now.items() if rows != self.states[-1][t]} == {}

    def teardown(self):
        if hasattr(self, "database"):
            with self.database.read() as session:
                assert derived.differences(session) == []
            self.database.close()
            shutil.rmtree(self.folder)


def test_any_mixture_of_acts_in_a_full_office_can_be_taken_back(demo_template):
    Office.template, Office.done = demo_template, set()
    limits = settings(max_examples=6, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(Office, settings=limits)
    assert Office.done, "every act was refused"


NEEDS = {
    "删顾问": ("新顾问",),
    "还顾问": ("新顾问", "删顾问"),
    "还服务": ("删服务",),
    "分派": ("结束分派",),
    "删案件": ("结果",),
    "还案件": ("结果", "删案件"),
    "清期限": ("期限",),
    "删附件": ("附件",),
    **CONSULTATION_NEEDS,
    "恢复单位": ("合并",),
    **REGISTRY_NEEDS,
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_can_be_taken_back_and_done_again(demo_template, tmp_path, name):
    """Acts that need what another one makes are tried after it."""
    shutil.copy(demo_template, tmp_path / "o.db")
    database = open_office(tmp_path / "o.db", "沈青禾")
    for step in (*NEEDS.get(name, ()), name):
        before = everything(database)
        assert any(do(database, step, seed) for seed in range(40)), f"{step} 每次都被拒绝"
    after = everything(database)
    database.undo()
    assert {t: rows for t, rows in everything(database).items() if rows != before[t]} == {}
    database.redo()
    assert {t: rows for t, rows in everything(database).items() if rows != after[t]} == {}
    with database.read() as session:
        assert derived.differences(session) == []
    database.close()
