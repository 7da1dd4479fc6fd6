"""The demo bureau: believable, invented, marked as 示例, and the same every time for the same day."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.assignment.acts.assignments import assign
from db.assignment.queries.candidates import candidates
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.cases.acts.cases import record_event, save_case
from db.cases.rules.cases import AgentDraft, CaseDraft, EventDraft, PartyDraft
from db.copies.making import keep_before
from db.copies.rotation import Why
from db.demo.cases import CHAINED, deepen, enter_chains, fields_of, proof_of_answer
from db.demo.consultations import clear_consultations, enter_consultations
from db.demo.coverage import clear_coverage, enter_coverage
from db.demo.roster import enter_lawyers, enter_work
from db.demo.urging import clear_letters, enter_letters
from db.engine import Database
from db.errors import UserError
from db.models.agency import Agency
from db.models.case import Case, CaseSeries, Party
from db.models.lawyer import Firm, Lawyer
from db.models.reference import Cause, Court
from db.models.service import Service
from db.office.acts.common import remove
from db.office.acts.settings import put
from db.words.assignment import Mandate, Role, Severity
from db.words.case import Attendance, EventKind, Outcome, PartyKind, Procedure, Side

DATA = Path(__file__).parents[2] / "resources" / "demo" / "bureau.json"
CASES = 60
SEED = 20260101
LETTERS_SINCE = 60  # days: for that long the recommendations of the demo went out as letters


def load_demo(database: Database, today: date) -> str:
    """Fill an empty database with the demo bureau as one act; return what was entered, in words.

    Raises ``UserError`` when lawyers or cases are there already: demo and real data are never mixed.
    """
    with database.write("载入示例数据") as session:
        if session.scalar(select(func.count(Lawyer.id)).where(Lawyer.removed_at.is_(None))) or session.scalar(
            select(func.count(Case.id)).where(Case.removed_at.is_(None))
        ):
            raise UserError(
                "库中已有顾问或案件，没有载入示例数据，以免与正式数据混在一起。请在新建的空库中载入。"
            )
        demo = _Demo(session, today)
        enter_lawyers(session, demo.data, today)
        demo.enter_cases()
        enter_work(session, demo.data, today)
        consultations = enter_consultations(session, today)
        public = enter_coverage(session, demo.data["firms"], today)
        enter_letters(session, today)
        put(session, "is_demo", True)
    return f"顾问 {len(demo.data['lawyers'])} 人、律所 {len(demo.data['firms'])} 家、案件 {CASES} 件、会商 {consultations} 次、公职律师 {public} 人"


def clear_demo(database: Database) -> None:
    """Move the whole demo bureau to the recycle bin as one act, so that real work can begin.

    The database is copied first; raises ``NoCopy`` if that was not possible.
    """
    keep_before(database.url, Why.CLEARING)
    with database.write("清除示例数据") as session:
        for model in (Case, CaseSeries, Service, Lawyer, Firm):
            remove(session, model, session.scalars(select(model.id).where(model.removed_at.is_(None))).all())
        clear_consultations(session)
        clear_coverage(session)
        clear_letters(session)
        put(session, "is_demo", False)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How far a demo case has come; days are before today."""

    age: int
    answered: bool = False
    hearing_in: int | None = None
    judged: int | None = None
    appealed: bool = False
    closed: bool = False
    assigned: bool = True


OPEN = (
    _Plan(1, assigned=False),
    _Plan(4, assigned=False),
    _Plan(6, assigned=False),
    _Plan(8),
    _Plan(12),
    _Plan(13),
    _Plan(17),  # the answer is overdue
    _Plan(20, answered=True, hearing_in=0),
    _Plan(24, answered=True, hearing_in=2),
    _Plan(28, answered=True, hearing_in=9),
    _Plan(31, answered=True, hearing_in=14),
    _Plan(35, answered=True, hearing_in=16),
    _Plan(41, answered=True, hearing_in=22),
    _Plan(48, answered=True, hearing_in=27),
    _Plan(60, answered=True, hearing_in=-6),
    _Plan(72, answered=True, hearing_in=-15),
    _Plan(85, answered=True, hearing_in=-24),
    _Plan(96, answered=True, hearing_in=-35),
    _Plan(110, answered=True, hearing_in=-50, judged=4),
    _Plan(122, answered=True, hearing_in=-60, judged=9),
    _Plan(130, answered=True, hearing_in=-66, judged=12, appealed=True),
    _Plan(139, answered=True, hearing_in=-70),
)
RESULTS = (
    Outcome.DISMISSED,
    Outcome.DISMISSED,
    Outcome.DISMISSED,
    Outcome.DISMISSED,
    Outcome.WITHDRAWN,
    Outcome.REJECTED,
    Outcome.REVOKED,
    Outcome.WITHDRAWN_AFTER_CORRECTION,
    Outcome.UNLAWFUL,
    Outcome.DISMISSED,
    Outcome.MEDIATED,
)


class _Demo:
    """Enters the bureau through the same acts as a clerk."""

    def __init__(self, session: Session, today: date) -> None:
        self.session, self.today = session, today
        self.random = Random(SEED)  # noqa: S311 - repeatable on purpose
        self.data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
        self.agencies = {a.short_name: a.id for a in session.scalars(select(Agency))}
        self.courts = {c.code: c.id for c in session.scalars(select(Court))}
        self.causes = {c.name: c.id for c in session.scalars(select(Cause))}
        self.serial: dict[tuple[int, str], int] = {}

    def enter_cases(self) -> None:
        """Enter the open cases as planned, and closed ones back over two years, the oldest first."""
        closed = CASES - len(OPEN) - CHAINED
        plans = [
            _Plan(150 + (closed - at) * 14, answered=True, hearing_in=-1, judged=1, closed=True)
            for at in range(closed)
        ]
        for at, plan in enumerate([*plans, *reversed(OPEN)]):
            self._enter_case(at, plan)
        enter_chains(self.session, self.data, self.agencies, self.today)
        deepen(self.session, self.data, self.today)

    def _enter_case(self, at: int, plan: _Plan) -> None:
        matters = self.data["matters"]
        agency, cause, text, act = matters[(at * 7 + at // len(matters)) % len(matters)]
        received = self._working_day(self.today - timedelta(days=plan.age))
        hearing = self._hearing(plan, received)
        is_court_case = at % 11 != 5 or not plan.closed  # noqa: PLR2004 - every eleventh closed one is an appeal
        procedure = Procedure.FIRST_INSTANCE if is_court_case else Procedure.SECOND_INSTANCE
        code = self._court(agency, procedure)
        filed = received - timedelta(days=2)
        draft = CaseDraft(
            number=self._number(filed.year, code, procedure),
            procedure=procedure,
            court_id=self.courts[code],
            cause_id=self.causes[cause],
            cause_text=text,
            act=act,
            act_on=received - timedelta(days=100 + at % 40),
            act_number=f"示例决字〔{(received - timedelta(days=100 + at % 40)).year}〕{at + 1}号",
            fields=fields_of(self.session, f"{text}{act}{cause}"),
            filed_on=filed,
            received_on=received,
            hearing_on=hearing,
            hearing_time=("09:00", "09:30", "14:30")[at % 3] if hearing else "",
            hearing_place=f"第{'一二三'[at % 3]}法庭" if hearing else "",
            parties=self._parties(at, agency),
            attendance=self._attendance(plan, hearing),
            is_difficult=at % 13 == 0,
            difficult_reason="涉及人数较多，社会关注度高。" if at % 13 == 0 else "",
        )
        key = save_case(self.session, draft, self.today)
        if plan.assigned:
            self._assign(key, received + timedelta(days=1), two=at % 3 != 1)
        self._happen(key, plan, received, at)

    def _parties(self, at: int, agency: str) -> tuple[PartyDraft, ...]:
        is_company = at % 5 == 2  # noqa: PLR2004 - every fifth plaintiff is a company
        pool = self.data["companies"] if is_company else self.data["plaintiffs"]
        agents: tuple[AgentDraft, ...] = ()
        if at % 2 == 0:
            names, firms = self.data["opposing_lawyers"], self.data["opposing_firms"]
            is_rival = at == CASES - 2  # one waiting case in which a firm of the pool acts for the plaintiff
            firm = self.data["rival_firm"] if is_rival else firms[at // 2 % len(firms)]
            agents = (AgentDraft(names[0] if is_rival else names[1 + at % 5], firm_name=firm),)
        return (
            PartyDraft(
                Side.PLAINTIFF,
                pool[at % len(pool)],
                PartyKind.ORGANISATION if is_company else PartyKind.PERSON,
                agents=agents,
            ),
            PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=self.agencies[agency]),
        )

    def _assign(self, case_id: int, day: date, *, two: bool) -> None:
        party = self.session.scalars(
            select(Party.id).where(Party.case_id == case_id, Party.side == Side.DEFENDANT)
        ).one()
        found = candidates(self.session, case_id, party, min(day, self.today))
        free = [c for c in found if all(f.severity is Severity.WARN for f in c.findings)]
        chosen = sorted(
            free, key=lambda c: (c.running >= c.capacity - 1, not c.matches, c.this_year, c.running)
        )
        names = chosen[: 2 if two else 1]
        case = self.session.get_one(Case, case_id)
        draft = AssignmentDraft(
            case_id=case_id,
            party_id=party,
            choices=tuple(
                Choice(c.lawyer_id, Role.LEAD if place == 0 else Role.ASSISTANT)
                for place, c in enumerate(names)
            ),
            alternates=tuple(c.lawyer_id for c in chosen[len(names) : len(names) + 1]),
            mandate=Mandate.SPECIAL if case_id % 4 == 0 else Mandate.GENERAL,
            assigned_on=min(day, self.today),
            reason="熟悉该领域，在办较少，与对方当事人及其代理人无利害关系。",
            with_letter=day > self.today - timedelta(days=LETTERS_SINCE),
            version=case.version,
        )
        assign(self.session, draft, self.today)

    def _happen(self, key: int, plan: _Plan, received: date, at: int) -> None:
        if plan.answered:
            self._event(key, proof_of_answer(at, min(received + timedelta(days=11), self.today)))
        if plan.closed:
            judged = min(received + timedelta(days=85 + at % 5 * 9), self.today - timedelta(days=20))
            self._event(key, EventDraft(EventKind.JUDGMENT_SERVED, judged))
            result = RESULTS[at % len(RESULTS)]
            if self.session.get_one(Case, key).procedure is Procedure.SECOND_INSTANCE:
                result = Outcome.UPHELD_ON_APPEAL
            self._event(key, EventDraft(EventKind.CLOSED, judged + timedelta(days=16), outcome=result))
        elif plan.judged is not None:
            self._event(key, EventDraft(EventKind.JUDGMENT_SERVED, self.today - timedelta(days=plan.judged)))
            if plan.appealed:
                self._event(key, EventDraft(EventKind.APPEALED, self.today - timedelta(days=1)))

    def _event(self, key: int, draft: EventDraft) -> None:
        self.session.flush()
        record_event(self.session, key, draft, self.session.get_one(Case, key).version, self.today)

    def _hearing(self, plan: _Plan, received: date) -> date | None:
        if plan.closed:
            return self._working_day(received + timedelta(days=45))
        if plan.hearing_in is None:
            return None
        return self._working_day(self.today + timedelta(days=plan.hearing_in))

    def _attendance(self, plan: _Plan, hearing: date | None) -> Attendance:
        if hearing is None:
            return Attendance.PENDING
        if hearing < self.today:
            return Attendance.EXCUSED if plan.age % 5 == 0 else Attendance.ATTENDED
        return Attendance.CONFIRMED if plan.age % 2 == 0 else Attendance.PENDING

    def _court(self, agency: str, procedure: Procedure) -> str:
        return "浙08" if procedure is Procedure.SECOND_INSTANCE or agency == "柯城区政府" else "浙0825"

    def _number(self, year: int, code: str, procedure: Procedure) -> str:
        kind = "行终" if procedure is Procedure.SECOND_INSTANCE else "行初"
        at = self.serial.get((year, code + kind), 0) + 1 + self.random.randrange(3)
        self.serial[year, code + kind] = at
        return f"（{year}）{code}{kind}{at}号"

    @staticmethod
    def _working_day(day: date) -> date:
        return day - timedelta(days=max(day.weekday() - 4, 0))
