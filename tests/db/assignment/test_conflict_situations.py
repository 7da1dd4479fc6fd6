"""Conflicts as clerks meet them: every name in the spellings that papers and messages use, and days at their limits."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from db.assignment.queries.allocation import propose
from db.assignment.queries.candidates import everybody
from db.assignment.rules.conflicts import (
    CaseFacts,
    Colleague,
    LawyerFacts,
    OpposingAgent,
    OpposingParty,
    Suit,
    findings,
)
from db.cases.queries.court import propose_court
from db.cases.rules.cases import CaseDraft, EventDraft, PartyDraft
from db.formats.recognise.people import FirmSpell
from db.roster.rules.background import (
    Background,
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.roster.rules.bars import bars_of, last_day
from db.roster.rules.lawyers import Standing, check_due
from db.words.case import EventKind, PartyKind, Procedure, Side
from db.words.lawyer import CheckResult, DisciplineKind, OfficeKind, Rank, Relation, UnitKind
from tests.conftest import TODAY
from tests.situations import FIRM, Situation, agent

BLOCK, CONSENT, WARN = "回避", "须同意", "提示"
FIRMS = (
    FIRM,
    "浙江示例双港（衢州）律师事务所",
    "浙江示例双港(衢州)律师事务所",
    "示例双港律所",
    " 浙江省示例双港 律师事务所",
    "浙江示例双港律师事务所衢州分所",
    "浙江示例旧港律师事务所",  # what it was called before
    "旧港示例律师事务所",
)
KNOWN_FIRMS = FIRMS[:-1]
FORMER = "浙江示例旧港律师事务所、示例老港所"


@pytest.fixture
def story(database):
    return Situation(database)


def test_a_firm_in_any_spelling_is_the_lawyers_own_with_and_without_licence(story):
    lawyer = story.lawyer(firm_former=FORMER)
    licence = "13308201510100001"
    for firm in KNOWN_FIRMS:
        himself = story.case(agent=agent("汪 晓棠", firm))
        assert story.said(himself, lawyer)["C01"] == BLOCK, firm
        colleague = story.case(agent=agent("徐立", firm))
        assert story.said(colleague, lawyer)["C02"] == BLOCK, firm
        later = story.case(after=colleague, court="浙08")
        assert story.said(later, lawyer)["C06"] == BLOCK, firm
        for case in (himself, colleague):  # none of them is left to disturb the next
            story.let_act(case, None)
    licensed = story.case(agent=agent("汪晓棠", "", licence))
    assert story.said(licensed, lawyer)["C01"] == BLOCK
    story.let_act(licensed, None)
    assert not {"C01", "C02", "C06"} & set(story.said(story.case(agent=agent("徐立", FIRMS[-1])), lawyer))


def test_who_changed_firms_is_himself_under_the_old_one_while_he_was_there(story):
    lawyer = story.lawyer(firm="示例江畔律师事务所")
    first = story.case(agent=agent("汪晓棠", "示例江畔律所"), received_on=date(2026, 3, 2))
    story.change(lawyer, firm=FIRM, firm_since=date(2026, 6, 1))
    assert story.said(first, lawyer)["C01"] == BLOCK
    assert story.said(story.case(after=first, court="浙08"), lawyer)["C06"] == BLOCK
    late = story.case(agent=agent("汪晓棠", "示例江畔律师事务所"), received_on=date(2026, 9, 1))
    assert story.said(late, lawyer)["C01"] == WARN  # he had left by then: somebody of his name, or a slip
    nobody = story.case(agent=agent("汪晓棠"))
    assert story.said(nobody, lawyer)["C01"] == WARN
    assert story.said(story.case(after=nobody, court="浙08"), lawyer)["C06"] == WARN


def test_a_firm_that_sues_the_agency_that_it_advises_is_found_in_its_other_suits_too(story):
    lawyer = story.lawyer(contracts=(ContractDraft("柯城区综合执法局", by_firm=True),), firm_former=FORMER)
    other = story.case()
    for firm in KNOWN_FIRMS:
        suing = story.case(plaintiff="吴桂香", agent=agent("徐立", firm))
        assert story.said(other, lawyer)["C18"] == BLOCK, firm
        assert story.said(story.case("区水利局"), lawyer)["C19"] == WARN, firm
        story.let_act(suing, None)
        assert "C18" not in story.said(other, lawyer)


def test_a_contract_that_the_firm_signed_stays_with_the_firm(story):
    declared = ContractDraft("示例启禾商贸有限公司", by_firm=True)
    mover, stayer = story.lawyer(contracts=(declared,)), story.lawyer("余清和")
    case = story.case(plaintiff="示例启禾商贸有限公司", kind=PartyKind.ORGANISATION)
    assert story.said(case, mover)["C07"] == story.said(case, stayer)["C07"] == BLOCK
    story.change(mover, firm="示例江畔律师事务所", firm_since=date(2026, 6, 1))
    newcomer = story.lawyer("柴立言", "示例江畔律师事务所")
    assert "C07" not in story.said(case, mover)
    assert "C07" not in story.said(case, newcomer)
    assert story.said(case, stayer)["C07"] == BLOCK
    own = story.lawyer("毛文澜", contracts=(replace(declared, by_firm=False),))
    story.change(own, firm="示例江畔律师事务所", firm_since=date(2026, 6, 1))
    assert story.said(case, own)["C07"] == BLOCK  # what he signed himself goes with him


def test_an_agency_in_any_spelling_and_under_its_former_name_is_the_former_employer(story):
    story.rename("区综合执法局", "衢州市柯城区城市管理局", "区城管局", date(2026, 5, 1))
    story.merge("区水利局", "区城管局", date(2026, 9, 1))
    case = story.case("区城管局", act_on=date(2024, 12, 2))
    spellings = (
        "衢州市柯城区综合行政执法局",
        "区综合执法局",
        "柯城区综合行政执法局",
        "柯城区城市管理局",
        "区水利局",
    )
    for at, unit in enumerate(spellings):
        post = PostDraft(unit, UnitKind.AGENCY, "科员", Rank.STAFF, date(2015, 1, 1), date(2024, 12, 31))
        said = story.said(case, story.lawyer(f"示例{'甲乙丙丁戊'[at]}", posts=(post,)))
        assert said["C23"] == BLOCK, unit
        assert said["C05"] == WARN, unit
    for at, unit in enumerate(("衢州市综合行政执法局", "衢江区综合行政执法局", "柯城区水务集团")):
        post = PostDraft(unit, UnitKind.AGENCY, "科员", Rank.STAFF, date(2015, 1, 1), date(2024, 12, 31))
        assert "C23" not in story.said(case, story.lawyer(f"示例{'己庚辛'[at]}", posts=(post,))), unit


def test_who_prosecuted_for_the_procuratorate_that_sues_never_acts_against_it_检察官法第三十七条(story):
    former = PostDraft(
        "柯城区检察院第五检察部", UnitKind.PROCURATORATE, "检察官", Rank.JUDGE, to_on=date(2015, 1, 1)
    )
    kin = RelativeDraft(Relation.SPOUSE, "李甲", "柯城检察院", UnitKind.PROCURATORATE)
    was, married = story.lawyer(posts=(former,)), story.lawyer("余清和", relatives=(kin,))
    case = story.case(plaintiff="衢州市柯城区人民检察院", kind=PartyKind.ORGANISATION)
    assert story.said(case, was)["C09"] == BLOCK
    assert story.said(case, married)["C12"] == BLOCK
    assert (
        story.said(story.case(after=case, court="浙08", plaintiff="衢州市柯城区人民检察院"), was)["C09"]
        == BLOCK
    )
    other = story.case(plaintiff="龙游县人民检察院", kind=PartyKind.ORGANISATION)
    assert story.said(other, was) == {"C08": WARN}
    assert story.said(other, married) == {"C12": WARN}


def test_an_agent_added_to_the_first_instance_marks_the_second_at_once(story):
    lawyer, rival = story.lawyer(), story.lawyer("余清和", "示例江畔律师事务所")
    first = story.case()
    second = story.case(after=first, court="浙08")
    story.assign(second, lawyer)
    assert story.marks() == set()
    story.let_act(first, agent("徐立", "示例双港律所"))
    assert ("汪晓棠", "C06") in story.marks()
    story.let_act(first, None)
    assert story.marks() == set()
    suing = story.case(plaintiff="吴桂香", agent=agent("徐立", "双港示例律师事务所"))
    story.assign(suing, rival)
    story.let_act(suing, agent("徐立", "示例双港(杭州)律师事务所"))
    assert story.marks() == {("汪晓棠", "C17")}  # his firm sues the agency that he serves, in another case
    story.let_act(suing, None)
    assert story.marks() == set()


def test_two_spellings_of_a_firm_make_one_firm_and_a_branch_its_own_entry(story):
    for at, firm in enumerate((FIRM, "浙江示例双港律所", "浙江示例双港 律师事务所", "示例双港律师事务所")):
        story.lawyer(f"示例{'甲乙丙丁'[at]}", firm)
    branch = story.lawyer("示例戊", "浙江示例双港（杭州）律师事务所")
    from db.roster.queries.roster import firms

    with story.database.read() as session:
        assert set(firms(session)) == {FIRM, "浙江示例双港（杭州）律师事务所"}
    assert story.said(story.case(agent=agent("徐立", FIRM)), branch)["C02"] == BLOCK


# -- the rules alone: spellings and days -------------------------------------------------------

COURT, AGENCY, TRADER = "龙游县人民法院", "衢州市柯城区综合行政执法局", "示例启禾商贸有限公司"
CASE = CaseFacts(
    (OpposingParty(TRADER, is_person=False, representative="陈月娥"),),
    (),
    TODAY,
    (COURT, "龙游法院"),
    (),
    (AGENCY,),
)
FREE = LawyerFacts(
    "汪晓棠", FIRM, Standing.SERVING, "", 0, 6, licence="13308201510123456", firm_area="衢州市柯城区"
)
COURTS = (
    "龙游县法院",
    "浙江省龙游县人民法院",
    "龙游法院",
    "衢州市龙游县人民法院",
    "龙游县人民法院行政审判庭",
    "龙游县人民法院（行政庭）",
    "龙游县人民法院柯城巡回法庭",
)
TRADERS = (
    TRADER,
    "示例启禾商贸 有限公司",
    "示例启禾商贸有限责任公司",
    "示例启禾商贸有限公司（示例）",
    "示例启禾商贸有限公司衢州分公司",
)


def said(lawyer, case=CASE):
    return {f.rule: f.severity.value for f in reversed(findings(lawyer, case))}


def with_(**background):
    return replace(FREE, background=Background(**background))


@pytest.mark.parametrize("court", COURTS)
def test_a_court_in_any_spelling(court):
    post = PostDraft(court, UnitKind.COURT, "审判员", Rank.JUDGE, to_on=date(2001, 1, 1))
    assert said(with_(posts=(post,))) == {"C09": BLOCK}
    kin = RelativeDraft(Relation.CHILD, "汪小满", court, UnitKind.COURT)
    assert said(with_(relatives=(kin,))) == {"C12": BLOCK}
    near = PostDraft(court, UnitKind.COURT, "院长", Rank.LEADER, to_on=date(2024, 1, 1))
    seat = replace(with_(posts=(near,)), firm_area="龙游县")
    assert said(seat, replace(CASE, court=("衢州市中级人民法院",)))["C11"] == BLOCK


@pytest.mark.parametrize("name", TRADERS)
def test_a_client_or_unit_in_any_spelling(name):
    assert said(with_(contracts=(ContractDraft(name),))) == {"C07": BLOCK}
    ended = ContractDraft(name, to_on=date(2026, 1, 1))
    assert said(with_(contracts=(ended,))) == {"C17": CONSENT}
    head = RelativeDraft(Relation.SPOUSE, "陈 月娥", name, UnitKind.OTHER)
    assert said(with_(relatives=(head,))) == {"C04": BLOCK}
    clerk = RelativeDraft(Relation.SPOUSE, "李甲", name, UnitKind.OTHER)
    assert said(with_(relatives=(clerk,))) == {"C03": WARN}
    colleague = replace(FREE, colleagues=(Colleague("余清和", Background(relatives=(head,))),))
    assert said(colleague) == {"C16": CONSENT}
    assert said(with_(contracts=(ContractDraft("示例启禾商贸"),))) == {"C07": WARN}


@pytest.mark.parametrize("firm", [f for f in KNOWN_FIRMS if "旧港" not in f])
@pytest.mark.parametrize("licence", ["", FREE.licence])
def test_an_agent_in_any_spelling_of_his_firm(firm, licence):
    def acting(name, *, earlier="", side="原告"):
        one = OpposingAgent(name, firm, TRADER, side, licence if name == FREE.name else "", earlier)
        return replace(CASE, opposing_agents=(one,))

    assert said(FREE, acting("汪晓棠")) == {"C01": BLOCK}
    assert said(FREE, acting("汪晓棠", earlier="一审")) == {"C06": BLOCK}
    assert said(FREE, acting("徐立")) == {"C02": BLOCK}
    assert said(FREE, acting("徐立", earlier="一审")) == {"C06": BLOCK}
    assert said(FREE, acting("徐立", side="第三人")) == {"C02": WARN}
    kin = RelativeDraft(Relation.PARENT, "徐立", firm, UnitKind.OTHER)
    assert said(replace(with_(relatives=(kin,)), firm="示例江畔律师事务所"), acting("徐立")) == {"C04": BLOCK}
    old = replace(FREE, firm="示例江畔律师事务所", background=Background(former_firms=(FirmSpell(firm),)))
    assert said(old, acting("汪晓棠")) == {"C01": BLOCK}


ONE, TWO, THREE = 1, 2, 3
LIMITS = [
    # what, who (on whose day everything turns), the last day that counts, rule, on that day, the day after
    ("C08", PostDraft("示例县人民法院", UnitKind.COURT, "", Rank.JUDGE, to_on=date(2024, 11, 24)), date(2026, 11, 24), BLOCK, WARN),
    ("C08", PostDraft("示例县人民法院", UnitKind.COURT, "", Rank.JUDGE, to_on=date(2024, 2, 29)), date(2026, 2, 28), BLOCK, WARN),
    ("C08", PostDraft("示例县人民检察院", UnitKind.PROCURATORATE, "", Rank.STAFF, to_on=date(2024, 10, 3)), date(2026, 10, 3), BLOCK, WARN),
    ("C23", PostDraft(AGENCY, UnitKind.AGENCY, "", Rank.STAFF, to_on=date(2024, 11, 22)), date(2026, 11, 22), BLOCK, WARN),
    ("C23", PostDraft(AGENCY, UnitKind.AGENCY, "", Rank.LEADER, to_on=date(2023, 11, 24)), date(2026, 11, 24), BLOCK, WARN),
    ("C11", PostDraft("柯城区法院", UnitKind.COURT, "", Rank.SENIOR, to_on=date(2023, 5, 1)), date(2026, 5, 1), BLOCK, None),
    ("C11", PostDraft("柯城区法院", UnitKind.COURT, "", Rank.STAFF, to_on=date(2024, 5, 1)), date(2026, 5, 1), BLOCK, None),
    ("C07", ContractDraft(TRADER, to_on=date(2026, 11, 24)), date(2026, 11, 24), BLOCK, None),
    ("C17", ContractDraft(TRADER, to_on=date(2025, 11, 24)), date(2026, 11, 24), CONSENT, None),
    ("C17", ContractDraft(TRADER, to_on=date(2024, 2, 29)), date(2025, 2, 28), CONSENT, None),
    ("C13", OfficeDraft(OfficeKind.STANDING_COMMITTEE, "区人大常委会", None, date(2026, 11, 24)), date(2026, 11, 24), BLOCK, None),
    ("C14", OfficeDraft(OfficeKind.OFFICIAL, "示例局", None, date(2026, 11, 24)), date(2026, 11, 24), BLOCK, None),
    ("C15", DisciplineDraft(DisciplineKind.ADMINISTRATIVE, date(2026, 1, 1), "", "停止执业", date(2026, 11, 24)), date(2026, 11, 24), BLOCK, None),
]  # fmt: skip
LIST_OF = {
    PostDraft: "posts",
    ContractDraft: "contracts",
    OfficeDraft: "offices",
    DisciplineDraft: "disciplines",
}


@pytest.mark.parametrize(("rule", "line", "last", "then", "after"), LIMITS)
def test_the_day_before_on_and_after_each_limit_民法典第二百零二条(rule, line, last, then, after):
    lawyer = with_(**{LIST_OF[type(line)]: (line,)})
    days = [date.fromordinal(last.toordinal() + n) for n in (-1, 0, 1)]
    found = [said(lawyer, replace(CASE, day=day)).get(rule) for day in days]
    assert found == [then, then, after]


def test_the_panel_names_the_same_last_day_and_who_was_no_judge_is_called_none():
    post = PostDraft("示例县人民法院", UnitKind.COURT, "书记员", Rank.STAFF, to_on=date(2024, 11, 24))
    two_years, for_good = bars_of(post)
    assert two_years.until == last_day(post.to_on, 2) == date(2026, 11, 24)
    assert (two_years.holds_on(TODAY), two_years.holds_on(date(2026, 11, 25))) == (True, False)
    assert "司发通〔2021〕61号第三条" in for_good.text
    (found,) = findings(with_(posts=(post,)), CASE)
    assert found.sentence == "法院工作人员离任未满两年（2024-11 离任），司发通〔2021〕61号第三条"
    for word in ("法警", "法官助理", "行政装备科科员"):
        (found,) = findings(with_(posts=(replace(post, rank=None, post=word),)), CASE)
        assert found.sentence.startswith("法院工作人员"), word
    for word in ("审判员", "副庭长", "四级法官"):
        (found,) = findings(with_(posts=(replace(post, rank=None, post=word),)), CASE)
        assert found.sentence.startswith("法官离任"), word
    (found,) = findings(with_(posts=(replace(post, post="聘用制书记员"),)), CASE)
    assert (found.rule, found.severity.value) == ("C08", WARN)


@pytest.mark.parametrize(
    ("day", "checks", "expected"),
    [
        (date(2026, 6, 1), (2024,), WARN),
        (date(2026, 5, 31), (2024,), None),
        (date(2026, 6, 1), (2025,), None),
        (date(2026, 6, 1), (), WARN),
        (date(2026, 5, 31), (2023,), WARN),
    ],
)
def test_a_yearly_check_that_is_not_on_record_is_mentioned_C15(day, checks, expected):
    due = check_due(day, None, FREE.licence)
    lawyer = replace(with_(checks=tuple(CheckDraft(year) for year in checks)), check_due=due)
    assert said(lawyer, replace(CASE, day=day)).get("C15") == expected
    absent = replace(lawyer, background=Background(checks=(CheckDraft(2025, CheckResult.ABSENT),)))
    assert said(absent, replace(CASE, day=day))["C15"] == BLOCK
    assert check_due(day, date(2026, 3, 1), "") is None  # no lawyer yet in that year


def test_an_office_that_keeps_yearly_checks_is_told_who_lacks_one(story):
    checked = story.lawyer(checks=(CheckDraft(2025),))
    lacking, case = story.lawyer("余清和", "示例江畔律师事务所"), story.case()
    assert story.said(case, checked) == {}
    assert story.said(case, lacking) == {"C15": WARN}
    story.change(checked, checks=())
    assert story.said(case, lacking) == {}  # an office that keeps none has nothing to miss


def test_suits_of_a_namesake_only_warn():
    sure = Suit("（2026）浙0825行初9号", AGENCY, "汪晓棠")
    lawyer = replace(with_(contracts=(ContractDraft(AGENCY),)), suits=(sure,))
    assert said(lawyer) == {"C18": BLOCK}
    assert said(replace(lawyer, suits=(replace(sure, is_certain=False),))) == {"C18": WARN}


def test_a_government_asks_the_court_of_its_place_for_enforcement_行政强制法第五十四条(story):
    with story.database.read() as session:
        for agency in ("柯城区政府", "区综合执法局", "石梁镇"):
            party = PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=story.agency(agency))
            asked = CaseDraft(procedure=Procedure.ENFORCEMENT, parties=(party,), filed_on=date(2026, 11, 2))
            assert propose_court(session, asked, TODAY).code == "浙0802", agency
        sued = replace(asked, procedure=Procedure.FIRST_INSTANCE)
        assert propose_court(session, sued, TODAY).code == "浙0825"
        party = replace(party, agency_id=story.agency("柯城区政府"))
        assert propose_court(session, replace(sued, parties=(party,)), TODAY).code == "浙08"


@pytest.mark.parametrize(
    ("agency", "cause", "speciality", "score"),
    [
        ("区市场监管局", "市场监督行政处罚", "市场监管", 100),
        ("区市场监管局", "特种设备安全监察", "市场监管", 100),
        ("区市场监管局", "其他行政行为", "市场监管", 50),
        ("区人力社保局", "工伤保险资格认定", "工伤认定", 100),
        ("区人力社保局", "其他行政行为", "社会保障", 50),
        ("区住建局", "物业管理处罚", "房地产和物业", 100),
        ("区住建局", "物业管理处罚", "税务行政", 0),
        ("区水利局", "其他行政行为", "市场监管", 0),
    ],
)
def test_what_a_lawyer_is_good_at_is_tied_to_the_case_through_fields_of_administration(
    office, agency, cause, speciality, score
):
    story = Situation(office)
    story.lawyer(specialities=(speciality,))
    case = story.case(agency, cause_text=cause)
    with office.read() as session:
        (found,) = everybody(session, case, story._party(case), TODAY)
    assert found.ranking.factors[0].score == score
    assert found.matches is (score == 100)


def test_a_batch_weighs_and_keeps_hearings_apart(office):
    story = Situation(office)
    one = story.lawyer(capacity=3)
    for _ in range(3):
        story.case(is_difficult=True, difficult_reason="示例")
    with office.read() as session:
        batch = propose(session, TODAY)
    assert [p.lawyer_id for p in batch.proposals].count(one) == 2
    assert [line.after for line in batch.loads] == [3.0]
    story.change(one, capacity=9)
    sitting = EventDraft(EventKind.HEARING, date(2026, 12, 10), "09:30")
    for case in [story.case(), story.case()]:
        story.hearing(case, sitting)
    with office.read() as session:
        batch = propose(session, TODAY)
    assert [p.lawyer_id for p in batch.proposals].count(one) == 4
    (left,) = [p for p in batch.proposals if p.lawyer_id is None]
    assert "同一时间另有开庭" in left.why[0]
    busy = story.case("区水利局")
    story.assign(busy, one)
    story.hearing(busy, replace(sitting, at_time="10:00"))
    with office.read() as session:
        left = [p for p in propose(session, TODAY).proposals if p.lawyer_id is None]
    assert [p.why for p in left] == [(f"汪晓棠：同一时间另有开庭：12-10 10:00 {story.number(busy)}",)] * 2


def test_reading_a_batch_takes_the_same_statements_for_any_number_of_cases(office):
    story = Situation(office)
    for at in range(4):
        story.lawyer(f"示例{'甲乙丙丁'[at]}")
    said: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    counts = []
    for _ in range(2):
        for at in range(3):
            case = story.case(agent=agent("徐立", "示例江畔律师事务所"))
            story.hearing(case, EventDraft(EventKind.HEARING, date(2026, 12, 10 + at), "09:30"))
        said.clear()
        with office.read() as session:
            propose(session, TODAY)
        counts.append(len(said))
    assert counts[0] == counts[1]
