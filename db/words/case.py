"""The words that records are kept in; the values of Chinese ones are what the screen shows."""

from dataclasses import dataclass
from enum import StrEnum


class Attendance(StrEnum):
    """Whether the agency's head (负责人) attends the hearing (行政诉讼法第三条第三款)."""

    PENDING = "待报"
    CONFIRMED = "已确认"
    ATTENDED = "已出庭"
    EXCUSED = "未出庭已说明"
    ABSENT = "未出庭"


class Side(StrEnum):
    """Where a party stands."""

    PLAINTIFF = "原告"
    DEFENDANT = "被告"
    THIRD = "第三人"


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "自然人"
    ORGANISATION = "法人或其他组织"
    AGENCY = "行政机关"


class AgentKind(StrEnum):
    """Who may act for a party (行政诉讼法第三十一条)."""

    LAWYER = "律师"
    STAFF = "工作人员"
    OTHER = "其他"


class DefendantRole(StrEnum):
    """Why an agency is a defendant (行政诉讼法第二十六条)."""

    ORIGINAL = "原行政机关"
    REVIEWER = "复议机关"
    JOINT = "共同被告"


class HeadKind(StrEnum):
    """Who counts as the agency's head (负责人) in court (法释〔2020〕3号第二条)."""

    CHIEF = "正职负责人"
    DEPUTY = "副职负责人"
    DEPUTY_IN_CHARGE = "分管的副职级别负责人"
    IN_CHARGE = "其他分管负责人"


class Attends(StrEnum):
    """What the agency has reported about its head's attendance."""

    PENDING = "待报"
    YES = "出庭"
    NO = "不出庭"


class AbsenceReason(StrEnum):
    """What excuses the head (法释〔2020〕3号第八条)."""

    FORCE_MAJEURE = "不可抗力"
    ACCIDENT = "意外事件"
    DUTY = "需要履行他人不能代替的公务"
    OTHER = "其他正当事由"


class SendMethod(StrEnum):
    """How a paper was sent or served (民事诉讼法第八十七条至第九十五条)."""

    POST = "邮寄"
    DIRECT = "直接"
    ELECTRONIC = "电子"
    NOTICE = "公告"
    LEFT = "留置"


class LossCause(StrEnum):
    """What a case was lost for."""

    FACTS = "主要证据不足"
    LAW = "适用法律、法规错误"
    PROCEDURE = "违反法定程序"
    COMPETENCE = "超越职权"
    ABUSE = "滥用职权"
    UNFAIR = "明显不当"
    OMISSION = "不履行法定职责"
    OTHER = "其他"


class Procedure(StrEnum):
    """One instance; the values are the words on the screen."""

    FIRST_INSTANCE = "一审"
    SECOND_INSTANCE = "二审"
    RETRIAL = "再审"
    RECONSIDERATION = "行政复议"
    ENFORCEMENT = "非诉执行"


class Unit(StrEnum):
    """What a period is counted in; the values are the words on the screen."""

    DAY = "日"
    WORKING_DAY = "个工作日"
    MONTH = "个月"
    YEAR = "年"


class Track(StrEnum):
    """普通程序 or 简易程序, of a court or of reconsideration; the values are the words on the screen."""

    ORDINARY = "普通程序"
    SIMPLIFIED = "简易程序"


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


class Outcome(StrEnum):
    """A result; the values are what is stored and shown on the screen."""

    DISMISSED = "判决驳回诉讼请求"
    REVOKED = "判决撤销"
    REVOKED_TO_REDO = "判决撤销并责令重作"
    PARTLY_REVOKED = "判决部分撤销"
    DUTY = "判决履行法定职责"
    PAYMENT = "判决履行给付义务"
    UNLAWFUL_KEPT = "确认违法（重大损害，不撤销）"
    UNLAWFUL_MINOR = "确认违法（程序轻微违法，不撤销）"
    UNLAWFUL = "确认违法"
    VOID = "确认无效"
    REMEDY = "责令采取补救措施"
    CHANGED = "判决变更"
    CONTRACT_PERFORMED = "判决履行协议、补救或赔偿"
    CONTRACT_INDEMNITY = "判决给予补偿"
    CONTRACT = "判决履行协议或补偿"
    COMPENSATION = "判决赔偿"
    COMPENSATION_REFUSED = "判决驳回赔偿请求"
    REJECTED = "裁定驳回起诉"
    NOT_FILED = "裁定不予立案"
    WITHDRAWN = "准许撤诉"
    WITHDRAWN_AFTER_CORRECTION = "被告改变行为后撤诉"
    DEEMED_WITHDRAWN = "按撤诉处理"
    MEDIATED = "行政调解书"
    TERMINATED = "终结诉讼"
    SUSPENDED = "中止诉讼"
    TRANSFERRED = "移送"
    REVIEW_REVOKED = "撤销复议决定（原行为合法）"
    UPHELD_ON_APPEAL = "二审维持原判"
    APPEAL_WITHDRAWN = "准许撤回上诉"
    WON_ON_APPEAL = "二审改判（驳回原告请求）"
    LOST_ON_APPEAL = "二审改判（支持原告请求）"
    CHANGED_ON_APPEAL = "二审改判"
    REMANDED = "发回重审"
    RETRIAL_REFUSED = "驳回再审申请"
    UPHELD_ON_RETRIAL = "再审维持"
    WON_ON_RETRIAL = "再审改判（驳回原告请求）"
    LOST_ON_RETRIAL = "再审改判（支持原告请求）"
    RECONSIDERED_UPHELD = "复议维持"
    RECONSIDERED_REJECTED = "驳回复议请求"
    RECONSIDERED_CHANGED = "复议变更"
    RECONSIDERED_REVOKED = "复议撤销"
    RECONSIDERED_PARTLY_REVOKED = "复议部分撤销"
    RECONSIDERED_UNLAWFUL = "复议确认违法"
    RECONSIDERED_DUTY = "复议责令履行"
    RECONSIDERED_VOID = "复议确认无效"
    RECONSIDERED_CONTRACT = "复议决定承担协议责任"
    RECONSIDERED_COMPENSATION = "复议决定赔偿"
    RECONSIDERED_MEDIATED = "行政复议调解书"
    RECONSIDERED_ENDED = "复议终止"
    RECONSIDERED_REFUSED = "复议不予受理或驳回申请"
    RECONSIDERED_CORRECTED = "复议纠错"
    ENFORCEMENT_GRANTED = "准予强制执行"
    ENFORCEMENT_REFUSED = "不准予强制执行"


class Denominator(StrEnum):
    """What lost disputes are divided by; the values are the words on the screen."""

    CONCLUDED = "审结"
    ON_MERITS = "实体判决"
    EFFECTIVE = "生效"


class YearOf(StrEnum):
    """By which day a dispute belongs to a period; the values are the words on the screen."""

    DECIDED = "最终结果作出之日"
    FILED = "首次立案之日"


@dataclass(frozen=True, slots=True)
class Basis:
    """How a rate is made."""

    denominator: Denominator = Denominator.CONCLUDED
    year_of: YearOf = YearOf.DECIDED
    with_reconsideration: bool = False
    """Whether disputes that never came to court count too (复议纠错视同败诉)."""


_WORDS = {EventKind.JUDGMENT_SERVED: "判决送达", EventKind.RULING_SERVED: "裁定送达"}
