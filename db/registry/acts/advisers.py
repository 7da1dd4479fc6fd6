"""Internal advisers and adviser contracts of agencies: entering, changing, ending, removing."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.errors import UserError
from db.formats import numbers
from db.formats.paper_numbers import normalise_paper_number
from db.formats.spans import Span
from db.formats.text import one_line
from db.models.lawyer import Lawyer
from db.models.public_lawyer import AgencyContract, InternalAdviser
from db.office.acts.common import opened, refuse, remove, restore
from db.office.acts.warnings import keep_warnings
from db.registry.queries.advisers import namesakes
from db.registry.rules.advisers import (
    AgencyContractDraft,
    InternalAdviserDraft,
    contract_problems,
    internal_adviser_problems,
    internal_end_problems,
)
from db.registry.rules.sharing import EndDraft, end_sharing_problems
from db.roster.queries.firms import firm_names


def save_internal_adviser(
    session: Session, draft: InternalAdviserDraft, today: date, key: int | None = None
) -> int:
    """Enter an internal adviser, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    problems = internal_adviser_problems(draft, namesakes(session, one_line(draft.name)))
    refuse(problems)
    adviser = InternalAdviser()
    if key is not None:
        adviser = opened(session, InternalAdviser, key, draft.version, f"内部法律顾问“{draft.name.strip()}”")
    session.add(adviser)
    adviser.agency_id, adviser.name = draft.agency_id or 0, one_line(draft.name)
    adviser.department, adviser.post = one_line(draft.department), one_line(draft.post)
    adviser.qualification = one_line(draft.qualification)
    adviser.phone = numbers.normalise_phone(draft.phone)
    adviser.from_on, adviser.to_on = draft.from_on, draft.to_on
    adviser.note = draft.note.strip()
    session.flush()
    keep_warnings(session, "internal_adviser", adviser.id, problems, today)
    return adviser.id


def end_internal_adviser(session: Session, key: int, draft: EndDraft) -> None:
    """Let an internal adviser's work end before ``draft.on``; the reason goes to the note. Raises ``Invalid``."""
    adviser = opened(session, InternalAdviser, key, draft.version, "这位内部法律顾问")
    span = Span(from_on=adviser.from_on, to_on=adviser.to_on)
    refuse(end_sharing_problems(draft, span, "任职") or internal_end_problems(draft, adviser.from_on))
    if draft.on is not None:
        adviser.to_on = draft.on - timedelta(days=1)
        said = f"{draft.on} 起不再担任：{one_line(draft.reason)}"
        adviser.note = f"{adviser.note}\n{said}".strip()


def remove_internal_advisers(session: Session, keys: Iterable[int]) -> None:
    """Move internal advisers to the recycle bin."""
    remove(session, InternalAdviser, keys)


def restore_internal_adviser(session: Session, key: int) -> None:
    """Bring an internal adviser back from the recycle bin."""
    restore(session, InternalAdviser, key)


def save_contract(session: Session, draft: AgencyContractDraft, today: date, key: int | None = None) -> int:
    """Enter an adviser contract, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``.

    A firm of the roster is recognised by its name, however it is written; with ``lawyer_id`` also by that lawyer.
    """
    problems = contract_problems(draft)
    refuse(problems)
    firm_id = firm_named(session, one_line(draft.provider))  # before the new row stands half filled
    lawyer_id = _lawyer(session, draft.lawyer_id)
    contract = AgencyContract()
    if key is not None:
        contract = opened(session, AgencyContract, key, draft.version, "这份顾问合同")
    session.add(contract)
    contract.agency_id, contract.number = draft.agency_id or 0, normalise_paper_number(draft.number)
    contract.provider, contract.lawyers = one_line(draft.provider), _names(draft.lawyers)
    contract.firm_id, contract.lawyer_id = firm_id, lawyer_id
    contract.scope, contract.fee = draft.scope.strip(), draft.fee
    contract.from_on, contract.to_on = draft.from_on or today, draft.to_on
    contract.note = draft.note.strip()
    session.flush()
    keep_warnings(session, "agency_contract", contract.id, problems, today)
    return contract.id


def end_contract(session: Session, key: int, draft: EndDraft) -> None:
    """End a contract early, for a reason. Raises ``Invalid`` or ``Conflict``."""
    contract = opened(session, AgencyContract, key, draft.version, "这份顾问合同")
    span = Span(from_on=contract.from_on, to_on=contract.to_on, ended_on=contract.ended_on)
    refuse(end_sharing_problems(draft, span, "合同"))
    contract.ended_on, contract.end_reason = draft.on, one_line(draft.reason)


def remove_contracts(session: Session, keys: Iterable[int]) -> None:
    """Move contracts to the recycle bin."""
    remove(session, AgencyContract, keys)


def restore_contract(session: Session, key: int) -> None:
    """Bring a contract back from the recycle bin."""
    restore(session, AgencyContract, key)


def firm_named(session: Session, name: str) -> int | None:
    """Return the firm of the roster that is meant by a name on a contract, or ``None``."""
    return firm_names(session).find(name)


def _lawyer(session: Session, key: int | None) -> int | None:
    lawyer = session.get(Lawyer, key) if key is not None else None
    if key is not None and (lawyer is None or lawyer.removed_at is not None):
        raise UserError("所选顾问已不在名册中。请重新选择。")
    return key


def _names(text: str) -> str:
    """Return names with 、 between them, however they were divided."""
    for sign in (",", "，", ";", "；", "/"):
        text = text.replace(sign, "、")
    return "、".join(word for word in map(one_line, text.split("、")) if word)
