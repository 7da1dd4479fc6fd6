"""Internal advisers (内部法律顾问) and adviser contracts of agencies (外聘法律顾问): drafts and what is wrong with them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.months import add_months
from db.formats.paper_numbers import normalise_paper_number
from db.formats.text import one_line
from db.ledger.declare import Day, Draft, Link, Long, Number, Text
from db.registry.rules.sharing import EndDraft

MAX_FEE = 99_999_999
USUAL_MONTHS = 36  # 顾问合同 run one to three years in practice; longer is only warned of


@dataclass(frozen=True, slots=True)
class InternalAdviserDraft(Draft):
    """A member of the agency's staff who does the work of a legal adviser."""

    agency_id: Annotated[int | None, Link(to="agency", title="单位", required=True, column=130)] = None
    name: Annotated[str, Text(title="姓名", required=True, person=True, column=90)] = ""
    department: Annotated[str, Text(title="内设机构", column=110)] = ""
    post: Annotated[str, Text(title="职务", column=90)] = ""
    qualification: Annotated[str, Text(title="法律职业资格证号", column=130)] = ""
    phone: Annotated[
        str, Text(title="联系电话", tidy=numbers.normalise_phone, doubt=numbers.phone_problem)
    ] = ""
    from_on: Annotated[date | None, Day(title="起")] = None
    to_on: Annotated[date | None, Day(title="止", not_before="from_on", hint="在任的留空。")] = None
    note: Annotated[str, Long(title="备注")] = ""


def names(text: str) -> str:
    """Return names with 、 between them, however they were divided."""
    for sign in (",", "，", ";", "；", "/"):
        text = text.replace(sign, "、")
    return "、".join(word for word in map(one_line, text.split("、")) if word)


@dataclass(frozen=True, slots=True)
class AgencyContractDraft(Draft):
    """An adviser contract; ``provider`` is the firm or person on it, ``lawyer_id`` a lawyer of the pool.

    ``lawyers`` are those who do the work, by name, with 、 between them. The firm is tied to the roster by its name.
    """

    agency_id: Annotated[int | None, Link(to="agency", title="单位", required=True, column=130)] = None
    number: Annotated[str, Text(title="合同编号", tidy=normalise_paper_number)] = ""
    provider: Annotated[
        str, Text(title="受聘方", required=True, missing="请填写受聘的律师事务所，或受聘人姓名。")
    ] = ""
    lawyers: Annotated[str, Text(title="承办律师", tidy=names)] = ""
    lawyer_id: Annotated[int | None, Link(to="lawyer", title="库内顾问")] = None
    scope: Annotated[str, Long(title="服务范围")] = ""
    fee: Annotated[float | None, Number(title="费用", most=MAX_FEE, decimals=2, unit="元")] = None
    from_on: Annotated[date | None, Day(title="聘期起", required=True)] = None
    to_on: Annotated[date | None, Day(title="聘期止", not_before="from_on")] = None
    note: Annotated[str, Long(title="备注")] = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Names of the pool that an internal adviser must not bear unnoticed: name -> where he practises."""

    lawyers: dict[str, str] = field(default_factory=dict)


def internal_adviser_problems(draft: InternalAdviserDraft, known: Known | None, _day: date) -> list[Problem]:
    """Say what the fields alone do not: a namesake in the pool, and no qualification."""
    found, name = [], one_line(draft.name)
    if known and (firm := known.lawyers.get(name)):
        text = f"顾问库中有同名的{firm}律师{name}。内部法律顾问应为本单位人员，请核对是否同一人。"
        found.append(Problem("name", text, Severity.WARNING))
    if not draft.qualification.strip():
        text = "没有填写法律职业资格证号。初次从事法律顾问的应取得法律职业资格（公务员法第二十五条第二款）。"
        found.append(Problem("qualification", text, Severity.WARNING))
    return found


def internal_end_problems(draft: EndDraft, from_on: date | None) -> list[Problem]:
    """Say that an internal adviser would end on his first day; he has no other end than his last day."""
    if draft.on is None or from_on is None or draft.on > from_on:
        return []
    text = f"应晚于任职起始日期 {from_on}，现为 {draft.on}。从未任职、登记有误的，请移入回收站。"
    return [Problem("on", text)]


def contract_problems(draft: AgencyContractDraft, _facts: None, _day: date) -> list[Problem]:
    """Say what the fields alone do not: a term without end or too long, and no number."""
    found = []
    if draft.from_on and draft.to_on is None:
        found.append(Problem("to_on", "没有填写聘期止，将一直计为在聘，不会提醒到期。", Severity.WARNING))
    elif draft.from_on and draft.to_on and draft.to_on > add_months(draft.from_on, USUAL_MONTHS):
        found.append(Problem("to_on", "聘期超过三年，一般为一至三年。请核对。", Severity.WARNING))
    if not draft.number.strip():
        found.append(Problem("number", "没有填写合同编号。", Severity.WARNING))
    return found
