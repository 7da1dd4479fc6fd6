"""Gaps and next steps: why an agency falls short, who could help, and that no capacity is promised twice."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from db.coverage.rules.coverage import CoveragePolicy, GapKind, RemedyKind
from db.coverage.rules.days import Coverage
from db.coverage.rules.facts import (
    AgencyFacts,
    ContractFacts,
    CoverageFacts,
    InternalFacts,
    PoolLawyerFacts,
    Post,
    PublicLawyerFacts,
    SharingFacts,
    Span,
    joined,
    span,
)
from db.coverage.rules.remedies import gaps
from db.words.agency import AgencyKind, Mode
from db.words.service import ServiceKind
from tests.conftest import TODAY

ON = TODAY.toordinal()
OPEN = span(None, None)


def agency(key, name, field="", kind=AgencyKind.DEPARTMENT, exists=OPEN):
    return AgencyFacts(key, name, name, kind, key, field, True, True, None, None, exists)


def person(key, name, home, capacity=None, valid=(OPEN,)):
    posts = (Post(home, OPEN, "法制科长"),)
    return PublicLawyerFacts(key, name, f"{name}{key}", capacity, frozenset(), posts, tuple(valid))


def served(times, kind=ServiceKind.LEGALITY_REVIEW):
    return {kind: [ON] * times}


def gaps_of(*agencies, policy=None, day=TODAY, **more):
    facts = CoverageFacts(policy or CoveragePolicy(), tuple(agencies), **more)
    return {gap.name: gap for gap in gaps(Coverage(facts), day)}


def test_one_of_like_work_lends_before_one_of_the_same_kind():
    found = gaps_of(
        agency(1, "退役军人局", "社会保障"),
        agency(2, "民政局", "民政"),
        agency(3, "统计局", "统计"),
        policy=CoveragePolicy(like=(frozenset({"社会保障", "民政"}),)),
        people=(person(1, "甲", 3), person(2, "乙", 2)),
        services={2: served(6), 3: served(6)},
    )
    gap = found["退役军人局"]
    assert (gap.kind, gap.badge, gap.reason) == (
        GapKind.NONE,
        "未配备",
        "没有公职律师，也没有统筹或者外聘的法律顾问。",
    )
    remedy = gap.remedy
    assert (remedy.kind, remedy.person_key, remedy.from_key) == (RemedyKind.LEND, 2, 2)
    assert remedy.sentence == "从民政局（领域相近）统筹公职律师乙，还可统筹 2 个单位。"


def test_what_expired_is_said_with_its_day():
    until = span(None, date(2026, 3, 31))
    found = gaps_of(
        agency(1, "甲局"),
        agency(2, "乙局"),
        agency(3, "丙局"),
        agency(4, "丁局"),
        people=(
            person(1, "余清和", 1, valid=(until,)),
            PublicLawyerFacts(2, "毛青", "毛青", None, frozenset(), (Post(2, until),), (OPEN,)),
            person(3, "严安", 9),
        ),
        sharings=(SharingFacts(1, 3, 3, until),),
        contracts=(ContractFacts(1, 4, "示例律所", "", None, until),),
    )
    assert {gap.ended_on for gap in found.values()} == {date(2026, 3, 31)}
    assert [found[name].reason for name in ("甲局", "乙局", "丙局", "丁局")] == [
        "余清和的公职律师证 2026-03-31 到期，此后没有人接续。",
        "毛青 2026-03-31 后调离，此后没有人接续。",
        "统筹严安的文件 2026-03-31 到期，此后没有人接续。",
        "与示例律所的法律顾问合同 2026-03-31 到期，此后没有人接续。",
    ]


def test_an_internal_adviser_alone_is_named_as_not_counting():
    found = gaps_of(agency(1, "甲局"), internal=(InternalFacts(1, 1, "严安", "法制科", OPEN),))
    assert found["甲局"].reason == "只有严安作为内部法律顾问，不计入有形覆盖。"
    assert found["甲局"].remedy.kind is RemedyKind.LETTER


def test_where_nobody_can_be_lent_an_adviser_of_the_pool_is_shared_or_engaged_unless_a_conflict_bars_him():
    first = PoolLawyerFacts(1, "王砚秋", "wang", frozenset({"市场监管"}), OPEN)
    second = PoolLawyerFacts(2, "柴立言", "chai", frozenset({"征收补偿"}), OPEN, barred=frozenset({2}))
    busy = PoolLawyerFacts(3, "安之", "an", frozenset({"征收补偿"}), OPEN, has_time=False)
    found = gaps_of(
        agency(1, "府山街道", kind=AgencyKind.SUBDISTRICT),
        agency(2, "白云街道", kind=AgencyKind.SUBDISTRICT),
        agency(3, "征收办", "征收补偿"),
        agency(4, "统计局", "统计"),
        services={1: served(6)},
        contracts=(ContractFacts(7, 1, "示例律所", "王砚秋", 1, OPEN),),
        pool=(first, second, busy),
    )
    shared = found["白云街道"].remedy
    assert (shared.kind, shared.lawyer_id, shared.contract_key) == (RemedyKind.SHARE, 1, 7)
    assert shared.sentence == "与府山街道共享外聘顾问王砚秋。"
    engaged = found["征收办"].remedy
    assert (engaged.kind, engaged.lawyer_id) == (RemedyKind.CONTRACT, 2)
    assert engaged.sentence == "建议外聘库内顾问柴立言（熟悉征收补偿）。"
    assert found["统计局"].remedy.kind is RemedyKind.LETTER


def test_few_missing_services_are_scheduled_and_many_are_reminded_of():
    found = gaps_of(
        agency(1, "甲局"),
        agency(2, "乙局"),
        agency(3, "丙局"),
        people=(person(1, "余清和", 1), person(2, "毛青", 2)),
        sharings=(SharingFacts(1, 2, 3, OPEN),),
        services={
            1: {ServiceKind.CONTRACT_REVIEW: [ON] * 4},
            2: served(1, ServiceKind.APPEARANCE),
            3: served(5, ServiceKind.APPEARANCE),
        },
    )
    assert [gap.badge for gap in found.values()] == ["还差 5 次", "还差 2 次", "还差 1 次"]
    near = found["甲局"].remedy
    assert (near.kind, near.service_kind, near.times, near.person_key) == (
        RemedyKind.SCHEDULE,
        ServiceKind.CONTRACT_REVIEW,
        2,
        1,
    )
    assert near.sentence == "请余清和补做 2 次合同审查即达标。"
    assert found["丙局"].remedy.sentence == "请由乙局统筹的毛青补做 1 次合同审查即达标。"
    far = found["乙局"].remedy
    assert (far.kind, far.sentence) == (
        RemedyKind.LETTER,
        "已有毛青，差得较多，建议发函提醒，并约定每季度不少于 2 次。",
    )


def test_where_the_lender_is_worked_out_an_adviser_takes_over():
    found = gaps_of(
        agency(1, "司法局"),
        agency(2, "七里乡", kind=AgencyKind.TOWN),
        people=(person(1, "余清和", 1, capacity=1),),
        sharings=(SharingFacts(1, 1, 2, OPEN),),
        services={1: served(6)},
        pool=(PoolLawyerFacts(5, "柴立言", "chai", frozenset(), OPEN),),
    )
    remedy = found["七里乡"].remedy
    assert (remedy.kind, remedy.lawyer_id) == (RemedyKind.CONTRACT, 5)
    assert remedy.sentence.startswith("统筹来源司法局的余清和已排满。建议外聘库内顾问柴立言")


def test_a_certificate_about_to_end_is_lent_only_if_there_is_no_other():
    soon = span(None, TODAY + timedelta(days=20))
    people = (person(1, "甲", 1, valid=(soon,)), person(2, "乙", 1))
    agencies = (agency(1, "民政局"), agency(2, "统计局"))
    both = gaps_of(*agencies, people=people, services={1: served(6)})
    assert both["统计局"].remedy.person == "乙"
    alone = gaps_of(*agencies, people=people[:1], services={1: served(6)})
    assert alone["统计局"].remedy.person == "甲"


NUMBER = 7
keys = st.integers(0, NUMBER - 1)
spans = st.tuples(st.integers(-400, 60), st.integers(1, 600)).map(lambda t: Span(ON + t[0], ON + t[0] + t[1]))
fields = st.sampled_from(["", "民政", "统计", "教育"])
people_made = st.lists(
    st.tuples(
        st.lists(st.tuples(keys, spans | st.just(OPEN)), min_size=1, max_size=2),
        st.lists(spans | st.just(OPEN), max_size=2),
        st.none() | st.integers(0, 3),
    ),
    max_size=6,
)
made = st.fixed_dictionaries(
    {
        "agencies": st.lists(
            st.tuples(fields, st.sampled_from([AgencyKind.TOWN, AgencyKind.DEPARTMENT]), st.booleans()),
            min_size=NUMBER,
            max_size=NUMBER,
        ),
        "people": people_made,
        "sharings": st.lists(st.tuples(st.integers(0, 5), keys, spans), max_size=5),
        "services": st.dictionaries(keys, st.integers(0, 7)),
        "pool": st.lists(st.tuples(fields, st.sets(keys), st.booleans()), max_size=3),
        "contracts": st.lists(st.tuples(keys, st.integers(0, 2), spans), max_size=4),
        "lend": st.integers(0, 2),
        "advise": st.integers(1, 2),
    }
)


def facts_of(made):
    gone = Span(0, ON)
    return CoverageFacts(
        policy=CoveragePolicy(
            lend_capacity=made["lend"],
            adviser_capacity=made["advise"],
            like=(frozenset({"民政", "教育"}),),
        ),
        agencies=tuple(
            agency(key, f"{key}局", field, kind, gone if ended else OPEN)
            for key, (field, kind, ended) in enumerate(made["agencies"])
        ),
        people=tuple(
            PublicLawyerFacts(
                key,
                f"人{key}",
                str(key),
                capacity,
                frozenset(),
                tuple(Post(*p) for p in posts),
                tuple(joined(valid)),
            )
            for key, (posts, valid, capacity) in enumerate(made["people"])
        ),
        sharings=tuple(SharingFacts(n, *given) for n, given in enumerate(made["sharings"])),
        services={key: served(times) for key, times in made["services"].items()},
        pool=tuple(
            PoolLawyerFacts(
                key, f"顾问{key}", str(key), frozenset({field} - {""}), OPEN, free, frozenset(barred)
            )
            for key, (field, barred, free) in enumerate(made["pool"])
        ),
        contracts=tuple(
            ContractFacts(n, where, "示例律所", "", who, when)
            for n, (where, who, when) in enumerate(made["contracts"])
        ),
    )


@settings(max_examples=400, deadline=None)
@given(made=made)
def test_no_remedy_names_somebody_who_may_not_or_has_no_more_room(made):
    facts = facts_of(made)
    coverage = Coverage(facts)
    found = gaps(coverage, TODAY)
    district = coverage.on(TODAY)
    assert {gap.agency_key for gap in found} == {r.key for r in district.rows if not r.is_effective}
    assert found == gaps(Coverage(facts), TODAY)
    lent_to = {
        p.key: {s.agency_key for s in facts.sharings if s.person_key == p.key and s.when.past > ON}
        for p in facts.people
    }
    room = {
        p.key: (facts.policy.lend_capacity if p.capacity is None else p.capacity) - len(lent_to[p.key])
        for p in facts.people
    }
    lent, advised = Counter(), Counter()
    people, pool = {p.key: p for p in facts.people}, {p.key: p for p in facts.pool}
    advises = {
        key: {c.agency_key for c in facts.contracts if c.lawyer_id == key and c.when.past > ON}
        for key in pool
    }

    def may_lend(who, to):
        posted = [p.agency_key for p in who.posts if p.when.first <= ON < p.when.past]
        return (
            any(s.first <= ON < s.past for s in who.valid)
            and to not in posted
            and to not in lent_to[who.key]
            and [home for home in posted if district.row(home) is not None]
        )

    for gap in found:
        remedy = gap.remedy
        if remedy.kind is RemedyKind.LEND:
            homes = may_lend(people[remedy.person_key], gap.agency_key)
            assert homes, "who may not be lent there"
            assert remedy.from_key in homes
            lent[remedy.person_key] += 1
        if remedy.kind in {RemedyKind.SHARE, RemedyKind.CONTRACT}:
            lawyer = pool[remedy.lawyer_id]
            assert lawyer.has_time
            assert gap.agency_key not in lawyer.barred | advises[lawyer.key]
            advised[lawyer.key] += 1
    assert all(count <= room[key] for key, count in lent.items())
    assert all(count + len(advises[key]) <= facts.policy.adviser_capacity for key, count in advised.items())
    for gap in found:  # nobody who could have been lent from the same kind of agency was passed over
        if gap.kind is not GapKind.SHORT and gap.remedy.kind is not RemedyKind.LEND:
            here = district.row(gap.agency_key)
            for who in facts.people:
                homes = may_lend(who, gap.agency_key) or []
                alike = [h for h in homes if district.row(h).kind is here.kind]
                assert not alike or lent[who.key] >= max(room[who.key], 0)


def test_lending_makes_whom_it_serves_covered_from_that_day():
    """What is suggested closes the gap once it is done."""
    agencies = (agency(1, "民政局"), agency(2, "统计局"))
    people = (person(1, "余清和", 1),)
    remedy = gaps_of(*agencies, people=people)["统计局"].remedy
    facts = CoverageFacts(
        CoveragePolicy(),
        agencies,
        people,
        sharings=(SharingFacts(1, remedy.person_key, 2, span(TODAY, None)),),
    )
    row = Coverage(facts).on(TODAY).row(2)
    assert (row.is_covered, row.main_mode) == (True, Mode.SHARED)
    assert not Coverage(facts).on(TODAY - timedelta(days=1)).row(2).is_covered
