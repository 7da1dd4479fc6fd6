"""Proposing lead lawyers for all waiting cases at once, with the loads before and after and why each."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.assignment.queries.candidates import Candidate, Judged, candidates
from db.assignment.queries.conflict_facts import Target
from db.assignment.queries.conflict_pool import load_pool
from db.assignment.rules.allocation import Allocation, Cancelled, allocate
from db.assignment.rules.conflicts import Finding
from db.assignment.rules.ranking import case_weight
from db.assignment.rules.waiting import Free, Waiting
from db.errors import UserError
from db.formats.numbers import normalise_case_number
from db.law.hearing_times import clash
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.roster.queries.roster import RosterRow
from db.roster.rules.lawyers import Standing
from db.words.assignment import Severity
from db.words.case import Procedure, Side

Progress = Callable[[int, int], bool]
"""Told how many of how many cases were looked at; returns whether to go on."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One waiting case with the lawyer proposed for it; ``why`` are the sentences of his ranking.

    ``lawyer_id`` is ``None`` where nobody may take the case: then ``why`` says what stands against each.
    """

    case_id: int
    party_id: int
    version: int
    number: str
    parties: str
    agency: str
    lawyer_id: int | None
    lawyer: str
    total: str
    why: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A lawyer's weighted load before and after the batch."""

    lawyer_id: int
    name: str
    before: float
    after: float
    capacity: int
    new: int


@dataclass(frozen=True, slots=True)
class Batch:
    """The proposals for all waiting cases, and what they do to the pool's loads; ``total`` is the sum of scores."""

    proposals: tuple[Proposal, ...]
    loads: tuple[LoadLine, ...]
    total: str
    cost: str


def propose(session: Session, today: date, progress: Progress | None = None) -> Batch:
    """Return the best allocation of all waiting cases; ``Cancelled`` when called off, nothing is written."""
    waiting = _waiting(session)
    pool = load_pool(session, today)
    judged = Judged(session, [(case.id, party.id) for case, party in waiting], pool)
    cases = []
    for at, (case, party) in enumerate(waiting, start=1):
        if progress and not progress(at, len(waiting)):
            raise Cancelled("已取消批量分派，没有写入任何内容。")
        target = case.id, party.id
        weight = case_weight(
            is_difficult=case.is_difficult,
            difficult_weight=pool.settings.difficult_weight,
            is_enforcement=case.procedure is Procedure.ENFORCEMENT,
        )
        scores = {
            row.key: judged.tenths(row, target) for row in pool.rows if not _against(judged, row, target)
        }
        cases.append(Waiting(case.id, weight, scores, judged.look(target).view.sittings))
    free = [Free(row.key, pool.loads.get(row.key, 0), row.capacity) for row in pool.rows]
    of = len(waiting)
    best = allocate(cases, free, go_on=(lambda: progress(of, of)) if progress else None)
    return Batch(
        proposals=tuple(_proposal(judged, case, party, best) for case, party in waiting),
        loads=_loads(free, {row.key: row.name for row in pool.rows}, cases, best),
        total=f"{best.score / 10:.1f}",
        cost=f"{best.cost / 10:.1f}",
    )


def candidates_of(session: Session, case: str, today: date) -> list[Candidate]:
    """Return the candidates for the first agency of a case, named by its id or its number.

    Raises ``UserError`` when there is no such case, or no agency in it.
    """
    wanted = Case.number == normalise_case_number(case)
    if case.isdecimal():
        wanted = wanted | (Case.id == int(case))
    found = session.scalars(
        select(Case.id).where(wanted, Case.removed_at.is_(None)).order_by(Case.id)
    ).first()
    if found is None:
        raise UserError(f"没有编号或案号为“{case}”的案件。请核对后再试。")
    query = select(Party.id).where(Party.case_id == found, Party.side == Side.DEFENDANT).order_by(Party.place)
    party_id = session.scalars(query).first()
    if party_id is None:
        raise UserError(f"案件“{case}”还没有登记被告单位。请先补登。")
    return candidates(session, found, party_id, today)


def _waiting(session: Session) -> list[tuple[Case, Party]]:
    """Return the open cases without a pool lawyer, each with its first agency, the longest waiting first."""
    running = select(Assignment.id).where(Assignment.case_id == Case.id, Assignment.ended_on.is_(None))
    query = (
        select(Case, Party)
        .join(Party, Party.case_id == Case.id)
        .where(Case.is_open, Case.removed_at.is_(None), Party.side == Side.DEFENDANT, ~running.exists())
        .order_by(Case.received_on.asc().nulls_last(), Case.id, Party.place)
    )
    first: dict[int, tuple[Case, Party]] = {}
    for case, party in session.execute(query):
        first.setdefault(case.id, (case, party))
    return list(first.values())


def _against(judged: Judged, row: RosterRow, target: Target) -> str:
    """Say what keeps a lawyer out of a batch for a case; empty if nothing does.

    A batch takes only whom nothing bars, for whom no consent has to be got first, and who is not in court at that hour.
    """
    if row.standing is not Standing.SERVING:
        return row.pause or row.standing.value
    if barring := next((f for f in judged.findings(row, target) if _bars(f)), None):
        return barring.sentence
    view = judged.look(target).view
    for busy in judged.pool.hearings.get(row.key, ()) if view.sittings else ():
        if busy.case_id != view.case_id and any(clash(busy.sitting, sitting) for sitting in view.sittings):
            return f"同一时间另有开庭：{busy.sitting.text()} {busy.number}"
    return ""


def _bars(finding: Finding) -> bool:
    return finding.severity is not Severity.WARN


def _proposal(judged: Judged, case: Case, party: Party, best: Allocation) -> Proposal:
    target, key = (case.id, party.id), best.chosen.get(case.id)
    chosen = next((judged.candidate(row, target) for row in judged.pool.rows if row.key == key), None)
    if chosen is None:
        serving = [row for row in judged.pool.rows if row.standing is Standing.SERVING]
        said = {row.name: _against(judged, row, target) for row in serving}
        why = tuple(f"{name}：{against}" for name, against in said.items() if against)
        why += ("其余在聘顾问已满负荷，或者同一时间另有开庭",) * (len(why) < len(serving) or not serving)
    else:
        why = tuple(f.sentence for f in chosen.ranking.factors)
    return Proposal(
        case_id=case.id,
        party_id=party.id,
        version=case.version,
        number=case.number or "（未编号）",
        parties=f"{case.plaintiffs} 诉 {case.defendants}",
        agency=party.name,
        lawyer_id=chosen.lawyer_id if chosen else None,
        lawyer=chosen.name if chosen else "",
        total=chosen.ranking.total if chosen else "",
        why=why,
        warnings=tuple(f.sentence for f in chosen.findings) if chosen else (),
    )


def _loads(
    free: list[Free], names: dict[int, str], cases: list[Waiting], best: Allocation
) -> tuple[LoadLine, ...]:
    weights = {case.key: case.weight for case in cases}
    added: Counter[int] = Counter()
    more: dict[int, float] = {}
    for case_id, key in best.chosen.items():
        added[key] += 1
        more[key] = more.get(key, 0) + weights[case_id]
    return tuple(
        LoadLine(f.key, names[f.key], f.load, f.load + more.get(f.key, 0), f.capacity, added[f.key])
        for f in free
    )
