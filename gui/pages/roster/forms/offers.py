"""What the lawyer's editor offers to choose from, read from the office."""

from datetime import date
from typing import Any

from db.agencies.queries.agencies import agency_choices
from db.catalogue.search import keys_of
from db.office.queries.reference import court_choices
from db.office.queries.settings import load_settings
from db.roster.queries.roster import firm_areas, roster, specialities_in_use
from db.roster.rules.lawyers import Standing
from db.shipped import rows
from gui.pages.roster.forms.editor import Offers

IN_POOL = {Standing.SERVING, Standing.SUSPENDED, Standing.COMING}
SECRET_TITLES = {"phone": "联系电话", "id_number": "身份证号"}


def offers_of(session: Any, today: date, key: int | None) -> Offers:
    """Return the offers for the editor of the lawyer with ``key``, or of a new one."""
    settings = load_settings(session)
    colleagues: dict[str, tuple[str, ...]] = {}
    for row in roster(session, today):
        if row.key != key and row.standing in IN_POOL:
            colleagues[row.firm] = (*colleagues.get(row.firm, ()), row.name)
    keys = keys_of(session, "agency")
    return Offers(
        firms=firm_areas(session),
        specialities=tuple(dict.fromkeys((*specialities_in_use(session), *fields_listed()))),
        today=today,
        colleagues=colleagues,
        units=(
            *((name, agency, keys.get(agency, ())) for agency, name, _ in agency_choices(session)),
            *((court.name, court.key, ()) for court in court_choices(session)),
        ),
        capacity=settings.capacity,
        min_years=settings.min_practice_years,
    )


def fields_listed() -> list[str]:
    """Return the office's list of fields of practice."""
    return [row["name"] for row in rows("fields.csv")]
