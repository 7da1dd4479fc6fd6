"""Whether an agency appears in court as the law asks: its head (负责人), or its own staff beside at most one lawyer.

行政诉讼法第三条第三款; 适用解释 (法释〔2018〕1号) 第一百二十八条至第一百三十二条; 负责人出庭规定 (法释〔2020〕3号).
"""

from dataclasses import dataclass

from db.errors import Problem, Severity
from db.law.agents import MAX_AGENTS, agent_problem, attendance_problem
from db.words.case import AbsenceReason, Attends, HeadKind

RULES_2020 = "法释〔2020〕3号"

HEADS = {
    HeadKind.CHIEF: "行政机关的正职负责人",
    HeadKind.DEPUTY: "行政机关的副职负责人",
    HeadKind.DEPUTY_IN_CHARGE: "参与分管被诉行政行为实施工作的副职级别的负责人",
    HeadKind.IN_CHARGE: "其他参与分管被诉行政行为实施工作的负责人",
}
"""Who counts as the head (法释〔2020〕3号第二条第一款)."""

NOT_HEADS = ("受委托组织的负责人", "下级行政机关的负责人")
"""Who does not, though heads of their own (法释〔2020〕3号第二条第二款); they may be sent as staff (第十条)."""

MUST_NOTIFY = (
    "涉及食品药品安全、生态环境和资源保护、公共卫生安全等重大公共利益",
    "社会高度关注",
    "可能引发群体性事件",
)
"""When the court shall ask the head to come (法释〔2020〕3号第四条第一款)."""

MAY_NOTIFY = (
    "被诉行政行为涉及公民、法人或者其他组织重大人身、财产权益",
    "行政公益诉讼",
    "被诉行政机关的上级机关规范性文件要求负责人出庭",
    "人民法院认为需要通知的其他情形",
)
"""When the court may ask (法释〔2020〕3号第四条第二款)."""

REASONS = {
    AbsenceReason.FORCE_MAJEURE: "不可抗力",
    AbsenceReason.ACCIDENT: "意外事件",
    AbsenceReason.DUTY: "需要履行他人不能代替的公务",
    AbsenceReason.OTHER: "无法出庭的其他正当事由",
}
"""What excuses the head (法释〔2020〕3号第八条)."""

CONSEQUENCE = (
    "负责人不说明理由、理由不成立，经延期仍不出庭，负责人和工作人员都不出庭，未经许可中途退庭，或者拒不说明意见的，"
    f"人民法院应当向监察机关或者上一级行政机关提出司法建议（{RULES_2020}第十二条）；仅有律师出庭的，记录在案并在裁判文书中载明"
    "（适用解释第一百三十二条）。"
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """How an agency will appear at one hearing, or did.

    ``staff`` and ``lawyers`` count its agents; ``has_papers``: the papers that ``papers_for`` names are ready.
    ``asked_in_writing``: the court asked for the head (适用解释第一百二十九条).
    """

    attends: Attends = Attends.PENDING
    head_kind: HeadKind | None = None
    absence: AbsenceReason | None = None
    staff: int = 0
    lawyers: int = 0
    has_papers: bool = False
    asked_in_writing: bool = False


def head_problem(post: str, *, of_agency_itself: bool = True) -> str | None:
    """Say that somebody is no head of the sued agency, or ``None``; ``post`` is how he is called."""
    if of_agency_itself and not any(other in post for other in NOT_HEADS):
        return None
    return (
        f"“{post}”不属于被诉行政机关的负责人（{RULES_2020}第二条）：受委托组织或者下级行政机关的负责人不能代替本机关负责人出庭，"
        "可以作为相应的工作人员（第十条）。"
    )


def papers_for(attends: Attends, *, staff: int = 1) -> tuple[str, ...]:
    """Return the papers to hand in before the hearing, each with what it must show."""
    if attends is Attends.YES:
        return (f"负责人身份证明：载明姓名、职务，加盖行政机关印章（{RULES_2020}第六条）",)
    if attends is Attends.PENDING:
        return ()
    found = [f"不能出庭的情况说明和相关证明材料：加盖行政机关印章或者由主要负责人签字（{RULES_2020}第九条）"]
    if staff:
        found += [
            "工作人员的授权委托书：加盖行政机关印章，载明姓名、职务和代理权限（适用解释第一百三十一条）",
            "工作人员的身份证明：行政编制或者其他依法履行公职的人员（适用解释第一百三十条）",
        ]
    return tuple(found)


def appearance_problems(plan: Appearance) -> list[Problem]:
    """Say what is wrong (错误) or lacking (提示) in how an agency means to appear."""
    found = []
    if text := agent_problem(plan.staff + plan.lawyers, 0):
        found.append(Problem("agents", text))
    if plan.attends is Attends.PENDING:
        return found
    if plan.attends is Attends.YES:
        return found + _with_head(plan)
    return found + _without_head(plan)


def _with_head(plan: Appearance) -> list[Problem]:
    found = []
    if plan.head_kind is None:
        text = f"请选择出庭负责人属于哪一类：{'、'.join(HEADS.values())}（{RULES_2020}第二条）。"
        found.append(Problem("head_kind", text))
    if not plan.has_papers:
        text = f"开庭前请备好{papers_for(Attends.YES)[0]}。"
        found.append(Problem("papers_on", text, Severity.WARNING))
    return found


def _without_head(plan: Appearance) -> list[Problem]:
    found = []
    if text := attendance_problem(head_attends=False, lawyers=plan.lawyers, own_staff=plan.staff):
        found.append(Problem("staff", text))
    elif plan.staff == 0:
        text = "负责人不能出庭的，应当委托行政机关相应的工作人员出庭（行政诉讼法第三条第三款、适用解释第一百二十八条）。"
        found.append(Problem("staff", text))
    if plan.lawyers >= MAX_AGENTS:
        text = (
            f"负责人不出庭时，两名代理人中至少一名是本机关工作人员，律师最多一名，现为 {plan.lawyers} 名"
            "（行政诉讼法第三十一条、适用解释第一百二十八条）。"
        )
        found.append(Problem("agents", text))
    if plan.absence is None:
        text = f"请填写不能出庭的理由：{'、'.join(REASONS.values())}（{RULES_2020}第八条）。"
        found.append(Problem("absence", text))
    if not plan.has_papers:
        text = f"请在开庭前提交{papers_for(Attends.NO, staff=0)[0]}。"
        found.append(Problem("papers_on", text, Severity.WARNING))
    if plan.asked_in_writing:
        text = f"人民法院已书面建议负责人出庭，负责人应当出庭（适用解释第一百二十九条）。{CONSEQUENCE}"
        found.append(Problem("attends", text, Severity.WARNING))
    return found
