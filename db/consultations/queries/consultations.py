"""Reading consultations (会商研判): the list by how far each has come, and everything about one of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from db.consultations.rules.consultations import State, attended, gravest_stance, state_of
from db.models.consultation import Consultation, ConsultationCase, FollowUp, Member, Opinion
from db.office.queries.search import matching
from db.office.queries.settings import load_settings
from db.words.consultation import Adoption, Risk, Secrecy, Stance


@dataclass(frozen=True, slots=True)
class StanceCounts:
    """How many members agree, reserve and dissent."""

    agrees: int = 0
    reserves: int = 0
    dissents: int = 0

    @property
    def total(self) -> int:
        """How many took a stance."""
        return self.agrees + self.reserves + self.dissents

    @property
    def sentence(self) -> str:
        """The counts in words: 同意 3，保留 1，不同意 1."""
        counts = zip(Stance, (self.agrees, self.reserves, self.dissents), strict=True)
        return "，".join(f"{stance.value} {count}" for stance, count in counts)


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One consultation in the list. ``members`` counts who was invited, ``stances`` each speaker once, by his gravest.

    ``minutes_due_on`` is by when the record is to be archived, while it is 待整理; ``next_due_on`` the nearest day of
    an open follow-up.
    """

    key: int
    number: str
    topic: str
    state: State
    agency: str
    agency_id: int | None
    held_on: date | None
    at_time: str
    until_time: str
    venue: str
    secrecy: Secrecy
    members: int
    attended: int
    cases: int
    stances: StanceCounts
    risk: Risk | None
    adoption: Adoption | None
    follow_ups: int
    open_follow_ups: int
    next_due_on: date | None
    minutes_due_on: date | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """An agreed task (议定事项) of any consultation, open or done."""

    key: int
    consultation_id: int
    number: str
    topic: str
    task: str
    unit: str
    agency_id: int | None
    due_on: date | None
    done_on: date | None
    evidence: str
    version: int = field(default=0, compare=False)


def consultations(session: Session, today: date, text: str = "") -> list[ConsultationRow]:
    """Return all consultations that ``text`` finds, in the groups of the list.

    What is to come and to be written is in order of the day, what is over the latest first.
    """
    query = select(Consultation).where(Consultation.removed_at.is_(None))
    if text.strip():
        query = query.where(Consultation.id.in_(matching("consultation", text)))
    return sorted(_rows(session, query, today), key=_order)


def consultation_rows(session: Session, keys: Sequence[int], today: date) -> dict[int, ConsultationRow]:
    """Return a row for each key that still exists, also for those in the recycle bin."""
    query = select(Consultation).where(Consultation.id.in_(keys))
    return {row.key: row for row in _rows(session, query, today)}


def consultations_of_case(session: Session, case_id: int, today: date) -> list[ConsultationRow]:
    """Return the consultations about a case, the latest first."""
    about = select(ConsultationCase.consultation_id).where(ConsultationCase.case_id == case_id)
    query = select(Consultation).where(Consultation.removed_at.is_(None), Consultation.id.in_(about))
    return sorted(
        _rows(session, query, today), key=lambda row: (row.held_on or date.max, row.key), reverse=True
    )


def open_follow_ups(session: Session) -> list[FollowUpRow]:
    """Return what archived consultations agreed on and is not yet done, the nearest first."""
    query = _follow_ups(FollowUp.done_on.is_(None), Consultation.archived_on.is_not(None))
    query = query.options(selectinload(FollowUp.agency))
    lines = [follow_up_row(follow_up, held) for follow_up, held in session.execute(query)]
    return sorted(lines, key=lambda line: (line.due_on or date.max, line.key))


def follow_up_row(follow_up: FollowUp, held: Consultation) -> FollowUpRow:
    """Return a follow-up as lists show it."""
    return FollowUpRow(
        key=follow_up.id,
        consultation_id=held.id,
        number=held.number or "",
        topic=held.topic,
        task=follow_up.task,
        unit=follow_up.unit or (follow_up.agency.short_name if follow_up.agency else ""),
        agency_id=follow_up.agency_id,
        due_on=follow_up.due_on,
        done_on=follow_up.done_on,
        evidence=follow_up.evidence,
        version=follow_up.version,
    )


def count_stances(stances: Iterable[Stance | None]) -> StanceCounts:
    """Count stances, one for each member."""
    found = Counter(stances)
    return StanceCounts(found[Stance.AGREES], found[Stance.RESERVES], found[Stance.DISSENTS])


def _follow_ups(*conditions: ColumnElement[bool]) -> Select[FollowUp, Consultation]:
    return (
        select(FollowUp, Consultation)
        .join(Consultation, Consultation.id == FollowUp.consultation_id)
        .where(Consultation.removed_at.is_(None), Consultation.cancelled_on.is_(None), *conditions)
    )


def _order(row: ConsultationRow) -> tuple[int, bool, int, int]:
    group = list(State).index(row.state)
    day = row.held_on.toordinal() if row.held_on else 0
    is_over = row.state in {State.DONE, State.CANCELLED}
    return (group, row.held_on is None, -day if is_over else day, -row.key if is_over else row.key)


def _rows(session: Session, query: Select[Consultation], today: date) -> list[ConsultationRow]:
    found = list(session.scalars(query.options(selectinload(Consultation.agency))))
    keys = [c.id for c in found]
    facts = _Facts(
        today=today,
        minutes_days=load_settings(session).minutes_days,
        members=_members(session, keys),
        stances=stances_by_member(session, keys),
        cases=Counter(
            session.scalars(
                select(ConsultationCase.consultation_id).where(ConsultationCase.consultation_id.in_(keys))
            )
        ),
        follow_ups=_by_consultation(
            session.scalars(select(FollowUp).where(FollowUp.consultation_id.in_(keys)))
        ),
    )
    return [_row(c, facts) for c in found]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rows are made of, by consultation."""

    today: date
    minutes_days: int
    members: Mapping[int, list[Member]]
    stances: Mapping[int, Stance]  # by member
    cases: Mapping[int, int]
    follow_ups: Mapping[int, list[FollowUp]]


def _row(c: Consultation, facts: _Facts) -> ConsultationRow:
    members, tasks = facts.members.get(c.id, []), facts.follow_ups.get(c.id, [])
    there = [m for m in members if attended(m.answer, m.arrived_at, spoke=m.id in facts.stances)]
    state = state_of(
        c.held_on,
        facts.today,
        has_record=bool(there or c.conclusion),
        archived_on=c.archived_on,
        cancelled_on=c.cancelled_on,
    )
    left = [f for f in tasks if f.done_on is None]
    is_to_write = state is State.TO_WRITE and c.held_on is not None
    return ConsultationRow(
        key=c.id,
        number=c.number or "",
        topic=c.topic,
        state=state,
        agency=c.agency.called_on(c.held_on).short_name if c.agency else "",
        agency_id=c.agency_id,
        held_on=c.held_on,
        at_time=c.at_time,
        until_time=c.until_time,
        venue=c.venue,
        secrecy=c.secrecy,
        members=len(members),
        attended=len(there),
        cases=facts.cases.get(c.id, 0),
        stances=count_stances(facts.stances.get(m.id) for m in members),
        risk=c.risk,
        adoption=c.adoption,
        follow_ups=len(tasks),
        open_follow_ups=len(left),
        next_due_on=min((f.due_on for f in left if f.due_on), default=None),
        minutes_due_on=c.held_on + timedelta(days=facts.minutes_days) if is_to_write and c.held_on else None,
    )


def _members(session: Session, keys: Sequence[int]) -> dict[int, list[Member]]:
    return _by_consultation(session.scalars(select(Member).where(Member.consultation_id.in_(keys))))


def stances_by_member(session: Session, keys: Sequence[int]) -> dict[int, Stance]:
    """Return per member of these consultations the stance by which he is counted; who gave none is left out."""
    found: defaultdict[int, list[Stance]] = defaultdict(list)
    query = select(Opinion.member_id, Opinion.stance).where(Opinion.consultation_id.in_(keys))
    for member_id, stance in session.execute(query):
        found[member_id].append(stance)
    return {key: grave for key, stances in found.items() if (grave := gravest_stance(stances))}


R = TypeVar("R", Member, FollowUp)


def _by_consultation(rows: Iterable[R]) -> dict[int, list[R]]:
    found: defaultdict[int, list[R]] = defaultdict(list)
    for one in rows:
        found[one.consultation_id].append(one)
    return dict(found)
