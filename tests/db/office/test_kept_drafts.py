"""What a clerk typed and did not save: kept as it stands, found again, and no trace of it in the journal."""

from dataclasses import replace
from datetime import date

from db.cases.rules.cases import CaseDraft
from db.consultations.rules.consultations import (
    AdoptionDraft,
    CorrectionDraft,
    FollowUpDraft,
    MemberDraft,
    OpinionDraft,
    PointDraft,
    RecordDraft,
    SignInDraft,
)
from db.formats.kept import pack, unpack
from db.office.acts.kept_drafts import drop, keep
from db.office.queries.history import recent_acts
from db.office.queries.kept_drafts import kept_draft
from db.roster.rules.lawyers import LawyerDraft
from db.words.consultation import Adoption, PointKind, Risk, Stance
from tests.conftest import a_lawyer
from tests.tour import a_background

RECORD = RecordDraft(
    until_time="16:10",
    sign_ins=(SignInDraft(1, arrived_at="14:25", has_declared=True, signed_on=date(2026, 11, 20)),),
    opinions=(OpinionDraft(1, None, Stance.DISSENTS, "第 2 户拆除早于协议生效。", "单独调解", Risk.HIGH),),
    points=(PointDraft(PointKind.EVIDENCE, "评估报告的送达", 7),),
    conclusion="主体适格。\n第 2 户先行调解。",
    risk=Risk.MEDIUM,
    follow_ups=(FollowUpDraft("补送达回证", 3, "示例镇政府", date(2026, 12, 4)),),
    version=4,
)


def test_any_draft_comes_back_as_it_was():
    for draft in (
        RECORD,
        CorrectionDraft("漏记一人意见", record=RECORD, members=((7, MemberDraft(name="何一鸣")),)),
        AdoptionDraft(Adoption.PART, date(2026, 12, 1), "另有安排", ((7, Adoption.NONE), (8, None)), 3),
        CaseDraft(),
        replace(a_lawyer(), **a_background()),
    ):
        assert unpack(type(draft), pack(draft)) == draft


def test_what_an_older_program_kept_differently_is_not_guessed_at():
    assert unpack(RecordDraft, {"opinions": 3}) is None
    assert unpack(LawyerDraft, "nothing") is None
    assert unpack(RecordDraft, pack(RECORD) | {"gone": 1}) == RECORD


def test_the_latest_is_kept_per_form_record_and_clerk_and_leaves_no_act(database):
    for text in ("主体适格", "主体适格，程序"):
        with database.write("暂存") as session:
            keep(session, "consultation_record", 9, 4, {"draft": pack(replace(RECORD, conclusion=text))})
    with database.read() as session:
        acts = recent_acts(session)
        found = kept_draft(session, "consultation_record", 9, database.hand)
        assert kept_draft(session, "consultation_record", 9, replace(database.hand, clerk="林一苇")) is None
        assert kept_draft(session, "consultation", 9, database.hand) is None
    assert found.version == 4
    assert unpack(RecordDraft, found.content["draft"]).conclusion == "主体适格，程序"
    assert "暂存" not in [act.label for act in acts]
    with database.write("丢弃") as session:
        drop(session, "consultation_record", 9)
    with database.read() as session:
        assert kept_draft(session, "consultation_record", 9, database.hand) is None
