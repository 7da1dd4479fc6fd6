"""A small builder of conflict situations over a real database: who is who, what is on record, and what the rules say."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from sqlalchemy import select

from db.agencies.acts.changes import end_agency, rename_agency
from db.agencies.rules.agencies import AgencyEnd, EndDraft, RenameDraft
from db.assignment.acts.assignments import assign
from db.assignment.queries.candidates import everybody
from db.assignment.queries.standing_conflicts import standing_conflicts
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.cases.acts.cases import record_event, save_case
from db.cases.acts.chains import link_previous
from db.cases.queries.detail import case_draft
from db.cases.rules.cases import AgentDraft, CaseDraft, EventDraft, PartyDraft
from db.engine import Database
from db.models.agency import Agency
from db.models.case import Case, Party
from db.models.reference import Court
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.words.assignment import Role
from db.words.case import PartyKind, Procedure, Side
from tests.conftest import TODAY, a_lawyer

FIRM = "浙江示例双港律师事务所"


@dataclass
class Situation:
    """One office; every call is an act of the clerk. Numbers that nobody cares about are made up."""

    database: Database

    def __post_init__(self) -> None:
        self._numbers = count(100001)
        self._cases = count(1)

    # -- what is on record -------------------------------------------------------------------

    def lawyer(self, name: str = "汪晓棠", firm: str = FIRM, **more) -> int:
        """Enter a lawyer of the pool."""
        given = {"licence": f"13308201510{next(self._numbers)}", "phone": "", "sex": ""} | more
        return self._do(save_lawyer, a_lawyer(name=name, firm=firm, **given), TODAY)

    def change(self, lawyer: int, **changes) -> None:
        """Change a lawyer: a new firm with ``firm`` and ``firm_since``, or what he brings along."""
        with self.database.read() as session:
            draft = lawyer_draft(session, lawyer, TODAY)
        self._do(save_lawyer, replace(draft, **changes), TODAY, lawyer)

    def agency(self, short_name: str) -> int:
        """Return the key of an agency by its short name."""
        with self.database.read() as session:
            return session.scalars(select(Agency.id).where(Agency.short_name == short_name)).one()

    def rename(self, short_name: str, name: str, short: str, on: date) -> None:
        """Give an agency another name from a day on."""
        key = self.agency(short_name)
        with self.database.read() as session:
            version = session.get(Agency, key).version
        self._do(rename_agency, key, RenameDraft(name, short, on, "示例文件", version), TODAY)

    def merge(self, short_name: str, into: str, on: date) -> None:
        """Merge an agency into another one."""
        key = self.agency(short_name)
        with self.database.read() as session:
            version = session.get(Agency, key).version
        draft = EndDraft(AgencyEnd.MERGED, on, self.agency(into), "示例文件", version=version)
        self._do(end_agency, key, draft, TODAY)

    def case(
        self,
        defendant: str = "区综合执法局",
        plaintiff: str = "周建国",
        agent: AgentDraft | None = None,
        *,
        kind: PartyKind = PartyKind.PERSON,
        court: str = "浙0825",
        after: int | None = None,
        **more,
    ) -> int:
        """Register a case of first instance, or one that comes ``after`` another, against an agency."""
        with self.database.read() as session:
            court_id = session.scalars(select(Court.id).where(Court.code == court)).one()
        procedure = Procedure.FIRST_INSTANCE if after is None else Procedure.SECOND_INSTANCE
        word = "行初" if after is None else "行终"
        given = {
            "number": f"（2026）{court}{word}{next(self._cases)}号",
            "procedure": procedure,
            "court_id": court_id,
            "court_reason": "示例",
            "cause_text": "违法建设处罚",
            "received_on": date(2026, 11, 2),
            "parties": (
                PartyDraft(Side.PLAINTIFF, plaintiff, kind=kind, agents=(agent,) if agent else ()),
                PartyDraft(Side.DEFENDANT, kind=PartyKind.AGENCY, agency_id=self.agency(defendant)),
            ),
        } | more
        key = self._do(save_case, CaseDraft(**given), TODAY)
        if after is not None:
            with self.database.read() as session:
                version = session.get(Case, key).version
            self._do(link_previous, key, after, version)
        return key

    def let_act(self, case: int, agent: AgentDraft | None) -> None:
        """Write somebody, or nobody, as the plaintiff's agent into a case."""
        with self.database.read() as session:
            draft = case_draft(session, case)
        first, *others = draft.parties
        parties = (replace(first, agents=(agent,) if agent else ()), *others)
        self._do(save_case, replace(draft, parties=parties), TODAY, case)

    def hearing(self, case: int, held: EventDraft) -> None:
        """Note a hearing."""
        with self.database.read() as session:
            version = session.get(Case, case).version
        self._do(record_event, case, held, version, TODAY)

    def number(self, case: int) -> str:
        """Return a case's number."""
        with self.database.read() as session:
            return session.get(Case, case).number

    def assign(self, case: int, lawyer: int, day: date = TODAY) -> int:
        """Assign a lawyer to the case's defendant."""
        party = self._party(case)
        with self.database.read() as session:
            version = session.get(Case, case).version
        draft = AssignmentDraft(
            case, party, (Choice(lawyer, Role.LEAD),), assigned_on=day, reason="示例", version=version
        )
        return self._do(assign, draft, TODAY)[0]

    # -- what the rules say ------------------------------------------------------------------

    def said(self, case: int, lawyer: int, day: date = TODAY) -> dict[str, str]:
        """Return what speaks against a lawyer in a case on a day: rule -> 回避, 须同意 or 提示 (the gravest)."""
        party = self._party(case)
        with self.database.read() as session:
            found = everybody(session, case, party, day)
        findings = next(c.findings for c in found if c.lawyer_id == lawyer)
        return {f.rule: f.severity.value for f in reversed(findings)}

    def marks(self) -> set[tuple[str, str]]:
        """Return the marks of running assignments: lawyer and rule."""
        with self.database.read() as session:
            return {(c.lawyer, c.rule) for c in standing_conflicts(session)}

    def _party(self, case: int) -> int:
        with self.database.read() as session:
            query = select(Party.id).where(Party.case_id == case, Party.side == Side.DEFENDANT)
            return session.scalars(query.order_by(Party.place)).first()

    def _do(self, act, *given):
        with self.database.write("示例") as session:
            return act(session, *given)


def agent(name: str = "徐立", firm: str = "", licence: str = "") -> AgentDraft:
    """Return somebody who acts for the plaintiff."""
    return AgentDraft(name, firm_name=firm, licence=licence)
