"""A case as the editor holds it, and what is wrong with that."""

from dataclasses import dataclass
from datetime import date

from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.text import is_time
from db.law import agents
from db.law.filings import filing_problems
from db.law.outcomes import LostPolicy
from db.law.rulings import Ruling
from db.words.case import (
    AgentKind,
    Attendance,
    DefendantRole,
    EventKind,
    LossCause,
    Outcome,
    PartyKind,
    Procedure,
    SendMethod,
    Side,
    Track,
)


@dataclass(frozen=True, slots=True)
class AgentDraft:
    """Somebody who acts for a party and is not assigned from the pool."""

    name: str = ""
    kind: AgentKind = AgentKind.LAWYER
    firm_name: str = ""
    phone: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A party with its agents; ``key`` is that of a party already recorded, else 0; ``role`` is a defendant's."""

    side: Side
    name: str = ""
    kind: PartyKind = PartyKind.PERSON
    agency_id: int | None = None
    agents: tuple[AgentDraft, ...] = ()
    key: int = 0
    role: DefendantRole | None = None
    identity: str = ""
    representative: str = ""

    @property
    def is_given(self) -> bool:
        """Whether anybody is named; an agency's name comes from its own record."""
        return bool(self.name.strip()) or self.agency_id is not None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Something that happened in a case; ``at_time`` is HH:MM or empty, ``outcome`` comes with a result.

    ``sent_on``, ``send_method`` and ``evidence`` prove a paper handed in; ``party_id`` is the party whose step it
    was (served, received, handed in), where each had its own; ``ruling`` is the kind of a ruling.
    """

    kind: EventKind
    on_date: date | None = None
    at_time: str = ""
    note: str = ""
    outcome: Outcome | None = None
    sent_on: date | None = None
    send_method: SendMethod | None = None
    evidence: str = ""
    party_id: int | None = None
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """How a case ended; ``decided_on`` is the date of the judgment, ``effective_on`` when it took effect."""

    outcome: Outcome | None = None
    effective_on: date | None = None
    is_self_corrected: bool = False
    loss_cause: LossCause | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """One instance of a dispute.

    ``filed_on`` (立案) and ``received_on`` (收到起诉状、上诉状或申请书副本) stand for the first event of
    that kind; later events are recorded one by one. ``act_on`` and ``act_number`` are those of the act complained
    of; ``fields`` are the fields of administration; ``court_reason`` says why the court is not the proposed one.
    """

    number: str = ""
    procedure: Procedure = Procedure.FIRST_INSTANCE
    court_id: int | None = None
    cause_id: int | None = None
    cause_text: str = ""
    act: str = ""
    filed_on: date | None = None
    received_on: date | None = None
    hearing_on: date | None = None
    hearing_time: str = ""
    hearing_place: str = ""
    parties: tuple[PartyDraft, ...] = ()
    attendance: Attendance = Attendance.PENDING
    is_difficult: bool = False
    note: str = ""
    version: int = 0
    act_on: date | None = None
    act_number: str = ""
    is_compensation: bool = False
    track: Track = Track.ORDINARY
    court_reason: str = ""
    difficult_reason: str = ""
    fields: tuple[str, ...] = ()


def case_problems(
    draft: CaseDraft, today: date, pattern: str = numbers.RECONSIDERATION_PATTERN
) -> list[Problem]:
    """Say everything about a case's draft that is wrong (错误) or worth a look (提示).

    ``pattern`` is the office's form of the numbers of reconsiderations.
    """
    return [
        *_number(draft, pattern),
        *_parties(draft),
        *_roles(draft),
        *_dates(draft, today),
        *_difficulty(draft),
    ]


def event_problems(draft: EventDraft, today: date) -> list[Problem]:
    """Say everything about a new event's draft that is wrong (错误) or worth a look (提示)."""
    found = step_problems(draft, today)
    if draft.kind is EventKind.CLOSED and draft.on_date and draft.outcome is None:
        found.append(Problem("outcome", "结案应选择裁判结果。"))
    return found


def step_problems(draft: EventDraft, today: date) -> list[Problem]:
    """Say what is wrong with the facts of an event: its day, its time, its proof."""
    if draft.on_date is None:
        return [Problem("on_date", "请填写日期。")]
    found = []
    if draft.kind is not EventKind.HEARING and draft.on_date > today:
        found.append(Problem("on_date", f"{draft.on_date} 还没有到。已发生的事才登记，请核对日期。"))
    if draft.at_time and not is_time(draft.at_time):
        found.append(Problem("at_time", f"时间应写成 14:30 的样子，现为“{draft.at_time}”。"))
    if draft.kind is EventKind.RULING_SERVED and draft.ruling is None:
        text = "没有写明裁定种类。只有不予立案、驳回起诉、管辖异议的裁定可以上诉（适用解释第一百零一条）。"
        found.append(Problem("ruling", text, Severity.WARNING))
    return found + filing_problems(
        draft.kind, draft.on_date, draft.sent_on, draft.send_method, draft.evidence
    )


def decided_problems(decided_on: date | None, effective_on: date | None, today: date) -> list[Problem]:
    """Say what is wrong with the date of a judgment, beside the day on which it took effect."""
    if decided_on is None:
        return []
    found = []
    if decided_on > today:
        found.append(Problem("decided_on", f"裁判日期 {decided_on} 还没有到，请核对。"))
    if effective_on and effective_on < decided_on:
        found.append(Problem("effective_on", f"早于裁判日期 {decided_on}，请核对。"))
    return found


def result_problems(draft: ResultDraft, today: date, policy: LostPolicy) -> list[Problem]:
    """Say everything about a result that is wrong or worth a look; ``policy`` is what the office counts as lost."""
    found = []
    if draft.outcome is None:
        found.append(Problem("outcome", "请选择裁判结果。"))
    if draft.effective_on and draft.effective_on > today:
        found.append(Problem("effective_on", f"生效日期 {draft.effective_on} 还没有到，请核对。"))
    found += decided_problems(draft.decided_on, draft.effective_on, today)
    is_lost = draft.outcome is not None and policy.counts(draft.outcome)
    if is_lost and draft.loss_cause is None:
        found.append(Problem("loss_cause", "没有填写败诉原因，统计和整改台账要用。", Severity.WARNING))
    if draft.loss_cause and not is_lost:
        text = "这个结果不计败诉，却填写了败诉原因，请核对。"
        found.append(Problem("loss_cause", text, Severity.WARNING))
    return found


def _number(draft: CaseDraft, pattern: str) -> list[Problem]:
    if not draft.number.strip():
        text = "还没有案号的，可先登记，收到受理通知后补填。"
        return [Problem("number", text, Severity.WARNING)]
    if draft.procedure is Procedure.RECONSIDERATION:
        said = numbers.reconsideration_number_problem(draft.number, pattern)
        return [Problem("number", said, Severity.WARNING)] if said else []
    if not numbers.parse_case_number(draft.number):
        text = "与现行案号格式不同，将按原文保存。格式如 （2026）浙0825行初37号。"
        return [Problem("number", text, Severity.WARNING)]
    return []


def _parties(draft: CaseDraft) -> list[Problem]:
    found = []
    if not _named(draft, Side.PLAINTIFF):
        found.append(Problem("plaintiffs", "请填写原告（复议案件为申请人）。"))
    if not _named(draft, Side.DEFENDANT):
        found.append(Problem("defendants", "请选择被告单位（复议案件为被申请人）。"))
    given: set[str | int] = set()
    for party in draft.parties:
        who = party.agency_id or party.name.strip()
        if who and who in given:
            said = f"“{party.name.strip() or '同一单位'}”填写了两次，请删去一处。"
            found.append(Problem(_FIELDS[party.side], said))
        given.add(who)
        if text := agents.agent_problem(len(party.agents), 0):
            found.append(Problem("agents", f"{party.name}：{text}"))
    return found


_FIELDS = {Side.PLAINTIFF: "plaintiffs", Side.DEFENDANT: "defendants", Side.THIRD: "third_parties"}


def _named(draft: CaseDraft, side: Side) -> bool:
    return any(p.side is side and p.is_given for p in draft.parties)


def _roles(draft: CaseDraft) -> list[Problem]:
    """复议机关维持的，原机关和复议机关是共同被告 (行政诉讼法第二十六条第二款)."""
    roles = {p.role for p in draft.parties if p.side is Side.DEFENDANT and p.role}
    if DefendantRole.REVIEWER in roles and DefendantRole.ORIGINAL not in roles:
        text = "只列了复议机关。复议维持的，原行政机关和复议机关是共同被告（行政诉讼法第二十六条），请核对。"
        return [Problem("defendants", text, Severity.WARNING)]
    return []


def _difficulty(draft: CaseDraft) -> list[Problem]:
    if draft.is_difficult and not draft.difficult_reason.strip():
        text = "没有写明列为重大疑难案件的理由，会商材料要用。"
        return [Problem("difficult_reason", text, Severity.WARNING)]
    return []


def _dates(draft: CaseDraft, today: date) -> list[Problem]:
    found = []
    for field, title in (("filed_on", "立案日期"), ("received_on", "收到日期")):
        value = getattr(draft, field)
        if value and value > today:
            found.append(Problem(field, f"{title} {value} 还没有到，请核对。"))
    if draft.act_on and draft.act_on > today:
        found.append(Problem("act_on", f"被诉行为日期 {draft.act_on} 还没有到，请核对。"))
    if draft.filed_on and draft.received_on and draft.received_on < draft.filed_on:
        text = (
            f"早于立案日期 {draft.filed_on}。法院在立案之日起五日内发送副本（行政诉讼法第六十七条），请核对。"
        )
        found.append(Problem("received_on", text, Severity.WARNING))
    if draft.received_on is None:
        text = "没有填写收到日期，无法推算答辩举证期限。"
        found.append(Problem("received_on", text, Severity.WARNING))
    if draft.hearing_time and not is_time(draft.hearing_time):
        found.append(Problem("hearing_time", f"时间应写成 14:30 的样子，现为“{draft.hearing_time}”。"))
    return found
