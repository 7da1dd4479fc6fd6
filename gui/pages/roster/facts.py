"""What a lawyer's records say, in the panel's words."""

from collections.abc import Sequence
from datetime import date

from db.roster.queries.appointments import PauseLine, TermLine
from db.roster.queries.lawyers import LawyerDetail
from db.roster.rules.background import Background


def span(begun: date | None, ended: date | None, *, now: str = "今") -> str:
    """Return a time as 2015-03 至 2023-06."""
    start = f"{begun:%Y-%m}" if begun else ""
    if ended:
        return f"{start or '？'} 至 {ended:%Y-%m}"
    return f"{start} 至{now}" if start else ""


def term_words(term: TermLine) -> tuple[str, str]:
    """Return an appointment's dates, and its papers and how it ended."""
    ended = ""
    if term.ended_on:
        ended = "，".join(w for w in (f"{term.ended_on} 起解聘", term.end_kind or "", term.end_reason) if w)
    number = f"聘书 {term.certificate}" if term.certificate else "聘书未编号"
    batch = term.batch if term.batch == term.paper else "　".join(w for w in (term.batch, term.paper) if w)
    return f"{term.from_on} 至 {term.to_on}", "；".join(w for w in (number, batch, ended) if w)


def pause_words(pause: PauseLine) -> tuple[str, str]:
    """Return a suspension's dates, and why."""
    end = f"至 {pause.until_on}" if pause.until_on else "起，恢复时间待定"
    back = f"，{pause.lifted_on} 恢复承办" if pause.lifted_on else ""
    why = f"{pause.kind.value}：{pause.reason}" if pause.reason else pause.kind.value
    return f"暂停承办 {pause.from_on} {end}{back}", why


def practice_years(detail: LawyerDetail, first_year: int | None, today: date) -> str:
    """Return how long somebody has practised: 11 年（2015 年起）."""
    began = detail.row.first_licensed_on.year if detail.row.first_licensed_on else first_year
    return f"{today.year - began} 年（{began} 年起）" if began else "—"


def office_lines(background: Background) -> list[str]:
    """Return the public offices: 人大代表（柯城区人大，2022-01 至今）."""
    return [_with(o.kind.value, o.body, span(o.from_on, o.to_on)) for o in background.offices]


def relative_lines(background: Background) -> list[str]:
    """Return the relatives: 配偶 张三，区交通运输局 科员."""
    return [
        "，".join(w for w in (f"{r.relation.value} {r.name}".strip(), f"{r.unit} {r.post}".strip()) if w)
        for r in background.relatives
    ]


def contract_lines(background: Background, today: date) -> list[str]:
    """Return the clients whom the lawyer or his firm advises; past ones say so."""
    return [
        _with(c.client, "律所担任" if c.by_firm else "", span(c.from_on, c.to_on))
        + ("　已到期" if c.to_on and c.to_on < today else "")
        for c in background.contracts
    ]


def discipline_lines(background: Background) -> list[str]:
    """Return penalties and measures, with the days that are known."""
    return [
        _with(
            f"{d.kind.value} {d.content}".strip(),
            d.by,
            d.on_date.isoformat() if d.on_date else "",
            f"停止执业至 {d.until_on}" if d.until_on else "",
        )
        for d in background.disciplines
    ]


def check_words(background: Background) -> str:
    """Return the latest three yearly checks: 2025 称职、2024 称职."""
    return "、".join(f"{c.year} {c.result.value}" for c in background.checks[:3])


def firm_lines(history: Sequence[tuple[str, date | None, date | None]]) -> list[str]:
    """Return the former firms with their times; the present one stands in the head."""
    return [_with(name, span(begun, ended)) for name, begun, ended in history if ended]


def _with(words: str, *more: str) -> str:
    said = "，".join(w for w in more if w)
    return f"{words}（{said}）" if said else words
