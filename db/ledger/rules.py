"""What is asked of every field of its kind, and how each is written before it is kept. Pure."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from db.errors import Problem, Severity
from db.formats.text import one_line
from db.ledger.declare import (
    Day,
    Draft,
    Hand,
    Ledger,
    Lines,
    Long,
    Number,
    Spec,
    Step,
    Text,
    fields_of,
)

Some = TypeVar("Some", bound=Draft)


def tidied(draft: Some) -> Some:
    """Return a draft with each field as it is kept: one line where one is asked for, trimmed, its lines too."""
    return replace(
        draft, **{spec.name: _tidy(spec, getattr(draft, spec.name)) for spec in fields_of(type(draft))}
    )


def problems_of(ledger: Ledger[Some], draft: Some, facts: Any, today: date) -> list[Problem]:
    """Say what is wrong with a draft: field by field, then what the subject's own rule says."""
    own = ledger.problems(draft, facts, today) if ledger.problems else []
    return field_problems(draft, today) + own


def moved(step: Step, draft: Some, who: str) -> Some:
    """Return what a step makes of a draft: what it moves, and who signs."""
    given: dict[str, Any] = dict(step.moves)
    if step.signs:
        given[step.signs] = who
    return replace(draft, **given)


def step_problems(ledger: Ledger[Some], step: Step, draft: Some, hand: Hand, today: date) -> list[Problem]:
    """Say why a step cannot be taken with what was filled in; ``draft`` is what it makes of the record."""
    found = [
        Problem(spec.name, spec.refusal)
        for spec in map(ledger.spec, step.needed)
        if is_empty(getattr(draft, spec.name))
    ]
    own = step.rule(draft, hand, today) if step.rule else []
    return found + own + problems_of(ledger, draft, hand.facts, today)


def field_problems(draft: Draft, today: date) -> list[Problem]:
    """Say what the fields alone are wrong about."""
    found: list[Problem] = []
    for spec in fields_of(type(draft)):
        value = getattr(draft, spec.name)
        if is_empty(value):
            if spec.required:
                found.append(Problem(spec.name, spec.refusal))
        elif isinstance(spec, Text | Long):
            found += _text(spec, value)
        elif isinstance(spec, Day):
            found += _day(spec, value, draft, today)
        elif isinstance(spec, Number):
            found += _number(spec, value)
        elif isinstance(spec, Lines):
            found += _lines(spec, value, today)
    return found


def is_empty(value: Any) -> bool:
    """Say whether a field holds nothing; 0 and an unticked box are answers."""
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def _text(spec: Text | Long, value: str) -> list[Problem]:
    if (length := len(value.strip())) > spec.longest:
        return [Problem(spec.name, f"最多 {spec.longest} 个字，现为 {length} 个。")]
    said = spec.doubt(value) if isinstance(spec, Text) and spec.doubt else None
    return [Problem(spec.name, f"{spec.title}{said}。", Severity.WARNING)] if said else []


def _day(spec: Day, value: date, draft: Draft, today: date) -> list[Problem]:
    if spec.past and value > today:
        return [Problem(spec.name, f"应不晚于今天 {today}，现为 {value}。")]
    first = getattr(draft, spec.not_before) if spec.not_before else None
    if first and value < first:
        title = next(one.title for one in fields_of(type(draft)) if one.name == spec.not_before)
        return [Problem(spec.name, f"应不早于{title} {first}，现为 {value}。")]
    return []


def _number(spec: Number, value: float) -> list[Problem]:
    if not spec.least <= value <= spec.most:
        text = f"{spec.title}应为 {spec.least} 至 {spec.most} {spec.unit}，现为 {value:g}。"
        return [Problem(spec.name, text.replace(" ，", "，"))]
    if round(value, spec.decimals) != value:
        said = f"最多 {spec.decimals} 位小数" if spec.decimals else "应填写整数"
        return [Problem(spec.name, f"{spec.title}{said}，现为 {value}。")]
    return []


def _lines(spec: Lines, rows: tuple[Draft, ...], today: date) -> list[Problem]:
    return [
        replace(problem, field=f"{spec.name}.{at}.{problem.field}")
        for at, row in enumerate(rows)
        for problem in field_problems(row, today)
    ]


def _tidy(spec: Spec, value: Any) -> Any:
    if isinstance(spec, Lines):
        return tuple(row for row in map(tidied, value) if not _is_blank(row))
    if isinstance(spec, Text):
        text = one_line(value)
        return spec.tidy(text) if spec.tidy and text else text
    if isinstance(spec, Long):
        return value.strip()
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else value


def _is_blank(row: Draft) -> bool:
    """A row that says no more than a new one is a row that nobody has filled in."""
    blank = type(row)()
    return all(
        getattr(row, one.name) == getattr(blank, one.name) for one in fields(row) if one.name != "version"
    )
