"""What the editor of a case is given to choose from, and what it may ask while one types."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from db.agencies.queries.agencies import agency_choices
from db.cases.queries.cases import same_number
from db.cases.queries.court import CourtProposal, propose_court
from db.cases.queries.detail import InstanceLine, instance_lines
from db.cases.queries.picker import series_names, ties
from db.cases.rules.cases import CaseDraft
from db.cases.state import load_calendar
from db.catalogue.search import keys_of
from db.law.calendar import Calendar
from db.office.queries.reference import CauseChoice, CourtChoice, cause_choices, court_choices, field_names
from db.office.queries.settings import load_settings
from gui.context import Context
from gui.pages.cases.forms.party_lines import Agency
from gui.pages.cases.forms.ties import Find


@dataclass(frozen=True, slots=True)
class Offers:
    """``taken`` returns the case that has a number already; ``propose`` the court by the rules in force."""

    agencies: tuple[Agency, ...]
    courts: tuple[CourtChoice, ...]
    causes: tuple[CauseChoice, ...]
    fields: tuple[str, ...]
    series: tuple[str, ...]
    calendar: Calendar
    pattern: str  # of the numbers of reconsiderations
    today: date
    taken: Callable[[str], int | None]
    propose: Callable[[CaseDraft], CourtProposal | None]
    find: Find


@dataclass(frozen=True, slots=True)
class TiesShown:
    """What a case is tied to, as the editor shows it."""

    previous: InstanceLine | None = None
    series: str = ""


def offers_of(session: Any, context: Context, find: Callable[..., None], key: int | None) -> Offers:
    """Read what the editor of the case ``key`` offers."""
    keys = keys_of(session, "agency")
    return Offers(
        agencies=tuple(Agency(k, name, short, keys.get(k, ())) for k, name, short in agency_choices(session)),
        courts=tuple(court_choices(session)),
        causes=tuple(cause_choices(session)),
        fields=tuple(field_names(session)),
        series=tuple(series_names(session)),
        calendar=load_calendar(session),
        pattern=load_settings(session).reconsideration_pattern,
        today=context.today(),
        taken=partial(_taken, context, key),
        propose=partial(_propose, context),
        find=partial(find, key),
    )


def ties_of(session: Any, key: int | None) -> TiesShown:
    """Return what a case is tied to; nothing for one that is new."""
    if key is None:
        return TiesShown()
    previous, series = ties(session, key)
    return TiesShown(instance_lines(session, [previous]).get(previous) if previous else None, series)


def _taken(context: Context, key: int | None, number: str) -> int | None:
    with context.database.read() as session:
        return next(iter(same_number(session, number, key)), None)


def _propose(context: Context, draft: CaseDraft) -> CourtProposal | None:
    with context.database.read() as session:
        return propose_court(session, draft, context.today())
