"""Who may not be recommended for a case, and why: rules over plain values, each with its source.

A rule is a row of ``RULES``; names alone, without a licence or firm behind them, only warn.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from db.rules.lawyers import Standing
from db.rules.text import fold
from db.rules.vocabulary import Side


class Severity(StrEnum):
    """What a finding means: cannot be recommended, needs a paper, or needs a reason."""

    BLOCK = "回避"
    CONSENT = "须同意"
    WARN = "提示"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against a lawyer in a case."""

    rule: str
    severity: Severity
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OpposingAgent:
    """Somebody who acts for the other side."""

    name: str
    firm: str
    party: str
    side: str


@dataclass(frozen=True, slots=True)
class LawyerFacts:
    """A lawyer as of the day of the assignment; ``acts_already`` if he acts for this party now."""

    name: str
    firm: str
    standing: Standing
    term_text: str
    running: int
    capacity: int
    acts_already: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The other side of a case: its parties' names and those who act for them."""

    opposing_parties: tuple[str, ...]
    opposing_agents: tuple[OpposingAgent, ...]


def findings(lawyer: LawyerFacts, case: CaseFacts) -> tuple[Finding, ...]:
    """Return everything that speaks against ``lawyer`` in ``case``, the gravest first."""
    found = [finding for rule in RULES for finding in rule(lawyer, case)]
    return tuple(sorted(found, key=lambda f: list(Severity).index(f.severity)))


def _outside_term(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    if lawyer.standing is not Standing.SERVING:
        word = "暂停承办" if lawyer.standing is Standing.SUSPENDED else "不在聘期内"
        yield Finding("C26", Severity.BLOCK, "聘任管理", f"分派当日{word}（{lawyer.term_text}）")


def _acts_already(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    if lawyer.acts_already:
        yield Finding("C24", Severity.BLOCK, "行政诉讼法第三十一条", "已是本案该单位的代理人")


def _both_sides(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C01: nobody acts for both sides of a case (律师法第三十九条)."""
    for agent in case.opposing_agents:
        if fold(agent.name) == fold(lawyer.name) and same_firm(agent.firm, lawyer.firm):
            yield Finding(
                "C01",
                Severity.BLOCK,
                "律师法第三十九条",
                f"本人代理本案{agent.side}{agent.party}（律师法第三十九条）",
            )
        elif fold(agent.name) == fold(lawyer.name) and not agent.firm:
            yield Finding(
                "C01", Severity.WARN, "律师法第三十九条", f"与{agent.side}代理人{agent.name}同名，请核对"
            )


def _same_firm(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C02: no other lawyer of the firm acts for the other side (律师执业行为规范 利益冲突, 律师法第五十条).

    A third person may stand on either side, so a colleague of his lawyer is a reason to look, not to bar.
    """
    source = "律师执业行为规范（利益冲突）"
    for agent in case.opposing_agents:
        if same_firm(agent.firm, lawyer.firm) and fold(agent.name) != fold(lawyer.name):
            is_third = agent.side == Side.THIRD
            doubt = "，请核对其与被告的利害关系" if is_third else ""
            severity = Severity.WARN if is_third else Severity.BLOCK
            sentence = f"同所律师{agent.name}代理本案{agent.side}{agent.party}{doubt}"
            yield Finding("C02", severity, source, sentence)
    for party in case.opposing_parties:
        if same_firm(party, lawyer.firm):
            yield Finding("C02", Severity.BLOCK, source, f"所在律所是本案对方当事人{party}")


def _same_name_as_party(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C03 by name alone: a party of the lawyer's own name is a reason to look, not to bar."""
    for party in case.opposing_parties:
        if fold(party) == fold(lawyer.name):
            yield Finding(
                "C03", Severity.WARN, "律师法第三十九条", f"与对方当事人{party}同名，请核对是否本人"
            )


def _over_capacity(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    if lawyer.running >= lawyer.capacity:
        yield Finding(
            "C26", Severity.WARN, "分派管理", f"在办 {lawyer.running} 件，已到上限 {lawyer.capacity} 件"
        )


def same_firm(one: str, other: str) -> bool:
    """Say whether two ways of writing a firm's name mean the same firm; empty names never do."""
    return bool(one.strip()) and bool(other.strip()) and _firm(one) == _firm(other)


def _firm(name: str) -> str:
    return fold(name).replace("律师事务所", "").replace("律所", "")


Rule = Callable[[LawyerFacts, CaseFacts], Iterable[Finding]]
RULES: tuple[Rule, ...] = (
    _outside_term,
    _acts_already,
    _both_sides,
    _same_firm,
    _same_name_as_party,
    _over_capacity,
)
