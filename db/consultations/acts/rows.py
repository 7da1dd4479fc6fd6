"""What the acts on consultations share: opening one for writing, and putting its rows in the place of the stored ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.consultations.rules.consultations import ConsultationDraft, QuestionDraft
from db.errors import Conflict, UserError
from db.formats.paper_numbers import normalise_paper_number
from db.models.consultation import (
    Consultation,
    ConsultationCase,
    FollowUp,
    Opinion,
    Point,
    Question,
)
from db.office.acts.common import opened
from db.office.acts.numbering import claim

WHAT = "这次会商"
LOCKED = "这次会商已经归档，不能直接修改。确需更正的，请用“更正”并写明理由，更正前的内容会作为上一版保留。"


def gone() -> Conflict:
    """Return the refusal of a save in which a row is named that somebody else dropped."""
    return Conflict("其中有一行已被其他人删去，您的改动没有保存。请重新载入后再改，您填写的内容仍在窗口中。")


def present(session: Session, key: int, version: int | None = None) -> Consultation:
    """Return a consultation that is not in the recycle bin; with ``version`` it must be the one that was read."""
    if version is not None:
        return opened(session, Consultation, key, version, WHAT)
    c = session.get(Consultation, key)
    if c is None or c.removed_at is not None:
        raise UserError("这次会商已移入回收站。需要时请先恢复。")
    return c


def writable(session: Session, key: int, version: int | None = None) -> Consultation:
    """Return a consultation that may be changed: neither archived nor called off."""
    c = present(session, key, version)
    if c.archived_on is not None:
        raise UserError(LOCKED)
    if c.cancelled_on is not None:
        raise UserError("这次会商已经取消。如仍要召开，请先恢复召开。")
    return c


def put_heading(c: Consultation, draft: ConsultationDraft) -> None:
    """Enter what stands on the consultation itself, but for its number."""
    c.topic, c.agency_id, c.secrecy = draft.topic.strip(), draft.agency_id, draft.secrecy
    c.grounds, c.facts, c.held_on = draft.grounds.strip(), draft.facts.strip(), draft.held_on
    c.at_time, c.until_time, c.venue = draft.at_time.strip(), draft.until_time.strip(), draft.venue.strip()
    c.host, c.recorder, c.signer = draft.host.strip(), draft.recorder.strip(), draft.signer.strip()


def put_number(session: Session, c: Consultation, draft: ConsultationDraft) -> None:
    """Give a consultation the number that a draft names; an empty one leaves it as it is."""
    if draft.number.strip() and normalise_paper_number(draft.number) != c.number:
        c.number = claim(session, draft.number, what_of(c))


def what_of(c: Consultation) -> str:
    """Return what a number is said to be given to."""
    return f"会商“{c.topic}”"


def put_cases(session: Session, c: Consultation, case_ids: Sequence[int]) -> bool:
    """Link exactly these cases, in this order; say whether anything changed."""
    query = select(ConsultationCase).where(ConsultationCase.consultation_id == c.id)
    stored = {link.case_id: link for link in session.scalars(query)}
    wanted = list(dict.fromkeys(case_ids))
    for place, case_id in enumerate(wanted):
        link = stored.get(case_id) or ConsultationCase(consultation_id=c.id, case_id=case_id)
        link.place = place
        session.add(link)
    for case_id in stored.keys() - set(wanted):
        session.delete(stored[case_id])
    return stored.keys() != set(wanted)


def put_questions(session: Session, c: Consultation, drafts: Sequence[QuestionDraft]) -> None:
    """Put these questions; one that somebody gave his opinion on cannot be dropped."""
    given = [(q.key, {"text": q.text.strip()}) for q in drafts if q.text.strip()]
    dropped = put_rows(session, Question, c.id, given)
    answered = select(Opinion.id).where(Opinion.question_id.in_([q.id for q in dropped])).limit(1)
    if dropped and session.scalars(answered).first() is not None:
        raise UserError("要删去的议题已经有人发表意见。请先在会商情况中删去这些意见，或保留该议题。")
    delete_all(session, dropped)


R = TypeVar("R", Question, Point, FollowUp)


def put_rows(
    session: Session, model: type[R], key: int, wanted: Iterable[tuple[int | None, Mapping[str, Any]]]
) -> list[R]:
    """Store rows (key and values, in order), new ones without a key; return the stored rows that are not wanted."""
    stored = {row.id: row for row in session.scalars(select(model).where(model.consultation_id == key))}
    for place, (own, values) in enumerate(wanted):
        if own is not None and own not in stored:
            raise gone()
        row = stored.pop(own) if own is not None else model(consultation_id=key)
        row.place = place
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
    return list(stored.values())


def delete_all(session: Session, rows: Iterable[Any]) -> None:
    """Drop rows that belong to a consultation; the journal keeps them."""
    for row in rows:
        session.delete(row)
