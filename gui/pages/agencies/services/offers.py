"""What the forms of services offer to choose from, read from the office."""

from datetime import date
from typing import Any

from db.agencies.queries.agencies import agency_choices
from db.catalogue.search import keys_of
from db.services.queries.forms import case_choices
from db.services.queries.people import entry_facts
from db.services.rules.people import Person
from db.services.rules.services import ServiceDraft
from gui.forms.service_dialog import ServiceOffers
from gui.pages.agencies.services.grid import GridOffers

Item = tuple[str, object, tuple[str, ...]]
TABLES = ("lawyer", "public_lawyer", "internal_adviser")  # where people are found by pinyin


def agency_items(session: Any, *, full: bool = False) -> tuple[Item, ...]:
    """Return agencies by their short (or full) names."""
    keys = keys_of(session, "agency")
    return tuple(
        (name if full else short, key, keys.get(key, ())) for key, name, short in agency_choices(session)
    )


def grid_offers(session: Any, today: date) -> GridOffers:
    """Return the offers for many services at once."""
    facts = entry_facts(session, today)
    return GridOffers(facts, agency_items(session), _people(session, facts.people))


def service_offers(session: Any, draft: ServiceDraft, today: date) -> ServiceOffers:
    """Return the offers for the form of one service."""
    facts = entry_facts(session, today)
    cases = case_choices(session, draft.lawyer_id, draft.case_id)
    return ServiceOffers(
        agencies=agency_items(session, full=True),
        cases=tuple((text, key, ()) for key, text in cases),
        people=_people(session, facts.people),
        facts=facts,
    )


def _people(session: Any, people: tuple[Person, ...]) -> tuple[Item, ...]:
    found = {table: keys_of(session, table) for table in TABLES}
    of_capacity = dict(zip(("顾问库律师", "公职律师", "内部法律顾问"), TABLES, strict=True))
    return tuple((one.label, one, found[of_capacity[one.capacity.value]].get(one.key, ())) for one in people)
