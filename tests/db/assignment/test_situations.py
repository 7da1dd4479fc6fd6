"""Situations of conflict with the verdicts of somebody who knew the law but not the rules' code.

Each line of ``tests/data/situations.csv`` is one office: a scene, a name as it was spelled in it, what else was
given, the day, and what must be found and must not be found against the lawyer. ``C02=回避`` names a severity,
``C02`` any; ``C07|C17`` is satisfied by either rule.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.assignment.queries.candidates import everybody
from db.cases.rules.cases import EventDraft, PartyDraft
from db.formats.recognise.people import FirmSpell
from db.models.case import Party
from db.roster.acts.appointments import declare
from db.roster.rules.appointments import DeclarationDraft
from db.roster.rules.background import (
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
    unit_kind_of,
)
from db.words.case import DefendantRole, EventKind, PartyKind, Side
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
from tests.conftest import TODAY
from tests.situations import Situation, agent

TABLE = Path(__file__).parents[2] / "data" / "situations.csv"
FORMER = "浙江示例旧港律师事务所"
ENFORCEMENT = "衢州市柯城区综合行政执法局"
LICENCE = "13308201510700007"

Given = dict[str, str]
Found = tuple[int, int]  # the case and the lawyer that are judged
SCENES: dict[str, Callable[[Situation, str, Given], Found]] = {}


def scene(name: str):
    """Register a scene under its name in the table."""

    def keep(build):
        SCENES[name] = build
        return build

    return keep


def day_of(given: Given, key: str) -> date | None:
    return date.fromisoformat(given[key]) if key in given else None


@scene("对方代理人的律所")
def _(story, spelled, given):
    lawyer = story.lawyer(firm_former=FORMER)
    return story.case(agent=agent("徐立", spelled, given.get("执业证号", ""))), lawyer


@scene("律所是原告")
def _(story, spelled, _given):
    lawyer = story.lawyer(firm_former=FORMER)
    return story.case(plaintiff=spelled, kind=PartyKind.ORGANISATION), lawyer


@scene("换所")
def _(story, spelled, _given):
    old = FirmSpell("浙江示例旧所律师事务所", date(2015, 1, 1), date(2026, 11, 20))  # the day of leaving
    lawyer = story.lawyer(firm_since=date(2026, 11, 20), former_firms=(old,))
    return story.case(agent=agent("徐立", spelled)), lawyer


@scene("本人代理对方")
def _(story, spelled, given):
    lawyer = story.lawyer(licence=LICENCE)
    return story.case(agent=agent(spelled, "", given.get("执业证号", ""))), lawyer


@scene("少数民族本人代理对方")
def _(story, spelled, given):
    lawyer = story.lawyer("阿依古丽·买买提", licence=LICENCE)
    return story.case(agent=agent(spelled, "", given.get("执业证号", ""))), lawyer


@scene("同所同事代理对方")
def _(story, spelled, given):
    lawyer = story.lawyer()
    story.lawyer("徐立", licence="13308201510700008")
    return story.case(agent=agent(spelled, "", given.get("执业证号", ""))), lawyer


@scene("近亲属是原告")
def _(story, spelled, given):
    lawyer = story.lawyer(relatives=(RelativeDraft(Relation.SPOUSE, spelled, "示例小学", UnitKind.OTHER),))
    return story.case(plaintiff=given.get("原告", "周建国")), lawyer


@scene("近亲属是原告法定代表人")
def _(story, spelled, _given):
    lawyer = story.lawyer(relatives=(RelativeDraft(Relation.SIBLING, spelled, "", UnitKind.OTHER),))
    company = PartyDraft(
        Side.PLAINTIFF, "衢州示例建设有限公司", kind=PartyKind.ORGANISATION, representative="周建国"
    )
    defendant = PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=story.agency("区综合执法局"))
    return story.case(parties=(company, defendant)), lawyer


@scene("近亲属是原告代理人")
def _(story, spelled, _given):
    lawyer = story.lawyer(relatives=(RelativeDraft(Relation.PARENT, spelled, "", UnitKind.OTHER),))
    return story.case(plaintiff="何秀珍", agent=agent("周建国", "浙江示例远山律师事务所")), lawyer


def _declared(story, *, has_interest):
    lawyer, case = story.lawyer(), story.case()
    draft = DeclarationDraft(lawyer, TODAY, "示例声明", case_id=case, has_interest=has_interest)
    with story.database.write("示例") as session:
        declare(session, draft, TODAY)
    return case, lawyer


@scene("声明有利害关系")
def _(story, _spelled, _given):
    return _declared(story, has_interest=True)


@scene("声明无利害关系")
def _(story, _spelled, _given):
    return _declared(story, has_interest=False)


@scene("曾在被告任职时作出行为")
def _(story, spelled, given):
    post = PostDraft(
        spelled, UnitKind.AGENCY, "科员", Rank.STAFF, date(2018, 3, 1), date(2020, 6, 30), Leaving.RESIGNED
    )
    return story.case(act_on=day_of(given, "行为日")), story.lawyer(posts=(post,))


@scene("前一审级代理对方")
def _(story, spelled, _given):
    lawyer = story.lawyer(firm_former=FORMER)
    first = story.case(agent=agent("徐立", spelled))
    return story.case(court="浙08", after=first), lawyer


@scene("另案代理同一原告")
def _(story, spelled, _given):
    lawyer = story.lawyer()
    story.case(agent=agent("徐立", spelled))
    return story.case(), lawyer


def _advised(story, spelled, given, *, by_firm, colleague=False):
    contract = ContractDraft(
        given["顾问单位"], by_firm, day_of(given, "起") or date(2020, 1, 1), day_of(given, "止")
    )
    lawyer = story.lawyer(contracts=() if colleague else (contract,))
    if colleague:
        story.lawyer("徐立", contracts=(contract,))
    return story.case(plaintiff=spelled, kind=PartyKind.ORGANISATION), lawyer


@scene("顾问单位是原告")
def _(story, spelled, given):
    return _advised(story, spelled, given, by_firm=False)


@scene("律所顾问单位是原告")
def _(story, spelled, given):
    return _advised(story, spelled, given, by_firm=True)


@scene("同事的顾问单位是原告")
def _(story, spelled, given):
    return _advised(story, spelled, given, by_firm=False, colleague=True)


@scene("同事所在律所的顾问单位是原告")
def _(story, spelled, given):
    return _advised(story, spelled, given, by_firm=True, colleague=True)


def _post(spelled, given, kind=None):
    return PostDraft(
        spelled,
        kind or unit_kind_of(spelled) or UnitKind.COURT,
        "示例职务",
        Rank(given.get("职级", Rank.JUDGE)),
        date(2001, 1, 1),
        day_of(given, "止"),
        Leaving(given.get("离任", Leaving.RESIGNED)),
        given.get("地区", ""),
    )


@scene("曾任职")
def _(story, spelled, given):
    lawyer = story.lawyer(posts=(_post(spelled, given),), firm_area="衢州市柯城区")
    return story.case(court=given.get("法院", "浙0825")), lawyer


@scene("曾任职于一审法院")
def _(story, spelled, _given):
    lawyer = story.lawyer(posts=(_post(spelled, {"止": "2008-06-30"}),))
    first = story.case(court="浙0825")
    return story.case(court="浙08", after=first), lawyer


@scene("曾任职于被告")
def _(story, spelled, given):
    return story.case(), story.lawyer(posts=(_post(spelled, given, UnitKind.AGENCY),))


@scene("曾任职于改名前的被告")
def _(story, spelled, given):
    lawyer = story.lawyer(posts=(_post(spelled, given | {"职级": Rank.STAFF}, UnitKind.AGENCY),))
    story.rename("区综合执法局", "衢州市柯城区城市管理执法局", "区城管执法局", date(2026, 1, 1))
    return story.case("区城管执法局"), lawyer


@scene("近亲属任职")
def _(story, spelled, given):
    kind = unit_kind_of(spelled) or UnitKind.COURT
    post = "检察官" if kind is UnitKind.PROCURATORATE else "法官"
    return story.case(), story.lawyer(
        relatives=(RelativeDraft(Relation(given["亲属"]), "汪某某", spelled, kind, post),)
    )


@scene("公职")
def _(story, spelled, given):
    office = OfficeDraft(OfficeKind(spelled), "示例单位", day_of(given, "起"), day_of(given, "止"))
    return story.case(), story.lawyer(offices=(office,))


@scene("执业状态")
def _(story, spelled, _given):
    return story.case(), story.lawyer(licence_state=LicenceState(spelled))


@scene("年度考核")
def _(story, spelled, given):
    return story.case(), story.lawyer(checks=(CheckDraft(int(given["年度"]), CheckResult(spelled)),))


@scene("停止执业处罚")
def _(story, spelled, given):
    penalty = DisciplineDraft(
        DisciplineKind(spelled), date(2026, 8, 25), "示例司法局", "停止执业三个月", day_of(given, "止")
    )
    return story.case(), story.lawyer(disciplines=(penalty,))


@scene("处分")
def _(story, spelled, _given):
    mark = DisciplineDraft(DisciplineKind(spelled), date(2024, 8, 25), "示例机关", "警告")
    return story.case(), story.lawyer(disciplines=(mark,))


@scene("同事近亲属是原告")
def _(story, spelled, _given):
    lawyer = story.lawyer()
    story.lawyer("徐立", relatives=(RelativeDraft(Relation.SPOUSE, spelled, "示例厂", UnitKind.OTHER),))
    return story.case(), lawyer


@scene("律所另案告其他机关")
def _(story, spelled, _given):
    lawyer = story.lawyer(firm_former=FORMER)
    story.case("区住建局", "赵某某", agent("徐立", spelled))
    return story.case(), lawyer


@scene("律所另案告本机关")
def _(story, spelled, _given):
    lawyer = story.lawyer(firm_former=FORMER)
    story.case(plaintiff="赵某某", agent=agent("徐立", spelled))
    return story.case(), lawyer


@scene("顾问聘任机关被本所另案告")
def _(story, spelled, _given):
    lawyer = story.lawyer(contracts=(ContractDraft(spelled, True, date(2025, 1, 1), date(2027, 12, 31)),))
    story.case(plaintiff="赵某某", agent=agent("徐立", "浙江示例双港律师事务所"))
    return story.case(), lawyer


@scene("共同被告")
def _(story, _spelled, _given):
    lawyer = story.lawyer()
    kind = PartyKind.AGENCY
    # The first defendant is the one that is judged; the lawyer already acts for the second.
    reviewer = PartyDraft(
        Side.DEFENDANT, kind=kind, agency_id=story.agency("柯城区政府"), role=DefendantRole.REVIEWER
    )
    original = PartyDraft(
        Side.DEFENDANT, kind=kind, agency_id=story.agency("区综合执法局"), role=DefendantRole.ORIGINAL
    )
    case = story.case(parties=(PartyDraft(Side.PLAINTIFF, "周建国"), original, reviewer))
    story.assign(case, lawyer)
    return case, lawyer


@scene("聘期届满")
def _(story, _spelled, given):
    return story.case(), story.lawyer(term_from=date(2024, 11, 25), term_to=day_of(given, "止"))


@scene("在办已满")
def _(story, _spelled, given):
    lawyer = story.lawyer(capacity=int(given["上限"]))
    story.assign(story.case(), lawyer)
    return story.case(), lawyer


@scene("开庭冲突")
def _(story, spelled, _given):
    lawyer = story.lawyer()
    held, other = story.case(), story.case()
    story.assign(held, lawyer)
    story.hearing(held, EventDraft(EventKind.HEARING, date(2026, 12, 10), "09:00"))
    story.hearing(other, EventDraft(EventKind.HEARING, date(2026, 12, 10), spelled))
    return other, lawyer


def judged(story: Situation, place: str, case: int, lawyer: int, day: date) -> dict[str, str]:
    """Return what is said; among joint defendants the last one asks, whom nobody acts for yet."""
    if place != "共同被告":
        return story.said(case, lawyer, day)
    with story.database.read() as session:
        query = session.query(Party.id).where(Party.case_id == case, Party.side == Side.DEFENDANT)
        party = query.order_by(Party.place.desc()).first()[0]
        found = next(c for c in everybody(session, case, party, day) if c.lawyer_id == lawyer)
    return {f.rule: f.severity.value for f in reversed(found.findings)}


def agrees(verdict: str, said: dict[str, str]) -> bool:
    """Whether one verdict (``C07|C17=回避``) is borne out."""
    rules, _, severity = verdict.partition("=")
    return any(rule in said and severity in {"", said[rule]} for rule in rules.split("|"))


with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row.values()))
def test_the_rules_say_what_the_law_says(office, row):
    story = Situation(office)
    given = dict(part.split("=", 1) for part in row["given"].split("；") if part)

    case, lawyer = SCENES[row["scene"]](story, row["spelled"], given)
    said = judged(story, row["scene"], case, lawyer, date.fromisoformat(row["day"]))

    assert [v for v in row["found"].split() if not agrees(v, said)] == [], said
    assert [v for v in row["absent"].split() if agrees(v, said)] == [], said
