"""Who may not be recommended for a case, and why: C01–C26, rules over plain values, each with its source.

A rule is a row of ``RULES``. Names alone, without a licence, an id or a firm behind them, only warn. Rules that
are local policy, not law, may be given another weight by the office (``LOCAL``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from db.assignment.rules.conflicts import person, sides, work
from db.assignment.rules.conflicts.facts import (
    CaseFacts,
    Colleague,
    Finding,
    LawyerFacts,
    OpposingAgent,
    OpposingParty,
    Suit,
)
from db.office.rules.settings import Settings
from db.words.assignment import Severity

__all__ = [
    "LOCAL",
    "RULES",
    "CaseFacts",
    "Colleague",
    "Finding",
    "LawyerFacts",
    "OpposingAgent",
    "OpposingParty",
    "Suit",
    "findings",
    "severities_of",
]

Rule = Callable[[LawyerFacts, CaseFacts], Iterable[Finding]]
RULES: tuple[Rule, ...] = (
    work.outside_term,
    work.too_many_agents,
    sides.both_sides,
    sides.colleague_opposite,
    sides.own_interest,
    sides.relative_opposite,
    sides.handled_before,
    sides.changed_sides,
    sides.advises_opponent,
    person.left_the_bench,
    person.practises_near_former_unit,
    person.relative_on_the_bench,
    person.holds_office,
    person.licence_in_force,
    sides.colleague_related,
    sides.sues_agencies,
    sides.gave_opinion,
    sides.serves_codefendant,
    sides.took_part,
    person.left_the_agency,
    person.has_record,
    work.not_free,
)
LOCAL = frozenset({"C19", "C20", "C21", "C25"})
"""Rules that rest on the office's own policy: their weight is a setting."""


def findings(
    lawyer: LawyerFacts, case: CaseFacts, weights: Mapping[str, Severity] | None = None
) -> tuple[Finding, ...]:
    """Return everything that speaks against ``lawyer`` in ``case``, the gravest first.

    ``weights`` are the office's severities of the ``LOCAL`` rules; those of others are law and are not changed.
    """
    found = [_weighed(finding, weights or {}) for rule in RULES for finding in rule(lawyer, case)]
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda f: list(Severity).index(f.severity)))


def severities_of(settings: Settings) -> dict[str, Severity]:
    """Return the office's severities of the rules that are its own policy."""
    return {rule: Severity(word) for rule, word in settings.local_rules.items()}


def _weighed(finding: Finding, weights: Mapping[str, Severity]) -> Finding:
    if finding.rule in LOCAL and finding.rule in weights:
        return replace(finding, severity=weights[finding.rule])
    return finding
