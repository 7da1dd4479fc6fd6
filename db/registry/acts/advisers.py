"""Internal advisers and adviser contracts of agencies: entering, changing, ending, removing."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.formats.spans import Span
from db.formats.text import one_line
from db.ledger.acts import save
from db.models.public_lawyer import AgencyContract, InternalAdviser
from db.office.acts.common import opened, refuse, remove, restore
from db.registry.ledgers import CONTRACTS, INTERNAL_ADVISERS
from db.registry.rules.advisers import AgencyContractDraft, InternalAdviserDraft, internal_end_problems
from db.registry.rules.sharing import EndDraft, end_sharing_problems


def save_internal_adviser(
    session: Session, draft: InternalAdviserDraft, today: date, key: int | None = None
) -> int:
    """Enter an internal adviser, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    return save(session, INTERNAL_ADVISERS, draft, today, key)


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
    """Enter an adviser contract, or change the one with ``key``; return the key. Raises ``Invalid`` or ``Conflict``."""
    return save(session, CONTRACTS, draft, today, key)


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
