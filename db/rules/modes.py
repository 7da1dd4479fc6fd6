"""How agencies have their legal work done."""

from enum import StrEnum


class Mode(StrEnum):
    """How an agency has its legal work done, in the order in which it is put under one of them."""

    OWN = "自有公职律师"
    INTERNAL = "内部法律顾问"
    SHARED = "统筹共享"
    EXTERNAL = "外聘法律顾问"


FORMAL = (Mode.OWN, Mode.SHARED, Mode.EXTERNAL)
"""What counts as 有形覆盖 where the office has not said otherwise."""
