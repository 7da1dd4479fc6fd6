"""Every act on consultations that can be taken back, done to some consultation of a full office.

Archiving, correcting and drawing are not among them: they are for good.
"""

from dataclasses import replace
from datetime import timedelta

from db.consultations.acts.consultations import (
    adopt,
    cancel,
    change,
    convene,
    finish_follow_up,
    hold_after_all,
    remove_consultations,
    reopen_follow_up,
    restore_consultation,
)
from db.consultations.acts.members import (
    answer_invitation,
    change_member,
    drop_member,
    name_members,
    sign_sheet,
)
from db.consultations.acts.records import save_record
from db.consultations.queries.detail import consultation_detail, consultation_draft, record_draft
from db.consultations.rules.consultations import (
    AdoptionDraft,
    AnswerDraft,
    CancelDraft,
    ConsultationDraft,
    DoneDraft,
    FollowUpDraft,
    MemberDraft,
    OpinionDraft,
    PointDraft,
    QuestionDraft,
)
from db.models.consultation import Consultation, FollowUp, Member
from db.words.consultation import Adoption, InvitationAnswer, MemberKind, Risk, Stance
from tests.conftest import TODAY

OPEN = (
    Consultation.removed_at.is_(None),
    Consultation.archived_on.is_(None),
    Consultation.cancelled_on.is_(None),
)


def some(hand, *more):
    return hand.one(Consultation, *OPEN, *more)


def convene_one(hand):
    case = hand.case()
    draft = ConsultationDraft(
        topic="示例疑难案会商",
        grounds="社会影响较大",
        held_on=TODAY + timedelta(days=3),
        case_ids=(case.id,),
        questions=(QuestionDraft("是否调解。"),),
    )
    convene(hand.session, draft, TODAY)


def change_one(hand):
    c = some(hand)
    draft = consultation_draft(hand.session, c.id)
    another = hand.by.choice(
        (
            {"venue": "二楼会议室", "held_on": TODAY},
            {"case_ids": (hand.case().id,)},
            {"questions": (*draft.questions, QuestionDraft("另一议题。"))},
            {"agency_id": None, "topic": "改题"},
        )
    )
    change(hand.session, c.id, replace(draft, **another), TODAY)


def record_one(hand):
    c = some(hand, Consultation.held_on <= TODAY)
    found, draft = consultation_detail(hand.session, c.id, TODAY), record_draft(hand.session, c.id)
    stance = hand.by.choice(list(Stance))
    opinions = tuple(
        OpinionDraft(
            m.key, q.key, stance, f"示例意见 {hand.by.randrange(99)}", risk=hand.by.choice(list(Risk))
        )
        for m in found.speakers
        for q in found.questions
    )
    signs = tuple(replace(s, arrived_at="14:25") for s in draft.sign_ins)
    task = FollowUpDraft("补充材料", unit="示例单位", due_on=TODAY + timedelta(days=9))
    draft = replace(
        draft,
        sign_ins=signs,
        opinions=opinions,
        points=(PointDraft(text="示例焦点"),),
        follow_ups=(task, *draft.follow_ups[:1]),
        conclusion="示例结论",
    )
    save_record(hand.session, c.id, draft, TODAY)


def member_of_open(hand):
    c = some(hand)
    return hand.one(Member, Member.consultation_id == c.id)


def change_somebody(hand):
    member = member_of_open(hand)
    draft = MemberDraft(member.kind, name=member.name, unit="改单位", lawyer_id=member.lawyer_id)
    change_member(hand.session, member.id, draft)


def answer_for_somebody(hand):
    draft = AnswerDraft(hand.by.choice(list(InvitationAnswer)), TODAY, "外地开庭")
    answer_invitation(hand.session, member_of_open(hand).id, draft, TODAY)


def adopt_one(hand):
    c = hand.one(Consultation, Consultation.archived_on.is_not(None), Consultation.removed_at.is_(None))
    members = tuple((m.id, hand.by.choice([None, *Adoption])) for m in c.members)
    adopt(hand.session, c.id, AdoptionDraft(Adoption.PART, TODAY, "部分可行", members, c.version), TODAY)


def cancel_one(hand):
    c = some(hand)
    cancel(hand.session, c.id, CancelDraft("撤诉", TODAY, c.version), TODAY)


def hold_one(hand):
    c = hand.one(Consultation, Consultation.cancelled_on.is_not(None), Consultation.removed_at.is_(None))
    hold_after_all(hand.session, c.id, c.version)


CONSULTATION_ACTS = {
    "发起会商": convene_one,
    "改会商": change_one,
    "取消会商": cancel_one,
    "恢复召开": hold_one,
    "指定": lambda h: name_members(
        h.session, some(h).id, [MemberDraft(lawyer_id=key) for key in h.lawyers()], TODAY
    ),
    "列席": lambda h: name_members(
        h.session, some(h).id, [MemberDraft(MemberKind.AGENCY, name="示例科长")], TODAY
    ),
    "改成员": change_somebody,
    "移出成员": lambda h: drop_member(h.session, member_of_open(h).id),
    "答复邀请": answer_for_somebody,
    "签意见表": lambda h: sign_sheet(h.session, member_of_open(h).id, TODAY, TODAY),
    "会商记录": record_one,
    "办结事项": lambda h: finish_follow_up(
        h.session, h.one(FollowUp, FollowUp.done_on.is_(None)).id, DoneDraft(TODAY, "回执"), TODAY
    ),
    "重办事项": lambda h: reopen_follow_up(h.session, h.one(FollowUp, FollowUp.done_on.is_not(None)).id),
    "采纳": adopt_one,
    "删会商": lambda h: remove_consultations(h.session, [some(h).id]),
    "还会商": lambda h: restore_consultation(
        h.session, h.one(Consultation, Consultation.removed_at.is_not(None)).id
    ),
}
CONSULTATION_NEEDS = {"还会商": ("删会商",)}
