"""The words that records are kept in; the values of Chinese ones are what the screen shows."""

from enum import StrEnum

from db.rules.events import EventKind
from db.rules.outcomes import Outcome
from db.rules.procedure import Procedure

__all__ = [
    "AgencyKind",
    "AgentKind",
    "Attendance",
    "EndKind",
    "EventKind",
    "Mandate",
    "Outcome",
    "PartyKind",
    "Procedure",
    "Role",
    "Side",
]


class AgencyKind(StrEnum):
    """What sort of agency it is."""

    DEPARTMENT = "区政府部门"
    BRANCH = "派出机构"
    SUBDISTRICT = "街道"
    TOWN = "乡镇"
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
