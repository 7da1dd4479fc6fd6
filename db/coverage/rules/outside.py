"""Which lawyer of the pool an agency could engage as its adviser: one who advises an agency like it, or knows its field."""

from collections import defaultdict
from datetime import date

from db.coverage.rules.coverage import AgencyCoverage, Remedy, RemedyKind
from db.coverage.rules.days import Coverage
from db.coverage.rules.facts import ContractFacts, PoolLawyerFacts


class Outside:
    """The lawyers of the pool on a day with the agencies that they advise; ``engage`` uses up what it promises.

    A lawyer in whose way a conflict stands as to an agency (``barred``) is never suggested to it.
    """

    def __init__(self, coverage: Coverage, day: date) -> None:
        self._coverage, self._day, on = coverage, day, day.toordinal()
        facts = coverage.facts
        self._contracts: defaultdict[int, list[ContractFacts]] = defaultdict(list)
        self._advises: defaultdict[int, set[int]] = defaultdict(set)
        self._by_key = {c.key: c for c in facts.contracts}
        for contract in facts.contracts:
            if contract.lawyer_id is not None and contract.when.past > max(on, contract.when.first):
                self._advises[contract.lawyer_id].add(contract.agency_key)
                if contract.when.holds(on):
                    self._contracts[contract.lawyer_id].append(contract)
        self._lawyers = [p for p in facts.pool if p.has_time and p.when.holds(on)]

    def lawyer_of(self, contract_key: int) -> int | None:
        """Return the lawyer of the pool who works under a contract."""
        contract = self._by_key.get(contract_key)
        return contract.lawyer_id if contract else None

    def engage(self, row: AgencyCoverage) -> Remedy | None:
        """Return whom the agency could engage; ``None``: nobody fits."""
        limit = self._coverage.policy.adviser_capacity
        best: tuple[int, int, str, int] | None = None
        chosen: tuple[PoolLawyerFacts, ContractFacts | None] | None = None
        for lawyer in self._lawyers:
            advised = self._advises[lawyer.key]
            if len(advised) >= limit or row.key in advised or row.key in lawyer.barred:
                continue
            rank, contract = self._rank(lawyer, row)
            if rank is None:
                continue
            order = (rank, len(advised), lawyer.sort_key, lawyer.key)
            if best is None or order < best:
                best, chosen = order, (lawyer, contract)
        if chosen is None:
            return None
        lawyer, contract = chosen
        self._advises[lawyer.key].add(row.key)
        return self._shared(lawyer, contract) if contract else self._engaged(lawyer, row)

    def _rank(self, lawyer: PoolLawyerFacts, row: AgencyCoverage) -> tuple[int | None, ContractFacts | None]:
        """Return 0: advises an agency of like work, 1: one of its kind, 2: knows its field; ``None``: does not fit."""
        of_kind = None
        for contract in self._contracts[lawyer.key]:
            other = self._coverage.agencies.get(contract.agency_key)
            if other is None:
                continue
            if self._coverage.policy.alike(other.field, row.field):
                return 0, contract
            if other.kind is row.kind:
                of_kind = of_kind or contract
        if of_kind is not None:
            return 1, of_kind
        return (2 if self._knows(lawyer, row) else None), None

    def _fields(self, row: AgencyCoverage) -> frozenset[str]:
        of_cases = self._coverage.facts.case_fields.get(row.key, frozenset())
        return of_cases | {row.field} if row.field else of_cases

    def _knows(self, lawyer: PoolLawyerFacts, row: AgencyCoverage) -> bool:
        """Say whether a speciality is a field of the agency; where none is known, any lawyer will do."""
        fields, alike = self._fields(row), self._coverage.policy.alike
        return not fields or any(alike(speciality, f) for speciality in lawyer.specialities for f in fields)

    def _shared(self, lawyer: PoolLawyerFacts, contract: ContractFacts) -> Remedy:
        name = self._coverage.short_name_on(contract.agency_key, self._day)
        return Remedy(
            RemedyKind.SHARE,
            f"与{name}共享外聘顾问{lawyer.name}。",
            lawyer_id=lawyer.key,
            contract_key=contract.key,
            person=lawyer.name,
            from_key=contract.agency_key,
            from_name=name,
        )

    def _engaged(self, lawyer: PoolLawyerFacts, row: AgencyCoverage) -> Remedy:
        known = "、".join(sorted(lawyer.specialities & self._fields(row)))
        why = f"熟悉{known}" if known else f"已担任 {len(self._advises[lawyer.key]) - 1} 个单位的顾问"
        return Remedy(
            RemedyKind.CONTRACT,
            f"建议外聘库内顾问{lawyer.name}（{why}）。",
            lawyer_id=lawyer.key,
            person=lawyer.name,
        )
