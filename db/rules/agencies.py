"""An agency as the editor holds it, and what is wrong with that."""

from dataclasses import dataclass

from db.errors import Problem, Severity
from db.rules import numbers
from db.rules.vocabulary import AgencyKind


@dataclass(frozen=True, slots=True)
class AgencyDraft:
    """An agency of the district; ``version`` is the one that was read."""

    name: str = ""
    short_name: str = ""
    kind: AgencyKind = AgencyKind.DEPARTMENT
    has_enforcement: bool = True
    uscc: str = ""
    head: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""
    version: int = 0


def agency_problems(draft: AgencyDraft) -> list[Problem]:
    """Say everything about an agency's draft that is wrong (错误) or worth a look (提示)."""
    found = []
    if not draft.name.strip():
        found.append(Problem("name", "请填写单位全称。"))
    if draft.uscc.strip() and (trouble := numbers.uscc_problem(draft.uscc)):
        found.append(Problem("uscc", f"统一社会信用代码{trouble.text}。", trouble.severity))
    if draft.phone.strip() and (text := numbers.phone_problem(draft.phone)):
        found.append(Problem("phone", f"联系电话{text}。", Severity.WARNING))
    return found
