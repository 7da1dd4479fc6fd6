"""An assignment as the dialog holds it, and what the law says against it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.assignment.rules.conflicts import CaseFacts, Finding
from db.assignment.rules.ranking import Ranking
from db.errors import Problem
from db.law import agents
from db.words.assignment import EndKind, Mandate, Role, Severity


@dataclass(frozen=True, slots=True)
class Choice:
    """One lawyer chosen to act."""

    lawyer_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What stands against one finding: the agency's 知情同意 if ``is_consent``, else why the bureau goes on."""

    lawyer_id: int
    rule: str
    is_consent: bool = True
    reason: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentDraft:
    """One or two pool lawyers for one defendant of one case.

    ``alternates`` are lawyers also recommended to the agency, which chooses (供参考). With ``with_letter`` the
    recommendation goes out as a numbered letter. ``version`` is the case's version that was read.
    """

    case_id: int
    party_id: int
    choices: tuple[Choice, ...] = ()
    alternates: tuple[int, ...] = ()
    mandate: Mandate = Mandate.GENERAL
    assigned_on: date | None = None
    reason: str = ""
    consents: tuple[ConsentDraft, ...] = ()
    with_letter: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReplaceDraft:
    """Another lawyer takes over midway; ``handover`` says what was handed over and what is pending."""

    lawyer_id: int | None
    on: date | None
    reason: str = ""
    handover: str = ""
    consents: tuple[ConsentDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class EndDraft:
    """The end of an assignment."""

    kind: EndKind
    ended_on: date | None
    reason: str = ""


def assignment_problems(draft: AssignmentDraft, case: CaseFacts) -> list[Problem]:
    """Say what forbids the assignment to the party that ``case`` is seen from."""
    found = []
    if not draft.choices:
        found.append(Problem("choices", "请至少选择一名顾问。"))
    if text := places_problem(case, len(draft.choices)):
        found.append(Problem("choices", text))
    if any(times > 1 for times in Counter(c.lawyer_id for c in draft.choices).values()):
        found.append(Problem("choices", "同一位顾问选择了两次。"))
    if sum(c.role is Role.LEAD for c in draft.choices) > 1:
        found.append(Problem("choices", "主办只能有一人，请将其中一人改为协办。"))
    if draft.assigned_on is None:
        found.append(Problem("assigned_on", "请填写分派日期。"))
    return found


def places_problem(case: CaseFacts, adding: int) -> str | None:
    """Say that so many more lawyers find no place: two agents at most, one of them staff where the head is absent."""
    return agents.agent_problem(case.acting, adding) or agents.lawyers_only_problem(
        head_attends=not case.head_absent, lawyers=case.lawyers + adding
    )


def finding_problems(
    draft: AssignmentDraft, named: Mapping[int, tuple[str, Sequence[Finding]]]
) -> list[Problem]:
    """Say which findings forbid the choice, want the agency's consent, or want a line of reason.

    ``named`` are the chosen lawyers' names and findings. An absolute bar stands even with consent
    (律师执业行为规范); a relative one falls with 知情同意.
    """
    given = {
        (c.lawyer_id, c.rule)
        for c in draft.consents
        if c.is_consent and c.reason.strip() and c.person.strip()
    }
    found = []
    for key, (name, findings) in named.items():
        for finding in findings:
            if finding.severity is Severity.BLOCK:
                found.append(Problem("choices", f"{name}：{finding.sentence}"))
            elif finding.severity is Severity.CONSENT and (key, finding.rule) not in given:
                text = f"{name}：{finding.sentence}。须有单位的知情同意，请登记同意人和内容。"
                found.append(Problem("consents", text))
            elif finding.severity is Severity.WARN and not draft.reason.strip():
                text = f"{name}：{finding.sentence}。请在推荐理由中说明已核对的情况。"
                found.append(Problem("reason", text))
    return list(dict.fromkeys(found))


def proposed_reason(chosen: Sequence[tuple[str, Role, Ranking, Sequence[Finding]]]) -> str:
    """Return why these lawyers are recommended, from their factors, for the clerk to go on writing.

    What speaks against one is left to the clerk; that nothing does is said, as it was looked at.
    """
    parts = [
        f"{name}（{role.value}）综合评分 {ranking.total}："
        + "；".join(factor.sentence for factor in ranking.factors)
        + "。"
        for name, role, ranking, _ in chosen
    ]
    if chosen and not any(findings for _, _, _, findings in chosen):
        parts.append("经核对，未发现与对方当事人及其代理人有利害关系。")
    return "\n".join(parts)


def replace_problems(draft: ReplaceDraft, assigned_on: date) -> list[Problem]:
    """Say what is wrong with replacing an agent midway."""
    found = []
    if draft.lawyer_id is None:
        found.append(Problem("lawyer_id", "请选择接办的顾问。"))
    if draft.on is None:
        found.append(Problem("on", "请填写更换日期。"))
    elif draft.on < assigned_on:
        found.append(Problem("on", f"应不早于原分派日期 {assigned_on}，现为 {draft.on}。"))
    if not draft.reason.strip():
        found.append(Problem("reason", "请写明更换的原因。"))
    if not draft.handover.strip():
        found.append(Problem("handover", "请写明移交的材料和未了事项。"))
    return found


def end_problems(draft: EndDraft, assigned_on: date) -> list[Problem]:
    """Say what is wrong with ending an assignment."""
    if draft.ended_on is None:
        return [Problem("ended_on", "请填写日期。")]
    if draft.ended_on < assigned_on:
        return [Problem("ended_on", f"应不早于分派日期 {assigned_on}，请重新选择。")]
    if draft.kind is not EndKind.SERVED and not draft.reason.strip():
        return [Problem("reason", f"{draft.kind.value}应写明原因。")]
    return []
