"""Both sources of adviser contracts in one place: what lawyers declared, and what agencies have on record."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.agency import Agency
from db.models.public_lawyer import AgencyContract
from db.rules.background import Background, ContractDraft
from db.rules.spans import Span


@dataclass(frozen=True, slots=True)
class AdviserContracts:
    """The contracts of agencies with lawyers of the pool (by lawyer) and with firms of the roster (by firm)."""

    of_lawyers: Mapping[int, tuple[ContractDraft, ...]]
    of_firms: Mapping[int, tuple[ContractDraft, ...]]

    def join(self, backgrounds: Mapping[int, Background]) -> dict[int, Background]:
        """Return what each lawyer brings along, with the contracts that agencies have on record for him."""
        found = dict(backgrounds)
        for key, contracts in self.of_lawyers.items():
            own = found.get(key, Background())
            declared = {(c.client, c.from_on, c.to_on) for c in own.contracts}
            more = tuple(c for c in contracts if (c.client, c.from_on, c.to_on) not in declared)
            found[key] = replace(own, contracts=(*own.contracts, *more))
        return found


def adviser_contracts(session: Session) -> AdviserContracts:
    """Return the contracts on record that ever ran: one query.

    A contract with a firm binds the whole firm (C07, C18); one with a lawyer alone binds him, and his colleagues only
    as far as the rules say.
    """
    query = (
        select(AgencyContract, Agency.name)
        .join(Agency, Agency.id == AgencyContract.agency_id)
        .where(AgencyContract.removed_at.is_(None))
        .where(AgencyContract.firm_id.is_not(None) | AgencyContract.lawyer_id.is_not(None))
        .order_by(AgencyContract.id)
    )
    lawyers: defaultdict[int, list[ContractDraft]] = defaultdict(list)
    firms: defaultdict[int, list[ContractDraft]] = defaultdict(list)
    for x, client in session.execute(query):
        span = Span(from_on=x.from_on, to_on=x.to_on, ended_on=x.ended_on)
        if span.is_void:
            continue
        last = span.last_on if span.last_on < date.max else None
        made = ContractDraft(client, x.firm_id is not None, x.from_on, last)
        if x.firm_id is not None:
            firms[x.firm_id].append(made)
        elif x.lawyer_id is not None:
            lawyers[x.lawyer_id].append(made)
    return AdviserContracts(
        {key: tuple(found) for key, found in lawyers.items()},
        {key: tuple(found) for key, found in firms.items()},
    )
