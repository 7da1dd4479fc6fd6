"""What can happen in a case, and what follows from it for the stage the case is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.procedure import Procedure
from db.rules.rulings import Ruling


class EventKind(StrEnum):
    """Something that happens on a day; the values are what is stored and shown on the screen."""

    FILED = "立案"
    RECEIVED_COMPLAINT = "收到起诉状副本"
    RECEIVED_APPEAL = "收到上诉状副本"
    RECEIVED_RETRIAL = "收到再审申请书副本"
    RECEIVED_APPLICATION = "收到复议申请书副本"
    ANSWERED = "提交答辩状和证据"
    HEARING = "开庭"
    JUDGMENT_SERVED = "判决书送达"
    RULING_SERVED = "裁定书送达"
    APPEALED = "提起上诉"
    EFFECTIVE = "裁判生效"
    CLOSED = "结案"
    OTHER = "其他"

    EXTENSION_ASKED = "申请延期举证"
    EXTENSION_CAUSE_ENDED = "延期事由消除"
    OBSTACLE_ENDED = "耽误期限的障碍消除"
    TOLLING_ASKED = "申请顺延期限"
    JURISDICTION_OBJECTED = "提出管辖异议"
    NEW_REASONS = "原告或第三人提出新理由"
    SUPPLEMENTED = "提交补充证据"
    SUSPENDED = "中止诉讼"
    RESUMED = "恢复审理"
    PRONOUNCED = "当庭宣判"
    PERFORMANCE_EXPIRED = "履行期限届满"
    PERFORMED = "履行完毕"
    EXECUTION_ASKED = "申请执行"
    RETRIAL_GROUND_KNOWN = "知道再审事由"
    RETRIAL_ASKED = "申请再审"
    RETRIAL_FILED = "再审申请立案"
    RETRIAL_REFUSED = "驳回再审申请裁定送达"
    RETRIAL_EXPIRED = "再审申请审查期限届满"
    PROSECUTORS_ASKED = "申请检察监督"

    SUIT_TIME_EXPIRED = "对方起诉期限届满"
    DEMANDED = "催告书送达"
    ENFORCEMENT_ASKED = "申请强制执行"
    ENFORCEMENT_ACCEPTED = "受理强制执行申请"
    ENFORCEMENT_DECIDED = "强制执行裁定"
    ENFORCEMENT_REFUSED = "不予受理或不予执行裁定送达"

    ACT_MADE = "作出行政行为"
    ACT_KNOWN = "知道行政行为"
    DUTY_ASKED = "收到履行职责申请"
    DUTY_EXPIRED = "履行职责期限届满"
    SUGGESTED_ON_RULES = "收到规范性文件司法建议"
    SUGGESTED = "收到司法建议书"
    SUGGESTION_ANSWERED = "回复司法建议"
    PROSECUTORS_SUGGESTED = "收到检察建议书"
    PROSECUTORS_URGED = "收到紧急情形检察建议书"
    PROSECUTORS_ANSWERED = "回复检察建议"
    HARM_KNOWN = "知道权益受侵害"
    COMPENSATION_ASKED = "收到赔偿申请"
    COMPENSATION_DECIDED = "作出赔偿决定"
    COMPENSATION_EXPIRED = "赔偿决定期限届满"

    APPLIED = "收到复议申请"
    MENDING_NOTICED = "发出补正通知"
    MENDING_RECEIVED = "收到补正通知"
    MENDED = "提交补正材料"
    ACCEPTED = "受理复议申请"
    COPY_SENT = "发送复议申请书副本"
    INQUIRY = "听证"
    INQUIRY_NOTICED = "发出听证通知"
    DECISION_SERVED = "复议决定送达"
    RULE_REVIEW_ASKED = "提出附带审查"
    RULE_REVIEW_DONE = "附带审查处理完毕"
    RULE_TRANSFERRED = "转送附带审查"
    REVIEW_SUSPENDED = "因附带审查中止复议"
    RULE_NOTICE_SENT = "书面通知制定机关"
    RULE_NOTICED = "收到附带审查书面通知"
    RULE_TRANSFER_RECEIVED = "收到附带审查转送"
    RULE_ANSWERED = "回复附带审查"
    REDO_ORDERED = "责令重作的复议决定送达"
    REDONE = "重新作出行政行为"
    OPINION_RECEIVED = "收到复议意见书"
    CORRECTION_REPORTED = "报送纠正情况"

    @property
    def word(self) -> str:
        """What the paper's name makes it: 判决送达 for 判决书送达, as clerks and other programs write it."""
        return _WORDS.get(self, self.value)

    @classmethod
    def named(cls, text: str) -> "EventKind | None":
        """Return the kind that ``text`` names, in either of its spellings."""
        return next((kind for kind in cls if text.strip() in {kind.value, kind.word}), None)


_WORDS = {EventKind.JUDGMENT_SERVED: "判决送达", EventKind.RULING_SERVED: "裁定送达"}

EVERYDAY = tuple(EventKind)[: list(EventKind).index(EventKind.OTHER) + 1]
"""The steps that nearly every case takes; the others come up in some."""

RECEIPT_OF = {
    Procedure.FIRST_INSTANCE: EventKind.RECEIVED_COMPLAINT,
    Procedure.SECOND_INSTANCE: EventKind.RECEIVED_APPEAL,
    Procedure.RETRIAL: EventKind.RECEIVED_RETRIAL,
    Procedure.RECONSIDERATION: EventKind.RECEIVED_APPLICATION,
    Procedure.ENFORCEMENT: EventKind.FILED,
}
"""Which event starts the agency's duty to answer, by kind of proceedings."""


RECEIPTS = frozenset(RECEIPT_OF.values()) - {EventKind.FILED}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a case, as rules see it; ``at_time`` is HH:MM or empty, ``ruling`` the kind of a ruling if known."""

    kind: EventKind
    on: date
    at_time: str = ""
    ruling: Ruling | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it is a ruling after which the trial goes on (管辖异议, 中止, 保全 …)."""
        return self.ruling is not None and not self.ruling.ends_case


def first(happened: Iterable[Happening], kind: EventKind) -> date | None:
    """Return the first day of this kind of event."""
    return min((h.on for h in happened if h.kind is kind), default=None)


def last(happened: Iterable[Happening], kind: EventKind) -> date | None:
    """Return the last day of this kind of event."""
    return max((h.on for h in happened if h.kind is kind), default=None)


def stage(happened: Iterable[Happening], *, is_open: bool) -> str:
    """Return the stage of a case, from the furthest thing that happened in it."""
    if not is_open:
        return "已结"
    kinds = {h.kind for h in happened if not h.goes_on}
    if EventKind.ANSWERED not in kinds and kinds & RECEIPTS:
        kinds.discard(EventKind.HEARING)  # a hearing is fixed, but the answer is still due
    for kind, word in _STAGES:
        if kind in kinds:
            return word
    return "登记"


_STAGES = (
    (EventKind.EFFECTIVE, "生效"),
    (EventKind.APPEALED, "上诉"),
    (EventKind.JUDGMENT_SERVED, "宣判"),
    (EventKind.RULING_SERVED, "宣判"),
    (EventKind.HEARING, "开庭"),
    (EventKind.ANSWERED, "审理"),
    (EventKind.RECEIVED_COMPLAINT, "答辩"),
    (EventKind.RECEIVED_APPEAL, "答辩"),
    (EventKind.RECEIVED_RETRIAL, "答辩"),
    (EventKind.RECEIVED_APPLICATION, "答复"),
    (EventKind.FILED, "立案"),
)
