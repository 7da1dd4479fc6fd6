"""Looking again at running assignments whenever something changed that may bar them.

That is a case, party, firm, lawyer, appointment, a public lawyer, an agency's contract with an adviser, the
office's settings; and the day, which ends terms and licences: the window calls ``review_all`` once a day.

An assignment that has become a conflict is marked with the facts and the day since which that is known. The
engine calls ``review_assignments`` at the end of every act, also of an undo, so that no act can forget it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from db.assignment.queries.candidates import findings_against
from db.assignment.queries.conflict_pool import load_pool
from db.assignment.rules.conflicts import Finding
from db.base import today
from db.formats.numbers import digits
from db.formats.recognise.firms import firm_key
from db.formats.recognise.people import person_key
from db.models.assignment import Assignment, Consent
from db.models.case import Case, Party, PartyAgent
from db.models.consultation import ConsultationCase
from db.models.derived import AssignmentConflict
from db.models.lawyer import Firm, Lawyer, Membership
from db.models.public_lawyer import AgencyContract, PublicLawyer
from db.roster.queries.firms import firm_names
from db.words.assignment import Severity
from db.words.case import Side

Touched = Mapping[str, Iterable[int]]
Known = dict[tuple[str, str], date]
SELF = frozenset({"C24"})
"""Rules that the assignment itself would trip: it already counts among the agents."""


def review_assignments(session: Session, touched: Touched) -> None:
    """Bring the marks of every running assignment that the touched rows bear on up to date."""
    by_party: defaultdict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for assignment in _running(session, touched):
        by_party[assignment.case_id, assignment.party_id].append(assignment)
    if by_party:
        pool = load_pool(session, today(), counted=False)
        known = _marks(session, [a.id for group in by_party.values() for a in group])
        consented = _consented(session, {case_id for case_id, _ in by_party})
        lawyers = {target: {a.lawyer_id for a in group} for target, group in by_party.items()}
        for target, found in findings_against(session, lawyers, pool).items():
            case_id, party_id = target
            for assignment in by_party[target]:
                standing = [
                    finding
                    for finding in found.get(assignment.lawyer_id, ())
                    if _stands(finding, (case_id, party_id, assignment.lawyer_id, finding.rule) in consented)
                ]
                _mark(session, assignment.id, standing, known.get(assignment.id, {}))
    _forget_ended(session, touched)


def review_all(session: Session) -> None:
    """Bring the marks of all running assignments up to date with today."""
    review_assignments(session, {"setting": ()})


def _stands(finding: Finding, is_consented: bool) -> bool:
    if finding.rule in SELF:
        return False
    return finding.severity is Severity.BLOCK or (finding.severity is Severity.CONSENT and not is_consented)


def _running(session: Session, touched: Touched) -> list[Assignment]:
    cases = _in_chains(session, set(touched.get("case_record", ())) | _of_agencies(session, touched))
    cases |= _consulted_about(session, set(touched.get("consultation", ())))
    lawyers = set(touched.get("lawyer", ())) | _acting_in(session, cases)
    lawyers |= _namesakes(session, set(touched.get("public_lawyer", ())))
    lawyers |= _engaged(session, set(touched.get("agency_contract", ())))
    if firms := set(touched.get("firm", ())) | _firms_of(session, lawyers):
        tied = _tied(session, firms)
        lawyers |= set(session.scalars(select(Membership.lawyer_id).where(Membership.firm_id.in_(tied))))
    columns = ((Assignment.case_id, cases), (Assignment.lawyer_id, lawyers))
    concerned = [column.in_(keys) for column, keys in columns if keys]
    query = (
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.ended_on.is_(None), Case.removed_at.is_(None))
    )
    if "setting" not in touched:
        if not concerned:
            return []
        query = query.where(or_(*concerned))
    return list(session.scalars(query.order_by(Assignment.id)))


def _in_chains(session: Session, cases: set[int]) -> set[int]:
    """Return these cases and the other instances of their disputes: who acts in one may be barred from the others (C06)."""
    if not cases:
        return set()
    chained = select(Case.dispute_id).where(Case.id.in_(cases), Case.dispute_id.is_not(None))
    return cases | set(session.scalars(select(Case.id).where(Case.dispute_id.in_(chained))))


def _of_agencies(session: Session, touched: Touched) -> set[int]:
    """Return the open cases of these agencies: a name or a successor decides who served them before (C05, C23)."""
    agencies = set(touched.get("agency", ()))
    if not agencies:
        return set()
    query = select(Party.case_id).join(Case, Case.id == Party.case_id)
    return set(session.scalars(query.where(Party.agency_id.in_(agencies), Case.is_open)))


def _acting_in(session: Session, cases: set[int]) -> set[int]:
    """Return the lawyers whom the agents of these cases, or their firms, concern in other cases too (C17 to C19).

    With those whom a case concerned until now.
    """
    if not cases:
        return set()
    a = PartyAgent
    query = select(a.name, a.firm_name, a.licence).join(Party, Party.id == a.party_id)
    agents = session.execute(
        query.where(Party.case_id.in_(cases), Party.side != Side.DEFENDANT).distinct()
    ).all()
    found = _marked(session, "C01", "C02", "C05", "C06", "C17", "C18", "C19", "C20", "C22")
    if not agents:
        return found
    firms = firm_names(session)
    keys = {firm_key(firms.present(agent.firm_name)) for agent in agents} - {""}
    members = select(Membership.lawyer_id, Firm.name).join(Firm, Firm.id == Membership.firm_id)
    found |= {lawyer for lawyer, firm in session.execute(members) if firm_key(firm) in keys}
    names = {person_key(agent.name) for agent in agents}
    licences = {digits(agent.licence) for agent in agents} - {""}
    pool = select(Lawyer.id, Lawyer.name, Lawyer.licence).where(Lawyer.removed_at.is_(None))
    return found | {
        row.id
        for row in session.execute(pool)
        if person_key(row.name) in names or (row.licence or "") in licences
    }


def _tied(session: Session, firms: set[int]) -> set[int]:
    """Return these firms with their branches and head offices."""
    names = session.execute(select(Firm.id, Firm.name)).all()
    keys = {firm_key(row.name) for row in names if row.id in firms}
    return firms | {row.id for row in names if firm_key(row.name) in keys}


def _consulted_about(session: Session, consultations: set[int]) -> set[int]:
    """Return the cases of the disputes that these consultations are about: an opinion given there may count (C20)."""
    if not consultations:
        return set()
    linked = select(ConsultationCase.case_id).where(ConsultationCase.consultation_id.in_(consultations))
    chained = select(Case.dispute_id).where(Case.id.in_(linked))
    return set(session.scalars(select(Case.id).where(Case.id.in_(linked) | Case.dispute_id.in_(chained))))


def _namesakes(session: Session, public: set[int]) -> set[int]:
    """Return the lawyers who may be one of these public lawyers, or were taken for one until now."""
    if not public:
        return set()
    p = PublicLawyer
    alike = (p.name == Lawyer.name) | (p.licence == Lawyer.licence)
    alike |= (p.id_number == Lawyer.id_number) & (p.id_number != "")
    found = set(session.scalars(select(Lawyer.id).join(p, alike).where(p.id.in_(public))))
    return found | _marked(session, "C14")


def _engaged(session: Session, contracts: set[int]) -> set[int]:
    """Return the lawyers whom these contracts bind, or were bound by one until now."""
    if not contracts:
        return set()
    c = AgencyContract
    found: set[int] = set()
    for firm_id, lawyer_id in session.execute(select(c.firm_id, c.lawyer_id).where(c.id.in_(contracts))):
        found |= {lawyer_id} if lawyer_id is not None else set()
        if firm_id is not None:
            of_firm = select(Membership.lawyer_id).where(Membership.firm_id == firm_id)
            found |= set(session.scalars(of_firm))
    return found | _marked(session, "C07", "C17", "C18")


def _marked(session: Session, *rules: str) -> set[int]:
    query = select(Assignment.lawyer_id).join(
        AssignmentConflict, AssignmentConflict.assignment_id == Assignment.id
    )
    return set(session.scalars(query.where(AssignmentConflict.rule.in_(rules))))


def _firms_of(session: Session, lawyers: set[int]) -> set[int]:
    """Colleagues are concerned too: what one declares may bar another of the same firm."""
    if not lawyers:
        return set()
    return set(session.scalars(select(Membership.firm_id).where(Membership.lawyer_id.in_(lawyers))))


def _consented(session: Session, case_ids: set[int]) -> set[tuple[int, int, int, str]]:
    """Return case, party, lawyer and rule of each 知情同意 in these cases."""
    query = select(Consent.case_id, Consent.party_id, Consent.lawyer_id, Consent.rule).where(
        Consent.case_id.in_(case_ids), Consent.is_consent
    )
    return {(c.case_id, c.party_id, c.lawyer_id, c.rule) for c in session.execute(query)}


def _marks(session: Session, assignment_ids: list[int]) -> dict[int, Known]:
    """Return the present marks of assignments: rule and sentence -> known since."""
    found: defaultdict[int, Known] = defaultdict(dict)
    query = select(AssignmentConflict).where(AssignmentConflict.assignment_id.in_(assignment_ids))
    for mark in session.scalars(query):
        found[mark.assignment_id][mark.rule, mark.sentence] = mark.since
    return found


def _mark(session: Session, assignment_id: int, findings: list[Finding], known: Known) -> None:
    if {(f.rule, f.sentence) for f in findings} == known.keys():
        return
    session.execute(delete(AssignmentConflict).where(AssignmentConflict.assignment_id == assignment_id))
    session.info["touched"].setdefault("assignment", set()).add(assignment_id)  # who shows it looks again
    rows = [
        {
            "assignment_id": assignment_id,
            "rule": f.rule,
            "severity": f.severity,
            "article": f.article,
            "sentence": f.sentence,
            "since": known.get((f.rule, f.sentence), today()),
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
