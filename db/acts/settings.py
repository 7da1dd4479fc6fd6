"""Changing the office's settings."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acts.common import refuse
from db.errors import Problem
from db.models.reference import Setting
from db.queries.settings import load_settings
from db.rules.settings import Settings


def save_settings(session: Session, settings: Settings) -> None:
    """Keep the settings that differ from what is in force. Raises ``Invalid`` for what the program cannot work with."""
    problems = []
    if not settings.office_name.strip():
        problems.append(Problem("office_name", "请填写单位全称，报表抬头要用。"))
    if settings.capacity < 1:
        problems.append(Problem("capacity", f"在办上限应不少于 1 件，现为 {settings.capacity}。"))
    if not settings.letter_series.strip():
        problems.append(Problem("letter_series", "请填写推荐函代字，如 柯司顾荐。"))
    if settings.weights().total <= 0:
        problems.append(Problem("weight_match", "五项权重不能都为 0，请至少给一项权重。"))
    if settings.difficult_weight <= 0:
        problems.append(Problem("difficult_weight", f"应大于 0，现为 {settings.difficult_weight:g}。"))
    refuse(problems)
    present = asdict(load_settings(session))
    for name, value in asdict(settings).items():
        if value != present[name]:
            put(session, name, value)


def put(session: Session, name: str, value: Any) -> None:
    """Keep one named value."""
    setting = session.scalars(select(Setting).where(Setting.name == name)).one_or_none()
    if setting is None:
        session.add(Setting(name=name, value=value))
    else:
        setting.value = value
