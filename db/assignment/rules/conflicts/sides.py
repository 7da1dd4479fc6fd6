"""C01–C07, C16–C22: who stands, or stood, on the other side of the dispute.

律师法第三十九条、第五十条; 律师执业行为规范 (2018-01-30 印发) 利益冲突: 绝对禁止 (cited 绝对) even with consent, 相对 with
知情同意; 中办发〔2016〕30号. Numbers of the practice rules differ between prints, so they are cited by content.
"""

from collections.abc import Iterable
from datetime import date

from db.assignment.rules.conflicts.facts import (
    CaseFacts,
    Finding,
    LawyerFacts,
    OpposingAgent,
    OpposingParty,
    any_same,
    is_agency,
    same,
)
from db.formats.recognise.firms import compare_firms, same_firm
from db.formats.recognise.match import Match, best
from db.formats.recognise.organisations import compare_organisations
from db.formats.recognise.people import Named, compare_people, same_name
from db.roster.rules.background import ContractDraft, RelativeDraft
from db.roster.rules.bars import last_day
from db.words.assignment import DisputeRole, Severity
from db.words.lawyer import UnitKind

BOTH = "律师法第三十九条"
ABSOLUTE = "律师执业行为规范（利益冲突，绝对禁止）"
RELATIVE = "律师执业行为规范（利益冲突，须知情同意）"
ADVISERS = "中办发〔2016〕30号"
THIRD = "第三人"
COOLING_YEARS = 1  # 委托关系终止后一年内 (规范, 相对)


def both_sides(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C01: nobody acts for both sides of a case; a name without anything behind it warns."""
    for agent in case.opposing_agents:
        if agent.earlier or not (match := _is_himself(agent, lawyer)):
            continue
        if match is Match.CERTAIN:
            said = f"本人代理本案{agent.side}{agent.party}（律师法第三十九条）"
            yield Finding("C01", Severity.BLOCK, BOTH, said)
        else:
            said = f"与{agent.side}{_whose(agent)}同名，请核对{_by_what(agent)}"
            yield Finding("C01", Severity.WARN, BOTH, said)


def colleague_opposite(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C02: no other lawyer of the firm acts for the other side, and the firm is not the other side.

    A branch is the firm. A third person may stand on either side, so a colleague of his lawyer is a reason to look, not
    to bar; so is a firm's name that leaves a doubt.
    """
    for agent in case.opposing_agents:
        match = Match.NO if agent.earlier else _of_his_firm(agent, lawyer)
        himself = _is_himself(agent, lawyer)
        if not match or himself is Match.CERTAIN or (himself and not agent.firm):  # C01 says it
            continue
        is_third = agent.side == THIRD
        doubt = "，请核对其与被告的利害关系" if is_third else ""
        who = (
            "同所律师"
            if match is Match.CERTAIN
            else f"可能同所的律师（{agent.firm or '仅姓名相同'}，请核对）"
        )
        severity = Severity.WARN if is_third or match is Match.LIKELY else Severity.BLOCK
        yield Finding("C02", severity, ABSOLUTE, f"{who}{agent.name}代理本案{agent.side}{agent.party}{doubt}")
    for party in case.opposing_parties:
        if "所" in party.name and same_firm(
            party.firm or party.name, lawyer.firm
        ):  # a 字号 may be a person's name
            yield Finding("C02", Severity.BLOCK, ABSOLUTE, f"所在律所是本案对方当事人{party.name}")


def own_interest(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C03: no interest of the lawyer or a close relative in the case; a name alone only warns."""
    if lawyer.interest:
        yield Finding("C03", Severity.BLOCK, BOTH, f"本人声明与本案有利害关系：{lawyer.interest}")
    for party in case.opposing_parties:
        if party.identity and same(party.identity, lawyer.identity):
            yield Finding("C03", Severity.BLOCK, BOTH, f"本人就是本案{party.side}{party.name}")
        elif same_name(party.name, lawyer.name):
            said = f"与对方当事人{party.name}同名，请核对是否本人"
            yield Finding("C03", Severity.WARN, BOTH, said)
        elif same_name(party.representative, lawyer.name):
            said = f"与{party.side}{party.name}的法定代表人{party.representative}同名，请核对是否本人"
            yield Finding("C03", Severity.WARN, BOTH, said)
        for relative in lawyer.background.relatives:
            if party.is_person and same_name(relative.name, party.name):
                said = f"{relative.relation.value}{relative.name}与{party.side}{party.name}同名，请核对是否同一人"
                yield Finding("C03", Severity.WARN, BOTH, said)
            elif _named(relative.unit, party) and not same_name(relative.name, party.representative):
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
        if post.unit_kind is not UnitKind.AGENCY or not is_agency(post.unit, case) or not case.act_on:
            continue
        if (post.from_on or date.min) <= case.act_on <= (post.to_on or date.max):
            said = f"被诉行为作出时（{case.act_on}）任职于{post.unit}，请核对是否经办"
            yield Finding("C05", Severity.WARN, ABSOLUTE, said)


def changed_sides(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C06: neither lawyer nor firm served the other side in an earlier instance of the same dispute.

    As in C02, a third person may stand on either side: that is a reason to look, not to bar.
    """
    for agent in case.opposing_agents:
        if not agent.earlier:
            continue
        himself, firm = _is_himself(agent, lawyer), _of_his_firm(agent, lawyer)
        if not himself and not firm:
            continue
        is_sure = Match.CERTAIN in {himself, firm}
        if himself and (himself is Match.CERTAIN or not firm):
            who = "本人" if himself is Match.CERTAIN else f"与其同名的{_whose(agent)}"
        else:
            who = f"{'' if firm is Match.CERTAIN else '可能'}同所律师{agent.name}"
        is_third = agent.side == THIRD
        doubt = "，请核对其与被告的利害关系" if is_third else "" if is_sure else f"，请核对{_by_what(agent)}"
        severity = Severity.WARN if is_third or not is_sure else Severity.BLOCK
        said = f"{who}在{agent.earlier}代理{agent.side}{agent.party}{doubt}"
        yield Finding("C06", severity, ABSOLUTE, said)


def advises_opponent(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C07, C17: a standing adviser of the other side is barred; a colleague's, or one ended within a year, needs consent.

    A client whose name leaves a doubt is to be looked at.
    """
    for contract, who, is_own in _contracts(lawyer):
        for party in case.opposing_parties:
            match = _named(contract.client, party)
            if not match:
                continue
            doubt = "" if match is Match.CERTAIN else f"（合同写作{contract.client}，请核对）"
            if _runs(contract, case.day):
                rule, severity, source = (
                    ("C07", Severity.BLOCK, ABSOLUTE) if is_own else ("C17", Severity.CONSENT, RELATIVE)
                )
                said = f"{who}是{party.side}{party.name}的常年法律顾问{doubt}"
                yield Finding(rule, Severity.WARN if doubt else severity, source, said)
            elif contract.to_on and contract.to_on < case.day <= last_day(contract.to_on, COOLING_YEARS):
                said = f"{who}担任{party.side}{party.name}法律顾问至 {contract.to_on}，终止未满一年{doubt}"
                yield Finding("C17", Severity.WARN if doubt else Severity.CONSENT, RELATIVE, said)


def colleague_related(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C16: a colleague's close relative on the other side needs consent; a party's name alone is to be looked at."""
    for colleague in lawyer.colleagues:
        for relative in colleague.background.relatives:
            for party in case.opposing_parties:
                if party.is_person and same_name(relative.name, party.name):
                    said = f"{relative.name}与{party.side}{party.name}同名，请核对是否同一人"
                    sentence = f"同所律师{colleague.name}的{relative.relation.value}{said}"
                    yield Finding("C16", Severity.WARN, RELATIVE, sentence)
            for is_certain, said in _opposite(relative, case):
                severity = Severity.CONSENT if is_certain else Severity.WARN
                sentence = f"同所律师{colleague.name}的{relative.relation.value}{said}"
                yield Finding("C16", severity, RELATIVE, sentence)


def sues_agencies(lawyer: LawyerFacts, case: CaseFacts) -> Iterable[Finding]:
    """C17–C19: acts against this agency (barred if it engaged him, else with consent) or against another of the district."""
    for suit in lawyer.suits:
        who = "本人" if same_name(suit.agent, lawyer.name) else f"同所律师{suit.agent}"
        doubt = "" if suit.is_certain else "，仅姓名相同，请核对是否本人"
        if not any_same(suit.agency, case.agency):
            said = f"{who}在{suit.number}代理对方起诉{suit.agency}{doubt}"
            yield Finding("C19", Severity.WARN, "顾问库管理规定", said)
        elif engaged := _is_engaged(lawyer, case):
            doubt = doubt or ("" if engaged is Match.CERTAIN else "，顾问合同的单位名称请核对")
            said = (
                f"受聘为{suit.agency}法律顾问期间，{who}在{suit.number}代理对方起诉该单位，应报告本局{doubt}"
            )
            yield Finding("C18", Severity.WARN if doubt else Severity.BLOCK, ADVISERS, said)
        else:
            said = f"{who}正在{suit.number}代理对方起诉本单位{doubt}"
            yield Finding("C17", Severity.WARN if doubt else Severity.CONSENT, RELATIVE, said)


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


def _is_himself(agent: OpposingAgent, lawyer: LawyerFacts) -> Match:
    return compare_people(Named(agent.name, agent.firm, agent.licence, agent.on), lawyer.known)


def _of_his_firm(agent: OpposingAgent, lawyer: LawyerFacts) -> Match:
    """Say whether an agent is of the lawyer's firm; likely where only his name is that of a colleague."""
    if not agent.firm and any(same_firm(firm, lawyer.firm) for firm in agent.namesakes):
        return Match.LIKELY
    return compare_firms(agent.firm, lawyer.firm)


def _whose(agent: OpposingAgent) -> str:
    return f"代理人{agent.name}" + (f"（{agent.firm}）" if agent.firm else "")


def _by_what(agent: OpposingAgent) -> str:
    return "是否本人" if agent.firm else "（未登记律所和执业证号）"


def _named(called: str, party: OpposingParty) -> Match:
    """Say whether a client or unit is this party."""
    if same(called, party.name) or (party.is_person and same_name(called, party.name)):
        return Match.CERTAIN
    return Match.NO if party.is_person else compare_organisations(called, party.name)


def _opposite(relative: RelativeDraft, case: CaseFacts) -> Iterable[tuple[bool, str]]:
    """Yield how a relative stands on the other side: certain by name and unit, else to be looked at."""
    for party in case.opposing_parties:
        if same_name(relative.name, party.representative):
            is_certain = _named(relative.unit, party) is Match.CERTAIN
            doubt = "" if is_certain else "，与其同名，请核对"
            said = f"{relative.name}是{party.side}{party.name}的法定代表人{doubt}"
            yield is_certain, said
    for agent in case.opposing_agents:
        if not agent.earlier and same_name(relative.name, agent.name):
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


def _is_engaged(lawyer: LawyerFacts, case: CaseFacts) -> Match:
    """Say whether the agency engaged the lawyer or his firm; a colleague's own contract counts too."""
    return best(*(is_agency(c.client, case) for c, _, _ in _contracts(lawyer) if _runs(c, case.day)))
