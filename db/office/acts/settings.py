"""Changing the office's settings."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Conflict, Problem
from db.formats.merging import merge, value_of
from db.formats.storable import LINE, text_trouble
from db.journal import who_and_when
from db.models.reference import Setting
from db.office.acts.common import AGAIN, refuse
from db.office.queries.settings import load_settings
from db.office.rules.settings import CAPTIONS, Settings


def save_settings(session: Session, settings: Settings, read: Settings | None = None) -> None:
    """Keep what differs between ``settings`` and ``read``, which the clerk's form was filled with.

    What another clerk has changed meanwhile stays. Without ``read`` the present settings are meant. Raises
    ``Invalid`` for what the program cannot work with, ``Conflict`` for a value that both have changed, with a
    problem for each (its field as ``merge`` names it).
    """
    present = load_settings(session)
    merged, clashes = merge(read or present, settings, present)
    if clashes:
        raise _clash(session, present, clashes)
    refuse([*_problems(merged), *_coverage_problems(merged)])
    before = asdict(present)
    for name, value in asdict(merged).items():
        if value != before[name]:
            put(session, name, value)


def _clash(session: Session, present: Settings, names: Sequence[str]) -> Conflict:
    problems = []
    for name in names:
        key = session.scalar(select(Setting.id).where(Setting.name == name.partition(".")[0]))
        who = who_and_when(session, Setting.__tablename__, key)
        problems.append(Problem(name, f"已由{who}改为“{_word(value_of(present, name))}”。{AGAIN}"))
    said = "；".join(
        f"{CAPTIONS.get(p.field.partition('.')[0], '设置')}{p.text.removesuffix(AGAIN)}" for p in problems
    )
    return Conflict(f"{said}您的改动没有保存。{AGAIN}", problems)


def _word(value: Any) -> str:
    """Return a setting as the clerk reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return (
        "、".join(map(str, value)) if isinstance(value, list) else "未另定" if value is None else str(value)
    )


def _problems(settings: Settings) -> list[Problem]:
    """Say what the program cannot work with: names that papers need, and numbers that make no sense."""
    names = (
        ("office_name", "请填写单位全称，报表抬头要用。"),
        ("letter_series", "请填写推荐函代字，如 柯司顾荐。"),
        ("consultation_series", "请填写会商编号代字，如 柯司会商。"),
        ("urging_series", "请填写催办函代字，如 柯司催办。"),
    )
    problems = [Problem(name, text) for name, text in names if not str(getattr(settings, name)).strip()]
    typed = {name: value for name, value in asdict(settings).items() if isinstance(value, str)}
    problems += [Problem(name, said) for name, value in typed.items() if (said := text_trouble(value, LINE))]
    like = "\n".join(settings.like_fields)
    problems += [Problem("like_fields", said)] if (said := text_trouble(like)) else []
    if settings.capacity < 1:
        problems.append(Problem("capacity", f"在办上限应不少于 1 件，现为 {settings.capacity}。"))
    if settings.minutes_days < 0:
        problems.append(Problem("minutes_days", f"应不少于 0 天，现为 {settings.minutes_days}。"))
    if settings.urging_days < 1:
        problems.append(Problem("urging_days", f"反馈期限应不少于 1 天，现为 {settings.urging_days}。"))
    if settings.weight_total <= 0:
        problems.append(Problem("weight_match", "五项权重不能都为 0，请至少给一项权重。"))
    if settings.difficult_weight <= 0:
        problems.append(Problem("difficult_weight", f"应大于 0，现为 {settings.difficult_weight:g}。"))
    return problems


def _coverage_problems(settings: Settings) -> list[Problem]:
    """Say what makes the figures of coverage meaningless."""
    problems = []
    if not settings.formal_modes:
        problems.append(Problem("formal_modes", "请至少选一种方式计入有形覆盖。"))
    if not settings.work_modes:
        problems.append(Problem("work_modes", "请至少选一种方式计入工作覆盖。"))
    if not settings.service_kinds or not all(settings.service_kinds_of.values()):
        problems.append(Problem("service_kinds", "请至少选一种履职计入有效覆盖。"))
    if settings.adviser_capacity < 1:
        problems.append(Problem("adviser_capacity", "每名顾问至少可任 1 个单位的顾问。"))
    return problems


def put(session: Session, name: str, value: Any) -> None:
    """Keep one named value."""
    setting = session.scalars(select(Setting).where(Setting.name == name)).one_or_none()
    if setting is None:
        session.add(Setting(name=name, value=value))
    else:
        setting.value = value
