"""The kinds of proceedings that a case record can be."""

from enum import StrEnum


class Procedure(StrEnum):
    """One instance; the values are the words on the screen."""

    FIRST_INSTANCE = "一审"
    SECOND_INSTANCE = "二审"
    RETRIAL = "再审"
    RECONSIDERATION = "行政复议"
    ENFORCEMENT = "非诉执行"


class Track(StrEnum):
    """普通程序 or 简易程序, of a court or of reconsideration; the values are the words on the screen."""

    ORDINARY = "普通程序"
    SIMPLIFIED = "简易程序"
