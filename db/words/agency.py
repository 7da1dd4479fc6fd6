"""The words in which agencies and their legal work are kept."""

from enum import StrEnum


class Mode(StrEnum):
    """How an agency has its legal work done, in the order in which it is put under one of them."""

    OWN = "自有公职律师"
    INTERNAL = "内部法律顾问"
    SHARED = "统筹共享"
    EXTERNAL = "外聘法律顾问"


FORMAL = (Mode.OWN, Mode.SHARED, Mode.EXTERNAL)
"""What counts as 有形覆盖 where the office has not said otherwise."""


class AgencyKind(StrEnum):
    """What sort of agency it is."""

    DEPARTMENT = "区政府部门"
    BRANCH = "派出机构"
    SUBDISTRICT = "街道"
    TOWN = "乡镇"
    PARTY = "党群机关"
    OTHER = "其他"
