"""Every kind of sheet that can be imported, by the word for it on the command line."""

from db.exchange.agency_import import AGENCIES
from db.exchange.importing import Importer
from db.exchange.public_lawyer_import import PUBLIC_LAWYERS
from db.exchange.roster_import import ROSTER
from db.exchange.service_import import SERVICES

IMPORTERS: dict[str, Importer] = {
    "roster": ROSTER,
    "agencies": AGENCIES,
    "services": SERVICES,
    "public-lawyers": PUBLIC_LAWYERS,
}
