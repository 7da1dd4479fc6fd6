"""Papers that our side hands in: when they count as handed in, and what proves it."""

from datetime import date

from db.errors import Problem, Severity
from db.law.events import RECEIPTS
from db.law.serving import proof_problem
from db.words.case import EventKind, SendMethod

FILINGS = frozenset(
    {
        EventKind.ANSWERED,
        EventKind.APPEALED,
        EventKind.EXTENSION_ASKED,
        EventKind.JURISDICTION_OBJECTED,
        EventKind.SUPPLEMENTED,
        EventKind.RETRIAL_ASKED,
        EventKind.PROSECUTORS_ASKED,
        EventKind.EXECUTION_ASKED,
        EventKind.ENFORCEMENT_ASKED,
        EventKind.SUGGESTION_ANSWERED,
        EventKind.PROSECUTORS_ANSWERED,
        EventKind.RULE_ANSWERED,
        EventKind.CORRECTION_REPORTED,
        EventKind.PERFORMED,
    }
)
"""Steps that our side takes and must be able to prove."""

SERVICES = frozenset({EventKind.JUDGMENT_SERVED, EventKind.RULING_SERVED, EventKind.DECISION_SERVED})
"""Steps that take effect for each party on the day it was served."""

OF_A_PARTY = SERVICES | RECEIPTS | FILINGS
"""Steps that may be one party's alone: each co-defendant gets its copy, answers and appeals for itself."""


def counts_on(kind: EventKind, on: date, sent_on: date | None, method: SendMethod | None) -> date:
    """Return the day on which a step counts as taken.

    期间不包括在途时间，诉讼文书在期满前交邮的，视为在期限内发送 (适用解释第四十八条第四款): what was posted counts on
    the day of the postmark.
    """
    if kind in FILINGS and method is SendMethod.POST and sent_on is not None:
        return min(on, sent_on)
    return on


def filing_problems(
    kind: EventKind, on: date | None, sent_on: date | None, method: SendMethod | None, evidence: str
) -> list[Problem]:
    """Say what is wrong with the proof of a step."""
    found = []
    if sent_on and on and sent_on > on:
        found.append(Problem("sent_on", f"寄出日期 {sent_on} 晚于送到日期 {on}，请核对。"))
    if method is SendMethod.POST and kind in FILINGS and sent_on is None:
        text = "邮寄的请填写交邮日期：期满前交邮的算在期限内（适用解释第四十八条第四款）。"
        found.append(Problem("sent_on", text, Severity.WARNING))
    if kind in FILINGS and not evidence.strip():
        asked = "没有填写凭据。请写明邮件号、签收人或回执，以备证明按期提交。"
        asked = (method and proof_problem(method, evidence)) or asked
        found.append(Problem("evidence", asked, Severity.WARNING))
    return found
