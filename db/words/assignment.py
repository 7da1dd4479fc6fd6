"""The words in which assignments, recommendations and conflicts are kept."""

from enum import StrEnum


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


class Answer(StrEnum):
    """What became of a recommendation."""

    CHOSEN = "单位选定"
    NOT_CHOSEN = "单位未选"
    DECLINED = "顾问婉拒"


class Severity(StrEnum):
    """What a finding means: cannot be recommended, needs a paper, or needs a reason."""

    BLOCK = "回避"
    CONSENT = "须同意"
    WARN = "提示"


class DisputeRole(StrEnum):
    """What a lawyer had to do with the dispute before, other than as an agent."""

    OFFICIAL = "作为行政机关工作人员经办"
    JUDGE = "作为审判人员承办"
    PROSECUTOR = "作为检察人员承办"
    ARBITRATOR = "作为仲裁员处理"
    WITNESS = "作为证人"
    EXPERT = "作为鉴定人"
    RECONSIDERATION = "为复议机关提出意见"
    COMMITTEE = "作为行政复议委员会委员提出意见"
    CONSULTED = "在会商中为其他共同被告提出意见"
    CONSULTED_OTHER = "在会商中为其他单位提出意见"
    CODEFENDANT = "代理其他共同被告"
