"""Entering, changing, moving and removing public lawyers; issuing and ending their certificates; yearly results.

Every act runs inside its caller's transaction. One person does not stand in the pool and in this registry at once
(律师法第十一条第一款).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import base
from db.agencies.queries.staff import agency_names
from db.base import Record
from db.errors import Problem, UserError
from db.formats import numbers
from db.formats.text import one_line
from db.journal import note, touch
from db.models.agency import Agency
from db.models.public_lawyer import Certificate, Posting, PublicLawyer, PublicLawyerYear, Sharing
from db.office.acts.common import opened, refuse, remove, restore
from db.office.acts.warnings import keep_warnings
from db.registry.queries.parts import certificates_of, postings_of, years_of
from db.registry.rules.public_lawyers import (
    CertificateEndDraft,
    CertificateIssueDraft,
    PublicLawyerDraft,
    TransferDraft,
    YearDraft,
    YearResultDraft,
    end_problems,
    is_to_be_withdrawn,
    issue_problems,
    public_lawyer_problems,
    transfer_problems,
    year_result_problems,
)
from db.roster.queries.one_person import Person, pool_problem, pool_twin

POSTING = ("agency_id", "department", "post", "from_on", "to_on")
CERTIFICATE = ("from_on", "to_on", "issuer", "ended_on", "end_kind", "end_reason")
YEAR = ("year", "result", "note")


def save_public_lawyer(
    session: Session, draft: PublicLawyerDraft, today: date, key: int | None = None
) -> int:
    """Enter a public lawyer, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    problems = [*public_lawyer_problems(draft, today), *_twin(session, draft, today)]
    refuse([*problems, *_taken(session, draft, key)])
    if key is None:
        lawyer = PublicLawyer()
        session.add(lawyer)
    else:
        lawyer = opened(session, PublicLawyer, key, draft.version, f"公职律师“{draft.name.strip()}”")
        touch(lawyer)
    _set_identity(lawyer, draft)
    session.flush()
    _set_rows(session, lawyer.id, Posting, POSTING, draft.postings)
    _set_rows(session, lawyer.id, Certificate, CERTIFICATE, draft.certificates)
    _set_years(session, lawyer.id, draft.years)
    keep_warnings(session, "public_lawyer", lawyer.id, problems, today)
    return lawyer.id


def transfer(session: Session, draft: TransferDraft) -> None:
    """Move a public lawyer to another agency on a day; the old posting ends the day before. Raises ``Invalid``."""
    lawyer = _opened(session, draft.public_lawyer_id, draft.version)
    postings = postings_of(session, [lawyer.id])[lawyer.id]
    refuse(transfer_problems(draft, postings, agency_names(session)))
    if draft.on is None:
        return
    running = select(Posting).where(
        Posting.public_lawyer_id == lawyer.id, Posting.to_on.is_(None) | (Posting.to_on >= draft.on)
    )
    for posting in session.scalars(running):
        posting.to_on = draft.on - timedelta(days=1)
    session.add(
        Posting(
            public_lawyer_id=lawyer.id,
            agency_id=draft.agency_id,
            department=one_line(draft.department),
            post=one_line(draft.post),
            from_on=draft.on,
        )
    )
    touch(lawyer)


def issue_certificate(session: Session, draft: CertificateIssueDraft, today: date) -> None:
    """Enter a certificate that was issued or renewed. Raises ``Invalid``."""
    lawyer = _opened(session, draft.public_lawyer_id, draft.version)
    person = Person(lawyer.name, lawyer.phone, lawyer.id_number, lawyer.licence or "")
    twins = [Problem("from_on", p.text, p.severity) for p in pool_problem(pool_twin(session, person, today))]
    refuse([*issue_problems(draft, certificates_of(session, [lawyer.id])[lawyer.id]), *twins])
    session.add(
        Certificate(
            public_lawyer_id=lawyer.id,
            from_on=draft.from_on,
            to_on=draft.to_on,
            issuer=one_line(draft.issuer),
            end_reason="",
        )
    )
    touch(lawyer)


def end_certificate(session: Session, draft: CertificateEndDraft) -> int:
    """End the certificate early, and with it whatever he is lent for; return how many sharings end. Raises ``Invalid``."""
    lawyer = _opened(session, draft.public_lawyer_id, draft.version)
    refuse(end_problems(draft, certificates_of(session, [lawyer.id])[lawyer.id]))
    if draft.on is None:
        return 0
    query = select(Certificate).where(
        Certificate.public_lawyer_id == lawyer.id,
        Certificate.ended_on.is_(None),
        Certificate.to_on.is_(None) | (Certificate.to_on >= draft.on),
    )
    for certificate in session.scalars(query):
        certificate.ended_on = max(draft.on, certificate.from_on)
        certificate.end_kind, certificate.end_reason = draft.kind, one_line(draft.reason)
    touch(lawyer)
    lent = session.scalars(
        select(Sharing).where(
            Sharing.public_lawyer_id == lawyer.id,
            Sharing.removed_at.is_(None),
            Sharing.ended_on.is_(None),
            Sharing.to_on.is_(None) | (Sharing.to_on >= draft.on),
        )
    ).all()
    for sharing in lent:
        sharing.ended_on = max(draft.on, sharing.from_on)
        sharing.end_reason = f"公职律师证{draft.kind.value}"
    return len(lent)


def record_year(session: Session, draft: YearResultDraft, today: date) -> bool:
    """Keep the result of a year; say whether two 不称职 in a row ask for the certificate back. Raises ``Invalid``."""
    lawyer = _opened(session, draft.public_lawyer_id, draft.version)
    years = years_of(session, [lawyer.id])[lawyer.id]
    refuse(year_result_problems(draft, years, today))
    others = [y for y in years if y.year != draft.year]
    if draft.result is None:
        return False
    kept = [*others, YearDraft(draft.year, draft.result, one_line(draft.note))]
    _set_years(session, lawyer.id, kept)
    touch(lawyer)
    return is_to_be_withdrawn(kept)


def remove_public_lawyers(session: Session, keys: Iterable[int], today: date) -> None:
    """Move public lawyers to the recycle bin; one who is lent to an agency now or later is refused."""
    keys = list(keys)
    lent = session.execute(
        select(PublicLawyer.name, Agency.short_name)
        .join(Sharing, Sharing.public_lawyer_id == PublicLawyer.id)
        .join(Agency, Agency.id == Sharing.agency_id)
        .where(PublicLawyer.id.in_(keys), Sharing.removed_at.is_(None))
        .where(Sharing.to_on.is_(None) | (Sharing.to_on >= today))
        .where(Sharing.ended_on.is_(None) | (Sharing.ended_on > today))
        .order_by(PublicLawyer.sort_key, Sharing.id)
    ).all()
    if lent:
        said = "、".join(f"{name}（统筹到{agency}）" for name, agency in lent)
        raise UserError(f"{said}的统筹还没有结束，不能移入回收站。请先终止统筹。")
    remove(session, PublicLawyer, keys)


def restore_public_lawyer(session: Session, key: int) -> None:
    """Bring a public lawyer back from the recycle bin, unless he serves in the pool or was entered anew by now."""
    lawyer = restore(session, PublicLawyer, key)
    person = Person(lawyer.name, lawyer.phone, lawyer.id_number, lawyer.licence or "")
    with session.no_autoflush:  # the database would refuse a number that is taken, without saying whose it is
        refuse([*_taken(session, person, key), *pool_problem(pool_twin(session, person, base.today()))])


def reveal_public_lawyer(session: Session, key: int, what: str) -> str:
    """Return the full phone or id number (``what`` is the field), and write down that it was shown.

    The showing stands in the journal (个人信息保护法: only as far as the work needs) and cannot be undone.
    """
    lawyer = session.get(PublicLawyer, key)
    if lawyer is None or what not in {"phone", "id_number"}:
        raise UserError("这位公职律师已不在名册中。请刷新后再看。")
    session.info["undoable"] = False
    note(session)
    return str(getattr(lawyer, what))


def _opened(session: Session, key: int, version: int) -> PublicLawyer:
    lawyer = session.get(PublicLawyer, key)
    name = lawyer.name if lawyer is not None else ""
    return opened(session, PublicLawyer, key, version, f"公职律师“{name}”")


def _twin(session: Session, draft: PublicLawyerDraft, today: date) -> list[Problem]:
    """Say that the person serves in the pool; one whose certificates are all over has left public service."""
    if draft.certificates and all(c.last_on < today for c in draft.certificates):
        return []
    person = Person(draft.name, draft.phone, draft.id_number, draft.licence)
    return pool_problem(pool_twin(session, person, today))


def _taken(session: Session, person: PublicLawyerDraft | Person, key: int | None) -> list[Problem]:
    """Say whose a number is, if it is another public lawyer's."""
    found = []
    for field, value, title in (
        ("licence", numbers.format_licence(person.licence), "证号"),
        ("id_number", numbers.digits(person.id_number).upper(), "身份证号"),
    ):
        query = select(PublicLawyer.id, PublicLawyer.name).where(
            getattr(PublicLawyer, field) == value, PublicLawyer.removed_at.is_(None)
        )
        other = session.execute(query).first() if value else None
        if other is not None and other[0] != key:
            text = f"该{title}已登记在公职律师“{other[1]}”名下，不能登记两次。请核对。"
            found.append(Problem(field, text))
    return found


def _set_identity(lawyer: PublicLawyer, draft: PublicLawyerDraft) -> None:
    lawyer.name = one_line(draft.name)
    lawyer.sex = draft.sex
    lawyer.politics = one_line(draft.politics)
    lawyer.id_number = numbers.digits(draft.id_number).upper()
    lawyer.phone = numbers.normalise_phone(draft.phone)
    lawyer.qualification = one_line(draft.qualification)
    lawyer.qualified_on = draft.qualified_on
    lawyer.licence = numbers.format_licence(draft.licence) or None
    lawyer.specialities = "、".join(dict.fromkeys(w for w in map(one_line, draft.specialities) if w))
    lawyer.capacity = draft.capacity
    lawyer.note = draft.note.strip()


def _set_rows(
    session: Session, key: int, model: type[Any], names: Sequence[str], wanted: Iterable[Any]
) -> None:
    """Bring the rows of a public lawyer to what the draft says; what did not change stays untouched."""
    lines = [tuple(_tidy(getattr(line, name)) for name in names) for line in wanted]
    for row in session.scalars(select(model).where(model.public_lawyer_id == key).order_by(model.id)):
        values = tuple(getattr(row, name) for name in names)
        if values in lines:
            lines.remove(values)
        else:
            session.delete(row)
    session.flush()
    new: list[Record] = [
        model(public_lawyer_id=key, **dict(zip(names, values, strict=True))) for values in lines
    ]
    session.add_all(new)


def _set_years(session: Session, key: int, years: Iterable[YearDraft]) -> None:
    wanted = {one.year: one for one in years if one.year is not None}
    query = select(PublicLawyerYear).where(PublicLawyerYear.public_lawyer_id == key)
    for row in session.scalars(query):
        one = wanted.pop(row.year, None)
        if one is None:
            session.delete(row)
        else:
            row.result, row.note = one.result, one_line(one.note)
    session.add_all(
        PublicLawyerYear(public_lawyer_id=key, year=year, result=one.result, note=one_line(one.note))
        for year, one in wanted.items()
    )


def _tidy(value: Any) -> Any:
    return one_line(value) if type(value) is str else value
