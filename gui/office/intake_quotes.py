"""What the form for a pasted text offers to choose from, and what it shows of the text in each field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.agencies.queries.agencies import agency_choices
from db.agencies.queries.in_time import agency_recogniser
from db.cases.state import load_calendar
from db.catalogue.search import keys_of
from db.formats.numbers import parse_case_number
from db.formats.recognise.agencies import AgencyRecogniser
from db.formats.recognise.courts import court_called
from db.intake.rules import Found, Intake
from db.law.calendar import Calendar
from db.office.queries.reference import CauseChoice, CourtChoice, cause_choices, court_choices
from gui.office.quoted import Quote

DATES = ("filed_on", "received_on", "hearing_on", "answer_due")


@dataclass(frozen=True, slots=True)
class Offers:
    """What the form offers to choose from, and what it reckons with."""

    agencies: tuple[tuple[int, str, str], ...]  # key, full name, short name
    recogniser: AgencyRecogniser
    agency_keys: dict[int, tuple[str, ...]]
    courts: tuple[CourtChoice, ...]
    causes: tuple[CauseChoice, ...]
    calendar: Calendar


def read_offers(session: Any) -> Offers:
    """Read what the form offers."""
    return Offers(
        tuple(agency_choices(session)),
        agency_recogniser(session),
        keys_of(session, "agency"),
        tuple(court_choices(session)),
        tuple(cause_choices(session)),
        load_calendar(session),
    )


def proposals(read: Intake, offers: Offers) -> dict[str, list[Quote]]:
    """Return what the form's fields are to show of a text, the best first."""
    by_field: dict[str, list[Found]] = {}
    for found in read.found:
        by_field.setdefault(found.field, []).append(found)

    def quotes(field: str) -> list[Quote]:
        return [_quote(f, f.value) for f in by_field.get(field, ())]

    lawyers = [f for f in by_field.get("agent", ()) if f.side in {"", "plaintiff"}]
    proposed = {
        name: quotes(name)
        for name in ("number", "procedure", "track", "hearing_time", "hearing_place", *DATES)
    }
    proposed |= {
        "court": _courts(by_field.get("court", ()), offers) or _court_of(by_field.get("number", ()), offers),
        "cause": _causes(by_field.get("cause", ()), offers),
        "plaintiff": _joined(by_field.get("plaintiff", ())),
        "third": _joined(by_field.get("third", ())),
        "agent": _joined(lawyers),
        "firm": _firms(lawyers),
    }
    defendants = by_field.get("defendant", [])
    known = [_agency(f, offers) for f in defendants]
    return proposed | {
        "defendant": known[:1],
        "second_defendant": known[1:2],
        "further": _joined(defendants[2:]),
    }


def _agency(found: Found, offers: Offers) -> Quote:
    match = offers.recogniser.of(found.value)
    if match.certain is not None:
        return _quote(found, match.certain)
    if match.key is not None:
        return _quote(found, match.key, "按名录认作这个单位，请核对")
    if match.keys:
        names = "、".join(offers.recogniser.agencies[key].short_name for key in match.keys)
        return _quote(found, found.value, f"可能是{names}，请选择")
    return _quote(found, found.value, "单位名录中没有，可输入简称或拼音首字母选择，也可按原文登记")


def _courts(found: Sequence[Found], offers: Offers) -> list[Quote]:
    names = [(c.key, c.name, c.short_name) for c in offers.courts]
    known = [(f, court_called(f.value, names)) for f in found]
    quotes = {who[0]: _quote(f, who[0]) for f, who in reversed(known) if who is not None}
    return sorted(quotes.values(), key=lambda q: q.spans)


def court_key(read: Intake, offers: Offers) -> int | None:
    """Return the court that a text names, if it is on the list."""
    found = _courts([f for f in read.found if f.field == "court"], offers)
    return next((quote.value for quote in found if isinstance(quote.value, int)), None)


def _court_of(numbers: Sequence[Found], offers: Offers) -> list[Quote]:
    """Return the court whose 法院代字 stands in the case number."""
    by_code = {c.code: c.key for c in offers.courts}
    parsed = [(f, parse_case_number(f.value)) for f in numbers]
    return [_quote(f, by_code[p.court]) for f, p in parsed if p and p.court in by_code][:1]


def _causes(found: Sequence[Found], offers: Offers) -> list[Quote]:
    by_name = {c.name: c.key for c in offers.causes}
    return [_quote(f, by_name.get(f.value, f.value)) for f in found]


def _quote(found: Found, value: object, note: str = "") -> Quote:
    return Quote(value, found.text, ((found.start, found.end),), "，".join(filter(None, (note, found.note))))


def _joined(found: Sequence[Found]) -> list[Quote]:
    """Return several names as one value."""
    if not found:
        return []
    names = "、".join(dict.fromkeys(f.value for f in found))
    notes = "，".join(dict.fromkeys(f.note for f in found if f.note))
    spans = tuple((f.start, f.end) for f in found)
    return [Quote(names, "、".join(f.text for f in found), spans, notes)]


def _firms(found: Sequence[Found]) -> list[Quote]:
    firms = "、".join(dict.fromkeys(f.firm for f in found if f.firm))
    return [Quote(firms, firms, ((found[0].start, found[0].end),))] if firms else []
