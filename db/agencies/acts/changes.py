"""机构改革: an agency is renamed, merged into another, or ends, from a day on and by a paper; what was before stays."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.agencies.queries.in_time import existing, ties
from db.agencies.rules.agencies import AgencyEnd, EndDraft, RenameDraft, Tie, end_problems, rename_problems
from db.errors import UserError
from db.formats import pinyin
from db.journal import touch
from db.models.agency import Agency, AgencyName
from db.models.public_lawyer import AgencyContract, InternalAdviser, Posting, PublicLawyer, Sharing
from db.office.acts.common import opened, refuse, remove
from db.office.acts.warnings import keep_warnings

GONE = "这个单位已不在名录中。请刷新后再看。"


def rename_agency(session: Session, key: int, draft: RenameDraft, today: date) -> None:
    """Give an agency another name from a day on; the old one stays for the time before. Raises ``Invalid``."""
    now = existing(session, key)
    if now is None or draft.from_on is None:
        raise UserError(GONE if now is None else "请填写新名称启用的日期。")
    problems = rename_problems(draft, now, today)
    refuse(problems)
    agency = opened(session, Agency, key, draft.version, f"单位“{now.name}”")
    last_day = draft.from_on - timedelta(days=1)
    session.add(
        AgencyName(
            agency_id=key,
            name=agency.name,
            short_name=agency.short_name,
            to_on=last_day,
            paper=draft.paper.strip(),
        )
    )
    agency.name = draft.name.strip()
    agency.short_name = draft.short_name.strip() or agency.name
    agency.sort_key = pinyin.sort_key(agency.short_name)
    session.flush()
    session.expire(agency, ["earlier"])
    keep_warnings(session, "agency", key, problems, today)


def end_agency(session: Session, key: int, draft: EndDraft, today: date) -> None:
    """Let an agency end on a day, with a successor or without; its people go on there or end as ``moves`` says.

    What was before that day stays as it was. Whoever is bound to the agency and not in ``moves`` ends with it.
    Raises ``Invalid``.
    """
    now, successor = existing(session, key), existing(session, draft.successor_id)
    if now is None:
        raise UserError(GONE)
    problems = end_problems(draft, now, key, successor)
    refuse(problems)
    agency = opened(session, Agency, key, draft.version, f"单位“{now.name}”")
    day = draft.ended_on or today
    into = draft.successor_id if draft.kind is AgencyEnd.MERGED else None
    agency.ended_on, agency.successor_id = day, into
    agency.end_paper = draft.paper.strip()
    agency.end_reason = draft.reason.strip() or draft.kind.value
    going_on = {(move.tie, move.key) for move in draft.moves if move.goes_on}
    why = draft.paper.strip() or agency.end_reason
    for row in ties(session, key, day, into):
        goes_on = into if (row.tie, row.key) in going_on and not row.hindrance else None
        _MOVERS[row.tie](session, row.key, day, goes_on, why)
    session.flush()
    _end_loans_home(session, into, day, why)
    keep_warnings(session, "agency", key, problems, today)


def resume_agency(session: Session, key: int, version: int) -> None:
    """Take an end back that was entered by mistake; people who were moved or ended are entered again by hand."""
    agency = opened(session, Agency, key, version, "单位")
    agency.ended_on, agency.successor_id, agency.end_paper, agency.end_reason = None, None, "", ""


def _move_posting(session: Session, key: int, day: date, into: int | None, _why: str) -> None:
    old = session.get_one(Posting, key)
    touch(session.get_one(PublicLawyer, old.public_lawyer_id))
    if old.from_on is not None and old.from_on >= day:  # it would only have begun
        if into is None:
            session.delete(old)
        else:
            old.agency_id = into
        return
    if into is not None:
        session.add(
            Posting(
                public_lawyer_id=old.public_lawyer_id,
                agency_id=into,
                department=old.department,
                post=old.post,
                from_on=day,
                to_on=old.to_on,
            )
        )
    old.to_on = day - timedelta(days=1)


def _move_sharing(session: Session, key: int, day: date, into: int | None, why: str) -> None:
    old = session.get_one(Sharing, key)
    touch(session.get_one(PublicLawyer, old.public_lawyer_id))
    if into is not None and old.from_on >= day:
        old.agency_id = into
        return
    if into is not None:
        session.add(
            Sharing(
                public_lawyer_id=old.public_lawyer_id,
                agency_id=into,
                paper=old.paper,
                from_on=day,
                to_on=old.to_on,
                hours=old.hours,
                ended_on=old.ended_on,
                end_reason=old.end_reason,
                note=old.note,
            )
        )
    old.ended_on, old.end_reason = max(day, old.from_on), why


def _move_adviser(session: Session, key: int, day: date, into: int | None, _why: str) -> None:
    old = session.get_one(InternalAdviser, key)
    if old.from_on is not None and old.from_on >= day:
        if into is None:
            remove(session, InternalAdviser, [key])
        else:
            old.agency_id = into
        return
    if into is not None:
        session.add(
            InternalAdviser(
                agency_id=into,
                name=old.name,
                sort_key=old.sort_key,
                department=old.department,
                post=old.post,
                qualification=old.qualification,
                phone=old.phone,
                from_on=day,
                to_on=old.to_on,
                note=old.note,
            )
        )
    old.to_on = day - timedelta(days=1)


def _move_contract(session: Session, key: int, day: date, into: int | None, why: str) -> None:
    old = session.get_one(AgencyContract, key)
    if into is not None and old.from_on >= day:
        old.agency_id = into
        return
    if into is not None:
        session.add(
            AgencyContract(
                agency_id=into,
                number=old.number,
                provider=old.provider,
                lawyers=old.lawyers,
                firm_id=old.firm_id,
                lawyer_id=old.lawyer_id,
                scope=old.scope,
                fee=old.fee,
                from_on=day,
                to_on=old.to_on,
                ended_on=old.ended_on,
                end_reason=old.end_reason,
                note=old.note,
            )
        )
    old.ended_on, old.end_reason = max(day, old.from_on), why


def _end_loans_home(session: Session, into: int | None, day: date, why: str) -> None:
    """End what lends a public lawyer to the agency that he now works in himself."""
    if into is None:
        return
    rows = ties(session, into, day)
    own = [row.key for row in rows if row.tie is Tie.POSTING]
    here = {session.get_one(Posting, key).public_lawyer_id for key in own}
    for row in rows:
        if row.tie is Tie.SHARING and session.get_one(Sharing, row.key).public_lawyer_id in here:
            _move_sharing(session, row.key, day, None, why)


_MOVERS = {
    Tie.POSTING: _move_posting,
    Tie.SHARING: _move_sharing,
    Tie.ADVISER: _move_adviser,
    Tie.CONTRACT: _move_contract,
}
