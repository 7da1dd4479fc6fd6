"""Reading the office's settings."""

from dataclasses import fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.reference import Setting
from db.office.rules.settings import Settings


def load_settings(session: Session) -> Settings:
    """Return the office's settings; what the office has not changed has the program's default."""
    known = {field.name for field in fields(Settings)}
    rows = session.execute(select(Setting.name, Setting.value)).all()
    return replace(Settings(), **{name: value for name, value in rows if name in known})


def load_mapping(session: Session, fingerprint: str) -> dict[str, str] | None:
    """Return how the columns of a sheet with this header were mapped last time."""
    return session.scalar(select(Setting.value).where(Setting.name == f"mapping:{fingerprint}"))
