"""How a case can end, by statute, and whether that counts as lost (败诉) by default.

The default follows 行政诉讼法第六十九条至第七十八条 and 衢政办发〔2012〕74号第三条; assessments differ, so what
counts will be an office setting.
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """A result; the values are the words on the screen."""

    DISMISSED = "判决驳回诉讼请求"
    REVOKED = "判决撤销"
    PARTLY_REVOKED = "判决部分撤销"
    DUTY = "判决履行法定职责"
    PAYMENT = "判决履行给付义务"
    UNLAWFUL = "确认违法"
    VOID = "确认无效"
    CHANGED = "判决变更"
    CONTRACT = "判决履行协议或补偿"
    COMPENSATION = "判决赔偿"
    REJECTED = "裁定驳回起诉"
    NOT_FILED = "裁定不予立案"
    WITHDRAWN = "准许撤诉"
    WITHDRAWN_AFTER_CORRECTION = "被告改变行为后撤诉"
    DEEMED_WITHDRAWN = "按撤诉处理"
    MEDIATED = "行政调解书"
    TERMINATED = "终结诉讼"
    TRANSFERRED = "移送"
    UPHELD_ON_APPEAL = "二审维持原判"
    CHANGED_ON_APPEAL = "二审改判"
    REMANDED = "发回重审"
    RECONSIDERED_UPHELD = "复议维持"
    RECONSIDERED_REJECTED = "驳回复议请求"
    RECONSIDERED_CORRECTED = "复议纠错"
    ENFORCEMENT_GRANTED = "准予强制执行"
    ENFORCEMENT_REFUSED = "不准予强制执行"


class ResultGroup(StrEnum):
    """How reports gather results."""

    DISMISSED = "驳回"
    SETTLED = "撤诉调解"
    LOST = "败诉"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """The article an outcome rests on, and the group in which reports count it."""

    article: str
    group: ResultGroup


_XS = "行政诉讼法"
RULES: dict[Outcome, OutcomeRule] = {
    Outcome.DISMISSED: OutcomeRule(f"{_XS}第六十九条", ResultGroup.DISMISSED),
    Outcome.REVOKED: OutcomeRule(f"{_XS}第七十条", ResultGroup.LOST),
    Outcome.PARTLY_REVOKED: OutcomeRule(f"{_XS}第七十条", ResultGroup.LOST),
    Outcome.DUTY: OutcomeRule(f"{_XS}第七十二条", ResultGroup.LOST),
    Outcome.PAYMENT: OutcomeRule(f"{_XS}第七十三条", ResultGroup.LOST),
    Outcome.UNLAWFUL: OutcomeRule(f"{_XS}第七十四条", ResultGroup.LOST),
    Outcome.VOID: OutcomeRule(f"{_XS}第七十五条", ResultGroup.LOST),
    Outcome.CHANGED: OutcomeRule(f"{_XS}第七十七条", ResultGroup.LOST),
    Outcome.CONTRACT: OutcomeRule(f"{_XS}第七十八条", ResultGroup.LOST),
    Outcome.COMPENSATION: OutcomeRule(f"{_XS}第七十六条", ResultGroup.LOST),
    Outcome.REJECTED: OutcomeRule("适用解释第六十九条", ResultGroup.DISMISSED),
    Outcome.NOT_FILED: OutcomeRule(f"{_XS}第五十一条", ResultGroup.DISMISSED),
    Outcome.WITHDRAWN: OutcomeRule(f"{_XS}第六十二条", ResultGroup.SETTLED),
    Outcome.WITHDRAWN_AFTER_CORRECTION: OutcomeRule(f"{_XS}第六十二条", ResultGroup.SETTLED),
    Outcome.DEEMED_WITHDRAWN: OutcomeRule(f"{_XS}第五十八条", ResultGroup.SETTLED),
    Outcome.MEDIATED: OutcomeRule(f"{_XS}第六十条", ResultGroup.SETTLED),
    Outcome.TERMINATED: OutcomeRule("适用解释第八十八条", ResultGroup.OTHER),
    Outcome.TRANSFERRED: OutcomeRule(f"{_XS}第二十二条", ResultGroup.OTHER),
    Outcome.UPHELD_ON_APPEAL: OutcomeRule(f"{_XS}第八十九条", ResultGroup.OTHER),
    Outcome.CHANGED_ON_APPEAL: OutcomeRule(f"{_XS}第八十九条", ResultGroup.OTHER),
    Outcome.REMANDED: OutcomeRule(f"{_XS}第八十九条", ResultGroup.OTHER),
    Outcome.RECONSIDERED_UPHELD: OutcomeRule("行政复议法第六十八条", ResultGroup.DISMISSED),
    Outcome.RECONSIDERED_REJECTED: OutcomeRule("行政复议法第六十九条", ResultGroup.DISMISSED),
    Outcome.RECONSIDERED_CORRECTED: OutcomeRule("行政复议法第六十三条至第六十七条", ResultGroup.LOST),
    Outcome.ENFORCEMENT_GRANTED: OutcomeRule("适用解释第一百六十条", ResultGroup.OTHER),
    Outcome.ENFORCEMENT_REFUSED: OutcomeRule("适用解释第一百六十一条", ResultGroup.OTHER),
}
