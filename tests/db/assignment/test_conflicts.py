"""Who may not be recommended: each rule with a case that triggers it, and the nearest case that does not."""

from dataclasses import replace
from datetime import date

import pytest

from db.assignment.rules.conflicts import (
    CaseFacts,
    Colleague,
    LawyerFacts,
    OpposingAgent,
    OpposingParty,
    Suit,
    findings,
)
from db.roster.rules.background import (
    Background,
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.roster.rules.lawyers import Standing
from db.words.assignment import DisputeRole, Severity
from db.words.lawyer import (
    CheckResult,
    DisciplineKind,
    Leaving,
    LicenceState,
    OfficeKind,
    Rank,
    Relation,
    UnitKind,
)

BLOCK, CONSENT, WARN = Severity.BLOCK, Severity.CONSENT, Severity.WARN
DAY = date(2026, 11, 24)
FIRM, OTHER = "示例双港律师事务所", "示例江畔律师事务所"
COURT, AGENCY = "龙游县人民法院", "衢州市柯城区综合行政执法局"
FREE = LawyerFacts(
    "汪晓棠",
    FIRM,
    Standing.SERVING,
    "2025-06-01 至 2027-05-31",
    2,
    6,
    licence="13308201510123456",
    identity="ID-1",
)
ZHOU = OpposingParty("周建国", identity="ID-9")
TRADER = OpposingParty("示例启禾商贸有限公司", representative="陈月娥", is_person=False)
CASE = CaseFacts((ZHOU, TRADER), (), DAY, (COURT, "龙游法院"), (), (AGENCY, "区综合执法局"), date(2026, 6, 1))


def found(lawyer=FREE, case=CASE, **weights):
    return [(f.rule, f.severity) for f in findings(lawyer, case, weights)]


def sentences(lawyer=FREE, case=CASE):
    return [f.sentence for f in findings(lawyer, case)]


def with_(**background):
    return replace(FREE, background=Background(**background))


def agent(name, firm=OTHER, side="原告", licence="", earlier=""):
    return replace(CASE, opposing_agents=(OpposingAgent(name, firm, "周建国", side, licence, earlier),))


def judge(to_on=date(2025, 6, 30), unit="示例县人民法院", **more):
    return PostDraft(unit, UnitKind.COURT, "审判员", more.pop("rank", Rank.JUDGE), None, to_on, **more)


def official(to_on, rank=Rank.STAFF, unit=AGENCY, from_on=date(2010, 1, 1)):
    return PostDraft(unit, UnitKind.AGENCY, "科员", rank, from_on, to_on)


def relative(name="李甲", unit="示例单位", kind=UnitKind.OTHER, relation=Relation.SPOUSE):
    return RelativeDraft(relation, name, unit, kind)


def colleague(**background):
    return replace(FREE, colleagues=(Colleague("余清和", Background(**background)),))


def test_nothing_speaks_against_a_free_lawyer():
    assert found() == []


PAIRS = [
    # C01 to C07: the other side
    ("C01_律师法第三十九条", BLOCK, (FREE, agent("汪晓棠", FIRM)), (FREE, agent("汪晓棠", OTHER))),
    (
        "C01_律师法第三十九条_证号",
        BLOCK,
        (FREE, agent("汪晓棠", "", licence=FREE.licence)),
        (FREE, agent("汪晓棠", OTHER, licence="13308201510123457")),
    ),
    ("C01_律师法第三十九条_仅同名", WARN, (FREE, agent("汪晓棠", "")), (FREE, agent("汪小棠", ""))),
    ("C02_执业行为规范", BLOCK, (FREE, agent("徐立", "示例双港律所")), (FREE, agent("徐立", OTHER))),
    (
        "C02_执业行为规范_律所是对方",
        BLOCK,
        (FREE, replace(CASE, opposing_parties=(OpposingParty(FIRM),))),
        (FREE, replace(CASE, opposing_parties=(OpposingParty(OTHER),))),
    ),
    (
        "C02_执业行为规范_第三人",
        WARN,
        (FREE, agent("徐立", FIRM, "第三人")),
        (FREE, agent("徐立", OTHER, "第三人")),
    ),
    (
        "C03_律师法第三十九条",
        BLOCK,
        (replace(FREE, interest="持有原告公司股份"), CASE),
        (replace(FREE, interest=""), CASE),
    ),
    (
        "C03_律师法第三十九条_本人",
        BLOCK,
        (replace(FREE, identity="ID-9"), CASE),
        (replace(FREE, identity="ID-8"), CASE),
    ),
    (
        "C03_律师法第三十九条_仅同名",
        WARN,
        (replace(FREE, name="周建国"), CASE),
        (replace(FREE, name="周建中"), CASE),
    ),
    (
        "C03_近亲属同名",
        WARN,
        (with_(relatives=(relative("周建国"),)), CASE),
        (with_(relatives=(relative("周建中"),)), CASE),
    ),
    (
        "C04_执业行为规范",
        BLOCK,
        (with_(relatives=(relative("陈月娥", TRADER.name),)), replace(CASE, opposing_parties=(TRADER,))),
        (with_(relatives=(relative("陈月英", "示例他公司"),)), replace(CASE, opposing_parties=(TRADER,))),
    ),
    (
        "C04_执业行为规范_代理人",
        BLOCK,
        (with_(relatives=(relative("徐立", OTHER),)), agent("徐立", OTHER)),
        (with_(relatives=(relative("徐力", OTHER),)), agent("徐立", OTHER)),
    ),
    (
        "C04_执业行为规范_仅同名",
        WARN,
        (with_(relatives=(relative("徐立", "示例他所"),)), agent("徐立", OTHER)),
        (with_(relatives=(relative("徐力", "示例他所"),)), agent("徐立", OTHER)),
    ),
    (
        "C05_执业行为规范",
        BLOCK,
        (replace(FREE, roles=((DisputeRole.OFFICIAL, "2024 年立案经办"),)), CASE),
        (replace(FREE, roles=()), CASE),
    ),
    (
        "C06_执业行为规范",
        BLOCK,
        (FREE, agent("徐立", FIRM, earlier="一审")),
        (FREE, agent("徐立", OTHER, earlier="一审")),
    ),
    (
        "C06_执业行为规范_第三人",
        WARN,
        (FREE, agent("徐立", FIRM, "第三人", earlier="一审")),
        (FREE, agent("徐立", OTHER, "第三人", earlier="一审")),
    ),
    (
        "C07_律师和律师事务所违法行为处罚办法第七条",
        BLOCK,
        (with_(contracts=(ContractDraft(TRADER.name, to_on=DAY),)), CASE),
        (with_(contracts=(ContractDraft("示例他公司", to_on=DAY),)), CASE),
    ),
    # C08 to C15: the person
    ("C08_律师法第四十一条_末日", BLOCK, (with_(posts=(judge(date(2024, 11, 24)),)), CASE), (with_(), CASE)),
    (
        "C08_律师法第四十一条_已满两年",
        WARN,
        (with_(posts=(judge(date(2024, 11, 23)),)), CASE),
        (with_(), CASE),
    ),
    (
        "C09_法官法第三十六条",
        BLOCK,
        (with_(posts=(judge(date(2001, 1, 1), COURT),)), CASE),
        (with_(posts=()), CASE),
    ),
    (
        "C10_法官法第三十六条",
        BLOCK,
        (with_(posts=(judge(date(2001, 1, 1), leaving=Leaving.EXPELLED),)), CASE),
        (with_(posts=()), CASE),
    ),
    (
        "C12_法官法第二十四条",
        BLOCK,
        (with_(relatives=(relative(unit=COURT, kind=UnitKind.COURT),)), CASE),
        (
            with_(
                relatives=(relative(unit="示例县人民法院", kind=UnitKind.COURT, relation=Relation.SIBLING),)
            ),
            CASE,
        ),
    ),
    (
        "C12_兄弟姐妹在审理法院",
        WARN,
        (with_(relatives=(relative(unit=COURT, kind=UnitKind.COURT, relation=Relation.SIBLING),)), CASE),
        (
            with_(
                relatives=(relative(unit="示例县人民法院", kind=UnitKind.COURT, relation=Relation.SIBLING),)
            ),
            CASE,
        ),
    ),
    (
        "C12_法官法第二十四条_外地法院",
        WARN,
        (with_(relatives=(relative(unit="示例县人民法院", kind=UnitKind.COURT),)), CASE),
        (with_(relatives=(relative(unit="示例县水利局", kind=UnitKind.AGENCY),)), CASE),
    ),
    (
        "C13_律师法第十一条第二款",
        BLOCK,
        (with_(offices=(OfficeDraft(OfficeKind.STANDING_COMMITTEE, "区人大常委会", None, DAY),)), CASE),
        (
            with_(
                offices=(
                    OfficeDraft(OfficeKind.STANDING_COMMITTEE, "区人大常委会", None, date(2026, 11, 23)),
                )
            ),
            CASE,
        ),
    ),
    (
        "C14_律师法第十一条第一款",
        BLOCK,
        (with_(offices=(OfficeDraft(OfficeKind.OFFICIAL, "示例局"),)), CASE),
        (with_(offices=(OfficeDraft(OfficeKind.DEPUTY, "区人大"),)), CASE),
    ),
    (
        "C14_律师法第十一条_公职律师",
        BLOCK,
        (replace(FREE, is_public_lawyer=True), CASE),
        (replace(FREE, is_public_lawyer=False), CASE),
    ),
    (
        "C15_律师法第四十七条",
        BLOCK,
        (replace(FREE, licence_state=LicenceState.MOVING), CASE),
        (replace(FREE, licence_state=LicenceState.VALID), CASE),
    ),
    (
        "C15_年度考核",
        BLOCK,
        (with_(checks=(CheckDraft(2025, CheckResult.INCOMPETENT), CheckDraft(2024))), CASE),
        (with_(checks=(CheckDraft(2025), CheckDraft(2024, CheckResult.INCOMPETENT))), CASE),
    ),
    # C16 to C23: the firm, the district's agencies, the dispute
    (
        "C16_执业行为规范",
        CONSENT,
        (colleague(relatives=(relative("徐立", OTHER),)), agent("徐立", OTHER)),
        (colleague(relatives=(relative("徐力", OTHER),)), agent("徐立", OTHER)),
    ),
    (
        "C17_执业行为规范_同所律师任对方顾问",
        CONSENT,
        (colleague(contracts=(ContractDraft(TRADER.name),)), CASE),
        (colleague(contracts=(ContractDraft("示例他公司"),)), CASE),
    ),
    (
        "C17_执业行为规范_终止未满一年",
        CONSENT,
        (with_(contracts=(ContractDraft(TRADER.name, to_on=date(2025, 11, 24)),)), CASE),
        (with_(contracts=(ContractDraft(TRADER.name, to_on=date(2025, 11, 23)),)), CASE),
    ),
    (
        "C17_执业行为规范_同所起诉本单位",
        CONSENT,
        (replace(FREE, suits=(Suit("（2026）浙0825行初9号", AGENCY, "余清和"),)), CASE),
        (replace(FREE, suits=()), CASE),
    ),
    (
        "C18_中办发2016年30号",
        BLOCK,
        (
            replace(
                with_(contracts=(ContractDraft("区综合执法局", to_on=DAY),)),
                suits=(Suit("（2026）浙0825行初9号", AGENCY, "汪晓棠"),),
            ),
            CASE,
        ),
        (with_(contracts=(ContractDraft("区综合执法局", to_on=DAY),)), CASE),
    ),
    (
        "C19_顾问库管理规定",
        WARN,
        (replace(FREE, suits=(Suit("（2026）浙0825行初9号", "区住建局", "汪晓棠"),)), CASE),
        (replace(FREE, suits=()), CASE),
    ),
    (
        "C20_执业行为规范_复议委员会",
        WARN,
        (replace(FREE, roles=((DisputeRole.COMMITTEE, "2026-08 审议"),)), CASE),
        (replace(FREE, roles=()), CASE),
    ),
    (
        "C21_行政诉讼法第二十六条",
        WARN,
        (replace(FREE, other_defendant="柯城区政府"), CASE),
        (replace(FREE, other_defendant=""), CASE),
    ),
    (
        "C22_证人",
        BLOCK,
        (replace(FREE, roles=((DisputeRole.WITNESS, ""),)), CASE),
        (replace(FREE, roles=()), CASE),
    ),
    (
        "C22_鉴定人",
        WARN,
        (replace(FREE, roles=((DisputeRole.EXPERT, "房屋鉴定"),)), CASE),
        (replace(FREE, roles=()), CASE),
    ),
    (
        "C23_公务员法第一百零七条",
        BLOCK,
        (with_(posts=(official(date(2024, 11, 24)),)), CASE),
        (with_(posts=(official(date(2024, 11, 24), unit="示例区住建局"),)), CASE),
    ),
    (
        "C23_公务员法第一百零七条_期满",
        WARN,
        (with_(posts=(official(date(2024, 11, 23)),)), CASE),
        (with_(posts=(official(date(2024, 11, 23), unit="示例区住建局"),)), CASE),
    ),
    # C24 to C26: the work
    (
        "C24_行政诉讼法第三十一条",
        BLOCK,
        (FREE, replace(CASE, acting=2, lawyers=1, staff=1)),
        (FREE, replace(CASE, acting=1, lawyers=1)),
    ),
    ("C24_行政诉讼法第三十一条_已代理", BLOCK, (replace(FREE, acts_already=True), CASE), (FREE, CASE)),
    (
        "C24_适用解释第一百二十八条",
        BLOCK,
        (FREE, replace(CASE, acting=1, lawyers=1, head_absent=True)),
        (FREE, replace(CASE, acting=1, staff=1, head_absent=True)),
    ),
    (
        "C25_顾问选聘条件",
        WARN,
        (with_(disciplines=(DisciplineDraft(DisciplineKind.ASSOCIATION, DAY, "市律协", "训诫"),)), CASE),
        (
            with_(
                disciplines=(
                    DisciplineDraft(DisciplineKind.ASSOCIATION, date(2026, 11, 25), "市律协", "训诫"),
                )
            ),
            CASE,
        ),
    ),
    ("C26_分派管理_满负荷", WARN, (replace(FREE, running=6), CASE), (replace(FREE, running=5), CASE)),
    (
        "C26_分派管理_开庭日请假",
        WARN,
        (replace(FREE, absences=("开庭日 2026-12-10 不能承办：请假",)), CASE),
        (replace(FREE, absences=()), CASE),
    ),
    (
        "C26_分派管理_同日开庭",
        WARN,
        (replace(FREE, hearings=("11-27 09:00 行初9号",)), CASE),
        (replace(FREE, hearings=()), CASE),
    ),
]


@pytest.mark.parametrize(("name", "severity", "hit", "nearest"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_each_rule_hits_its_case_and_not_the_nearest(name, severity, hit, nearest):
    assert found(*hit) == [(name[:3], severity)]
    assert found(*nearest) == []


def test_every_rule_of_the_domain_has_a_pair():
    covered = {pair[0][:3] for pair in PAIRS} | {"C11"}
    assert covered == {f"C{number:02}" for number in range(1, 27)}


@pytest.mark.parametrize(
    ("rank", "to_on", "expected"),
    [
        (Rank.LEADER, date(2023, 11, 24), [("C11", BLOCK), ("C08", WARN)]),
        (Rank.LEADER, date(2023, 11, 23), [("C08", WARN)]),
        (Rank.JUDGE, date(2023, 11, 25), [("C08", WARN)]),
        (Rank.JUDGE, date(2024, 11, 24), [("C08", BLOCK), ("C11", BLOCK)]),
    ],
)
def test_C11_a_firm_near_the_former_court_司发通2021年61号第四条(rank, to_on, expected):
    near = replace(with_(posts=(judge(to_on, rank=rank),)), firm_area="示例县", post_areas=("示例县",))
    assert found(near) == expected
    assert ("C11", BLOCK) not in found(replace(near, firm_area="示例市"))


def test_a_running_suspension_of_the_licence_blocks_beside_the_record_律师法第四十九条():
    stopped = DisciplineDraft(
        DisciplineKind.ADMINISTRATIVE, date(2026, 10, 1), "市司法局", "停止执业三个月", DAY
    )
    assert found(with_(disciplines=(stopped,))) == [("C15", BLOCK), ("C25", WARN)]
    over = replace(stopped, until_on=date(2026, 11, 23))
    assert found(with_(disciplines=(over,))) == [("C25", WARN)]


def test_the_act_done_while_he_worked_there_is_to_be_looked_at():
    said = found(with_(posts=(official(date(2026, 6, 1)),)))
    assert said == [("C23", BLOCK), ("C05", WARN)]


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.SERVING])
def test_nobody_outside_his_term_is_offered(standing):
    assert found(replace(FREE, standing=standing)) == [("C26", BLOCK)]


def test_only_local_rules_may_be_weighed_otherwise():
    suing = replace(FREE, suits=(Suit("（2026）浙0825行初9号", "区住建局", "汪晓棠"),))
    assert found(suing, C19=BLOCK) == [("C19", BLOCK)]
    assert found(FREE, agent("徐立", FIRM), C02=WARN) == [("C02", BLOCK)]


def test_a_sentence_names_the_fact():
    assert sentences(FREE, agent("徐立", FIRM)) == ["同所律师徐立代理本案原告周建国"]
    assert sentences(with_(posts=(judge(date(2025, 6, 30)),))) == [
        "法官离任未满两年（2025-06 离任），法官法第三十六条"
    ]
