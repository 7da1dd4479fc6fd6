"""Entering, changing and removing lawyers, with their firm and term. Every act runs inside its caller's transaction."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import base
from db.errors import Problem, UserError
from db.formats import numbers, pinyin
from db.formats.recognise.firms import joined_names
from db.formats.text import one_line
from db.journal import touch
from db.models.appointment import Appointment
from db.models.assignment import Assignment
from db.models.lawyer import Firm, Lawyer, Membership, Speciality
from db.office.acts.common import opened, refuse, remove, replace_all, restore
from db.office.acts.warnings import keep_warnings
from db.office.queries.settings import load_settings
from db.roster.acts.appointments import enter_certificate, note_new_term
from db.roster.acts.background import set_background
from db.roster.queries.firms import firm_names
from db.roster.queries.one_person import Person, registry_problem, registry_twin
from db.roster.rules.lawyers import LawyerDraft, Term, lawyer_problems, term_on


def save_lawyer(session: Session, draft: LawyerDraft, today: date, key: int | None = None) -> int:
    """Enter a new lawyer, or change the one with ``key``; return the key.

    A new firm ends the membership in the old one on ``draft.firm_since``, or today. A term that overlaps the
    present one corrects it, any other is entered as a further term. Warnings that the clerk passed over are
    kept. Raises ``Invalid`` or ``Conflict``.
    """
    problems = lawyer_problems(draft, min_years=load_settings(session).min_practice_years)
    problems += public_lawyer_problems_of(session, draft, today)
    refuse([*problems, *_taken(session, draft, key)])
    if key is None:
        lawyer = Lawyer()
        session.add(lawyer)
    else:
        lawyer = opened(session, Lawyer, key, draft.version, f"顾问“{draft.name.strip()}”")
        touch(lawyer)
    _set_identity(lawyer, draft)
    session.flush()
    _set_firm(session, lawyer, draft, today)
    _set_former_firms(session, lawyer, draft)
    _set_specialities(session, lawyer, draft.specialities)
    set_background(session, lawyer.id, draft)
    _set_term(session, lawyer, draft, today)
    keep_warnings(session, "lawyer", lawyer.id, problems, today)
    return lawyer.id


def remove_lawyers(session: Session, keys: Iterable[int]) -> None:
    """Move lawyers to the recycle bin; one who acts in a running case is refused."""
    keys = list(keys)
    running = session.scalars(
        select(Lawyer.name)
        .join(Assignment, Assignment.lawyer_id == Lawyer.id)
        .where(Lawyer.id.in_(keys), Assignment.ended_on.is_(None))
        .distinct()
    ).all()
    if running:
        raise UserError(f"{'、'.join(running)}还有在办案件，不能移入回收站。请先办结或更换承办顾问。")
    remove(session, Lawyer, keys)


def restore_lawyer(session: Session, key: int) -> None:
    """Bring a lawyer back from the recycle bin, and his firms with him unless they were entered anew."""
    lawyer = restore(session, Lawyer, key)
    last = session.scalar(select(func.max(Appointment.to_on)).where(Appointment.lawyer_id == key))
    if last is not None and last >= base.today():
        person = Person(lawyer.name, lawyer.phone, lawyer.id_number, lawyer.licence or "")
        refuse(registry_problem(registry_twin(session, person, base.today())))
    present = select(Firm.name).where(Firm.removed_at.is_(None))
    gone = (
        select(Firm)
        .join(Membership, Membership.firm_id == Firm.id)
        .where(Membership.lawyer_id == key, Firm.removed_at.is_not(None), Firm.name.not_in(present))
    )
    for firm in session.scalars(gone).unique():
        firm.removed_at = None


def find_or_enter_firm(session: Session, name: str) -> Firm:
    """Return the firm that a name means, however it is written; entering it when it is new.

    A branch has an entry of its own (``same_office``), so that two spellings never make two firms.
    """
    name = one_line(name)
    key = firm_names(session).find(name)
    firm = session.get(Firm, key) if key is not None else None
    if firm is None:
        firm = Firm(name=name, short_name=short_firm_name(name), sort_key=pinyin.sort_key(name))
        session.add(firm)
        session.flush()
    return firm


def short_firm_name(name: str) -> str:
    """Return the firm's name as lists show it: 浙江水亭律师事务所 as 浙江水亭律所."""
    return name.replace("律师事务所", "律所")


def public_lawyer_problems_of(session: Session, draft: LawyerDraft, today: date) -> list[Problem]:
    """Say that the person of a draft is a public lawyer; one whose term is over may have become one (C14)."""
    if draft.term_to is None or draft.term_to < today:
        return []
    person = Person(draft.name, draft.phone, draft.id_number, draft.licence)
    return registry_problem(registry_twin(session, person, today))


def _taken(session: Session, draft: LawyerDraft, key: int | None) -> list[Problem]:
    """Say whose the licence number is, if it is somebody else's."""
    query = select(Lawyer.id, Lawyer.name).where(
        Lawyer.licence == numbers.format_licence(draft.licence), Lawyer.removed_at.is_(None)
    )
    other = session.execute(query).first()
    if other is None or other[0] == key:
        return []
    return [Problem("licence", f"该证号已登记在顾问“{other[1]}”名下，一个证号只能登记一人。请核对。")]


def _set_identity(lawyer: Lawyer, draft: LawyerDraft) -> None:
    lawyer.name = one_line(draft.name)
    lawyer.sex = draft.sex
    lawyer.phone = numbers.normalise_phone(draft.phone)
    lawyer.email = one_line(draft.email)
    lawyer.id_number = numbers.digits(draft.id_number).upper()
    lawyer.licence = numbers.format_licence(draft.licence) or None
    lawyer.licence_state = draft.licence_state
    lawyer.capacity = draft.capacity
    lawyer.first_licensed_on = draft.first_licensed_on
    lawyer.politics = one_line(draft.politics)
    lawyer.education = one_line(draft.education)
    lawyer.position = one_line(draft.position)
    lawyer.note = draft.note.strip()


def _set_firm(session: Session, lawyer: Lawyer, draft: LawyerDraft, today: date) -> None:
    firm = find_or_enter_firm(session, draft.firm)
    if area := one_line(draft.firm_area):
        firm.area = area
    open_memberships = session.scalars(
        select(Membership).where(Membership.lawyer_id == lawyer.id, Membership.to_on.is_(None))
    ).all()
    same = next((m for m in open_memberships if m.firm_id == firm.id), None)
    olds = [] if same else [session.get_one(Firm, m.firm_id).former_names for m in open_memberships]
    if (
        former := joined_names(draft.firm_former)
    ) and former not in olds:  # the old firm's names stay with it
        firm.former_names = former
    if same:
        same.from_on = draft.firm_since
        return
    since = draft.firm_since
    if open_memberships and (since is None or any(m.from_on == since for m in open_memberships)):
        since = today  # the clerk typed a new firm and left the day of the old one
    for membership in open_memberships:
        membership.to_on = max(since or today, membership.from_on or since or today)
    session.add(Membership(lawyer_id=lawyer.id, firm_id=firm.id, from_on=since))


def _set_former_firms(session: Session, lawyer: Lawyer, draft: LawyerDraft) -> None:
    """Correct the closed memberships to what the draft lists; one that was closed just now is not listed yet."""
    session.flush()
    query = (
        select(Membership, Firm.name)
        .join(Firm, Firm.id == Membership.firm_id)
        .where(Membership.lawyer_id == lawyer.id, Membership.to_on.is_not(None))
    )
    present = {(name, m.from_on, m.to_on): m for m, name in session.execute(query)}
    wanted = {
        (find_or_enter_firm(session, spell.firm).name, spell.from_on, spell.to_on)
        for spell in draft.former_firms
    }
    listed = draft.version  # a draft that was never read lists nothing that could be taken away
    for spell, membership in present.items():
        if listed and spell not in wanted and not _closed_now(session, membership):
            session.delete(membership)
    for name, from_on, to_on in sorted(wanted - set(present), key=str):
        firm = find_or_enter_firm(session, name)
        session.add(Membership(lawyer_id=lawyer.id, firm_id=firm.id, from_on=from_on, to_on=to_on))


def _closed_now(session: Session, membership: Membership) -> bool:
    return membership.id in session.info.get("touched", {}).get("membership", ())


def _set_specialities(session: Session, lawyer: Lawyer, names: tuple[str, ...]) -> None:
    old = select(Speciality).where(Speciality.lawyer_id == lawyer.id).order_by(Speciality.place)
    wanted = list(dict.fromkeys(word for word in map(one_line, names) if word))
    if [s.name for s in session.scalars(old)] != wanted:
        new = [Speciality(lawyer_id=lawyer.id, place=place, name=name) for place, name in enumerate(wanted)]
        replace_all(session, old, new)


def _set_term(session: Session, lawyer: Lawyer, draft: LawyerDraft, today: date) -> None:
    if draft.term_from is None or draft.term_to is None:
        return
    terms = session.scalars(select(Appointment).where(Appointment.lawyer_id == lawyer.id)).all()
    by_term = {Term(a.from_on, a.to_on, a.ended_on): a for a in terms}
    shown, typed = term_on(list(by_term), today), (draft.term_from, draft.term_to)
    is_correction = shown and (typed == (shown.from_on, shown.to_on) or shown.overlaps(*typed))
    other = next((t for t in by_term if not (is_correction and t is shown) and t.overlaps(*typed)), None)
    if other:
        text = f"{lawyer.name}另有聘期 {other.from_on} 至 {other.last_on}，与所填聘期重叠。请核对起止日期。"
        refuse([Problem("term_to" if other.from_on > draft.term_from else "term_from", text)])
    if shown and is_correction:
        appointment = by_term[shown]
        appointment.from_on, appointment.to_on = typed
    else:
        appointment = Appointment(lawyer_id=lawyer.id, from_on=draft.term_from, to_on=draft.term_to)
        session.add(appointment)
        note_new_term(session, lawyer, draft.term_from, today)
    enter_certificate(session, appointment, lawyer, draft.certificate)
