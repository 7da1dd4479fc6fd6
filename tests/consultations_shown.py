"""Consultations in every state over the demo bureau, for the pictures; all of it invented."""

from dataclasses import replace
from datetime import date

from db.acts.consultation_members import answer_invitation, name_members
from db.acts.consultation_records import archive, correct, save_record
from db.acts.consultations import cancel, finish_follow_up
from db.engine import Database
from db.queries.cases import CaseFilter, View, case_keys
from db.queries.member_candidates import member_candidates
from db.rules.consultations import (
    AnswerDraft,
    CancelDraft,
    CorrectionDraft,
    DoneDraft,
    FollowUpDraft,
    InvitationAnswer,
    MemberDraft,
    MemberKind,
    OpinionDraft,
    PointDraft,
    PointKind,
    QuestionDraft,
    Risk,
    Stance,
)
from tests.conftest import TODAY
from tests.db.consultation_stories import a_record, archived, convened, do, see, stored_record

SAID = (
    (
        Stance.AGREES,
        "补偿协议由镇政府以自己名义签订，主体适格。补偿标准与片区综合地价一致，程序材料齐备，建议按现有思路答辩。",
    ),
    (Stance.AGREES, "建议补充评估报告送达回证。若原告主张未送达，该环节是主要风险点。"),
    (Stance.RESERVES, "3 户附属房建于 2009 年航拍之前，是否计入合法面积，请自然资源部门出具认定意见后再定。"),
    (Stance.DISSENTS, "第 2 户拆除早于协议生效，存在败诉风险。建议该户单独调解，不宜与其他户一并答辩。"),
    (Stance.AGREES, "同意多数意见，可同步向法院申请就该户先行调解。"),
)
FACTS = "石梁镇因道路工程征收集体土地，2026 年 3 月与 4 户签订补偿协议。4 户以未见评估报告、附属房未计补偿为由起诉，请求撤销协议并重新补偿。"
QUESTIONS = (
    QuestionDraft("镇政府作为补偿协议签订主体是否适格；"),
    QuestionDraft("4 户案件是否合并答辩，有无先行调解的必要。"),
)


def enter_consultations(database: Database) -> dict[str, int]:
    """Enter consultations of every state; return the keys by what they show."""
    with database.read() as session:
        cases = case_keys(session, CaseFilter(View.OPEN), TODAY)[:2]
    keys = {"record": _whole(database, tuple(cases))}
    keys["coming"] = convened(
        database,
        topic="航埠镇征收补偿协议二审案会商",
        held_on=date(2026, 11, 25),
        facts=FACTS,
        case_ids=tuple(cases),
    )
    for at, member in enumerate(see(database, keys["coming"]).members):
        answer = InvitationAnswer.LEAVE if at == 2 else InvitationAnswer.ATTENDS
        reason = "出差在外" if at == 2 else ""
        do(database, answer_invitation, member.key, AnswerDraft(answer, TODAY, reason), TODAY)
    convened(
        database, topic="行初37号违法建设处罚案会商", held_on=date(2026, 12, 2), at_time="09:00", drawn=4
    )
    keys["to_write"] = convened(database, topic="区教育局入学资格案会商", held_on=date(2026, 11, 23))
    off = convened(database, drawn=0, topic="双港街道履行职责案会商", held_on=date(2026, 12, 8))
    do(database, cancel, off, CancelDraft("单位已与原告达成和解", TODAY, see(database, off).version), TODAY)
    for topic, day in (
        ("区人社局工伤认定案会商", date(2026, 11, 11)),
        ("区市场监管局职业索赔案会商", date(2026, 10, 15)),
    ):
        archived(database, topic=topic, held_on=day)
    return keys


def _whole(database: Database, cases: tuple[int, ...]) -> int:
    key = convened(database, drawn=3, facts=FACTS, case_ids=cases, questions=QUESTIONS, until_time="16:10")
    with database.read() as session:
        free = [one for one in member_candidates(session, key, TODAY) if not one.left_out][-2:]
    do(database, name_members, key, [MemberDraft(lawyer_id=one.lawyer_id) for one in free], TODAY)
    guest = MemberDraft(MemberKind.AGENCY, name="示例徐", unit="石梁镇人民政府", post="副镇长")
    do(database, name_members, key, [guest], TODAY)
    found = see(database, key)
    record = replace(
        a_record(found),
        opinions=tuple(
            OpinionDraft(member.key, None, stance, text, risk=Risk.MEDIUM)
            for member, (stance, text) in zip(found.speakers, SAID, strict=True)
        ),
        points=(
            PointDraft(PointKind.EVIDENCE, "评估报告是否送达 4 户，有无回证。"),
            PointDraft(PointKind.PROCEDURE, "第 2 户拆除是否早于协议生效。"),
        ),
        conclusion="主体适格，第 1、3、4 户合并答辩；第 2 户先行调解，调解不成的另行准备答辩意见。附属房面积由自然资源部门出具认定意见后补充质证。",
        follow_ups=(
            FollowUpDraft("补评估报告送达回证", unit="石梁镇政府", due_on=date(2026, 11, 23)),
            FollowUpDraft("出具附属房面积认定意见", unit="区资规分局", due_on=date(2026, 11, 26)),
            FollowUpDraft("组织第 2 户调解，形成调解方案", unit="石梁镇政府", due_on=date(2026, 12, 4)),
        ),
    )
    do(database, save_record, key, record, TODAY, label="整理会商记录")
    do(database, archive, key, see(database, key).version, TODAY, label="会商归档")
    stored = stored_record(database, key)
    fixed = replace(stored, conclusion=stored.conclusion + "由承办人 11-27 前汇总。")
    correction = CorrectionDraft("漏记汇总的时间", record=fixed)
    do(database, correct, key, correction, see(database, key).version, TODAY, label="更正会商")
    first = see(database, key).follow_ups[0].key
    do(database, finish_follow_up, first, DoneDraft(date(2026, 11, 23), "EMS 签收单，附件 1"), TODAY)
    return key
