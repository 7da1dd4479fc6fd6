"""Changing the wording of papers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Conflict, Problem
from db.journal import who_and_when
from db.models.reference import Setting
from db.office.acts.common import AGAIN, refuse
from db.office.acts.settings import put
from db.office.queries.wording import default_wording, setting_name, wording
from db.office.rules.wording import wording_problems


def keep_wording(session: Session, paper: str, text: str, read: str | None = None) -> None:
    """Keep the bureau's wording of ``paper``; the shipped one is kept as no wording of its own.

    ``read`` is the wording that the clerk began with. Raises ``Conflict`` if another clerk has changed it since,
    ``Invalid`` for an empty text, an unknown field, or a brace without its partner.
    """
    text = text.strip().replace("\r\n", "\n")
    refuse(wording_problems(paper, text))
    if read is not None and wording(session, paper) not in {read, text}:
        key = session.scalar(select(Setting.id).where(Setting.name == setting_name(paper)))
        who = who_and_when(session, Setting.__tablename__, key)
        said = f"{paper}用语已由{who}修改，您的改动没有保存。{AGAIN}"
        raise Conflict(said, [Problem("text", said)])
    put(session, setting_name(paper), "" if text == default_wording(paper) else text)
