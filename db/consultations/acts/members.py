"""Who is asked to a consultation: drawn by lot, named, or invited as a guest; his answer and his opinion sheet.

Whoever a rule bars is neither drawn nor named. What only warns is kept with the member, for everybody to see.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.consultations.acts.rows import writable
from db.consultations.queries.member_candidates import (
    MemberCandidate,
    findings_of_members,
    member_candidates,
    next_seed,
)
from db.consultations.rules.consultations import SPEAKERS, AnswerDraft, DrawRequest, MemberDraft
from db.consultations.rules.drawing import draw
from db.consultations.rules.problems import answer_problems, draw_problems, member_problems
from db.errors import Invalid, Problem, UserError
from db.journal import touch
from db.models.consultation import Consultation, Draw, Member, Opinion
from db.office.acts.common import refuse, unchanged
from db.words.consultation import MemberKind, MemberOrigin

BARRED = "应回避："


def draw_members(session: Session, key: int, request: DrawRequest, today: date) -> int:
    """Draw members by lot from those whom nothing bars; return the draw's key.

    The draw keeps its seed, its pool and who was left out for what reason, so that anyone can repeat it. Without a
    seed it is the day and the running number of the draw. A draw cannot be taken back: whoever could would draw
    until it pleases. Raises ``Invalid`` when there are too few, or a further draw has no reason.
    """
    c = writable(session, key)
    session.info["undoable"] = False
    found = member_candidates(session, key, today, request.speciality)
    eligible = [one for one in found if not one.left_out]
    earlier = session.scalar(select(func.count()).where(Draw.consultation_id == key)) or 0
    refuse(draw_problems(request, len(eligible), earlier))
    seed = request.seed.strip() or next_seed(session, today)
    pool = sorted(eligible, key=lambda one: one.lawyer_id)
    drawn = draw(seed, [one.lawyer_id for one in pool], request.wanted)
    held = Draw(
        consultation_id=key,
        drawn_on=today,
        seed=seed,
        wanted=request.wanted,
        speciality=request.speciality,
        pool=[_entry(one, "；".join(one.warnings)) for one in pool],
        excluded=[
            _entry(one, why) for one in sorted(found, key=lambda one: one.lawyer_id) if (why := one.left_out)
        ],
        drawn=list(drawn),
        reason=request.reason.strip(),
    )
    session.add(held)
    by_id = {one.lawyer_id: one for one in pool}
    place = _next_place(session, key)
    for offset, lawyer_id in enumerate(drawn):
        draft = MemberDraft(MemberKind.ADVISER, MemberOrigin.DRAWN, lawyer_id=lawyer_id)
        session.add(_member(c, draft, by_id[lawyer_id], place + offset))
    touch(c)
    session.flush()
    return held.id


def name_members(session: Session, key: int, drafts: Sequence[MemberDraft], today: date) -> list[int]:
    """Invite people by name: advisers of the pool, experts, guests; return the members' keys.

    Raises ``Invalid`` for a lawyer whom a rule bars on the day of the consultation.
    """
    c = writable(session, key)
    wanted = [d.lawyer_id for d in drafts if d.lawyer_id is not None]
    known = findings_of_members(session, c, wanted, today)
    taken = set(session.scalars(select(Member.lawyer_id).where(Member.consultation_id == key)))
    problems = [problem for draft in drafts for problem in member_problems(draft)]
    for at, lawyer_id in enumerate(wanted):
        problems += _lawyer_problems(known.get(lawyer_id), is_taken=lawyer_id in taken | set(wanted[:at]))
    problems += _twice(c, drafts)
    refuse(problems)
    place = _next_place(session, key)
    made = [
        _member(c, draft, known.get(draft.lawyer_id or 0), place + offset)
        for offset, draft in enumerate(drafts)
    ]
    session.add_all(made)
    touch(c)
    session.flush()
    return [member.id for member in made]


def change_member(session: Session, member_id: int, draft: MemberDraft) -> None:
    """Correct what stands of a member: unit, post and phone; of one who is not of the pool also name and kind."""
    member = _member_of(session, member_id)
    touch(writable(session, member.consultation_id))
    unchanged(session, member, draft.version, _name_of(member))
    put_member(member, draft)


def put_member(member: Member, draft: MemberDraft) -> None:
    """Enter what stands of a member. Raises ``Invalid``."""
    if member.lawyer_id is None:
        refuse(member_problems(draft))
        member.name, member.kind = draft.name.strip(), draft.kind
        member.origin = _origin(draft)
    member.unit, member.post, member.phone = draft.unit.strip(), draft.post.strip(), draft.phone.strip()


def drop_member(session: Session, member_id: int, version: int | None = None) -> None:
    """Take somebody off the list of a consultation; not once he gave his opinion. A draw keeps that he was drawn."""
    member = _member_of(session, member_id)
    touch(writable(session, member.consultation_id))
    unchanged(session, member, version, _name_of(member))
    said = select(Opinion.id).where(Opinion.member_id == member_id).limit(1)
    if session.scalars(said).first() is not None:
        raise UserError(f"{member.name}已经发表意见，不能移出。如填错了人，请先删去其意见。")
    session.delete(member)


def answer_invitation(session: Session, member_id: int, draft: AnswerDraft, today: date) -> None:
    """Note whether somebody attends or is on leave, with the reason. Raises ``Invalid`` or ``Conflict``."""
    member = _member_of(session, member_id)
    c = writable(session, member.consultation_id)
    refuse(answer_problems(draft, today))
    unchanged(session, member, draft.version, _name_of(member))
    member.answer, member.answered_on = draft.answer, draft.answered_on or today
    member.answer_reason = draft.reason.strip()
    touch(c)


def sign_sheet(
    session: Session, member_id: int, signed_on: date | None, today: date, version: int | None = None
) -> None:
    """Note that a member signed his opinion sheet (研判意见表), or that he did not after all."""
    member = _member_of(session, member_id)
    c = writable(session, member.consultation_id)
    if signed_on is not None and signed_on > today:
        raise Invalid([Problem("signed_on", f"{signed_on} 还没有到，请核对日期。")])
    unchanged(session, member, version, _name_of(member))
    member.signed_on = signed_on
    touch(c)


def look_again(session: Session, c: Consultation, today: date) -> None:
    """Bring what is said against the members up to date after the cases, the agency or the day changed."""
    session.flush()
    session.expire(c, ["cases"])
    members = session.scalars(
        select(Member).where(Member.consultation_id == c.id, Member.lawyer_id.is_not(None))
    ).all()
    known = findings_of_members(session, c, [m.lawyer_id or 0 for m in members], today) if members else {}
    for member in members:
        if found := known.get(member.lawyer_id or 0):
            member.findings = _findings(found)


def _lawyer_problems(one: MemberCandidate | None, *, is_taken: bool) -> list[Problem]:
    if one is None:
        return [Problem("lawyer_id", "所选顾问已移入回收站。请重新选择。")]
    if is_taken:
        return [Problem("lawyer_id", f"{one.name}已在会商名单中。")]
    return [Problem("lawyer_id", f"{one.name}：{one.barred}。")] if one.barred else []


def _twice(c: Consultation, drafts: Sequence[MemberDraft]) -> list[Problem]:
    """Say which expert or guest is on the list already: the same name from the same unit."""
    there = {(m.name, m.unit) for m in c.members}
    found = []
    for draft in drafts:
        name, unit = draft.name.strip(), draft.unit.strip()
        if draft.lawyer_id is None and (name, unit) in there:
            text = f"{name}已在会商名单中。如是同名的另一人，请填写其单位以便区分。"
            found.append(Problem("name", text))
        if draft.lawyer_id is None:
            there.add((name, unit))
    return found


def _member(c: Consultation, draft: MemberDraft, one: MemberCandidate | None, place: int) -> Member:
    return Member(
        consultation_id=c.id,
        place=place,
        lawyer_id=draft.lawyer_id,
        kind=draft.kind,
        origin=_origin(draft),
        name=one.name if one else draft.name.strip(),
        unit=draft.unit.strip() or (one.firm if one else ""),
        post=draft.post.strip() or (one.position if one else ""),
        phone=draft.phone.strip() or (one.phone if one else ""),
        findings=_findings(one) if one else "",
    )


def _origin(draft: MemberDraft) -> MemberOrigin:
    """Guests are guests; somebody who speaks was drawn, asked for his speciality, or else named."""
    if draft.kind not in SPEAKERS:
        return MemberOrigin.GUEST
    return MemberOrigin.NAMED if draft.origin is MemberOrigin.GUEST else draft.origin


def _findings(one: MemberCandidate) -> str:
    barred = [f"{BARRED}{one.barred}"] if one.barred else []
    return "\n".join([*barred, *one.warnings])


def _entry(one: MemberCandidate, reason: str) -> dict[str, int | str]:
    return {"id": one.lawyer_id, "name": one.name, "reason": reason}


def _next_place(session: Session, key: int) -> int:
    last = session.scalar(select(func.max(Member.place)).where(Member.consultation_id == key))
    return 0 if last is None else last + 1


def _name_of(member: Member) -> str:
    return f"参会人员“{member.name}”"


def _member_of(session: Session, member_id: int) -> Member:
    member = session.get(Member, member_id)
    if member is None:
        raise UserError("此人已被移出会商名单。请刷新后再看。")
    return member
