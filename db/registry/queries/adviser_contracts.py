"""All sources of adviser contracts in one place: what lawyers declared, and what agencies have on record.

A contract that a firm signed is the firm's, also when the lawyer who declared it, or serves it, has left; one that a lawyer
signed himself goes with him.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.formats.recognise.firms import FirmNames, firm_key, same_firm
from db.formats.spans import Span
from db.models.agency import Agency
from db.models.background import AdviserContract
from db.models.lawyer import Firm, Lawyer
from db.models.public_lawyer import AgencyContract
from db.roster.rules.background import Background, ContractDraft


@dataclass(frozen=True, slots=True)
class AdviserContracts:
    """The contracts with lawyers of the pool (by lawyer), and with firms (firm's name and contract, by ``firm_key``)."""

    of_lawyers: Mapping[int, tuple[ContractDraft, ...]]
    of_firms: Mapping[str, tuple[tuple[str, ContractDraft], ...]]

    def join(self, backgrounds: Mapping[int, Background]) -> dict[int, Background]:
        """Return what each lawyer brings along, with the contracts that are his own and without those of a firm."""
        found = {key: replace(own, contracts=_own(own)) for key, own in backgrounds.items()}
        for key, contracts in self.of_lawyers.items():
            own = found.get(key, Background())
            declared = {(c.client, c.from_on, c.to_on) for c in own.contracts}
            more = tuple(c for c in contracts if (c.client, c.from_on, c.to_on) not in declared)
            found[key] = replace(own, contracts=(*own.contracts, *more))
        return found

    def of_firm(self, firm: str) -> tuple[ContractDraft, ...]:
        """Return the contracts of a firm, those of its branches and of its head office included."""
        return tuple(c for name, c in self.of_firms.get(firm_key(firm), ()) if same_firm(name, firm))


def adviser_contracts(session: Session, firms: FirmNames) -> AdviserContracts:
    """Return the contracts on record that ever ran: two queries.

    A contract with a firm binds the whole firm (C07, C18); one with a lawyer alone binds him, and his colleagues only
    as far as the rules say.
    """
    lawyers: defaultdict[int, list[ContractDraft]] = defaultdict(list)
    of_firms: defaultdict[str, dict[tuple[str, ContractDraft], None]] = defaultdict(dict)
    for lawyer_id, firm, contract in (*_of_agencies(session, firms), *_declared(session, firms)):
        if firm:
            of_firms[firm_key(firm)][firm, contract] = None
        elif lawyer_id is not None:
            lawyers[lawyer_id].append(contract)
    return AdviserContracts(
        {key: tuple(found) for key, found in lawyers.items()},
        {key: tuple(found) for key, found in of_firms.items()},
    )


def _own(background: Background) -> tuple[ContractDraft, ...]:
    return tuple(c for c in background.contracts if not c.by_firm)


def _of_agencies(session: Session, firms: FirmNames) -> Iterator[tuple[int | None, str, ContractDraft]]:
    query = (
        select(AgencyContract, Agency.name, Firm.name)
        .join(Agency, Agency.id == AgencyContract.agency_id)
        .outerjoin(Firm, Firm.id == AgencyContract.firm_id)
        .where(AgencyContract.removed_at.is_(None))
        .order_by(AgencyContract.id)
    )
    for x, client, firm in session.execute(query):
        span = Span(from_on=x.from_on, to_on=x.to_on, ended_on=x.ended_on)
        if span.is_void:
            continue
        is_firms = firm is not None or x.lawyer_id is None
        signed = firms.present(firm or x.provider) if is_firms else ""  # it may be on the roster by now
        last = span.last_on if span.last_on < date.max else None
        yield x.lawyer_id, signed, ContractDraft(client, is_firms, x.from_on, last)


def _declared(session: Session, firms: FirmNames) -> Iterator[tuple[int | None, str, ContractDraft]]:
    """Yield what lawyers declared for their firm of then; without a firm on record the lawyer himself answers for it."""
    query = (
        select(AdviserContract, Firm.name)
        .join(Lawyer, Lawyer.id == AdviserContract.lawyer_id)
        .outerjoin(Firm, Firm.id == AdviserContract.firm_id)
        .where(AdviserContract.by_firm, Lawyer.removed_at.is_(None))
        .order_by(AdviserContract.id)
    )
    for x, firm in session.execute(query):
        signed = firms.present(firm) if firm else ""
        yield x.lawyer_id, signed, ContractDraft(x.client, True, x.from_on, x.to_on)
