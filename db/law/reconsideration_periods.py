"""The periods of 行政复议 (行政复议法 2023), in the order of the domain table: the row is the number; b, c … are its further ones.

三日、五日、七日、十日 are working days, longer ones calendar days (第八十八条).
"""

from db.law.period_rules import Duty, PeriodRule, reconsideration_unit
from db.words.case import EventKind, Procedure, Track, Unit

REVIEW = frozenset({Procedure.RECONSIDERATION})
CLOSED = frozenset({EventKind.CLOSED})
DECIDED = CLOSED | {EventKind.DECISION_SERVED}
TAKEN_UP = DECIDED | {EventKind.ACCEPTED}
APPLIED = TAKEN_UP | {EventKind.APPLIED}
RULE_DONE = DECIDED | {EventKind.RULE_REVIEW_DONE}

RECONSIDERATION = (
    PeriodRule(
        "R01", "申请复议期限", EventKind.ACT_KNOWN, 60, Unit.DAY, "行政复议法第二十条", Duty.APPLICANT,
        "可以自知道或者应当知道该行政行为之日起六十日内提出申请，法律规定的申请期限超过六十日的除外。",
        REVIEW, APPLIED, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "R01b", "未告知申请权利的最长期限", EventKind.ACT_KNOWN, 1, Unit.YEAR, "行政复议法第二十条第三款", Duty.APPLICANT,
        "未告知申请行政复议的权利、行政复议机关和申请期限的，自知道或者应当知道行政行为内容之日起最长不得超过一年。",
        REVIEW, APPLIED, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "R01c", "最长申请期限", EventKind.ACT_MADE, 5, Unit.YEAR, "行政复议法第二十一条", Duty.APPLICANT,
        "自行政行为作出之日起超过五年的，行政复议机关不予受理。",
        REVIEW, APPLIED, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "R01d", "最长申请期限（不动产）", EventKind.ACT_MADE, 20, Unit.YEAR, "行政复议法第二十一条", Duty.APPLICANT,
        "因不动产提出的申请，自行政行为作出之日起不得超过二十年。",
        REVIEW, APPLIED, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "R02", "审查复议申请", EventKind.APPLIED, 5, reconsideration_unit(5), "行政复议法第三十条", Duty.REVIEWER,
        "应当在五日内审查；期限届满未作出不予受理决定的，审查期限届满之日起视为受理。",
        REVIEW, TAKEN_UP | {EventKind.MENDING_NOTICED},
    ),
    PeriodRule(
        "R03", "通知补正", EventKind.APPLIED, 5, reconsideration_unit(5), "行政复议法第三十一条", Duty.REVIEWER,
        "申请材料不齐全或者表述不清楚的，应当自收到申请之日起五日内书面通知补正，一次性载明需要补正的事项。",
        REVIEW, TAKEN_UP | {EventKind.MENDING_NOTICED}, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "R03b", "补正申请材料", EventKind.MENDING_RECEIVED, 10, reconsideration_unit(10), "行政复议法第三十一条", Duty.APPLICANT,
        "应当自收到补正通知之日起十日内提交补正材料；无正当理由逾期不补正的，视为放弃申请。",
        REVIEW, TAKEN_UP | {EventKind.MENDED}, lapses=True,
    ),
    PeriodRule(
        "R04", "申请书副本发送被申请人", EventKind.ACCEPTED, 7, reconsideration_unit(7),
        "行政复议法第四十八条、第五十四条", Duty.REVIEWER,
        "应当自受理之日起七日内（简易程序三日内）将申请书副本或者申请笔录复印件发送被申请人。",
        REVIEW, DECIDED | {EventKind.COPY_SENT, EventKind.RECEIVED_APPLICATION, EventKind.ANSWERED}, simplified=3,
    ),
    PeriodRule(
        "R05", "复议答复举证", EventKind.RECEIVED_APPLICATION, 10, reconsideration_unit(10),
        "行政复议法第四十八条、第五十四条、第八十八条", Duty.RESPONDENT,
        "提出书面答复，并提交作出行政行为的证据、依据和其他有关材料；普通程序十个工作日，简易程序五个工作日。"
        "不按期提出的，视为没有证据、依据（行政复议法第七十条）。",
        REVIEW, DECIDED | {EventKind.ANSWERED}, simplified=5,
    ),
    PeriodRule(
        "R06", "听证通知", EventKind.INQUIRY, 5, reconsideration_unit(5), "行政复议法第五十条、第五十一条", Duty.REVIEWER,
        "应当于举行听证的五日前将时间、地点和拟听证事项书面通知当事人；重大、疑难、复杂的案件应当听证。"
        "被申请人的负责人应当参加，不能参加的应当说明理由并委托相应的工作人员参加。",
        REVIEW, DECIDED | {EventKind.INQUIRY_NOTICED}, track=Track.ORDINARY, backward=True,
    ),
    PeriodRule(
        "R07", "作出复议决定", EventKind.ACCEPTED, 60, Unit.DAY, "行政复议法第六十二条", Duty.REVIEWER,
        "普通程序自受理之日起六十日内，情况复杂的经复议机构负责人批准可以延长，最多三十日，并书面告知；简易程序三十日内。",
        REVIEW, DECIDED, simplified=30,
    ),
    PeriodRule(
        "R08", "附带审查处理", EventKind.RULE_REVIEW_ASKED, 30, Unit.DAY, "行政复议法第五十六条、第五十七条", Duty.REVIEWER,
        "有权处理的，应当在三十日内依法处理。",
        REVIEW, RULE_DONE | {EventKind.RULE_TRANSFERRED},
    ),
    PeriodRule(
        "R08b", "附带审查转送", EventKind.RULE_REVIEW_ASKED, 7, reconsideration_unit(7),
        "行政复议法第五十六条、第五十七条", Duty.REVIEWER,
        "无权处理的，应当在七日内转送有权处理的机关。",
        REVIEW, RULE_DONE | {EventKind.RULE_TRANSFERRED}, lapses=True,
    ),
    PeriodRule(
        "R08e", "通知制定机关", EventKind.REVIEW_SUSPENDED, 3, reconsideration_unit(3), "行政复议法第五十八条", Duty.REVIEWER,
        "有权处理的，行政复议机构应当自行政复议中止之日起三日内，书面通知制定机关就相关条款的合法性提出书面答复。",
        REVIEW, RULE_DONE | {EventKind.RULE_NOTICE_SENT, EventKind.RULE_ANSWERED}, repeats=True,
    ),
    PeriodRule(
        "R08c", "制定机关答复", EventKind.RULE_NOTICED, 10, reconsideration_unit(10), "行政复议法第五十八条", Duty.AGENCY,
        "制定机关应当自收到书面通知之日起十日内，就相关条款的合法性提交书面答复及相关材料。",
        REVIEW, RULE_DONE | {EventKind.RULE_ANSWERED},
    ),
    PeriodRule(
        "R08d", "接受转送机关回复", EventKind.RULE_TRANSFER_RECEIVED, 60, Unit.DAY, "行政复议法第六十条", Duty.AGENCY,
        "接受转送的机关应当自收到转送之日起六十日内，将处理意见回复转送的行政复议机关。",
        REVIEW, RULE_DONE | {EventKind.RULE_ANSWERED},
    ),
    PeriodRule(
        "R09", "报送纠正情况（复议意见书）", EventKind.OPINION_RECEIVED, 60, Unit.DAY, "行政复议法第七十六条", Duty.RESPONDENT,
        "有关机关应当自收到行政复议意见书之日起六十日内，将纠正相关违法或者不当行政行为的情况报送行政复议机关。",
        REVIEW, frozenset({EventKind.CORRECTION_REPORTED}), repeats=True,
    ),
    PeriodRule(
        "R10", "履行复议决定书、调解书、意见书", EventKind.DECISION_SERVED, None, Unit.DAY,
        "行政复议法第七十七条、第八十三条", Duty.RESPONDENT,
        "按载明的期限履行；不履行或者无正当理由拖延履行的，责令限期履行，可以约谈负责人或者通报批评，并依法给予处分。",
        REVIEW, frozenset({EventKind.PERFORMED}),
    ),
    PeriodRule(
        "R10b", "重新作出行政行为", EventKind.REDO_ORDERED, 60, Unit.DAY,
        "行政复议法第六十四条、行政复议法实施条例第四十九条", Duty.RESPONDENT,
        "责令重新作出行政行为的，按复议决定载明的期限办理（填入改定日期）；没有载明、法律法规规章也没有规定的，期限为六十日。",
        REVIEW, frozenset({EventKind.REDONE, EventKind.PERFORMED}), repeats=True,
        note="实施条例修订后请核对六十日的规定。",
    ),
    PeriodRule(
        "R11", "复议后起诉期限", EventKind.DECISION_SERVED, 15, Unit.DAY, "行政诉讼法第四十五条、行政复议法第三十四条", Duty.APPLICANT,
        "不服复议决定，或者不予受理、驳回申请、逾期不作答复的，可以自收到决定书或者复议期限届满之日起十五日内起诉。",
        REVIEW, lapses=True,
    ),
)  # fmt: skip
