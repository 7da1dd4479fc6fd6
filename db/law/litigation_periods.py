"""The periods of 行政诉讼, 非诉执行 and 行政赔偿. The row of the domain table is the number; b, c … are its further periods.

Sources: 行政诉讼法 (2017); 适用解释 = 法释〔2018〕1号; 负责人出庭规定 = 法释〔2020〕3号; 行政强制法; 国家赔偿法;
检察公益诉讼解释; 司法建议 法释〔2023〕11号. Days are calendar days, but those of ten days and under in 行政强制法.
"""

from db.law.period_rules import Duty, PeriodRule, coercion_unit
from db.law.rulings import Ruling
from db.words.case import EventKind, Procedure, Track, Unit

FIRST, SECOND = frozenset({Procedure.FIRST_INSTANCE}), frozenset({Procedure.SECOND_INSTANCE})
RETRIAL, ENFORCEMENT = frozenset({Procedure.RETRIAL}), frozenset({Procedure.ENFORCEMENT})
TRIAL = FIRST | SECOND | RETRIAL
ALL = TRIAL | ENFORCEMENT | {Procedure.RECONSIDERATION}

CLOSED = frozenset({EventKind.CLOSED})
ANSWERED = CLOSED | {EventKind.ANSWERED}
COURT_END = CLOSED | {EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED}
APPEAL_END = frozenset({EventKind.APPEALED, EventKind.EFFECTIVE})
"""结案 is our book-keeping, and the other side's appeal is theirs: whoever may still appeal may do so to the last day."""
RETRIAL_END = frozenset({EventKind.RETRIAL_ASKED})
SUPERVISION_END = frozenset({EventKind.PROSECUTORS_ASKED})
EXECUTION_END = frozenset({EventKind.EXECUTION_ASKED, EventKind.PERFORMED})
LODGED = CLOSED | {EventKind.ENFORCEMENT_ASKED, EventKind.ENFORCEMENT_ACCEPTED}
DECIDED = CLOSED | {EventKind.ENFORCEMENT_DECIDED, EventKind.ENFORCEMENT_REFUSED}
SIX_MONTHS = "六个月的限制请对照监督规则原文核对。"

LITIGATION = (
    PeriodRule(
        "L01", "起诉状副本发送被告", EventKind.FILED, 5, Unit.DAY, "行政诉讼法第六十七条第一款", Duty.COURT,
        "人民法院应当在立案之日起五日内，将起诉状副本发送被告。",
        FIRST, CLOSED | {EventKind.RECEIVED_COMPLAINT}, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L02", "答辩举证", EventKind.RECEIVED_COMPLAINT, 15, Unit.DAY, "行政诉讼法第六十七条", Duty.DEFENDANT,
        "提交作出行政行为的证据、所依据的规范性文件和答辩状。逾期不提供或者无正当理由逾期提供证据，视为没有相应证据"
        "（行政诉讼法第三十四条）；不提出答辩状的，不影响审理。",
        FIRST, ANSWERED,
    ),
    PeriodRule(
        "L03", "申请延期举证", EventKind.RECEIVED_COMPLAINT, 15, Unit.DAY,
        "行政诉讼法第三十六条第一款、适用解释第三十四条", Duty.DEFENDANT,
        "因不可抗力等正当事由不能按期提供证据的，应当在举证期限内书面申请延期。",
        FIRST, ANSWERED | {EventKind.EXTENSION_ASKED}, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L03b", "准予延期后举证", EventKind.EXTENSION_CAUSE_ENDED, 15, Unit.DAY, "适用解释第三十四条", Duty.DEFENDANT,
        "人民法院准予延期的，应当在正当事由消除后十五日内提供证据，逾期视为没有相应证据。",
        FIRST, ANSWERED,
    ),
    PeriodRule(
        "L03c", "申请顺延期限", EventKind.OBSTACLE_ENDED, 10, Unit.DAY,
        "民事诉讼法第八十六条、行政诉讼法第一百零一条", Duty.PARTY,
        "因不可抗拒的事由或者其他正当理由耽误期限的，在障碍消除后的十日内可以申请顺延，是否准许由人民法院决定。",
        ALL, frozenset({EventKind.TOLLING_ASKED}), lapses=True, repeats=True,
    ),
    PeriodRule(
        "L04", "管辖异议", EventKind.RECEIVED_COMPLAINT, 15, Unit.DAY, "适用解释第十条", Duty.DEFENDANT,
        "对管辖有异议的，应当在收到起诉状副本之日起十五日内提出。",
        FIRST, CLOSED | {EventKind.JURISDICTION_OBJECTED}, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L05", "简易程序举证", EventKind.RECEIVED_COMPLAINT, None, Unit.DAY, "适用解释第一百零四条", Duty.DEFENDANT,
        "适用简易程序的，举证期限由人民法院确定，不得超过十五日，答辩期间由人民法院确定；填写法院指定的日期后，代替答辩举证期限。",
        FIRST, ANSWERED, track=Track.SIMPLIFIED, replaces="L02",
    ),
    PeriodRule(
        "L06", "补充证据", EventKind.NEW_REASONS, None, Unit.DAY, "行政诉讼法第三十六条第二款", Duty.DEFENDANT,
        "原告或者第三人提出了在处理程序中没有提出的理由或者证据的，经人民法院准许可以补充证据，期限由人民法院确定。",
        FIRST, COURT_END | {EventKind.SUPPLEMENTED},
    ),
    PeriodRule(
        "L07", "传票送达", EventKind.HEARING, 3, Unit.DAY, "适用解释第七十一条", Duty.COURT,
        "适用普通程序的，人民法院应当在开庭三日前用传票传唤当事人。",
        TRIAL, lapses=True, track=Track.ORDINARY, backward=True, on_timeline=False,
    ),
    PeriodRule(
        "L08", "负责人出庭通知书送达", EventKind.HEARING, 3, Unit.DAY, "负责人出庭规定（法释〔2020〕3号）第五条", Duty.COURT,
        "人民法院应当在开庭三日前送达出庭通知书，并告知负责人不出庭的法律后果。",
        TRIAL, lapses=True, backward=True, on_timeline=False,
    ),
    PeriodRule(
        "L09", "一审审限", EventKind.FILED, 6, Unit.MONTH, "行政诉讼法第八十一条", Duty.COURT,
        "人民法院应当在立案之日起六个月内作出第一审判决；延长由高级人民法院批准。公告、鉴定、调解、中止、管辖争议等期间不计"
        "（适用解释第五十条）。",
        FIRST, COURT_END, lapses=True, track=Track.ORDINARY,
    ),
    PeriodRule(
        "L10", "一审审限（简易程序）", EventKind.FILED, 45, Unit.DAY, "行政诉讼法第八十三条", Duty.COURT,
        "应当在立案之日起四十五日内审结；转为普通程序的，六个月自原立案之日起算（行政诉讼法第八十四条、适用解释第一百零五条）。",
        FIRST, COURT_END, lapses=True, track=Track.SIMPLIFIED,
    ),
    PeriodRule(
        "L11", "判决书发送", EventKind.PRONOUNCED, 10, Unit.DAY, "行政诉讼法第八十条", Duty.COURT,
        "当庭宣判的，应当在十日内发送判决书；定期宣判的，宣判后立即发给。",
        TRIAL, frozenset({EventKind.JUDGMENT_SERVED}), lapses=True,
    ),
    PeriodRule(
        "L12", "判决上诉期", EventKind.JUDGMENT_SERVED, 15, Unit.DAY, "行政诉讼法第八十五条", Duty.PARTY,
        "各方自各自收到判决书之日起分别计算；逾期不上诉的，一审判决发生法律效力。",
        FIRST, APPEAL_END, lapses=True,
    ),
    PeriodRule(
        "L13", "裁定上诉期", EventKind.RULING_SERVED, 10, Unit.DAY, "行政诉讼法第八十五条", Duty.PARTY,
        "仅不予立案、驳回起诉、管辖异议的裁定可以上诉（适用解释第一百零一条）。",
        FIRST, APPEAL_END, lapses=True, repeats=True, only=frozenset(r for r in Ruling if r.is_appealable),
    ),
    PeriodRule(
        "L14", "二审答辩", EventKind.RECEIVED_APPEAL, 15, Unit.DAY, "适用解释第一百零八条", Duty.DEFENDANT,
        "被上诉人收到上诉状副本后十五日内提出答辩状；原审人民法院应当在五日内发送副本。",
        SECOND, ANSWERED,
    ),
    PeriodRule(
        "L15", "二审审限", EventKind.RECEIVED_APPEAL, 3, Unit.MONTH, "行政诉讼法第八十八条", Duty.COURT,
        "人民法院应当在收到上诉状之日起三个月内作出终审判决；此处以本机关收到副本之日估算。",
        SECOND, COURT_END, lapses=True,
    ),
    PeriodRule(
        "L16", "申请再审", EventKind.EFFECTIVE, 6, Unit.MONTH, "行政诉讼法第九十条、适用解释第一百一十条", Duty.PARTY,
        "应当在判决、裁定或者调解书发生法律效力后六个月内提出；申请再审不停止执行。",
        TRIAL, RETRIAL_END, lapses=True,
    ),
    PeriodRule(
        "L16b", "申请再审（新证据等）", EventKind.RETRIAL_GROUND_KNOWN, 6, Unit.MONTH, "适用解释第一百一十条", Duty.PARTY,
        "有新的证据、证据系伪造、据以裁判的文书被撤销或者变更、审判人员违法的，自知道或者应当知道之日起六个月内提出。",
        TRIAL, RETRIAL_END, lapses=True, repeats=True,
    ),
    PeriodRule(
        "L17", "再审书面意见", EventKind.RECEIVED_RETRIAL, 15, Unit.DAY, "适用解释第一百一十一条", Duty.PARTY,
        "收到再审申请书副本之日起十五日内提交书面意见；不提交的，不影响审查。",
        RETRIAL, ANSWERED,
    ),
    PeriodRule(
        "L18", "再审申请审查", EventKind.RETRIAL_FILED, 6, Unit.MONTH, "适用解释第一百一十二条", Duty.COURT,
        "人民法院应当自再审申请案件立案之日起六个月内审查；延长由本院院长批准。",
        RETRIAL, COURT_END | {EventKind.RETRIAL_REFUSED}, lapses=True,
    ),
    PeriodRule(
        "L19", "申请检察监督", EventKind.RETRIAL_REFUSED, 6, Unit.MONTH,
        "适用解释第一百一十七条、人民检察院行政诉讼监督规则（2021）", Duty.PARTY,
        "再审申请被驳回的，可以申请抗诉或者检察建议。",
        RETRIAL, SUPERVISION_END, lapses=True, note=SIX_MONTHS,
    ),
    PeriodRule(
        "L19b", "申请检察监督（逾期未裁定）", EventKind.RETRIAL_EXPIRED, 6, Unit.MONTH,
        "适用解释第一百一十七条、人民检察院行政诉讼监督规则（2021）", Duty.PARTY,
        "人民法院逾期未对再审申请作出裁定的，可以申请抗诉或者检察建议。",
        RETRIAL, SUPERVISION_END, lapses=True, note=SIX_MONTHS,
    ),
    PeriodRule(
        "L19c", "申请检察监督（再审裁判）", EventKind.JUDGMENT_SERVED, 6, Unit.MONTH,
        "适用解释第一百一十七条、人民检察院行政诉讼监督规则（2021）", Duty.PARTY,
        "再审判决、裁定有明显错误的，可以申请抗诉或者检察建议。",
        RETRIAL, SUPERVISION_END, lapses=True, on_timeline=False, note=SIX_MONTHS,
    ),
    PeriodRule(
        "L20", "申请执行", EventKind.PERFORMANCE_EXPIRED, 2, Unit.YEAR, "适用解释第一百五十三条", Duty.PARTY,
        "申请执行的期限为二年，自法律文书规定的履行期间最后一日起计算。",
        TRIAL, EXECUTION_END, lapses=True,
    ),
    PeriodRule(
        "L20b", "申请执行（未定履行期限）", EventKind.JUDGMENT_SERVED, 2, Unit.YEAR, "适用解释第一百五十三条", Duty.PARTY,
        "法律文书没有规定履行期限的，申请执行的二年自该法律文书送达当事人之日起计算。",
        TRIAL, EXECUTION_END, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L21", "履行裁判", EventKind.EFFECTIVE, None, Unit.DAY, "行政诉讼法第九十六条", Duty.DEFENDANT,
        "按裁判确定的期限履行；拒绝履行的，可以对负责人按日罚款五十元至一百元，予以公告，提出司法建议；社会影响恶劣的，可以拘留直接责任人员。",
        TRIAL, frozenset({EventKind.PERFORMED}),
    ),
    PeriodRule(
        "L22", "中止满九十日", EventKind.SUSPENDED, 90, Unit.DAY, "适用解释第八十八条第二款", Duty.COURT,
        "因原告死亡、丧失诉讼行为能力或者法人、其他组织终止而中止，满九十日无人继续诉讼的，裁定终结诉讼，有特殊情况的除外。",
        TRIAL, COURT_END | {EventKind.RESUMED}, lapses=True, repeats=True,
    ),
    PeriodRule(
        "L23", "申请法院强制执行", EventKind.SUIT_TIME_EXPIRED, 3, Unit.MONTH,
        "行政强制法第五十三条、适用解释第一百五十六条", Duty.AGENCY,
        "应当自对方法定起诉期限届满之日起三个月内申请；逾期申请的，除有正当理由外，不予受理。此前应当催告（行政强制法第五十四条）。",
        ENFORCEMENT, LODGED,
    ),
    PeriodRule(
        "L23b", "催告后等待", EventKind.DEMANDED, 10, coercion_unit(10), "行政强制法第五十四条、第六十九条", Duty.AGENCY,
        "催告书送达十日后仍未履行的，方可申请强制执行；十日以内的期限是指工作日。",
        ENFORCEMENT, LODGED, lapses=True,
    ),
    PeriodRule(
        "L23c", "执行申请受理", EventKind.ENFORCEMENT_ASKED, 5, coercion_unit(5), "行政强制法第五十六条、第六十九条", Duty.COURT,
        "人民法院接到强制执行申请，应当在五日内受理。",
        ENFORCEMENT, DECIDED | {EventKind.ENFORCEMENT_ACCEPTED}, lapses=True,
    ),
    PeriodRule(
        "L23d", "执行申请审查", EventKind.ENFORCEMENT_ACCEPTED, 7, coercion_unit(7), "行政强制法第五十七条、第六十九条", Duty.COURT,
        "书面审查符合规定且行政决定具备法定执行效力的，应当自受理之日起七日内作出执行裁定。",
        ENFORCEMENT, DECIDED, lapses=True,
    ),
    PeriodRule(
        "L23e", "执行申请审查（存疑）", EventKind.ENFORCEMENT_ACCEPTED, 30, coercion_unit(30), "行政强制法第五十八条", Duty.COURT,
        "明显缺乏事实根据、法律法规依据或者其他明显违法的，可以听取意见，自受理之日起三十日内裁定是否执行。",
        ENFORCEMENT, DECIDED, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L23f", "对不予受理、不予执行申请复议", EventKind.ENFORCEMENT_REFUSED, 15, coercion_unit(15),
        "行政强制法第五十六条、第五十八条，适用解释第一百五十五条", Duty.AGENCY,
        "有异议的，可以自收到裁定之日起十五日内向上一级人民法院申请复议。",
        ENFORCEMENT, lapses=True,
    ),
    PeriodRule(
        "L24", "起诉期限", EventKind.ACT_KNOWN, 6, Unit.MONTH, "行政诉讼法第四十六条第一款", Duty.PLAINTIFF,
        "自知道或者应当知道作出行政行为之日起六个月内提出；答辩时核对是否超过。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L24b", "复议后起诉期限", EventKind.DECISION_SERVED, 15, Unit.DAY, "行政诉讼法第四十五条", Duty.PLAINTIFF,
        "不服复议决定的，可以在收到复议决定书之日起十五日内起诉。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L24c", "履行法定职责", EventKind.DUTY_ASKED, 2, Unit.MONTH, "行政诉讼法第四十七条", Duty.AGENCY,
        "接到申请之日起两个月内不履行的，可以起诉；法律法规另有规定的从其规定，紧急情况不受此限。",
        FIRST, CLOSED | {EventKind.PERFORMED}, on_timeline=False, repeats=True,
    ),
    PeriodRule(
        "L24d", "不履责案件起诉期限", EventKind.DUTY_EXPIRED, 6, Unit.MONTH, "适用解释第六十六条", Duty.PLAINTIFF,
        "应当在行政机关履行法定职责期限届满之日起六个月内提出。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L24e", "未告知起诉期限的最长期限", EventKind.ACT_KNOWN, 1, Unit.YEAR, "适用解释第六十四条", Duty.PLAINTIFF,
        "未告知起诉期限的，从知道或者应当知道行政行为内容之日起最长不得超过一年。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L24f", "最长起诉期限", EventKind.ACT_MADE, 5, Unit.YEAR, "行政诉讼法第四十六条第二款", Duty.PLAINTIFF,
        "自行政行为作出之日起超过五年提起诉讼的，人民法院不予受理。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L24g", "最长起诉期限（不动产）", EventKind.ACT_MADE, 20, Unit.YEAR, "行政诉讼法第四十六条第二款", Duty.PLAINTIFF,
        "因不动产提起诉讼的案件，自行政行为作出之日起不得超过二十年。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L25", "回复司法建议（规范性文件）", EventKind.SUGGESTED_ON_RULES, 60, Unit.DAY, "适用解释第一百四十九条", Duty.AGENCY,
        "接收司法建议的行政机关应当在收到之日起六十日内书面答复；情况紧急的，可以建议立即停止执行该规范性文件。",
        ALL, frozenset({EventKind.SUGGESTION_ANSWERED}), repeats=True,
    ),
    PeriodRule(
        "L25b", "回复司法建议", EventKind.SUGGESTED, None, Unit.DAY, "法释〔2023〕11号第八条", Duty.AGENCY,
        "按司法建议书载明的期限回复，一般不超过两个月。",
        ALL, frozenset({EventKind.SUGGESTION_ANSWERED}), repeats=True,
    ),
    PeriodRule(
        "L26", "回复检察建议", EventKind.PROSECUTORS_SUGGESTED, 2, Unit.MONTH, "检察公益诉讼解释第二十一条", Duty.AGENCY,
        "应当在收到检察建议书之日起两个月内依法履行职责，并书面回复。",
        ALL, frozenset({EventKind.PROSECUTORS_ANSWERED}), repeats=True,
    ),
    PeriodRule(
        "L26b", "回复检察建议（紧急情形）", EventKind.PROSECUTORS_URGED, 15, Unit.DAY, "检察公益诉讼解释第二十一条", Duty.AGENCY,
        "出现国家利益或者社会公共利益损害继续扩大等紧急情形的，应当在十五日内书面回复。",
        ALL, frozenset({EventKind.PROSECUTORS_ANSWERED}), repeats=True,
    ),
    PeriodRule(
        "L27", "请求国家赔偿", EventKind.HARM_KNOWN, 2, Unit.YEAR, "国家赔偿法第三十九条", Duty.PLAINTIFF,
        "请求国家赔偿的时效为二年，自知道或者应当知道行使职权的行为侵犯其人身权、财产权之日起计算。",
        FIRST, frozenset({EventKind.COMPENSATION_ASKED}), lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L27b", "作出赔偿决定", EventKind.COMPENSATION_ASKED, 2, Unit.MONTH, "国家赔偿法第十三条", Duty.AGENCY,
        "赔偿义务机关应当自收到申请之日起两个月内作出是否赔偿的决定。",
        FIRST, frozenset({EventKind.COMPENSATION_DECIDED}), repeats=True,
    ),
    PeriodRule(
        "L27c", "赔偿起诉期限", EventKind.COMPENSATION_DECIDED, 3, Unit.MONTH, "国家赔偿法第十四条", Duty.PLAINTIFF,
        "对赔偿决定或者不予赔偿决定不服的，自作出决定之日起三个月内起诉。",
        FIRST, lapses=True, on_timeline=False,
    ),
    PeriodRule(
        "L27d", "赔偿起诉期限（逾期未决定）", EventKind.COMPENSATION_EXPIRED, 3, Unit.MONTH, "国家赔偿法第十四条", Duty.PLAINTIFF,
        "赔偿义务机关在规定期限内未作出是否赔偿的决定的，自期限届满之日起三个月内起诉。",
        FIRST, lapses=True, on_timeline=False,
    ),
)  # fmt: skip
