"""Reading how evenly a year's assignments are spread over the pool, and whose turn it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.assignment.queries.candidates import COUNTS
from db.assignment.queries.conflict_pool import weighted_loads
from db.assignment.rules.fairness import evenness_words, gini
from db.assignment.rules.ranking import Merits, case_weight, next_in_turn, waiting_words
from db.models.assignment import Assignment
from db.models.case import Case
from db.office.queries.settings import load_settings
from db.roster.queries.roster import RosterRow, roster
from db.roster.rules.lawyers import Standing
from db.words.assignment import Role
from db.words.case import Procedure


@dataclass(frozen=True, slots=True)
class FairLine:
    """One lawyer's assignments of the year (人次): as lead, as assistant, and their weight.

    ``load`` is the weight of what he has running on the day. ``turn`` is his place in the order of turns, ``None``
    for who is not on offer on the day; ``why`` says on what it rests.
    """

    lawyer_id: int
    name: str
    firm: str
    standing: Standing
    lead: int
    assistant: int
    weighted: float
    load: float
    last_on: date | None
    turn: int | None
    why: str

    @property
    def count(self) -> int:
        """All assignments of the year."""
        return self.lead + self.assistant


@dataclass(frozen=True, slots=True)
class Fairness:
    """A year's spread: who is on offer stands first, by whose turn it is; gap and Gini are of these alone.

    An assignment counts, whatever became of the case, unless it was cancelled (撤销); so does one that ended midway.
    """

    year: int
    day: date
    lines: tuple[FairLine, ...]

    @property
    def on_offer(self) -> tuple[FairLine, ...]:
        """Those among whom turns are taken."""
        return tuple(line for line in self.lines if line.turn is not None)

    @property
    def gap(self) -> int:
        """The difference between the most and the fewest assignments."""
        counts = [line.count for line in self.on_offer]
        return max(counts) - min(counts) if counts else 0

    @property
    def gini(self) -> float:
        """The Gini coefficient of the numbers of assignments: 0 is even."""
        return gini([line.count for line in self.on_offer])

    @property
    def words(self) -> str:
        """The spread in a sentence."""
        return evenness_words([line.count for line in self.on_offer])


@dataclass(frozen=True, slots=True)
class _Year:
    lead: int = 0
    assistant: int = 0
    weighted: float = 0


def fairness(session: Session, year: int, today: date, rows: Sequence[RosterRow] | None = None) -> Fairness:
    """Return the spread of ``year`` as of its last day, or of ``today`` in the running one; ``rows`` the pool's then."""
    day = min(today, date(year, 12, 31))
    pool = roster(session, day) if rows is None else rows
    years, last, loads = _years(session, year, day), _last(session, day), weighted_loads(session, day)
    merits = [
        Merits(
            name_order=_order(row),
            year=years[row.key].lead + years[row.key].assistant,
            last_on=last.get(row.key),
        )
        for row in pool
        if row.standing is Standing.SERVING
    ]
    places = {m.name_order: at for at, m in enumerate(next_in_turn(merits), start=1)}
    lines = []
    for row in pool:
        is_on_offer = row.standing is Standing.SERVING
        done = years[row.key]
        if is_on_offer or done.lead + done.assistant:
            count = done.lead + done.assistant
            lines.append(
                FairLine(
                    lawyer_id=row.key,
                    name=row.name,
                    firm=row.firm_short,
                    standing=row.standing,
                    lead=done.lead,
                    assistant=done.assistant,
                    weighted=done.weighted,
                    load=loads.get(row.key, 0),
                    last_on=last.get(row.key),
                    turn=places[_order(row)] if is_on_offer else None,
                    why=f"{'本年' if year == today.year else f'{year} 年'}分派 {count} 件，"
                    f"{waiting_words(last.get(row.key), day)}",
                )
            )
    return Fairness(year, day, tuple(sorted(lines, key=lambda x: (x.turn is None, x.turn or 0, x.name))))


def _order(row: RosterRow) -> str:
    """Return what tells namesakes apart in the order by pinyin."""
    return f"{row.sort_key} {row.key:09d}"


def _years(session: Session, year: int, day: date) -> defaultdict[int, _Year]:
    heavy = load_settings(session).difficult_weight
    query = (
        select(Assignment.lawyer_id, Assignment.role, Case.is_difficult, Case.procedure)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.assigned_on.between(date(year, 1, 1), day), Case.removed_at.is_(None), COUNTS)
    )
    found: defaultdict[int, _Year] = defaultdict(_Year)
    for lawyer_id, role, is_difficult, procedure in session.execute(query):
        weight = case_weight(
            is_difficult=is_difficult,
            difficult_weight=heavy,
            is_enforcement=procedure is Procedure.ENFORCEMENT,
        )
        before = found[lawyer_id]
        found[lawyer_id] = _Year(
            before.lead + (role is Role.LEAD),
            before.assistant + (role is not Role.LEAD),
            before.weighted + weight,
        )
    return found


def _last(session: Session, day: date) -> dict[int, date]:
    query = (
        select(Assignment.lawyer_id, func.max(Assignment.assigned_on))
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.assigned_on <= day, Case.removed_at.is_(None), COUNTS)
        .group_by(Assignment.lawyer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
