"""Lending a public lawyer to another agency (统筹): the draft, and who may not be lent.

A public lawyer does no legal work outside his own unit as a lawyer of his own accord (中办发〔2016〕30号); so each lending
stands on a paper of the bureau or of his unit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Problem, Severity
from db.formats.spans import Span, span_on

MAX_HOURS = 9999


@dataclass(frozen=True, slots=True)
class SharingDraft:
    """A public lawyer is lent to an agency by a paper; ``hours`` are those a year. ``version`` is the one read."""

    public_lawyer_id: int | None = None
    agency_id: int | None = None
    paper: str = ""
    from_on: date | None = None
    to_on: date | None = None
    hours: float | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class EndDraft:
    """An early end of a sharing, a contract or an adviser's work; ``on`` is the first day without it."""

    on: date | None = None
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Span):
    """A time spent at an agency: a posting or a sharing (with its ``key`` and ``paper``)."""

    agency_id: int
    agency: str
    key: int = 0
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Lending:
    """What decides whether somebody may be lent: his certificates, where he works, where he is lent already."""

    name: str
    certificates: tuple[Span, ...] = ()
    postings: tuple[Placed, ...] = ()
    sharings: tuple[Placed, ...] = ()
    capacity: int = 0


def sharing_problems(draft: SharingDraft, lending: Lending | None, key: int | None = None) -> list[Problem]:
    """Say what is wrong with a sharing; ``lending`` is what is known of the lawyer, ``key`` the sharing changed."""
    found = list(_filled(draft))
    if lending is None or draft.from_on is None or any(p.severity is Severity.ERROR for p in found):
        return found
    asked = Span(from_on=draft.from_on, to_on=draft.to_on)
    others = [s for s in lending.sharings if s.key != key and s.overlaps(asked)]
    found += _certificate(lending, asked, draft.from_on)
    found += _agency(draft, lending, asked, others)
    if draft.agency_id is not None and (full := full_text(lending, others, asked, draft.agency_id)):
        found.append(Problem("public_lawyer_id", full))
    return found


def full_text(lending: Lending, others: Sequence[Placed], asked: Span, agency_id: int | None) -> str:
    """Say that somebody is lent to as many agencies as he may be at some time in ``asked``, or nothing."""
    busiest: dict[int, str] = {}
    for start in sorted({asked.first_on, *(max(s.first_on, asked.first_on) for s in others)}):
        at_once = {s.agency_id: s.agency for s in others if s.runs_on(start) and s.agency_id != agency_id}
        busiest = at_once if len(at_once) > len(busiest) else busiest
    if len(busiest) < lending.capacity:
        return ""
    if not lending.capacity:
        return f"{lending.name}的统筹上限为 0，不对外统筹。请换一人，或先修改其统筹上限。"
    names = "、".join(busiest.values())
    return (
        f"{lending.name}在此期间已统筹到 {len(busiest)} 个单位（{names}），达到上限 {lending.capacity} 个。"
        "请换一人，或先修改其统筹上限。"
    )


def end_sharing_problems(draft: EndDraft, span: Span, what: str = "统筹") -> list[Problem]:
    """Say what is wrong with an early end of what runs for ``span``."""
    if draft.on is None:
        return [Problem("on", "请填写终止日期。")]
    if span.from_on and draft.on < span.from_on:
        return [Problem("on", f"应不早于{what}起始日期 {span.from_on}，现为 {draft.on}。")]
    if draft.on > span.last_on:
        return [Problem("on", f"{what}至 {span.last_on} 已经届满，不需要提前终止。")]
    if not draft.reason.strip():
        return [Problem("reason", "请写明提前终止的原因。")]
    return []


def _filled(draft: SharingDraft) -> Iterator[Problem]:
    if draft.public_lawyer_id is None:
        yield Problem("public_lawyer_id", "请选择公职律师。")
    if draft.agency_id is None:
        yield Problem("agency_id", "请选择使用单位。")
    if draft.from_on is None:
        yield Problem("from_on", "请填写统筹起始日期。")
    elif draft.to_on and draft.to_on < draft.from_on:
        yield Problem("to_on", f"应不早于起始日期 {draft.from_on}，现为 {draft.to_on}。")
    elif draft.to_on is None:
        yield Problem("to_on", "没有填写止期，将一直计为统筹，不会提醒到期。", Severity.WARNING)
    if draft.hours is not None and not 0 <= draft.hours <= MAX_HOURS:
        yield Problem("hours", f"每年时长应为 0 至 {MAX_HOURS} 小时，现为 {draft.hours:g}。")


def _certificate(lending: Lending, asked: Span, start: date) -> Iterator[Problem]:
    certificate = span_on(lending.certificates, start)
    if certificate is None or not certificate.runs_on(start):
        had = f"，最近一次有效期为 {certificate.text()}" if certificate else ""
        yield Problem(
            "public_lawyer_id",
            f"{lending.name}在 {start} 没有有效的公职律师证{had}。请换一人，或先登记续期。",
        )
        return
    if not any(posting.runs_on(start) for posting in lending.postings):
        yield Problem("public_lawyer_id", f"{lending.name}在 {start} 没有登记任职单位。请先补登任职。")
    last = max(c.last_on for c in lending.certificates if c.overlaps(asked))
    if last < asked.last_on and last < date.max:
        text = f"{lending.name}的公职律师证至 {last} 到期，此后不再计为有效统筹。"
        yield Problem("to_on", text, Severity.WARNING)


def _agency(
    draft: SharingDraft, lending: Lending, asked: Span, others: Sequence[Placed]
) -> Iterator[Problem]:
    if own := next(
        (p for p in lending.postings if p.agency_id == draft.agency_id and p.overlaps(asked)), None
    ):
        yield Problem("agency_id", f"{own.agency}是{lending.name}自己的单位，不需要统筹。")
    if there := next((s for s in others if s.agency_id == draft.agency_id), None):
        paper = f"（{there.paper}）" if there.paper else ""
        yield Problem(
            "agency_id", f"{lending.name}在 {there.text()} 已统筹到{there.agency}{paper}，不能重复登记。"
        )
