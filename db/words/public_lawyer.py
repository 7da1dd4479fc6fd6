"""The words in which public lawyers are kept."""

from enum import StrEnum


class CertificateEnd(StrEnum):
    """Why a 公职律师证 is no longer valid (公职律师管理办法，司发通〔2018〕131号)."""

    CANCELLED = "注销"
    WITHDRAWN = "收回"
    LEFT = "调离公职"
    RETIRED = "退休"
    OTHER = "其他"


class AnnualResult(StrEnum):
    """The result of a public lawyer's yearly assessment by his own unit."""

    EXCELLENT = "优秀"
    COMPETENT = "称职"
    BASIC = "基本称职"
    INCOMPETENT = "不称职"
    ABSENT = "未参加考核"
