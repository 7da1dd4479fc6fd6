"""An assignment as the dialog holds it, and what the law says against it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.rules import agents
from db.rules.vocabulary import EndKind, Mandate, Role


@dataclass(frozen=True, slots=True)
class Choice:
    """One lawyer chosen to act."""

    lawyer_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class AssignmentDraft:
    """One or two pool lawyers for one defendant of one case.

    ``alternates`` are lawyers also recommended to the agency, which chooses (供参考). ``version`` is the
    case's version that was read.
    """

    case_id: int
    party_id: int
    choices: tuple[Choice, ...] = ()
    alternates: tuple[int, ...] = ()
    mandate: Mandate = Mandate.GENERAL
    assigned_on: date | None = None
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class EndDraft:
    """The end of an assignment."""

    kind: EndKind
    ended_on: date | None
    reason: str = ""


def assignment_problems(draft: AssignmentDraft, acting: int) -> list[Problem]:
    """Say what forbids the assignment; ``acting`` counts the party's agents already at work."""
    found = []
    if not draft.choices:
        found.append(Problem("choices", "请至少选择一名顾问。"))
    if text := agents.agent_problem(acting, len(draft.choices)):
        found.append(Problem("choices", text))
    if any(times > 1 for times in Counter(c.lawyer_id for c in draft.choices).values()):
        found.append(Problem("choices", "同一位顾问选择了两次。"))
    if sum(c.role is Role.LEAD for c in draft.choices) > 1:
        found.append(Problem("choices", "主办只能有一人，请将其中一人改为协办。"))
    if draft.assigned_on is None:
        found.append(Problem("assigned_on", "请填写分派日期。"))
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
