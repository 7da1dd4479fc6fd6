"""The whole record of a consultation as plain values: what is kept as a version when it is archived.

Everything that was said and decided is in it; adoption, the completion of follow-ups and files come afterwards and
are not. Names of other records stand beside their keys, as they were written then.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.consultations.rules.drawing import repeats
from db.consultations.rules.versions import same_record
from db.models.agency import Agency
from db.models.case import Case
from db.models.consultation import (
    Consultation,
    ConsultationCase,
    ConsultationVersion,
    Draw,
    FollowUp,
    Member,
    Opinion,
    Point,
    Question,
)

HEADING = (
    "number",
    "topic",
    "grounds",
    "facts",
    "secrecy",
    "held_on",
    "at_time",
    "until_time",
    "venue",
    "host",
    "recorder",
    "signer",
    "conclusion",
    "risk",
)
MEMBER = (
    "id",
    "lawyer_id",
    "kind",
    "origin",
    "name",
    "unit",
    "post",
    "phone",
    "findings",
    "answer",
    "answered_on",
    "answer_reason",
    "arrived_at",
    "has_declared",
    "signed_on",
)
OPINION = ("member_id", "question_id", "stance", "text", "proposal", "risk")
DRAW = ("id", "drawn_on", "seed", "wanted", "speciality", "pool", "excluded", "drawn")
Content = dict[str, Any]


def contents(session: Session, keys: Sequence[int]) -> dict[int, Content]:
    """Return the records of consultations as they are now."""
    cases, case_names = _by_key(session, ConsultationCase, keys), _case_names(session, keys)
    questions, points = _by_key(session, Question, keys), _by_key(session, Point, keys)
    members, opinions = _by_key(session, Member, keys), _by_key(session, Opinion, keys)
    tasks, draws = _by_key(session, FollowUp, keys), _by_key(session, Draw, keys)
    found = list(session.scalars(select(Consultation).where(Consultation.id.in_(keys))))
    agencies = _agency_names(session, found, [task for own in tasks.values() for task in own])
    return {
        c.id: {
            **_values(c, HEADING),
            "agency": _named(agencies, c.agency_id),
            "cases": [{"id": link.case_id, **case_names[link.case_id]} for link in cases[c.id]],
            "questions": [_values(q, ("id", "text")) for q in questions[c.id]],
            "members": [_values(m, MEMBER) for m in members[c.id]],
            "opinions": _opinions(opinions[c.id], members[c.id]),
            "points": [_values(p, ("id", "kind", "text")) for p in points[c.id]],
            "follow_ups": [
                {**_values(f, ("id", "task", "unit", "due_on")), "agency": _named(agencies, f.agency_id)}
                for f in tasks[c.id]
            ],
            "draws": [_values(d, DRAW) | ({"reason": d.reason} if d.reason else {}) for d in draws[c.id]],
        }
        for c in found
    }


def altered(session: Session, keys: Iterable[int]) -> list[Consultation]:
    """Return those of the archived consultations that are no longer what their latest version says."""
    wanted = sorted(set(keys))
    latest = latest_versions(session, wanted)
    now = contents(session, list(latest))
    query = select(Consultation).where(Consultation.id.in_(list(latest))).order_by(Consultation.id)
    return [
        c
        for c in session.scalars(query)
        if c.archived_on is None or not same_record(now[c.id], latest[c.id].content)
    ]


def latest_versions(session: Session, keys: Sequence[int]) -> dict[int, ConsultationVersion]:
    """Return the version in force of each of these consultations that was archived."""
    query = (
        select(ConsultationVersion)
        .where(ConsultationVersion.consultation_id.in_(keys))
        .order_by(ConsultationVersion.serial)
    )
    return {version.consultation_id: version for version in session.scalars(query)}


def archive_troubles(session: Session) -> list[str]:
    """Return a sentence for each archived consultation that is not what its versions say."""
    found = []
    serials: defaultdict[int, list[int]] = defaultdict(list)
    for key, serial in session.execute(
        select(ConsultationVersion.consultation_id, ConsultationVersion.serial).order_by(
            ConsultationVersion.serial
        )
    ):
        serials[key].append(serial)
    names = {
        c.id: c for c in session.scalars(select(Consultation).where(Consultation.archived_on.is_not(None)))
    }
    found += [f"{_said(c)}已归档，却没有归档版本" for key, c in names.items() if key not in serials]
    found += [
        f"会商 {key} 的版本号不连续：{'、'.join(map(str, own))}"
        for key, own in serials.items()
        if own != list(range(1, len(own) + 1))
    ]
    return found + [f"{_said(c)}与归档的最新版本不一致" for c in altered(session, serials)]


def draw_troubles(session: Session) -> list[str]:
    """Return a sentence for each draw that does not come out the same when it is repeated."""
    return [
        f"会商 {d.consultation_id} 的抽取（种子 {d.seed}）复核结果不一致"
        for d in session.scalars(select(Draw).order_by(Draw.id))
        if not repeats(d.seed, [entry["id"] for entry in d.pool], d.wanted, d.drawn)
    ]


R = TypeVar("R", ConsultationCase, Question, Point, Member, Opinion, FollowUp, Draw)


def _by_key(session: Session, model: type[R], keys: Sequence[int]) -> defaultdict[int, list[R]]:
    """Return the rows of consultations in their own order."""
    columns = model.table().c
    order = (columns.place, columns.id) if "place" in columns else (columns.id,)
    found: defaultdict[int, list[R]] = defaultdict(list)
    query = select(model).where(model.consultation_id.in_(keys)).order_by(*order)
    for row in session.scalars(query):
        found[row.consultation_id].append(row)
    return found


def _opinions(opinions: Sequence[Opinion], members: Sequence[Member]) -> list[Content]:
    """Return opinions in the order of the members and questions, so that the order of entry does not matter."""
    places = {m.id: place for place, m in enumerate(members)}
    names = {m.id: m.name for m in members}
    ordered = sorted(opinions, key=lambda o: (places.get(o.member_id, 0), o.question_id or 0))
    return [{"member": names.get(o.member_id, ""), **_values(o, OPINION)} for o in ordered]


def _values(row: Any, names: Sequence[str]) -> Content:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _named(names: dict[int, str], key: int | None) -> Content | None:
    return None if key is None else {"id": key, "name": names.get(key, "")}


def _agency_names(
    session: Session, found: Sequence[Consultation], tasks: Sequence[FollowUp]
) -> dict[int, str]:
    keys = {c.agency_id for c in found} | {task.agency_id for task in tasks}
    query = select(Agency.id, Agency.name).where(Agency.id.in_(keys))
    return {key: name for key, name in session.execute(query)}  # noqa: C416 - rows become a plain dict


def _case_names(session: Session, keys: Sequence[int]) -> dict[int, Content]:
    linked = select(ConsultationCase.case_id).where(ConsultationCase.consultation_id.in_(keys))
    query = select(Case.id, Case.number, Case.plaintiffs, Case.defendants).where(Case.id.in_(linked))
    return {
        key: {"number": number, "parties": f"{plaintiffs} 诉 {defendants}"}
        for key, number, plaintiffs, defendants in session.execute(query)
    }


def _said(c: Consultation) -> str:
    return f"会商“{c.number or c.topic}”"
