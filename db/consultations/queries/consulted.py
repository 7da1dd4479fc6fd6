"""What each lawyer did in consultations (会商研判): where he was, what he said, what came of it.

He was at a consultation when he signed in or spoke there, unless he was on leave. It counts on its day, not when it was
called off or is in the recycle bin.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.queries.disputes import disputes
from db.consultations.rules.consultations import agreement, highest_risk
from db.law.disputes import Standing
from db.models.case import Case
from db.models.consultation import Consultation, ConsultationCase, Member, Opinion
from db.roster.queries.attended import held, was_there
from db.words.consultation import Adoption, Risk

Keys = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Consulted:
    """A lawyer's share in the consultations of a period: keys of members, of opinions where it says so.

    ``agreed`` and ``disagreed``: his highest risk grade against the final result of the disputes.
    """

    attended: Keys
    opinions: Keys
    adopted: Mapping[Adoption, Keys]
    agreed: Keys
    disagreed: Keys


def consulted(session: Session, lawyer_id: int, first: date, last: date) -> Consulted:
    """Return a lawyer's share in the consultations held between two days (both included)."""
    mine = [Member.lawyer_id == lawyer_id, *held(first, last)]
    members = session.execute(
        select(Member.id, Member.consultation_id, Member.adoption)
        .join(Consultation, Consultation.id == Member.consultation_id)
        .where(*mine)
        .order_by(Consultation.held_on, Member.id)
    ).all()
    there = set(session.scalars(_member_ids().where(*mine, was_there())))
    said: defaultdict[int, list[tuple[int, Risk | None]]] = defaultdict(list)
    query = select(Opinion.member_id, Opinion.id, Opinion.risk).order_by(Opinion.id)
    for member_id, key, risk in session.execute(query.where(Opinion.member_id.in_([m.id for m in members]))):
        said[member_id].append((key, risk))
    lost = lost_of(session, [m.consultation_id for m in members if m.id in said])
    judged = {
        m.id: agreement(highest_risk(r for _, r in said[m.id]), lost.get(m.consultation_id)) for m in members
    }
    return Consulted(
        attended=tuple(m.id for m in members if m.id in there),
        opinions=tuple(key for m in members for key, _ in said[m.id]),
        adopted={a: tuple(m.id for m in members if m.adoption is a and said[m.id]) for a in Adoption},
        agreed=tuple(key for key, right in judged.items() if right is True),
        disagreed=tuple(key for key, right in judged.items() if right is False),
    )


def attended_members(session: Session, lawyer_id: int, limit: int) -> list[int]:
    """Return the members that a lawyer was in consultations, the latest first."""
    query = (
        _member_ids()
        .where(Member.lawyer_id == lawyer_id, *held(date.min, date.max), was_there())
        .order_by(Consultation.held_on.desc(), Member.id.desc())
    )
    return list(session.scalars(query.limit(limit)))


def lost_of(session: Session, keys: Sequence[int]) -> dict[int, bool | None]:
    """Say of consultations whether the agency lost: any of the disputes, or none and all are decided; else ``None``."""
    links = session.execute(
        select(ConsultationCase.consultation_id, Case.id, Case.dispute_id)
        .join(Case, Case.id == ConsultationCase.case_id)
        .where(ConsultationCase.consultation_id.in_(keys), Case.removed_at.is_(None))
    ).all()
    about: defaultdict[int, set[int]] = defaultdict(set)
    for key, case_id, dispute_id in links:
        about[key].add(dispute_id or case_id)
    wanted = sorted({dispute for own in about.values() for dispute in own})
    standing: dict[int, Standing] = {}
    for found in disputes(session, wanted) if wanted else ():
        standing |= dict.fromkeys(found.keys, found.standing)
    firsts = {case_id: dispute_id or case_id for _, case_id, dispute_id in links}
    by_dispute = {firsts[key]: standing[key] for key in firsts if key in standing}
    return {key: _lost([by_dispute.get(d, Standing.OPEN) for d in own]) for key, own in about.items()}


def _lost(standings: Sequence[Standing]) -> bool | None:
    if Standing.LOST in standings:
        return True
    return None if {Standing.OPEN, Standing.UNKNOWN} & set(standings) else False


def _member_ids() -> Any:
    return select(Member.id).join(Consultation, Consultation.id == Member.consultation_id)
