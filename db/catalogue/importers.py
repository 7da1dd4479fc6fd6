"""Every kind of sheet that can be imported, by the word for it on the command line."""

from db.agencies.sheets.imported import AGENCIES
from db.exchange.importing import Importer
from db.registry.sheets.imported import PUBLIC_LAWYERS
from db.roster.sheets.imported import ROSTER
from db.services.sheets.imported import SERVICES

IMPORTERS: dict[str, Importer] = {
    "roster": ROSTER,
    "agencies": AGENCIES,
    "services": SERVICES,
    "public-lawyers": PUBLIC_LAWYERS,
}
