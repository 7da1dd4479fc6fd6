"""Reading one lawyer: as the editor wants him, and everything that the panel shows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.formats.recognise.people import FirmSpell
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
from db.models.lawyer import Lawyer, Membership
from db.models.office import PassedWarning
from db.roster.queries.appointments import (
    DeclarationLine,
    PauseLine,
    TermLine,
    declaration_lines,
    pause_lines,
    term_lines,
)
from db.roster.queries.roster import RosterRow, roster, roster_rows
from db.roster.rules.background import (
    Background,
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.roster.rules.lawyers import LawyerDraft


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
    return lawyer_drafts(session, [key], day).get(key)


def lawyer_drafts(session: Session, keys: Sequence[int], day: date) -> dict[int, LawyerDraft]:
    """Return lawyers as the editor wants them, in the order of ``keys``; those in the recycle bin are left out."""
    rows, brought = roster_rows(session, keys, day), backgrounds(session, keys)
    query = (
        select(Lawyer)
        .where(Lawyer.id.in_(keys), Lawyer.removed_at.is_(None))
        .options(selectinload(Lawyer.memberships).selectinload(Membership.firm))
    )
    found = {x.id: x for x in session.scalars(query)}
    return {key: _draft(rows[key], found[key], brought[key]) for key in keys if key in rows and key in found}


def _draft(row: RosterRow, lawyer: Lawyer, background: Background) -> LawyerDraft:
    present = next((m for m in lawyer.memberships if m.to_on is None), None)
    return LawyerDraft(
        name=row.name,
        sex=row.sex,
        phone=row.phone,
        email=row.email,
        id_number=row.id_number,
        firm=present.firm.name if present else row.firm,
        firm_since=present.from_on if present else None,
        firm_area=present.firm.area if present else "",
        firm_former=present.firm.former_names if present else "",
        licence=row.licence,
        licence_state=row.licence_state,
        first_licensed_on=row.first_licensed_on,
        specialities=row.specialities,
        term_from=row.term_from,
        term_to=row.term_to,
        certificate=row.certificate,
        capacity=lawyer.capacity,
        politics=row.politics,
        education=row.education,
        position=row.position,
        note=row.note,
        version=lawyer.version,
        **{part.name: getattr(background, part.name) for part in fields(Background)},
    )


def backgrounds(session: Session, keys: Sequence[int] | None = None) -> dict[int, Background]:
    """Return what each lawyer brings along, by id; of all lawyers if no ``keys`` are given."""
    spells: defaultdict[int, list[FirmSpell]] = defaultdict(list)
    query = select(Membership).where(Membership.to_on.is_not(None)).options(selectinload(Membership.firm))
    for m in session.scalars(_of(query, Membership, keys).order_by(Membership.from_on, Membership.id)):
        spells[m.lawyer_id].append(FirmSpell(m.firm.name, m.from_on, m.to_on))
    lists = {name: _lists(session, model, make, keys) for name, model, make in _LISTS}
    everybody = {key for found in (spells, *lists.values()) for key in found} | set(keys or ())
    return {
        key: Background(
            former_firms=tuple(spells[key]), **{name: tuple(found[key]) for name, found in lists.items()}
        )
        for key in everybody
    }


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
        background=backgrounds(session, [key])[key],
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


def _lists(
    session: Session, model: Any, make: Callable[[Any], Any], keys: Sequence[int] | None
) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    order = model.year.desc() if model is YearlyCheck else model.place
    for row in session.scalars(_of(select(model), model, keys).order_by(model.lawyer_id, order)):
        found[row.lawyer_id].append(make(row))
    return found


def _of(query: Any, model: Any, keys: Sequence[int] | None) -> Any:
    return query if keys is None else query.where(model.lawyer_id.in_(keys))


def _post(x: PastPost) -> PostDraft:
    return PostDraft(x.unit, x.unit_kind, x.post, x.rank, x.from_on, x.to_on, x.leaving, x.area)


def _relative(x: Relative) -> RelativeDraft:
    return RelativeDraft(x.relation, x.name, x.unit, x.unit_kind, x.post)


def _office(x: PublicOffice) -> OfficeDraft:
    return OfficeDraft(x.kind, x.body, x.from_on, x.to_on)


def _contract(x: AdviserContract) -> ContractDraft:
    return ContractDraft(x.client, x.by_firm, x.from_on, x.to_on)


def _discipline(x: Discipline) -> DisciplineDraft:
    return DisciplineDraft(x.kind, x.on_date, x.by, x.content, x.until_on)


def _check(x: YearlyCheck) -> CheckDraft:
    return CheckDraft(x.year, x.result)


_LISTS: tuple[tuple[str, Any, Callable[[Any], Any]], ...] = (
    ("posts", PastPost, _post),
    ("relatives", Relative, _relative),
    ("offices", PublicOffice, _office),
    ("contracts", AdviserContract, _contract),
    ("disciplines", Discipline, _discipline),
    ("checks", YearlyCheck, _check),
)


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
