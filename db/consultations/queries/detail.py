"""Reading everything about one consultation: what its page, its forms and its papers need."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.cases.queries.cases import cause_title
from db.cases.queries.disputes import disputes
from db.consultations.queries.consultations import (
    ConsultationRow,
    FollowUpRow,
    StanceCounts,
    consultation_rows,
    count_stances,
    follow_up_row,
)
from db.consultations.rules.consultations import (
    SPEAKERS,
    ConsultationDraft,
    FollowUpDraft,
    OpinionDraft,
    PointDraft,
    QuestionDraft,
    RecordDraft,
    SignInDraft,
    attended,
    gravest_stance,
    highest_risk,
)
from db.consultations.rules.drawing import draw
from db.consultations.rules.problems import MemberFacts
from db.consultations.rules.versions import Change, changes
from db.law.disputes import Dispute, Standing
from db.models.case import Case
from db.models.consultation import Consultation, Draw, Member, Opinion
from db.words.case import Outcome
from db.words.consultation import (
    Adoption,
    InvitationAnswer,
    MemberKind,
    MemberOrigin,
    PointKind,
    Risk,
    Stance,
)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question put (议题)."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What a member said on one question, or on the whole (``question_id`` empty)."""

    key: int
    member_id: int
    question_id: int | None
    stance: Stance
    text: str
    proposal: str
    risk: Risk | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody invited, with all that he said; ``findings`` are the warnings passed over when he was chosen."""

    key: int
    lawyer_id: int | None
    kind: MemberKind
    origin: MemberOrigin
    name: str
    unit: str
    post: str
    phone: str
    findings: tuple[str, ...]
    answer: InvitationAnswer | None
    answered_on: date | None
    answer_reason: str
    arrived_at: str
    has_declared: bool
    signed_on: date | None
    adoption: Adoption | None
    opinions: tuple[OpinionLine, ...]
    version: int = field(default=0, compare=False)

    @property
    def speaks(self) -> bool:
        """Whether opinions are asked of him; others attend as guests (列席)."""
        return self.kind in SPEAKERS

    @property
    def attended(self) -> bool:
        """Whether he was there."""
        return attended(self.answer, self.arrived_at, spoke=bool(self.opinions))

    @property
    def stance(self) -> Stance | None:
        """The stance by which he is counted as a whole: the furthest from agreeing that he took."""
        return gravest_stance(o.stance for o in self.opinions)

    @property
    def risk(self) -> Risk | None:
        """The highest risk that he saw."""
        return highest_risk(o.risk for o in self.opinions)

    def opinion(self, question_id: int | None) -> OpinionLine | None:
        """Return what he said on one question, or on the whole."""
        return next((o for o in self.opinions if o.question_id == question_id), None)


@dataclass(frozen=True, slots=True)
class PointLine:
    """A disputed point (争议焦点)."""

    key: int
    kind: PointKind
    text: str


@dataclass(frozen=True, slots=True)
class DrawEntry:
    """Somebody in the pool of a draw, drawn from it, or left out for ``reason``."""

    lawyer_id: int
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A draw as it is on record; ``repeated`` is what comes out when it is held again from the same seed and pool."""

    key: int
    drawn_on: date
    seed: str
    wanted: int
    speciality: str
    pool: tuple[DrawEntry, ...]
    excluded: tuple[DrawEntry, ...]
    drawn: tuple[DrawEntry, ...]
    repeated: tuple[DrawEntry, ...]
    reason: str = ""

    @property
    def matches(self) -> bool:
        """Whether repeating the draw gives the same members in the same order."""
        return self.drawn == self.repeated


@dataclass(frozen=True, slots=True)
class ConsultedCase:
    """A case that the consultation is about; ``standing`` and ``decided_on`` are its dispute's final result so far."""

    key: int
    number: str
    parties: str
    court: str
    cause: str
    outcome: Outcome | None
    closed_on: date | None
    standing: Standing
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """The record as it was archived (1) or corrected; ``changes`` is what differs from the version before."""

    serial: int
    made_at: datetime
    clerk: str
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ConsultationDetail:
    """Everything about one consultation; ``agency_name`` is the full name of the one that asked for it."""

    row: ConsultationRow
    version: int
    agency_name: str
    grounds: str
    facts: str
    host: str
    recorder: str
    signer: str
    conclusion: str
    cancelled_on: date | None
    cancel_reason: str
    archived_on: date | None
    adopted_on: date | None
    adoption_reason: str
    questions: tuple[QuestionLine, ...]
    members: tuple[MemberLine, ...]
    points: tuple[PointLine, ...]
    follow_ups: tuple[FollowUpRow, ...]
    draws: tuple[DrawLine, ...]
    cases: tuple[ConsultedCase, ...]
    versions: tuple[VersionLine, ...]

    @property
    def is_archived(self) -> bool:
        """Whether the record is read-only; corrections make a new version."""
        return self.archived_on is not None

    @property
    def speakers(self) -> tuple[MemberLine, ...]:
        """The members who give opinions, in order."""
        return tuple(m for m in self.members if m.speaks)

    @property
    def guests(self) -> tuple[MemberLine, ...]:
        """The members who only attend (列席), in order."""
        return tuple(m for m in self.members if not m.speaks)

    @property
    def member_facts(self) -> dict[int, MemberFacts]:
        """The members as far as the record depends on them."""
        return {
            m.key: MemberFacts(m.name, m.kind, m.attended, bool(m.opinions), m.signed_on is not None)
            for m in self.members
        }

    def counts_on(self, question_id: int | None) -> StanceCounts:
        """Return how the members stand on one question, or on the whole."""
        found = (m.opinion(question_id) for m in self.members)
        return count_stances(o.stance for o in found if o is not None)


def consultation_detail(session: Session, key: int, today: date) -> ConsultationDetail | None:
    """Return everything about one consultation, or ``None`` if it is gone."""
    c = _opened(session, key)
    if c is None:
        return None
    return ConsultationDetail(
        row=consultation_rows(session, [key], today)[key],
        version=c.version,
        agency_name=c.agency.called_on(c.held_on).name if c.agency else "",
        grounds=c.grounds,
        facts=c.facts,
        host=c.host,
        recorder=c.recorder,
        signer=c.signer,
        conclusion=c.conclusion,
        cancelled_on=c.cancelled_on,
        cancel_reason=c.cancel_reason,
        archived_on=c.archived_on,
        adopted_on=c.adopted_on,
        adoption_reason=c.adoption_reason,
        questions=tuple(QuestionLine(q.id, q.text) for q in c.questions),
        members=tuple(_member_lines(c.members, c.opinions)),
        points=tuple(PointLine(p.id, p.kind, p.text) for p in c.points),
        follow_ups=tuple(follow_up_row(f, c) for f in c.follow_ups),
        draws=tuple(draw_line(d) for d in c.draws),
        cases=tuple(_cases(session, [link.case_id for link in c.cases])),
        versions=_versions(c),
    )


def consultation_draft(session: Session, key: int) -> ConsultationDraft | None:
    """Return a consultation as its convening form wants it, or ``None`` if it is gone."""
    c = _opened(session, key)
    if c is None:
        return None
    return ConsultationDraft(
        topic=c.topic,
        agency_id=c.agency_id,
        grounds=c.grounds,
        facts=c.facts,
        secrecy=c.secrecy,
        held_on=c.held_on,
        at_time=c.at_time,
        until_time=c.until_time,
        venue=c.venue,
        host=c.host,
        recorder=c.recorder,
        signer=c.signer,
        case_ids=tuple(link.case_id for link in c.cases),
        questions=tuple(QuestionDraft(q.text, q.id) for q in c.questions),
        number=c.number or "",
        version=c.version,
    )


def record_draft(session: Session, key: int) -> RecordDraft | None:
    """Return the record of a consultation as its form wants it, or ``None`` if it is gone."""
    c = _opened(session, key)
    if c is None:
        return None
    return RecordDraft(
        until_time=c.until_time,
        sign_ins=tuple(
            SignInDraft(m.id, m.answer, m.answer_reason, m.arrived_at, m.has_declared, m.signed_on)
            for m in c.members
        ),
        opinions=tuple(
            OpinionDraft(o.member_id, o.question_id, o.stance, o.text, o.proposal, o.risk) for o in c.opinions
        ),
        points=tuple(PointDraft(p.kind, p.text, p.id) for p in c.points),
        conclusion=c.conclusion,
        risk=c.risk,
        follow_ups=tuple(FollowUpDraft(f.task, f.agency_id, f.unit, f.due_on, f.id) for f in c.follow_ups),
        version=c.version,
    )


def draw_line(d: Draw) -> DrawLine:
    """Return a draw as it is on record, and as it comes out when it is repeated (复核)."""
    pool = {entry["id"]: DrawEntry(entry["id"], entry["name"]) for entry in d.pool}
    return DrawLine(
        key=d.id,
        drawn_on=d.drawn_on,
        seed=d.seed,
        wanted=d.wanted,
        speciality=d.speciality,
        pool=tuple(pool.values()),
        excluded=tuple(DrawEntry(e["id"], e["name"], e["reason"]) for e in d.excluded),
        drawn=tuple(pool.get(key, DrawEntry(key, f"（编号 {key}）")) for key in d.drawn),
        repeated=tuple(pool[key] for key in draw(d.seed, list(pool), d.wanted)),
        reason=d.reason,
    )


def _opened(session: Session, key: int) -> Consultation | None:
    c = session.get(Consultation, key)
    return None if c is None or c.removed_at is not None else c


def _member_lines(members: Sequence[Member], opinions: Sequence[Opinion]) -> list[MemberLine]:
    said: defaultdict[int, list[OpinionLine]] = defaultdict(list)
    for o in opinions:
        line = OpinionLine(o.id, o.member_id, o.question_id, o.stance, o.text, o.proposal, o.risk)
        said[o.member_id].append(line)
    return [
        MemberLine(
            key=m.id,
            lawyer_id=m.lawyer_id,
            kind=m.kind,
            origin=m.origin,
            name=m.name,
            unit=m.unit,
            post=m.post,
            phone=m.phone,
            findings=tuple(m.findings.splitlines()),
            answer=m.answer,
            answered_on=m.answered_on,
            answer_reason=m.answer_reason,
            arrived_at=m.arrived_at,
            has_declared=m.has_declared,
            signed_on=m.signed_on,
            adoption=m.adoption,
            opinions=tuple(said[m.id]),
            version=m.version,
        )
        for m in members
    ]


def _cases(session: Session, keys: Sequence[int]) -> list[ConsultedCase]:
    query = select(Case).where(Case.id.in_(keys)).options(selectinload(Case.court), selectinload(Case.cause))
    found = {case.id: case for case in session.scalars(query)}
    results = results_of(session, [case.dispute_id or case.id for case in found.values()])
    return [_case(found[key], results) for key in keys if key in found]


def results_of(session: Session, dispute_ids: Sequence[int]) -> dict[int, Dispute]:
    """Return disputes by the key of each of their instances."""
    found = disputes(session, dispute_ids) if dispute_ids else []
    return {key: dispute for dispute in found for key in dispute.keys}


def _case(case: Case, results: Mapping[int, Dispute]) -> ConsultedCase:
    final = results.get(case.id)
    return ConsultedCase(
        key=case.id,
        number=case.number or "（未编号）",
        parties=f"{case.plaintiffs} 诉 {case.defendants}",
        court=case.court.short_name if case.court else "",
        cause=cause_title(case),
        outcome=case.outcome,
        closed_on=case.closed_on,
        standing=final.standing if final else Standing.OPEN,
        decided_on=final.decided_on if final else None,
    )


def _versions(c: Consultation) -> tuple[VersionLine, ...]:
    lines, before = [], None
    for v in c.versions:
        found = changes(before, v.content) if before is not None else ()
        lines.append(VersionLine(v.serial, v.made_at, v.clerk, v.reason, found))
        before = v.content
    return tuple(lines)
