"""The words in which services and yearly assessments are kept."""

from enum import StrEnum


class ServiceKind(StrEnum):
    """What sort of service was given to an agency or the bureau."""

    APPEARANCE = "应诉出庭"
    LEGALITY_REVIEW = "合法性审查"
    CONTRACT_REVIEW = "合同审查"
    CONSULTATION = "会商研判"
    OPINION = "法律意见"
    TRAINING = "培训"
    MEDIATION = "调解"
    OTHER = "其他"


class Grade(StrEnum):
    """The grade of a yearly assessment of a pool lawyer."""

    EXCELLENT = "优秀"
    COMPETENT = "称职"
    INCOMPETENT = "不称职"
