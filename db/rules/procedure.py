"""The kinds of proceedings that a case record can be."""

from enum import StrEnum


class Procedure(StrEnum):
    """One instance; the values are the words on the screen."""

    FIRST_INSTANCE = "一审"
    SECOND_INSTANCE = "二审"
    RETRIAL = "再审"
    RECONSIDERATION = "行政复议"
    ENFORCEMENT = "非诉执行"
