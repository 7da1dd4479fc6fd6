"""C01–C07, C16–C22: who stands, or stood, on the other side of the dispute.

律师法第三十九条、第五十条; 律师执业行为规范 (2018-01-30 印发) 利益冲突: 绝对禁止 (cited 绝对) even with consent, 相对 with
知情同意; 中办发〔2016〕30号. Numbers of the practice rules differ between prints, so they are cited by content.
"""

from collections.abc import Iterable
from datetime import date

from db.rules.background import ContractDraft, RelativeDraft
from db.rules.conflicts.facts import (
    CaseFacts,
    DisputeRole,
    Finding,
    LawyerFacts,
    OpposingAgent,
    Severity,
    any_same,
    same,
    same_firm,
    years_after,
)
from db.rules.pool import UnitKind

BOTH = "律师法第三十九条"
ABSOLUTE = "律师执业行为规范（利益冲突，绝对禁止）"
RELATIVE = "律师执业行为规范（利益冲突，须知情同意）"
ADVISERS = "中办发〔2016〕30号"
THIRD = "第三人"
COOLING_YEARS = 1  # 委托关系终止后一年内 (规范, 相对)


def both_sides(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C01: nobody acts for both sides of a case."""
    for agent in _now(case):
        if _is_himself(agent, lawyer):
            said = f"本人代理本案{agent.side}{agent.party}（律师法第三十九条）"
            yield Finding("C01", Severity.BLOCK, BOTH, said)
        elif same(agent.name, lawyer.name) and not agent.firm and not agent.licence:
            said = f"与{agent.side}代理人{agent.name}同名，请核对"
            yield Finding("C01", Severity.WARN, BOTH, said)


def colleague_opposite(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C02: no other lawyer of the firm acts for the other side, and the firm is not the other side.

    A third person may stand on either side, so a colleague of his lawyer is a reason to look, not to bar.
    """
    for agent in _now(case):
        if same_firm(agent.firm, lawyer.firm) and not _is_himself(agent, lawyer):
            is_third = agent.side == THIRD
            doubt = "，请核对其与被告的利害关系" if is_third else ""
            severity = Severity.WARN if is_third else Severity.BLOCK
            said = f"同所律师{agent.name}代理本案{agent.side}{agent.party}{doubt}"
            yield Finding("C02", severity, ABSOLUTE, said)
    for party in case.opposing_parties:
        if same_firm(party.name, lawyer.firm):
            yield Finding("C02", Severity.BLOCK, ABSOLUTE, f"所在律所是本案对方当事人{party.name}")


def own_interest(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C03: no interest of the lawyer or a close relative in the case; a name alone only warns."""
    if lawyer.interest:
        yield Finding("C03", Severity.BLOCK, BOTH, f"本人声明与本案有利害关系：{lawyer.interest}")
    for party in case.opposing_parties:
        if party.identity and same(party.identity, lawyer.identity):
            yield Finding("C03", Severity.BLOCK, BOTH, f"本人就是本案{party.side}{party.name}")
        elif same(party.name, lawyer.name):
            said = f"与对方当事人{party.name}同名，请核对是否本人"
            yield Finding("C03", Severity.WARN, BOTH, said)
        for relative in lawyer.background.relatives:
            if party.is_person and same(relative.name, party.name):
                said = f"{relative.relation.value}{relative.name}与{party.side}{party.name}同名，请核对是否同一人"
                yield Finding("C03", Severity.WARN, BOTH, said)
            elif same(relative.unit, party.name) and not same(relative.name, party.representative):
                said = f"{relative.relation.value}任职于{party.side}{party.name}，请核对有无利害关系"
                yield Finding("C03", Severity.WARN, BOTH, said)


def relative_opposite(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C04: no close relative is the other side's 法定代表人 or agent; name and unit together are certain enough."""
    for relative in lawyer.background.relatives:
        for is_certain, said in _opposite(relative, case):
            severity = Severity.BLOCK if is_certain else Severity.WARN
            yield Finding("C04", severity, ABSOLUTE, f"{relative.relation.value}{said}")


def handled_before(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C05: did not handle the matter before as official, judge, prosecutor or arbitrator."""
    barred = {DisputeRole.OFFICIAL, DisputeRole.JUDGE, DisputeRole.PROSECUTOR, DisputeRole.ARBITRATOR}
    for role, note in lawyer.roles:
        if role in barred:
            said = f"曾{role.value}本案争议（{note}）" if note else f"曾{role.value}本案争议"
            yield Finding("C05", Severity.BLOCK, ABSOLUTE, said)
    for post in lawyer.background.posts:
        if post.unit_kind is not UnitKind.AGENCY or not any_same(post.unit, case.agency) or not case.act_on:
            continue
        if (post.from_on or date.min) <= case.act_on <= (post.to_on or date.max):
            said = f"被诉行为作出时（{case.act_on}）任职于{post.unit}，请核对是否经办"
            yield Finding("C05", Severity.WARN, ABSOLUTE, said)


def changed_sides(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C06: neither lawyer nor firm served the other side in an earlier instance of the same dispute.

    As in C02, a third person may stand on either side: that is a reason to look, not to bar.
    """
    for agent in case.opposing_agents:
        if agent.earlier and (_is_himself(agent, lawyer) or same_firm(agent.firm, lawyer.firm)):
            who = "本人" if _is_himself(agent, lawyer) else f"同所律师{agent.name}"
            is_third = agent.side == THIRD
            doubt = "，请核对其与被告的利害关系" if is_third else ""
            severity = Severity.WARN if is_third else Severity.BLOCK
            said = f"{who}在{agent.earlier}代理{agent.side}{agent.party}{doubt}"
            yield Finding("C06", severity, ABSOLUTE, said)


def advises_opponent(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C07, C17: a standing adviser of the other side is barred; a colleague's, or one ended within a year, needs consent."""
    for contract, who, is_own in _contracts(lawyer):
        for party in case.opposing_parties:
            if not same(contract.client, party.name):
                continue
            if _runs(contract, case.day):
                rule, severity, source = (
                    ("C07", Severity.BLOCK, ABSOLUTE) if is_own else ("C17", Severity.CONSENT, RELATIVE)
                )
                yield Finding(rule, severity, source, f"{who}是{party.side}{party.name}的常年法律顾问")
            elif contract.to_on and contract.to_on < case.day <= years_after(contract.to_on, COOLING_YEARS):
                said = f"{who}担任{party.side}{party.name}法律顾问至 {contract.to_on}，终止未满一年"
                yield Finding("C17", Severity.CONSENT, RELATIVE, said)


def colleague_related(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C16: a colleague's close relative on the other side needs consent."""
    for colleague in lawyer.colleagues:
        for relative in colleague.background.relatives:
            for is_certain, said in _opposite(relative, case):
                severity = Severity.CONSENT if is_certain else Severity.WARN
                sentence = f"同所律师{colleague.name}的{relative.relation.value}{said}"
                yield Finding("C16", severity, RELATIVE, sentence)


def sues_agencies(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C17–C19: acts against this agency (barred if it engaged him, else with consent) or against another of the district."""
    for suit in lawyer.suits:
        who = "本人" if same(suit.agent, lawyer.name) else f"同所律师{suit.agent}"
        if not any_same(suit.agency, case.agency):
            said = f"{who}在{suit.number}代理对方起诉{suit.agency}"
            yield Finding("C19", Severity.WARN, "顾问库管理规定", said)
        elif _is_engaged(lawyer, case):
            said = f"受聘为{suit.agency}法律顾问期间，{who}在{suit.number}代理对方起诉该单位，应报告本局"
            yield Finding("C18", Severity.BLOCK, ADVISERS, said)
        else:
            said = f"{who}正在{suit.number}代理对方起诉本单位"
            yield Finding("C17", Severity.CONSENT, RELATIVE, said)


def gave_opinion(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    """C20: gave an opinion on the same dispute for the reconsideration organ or another agency, or acted for one."""
    opinions = {
        DisputeRole.RECONSIDERATION,
        DisputeRole.COMMITTEE,
        DisputeRole.CONSULTED,
        DisputeRole.CONSULTED_OTHER,
        DisputeRole.CODEFENDANT,
    }
    for role, note in lawyer.roles:
        if role in opinions:
            said = f"曾{role.value}（{note}）" if note else f"曾{role.value}"
            yield Finding("C20", Severity.WARN, "律师执业行为规范（其他利益冲突）", f"就同一争议{said}")


def serves_codefendant(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    """C21: one lawyer for the original agency and the reconsideration organ; no ban is known, so it warns."""
    if lawyer.other_defendant:
        said = f"已代理共同被告{lawyer.other_defendant}，两机关立场可能不一致，请核对"
        yield Finding("C21", Severity.WARN, "行政诉讼法第二十六条", said)


def took_part(lawyer: LawyerFacts, _case: CaseFacts) -> Iterable[Finding]:
    """C22: a witness cannot be agent; an expert is warned of."""
    for role, note in lawyer.roles:
        if role in {DisputeRole.WITNESS, DisputeRole.EXPERT}:
            severity = Severity.BLOCK if role is DisputeRole.WITNESS else Severity.WARN
            said = f"曾{role.value}参与本案争议" + (f"（{note}）" if note else "")
            yield Finding("C22", severity, "行政诉讼证据规则", said)


def _now(case: CaseFacts) -> list[OpposingAgent]:
    return [agent for agent in case.opposing_agents if not agent.earlier]


def _is_himself(agent: OpposingAgent, lawyer: LawyerFacts) -> bool:
    if agent.licence and lawyer.licence:
        return same(agent.licence, lawyer.licence)
    return same(agent.name, lawyer.name) and same_firm(agent.firm, lawyer.firm)


def _opposite(relative: RelativeDraft, case: CaseFacts) -> Iterable[tuple[bool, str]]:
    """Yield how a relative stands on the other side: certain by name and unit, else to be looked at."""
    for party in case.opposing_parties:
        if same(relative.name, party.representative):
            is_certain = same(relative.unit, party.name)
            doubt = "" if is_certain else "，与其同名，请核对"
            said = f"{relative.name}是{party.side}{party.name}的法定代表人{doubt}"
            yield is_certain, said
    for agent in _now(case):
        if same(relative.name, agent.name):
            is_certain = same_firm(relative.unit, agent.firm)
            doubt = "" if is_certain else "，与其同名，请核对"
            said = f"{relative.name}是{agent.side}{agent.party}的代理人{doubt}"
            yield is_certain, said


def _contracts(lawyer: LawyerFacts) -> Iterable[tuple[ContractDraft, str, bool]]:
    """Yield the adviser contracts that count, whose they are, and whether they bind the lawyer or his whole firm."""
    for contract in lawyer.background.contracts:
        yield contract, "所在律所" if contract.by_firm else "本人", True
    for contract in lawyer.firm_contracts:
        yield contract, "所在律所", True
    for colleague in lawyer.colleagues:
        for contract in colleague.background.contracts:
            who = "所在律所" if contract.by_firm else f"同所律师{colleague.name}"
            yield contract, who, contract.by_firm


def _runs(contract: ContractDraft, day: date) -> bool:
    return (contract.from_on or date.min) <= day <= (contract.to_on or date.max)


def _is_engaged(lawyer: LawyerFacts, case: CaseFacts) -> bool:
    return any(
        any_same(contract.client, case.agency) and _runs(contract, case.day)
        for contract, _, _ in _contracts(lawyer)
    )
