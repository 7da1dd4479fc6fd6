"""Looking again at running assignments whenever a case, party, firm, lawyer or appointment changed.

An assignment that has become a conflict is marked with the facts and the day since which that is known. The
engine calls ``review_assignments`` at the end of every act, also of an undo, so that no act can forget it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.base import today
from db.models.assignment import Assignment, Consent
from db.models.case import Case
from db.models.derived import AssignmentConflict
from db.models.lawyer import Membership
from db.queries.candidates import everybody
from db.queries.conflict_facts import load_pool
from db.rules.conflicts import Finding, Severity

Touched = Mapping[str, Iterable[int]]
SELF = frozenset({"C24"})
"""Rules that the assignment itself would trip: it already counts among the agents."""


def review_assignments(session: Session, touched: Touched) -> None:
    """Bring the marks of every running assignment that the touched rows bear on up to date."""
    by_party: defaultdict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for assignment in _running(session, touched):
        by_party[assignment.case_id, assignment.party_id].append(assignment)
    pool = load_pool(session, today()) if by_party else None
    for (case_id, party_id), assignments in by_party.items():
        found = {c.lawyer_id: c.findings for c in everybody(session, case_id, party_id, today(), pool)}
        consented = _consented(session, case_id, party_id)
        for assignment in assignments:
            standing = [
                finding
                for finding in found.get(assignment.lawyer_id, ())
                if finding.rule not in SELF
                and (
                    finding.severity is Severity.BLOCK
                    or (
                        finding.severity is Severity.CONSENT
                        and (assignment.lawyer_id, finding.rule) not in consented
                    )
                )
            ]
            _mark(session, assignment.id, standing)
    _forget_ended(session, touched)


def _running(session: Session, touched: Touched) -> list[Assignment]:
    cases = set(touched.get("case_record", ()))
    lawyers = set(touched.get("lawyer", ()))
    if firms := set(touched.get("firm", ())) | _firms_of(session, lawyers):
        lawyers |= set(session.scalars(select(Membership.lawyer_id).where(Membership.firm_id.in_(firms))))
    if not cases and not lawyers:
        return []
    query = (
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.ended_on.is_(None), Case.removed_at.is_(None))
        .where(Assignment.case_id.in_(cases) | Assignment.lawyer_id.in_(lawyers))
    )
    return list(session.scalars(query.order_by(Assignment.id)))


def _firms_of(session: Session, lawyers: set[int]) -> set[int]:
    """Colleagues are concerned too: what one declares may bar another of the same firm."""
    if not lawyers:
        return set()
    return set(session.scalars(select(Membership.firm_id).where(Membership.lawyer_id.in_(lawyers))))


def _consented(session: Session, case_id: int, party_id: int) -> set[tuple[int, str]]:
    query = select(Consent.lawyer_id, Consent.rule).where(
        Consent.case_id == case_id, Consent.party_id == party_id, Consent.is_consent
    )
    return {(row.lawyer_id, row.rule) for row in session.execute(query)}


def _mark(session: Session, assignment_id: int, findings: list[Finding]) -> None:
    query = select(AssignmentConflict).where(AssignmentConflict.assignment_id == assignment_id)
    since = {(c.rule, c.sentence): c.since for c in session.scalars(query)}
    if {(f.rule, f.sentence) for f in findings} == set(since):
        return
    session.execute(delete(AssignmentConflict).where(AssignmentConflict.assignment_id == assignment_id))
    rows = [
        {
            "assignment_id": assignment_id,
            "rule": f.rule,
            "severity": f.severity,
            "article": f.article,
            "sentence": f.sentence,
            "since": since.get((f.rule, f.sentence), today()),
        }
        for f in findings
    ]
    if rows:
        session.execute(insert(AssignmentConflict), rows)


def _forget_ended(session: Session, touched: Touched) -> None:
    if assignments := set(touched.get("assignment", ())):
        running = select(Assignment.id).where(Assignment.ended_on.is_(None))
        session.execute(
            delete(AssignmentConflict).where(
                AssignmentConflict.assignment_id.in_(assignments),
                AssignmentConflict.assignment_id.not_in(running),
            )
        )
