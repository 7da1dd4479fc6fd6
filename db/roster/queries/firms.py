"""The firms of the roster, to be known again by whatever they are called."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.recognise.firms import FirmNames
from db.models.lawyer import Firm


def firm_names(session: Session) -> FirmNames:
    """Return who knows the firms of the roster by all their names: full, short and former; one statement."""
    query = select(Firm.id, Firm.name, Firm.short_name, Firm.former_names).where(Firm.removed_at.is_(None))
    return FirmNames((row[0], row[1], row[2], row[3]) for row in session.execute(query.order_by(Firm.id)))
