"""Reading one lawyer: as the editor wants him, and everything that the panel shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.assignment import Assignment
from db.models.background import (
    AdviserContract,
    Discipline,
    PastPost,
    PublicOffice,
    Relative,
    YearlyCheck,
)
from db.models.case import Case
from db.models.derived import Deadline
from db.models.lawyer import Lawyer
from db.models.office import PassedWarning
from db.queries.appointments import (
    DeclarationLine,
    PauseLine,
    TermLine,
    declaration_lines,
    pause_lines,
    term_lines,
)
from db.queries.roster import RosterRow, roster, roster_rows
from db.rules.background import (
    Background,
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    FirmSpell,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.rules.lawyers import LawyerDraft


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A running case of a lawyer, with its nearest day."""

    case_id: int
    number: str
    parties: str
    role: str
    due_title: str = ""
    due_on: date | None = None
    lapses: bool = False


@dataclass(frozen=True, slots=True)
class LawyerDetail:
    """Everything the panel shows of one lawyer."""

    row: RosterRow
    version: int
    firm_history: tuple[tuple[str, date | None, date | None], ...]
    terms: tuple[TermLine, ...]
    pauses: tuple[PauseLine, ...]
    declarations: tuple[DeclarationLine, ...]
    background: Background
    colleagues: tuple[str, ...]
    warnings: tuple[str, ...]
    running_cases: tuple[CaseLine, ...]


def lawyer_draft(session: Session, key: int, day: date) -> LawyerDraft | None:
    """Return a lawyer as the editor wants him, or ``None`` if he is gone."""
    row = roster_rows(session, [key], day).get(key)
    lawyer = session.get(Lawyer, key)
    if row is None or lawyer is None or lawyer.removed_at is not None:
        return None
    background = lawyer_background(session, lawyer)
    present = next((m for m in lawyer.memberships if m.to_on is None), None)
    certificate = next((t.certificate for t in term_lines(session, key) if t.from_on == row.term_from), "")
    return LawyerDraft(
        name=row.name,
        sex=row.sex,
        phone=row.phone,
        email=row.email,
        id_number=row.id_number,
        firm=present.firm.name if present else row.firm,
        firm_since=present.from_on if present else None,
        licence=row.licence,
        licence_state=row.licence_state,
        first_licensed_on=row.first_licensed_on,
        specialities=row.specialities,
        term_from=row.term_from,
        term_to=row.term_to,
        certificate=certificate,
        capacity=lawyer.capacity,
        politics=row.politics,
        education=row.education,
        position=row.position,
        note=row.note,
        version=lawyer.version,
        former_firms=background.former_firms,
        posts=background.posts,
        relatives=background.relatives,
        offices=background.offices,
        contracts=background.contracts,
        disciplines=background.disciplines,
        checks=background.checks,
    )


def lawyer_background(session: Session, lawyer: Lawyer) -> Background:
    """Return what a lawyer brings along."""
    return Background(
        former_firms=tuple(
            FirmSpell(m.firm.name, m.from_on, m.to_on) for m in lawyer.memberships if m.to_on is not None
        ),
        posts=tuple(
            PostDraft(x.unit, x.unit_kind, x.post, x.rank, x.from_on, x.to_on, x.leaving)
            for x in _lines(session, PastPost, lawyer.id)
        ),
        relatives=tuple(
            RelativeDraft(x.relation, x.name, x.unit, x.unit_kind, x.post)
            for x in _lines(session, Relative, lawyer.id)
        ),
        offices=tuple(
            OfficeDraft(x.kind, x.body, x.from_on, x.to_on) for x in _lines(session, PublicOffice, lawyer.id)
        ),
        contracts=tuple(
            ContractDraft(x.client, x.by_firm, x.from_on, x.to_on)
            for x in _lines(session, AdviserContract, lawyer.id)
        ),
        disciplines=tuple(
            DisciplineDraft(x.kind, x.on_date, x.by, x.content, x.until_on)
            for x in _lines(session, Discipline, lawyer.id)
        ),
        checks=tuple(
            CheckDraft(x.year, x.result)
            for x in session.scalars(
                select(YearlyCheck)
                .where(YearlyCheck.lawyer_id == lawyer.id)
                .order_by(YearlyCheck.year.desc())
            )
        ),
    )


def lawyer_detail(session: Session, key: int, day: date) -> LawyerDetail | None:
    """Return what the panel shows of one lawyer, or ``None`` if he is gone."""
    lawyer = session.get(Lawyer, key)
    row = roster_rows(session, [key], day).get(key)
    if lawyer is None or row is None or lawyer.removed_at is not None:
        return None
    return LawyerDetail(
        row=row,
        version=lawyer.version,
        firm_history=tuple((m.firm.name, m.from_on, m.to_on) for m in lawyer.memberships),
        terms=term_lines(session, key),
        pauses=pause_lines(session, key),
        declarations=declaration_lines(session, key),
        background=lawyer_background(session, lawyer),
        colleagues=tuple(
            r.name for r in roster(session, day) if r.firm and r.firm == row.firm and r.key != key
        ),
        warnings=warnings_of(session, "lawyer", key),
        running_cases=_running_cases(session, key, day),
    )


def warnings_of(session: Session, table: str, key: int) -> tuple[str, ...]:
    """Return the 提示 that were passed over when the record was last saved."""
    query = (
        select(PassedWarning.text)
        .where(PassedWarning.table_name == table, PassedWarning.record_id == key)
        .order_by(PassedWarning.id)
    )
    return tuple(session.scalars(query))


def _lines(session: Session, model: Any, lawyer_id: int) -> Sequence[Any]:
    return session.scalars(select(model).where(model.lawyer_id == lawyer_id).order_by(model.place)).all()


def _running_cases(session: Session, key: int, day: date) -> tuple[CaseLine, ...]:
    query = (
        select(Case.id, Case.number, Case.plaintiffs, Case.defendants, Assignment.role)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(Assignment.lawyer_id == key, Assignment.ended_on.is_(None), Case.removed_at.is_(None))
        .order_by(Assignment.assigned_on.desc(), Case.id.desc())
    )
    found = session.execute(query).all()
    dues = {
        d.case_id: d
        for d in session.scalars(
            select(Deadline)
            .where(Deadline.case_id.in_([row[0] for row in found]))
            .where(~Deadline.lapses | (Deadline.due_on >= day))
            .order_by(Deadline.due_on.desc(), Deadline.id.desc())
        )
    }
    return tuple(
        CaseLine(
            case_id,
            number or "（未编号）",
            f"{plaintiffs} 诉 {defendants}",
            role.value,
            dues[case_id].title if case_id in dues else "",
            dues[case_id].due_on if case_id in dues else None,
            lapses=case_id in dues and dues[case_id].lapses,
        )
        for case_id, number, plaintiffs, defendants, role in found
    )
