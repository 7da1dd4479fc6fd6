"""Entering, changing and removing agencies of the district."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import ties
from db.agencies.rules.agencies import AgencyDraft, agency_problems, tie_words
from db.errors import UserError
from db.formats import numbers, pinyin
from db.models.agency import Agency
from db.models.case import Case, Party
from db.office.acts.common import opened, refuse, remove, restore
from db.office.acts.warnings import keep_warnings


def save_agency(session: Session, draft: AgencyDraft, today: date, key: int | None = None) -> int:
    """Enter a new agency, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    problems = agency_problems(draft, today)
    refuse(problems)
    if key is None:
        last = session.scalar(select(func.max(Agency.place))) or 0
        agency = Agency(place=last + 1, source="手工新增")
        session.add(agency)
    else:
        agency = opened(session, Agency, key, draft.version, f"单位“{draft.name.strip()}”")
        agency.source = "已由本局核对" if agency.source.startswith("初始清单") else agency.source
    agency.name = draft.name.strip()
    agency.short_name = draft.short_name.strip() or agency.name
    agency.sort_key = pinyin.sort_key(agency.short_name)
    agency.kind = draft.kind
    agency.has_enforcement = draft.has_enforcement
    agency.uscc = draft.uscc.strip().upper()
    agency.head = draft.head.strip()
    agency.contact = draft.contact.strip()
    agency.phone = numbers.normalise_phone(draft.phone)
    agency.address = draft.address.strip()
    agency.note = draft.note.strip()
    agency.field, agency.founded_on = draft.field.strip(), draft.founded_on
    agency.is_expected = draft.is_expected
    agency.staff_count, agency.qualified_count = draft.staff_count, draft.qualified_count
    agency.liaison_post, agency.liaison_filed_on = draft.liaison_post.strip(), draft.liaison_filed_on
    session.flush()
    keep_warnings(session, "agency", agency.id, problems, today)
    return agency.id


def remove_agencies(session: Session, keys: Iterable[int], today: date) -> None:
    """Move agencies to the recycle bin; one with an open case, or with people bound to it, is refused."""
    keys = list(keys)
    sued = session.scalars(
        select(Agency.short_name)
        .join(Party, Party.agency_id == Agency.id)
        .join(Case, Case.id == Party.case_id)
        .where(Agency.id.in_(keys), Case.is_open, Case.removed_at.is_(None))
        .distinct()
    ).all()
    if sued:
        raise UserError(f"{'、'.join(sued)}还有在办案件，不能移入回收站。请先办结这些案件。")
    for key in keys:
        if bound := tie_words([row.tie for row in ties(session, key, today)]):
            name = session.get_one(Agency, key).short_name
            raise UserError(f"{name}还有{bound}，不能移入回收站。单位已撤销或合并的，请改用“撤并”。")
    remove(session, Agency, keys)


def restore_agency(session: Session, key: int) -> None:
    """Bring an agency back from the recycle bin."""
    restore(session, Agency, key)
