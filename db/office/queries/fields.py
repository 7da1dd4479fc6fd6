"""Reading the fields of administration with the words that tie causes, acts, agencies and specialities to them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.reference import PracticeField
from db.office.rules.fields import Fields
from db.shipped import rows

BETWEEN = "、"


def load_fields(session: Session) -> Fields:
    """Return the office's fields; one for which it has no words has those that ship with the program."""
    shipped = {r["name"]: r["words"] for r in rows("fields.csv")}
    query = select(PracticeField.name, PracticeField.words)
    return Fields(
        {
            name: tuple(w for w in (words or shipped.get(name, "")).split(BETWEEN) if w)
            for name, words in session.execute(query)
        }
    )
