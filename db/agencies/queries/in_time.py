"""What agencies were on a day: whether they existed, what they were called, what binds people to them, what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.agencies.rules.agencies import Existing, Tie, defendant_note, end_sentence
from db.agencies.rules.in_time import AgencyInTime
from db.formats import text as words
from db.formats.names_in_time import Bygone, Called, called_on
from db.formats.recognise.agencies import AgencyRecogniser, KnownAgency
from db.models.agency import Agency, AgencyName
from db.models.public_lawyer import AgencyContract, InternalAdviser, Posting, PublicLawyer, Sharing

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of some agencies, now and before."""

    present: Mapping[int, Called]
    earlier: Mapping[int, tuple[AgencyName, ...]]

    def on(self, key: int, day: date | None) -> Called:
        """Return what agency ``key`` was called on a day; ``None`` asks for the present names."""
        now = self.present.get(key)
        if now is None:
            return Called("", "")
        return called_on(now.name, now.short_name, self.earlier.get(key, ()), day)

    def full(self, key: int, day: date | None) -> str:
        """Return the full name of a day."""
        return self.on(key, day).name

    def short(self, key: int, day: date | None) -> str:
        """Return the short name of a day."""
        return self.on(key, day).short_name


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an agency: on which day, what, by which paper; ``agency_id`` is the other one."""

    on: date
    text: str
    paper: str
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class TieRow:
    """Somebody who is bound to an agency on or after a day.

    ``hindrance`` says why the tie cannot go on with the successor; then it ends.
    """

    tie: Tie
    key: int
    who: str
    term: str
    hindrance: str = ""


def exists_on(day: date) -> ColumnElement[bool]:
    """The condition that an agency exists on a day."""
    return (Agency.founded_on.is_(None) | (Agency.founded_on <= day)) & (
        Agency.ended_on.is_(None) | (Agency.ended_on > day)
    )


def names_of(session: Session, keys: Iterable[int] | None = None) -> Names:
    """Return the names of these agencies (of all, without ``keys``), now and before; two statements."""
    now = select(Agency.id, Agency.name, Agency.short_name)
    before = select(AgencyName)
    if keys is not None:
        wanted = set(keys)
        now, before = now.where(Agency.id.in_(wanted)), before.where(AgencyName.agency_id.in_(wanted))
    earlier: dict[int, tuple[AgencyName, ...]] = {}
    for old in session.scalars(before.order_by(AgencyName.to_on)):
        earlier[old.agency_id] = (*earlier.get(old.agency_id, ()), old)
    return Names({key: Called(name, short) for key, name, short in session.execute(now)}, earlier)


def agency_recogniser(session: Session) -> AgencyRecogniser:
    """Return who knows the agencies on record by whatever they are called; three statements."""
    names = names_of(session)
    query = select(Agency.id, Agency.founded_on, Agency.ended_on).where(Agency.removed_at.is_(None))
    return AgencyRecogniser(
        KnownAgency(
            row.id,
            names.present[row.id].name,
            names.present[row.id].short_name,
            tuple(Bygone(old.name, old.short_name, old.to_on) for old in names.earlier.get(row.id, ())),
            row.founded_on,
            row.ended_on,
        )
        for row in session.execute(query.order_by(Agency.place, Agency.id))
    )


def existing(session: Session, key: int | None) -> Existing | None:
    """Return what the rules must know of an agency, or ``None`` if it is gone."""
    agency = session.get(Agency, key) if key is not None else None
    if agency is None or agency.removed_at is not None:
        return None
    renamed_on = max((old.to_on + ONE_DAY for old in agency.earlier), default=None)
    return Existing(agency.name, agency.short_name, agency.founded_on, agency.ended_on, renamed_on)


def history(session: Session, key: int) -> list[Step]:
    """Return what happened to an agency, the latest first: founded, renamed, others that came to it, its end."""
    agency = session.get(Agency, key)
    if agency is None:
        return []
    steps = [Step(agency.founded_on, "设立", "")] if agency.founded_on else []
    shorts = [*(old.short_name for old in agency.earlier), agency.short_name]
    steps += [
        Step(old.to_on + ONE_DAY, f"由{old.short_name}更名为{new}", old.paper)
        for old, new in zip(agency.earlier, shorts[1:], strict=True)
    ]
    came = select(Agency).where(Agency.successor_id == key, Agency.removed_at.is_(None))
    for other in session.scalars(came):
        if other.ended_on:
            text = f"{other.called_on(other.ended_on - ONE_DAY).short_name}并入"
            steps.append(Step(other.ended_on, text, other.end_paper, other.id))
    if agency.ended_on:
        successor = names_of(session, [agency.successor_id]) if agency.successor_id else None
        into = successor.short(agency.successor_id or 0, agency.ended_on) if successor else ""
        text = f"并入{into}" if into else agency.end_reason or "撤销"
        steps.append(Step(agency.ended_on, text, agency.end_paper, agency.successor_id))
    return sorted(steps, key=lambda step: step.on, reverse=True)


def end_note(session: Session, key: int) -> str:
    """Return how an agency ended in one sentence, or nothing if it goes on."""
    agency = session.get(Agency, key)
    if agency is None or agency.ended_on is None:
        return ""
    into = _successor_name(session, agency)
    return end_sentence(agency.short_name, agency.ended_on, into, agency.end_reason)


def defendant_notes(session: Session, keys: Iterable[int], today: date) -> list[str]:
    """Return a sentence for each of these agencies whose work another one goes on with by today."""
    query = select(Agency).where(
        Agency.id.in_(set(keys)), Agency.ended_on <= today, Agency.successor_id.is_not(None)
    )
    return [
        defendant_note(a.short_name, a.ended_on, _successor_name(session, a))
        for a in session.scalars(query.order_by(Agency.place, Agency.id))
        if a.ended_on
    ]


def ties(session: Session, key: int, day: date, successor_id: int | None = None) -> list[TieRow]:
    """Return everything that binds people to an agency on or after ``day``, with what keeps it from going on."""
    there = _people_at(session, successor_id, day) if successor_id else frozenset()
    return [
        *_postings(session, key, day, successor_id),
        *_sharings(session, key, day, there),
        *_advisers(session, key, day),
        *_contracts(session, key, day),
    ]


def _successor_name(session: Session, agency: Agency) -> str:
    """Return the successor's name of today, and who came after it if it has ended since."""
    seen = {agency.id}
    following = session.get(Agency, agency.successor_id) if agency.successor_id else None
    name = following.short_name if following else ""
    while following and following.successor_id and following.successor_id not in seen:
        seen.add(following.id)
        following = session.get(Agency, following.successor_id)
        name = following.short_name if following else name
    return name


def _people_at(session: Session, agency_id: int, day: date) -> frozenset[int]:
    """Return the public lawyers who work in an agency, or are lent to it, on or after a day."""
    own = select(Posting.public_lawyer_id).where(
        Posting.agency_id == agency_id, or_(Posting.to_on.is_(None), Posting.to_on >= day)
    )
    lent = select(Sharing.public_lawyer_id).where(
        Sharing.agency_id == agency_id,
        Sharing.removed_at.is_(None),
        or_(Sharing.to_on.is_(None), Sharing.to_on >= day),
        or_(Sharing.ended_on.is_(None), Sharing.ended_on > day),
    )
    return frozenset(session.scalars(own)) | frozenset(session.scalars(lent))


def _postings(session: Session, key: int, day: date, successor_id: int | None) -> list[TieRow]:
    query = (
        select(Posting, PublicLawyer.name)
        .join(PublicLawyer, PublicLawyer.id == Posting.public_lawyer_id)
        .where(Posting.agency_id == key, or_(Posting.to_on.is_(None), Posting.to_on >= day))
        .where(PublicLawyer.removed_at.is_(None))
        .order_by(PublicLawyer.sort_key, Posting.id)
    )
    own = set(
        session.scalars(
            select(Posting.public_lawyer_id).where(
                Posting.agency_id == successor_id, or_(Posting.to_on.is_(None), Posting.to_on >= day)
            )
        )
    )
    return [
        TieRow(
            Tie.POSTING,
            p.id,
            name,
            " ".join(part for part in (p.department, p.post, _term(p.from_on, p.to_on)) if part),
            "已在承接单位任职" if p.public_lawyer_id in own else "",
        )
        for p, name in session.execute(query)
    ]


def _sharings(session: Session, key: int, day: date, there: frozenset[int]) -> list[TieRow]:
    query = (
        select(Sharing, PublicLawyer.name)
        .join(PublicLawyer, PublicLawyer.id == Sharing.public_lawyer_id)
        .where(Sharing.agency_id == key, Sharing.removed_at.is_(None))
        .where(or_(Sharing.to_on.is_(None), Sharing.to_on >= day))
        .where(or_(Sharing.ended_on.is_(None), Sharing.ended_on > day))
        .order_by(PublicLawyer.sort_key, Sharing.id)
    )
    return [
        TieRow(
            Tie.SHARING,
            s.id,
            name,
            " ".join(part for part in (s.paper, _term(s.from_on, s.to_on)) if part),
            "已在承接单位任职或统筹" if s.public_lawyer_id in there else "",
        )
        for s, name in session.execute(query)
    ]


def _advisers(session: Session, key: int, day: date) -> list[TieRow]:
    query = (
        select(InternalAdviser)
        .where(InternalAdviser.agency_id == key, InternalAdviser.removed_at.is_(None))
        .where(or_(InternalAdviser.to_on.is_(None), InternalAdviser.to_on >= day))
        .order_by(InternalAdviser.sort_key, InternalAdviser.id)
    )
    return [
        TieRow(
            Tie.ADVISER,
            a.id,
            a.name,
            " ".join(part for part in (a.department, a.post, _term(a.from_on, a.to_on)) if part),
        )
        for a in session.scalars(query)
    ]


def _contracts(session: Session, key: int, day: date) -> list[TieRow]:
    query = (
        select(AgencyContract)
        .where(AgencyContract.agency_id == key, AgencyContract.removed_at.is_(None))
        .where(or_(AgencyContract.to_on.is_(None), AgencyContract.to_on >= day))
        .where(or_(AgencyContract.ended_on.is_(None), AgencyContract.ended_on > day))
        .order_by(AgencyContract.from_on, AgencyContract.id)
    )
    return [
        TieRow(
            Tie.CONTRACT,
            c.id,
            c.provider,
            " ".join(part for part in (c.number, _term(c.from_on, c.to_on)) if part),
        )
        for c in session.scalars(query)
    ]


def _term(from_on: date | None, to_on: date | None) -> str:
    if from_on is None and to_on is None:
        return ""
    return f"{from_on or '……'} 至 {to_on or '今'}"


def agencies_in_time(session: Session, names: Names | None = None) -> dict[int, AgencyInTime]:
    """Return all agencies with their names of all times; three statements, or one where ``names`` are read already."""
    names = names or names_of(session)
    a = Agency
    query = select(a.id, a.name, a.short_name, a.founded_on, a.ended_on, a.successor_id, a.end_reason).where(
        a.removed_at.is_(None)
    )
    found = {}
    for row in session.execute(query):
        into = names.short(row.successor_id, row.ended_on) if row.successor_id else ""
        found[row.id] = AgencyInTime(
            key=row.id,
            name=row.name,
            short_name=row.short_name,
            earlier=tuple(
                Bygone(old.name, old.short_name, old.to_on) for old in names.earlier.get(row.id, ())
            ),
            founded_on=row.founded_on,
            ended_on=row.ended_on,
            end=end_sentence(row.short_name, row.ended_on, into, row.end_reason) if row.ended_on else "",
        )
    return found


def agencies_called(session: Session, typed: str) -> tuple[int, ...]:
    """Return the agencies that may be meant by what was typed: 区人社局, 柯城公安分局."""
    is_name = len(words.fold(typed)) > 2 and not typed.isascii()  # noqa: PLR2004 - fewer signs are part of a name
    return agency_recogniser(session).of(typed).keys if is_name else ()
