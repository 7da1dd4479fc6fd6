"""What the tests of consultations share: a small pool, a difficult case, and a consultation as far as one likes."""

from dataclasses import replace
from datetime import date

from db.agencies.queries.agencies import AgencyFilter, agency_keys
from db.consultations.acts.consultations import convene
from db.consultations.acts.members import draw_members, name_members
from db.consultations.acts.records import archive, save_record
from db.consultations.queries.detail import consultation_detail, record_draft
from db.consultations.rules.consultations import (
    ConsultationDraft,
    DrawRequest,
    FollowUpDraft,
    MemberDraft,
    OpinionDraft,
    PointDraft,
    QuestionDraft,
    RecordDraft,
    SignInDraft,
)
from db.words.consultation import PointKind, Risk, Stance
from tests.conftest import TODAY
from tests.db.store.test_acts import enter_lawyer

HELD = date(2026, 11, 20)
NAMES = ("毛文澜", "祝明远", "周默言", "吴映雪", "王砚秋", "余清和", "方以宁", "徐望舒")


def do(database, verb, *given, label="会商"):
    with database.write(label) as session:
        return verb(session, *given)


def agency_of(database, text):
    with database.read() as session:
        return agency_keys(session, AgencyFilter(text=text), TODAY)[0]


def enter_pool(database, *, names=NAMES, **changes):
    """Enter lawyers of one firm each; return their keys by name."""
    return {
        name: enter_lawyer(
            database,
            **({"name": name, "licence": f"1330820151018{at:04}", "firm": f"示例{name}律师事务所"} | changes),
        )
        for at, name in enumerate(names)
    }


def a_consultation(database, **changes):
    given = {
        "topic": "石梁镇土地征收补偿系列案会商",
        "agency_id": agency_of(database, "石梁"),
        "grounds": "系列案，社会影响较大",
        "held_on": HELD,
        "at_time": "14:30",
        "venue": "区司法局三楼会议室",
        "host": "林一苇",
        "recorder": "沈青禾",
        "questions": (QuestionDraft("镇政府作为补偿协议签订主体是否适格；"), QuestionDraft("是否合并答辩。")),
    }
    return ConsultationDraft(**(given | changes))


def see(database, key, today=TODAY):
    with database.read() as session:
        return consultation_detail(session, key, today)


def convened(database, *, drawn=3, named=(), **changes):
    """Convene a consultation with ``drawn`` members and those named; return its key."""
    key = do(database, convene, a_consultation(database, **changes), TODAY, label="发起会商")
    if drawn:
        do(database, draw_members, key, DrawRequest(drawn), TODAY, label="抽取会商成员")
    if named:
        drafts = [MemberDraft(lawyer_id=lawyer) for lawyer in named]
        do(database, name_members, key, drafts, TODAY, label="指定会商成员")
    return key


def a_record(found, *stances, risk=Risk.MEDIUM, tasks=1):
    """Return a whole record in which the speakers take these stances on every question, one after the other."""
    speakers = found.speakers
    opinions = [
        OpinionDraft(member.key, question.key, stance, f"{member.name}：示例意见。", risk=risk)
        for member, stance in zip(speakers, stances or (Stance.AGREES,) * len(speakers), strict=False)
        for question in found.questions
    ]
    return replace(
        record_of(found),
        until_time="16:10",
        sign_ins=tuple(
            SignInDraft(m.key, m.answer, arrived_at="14:25", has_declared=True, signed_on=HELD)
            for m in speakers
        ),
        opinions=tuple(opinions),
        points=(PointDraft(PointKind.FACTS, "附属房建成时间。"),),
        conclusion="主体适格，第 1、3、4 户合并答辩；第 2 户先行调解。",
        risk=risk,
        follow_ups=tuple(
            FollowUpDraft(f"补评估报告送达回证 {n + 1}", unit="石梁镇政府", due_on=date(2026, 12, 4))
            for n in range(tasks)
        ),
    )


def record_of(found):
    return RecordDraft(version=found.version)


def stored_record(database, key):
    with database.read() as session:
        return record_draft(session, key)


def archived(database, *stances, risk=Risk.MEDIUM, tasks=1, drawn=3, named=(), **changes):
    """Hold and archive a consultation; return its key."""
    key = convened(database, drawn=drawn, named=named, **changes)
    do(database, save_record, key, a_record(see(database, key), *stances, risk=risk, tasks=tasks), TODAY)
    do(database, archive, key, see(database, key).version, TODAY, label="归档会商")
    return key
