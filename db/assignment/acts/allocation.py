"""Accepting what a batch proposed: one act for one case, or one act for all."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.assignment.acts.assignments import assign
from db.assignment.queries.allocation import Proposal
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.words.assignment import Role


def accept(session: Session, proposals: Sequence[Proposal], today: date) -> list[int]:
    """Assign each proposed lawyer as lead, with his ranking as the reason; return the assignments' keys.

    Everything is judged again: raises ``Invalid`` or ``Conflict`` if a case or a lawyer changed since.
    """
    made = []
    for proposal in proposals:
        if proposal.lawyer_id is not None:
            draft = AssignmentDraft(
                case_id=proposal.case_id,
                party_id=proposal.party_id,
                choices=(Choice(proposal.lawyer_id, Role.LEAD),),
                assigned_on=today,
                reason="；".join((f"批量分派，综合评分 {proposal.total}", *proposal.why, *proposal.warnings)),
                version=proposal.version,
            )
            made += assign(session, draft, today)
    return made
