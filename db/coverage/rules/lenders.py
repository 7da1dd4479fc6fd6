"""Which public lawyer could be lent to an agency (统筹), and to how many more he may be lent."""

from collections import defaultdict
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from db.coverage.rules.coverage import AgencyCoverage, Remedy, RemedyKind
from db.coverage.rules.days import Coverage
from db.coverage.rules.facts import PublicLawyerFacts
from db.words.agency import AgencyKind

SOON = timedelta(days=60)  # a certificate that ends within these is lent only if there is no other

Entry = tuple[bool, int, str, int]
"""Whether the certificate ends soon, minus the free capacity, the sort key, the person's key: the best is the least."""


class Lenders:
    """The public lawyers of a day by the field and the kind of their agency; the freest first.

    ``lend`` uses up what it promises. A person is never offered to an agency where he works, to one that he is lent to
    already or by a paper still to begin, without a certificate valid on the day, or beyond his capacity.
    """

    def __init__(self, coverage: Coverage, day: date) -> None:
        self._coverage, self._day, self._on = coverage, day, day.toordinal()
        self._lent_to: defaultdict[int, set[int]] = defaultdict(set)
        for sharing in coverage.facts.sharings:
            if sharing.when.past > max(self._on, sharing.when.first):
                self._lent_to[sharing.person_key].add(sharing.agency_key)
        self._fields: defaultdict[str, list[Entry]] = defaultdict(list)
        self._kinds: defaultdict[AgencyKind, list[Entry]] = defaultdict(list)
        self._home: dict[int, int] = {}
        for person in coverage.facts.people:
            self._enter(person)
        for heap in (*self._fields.values(), *self._kinds.values()):
            heapify(heap)

    def free(self, key: int) -> int:
        """Return to how many more agencies a person may be lent."""
        capacity = self._coverage.people[key].capacity
        limit = self._coverage.policy.lend_capacity if capacity is None else capacity
        lent = self._lent_to.get(key)
        return max(limit - len(lent), 0) if lent else limit

    def is_full(self, key: int) -> bool:
        """Say whether a person can be lent to no other agency."""
        return self.free(key) == 0

    def lend(self, row: AgencyCoverage) -> Remedy | None:
        """Return whom to lend to the agency, from one of like work, else from one of its kind; ``None``: nobody."""
        alike = [
            heap for field, heap in self._fields.items() if self._coverage.policy.alike(field, row.field)
        ]
        key = self._best(alike, row.key)
        how = "领域相近"
        if key is None:
            key, how = self._best([self._kinds[row.kind]], row.key), f"同为{row.kind.value}"
        if key is None:
            return None
        free = self.free(key)
        self._lent_to[key].add(row.key)
        home = self._home[key]
        name, person = self._coverage.short_name_on(home, self._day), self._coverage.people[key]
        said = f"从{name}（{how}）统筹公职律师{person.name}，还可统筹 {free} 个单位。"
        return Remedy(
            RemedyKind.LEND, said, person_key=key, person=person.name, from_key=home, from_name=name
        )

    def _enter(self, person: PublicLawyerFacts) -> None:
        if not person.is_valid(self._on) or self.is_full(person.key):
            return
        entry = self._entry(person)
        for home in person.agencies(self._on):
            agency = self._coverage.agencies.get(home)
            if agency is not None and agency.exists.holds(self._on):
                self._home.setdefault(person.key, home)
                self._kinds[agency.kind].append(entry)
                if agency.field:
                    self._fields[agency.field].append(entry)

    def _entry(self, person: PublicLawyerFacts) -> Entry:
        ends_soon = not person.is_valid(self._on + SOON.days)
        return ends_soon, -self.free(person.key), person.sort_key, person.key

    def _best(self, heaps: list[list[Entry]], agency_key: int) -> int | None:
        """Return the best person for the agency over several heaps."""
        found = [(entry, at) for at, heap in enumerate(heaps) if (entry := self._top(heap, agency_key))]
        return min(found)[0][3] if found else None

    def _top(self, heap: list[Entry], agency_key: int) -> Entry | None:
        """Return the best entry of a heap that the agency may have; entries that have aged are brought up to date."""
        passed: list[Entry] = []
        best = None
        while heap:
            entry = heap[0]
            key = entry[3]
            if -entry[1] != self.free(key):
                heappop(heap)
                if not self.is_full(key):
                    heappush(heap, self._entry(self._coverage.people[key]))
            elif self._may_not(key, agency_key):
                passed.append(heappop(heap))
            else:
                best = entry
                break
        for entry in passed:
            heappush(heap, entry)
        return best

    def _may_not(self, key: int, agency_key: int) -> bool:
        person = self._coverage.people[key]
        return agency_key in self._lent_to[key] or agency_key in person.agencies(self._on)
