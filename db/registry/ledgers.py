"""Internal advisers and adviser contracts of agencies, as ledgers."""

from datetime import date

from sqlalchemy import true
from sqlalchemy.orm import Session

from db.ledger.declare import Ledger, State
from db.models.public_lawyer import AgencyContract, InternalAdviser
from db.registry.queries.advisers import namesakes
from db.registry.rules.advisers import (
    AgencyContractDraft,
    InternalAdviserDraft,
    Known,
    contract_problems,
    internal_adviser_problems,
)
from db.roster.queries.firms import firm_names


def _namesakes(session: Session, draft: InternalAdviserDraft) -> Known:
    return namesakes(session, draft.name)


def _know_firm(session: Session, record: AgencyContract, draft: AgencyContractDraft, _today: date) -> None:
    """A firm of the roster is recognised by its name, however it is written."""
    record.firm_id = firm_names(session).find(draft.provider)


INTERNAL_ADVISERS = Ledger(
    name="internal-advisers",
    title="内部法律顾问名单",
    noun="内部法律顾问",
    unit="位",
    model=InternalAdviser,
    draft=InternalAdviserDraft,
    called=lambda draft: draft.name.strip(),
    problems=internal_adviser_problems,
    facts=_namesakes,
    order="name",
    states=(State("已离任", "mu", lambda m, day: m.to_on < day), State("在任", "ok", lambda _, __: true())),
)

CONTRACTS = Ledger(
    name="contracts",
    title="法律顾问合同",
    noun="顾问合同",
    unit="份",
    model=AgencyContract,
    draft=AgencyContractDraft,
    called=lambda draft: draft.provider.strip(),
    problems=contract_problems,
    settle=_know_firm,
    order="from_on",
    states=(
        State("已终止", "mu", lambda m, day: m.ended_on <= day),
        State("已到期", "mu", lambda m, day: m.to_on < day),
        State("在聘", "ok", lambda _, __: true()),
    ),
)
