"""Reading the wording of papers: what the bureau wrote, else what ships with the program."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.reference import Setting

SHIPPED = Path(__file__).parents[3] / "resources" / "templates" / "wording"


def setting_name(paper: str) -> str:
    """Return the name of the setting that holds the bureau's own wording of ``paper``."""
    return f"wording:{paper}"


def default_wording(paper: str) -> str:
    """Return the wording that ships with the program."""
    return (SHIPPED / f"{paper}.txt").read_text(encoding="utf-8").strip()


def wording(session: Session, paper: str) -> str:
    """Return the wording in force."""
    own = session.scalar(select(Setting.value).where(Setting.name == setting_name(paper)))
    return str(own) if own else default_wording(paper)
