"""Appointing, renewing, suspending, dismissing: what the clerk fills in, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.errors import Problem, Severity
from db.roster.rules.lawyers import Standing, Term
from db.words.lawyer import CheckResult, DismissalKind, LicenceState, SuspensionKind

MAX_TERM_YEARS = 3  # 浙江各地聘期一般为一至三年 (domain.md section 6); longer is only warned of


@dataclass(frozen=True, slots=True)
class PoolFacts:
    """What is known of one lawyer when his appointment changes."""

    name: str
    standing: Standing
    term: Term | None
    terms: tuple[Term, ...] = ()
    licence_state: LicenceState = LicenceState.VALID
    last_check: tuple[int, CheckResult] | None = None
    running_cases: int = 0


@dataclass(frozen=True, slots=True)
class AppointDraft:
    """New terms for one or many lawyers, as one act; ``from_on`` empty: the day after each one's present term.

    ``batch`` names the round of selection, ``paper`` the paper it rests on. With ``numbered`` each term gets the
    next number of the 聘书.
    """

    lawyer_ids: tuple[int, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    batch: str = ""
    paper: str = ""
    decided_on: date | None = None
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class SuspendDraft:
    """Lawyers pause from a day on; ``until_on`` empty: until they are reinstated."""

    lawyer_ids: tuple[int, ...] = ()
    kind: SuspensionKind = SuspensionKind.LEAVE
    from_on: date | None = None
    until_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReinstateDraft:
    """Lawyers are back from a day on."""

    lawyer_ids: tuple[int, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DismissDraft:
    """Lawyers are dismissed with effect from a day on, for a reason."""

    lawyer_ids: tuple[int, ...] = ()
    kind: DismissalKind = DismissalKind.RESIGNED
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FilingDraft:
    """A change of the pool was filed on a day; ``receipt`` is the number or paper that shows it."""

    filed_on: date | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationDraft:
    """利益冲突与任职经历声明 as signed; for one case if ``case_id`` is given, and then it may own up to an interest."""

    lawyer_id: int
    signed_on: date | None = None
    content: str = ""
    case_id: int | None = None
    has_interest: bool = False


def starts_on(draft: AppointDraft, facts: PoolFacts, today: date) -> date:
    """Return the first day of the new term of one lawyer."""
    if draft.from_on:
        return draft.from_on
    if facts.term and facts.standing in {Standing.SERVING, Standing.SUSPENDED, Standing.COMING}:
        return facts.term.to_on + timedelta(days=1)
    return today


def appoint_problems(draft: AppointDraft, facts: Mapping[int, PoolFacts], today: date) -> list[Problem]:
    """Say what forbids the new terms (错误) or is worth a look (提示); persons are named."""
    found = _nobody(draft.lawyer_ids)
    if draft.to_on is None:
        return [*found, Problem("to_on", "请填写新聘期止。")]
    for key in draft.lawyer_ids:
        one = facts[key]
        begin = starts_on(draft, one, today)
        if draft.to_on <= begin:
            found.append(Problem("to_on", f"{one.name}：聘期止应晚于聘期起 {begin}，现为 {draft.to_on}。"))
            continue
        overlap = next((t for t in one.terms if t.overlaps(begin, draft.to_on)), None)
        if overlap:
            text = f"{one.name}：与现有聘期 {overlap.from_on} 至 {overlap.to_on} 重叠。请改为次日起，或留空由程序接续。"
            found.append(Problem("from_on", text))
        if one.licence_state is not LicenceState.VALID:
            text = f"{one.name}：执业状态为{one.licence_state.value}，不能聘任（律师法第十条、第四十七条至第四十九条）。"
            found.append(Problem("lawyer_ids", text))
        if one.last_check and one.last_check[1] in {CheckResult.INCOMPETENT, CheckResult.ABSENT}:
            text = (
                f"{one.name}：{one.last_check[0]} 年度律师考核为{one.last_check[1].value}，请核对是否续聘。"
            )
            found.append(Problem("lawyer_ids", text, Severity.WARNING))
        if draft.to_on > _years_after(begin, MAX_TERM_YEARS):
            text = f"聘期超过 {MAX_TERM_YEARS} 年，一般为一至三年，请核对。"
            found.append(Problem("to_on", text, Severity.WARNING))
    return list(dict.fromkeys(found))


def suspend_problems(draft: SuspendDraft, facts: Mapping[int, PoolFacts]) -> list[Problem]:
    """Say what forbids the suspension."""
    found = _nobody(draft.lawyer_ids)
    if draft.from_on is None:
        found.append(Problem("from_on", "请填写暂停起。"))
    elif draft.until_on and draft.until_on < draft.from_on:
        found.append(Problem("until_on", f"应不早于暂停起 {draft.from_on}，现为 {draft.until_on}。"))
    if not draft.reason.strip():
        found.append(Problem("reason", "请写明暂停的原因。"))
    out = [facts[key].name for key in draft.lawyer_ids if facts[key].term is None]
    if out:
        found.append(Problem("lawyer_ids", f"{'、'.join(out)}未聘任，不需要暂停。"))
    paused = [facts[key].name for key in draft.lawyer_ids if facts[key].standing is Standing.SUSPENDED]
    if paused:
        text = f"{'、'.join(paused)}已在暂停承办中。要改暂停的原因或期限，请先恢复承办，再重新登记暂停。"
        found.append(Problem("lawyer_ids", text))
    left = [
        facts[key] for key in draft.lawyer_ids if facts[key].standing in {Standing.EXPIRED, Standing.ENDED}
    ]
    found += [Problem("lawyer_ids", f"{one.name}{one.standing.value}，不需要暂停。") for one in left]
    return found + _busy(draft.lawyer_ids, facts)


def reinstate_problems(draft: ReinstateDraft, facts: Mapping[int, PoolFacts]) -> list[Problem]:
    """Say what forbids bringing lawyers back."""
    found = _nobody(draft.lawyer_ids)
    if draft.on is None:
        found.append(Problem("on", "请填写恢复承办的日期。"))
    serving = [facts[k].name for k in draft.lawyer_ids if facts[k].standing is not Standing.SUSPENDED]
    if serving:
        found.append(Problem("lawyer_ids", f"{'、'.join(serving)}没有暂停，不需要恢复。"))
    return found


def dismiss_problems(draft: DismissDraft, facts: Mapping[int, PoolFacts]) -> list[Problem]:
    """Say what forbids the dismissal; running cases are only warned of, since they need a replacement."""
    found = _nobody(draft.lawyer_ids)
    if draft.on is None:
        found.append(Problem("on", "请填写解聘日期。"))
    if not draft.reason.strip():
        found.append(Problem("reason", "请写明解聘的具体原因。"))
    for key in draft.lawyer_ids:
        one = facts[key]
        if one.term is None or one.standing in {Standing.EXPIRED, Standing.ENDED}:
            found.append(Problem("lawyer_ids", f"{one.name}：{one.standing.value}，没有可以解除的聘期。"))
        elif draft.on and draft.on > one.term.to_on:
            text = f"{one.name}：聘期到 {one.term.to_on} 已届满，解聘日期不应更晚。"
            found.append(Problem("on", text))
    return found + _busy(draft.lawyer_ids, facts)


def filing_problems(draft: FilingDraft, happened_on: date, today: date) -> list[Problem]:
    """Say what is wrong with the filing of a change."""
    if draft.filed_on is None:
        return [Problem("filed_on", "请填写备案日期。")]
    if not happened_on <= draft.filed_on <= today:
        return [Problem("filed_on", f"应在变动日 {happened_on} 至今天之间，现为 {draft.filed_on}。")]
    if not draft.receipt.strip():
        return [Problem("receipt", "请填写备案文号或回执，作为凭证。")]
    return []


def declaration_problems(draft: DeclarationDraft, today: date) -> list[Problem]:
    """Say what is wrong with a declaration."""
    found = []
    if draft.signed_on is None:
        found.append(Problem("signed_on", "请填写声明的签署日期。"))
    elif draft.signed_on > today:
        found.append(Problem("signed_on", f"{draft.signed_on} 还没有到，请核对签署日期。"))
    if not draft.content.strip():
        found.append(Problem("content", "请摘录声明内容；没有利益冲突的，填“无”。"))
    return found


def filing_due(happened_on: date, days: int) -> date:
    """Return the last day for filing a change; ``days`` is the office's setting (calendar days)."""
    return happened_on + timedelta(days=days)


def _nobody(keys: Sequence[int]) -> list[Problem]:
    return [] if keys else [Problem("lawyer_ids", "请先在名册中选择顾问。")]


def _busy(keys: Sequence[int], facts: Mapping[int, PoolFacts]) -> list[Problem]:
    busy = [f"{facts[k].name} {facts[k].running_cases} 件" for k in keys if facts[k].running_cases]
    text = f"还有在办案件：{'、'.join(busy)}。请另行更换承办顾问，或在案件中写明继续办理。"
    return [Problem("lawyer_ids", text, Severity.WARNING)] if busy else []


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
