"""C24, C26: how many may act, and whether the lawyer is free to."""

from collections.abc import Iterable

from db.assignment.rules.conflicts.facts import CaseFacts, Finding, LawyerFacts
from db.law.agents import MAX_AGENTS, lawyers_only_problem
from db.roster.rules.lawyers import Standing
from db.words.assignment import Severity


def outside_term(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    """C26: nobody outside a running appointment, or pausing, is recommended."""
    if lawyer.standing is not Standing.SERVING:
        word = "暂停承办" if lawyer.standing is Standing.SUSPENDED else "不在聘期内"
        yield Finding("C26", Severity.BLOCK, "聘任管理", f"分派当日{word}（{lawyer.term_text}）")


def too_many_agents(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C24: two agents at most (行政诉讼法第三十一条); where the head is absent, lawyers do not stand alone."""
    source = "行政诉讼法第三十一条"
    if lawyer.acts_already:
        yield Finding("C24", Severity.BLOCK, source, "已是本案该单位的代理人")
    elif case.acting >= MAX_AGENTS:
        yield Finding("C24", Severity.BLOCK, source, f"该单位已有 {case.acting} 名代理人（{source}）")
    elif said := lawyers_only_problem(head_attends=not case.head_absent, lawyers=case.lawyers + 1):
        yield Finding("C24", Severity.BLOCK, "适用解释第一百二十八条", said)


def not_free(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    """C26: another hearing on that day, not serving then, or the load at its cap."""
    for hearing in lawyer.hearings:
        yield Finding("C26", Severity.WARN, "分派管理", f"当日另有开庭：{hearing}")
    for absence in lawyer.absences:
        yield Finding("C26", Severity.WARN, "分派管理", absence)
    if lawyer.running >= lawyer.capacity:
        said = f"在办 {lawyer.running:g} 件，已到上限 {lawyer.capacity} 件"
        yield Finding("C26", Severity.WARN, "分派管理", said)
