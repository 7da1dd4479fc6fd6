"""Which court a case belongs to, by the office's own dated rules."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.rules.cases import CaseDraft
from db.errors import Problem
from db.law.jurisdiction import Defendant, Proposal, court_problem, is_county_government, propose
from db.models.agency import Agency
from db.models.reference import Court
from db.office.queries.court_rules import court_rules
from db.words.case import DefendantRole, Side


@dataclass(frozen=True, slots=True)
class CourtProposal:
    """The proposed court; ``court_id`` is ``None`` where its 法院代字 is not among the courts on record."""

    court_id: int | None
    name: str
    code: str
    why: str


def propose_court(session: Session, draft: CaseDraft, today: date) -> CourtProposal | None:
    """Propose the court of a case as drafted, by the rules in force when it was filed; ``None`` where none speaks."""
    found = _proposal(session, draft, today)
    if found is None:
        return None
    court = session.scalars(select(Court).where(Court.code == found.court)).first()
    return CourtProposal(
        court.id if court else None, court.name if court else found.court, found.court, found.why
    )


def court_problems(session: Session, draft: CaseDraft, today: date) -> list[Problem]:
    """Ask for a reason where another court than the proposed one was chosen."""
    court = session.get(Court, draft.court_id) if draft.court_id is not None else None
    if court is None:
        return []
    problem = court_problem(_proposal(session, draft, today), court.code, draft.court_reason)
    return [problem] if problem else []


def _proposal(session: Session, draft: CaseDraft, today: date) -> Proposal | None:
    defendants = [p for p in draft.parties if p.side is Side.DEFENDANT and p.is_given]
    keys = [p.agency_id for p in defendants if p.agency_id is not None]
    names = {
        row.id: row.name for row in session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(keys)))
    }
    sued = [
        Defendant(
            is_government=is_county_government(names.get(p.agency_id or 0, p.name.strip())),
            is_reviewer=p.role is DefendantRole.REVIEWER,
        )
        for p in defendants
    ]
    filed_on = draft.filed_on or draft.received_on or today
    return propose(court_rules(session), sued, draft.procedure, filed_on) if sued else None
