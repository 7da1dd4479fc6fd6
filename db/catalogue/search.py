"""Finding records of every kind by what is typed: the best of each, with a caption, and the keys for pickers."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import agencies_called, agency_recogniser
from db.agencies.queries.staff import agencies_on
from db.base import Entry, today
from db.formats import text as words
from db.formats.numbers import as_searched
from db.models.agency import Agency
from db.models.case import Case
from db.models.consultation import Consultation
from db.models.derived import SearchKey
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.public_lawyer import PublicLawyer
from db.office.queries.search import finds, is_serial, matching

NUMBER, EXACT, PREFIX, INSIDE = range(4)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found; ``table`` is lawyer, case_record, consultation, public_lawyer or agency."""

    table: str
    key: int
    title: str
    caption: str


def search(session: Session, typed: str, limit: int = 6) -> list[Hit]:
    """Return up to ``limit`` of each: lawyers, cases, consultations, public lawyers, agencies; the best first.

    The kind whose best hit is nearest to what was typed comes first: 67 is case 67 before it is part of a licence.
    """
    if not words.fold(typed):
        return []
    found = [(table, _best(session, table, typed, limit)) for table in _HITS]
    if called := agencies_called(session, typed):
        found = [(table, _called_first(best, called) if table == "agency" else best) for table, best in found]
    found.sort(key=lambda one: min((rank for _, rank in one[1]), default=INSIDE))
    return [hit for table, best in found for hit in _HITS[table](session, [key for key, _ in best])]


def _called_first(best: list[tuple[int, int]], called: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the agencies that are called so before those whose keys only hold it."""
    return [*((key, EXACT) for key in called), *((key, rank) for key, rank in best if key not in called)]


def _best(session: Session, table: str, typed: str, limit: int) -> list[tuple[int, int]]:
    """Return the keys that fit best, each with its rank."""
    word, model = words.fold(as_searched(typed.split(maxsplit=1)[0])), _MODELS[table]
    serial = is_serial(word) if table == "case_record" and word.isdecimal() else SearchKey.key == word
    rank = case(
        (serial, NUMBER),
        (SearchKey.key == word, EXACT),
        (SearchKey.key.startswith(word, autoescape=True), PREFIX),
        else_=INSIDE,
    )
    query = (
        select(SearchKey.record_id, func.min(rank))
        .join_from(SearchKey, model, model.id == SearchKey.record_id)
        .where(SearchKey.table_name == table, finds(word), SearchKey.record_id.in_(matching(table, typed)))
        .where(model.removed_at.is_(None))
        .group_by(SearchKey.record_id)
        .order_by(func.min(rank), func.min(func.length(SearchKey.key)), SearchKey.record_id.desc())
        .limit(limit)
    )
    return [(key, found) for key, found in session.execute(query)]


_MODELS: dict[str, type[Entry]] = {
    "lawyer": Lawyer,
    "case_record": Case,
    "public_lawyer": PublicLawyer,
    "consultation": Consultation,
    "agency": Agency,
}


def _lawyers(session: Session, keys: list[int]) -> list[Hit]:
    query = (
        select(Lawyer.id, Lawyer.name, func.max(Firm.short_name))
        .outerjoin(Membership, (Membership.lawyer_id == Lawyer.id) & Membership.to_on.is_(None))
        .outerjoin(Firm, Firm.id == Membership.firm_id)
        .where(Lawyer.id.in_(keys))
        .group_by(Lawyer.id, Lawyer.name)
    )
    found = {key: Hit("lawyer", key, name, firm or "") for key, name, firm in session.execute(query)}
    return [found[key] for key in keys]


def _cases(session: Session, keys: list[int]) -> list[Hit]:
    query = select(Case.id, Case.number, Case.plaintiffs, Case.defendants).where(Case.id.in_(keys))
    found = {
        key: Hit("case_record", key, number or "（未编号）", f"{plaintiffs} 诉 {defendants}")
        for key, number, plaintiffs, defendants in session.execute(query)
    }
    return [found[key] for key in keys]


def _consultations(session: Session, keys: list[int]) -> list[Hit]:
    query = select(Consultation.id, Consultation.number, Consultation.topic).where(Consultation.id.in_(keys))
    found = {
        key: Hit("consultation", key, topic, number or "") for key, number, topic in session.execute(query)
    }
    return [found[key] for key in keys]


def _public_lawyers(session: Session, keys: list[int]) -> list[Hit]:
    query = select(PublicLawyer.id, PublicLawyer.name).where(PublicLawyer.id.in_(keys))
    names = {row.id: row.name for row in session.execute(query)}
    places = agencies_on(session, keys, today())
    return [Hit("public_lawyer", key, names[key], places.get(key, "")) for key in keys]


def _agencies(session: Session, keys: list[int]) -> list[Hit]:
    query = select(Agency).where(Agency.id.in_(keys))
    found = {a.id: Hit("agency", a.id, a.short_name, _agency_caption(a)) for a in session.scalars(query)}
    return [found[key] for key in keys]


def _agency_caption(agency: Agency) -> str:
    """Return the full name, what it was called before, and whether it is gone: any of these may have been typed."""
    past = "、".join(old.short_name for old in agency.earlier)
    words = [agency.name, f"曾用名 {past}" if past else ""]
    if agency.ended_on:
        words.append(f"{agency.ended_on} 起已{'并入其他单位' if agency.successor_id else '撤销'}")
    return "，".join(word for word in words if word)


_HITS: dict[str, Callable[[Session, list[int]], list[Hit]]] = {
    "lawyer": _lawyers,
    "public_lawyer": _public_lawyers,
    "agency": _agencies,
    "case_record": _cases,
    "consultation": _consultations,
}
"""Names before what happens to hold them."""


def keys_of(session: Session, table: str) -> dict[int, tuple[str, ...]]:
    """Return all search keys of a small table, for pickers that narrow while one types."""
    found: dict[int, list[str]] = {}
    query = select(SearchKey.record_id, SearchKey.key).where(SearchKey.table_name == table)
    for record, key in session.execute(query):
        found.setdefault(record, []).append(key)
    if table == "agency":  # and by whatever else it is called
        recogniser = agency_recogniser(session)
        for record, keys in found.items():
            keys += [word for called in recogniser.words(record) if (word := words.fold(called)) not in keys]
    return {record: tuple(keys) for record, keys in found.items()}
