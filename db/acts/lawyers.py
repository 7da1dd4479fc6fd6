"""Entering, changing and removing lawyers, with their firm and term. Every act runs inside its caller's transaction."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acts.common import opened, refuse, remove, replace_all, restore
from db.errors import UserError
from db.journal import touch
from db.models.appointment import Appointment
from db.models.assignment import Assignment
from db.models.lawyer import Firm, Lawyer, Membership, Speciality
from db.rules import numbers, pinyin
from db.rules.lawyers import LawyerDraft, Term, lawyer_problems, term_on


def save_lawyer(session: Session, draft: LawyerDraft, today: date, key: int | None = None) -> int:
    """Enter a new lawyer, or change the one with ``key``; return the key.

    A new firm ends the membership in the old one on ``today``. A term that overlaps the present one corrects
    it, any other is entered as a further term. Raises ``Invalid`` or ``Conflict``.
    """
    refuse(lawyer_problems(draft))
    if key is None:
        lawyer = Lawyer()
        session.add(lawyer)
    else:
        lawyer = opened(session, Lawyer, key, draft.version, f"顾问“{draft.name.strip()}”")
        touch(lawyer)
    _set_identity(lawyer, draft)
    session.flush()
    _set_firm(session, lawyer, find_or_enter_firm(session, draft.firm), today)
    _set_specialities(session, lawyer, draft.specialities)
    _set_term(session, lawyer, draft, today)
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
    """Bring a lawyer back from the recycle bin."""
    restore(session, Lawyer, key)


def find_or_enter_firm(session: Session, name: str) -> Firm:
    """Return the firm of this name, entering it when it is new."""
    name = name.strip()
    firm = session.scalars(select(Firm).where(Firm.name == name, Firm.removed_at.is_(None))).one_or_none()
    if firm is None:
        firm = Firm(name=name, short_name=short_firm_name(name), sort_key=pinyin.sort_key(name))
        session.add(firm)
        session.flush()
    return firm


def short_firm_name(name: str) -> str:
    """Return the firm's name as lists show it: 浙江水亭律师事务所 as 浙江水亭律所."""
    return name.replace("律师事务所", "律所")


def _set_identity(lawyer: Lawyer, draft: LawyerDraft) -> None:
    lawyer.name = draft.name.strip()
    lawyer.sort_key = pinyin.sort_key(lawyer.name)
    lawyer.sex = draft.sex
    lawyer.phone = numbers.normalise_phone(draft.phone)
    lawyer.email = draft.email.strip()
    lawyer.id_number = draft.id_number.strip().upper()
    lawyer.licence = numbers.format_licence(draft.licence) or None
    lawyer.first_licensed_on = draft.first_licensed_on
    lawyer.politics = draft.politics.strip()
    lawyer.education = draft.education.strip()
    lawyer.position = draft.position.strip()
    lawyer.note = draft.note.strip()


def _set_firm(session: Session, lawyer: Lawyer, firm: Firm, today: date) -> None:
    open_memberships = session.scalars(
        select(Membership).where(Membership.lawyer_id == lawyer.id, Membership.to_on.is_(None))
    ).all()
    if any(m.firm_id == firm.id for m in open_memberships):
        return
    for membership in open_memberships:
        membership.to_on = max(today, membership.from_on or today)
    session.add(Membership(lawyer_id=lawyer.id, firm_id=firm.id, from_on=today if open_memberships else None))


def _set_specialities(session: Session, lawyer: Lawyer, names: tuple[str, ...]) -> None:
    old = select(Speciality).where(Speciality.lawyer_id == lawyer.id).order_by(Speciality.place)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if [s.name for s in session.scalars(old)] != wanted:
        new = [Speciality(lawyer_id=lawyer.id, place=place, name=name) for place, name in enumerate(wanted)]
        replace_all(session, old, new)


def _set_term(session: Session, lawyer: Lawyer, draft: LawyerDraft, today: date) -> None:
    if draft.term_from is None or draft.term_to is None:
        return
    terms = session.scalars(select(Appointment).where(Appointment.lawyer_id == lawyer.id)).all()
    by_term = {Term(a.from_on, a.to_on, a.ended_on): a for a in terms}
    shown = term_on(list(by_term), today)
    if shown and shown.from_on <= draft.term_to and draft.term_from <= shown.to_on:
        appointment = by_term[shown]
        appointment.from_on, appointment.to_on = draft.term_from, draft.term_to
    else:
        session.add(Appointment(lawyer_id=lawyer.id, from_on=draft.term_from, to_on=draft.term_to))
