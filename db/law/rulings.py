"""The kinds of ruling (裁定): which may be appealed, and which ends the case before the court that made it.

Source: 适用解释 (法释〔2018〕1号) 第一百零一条, first paragraph for the kinds, second for what may be appealed.
"""

from enum import StrEnum

from db.words.case import Outcome


class Ruling(StrEnum):
    """A kind of ruling; the values are what is stored and shown on the screen."""

    NOT_FILED = "不予立案"
    REJECTED = "驳回起诉"
    JURISDICTION = "管辖异议"
    TERMINATED = "终结诉讼"
    SUSPENDED = "中止诉讼"
    TRANSFERRED = "移送或者指定管辖"
    STAY = "停止执行或者驳回停止执行申请"
    PRESERVATION = "财产保全"
    ADVANCE = "先予执行"
    WITHDRAWAL = "准许撤诉或者按撤诉处理"
    WITHDRAWAL_REFUSED = "不准许撤诉"
    CORRECTION = "补正笔误"
    EXECUTION = "中止或者终结执行"
    RETRIAL = "提审、指令再审或者发回重审"
    ENFORCEMENT = "准许或者不准许执行行政行为"
    OTHER = "其他裁定"

    @property
    def is_appealable(self) -> bool:
        """Whether an appeal against it is open (第一百零一条第二款: 第一、二、三项)."""
        return self in {Ruling.NOT_FILED, Ruling.REJECTED, Ruling.JURISDICTION}

    @property
    def ends_case(self) -> bool:
        """Whether nothing is left to try before this court; after any other ruling the trial goes on."""
        return self in _ENDING


_ENDING = {
    Ruling.NOT_FILED,
    Ruling.REJECTED,
    Ruling.TERMINATED,
    Ruling.TRANSFERRED,
    Ruling.WITHDRAWAL,
    Ruling.RETRIAL,
    Ruling.ENFORCEMENT,
}

_BY_OUTCOME = {
    Outcome.NOT_FILED: Ruling.NOT_FILED,
    Outcome.REJECTED: Ruling.REJECTED,
    Outcome.WITHDRAWN: Ruling.WITHDRAWAL,
    Outcome.WITHDRAWN_AFTER_CORRECTION: Ruling.WITHDRAWAL,
    Outcome.DEEMED_WITHDRAWN: Ruling.WITHDRAWAL,
    Outcome.APPEAL_WITHDRAWN: Ruling.WITHDRAWAL,
    Outcome.TERMINATED: Ruling.TERMINATED,
    Outcome.TRANSFERRED: Ruling.TRANSFERRED,
    Outcome.REMANDED: Ruling.RETRIAL,
    Outcome.ENFORCEMENT_GRANTED: Ruling.ENFORCEMENT,
    Outcome.ENFORCEMENT_REFUSED: Ruling.ENFORCEMENT,
}


def ruling_of(outcome: Outcome | None) -> Ruling | None:
    """Return the ruling that a result is given in, where it is given in one."""
    return _BY_OUTCOME.get(outcome) if outcome else None
