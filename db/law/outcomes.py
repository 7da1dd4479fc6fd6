"""How a case can end, by statute, and whether that counts as lost (败诉).

The default follows 行政诉讼法第六十九条至第七十八条 and 衢政办发〔2012〕74号第三条; assessments differ, so what counts is
an office setting: two switches that assessments commonly turn, and any single outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from db.words.case import Outcome, Procedure


class ResultGroup(StrEnum):
    """How reports gather results."""

    DISMISSED = "驳回"
    SETTLED = "撤诉调解"
    LOST = "败诉"
    OTHER = "其他"


class Nature(StrEnum):
    """What an outcome does to the dispute."""

    FINAL = "本身即为结果"
    UPHOLDS = "维持前一结果"
    OPEN = "争议未了结"
    UNKNOWN = "结果待补录"
    MEASURE = "另计，不属胜败"


class Switch(StrEnum):
    """What assessments differ on; the values are the names on the screen."""

    MINOR_DEFECT = "程序轻微违法计入败诉"
    INDEMNITY = "判决补偿计入败诉"


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """The article an outcome rests on, and how it is counted.

    ``group`` LOST means lost by default. ``on_merits``: a judgment or decision on the merits (实体).
    ``self_corrected``: the agency corrected the act itself. ``reviewer_only``: lost by the 复议机关, not by the
    original agency. ``replaced``: kept for old records, no longer offered.
    """

    article: str
    group: ResultGroup
    procedures: frozenset[Procedure]
    nature: Nature = Nature.FINAL
    on_merits: bool = False
    switch: Switch | None = None
    self_corrected: bool = False
    reviewer_only: bool = False
    replaced: bool = False


_XS, _FY = "行政诉讼法", "行政复议法"
_COURT = frozenset({Procedure.FIRST_INSTANCE, Procedure.SECOND_INSTANCE, Procedure.RETRIAL})
_SECOND, _RETRIAL = frozenset({Procedure.SECOND_INSTANCE}), frozenset({Procedure.RETRIAL})
_REVIEW, _ENFORCE = frozenset({Procedure.RECONSIDERATION}), frozenset({Procedure.ENFORCEMENT})


def _lost(
    article: str, procedures: frozenset[Procedure] = _COURT, switch: Switch | None = None
) -> OutcomeRule:
    return OutcomeRule(article, ResultGroup.LOST, procedures, on_merits=True, switch=switch)


def _kept(article: str, procedures: frozenset[Procedure] = _COURT, *, on_merits: bool = False) -> OutcomeRule:
    return OutcomeRule(article, ResultGroup.DISMISSED, procedures, on_merits=on_merits)


def _settled(
    article: str, procedures: frozenset[Procedure] = _COURT, *, corrected: bool = False
) -> OutcomeRule:
    return OutcomeRule(article, ResultGroup.SETTLED, procedures, self_corrected=corrected)


def _other(article: str, procedures: frozenset[Procedure], nature: Nature = Nature.FINAL) -> OutcomeRule:
    return OutcomeRule(article, ResultGroup.OTHER, procedures, nature)


RULES: dict[Outcome, OutcomeRule] = {
    Outcome.DISMISSED: _kept(f"{_XS}第六十九条", on_merits=True),
    Outcome.REVOKED: _lost(f"{_XS}第七十条"),
    Outcome.REVOKED_TO_REDO: _lost(f"{_XS}第七十条、第七十一条"),
    Outcome.PARTLY_REVOKED: _lost(f"{_XS}第七十条"),
    Outcome.DUTY: _lost(f"{_XS}第七十二条"),
    Outcome.PAYMENT: _lost(f"{_XS}第七十三条"),
    Outcome.UNLAWFUL_KEPT: _lost(f"{_XS}第七十四条第一款第一项"),
    Outcome.UNLAWFUL_MINOR: _lost(f"{_XS}第七十四条第一款第二项", switch=Switch.MINOR_DEFECT),
    Outcome.UNLAWFUL: _lost(f"{_XS}第七十四条"),
    Outcome.VOID: _lost(f"{_XS}第七十五条"),
    Outcome.REMEDY: _lost(f"{_XS}第七十六条"),
    Outcome.CHANGED: _lost(f"{_XS}第七十七条"),
    Outcome.CONTRACT_PERFORMED: _lost(f"{_XS}第七十八条第一款"),
    Outcome.CONTRACT_INDEMNITY: _lost(f"{_XS}第七十八条第二款", switch=Switch.INDEMNITY),
    Outcome.CONTRACT: OutcomeRule(
        f"{_XS}第七十八条", ResultGroup.LOST, _COURT, on_merits=True, replaced=True
    ),
    Outcome.COMPENSATION: _lost(f"{_XS}第七十六条、国家赔偿法"),
    Outcome.COMPENSATION_REFUSED: _kept("行政赔偿规定第三十二条", on_merits=True),
    Outcome.REJECTED: _kept("适用解释第六十九条"),
    Outcome.NOT_FILED: _kept(f"{_XS}第五十一条", frozenset({Procedure.FIRST_INSTANCE})),
    Outcome.WITHDRAWN: _settled(f"{_XS}第六十二条"),
    Outcome.WITHDRAWN_AFTER_CORRECTION: _settled(f"{_XS}第六十二条、法释〔2008〕2号", corrected=True),
    Outcome.DEEMED_WITHDRAWN: _settled(f"{_XS}第五十八条"),
    Outcome.MEDIATED: _settled(f"{_XS}第六十条、适用解释第八十五条"),
    Outcome.TERMINATED: _other("适用解释第八十八条", _COURT),
    Outcome.SUSPENDED: _other("适用解释第八十七条", _COURT, Nature.OPEN),
    Outcome.TRANSFERRED: _other(f"{_XS}第二十二条", _COURT, Nature.OPEN),
    Outcome.REVIEW_REVOKED: OutcomeRule(
        "适用解释第一百三十六条第五款", ResultGroup.LOST, _COURT, on_merits=True, reviewer_only=True
    ),
    Outcome.UPHELD_ON_APPEAL: _other(f"{_XS}第八十九条第一款第一项", _SECOND, Nature.UPHOLDS),
    Outcome.APPEAL_WITHDRAWN: _other(f"{_XS}第一百零一条、民事诉讼法第一百八十条", _SECOND, Nature.UPHOLDS),
    Outcome.WON_ON_APPEAL: _kept(f"{_XS}第八十九条第一款第二项、第三项", _SECOND, on_merits=True),
    Outcome.LOST_ON_APPEAL: _lost(f"{_XS}第八十九条第一款第二项、第三项", _SECOND),
    Outcome.CHANGED_ON_APPEAL: OutcomeRule(
        f"{_XS}第八十九条", ResultGroup.OTHER, _SECOND, Nature.UNKNOWN, on_merits=True, replaced=True
    ),
    Outcome.REMANDED: _other(f"{_XS}第八十九条第一款第三项、第四项", _SECOND | _RETRIAL, Nature.OPEN),
    Outcome.RETRIAL_REFUSED: _other("适用解释第一百一十六条", _RETRIAL, Nature.UPHOLDS),
    Outcome.UPHELD_ON_RETRIAL: _other("适用解释第一百二十二条", _RETRIAL, Nature.UPHOLDS),
    Outcome.WON_ON_RETRIAL: _kept("适用解释第一百一十九条至第一百二十三条", _RETRIAL, on_merits=True),
    Outcome.LOST_ON_RETRIAL: _lost("适用解释第一百一十九条至第一百二十三条", _RETRIAL),
    Outcome.RECONSIDERED_UPHELD: _kept(f"{_FY}第六十八条", _REVIEW, on_merits=True),
    Outcome.RECONSIDERED_REJECTED: _kept(f"{_FY}第六十九条", _REVIEW, on_merits=True),
    Outcome.RECONSIDERED_CHANGED: _lost(f"{_FY}第六十三条", _REVIEW),
    Outcome.RECONSIDERED_REVOKED: _lost(f"{_FY}第六十四条", _REVIEW),
    Outcome.RECONSIDERED_PARTLY_REVOKED: _lost(f"{_FY}第六十四条", _REVIEW),
    Outcome.RECONSIDERED_UNLAWFUL: _lost(f"{_FY}第六十五条", _REVIEW),
    Outcome.RECONSIDERED_DUTY: _lost(f"{_FY}第六十六条", _REVIEW),
    Outcome.RECONSIDERED_VOID: _lost(f"{_FY}第六十七条", _REVIEW),
    Outcome.RECONSIDERED_CONTRACT: _lost(f"{_FY}第七十一条", _REVIEW),
    Outcome.RECONSIDERED_COMPENSATION: _lost(f"{_FY}第七十二条", _REVIEW),
    Outcome.RECONSIDERED_MEDIATED: _settled(f"{_FY}第七十三条", _REVIEW),
    Outcome.RECONSIDERED_ENDED: _settled(f"{_FY}第四十一条", _REVIEW),
    Outcome.RECONSIDERED_REFUSED: _kept(f"{_FY}第三十条、第三十三条", _REVIEW),
    Outcome.RECONSIDERED_CORRECTED: OutcomeRule(
        f"{_FY}第六十三条至第六十七条", ResultGroup.LOST, _REVIEW, on_merits=True, replaced=True
    ),
    Outcome.ENFORCEMENT_GRANTED: _other("适用解释第一百六十条", _ENFORCE, Nature.MEASURE),
    Outcome.ENFORCEMENT_REFUSED: _other("适用解释第一百六十一条", _ENFORCE, Nature.MEASURE),
}


@dataclass(frozen=True, slots=True)
class LostPolicy:
    """What the office counts as lost: the switches, and single outcomes that it counts otherwise (by their word)."""

    minor_defect: bool = True
    indemnity: bool = False
    others: Mapping[str, bool] = field(default_factory=dict)

    def counts(self, outcome: Outcome) -> bool:
        """Say whether an outcome is lost; what only upholds, or leaves the dispute open, is not by itself."""
        rule = RULES[outcome]
        if rule.nature is not Nature.FINAL:
            return False
        if outcome.value in self.others:
            return self.others[outcome.value]
        if rule.switch is Switch.MINOR_DEFECT:
            return self.minor_defect
        if rule.switch is Switch.INDEMNITY:
            return self.indemnity
        return rule.group is ResultGroup.LOST

    def in_words(self) -> str:
        """Return the definition as it is printed under a table."""
        said = [
            f"程序轻微违法{'计入' if self.minor_defect else '不计入'}",
            f"判决补偿{'计入' if self.indemnity else '不计入'}",
        ]
        said += [f"{name}{'计入' if counts else '不计入'}" for name, counts in sorted(self.others.items())]
        return (
            "败诉指判决（决定）撤销、变更、确认违法、确认无效、责令履行、给付、承担协议责任或者赔偿；"
            + "，".join(said)
            + "。"
        )


def offered(procedure: Procedure) -> tuple[Outcome, ...]:
    """Return the outcomes to choose from in one kind of proceedings, in the order of the statutes."""
    return tuple(o for o, rule in RULES.items() if procedure in rule.procedures and not rule.replaced)


def group_of(outcome: Outcome, policy: LostPolicy) -> ResultGroup:
    """Return the group that a report counts an outcome in, by what the office counts as lost."""
    if policy.counts(outcome):
        return ResultGroup.LOST
    group = RULES[outcome].group
    return ResultGroup.OTHER if group is ResultGroup.LOST else group
