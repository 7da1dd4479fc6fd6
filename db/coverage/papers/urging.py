"""催办函: the bureau's letter to an agency that falls short, with a slip for its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.assignment.queries.assigning import next_number
from db.coverage.queries.urging import URGING, unanswered_urging, urging_rows
from db.coverage.rules.urging import UrgingDraft
from db.documents.letters import missing_fields, paragraphs
from db.documents.model import (
    OFFICE,
    Block,
    Document,
    Field,
    Fields,
    Paragraph,
    Seal,
    Slip,
    Style,
    day_text,
    prose,
)
from db.documents.parameters import Parameters
from db.errors import UserError
from db.formats.paper_numbers import parse_paper_number
from db.models.agency import Agency
from db.office.queries.settings import load_settings
from db.office.queries.wording import wording
from db.office.rules.settings import Settings
from db.office.rules.wording import fill

TITLE = "关于公职律师配备和履职事项的函"


@dataclass(frozen=True, slots=True)
class UrgingStub:
    """A letter as it stands on paper; ``reason`` and ``asked`` may have several lines."""

    number: str
    agency: str
    reason: str
    asked: str
    issued_on: date
    answer_by: date | None


def urging_papers(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """The letters asked for (``ids``), in order; none means those that are still without an answer."""
    if wanted.ids:
        found = urging_rows(session, wanted.ids, wanted.today)
        rows = [found[key] for key in wanted.ids if key in found]
    else:
        rows = unanswered_urging(session, wanted.today, overdue_only=False)
    if not rows:
        raise UserError("没有可以打印的催办函。催办函在“单位与覆盖”的缺口清单中发出。")
    settings, text = load_settings(session), wording(session, URGING)
    return tuple(
        urging_letter(
            UrgingStub(row.number, row.addressee, row.reason, row.asked, row.issued_on, row.answer_by),
            settings,
            text,
        )
        for row in rows
    )


def urging_previews(session: Session, draft: UrgingDraft, today: date) -> tuple[Document, ...]:
    """The letters of a draft as they would go out now, with the numbers that they would get."""
    settings, text = load_settings(session), wording(session, URGING)
    issued_on = draft.issued_on or today
    first = parse_paper_number(next_number(session, settings.urging_series, issued_on.year))
    keys = [one.agency_id for one in draft.urged]
    names = {agency.id: agency.name for agency in session.scalars(select(Agency).where(Agency.id.in_(keys)))}
    return tuple(
        urging_letter(
            UrgingStub(
                number=str(replace(first, serial=first.serial + at)) if first else "",
                agency=names.get(one.agency_id, one.name),
                reason=one.reason,
                asked=one.asked,
                issued_on=issued_on,
                answer_by=draft.answer_by,
            ),
            settings,
            text,
        )
        for at, one in enumerate(draft.urged)
    )


def urging_letter(stub: UrgingStub, settings: Settings, text: str) -> Document:
    """A letter in 信函格式 by the bureau's wording, with the slip to send back."""
    filled = fill(
        text,
        {
            "单位": stub.agency,
            "统计日期": day_text(stub.issued_on),
            "催办事由": stub.reason,
            "办理要求": stub.asked,
            "反馈期限": day_text(stub.answer_by) if stub.answer_by else "",
            "联系人": settings.contact,
            "联系电话": settings.contact_phone,
        },
    )
    lines = [line for line in filled.text.split("\n") if line.strip()]
    contact = [line for line in lines if line.strip().startswith("（联系人")]
    blocks: list[Block] = [
        *paragraphs([line for line in lines if line not in contact]),
        Seal(settings.office_name, day_text(stub.issued_on)),
        *_contact(contact),
        _slip(stub, settings.office_name),
    ]
    return Document(
        Style.LETTER,
        TITLE,
        tuple(blocks),
        issuer=settings.office_name,
        number=stub.number,
        missing=missing_fields(filled, {"催办函编号": stub.number}),
        mark="示例数据，均为虚构" if settings.is_demo else "",
        typed_in=(OFFICE,),
    )


def _contact(lines: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(prose(line)) for line in lines]


def _slip(stub: UrgingStub, office: str) -> Slip:
    return Slip(
        "回　　执",
        (
            Paragraph(f"{office}：", is_indented=False),
            Fields(
                (
                    Field("函　　号", stub.number),
                    Field("办理情况", "　", height=60),
                    Field("困难和建议", "　", height=30),
                ),
                across=1,
            ),
            Fields((Field("单位（盖章）", "　"), Field("日　　期", "年　　月　　日"))),
        ),
    )
