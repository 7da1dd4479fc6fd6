"""C08–C15, C23, C25: what a lawyer was, is, or has on his record.

律师法第七条、第十条、第十一条、第四十一条; 法官法第二十四条、第三十六条; 检察官法第二十五条、第三十七条; 公务员法第一百零七条;
司发通〔2021〕61号 (离任人员从事律师职业).
"""

from collections.abc import Iterable

from db.assignment.rules.conflicts.facts import BENCH, NEAREST, CaseFacts, Finding, LawyerFacts, is_agency
from db.formats.recognise.courts import area_of, compare_benches
from db.formats.recognise.match import Match, best
from db.formats.recognise.places import within
from db.roster.rules.background import PostDraft
from db.roster.rules.bars import BENCH_YEARS, CIRCULAR, LONG_YEARS, SHORT_YEARS, last_day, was, was_hired
from db.words.assignment import Severity
from db.words.lawyer import CheckResult, Leaving, LicenceState, OfficeKind, Rank, UnitKind

LEFT = "律师法第四十一条、法官法第三十六条、检察官法第三十七条"


def left_the_bench(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C08, C09, C10: two years after leaving, never before the former court, never once expelled.

    Judges and prosecutors by their laws, other staff by the circular as far as they were civil servants.
    """
    for post in lawyer.background.posts:
        if post.unit_kind not in BENCH:
            continue
        if was_hired(post):
            said = f"曾在{post.unit}任{post.post}，请核对离任时是否具有公务员身份（{CIRCULAR}第二条）"
            yield Finding("C08", Severity.WARN, CIRCULAR, said)
            continue
        yield from _left(post, case)


def _left(post: PostDraft, case: CaseFacts) -> Iterable[Finding]:
    once, here = was(post), _hears(post.unit, case)
    source = LEFT if once.word in {"法官", "检察官"} else f"{CIRCULAR}第三条"
    if post.leaving is Leaving.EXPELLED:
        said = f"曾任{once.word}被开除，不得担任诉讼代理人（{once.expelled}）"
        yield Finding("C10", Severity.BLOCK, source, said)
        return
    if here is Match.CERTAIN:
        handles = "审理" if post.unit_kind is UnitKind.COURT else "办理"
        said = f"曾任职于{handles}本案的{post.unit}，终身不得在原任职单位代理（{once.article}）"
        yield Finding("C09", Severity.BLOCK, source, said)
        return
    if here is Match.LIKELY:
        said = f"曾任职于{post.unit}，请核对是否就是{'、'.join((*case.court[:1], *case.prosecutors))}"
        yield Finding("C09", Severity.WARN, source, said)
    if post.to_on is None:
        said = f"曾任职于{post.unit}，离任日期未登记，请核对是否满两年"
        yield Finding("C08", Severity.WARN, source, said)
    elif case.day <= last_day(post.to_on, BENCH_YEARS):
        said = f"{once.word}离任未满两年（{post.to_on:%Y-%m} 离任），{once.article}"
        yield Finding("C08", Severity.BLOCK, source, said)
    else:
        said = f"曾任{once.word}，{post.to_on:%Y-%m} 离任，已满两年"
        yield Finding("C08", Severity.WARN, source, said)


def practises_near_former_unit(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C11: for three (leaders, senior) or two years not in a firm in the former unit's area.

    Where the unit's place was not entered, its name says it.
    """
    areas = (*lawyer.post_areas, *("" for _ in lawyer.background.posts))
    for post, area in zip(lawyer.background.posts, areas, strict=False):
        if post.unit_kind not in BENCH or post.to_on is None or was_hired(post):
            continue
        years = LONG_YEARS if post.rank in {Rank.LEADER, Rank.SENIOR} else SHORT_YEARS
        if case.day > last_day(post.to_on, years) or not lawyer.firm_area.strip():
            continue
        near = within(lawyer.firm_area, area.strip() or area_of(post.unit))
        said = f"离任未满{'三' if years == LONG_YEARS else '两'}年，所在律所在原任职单位{post.unit}辖区内"
        if near is Match.CERTAIN:
            yield Finding("C11", Severity.BLOCK, f"{CIRCULAR}第四条", said)
        elif near is Match.LIKELY:
            said = f"{said.replace('所在律所在', '所在律所可能在')}，请核对（律所所在地登记为{lawyer.firm_area}）"
            yield Finding("C11", Severity.WARN, f"{CIRCULAR}第四条", said)


def relative_on_the_bench(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C12: spouse, parent or child works in a court or procuratorate in whose area the case is heard; else it warns.

    Other relatives are warned of only where the case is heard by their own court: its judges may have to withdraw.
    """
    for relative in lawyer.background.relatives:
        if relative.unit_kind not in BENCH:
            continue
        source = "法官法第二十四条、检察官法第二十五条"
        hears = _hears(relative.unit, case)
        if relative.relation not in NEAREST:
            if hears:
                said = f"{relative.relation.value}任职于{relative.unit}，请核对是否参与审理本案"
                yield Finding("C12", Severity.WARN, "行政诉讼法第五十五条", said)
            continue
        if hears is Match.CERTAIN:
            handles = "审理" if relative.unit_kind is UnitKind.COURT else "办理"
            said = f"{relative.relation.value}任职于{handles}本案的{relative.unit}"
            yield Finding("C12", Severity.BLOCK, source, said)
        elif _lies_in_area(case, relative.unit):
            said = f"{relative.relation.value}任职于{relative.unit}，本案在其辖区内审理"
            yield Finding("C12", Severity.BLOCK, source, said)
        else:
            said = f"{relative.relation.value}任职于{relative.unit}，请核对是否涉及本案辖区"
            yield Finding("C12", Severity.WARN, source, said)


def holds_office(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C13, C14: no member of a 人大常委会 in his term; no civil servant, no public lawyer."""
    for office in lawyer.background.offices:
        runs = (office.from_on is None or office.from_on <= case.day) and (
            office.to_on is None or case.day <= office.to_on
        )
        if runs and office.kind is OfficeKind.STANDING_COMMITTEE:
            said = f"{office.body or '人大常委会'}组成人员，任职期间不得从事诉讼代理（律师法第十一条）"
            yield Finding("C13", Severity.BLOCK, "律师法第十一条第二款", said)
        if runs and office.kind is OfficeKind.OFFICIAL:
            said = f"现为公务员（{office.body}），不得兼任执业律师（律师法第十一条）"
            yield Finding("C14", Severity.BLOCK, "律师法第十一条第一款", said)
    if lawyer.is_public_lawyer:
        said = (
            f"已登记为{lawyer.public_office}公职律师，不得以律师身份办理所在单位以外的诉讼（律师法第十一条）"
        )
        yield Finding("C14", Severity.BLOCK, "律师法第十一条第一款", said)
    elif lawyer.public_namesake:
        said = f"与{lawyer.public_namesake}的公职律师姓名、电话都相同，请核对是否同一人（律师法第十一条）"
        yield Finding("C14", Severity.WARN, "律师法第十一条第一款", said)


def licence_in_force(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C15: the licence is in force, no 停止执业 runs, the last yearly check was passed and is on record."""
    source = "律师法第十条、第四十七条至第四十九条"
    if lawyer.licence_state is not LicenceState.VALID:
        yield Finding("C15", Severity.BLOCK, source, f"执业状态为{lawyer.licence_state.value}")
    for discipline in lawyer.background.disciplines:
        begun = discipline.on_date is None or discipline.on_date <= case.day
        if begun and discipline.until_on and case.day <= discipline.until_on:
            yield Finding("C15", Severity.BLOCK, source, f"停止执业至 {discipline.until_on}")
    checks = [c for c in lawyer.background.checks if c.year is not None and c.year <= case.day.year]
    last = max(checks, key=lambda c: c.year or 0, default=None)
    if last and last.result in {CheckResult.INCOMPETENT, CheckResult.ABSENT}:
        said = f"{last.year} 年度律师考核{last.result.value}"
        yield Finding("C15", Severity.BLOCK, "律师年度考核", said)
    elif lawyer.check_due is not None and (last is None or (last.year or 0) < lawyer.check_due):
        said = f"没有登记 {lawyer.check_due} 年度律师考核结果，请核对是否参加考核"
        yield Finding("C15", Severity.WARN, "律师年度考核", said)


def left_the_agency(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C23: a former civil servant of this agency, within three (leaders) or two years of leaving; later it warns."""
    for post in lawyer.background.posts:
        match = is_agency(post.unit, case) if post.unit_kind is UnitKind.AGENCY else Match.NO
        if not match:
            continue
        years = LONG_YEARS if post.rank is Rank.LEADER else SHORT_YEARS
        source = "公务员法第一百零七条"
        if match is Match.LIKELY:
            said = f"曾任职于{post.unit}，请核对是否就是{case.agency[0]}，以及离任年限"
            yield Finding("C23", Severity.WARN, source, said)
        elif post.to_on and case.day <= last_day(post.to_on, years):
            said = (
                f"曾任职于{post.unit}，{post.to_on:%Y-%m} 离任未满{'三' if years == LONG_YEARS else '两'}年"
            )
            yield Finding("C23", Severity.BLOCK, source, f"{said}（{source}）")
        else:
            yield Finding("C23", Severity.WARN, source, f"曾任职于{post.unit}，请核对与原工作有无关联")


def has_record(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C25: a penalty or disciplinary measure on record warns."""
    for discipline in lawyer.background.disciplines:
        if discipline.on_date is None or discipline.on_date <= case.day:
            when = f"{discipline.on_date} " if discipline.on_date else ""
            said = f"{when}受{discipline.kind.value}（{discipline.content}）"
            yield Finding("C25", Severity.WARN, "顾问选聘条件", said)


def _hears(unit: str, case: CaseFacts) -> Match:
    """Say whether a court hears the case, or a procuratorate is a party of it."""
    full, short = case.court[:1], case.court[1:]
    found = best(*(compare_benches(unit, name) for name in (*full, *case.prosecutors)))
    # 市中院 leaves its place to the reader: beside the full name it can only confirm, never cast a doubt
    return Match.CERTAIN if any(compare_benches(unit, n) is Match.CERTAIN for n in short) else found


def _lies_in_area(case: CaseFacts, unit: str) -> bool:
    """Say whether the hearing court certainly sits in the area of a court or procuratorate, such as its 中级法院."""
    return any(within(area_of(court), area_of(unit)) is Match.CERTAIN for court in case.court[:1])
