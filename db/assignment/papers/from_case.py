"""Filling the papers of an assignment from the records of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.assignment.papers.letters import (
    ABSENCE,
    IDENTITY,
    LETTER,
    MANDATE,
    AbsenceStub,
    AgencyStub,
    AgentStub,
    CaseStub,
    LetterStub,
    NamedStub,
    absence_paper,
    identity_paper,
    mandate_papers,
    recommendation_letter,
)
from db.assignment.queries.candidates import everybody
from db.cases.queries.cases import cause_title
from db.documents.model import OFFICE, Document, Place
from db.documents.parameters import Parameters
from db.errors import UserError
from db.formats.numbers import mask_phone, parse_licence
from db.formats.text import together
from db.models.assignment import Assignment, Consent, Letter, Recommendation
from db.models.case import AttendancePlan, Case, Event, Party
from db.models.lawyer import Firm, Lawyer
from db.office.queries.attachments import attachments
from db.office.queries.settings import load_settings
from db.office.queries.wording import wording
from db.words.assignment import Mandate
from db.words.case import AgentKind, Attends, Side


@dataclass(frozen=True, slots=True)
class _Served:
    """A case with the agency in it that papers are made for."""

    case: Case
    party: Party


def letters(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """推荐函 of the cases asked for (``ids`` are cases): the letters that went out about them, the latest each."""
    found = []
    for case_id in wanted.ids:
        query = select(Letter).where(Letter.case_id == case_id, Letter.removed_at.is_(None))
        letter = session.scalars(query.order_by(Letter.id.desc())).first()
        if letter is None or letter.party_id is None:
            raise UserError("这件案件还没有发出推荐函。请先在“分派顾问”中确认人选并勾选推荐函。")
        found.append(_letter(session, letter))
    return tuple(found)


def mandates(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """授权委托书 of the cases asked for, one for each agency that is represented, one for each instance.

    Phones of agents are masked unless asked otherwise.
    """
    text, each = wording(session, MANDATE), _each(session, wanted)
    made = tuple(
        replace(
            mandate_papers(
                _agency(served.party), agents, _case(served), _mandate(session, served.party.id), text
            ),
            typed_in=_typed_in(served),
        )
        for served in each
        if (agents := _agents(session, served.party, wanted))
    )
    if each and not made:
        raise UserError("这件案件还没有代理人，授权委托书无从填写。请先分派顾问，或在案件中登记代理人。")
    return made


def identities(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """法定代表人身份证明书 of each agency in the cases asked for."""
    text = wording(session, IDENTITY)
    return tuple(
        replace(identity_paper(_agency(served.party), text), typed_in=_typed_in(served))
        for served in _each(session, wanted)
    )


def absences(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """负责人不能出庭情况说明 of each agency in the cases asked for, for the latest hearing."""
    text = wording(session, ABSENCE)
    return tuple(
        replace(
            absence_paper(_agency(served.party), _case(served), _absence(session, served.case.id), text),
            typed_in=_typed_in(served)[-1:],
        )
        for served in _each(session, wanted)
    )


def _letter(session: Session, letter: Letter) -> Document:
    settings = load_settings(session)
    served = _served(session, letter.case_id or 0, letter.party_id or 0)
    named = session.scalars(
        select(Recommendation)
        .where(Recommendation.letter_id == letter.id)
        .options(selectinload(Recommendation.lawyer))
        .order_by(Recommendation.place)
    ).all()
    known = {c.lawyer_id: c for c in everybody(session, served.case.id, served.party.id, letter.issued_on)}
    named_firms = select(Firm.id, Firm.name).where(Firm.id.in_({c.firm_id for c in known.values()}))
    firms = {firm.id: firm.name for firm in session.execute(named_firms)}
    stubs = []
    for one in named:
        candidate = known.get(one.lawyer_id)
        warned = [f.sentence for f in candidate.findings if f.rule not in {"C24", "C26"}] if candidate else []
        stubs.append(
            NamedStub(
                name=one.lawyer.name,
                firm=firms.get(candidate.firm_id or 0, candidate.firm) if candidate else "",
                licence=one.lawyer.licence or "",
                years=_years(one.lawyer, letter.issued_on),
                specialities=candidate.specialities if candidate else (),
                load=f"{candidate.running}件" if candidate else "",
                checked=f"核对情况：{'；'.join(warned)}" if warned else "",
            )
        )
    letter_paper = recommendation_letter(
        LetterStub(
            office=settings.office_name,
            number=letter.number,
            agency=letter.addressee,
            case=_case(served),
            named=tuple(stubs),
            issued_on=letter.issued_on,
            answer_by=letter.answer_by,
            contact=settings.contact,
            phone=settings.contact_phone,
            consents=_consents(session, served.case.id, served.party.id),
            mark="示例数据，均为虚构" if settings.is_demo else "",
        ),
        wording(session, LETTER),
    )
    return replace(letter_paper, typed_in=(OFFICE, *_typed_in(served)[-1:]))


def _consents(session: Session, case_id: int, party_id: int) -> tuple[str, ...]:
    query = (
        select(Consent, Lawyer.name)
        .join(Lawyer, Lawyer.id == Consent.lawyer_id)
        .where(Consent.case_id == case_id, Consent.party_id == party_id)
        .order_by(Consent.id)
    )
    return tuple(
        f"{name}：{c.fact}，{c.person}于{c.on_date}{'同意' if c.is_consent else '说明'}（{c.reason}）"
        for c, name in session.execute(query)
    )


def _each(session: Session, wanted: Parameters) -> list[_Served]:
    query = (
        select(Case, Party)
        .join(Party, Party.case_id == Case.id)
        .where(Case.id.in_(wanted.ids), Party.side == Side.DEFENDANT)
        .order_by(Case.id, Party.place)
    )
    return [_Served(case, party) for case, party in session.execute(query)]


def _served(session: Session, case_id: int, party_id: int) -> _Served:
    case, party = session.get(Case, case_id), session.get(Party, party_id)
    if case is None or party is None:
        raise UserError("这件案件已被移去，函件无法生成。请先从回收站恢复案件。")
    return _Served(case, party)


def _typed_in(served: _Served) -> tuple[Place, ...]:
    """Return where the facts of the paper are typed: the agency's entry, and the case."""
    case, agency = served.case, served.party.agency
    places = (Place("agency", agency.id, agency.short_name),) if agency else ()
    return (*places, Place("case_record", case.id, case.number or "案件"))


def _case(served: _Served) -> CaseStub:
    case = served.case
    plaintiffs = together([p.name for p in case.parties if p.side is Side.PLAINTIFF])
    cause = cause_title(case)
    return CaseStub(
        matter=f"{plaintiffs}诉{served.party.name}{cause}一案",
        number=case.number,
        court=case.court.name if case.court else "",
        instance=case.procedure.value,
    )


def _agency(party: Party) -> AgencyStub:
    agency = party.agency
    if agency is None:
        return AgencyStub(party.name)
    head, _, post = agency.head.partition(" ")
    return AgencyStub(agency.name, agency.uscc, agency.address, head, post.strip(), agency.phone)


def _phone(number: str, wanted: Parameters) -> str:
    return number if wanted.unmasked else mask_phone(number)


def _agents(session: Session, party: Party, wanted: Parameters) -> Sequence[AgentStub]:
    query = (
        select(Assignment)
        .where(Assignment.party_id == party.id, Assignment.ended_on.is_(None))
        .options(selectinload(Assignment.lawyer), selectinload(Assignment.firm))
        .order_by(Assignment.role, Assignment.id)
    )
    pool = [
        AgentStub(
            a.lawyer.name,
            a.lawyer.sex,
            a.firm.name if a.firm else "",
            a.lawyer.licence or "",
            _phone(a.lawyer.phone, wanted),
        )
        for a in session.scalars(query)
    ]
    own = [
        AgentStub(
            a.name,
            "",
            party.name if a.kind is AgentKind.STAFF else a.firm_name,
            a.licence,
            _phone(a.phone, wanted),
        )
        for a in party.agents
    ]
    return [*pool, *own]


def _mandate(session: Session, party_id: int) -> Mandate:
    query = select(Assignment.mandate).where(Assignment.party_id == party_id, Assignment.ended_on.is_(None))
    return Mandate.SPECIAL if Mandate.SPECIAL in session.scalars(query).all() else Mandate.GENERAL


def _absence(session: Session, case_id: int) -> AbsenceStub:
    query = (
        select(Event, AttendancePlan)
        .join(AttendancePlan, AttendancePlan.event_id == Event.id)
        .where(Event.case_id == case_id, AttendancePlan.attends == Attends.NO)
        .order_by(Event.on_date.desc(), Event.id.desc())
    )
    row = session.execute(query).first()
    if row is None:
        raise UserError(
            "没有登记负责人不出庭的开庭安排，情况说明无从填写。请先在案件的“出庭安排”中登记原因。"
        )
    event, plan = row
    why = "，".join(p for p in (plan.absence.value if plan.absence else "", plan.absence_note) if p)
    return AbsenceStub(
        hearing=f"{event.on_date.year}年{event.on_date.month}月{event.on_date.day}日{event.at_time}",
        reason=why,
        staff=plan.staff,
        papers="、".join(f"《{name}》" for name in _proofs(session, case_id)),
    )


def _proofs(session: Session, case_id: int) -> list[str]:
    """Return the names of the files kept with a case that prove why the head cannot come (法释〔2020〕3号第九条)."""
    kept = attachments(session, Case.__tablename__, case_id)
    return [Path(a.name).stem for a in kept if "证明" in f"{a.kind}{a.name}" and "身份证明" not in a.name]


def _years(lawyer: Lawyer, day: date) -> int | None:
    parsed = parse_licence(lawyer.licence or "")
    began = lawyer.first_licensed_on.year if lawyer.first_licensed_on else parsed.year if parsed else None
    return None if began is None else max(0, day.year - began)
