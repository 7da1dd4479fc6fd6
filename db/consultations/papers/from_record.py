"""Making the papers of a consultation from its record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.assignment.queries.assigning import issue_date
from db.cases.queries.cases import cause_title
from db.cases.state import load_calendar
from db.consultations.papers.invitations import Enclosed, agency_notices, member_notices
from db.consultations.papers.meeting_sheets import opinion_sheet, sign_in_sheet
from db.consultations.papers.meetings import NOTICE, UNIT_NOTICE, Bureau
from db.consultations.papers.minutes import minutes
from db.consultations.queries.detail import ConsultationDetail, ConsultedCase, consultation_detail
from db.documents.model import Document
from db.documents.parameters import SAMPLE, Parameters
from db.errors import UserError
from db.law.counting import count_back
from db.models.case import Case
from db.office.queries.attachments import attachments
from db.office.queries.settings import load_settings
from db.office.queries.wording import wording
from db.words.case import Side, Unit

TABLE = "consultation"
LATER_PAPERS = ("意见表", "纪要", "签到", "凭据")
"""Words in the kinds and names of files that come out of a consultation: none of the materials sent before it."""


def notices(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """会商通知 of the consultations asked for, to those who are asked for their opinion and to guests."""
    bureau, text = _bureau(session), wording(session, NOTICE)
    return tuple(
        paper
        for detail in _each(session, wanted)
        for paper in member_notices(detail, bureau, _enclosed(session, detail, wanted), text)
    )


def unit_notices(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """会商通知 to the agencies: who asked for it, and whose people are invited."""
    bureau, text = _bureau(session), wording(session, UNIT_NOTICE)
    return tuple(
        paper
        for detail in _each(session, wanted)
        for paper in agency_notices(detail, bureau, _enclosed(session, detail, wanted), text)
    )


def sign_in_sheets(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """会商签到表, one for each consultation."""
    bureau = _bureau(session)
    return tuple(sign_in_sheet(detail, bureau, unmasked=wanted.unmasked) for detail in _each(session, wanted))


def opinion_sheets(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """研判意见表 of every member who is asked for his opinion, or of the ``members`` chosen."""
    bureau, made = _bureau(session), []
    for detail in _each(session, wanted):
        chosen = [m for m in detail.speakers if not wanted.members or m.key in wanted.members]
        if not chosen:
            raise UserError("还没有邀请发表意见的顾问或专家。请先在会商中添加参会人员。")
        made += [opinion_sheet(detail, member, bureau) for member in chosen]
    return tuple(made)


def minutes_papers(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """会商纪要 of the latest version; what is not archived yet is a draft."""
    bureau = _bureau(session)
    return tuple(minutes(detail, bureau) for detail in _each(session, wanted))


def _each(session: Session, wanted: Parameters) -> Iterator[ConsultationDetail]:
    if not wanted.ids:
        raise UserError("请先选定一次会商，再打印它的文书。")
    for key in wanted.ids:
        detail = consultation_detail(session, key, wanted.today)
        if detail is None:
            raise UserError("这次会商已被移去，文书无法生成。请先从回收站恢复。")
        if detail.cancelled_on is not None:
            raise UserError(f"这次会商已于 {detail.cancelled_on} 取消，不再出具文书。")
        yield replace(detail, cases=_in_full(session, detail.cases))


def _in_full(session: Session, cases: tuple[ConsultedCase, ...]) -> tuple[ConsultedCase, ...]:
    """Return cases with the full names of parties and courts, as papers that leave the bureau write them."""
    query = select(Case).where(Case.id.in_([case.key for case in cases]))
    found = {case.id: case for case in session.scalars(query.options(selectinload(Case.parties)))}
    made = []
    for line in cases:
        case = found[line.key]
        sides = (
            "、".join(p.name for p in case.parties if p.side is side)
            for side in (Side.PLAINTIFF, Side.DEFENDANT)
        )
        court = case.court.name if case.court else ""
        made.append(replace(line, parties="诉".join(sides), cause=cause_title(case), court=court))
    return tuple(made)


def _bureau(session: Session) -> Bureau:
    settings = load_settings(session)
    return Bureau(
        settings.office_name,
        settings.contact,
        settings.contact_phone,
        SAMPLE if settings.is_demo else "",
    )


def _enclosed(session: Session, detail: ConsultationDetail, wanted: Parameters) -> Enclosed:
    materials = tuple(
        Path(a.name).stem
        for a in attachments(session, TABLE, detail.row.key)
        if not any(word in f"{a.kind}{a.name}" for word in LATER_PAPERS)
    )
    issued_on = issue_date(session, detail.row.number, wanted.issued_on, wanted.today)
    return Enclosed(issued_on, _answer_by(session, detail.row.held_on), materials)


def _answer_by(session: Session, held_on: date | None) -> date | None:
    """Return the last working day before it is held."""
    if held_on is None:
        return None
    return count_back(held_on, 1, Unit.WORKING_DAY, load_calendar(session), "召开").due
