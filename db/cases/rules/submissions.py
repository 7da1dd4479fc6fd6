"""Handing in a paper within a period: when, how, and what proves it."""

from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.law.filings import FILINGS
from db.law.period_rules import PeriodRule
from db.law.serving import PROOF, is_in_time, proof_problem
from db.words.case import EventKind, SendMethod

METHODS = (SendMethod.POST, SendMethod.DIRECT, SendMethod.ELECTRONIC)
"""How our side hands papers in; the other ways are those of courts."""


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """That a paper was handed in; ``arrived_on`` is when what was posted arrived, if that is known."""

    method: SendMethod = SendMethod.POST
    sent_on: date | None = None
    arrived_on: date | None = None
    evidence: str = ""
    note: str = ""


def step_for(rule: PeriodRule) -> EventKind | None:
    """Return the step of our side that meets a period, or ``None`` where none does."""
    return next((kind for kind in EventKind if kind in rule.ends and kind in FILINGS), None)


def submit_problems(draft: SubmitDraft, today: date) -> list[Problem]:
    """Say what is wrong with a submission; without a proof it cannot be shown to be in time."""
    found = []
    if draft.sent_on is None:
        title = "交邮日期" if draft.method is SendMethod.POST else "提交日期"
        found.append(Problem("sent_on", f"请填写{title}。"))
    elif draft.sent_on > today:
        found.append(Problem("sent_on", f"{draft.sent_on} 还没有到。已提交的才登记，请核对日期。"))
    if draft.arrived_on and draft.arrived_on > today:
        found.append(Problem("arrived_on", f"{draft.arrived_on} 还没有到，请核对。"))
    if draft.arrived_on and draft.sent_on and draft.arrived_on < draft.sent_on:
        text = f"送到日期 {draft.arrived_on} 早于交邮日期 {draft.sent_on}，请核对。"
        found.append(Problem("arrived_on", text))
    if missing := proof_problem(draft.method, draft.evidence):
        found.append(Problem("evidence", missing))
    return found


def in_time(draft: SubmitDraft, due: date) -> tuple[bool, str] | None:
    """Say whether a paper is in time, and why as a sentence; ``None`` while the day is missing."""
    if draft.sent_on is None:
        return None
    sent, last = draft.sent_on, f"期限为 {due}"
    if draft.method is SendMethod.POST:
        if is_in_time(due, draft.method, sent):
            return True, f"在期限内：{last}，期满前交邮的算在期限内（适用解释第四十八条第四款）。"
        return False, f"{last}，{sent} 才交邮，已逾期 {(sent - due).days} 天。"
    if is_in_time(due, draft.method, sent):
        return True, f"在期限内：{last}。"
    return False, f"{last}，{sent} 才提交，已逾期 {(sent - due).days} 天。"


def proof_hint(method: SendMethod) -> str:
    """Return what proves a submission made this way."""
    return f"填写{PROOF[method]}。"
