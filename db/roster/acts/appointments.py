"""Appointing, renewing, suspending, reinstating and dismissing lawyers, and filing these changes.

Every act runs inside its caller's transaction; many lawyers at once are one act, and one undo.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Problem, UserError
from db.journal import conflict, touch
from db.models.appointment import Appointment, Batch, ChangeFiling, Suspension
from db.models.background import Declaration
from db.models.lawyer import Lawyer
from db.office.acts.common import refuse
from db.office.acts.numbering import claim, issue
from db.office.acts.warnings import keep_warnings
from db.office.queries.settings import load_settings
from db.roster.queries.appointments import pool_facts
from db.roster.queries.one_person import Person, public_lawyers_among, registry_problem
from db.roster.rules.appointments import (
    AppointDraft,
    DeclarationDraft,
    DismissDraft,
    FilingDraft,
    PoolFacts,
    ReinstateDraft,
    SuspendDraft,
    appoint_problems,
    declaration_problems,
    dismiss_problems,
    filing_problems,
    reinstate_problems,
    starts_on,
    suspend_problems,
)
from db.words.lawyer import ChangeKind


def appoint(session: Session, draft: AppointDraft, today: date) -> list[int]:
    """Give every named lawyer a new term; return the appointments' keys, in order of pinyin.

    Those who had a term before are renewed. The 聘书 numbers are consecutive, in the order of the list.
    Raises ``Invalid`` naming each lawyer who cannot be appointed; then nobody is.
    """
    lawyers, facts = _opened(session, draft.lawyer_ids, today)
    problems = [*appoint_problems(draft, facts, today), *_public_lawyers(session, lawyers, today)]
    refuse(problems)
    if draft.to_on is None:
        return []
    batch = _batch(session, draft)
    if batch is not None:
        keep_warnings(session, "appointment_batch", batch.id, problems, today)
    made = []
    for lawyer in lawyers:
        begin = starts_on(draft, facts[lawyer.id], today)
        number = _next_certificate(session, lawyer, begin, today) if draft.numbered else None
        appointment = Appointment(
            lawyer_id=lawyer.id,
            batch_id=batch.id if batch else None,
            certificate=number,
            from_on=begin,
            to_on=draft.to_on,
        )
        session.add(appointment)
        touch(lawyer)
        made.append(appointment)
    is_renewal = any(facts[lawyer.id].terms for lawyer in lawyers)
    _to_file(session, ChangeKind.RENEWED if is_renewal else ChangeKind.APPOINTED, lawyers, today)
    session.flush()
    return [appointment.id for appointment in made]


def _public_lawyers(session: Session, lawyers: Sequence[Lawyer], today: date) -> list[Problem]:
    """Say who of them is registered as a public lawyer (C14)."""
    people = {x.id: Person(x.name, x.phone, x.id_number, x.licence or "") for x in lawyers}
    return [
        Problem("to_on", p.text, p.severity)
        for twin in public_lawyers_among(session, people, today).values()
        for p in registry_problem(twin)
    ]


def number_certificates(session: Session, appointment_ids: Sequence[int], today: date) -> list[str]:
    """Give a 聘书 number of this year to each term that has none yet; return the numbers of all, in the order given."""
    found = []
    for key in appointment_ids:
        appointment = session.get(Appointment, key)
        lawyer = session.get(Lawyer, appointment.lawyer_id) if appointment else None
        if appointment is None or lawyer is None:
            raise UserError("这个聘期已被其他人删去。请刷新后再试。")
        if appointment.certificate is None:
            appointment.certificate = _next_certificate(session, lawyer, appointment.from_on, today)
            touch(lawyer)
        found.append(appointment.certificate)
    return found


def enter_certificate(session: Session, appointment: Appointment, lawyer: Lawyer, text: str) -> None:
    """Note the number of a 聘书 that was given before this program; an empty text takes nothing away."""
    if text.strip() and text.strip() != appointment.certificate:
        appointment.certificate = claim(session, text, _certificate_of(lawyer, appointment.from_on))


def suspend(session: Session, draft: SuspendDraft, today: date) -> None:
    """Pause lawyers; from that day on nobody offers them for a case. Raises ``Invalid``."""
    lawyers, facts = _opened(session, draft.lawyer_ids, today)
    refuse(suspend_problems(draft, facts))
    for lawyer in lawyers:
        session.add(
            Suspension(
                lawyer_id=lawyer.id,
                from_on=draft.from_on or today,
                until_on=draft.until_on,
                kind=draft.kind,
                reason=draft.reason.strip(),
            )
        )
        touch(lawyer)
    _to_file(session, ChangeKind.SUSPENDED, lawyers, draft.from_on or today)


def reinstate(session: Session, draft: ReinstateDraft, today: date) -> None:
    """Bring paused lawyers back from ``draft.on``. Raises ``Invalid``."""
    day = draft.on or today
    lawyers, facts = _opened(session, draft.lawyer_ids, day)
    refuse(reinstate_problems(draft, facts))
    _lift_pauses(session, lawyers, day)
    for lawyer in lawyers:
        touch(lawyer)
    _to_file(session, ChangeKind.REINSTATED, lawyers, day)


def dismiss(session: Session, draft: DismissDraft, today: date) -> None:
    """End the running and coming terms of lawyers from ``draft.on`` on, with grounds. Raises ``Invalid``.

    A suspension ends with the term, so that it does not fall upon a later appointment.
    """
    lawyers, facts = _opened(session, draft.lawyer_ids, today)
    refuse(dismiss_problems(draft, facts))
    day = draft.on or today
    query = select(Appointment).where(
        Appointment.lawyer_id.in_([lawyer.id for lawyer in lawyers]),
        Appointment.to_on >= day,
        Appointment.ended_on.is_(None),
    )
    for appointment in session.scalars(query):
        appointment.ended_on = max(day, appointment.from_on)
        appointment.end_kind = draft.kind
        appointment.end_reason = draft.reason.strip()
    _lift_pauses(session, lawyers, day)
    for lawyer in lawyers:
        touch(lawyer)
    _to_file(session, ChangeKind.DISMISSED, lawyers, day)


def file_change(session: Session, key: int, draft: FilingDraft, today: date) -> None:
    """Note that a change of the pool was filed (变动备案), with its receipt."""
    change = session.get(ChangeFiling, key)
    if change is None or change.filed_on is not None:
        raise conflict(session, "这项变动备案", ChangeFiling.__tablename__, key)
    refuse(filing_problems(draft, change.happened_on, today))
    change.filed_on, change.receipt = draft.filed_on, draft.receipt.strip()


def declare(session: Session, draft: DeclarationDraft, today: date) -> int:
    """Keep a signed 利益冲突与任职经历声明; return its key."""
    (lawyer,), _ = _opened(session, (draft.lawyer_id,), today)
    refuse(declaration_problems(draft, today))
    declaration = Declaration(
        lawyer_id=draft.lawyer_id,
        case_id=draft.case_id,
        signed_on=draft.signed_on or today,
        content=draft.content.strip(),
        has_interest=draft.has_interest,
    )
    session.add(declaration)
    touch(lawyer)
    session.flush()
    return declaration.id


def note_new_term(session: Session, lawyer: Lawyer, from_on: date, today: date) -> None:
    """Ask for filing a term that was entered by hand, unless it began longer ago than filing may take."""
    if 0 <= (today - from_on).days <= load_settings(session).filing_days or from_on > today:
        _to_file(session, ChangeKind.APPOINTED, [lawyer], max(from_on, today))


def _opened(session: Session, keys: Sequence[int], day: date) -> tuple[list[Lawyer], dict[int, PoolFacts]]:
    facts = pool_facts(session, keys, day)
    if missing := [key for key in keys if key not in facts]:
        raise UserError(f"所选顾问中有 {len(missing)} 位已移入回收站。请刷新名册后重新选择。")
    query = select(Lawyer).where(Lawyer.id.in_(keys)).order_by(Lawyer.sort_key, Lawyer.id)
    return list(session.scalars(query)), facts


def _lift_pauses(session: Session, lawyers: Sequence[Lawyer], day: date) -> None:
    """End the suspensions that run on ``day``; ``day`` is the first one without them."""
    query = select(Suspension).where(
        Suspension.lawyer_id.in_([lawyer.id for lawyer in lawyers]), Suspension.from_on <= day
    )
    for pause in session.scalars(query):
        if pause.lifted_on is None and (pause.until_on is None or pause.until_on >= day):
            pause.lifted_on = day


def _batch(session: Session, draft: AppointDraft) -> Batch | None:
    name = draft.batch.strip() or draft.paper.strip()
    if not name:
        return None
    found = session.scalars(select(Batch).where(Batch.name == name, Batch.removed_at.is_(None))).first()
    if found is None:
        found = Batch(name=name, decided_on=draft.decided_on, paper=draft.paper.strip())
        session.add(found)
        session.flush()
    return found


def _next_certificate(session: Session, lawyer: Lawyer, from_on: date, today: date) -> str:
    series = load_settings(session).certificate_series
    return issue(session, series, today, _certificate_of(lawyer, from_on))


def _certificate_of(lawyer: Lawyer, from_on: date) -> str:
    return f"{lawyer.name} {from_on} 起的聘书"


def _to_file(session: Session, kind: ChangeKind, lawyers: Sequence[Lawyer], day: date) -> None:
    if load_settings(session).filing_days > 0:
        session.add(
            ChangeFiling(
                kind=kind,
                names="、".join(lawyer.name for lawyer in lawyers),
                lawyer_id=lawyers[0].id if len(lawyers) == 1 else None,
                happened_on=day,
            )
        )
