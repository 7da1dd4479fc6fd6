"""Consultations (会商研判) in the words they are kept in, and as the clerk fills them in.

What is wrong with a draft is said by ``db.consultations.rules.problems``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.words.consultation import (
    Adoption,
    InvitationAnswer,
    MemberKind,
    MemberOrigin,
    PointKind,
    Risk,
    Secrecy,
    Stance,
)


class State(StrEnum):
    """How far a consultation has come; the values are the groups of the list, in its order."""

    COMING = "待召开"
    TO_WRITE = "待整理"
    DONE = "已办结"
    CANCELLED = "已取消"


SPEAKERS = frozenset({MemberKind.ADVISER, MemberKind.EXPERT})
"""Who gives opinions; the others attend as guests (列席)."""


def state_of(
    held_on: date | None,
    today: date,
    *,
    has_record: bool,
    archived_on: date | None,
    cancelled_on: date | None,
) -> State:
    """Return how far a consultation has come; on its own day it is to be written once something was recorded."""
    if cancelled_on is not None:
        return State.CANCELLED
    if archived_on is not None:
        return State.DONE
    if held_on is not None and (held_on < today or (held_on == today and has_record)):
        return State.TO_WRITE
    return State.COMING


def attended(answer: InvitationAnswer | None, arrived_at: str, *, spoke: bool) -> bool:
    """Say whether a member was there: he signed in or spoke, and was not on leave (whose opinion came in writing)."""
    return answer is not InvitationAnswer.LEAVE and (bool(arrived_at.strip()) or spoke)


def gravest_stance(stances: Iterable[Stance]) -> Stance | None:
    """Return the stance furthest from agreeing, by which a member is counted as a whole."""
    return max(stances, key=list(Stance).index, default=None)


def highest_risk(risks: Iterable[Risk | None]) -> Risk | None:
    """Return the highest risk grade given, if any was."""
    return max((r for r in risks if r is not None), key=list(Risk).index, default=None)


def agreement(risk: Risk | None, lost: bool | None) -> bool | None:
    """Say whether a member's highest risk grade agrees with the result: 高 and lost, 低 and not lost.

    Not judged (``None``): 中, no grade, and what is not decided yet.
    """
    if lost is None or risk is None or risk is Risk.MEDIUM:
        return None
    return lost is (risk is Risk.HIGH)


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question put; ``key`` is that of the stored one, so that opinions stay with it."""

    text: str
    key: int | None = None


@dataclass(frozen=True, slots=True)
class ConsultationDraft:
    """A consultation as it is convened. ``number`` is empty to have the next one given, or names a paper's own."""

    topic: str = ""
    agency_id: int | None = None
    grounds: str = ""
    facts: str = ""
    secrecy: Secrecy = Secrecy.INTERNAL
    held_on: date | None = None
    at_time: str = ""
    until_time: str = ""
    venue: str = ""
    host: str = ""
    recorder: str = ""
    signer: str = ""
    case_ids: tuple[int, ...] = ()
    questions: tuple[QuestionDraft, ...] = ()
    number: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """Somebody to be invited; of a lawyer of the pool what is left empty is taken from the roster.

    ``kind`` and ``origin`` say whom he stands for and how he came to the table.
    """

    kind: MemberKind = MemberKind.ADVISER
    origin: MemberOrigin = MemberOrigin.NAMED
    name: str = ""
    unit: str = ""
    post: str = ""
    phone: str = ""
    lawyer_id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """A draw to be held; without a ``seed`` the day and its running number are taken (20261119-3).

    ``reason`` says why members are drawn though some were drawn before.
    """

    wanted: int = 3
    speciality: str = ""
    seed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What somebody answered to the invitation; leave has its reason."""

    answer: InvitationAnswer | None = None
    answered_on: date | None = None
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SignInDraft:
    """One member on the sign-in sheet; ``arrived_at`` is HH:MM or empty, ``signed_on`` the day on his opinion sheet."""

    member_id: int
    answer: InvitationAnswer | None = None
    answer_reason: str = ""
    arrived_at: str = ""
    has_declared: bool = False
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """What a member says on a question, or on the whole (``question_id`` empty); without ``stance`` it is left out."""

    member_id: int
    question_id: int | None = None
    stance: Stance | None = None
    text: str = ""
    proposal: str = ""
    risk: Risk | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return self.stance is None and self.risk is None and not (self.text.strip() or self.proposal.strip())


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A disputed point as it was discussed."""

    kind: PointKind = PointKind.FACTS
    text: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """Something agreed to be done, by an agency of the list or a unit by name."""

    task: str = ""
    agency_id: int | None = None
    unit: str = ""
    due_on: date | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """The whole record, edited and saved at once; rows without their ``key`` are new, those left out are dropped.

    ``until_time`` is when it ended. A member without an entry in ``sign_ins`` keeps what is recorded of him.
    """

    until_time: str = ""
    sign_ins: tuple[SignInDraft, ...] = ()
    opinions: tuple[OpinionDraft, ...] = ()
    points: tuple[PointDraft, ...] = ()
    conclusion: str = ""
    risk: Risk | None = None
    follow_ups: tuple[FollowUpDraft, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """What is corrected in an archived consultation, and why; parts left empty stay as they are.

    ``members`` are stored members by key with what they should read (unit, post and phone; the name of a guest).
    """

    reason: str = ""
    convening: ConsultationDraft | None = None
    record: RecordDraft | None = None
    members: tuple[tuple[int, MemberDraft], ...] = ()


@dataclass(frozen=True, slots=True)
class CancelDraft:
    """A consultation that is not held after all."""

    reason: str = ""
    cancelled_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class DoneDraft:
    """The completion of a follow-up; ``evidence`` says what proves it."""

    done_on: date | None = None
    evidence: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AdoptionDraft:
    """What the agency did with the conclusion, and with each member's opinion (member key, adoption)."""

    adoption: Adoption | None = None
    adopted_on: date | None = None
    reason: str = ""
    members: tuple[tuple[int, Adoption | None], ...] = ()
    version: int = 0
