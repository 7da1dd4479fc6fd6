"""What was said and decided in a consultation: saved as often as one likes, archived once, then corrected by versions."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.base import Record
from db.consultations.acts.members import put_member
from db.consultations.acts.rows import (
    delete_all,
    gone,
    present,
    put_cases,
    put_heading,
    put_number,
    put_questions,
    put_rows,
    writable,
)
from db.consultations.queries.content import contents, latest_versions
from db.consultations.queries.detail import record_draft
from db.consultations.rules.consultations import (
    CorrectionDraft,
    OpinionDraft,
    RecordDraft,
    SignInDraft,
    attended,
)
from db.consultations.rules.problems import (
    MemberFacts,
    archive_problems,
    convening_problems,
    correction_problems,
    record_problems,
)
from db.consultations.rules.versions import same_record
from db.errors import Invalid, Problem, UserError
from db.journal import forbid_undo, touch
from db.models.agency import Agency
from db.models.case import Case
from db.models.consultation import (
    Consultation,
    ConsultationVersion,
    FollowUp,
    Member,
    Opinion,
    Point,
    Question,
)
from db.models.journal import JournalRow
from db.models.lawyer import Lawyer
from db.office.acts.common import refuse
from db.office.acts.warnings import keep_warnings


def save_record(session: Session, key: int, draft: RecordDraft, today: date) -> None:
    """Keep the whole record as it stands now; what did not change is left alone. Raises ``Invalid`` or ``Conflict``."""
    c = writable(session, key, draft.version)
    _put_record(session, c, draft, today)


def archive(session: Session, key: int, version: int, today: date) -> None:
    """Close the record: from now on it equals its first version, and changes only by a correction.

    That cannot be taken back. Raises ``Invalid`` for what a whole record still lacks.
    """
    c = writable(session, key, version)
    session.info["undoable"] = False
    problems = _whole_problems(session, c, today)
    refuse(problems)
    keep_warnings(session, "consultation", key, problems, today)
    c.archived_on = today
    _close_earlier_acts(session, c)
    _add_version(session, c, 1, "归档")


def correct(session: Session, key: int, draft: CorrectionDraft, version: int, today: date) -> int:
    """Correct an archived record for a reason; return the number of the version that this makes.

    The version before stays as it was, and the correction cannot be taken back. Raises ``Invalid`` when the reason is
    missing or nothing differs.
    """
    c = present(session, key, version)
    if c.archived_on is None:
        raise UserError("这次会商还没有归档，可以直接修改，不需要更正。")
    session.info["undoable"] = False
    refuse(correction_problems(draft))
    before = latest_versions(session, [key])[key]
    for member_id, wanted in draft.members:
        member = session.get(Member, member_id)
        if member is None or member.consultation_id != key:
            raise gone()
        put_member(member, wanted)
    if draft.convening is not None:
        refuse(convening_problems(draft.convening))
        put_heading(c, draft.convening)
        put_number(session, c, draft.convening)
        put_cases(session, c, draft.convening.case_ids)
        put_questions(session, c, draft.convening.questions)
        session.flush()
    if draft.record is not None:
        _put_record(session, c, draft.record, today)
    session.flush()
    refuse(_whole_problems(session, c, today))
    if same_record(contents(session, [key])[key], before.content):
        raise Invalid([Problem("reason", "内容与归档的记录相同，没有需要更正的地方。")])
    _add_version(session, c, before.serial + 1, draft.reason.strip())
    return before.serial + 1


def _whole_problems(session: Session, c: Consultation, today: date) -> list[Problem]:
    """Say what is wrong with the record as it stands now, as one that is closed."""
    session.expire(c, ["questions", "members", "opinions", "points", "follow_ups"])
    draft, members = record_draft(session, c.id) or RecordDraft(), _members(session, c.id)
    questions = _questions(session, c.id)
    found = record_problems(draft, members, questions, c.at_time, c.held_on, today)
    return [*found, *archive_problems(draft, members)]


def _close_earlier_acts(session: Session, c: Consultation) -> None:
    """Let 撤销 pass over what was done before archiving: it could only be refused, and would block what lies before.

    That is all that was done to the consultation, and the entering of the cases, agencies and lawyers that it names.
    """
    entered: tuple[tuple[type[Record], set[int | None]], ...] = (
        (Case, {link.case_id for link in c.cases}),
        (Agency, {c.agency_id, *(task.agency_id for task in c.follow_ups)}),
        (Lawyer, {member.lawyer_id for member in c.members}),
    )
    closed = [_acts_on(Consultation, {c.id})]
    closed += [_acts_on(model, keys).where(JournalRow.before.is_(None)) for model, keys in entered]
    for acts in closed:
        forbid_undo(session, session.scalars(acts.distinct()).all())


def _acts_on(model: type[Record], keys: set[int | None]) -> Select[int]:
    return select(JournalRow.gesture_id).where(
        JournalRow.table_name == model.__tablename__, JournalRow.key.in_(keys - {None})
    )


def _add_version(session: Session, c: Consultation, serial: int, reason: str) -> None:
    touch(c)
    session.flush()
    session.add(
        ConsultationVersion(
            consultation_id=c.id,
            serial=serial,
            made_at=datetime.now(UTC),
            clerk=session.info["hand"].clerk,
            reason=reason,
            content=contents(session, [c.id])[c.id],
        )
    )


def _put_record(session: Session, c: Consultation, draft: RecordDraft, today: date) -> None:
    questions = _questions(session, c.id)
    problems = record_problems(draft, _members(session, c.id), questions, c.at_time, c.held_on, today)
    refuse(problems)
    c.until_time, c.conclusion, c.risk = draft.until_time.strip(), draft.conclusion.strip(), draft.risk
    _put_sign_ins(session, c.id, draft.sign_ins, today)
    _put_opinions(session, c.id, draft.opinions)
    points = [(p.key, {"kind": p.kind, "text": p.text.strip()}) for p in draft.points if p.text.strip()]
    delete_all(session, put_rows(session, Point, c.id, points))
    _put_follow_ups(session, c.id, draft)
    touch(c)
    session.flush()


def _put_sign_ins(session: Session, key: int, drafts: tuple[SignInDraft, ...], today: date) -> None:
    members = {m.id: m for m in session.scalars(select(Member).where(Member.consultation_id == key))}
    for sign in drafts:
        member = members[sign.member_id]
        if sign.answer is not member.answer:
            member.answered_on = today if sign.answer is not None else None
        member.answer, member.answer_reason = sign.answer, sign.answer_reason.strip()
        member.arrived_at, member.has_declared = sign.arrived_at.strip(), sign.has_declared
        member.signed_on = sign.signed_on


def _put_opinions(session: Session, key: int, drafts: tuple[OpinionDraft, ...]) -> None:
    stored = {
        (o.member_id, o.question_id): o
        for o in session.scalars(select(Opinion).where(Opinion.consultation_id == key))
    }
    for draft in drafts:
        if draft.is_blank or draft.stance is None:
            continue
        about = (draft.member_id, draft.question_id)
        opinion = stored.pop(about, None) or Opinion(
            consultation_id=key, member_id=draft.member_id, question_id=draft.question_id
        )
        opinion.stance, opinion.risk = draft.stance, draft.risk
        opinion.text, opinion.proposal = draft.text.strip(), draft.proposal.strip()
        session.add(opinion)
    delete_all(session, stored.values())


def _put_follow_ups(session: Session, key: int, draft: RecordDraft) -> None:
    given = [
        (
            f.key,
            {"task": f.task.strip(), "agency_id": f.agency_id, "unit": f.unit.strip(), "due_on": f.due_on},
        )
        for f in draft.follow_ups
        if f.task.strip()
    ]
    dropped = put_rows(session, FollowUp, key, given)
    if done := next((f for f in dropped if f.done_on is not None), None):
        raise UserError(f"议定事项“{done.task}”已经办结，不能删去。如登记有误，请先恢复为未办结。")
    delete_all(session, dropped)


def _members(session: Session, key: int) -> Mapping[int, MemberFacts]:
    session.flush()
    query = select(Opinion.member_id).where(Opinion.consultation_id == key).distinct()
    spoke = set(session.scalars(query))
    return {
        m.id: MemberFacts(
            name=m.name,
            kind=m.kind,
            attended=attended(m.answer, m.arrived_at, spoke=m.id in spoke),
            spoke=m.id in spoke,
            is_signed=m.signed_on is not None,
        )
        for m in session.scalars(select(Member).where(Member.consultation_id == key).order_by(Member.place))
    }


def _questions(session: Session, key: int) -> list[int]:
    return list(session.scalars(select(Question.id).where(Question.consultation_id == key)))
