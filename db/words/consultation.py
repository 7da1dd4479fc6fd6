"""The words in which consultations are kept."""

from enum import StrEnum


class Secrecy(StrEnum):
    """The mark on the papers of a consultation; none of them is public."""

    INTERNAL = "内部资料"
    WORK_SECRET = "工作秘密"
    SECRET = "秘密"


class MemberKind(StrEnum):
    """Whom a person at the table stands for; only advisers and experts give opinions."""

    ADVISER = "顾问"
    EXPERT = "外部专家"
    COURT = "法院人员"
    AGENCY = "单位人员"
    BUREAU = "本局人员"
    OTHER = "其他人员"


class MemberOrigin(StrEnum):
    """How somebody came to the table."""

    DRAWN = "抽取"
    NAMED = "指定"
    SPECIALITY = "按专业"
    GUEST = "列席"


class InvitationAnswer(StrEnum):
    """What somebody answered to the invitation; no answer is ``None``."""

    ATTENDS = "参加"
    LEAVE = "请假"


class Stance(StrEnum):
    """Where a member stands on a question."""

    AGREES = "同意"
    RESERVES = "保留"
    DISSENTS = "不同意"


class Risk(StrEnum):
    """How likely the agency is to lose, as a member or the whole table sees it."""

    LOW = "低"
    MEDIUM = "中"
    HIGH = "高"


class PointKind(StrEnum):
    """What a disputed point is about; the order is that of the minutes."""

    FACTS = "事实"
    EVIDENCE = "证据"
    PROCEDURE = "程序"
    BASIS = "依据"
    DISCRETION = "裁量"
    OTHER = "其他"


class Adoption(StrEnum):
    """What the agency did with the conclusion, or with one member's opinion."""

    FULL = "采纳"
    PART = "部分采纳"
    NONE = "未采纳"
