"""Internal advisers (内部法律顾问) and adviser contracts of agencies (外聘法律顾问): drafts and what is wrong with them."""

from dataclasses import dataclass, field
from datetime import date

from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.months import add_months
from db.formats.text import one_line
from db.registry.rules.sharing import EndDraft

MAX_FEE = 99_999_999
LONGEST = 200
USUAL_MONTHS = 36  # 顾问合同 run one to three years in practice; longer is only warned of


@dataclass(frozen=True, slots=True)
class InternalAdviserDraft:
    """A member of the agency's staff who does the work of a legal adviser; ``version`` is the one read."""

    agency_id: int | None = None
    name: str = ""
    department: str = ""
    post: str = ""
    qualification: str = ""
    phone: str = ""
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class AgencyContractDraft:
    """An adviser contract; ``provider`` is the firm or person on it, ``lawyer_id`` a lawyer of the pool.

    ``lawyers`` are those who do the work, by name, with 、 between them. The firm is tied to the roster by its name.
    """

    agency_id: int | None = None
    number: str = ""
    provider: str = ""
    lawyers: str = ""
    lawyer_id: int | None = None
    scope: str = ""
    fee: float | None = None
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Names of the pool that an internal adviser must not bear unnoticed: name -> where he practises."""

    lawyers: dict[str, str] = field(default_factory=dict)


def internal_adviser_problems(draft: InternalAdviserDraft, known: Known | None = None) -> list[Problem]:
    """Say what is wrong with an internal adviser."""
    found = _agency(draft.agency_id)
    name = one_line(draft.name)
    if not name:
        found.append(Problem("name", "请填写姓名。"))
    elif known and (firm := known.lawyers.get(name)):
        text = f"顾问库中有同名的{firm}律师{name}。内部法律顾问应为本单位人员，请核对是否同一人。"
        found.append(Problem("name", text, Severity.WARNING))
    if not draft.qualification.strip():
        text = "没有填写法律职业资格证号。初次从事法律顾问的应取得法律职业资格（公务员法第二十五条第二款）。"
        found.append(Problem("qualification", text, Severity.WARNING))
    if draft.phone.strip() and (said := numbers.phone_problem(draft.phone)):
        found.append(Problem("phone", f"联系电话{said}。", Severity.WARNING))
    found += _order(draft.from_on, draft.to_on)
    return found + _lengths(draft, ("name", "department", "post", "qualification", "phone"))


def internal_end_problems(draft: EndDraft, from_on: date | None) -> list[Problem]:
    """Say that an internal adviser would end on his first day; he has no other end than his last day."""
    if draft.on is None or from_on is None or draft.on > from_on:
        return []
    text = f"应晚于任职起始日期 {from_on}，现为 {draft.on}。从未任职、登记有误的，请移入回收站。"
    return [Problem("on", text)]


def contract_problems(draft: AgencyContractDraft) -> list[Problem]:
    """Say what is wrong with a contract."""
    found = _agency(draft.agency_id)
    if not one_line(draft.provider):
        found.append(Problem("provider", "请填写受聘的律师事务所，或受聘人姓名。"))
    if draft.from_on is None:
        found.append(Problem("from_on", "请填写聘期起。"))
    found += _order(draft.from_on, draft.to_on)
    if draft.from_on and draft.to_on is None:
        found.append(Problem("to_on", "没有填写聘期止，将一直计为在聘，不会提醒到期。", Severity.WARNING))
    elif draft.from_on and draft.to_on and draft.to_on > add_months(draft.from_on, USUAL_MONTHS):
        found.append(Problem("to_on", "聘期超过三年，一般为一至三年。请核对。", Severity.WARNING))
    if draft.fee is not None and not 0 <= draft.fee <= MAX_FEE:
        found.append(Problem("fee", f"费用应为 0 至 {MAX_FEE} 元，现为 {draft.fee:g}。"))
    if not draft.number.strip():
        found.append(Problem("number", "没有填写合同编号。", Severity.WARNING))
    return found + _lengths(draft, ("provider", "lawyers", "number"))


def _agency(agency_id: int | None) -> list[Problem]:
    return [] if agency_id is not None else [Problem("agency_id", "请选择单位。")]


def _order(from_on: date | None, to_on: date | None) -> list[Problem]:
    if from_on and to_on and to_on < from_on:
        return [Problem("to_on", f"应不早于起始日期 {from_on}，现为 {to_on}。")]
    return []


def _lengths(draft: object, names: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(name, f"最多 {LONGEST} 个字，现为 {length} 个。")
        for name in names
        if (length := len(str(getattr(draft, name)).strip())) > LONGEST
    ]
