"""A large consultation of invented people for tests of its papers: twelve members, six questions, rare names, dissent."""

from dataclasses import replace
from datetime import UTC, date, datetime

from db.consultations.papers.meetings import Bureau
from db.consultations.queries.consultations import ConsultationRow, FollowUpRow, StanceCounts
from db.consultations.queries.detail import (
    ConsultationDetail,
    ConsultedCase,
    MemberLine,
    OpinionLine,
    PointLine,
    QuestionLine,
    VersionLine,
)
from db.consultations.rules.consultations import State
from db.law.disputes import Standing
from db.words.consultation import InvitationAnswer, MemberKind, MemberOrigin, PointKind, Risk, Secrecy, Stance

BUREAU = Bureau("衢州市柯城区司法局", "沈青禾", "0570-0000000")
NAMES = (
    "毛文澜",
    "祝明远",
    "周默言",
    "吴映雪",
    "王砚秋",
    "郑㛃",
    "陈𬀩",
    "李䶮",
    "徐喆",
    "方堃",
    "汪翀",
    "姜𬭎",
)
FIRMS = ("双港", "乌溪江", "石梁溪", "水亭")
QUESTIONS = (
    "镇政府作为补偿协议签订主体是否适格，是否需要区政府追认；",
    "四件案件是否合并答辩，有无先行调解的必要；",
    "第二户房屋拆除早于协议生效，是否构成程序违法，如何补正；",
    "附属房未登记面积是否计入合法建筑面积，举证责任由谁承担；",
    "评估报告送达回证缺失对补偿决定效力的影响；",
    "负责人出庭应诉和舆情应对的安排。",
)
DISSENT = (
    "不同意多数意见。第{n}项的关键在于时间顺序：拆除发生在2026年3月2日，协议4月9日才签字，两者相差38天。"
    "法院会先问“依据是什么”，再问程序（告知、催告、听证）是否走完；现有卷宗只有一张现场照片和一份没有落款的会议记录。\n"
    "其次，所谓“先行交房”没有书面承诺，证人又是拆迁公司职员，证明力有限。若坚持合并答辩，#1户的瑕疵会拖累其余三户，"
    "败诉面由1件扩大到4件，*风险*远高于收益。\n"
    "建议先与该户单独协商，补偿款差额约￥128,600.50元；协商不成的，该户单独答辩，并主动申请法院协调化解。"
    "本人保留在后续程序中继续提出上述意见的权利{mark}。"
)


def dissent(member, question):
    """Return the words of one member's dissent, unlike those of any other."""
    return DISSENT.format(n=question, mark=f"（{NAMES[member]}第{question}问）")


def a_member(at, questions=6, **changes):
    opinions = tuple(_opinion(at, n) for n in range(1, questions + 1) if (at + n) % 11)
    given = {
        "key": 100 + at,
        "lawyer_id": at + 1,
        "kind": MemberKind.ADVISER,
        "origin": MemberOrigin.DRAWN,
        "name": NAMES[at % len(NAMES)],
        "unit": f"示例{FIRMS[at % 4]}律师事务所",
        "post": "",
        "phone": f"1380000{at:04d}",
        "findings": (),
        "answer": InvitationAnswer.ATTENDS,
        "answered_on": date(2026, 11, 18),
        "answer_reason": "",
        "arrived_at": "14:25",
        "has_declared": True,
        "signed_on": date(2026, 11, 20),
        "adoption": None,
        "opinions": opinions,
    }
    return MemberLine(**(given | changes))


def _opinion(at, n):
    stance = Stance.DISSENTS if at in {4, 6} else Stance.RESERVES if (at + n) % 7 == 0 else Stance.AGREES
    text = {
        Stance.DISSENTS: dissent(at, n),
        Stance.RESERVES: f"第{n}问待自然资源部门出具认定意见后再定，附属房建于2009年航拍之前，应当区别对待。",
        Stance.AGREES: "" if at % 3 else "主体适格，程序材料齐备，建议按现有思路答辩，并补充送达回证。",
    }[stance]
    risk = Risk.HIGH if stance is Stance.DISSENTS else None
    proposal = "第二户单独调解，不宜与其他户一并答辩。" if stance is Stance.DISSENTS else ""
    return OpinionLine(1000 * at + n, 100 + at, n, stance, text, proposal, risk)


def a_guest(at, name, kind, unit, post="", **changes):
    guest = a_member(
        at, 0, name=name, kind=kind, unit=unit, post=post, origin=MemberOrigin.GUEST, lawyer_id=None
    )
    return replace(guest, key=200 + at, **changes)


def a_follow_up(at, task, unit, due_on):
    return FollowUpRow(at, 1, "", "", task, unit, None, due_on, None, "")


def a_version(serial=1, reason=""):
    return VersionLine(serial, datetime(2026, 11, 22 + serial, 9, 30, tzinfo=UTC), "沈青禾", reason, ())


def a_row(**changes):
    given = {
        "key": 1,
        "number": "柯司会商〔2026〕19号",
        "topic": "石梁镇土地征收补偿系列案会商",
        "state": State.DONE,
        "agency": "石梁镇政府",
        "agency_id": 1,
        "held_on": date(2026, 11, 20),
        "at_time": "14:30",
        "until_time": "16:10",
        "venue": "区司法局三楼会议室",
        "secrecy": Secrecy.INTERNAL,
        "members": 12,
        "attended": 12,
        "cases": 2,
        "stances": StanceCounts(8, 2, 2),
        "risk": Risk.MEDIUM,
        "adoption": None,
        "follow_ups": 3,
        "open_follow_ups": 3,
        "next_due_on": None,
        "minutes_due_on": None,
    }
    return ConsultationRow(**(given | changes))


def a_consultation(count=12, questions=6, row=None, **changes):
    """Return the consultation; ``count`` advisers and two guests, fewer questions when asked, ``row`` has changes to its row."""
    given = {
        "row": a_row(**(row or {})),
        "version": 1,
        "agency_name": "衢州市柯城区石梁镇人民政府",
        "grounds": "案件涉及面广，四户同时起诉，裁判结果影响后续征收工作。",
        "facts": "2026年1月，石梁镇人民政府与四户村民协商征收补偿。3月2日拆除其中一户房屋，4月9日签订协议。\n"
        "四户认为补偿标准过低，附属房面积未予认定，分别提起行政诉讼，请求撤销补偿协议并重新安置。",
        "host": "林一苇",
        "recorder": "沈青禾",
        "signer": "林一苇",
        "conclusion": "主体适格，第一、三、四户合并答辩；第二户先行调解，调解不成的另行准备答辩意见。\n"
        "附属房面积由自然资源部门出具认定意见后补充质证。",
        "cancelled_on": None,
        "cancel_reason": "",
        "archived_on": date(2026, 11, 23),
        "adopted_on": None,
        "adoption_reason": "",
        "questions": tuple(QuestionLine(n, QUESTIONS[n - 1]) for n in range(1, questions + 1)),
        "members": (
            *(a_member(at, questions) for at in range(count)),
            a_guest(0, "何一鸣", MemberKind.COURT, "衢州市柯城区人民法院", "行政庭庭长"),
            a_guest(1, "余知行", MemberKind.AGENCY, "衢州市柯城区石梁镇人民政府", "副镇长"),
        ),
        "points": (
            PointLine(1, PointKind.FACTS, "第二户房屋拆除的时间和实施主体。"),
            PointLine(2, PointKind.PROCEDURE, "拆除前是否催告、公告。"),
            PointLine(3, PointKind.PROCEDURE, "评估报告是否送达。"),
        ),
        "follow_ups": (
            a_follow_up(1, "补齐评估报告送达回证", "石梁镇人民政府", date(2026, 11, 23)),
            a_follow_up(2, "出具附属房面积认定意见", "市自然资源和规划局柯城分局", date(2026, 11, 26)),
            a_follow_up(3, "组织第二户调解，形成调解方案", "石梁镇人民政府", date(2026, 12, 4)),
        ),
        "draws": (),
        "cases": tuple(
            ConsultedCase(
                n,
                f"（2026）浙0825行初{7 + n}号",
                f"{who}诉石梁镇政府",
                "龙游县人民法院",
                "征收补偿协议",
                None,
                None,
                next(iter(Standing)),
                None,
            )
            for n, who in enumerate(("徐某某", "姜某某"), start=1)
        ),
        "versions": (a_version(),),
    }
    return ConsultationDetail(**(given | changes))
