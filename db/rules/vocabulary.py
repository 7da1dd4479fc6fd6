"""The words that records are kept in; the values of Chinese ones are what the screen shows."""

from enum import StrEnum

from db.rules.events import EventKind
from db.rules.outcomes import Outcome
from db.rules.procedure import Procedure

__all__ = [
    "AbsenceReason",
    "AgencyKind",
    "AgentKind",
    "Attendance",
    "Attends",
    "DefendantRole",
    "EndKind",
    "EventKind",
    "HeadKind",
    "LossCause",
    "Mandate",
    "Outcome",
    "PartyKind",
    "Procedure",
    "Role",
    "SendMethod",
    "Side",
]


class AgencyKind(StrEnum):
    """What sort of agency it is."""

    DEPARTMENT = "区政府部门"
    BRANCH = "派出机构"
    SUBDISTRICT = "街道"
    TOWN = "乡镇"
    PARTY = "党群机关"
    OTHER = "其他"


class Attendance(StrEnum):
    """Whether the agency's head (负责人) attends the hearing (行政诉讼法第三条第三款)."""

    PENDING = "待报"
    CONFIRMED = "已确认"
    ATTENDED = "已出庭"
    EXCUSED = "未出庭已说明"
    ABSENT = "未出庭"


class Side(StrEnum):
    """Where a party stands."""

    PLAINTIFF = "原告"
    DEFENDANT = "被告"
    THIRD = "第三人"


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "自然人"
    ORGANISATION = "法人或其他组织"
    AGENCY = "行政机关"


class AgentKind(StrEnum):
    """Who may act for a party (行政诉讼法第三十一条)."""

    LAWYER = "律师"
    STAFF = "工作人员"
    OTHER = "其他"


class Role(StrEnum):
    """Who leads a case."""

    LEAD = "主办"
    ASSISTANT = "协办"


class Mandate(StrEnum):
    """The authority given by the agency (民事诉讼法第六十二条第二款，行政诉讼法第一百零一条)."""

    GENERAL = "一般授权"
    SPECIAL = "特别授权"


class EndKind(StrEnum):
    """Why an assignment is over; a cancelled one is never counted."""

    SERVED = "办结"
    REPLACED = "更换"
    CANCELLED = "撤销"


class DefendantRole(StrEnum):
    """Why an agency is a defendant (行政诉讼法第二十六条)."""

    ORIGINAL = "原行政机关"
    REVIEWER = "复议机关"
    JOINT = "共同被告"


class HeadKind(StrEnum):
    """Who counts as the agency's head (负责人) in court (法释〔2020〕3号第二条)."""

    CHIEF = "正职负责人"
    DEPUTY = "副职负责人"
    DEPUTY_IN_CHARGE = "分管的副职级别负责人"
    IN_CHARGE = "其他分管负责人"


class Attends(StrEnum):
    """What the agency has reported about its head's attendance."""

    PENDING = "待报"
    YES = "出庭"
    NO = "不出庭"


class AbsenceReason(StrEnum):
    """What excuses the head (法释〔2020〕3号第八条)."""

    FORCE_MAJEURE = "不可抗力"
    ACCIDENT = "意外事件"
    DUTY = "需要履行他人不能代替的公务"
    OTHER = "其他正当事由"


class SendMethod(StrEnum):
    """How a paper was sent or served (民事诉讼法第八十七条至第九十五条)."""

    POST = "邮寄"
    DIRECT = "直接"
    ELECTRONIC = "电子"
    NOTICE = "公告"
    LEFT = "留置"


class LossCause(StrEnum):
    """What a case was lost for."""

    FACTS = "主要证据不足"
    LAW = "适用法律、法规错误"
    PROCEDURE = "违反法定程序"
    COMPETENCE = "超越职权"
    ABUSE = "滥用职权"
    UNFAIR = "明显不当"
    OMISSION = "不履行法定职责"
    OTHER = "其他"
