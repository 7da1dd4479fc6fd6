"""Whether somebody stands in the pool and in the registry of public lawyers at once (律师法第十一条第一款)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.agencies.queries.staff import agencies_on
from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.spans import Span
from db.formats.text import one_line
from db.models.appointment import Appointment
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.public_lawyer import Certificate, PublicLawyer
from db.roster.rules.lawyers import Term

ARTICLE = "律师法第十一条第一款"


@dataclass(frozen=True, slots=True)
class Person:
    """What tells one person from another."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    licence: str = ""

    def tidy(self) -> "Person":
        """Return the same as it is kept."""
        return Person(
            one_line(self.name),
            numbers.normalise_phone(self.phone),
            numbers.digits(self.id_number).upper(),
            numbers.format_licence(self.licence),
        )


@dataclass(frozen=True, slots=True)
class Twin:
    """A record in the other list that is, or may be, the same person; ``field`` is what they share."""

    key: int
    name: str
    place: str  # firm or agency
    field: str

    @property
    def is_certain(self) -> bool:
        """Whether a number says so; name and phone alone only make one look."""
        return self.field != "name"


SHARED = {"id_number": "身份证号", "licence": "证号", "name": "姓名和电话"}


def pool_twin(session: Session, person: Person, today: date) -> Twin | None:
    """Return the lawyer of the pool, with a term that runs or is to come, who is this person."""
    person = person.tidy()
    query = select(Lawyer).where(Lawyer.removed_at.is_(None), _alike(Lawyer, person))
    found = list(session.scalars(query))
    terms = select(Appointment).where(Appointment.lawyer_id.in_([x.id for x in found]))
    serving = {
        a.lawyer_id
        for a in session.scalars(terms)
        if (term := Term(a.from_on, a.to_on, a.ended_on)).last_on >= today and not term.is_void
    }
    firms = (
        select(Membership.lawyer_id, Firm.short_name)
        .join(Firm, Firm.id == Membership.firm_id)
        .where(Membership.lawyer_id.in_(serving), Membership.to_on.is_(None))
    )
    firm = {row.lawyer_id: row.short_name for row in session.execute(firms)}
    return _best(person, {x.id: (x, firm.get(x.id, "")) for x in found if x.id in serving})


def registry_twin(session: Session, person: Person, today: date) -> Twin | None:
    """Return the public lawyer, unless his certificates are all over, who is this person."""
    person = person.tidy()
    query = select(PublicLawyer).where(PublicLawyer.removed_at.is_(None), _alike(PublicLawyer, person))
    found = list(session.scalars(query))
    present = _present(session, [x.id for x in found], today)
    places = agencies_on(session, present, today)
    return _best(person, {x.id: (x, places.get(x.id, "")) for x in found if x.id in present})


def public_lawyers_among(session: Session, people: Mapping[int, Person], today: date) -> dict[int, Twin]:
    """Return who of these people of the pool is, or may be, a public lawyer: two queries, whatever their number."""
    query = select(PublicLawyer).where(PublicLawyer.removed_at.is_(None))
    registry = list(session.scalars(query)) if people else []
    by_number: dict[tuple[str, str], PublicLawyer] = {}
    for x in registry:
        for field, value in (("id_number", x.id_number), ("licence", x.licence or "")):
            if value:
                by_number[field, value] = x
        if x.name and x.phone:
            by_number["name", f"{x.name} {x.phone}"] = x
    alike: dict[int, tuple[PublicLawyer, str]] = {}
    for key, person in people.items():
        p = person.tidy()
        for field, value in (
            ("id_number", p.id_number),
            ("licence", p.licence),
            ("name", f"{p.name} {p.phone}" if p.phone else ""),
        ):
            if value and (field, value) in by_number:
                alike[key] = (by_number[field, value], field)
                break
    present = _present(session, [x.id for x, _ in alike.values()], today)
    places = agencies_on(session, present, today)
    return {
        key: Twin(x.id, x.name, places.get(x.id, ""), field)
        for key, (x, field) in alike.items()
        if x.id in present
    }


def pool_problem(twin: Twin | None) -> list[Problem]:
    """Say, of a public lawyer's draft, that he serves in the pool."""
    if twin is None:
        return []
    place = f"{twin.place}的" if twin.place else ""
    if twin.is_certain:
        text = (
            f"与顾问库中聘期未满的{place}律师{twin.name}{SHARED[twin.field]}相同。公务员不得兼任执业律师"
            f"（{ARTICLE}），不能同时登记为公职律师。请先解聘出库，或核对证号。"
        )
        return [Problem(twin.field, text)]
    text = f"与顾问库中聘期未满的{place}律师{twin.name}姓名、电话都相同，请核对是否同一人（{ARTICLE}）。"
    return [Problem("name", text, Severity.WARNING)]


def registry_problem(twin: Twin | None) -> list[Problem]:
    """Say, of a draft of the pool, that he is registered as a public lawyer."""
    if twin is None:
        return []
    place = f"{twin.place}的" if twin.place else ""
    if twin.is_certain:
        text = (
            f"与已登记的{place}公职律师{twin.name}{SHARED[twin.field]}相同。公务员不得兼任执业律师"
            f"（{ARTICLE}），不能聘入顾问库。请核对；已离任的，请先在公职律师名册登记注销或收回。"
        )
        return [Problem(twin.field, text)]
    text = f"与已登记的{place}公职律师{twin.name}姓名、电话都相同，请核对是否同一人（{ARTICLE}）。"
    return [Problem("name", text, Severity.WARNING)]


def _alike(model: type[Lawyer] | type[PublicLawyer], person: Person) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [
        (model.name == person.name) & (model.phone == person.phone) & (model.phone != "")
    ]
    if person.id_number:
        found.append(model.id_number == person.id_number)
    if person.licence:
        found.append(model.licence == person.licence)
    return or_(*found)


def _best(person: Person, found: Mapping[int, tuple[Lawyer | PublicLawyer, str]]) -> Twin | None:
    """Return the twin that a number makes certain, else one by name and phone."""
    for field in ("id_number", "licence", "name"):
        for key, (x, place) in found.items():
            wanted = getattr(person, field)
            if wanted and getattr(x, field) == wanted and (field != "name" or x.phone == person.phone):
                return Twin(key, x.name, place, field)
    return None


def _present(session: Session, keys: Iterable[int], today: date) -> set[int]:
    """Return those of the public lawyers whose certificates are not all over; without any they are there too."""
    keys = set(keys)
    had: dict[int, list[Span]] = {}
    for c in session.scalars(select(Certificate).where(Certificate.public_lawyer_id.in_(keys))):
        span = Span(from_on=c.from_on, to_on=c.to_on, ended_on=c.ended_on)
        had.setdefault(c.public_lawyer_id, []).append(span)
    return {key for key in keys if key not in had or any(s.last_on >= today for s in had[key])}
