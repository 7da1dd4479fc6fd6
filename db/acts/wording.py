"""Changing the wording of papers."""

from sqlalchemy.orm import Session

from db.acts.common import refuse
from db.acts.settings import put
from db.queries.wording import default_wording, setting_name
from db.rules.wording import wording_problems


def keep_wording(session: Session, paper: str, text: str) -> None:
    """Keep the bureau's wording of ``paper``; the shipped one is kept as no wording of its own.

    Raises ``Invalid`` for an empty text, an unknown field, or a brace without its partner.
    """
    text = text.strip().replace("\r\n", "\n")
    refuse(wording_problems(paper, text))
    put(session, setting_name(paper), "" if text == default_wording(paper) else text)
