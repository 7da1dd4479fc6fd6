"""A case as points along the timeline: what happened, the periods at work, the hearing, what is yet to begin."""

from collections.abc import Collection, Iterator
from datetime import date

from db.cases.queries.detail import CaseDetail, EventLine, HearingLine, MarkLine
from db.cases.rules.marks import MarkKind
from db.cases.rules.submissions import step_for
from db.law.events import RECEIPTS
from db.law.filings import FILINGS
from db.law.periods import Period
from db.law.steps import HEARD, awaited
from db.words.case import Attends, EventKind, SendMethod
from gui.tables.due import SOON, short_day
from gui.widgets.timeline import Badge, Node

Act = tuple[str, str]
Placed = tuple[date, int, Node]
FAR = date.max


def timeline(detail: CaseDetail, today: date) -> list[Node]:
    """Return a case's points along the line by date; one of the periods still running is the current one."""
    points = [*_events(detail, today), *_periods(detail, today)]
    if detail.row.is_open:
        points += [(FAR, at, node) for at, node in enumerate(_awaited(detail))]
    return [node for _, _, node in sorted(points, key=lambda p: (p[0], p[1]))]


def period_of(detail: CaseDetail, key: str) -> Period | None:
    """Return the period that a node stands for."""
    return next((p for p in detail.periods if period_key(p) == key), None)


def marks_of(detail: CaseDetail, period: Period) -> dict[MarkKind, MarkLine]:
    """Return what was entered by hand about a period; what is said of its own party goes before what is of all."""
    said = [m for m in detail.marks if m.rule == period.rule.id]
    if period.parties:
        said = [m for m in said if m.party_id is None or m.party_id in period.parties]
    return {m.kind: m for m in sorted(said, key=lambda m: m.party_id or 0)}


def current_period(detail: CaseDetail) -> Period | None:
    """Return the period of our side to meet next, an overdue one first."""
    ours = [p for p in detail.periods if p.done_on is None and not p.rule.lapses]
    return min(ours, key=lambda p: p.due, default=None)


def period_key(period: Period) -> str:
    """Return the name of a period's node."""
    return f"period:{period.rule.id}:{period.rule.title}:{period.started_on}"


def event_of(detail: CaseDetail, key: str) -> EventLine | None:
    """Return the step that a node stands for."""
    return next((e for e in detail.events if f"event:{e.key}" == key), None)


# -- steps ---------------------------------------------------------------------------------


def _events(detail: CaseDetail, today: date) -> Iterator[Placed]:
    filed = next((e for e in detail.events if e.kind is EventKind.FILED), None)
    receipt = next((e for e in detail.events if e.kind in RECEIPTS), None)
    hearing, (_, first) = _hearing_ahead(detail, today), _ahead(detail, today)
    for event in detail.events:
        if event is filed and receipt is not None:
            continue  # said below the receipt
        caption = _caption(detail, event)
        if event is receipt and filed is not None:
            caption = "，".join(filter(None, (f"立案 {filed.on_date:%m-%d}", caption)))
        state = "done" if event.on_date <= today else "future"
        badges: tuple[Badge, ...] = ()
        left = (event.on_date - today).days
        if event is first or (event is hearing and left <= SOON):
            words = f"剩 {left} 天" if left else f"今天 {event.at_time}".strip()
            badges = (("wn" if left <= SOON else "ok", words),)
            state = "current" if event is first else state
        when = short_day(event.on_date, today) + (f" {event.at_time}" if event.at_time else "")
        node = Node(
            key=f"event:{event.key}",
            title=f"{event.kind.value}（{event.party}）" if event.party else event.kind.value,
            when=when,
            caption=caption,
            state=state,
            badges=badges,
            acts=_event_acts(event),
        )
        yield event.on_date, 0, node


def _caption(detail: CaseDetail, event: EventLine) -> str:
    if event.kind in HEARD:
        hearing = next((h for h in detail.hearings if h.event_id == event.key), None)
        return "，".join(filter(None, (event.note, attendance_words(hearing) if hearing else "")))
    words = []
    if event.kind in FILINGS:
        words.append(_in_time(detail, event))
        if event.send_method is SendMethod.POST and event.sent_on:
            words.append(f"{event.sent_on:%m-%d} 交邮")
        elif event.send_method:
            words.append(f"{event.send_method.value}提交")
        words.append(f"凭据 {event.evidence}" if event.evidence else "未登记凭据")
    elif event.send_method:
        words.append(f"{event.send_method.value}送达")
        words.append(event.evidence)
    if event.kind is EventKind.CLOSED and detail.row.outcome:
        words.append(detail.row.outcome.value)
    return "，".join(filter(None, (*words, event.note)))


def _in_time(detail: CaseDetail, event: EventLine) -> str:
    met = next(
        (p for p in detail.periods if event.kind in p.rule.ends and p.done_on == event.counts_on), None
    )
    if met is None:
        return ""
    late = (event.counts_on - met.due).days
    return f"逾期 {late} 天（期限 {met.due:%m-%d}）" if late > 0 else f"期限 {met.due:%m-%d}，按期"


def attendance_words(hearing: HearingLine) -> str:
    """Say in a few words who appears at a hearing, or that nobody has been named."""
    plan = hearing.plan
    if plan is None or (plan.attends is Attends.PENDING and plan.attended is None):
        return "负责人出庭待单位报送"
    if plan.attended is not None:
        return f"{plan.head or '负责人'}已出庭" if plan.attended else "负责人未出庭"
    if plan.attends is Attends.YES:
        return f"{plan.head}{plan.post}出庭"
    return f"负责人不出庭（{plan.absence.value}）" if plan.absence else "负责人不出庭"


def _event_acts(event: EventLine) -> tuple[Act, ...]:
    attend = (("attend", "负责人出庭…"),) if event.kind in HEARD else ()
    return (*attend, ("change", "更正…"), ("remove", "删去这一步"))


# -- periods -------------------------------------------------------------------------------


def _periods(detail: CaseDetail, today: date) -> Iterator[Placed]:
    current, _ = _ahead(detail, today)
    for period in detail.periods:
        rule = period.rule
        marked = marks_of(detail, period)
        done = marked.get(MarkKind.DONE) if period.done_on is not None else None
        if period.done_on is not None and done is None:
            continue  # the step that met it is on the line
        if not detail.row.is_open and done is None and rule.lapses and period.due < today:
            continue  # nobody needs to know of windows that closed with the case
        badges, state = _near(period, today, is_current=period is current)
        words = []
        if done is not None:
            badges, state = (("ok", f"已完成 {done.on:%m-%d}" if done.on else "已完成"),), "done"
            words.append(f"凭据 {done.text}" if done.text else "未登记凭据")
        if period.fixed:
            badges = (*badges, ("chip", "手工改定"))
            words.append(f"手工改定：{period.fixed.reason}")
        if extended := marked.get(MarkKind.EXTENDED):
            words.append(f"已延长 {extended.text}")
        if not period.covered:
            badges = (*badges, ("wn", "放假安排未录入"))
        node = Node(
            key=period_key(period),
            title=f"{rule.title} {rule.span(period.track)}".rstrip(),
            when=("至 " if rule.lapses and state == "future" else "") + short_day(period.due, today),
            caption="；".join(words),
            state=state,
            badges=badges,
            law=period.article,
            text=rule.effect,
            why=period.counted_as,
            acts=_period_acts(period, marked.keys()),
        )
        yield period.due, 1, node


def _nearest(detail: CaseDetail, today: date) -> Period | None:
    """Return the period that the case is heading for: our own duty, or a window that is not over."""
    running = [p for p in detail.periods if p.done_on is None and (not p.rule.lapses or p.due >= today)]
    return min(running, key=lambda p: p.due, default=None)


def _ahead(detail: CaseDetail, today: date) -> tuple[Period | None, EventLine | None]:
    """Return what the case is heading for first: a period, or the hearing."""
    period, hearing = _nearest(detail, today), _hearing_ahead(detail, today)
    if period is not None and hearing is not None:
        return (None, hearing) if hearing.on_date < period.due else (period, None)
    return period, hearing


def _hearing_ahead(detail: CaseDetail, today: date) -> EventLine | None:
    """Return the hearing that is next, today's included."""
    ahead = (e for e in detail.events if e.kind in HEARD and e.on_date >= today)
    return min(ahead, key=lambda e: e.on_date, default=None) if detail.row.is_open else None


def _near(period: Period, today: date, *, is_current: bool) -> tuple[tuple[Badge, ...], str]:
    left = (period.due - today).days
    if left < 0 and not period.rule.lapses:
        return (("dg", f"逾期 {-left} 天"),), "overdue"
    if left < 0:
        return (("chip", "已过"),), "done"
    if left <= SOON:
        return (("wn", "今天须办" if left == 0 else f"剩 {left} 天"),), "current" if is_current else "future"
    return ((("ok", f"剩 {left} 天"),), "current") if is_current else ((), "future")


def _period_acts(period: Period, marks: Collection[MarkKind]) -> tuple[Act, ...]:
    acts: list[Act] = []
    step = step_for(period.rule)
    if period.done_on is None:
        if step is not None:
            acts.append(("submit", "登记提交…" if not period.rule.lapses else f"登记{step.value}…"))
        acts.append(("done", "标为已完成…"))
    acts.append(("fix", "改定日期…"))
    if period.fixed:
        acts.append(("unfix", "取消改定"))
    if period.done_on is None and not period.rule.backward:
        acts.append(("extend", "登记延长…"))
    if MarkKind.EXTENDED in marks:
        acts.append(("unextend", "取消延长"))
    if MarkKind.DONE in marks:
        acts.append(("undone", "取消“已完成”"))
    return tuple(acts)


def _awaited(detail: CaseDetail) -> Iterator[Node]:
    """Return what is yet to begin on the main way of the case, and what only the court's own date begins."""
    running = frozenset(p.rule.id for p in detail.periods)
    happened = {e.kind for e in detail.events}
    for rule in awaited(detail.row.procedure, detail.row.track, running, happened):
        is_undated = rule.length is None
        yield Node(
            key=f"awaited:{rule.id}",
            title=f"{rule.title} {rule.span(detail.row.track)}".rstrip(),
            when="填写指定日期后显示" if is_undated else f"{rule.starts.word}后计算",
            law=rule.article,
            text=rule.effect,
            acts=(("fix", "填写指定日期…"),) if is_undated else (),
        )
